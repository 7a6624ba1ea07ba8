"""The two linear programmes of a piece, on HiGHS' dual simplex with warm starts.

`Priced` looks for the cheapest way to move a cell, paying for every shown cell that moves too. `Free` moves only what
is hidden already, in whole numbers. Both are single-threaded and have no clock: same input, same
answer, bit for bit.
"""

from typing import Any

import highspy
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from tettpaa.data.suppression.blocks import Bools, Problem
from tettpaa.data.suppression.table import Whole

Floats = NDArray[np.float64]
_NEVER = highspy.kHighsInf
_NOTHING = 1e-4  # a price near nothing for cells that are hidden already: small moves rather than large ones
_NEAR = 1e-6  # what floating point may be off
_PRIME = 2**31 - 1
_NODES = 4000  # how long the search for whole numbers may go on


def _model(costs: Floats, columns: tuple[Floats, Floats], rows: tuple[Floats, Floats], matrix: Any) -> Any:
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = len(costs), matrix.shape[0]
    programme.col_cost_ = costs
    programme.col_lower_, programme.col_upper_ = columns
    programme.row_lower_, programme.row_upper_ = rows
    programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.start_ = matrix.indptr
    programme.a_matrix_.index_ = matrix.indices
    programme.a_matrix_.value_ = matrix.data
    highs: Any = highspy.Highs()
    for option, value in {"output_flag": False, "threads": 1, "presolve": "off", "random_seed": 0}.items():
        highs.setOptionValue(option, value)
    highs.passModel(programme)
    return highs


def _solved(highs: Any) -> Floats | None:
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.array(highs.getSolution().col_value)


def _places(problem: Problem) -> tuple[Whole, Whole, Whole]:
    """Local cells that are sums, their row in the programme (-1: none), and the atom of the others (-1).

    Where one school moves on behalf of a municipality, both their cells are one atom here: the second is then a sum.
    """
    sizes = np.diff(problem.rows.indptr)
    single = np.flatnonzero(sizes == 1)
    atoms, first = np.unique(problem.rows.indices[problem.rows.indptr[single]], return_index=True)
    atom = np.full(len(sizes), -1)
    atom[single[first]] = atoms
    sums = np.flatnonzero(atom < 0)
    row = np.full(len(sizes), -1)
    row[sums] = np.arange(len(sums))
    return sums, row, atom


