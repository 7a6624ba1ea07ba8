"""Text along the axes of charts over years: which years are named, what a break is called."""

from collections.abc import Iterable, Sequence
from typing import Final

from tettpaa.data.charts.canvas import Canvas
from tettpaa.data.charts.lettering import Style, text_width
from tettpaa.data.charts.series import Years
from tettpaa.data.charts.themes import INK2, REF
from tettpaa.data.charts.words import YearStyle, year_text

_BELOW: Final = 17
_AIR: Final = 10
_BREAK_ABOVE: Final = 16


def letter_years(canvas: Canvas, years: Years, style: YearStyle, *, ends_only: bool = False) -> None:
    """Name the first and last year, both sides of a break, and as many between as there is room for."""
    taken: list[tuple[float, float]] = []
    for period in _by_weight(years, ends_only=ends_only):
        text = year_text(period, style)
        middle = canvas.x.at(years.at(period))
        half = text_width(text) / 2
        # The outermost names may not leave the picture.
        low = -canvas.frame.left + half
        high = canvas.frame.inner_width + canvas.frame.right - half
        middle = min(max(middle, low), high)
        if all(middle + half + _AIR <= start or middle - half - _AIR >= end for start, end in taken):
            taken.append((middle - half, middle + half))
            y = canvas.frame.inner_height + _BELOW
            canvas.lettering.add(middle, y, text, Style(INK2, align="center"))


def letter_breaks(canvas: Canvas, years: Years) -> None:
    """`Gammel prøve | Ny prøve fra 2022` on either side of the dashed rule, where there is room."""
    rules = [canvas.x.at(years.rule_at(cut)) for cut in years.breaks]
    edges = [-canvas.frame.left, *rules, canvas.frame.inner_width + canvas.frame.right]
    for index, (cut, rule) in enumerate(zip(years.breaks, rules, strict=True)):
        # With more than one break the stretch between two rules is named once, as what came after.
        if index == 0 and text_width(cut.before) + 8 <= rule - edges[index]:
            canvas.lettering.add(rule - 7, -_BREAK_ABOVE, cut.before, Style(REF, align="right"))
        if text_width(cut.after) + 8 <= edges[index + 2] - rule:
            canvas.lettering.add(rule + 7, -_BREAK_ABOVE, cut.after, Style(REF))


def _by_weight(years: Years, *, ends_only: bool) -> Sequence[int]:
    named = [years.first, years.last]
    if ends_only:
        return list(dict.fromkeys(named))
    for cut in years.breaks:
        named += (cut.period, cut.period - 1)
    return list(dict.fromkeys([*named, *_regular(years)]))


def _regular(years: Years) -> Iterable[int]:
    """Every other year counted from the start of each stretch: 2017, 2019, 2021 and 2022, 2024, 2026."""
    starts = [years.first, *(cut.period for cut in years.breaks)]
    ends = [*starts[1:], years.last + 1]
    for start, end in zip(starts, ends, strict=True):
        yield from range(start, end, 2)
