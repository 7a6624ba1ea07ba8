"""Years and schools put together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.data.stats.constants import Components
from tettpaa.data.stats.kinds import Kind
from tettpaa.data.stats.points import Point, figure_variance
from tettpaa.data.stats.pooling import others, pooled_schools, pooled_years
from tettpaa.data.stats.rules import Rule

READING = Rule(Kind.MEAN, Components(sd=9.0, persistent=5.0, cohort=2.0, precision=1.0))
BULLYING = Rule(Kind.SHARE)


def test_years_are_weighted_by_pupils() -> None:
    pooled = pooled_years([Point(2024, 46, 30), Point(2022, 49, 60)])
    assert (pooled.years, pooled.n, pooled.mean) == ((2022, 2024), 90, 48.0)


def test_years_of_unknown_size_count_the_same() -> None:
    pooled = pooled_years([Point(2023, 46, 30), Point(2024, 49)])
    assert (pooled.n, pooled.mean) == (None, 47.5)


def test_no_years_cannot_be_pooled() -> None:
    with pytest.raises(ValueError, match="no years to pool"):
        pooled_years([])


@given(st.lists(st.tuples(st.floats(30, 70), st.integers(1, 200)), min_size=1, max_size=5))
def test_a_pooled_mean_lies_among_its_years(years: list[tuple[float, int]]) -> None:
    pooled = pooled_years([Point(2020 + i, mean, n) for i, (mean, n) in enumerate(years)])
    means = [mean for mean, _ in years]
    assert min(means) - 1e-9 <= pooled.mean <= max(means) + 1e-9


def test_schools_pooled_hold_chance_rounding_and_cohort() -> None:
    schools = [Point(2024, 52, 20), Point(2024, 46, 40)]
    pooled = pooled_schools(schools, READING)
    own = [81 / n + 1 / 12 + 2.0 for n in (20, 40)]
    assert pooled == Point(2024, 48.0, 60, variance=pytest.approx(own[0] / 9 + own[1] * 4 / 9))


def test_schools_without_n_do_not_count() -> None:
    schools = [Point(2024, 52, 20), Point(2024, 46, 40), Point(2024, 10)]
    pooled = pooled_schools(schools, READING)
    assert pooled is not None
    assert (pooled.n, pooled.mean) == (60, 48.0)


def test_one_school_is_no_pool() -> None:
    assert pooled_schools([Point(2024, 52, 20), Point(2024, 40)], READING) is None


def test_schools_of_different_years_are_not_pooled() -> None:
    with pytest.raises(ValueError, match="within one year"):
        pooled_schools([Point(2023, 52, 20), Point(2024, 46, 40)], READING)


def test_the_others_are_the_whole_without_the_part() -> None:
    rest = others(Point(2024, 50, 100), Point(2024, 46, 20), READING, schools=5)
    rounding = (100**2 + 20**2) / 80**2 / 12
    expected = 81 / 80 + 2.0 / 4 + rounding
    assert rest == Point(2024, 51.0, 80, variance=pytest.approx(expected))
    assert rest is not None
    assert figure_variance(rest, Kind.MEAN, READING.components) == pytest.approx(expected)


@given(st.lists(st.tuples(st.floats(30, 70), st.integers(10, 200)), min_size=3, max_size=6))
def test_the_others_agree_with_pooling_them(schools: list[tuple[float, int]]) -> None:
    points = [Point(2024, mean, n) for mean, n in schools]
    whole = pooled_years([Point(2000 + i, p.mean, p.n) for i, p in enumerate(points)])
    rest = others(Point(2024, whole.mean, whole.n), points[0], READING, schools=len(points))
    pooled = pooled_schools(points[1:], READING)
    assert rest is not None
    assert pooled is not None
    assert (rest.n, rest.mean) == (pooled.n, pytest.approx(pooled.mean))


@pytest.mark.parametrize(
    ("whole", "part", "schools"),
    [
        (Point(2024, 50, 40), Point(2024, 46, 20), 2),
        (Point(2024, 50), Point(2024, 46, 20), 5),
        (Point(2024, 50, 40), Point(2024, 46), 5),
        (Point(2024, 50, 20), Point(2024, 46, 20), 5),
    ],
)
def test_no_others_to_compare_with(whole: Point, part: Point, schools: int) -> None:
    assert others(whole, part, READING, schools=schools) is None


def test_rounding_cannot_carry_a_share_past_its_ends() -> None:
    rest = others(Point(2024, 3.0, 100), Point(2024, 6.4, 50), BULLYING, schools=4)
    assert rest is not None
    assert rest.mean == 0.0


def test_an_area_and_its_school_are_of_one_year() -> None:
    with pytest.raises(ValueError, match="within one year"):
        others(Point(2023, 50, 100), Point(2024, 46, 20), READING, schools=5)
