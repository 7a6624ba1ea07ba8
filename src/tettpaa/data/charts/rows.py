"""Rows: every school in alphabetical order with its level and interval, against one reference. Never ranked."""

from dataclasses import dataclass
from typing import Final

from tettpaa.data.charts.canvas import Canvas, Frame, Rows, dot, field_of, hidden_mark, tip
from tettpaa.data.charts.glyphs import certainty_text, draw_glyphs, is_certain
from tettpaa.data.charts.inputs import Certainty, Estimate, ReferenceLevel, Size, Spec
from tettpaa.data.charts.lettering import Style, cut, pixel, text_width
from tettpaa.data.charts.ordering import by_name
from tettpaa.data.charts.scales import Axis, Domain, domain
from tettpaa.data.charts.series import trimmed
from tettpaa.data.charts.table import ChartTable
from tettpaa.data.charts.themes import ACCENT, INK, INK2, LINE, REF
from tettpaa.data.charts.words import (
    PLAIN,
    Language,
    NumberStyle,
    count_text,
    figure_text,
    range_text,
    say,
    short_text,
    value_text,
)

_BAR: Final = 7
_BAR_OPACITY: Final = 0.3


@dataclass(frozen=True, slots=True)
class Row:
    """One school's level and how sure we are that it differs from the reference; None says nothing about it."""

    estimate: Estimate
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True)
class RowsInput:
    """All schools of an owner on one indicator. The chart puts them in alphabetical order itself."""

    title: str
    rows: tuple[Row, ...]
    style: NumberStyle = PLAIN
    reference: ReferenceLevel | None = None
    limits: Domain | None = None


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where things stand, in px; the plot itself lies between `left` and `right`."""

    width: int
    row: int
    left: int
    right: int
    bar: float  # middle of the bar, from the row's upper edge
    stacked: bool = False


_TOP: Final = 30
_HEAD: Final = -15  # middle of the line of heads, above the first row
_VALUE_AT: Final = -22  # right edge of the level's column
_COUNT_BEFORE: Final = 46


def limits_of(chart: RowsInput, ticks: int = 5) -> Domain:
    """The axis: the given limits, else from shown levels, intervals and the reference."""
    if chart.limits is not None:
        return chart.limits
    values: list[float | None] = [chart.reference.value] if chart.reference else []
    for row in chart.rows:
        values += (row.estimate.value, row.estimate.low, row.estimate.high)
    return domain(values, chart.style, ticks=ticks)


def spec(chart: RowsInput, *, size: Size = "wide", language: Language = "nb") -> Spec:
    """The rows as Vega-Lite: `wide` 792, `page` 492 or `narrow` 350 px wide, as tall as the schools need."""
    rows = _sorted(chart)
    plan = _plan(chart, rows, size, language)
    limits = limits_of(chart, ticks=3 if plan.stacked else 5)
    frame = Frame(plan.width, _TOP + plan.row * len(rows) + 2, plan.left, plan.width - plan.right, _TOP, 2)
    canvas = Canvas(
        frame, Axis(limits.low, limits.high, 0, frame.inner_width), Axis(0, 1, frame.inner_height, 0)
    )
    # A phone's rows hold names above the bars, so gridlines would run through them.
    canvas.ground(x_grid=() if plan.stacked else limits.ticks, base=LINE)
    _draw_lines(canvas, plan, len(rows))
    _draw_reference(canvas, chart, rows, plan)
    _draw_levels(canvas, chart, rows, plan, language)
    _letter_axis(canvas, chart, limits, plan, language)
    _letter_heads(canvas, chart, plan, language)
    _letter_rows(canvas, chart, rows, plan, language)
    return canvas.spec(alt(chart, language))


def alt(chart: RowsInput, language: Language) -> str:
    """How many schools, between which levels, what the reference is, and which differ."""
    rows = _sorted(chart)
    values = [row.estimate.value for row in rows if row.estimate.value is not None]
    hidden = [row.estimate.name for row in rows if not row.estimate.is_shown]
    tail = f" {say('hidden_schools', language, names=', '.join(hidden))}." if hidden else ""
    if not values:
        return f"{chart.title}.{tail}"
    low, high = (value_text(end, chart.style, language) for end in (min(values), max(values)))
    text = say("alt_rows", language, title=chart.title, count=len(rows), low=low, high=high)[:-1]
    if chart.reference is not None:
        text += f"; {chart.reference.name} {short_text(chart.reference.value, chart.style, language)}"
    sure = [
        f"{row.estimate.name}: {certainty_text(row.certainty, row.estimate.value, chart.reference, language)}"
        for row in rows
        if is_certain(row.certainty)
    ]
    return text + "." + (f" {'; '.join(sure)}." if sure else "") + tail


def table(chart: RowsInput, language: Language) -> ChartTable:
    """School, pupils, level, interval and certainty, one row a school."""
    sure = any(row.certainty is not None for row in chart.rows)
    header = [
        say("school", language),
        chart.style.count_word or say("count", language),
        chart.style.value_word or say("level", language),
        say("between_head", language),
    ]
    if sure:
        header.append(_judgement_head(chart.reference, language))
    cells = [_cells(row, chart, language)[: len(header)] for row in _sorted(chart)]
    caption = chart.title
    if chart.reference is not None:
        caption += f". {chart.reference.name} {short_text(chart.reference.value, chart.style, language)}"
    return ChartTable(caption, tuple(header), tuple(cells))


def _cells(row: Row, chart: RowsInput, language: Language) -> tuple[str, ...]:
    level = row.estimate
    return (
        level.name,
        count_text(level.n, language),
        figure_text(level.value, level.status, chart.style, language),
        range_text(level.low, level.high, chart.style, language),
        certainty_text(row.certainty, level.value, chart.reference, language),
    )


def _judgement_head(reference: ReferenceLevel | None, language: Language) -> str:
    if reference is None:
        return say("judgement_plain", language)
    return say("judgement", language, inline=reference.inline)


def _sorted(chart: RowsInput) -> list[Row]:
    return by_name(chart.rows, lambda row: row.estimate.name)


def _plan(chart: RowsInput, rows: list[Row], size: Size, language: Language) -> _Plan:
    """Columns: name, pupils and level on the left, words on the right; on a phone words and bar are stacked."""
    if size == "narrow":
        worded = any(row.certainty is not None for row in rows)
        return _Plan(350, 78 if worded else 54, 8, 342, 36, stacked=True)
    width, row, most = (792, 36, 220) if size == "wide" else (492, 28, 104)
    names = max([text_width(row.estimate.name, bold=True) for row in rows], default=0)
    left = round(min(names, most)) + (152 if size == "wide" else 100)
    words = [
        certainty_text(row.certainty, row.estimate.value, chart.reference, language)
        for row in rows
        if row.certainty is not None
    ]
    right = max([text_width(text, bold=True) for text in words], default=-26) + 42
    return _Plan(width, row, left, width - round(right), row / 2)


def _draw_lines(canvas: Canvas, plan: _Plan, count: int) -> None:
    """A hairline between schools, the whole width."""
    ends = {"px": -canvas.frame.left, "px2": canvas.frame.inner_width + canvas.frame.right}
    lines = [ends | {"py": plan.row * i} for i in range(count + 1)]
    mark = {"type": "rule", "color": LINE, "strokeWidth": 1}
    canvas.draw(lines, mark, x=pixel("px"), x2={"field": "px2"}, y=pixel("py"))


def _draw_reference(canvas: Canvas, chart: RowsInput, rows: list[Row], plan: _Plan) -> None:
    """A rule through every row with a level; on a phone it is only as tall as the bar needs."""
    if chart.reference is None:
        return
    value = trimmed(chart.reference.value, chart.style.decimals)
    segments: Rows = []
    for index, row in enumerate(rows):
        top = plan.row * index
        ends = (top + plan.bar - 12, top + plan.bar + 12) if plan.stacked else (top, top + plan.row)
        if row.estimate.is_shown:
            segments.append({"reference": value, "py": ends[0], "py2": ends[1]})
    mark = {"type": "rule", "color": REF, "strokeWidth": 1.25}
    canvas.draw(segments, mark, x=field_of("reference"), y=pixel("py"), y2={"field": "py2"})


def _draw_levels(canvas: Canvas, chart: RowsInput, rows: list[Row], plan: _Plan, language: Language) -> None:
    """Interval bars, then dots, then open squares at the left for what is hidden."""
    bars: Rows = []
    dots: Rows = []
    squares: Rows = []
    for index, row in enumerate(rows):
        level, y = row.estimate, plan.row * index + plan.bar
        if level.value is None:
            squares.append({"px": 5, "py": y})
            continue
        if level.low is not None and level.high is not None:
            low, high = (trimmed(end, chart.style.decimals) for end in (level.low, level.high))
            bars.append({"low": low, "high": high, "py": y})
        cells = _cells(row, chart, language)
        words = f"{cells[0]}: {cells[2]}" + (f" ({cells[3]})" if cells[3] else "")
        dots.append({"value": trimmed(level.value, chart.style.decimals), "py": y, "tip": words})
    bar = {"type": "rule", "color": ACCENT, "opacity": _BAR_OPACITY, "strokeWidth": _BAR}
    canvas.draw(bars, bar, x=field_of("low"), x2={"field": "high"}, y=pixel("py"))
    canvas.draw(dots, dot(6, ACCENT), x=field_of("value"), y=pixel("py"), tooltip=tip())
    canvas.draw(squares, hidden_mark(36), x=pixel("px"), y=pixel("py"))


def _letter_axis(canvas: Canvas, chart: RowsInput, limits: Domain, plan: _Plan, language: Language) -> None:
    """Tick values above the rows; the reference is named there and hides a tick that it would touch."""
    taken = (-1e9, -1e9)
    if chart.reference is not None:
        text = f"{chart.reference.name} {short_text(chart.reference.value, chart.style, language)}"
        half = text_width(text, bold=True) / 2
        room = canvas.frame.inner_width + canvas.frame.right
        middle = min(max(canvas.x.at(chart.reference.value), half - canvas.frame.left), room - half)
        canvas.lettering.add(middle, _HEAD, text, Style(INK, bold=True, align="center"))
        taken = (middle - half - 10, middle + half + 10)
    for tick in () if plan.stacked else limits.ticks:
        text, at = limits.tick_text(tick, chart.style, language), canvas.x.at(tick)
        half = text_width(text) / 2
        if at + half <= taken[0] or at - half >= taken[1]:
            canvas.lettering.add(at, _HEAD, text, Style(INK2, align="center"))


def _letter_heads(canvas: Canvas, chart: RowsInput, plan: _Plan, language: Language) -> None:
    """The table heads of the columns, where there are columns."""
    if plan.stacked:
        return
    heads = table(chart, language).header
    canvas.lettering.add(-canvas.frame.left, _HEAD, heads[0])
    canvas.lettering.add(_VALUE_AT - _COUNT_BEFORE, _HEAD, heads[1], Style(align="right"))
    canvas.lettering.add(_VALUE_AT, _HEAD, heads[2], Style(align="right"))
    if len(heads) > 4:
        canvas.lettering.add(canvas.frame.inner_width + 20, _HEAD, heads[4])


def _letter_rows(canvas: Canvas, chart: RowsInput, rows: list[Row], plan: _Plan, language: Language) -> None:
    start, end = -canvas.frame.left, canvas.frame.inner_width + canvas.frame.right
    value_at = end - 2 if plan.stacked else _VALUE_AT
    edge = value_at - (118 if plan.stacked else _COUNT_BEFORE + 34)
    for index, row in enumerate(rows):
        top = plan.row * index
        middle = top + (15 if plan.stacked else plan.bar)
        name, pupils, value, _, words = _cells(row, chart, language)
        strong = is_certain(row.certainty)
        canvas.lettering.add(start, middle, cut(name, edge - start, bold=strong), Style(INK, bold=strong))
        if row.estimate.value is None:
            canvas.lettering.add(16, top + plan.bar, value, Style(INK2))
            continue
        if plan.stacked and pupils:
            pupils += f" {(chart.style.count_word or say('count', language)).lower()}"
        canvas.lettering.add(value_at - _COUNT_BEFORE, middle, pupils, Style(INK2, align="right"))
        canvas.lettering.add(value_at, middle, value, Style(INK, bold=True, align="right"))
        if row.certainty is not None:
            x, y = (start, top + 60) if plan.stacked else (canvas.frame.inner_width + 20, middle)
            draw_glyphs(canvas, row.certainty, x + 6, y)
            canvas.lettering.add(x + 18, y, words, Style(INK, bold=strong))
