"""Indicators, schools and cohorts: everybody alphabetically, tables equal to charts."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.doors.workspace.conftest import LOCAL, NATION, NES, OWNER, VIK, Put, cell, world, years
from tests.factories.cast import Cast
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer, load_viewer
from tettpaa.data.charts import cohort, funnel, rows
from tettpaa.data.suppression.kinds import Status
from tettpaa.doors.workspace import memo
from tettpaa.doors.workspace.queries.across import across, funnel_chart, panels, rows_chart
from tettpaa.doors.workspace.queries.cohorts import chart_for, cohorts_page
from tettpaa.doors.workspace.queries.indicator import indicator_page
from tettpaa.doors.workspace.queries.schools import schools_page
from tettpaa.doors.workspace.queries.sheets import Topic

pytestmark = pytest.mark.django_db
type ClientOf = Callable[[str], Client]
READING = Topic("np5_lesing", 5)


def owner_of() -> Unit:
    return Unit.objects.select_related("settings").get(code=OWNER)


def viewer(cast: Cast, name: str = "berit") -> Viewer:
    return load_viewer(cast.users[name], date(2026, 11, 22))


def html_of(client: Client, address: str, language: str = "nb") -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_heading_tells_who_differs(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    page = indicator_page(viewer(cast), owner_of(), "np5_lesing", None)
    assert page is not None
    assert page.first == "1 av 2 skoler skiller seg ikke sikkert fra landet."
    assert [(told.school, told.phrase.word) for told in page.told] == [("Nes skole", "klart")]
    assert page.years == "2022–2025 samlet"
    html = html_of(client_of("dag"), "/9901/indikatorer/np5_lesing/")
    assert "Alfabetisk, aldri rangert." in html
    assert "Bare Nes skole ligger utenfor trakten." in html


def test_the_rows_hold_what_the_chart_draws(cast: Cast, put: Put) -> None:
    put(world())
    page = indicator_page(viewer(cast), owner_of(), "np5_lesing", None)
    assert page is not None
    drawn = rows.table(rows_chart(across(viewer(cast), owner_of(), READING)), "nb")
    assert [(row.school, row.pupils, row.level, row.between) for row in page.rows] == [
        tuple(row[:4]) for row in drawn.rows
    ]
    assert [row.school for row in page.rows] == ["Nes skole", "Vik skole"]


def test_the_funnel_marks_those_outside(cast: Cast, put: Put) -> None:
    put(world())
    chart = funnel_chart(across(viewer(cast), owner_of(), READING))
    assert chart is not None
    assert [(school.estimate.name, school.outside) for school in chart.schools] == [
        ("Nes skole", True), ("Vik skole", False),
    ]  # fmt: skip
    assert len(chart.others) == 1
    assert "1 andre skoler" in funnel.table(chart, "nb").caption


def test_counts_have_no_funnel_and_no_verdict(cast: Cast, put: Put, client_of: ClientOf) -> None:
    parts = {"indicator": "laerertetthet_2_1_4", "grade": 0, "uncertainty": None}
    put([*years(NATION, (13, 13, 13), 50_000, **parts), *years(VIK, (15, 15, 15), 40, **parts)])
    page = indicator_page(viewer(cast), owner_of(), "laerertetthet_2_1_4", None)
    assert page is not None
    assert page.funnel is None
    assert [(row.key, row.circle) for row in page.rows] == [("", "Høyere enn landet")]
    assert page.first == "Lærertetthet 1.–4. trinn, skole for skole."
    html_of(client_of("dag"), "/9901/indikatorer/laerertetthet_2_1_4/")


def test_a_school_that_lost_the_grade_is_left_out(cast: Cast, put: Put) -> None:
    put([*world(), *[cell(f"F0000000{n}", 50.0, 40, period=2019) for n in (3, 4)]])
    assert [one.school.code for one in across(viewer(cast), owner_of(), READING).schools] == [NES, VIK]


def test_a_hidden_school_is_told_of_in_words(cast: Cast, put: Put) -> None:
    gone = [cell(NES, None, None, period=year, status=Status.HIDDEN_BY_SOURCE) for year in (2022, 2023, 2024)]
    put([*[c for c in world() if c.unit_code != NES], *gone])
    page = indicator_page(viewer(cast), owner_of(), "np5_lesing", None)
    assert page is not None
    hidden = page.rows[0]
    assert (hidden.level, hidden.pupils, hidden.newest.status, hidden.key) == (
        "",
        "",
        "hidden_by_source",
        "unknown",
    )
    assert page.rows_picture is not None
    assert "Skjult: Nes skole" in page.rows_picture.alt


def test_grades_are_chosen_by_link(cast: Cast, put: Put, client_of: ClientOf) -> None:
    parts = {"indicator": "eu_trivsel", "uncertainty": None}
    both = [
        c for g in (7, 10) for u in (NATION, VIK) for c in years(u, (4.2, 4.2, 4.1), 60, grade=g, **parts)
    ]
    put(both)
    page = indicator_page(viewer(cast), owner_of(), "eu_trivsel", 10)
    assert page is not None
    assert [(link.title, link.is_current) for link in page.grades] == [
        ("7. trinn", False),
        ("10. trinn", True),
    ]
    assert "10. trinn" in html_of(client_of("dag"), "/9901/indikatorer/eu_trivsel/?trinn=10")
    assert html_of(client_of("dag"), "/9901/indikatorer/eu_trivsel/?trinn=x")


def test_unknown_indicators_are_no_pages(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    client = client_of("berit")
    for key in ("finnes_ikke", "np8_lesing", "NP5"):
        assert client.get(f"/9901/indikatorer/{key}/").status_code == 404


def test_one_scale_for_all_panels(cast: Cast, put: Put) -> None:
    put(world())
    made = panels(across(viewer(cast), owner_of(), READING))
    assert len({panel.limits for panel in made.values()}) == 1
    assert [panel.first for panel in made.values()] == [True, False]


def test_the_list_of_indicators(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put([*world(), *years(VIK, (12, 11, 10), 40, indicator="np5_lesing_niva1_andel", uncertainty=None)])
    html = html_of(client_of("dag"), "/9901/indikatorer/")
    assert "Én indikator har tall." in html
    assert "Læringsresultater" in html
    assert "Lesing 5. trinn, nivå 1" in html
    memo.forget()
    assert "Ingen tall er lagt inn ennå" in html_of(client_of("eva"), "/9902/indikatorer/")


def test_the_list_of_schools_can_be_filtered(
    cast: Cast, put: Put, client_of: ClientOf, more_schools: list[str]
) -> None:
    put(world())
    everyone = schools_page(viewer(cast), owner_of(), "", "")
    assert [line.name for line in everyone.lines] == ["Berg skole", "Nes skole", "Vik skole", "Åsen skole"]
    assert [line.name for line in schools_page(viewer(cast), owner_of(), "vIK", "").lines] == ["Vik skole"]
    assert [line.name for line in schools_page(viewer(cast), owner_of(), "", "merket").lines] == ["Nes skole"]
    assert [line.is_mine for line in schools_page(viewer(cast, "aud"), owner_of(), "nes", "").lines] == [True]
    assert "Ingen skoler passer" in html_of(client_of("dag"), "/9901/skoler/?navn=zzz")


@pytest.mark.parametrize("address", ["/9901/indikatorer/np5_lesing/", "/9901/indikatorer/", "/9901/skoler/"])
def test_queries_do_not_grow(
    cast: Cast, put: Put, client_of: ClientOf, more_schools: list[str],
    django_assert_num_queries: DjangoAssertNumQueries, address: str,
) -> None:  # fmt: skip
    put(world())
    client = client_of("berit")
    for turn in range(2):
        client.get(address)
        with django_assert_num_queries({"/9901/skoler/": 6}.get(address, 5)):
            client.get(address)
        if not turn:
            put([one for code in more_schools for one in years(code, (50, 50, 50), 40)])


def test_the_indicator_page_reads_a_constant_number_of_times(
    cast: Cast, put: Put, more_schools: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    put(world())
    owner, eyes = owner_of(), viewer(cast)
    for _ in range(2):
        memo.forget()
        with django_assert_num_queries(14):
            indicator_page(eyes, owner, "np5_lesing", None)
        put([one for code in more_schools for one in years(code, (50, 50, 50), 40)])


COURSE = [
    *[cell(OWNER, value, 80, indicator=key, grade=grade, period=period)
      for key, grade, period, value in [
          ("np8_lesing", 8, 2022, 48.0), ("np9_lesing", 9, 2023, 55.0),
          ("np8_lesing", 8, 2023, 50.0), ("np9_lesing", 9, 2024, 50.0),
          ("np5_lesing", 5, 2019, 47.0)]],
    *[cell(VIK, value, 46, indicator=key, grade=grade, period=period)
      for key, grade, period, value in [("np8_lesing", 8, 2023, 50.0), ("np9_lesing", 9, 2024, 53.0)]],
]  # fmt: skip


def test_the_same_pupils_are_followed(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(COURSE)
    page = cohorts_page(viewer(cast), owner_of(), "lesing", "")
    assert [(course.name, [c.text for c in course.cells]) for course in page.courses] == [
        ("8. trinn i 2023–24", ["", "50", "50"]),
        ("8. trinn i 2022–23", ["47", "48", "55"]),
    ]
    assert page.courses[1].heading.startswith("Kullet har gått klart opp fra")
    assert page.first == page.courses[0].heading
    html = html_of(client_of("dag"), "/9901/kull/")
    assert "Si hva én skole har bidratt med." in html


def test_the_cohorts_table_equals_the_chart(cast: Cast, put: Put) -> None:
    put(COURSE)
    chart = chart_for(viewer(cast), owner_of(), OWNER, "lesing")
    page = cohorts_page(viewer(cast), owner_of(), "lesing", "")
    assert chart is not None
    shown = sorted((c.name, text.text) for c in page.courses for text in c.cells if text.text)
    assert sorted((row[0], row[3]) for row in cohort.table(chart, "nb").rows) == shown


def test_a_school_is_followed_where_it_has_the_grades(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(COURSE)
    page = cohorts_page(viewer(cast), owner_of(), "lesing", VIK)
    assert [course.name for course in page.courses] == ["8. trinn i 2023–24"]
    empty = html_of(client_of("dag"), f"/9901/kull/?sted={NES}&fag=engelsk")
    assert "elevene bytter skole" in empty
    assert chart_for(viewer(cast), owner_of(), "U00000001", "lesing") is None
    assert chart_for(viewer(cast), owner_of(), OWNER, "musikk") is None


def test_the_nations_own_change_is_taken_away(cast: Cast, put: Put) -> None:
    nation = [
        cell(NATION, v, 50_000, indicator=k, grade=g, period=p)
        for k, g, p, v in [("np8_lesing", 8, 2022, 50.0), ("np9_lesing", 9, 2023, 57.0)]
    ]
    put([*COURSE, *nation])
    course = cohorts_page(viewer(cast), owner_of(), "lesing", "").courses[1]
    assert course.sentence.endswith("Landets egen endring er trukket fra.")
    assert course.heading.startswith("Kullet viser ingen sikker endring")


def test_a_break_is_not_crossed(cast: Cast, put: Put) -> None:
    put(
        [
            cell(OWNER, 47.0, 80, indicator="np5_lesing", period=2020),
            cell(OWNER, 50.0, 80, indicator="np8_lesing", grade=8, period=2023),
        ]
    )
    page = cohorts_page(viewer(cast), owner_of(), "lesing", "")
    assert [course.heading for course in page.courses] == [""]
    assert page.first == "Fjordvik: vi kan ikke følge noe kull ennå."


def test_an_internal_school_is_public_to_its_neighbour(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(
        [cell(NES, 31.7, 34, indicator="kart1_lesing", grade=1, status=Status.CONFIDENTIAL)],
        LOCAL,
        cast.fjordvik,
    )
    assert "31,7" in html_of(client_of("berit"), "/9901/indikatorer/kart1_lesing/")
    memo.forget()
    for name in ("aud", "dag"):
        answer = client_of(name).get("/9901/indikatorer/kart1_lesing/")
        assert b"31,7" not in answer.content, name


@pytest.mark.parametrize(
    "address", ["/9901/indikatorer/np5_lesing/", "/9901/indikatorer/", "/9901/skoler/", "/9901/kull/"]
)
@pytest.mark.parametrize("language", ["nn", "en"])
def test_other_languages(cast: Cast, put: Put, client_of: ClientOf, address: str, language: str) -> None:
    put([*world(), *COURSE])
    html = html_of(client_of("berit"), address, language)
    assert f'lang="{language}"' in html
    assert {"nn": "Skular", "en": "Schools"}[language] in html


def test_shares_are_written_as_the_chart_writes_them(cast: Cast, put: Put) -> None:
    parts = {"indicator": "eu_mobbing", "grade": 7, "uncertainty": None}
    put([*years(NATION, (12.0, 12.0, 12.0), 50_000, **parts), *years(VIK, (25.0, 25.0, 25.0), 80, **parts)])
    page = indicator_page(viewer(cast), owner_of(), "eu_mobbing", None)
    assert page is not None
    drawn = rows.table(rows_chart(across(viewer(cast), owner_of(), Topic("eu_mobbing", 7))), "nb")
    assert [(row.school, row.pupils, row.level, row.between) for row in page.rows] == [
        tuple(row[:4]) for row in drawn.rows
    ]
    assert page.rows[0].level == "25,0\u00a0%"


def test_schools_that_nothing_can_be_said_of_are_counted_apart(
    cast: Cast, put: Put, more_schools: list[str]
) -> None:
    silent = [cell(code, None, None, status=Status.HIDDEN_BY_SOURCE) for code in more_schools]
    put([*world(), *silent])
    page = indicator_page(viewer(cast), owner_of(), "np5_lesing", None)
    assert page is not None
    assert page.first == "1 av 2 skoler skiller seg ikke sikkert fra landet. 2 kan vi ikke si noe om."
    memo.forget()
    put(
        [
            cell(unit, None, None, period=year, status=Status.HIDDEN_BY_SOURCE)
            for unit in (NES, VIK)
            for year in (2022, 2023, 2024)
        ]
    )
    page = indicator_page(viewer(cast), owner_of(), "np5_lesing", None)
    assert page is not None
    assert page.first == "Vi kan ikke si noe sikkert om noen av skolene ennå."
    assert page.funnel is None
