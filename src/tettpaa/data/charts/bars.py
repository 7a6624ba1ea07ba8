"""Bars: counts by year as columns, or by school as rows in alphabetical order. They always start at zero."""

from dataclasses import dataclass
from typing import Final, Literal

from tettpaa.data.charts.canvas import Canvas, Frame, Rows, field_of, hidden_mark, tip
from tettpaa.data.charts.inputs import Size, Spec
from tettpaa.data.charts.lettering import Style, cut, pixel, text_width
from tettpaa.data.charts.ordering import by_name
from tettpaa.data.charts.scales import Axis, Domain, domain
from tettpaa.data.charts.series import trimmed
from tettpaa.data.charts.table import ChartTable
from tettpaa.data.charts.themes import ACCENT, INK, INK2
from tettpaa.data.charts.words import (
    COUNT,
    Language,
    NumberStyle,
    figure_text,
    hidden_text,
    is_hidden,
    say,
    value_text,
    year_text,
)
from tettpaa.data.suppression.figure import SafeFigure

_COLUMNS: Final = {"wide": (452, 220), "page": (492, 200), "narrow": (350, 200)}
_ROWS: Final = {"wide": (452, 28, 180), "page": (492, 24, 180), "narrow": (350, 28, 130)}
_QUIET: Final = 0.45  # opacity of every year but the newest


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure; `name` is the school's, and not used across years."""

    figure: SafeFigure
    name: str = ""


@dataclass(frozen=True, slots=True)
class BarsInput:
    """Counts of one unit `across` years, or of many schools in one year."""

    title: str
    bars: tuple[Bar, ...]
    across: Literal["years", "schools"] = "years"
    style: NumberStyle = COUNT


def limits_of(chart: BarsInput) -> Domain:
    """From zero to the largest shown value."""
    return domain([bar.figure.value for bar in chart.bars], chart.style, ticks=5, from_zero=True)


def spec(chart: BarsInput, *, size: Size = "wide", language: Language = "nb") -> Spec:
    """The bars as Vega-Lite: columns 452 x 220, 492 x 200 or 350 x 200 px; rows as tall as they need."""
    draw = _draw_columns if chart.across == "years" else _draw_rows
    return draw(chart, size, language).spec(alt(chart, language))


def alt(chart: BarsInput, language: Language) -> str:
    """First and last year, or how many schools between which counts; and how many are hidden."""
    bars = _sorted(chart)
    shown = [(bar, bar.figure.value) for bar in bars if bar.figure.value is not None]
    hidden = hidden_text(
        sum(is_hidden(bar.figure.status) and not bar.figure.is_shown for bar in bars), language
    )
    if not shown:
        return f"{chart.title}.{hidden}"
    if chart.across == "years":
        (first, first_value), (last, last_value) = shown[0], shown[-1]
        text = say(
            "alt_bars_years",
            language,
            title=chart.title,
            first=_label(first, chart),
            first_value=value_text(first_value, chart.style, language),
            last=_label(last, chart),
            last_value=value_text(last_value, chart.style, language),
        )
        return text + hidden
    values = [value for _, value in shown]
    low, high = (value_text(end, chart.style, language) for end in (min(values), max(values)))
    return say("alt_bars_schools", language, title=chart.title, count=len(bars), low=low, high=high) + hidden


def table(chart: BarsInput, language: Language) -> ChartTable:
    """One row a bar: years newest first, schools alphabetical."""
    bars = _sorted(chart)
    if chart.across == "years":
        bars.reverse()
    head = say("year" if chart.across == "years" else "school", language)
    rows = tuple((_label(bar, chart), _text(bar, chart, language)) for bar in bars)
    return ChartTable(chart.title, (head, chart.style.value_word or say("count", language)), rows)


def _sorted(chart: BarsInput) -> list[Bar]:
    if chart.across == "years":
        return sorted(chart.bars, key=lambda bar: bar.figure.period)
    return by_name(chart.bars, lambda bar: bar.name)


def _label(bar: Bar, chart: BarsInput) -> str:
    return year_text(bar.figure.period, chart.style.years) if chart.across == "years" else bar.name


def _text(bar: Bar, chart: BarsInput, language: Language) -> str:
    return figure_text(bar.figure.value, bar.figure.status, chart.style, language)


def _tip(bar: Bar, chart: BarsInput, language: Language) -> str:
    return f"{_label(bar, chart)}: {_text(bar, chart, language)}"


