"""Charts by address and files: rebuilt for the reader, so that a hash or an address opens nothing."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from pytest_django import Settings

from tests.doors.workspace.conftest import LOCAL, NATION, NES, OWNER, UTVIK, VIK, Put, cell, world, years
from tests.factories.cast import Cast
from tettpaa.core.orgs.enums import Accent
from tettpaa.core.orgs.models import OwnerSettings
from tettpaa.data.suppression.kinds import Status
from tettpaa.doors.workspace import pictures
from tettpaa.doors.workspace.charting import ACCENTS

pytestmark = pytest.mark.django_db
type ClientOf = Callable[[str], Client]
KINDS = [
    f"trend/{NES}/np5_lesing/5/wide-landet", f"trend/{NES}/np5_lesing/5/narrow-kommunen",
    f"trend/{NES}/np5_lesing/5/wide-for", f"trend/{OWNER}/np5_lesing/5/wide-landet",
    f"spark/{NES}/np5_lesing/5/wide-landet", f"panel/{VIK}/np5_lesing/5/wide-landet",
    f"strip/{NES}/np5_lesing/5/wide-landet", f"rows/{OWNER}/np5_lesing/5/wide-landet",
    f"funnel/{OWNER}/np5_lesing/5/narrow-landet", f"cohort/{OWNER}/np8_lesing/8/wide-lesing",
]  # fmt: skip
COHORT = [
    cell(OWNER, 48.0, 80, indicator="np8_lesing", grade=8, period=2023),
    cell(OWNER, 52.0, 80, indicator="np9_lesing", grade=9, period=2024),
]


@pytest.fixture(autouse=True)
def _own_cache(settings: Settings, tmp_path: Path) -> None:
    settings.CHART_CACHE = tmp_path


def current(client: Client, place: str, suffix: str = "json", query: str = "") -> str:
    """The address with the hash of today, by following the redirect from another."""
    answer = client.get(f"/9901/diagram/{place}/0123456789abcdef.{suffix}{query}")
    assert answer.status_code == 302, place
    return str(answer["Location"])


@pytest.mark.parametrize("place", KINDS)
def test_an_old_hash_leads_to_the_chart_of_today(
    cast: Cast, put: Put, client_of: ClientOf, place: str
) -> None:
    put([*world(), *COHORT])
    client = client_of("berit")
    answer = client.get(current(client, place))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert json.loads(answer.content)["description"]


def test_pages_name_the_hash_of_today(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put([*world(), *COHORT])
    client = client_of("berit")
    for page in ("/9901/", f"/9901/skoler/{NES}/", "/9901/indikatorer/np5_lesing/", "/9901/kull/?fag=lesing"):
        html = client.get(page).content.decode()
        found = [part.split('"')[0].replace("&amp;", "&") for part in html.split('data-spec="')[1:]]
        found += [part.split('"')[0].replace("&amp;", "&") for part in html.split('<img src="')[1:]]
        specs = [address.replace(".svg", ".json") for address in found]
        assert specs, page
        assert {client.get(address).status_code for address in specs} == {200}, page


def test_the_picture_is_drawn_once_and_kept(
    cast: Cast, put: Put, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put(world())
    drawn: list[str] = []
    monkeypatch.setattr(pictures.render, "svg", lambda spec, theme: drawn.append(theme.accent) or "<svg/>")
    client = client_of("dag")
    light = current(client, KINDS[0], "svg")
    dark = current(client, KINDS[0], "svg", "?tema=mork")
    assert "tema=mork" in dark
    for address in (light, dark, light, dark):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert len(drawn) == 2
    assert len(list(tmp_path.glob("pages/*.svg"))) == 2


def test_the_owners_colour_is_in_the_address_and_the_picture(
    cast: Cast, put: Put, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(world())
    OwnerSettings.objects.filter(unit=cast.fjordvik).update(accent="plomme")
    drawn: list[str] = []
    monkeypatch.setattr(pictures.render, "svg", lambda spec, theme: drawn.append(theme.accent) or "<svg/>")
    client = client_of("dag")
    address = current(client, KINDS[0], "svg")
    client.get(address)
    assert address.endswith("?farge=plomme")
    assert drawn == [ACCENTS["plomme"]]
    assert set(ACCENTS) == set(Accent.values)


@pytest.mark.slow
def test_a_real_picture_has_its_words(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    client = client_of("dag")
    svg = client.get(current(client, KINDS[0], "svg")).content.decode()
    assert svg.startswith('<svg role="img" aria-label="Lesing 5. trinn, Nes skole')


@pytest.mark.parametrize(
    "place",
    [
        f"trend/{UTVIK}/np5_lesing/5/wide-landet", f"panel/{UTVIK}/np5_lesing/5/wide-landet",
        f"spark/{UTVIK}/np5_lesing/5/wide-landet", f"strip/{UTVIK}/np5_lesing/5/wide-landet",
        "rows/9902/np5_lesing/5/wide-landet", "funnel/NO/np5_lesing/5/wide-landet",
        "cohort/9902/np8_lesing/8/wide-lesing", f"trend/{NES}/np8_regning/8/wide-landet",
        f"trend/{NES}/finnes_ikke/5/wide-landet", f"kake/{NES}/np5_lesing/5/wide-landet",
        f"trend/{NES}/np5_lesing/5/huge-landet", f"trend/{NES}/np5_lesing/5/wide",
        "trend/F99999999/np5_lesing/5/wide-landet",
    ],
)  # fmt: skip
def test_foreign_and_meaningless_addresses_are_no_charts(
    cast: Cast, put: Put, client_of: ClientOf, place: str
) -> None:
    put([*world(), *COHORT])
    for suffix in ("json", "svg"):
        assert client_of("berit").get(f"/9901/diagram/{place}/0123456789abcdef.{suffix}").status_code == 404


def test_other_suffixes_are_no_charts(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    assert client_of("berit").get(f"/9901/diagram/{KINDS[0]}/0123456789abcdef.png").status_code == 404


def test_the_hash_of_an_internal_chart_opens_nothing(cast: Cast, put: Put, client_of: ClientOf) -> None:
    inside = [
        c._replace(status=Status.CONFIDENTIAL)
        for c in years(NES, (31.7, 30.1, 29.9), 34, indicator="kart1_lesing", grade=1, uncertainty=None)
    ]
    put(inside, LOCAL, cast.fjordvik)
    place = f"trend/{NES}/kart1_lesing/1/wide-landet"
    internal = current(client_of("berit"), place)
    assert "31.7" in client_of("berit").get(internal).content.decode()
    answer = client_of("dag").get(internal)
    assert answer.status_code == 302
    public = client_of("dag").get(answer["Location"]).content.decode()
    assert "31.7" not in public
    assert client_of("eva").get(internal).status_code == 404


def test_charts_speak_the_readers_language(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    client = client_of("dag")
    found = {
        language: client.get(f"/9901/diagram/{KINDS[0]}/0.json", headers={"accept-language": language})[
            "Location"
        ]
        for language in ("nb", "nn", "en")
    }
    assert len(set(found.values())) == 3


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_a_schools_file_holds_its_figures(cast: Cast, put: Put, client_of: ClientOf) -> None:
    hidden = cell(NES, None, None, indicator="np5_regning", status=Status.HIDDEN_BY_SOURCE)
    put([*world(), hidden])
    rows = rows_of(client_of("dag"), f"/9901/skoler/{NES}/tall.csv")
    assert [(r["Indikator"], r["Skoleår"], r["Verdi"], r["Fra"], r["Til"], r["Elever"]) for r in rows] == [
        ("Lesing 5. trinn", "2024-25", "42", "40", "44", "34"),
        ("Lesing 5. trinn", "2023-24", "42", "40", "44", "34"),
        ("Lesing 5. trinn", "2022-23", "43", "41", "45", "34"),
        ("Regning 5. trinn", "2024-25", "", "", "", ""),
    ]
    assert rows[3]["Hvorfor ikke vist"] == "Skjult hos kilden"
    assert {r["Merknad"] for r in rows} == {"Oppdiktet kommune"}
    only = rows_of(client_of("dag"), f"/9901/skoler/{NES}/tall.csv?indikator=np5_regning")
    assert [r["Indikator"] for r in only] == ["Regning 5. trinn"]


def test_the_workbook_holds_numbers(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    answer = client_of("dag").get(f"/9901/skoler/{NES}/tall.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert [sheet.cell(2, column).value for column in (1, 4, 7, 10)] == ["Nes skole", "2024-25", 42, 34]


def test_an_indicators_file_is_of_one_edition(cast: Cast, put: Put, client_of: ClientOf) -> None:
    inside = [
        cell(u, v, 34, indicator="kart1_lesing", grade=1, status=Status.CONFIDENTIAL)
        for u, v in ((NES, 31.7), (VIK, 22.2))
    ]
    put(inside, LOCAL, cast.fjordvik)
    address = "/9901/indikatorer/kart1_lesing/tall.csv"
    assert [(r["Sted"], r["Verdi"], r["Utgave"]) for r in rows_of(client_of("berit"), address)] == [
        ("Nes skole", "31,7", "intern"), ("Vik skole", "22,2", "intern"),
    ]  # fmt: skip
    for name in ("aud", "dag"):
        assert {(r["Verdi"], r["Utgave"]) for r in rows_of(client_of(name), address)} == {
            ("", "offentlig")
        }, name


def test_the_list_of_schools_is_a_file(cast: Cast, client_of: ClientOf) -> None:
    rows = rows_of(client_of("dag"), "/9901/skoler/tall.csv")
    assert [(r["Skole"], r["Organisasjonsnummer"]) for r in rows] == [("Nes skole", NES), ("Vik skole", VIK)]


@pytest.mark.parametrize(
    "address",
    ["/9901/skoler/tall.pdf", f"/9901/skoler/{NES}/tall.json", "/9901/indikatorer/np5_lesing/tall.html"],
)
def test_other_formats_are_not_made(cast: Cast, put: Put, client_of: ClientOf, address: str) -> None:
    put(world())
    assert client_of("berit").get(address).status_code == 404


def test_nation_is_not_in_an_owners_file(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    rows = rows_of(client_of("dag"), "/9901/indikatorer/np5_lesing/tall.csv")
    assert {r["Nummer"] for r in rows} == {OWNER, NES, VIK}
    assert NATION not in {r["Nummer"] for r in rows}
