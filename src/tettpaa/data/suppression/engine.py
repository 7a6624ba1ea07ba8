"""Certified suppression: which cells are hidden, and for each small one the proof that it stays hidden.

The whole of it: mark the small cells, hide within each municipality what must be hidden, climb to wider pieces for what
one cannot hide alone, and keep for every small cell two whole-number counter-tables that agree with everything shown.
docs/suppression.md says why this suffices.
"""

from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context

import numpy as np

from tettpaa.data.suppression.blocks import Bools, Needs, Piece, Problem, State, pieces, problem
from tettpaa.data.suppression.climb import wider
from tettpaa.data.suppression.earlier import Ledger, with_earlier
from tettpaa.data.suppression.needs import all_needs, first_state
from tettpaa.data.suppression.piece import begin, cover, prove, prune, settled
from tettpaa.data.suppression.system import System, build
from tettpaa.data.suppression.table import Cell, Earlier, Rules, Table, Whole

SIZE = 12  # leaves in a piece, and twice as many of one unit: fewer hide too much, more cost too much time


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """A possible other truth: the inner cells that differ (positions in `table.codes`) and by how much."""

    atoms: Whole
    changes: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """What may be shown, and the proof.

    `hidden`: one flag per published cell, in the order of `system.published`. `certificates` prove every small cell;
    `refused` are the cells that nothing can prove: while there is one, nothing may be published.
    `exposed` are small cells that an earlier release shows already; `disagreeing` earlier releases that no truth can
    agree with beside this table.
    """

    system: System
    rules: Rules
    hidden: Bools
    certificates: tuple[Certificate, ...]
    refused: tuple[Cell, ...] = ()
    exposed: tuple[Cell, ...] = ()
    disagreeing: tuple[str, ...] = ()

    def cells(self) -> Iterator[tuple[tuple[str, ...], int | None]]:
        """Every published cell in file order: codes with `Total`, and the number or None where hidden."""
        published = self.system.published
        values = self.system.values[published.unique].tolist()
        for at, (value, hidden) in enumerate(zip(values, self.hidden.tolist(), strict=True)):
            yield published.codes(at), None if hidden else value


Kept = tuple[Whole, list[tuple[Whole, Whole]], Whole]  # cells hidden, moves, each need's move
Memory = MutableMapping[str, Kept]


def suppress(
    table: Table,
    rules: Rules | None = None,
    previous: Sequence[Earlier] = (),
    *,
    processes: int = 1,
    memory: Memory | None = None,
) -> Pattern:
    """The pattern for a table, under the rules, beside earlier releases that can still be read.

    Deterministic: equal input gives an equal pattern and equal certificates, whatever the number of `processes`.
    `memory`, if given, keeps the answer of each piece by its digest, so that the next call solves only what changed.
    """
    rules = rules or Rules()
    run = _Run(with_earlier(build(table), previous), rules, memory if memory is not None else {})
    with _pool(processes, len(run.system.path)) as workers:
        run.solve(run.pieces, workers)
        run.climb(workers)
    return run.pattern()


class _Workers:
    """Two cores when there is enough to do for them, else this process itself."""

    def __init__(self, processes: int, leaves: int) -> None:
        many = processes > 1 and leaves > 12 * SIZE
        # Spawned, not forked: the caller may have threads (the web server has).
        self._pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn")) if many else None

    def __enter__(self) -> "_Workers":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def map(self, problems: list[Problem]) -> Iterable[Kept]:
        return self._pool.map(solved, problems) if self._pool and len(problems) > 1 else map(solved, problems)


_pool = _Workers


def solved(one: Problem) -> Kept:
    """A piece from beginning to end."""
    work = begin(one)
    cover(work)
    prune(work, settled(work))
    proofs = prove(work)
    return np.flatnonzero(work.hidden & ~one.hidden), proofs.moves, proofs.move


@dataclass(slots=True)
class _Run:
    ledger: Ledger
    rules: Rules
    memory: Memory
    system: System = field(init=False)
    pieces: list[Piece] = field(init=False)
    state: State = field(init=False)
    needs: Needs = field(init=False)
    met: Bools = field(init=False)
    certificates: list[Certificate] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.system = self.ledger.system
        self.pieces = pieces(self.system, SIZE)
        self.state = first_state(self.ledger, self.rules)
        self.needs = all_needs(self.system, self.state, self.rules)
        self.met = np.zeros(len(self.needs), bool)

    def solve(self, wanted: list[Piece], workers: _Workers) -> None:
        """Solve pieces side by side; each is given the needs not met yet, and sees what was hidden before."""
        open_needs = np.flatnonzero(~self.met)
        left = self.needs.some(open_needs)
        cut = partial(problem, self.system, self.state, left, floor=self.rules.floor)
        problems = [one for piece in wanted if len((one := cut(piece)).needs)]
        digests = [one.digest() for one in problems]
        fresh = [one for one, digest in zip(problems, digests, strict=True) if digest not in self.memory]
        answers = iter(workers.map(fresh))
        for one, digest in zip(problems, digests, strict=True):
            if digest not in self.memory:
                self.memory[digest] = next(answers)
            self._take(one, self.memory[digest], open_needs)

    def _take(self, one: Problem, answer: Kept, open_needs: Whole) -> None:
        hidden, moves, move = answer
        self.state.hidden[one.cells[hidden]] = True
        self.state.kept[one.cells[hidden]] = True
        self.met[open_needs[one.origin[move >= 0]]] = True
        self.certificates += [Certificate(one.atoms[atoms], changes) for atoms, changes in moves]

    def climb(self, workers: _Workers) -> None:
        """What no piece could prove alone is proved together with its neighbours, then theirs, at last with all."""
        for height in range(len(self.system.table.hierarchy) - 1, -3, -1):
            open_needs = self.needs.some(~self.met)
            if len(open_needs) and (found := wider(self.system, open_needs, height)):
                self.solve(found, workers)

    def pattern(self) -> Pattern:
        published, state = self.system.published, self.state
        refused = np.zeros(len(self.system.values), bool)
        refused[self.needs.cell[~self.met]] = True
        exposed = state.primary & state.shown
        return Pattern(
            self.system,
            self.rules,
            state.hidden[published.unique],
            tuple(self.certificates),
            self._named(refused) + self._gone(refused),
            self._named(exposed),
            self.ledger.disagreeing,
        )

    def _named(self, rows: Bools) -> tuple[Cell, ...]:
        published = self.system.published
        return tuple(Cell(published.codes(int(at))) for at in np.flatnonzero(rows[published.unique]))

    def _gone(self, rows: Bools) -> tuple[Cell, ...]:
        """Cells that only an earlier release held, and that this one would give away."""
        return tuple(Cell(codes) for row, codes in sorted(self.ledger.names.items()) if rows[row])
