"""Solving one piece: hide what is needed, show again what is not, and find whole-number proofs."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from tettpaa.data.suppression.blocks import Bools, Problem
from tettpaa.data.suppression.programme import Floats, Free, Priced
from tettpaa.data.suppression.table import Whole

_NEAR = 1e-6  # what floating point may be off
_CORNERS = 4  # corners tried before the search proper


class Moves:
    """Changes of all atoms found so far, what they do to the cells, and which needs each of them meets."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self.atoms = np.zeros((32, len(problem.atoms)), np.float64)
        self.cells = np.zeros((32, len(problem.cells)), np.float64)
        self.meets = np.zeros((32, len(problem.needs)), bool)
        self.alive = np.zeros(32, bool)
        self.count = 0

    def add(self, changes: Floats) -> int:
        """Number of the new move."""
        if self.count == len(self.alive):
            for name in ("atoms", "cells", "meets", "alive"):
                now = getattr(self, name)
                setattr(self, name, np.concatenate([now, np.zeros_like(now)]))
        at, self.count = self.count, self.count + 1
        effect = self._problem.rows @ changes
        effect[np.abs(effect) < _NEAR] = 0
        self.atoms[at], self.cells[at], self.alive[at] = changes, effect, True
        needs = self._problem.needs
        self.meets[at] = needs.sign * effect[needs.cell] >= needs.need - _NEAR
        if (needs.frozen >= 0).any():
            touched = np.unique(self._problem.leaf[np.abs(changes) > _NEAR])
            self.meets[at] &= ~np.isin(needs.frozen, touched)
        return at

    def met(self, which: Bools | None = None) -> Bools:
        """Which needs the living moves (or some of them) meet."""
        chosen = self.alive[: self.count] if which is None else which
        met: Bools = self.meets[: self.count][chosen].any(axis=0)
        return met

    def touching(self, cell: int) -> Bools:
        touching: Bools = self.alive[: self.count] & (self.cells[: self.count, cell] != 0)
        return touching

    def is_whole(self) -> Bools:
        changes = self.atoms[: self.count]
        whole: Bools = np.abs(changes - np.rint(changes)).max(axis=1, initial=0) < _NEAR * 10
        return whole


@dataclass(slots=True)
class Work:
    """How far a piece has come. `creator`: for each hidden cell, the need it was hidden for."""

    problem: Problem
    hidden: Bools
    moves: Moves
    creator: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Proofs:
    """Whole-number moves: atoms (the problem's columns) and changes of each, and for each need its move (-1: none)."""

    moves: list[tuple[Whole, Whole]]
    move: Whole


def begin(problem: Problem) -> Work:
    return Work(problem, problem.hidden.copy(), Moves(problem))


def cover(work: Work) -> None:
    """Meet every need at the least price: largest groups first, then the others reuse what is hidden."""
    problem, needs = work.problem, work.problem.needs
    priced = Priced(problem, problem.hidden, np.zeros(len(problem.cells), bool))
    met = np.zeros(len(needs), bool)
    for need in _by_size(problem):
        if met[need]:
            continue
        changes = _moved(work, priced, need)
        if changes is None:
            continue
        at = work.moves.add(changes)
        for cell in np.flatnonzero((work.moves.cells[at] != 0) & ~work.hidden).tolist():
            work.hidden[cell] = True
            work.creator[cell] = need
            priced.hide(cell)
        met |= work.moves.meets[at]


def _by_size(problem: Problem) -> list[int]:
    """Sums of many groups first: what they hide serves the small ones too."""
    needs, sizes = problem.needs, np.diff(problem.rows.indptr)
    values = problem.rows @ problem.base
    cell = needs.cell
    order: list[int] = np.lexsort((needs.frozen, -needs.sign, cell, -values[cell], -sizes[cell])).tolist()
    return order


def _known(problem: Problem, need: int) -> Whole:
    """Atoms that the need's insider knows."""
    leaf = int(problem.needs.frozen[need])
    return np.flatnonzero(problem.leaf == leaf) if leaf >= 0 else np.empty(0, np.int64)


def prune(work: Work, priced: Priced) -> None:
    """Show each secondary cell again, largest first, if all that leaned on it finds another proof."""
    problem = work.problem
    candidates = np.flatnonzero(work.hidden & ~problem.primary & ~problem.kept)
    for cell in candidates[np.lexsort((candidates, -problem.weight[candidates]))].tolist():
        touching = work.moves.touching(cell)
        rest = work.moves.alive[: work.moves.count] & ~touching
        lost = work.moves.met(touching) & ~work.moves.met(rest)
        priced.show(cell, shown=True)
        before = work.moves.count
        if _proved_again(work, priced, lost, work.creator.get(cell, -1)):
            work.hidden[cell] = False
            work.moves.alive[:before] &= ~touching
        else:
            priced.show(cell, shown=False)


