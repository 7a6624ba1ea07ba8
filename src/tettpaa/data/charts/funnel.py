"""Funnel: schools by number of pupils, with the limits that chance alone would keep nine of ten inside."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tettpaa.data.charts.canvas import Canvas, Frame, Rows, dot, field_of, hidden_mark, tip
from tettpaa.data.charts.inputs import Estimate, ReferenceLevel, Size, Spec
from tettpaa.data.charts.lettering import Style, cut, pixel, text_width
from tettpaa.data.charts.ordering import by_name
from tettpaa.data.charts.placing import Box, place
from tettpaa.data.charts.scales import Axis, Domain, domain
from tettpaa.data.charts.series import trimmed
from tettpaa.data.charts.table import ChartTable
from tettpaa.data.charts.themes import ACCENT, AREA, BG, INK, INK2, REF
from tettpaa.data.charts.words import (
    COUNT,
    PLAIN,
    Language,
    NumberStyle,
    count_text,
    figure_text,
    range_text,
    say,
    short_text,
)

_SIZES: Final = {"wide": (792, 430), "page": (492, 340), "narrow": (350, 380)}
_RADIUS: Final = 5.5


@dataclass(frozen=True, slots=True)
class School:
    """One of the owner's own schools; `outside` is decided by the statistics, never by the drawing."""

    estimate: Estimate
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """The funnel's width at `n` pupils."""

    n: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class FunnelInput:
    """Own schools with names, all others as small dots without; a hidden one is told of in words only."""

    title: str
    schools: tuple[School, ...]
    limits: tuple[Limit, ...]
    reference: ReferenceLevel
    others: tuple[Estimate, ...] = ()
    style: NumberStyle = PLAIN
    count_axis: str = ""


def spec(chart: FunnelInput, *, size: Size = "wide", language: Language = "nb") -> Spec:
    """The funnel as Vega-Lite: `wide` 792 x 430, `page` 492 x 340 or `narrow` 350 x 380 px.

    The narrow one names only the schools outside the funnel and the smallest one.
    """
    heights, counts = axes(chart, narrow=size == "narrow")
    canvas = _canvas(chart, heights, counts, size, language)
    canvas.ground()
    _draw_limits(canvas, chart)
    _draw_others(canvas, chart)
    level = trimmed(chart.reference.value, chart.style.decimals)
    rule = {"type": "rule", "color": REF, "strokeWidth": 1.25}
    canvas.draw([{"reference": level}], rule, y=field_of("reference"))
    _draw_schools(canvas, chart, language)
    _letter_axes(canvas, chart, heights, counts, size, language)
    _letter_schools(canvas, chart, narrow=size == "narrow")
    return canvas.spec(alt(chart, language))


def axes(chart: FunnelInput, *, narrow: bool = False) -> tuple[Domain, Domain]:
    """The value axis and the pupil axis, from shown figures, the reference and the limits within them."""
    shown = [*_shown(school.estimate for school in chart.schools), *_shown(chart.others)]
    counts = domain([float(e.n or 0) for e in shown], COUNT, ticks=4 if narrow else 6, from_zero=True)
    values: list[float | None] = [chart.reference.value, *(e.value for e in shown)]
    values += [end for limit in chart.limits if limit.n <= counts.high for end in (limit.low, limit.high)]
    return domain(values, chart.style), counts


def alt(chart: FunnelInput, language: Language) -> str:
    """How many schools, which own ones are outside, and which are hidden."""
    outside = [s.estimate.name for s in _sorted(chart) if s.outside and s.estimate.is_shown]
    names = (
        say("outside_some", language, names=", ".join(outside)) if outside else say("outside_none", language)
    )
    text = say("alt_funnel", language, title=chart.title, count=len(chart.schools), outside=names)
    text = f"{text[:-1]}; {chart.reference.name} {short_text(chart.reference.value, chart.style, language)}."
    hidden = _hidden_names(chart)
    return text + (f" {say('hidden_schools', language, names=hidden)}." if hidden else "")


