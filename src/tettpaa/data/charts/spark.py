"""Spark: a line in a list row. It shows the course only; the figure itself stands beside it in the row."""

from dataclasses import dataclass
from typing import Final

from tettpaa.data.charts import strokes, trend
from tettpaa.data.charts.canvas import Canvas, Frame
from tettpaa.data.charts.inputs import Size, Spec
from tettpaa.data.charts.scales import Axis, domain
from tettpaa.data.charts.series import last_shown
from tettpaa.data.charts.table import ChartTable
from tettpaa.data.charts.themes import BG
from tettpaa.data.charts.trend import TrendInput
from tettpaa.data.charts.words import Language, is_hidden

_SIZES: Final = {"wide": (144, 32), "page": (100, 28), "narrow": (100, 28)}
_EDGE: Final = 5


@dataclass(frozen=True, slots=True)
class SparkInput:
    """A unit's trend, on a scale of its own."""

    trend: TrendInput


def spec(chart: SparkInput, *, size: Size = "wide", language: Language = "nb") -> Spec:
    """The line as Vega-Lite: `wide` 144 x 32, `page` and `narrow` 100 x 28 px."""
    laid = trend.lay(chart.trend)
    width, height = _SIZES[size]
    frame = Frame(width, height, _EDGE, _EDGE, 4, 4)
    limits = domain(laid.heights(), chart.trend.style, ticks=3)
    # Squares for hidden years get a strip of their own, a third of the height, below the line.
    hidden = any(is_hidden(point.status) and point.value is None for point in laid.points)
    low = limits.low - (0.5 * (limits.high - limits.low) if hidden else 0)
    canvas = Canvas(
        frame, Axis(0, laid.years.width, 0, frame.inner_width), Axis(low, limits.high, frame.inner_height, 0)
    )
    canvas.ground(base=BG)
    strokes.draw_breaks(canvas, laid.years, above=0)
    strokes.draw_band(canvas, laid.points)
    for turn, (_, points) in enumerate(laid.references):
        strokes.draw_reference(canvas, points, turn)
    if laid.pooled is not None:
        strokes.draw_pooled(canvas, laid.pooled, laid.years, chart.trend.style.decimals)
    strokes.draw_line(canvas, laid.points)
    strokes.draw_hidden(canvas, laid.points, size=16)
    newest = last_shown(laid.points)
    if newest is not None:
        strokes.draw_end(canvas, newest, radius=3)
    return canvas.spec(trend.sentence(chart.trend, laid, language))


def alt(chart: SparkInput, language: Language) -> str:
    """As the trend's."""
    return trend.alt(chart.trend, language)


def table(chart: SparkInput, language: Language) -> ChartTable:
    """As the trend's."""
    return trend.table(chart.trend, language)
