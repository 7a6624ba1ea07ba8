"""Strip: one school's level and interval against the reference, for a row of a table or beside a sentence."""

from dataclasses import dataclass
from typing import Final

from tettpaa.data.charts import rows
from tettpaa.data.charts.canvas import Canvas, Frame, dot, field_of, hidden_mark
from tettpaa.data.charts.inputs import Estimate, ReferenceLevel, Size, Spec
from tettpaa.data.charts.lettering import Style, pixel, text_width
from tettpaa.data.charts.rows import Row, RowsInput
from tettpaa.data.charts.scales import Axis, Domain
from tettpaa.data.charts.series import trimmed
from tettpaa.data.charts.table import ChartTable
from tettpaa.data.charts.themes import ACCENT, INK2, LINE, REF
from tettpaa.data.charts.words import (
    PLAIN,
    Language,
    NumberStyle,
    between_text,
    say,
    short_text,
    status_text,
    value_text,
)

_WIDTHS: Final = {"wide": 284, "page": 200, "narrow": 350}
_PLAIN: Final = 32
_NAMED: Final = 62


@dataclass(frozen=True, slots=True)
class StripInput:
    """A level on a scale shared with its neighbours (`rows.limits_of`).

    `named` writes the level above the dot and the reference below its rule, for a strip that stands alone.
    """

    title: str
    estimate: Estimate
    limits: Domain
    reference: ReferenceLevel | None = None
    style: NumberStyle = PLAIN
    named: bool = False


def spec(chart: StripInput, *, size: Size = "wide", language: Language = "nb") -> Spec:
    """The strip as Vega-Lite: 284 (`wide`), 200 (`page`) or 350 (`narrow`) px wide, 32 high or 62 if named."""
    height = _NAMED if chart.named else _PLAIN
    frame = Frame(_WIDTHS[size], height, 8, 8, 0, 0)
    axis = Axis(chart.limits.low, chart.limits.high, 0, frame.inner_width)
    canvas = Canvas(frame, axis, Axis(-1, 1, height, 0))
    canvas.ground(base="transparent")
    middle = height / 2
    ends: dict[str, object] = {"px": -8, "px2": frame.inner_width + 8, "py": middle}
    mark = {"type": "rule", "color": LINE, "strokeWidth": 1}
    canvas.draw([ends], mark, x=pixel("px"), x2={"field": "px2"}, y=pixel("py"))
    _draw_level(canvas, chart, middle)
    if chart.named:
        _letter(canvas, chart, middle, language)
    return canvas.spec(alt(chart, language))


def alt(chart: StripInput, language: Language) -> str:
    """The level, its interval and the reference in one sentence."""
    level, style = chart.estimate, chart.style
    if level.value is None:
        return f"{chart.title}, {level.name}: {status_text(level.status, language)}."
    reference = ""
    if chart.reference is not None:
        reference = f"; {chart.reference.name} {short_text(chart.reference.value, style, language)}"
    return say(
        "alt_value",
        language,
        title=chart.title,
        name=level.name,
        value=value_text(level.value, style, language),
        between=between_text(level.low, level.high, style, language),
        references=reference,
    )


def table(chart: StripInput, language: Language) -> ChartTable:
    """As one row of the rows chart."""
    one = RowsInput(chart.title, (Row(chart.estimate),), chart.style, chart.reference)
    return rows.table(one, language)


def _draw_level(canvas: Canvas, chart: StripInput, middle: float) -> None:
    level, decimals = chart.estimate, chart.style.decimals
    if level.value is None:
        canvas.draw([{"px": 4, "py": middle}], hidden_mark(36), x=pixel("px"), y=pixel("py"))
    elif level.low is not None and level.high is not None:
        bar = {"low": trimmed(level.low, decimals), "high": trimmed(level.high, decimals), "py": middle}
        mark = {"type": "rule", "color": ACCENT, "opacity": 0.3, "strokeWidth": 7}
        canvas.draw([bar], mark, x=field_of("low"), x2={"field": "high"}, y=pixel("py"))
    if chart.reference is not None:
        value = trimmed(chart.reference.value, decimals)
        rule = {"reference": value, "py": middle - 13, "py2": middle + 13}
        mark = {"type": "rule", "color": REF, "strokeWidth": 1.25}
        canvas.draw([rule], mark, x=field_of("reference"), y=pixel("py"), y2={"field": "py2"})
    if level.value is not None:
        row = {"value": trimmed(level.value, decimals), "py": middle}
        canvas.draw([row], dot(6, ACCENT), x=field_of("value"), y=pixel("py"))


def _letter(canvas: Canvas, chart: StripInput, middle: float, language: Language) -> None:
    level, style = chart.estimate, chart.style
    if level.value is None:
        canvas.lettering.add(14, middle - 20, status_text(level.status, language), Style(INK2))
    else:
        text = value_text(level.value, style, language)
        at = _kept(canvas, text, canvas.x.at(level.value))
        canvas.lettering.add(at, middle - 17, text, Style(ACCENT, bold=True, align="center"))
    if chart.reference is not None:
        text = f"{chart.reference.name} {short_text(chart.reference.value, style, language)}"
        at = _kept(canvas, text, canvas.x.at(chart.reference.value))
        canvas.lettering.add(at, middle + 23, text, Style(REF, align="center"))


def _kept(canvas: Canvas, text: str, middle: float) -> float:
    """The middle moved so that the text stays inside the picture."""
    half = text_width(text, bold=True) / 2
    return min(max(middle, half - 8), canvas.frame.inner_width + 8 - half)
