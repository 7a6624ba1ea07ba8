"""Earlier releases as further rows of the system: what they showed is known, what they hid stays hidden.

A cell of an earlier release is the sum of that release's inner cells. Where those are inner cells of the present table
(or sums of them), they are the same numbers; where the table knows nothing of them (another year, a finer split) they
are *ghosts*: unknowns that agree with everything shown. A number shown then that differs from the table now is a
correction: it tells of other data and binds nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import scipy.sparse as sp

from tettpaa.data.suppression.programme import whole_numbers
from tettpaa.data.suppression.system import Matrix, System
from tettpaa.data.suppression.table import TOTAL, Earlier, Sum, Table, Whole

Codes = tuple[str, ...]


@dataclass(slots=True, eq=False)
class Ledger:
    """What earlier releases add. `shown` and `hidden`: rows of the grown system; `names`: the
    codes of those that the table does not publish; `disagreeing`: names of releases that
    agree with no possible truth together with the table."""

    system: System
    shown: Whole
    hidden: Whole
    names: Mapping[int, Codes] = field(default_factory=dict)
    disagreeing: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class _Rows:
    """Rows over the table's atoms and the ghosts so far; a value of None is hidden, or nothing was said of it."""

    leaf_of: Mapping[Codes, int]
    atoms: list[Matrix] = field(default_factory=list)
    values: list[list[int | None]] = field(default_factory=list)
    silent: list[list[bool]] = field(default_factory=list)
    codes: list[list[Codes]] = field(default_factory=list)
    leaves: list[int] = field(default_factory=list)


def with_earlier(system: System, previous: Sequence[Earlier]) -> Ledger:
    """The system grown by what earlier releases showed and hid."""
    none = np.empty(0, np.int64)
    if not previous:
        return Ledger(system, none, none)
    height = len(system.table.hierarchy)
    leaf_of = {
        codes[:height]: leaf for codes, leaf in zip(system.table.codes, system.leaf.tolist(), strict=True)
    }
    rows = _Rows(leaf_of)
    for one in previous:
        _add(rows, system.table, one)
    return _grown(system, rows, tuple(one.name for one in previous))


def _add(rows: _Rows, table: Table, one: Earlier) -> None:
    silent = one.silent.difference(one.cells)
    one = replace(one, cells={**one.cells, **dict.fromkeys(sorted(silent))})
    inner = [codes for codes in one.cells if _is_inner(codes, one.columns, table.sums)]
    known = len(table.codes) + len(rows.leaves)
    translated, linked = _translated(rows, table, one, inner)
    members = _members(one, inner, table.sums)
    count = len(table.codes) + len(rows.leaves)
    translated.resize((len(inner), count))
    rows.atoms.append(_joined((members @ translated).tocsr(), linked))
    rows.values.append(list(one.cells.values()))
    rows.silent.append([codes in silent for codes in one.cells])
    rows.codes.append(list(one.cells))
    if count > known and linked.shape[0]:
        rows.atoms.append(linked)
        rows.values.append([0] * linked.shape[0])
        rows.silent.append([False] * linked.shape[0])
        rows.codes.append([()] * linked.shape[0])


def _joined(cells: Matrix, linked: Matrix) -> Matrix:
    """Cells that hold all parts of a finer split of a group hold the group itself. Then they are numbers of the table's
    own, and what was hidden of them stays hidden under that name too."""
    parts = linked.maximum(0).tocsr()
    held = (cells @ parts.T).tocoo()
    whole = held.data == np.diff(parts.indptr)[held.col]
    chosen = sp.csr_matrix((np.ones(whole.sum(), np.int64), (held.row[whole], held.col[whole])), held.shape)
    joined = (cells - chosen @ linked).tocsr()
    joined.eliminate_zeros()
    return joined


def _is_inner(codes: Codes, columns: Codes, sums: Sequence[Sum]) -> bool:
    labels = {(s.column, s.label) for s in sums}
    return TOTAL not in codes and not any(pair in labels for pair in zip(columns, codes, strict=True))


