"""What a tool that only guards against exact working-out would hide of the same table: the yardstick for our secondary cells.

The rule is that of GaussSuppression (Langsrud, Statistics Norway) with its presets, after its documentation and source
(SSBtools, `GaussSuppression`, `singletonMethod = "anySum"`; `CandidatesDefault`): cells are shown from the largest down, those
of large units first among equals. A cell is left out when a small one would then follow from what is shown, and when a sum of
inner zeros alone would: whoever sees that such a sum is nothing knows each of them. It promises less than we do: a small
cell may still be provably small. The arithmetic is whole numbers modulo a prime, so no rounding decides.
"""

import numpy as np
from numpy.typing import NDArray

from tettpaa.data.suppression.system import System

Whole = NDArray[np.int64]
Bools = NDArray[np.bool_]
_PRIME = 46337  # the largest whose square is a 32-bit number: the whole table of 350 schools is a gigabyte
_INVERSE = np.array([0, *(pow(number, -1, _PRIME) for number in range(1, _PRIME))], np.int64)
_SEARCHED = 6  # atoms looked at for the one in fewest cells: a short one keeps the table thin


def linear_secondary(system: System, small: Bools) -> Bools:
    """Which rows of the system this rule hides besides the `small` ones. Both arrays have one flag per row."""
    left = _Left(system)
    hidden = np.zeros(len(small), bool)
    for cell in _largest_first(system):
        if small[cell]:
            continue
        atoms = np.flatnonzero(left.table[:, cell])
        if len(atoms) and (left.tells_zeros(cell, atoms) or not left.shown(cell, atoms, small)):
            hidden[cell] = True
    return hidden


def _largest_first(system: System) -> list[int]:
    """Rows by their number, then by how much they have in common with large cells."""
    above = system.values + 1
    common = system.rows @ (system.rows.T @ (above * system.copies))
    order: list[int] = np.lexsort((np.arange(len(above)), -common, -above)).tolist()
    return order


class _Left:
    """What of each cell does not follow from the shown ones: atoms × cells, modulo the prime."""

    def __init__(self, system: System) -> None:
        self.table = np.ascontiguousarray(system.rows.T.toarray().astype(np.int32))
        self._filled = np.count_nonzero(self.table, axis=0)
        self._zero = system.counts == 0
        self._told = np.zeros(len(system.counts), bool)

    def tells_zeros(self, cell: int, atoms: Whole) -> bool:
        """Whether showing the cell would tell what a sum of inner zeros is. Unequal parts of zeros that no cell told
        before are no sum, and may be told once."""
        if not self._zero[atoms].all():
            return False
        parts = self.table[atoms, cell]
        if (parts == parts[0]).all() or self._told[atoms].any():
            return True
        self._told[atoms] = True
        return False

    def shown(self, cell: int, atoms: Whole, small: Bools) -> bool:
        """Show the cell and take it out of all others; False, and nothing done, if a small one would follow."""
        pivot = self._pivot(atoms)
        touched = np.flatnonzero(self.table[pivot])
        own = self.table[atoms, cell].astype(np.int64)
        factors = self.table[pivot, touched] * _INVERSE[self.table[pivot, cell]] % _PRIME
        block = self.table[np.ix_(atoms, touched)]
        after = ((block - own[:, None] * factors) % _PRIME).astype(np.int32)
        # A small cell follows when nothing is left of it.
        alone = small[touched] & (self._filled[touched] == len(atoms))
        if (~after[:, alone].any(axis=0)).any():
            return False
        self._filled[touched] += np.count_nonzero(after, axis=0) - np.count_nonzero(block, axis=0)
        self.table[np.ix_(atoms, touched)] = after
        return True

    def _pivot(self, atoms: Whole) -> int:
        """An atom to take out: never a zero as long as there is another, so that what is left of zeros alone shows."""
        some = atoms[~self._zero[atoms]]
        some = some if len(some) else atoms
        if len(some) > _SEARCHED:
            return int(some[0])
        return int(some[np.count_nonzero(self.table[some], axis=1).argmin()])
