"""Cohort: the same pupils from grade to grade (5, 8, 9), one line a cohort."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from tettpaa.data.charts.canvas import Canvas, Frame, Rows, dot, field_of, hidden_mark, tip
from tettpaa.data.charts.inputs import Break, ReferenceLevel, Size, Spec
from tettpaa.data.charts.lettering import Style, cut, text_width
from tettpaa.data.charts.scales import Axis, Domain, domain, spread
from tettpaa.data.charts.series import trimmed
from tettpaa.data.charts.table import ChartTable
from tettpaa.data.charts.themes import ACCENT, ACCENT_OLD, BAND, INK2, REF
from tettpaa.data.charts.words import (
    PLAIN,
    Language,
    NumberStyle,
    figure_text,
    hidden_text,
    is_hidden,
    range_text,
    say,
    short_text,
    value_text,
    year_text,
)
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Status

_SIZES: Final = {"wide": (452, 300), "page": (492, 280), "narrow": (350, 260)}
_LINE: Final = 15.0
_LABEL_WIDTH: Final = 120


@dataclass(frozen=True, slots=True)
class Cohort:
    """The pupils who were in the same grade the same year; their figures, one a grade, in any order."""

    name: str
    figures: tuple[SafeFigure, ...]


@dataclass(frozen=True, slots=True)
class CohortInput:
    """Cohorts, the newest last: that one is drawn strong and with its interval."""

    title: str
    cohorts: tuple[Cohort, ...]
    style: NumberStyle = PLAIN
    reference: ReferenceLevel | None = None
    breaks: tuple[Break, ...] = ()


class _Stop(NamedTuple):
    """One cohort in one grade; `run` numbers the stretches that may be joined by a line."""

    cohort: int
    grade: int
    period: int
    run: int
    value: float | None
    low: float | None
    high: float | None
    status: Status


def limits_of(chart: CohortInput) -> Domain:
    """From every shown value, the newest cohort's intervals and the reference."""
    values: list[float | None] = [chart.reference.value] if chart.reference else []
    stops = _stops(chart)
    values += (stop.value for stop in stops)
    newest = [stop for stop in stops if stop.cohort == len(chart.cohorts) - 1]
    values += [end for stop in newest for end in (stop.low, stop.high)]
    return domain(values, chart.style)


def spec(chart: CohortInput, *, size: Size = "wide", language: Language = "nb") -> Spec:
    """The cohorts as Vega-Lite: `wide` 452 x 300, `page` 492 x 280 or `narrow` 350 x 260 px."""
    stops, limits = _stops(chart), limits_of(chart)
    canvas = _canvas(chart, stops, limits, size, language)
    canvas.ground(y_grid=limits.ticks)
    last = len(chart.cohorts) - 1
    _draw_band(canvas, [stop for stop in stops if stop.cohort == last])
    if chart.reference is not None:
        mark = {"type": "rule", "color": REF, "strokeWidth": 1.25, "strokeDash": [1, 3.2]}
        canvas.draw(
            [{"reference": trimmed(chart.reference.value, chart.style.decimals)}],
            mark,
            y=field_of("reference"),
        )
    for strong in (False, True):
        drawn = [stop for stop in stops if (stop.cohort == last) is strong]
        _draw_lines(canvas, chart, drawn, strong=strong, language=language)
    _draw_hidden(canvas, chart, stops, language)
    _letter(canvas, chart, stops, limits, language)
    return canvas.spec(alt(chart, language))


