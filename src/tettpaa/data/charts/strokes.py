"""What trend, panel and spark have in common: band, line, reference, break rules and hidden years."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from tettpaa.data.charts.canvas import Canvas, Rows, dot, field_of, hidden_mark, tip
from tettpaa.data.charts.inputs import Estimate
from tettpaa.data.charts.lettering import pixel
from tettpaa.data.charts.series import Point, Years, trimmed
from tettpaa.data.charts.themes import ACCENT, ACCENT_OLD, BAND, BAND_OLD, REF
from tettpaa.data.charts.words import is_hidden

LINE_WIDTH: Final = 2.25
DOTTED: Final = ([1, 3.2], [4, 3])

type Tip = Callable[[Point], str]


def draw_band(canvas: Canvas, points: Sequence[Point]) -> None:
    """The interval as an area, fainter before a break; a year that stands alone gets a bar of its own."""
    runs = Counter(point.run for point in points if point.is_banded)
    for old, opacity in ((True, BAND_OLD), (False, BAND)):
        banded = [point for point in points if point.is_banded and point.old is old]
        rows: Rows = [
            {"x": p.x, "low": p.low, "high": p.high, "run": p.run} for p in banded if runs[p.run] > 1
        ]
        canvas.draw(
            rows,
            {"type": "area", "color": ACCENT, "opacity": opacity},
            x=field_of("x"),
            y=field_of("low"),
            y2={"field": "high"},
            detail={"field": "run", "type": "nominal"},
        )
        alone: Rows = [{"x": p.x, "low": p.low, "high": p.high} for p in banded if runs[p.run] == 1]
        canvas.draw(
            alone,
            {"type": "rule", "color": ACCENT, "opacity": opacity, "strokeWidth": 9},
            x=field_of("x"),
            y=field_of("low"),
            y2={"field": "high"},
        )


def draw_reference(canvas: Canvas, points: Iterable[Point], turn: int = 0) -> None:
    """A dotted grey line, broken where the series is."""
    rows: Rows = [{"x": p.x, "value": p.value, "run": p.run} for p in points if p.value is not None]
    canvas.draw(
        rows,
        {"type": "line", "color": REF, "strokeWidth": 1.25, "strokeDash": DOTTED[turn % len(DOTTED)]},
        x=field_of("x"),
        y=field_of("value"),
        detail={"field": "run", "type": "nominal"},
    )


def draw_line(canvas: Canvas, points: Sequence[Point], tips: Tip | None = None, radius: float = 0) -> None:
    """The unit's own line, at half strength before a break; dots on every year when `radius` is given.

    A year that stands alone has no line, so it always gets a dot.
    """
    runs = Counter(point.run for point in points if point.value is not None)
    for old, colour in ((True, ACCENT_OLD), (False, ACCENT)):
        shown = [point for point in points if point.value is not None and point.old is old]
        canvas.draw(
            [{"x": p.x, "value": p.value, "run": p.run} for p in shown if runs[p.run] > 1],
            {"type": "line", "color": colour, "strokeWidth": LINE_WIDTH, "strokeJoin": "round"},
            x=field_of("x"),
            y=field_of("value"),
            detail={"field": "run", "type": "nominal"},
        )
        _draw_dots(canvas, [p for p in shown if radius or runs[p.run] == 1], colour, radius or 2.5, tips)


def _draw_dots(canvas: Canvas, points: Iterable[Point], colour: str, radius: float, tips: Tip | None) -> None:
    rows: Rows = [{"x": p.x, "value": p.value} | ({"tip": tips(p)} if tips else {}) for p in points]
    channels = {"x": field_of("x"), "y": field_of("value")}
    canvas.draw(rows, dot(radius, colour), **channels, **({"tooltip": tip()} if tips else {}))


def draw_end(canvas: Canvas, point: Point, radius: float) -> None:
    """The newest year's dot."""
    canvas.draw(
        [{"x": point.x, "value": point.value}],
        dot(radius, ACCENT_OLD if point.old else ACCENT),
        x=field_of("x"),
        y=field_of("value"),
    )


def draw_hidden(canvas: Canvas, points: Iterable[Point], tips: Tip | None = None, size: int = 25) -> None:
    """A small open square on the baseline for every hidden year, `size` px² large."""
    hidden = [point for point in points if is_hidden(point.status) and point.value is None]
    rows: Rows = [{"x": p.x} | ({"tip": tips(p)} if tips else {}) for p in hidden]
    canvas.draw(
        rows,
        hidden_mark(size),
        x=field_of("x"),
        y={"datum": canvas.y.low, "type": "quantitative"},
        **({"tooltip": tip()} if tips else {}),
    )


def draw_breaks(canvas: Canvas, years: Years, above: float) -> None:
    """A dashed rule in the middle of each break's gap, `above` px taller than the plot."""
    rows: Rows = [
        {"x": years.rule_at(cut), "py": -above, "py2": canvas.frame.inner_height} for cut in years.breaks
    ]
    canvas.draw(
        rows,
        {"type": "rule", "color": REF, "strokeWidth": 1, "strokeDash": [3, 3]},
        x=field_of("x"),
        y=pixel("py"),
        y2={"field": "py2"},
    )


def draw_pooled(canvas: Canvas, pooled: Estimate, years: Years, decimals: int, tip_text: str = "") -> None:
    """Several years together: one level line and its interval, over the years it covers."""
    row = pooled_row(pooled, years, decimals)
    span = {"x": field_of("x"), "x2": {"field": "x2"}}
    if "low" in row:
        canvas.draw(
            [{key: row[key] for key in ("x", "x2", "low", "high")}],
            {"type": "rect", "color": ACCENT, "opacity": BAND},
            **span,
            y=field_of("low"),
            y2={"field": "high"},
        )
    level = {key: row[key] for key in ("x", "x2", "value")} | ({"tip": tip_text} if tip_text else {})
    canvas.draw(
        [level],
        {"type": "rule", "color": ACCENT, "strokeWidth": LINE_WIDTH},
        **span,
        y=field_of("value"),
        **({"tooltip": tip()} if tip_text else {}),
    )


def pooled_row(pooled: Estimate, years: Years, decimals: int) -> dict[str, object]:
    """Where a pooled level stands: `x` to `x2`, its value, and its interval if it has one."""
    row: dict[str, object] = {
        "x": years.at(min(max(pooled.first, years.first), years.last)),
        "x2": years.at(min(pooled.last, years.last)),
        "value": trimmed(pooled.value, decimals),
    }
    if pooled.low is not None and pooled.high is not None:
        row |= {"low": trimmed(pooled.low, decimals), "high": trimmed(pooled.high, decimals)}
    return row
