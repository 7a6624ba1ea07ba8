"""Intervals of single figures, with the worked examples of the literature."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.data.stats.intervals import (
    finite_population_factor,
    jeffreys,
    mean_interval,
    survey_interval,
    wilson,
)

SHARES = st.floats(0, 100)
COUNTS = st.integers(1, 500)


def test_the_source_half_width_is_given_back() -> None:
    assert mean_interval(49, half_width=3.4) == pytest.approx((45.6, 52.4))


def test_rounded_source_widens_the_interval() -> None:
    """Eide, reading: 49 with half-width 3,4; a twelfth of a point squared more."""
    assert mean_interval(49, half_width=3.4, precision=1) == pytest.approx((45.553, 52.447), abs=0.001)


def test_mean_from_n_and_sd() -> None:
    assert mean_interval(50, n=25, sd=10) == pytest.approx((46.08, 53.92), abs=0.001)


def test_the_source_wins_over_n_and_sd() -> None:
    assert mean_interval(50, n=25, sd=10, half_width=2.0) == pytest.approx((48, 52))


def test_ninety_per_cent_is_narrower() -> None:
    assert mean_interval(50, n=25, sd=10, coverage=0.90) == pytest.approx((46.710, 53.290), abs=0.001)


@pytest.mark.parametrize("known", [{}, {"n": 20}, {"sd": 10.0}, {"half_width": 0.0}])
def test_mean_of_unknown_uncertainty_has_no_interval(known: dict[str, float]) -> None:
    assert mean_interval(50, **known) is None


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11), (1, 29, 0.61, 17.18)],
)
def test_wilson_examples_of_newcombe_1998(hits: int, n: int, low: float, high: float) -> None:
    assert wilson(100 * hits / n, n) == pytest.approx((low, high), abs=0.005)


@given(share=SHARES, n=COUNTS)
def test_share_intervals_hold_the_share_and_stay_in_range(share: float, n: int) -> None:
    for found in (wilson(share, n), jeffreys(share, n)):
        assert found is not None
        assert 0 <= found.low <= found.high <= 100
    found = wilson(share, n)
    assert found is not None
    assert found.low - 1e-9 <= share <= found.high + 1e-9


@given(n=COUNTS, data=st.data())
def test_share_intervals_mirror(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    for method in (wilson, jeffreys):
        found, mirrored = method(100 * hits / n, n), method(100 * (n - hits) / n, n)
        assert found is not None
        assert mirrored is not None
        assert found.low == pytest.approx(100 - mirrored.high, abs=1e-6)


def test_unknown_n_gives_no_share_interval() -> None:
    assert (wilson(7.1, None), jeffreys(7.1, None), wilson(7.1, 0)) == (None, None, None)


def test_survey_with_the_default_spread() -> None:
    """31 answers, sd 0,9: the 95 % reach is 1.96 * 0.9 / sqrt(31) = 0.317."""
    assert survey_interval(4.2, 31) == pytest.approx((3.883, 4.517), abs=0.001)


def test_survey_about_these_pupils_only_is_narrower() -> None:
    assert survey_interval(4.2, 31, invited=33) == pytest.approx((4.122, 4.278), abs=0.001)


def test_everybody_answered_leaves_no_doubt_about_these_pupils() -> None:
    assert survey_interval(4.2, 33, invited=33) == (4.2, 4.2)


def test_survey_interval_stays_on_the_scale() -> None:
    assert survey_interval(4.9, 10) == pytest.approx((4.342, 5.0), abs=0.001)
    assert survey_interval(1.1, 10) == pytest.approx((1.0, 1.658), abs=0.001)


def test_survey_without_n_has_no_interval() -> None:
    assert survey_interval(4.2, None) is None


def test_more_answers_than_invited_is_an_error() -> None:
    with pytest.raises(ValueError, match="34 answers from 33 invited"):
        finite_population_factor(34, 33)
