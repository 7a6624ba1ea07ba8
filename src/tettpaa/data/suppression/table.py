"""A table of counts as it comes in, and the rules under which it may be published."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

TOTAL: Final = "Total"  # the word of a summed-out column in every file of this room
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sum:
    """A further published sum over some categories of one column: years 2022-24, grades 8-10, a merged municipality.

    `column` is a dimension; `label` what its cells are called; `members` the categories that are added up.
    """

    column: str
    label: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Inner cells: one row per lowest unit and category of every dimension, zeros included for groups that exist.

    `hierarchy` names the columns from the top down (`fylke`, `kommune`, `school`), `dimensions` those that cross.
    `codes` has one tuple per row, hierarchy first; `counts` the number of pupils, shape (rows,), ≥ 0.
    What has no row does not exist: it is neither published, hidden, nor used as cover.
    Raises ValueError when the shapes do not fit, a row stands twice or a count is negative.
    """

    hierarchy: tuple[str, ...]
    dimensions: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    counts: Whole
    sums: tuple[Sum, ...] = ()
    count: str = "n"

    def __post_init__(self) -> None:
        width = len(self.hierarchy) + len(self.dimensions)
        if not self.hierarchy or len(self.codes) != len(self.counts) or not self.codes:
            raise ValueError("a table needs a hierarchy, rows, and one count per row")
        if any(len(row) != width for row in self.codes):
            raise ValueError("a row has too few or too many codes")
        if len(set(self.codes)) != len(self.codes):
            raise ValueError("a row stands twice")
        if self.counts.min() < 0:
            raise ValueError("a count is negative")

    @property
    def columns(self) -> tuple[str, ...]:
        return self.hierarchy + self.dimensions

    def without(self, dimension: str) -> "Table":
        """The coarser table in which one dimension is summed out. Raises ValueError for an unknown one."""
        at = self.columns.index(dimension)
        if at < len(self.hierarchy):
            raise ValueError("only a dimension can be left out")
        added: dict[tuple[str, ...], int] = {}
        for row, count in zip(self.codes, self.counts.tolist(), strict=True):
            key = row[:at] + row[at + 1 :]
            added[key] = added.get(key, 0) + count
        return Table(
            self.hierarchy,
            tuple(d for d in self.dimensions if d != dimension),
            tuple(added),
            np.array(list(added.values()), dtype=np.int64),
            tuple(s for s in self.sums if s.column != dimension),
            self.count,
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """What must be hidden and how well.

    `threshold`: counts of 0 to threshold - 1 are hidden. `zeros_shown`: zeros of existing groups are shown; then a
    reader who knows that holds every hidden cell for at least 1, and the certificates do too.
    `insider`: in a unit with at most so many lowest units, each of them may know its own numbers; 0 = nobody does.
    """

    threshold: int = 5
    zeros_shown: bool = False
    insider: int = 0

    def __post_init__(self) -> None:
        if self.threshold < 1:
            raise ValueError("a threshold is at least 1")

    @property
    def floor(self) -> int:
        """The least a reader takes a hidden cell to be."""
        return 1 if self.zeros_shown else 0


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """An earlier release as its readers have it: every cell's codes (`Total` where summed out), None where hidden.

    Its inner rows (no `Total`) tell which groups it held; those it counted in its sums without publishing anything of
    them are named by `silent`: they may come out now. `name` is for messages.
    """

    columns: tuple[str, ...]
    cells: Mapping[tuple[str, ...], int | None]
    name: str = ""
    silent: frozenset[tuple[str, ...]] = frozenset()


@dataclass(frozen=True, slots=True)
class Cell:
    """A published cell: one code per column, `Total` where summed out."""

    codes: tuple[str, ...]

    def __str__(self) -> str:
        return " / ".join(self.codes)
