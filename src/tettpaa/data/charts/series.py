"""One unit's series laid out along the years: breaks, holes and hidden years."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from tettpaa.data.charts.inputs import Break, one_series
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Status

GAP: Final = 0.55  # extra years' width at a break (look.md, chart rules)


class Point(NamedTuple):
    """One year. `x` counts years from the first, wider at a break; `run` numbers the unbroken stretches.

    `value`, `low` and `high` are rounded as they are written, so that a chart holds no more than its table.
    """

    period: int
    x: float
    run: int
    old: bool
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    status: Status

    @property
    def is_banded(self) -> bool:
        return self.low is not None and self.high is not None


@dataclass(frozen=True, slots=True)
class Years:
    """The years a chart covers and where each stands."""

    first: int
    last: int
    breaks: tuple[Break, ...]

    @property
    def width(self) -> float:
        return max(self.at(self.last), 1.0)

    @property
    def renewed(self) -> int:
        """The year the newest series began; `first` when nothing is broken."""
        return self.breaks[-1].period if self.breaks else self.first

    def at(self, period: int) -> float:
        """Position of a year on the axis."""
        passed = sum(cut.period <= period for cut in self.breaks)
        return round(period - self.first + GAP * passed, 2)

    def rule_at(self, cut: Break) -> float:
        """Position of a break's dashed rule: the middle of the gap."""
        return round(self.at(cut.period) - (1 + GAP) / 2, 3)

    def part(self, period: int) -> int:
        """Which of the series the year belongs to, counted from 0."""
        return sum(cut.period <= period for cut in self.breaks)


def years_of(figures: Iterable[SafeFigure], breaks: Iterable[Break]) -> Years:
    """The years from the first to the last figure, hidden or not. ValueError without any figure."""
    periods = [figure.period for figure in figures]
    if not periods:
        raise ValueError("a series needs at least one figure")
    first, last = min(periods), max(periods)
    inside = sorted((cut for cut in breaks if first < cut.period <= last), key=lambda cut: cut.period)
    return Years(first, last, tuple(inside))


def points_of(figures: Iterable[SafeFigure], years: Years, decimals: int) -> tuple[Point, ...]:
    """The figures within the years, in order. A run ends at a break, a missing year or a figure without value."""
    points: list[Point] = []
    run, before = 0, None
    for figure in one_series(figures):
        if not years.first <= figure.period <= years.last:
            continue
        joined = (
            before is not None
            and before.value is not None
            and figure.is_shown
            and figure.period == before.period + 1
            and years.part(figure.period) == years.part(before.period)
        )
        run += not joined
        before = _point(figure, years, decimals, run)
        points.append(before)
    return tuple(points)


def last_shown(points: Iterable[Point]) -> Point | None:
    """The newest point with a value."""
    shown = [point for point in points if point.value is not None]
    return shown[-1] if shown else None


def _point(figure: SafeFigure, years: Years, decimals: int, run: int) -> Point:
    banded = figure.is_shown and figure.low is not None and figure.high is not None
    return Point(
        period=figure.period,
        x=years.at(figure.period),
        run=run,
        old=figure.period < years.renewed,
        value=trimmed(figure.value, decimals),
        low=trimmed(figure.low, decimals) if banded else None,
        high=trimmed(figure.high, decimals) if banded else None,
        n=figure.n if figure.is_shown else None,
        status=figure.status,
    )


def trimmed(value: float | None, decimals: int) -> float | None:
    """The value as it is written, or None; -0.0 becomes 0.0."""
    return None if value is None else round(value, decimals) + 0.0
