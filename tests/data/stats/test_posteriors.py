"""The curves: normal and beta, against exact values."""

from fractions import Fraction
from math import asin, comb, pi, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.data.stats.posteriors import Normal, Share, beta_cdf, beta_quantile, normal_cdf, z_of

SIZES = st.floats(0.5, 400)
INSIDE = st.floats(0.001, 0.999)


def test_z_of_the_usual_coverages() -> None:
    assert (round(z_of(0.90), 4), round(z_of(0.95), 4), round(z_of(0.99), 4)) == (1.6449, 1.96, 2.5758)


def test_normal_cdf_at_known_points() -> None:
    assert normal_cdf(0) == 0.5
    assert normal_cdf(-1.959963984540054) == pytest.approx(0.025, abs=1e-12)


def test_normal_interval_holds_its_coverage() -> None:
    curve = Normal(50, 2)
    low, high = curve.interval(0.90)
    assert curve.below(high) - curve.below(low) == pytest.approx(0.90)


@given(x=INSIDE)
def test_beta_half_half_is_the_arcsine_law(x: float) -> None:
    assert beta_cdf(x, 0.5, 0.5) == pytest.approx(2 / pi * asin(sqrt(x)), abs=1e-12)


@given(
    n=st.integers(1, 60),
    data=st.data(),
    p=st.fractions(Fraction(1, 50), Fraction(49, 50), max_denominator=50),
)
def test_beta_cdf_is_the_exact_binomial_tail(n: int, data: st.DataObject, p: Fraction) -> None:
    k = data.draw(st.integers(1, n))
    tail = sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))
    assert beta_cdf(float(p), k, n - k + 1) == pytest.approx(float(tail), rel=1e-9, abs=1e-12)


@given(x=INSIDE, a=SIZES, b=SIZES)
def test_beta_cdf_mirrors(x: float, a: float, b: float) -> None:
    assert beta_cdf(x, a, b) == pytest.approx(1 - beta_cdf(1 - x, b, a), abs=1e-10)


def test_beta_cdf_outside_its_range() -> None:
    assert (beta_cdf(-0.1, 2, 3), beta_cdf(0, 2, 3), beta_cdf(1, 2, 3), beta_cdf(1.1, 2, 3)) == (0, 0, 1, 1)


@given(probability=st.floats(0.005, 0.995), a=SIZES, b=SIZES)
def test_beta_quantile_undoes_the_cdf(probability: float, a: float, b: float) -> None:
    x = beta_quantile(probability, a, b)
    if 1e-9 < x < 1 - 1e-9:
        assert beta_cdf(x, a, b) == pytest.approx(probability, abs=1e-6)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"), [(0, 7, 0, 29.2), (1, 7, 1.6, 50.1), (2, 7, 6.5, 64.8), (3, 7, 13.9, 76.6)]
)
def test_jeffreys_limits_of_brown_cai_dasgupta_table_5(hits: int, n: int, low: float, high: float) -> None:
    found = Share(hits, n).interval(0.95)
    assert (found.low, found.high) == (pytest.approx(low, abs=0.06), pytest.approx(high, abs=0.06))


def test_everybody_closes_the_upper_end() -> None:
    assert Share(20, 20).interval(0.95).high == 100.0
    assert Share(20, 20).interval(0.95).low == pytest.approx(100 - Share(0, 20).interval(0.95).high)


@pytest.mark.parametrize("hits", [3, 4, 5, 6, 7, 8])
def test_share_is_nearer_the_exact_mid_p_than_the_normal_test_where_it_matters(hits: int) -> None:
    """More than usual of twenty, where 7 % is usual: against the exact P(X > hits) + P(X = hits) / 2."""
    exact = [comb(20, i) * 0.07**i * 0.93 ** (20 - i) for i in range(21)]
    mid_p = sum(exact[hits + 1 :]) + exact[hits] / 2
    normal = normal_cdf((0.07 - hits / 20) / sqrt(0.07 * 0.93 / 20))
    found = Share(hits, 20).below(7)
    assert abs(found - mid_p) < abs(normal - mid_p)