class Priced:
    """Columns: each atom's change (for one with a price, up and down apart), then up and down of each priced sum.

    A priced sum's row says: atoms' changes - up + down = 0. `closed` cells stand still and have no price. A primary
    sum has no row until it is asked to move. `sparse`: the small atoms have a price too, next to nothing. Then few
    of them move, mostly by whole numbers; without it one change serves many needs.
    """

    def __init__(self, problem: Problem, hidden: Bools, closed: Bools, *, sparse: bool = False) -> None:
        self._room = (problem.base - problem.floor).astype(float)
        self._cells = problem.rows
        sums, self._row, self._atom = _places(problem)
        count = self._count = problem.rows.shape[1]
        self._still = np.zeros(count, bool)
        self._still[self._atom[closed & (self._atom >= 0)]] = True
        paid = ~problem.primary & ~closed
        # An atom may be several cells (a municipality with one school): they share its columns, and move together.
        bearing = ~closed if sparse else paid
        single = np.flatnonzero(bearing & (self._atom >= 0) & ~self._still[self._atom])
        self._split = np.unique(self._atom[single])
        splits, priced = len(self._split), sums[paid[sums]]
        self._up, self._down = np.full(len(self._atom), -1), np.full(len(self._atom), -1)
        self._up[priced] = count + splits + np.arange(len(priced))
        self._down[priced] = self._up[priced] + len(priced)
        self._up[single] = self._atom[single]
        self._down[single] = count + np.searchsorted(self._split, self._atom[single])
        self._highs = self._build(problem, hidden, priced, sums[closed[sums]])
        self._highs.run()
        self._start = self._highs.getBasis()

    def _build(self, problem: Problem, hidden: Bools, priced: Whole, still: Whole) -> Any:
        count, splits = self._count, len(self._split)
        fixed = sp.vstack([problem.rows[still], problem.hard]).tocsr()
        fixed = fixed[independent(fixed[:, ~self._still].toarray())]
        matrix = sp.vstack([problem.rows[priced], fixed]).tocsc()
        slack = sp.eye(matrix.shape[0], len(priced), format="csc")
        matrix = sp.hstack([matrix, -matrix[:, self._split], -slack, slack]).tocsr()
        self.columns = int(matrix.shape[1])
        low, high = np.zeros(self.columns), np.full(self.columns, _NEVER)
        low[:count] = np.where(self._still, 0, -self._room)
        high[:count][self._still] = 0
        low[self._split] = 0
        high[count : count + splits] = self._room[self._split]
        costs = np.zeros(self.columns)
        for cell in np.flatnonzero(self._up >= 0):
            price = _NOTHING + (0 if hidden[cell] else problem.weight[cell])
            costs[self._up[cell]] += price
            costs[self._down[cell]] += price
        nothing = np.zeros(matrix.shape[0])
        return _model(costs, (low, high), (nothing, nothing), matrix)

    def hide(self, cell: int) -> None:
        """From now on the cell moves for nothing, and so do the cells that are the same atom."""
        self._highs.changeColCost(int(self._up[cell]), _NOTHING)
        self._highs.changeColCost(int(self._down[cell]), _NOTHING)

    def show(self, cell: int, shown: bool) -> None:
        """Let a cell with a price stand still, whatever the price; or let it go again."""
        up, down = int(self._up[cell]), int(self._down[cell])
        if up < 0:
            return  # a cell that is the same atom is shown, so this one stands still already
        self._highs.changeColBounds(up, 0.0, 0.0 if shown else _NEVER)
        room = _NEVER if self._atom[cell] < 0 else float(self._room[self._atom[cell]])
        self._highs.changeColBounds(down, 0.0, 0.0 if shown else room)
        if self._atom[cell] >= 0:
            self._still[self._atom[cell]] = shown

    def prefer(self, costs: Floats) -> None:
        """Other prices for all columns (as many as `columns`): other corners of what is hidden, often whole ones."""
        self._highs.changeColsCost(self.columns, np.arange(self.columns), costs)

    def restart(self) -> None:
        """Forget where the last search ended: a change of few atoms is found sooner from where nothing moves."""
        self._highs.setBasis(self._start)

    def move(self, cell: int, change: int, known: Whole) -> Floats | None:
        """The cheapest changes of all atoms that move a primary cell by `change` or more while the `known` atoms stand
        still; None if there are none."""
        self._freeze(known, on=True)
        found = self._atom_moved(cell, change) if self._atom[cell] >= 0 else self._sum_moved(cell, change)
        self._freeze(known, on=False)
        if found is None:
            return None
        changes = found[: self._count]
        changes[self._split] -= found[self._count : self._count + len(self._split)]
        return changes

    def _atom_moved(self, cell: int, change: int) -> Floats | None:
        atom, room = int(self._atom[cell]), float(self._room[self._atom[cell]])
        self._bound(atom, *_range(change, room))
        found = _solved(self._highs)
        self._bound(atom, -room, _NEVER)
        return found

    def _bound(self, atom: int, low: float, high: float) -> None:
        """Let an atom's change lie between two numbers, be it one column or two."""
        at = int(np.searchsorted(self._split, atom))
        if at < len(self._split) and self._split[at] == atom:
            self._highs.changeColBounds(self._count + at, max(-high, 0.0), max(-low, 0.0))
            low, high = max(low, 0.0), max(high, 0.0)
        self._highs.changeColBounds(atom, low, high)

    def _sum_moved(self, cell: int, change: int) -> Floats | None:
        rows = self._cells
        atoms = rows.indices[rows.indptr[cell] : rows.indptr[cell + 1]]
        downs = self._count + np.flatnonzero(np.isin(self._split, atoms))
        columns = np.concatenate([atoms, downs]).astype(np.int32)
        signs = np.repeat([1.0, -1.0], [len(atoms), len(downs)])
        self._highs.addRow(*_range(change), len(columns), columns, signs)
        found = _solved(self._highs)
        last = self._highs.getNumRow() - 1
        self._highs.deleteRows(1, np.array([last], dtype=np.int32))
        self._highs.setBasis(self._start)  # without its last row, HiGHS would forget where it was
        return found

    def _freeze(self, atoms: Whole, on: bool) -> None:
        for atom in atoms.tolist():
            room, never = (0.0, 0.0) if on or self._still[atom] else (float(self._room[atom]), _NEVER)
            self._bound(atom, -room, never)


