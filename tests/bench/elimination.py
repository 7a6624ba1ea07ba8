"""What a tool that only guards against exact working-out would hide of the same table: the yardstick for our secondary cells.

The rule is GaussSuppression's (Langsrud, Statistics Norway): cells are shown from the largest down, and a cell is left out
when a small one would then be a sum of what is shown. It promises less than we do: a small cell may still be provably small.
The arithmetic is whole numbers modulo a prime, so no rounding decides.
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
    for cell in np.lexsort((np.arange(len(small)), -system.values)).tolist():
        if small[cell]:
            continue
        atoms = np.flatnonzero(left.table[:, cell])
        if len(atoms) and not left.shown(cell, atoms, small):
            hidden[cell] = True
    return hidden


class _Left:
    """What of each cell does not follow from the shown ones: atoms × cells, modulo the prime."""

    def __init__(self, system: System) -> None:
        self.table = np.ascontiguousarray(system.rows.T.toarray().astype(np.int32))
        self._filled = np.count_nonzero(self.table, axis=0)

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
        if len(atoms) > _SEARCHED:
            return int(atoms[0])
        return int(atoms[np.count_nonzero(self.table[atoms], axis=1).argmin()])
