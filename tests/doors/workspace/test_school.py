"""The school page: what stands out first, tables equal to charts, and no more than the reader may see."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.doors.workspace.conftest import COUNTY, LOCAL, NATION, NES, OWNER, VIK, Put, cell, world, years
from tests.factories.cast import Cast
from tettpaa.core.orgs.enums import SuccessionKind
from tettpaa.core.orgs.models import Succession
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.data.charts import trend
from tettpaa.data.suppression.kinds import Edition, Gender, Status
from tettpaa.doors.workspace.enums import Against
from tettpaa.doors.workspace.queries.findings import desk_for
from tettpaa.doors.workspace.queries.school import school_page
from tettpaa.doors.workspace.queries.sheets import Topic

pytestmark = pytest.mark.django_db
type ClientOf = Callable[[str], Client]
PAGE = f"/9901/skoler/{NES}/"


def text_of(client: Client, address: str, **more: str) -> str:
    answer = client.get(address, **more)
    assert answer.status_code == 200, address
    return answer.content.decode()


def page_for(cast: Cast, name: str, against: Against = Against.NATION, school: str = NES) -> object:
    return school_page(
        load_viewer(cast.users[name], date(2026, 11, 22)), cast.fjordvik, cast.units[school], against
    )


def test_the_first_lines_tell_the_strongest_finding(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    page = page_for(cast, "berit")
    assert page.first == "Nes skole: 1 av 1 tall skiller seg ut."
    assert (page.second, page.phrase.before, page.phrase.word, page.phrase.after) == (
        "Lesing 5. trinn", "ligger ", "klart", " under landet",
    )  # fmt: skip
    html = text_of(client_of("berit"), PAGE)
    assert "Nes skole ligger klart under landet." in html
    assert "oppdiktet kommune" in html


def test_a_school_like_the_nation_is_not_pointed_out(cast: Cast, put: Put) -> None:
    put(world())
    page = page_for(cast, "berit", school=VIK)
    assert page.first == "Vik skole: ingen tall skiller seg sikkert ut."
    assert [finding.key for finding in page.findings] == ["none"]


def test_a_weak_national_test_says_why_the_overview_may_have_another_percentage(cast: Cast, put: Put) -> None:
    put(world())
    words = "I oversikten teller også skolens andre nasjonale prøver"
    weak, alike = page_for(cast, "berit"), page_for(cast, "berit", school=VIK)
    assert words in weak.findings[0].paragraphs[1]
    assert words not in " ".join(alike.findings[0].paragraphs)
    assert words not in " ".join(page_for(cast, "berit", Against.MUNICIPALITY).findings[0].paragraphs)


def test_the_table_holds_exactly_what_the_chart_draws(cast: Cast, put: Put) -> None:
    put([*world(), cell(NES, 46.0, 30, period=2020)])
    page = page_for(cast, "berit")
    finding = page.findings[0]
    viewer = load_viewer(cast.users["berit"], date(2026, 11, 22))
    desk = desk_for(viewer, cast.fjordvik, cast.nes, Against.NATION)
    own, nation = (
        desk.sheet.line(NES, Topic("np5_lesing", 5)),
        desk.sheet.line(NATION, Topic("np5_lesing", 5)),
    )
    from tettpaa.data.charts.inputs import Reference
    from tettpaa.doors.workspace.charting import trend_of

    chart = trend_of(Topic("np5_lesing", 5).definition, 5, "Nes skole", own, [Reference("Landet", nation)])
    drawn = trend.table(chart, "nb")
    rows = [
        (r.year, r.count, r.value, r.between, *(b.text for b in r.beside))
        for r in (*finding.table.rows, *finding.table.older)
    ]
    assert rows == [tuple(row) for row in drawn.rows]
    assert [row.year for row in finding.table.older] == ["2020–21"]
    assert finding.table.total[0] == "2022–25"
    assert finding.picture.alt == trend.alt(chart, "nb")


def test_every_shown_figure_leads_to_its_source(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    client = client_of("berit")
    for row in page_for(cast, "berit").findings[0].table.rows:
        assert row.value in text_of(client, row.address)


@pytest.mark.parametrize(
    ("against", "heading", "lines"),
    [
        (Against.NATION, "Nes skole ligger klart under landet.", ("Landet",)),
        (Against.COUNTY, "Nes skole ligger klart under Fjordfylket.", ("Fjordfylket",)),
        (
            Against.MUNICIPALITY,
            "Nes skole kan ikke sammenlignes med de andre skolene i kommunen ennå.",
            ("Fjordvik",),
        ),
        (Against.SIMILAR, "Nes skole kan ikke sammenlignes med lignende skoler ennå.", ()),
        (Against.SELF, "Nes skole viser ingen sikker endring fra", ()),
    ],
)
def test_the_reader_chooses_what_to_hold_it_against(
    cast: Cast, put: Put, against: Against, heading: str, lines: tuple[str, ...]
) -> None:
    put(world())
    page = page_for(cast, "berit", against)
    finding = page.findings[0]
    assert finding.heading.startswith(heading)
    assert finding.table.header[4:] == lines
    assert [choice.title for choice in page.choices if choice.is_current] == [
        {"landet": "Landet", "fylket": "Fjordfylket", "kommunen": "Fjordvik", "lignende": "Lignende skoler",
         "for": "Seg selv før"}[against]
    ]  # fmt: skip


def test_the_rest_of_the_municipality_is_without_the_school(
    cast: Cast, put: Put, more_schools: list[str]
) -> None:
    others = [one for code in more_schools for one in years(code, (50, 50, 50), 40)]
    put([*world(), *others])
    finding = page_for(cast, "berit", Against.MUNICIPALITY).findings[0]
    assert finding.heading == "Nes skole ligger klart under de andre skolene i kommunen."
    assert "skolen selv holdt utenfor" in " ".join(finding.reckoning)


def test_similar_schools_are_those_of_the_same_size(cast: Cast, put: Put, more_schools: list[str]) -> None:
    others = [one for code in more_schools for one in years(code, (50, 50, 50), 34)]
    utvik = years("U00000001", (50, 50, 50), 34)
    far = [one for number in range(4) for one in years(f"U0000010{number}", (51, 51, 51), 32)]
    put([*[c for c in world() if c.unit_code != "U00000001"], *others, *utvik, *far])
    finding = page_for(cast, "berit", Against.SIMILAR).findings[0]
    assert finding.heading == "Nes skole ligger klart under lignende skoler."
    assert "8 skoler i landet" in " ".join(finding.reckoning)


def test_against_itself_one_year_is_too_little(cast: Cast, put: Put) -> None:
    put([cell(NES, 44.0, 30), cell(NATION, 50.0, 50_000)])
    finding = page_for(cast, "berit", Against.SELF).findings[0]
    assert (finding.heading, finding.key) == (
        "Vi har for få år til å si om Nes skole har endret seg.",
        "unknown",
    )


def test_a_hidden_year_says_why_and_what_to_use(cast: Cast, put: Put, client_of: ClientOf) -> None:
    hidden = cell(NES, None, None, indicator="np5_regning", status=Status.HIDDEN_BY_SOURCE)
    earlier = years(NES, (45, 45, 45), 30, indicator="np5_regning")[:2]
    four = [c for key in ("np5_engelsk", "np8_lesing", "np8_regning") for c in world(indicator=key)]
    put([*world(), *four, *earlier, hidden, *years(NATION, (50, 50, 50), 50_000, indicator="np5_regning")])
    page = page_for(cast, "berit")
    row = next(row for theme in page.themes for row in theme.rows if row.name == "Regning 5. trinn")
    assert (row.status, row.value, page.hidden) == ("hidden_by_source", "", 1)
    assert row.instead.startswith("Årene som vises, gir nivået")
    html = text_of(client_of("berit"), PAGE)
    assert "Skjult hos kilden" in html
    assert "Ett tall vises ikke, for å verne elevene." in html


def test_confidential_figures_stay_inside(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(
        [cell(NES, 31.7, 34, indicator="kart1_lesing", grade=1, status=Status.CONFIDENTIAL)],
        LOCAL,
        cast.fjordvik,
    )
    for name in ("berit", "arne", "aud"):
        assert "31,7" in text_of(client_of(name), PAGE), name
        assert "Intern utgave" in text_of(client_of(name), PAGE), name
    for name in ("carl", "dag", "vera"):
        html = text_of(client_of(name), PAGE)
        assert "31,7" not in html, name
        assert "Offentlig utgave" in html, name
        assert "31,7" not in text_of(client_of(name), f"{PAGE}tall.csv"), name


@pytest.mark.parametrize("first", ["berit", "carl"])
def test_what_is_remembered_of_the_municipality_keeps_its_edition(cast: Cast, put: Put, first: str) -> None:
    put([cell(NES, 44, 34)])
    put([cell(OWNER, 31, 34, status=Status.CONFIDENTIAL)], LOCAL, cast.fjordvik)
    inside = {"berit": "31", "carl": ""}
    for name in (first, *(other for other in inside if other != first)):
        row = page_for(cast, name, Against.MUNICIPALITY).findings[0].table.rows[0]
        assert (row.value, row.beside[0].text.strip("–")) == ("44", inside[name]), name


def test_a_school_that_is_renumbered_shows_its_earlier_figures_at_once(cast: Cast, put: Put) -> None:
    put([c for c in world() if c.unit_code != VIK])
    assert page_for(cast, "berit", school=VIK).findings == ()
    Succession.objects.create(old=cast.nes, new=cast.vik, kind=SuccessionKind.RENUMBER, on=date(2026, 8, 1))
    assert len(page_for(cast, "berit", school=VIK).findings) == 1


def test_another_owners_people_meet_nothing(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(world())
    assert client_of("eva").get(PAGE).status_code == 404
    assert client_of("eva").get(f"/9902/skoler/{NES}/").status_code == 404
    assert client_of("siv").get(PAGE).status_code == 404


@pytest.mark.parametrize("against", list(Against))
def test_the_number_of_queries_does_not_grow(
    cast: Cast,
    put: Put,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
    against: Against,
) -> None:
    put(world())
    client, address = client_of("berit"), f"{PAGE}?mot={against}"
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    before = len(caught)
    keys = ("np5_regning", "np5_engelsk", "np8_lesing", "np8_regning")
    put([c for key in keys for c in world(indicator=key)])
    client.get(address)
    with django_assert_num_queries(before):
        client.get(address)
    # the figures' own: roles, places, watermark, numbers, names, figures, predecessors
    with django_assert_num_queries(7):
        page_for(cast, "berit", against)


@pytest.mark.parametrize(
    ("language", "heading", "edition"),
    [
        ("nb", "Nes skole ligger klart under landet.", "Intern utgave"),
        ("nn", "Nes skole ligg klart under landet.", "Intern utgåve"),
        ("en", "Nes skole is clearly below the nation.", "Internal edition"),
    ],
)
def test_three_languages(
    cast: Cast, put: Put, client_of: ClientOf, language: str, heading: str, edition: str
) -> None:
    put(world())
    html = text_of(client_of("berit"), PAGE, headers={"accept-language": language})  # type: ignore[arg-type]
    assert heading in html
    assert edition in html
    assert f'lang="{language}"' in html


def test_an_empty_school_says_what_will_come(cast: Cast, client_of: ClientOf) -> None:
    html = text_of(client_of("berit"), PAGE)
    assert "Vi har ingen tall for Nes skole ennå." in html
    assert "Ingen tall kan vises ennå" in html


def test_one_indicator_whole(cast: Cast, put: Put, client_of: ClientOf) -> None:
    girls = [
        cell(NES, 46.0, 16, gender=Gender.GIRLS),
        cell(NES, None, None, gender=Gender.BOYS, status=Status.HIDDEN_BY_SOURCE),
    ]
    put(
        [
            *world(),
            *girls,
            *years(NES, (12.0, 11.0, 10.0), 34, indicator="np5_lesing_niva1_andel", uncertainty=None),
        ]
    )
    html = text_of(client_of("dag"), f"{PAGE}np5_lesing/")
    assert "Jenter og gutter" in html
    assert ">46<" in html
    assert "Lesing 5. trinn, nivå 1" in html
    assert "Ett år på en liten skole sier lite." in html
    part = text_of(client_of("dag"), f"{PAGE}np5_lesing_niva1_andel/")
    assert f'href="{PAGE}np5_lesing/"' in part
    assert client_of("dag").get(f"{PAGE}np8_regning/").status_code == 404
    assert client_of("dag").get(f"{PAGE}finnes_ikke/").status_code == 404


def test_an_invented_county_serves_where_the_nation_has_no_figure(cast: Cast, put: Put) -> None:
    cells = [c for c in world(indicator="eu_trivsel", grade=7, uncertainty=None) if c.unit_code != NATION]
    scaled = [c._replace(value=c.value / 12) for c in cells if c.value]
    put(scaled)
    page = page_for(cast, "berit")
    assert page.findings[0].table.header[4:] == ("Fjordfylket",)
    assert "Fjordfylket" in page.findings[0].heading
    assert {COUNTY, OWNER} <= {c.unit_code for c in scaled}


def test_what_cannot_be_compared_has_no_circle(cast: Cast, put: Put, client_of: ClientOf) -> None:
    put(
        [
            cell(NES, 217.0, None, indicator="elever", grade=0),
            cell(NATION, 640_000.0, None, indicator="elever", grade=0),
        ]
    )
    finding = page_for(cast, "berit").findings[0]
    assert (finding.key, finding.circle) == ("", "")
    html = text_of(client_of("berit"), PAGE)
    assert "217 elever" in html
    assert Edition.INTERNAL.key == "internal"
