"""Panel: one of many small charts on the same scale, name and certainty standing above it in the page."""

from dataclasses import dataclass
from typing import Final

from tettpaa.data.charts import strokes, trend
from tettpaa.data.charts.axes import letter_years
from tettpaa.data.charts.canvas import Canvas, Frame
from tettpaa.data.charts.inputs import Size, Spec
from tettpaa.data.charts.lettering import Style, cut, text_width
from tettpaa.data.charts.scales import Axis, Domain, domain, rounded, spread
from tettpaa.data.charts.series import last_shown
from tettpaa.data.charts.table import ChartTable
from tettpaa.data.charts.themes import ACCENT, REF
from tettpaa.data.charts.trend import LaidTrend, TrendInput
from tettpaa.data.charts.words import Language, NumberStyle, value_text

_SIZES: Final = {"wide": (183, 112), "page": (160, 104), "narrow": (160, 112)}
_BOTTOM: Final = 24
_TOP: Final = 8
_LEFT: Final = 4
_RIGHT: Final = 53


@dataclass(frozen=True, slots=True)
class PanelInput:
    """A unit's trend on a scale shared with its neighbours; only the `first` panel names the reference."""

    trend: TrendInput
    limits: Domain
    first: bool = False


def shared_limits(trends: tuple[TrendInput, ...], style: NumberStyle) -> Domain:
    """The scale that holds every shown value of all the panels; say it with `Domain.words`."""
    heights = [height for chart in trends for height in trend.lay(chart).heights()]
    return rounded(domain(heights, style, ticks=7, margin=0))


def spec(chart: PanelInput, *, size: Size = "wide", language: Language = "nb") -> Spec:
    """The panel as Vega-Lite: `wide` 183 x 112, `page` 160 x 104 or `narrow` 160 x 112 px."""
    laid = trend.lay(chart.trend)
    width, height = _SIZES[size]
    frame = Frame(width, height, _LEFT, _right(chart, language), _TOP, _BOTTOM)
    canvas = Canvas(
        frame,
        Axis(0, laid.years.width, 0, frame.inner_width),
        Axis(chart.limits.low, chart.limits.high, frame.inner_height, 0),
    )
    canvas.ground(y_grid=(chart.limits.high,))
    strokes.draw_breaks(canvas, laid.years, above=0)
    strokes.draw_band(canvas, laid.points)
    for turn, (_, points) in enumerate(laid.references):
        strokes.draw_reference(canvas, points, turn)
    if laid.pooled is not None:
        strokes.draw_pooled(canvas, laid.pooled, laid.years, chart.trend.style.decimals)
    strokes.draw_line(canvas, laid.points)
    strokes.draw_hidden(canvas, laid.points)
    end = last_shown(laid.points)
    if end is not None and not end.old:
        strokes.draw_end(canvas, end, radius=3.5)
    letter_years(canvas, laid.years, chart.trend.style.years, ends_only=True)
    _letter_ends(canvas, chart, laid, language)
    return canvas.spec(trend.sentence(chart.trend, laid, language))


def alt(chart: PanelInput, language: Language) -> str:
    """As the trend's."""
    return trend.alt(chart.trend, language)


def table(chart: PanelInput, language: Language) -> ChartTable:
    """As the trend's."""
    return trend.table(chart.trend, language)


def _right(chart: PanelInput, language: Language) -> int:
    """The same margin in all panels of a scale: room for its longest figure."""
    ends = (value_text(end, chart.trend.style, language) for end in (chart.limits.low, chart.limits.high))
    return max(_RIGHT, 12 + round(max(text_width(text, bold=True) for text in ends)))


def _letter_ends(canvas: Canvas, chart: PanelInput, laid: LaidTrend, language: Language) -> None:
    """The newest figure in the accent, and in the first panel what the dotted line is."""
    style = chart.trend.style
    wanted, labels = [], []
    newest = trend.newest_of(laid, style)
    if newest is not None and not newest.is_old:
        wanted.append(canvas.y.at(newest.value))
        labels.append((value_text(newest.value, style, language), Style(ACCENT, bold=True)))
    for name, points in laid.references if chart.first else ():
        end = last_shown(points)
        if end is not None and end.value is not None:
            wanted.append(canvas.y.at(end.value))
            labels.append((cut(name, canvas.frame.right - 8), Style(REF)))
    places = spread(wanted, [14.0] * len(wanted), 0, canvas.frame.inner_height)
    for (text, lettering), y in zip(labels, places, strict=True):
        canvas.lettering.add(canvas.frame.inner_width + 8, y, text, lettering)
