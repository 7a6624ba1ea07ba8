"""Years and schools put together: the figure a reader can check by hand, and references built from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from tettpaa.data.stats.kinds import Kind
from tettpaa.data.stats.points import Point, figure_variance, rounding_variance
from tettpaa.data.stats.rules import Rule

MIN_OTHERS: Final = 2  # the mean of one other school is that school (statistics.md B2)


@dataclass(frozen=True, slots=True)
class Pooled:
    """Several years in one: `mean` is weighted by pupils; `n` is their sum, None when any is unknown."""

    years: tuple[int, ...]
    n: int | None
    mean: float


def pooled_years(points: Sequence[Point]) -> Pooled:
    """The years together, weighted by n, or equally when some n is unknown. Raises ValueError for none."""
    if not points:
        raise ValueError("no years to pool")
    counts = [point.n for point in points if point.n is not None]
    known = len(counts) == len(points)
    weights = counts if known else [1] * len(points)
    mean = sum(w * p.mean for w, p in zip(weights, points, strict=True)) / sum(weights)
    return Pooled(tuple(sorted(p.year for p in points)), sum(counts) if known else None, mean)


def pooled_schools(points: Sequence[Point], rule: Rule) -> Point | None:
    """One reference point from several schools of one year, weighted by n (similar schools, neighbours).

    Its variance holds each school's chance, rounding and cohort: sum of (n_i / N)² (v_i + W2). Schools
    without n do not count; None when fewer than two are left. Raises ValueError for mixed years.
    """
    counted = [(point, point.n) for point in points if point.n is not None]
    if len({point.year for point, _ in counted}) > 1:
        raise ValueError("schools are pooled within one year")
    if len(counted) < MIN_OTHERS:
        return None
    total = sum(n for _, n in counted)
    mean = sum(n * point.mean for point, n in counted) / total
    variance = sum((n / total) ** 2 * _school_variance(point, rule) for point, n in counted)
    return Point(counted[0][0].year, mean, total, variance=variance)


def others(whole: Point, part: Point, rule: Rule, *, schools: int) -> Point | None:
    """The rest of an area without one of its schools: (N M - n m) / (N - n), the leave-one-out mean.

    Built from published figures only, so it tells nothing that a reader could not work out. `schools`: how
    many schools make up `whole`; None with fewer than two others, without n, or when nothing is left. The
    variance holds the rest's own chance and cohort, and the rounding of both figures, blown up by N / (N-n).
    Raises ValueError for different years.
    """
    if whole.year != part.year:
        raise ValueError("an area and its school are compared within one year")
    if whole.n is None or part.n is None or schools - 1 < MIN_OTHERS or part.n >= whole.n:
        return None
    rest = whole.n - part.n
    mean = (whole.n * whole.mean - part.n * part.mean) / rest
    if rule.kind is Kind.SHARE:  # rounding may carry a share past its ends
        mean = min(100.0, max(0.0, mean))
    area = rule.components.for_area(schools - 1)
    # The chance of the rest comes from its own size; its rounding from the two figures it is made of.
    chance = figure_variance(Point(whole.year, mean, rest), rule.kind, replace(area, precision=0.0)) or 0.0
    blown_up = (whole.n**2 + part.n**2) / rest**2
    rounding = rounding_variance(area.precision) * blown_up
    return Point(whole.year, mean, rest, variance=chance + (area.cohort or 0.0) + rounding)


def _school_variance(point: Point, rule: Rule) -> float:
    return (figure_variance(point, rule.kind, rule.components) or 0.0) + (rule.components.cohort or 0.0)