def settled(work: Work) -> Priced:
    """The programme in which only what is hidden now may move."""
    return Priced(work.problem, work.hidden, ~work.hidden)


def _proved_again(work: Work, priced: Priced, lost: Bools, creator: int) -> bool:
    """Whether every lost need has a new proof. The one the cell was hidden for is asked first: it fails most often."""
    needs, sizes = work.problem.needs, np.diff(work.problem.rows.indptr)
    order = np.flatnonzero(lost)
    order = order[np.lexsort((order, -sizes[needs.cell[order]], -needs.need[order], order != creator))]
    for need in order.tolist():
        if lost[need]:
            changes = _moved(work, priced, need)
            if changes is None:
                return False
            at = work.moves.add(changes)  # first: adding may move the arrays
            lost &= ~work.moves.meets[at]
    return True


def _moved(work: Work, programme: Priced | Free, need: int) -> Floats | None:
    needs, known = work.problem.needs, _known(work.problem, need)
    return programme.move(int(needs.cell[need]), int(needs.sign[need] * needs.need[need]), known)


def prove(work: Work) -> Proofs:
    """Whole-number moves for all needs that have any move, as few moves as a greedy choice gives."""
    moves = work.moves
    had = moves.met()
    moves.alive[: moves.count] &= moves.is_whole()
    if (had & ~moves.met()).any():
        sparse = Priced(work.problem, work.hidden, ~work.hidden, sparse=True)
        free = Free(work.problem, work.hidden)
        _beside(work, free, had)
        for corner in range(_CORNERS):
            _corner(work, sparse, free, had, corner)
        _anywhere(work, free, had)
    return _chosen(work)


def _missing(work: Work, had: Bools) -> Iterator[int]:
    """Needs without a whole-number move, in order; what a new move meets meanwhile is left out."""
    for need in np.flatnonzero(had).tolist():
        if not work.moves.meets[: work.moves.count, need][work.moves.alive[: work.moves.count]].any():
            yield need


def _beside(work: Work, free: Free, had: Bools) -> None:
    """Round the latest fractional move's changes up or down so that all sums hold: a tiny search."""
    for need in _missing(work, had):
        at = int(np.flatnonzero(work.moves.meets[: work.moves.count, need])[-1])
        _rounded(work, free, need, work.moves.atoms[at], 0)


def _corner(work: Work, sparse: Priced, free: Free, had: Bools, corner: int) -> None:
    """A corner where little moves is mostly whole, or rounds well; if not, another one may."""
    if corner:
        sparse.prefer(np.random.default_rng(corner).random(sparse.columns))
    for need in _missing(work, had):
        sparse.restart()
        changes = _moved(work, sparse, need)
        if changes is None:
            continue
        if np.abs(changes - np.rint(changes)).max() < _NEAR * 10:
            work.moves.add(np.rint(changes))
        else:
            _rounded(work, free, need, changes, 0)


def _anywhere(work: Work, free: Free, had: Bools) -> None:
    """Search among all whole numbers, near a fractional move first."""
    for need in _missing(work, had):
        fraction = work.moves.atoms[int(np.argmax(work.moves.meets[: work.moves.count, need]))]
        _rounded(work, free, need, fraction, 1) or _rounded(work, free, need, None, 0)


def _rounded(work: Work, free: Free, need: int, fraction: Floats | None, width: int) -> bool:
    free.near(fraction, width)
    changes = _moved(work, free, need)
    if changes is None:
        return False
    work.moves.add(np.rint(changes))
    return True


def _chosen(work: Work) -> Proofs:
    moves = work.moves
    meets = moves.meets[: moves.count] & moves.alive[: moves.count, None]
    move = np.full(len(work.problem.needs), -1)
    kept: list[tuple[Whole, Whole]] = []
    for at in np.argsort(-meets.sum(axis=1), kind="stable").tolist():
        fresh = meets[at] & (move < 0)
        if fresh.any():
            move[fresh] = len(kept)
            changes = np.rint(moves.atoms[at]).astype(np.int64)
            _checked(work, changes)
            moved = np.flatnonzero(changes)
            kept.append((moved, changes[moved]))
    return Proofs(kept, move)


def _checked(work: Work, changes: Whole) -> None:
    """Whole numbers leave no tolerance: no shown or fixed sum moves, and nothing falls below its floor."""
    problem = work.problem
    effect = problem.rows @ changes
    if (
        effect[~work.hidden].any()
        or (problem.hard @ changes).any()
        or (problem.base + changes < problem.floor).any()
    ):
        raise AssertionError("a move that changes what is shown")