def alt(chart: CohortInput, language: Language) -> str:
    """Each cohort's course from its first to its last shown grade; and how many figures are hidden."""
    stops = _stops(chart)
    courses = []
    for index, cohort in enumerate(chart.cohorts):
        own = [stop for stop in stops if stop.cohort == index and stop.value is not None]
        steps = ", ".join(
            f"{say('grade', language, grade=stop.grade)} {value_text(stop.value or 0, chart.style, language)}"
            for stop in own
        )
        if steps:
            courses.append(f"{cohort.name}: {steps}")
    hidden = sum(is_hidden(stop.status) and stop.value is None for stop in stops)
    if not courses:
        return f"{chart.title}.{hidden_text(hidden, language)}"
    if chart.reference is not None:
        courses.append(f"{chart.reference.name} {short_text(chart.reference.value, chart.style, language)}")
    return say("alt_cohort", language, title=chart.title, courses="; ".join(courses)) + hidden_text(
        hidden, language
    )


def table(chart: CohortInput, language: Language) -> ChartTable:
    """One row for each cohort and grade, in the order given; only the newest cohort has an interval drawn."""
    rows = []
    for stop in _stops(chart):
        between = ""
        if stop.cohort == len(chart.cohorts) - 1:
            between = range_text(stop.low, stop.high, chart.style, language)
        rows.append(
            (
                chart.cohorts[stop.cohort].name,
                say("grade", language, grade=stop.grade),
                year_text(stop.period, chart.style.years),
                figure_text(stop.value, stop.status, chart.style, language),
                between,
            )
        )
    header = (
        say("cohort", language),
        say("grade_head", language),
        say("year", language),
        chart.style.value_word or say("value", language),
        say("between_head", language),
    )
    caption = chart.title
    if chart.reference is not None:
        caption += f". {chart.reference.name} {short_text(chart.reference.value, chart.style, language)}"
    return ChartTable(caption, header, tuple(rows))


def _stops(chart: CohortInput) -> list[_Stop]:
    """Every cohort's grades in order. No line crosses a break or a figure without a value."""
    stops: list[_Stop] = []
    run = 0
    for index, cohort in enumerate(chart.cohorts):
        before: SafeFigure | None = None
        for figure in sorted(cohort.figures, key=lambda figure: figure.grade):
            run += not _joined(before, figure, chart.breaks)
            before = figure
            banded = figure.low is not None and figure.high is not None
            stops.append(
                _Stop(
                    index,
                    figure.grade,
                    figure.period,
                    run,
                    trimmed(figure.value, chart.style.decimals),
                    trimmed(figure.low, chart.style.decimals) if banded else None,
                    trimmed(figure.high, chart.style.decimals) if banded else None,
                    figure.status,
                )
            )
    return stops


def _joined(before: SafeFigure | None, figure: SafeFigure, breaks: tuple[Break, ...]) -> bool:
    if before is None or not before.is_shown or not figure.is_shown:
        return False
    return not any(before.period < cut.period <= figure.period for cut in breaks)


def _canvas(
    chart: CohortInput, stops: Sequence[_Stop], limits: Domain, size: Size, language: Language
) -> Canvas:
    ticks = [limits.tick_text(tick, chart.style, language) for tick in limits.ticks]
    left = round(max([text_width(text) for text in ticks], default=0)) + 14
    labels = [cohort.name for cohort in chart.cohorts]
    if chart.reference is not None:
        labels.append(f"{chart.reference.name} {short_text(chart.reference.value, chart.style, language)}")
    right = round(min(max([text_width(text, bold=True) for text in labels], default=0), _LABEL_WIDTH)) + 16
    width, height = _SIZES[size]
    frame = Frame(width, height, left, right, 14, 34)
    grades = sorted({stop.grade for stop in stops}) or [0]
    return Canvas(
        frame,
        Axis(grades[0] - 0.25, max(grades[-1], grades[0] + 1) + 0.1, 0, frame.inner_width),
        Axis(limits.low, limits.high, frame.inner_height, 0),
    )


def _draw_band(canvas: Canvas, stops: Sequence[_Stop]) -> None:
    """An upright bar for each interval: between the grades nothing was measured."""
    rows: Rows = [{"grade": s.grade, "low": s.low, "high": s.high} for s in stops if s.low is not None]
    mark = {"type": "rule", "color": ACCENT, "opacity": BAND, "strokeWidth": 14}
    canvas.draw(rows, mark, x=field_of("grade"), y=field_of("low"), y2={"field": "high"})


