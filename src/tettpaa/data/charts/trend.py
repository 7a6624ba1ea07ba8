"""Trend: one unit's series with its interval, against the nation or another reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from tettpaa.data.charts import strokes
from tettpaa.data.charts.axes import letter_breaks, letter_years
from tettpaa.data.charts.canvas import Canvas, Frame
from tettpaa.data.charts.inputs import Break, Estimate, Reference, Size, Spec
from tettpaa.data.charts.lettering import Style, cut, text_width
from tettpaa.data.charts.scales import Axis, Domain, domain, spread
from tettpaa.data.charts.series import Point, Years, last_shown, points_of, years_of
from tettpaa.data.charts.table import ChartTable
from tettpaa.data.charts.themes import ACCENT, INK2, REF
from tettpaa.data.charts.words import (
    PLAIN,
    Language,
    NumberStyle,
    between_text,
    count_text,
    figure_text,
    hidden_text,
    is_hidden,
    range_text,
    say,
    short_text,
    span_text,
    value_text,
    year_text,
)
from tettpaa.data.suppression.figure import SafeFigure

_SIZES: Final = {"wide": (452, 300), "page": (492, 280), "narrow": (350, 250)}
_TOP: Final = 14
_TOP_BROKEN: Final = 34
_BOTTOM: Final = 34
_LINE: Final = 15
_LABEL_WIDTH: Final = 104


@dataclass(frozen=True, slots=True)
class TrendInput:
    """One unit's figures by school year, and what to hold them against.

    `title` names the indicator, `name` the unit as it stands at the line's end. `pooled` is several years
    together, drawn where single years are hidden; a hidden one is not drawn.
    """

    title: str
    name: str
    figures: tuple[SafeFigure, ...]
    style: NumberStyle = PLAIN
    references: tuple[Reference, ...] = ()
    breaks: tuple[Break, ...] = ()
    pooled: Estimate | None = None


@dataclass(frozen=True, slots=True)
class LaidTrend:
    """The input with every point in its place."""

    years: Years
    points: tuple[Point, ...]
    references: tuple[tuple[str, tuple[Point, ...]], ...]
    pooled: Estimate | None

    def heights(self) -> list[float | None]:
        """Every value drawn, for the axis."""
        values: list[float | None] = []
        for point in self.points:
            values += (point.value, point.low, point.high)
        for _, points in self.references:
            values += (point.value for point in points)
        if self.pooled is not None:
            values += (self.pooled.value, self.pooled.low, self.pooled.high)
        return values


def lay(chart: TrendInput) -> LaidTrend:
    """Put the figures in their places. ValueError for no figures or figures of more than one series."""
    years = years_of(chart.figures, chart.breaks)
    decimals = chart.style.decimals
    references = tuple((r.name, points_of(r.figures, years, decimals)) for r in chart.references)
    pooled = chart.pooled if chart.pooled is not None and chart.pooled.is_shown else None
    return LaidTrend(years, points_of(chart.figures, years, decimals), references, pooled)


def spec(chart: TrendInput, *, size: Size = "wide", language: Language = "nb") -> Spec:
    """The chart as Vega-Lite, `wide` 452 x 300, `page` 492 x 280 (documents) or `narrow` 350 x 250 px."""
    laid = lay(chart)
    limits = domain(laid.heights(), chart.style)
    labels = _end_labels(chart, laid, language)
    ticks = [limits.tick_text(tick, chart.style, language) for tick in limits.ticks]
    canvas = _canvas(laid, limits, _SIZES[size], ticks, labels)
    canvas.ground(y_grid=limits.ticks)
    strokes.draw_breaks(canvas, laid.years, above=22)
    strokes.draw_band(canvas, laid.points)
    for turn, (_, points) in enumerate(laid.references):
        strokes.draw_reference(canvas, points, turn)
    if laid.pooled is not None:
        words = _tip(_pooled_cells(laid.pooled, chart.style, language))
        strokes.draw_pooled(canvas, laid.pooled, laid.years, chart.style.decimals, words)

    def tips(point: Point) -> str:
        return _tip(_point_cells(point, chart.style, language))

    strokes.draw_line(canvas, laid.points, tips, radius=4)
    strokes.draw_hidden(canvas, laid.points, tips)
    for tick, text in zip(limits.ticks, ticks, strict=True):
        canvas.lettering.add(-10, canvas.y.at(tick), text, Style(INK2, align="right"))
    letter_years(canvas, laid.years, chart.style.years)
    letter_breaks(canvas, laid.years)
    _letter_ends(canvas, labels)
    return canvas.spec(sentence(chart, laid, language))


def alt(chart: TrendInput, language: Language) -> str:
    """The newest figure, its interval and the references in a sentence; a break or hidden years in another."""
    return sentence(chart, lay(chart), language)


def sentence(chart: TrendInput, laid: LaidTrend, language: Language) -> str:
    """The text alternative of a trend that is already laid out."""
    style, years, newest = chart.style, laid.years, newest_of(laid, chart.style)
    hidden = sum(is_hidden(point.status) and point.value is None for point in laid.points)
    if newest is None:
        text = say("alt_hidden_only", language, title=chart.title, name=chart.name)
        return text + hidden_text(hidden, language)
    text = say(
        "alt_trend",
        language,
        title=chart.title,
        name=chart.name,
        first=year_text(years.first, style.years),
        last=year_text(years.last, style.years),
        value=value_text(newest.value, style, language),
        year=newest.year,
        between=between_text(newest.low, newest.high, style, language),
        references=_reference_words(laid, style, language),
    )
    if years.breaks:
        text += " " + say("alt_break", language, year=year_text(years.renewed, style.years))
    return text + hidden_text(hidden, language)


class Newest(NamedTuple):
    value: float
    low: float | None
    high: float | None
    year: str
    is_early: bool  # a single year, and not the chart's last one
    is_old: bool  # from before a break, so it is not what the line ends with


def newest_of(laid: LaidTrend, style: NumberStyle) -> Newest | None:
    """What the chart says last: the newest year shown, else the years together; None if all is hidden."""
    point, pooled = last_shown(laid.points), laid.pooled
    if pooled is not None and pooled.value is not None and (point is None or point.period < pooled.first):
        year = span_text(pooled.first, pooled.last, style.years)
        return Newest(pooled.value, pooled.low, pooled.high, year, is_early=False, is_old=False)
    if point is None or point.value is None:
        return None
    year = year_text(point.period, style.years)
    early = point.period < laid.years.last
    return Newest(point.value, point.low, point.high, year, is_early=early, is_old=point.old)


def table(chart: TrendInput, language: Language) -> ChartTable:
    """Year, pupils, value, interval and references, newest first; years before a break are the folded rows."""
    laid = lay(chart)
    style = chart.style
    by_year = [{point.period: point.value for point in points} for _, points in laid.references]
    rows = []
    if laid.pooled is not None:
        rows.append((*_pooled_cells(laid.pooled, style, language), *("" for _ in by_year)))
    for point in reversed(laid.points):
        values = [values.get(point.period) for values in by_year]
        cells = ["" if value is None else value_text(value, style, language) for value in values]
        rows.append((*_point_cells(point, style, language), *cells))
    header = (
        say("year", language),
        style.count_word or say("count", language),
        style.value_word or say("value", language),
        say("between_head", language),
        *(name for name, _ in laid.references),
    )
    folded = sum(point.old for point in laid.points)
    return ChartTable(f"{chart.title}, {chart.name}", header, tuple(rows), folded)


def _point_cells(point: Point, style: NumberStyle, language: Language) -> tuple[str, str, str, str]:
    return (
        year_text(point.period, style.years),
        count_text(point.n, language),
        figure_text(point.value, point.status, style, language),
        range_text(point.low, point.high, style, language),
    )


def _pooled_cells(pooled: Estimate, style: NumberStyle, language: Language) -> tuple[str, str, str, str]:
    return (
        span_text(pooled.first, pooled.last, style.years),
        count_text(pooled.n, language),
        figure_text(pooled.value, pooled.status, style, language),
        range_text(pooled.low, pooled.high, style, language),
    )


def _tip(cells: tuple[str, str, str, str]) -> str:
    """`2024–25: 47,4 (44,2–50,6)`, or the year and why there is no figure."""
    year, _, value, between = cells
    return f"{year}: {value}" + (f" ({between})" if between else "")


def _reference_words(laid: LaidTrend, style: NumberStyle, language: Language) -> str:
    newest = [(name, last_shown(points)) for name, points in laid.references]
    return "".join(
        f"; {name} {short_text(point.value, style, language)}"
        for name, point in newest
        if point is not None and point.value is not None
    )


@dataclass(frozen=True, slots=True)
class _EndLabel:
    value: float
    lines: tuple[str, ...]
    own: bool

    @property
    def width(self) -> float:
        return max(text_width(line, bold=self.own) for line in self.lines)


def _end_labels(chart: TrendInput, laid: LaidTrend, language: Language) -> tuple[_EndLabel, ...]:
    """`Nes 47,4` and `Landet 50`; a line that ends early says in which year it did."""
    style, labels, newest = chart.style, [], newest_of(laid, chart.style)
    if newest is not None and not newest.is_old:
        text = value_text(newest.value, style, language) + (f" ({newest.year})" if newest.is_early else "")
        labels.append(_EndLabel(newest.value, _label_lines(chart.name, text, own=True), own=True))
    for name, points in laid.references:
        end = last_shown(points)
        if end is not None and end.value is not None:
            text = short_text(end.value, style, language)
            labels.append(_EndLabel(end.value, _label_lines(name, text, own=False), own=False))
    return tuple(labels)


def _label_lines(name: str, text: str, *, own: bool) -> tuple[str, ...]:
    """Name and figure on one line if it is short, else on two."""
    if text_width(f"{name} {text}", bold=own) <= _LABEL_WIDTH:
        return (f"{name} {text}",)
    return cut(name, _LABEL_WIDTH, bold=own), text


def _canvas(
    laid: LaidTrend,
    limits: Domain,
    size: tuple[int, int],
    ticks: Sequence[str],
    labels: Sequence[_EndLabel],
) -> Canvas:
    left = round(max([text_width(tick) for tick in ticks], default=0)) + 14
    right = round(max([label.width for label in labels], default=0)) + 16
    top = _TOP_BROKEN if laid.years.breaks else _TOP
    frame = Frame(size[0], size[1], left, max(right, 26), top, _BOTTOM)
    return Canvas(
        frame,
        Axis(0, laid.years.width, 0, frame.inner_width),
        Axis(limits.low, limits.high, frame.inner_height, 0),
    )


def _letter_ends(canvas: Canvas, labels: Sequence[_EndLabel]) -> None:
    wanted = [canvas.y.at(label.value) for label in labels]
    heights = [_LINE * len(label.lines) for label in labels]
    places = spread(wanted, heights, 0, canvas.frame.inner_height)
    for label, height, y in zip(labels, heights, places, strict=True):
        style = Style(ACCENT, bold=True) if label.own else Style(REF)
        for index, line in enumerate(label.lines):
            canvas.lettering.add(
                canvas.frame.inner_width + 9, y - height / 2 + _LINE * (index + 0.5), line, style
            )
