"""From a figure back to file and row: rules in words, and nothing read out that may not be seen."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.doors.workspace.conftest import LOCAL, NATION, NATIONAL, NES, UTVIK, VIK, Put, cell, world
from tests.factories.cast import Cast
from tettpaa.data.indicators.models import PublishedValue
from tettpaa.data.sources.files import path_of
from tettpaa.data.suppression.kinds import Edition, Gender, Status

pytestmark = pytest.mark.django_db
type ClientOf = Callable[[str], Client]
HEADS = "orgnr;skole;skoleår;trinn;indikator;delskår;dimensjon;verdi;antall_elever;antall_svar;usikkerhet;status;kilde"
LINES = [
    "F00000003;Berg skole;2024-25;5;np5_lesing;;;71,5;33;;3,1;;Egen",
    "F00000001;Nes skole;2024-25;5;np5_lesing;;;42,5;34;;3,1;;Egen",
    "F00000002;Vik skole;2024-25;5;np5_lesing;;;63,5;46;;2,5;;Egen",
]


@pytest.fixture
def kept(settings: Settings, tmp_path: Path) -> str:
    """A file of the open template in the store; its SHA-256."""
    settings.FILE_STORE = tmp_path
    raw = ("\n".join([HEADS, *LINES]) + "\n").encode()
    sha = hashlib.sha256(raw).hexdigest()
    path_of(sha).parent.mkdir(parents=True)
    path_of(sha).write_bytes(raw)
    return sha


def figure(unit: str = NES, edition: Edition = Edition.PUBLIC, **more: object) -> PublishedValue:
    rows = PublishedValue.objects.filter(unit__code=unit, superseded_by=None, edition=edition, **more)
    return rows.order_by("-period", "pk")[0]


def html_of(client: Client, pk: int, **headers: str) -> str:
    answer = client.get(f"/9901/tall/{pk}/", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_thread_has_every_knot(cast: Cast, put: Put, client_of: ClientOf) -> None:
    release = put(world())
    html = html_of(client_of("berit"), figure().pk)
    for words in (
        "Lesing 5. trinn, Nes skole, 2024–25 · 34 elever",
        "42, trolig mellom 40 og 44",
        "Kildens egen usikkerhet",
        "34 elever er ikke under grensen på 10.",
        f"utgivelse {release.pk}",
        "Ikke trukket tilbake.",
        "Rad 3, kolonne J",
        "ab" * 32,
        "np5.csv",
        f"/9901/skoler/{NES}/np5_lesing/",
        "/9901/indikatorer/np5_lesing/",
    ):
        assert words in html, words


def test_scripts_get_the_drawer_alone(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    whole = html_of(client_of("dag"), figure().pk)
    part = html_of(client_of("dag"), figure().pk, **{"HX-Request": "true"})
    assert "<html" in whole
    assert "<h1" in whole
    assert "<html" not in part
    assert part.strip().startswith("<aside")
    assert "<h2" in part


def test_a_file_of_ones_own_masks_its_neighbours(
    cast: Cast, put: Put, client_of: ClientOf, kept: str
) -> None:
    origin = replace(LOCAL, file_sha256=kept)
    put([cell(NES, 42.5, 34, row=3, column="H")], origin, cast.fjordvik)
    html = html_of(client_of("berit"), figure().pk)
    assert "42,5" in html
    assert "Berg skole" in html
    for hidden in ("71,5", "63,5", "33", "46", "2,5"):
        assert f">{hidden}<" not in html, hidden
    assert "Prikk (•)" in html


def test_a_public_file_is_shown_as_it_is(cast: Cast, put: Put, client_of: ClientOf, kept: str) -> None:
    put([cell(NES, 42.5, 34, row=3, column="H")], replace(NATIONAL, file_sha256=kept))
    html = html_of(client_of("dag"), figure().pk)
    assert ">71,5<" in html
    assert "Prikk (•)" not in html


def test_the_operators_file_tells_nothing_of_others(
    cast: Cast, put: Put, client_of: ClientOf, kept: str
) -> None:
    put([cell(NES, 42.5, 34, row=3, column="H")], replace(LOCAL, file_sha256=kept))
    html = html_of(client_of("berit"), figure().pk)
    assert "42,5" in html
    assert "Nes skole" in html
    assert "Berg skole" not in html
    assert "71,5" not in html


@pytest.mark.parametrize("status", [Status.HIDDEN_BY_SOURCE, Status.CONFIDENTIAL])
def test_a_hidden_figure_is_not_read_out_of_its_file(
    cast: Cast, put: Put, client_of: ClientOf, kept: str, status: Status
) -> None:
    value = 42.5 if status is Status.CONFIDENTIAL else None
    put(
        [cell(NES, value, 34 if value else None, row=3, column="H", status=status)],
        replace(LOCAL, file_sha256=kept),
        cast.fjordvik,
    )
    html = html_of(client_of("dag"), figure().pk)
    assert "42,5" not in html
    assert ">34<" not in html
    assert "Ingen tall vises" in html


def test_a_small_group_hidden_by_us_stays_hidden(
    cast: Cast, put: Put, client_of: ClientOf, kept: str
) -> None:
    put([cell(NES, 42.5, 4, row=3, column="H")], replace(LOCAL, file_sha256=kept), cast.fjordvik)
    html = html_of(client_of("berit"), figure().pk)
    assert "42,5" not in html
    assert "Skjult av oss" in html


def test_the_confidential_figure_opens_for_its_own_people_only(
    cast: Cast, put: Put, client_of: ClientOf
) -> None:
    put(
        [cell(NES, 31.7, 34, indicator="kart1_lesing", grade=1, status=Status.CONFIDENTIAL)],
        LOCAL,
        cast.fjordvik,
    )
    inside = figure(edition=Edition.INTERNAL).pk
    assert "31,7" in html_of(client_of("berit"), inside)
    assert "31,7" in html_of(client_of("aud"), inside)
    for name in ("dag", "vera", "carl"):
        assert client_of(name).get(f"/9901/tall/{inside}/").status_code == 404, name


def test_foreign_figures_are_no_pages(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    foreign, nation = figure(UTVIK).pk, figure(NATION).pk
    assert client_of("berit").get(f"/9901/tall/{foreign}/").status_code == 404
    assert client_of("eva").get(f"/9901/tall/{foreign}/").status_code == 404
    assert client_of("eva").get(f"/9902/tall/{foreign}/").status_code == 200
    assert client_of("berit").get("/9901/tall/999999999/").status_code == 404
    assert "Hele landet" in html_of(client_of("dag"), nation)


def test_a_figure_that_was_replaced_says_so(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    old = figure().pk
    put([cell(NES, 44.0, 34)])
    new = figure().pk
    html = html_of(client_of("berit"), old)
    assert "Et nyere tall har tatt plassen til dette." in html
    assert f'href="/9901/tall/{new}/"' in html
    assert "Et nyere tall" not in html_of(client_of("berit"), new)


def test_girls_and_pooled_kinds_are_told(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put([
        cell(VIK, 12.5, 40, indicator="eu_mobbing", grade=7, uncertainty=None),
        cell(VIK, 4.2, 40, indicator="eu_trivsel", grade=7, uncertainty=None),
        cell(VIK, 15.5, None, indicator="laerertetthet_2_1_4", grade=0, uncertainty=None),
        cell(VIK, 51.0, 22, gender=Gender.GIRLS),
    ])  # fmt: skip
    expected = {
        "eu_mobbing": "0 av 20",
        "eu_trivsel": "hvor mye svar",
        "laerertetthet_2_1_4": "Kilden sier ikke nok",
    }
    for key, words in expected.items():
        assert words in html_of(client_of("dag"), figure(VIK, indicator__key=key).pk), key
    assert "jenter" in html_of(client_of("dag"), figure(VIK, gender=Gender.GIRLS).pk)
    assert "Grensen er 10 elever." in html_of(
        client_of("dag"), figure(VIK, indicator__key="laerertetthet_2_1_4").pk
    )


def test_only_those_who_read_imports_get_the_original(cast: Cast, put: Put, client_of: ClientOf) -> None:
    release = put(world())
    address = f"/9901/tall-inn/utgivelser/{release.pk}/original/"
    assert address in html_of(client_of("berit"), figure().pk)
    assert address not in html_of(client_of("aud"), figure().pk)
    assert address not in html_of(client_of("dag"), figure().pk)


def test_a_constant_number_of_queries(
    cast: Cast, put: Put, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    put(world())
    client = client_of("dag")
    for _ in range(2):
        address = f"/9901/tall/{figure().pk}/"
        with django_assert_num_queries(10):
            client.get(address)
        put(world(indicator="np5_regning"))


def test_an_unreadable_or_missing_file_leaves_the_rest(
    cast: Cast, put: Put, client_of: ClientOf, settings: Settings, tmp_path: Path
) -> None:
    settings.FILE_STORE = tmp_path
    empty = hashlib.sha256(b"").hexdigest()
    path_of(empty).parent.mkdir(parents=True)
    path_of(empty).write_bytes(b"")
    put([cell(NES, 42.5, 34)], replace(LOCAL, file_sha256=empty), cast.fjordvik)
    put([cell(VIK, 50.0, 46)], replace(LOCAL, file_sha256="cd" * 32), cast.fjordvik)
    for unit in (NES, VIK):
        html = html_of(client_of("berit"), figure(unit).pk)
        assert "Rad 3, kolonne J" in html
        assert 'class="sheet"' not in html


def test_a_first_line_that_names_no_columns_is_not_read_out(
    cast: Cast, put: Put, client_of: ClientOf, settings: Settings, tmp_path: Path
) -> None:
    settings.FILE_STORE = tmp_path
    raw = ("\n".join(LINES) + "\n").encode()
    sha = hashlib.sha256(raw).hexdigest()
    path_of(sha).parent.mkdir(parents=True)
    path_of(sha).write_bytes(raw)
    put([cell(NES, 42.5, 34, row=2, column="H")], replace(LOCAL, file_sha256=sha), cast.fjordvik)
    html = html_of(client_of("berit"), figure().pk)
    assert "71,5" not in html
    assert "63,5" not in html
