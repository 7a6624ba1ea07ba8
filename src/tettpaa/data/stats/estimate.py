"""Measures the variance constants from national data; people run it and ship its answers as constants."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple


class SchoolYear(NamedTuple):
    """One school's figure of one year: mean over `n` pupils."""

    school: str
    year: int
    n: int
    mean: float


@dataclass(frozen=True, slots=True)
class Moments:
    """Estimated variances, squared units: between schools for good (T2), and between cohorts (W2).

    `schools`: those with two years or more, the only ones that can tell the two apart.
    """

    persistent: float
    cohort: float
    schools: int


def moments(
    rows: Iterable[SchoolYear], sd: float, *, precision: float = 0.0, winsorise: float = 0.0
) -> Moments:
    """Moment estimates of T2 and W2 (statistics.md B2; the between part is DerSimonian and Laird's).

    Each year's mean over schools, weighted by n, is taken away first, so that a hard test is not read as
    a weak cohort. v = sd² / n + precision² / 12. `winsorise` 0.1 pulls the lowest and highest tenth of the
    standardised school means in, so that extreme schools do not widen their own funnel; it also narrows an
    honest normal spread, so the shipped constants do without. Raises ValueError for fewer than two schools
    with two years.
    """
    schools = [years for years in _by_school(rows, sd, precision).values() if len(years) > 1]
    if len(schools) < 2:
        raise ValueError("variances between schools need at least two schools with two years each")
    cohort = _cohort_variance(schools)
    return Moments(_persistent_variance(schools, cohort, winsorise), cohort, len(schools))


class _Year(NamedTuple):
    variance: float
    mean: float  # less the year's national mean


def _by_school(rows: Iterable[SchoolYear], sd: float, precision: float) -> Mapping[str, list[_Year]]:
    rows = list(rows)
    pupils: dict[int, float] = defaultdict(float)
    sums: dict[int, float] = defaultdict(float)
    for row in rows:
        pupils[row.year] += row.n
        sums[row.year] += row.n * row.mean
    schools: dict[str, list[_Year]] = defaultdict(list)
    for row in rows:
        centred = row.mean - sums[row.year] / pupils[row.year]
        schools[row.school].append(_Year(sd * sd / row.n + precision * precision / 12, centred))
    return schools


def _weighted_mean(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)


def _cohort_variance(schools: Sequence[Sequence[_Year]]) -> float:
    """W2 = max(0, sum(Q - (Y - 1)) / sum C), Q = sum w (m - mbar)², C = sum w - sum w² / sum w."""
    excess = scale = 0.0
    for years in schools:
        weights = [1 / year.variance for year in years]
        centre = _weighted_mean(weights, [year.mean for year in years])
        spread = sum(w * (year.mean - centre) ** 2 for w, year in zip(weights, years, strict=True))
        excess += spread - (len(years) - 1)
        scale += sum(weights) - sum(w * w for w in weights) / sum(weights)
    return max(0.0, excess / scale)


def _persistent_variance(schools: Sequence[Sequence[_Year]], cohort: float, winsorise: float) -> float:
    """T2 = max(0, (sum z² - (N - 1)) / (S1 - S2 / S1)), z = (mbar - mu) / sqrt(V), Sk = sum V^-k."""
    precisions, means = [], []
    for years in schools:
        weights = [1 / (year.variance + cohort) for year in years]
        precisions.append(sum(weights))
        means.append(_weighted_mean(weights, [year.mean for year in years]))
    centre = _weighted_mean(precisions, means)
    z = [(mean - centre) * sqrt(p) for mean, p in zip(means, precisions, strict=True)]
    total = sum(precisions)
    scale = total - sum(p * p for p in precisions) / total
    excess = sum(value * value for value in winsorised(z, winsorise)) - (len(z) - 1)
    return max(0.0, excess / scale)


def winsorised(values: Sequence[float], share: float) -> list[float]:
    """The values with the lowest and highest `share` of them drawn in to the last value kept."""
    if not 0 <= share < 0.5:
        raise ValueError(f"the share to draw in lies from 0 to under 0.5, not at {share}")
    ranked = sorted(values)
    cut = int(share * len(ranked))
    low, high = ranked[cut], ranked[-1 - cut]
    return [min(high, max(low, value)) for value in values]
