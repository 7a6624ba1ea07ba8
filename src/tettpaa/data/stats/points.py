"""One shown figure of one year, and the variance that belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from tettpaa.data.stats.constants import Components
from tettpaa.data.stats.kinds import Kind

Z95: Final = 1.959963984540054

# Below this many pupils a group's own spread is too poorly known to use (statistics.md B2).
OWN_SPREAD_FROM: Final = 30


class Interval(NamedTuple):
    """An interval in the figure's own unit."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Point:
    """A published figure: school year (2024 means 2024-25), value, pupils, the source's 95 % half-width.

    Shares are in percent. `variance` is for figures made here (pooled references), whose whole variance is
    known. A year that is hidden or missing is no point at all: leave it out. Raises ValueError when `n`
    is given and below 1.
    """

    year: int
    mean: float
    n: int | None = None
    half_width: float | None = None
    variance: float | None = None

    def __post_init__(self) -> None:
        if self.n is not None and self.n < 1:
            raise ValueError(f"a point stands on at least one pupil, not {self.n}")


type Series = Sequence[Point]


def half_width_of(value: float, low: float | None, high: float | None) -> float | None:
    """The half-width behind a published 95 % interval; None when an end is missing.

    The longer arm counts: an interval may be cut short where its scale ends.
    """
    if low is None or high is None:
        return None
    return max(value - low, high - value)


def rounding_variance(precision: float) -> float:
    """Variance of rounding to steps of `precision`, squared units: a uniform error has step² / 12."""
    return precision * precision / 12


def sampling_variance(point: Point, components: Components) -> float | None:
    """Variance of a mean from chance alone, squared units; None when nothing tells it.

    The source's own half-width counts from 30 pupils on. Smaller groups take sd² / n with the indicator's
    pooled sd, because their own spread is itself mostly chance (statistics.md B2). A printed half-width
    of 0,0 is a rounding, not a certainty, and is passed over.
    """
    pooled = components.sd**2 / point.n if components.sd is not None and point.n is not None else None
    is_small = point.n is not None and point.n < OWN_SPREAD_FROM
    if not point.half_width or (is_small and pooled is not None):
        return pooled
    return (point.half_width / Z95) ** 2


def share_variance(point: Point) -> float | None:
    """Variance of a share in squared percentage points; None without n.

    Uses (x + ½) / (n + 1) for the share, so that 0 of 20 does not look certain (Jeffreys' prior).
    """
    if point.n is None:
        return None
    share = (point.mean / 100 * point.n + 0.5) / (point.n + 1)
    return 1e4 * share * (1 - share) / point.n


def figure_variance(point: Point, kind: Kind, components: Components) -> float | None:
    """Variance of a published figure around its own year's truth: chance and rounding, not cohort.

    None for a census, and when neither n nor a half-width is known.
    """
    if kind is Kind.CENSUS or point.variance is not None:
        return point.variance
    chance = share_variance(point) if kind is Kind.SHARE else sampling_variance(point, components)
    return None if chance is None else chance + rounding_variance(components.precision)


def reference_variance(point: Point, kind: Kind, components: Components) -> float:
    """As `figure_variance`, with only the rounding where nothing is known: a nation without a printed
    uncertainty has a chance error far below its rounding.
    """
    known = figure_variance(point, kind, components)
    return rounding_variance(components.precision) if known is None else known
