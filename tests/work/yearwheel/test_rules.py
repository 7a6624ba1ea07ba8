"""When a procedure falls, the law of the day, and where the wheel draws it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.work.yearwheel.drawing import CENTRE, draw
from tettpaa.work.yearwheel.laws import law, laws
from tettpaa.work.yearwheel.models import Procedure
from tettpaa.work.yearwheel.rules import (
    CircleError,
    day_in,
    due_date,
    first_day,
    last_day,
    school_has,
    school_year_of,
)


def due(*rows: Procedure, profile: str = "autumn") -> date | None:
    return due_date(rows[0], 2026, known={row.key: row for row in rows}, profile=profile)


def row(key: str = "a", **words: object) -> Procedure:
    return Procedure(key=key, **words)


def test_a_fixed_day_lies_in_its_half_of_the_year() -> None:
    assert due(row(rule="day", month=10, day=1)) == date(2026, 10, 1)
    assert due(row(rule="day", month=3, day=15)) == date(2027, 3, 15)
    assert due(row(rule="day", month=2, day=31)) == date(2027, 2, 28)


def test_within_a_month_is_its_last_day() -> None:
    assert due(row(rule="within", month=11, day=3)) == date(2026, 11, 30)
    assert due(row(rule="within", month=2)) == date(2027, 2, 28)


def test_some_months_depend_on_when_the_council_has_the_report() -> None:
    report = row(rule="within", month=6, month_autumn=11, month_early_spring=3)
    found = [due(report, profile=name) for name in ("autumn", "early_spring", "before_summer")]
    assert found == [date(2026, 11, 30), date(2027, 3, 31), date(2027, 6, 30)]


def test_weeks_before_and_after_follow_the_other_procedure() -> None:
    report = row("report", rule="day", month=12, day=10)
    hearing = row("hearing", rule="before", weeks=6, anchor="report")
    invite = row("invite", rule="before", weeks=2, anchor="hearing")
    after = row("after", rule="after", weeks=1, anchor="report")
    assert due(invite, hearing, report) == date(2026, 12, 10) - timedelta(weeks=8)
    assert due(after, report) == date(2026, 12, 17)


def test_a_rule_that_cannot_say_gives_no_date() -> None:
    assert due(row(rule="within")) is None
    assert due(row(rule="before", weeks=2, anchor="gone")) is None


def test_procedures_in_a_ring_are_told() -> None:
    with pytest.raises(CircleError) as error:
        due(row("a", rule="after", weeks=1, anchor="b"), row("b", rule="before", weeks=1, anchor="a"))
    assert error.value.keys == ("a", "b", "a")


@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)))
def test_every_day_lies_in_its_school_year(day: date) -> None:
    year = school_year_of(day)
    assert first_day(year) <= day <= last_day(year)
    assert day_in(year, day.month, day.day) == day
    assert last_day(year) + timedelta(days=1) == first_day(year + 1)


@pytest.mark.parametrize(
    ("grades", "lowest", "highest", "expected"),
    [
        ([5], 1, 7, True),
        ([8, 9], 1, 7, False),
        ([], 1, 7, True),
        ([8], None, None, True),
        ([10], 8, 10, True),
    ],
)
def test_a_school_without_the_grades_is_known(
    grades: list[int], lowest: int | None, highest: int | None, expected: bool
) -> None:
    assert school_has(grades, lowest, highest) is expected


def test_a_rule_of_law_has_versions(tmp_path: Path) -> None:
    head = (
        'act = "A"\nsource = "S"\nchecked_on = 2026-01-01\ncitation = { nb = "loven § 1", nn = "lova § 1" }\n'
    )
    old = f'[[one]]\n{head}valid_from = 2020-01-01\nvalid_to = 2024-08-01\ntext = {{ nb = "Før.", nn = "Før." }}\n'
    new = f'[[one]]\n{head}valid_from = 2024-08-01\ntext = {{ nb = "Nå.", nn = "No." }}\n'
    file = tmp_path / "laws.toml"
    file.write_text(old + new)
    versions = laws(file)
    assert [rule.words("nb") for rule in versions if rule.holds_on(date(2024, 7, 31))] == ["Før."]
    assert [rule.words("nn") for rule in versions if rule.holds_on(date(2024, 8, 1))] == ["No."]
    assert versions[0].cited("en") == "Loven §\u00a01"


def test_a_rule_is_not_cited_before_it_holds() -> None:
    assert law("figures_to_the_state", date(2025, 7, 31)) is None
    assert law("figures_to_the_state", date(2025, 8, 1)) is not None


def test_every_rule_says_where_it_was_read_and_never_ends_before_it_begins() -> None:
    for rule in laws():
        assert rule.source
        assert rule.valid_to is None or rule.valid_from < rule.valid_to
        assert set(rule.text) == set(rule.citation) == {"nb", "nn"}


def test_the_chosen_month_is_on_top_and_the_year_goes_clockwise() -> None:
    today = date(2026, 11, 20)
    picture = draw([], school_year=2026, month=11, today=today)
    top = next(one for one in picture.slices if one.is_chosen)
    after = next(one for one in picture.slices if one.month == 12)
    assert (top.month, float(top.x)) == (11, CENTRE)
    assert float(top.y) < 30
    assert float(after.x) > CENTRE
    assert picture.passed.startswith("M")


def test_dots_are_told_apart_by_shape_also_on_one_day() -> None:
    day = date(2026, 11, 23)
    dots = [
        (day, "law", True, False),
        (day, "law", True, False),
        (day, "", True, False),
        (day, "habit", False, False),
        (day, "local", True, True),
    ]
    marks = draw(dots, school_year=2026, month=11, today=date(2026, 11, 20)).marks
    assert [(mark.shape, mark.is_past) for mark in marks] == [
        ("law", False),
        ("law", False),
        ("other", False),
        ("habit", True),
        ("late", False),
    ]
    assert (marks[0].x, marks[0].y) != (marks[1].x, marks[1].y)


def test_before_the_year_begins_nothing_has_passed() -> None:
    assert draw([], school_year=2027, month=8, today=date(2026, 11, 20)).passed == ""
    late = draw([], school_year=2020, month=8, today=date(2026, 11, 20))
    assert "0 1 1" in late.passed