def _translated(rows: _Rows, table: Table, one: Earlier, inner: list[Codes]) -> tuple[Matrix, Matrix]:
    """The release's inner cells as sums of atoms; and, for finer splits, that the parts make up the table's atoms."""
    common = [at for at, column in enumerate(one.columns) if column in table.columns]
    finer = len(common) < len(one.columns)
    places = [table.columns.index(one.columns[at]) for at in common]
    atoms: dict[Codes, list[int]] = defaultdict(list)
    for atom, codes in enumerate(table.codes):
        atoms[tuple(codes[at] for at in places)].append(atom)
    parts: dict[Codes, list[int]] = defaultdict(list)
    where: list[tuple[int, int]] = []
    for at, codes in enumerate(inner):
        key = tuple(codes[i] for i in common)
        if key in atoms and not finer:
            where += [(at, atom) for atom in atoms[key]]
            continue
        ghost = len(table.codes) + len(rows.leaves)
        named = dict(zip(one.columns, codes, strict=True))
        # A unit that is no more: its ghosts stand still, which is safe.
        rows.leaves.append(rows.leaf_of.get(tuple(named.get(c, "") for c in table.hierarchy), -1))
        where.append((at, ghost))
        parts[key].append(ghost)
    count = len(table.codes) + len(rows.leaves)
    links = [(key, ghosts) for key, ghosts in parts.items() if key in atoms]
    linked = [(i, ghost, 1) for i, (_, ghosts) in enumerate(links) for ghost in ghosts]
    linked += [(i, atom, -1) for i, (key, _) in enumerate(links) for atom in atoms[key]]
    return _matrix([(i, j, 1) for i, j in where], len(inner), count), _matrix(linked, len(links), count)


def _matrix(entries: list[tuple[int, int, int]], height: int, width: int) -> Matrix:
    rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    return sp.csr_matrix((values, (rows, columns)), shape=(height, width), dtype=np.int64)


def _members(one: Earlier, inner: list[Codes], sums: Sequence[Sum]) -> Matrix:
    """Which inner cells each cell of the release adds up."""
    groups = {(s.column, s.label): s.members for s in sums}
    by_shape: dict[tuple[str | None, ...], list[tuple[int, Codes]]] = defaultdict(list)
    for at, codes in enumerate(one.cells):
        shape = tuple(
            code if code == TOTAL or (column, code) in groups else None
            for column, code in zip(one.columns, codes, strict=True)
        )
        by_shape[shape].append((at, codes))
    entries: list[tuple[int, int, int]] = []
    for shape, cells in by_shape.items():
        wanted = {codes: at for at, codes in cells}
        for number, codes in enumerate(inner):
            inside = all(
                s in (None, TOTAL) or code in groups[column, s]
                for s, column, code in zip(shape, one.columns, codes, strict=True)
            )
            key = tuple(code if s is None else s for s, code in zip(shape, codes, strict=True))
            if inside and key in wanted:
                entries.append((wanted[key], number, 1))
    return _matrix(entries, len(one.cells), len(inner))


