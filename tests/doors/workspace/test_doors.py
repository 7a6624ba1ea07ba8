"""Where each reader comes in, and the pages that explain."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.doors.workspace.conftest import NES, Put, world
from tests.factories.cast import Cast
from tettpaa.core.accounts.actions import open_account
from tettpaa.core.orgs.actions import give_role
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.data.indicators import reckoning
from tettpaa.data.indicators.definitions import definitions
from tettpaa.doors.workspace import memo, reading
from tettpaa.doors.workspace.enums import Against
from tettpaa.doors.workspace.placing import whole_number

type ClientOf = Callable[[str], Client]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("berit", "/9901/"),
        ("dag", "/9901/vedtak/"),
        ("aud", f"/9901/skoler/{NES}/"),
        ("carl", f"/9901/skoler/{NES}/"),
        ("siv", "/9901/tilganger/"),
        ("eva", "/9902/"),
    ],
)
def test_each_comes_to_the_own_place(cast: Cast, client_of: ClientOf, name: str, address: str) -> None:
    answer = client_of(name).get("/")
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert client_of(name).get(address).status_code == 200


@pytest.mark.django_db
def test_somebody_with_two_owners_chooses(cast: Cast, client_of: ClientOf) -> None:
    give_role(
        user=cast.users["dag"], unit=cast.utvik, role="council_member", starts_on=date(2020, 1, 1), by="test"
    )
    html = client_of("dag").get("/").content.decode()
    assert html.index('href="/9901/"') < html.index('href="/9902/"')
    assert "Hvor vil du begynne?" in html


@pytest.mark.django_db
def test_a_principal_of_two_schools_comes_to_the_owner(cast: Cast, client_of: ClientOf) -> None:
    give_role(user=cast.users["aud"], unit=cast.vik, role="principal", starts_on=date(2020, 1, 1), by="test")
    assert client_of("aud").get("/")["Location"] == "/9901/"


@pytest.mark.django_db
def test_without_a_role_there_is_a_kind_word(cast: Cast, client_of: ClientOf) -> None:
    cast.users["nina"] = open_account(email="nina@example.test", name="Nina", by="test")
    html = client_of("nina").get("/").content.decode()
    assert "Du har ikke fått en rolle ennå." in html
    assert client_of("nina").get("/9901/").status_code == 404


@pytest.mark.django_db
def test_strangers_must_sign_in_but_may_read_what_this_is(cast: Cast, client: Client) -> None:
    assert client.get("/").status_code == 302
    html = client.get("/om/").content.decode()
    assert "Norsk lisens for offentlige data (NLOD)" in html
    assert "tilgjengelighetserklæring" in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", "mer enn 80 prosent"), ("nn", "meir enn 80 prosent"), ("en", "more than 80 per cent")],
)
def test_the_method_page_says_what_is_used(
    cast: Cast, client_of: ClientOf, language: str, words: str
) -> None:
    html = (
        client_of("dag").get("/9901/slik-regner-vi/", headers={"accept-language": language}).content.decode()
    )
    assert words in html
    for part in ("ordene", "usikkerhet", "skjerming", "endring"):
        assert f'id="{part}"' in html


@pytest.mark.django_db
def test_every_menu_item_opens(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    client = client_of("dag")
    html = client.get("/9901/").content.decode()
    for address in ("/9901/", "/9901/skoler/", "/9901/indikatorer/"):
        assert f'href="{address}"' in html
        assert client.get(address).status_code == 200
    assert 'aria-current="page">Skoler' in client.get(f"/9901/skoler/{NES}/").content.decode()


@pytest.mark.django_db
def test_what_is_remembered_ends_with_the_next_release(cast: Cast, put: Put) -> None:
    made: list[int] = []

    def work_out() -> int:
        made.append(1)
        return len(made)

    assert [memo.remembered("x", work_out), memo.remembered("x", work_out)] == [1, 1]
    put(world())
    assert memo.remembered("x", work_out) == 2


@pytest.mark.django_db
def test_memory_has_an_end_and_editions_are_apart(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "MOST", 2)
    for key in "abc":
        memo.remembered(key, str)
    assert memo.remembered("a", lambda: "anew") == "anew"
    owner = Unit.objects.select_related("settings").get(code="9901")
    inside, outside = (load_viewer(cast.users[name], date(2026, 11, 22)) for name in ("berit", "dag"))
    assert memo.shared(inside, owner, "page", lambda: "internal") == "internal"
    assert memo.shared(outside, owner, "page", lambda: "public") == "public"


def test_addresses_carry_few_choices() -> None:
    assert [Against.of(text) for text in ("fylket", "x", None)] == [
        Against.COUNTY,
        Against.NATION,
        Against.NATION,
    ]
    assert [whole_number(text) for text in ("7", "", None, "-1", "x", "12345", "٣")] == [
        7,
        None,
        None,
        None,
        None,
        None,
        None,
    ]


def test_parts_belong_to_their_indicator() -> None:
    assert reading.main_key("np5_lesing_niva1_andel") == "np5_lesing"
    assert reading.main_key("np8_lesing_avgiver") == "np8_lesing"
    assert reading.main_key("laerertetthet_2_1_4") == "laerertetthet_2_1_4"
    assert not reading.is_main(definitions()["np5_lesing_2007"])
    assert "eu_deltakelse" in reading.main_keys()
    assert not reading.judges(definitions()["eu_deltakelse"])
    assert not reading.judges(definitions()["elever"])


def test_every_indicator_can_be_told_of() -> None:
    for definition in definitions().values():
        assert reckoning.rule_of(definition, 2024).kind
        assert reading.style_of(definition).value_word
        assert reading.short_name(definition, 7)
        assert reading.theme_name(definition.theme)
        assert isinstance(reading.scale_words(definition), str)


def test_few_grades_are_shown_first() -> None:
    survey, pupils = definitions()["eu_trivsel"], definitions()["elever"]
    assert reading.grades_to_show(survey, range(5, 11)) == (7, 10)
    assert reading.grades_to_show(pupils, range(11)) == (0,)
    assert reading.grades_to_show(pupils, range(1, 8)) == (7,)
    assert reading.grades_to_show(survey, [5]) == (5,)
    assert [reading.grade_name(grade) for grade in (0, 5, 11)] == ["alle trinn", "5. trinn", "Vg1"]