def table(chart: FunnelInput, language: Language) -> ChartTable:
    """The owner's own schools: pupils, level, interval, outside or not; and how many other schools are drawn."""
    header = (
        say("school", language),
        chart.style.count_word or say("count", language),
        chart.style.value_word or say("level", language),
        say("between_head", language),
        say("outside_head", language),
    )
    rows = tuple(_cells(school, chart.style, language) for school in _sorted(chart))
    reference = f"{chart.reference.name} {short_text(chart.reference.value, chart.style, language)}"
    others = len(_shown(chart.others))
    more = f", {say('outside_others', language, count=others)}" if others else ""
    return ChartTable(f"{chart.title}. {reference}{more}", header, rows)


def _cells(school: School, style: NumberStyle, language: Language) -> tuple[str, ...]:
    level = school.estimate
    return (
        level.name,
        count_text(level.n, language),
        figure_text(level.value, level.status, style, language),
        range_text(level.low, level.high, style, language),
        say("yes" if school.outside else "no", language) if level.is_shown else "",
    )


def _shown(estimates: Iterable[Estimate]) -> list[Estimate]:
    """Those that can be placed: a value and a number of pupils, both shown."""
    return [e for e in estimates if e.value is not None and e.n is not None]


def _sorted(chart: FunnelInput) -> list[School]:
    return by_name(chart.schools, lambda school: school.estimate.name)


def _hidden_names(chart: FunnelInput) -> str:
    return ", ".join(s.estimate.name for s in _sorted(chart) if not s.estimate.is_shown)


def _canvas(chart: FunnelInput, heights: Domain, counts: Domain, size: Size, language: Language) -> Canvas:
    width, height = _SIZES[size]
    left = round(max(text_width(heights.tick_text(t, chart.style, language)) for t in heights.ticks)) + 14
    right = 14
    if size == "wide":
        words = (say("inside", language), say("inside_more", language), _reference_text(chart, language))
        right = round(max(text_width(text) for text in words)) + 14
    frame = Frame(width, height, left, right, 10, 74 if _hidden_names(chart) else 54)
    return Canvas(
        frame,
        Axis(0, counts.high, 0, frame.inner_width),
        Axis(heights.low, heights.high, frame.inner_height, 0),
    )


def _reference_text(chart: FunnelInput, language: Language) -> str:
    return f"{chart.reference.name} {short_text(chart.reference.value, chart.style, language)}"


def _draw_limits(canvas: Canvas, chart: FunnelInput) -> None:
    """The funnel as a grey area, one decimal finer than the values so that its edge is smooth."""
    finer = chart.style.decimals + 1
    rows: Rows = [
        {"n": limit.n, "low": round(limit.low, finer), "high": round(limit.high, finer)}
        for limit in sorted(chart.limits, key=lambda limit: limit.n)
        if limit.n <= canvas.x.high
    ]
    mark = {"type": "area", "color": REF, "opacity": AREA}
    canvas.draw(rows, mark, x=field_of("n"), y=field_of("low"), y2={"field": "high"})


def _draw_others(canvas: Canvas, chart: FunnelInput) -> None:
    rows: Rows = [{"n": e.n, "value": trimmed(e.value, chart.style.decimals)} for e in _shown(chart.others)]
    mark = {"type": "point", "shape": "circle", "size": 15.2, "fill": REF, "strokeWidth": 0, "opacity": 0.3}
    canvas.draw(rows, mark, x=field_of("n"), y=field_of("value"))


def _draw_schools(canvas: Canvas, chart: FunnelInput, language: Language) -> None:
    """Rings for own schools, filled outside the funnel."""
    for outside in (False, True):
        rows: Rows = []
        for school in _sorted(chart):
            level = school.estimate
            if school.outside is outside and level.value is not None and level.n is not None:
                words = _cells(school, chart.style, language)
                tip_text = f"{words[0]}: {words[2]}" + (f" ({words[3]})" if words[3] else "")
                rows.append(
                    {"n": level.n, "value": trimmed(level.value, chart.style.decimals), "tip": tip_text}
                )
        mark = dot(_RADIUS, ACCENT) if outside else dot(_RADIUS, BG, edge=ACCENT, edge_width=2)
        canvas.draw(rows, mark, x=field_of("n"), y=field_of("value"), tooltip=tip())


