"""Cutting the country into pieces small enough to solve, and what one piece's problem is.

A piece is a set of lowest units whose inner cells may change while everything outside stands still. Sums over units
that are not wholly free (the municipality a cluster of schools lies in, and all above it) stay as they are: then no
number outside the piece notices, and pieces can be solved apart from each other.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from tettpaa.data.suppression.system import Matrix, System
from tettpaa.data.suppression.table import Whole

Bools = NDArray[np.bool_]


@dataclass(slots=True, eq=False)
class Needs:
    """What must be proved: row `cell` can move by at least `need` in direction `sign` (+1, -1).

    `frozen`: a leaf whose numbers the reader knows (an insider), or -1. All arrays have one entry per need.
    """

    cell: Whole
    sign: Whole
    need: Whole
    frozen: Whole

    def __len__(self) -> int:
        return len(self.cell)

    def some(self, which: Whole | Bools) -> "Needs":
        return Needs(self.cell[which], self.sign[which], self.need[which], self.frozen[which])


@dataclass(frozen=True, slots=True)
class Piece:
    """Leaves that may change, and the nodes whose sums may not."""

    leaves: tuple[int, ...]
    fixed: tuple[int, ...]


@dataclass(slots=True, eq=False)
class State:
    """Row by row of the system: what is hidden, what may never be hidden, what it costs to hide a row."""

    primary: Bools
    hidden: Bools
    shown: Bools  # published earlier, or zeros that are shown: cannot be hidden
    kept: Bools  # hidden earlier or needed by another piece: cannot be shown
    weight: NDArray[np.float64]


@dataclass(slots=True, eq=False)
class Problem:
    """One piece by itself: plain arrays, so that it can be sent to another process.

    `rows`: cells × atoms that may move; `hard`: sums that may not. `floor`: the least each atom may become.
    `cells`, `atoms`, `leaf`: the system's numbers of the local rows, columns, and each column's leaf.
    """

    cells: Whole
    atoms: Whole
    leaf: Whole
    rows: Matrix
    hard: Matrix
    base: Whole
    floor: Whole
    primary: Bools
    hidden: Bools
    kept: Bools
    weight: NDArray[np.float64]
    needs: Needs
    origin: Whole  # which of the caller's needs each local need is

    def digest(self) -> str:
        """Equal problems have equal digests: a piece that did not change need not be solved again."""
        parts = hashlib.sha256()
        for matrix in (self.rows, self.hard):
            parts.update(matrix.indptr.tobytes() + matrix.indices.tobytes() + repr(matrix.shape).encode())
        needs = self.needs
        for array in (
            self.base, self.floor, self.primary, self.hidden, self.kept, self.weight, self.leaf,
            needs.cell, needs.sign, needs.need, needs.frozen,
        ):  # fmt: skip
            parts.update(array.tobytes())
        return parts.hexdigest()


def pieces(system: System, size: int) -> list[Piece]:
    """The leaves of each lowest unit by themselves, its own sums standing still: what one municipality covers within
    itself costs no number of another. A unit's leaves stay together up to twice the size: each half by itself hides up
    to a ninth more. A table of no more than `size` leaves is one piece in which everything may move.
    """
    path, pupils = system.path, system.pupils
    if len(path) <= size:
        return [Piece(tuple(range(len(path))), ())]
    made: list[Piece] = []
    for unit in np.unique(path[:, -2]).tolist():
        inside = np.flatnonzero(path[:, -2] == unit)
        parts = -(-len(inside) // (2 * size))
        # Dealt out by size, so that every part has pupils enough to hide in.
        ordered = inside[np.lexsort((inside, pupils[inside]))]
        fixed = tuple(path[inside[0], :-1].tolist())
        made += [Piece(tuple(ordered[part::parts].tolist()), fixed) for part in range(parts)]
    return made


def problem(system: System, state: State, needs: Needs, piece: Piece, floor: int) -> Problem:
    """The piece's own problem under the present state; needs outside the piece are left out."""
    atoms = np.flatnonzero(np.isin(system.leaf, piece.leaves))
    part = system.columns[:, atoms].tocsr()
    touched = np.flatnonzero(np.diff(part.indptr))
    still = np.isin(system.node[touched], piece.fixed)
    soft = touched[~still & ~state.shown[touched]]
    # All sums of a unit stand still when its innermost sums do.
    hard = touched[(still & system.inner[touched]) | (~still & state.shown[touched])]
    local = np.full(len(system.values), -1)
    local[soft] = np.arange(len(soft))
    mine = np.flatnonzero(local[needs.cell] >= 0)
    own = needs.some(mine)
    own.cell = local[own.cell]
    base = system.counts[atoms]
    return Problem(
        cells=soft,
        atoms=atoms,
        leaf=system.leaf[atoms],
        rows=_plain(part[soft]),
        hard=_distinct(part[hard]),
        base=base,
        floor=np.minimum(base, floor),
        primary=state.primary[soft],
        hidden=state.hidden[soft],
        kept=state.kept[soft],
        weight=state.weight[soft],
        needs=own,
        origin=mine,
    )


def _plain(matrix: Matrix) -> Matrix:
    result = sp.csr_matrix(matrix, dtype=np.float64)
    result.sort_indices()
    return result


def _distinct(matrix: Matrix) -> Matrix:
    """The same sums without repetitions (a nation's and a county's are equal inside one municipality)."""
    plain = _plain(matrix)
    seen: dict[bytes, int] = {}
    for row in range(plain.shape[0]):
        seen.setdefault(plain.indices[plain.indptr[row] : plain.indptr[row + 1]].tobytes(), row)
    return _plain(plain[sorted(seen.values())])