def _draw_lines(
    canvas: Canvas, chart: CohortInput, stops: Sequence[_Stop], *, strong: bool, language: Language
) -> None:
    colour = ACCENT if strong else ACCENT_OLD
    shown = [stop for stop in stops if stop.value is not None]
    line = {"type": "line", "color": colour, "strokeWidth": 2.25 if strong else 1.5, "strokeJoin": "round"}
    canvas.draw(
        [{"grade": s.grade, "value": s.value, "run": s.run} for s in shown],
        line,
        x=field_of("grade"),
        y=field_of("value"),
        detail={"field": "run", "type": "nominal"},
    )
    dots: Rows = [{"grade": s.grade, "value": s.value, "tip": _tip(chart, s, language)} for s in shown]
    mark = dot(4 if strong else 3.5, colour)
    canvas.draw(dots, mark, x=field_of("grade"), y=field_of("value"), tooltip=tip())


def _draw_hidden(canvas: Canvas, chart: CohortInput, stops: Sequence[_Stop], language: Language) -> None:
    """Open squares on the baseline, side by side where several cohorts are hidden in the same grade."""
    per_px = (canvas.x.high - canvas.x.low) / canvas.frame.inner_width
    beside: dict[int, int] = {}
    rows: Rows = []
    for stop in stops:
        if stop.value is None and is_hidden(stop.status):
            count = beside[stop.grade] = beside.get(stop.grade, -1) + 1
            x = round(stop.grade + count * 9 * per_px, 3)
            rows.append({"x": x, "tip": _tip(chart, stop, language)})
    base = {"datum": canvas.y.low, "type": "quantitative"}
    canvas.draw(rows, hidden_mark(), x=field_of("x"), y=base, tooltip=tip())


def _tip(chart: CohortInput, stop: _Stop, language: Language) -> str:
    what = figure_text(stop.value, stop.status, chart.style, language)
    year = year_text(stop.period, chart.style.years)
    return f"{chart.cohorts[stop.cohort].name}, {say('grade', language, grade=stop.grade)} {year}: {what}"


def _letter(
    canvas: Canvas, chart: CohortInput, stops: Sequence[_Stop], limits: Domain, language: Language
) -> None:
    for tick in limits.ticks:
        text = limits.tick_text(tick, chart.style, language)
        canvas.lettering.add(-10, canvas.y.at(tick), text, Style(INK2, align="right"))
    below = canvas.frame.inner_height + 17
    for grade in sorted({stop.grade for stop in stops}):
        text, at = say("grade", language, grade=grade), canvas.x.at(grade)
        at = min(
            max(at, text_width(text) / 2 - canvas.frame.left), canvas.frame.inner_width + canvas.frame.right
        )
        canvas.lettering.add(at, below, text, Style(INK2, align="center"))
    labels: list[tuple[float, str, Style]] = []
    for index, cohort in enumerate(chart.cohorts):
        shown = [stop.value for stop in stops if stop.cohort == index and stop.value is not None]
        strong = index == len(chart.cohorts) - 1
        if shown:
            name = cut(cohort.name, _LABEL_WIDTH, bold=strong)
            labels.append((shown[-1], name, Style(ACCENT if strong else INK2, bold=strong)))
    if chart.reference is not None:
        text = f"{chart.reference.name} {short_text(chart.reference.value, chart.style, language)}"
        labels.append((chart.reference.value, cut(text, _LABEL_WIDTH), Style(REF)))
    wanted = [canvas.y.at(value) for value, _, _ in labels]
    places = spread(wanted, [_LINE] * len(labels), 0, canvas.frame.inner_height)
    for (_, text, style), y in zip(labels, places, strict=True):
        canvas.lettering.add(canvas.frame.inner_width + 9, y, text, style)
