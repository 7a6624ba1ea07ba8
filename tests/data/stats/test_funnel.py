"""Funnel limits by hand, and what falls outside them."""

from itertools import pairwise
from math import sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data.stats.worlds import SIZES
from tettpaa.data.stats.constants import Components
from tettpaa.data.stats.funnel import funnel, funnel_grid, overdispersion
from tettpaa.data.stats.kinds import Kind
from tettpaa.data.stats.points import Point
from tettpaa.data.stats.rules import Rule

RULE = Rule(Kind.MEAN, Components(sd=10.0, persistent=7.25, cohort=1.44))


def test_differs_from_the_nation() -> None:
    """statistics.md B2 without T2: 1.645 * sqrt(1.44 / 3 + 100 / 60) = 2.410."""
    found = funnel([60], 50.0, RULE)
    assert found == ((60, pytest.approx(47.590, abs=0.001), pytest.approx(52.410, abs=0.001)),)


def test_unusual_among_schools() -> None:
    found = funnel([60], 50.0, RULE, among_schools=True)
    reach = 1.644854 * sqrt(7.25 + 1.44 / 3 + 100 / 60)
    assert found == ((60, pytest.approx(50 - reach), pytest.approx(50 + reach)),)


def test_fewer_years_hold_more_of_each_cohort_and_of_each_rounding() -> None:
    rule = Rule(Kind.MEAN, Components(sd=10.0, cohort=1.44, precision=1.0))
    found = funnel([60], 50.0, rule, years=1)
    reach = 1.644854 * sqrt(1.44 + 1 / 12 + 100 / 60)
    assert found == ((60, pytest.approx(50 - reach), pytest.approx(50 + reach)),)


def test_unknown_cohort_variance_counts_as_none() -> None:
    found = funnel([100], 4.2, Rule(Kind.MEAN, Components(sd=0.9)))
    assert found == ((100, pytest.approx(4.2 - 0.148, abs=0.001), pytest.approx(4.2 + 0.148, abs=0.001)),)


def test_shares_stay_between_none_and_all() -> None:
    found = funnel([5, 400], 7.0, Rule(Kind.SHARE))
    assert found is not None
    assert found[0].low == 0.0
    assert found[1] == (400, pytest.approx(4.902, abs=0.001), pytest.approx(9.098, abs=0.001))


@pytest.mark.parametrize("rule", [Rule(Kind.CENSUS), Rule(Kind.MEAN)])
def test_no_funnel_without_a_spread(rule: Rule) -> None:
    assert funnel([60], 50.0, rule) is None


def test_no_funnel_among_schools_without_their_variance() -> None:
    assert funnel([60], 7.0, Rule(Kind.SHARE), among_schools=True) is None


@pytest.mark.parametrize(("grid", "years"), [([0], 3), ([60], 0)])
def test_a_funnel_needs_pupils_and_years(grid: list[int], years: int) -> None:
    with pytest.raises(ValueError, match="whole pupils"):
        funnel(grid, 50.0, RULE, years=years)


def test_nine_of_ten_equal_schools_lie_inside() -> None:
    random = Random(3)
    limits = {limit.n: limit for limit in funnel([30, 60, 120], 50.0, RULE) or ()}
    inside = 0
    for i in range(6000):
        n = (30, 60, 120)[i % 3]
        mean = random.gauss(50, sqrt(1.44 / 3 + 100 / n))
        inside += limits[n].low <= mean <= limits[n].high
    assert inside / 6000 == pytest.approx(0.90, abs=0.012)


@given(st.integers(1, 500), st.integers(0, 2000), st.integers(1, 60))
def test_the_grid_runs_from_end_to_end(smallest: int, more: int, steps: int) -> None:
    grid = funnel_grid(smallest, smallest + more, steps)
    assert (grid[0], grid[-1]) == (smallest, smallest + more)
    assert list(grid) == sorted(set(grid))
    assert len(grid) <= steps + 1


def test_the_grid_is_closest_where_the_funnel_bends() -> None:
    grid = funnel_grid(10, 240, 20)
    gaps = [after - before for before, after in pairwise(grid)]
    assert gaps[0] <= 2
    assert gaps[-1] > 30


@pytest.mark.parametrize(("smallest", "largest", "steps"), [(0, 10, 5), (20, 10, 5), (10, 20, 0)])
def test_a_grid_without_sense_is_refused(smallest: int, largest: int, steps: int) -> None:
    with pytest.raises(ValueError, match="a grid runs"):
        funnel_grid(smallest, largest, steps)


def spread_out(schools: int, lasting: float, seed: int = 8) -> list[Point]:
    random = Random(seed)
    found = []
    for _ in range(schools):
        n = random.choice(SIZES)
        found.append(Point(2024, 50 + random.gauss(0, (lasting + 1.44 + 100 / n) ** 0.5), n))
    return found


def test_overdispersion_is_what_chance_and_cohort_leave() -> None:
    rule = Rule(Kind.MEAN, Components(sd=10.0, cohort=1.44))
    found = [overdispersion(spread_out(4000, 7.25), 50, rule, winsorise=share) for share in (0.0, 0.1)]
    assert found == [pytest.approx(7.25, rel=0.1), pytest.approx(7.25, rel=0.1)]
    assert overdispersion(spread_out(4000, 0.0), 50, rule) == pytest.approx(0.0, abs=0.2)


def test_bad_schools_do_not_widen_their_own_funnel() -> None:
    rule = Rule(Kind.MEAN, Components(sd=10.0, cohort=1.44))
    points = spread_out(400, 7.25)
    bad = [*points, *(Point(2024, 25.0, 60) for _ in range(8))]
    drawn, raw = (overdispersion(bad, 50, rule, winsorise=share) for share in (0.1, 0.0))
    assert drawn == pytest.approx(7.25, rel=0.25)
    assert raw > 2 * drawn


def test_a_spread_among_few_schools_says_nothing() -> None:
    rule = Rule(Kind.MEAN, Components(sd=10.0))
    assert overdispersion(spread_out(9, 7.25), 50, rule) is None
    assert overdispersion([Point(2024, 50)] * 20, 50, Rule(Kind.MEAN)) is None