def _draw_columns(chart: BarsInput, size: Size, language: Language) -> Canvas:
    """A column a year. Every column carries its count if all fit, else there is a value axis."""
    bars, limits = _sorted(chart), limits_of(chart)
    width, height = _COLUMNS[size]
    first = bars[0].figure.period if bars else 0
    years = (bars[-1].figure.period - first + 1) if bars else 1
    texts = [_text(bar, chart, language) for bar in bars if bar.figure.is_shown]
    direct = max([text_width(text, bold=True) for text in texts], default=0) + 6 <= (width - 8) / years
    ticks = () if direct else limits.ticks
    tick_texts = [limits.tick_text(tick, chart.style, language) for tick in ticks]
    left = 4 if direct else round(max(text_width(text) for text in tick_texts)) + 14
    frame = Frame(width, height, left, 4, 26, 30)
    canvas = Canvas(
        frame,
        Axis(first - 0.5, first + years - 0.5, 0, frame.inner_width),
        Axis(limits.low, limits.high, frame.inner_height, 0),
    )
    canvas.ground(y_grid=ticks)
    step = frame.inner_width / years
    _mark_columns(canvas, chart, bars, min(44.0, step * 0.64), language)
    for tick, text in zip(ticks, tick_texts, strict=True):
        canvas.lettering.add(-10, canvas.y.at(tick), text, Style(INK2, align="right"))
    _letter_columns(canvas, chart, bars, direct, language)
    return canvas


def _mark_columns(
    canvas: Canvas, chart: BarsInput, bars: list[Bar], width: float, language: Language
) -> None:
    newest = max((bar.figure.period for bar in bars if bar.figure.is_shown), default=0)
    for last in (False, True):
        rows: Rows = [
            {
                "year": bar.figure.period,
                "value": trimmed(bar.figure.value, chart.style.decimals),
                "tip": _tip(bar, chart, language),
            }
            for bar in bars
            if bar.figure.is_shown and (bar.figure.period == newest) is last
        ]
        mark = {
            "type": "rule",
            "color": ACCENT,
            "opacity": 1 if last else _QUIET,
            "strokeWidth": round(width, 1),
        }
        low = {"datum": canvas.y.low}
        canvas.draw(rows, mark, x=field_of("year"), y=field_of("value"), y2=low, tooltip=tip())
    hidden: Rows = [
        {"year": bar.figure.period, "tip": _tip(bar, chart, language)}
        for bar in bars
        if is_hidden(bar.figure.status) and not bar.figure.is_shown
    ]
    base = {"datum": canvas.y.low, "type": "quantitative"}
    canvas.draw(hidden, hidden_mark(), x=field_of("year"), y=base, tooltip=tip())


def _letter_columns(
    canvas: Canvas, chart: BarsInput, bars: list[Bar], direct: bool, language: Language
) -> None:
    """Years below, from both ends inwards as they fit; counts above."""
    taken: list[tuple[float, float]] = []
    ends = [bars[0], bars[-1]] if bars else []
    for bar in dict.fromkeys([*ends, *bars[::2], *bars]):
        text, at = _label(bar, chart), canvas.x.at(bar.figure.period)
        half = text_width(text) / 2
        at = min(max(at, half - canvas.frame.left), canvas.frame.inner_width + canvas.frame.right - half)
        if all(at + half + 8 <= start or at - half - 8 >= end for start, end in taken):
            taken.append((at - half, at + half))
            canvas.lettering.add(at, canvas.frame.inner_height + 16, text, Style(INK2, align="center"))
    shown = [bar for bar in bars if bar.figure.value is not None]
    for bar in shown if direct else shown[-1:]:
        value, newest = bar.figure.value or 0, bar is shown[-1]
        text, at = _text(bar, chart, language), canvas.x.at(bar.figure.period)
        if not direct:
            at = min(at, canvas.frame.inner_width + canvas.frame.right - text_width(text, bold=True) / 2)
        style = Style(ACCENT if newest else INK2, bold=newest, align="center")
        canvas.lettering.add(at, canvas.y.at(value) - 10, text, style)


def _draw_rows(chart: BarsInput, size: Size, language: Language) -> Canvas:
    """A row a school: name, bar, count at the bar's end."""
    bars, limits = _sorted(chart), limits_of(chart)
    width, step, most = _ROWS[size]
    names = max([text_width(bar.name) for bar in bars], default=0)
    left = round(min(names, most)) + 14
    right = (
        round(
            max(
                [text_width(_text(b, chart, language), bold=True) for b in bars if b.figure.is_shown],
                default=0,
            )
        )
        + 12
    )
    frame = Frame(width, step * max(len(bars), 1) + 2, left, right, 1, 1)
    canvas = Canvas(frame, Axis(0, limits.high, 0, frame.inner_width), Axis(1, 0, 0, frame.inner_height))
    canvas.ground(base="transparent")
    rows: Rows = []
    squares: Rows = []
    for index, bar in enumerate(bars):
        y, value, text = step * (index + 0.5), bar.figure.value, _text(bar, chart, language)
        canvas.lettering.add(-left, y, cut(bar.name, left - 14), Style(INK))
        if value is None:
            if is_hidden(bar.figure.status):
                squares.append({"px": 5, "py": y})
            canvas.lettering.add(16, y, text)
            continue
        rows.append(
            {"value": trimmed(value, chart.style.decimals), "py": y, "tip": _tip(bar, chart, language)}
        )
        canvas.lettering.add(canvas.x.at(value) + 8, y, text, Style(INK, bold=True))
    mark = {"type": "rule", "color": ACCENT, "strokeWidth": 10}
    canvas.draw(rows, mark, x=field_of("value"), x2={"datum": 0}, y=pixel("py"), tooltip=tip())
    canvas.draw(squares, hidden_mark(36), x=pixel("px"), y=pixel("py"))
    return canvas