def _grown(system: System, rows: _Rows, names: tuple[str, ...]) -> Ledger:
    atoms, ghosts = len(system.table.codes), len(rows.leaves)
    for matrix in rows.atoms:
        matrix.resize((matrix.shape[0], atoms + ghosts))
    matrix = sp.vstack(rows.atoms).tocsr()
    matrix.sort_indices()
    values = [value for some in rows.values for value in some]
    own = np.diff(matrix[:, atoms:].indptr) == 0
    truth = matrix[:, :atoms] @ system.table.counts
    fitting = [value is None or not mine or value == true
               for value, mine, true in zip(values, own.tolist(), truth.tolist(), strict=True)]  # fmt: skip
    seen = np.array([value is not None for value in values], bool)
    shown = np.flatnonzero(np.array(fitting, bool) & seen & (np.diff(matrix.indptr) > 0))
    base, agrees = _ghosts(matrix[shown], np.array([values[i] for i in shown], np.int64), system)
    silent = np.array([one for some in rows.silent for one in some], bool)
    hidden = np.flatnonzero(~seen & ~silent & (np.diff(matrix.indptr) > 0))
    if not agrees:  # nothing can be said of the ghosts: only what is wholly the table's own still binds
        shown, hidden = shown[own[shown]], hidden[own[hidden]]
    leaf = np.concatenate([system.leaf, np.array(rows.leaves, np.int64)])
    counts = np.concatenate([system.table.counts, base])
    ledger, added = _placed(system, matrix, (shown, hidden), leaf, counts)
    codes = [one for some in rows.codes for one in some]
    ledger.names = {len(system.values) + i: codes[at] for i, at in enumerate(added)}
    ledger.disagreeing = () if agrees else names
    return ledger


def _ghosts(matrix: Matrix, values: Whole, system: System) -> tuple[Whole, bool]:
    """Possible values of the ghosts, with the table's own atoms as they are."""
    atoms = len(system.table.codes)
    part = matrix[:, atoms:]
    which = np.flatnonzero(np.diff(part.tocsr().indptr))
    rest = values[which] - matrix[which][:, :atoms] @ system.table.counts
    found = whole_numbers(part[which], rest) if part.shape[1] else np.empty(0, np.int64)
    return (np.zeros(part.shape[1], np.int64), False) if found is None else (found, True)


def _placed(
    system: System, matrix: Matrix, which: tuple[Whole, Whole], leaf: Whole, counts: Whole
) -> tuple[Ledger, list[int]]:
    """Rows equal to rows of the system are those; the others are added, at the lowest unit that holds them.

    Gives the ledger, and which rows of the matrix were added, in their order.
    """
    old = sp.csr_matrix(
        (system.rows.data, system.rows.indices, system.rows.indptr), shape=(system.rows.shape[0], len(counts))
    )
    known = {_key(old, row): row for row in range(old.shape[0])}
    added: list[int] = []
    numbers: list[Whole] = []
    for rows in which:
        found = []
        for row in rows.tolist():
            number = known.setdefault(_key(matrix, row), old.shape[0] + len(added))
            if number == old.shape[0] + len(added):
                added.append(row)
            found.append(number)
        numbers.append(np.unique(np.array(found, np.int64)))
    extra = matrix[added]
    lowest = [
        _lowest(system, leaf[extra.indices[extra.indptr[i] : extra.indptr[i + 1]]]) for i in range(len(added))
    ]
    depth, node = (np.array(x, np.int64) for x in (zip(*lowest, strict=True) if lowest else ((), ())))
    grown = sp.vstack([old, extra]).tocsr()
    result = System(
        table=system.table, published=system.published, rows=grown, columns=grown.tocsc(), counts=counts,
        values=grown @ counts, copies=np.concatenate([system.copies, np.zeros(len(added), np.int64)]),
        depth=np.concatenate([system.depth, depth]), node=np.concatenate([system.node, node]),
        inner=np.concatenate([system.inner, np.zeros(len(added), bool)]), leaf=leaf, path=system.path,
    )  # fmt: skip
    return Ledger(result, numbers[0], np.setdiff1d(numbers[1], numbers[0])), added


def _key(matrix: Matrix, row: int) -> bytes:
    part = slice(matrix.indptr[row], matrix.indptr[row + 1])
    plain: bytes = (
        matrix.indices[part].astype(np.int64).tobytes() + matrix.data[part].astype(np.int64).tobytes()
    )
    return plain


def _lowest(system: System, leaves: Whole) -> tuple[int, int]:
    """Depth and number of the lowest unit that holds all these leaves."""
    paths = system.path[np.unique(leaves[leaves >= 0])]
    if not len(paths):
        return 0, 0
    depth = int((paths == paths[0]).all(axis=0).sum()) - 1
    return depth, int(paths[0, depth])
