"""What we believe about a true value: a normal curve for means, a beta curve for shares."""

from dataclasses import dataclass
from functools import lru_cache
from math import erfc, exp, inf, lgamma, log, log1p, sqrt
from statistics import NormalDist
from typing import Final, Protocol

from tettpaa.data.stats.points import Interval

_STANDARD: Final = NormalDist()
_TINY: Final = 1e-300
_CLOSE: Final = 1e-14
_MAX_TERMS: Final = 500


class Posterior(Protocol):
    """A probability curve over the true value, in the figure's own unit."""

    def below(self, value: float) -> float:
        """The probability that the truth lies below `value`."""

    def interval(self, coverage: float) -> Interval:
        """The interval with `coverage` in it and equally much on each side."""


@lru_cache(maxsize=64)
def z_of(coverage: float) -> float:
    """Half-width in standard deviations of a two-sided interval: 0.95 gives 1.96."""
    return _STANDARD.inv_cdf((1 + coverage) / 2)


def normal_cdf(z: float) -> float:
    """P(Z < z)."""
    return erfc(-z / sqrt(2)) / 2


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal curve; `sd` must be above 0."""

    mean: float
    sd: float

    def below(self, value: float) -> float:
        return normal_cdf((value - self.mean) / self.sd)

    def interval(self, coverage: float) -> Interval:
        reach = z_of(coverage) * self.sd
        return Interval(self.mean - reach, self.mean + reach)


@dataclass(frozen=True, slots=True)
class Share:
    """The posterior of a share in percent, after `hits` of `n`: Beta(hits + a, n - hits + b).

    a = b = ½, the default, is Jeffreys'; where it is known how shares vary between schools, `shares.prior` gives both.

    It is a probability in plain words, and in the tail that flags it is nearer the exact mid-p test of
    statistics.md B2 than a normal test is. `hits` need not be whole, since shares come rounded.
    """

    hits: float
    n: float
    a: float = 0.5
    b: float = 0.5

    @property
    def mean(self) -> float:
        """The expected share, in percent."""
        return 100 * (self.hits + self.a) / (self.n + self.a + self.b)

    def below(self, value: float) -> float:
        return beta_cdf(value / 100, self.hits + self.a, self.n - self.hits + self.b)

    def interval(self, coverage: float) -> Interval:
        """Jeffreys' interval; the end is closed when nobody or everybody is hit (Brown, Cai, DasGupta)."""
        tail = (1 - coverage) / 2
        a, b = self.hits + self.a, self.n - self.hits + self.b
        low = 0.0 if self.hits <= 0 else 100 * beta_quantile(tail, a, b)
        high = 100.0 if self.hits >= self.n else 100 * beta_quantile(1 - tail, a, b)
        return Interval(low, high)


def beta_cdf(x: float, a: float, b: float) -> float:
    """P(X < x) for X ~ Beta(a, b): the regularised incomplete beta function I_x(a, b).

    Continued fraction DLMF 8.17.22 by the modified Lentz method, on the side where it converges fast.
    """
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(a * log(x) + b * log1p(-x) - _log_beta(a, b))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


@lru_cache(maxsize=8192)
def beta_quantile(probability: float, a: float, b: float) -> float:
    """The x with I_x(a, b) = `probability`: Newton's steps, held inside a shrinking bracket.

    Cached, since a page compares the same figure with the nation, the county and the municipality.
    """
    low, high = 0.0, 1.0
    mean = a / (a + b)
    guess = mean + _STANDARD.inv_cdf(probability) * sqrt(mean * (1 - mean) / (a + b + 1))
    x = guess if 0 < guess < 1 else mean
    for _ in range(100):
        error = beta_cdf(x, a, b) - probability
        low, high = (x, high) if error < 0 else (low, x)
        slope = exp((a - 1) * log(x) + (b - 1) * log1p(-x) - _log_beta(a, b))
        step = x - error / slope if slope > 0 else inf
        following = step if low < step < high else (low + high) / 2
        if abs(following - x) <= 1e-10 * x:  # relative: near 0 a small x may still be far off
            break
        x = following
    return x


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def _fraction(x: float, a: float, b: float) -> float:
    """1 / (1 + d1 / (1 + d2 / (1 + …))) of DLMF 8.17.22."""
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _MAX_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away_from_zero(1 + term * d)
            c = _away_from_zero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