def _letter_axes(
    canvas: Canvas, chart: FunnelInput, heights: Domain, counts: Domain, size: Size, language: Language
) -> None:
    bottom, right = canvas.frame.inner_height, canvas.frame.inner_width
    for tick in heights.ticks:
        text = heights.tick_text(tick, chart.style, language)
        canvas.lettering.add(-10, canvas.y.at(tick), text, Style(INK2, align="right"))
    for tick in counts.ticks:
        at = min(canvas.x.at(tick), right + canvas.frame.right - text_width(f"{tick:.0f}") / 2)
        canvas.lettering.add(at, bottom + 15, counts.tick_text(tick, COUNT, language), Style(align="center"))
    axis = chart.count_axis or say("pupils_axis", language)
    small = say("small_axis", language)
    canvas.lettering.add(right, bottom + 36, axis, Style(align="right"))
    if text_width(axis) + text_width(small) + 20 <= right:
        canvas.lettering.add(0, bottom + 36, small)
    if _hidden_names(chart):
        canvas.draw([{"px": 4, "py": bottom + 58}], hidden_mark(30), x=pixel("px"), y=pixel("py"))
        hidden = say("hidden_schools", language, names=_hidden_names(chart))
        canvas.lettering.add(14, bottom + 58, cut(hidden, canvas.frame.width - canvas.frame.left - 20))
    if size == "wide":
        _letter_inside(canvas, chart, language)


def _letter_inside(canvas: Canvas, chart: FunnelInput, language: Language) -> None:
    """At the right: what the grey area means, and the reference."""
    x, level = canvas.frame.inner_width + 9, canvas.y.at(chart.reference.value)
    canvas.lettering.add(x, level, _reference_text(chart, language), Style(REF))
    inside = [limit for limit in chart.limits if limit.n <= canvas.x.high]
    top = canvas.y.at(max(inside, key=lambda limit: limit.n).high) if inside else level
    y = min(top, level - 50)
    canvas.lettering.add(x, y, say("inside", language), Style(REF))
    canvas.lettering.add(x, y + 15, say("inside_more", language), Style(REF))


def _letter_schools(canvas: Canvas, chart: FunnelInput, *, narrow: bool) -> None:
    """Names beside their circles, where they meet neither circle nor name."""
    schools = [s for s in _sorted(chart) if s.estimate.value is not None and s.estimate.n is not None]
    spots = [(canvas.x.at(s.estimate.n or 0), canvas.y.at(s.estimate.value or 0)) for s in schools]
    taken = [Box.around(x, y, _RADIUS + 1, _RADIUS + 1) for x, y in spots]
    smallest = min((s.estimate.n or 0 for s in schools), default=0)
    room = Box(
        0, 0, canvas.frame.inner_width + (0 if narrow else canvas.frame.right), canvas.frame.inner_height
    )
    level = canvas.y.at(chart.reference.value)
    rule = Box(0, level - 1, room.right, level + 1)
    order = sorted(range(len(schools)), key=lambda i: not schools[i].outside)
    for i in order:
        school = schools[i]
        if narrow and not school.outside and school.estimate.n != smallest:
            continue
        width = text_width(school.estimate.name, bold=True)
        # Best clear of the reference's rule too; across it is better than no name.
        spot = place(spots[i], width, [*taken, rule], room) or place(spots[i], width, taken, room)
        if spot is not None:
            taken.append(spot.box(width))
            colour = ACCENT if school.outside else INK
            canvas.lettering.add(
                spot.x, spot.y, school.estimate.name, Style(colour, bold=True, align=spot.align)
            )
