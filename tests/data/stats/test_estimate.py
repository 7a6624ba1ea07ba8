"""The estimator of the constants, on worlds whose truth is known."""

from random import Random

import pytest

from tests.data.stats.worlds import schools
from tettpaa.data.stats.estimate import Moments, SchoolYear, moments


def rows(count: int, seed: int, years: int = 6) -> list[SchoolYear]:
    world = schools(count, persistent=7.25, cohort=1.44, years=years, seed=seed)
    return [
        SchoolYear(str(key), point.year, point.n or 0, point.mean)
        for key, school in enumerate(world)
        for point in school.series
    ]


def test_both_variances_are_recovered() -> None:
    """statistics.md B2: 7.34 found for 7.25, 1.44 for 1.44."""
    found = moments(rows(2800, seed=4), 10.0)
    assert (found.persistent, found.cohort) == (pytest.approx(7.25, rel=0.1), pytest.approx(1.44, rel=0.1))
    assert found.schools == 2800


def test_a_hard_year_is_not_a_weak_cohort() -> None:
    world = rows(400, seed=4)
    hard = [row._replace(mean=row.mean - 5) if row.year == 2023 else row for row in world]
    plain, found = moments(world, 10.0), moments(hard, 10.0)
    assert (found.persistent, found.cohort) == (pytest.approx(plain.persistent), pytest.approx(plain.cohort))


def test_equal_schools_have_no_variance_between_them() -> None:
    random = Random(2)
    world = [
        SchoolYear(str(school), year, 25, random.gauss(50, 1.8)) for school in range(600) for year in range(4)
    ]
    found = moments(world, 10.0)
    assert (found.persistent, found.cohort) == (pytest.approx(0, abs=0.1), 0.0)


def test_rounding_is_not_cohort_variance() -> None:
    world = rows(2800, seed=4)
    rounded = [row._replace(mean=round(row.mean)) for row in world]
    found = moments(rounded, 10.0, precision=1.0)
    assert found.cohort == pytest.approx(moments(world, 10.0).cohort, abs=0.04)


def test_two_schools_by_hand() -> None:
    """sd 10, n 100, so v = 1. Each school's years lie 1 off its mean: Q = 2, C = 1, W2 = (4 - 2) / 2 = 1.
    Then V = 1 and z = ±3: T2 = (18 - 1) / (2 - 2 / 2) = 17.
    """
    world = [("a", 1, 46), ("a", 2, 48), ("b", 1, 54), ("b", 2, 52)]
    found = moments([SchoolYear(school, year, 100, mean) for school, year, mean in world], 10.0)
    assert found == Moments(pytest.approx(17.0), pytest.approx(1.0), 2)


def test_schools_with_one_year_cannot_tell() -> None:
    world = rows(200, seed=9)
    with_single = [*world, SchoolYear("new", 2022, 40, 20.0)]
    assert moments(with_single, 10.0).schools == 200


def test_one_school_is_not_enough() -> None:
    with pytest.raises(ValueError, match="at least two schools"):
        moments([SchoolYear("a", 1, 20, 50), SchoolYear("a", 2, 20, 51)], 10.0)


def test_winsorising_keeps_extreme_schools_from_widening_the_funnel() -> None:
    world = rows(600, seed=11)
    spoilt = [row._replace(mean=row.mean - 25) if int(row.school) < 12 else row for row in world]
    assert moments(spoilt, 10.0).persistent > 15
    assert moments(spoilt, 10.0, winsorise=0.1).persistent < 7.25


@pytest.mark.parametrize("share", [-0.1, 0.5])
def test_no_more_than_half_can_be_drawn_in(share: float) -> None:
    with pytest.raises(ValueError, match="from 0 to under"):
        moments(rows(20, seed=1), 10.0, winsorise=share)
