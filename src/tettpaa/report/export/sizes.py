"""How wide things are: a figure by its SVG, a table's columns by their text."""

import re
from typing import Final

from tettpaa.report.export.tree import Table

DEFAULT_WIDTH: Final = 452.0  # the wide chart of the design (look.md)
_WIDTH: Final = re.compile(r"<svg\b[^>]*?\swidth=[\"']([0-9.]+)(?:px)?[\"']")
_VIEW: Final = re.compile(r"<svg\b[^>]*?\sviewBox=[\"']\S+\s+\S+\s+([0-9.]+)")

_SHORT, _LONG = 6, 40  # characters between which a column grows with its text


def svg_width(svg: str) -> float:
    """Natural width in pixels, from `width` or `viewBox`; 452 if it says neither. Shown as so many points."""
    found = _WIDTH.search(svg) or _VIEW.search(svg)
    return float(found[1]) if found else DEFAULT_WIDTH


def longest(table: Table) -> list[int]:
    """Characters in each column's longest text, its name included."""
    lines = [table.header, *([cell.text for cell in row] for row in table.rows)]
    return [max(len(line[index]) for line in lines) for index in range(len(table.header))]


def column_weights(table: Table) -> list[int]:
    """How the columns share a width: by their longest text, so that a word seldom breaks."""
    return [min(max(length, _SHORT), _LONG) + 2 for length in longest(table)]
