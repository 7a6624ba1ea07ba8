"""The table that stands beside every chart, with exactly the numbers drawn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartTable:
    """Formatted cells, one row per mark; a hidden figure is words. The first cell of a row is its head.

    The last `folded` rows belong to an older series that may not be compared with the rest; a page may fold
    them away.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    folded: int = 0