def independent(rows: Floats) -> Whole:
    """Rows that say all there is to say; the others follow from them. Exact, by elimination modulo a prime."""
    left = rows.astype(np.int64)
    kept: list[int] = []
    for row in range(len(left)):
        found = np.flatnonzero(left[row])
        if len(found):
            pivot = found[0]
            kept.append(row)
            scaled = left[row] * pow(int(left[row, pivot]), -1, _PRIME) % _PRIME
            below = row + 1 + np.flatnonzero(left[row + 1 :, pivot])
            left[below] = (left[below] - left[below, pivot, None] * scaled) % _PRIME
    return np.array(kept, dtype=np.int64)


def _range(change: int, room: float = _NEVER) -> tuple[float, float]:
    return (float(change), _NEVER) if change > 0 else (-room, float(change))


class Free:
    """Columns: each atom's change, a whole number. A shown cell stands still; a hidden one is free."""

    def __init__(self, problem: Problem, hidden: Bools) -> None:
        self._room = (problem.base - problem.floor).astype(float)
        sums, self._row, self._atom = _places(problem)
        count = self._count = problem.rows.shape[1]
        matrix = sp.vstack([problem.rows[sums], problem.hard]).tocsr()
        low, high = -self._room, np.full(count, _NEVER)
        still = self._atom[(self._atom >= 0) & ~hidden]
        low[still] = high[still] = 0
        self._low, self._high = self._bounds = low, high
        edge = np.zeros(matrix.shape[0])
        edge[self._row[sums[hidden[sums]]]] = _NEVER
        self._highs = _model(np.zeros(count), (low, high), (-edge, edge), matrix)
        kinds = np.array([highspy.HighsVarType.kInteger] * count)
        self._highs.changeColsIntegrality(count, np.arange(count), kinds)
        # Any whole numbers will do; the search stops after a number of nodes, never by the clock.
        for option, value in {
            "presolve": "on", "mip_max_nodes": _NODES, "mip_rel_gap": 1e9, "mip_abs_gap": 1e9,
        }.items():  # fmt: skip
            self._highs.setOptionValue(option, value)

    def near(self, changes: Floats | None, width: int = 0) -> None:
        """Let each hidden atom change only within `width` of these changes, rounded both ways; None: freely."""
        low, high = self._low, self._high
        if changes is not None:
            low = np.maximum(low, np.floor(changes + _NEAR) - width)
            high = np.minimum(high, np.ceil(changes - _NEAR) + width)
        self._bounds = (low, high)
        self._highs.changeColsBounds(self._count, np.arange(self._count), low, high)

    def _freeze(self, atoms: Whole, on: bool) -> None:
        low, high = self._bounds
        for atom in atoms.tolist():
            self._highs.changeColBounds(atom, *((0.0, 0.0) if on else (float(low[atom]), float(high[atom]))))

    def move(self, cell: int, change: int, known: Whole) -> Floats | None:
        """Some changes of the hidden atoms that move a hidden cell by `change` or more while the `known` atoms stand
        still; None if there are none."""
        self._freeze(known, on=True)
        found = self._atom_moved(cell, change) if self._atom[cell] >= 0 else self._sum_moved(cell, change)
        self._freeze(known, on=False)
        return found

    def _atom_moved(self, cell: int, change: int) -> Floats | None:
        atom = int(self._atom[cell])
        low, high = float(self._bounds[0][atom]), float(self._bounds[1][atom])
        if not low <= change <= high:
            return None
        self._highs.changeColBounds(atom, *((float(change), high) if change > 0 else (low, float(change))))
        found = _solved(self._highs)
        self._highs.changeColBounds(atom, low, high)
        return found

    def _sum_moved(self, cell: int, change: int) -> Floats | None:
        row = int(self._row[cell])
        self._highs.changeRowBounds(row, *_range(change))
        found = _solved(self._highs)
        self._highs.changeRowBounds(row, -_NEVER, _NEVER)
        return found


def whole_numbers(matrix: Any, sums: Whole) -> Whole | None:
    """Some whole numbers ≥ 0 with `matrix @ numbers = sums`, or None if there are none (or none was found)."""
    plain = sp.csr_matrix(matrix, dtype=np.float64)
    count, edge = plain.shape[1], sums.astype(float)
    highs = _model(np.ones(count), (np.zeros(count), np.full(count, _NEVER)), (edge, edge), plain)
    highs.changeColsIntegrality(count, np.arange(count), np.array([highspy.HighsVarType.kInteger] * count))
    highs.setOptionValue("presolve", "on")
    highs.setOptionValue("mip_rel_gap", 1e9)
    found = _solved(highs)
    return None if found is None else np.rint(found).astype(np.int64)
