"""Shares between schools: how much more they vary than coin tosses, and what that makes of one school's share."""

from collections.abc import Iterable
from math import exp, lgamma, log
from typing import Final, NamedTuple

from tettpaa.data.stats.estimate import Moments, SchoolYear, moments
from tettpaa.data.stats.posteriors import beta_cdf

_PERCENT: Final = 1e4  # squared percentage points in a whole


class Prior(NamedTuple):
    """How true shares lie among schools: Beta(a, b)."""

    a: float
    b: float


def share_moments(rows: Iterable[SchoolYear], *, precision: float = 0.0) -> Moments:
    """T2 and W2 of shares in percent, squared percentage points: the beta-binomial's moments (Kleinman 1973).

    As `estimate.moments`, with the spread of one pupil √(p (100 - p)) at the common share p. Raises ValueError as it
    does, and when nobody or everybody is hit.
    """
    rows = list(rows)
    pupils = sum(row.n for row in rows)
    share = sum(row.n * row.mean for row in rows) / pupils if pupils else 0.0
    if not 0 < share < 100:
        raise ValueError("a share of nobody or everybody does not vary")
    return moments(rows, (share * (100 - share)) ** 0.5, precision=precision)


def prior(share: float, persistent: float) -> Prior | None:
    """The beta curve with mean `share` (percent) and variance `persistent` (squared percentage points).

    a + b = p (1 - p) / T2 - 1. None where no beta curve has them: at 0 and 100, or with so wide a spread.
    """
    p = share / 100
    strength = p * (1 - p) * _PERCENT / persistent - 1
    return Prior(p * strength, (1 - p) * strength) if strength > 0 else None


def effective(n: float, share: float, cohort: float) -> float:
    """So many independent pupils tell as much as `n` whose cohort varies by `cohort` beyond chance.

    n' with p (1 - p) / n' = p (1 - p) / n + W2, in squared percentage points.
    """
    one = share * (100 - share)
    return n if one <= 0 else one / (one / n + cohort)


def mid_p(hits: int, n: int, share: float) -> float:
    """The exact mid-p of seeing so few: P(X < hits) + P(X = hits) / 2 for X of `n` at `share` percent.

    Raises ValueError unless 0 <= hits <= n, n is above 0 and the share lies between 0 and 100.
    """
    if not (0 <= hits <= n and n > 0 and 0 < share < 100):
        raise ValueError(f"{hits} of {n} at {share} % is not a count of pupils")
    p = share / 100
    at = _exactly(hits, n, p)
    up_to = 1.0 if hits == n else 1 - beta_cdf(p, hits + 1, n - hits)
    return up_to - at / 2


def _exactly(hits: int, n: int, p: float) -> float:
    ways = lgamma(n + 1) - lgamma(hits + 1) - lgamma(n - hits + 1)
    return exp(ways + hits * log(p) + (n - hits) * log(1 - p))
