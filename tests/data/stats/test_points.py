"""The variance of one published figure."""

import pytest

from tettpaa.data.stats.constants import Components
from tettpaa.data.stats.kinds import Kind
from tettpaa.data.stats.points import (
    Point,
    figure_variance,
    half_width_of,
    reference_variance,
    rounding_variance,
    sampling_variance,
    share_variance,
)

READING = Components(sd=8.7, persistent=4.8, cohort=2.8, precision=1.0)


def test_a_point_without_pupils_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one pupil, not 0"):
        Point(2024, 50.0, 0)


def test_the_longer_arm_of_an_interval_counts() -> None:
    assert half_width_of(4.9, 4.6, 5.0) == pytest.approx(0.3)
    assert half_width_of(1.1, 1.0, 1.4) == pytest.approx(0.3)
    assert (half_width_of(4.9, None, 5.0), half_width_of(4.9, 4.6, None)) == (None, None)


def test_rounding_to_whole_points_adds_a_twelfth() -> None:
    assert rounding_variance(1.0) == pytest.approx(1 / 12)


def test_a_source_half_width_counts_from_thirty_pupils() -> None:
    assert sampling_variance(Point(2024, 50, 30, 3.92), READING) == pytest.approx(4.0, rel=1e-4)


def test_below_thirty_pupils_the_pooled_spread_counts() -> None:
    assert sampling_variance(Point(2024, 50, 29, 3.92), READING) == pytest.approx(8.7**2 / 29)


def test_below_thirty_pupils_the_half_width_counts_when_no_spread_is_known() -> None:
    assert sampling_variance(Point(2024, 50, 29, 3.92), Components()) == pytest.approx(4.0, rel=1e-4)


def test_a_printed_half_width_of_zero_is_a_rounding_and_no_certainty() -> None:
    assert sampling_variance(Point(2024, 50, 58000, 0.0), READING) == pytest.approx(8.7**2 / 58000)


def test_nothing_known_gives_no_variance() -> None:
    assert sampling_variance(Point(2024, 50), READING) is None
    assert figure_variance(Point(2024, 50), Kind.MEAN, READING) is None


def test_a_half_width_alone_is_enough() -> None:
    assert sampling_variance(Point(2024, 0.2, None, 1.96), Components()) == pytest.approx(1.0, rel=1e-4)


def test_nobody_of_twenty_is_not_certain() -> None:
    share = 0.5 / 21
    assert share_variance(Point(2024, 0.0, 20)) == pytest.approx(1e4 * share * (1 - share) / 20)


def test_a_share_without_n_has_no_variance() -> None:
    assert share_variance(Point(2024, 7.1)) is None


def test_a_figure_is_chance_plus_rounding() -> None:
    assert figure_variance(Point(2024, 50, 20), Kind.MEAN, READING) == pytest.approx(8.7**2 / 20 + 1 / 12)


def test_a_census_has_no_variance_of_its_own() -> None:
    assert figure_variance(Point(2024, 400, 400), Kind.CENSUS, READING) is None


def test_a_variance_that_is_given_wins() -> None:
    assert figure_variance(Point(2024, 50, 20, 3.0, 0.25), Kind.MEAN, READING) == 0.25


def test_a_reference_of_unknown_uncertainty_has_its_rounding_left() -> None:
    assert reference_variance(Point(2024, 50), Kind.MEAN, READING) == pytest.approx(1 / 12)
    assert reference_variance(Point(2024, 7.1), Kind.SHARE, Components()) == 0.0


def test_a_reference_with_pupils_has_their_chance_too() -> None:
    expected = 8.7**2 / 300 + 1 / 12
    assert reference_variance(Point(2024, 50, 300), Kind.MEAN, READING) == pytest.approx(expected)
