"""What was to be expected by itself: worked by hand, held by properties, and covering what it says in a simulation."""

import random
from dataclasses import replace
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.data.stats.constants import Components
from tettpaa.data.stats.kinds import Certainty, Kind, Side
from tettpaa.data.stats.points import Point
from tettpaa.data.stats.rebound import rebound
from tettpaa.data.stats.rules import Rule
from tettpaa.data.stats.screening.levels import levels
from tettpaa.data.stats.screening.parts import Parts
from tettpaa.data.stats.screening.results import Result, gather

KNOWN = Components(sd=8.7, persistent=4.8, cohort=2.8, precision=1.0, materiality=2.0)
RULE = Rule(Kind.MEAN, KNOWN, delta=2.0, min_pupils=10)
NATION = (Point(2023, 50.0), Point(2024, 49.0))


def test_one_low_year_worked_by_hand() -> None:
    # v = 8.7²/34 + 1/12 = 2.3095; V = v + 2.8 + 1/12 = 5.1928; B = 4.8 / 9.9928 = 0.4803
    # expected = 49 + 0.4803 · (43 - 50) = 45.638; variance = 0.4803 · 5.1928 + 2.3095 + 2.8 + 1/12 = 7.687
    found = rebound([Point(2023, 43.0, 34)], NATION, RULE, later=2024)
    assert found is not None
    assert found.before == 43.0
    assert found.shrinkage == pytest.approx(0.48034, abs=1e-4)
    assert found.expected == pytest.approx(45.638, abs=1e-3)
    assert (found.low90, found.high90) == pytest.approx((41.077, 50.198), abs=2e-3)
    assert (found.after, found.beyond, found.certainty) == (None, None, Certainty.UNKNOWN)


def test_the_screening_expects_the_same() -> None:
    """One test alone in the model of many: its level, seen from the later year, is what was to be expected."""
    past, beside = [Point(2023, 43.0, 34)], [Point(2023, 50.0, variance=0.0), Point(2024, 49.0, variance=0.0)]
    plain = Rule(Kind.MEAN, replace(KNOWN, precision=0.0), delta=2.0)
    found = rebound(past, beside, plain, later=2024)
    parts = Parts(sd=8.7, school=3.8, test=1.0, cohort=2.0, own=0.8, rho=0.5)
    made = levels(gather([Result("s", "t", "c", 2023, 34, 43.0, 50.0)]), parts)
    spread = made.sd[0, 0] ** 2 + 8.7**2 / 34 + 2.8
    assert found is not None
    assert found.expected == pytest.approx(49 + made.estimate[0, 0])
    assert (found.high90 - found.low90) / 2 == pytest.approx(1.644854 * sqrt(spread))


def test_what_came_is_held_against_what_was_to_come() -> None:
    past = [Point(2023, 43.0, 34)]
    usual = rebound(past, NATION, RULE, later=2024, after=Point(2024, 46.0, 34))
    assert usual is not None
    assert usual.is_inside
    assert usual.beyond == pytest.approx(46.0 - 45.638, abs=1e-3)
    assert (usual.certainty, usual.side) == (Certainty.NONE, Side.NEITHER)
    great = rebound(past, NATION, RULE, later=2024, after=Point(2024, 56.0, 34))
    assert great is not None
    assert not great.is_inside
    assert (great.certainty, great.side) == (Certainty.CLEAR, Side.ABOVE)


def test_three_years_before_last_more_than_one() -> None:
    reference = [Point(year, 50.0) for year in range(2022, 2026)]
    years = [Point(year, 44.0, 34) for year in (2022, 2023, 2024)]
    one = rebound(years[-1:], reference, RULE, later=2025)
    three = rebound(years, reference, RULE, later=2025)
    assert one is not None
    assert three is not None
    assert one.shrinkage < three.shrinkage < 1
    assert three.expected < one.expected < 50


def test_the_newest_reference_stands_in_for_a_year_not_published_yet() -> None:
    found = rebound([Point(2024, 43.0, 34)], NATION, RULE, later=2026)
    assert found is not None
    assert found.expected == pytest.approx(49 + found.shrinkage * (43 - 49))


@pytest.mark.parametrize(
    ("past", "reference", "rule"),
    [
        ([], NATION, RULE),
        ([Point(2024, 43.0, 34)], NATION, RULE),  # not before the later year
        ([Point(2023, 43.0, 34)], (), RULE),
        ([Point(2023, 43.0, 9)], NATION, RULE),  # too few pupils
        ([Point(2023, 43.0)], NATION, RULE),  # neither n nor the source's uncertainty
        ([Point(2023, 43.0, 34)], NATION, replace(RULE, breaks=(2024,))),
        ([Point(2023, 43.0, 34)], NATION, replace(RULE, components=replace(KNOWN, persistent=None))),
    ],
)
def test_nothing_is_said_where_it_cannot_be_reckoned(
    past: list[Point], reference: tuple[Point, ...], rule: Rule
) -> None:
    assert rebound(past, reference, rule, later=2024) is None


def test_a_later_figure_without_n_or_uncertainty_gives_nothing() -> None:
    found = rebound([Point(2023, 43.0, 34)], NATION, RULE, later=2024, after=Point(2024, 46.0))
    assert found is None


@given(mean=st.floats(30, 70), n=st.integers(10, 500))
def test_the_expected_lies_between_the_reference_and_the_year_before(mean: float, n: int) -> None:
    found = rebound([Point(2023, mean, n)], [Point(2023, 50.0)], RULE, later=2024)
    assert found is not None
    assert 0 < found.shrinkage < 1
    assert abs(found.expected - 50) <= abs(mean - 50) + 1e-9
    assert found.low90 < found.expected < found.high90


@given(n=st.integers(10, 400))
def test_more_pupils_give_less_rebound(n: int) -> None:
    few, many = (
        rebound([Point(2023, 43.0, count)], [Point(2023, 50.0)], RULE, later=2024) for count in (n, n + 20)
    )
    assert few is not None
    assert many is not None
    assert many.expected < few.expected


def test_nine_in_ten_land_inside_when_nothing_is_done() -> None:
    """Schools drawn from the model, picked because they were low: they rise by as much as is said."""
    chance = random.Random(4)
    exact, n = replace(RULE, components=replace(KNOWN, precision=0.0)), 30
    noise = sqrt(KNOWN.sd**2 / n) if KNOWN.sd else 0.0
    inside = picked = 0
    rise = told = 0.0
    while picked < 1500:
        lasting = chance.gauss(0, sqrt(4.8))
        first, second = (50 + lasting + chance.gauss(0, sqrt(2.8)) + chance.gauss(0, noise) for _ in range(2))
        if first > 46:
            continue
        found = rebound(
            [Point(2023, first, n)], [Point(2023, 50.0)], exact, later=2024, after=Point(2024, second, n)
        )
        assert found is not None
        picked += 1
        inside += found.is_inside
        rise += second - first
        told += found.expected - first
    assert inside / picked == pytest.approx(0.90, abs=0.02)
    assert rise / picked == pytest.approx(told / picked, abs=0.2)
