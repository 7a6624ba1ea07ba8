"""Colours and type of the Office documents: the same roles as in the PDF template (look.md)."""

import re
from collections.abc import Iterator
from typing import Final

INK: Final = "17211F"
INK2: Final = "515C5B"
REFERENCE: Final = "5F6A69"
HAIR: Final = "D5DBDA"
RULE: Final = "8A9594"
WHITE: Final = "FFFFFF"

# Found on every office machine, and drawn with the same widths by LibreOffice; Inter is not.
FONT: Final = "Arial"
# Has all four certainty circles at one size; Arial has but two of them.
SYMBOL_FONT: Final = "Segoe UI Symbol"
_CIRCLES: Final = re.compile("([●◐○◌]+)")


def plain(colour: str) -> str:
    """`#0b5a6b` as Office writes it, `0B5A6B`."""
    return colour.lstrip("#").upper()


def mix(colour: str, share: float) -> str:
    """`share` (0 to 1) of the colour laid on white."""
    parts = (int(plain(colour)[start : start + 2], 16) for start in (0, 2, 4))
    return "".join(f"{round(255 - (255 - part) * share):02X}" for part in parts)


def tint(accent: str) -> str:
    """The ground of what we propose."""
    return mix(accent, 0.08)


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text in runs of one font each: `(piece, font)`. An empty text is one empty piece."""
    found = [piece for piece in _CIRCLES.split(text) if piece] or [""]
    for piece in found:
        yield piece, SYMBOL_FONT if _CIRCLES.match(piece) else FONT
