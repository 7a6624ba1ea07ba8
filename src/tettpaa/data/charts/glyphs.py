"""The four circles that say how sure we are, and their words (look.md rule 5)."""

from typing import Final

from tettpaa.data.charts.canvas import Canvas
from tettpaa.data.charts.inputs import Certainty, ReferenceLevel
from tettpaa.data.charts.lettering import pixel
from tettpaa.data.charts.themes import BG, INK
from tettpaa.data.charts.words import Language, say

_RADIUS: Final = 5
# The left half of a circle, as Vega wants a symbol: within -1 to 1, its size the area in px² of the square.
_HALF: Final = "M0,-1A1,1,0,0,0,0,1Z"


def is_certain(certainty: Certainty | None) -> bool:
    """True for a difference that is clear or likely: such a row stands out."""
    return certainty in (Certainty.CLEAR, Certainty.LIKELY)


def certainty_text(
    certainty: Certainty | None, value: float | None, reference: ReferenceLevel | None, language: Language
) -> str:
    """`Trolig under landet`, `Ingen sikker forskjell`; nothing where nothing is said."""
    if certainty is None or value is None:
        return ""
    if reference is None or not is_certain(certainty):
        return say(certainty.value, language)
    side = "under" if value < reference.value else "over"
    return say(f"{certainty.value}_{side}", language, inline=reference.inline)


def draw_glyphs(canvas: Canvas, certainty: Certainty, x: float, y: float) -> None:
    """The circle with its middle at pixel `x`, `y`: full, half, open or dashed."""
    rows: list[dict[str, object]] = [{"px": x, "py": y}]
    places = {"x": pixel("px"), "y": pixel("py")}
    ring: dict[str, object] = {
        "type": "point",
        "shape": "circle",
        "size": round(3.1416 * _RADIUS * _RADIUS, 1),
        "fill": INK if certainty is Certainty.CLEAR else BG,
        "stroke": INK,
        "strokeWidth": 1.5,
        "opacity": 1,
    }
    if certainty is Certainty.UNKNOWN:
        ring["strokeDash"] = [2, 2]
    canvas.draw(rows, ring, **places)
    if certainty is Certainty.LIKELY:
        half = {"type": "point", "shape": _HALF, "size": 4 * _RADIUS * _RADIUS, "opacity": 1}
        canvas.draw(rows, half | {"fill": INK, "stroke": INK, "strokeWidth": 0}, **places)
