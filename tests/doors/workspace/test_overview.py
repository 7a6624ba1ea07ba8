"""The overview: the answer first, schools alphabetically with the doubt said, and one edition a page."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.doors.workspace.conftest import (
    LOCAL,
    NATION,
    NES,
    OWNER,
    VIK,
    Put,
    cell,
    world,
    years,
)
from tests.factories.cast import Cast
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.data.indicators.actions import withdraw
from tettpaa.data.suppression.kinds import Status
from tettpaa.doors.workspace.queries.attention import attention
from tettpaa.doors.workspace.queries.news import expected, news
from tettpaa.doors.workspace.queries.overview import Overview, overview
from tettpaa.report.annual.actions import start_report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_autumn")]
type ClientOf = Callable[[str], Client]


@pytest.fixture
def _autumn() -> object:
    with time_machine.travel("2026-11-22 12:00", tick=False):
        yield


def page_for(cast: Cast, name: str, wish: str | None = None) -> Overview:
    owner = Unit.objects.select_related("settings").get(code=OWNER)
    return overview(load_viewer(cast.users[name], date(2026, 11, 22)), owner, wish)


def html_of(client: Client, address: str = "/9901/", language: str = "nb") -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_answer_comes_first(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    page = page_for(cast, "berit")
    assert page.first == "Én av 2 skoler har tall vi bør se nærmere på."
    assert page.second == "Lesing 5. trinn: kommunen"
    assert (page.phrase.word, page.phrase.after) == ("klart", " under landet")  # type: ignore[union-attr]
    assert "Én av 2 skoler har tall vi bør snakke om." in html_of(client_of("berit"))


def test_schools_are_alphabetical_and_the_doubt_is_said(
    cast: Cast, put: Put, more_schools: list[str]
) -> None:
    low = [one for code in more_schools for one in years(code, (41, 41, 41), 40)]
    put([*world(), *low])
    found = page_for(cast, "berit").attention
    assert [item.school for item in found.items] == ["Berg skole", "Nes skole", "Åsen skole"]
    assert found.calm == ("Vik skole",)
    assert (
        found.false_alarms
        == "3 skoler er merket. Vi venter at færre enn 1 av dem er merket ved en tilfeldighet."
    )
    assert {item.key for item in found.items} == {"clear"}
    assert "svak" not in html_words(found.false_alarms)


def html_words(text: str) -> str:
    return text.casefold()


def test_no_page_calls_a_school_weak_or_ranks(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    for address in ("/9901/", "/9901/skoler/", f"/9901/skoler/{NES}/", "/9901/indikatorer/np5_lesing/"):
        text = html_of(client_of("berit"), address).casefold()
        for word in ("svak", "dårlig", "signifikant", "±", "rangering", "best ", "verst"):
            assert word not in text, (address, word)


def test_nothing_to_point_at(cast: Cast, put: Put) -> None:
    put([one for one in world() if one.unit_code != NES and one.unit_code != OWNER])
    page = page_for(cast, "berit")
    assert page.first == "Ingen skoler har tall som peker klart nedover."
    assert page.attention.false_alarms.startswith("Ingen skoler er merket.")
    assert page.attention.silent == ("Nes skole",)


def test_marks_that_cannot_be_summed_are_told_apart(cast: Cast, put: Put) -> None:
    nation = years(NATION, (4.3, 4.3, 4.3), 50_000, indicator="eu_trivsel", grade=7, uncertainty=None)
    low = years(VIK, (3.2, 3.2, 3.2), 40, indicator="eu_trivsel", grade=7, uncertainty=None)
    put([*world(), *nation, *low])
    words = page_for(cast, "berit").attention.false_alarms
    assert words.startswith("1 skole er merket. Det er")
    assert words.endswith("Én skole er merket av tall der vi ikke kan regne ut hvor mye som er tilfeldig.")


def test_a_low_share_of_bullying_is_no_warning(cast: Cast, put: Put) -> None:
    parts = {"indicator": "eu_mobbing", "grade": 7, "uncertainty": None}
    nation = years(NATION, (12.0, 12.0, 12.0), 50_000, **parts)
    put([*nation, *years(VIK, (2.5, 2.5, 2.5), 80, **parts), *years(NES, (37.5, 37.5, 37.5), 80, **parts)])
    found = attention(load_viewer(cast.users["berit"], date(2026, 11, 22)), owner_of())
    assert [item.school for item in found.items] == ["Nes skole"]


def owner_of() -> Unit:
    return Unit.objects.select_related("settings").get(code=OWNER)


def test_small_multiples_share_a_scale_and_have_their_table(
    cast: Cast, put: Put, client_of: ClientOf
) -> None:
    put([*world(), *world(indicator="np5_regning")])
    page = page_for(cast, "berit", "np5_regning")
    assert page.multiples is not None
    assert [panel.school for panel in page.multiples.panels] == ["Nes skole", "Vik skole"]
    assert [(row.school, [cell.text for cell in row.cells]) for row in page.multiples.rows] == [
        ("Nes skole", ["42", "42", "43"]),
        ("Vik skole", ["50", "49", "50"]),
    ]
    assert page.multiples.years == (2024, 2023, 2022)
    html = html_of(client_of("berit"), "/9901/?indikator=np5_regning-5")
    assert f"Alle har samme skala, {page.multiples.scale}." in html
    assert '<option value="np5_regning-5" selected>' in html


def test_the_municipality_stands_beside_county_and_nation(cast: Cast, put: Put) -> None:
    put(world())
    page = page_for(cast, "berit")
    row = page.places[0]
    assert (row.owner.text, row.county.text, row.nation.text, row.year) == ("45", "49", "49", 2024)
    assert page.table is not None
    assert page.table.header[4:] == ("Landet", "Fjordfylket")
    assert [year.value for year in page.table.rows] == ["45", "45", "46"]


def test_what_came_in_last(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    second = put([cell(VIK, 51.0, 46), cell(NES, 44.0, 30, indicator="np8_lesing", grade=8)])
    found = news(load_viewer(cast.users["berit"], date(2026, 11, 22)), owner_of())
    assert found is not None
    assert (found.release, found.new, found.hidden, found.more_changed) == (second.pk, 1, 0, 0)
    assert [(one.where, one.indicator, one.year, one.value) for one in found.changed] == [
        ("Vik skole", "Lesing 5. trinn", 2024, "51")
    ]
    assert f"/9901/tall-inn/utgivelser/{second.pk}/" in html_of(client_of("berit"))
    assert "/tall-inn/" not in html_of(client_of("dag"))


def test_the_next_publications(cast: Cast) -> None:
    soon = expected(["np5_lesing", "elever", "eu_trivsel"], date(2026, 11, 22))
    assert [one.month for one in soon] == ["november 2026", "desember 2026", "januar 2027"] or len(soon) == 3
    assert expected([], date(2026, 11, 22)) == ()


def test_what_is_hidden_is_named_with_its_reason(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(
        [
            *[c for c in world() if c.period < 2024 or c.unit_code != NES],
            cell(NES, None, None, status=Status.HIDDEN_BY_SOURCE),
        ]
    )
    page = page_for(cast, "berit")
    assert [(g.indicator, g.status, g.schools, g.also_owner) for g in page.attention.hidden] == [
        ("Lesing 5. trinn", "hidden_by_source", ("Nes skole",), False)
    ]
    assert "Skjult hos kilden" in html_of(client_of("berit"))


def test_each_reader_sees_one_edition(cast: Cast, put: Put, client_of: ClientOf) -> None:
    inside = cell(NES, 31.7, 34, indicator="kart1_lesing", grade=1, status=Status.CONFIDENTIAL)
    put([*world(), inside], LOCAL, cast.fjordvik)
    put([cell(NATION, 50.0, 50_000)])
    internal, public = html_of(client_of("berit"), "/9901/?indikator=kart1_lesing"), html_of(client_of("dag"))
    assert "31,7" in internal
    assert "Intern utgave" in internal
    for name in ("dag", "aud", "carl"):
        html = html_of(client_of(name), "/9901/?indikator=kart1_lesing")
        assert "31,7" not in html, name
        assert "Offentlig utgave" in html, name
    assert "31,7" not in public


def test_a_withdrawn_release_is_forgotten_at_once(cast: Cast, put: Put, client_of: ClientOf) -> None:
    release = put(world())
    assert "Nes skole" in [item.school for item in page_for(cast, "berit").attention.items]
    withdraw(release=release, reason="Feil fil", by="arne@example.test")
    assert page_for(cast, "berit").first == "Ingen tall er lagt inn ennå."


def test_an_empty_overview_teaches(cast: Cast, client_of: ClientOf) -> None:
    html = html_of(client_of("berit"))
    assert "Ingen tall er lagt inn ennå." in html
    assert "Legg inn første fil" in html
    assert "Legg inn første fil" not in html_of(client_of("dag"))


def test_the_report_has_its_box_for_those_who_write_it(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    start_report(owner=owner_of(), year=2024, by="arne@example.test")
    assert "deler er skrevet." in html_of(client_of("arne"))
    assert "deler er skrevet." not in html_of(client_of("dag"))


def test_the_number_of_queries_does_not_grow(
    cast: Cast, put: Put, client_of: ClientOf, more_schools: list[str],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    put(world())
    client = client_of("dag")
    client.get("/9901/")
    with django_assert_num_queries(7):
        client.get("/9901/")
    put(
        [
            one
            for code in more_schools
            for key in ("np5_lesing", "np5_regning")
            for one in years(code, (50, 50, 50), 40, indicator=key)
        ]
    )
    client.get("/9901/")
    with django_assert_num_queries(7):
        client.get("/9901/")


def test_making_it_anew_takes_a_constant_number_of_queries(
    cast: Cast, put: Put, more_schools: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from tettpaa.doors.workspace import memo

    put(world())
    page_for(cast, "berit")
    memo.forget()
    with django_assert_num_queries(26):
        page_for(cast, "berit")
    put(
        [
            one
            for code in more_schools
            for key in ("np5_lesing", "np5_regning")
            for one in years(code, (50, 50, 50), 40, indicator=key)
        ]
    )
    memo.forget()
    with django_assert_num_queries(26):
        page_for(cast, "berit")


@pytest.mark.parametrize(
    ("language", "words"), [("nn", "skular har tal vi bør"), ("en", "One of 2 schools has figures")]
)
def test_other_languages(cast: Cast, put: Put, client_of: ClientOf, language: str, words: str) -> None:
    put(world())
    assert words in html_of(client_of("berit"), language=language)


def test_who_may_not_see_the_owner(cast: Cast, client_of: ClientOf, client: Client) -> None:
    assert client_of("eva").get("/9901/").status_code == 404
    assert client_of("siv").get("/9901/").status_code == 404
    assert client.get("/9901/").status_code == 302


@pytest.mark.parametrize(
    ("values", "circle"),
    [
        ((15, 15, 15), "Høyere enn landet"),
        ((11, 11, 11), "Lavere enn landet"),
        ((13, 13, 13), "Samme tall som landet"),
    ],
)
def test_counts_are_described_not_judged(cast: Cast, put: Put, values: tuple[int, ...], circle: str) -> None:
    parts = {"indicator": "laerertetthet_2_1_4", "grade": 0, "uncertainty": None}
    put(
        [
            *years(NATION, (13, 13, 13), 50_000, **parts),
            *years(OWNER, values, 400, **parts),
            *years(VIK, values, 40, **parts),
        ]
    )
    assert [(row.key, row.circle) for row in page_for(cast, "berit").more_places] == [("", circle)]


def test_one_year_and_unknown_numbers_are_told(cast: Cast, put: Put) -> None:
    parts = {"indicator": "eu_trivsel", "grade": 7, "uncertainty": None}
    put([cell(NATION, 4.3, 50_000, **parts), cell(NES, 2.5, 60, **parts), cell(VIK, 2.5, None, **parts)])
    texts = {item.school: item.text for item in page_for(cast, "berit").attention.items}
    assert texts["Nes skole"] == "Ett år, 60 elever. Ett år alene sier lite."
    assert texts.get("Vik skole", "1 år samlet.") == "1 år samlet."


def test_a_hidden_owner_is_told_with_its_schools(cast: Cast, put: Put) -> None:
    gone = {"value": None, "n": None, "status": Status.HIDDEN_BY_SOURCE}
    put(
        [
            *[c for c in world() if c.unit_code not in {NES, OWNER} or c.period < 2024],
            cell(NES, **gone),
            cell(OWNER, **gone),
        ]
    )
    assert [group.also_owner for group in page_for(cast, "berit").attention.hidden] == [True]


def test_many_changes_are_counted(cast: Cast, put: Put) -> None:
    keys = ["np5_lesing", "np5_regning", "np5_engelsk"]
    put([c for key in keys for c in world(indicator=key)])
    put(
        [
            c._replace(value=c.value + 1)
            for key in keys
            for c in world(indicator=key)
            if c.value and c.unit_code in {NES, VIK}
        ]
    )
    found = news(load_viewer(cast.users["berit"], date(2026, 11, 22)), owner_of())
    assert found is not None
    assert (len(found.changed), found.more_changed, found.new) == (8, 10, 0)


def test_the_frozen_report_says_when_newer_figures_have_come(
    cast: Cast, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    from types import SimpleNamespace

    from tettpaa.doors.workspace.queries import report_box as box

    def status(**more: object) -> SimpleNamespace:
        report = SimpleNamespace(name="Melding", school_year="2024-25")
        parts = {
            "report": report,
            "written": 3,
            "expected": 5,
            "missing": 2,
            "stale": 1,
            "is_frozen": True,
            "has_newer_figures": True,
            "chapters": (),
        }
        return SimpleNamespace(**(parts | more))

    eyes = load_viewer(cast.users["arne"], date(2026, 11, 22))
    for more, sentence in (
        ({}, "men det er kommet nyere tall."),
        ({"has_newer_figures": False}, "Rapporten er låst."),
    ):
        monkeypatch.setattr(box, "report_status", lambda *_, more=more: status(**more))
        made = box.report_box(eyes, owner_of())
        assert made is not None
        assert made.sentence.endswith(sentence)
        assert "1 der tallene er endret siden" in made.text
