"""Axis limits and ticks, from shown values only; and labels moved apart."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tettpaa.data.charts.words import Language, NumberStyle, number, say, short_text

_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0, 20.0)


@dataclass(frozen=True, slots=True)
class Domain:
    """Limits of an axis and its ticks, all in the indicator's unit."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @property
    def tick_decimals(self) -> int:
        """Decimals that tell the ticks apart."""
        return next(
            (d for d in range(4) if all(math.isclose(round(t, d), t, abs_tol=1e-9) for t in self.ticks)), 4
        )

    def tick_text(self, tick: float, style: NumberStyle, language: Language) -> str:
        """A tick as it stands on the axis."""
        sign = ("%" if language == "en" else "\u00a0%") if style.percent else ""
        return number(tick, self.tick_decimals, language) + sign

    def words(self, style: NumberStyle, language: Language) -> str:
        """`45 til 55`, for the sentence that says the scale of small charts."""
        low, high = (short_text(end, style, language) for end in (self.low, self.high))
        return say("scale", language, low=low, high=high)


@dataclass(frozen=True, slots=True)
class Axis:
    """Values to pixels; `start` is the pixel of `low`, `end` of `high`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of `value`, to a tenth."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def domain(
    values: Iterable[float | None],
    style: NumberStyle,
    *,
    ticks: int = 5,
    from_zero: bool = False,
    margin: float = 0.05,
) -> Domain:
    """Limits that hold every shown value and interval end, with at most `ticks` round ticks.

    `margin` is the air on either side, as a share of the span; it never reaches past the ends of the scale.
    None (hidden) is passed over, so a hidden figure cannot move the axis. Without any shown value the scale's own
    ends are used, else 0 to 1. The span is never under ten steps of the last decimal, so that noise stays small.
    """
    shown = [value for value in values if value is not None]
    if not shown:
        shown = [style.lowest if style.lowest is not None else 0.0]
        shown.append(style.highest if style.highest is not None else shown[0] + 1.0)
    low, high = min(shown), max(shown)
    low = min(low, 0.0) if from_zero else low
    grounded = from_zero and low == 0
    spare = max(10 * 10.0**-style.decimals - (high - low), 0.0)
    air = margin * (high - low)
    low -= 0.0 if grounded else air + spare / 2
    high += air + (spare if grounded else spare / 2)
    if style.lowest is not None:
        low = max(low, min(style.lowest, *shown))
    if style.highest is not None:
        high = min(high, max(style.highest, *shown))
    return _with_ticks(low, high, ticks)


def rounded(wide: Domain) -> Domain:
    """The same domain drawn out to whole ticks, for axes whose scale is said in a sentence."""
    step = wide.ticks[1] - wide.ticks[0] if len(wide.ticks) > 1 else wide.high - wide.low
    low, high = math.floor(wide.low / step + 1e-9) * step, math.ceil(wide.high / step - 1e-9) * step
    count = round((high - low) / step)
    return Domain(round(low, 6), round(high, 6), tuple(round(low + i * step, 6) for i in range(count + 1)))


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Middles as near the wanted as can be, so that pieces of these heights do not meet and stay in `low`-`high`.

    Pieces that would meet form a block, whose place is the mean of where its members wanted it.
    """
    blocks: list[tuple[list[int], float]] = []  # members from the top, and the block's upper edge
    for i in sorted(range(len(wanted)), key=lambda i: (wanted[i], i)):
        members, top = [i], _fitted([i], wanted, heights, low, high)
        while blocks and blocks[-1][1] + sum(heights[m] for m in blocks[-1][0]) > top:
            members = blocks.pop()[0] + members
            top = _fitted(members, wanted, heights, low, high)
        blocks.append((members, top))
    placed = [0.0] * len(wanted)
    for members, top in blocks:
        for member in members:
            placed[member] = round(top + heights[member] / 2, 1)
            top += heights[member]
    return placed


def _fitted(
    members: Sequence[int], wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> float:
    """Upper edge of a block: the mean of its members' wishes, kept inside (the top wins if it cannot fit)."""
    above, wishes = 0.0, 0.0
    for member in members:
        wishes += wanted[member] - heights[member] / 2 - above
        above += heights[member]
    return max(low, min(wishes / len(members), high - above))


def _with_ticks(low: float, high: float, most: int) -> Domain:
    low, high = round(low, 6), round(high, 6)
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    steps = [power * factor for factor in _STEPS if factor != 2.5 or power >= 10]  # 25 is round, 2,5 is not
    step = next(step for step in steps if len(_multiples(low, high, step)) <= most)
    return Domain(low, high, tuple(round(i * step, 6) for i in _multiples(low, high, step)))


def _multiples(low: float, high: float, step: float) -> range:
    return range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)
