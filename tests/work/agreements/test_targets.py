"""The one honest sentence of a goal: a test of the difference, and the picture beside it."""

from math import sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.data.indicators.definitions import definition
from tettpaa.data.stats.constants import components_for
from tettpaa.work.agreements.targets import aim_of, tells

BASE = {
    "figure": 1,
    "release": 1,
    "period": 2024,
    "status": "ok",
    "value": 50.0,
    "low": 48.0,
    "high": 52.0,
    "n": 96,
}


def row(**more: Any) -> dict[str, Any]:
    found = {
        "indicator": "np5_lesing", "indicator_name": "Lesing", "baseline": BASE, "target": 56.0,
        "target_on": "2026-11-01", "text": "", "grade": 5, "gender": 0,
    }  # fmt: skip
    return found | more


def test_the_difference_is_tested_and_not_whether_intervals_overlap() -> None:
    """By hand: each year has (2.0 / 1.96)² from chance, W2 from the cohort and a rounding; 1.96 standard errors of the
    difference are 5.5. A target of 54 lies outside the baseline's interval and does not tell."""
    about = definition("np5_lesing")
    parts = components_for("np5_lesing", 2024)
    assert parts.cohort is not None
    variance = 2 * (2.0 / 1.959964) ** 2 + 2 * parts.cohort + 2 * parts.precision**2 / 12
    telling, found = tells(about, BASE, 54.0, "2026-11-01")
    assert found is not None
    assert found.chance == pytest.approx(1.959964 * sqrt(variance), abs=1e-4)
    assert found.chance == pytest.approx(5.49, abs=0.01)
    assert telling == "three_years"
    assert tells(about, BASE, 56.0, "2026-11-01")[0] == "tells"
    assert tells(about, BASE, 44.0, "2026-11-01")[0] == "tells"
    assert tells(about, BASE, 53.0, "2026-11-01")[0] == "chance"


@pytest.mark.parametrize(
    ("more", "telling"),
    [
        ({"target": None}, "unknown"),
        ({"baseline": BASE | {"n": 6}}, "few"),
        ({"baseline": BASE | {"period": 2020}}, "broken"),
        ({"baseline": {"period": 2024, "value": None, "status": "hidden_by_us"}}, "unknown"),
        ({"indicator": "elever"}, "counted"),
        ({"baseline": BASE | {"n": None, "low": None, "high": None}}, "unknown"),
        ({"target_on": None}, "tells"),
    ],
)
def test_when_nothing_can_be_told_it_says_so(more: dict[str, Any], telling: str) -> None:
    aim = aim_of(row(**more), "nb")
    assert aim is not None
    assert aim.telling == telling
    assert aim.sentence
    assert (aim.strip is None) == (more.get("baseline", {}).get("status") == "hidden_by_us")


def test_a_goal_without_a_figure_has_no_picture() -> None:
    assert aim_of(row(indicator=""), "nb") is None


def test_the_words() -> None:
    aim = aim_of(row(), "nb")
    assert aim is not None
    assert aim.fact == "Fra 50 i 2024–25 til 56. Lesing."
    assert aim.sentence == (
        "Når vi det, kan vi si at noe er endret. Tilfeldigheter alene gir sjelden mer enn 5,5\u00a0poeng."
    )
    assert aim.strip is not None
    assert (aim.strip.from_text, aim.strip.to_text) == ("50 i 2024", "mål 56")
    assert aim.strip.alt == "I dag 50, trolig mellom 48 og 52. Målet er 56."
    without = aim_of(row(target=None), "nb")
    assert without is not None
    assert (without.fact, without.strip and without.strip.target) == ("Lesing: 50 i 2024–25.", None)


@given(
    value=st.floats(0, 100), reach=st.floats(0.1, 30), target=st.floats(0, 100),
)  # fmt: skip
def test_everything_is_inside_the_picture(value: float, reach: float, target: float) -> None:
    base = BASE | {"value": value, "low": max(0.0, value - reach), "high": min(100.0, value + reach)}
    aim = aim_of(row(indicator="np5_lesing_niva1_andel", baseline=base, target=target), "nb")
    assert aim is not None
    strip = aim.strip
    assert strip is not None
    xs = [
        strip.low,
        strip.low + strip.width,
        strip.dot,
        strip.target or 16.0,
        *(tick.x for tick in strip.ticks),
    ]
    assert min(xs) >= 15.9
    assert max(xs) <= 366.1
    assert 2 <= len(strip.ticks) <= 7
