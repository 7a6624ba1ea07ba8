"""A school that took over from another: the predecessor's years before its own with a break, and nothing reckoned across."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from tests.doors.workspace.conftest import LOCAL, NATION, NES, VIK, Put, cell, years
from tests.factories.cast import Cast
from tettpaa.core.orgs.actions import NewUnit, add_units
from tettpaa.core.orgs.enums import Kind, SuccessionKind
from tettpaa.core.orgs.models import Succession, Unit
from tettpaa.core.orgs.schools import confirm_successor, undo_successor
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.data.suppression.kinds import Status
from tettpaa.doors.workspace.enums import Against
from tettpaa.doors.workspace.queries.findings import Finding, desk_for, school_trend
from tettpaa.doors.workspace.queries.school import school_page
from tettpaa.doors.workspace.queries.sheets import Topic

pytestmark = pytest.mark.django_db
READING = Topic("np5_lesing", 5)
PAGE = f"/9901/skoler/{VIK}/"


def link(cast: Cast, old: Unit, new: Unit) -> Succession:
    return confirm_successor(
        owner=cast.fjordvik, old=old, new=new, on=date(2024, 8, 1), why="Nytt nummer", by="arne"
    )


def finding(cast: Cast, name: str = "berit", against: Against = Against.NATION) -> Finding:
    viewer = load_viewer(cast.users[name], date(2026, 11, 22))
    (found,) = school_page(viewer, cast.fjordvik, cast.vik, against).findings
    return found


@pytest.fixture
def figures(put: Put) -> None:
    """Nes until 2023, Vik in 2024 and, once, while Nes was still there."""
    put([*years(NATION, (50, 49, 49), 56_000), cell(NES, 40, 50, period=2022), cell(NES, 41, 50, period=2023),
         cell(NES, 99, 50, period=2024), cell(VIK, 52, 60)])  # fmt: skip


def test_only_what_somebody_has_said_is_chained(cast: Cast, figures: None) -> None:
    assert [row.year for row in finding(cast).table.rows] == ["2024–25"]
    other = Succession.objects.create(
        old=cast.nes, new=cast.vik, kind=SuccessionKind.MERGE, on=date(2024, 8, 1)
    )
    assert finding(cast).table.older == ()
    other.delete()
    said = link(cast, cast.nes, cast.vik)
    found = finding(cast)
    assert [(row.year, row.value) for row in found.table.rows] == [("2024–25", "52")]
    assert [(row.year, row.value) for row in found.table.older] == [("2023–24", "41"), ("2022–23", "40")]
    assert found.paragraphs[-1] == (
        "Før 2024–25 er tallene fra Nes skole (organisasjonsnummer F00000001). De regnes ikke sammen med skolens egne."
    )
    undo_successor(owner=cast.fjordvik, link=said, why="Feil", by="arne")
    assert finding(cast).table.older == ()


def test_the_chart_has_the_break_and_the_verdict_does_not_cross_it(cast: Cast, figures: None) -> None:
    alone = finding(cast)
    link(cast, cast.nes, cast.vik)
    viewer = load_viewer(cast.users["berit"], date(2026, 11, 22))
    desk = desk_for(viewer, cast.fjordvik, cast.vik, Against.NATION)
    chart = school_trend(desk, READING, ())
    assert [(one.period, one.value, one.unit) for one in chart.figures] == [
        (2022, 40.0, VIK), (2023, 41.0, VIK), (2024, 52.0, VIK),
    ]  # fmt: skip
    assert [(cut.period, cut.before, cut.after) for cut in chart.breaks if cut.period == 2024] == [
        (2024, "Forgjengeren", "Ny skole fra 2024"),
    ]  # fmt: skip
    chained = finding(cast)
    assert (chained.heading, chained.key, chained.paragraphs[0]) == (
        alone.heading,
        alone.key,
        alone.paragraphs[0],
    )
    before_itself = finding(cast, against=Against.SELF)
    assert before_itself.heading == "Vi har for få år til å si om Vik skole har endret seg."


def test_a_chain_of_three_has_two_breaks(cast: Cast, figures: None, put: Put) -> None:
    first = add_units(units=[NewUnit(Kind.SCHOOL, "F00000009", "Gamle Nes", "9901")], by="t")["F00000009"]
    put([cell("F00000009", 45, 50, period=2021), cell("F00000009", 46, 50, period=2022)], replace(LOCAL, file_sha256="cd" * 32),
        cast.fjordvik)  # fmt: skip
    link(cast, cast.nes, cast.vik)
    link(cast, first, cast.nes)
    found = finding(cast)
    assert [row.year for row in found.table.older] == ["2023–24", "2022–23", "2021–22"]
    assert [words.split(" (")[0] for words in found.paragraphs[-2:]] == [
        "Før 2024–25 er tallene fra Nes skole", "Før 2022–23 er tallene fra Gamle Nes",
    ]  # fmt: skip


def test_a_predecessor_without_such_figures_adds_nothing(cast: Cast, put: Put) -> None:
    put(
        [
            *years(NATION, (50, 49, 49), 56_000),
            cell(VIK, 52, 60),
            cell(NES, 50, 50, grade=8, indicator="np8_lesing"),
        ]
    )
    link(cast, cast.nes, cast.vik)
    found = finding(cast)
    assert (found.table.older, "Før" in found.paragraphs[-1]) == ((), False)


def test_the_predecessors_figures_are_the_public_ones_whoever_looks(cast: Cast, put: Put) -> None:
    put([*years(NATION, (50, 49, 49), 56_000), cell(VIK, 52, 60)])
    put([cell(NES, 37, 50, period=2023, status=Status.CONFIDENTIAL)], LOCAL, cast.fjordvik)
    link(cast, cast.nes, cast.vik)
    for name in ("berit", "vera", "dag"):
        (older,) = finding(cast, name).table.older
        assert older.status, name
        shown = re.sub(r"/tall/\d+/", "", str(finding(cast, name)))  # a figure's key may have any digits
        assert "37" not in shown, name


def test_the_pages_and_the_picture_show_it(
    cast: Cast, figures: None, client_of: Callable[[str], Client]
) -> None:
    link(cast, cast.nes, cast.vik)
    berit = client_of("berit")
    for address in (PAGE, f"{PAGE}np5_lesing/"):
        page = berit.get(address).content.decode()
        assert "Før 2024–25 er tallene fra Nes skole" in page, address
        assert "eldre tall" in page, address
    picture = finding(cast).picture
    drawn = berit.get(picture.src)
    assert drawn.status_code == 200
    assert "Ny skole fra 2024" in drawn.content.decode()


def test_the_small_lines_of_the_other_indicators_have_the_break_too(
    cast: Cast, put: Put, client_of: Callable[[str], Client]
) -> None:
    """Three indicators stand in full; the fourth is a row with a small line."""
    keys = ("np5_lesing", "np5_regning", "np5_engelsk", "eu_trivsel")
    grades, values = (5, 5, 5, 7), (52, 52, 52, 4.2)
    put(
        [
            cell(school, value, 50, period=period, grade=grade, indicator=key)
            for key, grade, value in zip(keys, grades, values, strict=True)
            for school, period in ((NES, 2022), (NES, 2023), (VIK, 2024))
        ]
    )
    berit = client_of("berit")
    viewer = load_viewer(cast.users["berit"], date(2026, 11, 22))

    def small_lines() -> dict[str, str]:
        page = school_page(viewer, cast.fjordvik, cast.vik, Against.NATION)
        rows = [row for theme in page.themes for row in theme.rows]
        assert rows
        return {row.name: berit.get(row.picture.src).content.decode() for row in rows}

    alone = small_lines()
    assert not any("stroke-dasharray" in drawn for drawn in alone.values())
    link(cast, cast.nes, cast.vik)
    chained = small_lines()
    assert chained.keys() == alone.keys()
    for name, drawn in chained.items():
        assert "stroke-dasharray" in drawn, name
