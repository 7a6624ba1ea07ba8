"""Text of known width: charts are laid out here, before any browser sees them."""

from dataclasses import dataclass, field
from typing import Final, Literal

from tettpaa.data.charts.themes import INK2

type Align = Literal["left", "center", "right"]

FONT: Final = "Inter, Arial, sans-serif"
SIZE: Final = 12

# Advance widths of Inter at 12 px (its `hmtx` table), in tenths of a pixel, for the letters of Norwegian names.
_WIDTHS: Final = (
    dict.fromkeys(" .,:;\u00a0", 36)
    | dict.fromkeys("ijlI|'", 31)
    | {"f": 45, "t": 41, "r": 46, "1": 50, "(": 44, ")": 44, "-": 56, "–": 60, "%": 119}
    | {"m": 106, "w": 99, "æ": 110, "Æ": 120, "M": 110, "W": 120, "…": 105}
    | dict.fromkeys("ABCDGHKNOQUVXYZÅØ", 88)
)


def text_width(text: str, *, bold: bool = False) -> float:
    """Width of `text` in px, set in Inter at 12 px; bold is weight 600."""
    width = sum(_WIDTHS.get(letter, 73) for letter in text) / 10
    return width * (1.025 if bold else 1.0)


def cut(text: str, width: float, *, bold: bool = False) -> str:
    """`text`, shortened with an ellipsis until it fits in `width` px."""
    if text_width(text, bold=bold) <= width:
        return text
    while text and text_width(text + "…", bold=bold) > width:
        text = text[:-1]
    return text.rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of text is set. Never under 12 px."""

    colour: str = INK2
    bold: bool = False
    align: Align = "left"


@dataclass(slots=True)
class Lettering:
    """Text of a chart, collected by style so that each style is one layer."""

    pieces: dict[Style, list[dict[str, object]]] = field(default_factory=dict)

    def add(self, x: float, y: float, text: str, style: Style = Style()) -> None:
        """Put `text` with its middle at pixel `y` and its left, middle or right at pixel `x`."""
        if text:
            self.pieces.setdefault(style, []).append({"px": round(x, 1), "py": round(y, 1), "text": text})

    def layers(self) -> list[dict[str, object]]:
        """One text layer a style, in the order the styles were first used."""
        return [
            {
                "data": {"values": rows},
                "mark": {
                    "type": "text",
                    "align": style.align,
                    "color": style.colour,
                    "fontWeight": 600 if style.bold else 400,
                },
                "encoding": {"x": pixel("px"), "y": pixel("py"), "text": {"field": "text"}},
            }
            for style, rows in self.pieces.items()
        ]


def pixel(name: str) -> dict[str, object]:
    """An encoding that takes the field as a position in px from the plot's upper left corner."""
    return {"field": name, "type": "quantitative", "scale": None}
