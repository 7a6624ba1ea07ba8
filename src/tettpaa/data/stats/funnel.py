"""Funnel limits: how far from the reference chance alone carries a school of each size."""

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

from tettpaa.data.stats.estimate import winsorised
from tettpaa.data.stats.kinds import Kind
from tettpaa.data.stats.points import Point, figure_variance, rounding_variance
from tettpaa.data.stats.posteriors import z_of
from tettpaa.data.stats.rules import Rule

MIN_SCHOOLS: Final = 10  # a spread among fewer says nothing


class FunnelLimit(NamedTuple):
    """The limits for a school with `n` pupils, all years together."""

    n: int
    low: float
    high: float


def funnel(
    grid: Sequence[int],
    reference: float,
    rule: Rule,
    *,
    years: int = 3,
    among_schools: bool = False,
    coverage: float = 0.90,
) -> tuple[FunnelLimit, ...] | None:
    """Limits around `reference` for each n of `grid`: `coverage` of schools that do not differ lie inside.

    reference ± z sqrt(T2 + W2 / years + precision² / (12 years) + s² / n) (statistics.md B2). Without T2, the
    default, a school outside "differs from the nation"; with it (`among_schools`) it is "unusual among
    schools": say which. Shares take s² = p (1 - p) and stay within 0 and 100. None for a census, without
    a known spread, and with `among_schools` where T2 is not known. An unknown cohort variance counts as
    0. Raises ValueError for n or years below 1.
    """
    if years < 1 or any(n < 1 for n in grid):
        raise ValueError("a funnel needs whole pupils and whole years")
    spread = _pupil_variance(reference, rule)
    persistent = rule.components.persistent if among_schools else 0.0
    if spread is None or persistent is None:
        return None
    parts = rule.components
    fixed = persistent + ((parts.cohort or 0.0) + rounding_variance(parts.precision)) / years
    floor, ceiling = (0.0, 100.0) if rule.kind is Kind.SHARE else (float("-inf"), float("inf"))
    z = z_of(coverage)
    limits = []
    for n in grid:
        reach = z * sqrt(fixed + spread / n)
        limits.append(FunnelLimit(n, max(floor, reference - reach), min(ceiling, reference + reach)))
    return tuple(limits)


def overdispersion(
    points: Sequence[Point], reference: float, rule: Rule, *, winsorise: float = 0.1
) -> float | None:
    """How much the schools shown vary beyond chance and cohort: an additive T2, squared units (Spiegelhalter 2005).

    T2 = max(0, (sum z² / c - N) / (sum w - sum w² / sum w)), w = 1 / (v + W2), z = (m - reference) √w, with the lowest
    and highest tenth of z drawn in first, so that bad schools do not widen their own funnel; c makes up for what that
    takes from an honest normal curve. One year; put the answer in
    `Components.persistent` and draw with `among_schools`. None for fewer than ten schools whose variance is known.
    """
    known = [(point, figure_variance(point, rule.kind, rule.components)) for point in points]
    weights = [(p, 1 / (v + (rule.components.cohort or 0.0))) for p, v in known if v]
    if len(weights) < MIN_SCHOOLS:
        return None
    z = winsorised([(point.mean - reference) * sqrt(w) for point, w in weights], winsorise)
    total = sum(w for _, w in weights)
    scale = total - sum(w * w for _, w in weights) / total
    return max(0.0, (sum(value * value for value in z) / _kept(winsorise) - len(z)) / scale)


def _kept(winsorise: float) -> float:
    """The variance of a standard normal curve whose tails beyond `winsorise` are drawn in: 0.679 for a tenth."""
    if winsorise == 0:
        return 1.0
    edge = NormalDist().inv_cdf(1 - winsorise)
    return 1 - 2 * winsorise - 2 * edge * NormalDist().pdf(edge) + 2 * winsorise * edge * edge


def funnel_grid(smallest: int, largest: int, steps: int = 40) -> tuple[int, ...]:
    """Whole numbers from `smallest` to `largest`, closest where the funnel bends (even in 1 / sqrt n).

    Raises ValueError unless 1 <= smallest <= largest and steps is at least 1.
    """
    if not 1 <= smallest <= largest or steps < 1:
        raise ValueError("a grid runs from at least 1 upwards in at least one step")
    left, right = 1 / sqrt(smallest), 1 / sqrt(largest)
    inner = {round((left + (right - left) * i / steps) ** -2) for i in range(steps + 1)}
    return tuple(sorted(inner | {smallest, largest}))


def _pupil_variance(reference: float, rule: Rule) -> float | None:
    """Variance of one pupil around the reference, squared units."""
    if rule.kind is Kind.CENSUS:
        return None
    if rule.kind is Kind.SHARE:
        return reference * (100 - reference)
    return None if rule.components.sd is None else rule.components.sd**2
