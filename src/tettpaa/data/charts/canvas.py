"""The sheet every chart is drawn on: fixed size, known margins, scales said outright, no legend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tettpaa.data.charts.inputs import Spec
from tettpaa.data.charts.lettering import FONT, SIZE, Lettering
from tettpaa.data.charts.scales import Axis
from tettpaa.data.charts.themes import BG, LINE, LINE2, REF

type Row = dict[str, object]
type Rows = list[Row]
type Channel = Mapping[str, object]

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
_CONFIG: Final[dict[str, object]] = {
    "font": FONT,
    "view": {"stroke": None},
    # The picture has one text alternative; hundreds of labelled marks would only be noise to a screen reader.
    "mark": {"aria": False},
    "axis": {"aria": False},
    "text": {"fontSize": SIZE, "baseline": "middle", "lineHeight": 15},
}


@dataclass(frozen=True, slots=True)
class Frame:
    """Size of a chart in px and the margins round its plot."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int

    @property
    def inner_width(self) -> int:
        return self.width - self.left - self.right

    @property
    def inner_height(self) -> int:
        return self.height - self.top - self.bottom


@dataclass(slots=True)
class Canvas:
    """Collects layers from back to front. `x` and `y` turn values into pixels inside the plot."""

    frame: Frame
    x: Axis
    y: Axis
    layers: list[dict[str, object]] = field(default_factory=list)
    lettering: Lettering = field(default_factory=Lettering)

    def ground(
        self, *, x_grid: tuple[float, ...] = (), y_grid: tuple[float, ...] = (), base: str = LINE2
    ) -> None:
        """The scales, the gridlines and the baseline: always the first layer."""
        self.layers.append(
            {
                "data": {"values": [{}]},
                "mark": {"type": "rule", "color": base, "strokeWidth": 1},
                "encoding": {
                    "x": {"datum": self.x.low, "type": "quantitative"} | _scaled(self.x, x_grid),
                    "x2": {"datum": self.x.high},
                    "y": {"datum": self.y.low, "type": "quantitative"} | _scaled(self.y, y_grid),
                },
            }
        )

    def draw(self, rows: Sequence[Channel], mark: Channel, **channels: Channel) -> None:
        """One layer of marks; nothing at all for no rows."""
        if rows:
            self.layers.append({"data": {"values": list(rows)}, "mark": mark, "encoding": channels})

    def spec(self, description: str) -> Spec:
        """The whole Vega-Lite spec, colours still named by role."""
        frame = self.frame
        return {
            "$schema": SCHEMA,
            "description": description,
            "width": frame.inner_width,
            "height": frame.inner_height,
            "autosize": "none",
            "padding": {"left": frame.left, "top": frame.top, "right": frame.right, "bottom": frame.bottom},
            "background": BG,
            "config": _CONFIG,
            "layer": self.layers + self.lettering.layers(),
        }


def field_of(name: str) -> Channel:
    """A number on the chart's own scale."""
    return {"field": name, "type": "quantitative"}


def tip() -> Channel:
    """The mark's own words, for a browser where scripts run."""
    return {"field": "tip", "type": "nominal"}


def dot(radius: float, fill: str, *, edge: str = BG, edge_width: float = 1.5) -> dict[str, object]:
    """A circle mark of `radius` px, its edge on top."""
    return {
        "type": "point",
        "shape": "circle",
        "size": round(3.1416 * radius * radius, 1),
        "fill": fill,
        "stroke": edge,
        "strokeWidth": edge_width,
        "opacity": 1,
    }


def hidden_mark(size: int = 25) -> dict[str, object]:
    """The small open square that stands for a hidden figure: it says that there is one, never where."""
    return {
        "type": "point",
        "shape": "square",
        "size": size,
        "fill": BG,
        "stroke": REF,
        "strokeWidth": 1.2,
        "opacity": 1,
    }


def _scaled(axis: Axis, grid: tuple[float, ...]) -> dict[str, object]:
    scale = {"domain": [axis.low, axis.high], "nice": False, "zero": False}
    if not grid:
        return {"scale": scale, "axis": None}
    lines: dict[str, object] = {
        "values": list(grid),
        "grid": True,
        "gridColor": LINE,
        "gridWidth": 1,
        "domain": False,
        "ticks": False,
        "labels": False,
        "title": None,
    }
    return {"scale": scale, "axis": lines}
