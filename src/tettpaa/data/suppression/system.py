"""One linear system over everything published: which inner cells each published number adds up.

Rows are published numbers, columns the inner cells ("atoms"). Cells that add up the very same atoms (a municipality
with one school, a grade with one gender) are one row here: what is hidden in one is hidden in all.
"""

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from tettpaa.data.suppression.table import TOTAL, Table, Whole

Matrix = Any  # scipy.sparse.csr_matrix, which carries no types
_SUMMED = -1


@dataclass(slots=True, eq=False)
class Published:
    """Every cell of every margin, before duplicates are merged.

    `keys`: one row of category numbers per cell, shape (cells, columns); -1 is `Total`, numbers past the categories
    are the table's further sums. `unique`: the row of the system that the cell is.
    """

    keys: NDArray[np.int32]
    unique: Whole
    labels: tuple[tuple[str, ...], ...]

    def codes(self, cell: int) -> tuple[str, ...]:
        return tuple(
            TOTAL if k == _SUMMED else self.labels[i][k] for i, k in enumerate(self.keys[cell].tolist())
        )


@dataclass(slots=True, eq=False)
class System:
    """`rows`: system rows × atoms, 0/1 (`columns`: the same, by column). `counts`: the atoms' numbers;
    `values`: what each row adds up to. `copies`: how many cells it stands for.

    `depth`: levels of the hierarchy that the row's unit fixes (0 = the nation), the highest among its duplicates;
    `node`: number of that unit, one numbering over all depths. `inner`: whether no dimension is summed out.
    `leaf`: number of each atom's lowest unit; `path`: nodes of each leaf from the top (nation) down, shape
    (leaves, depth + 1).
    """

    table: Table
    published: Published
    rows: Matrix
    columns: Matrix
    counts: Whole
    values: Whole
    copies: Whole
    depth: Whole
    node: Whole
    inner: NDArray[np.bool_]
    leaf: Whole
    path: Whole

    @property
    def pupils(self) -> Whole:
        """Pupils of each leaf."""
        own = len(self.table.counts)
        sums: Whole = np.zeros(len(self.path), np.int64)
        np.add.at(sums, self.leaf[:own], self.table.counts)
        return sums


def build(table: Table) -> System:
    """The system of a table with all margins of its hierarchy and dimensions, and its further sums."""
    labels, codes = _numbered(table)
    keys, owner, atoms = _cells(table, labels, codes)
    cells = sp.csr_matrix(
        (np.ones(len(owner), np.int64), (owner, atoms)), shape=(len(keys), len(table.codes))
    )
    order = np.lexsort(_sorting(keys, len(table.hierarchy)))
    keys, cells = keys[order], cells[order]
    unique, first = _merged(cells)
    leaf, path = _units(codes, len(table.hierarchy))
    depth = (keys[:, : len(table.hierarchy)] != _SUMMED).sum(1)
    top = np.full(len(first), len(table.hierarchy))
    np.minimum.at(top, unique, depth)
    rows = cells[first]
    some_atom = rows.indices[rows.indptr[:-1]]
    inner_cell = (keys[:, len(table.hierarchy) :] != _SUMMED).all(1)
    inner = np.zeros(len(first), bool)
    np.logical_or.at(inner, unique, inner_cell)
    return System(
        table=table,
        published=Published(keys, unique, labels),
        rows=rows,
        columns=rows.tocsc(),
        counts=table.counts,
        values=rows @ table.counts,
        copies=np.bincount(unique),
        depth=top,
        node=path[leaf[some_atom], top],
        inner=inner,
        leaf=leaf,
        path=path,
    )


def _numbered(table: Table) -> tuple[tuple[tuple[str, ...], ...], NDArray[np.int32]]:
    """Sorted categories per column (further sums after them), and the atoms' category numbers."""
    labels, columns = [], []
    for at, name in enumerate(table.columns):
        known = sorted({row[at] for row in table.codes})
        number = {code: i for i, code in enumerate(known)}
        columns.append([number[row[at]] for row in table.codes])
        labels.append(tuple(known) + tuple(s.label for s in table.sums if s.column == name))
    return tuple(labels), np.array(columns, dtype=np.int32).T


def _cells(
    table: Table, labels: tuple[tuple[str, ...], ...], codes: NDArray[np.int32]
) -> tuple[NDArray[np.int32], Whole, Whole]:
    """All cells' keys, and which cell adds up which atom (two parallel arrays)."""
    height = len(table.hierarchy)
    keys: list[NDArray[np.int32]] = []
    owners: list[Whole] = []
    atoms: list[Whole] = []
    count = 0
    choices = [_choices(table, at, labels[at], codes) for at in range(height, len(table.columns))]
    for level in range(height + 1):
        for picked in itertools.product(*choices):
            key = codes.copy()
            key[:, level:height] = _SUMMED
            member = np.ones(len(codes), bool)
            for at, (number, inside) in enumerate(picked, start=height):
                if number is not None:
                    key[:, at] = number
                    member &= inside
            found, cell = np.unique(key[member], axis=0, return_inverse=True)
            keys.append(found)
            owners.append(cell.reshape(-1).astype(np.int64) + count)
            atoms.append(np.flatnonzero(member))
            count += len(found)
    return np.concatenate(keys), np.concatenate(owners), np.concatenate(atoms)


def _choices(
    table: Table, at: int, labels: tuple[str, ...], codes: NDArray[np.int32]
) -> list[tuple[int | None, NDArray[np.bool_]]]:
    """How a dimension may stand in a cell: by itself, summed out, or as one of the further sums."""
    everyone = np.ones(len(codes), bool)
    result: list[tuple[int | None, NDArray[np.bool_]]] = [(None, everyone), (_SUMMED, everyone)]
    for extra in table.sums:
        if extra.column == table.columns[at]:
            members = [i for i, label in enumerate(labels) if label in extra.members]
            result.append((labels.index(extra.label), np.isin(codes[:, at], members)))
    return result


def _sorting(keys: NDArray[np.int32], height: int) -> list[NDArray[np.int32]]:
    """Order of the published file: by unit, a whole before its parts; then by dimension, `Total` last."""
    last = np.iinfo(np.int32).max
    dimensions = np.where(keys[:, height:] == _SUMMED, last, keys[:, height:])
    columns = [*keys[:, :height].T, *dimensions.T]
    return columns[::-1]


def _merged(cells: Matrix) -> tuple[Whole, Whole]:
    """For each cell its row in the system, and for each row its first cell. Equal rows add up equal atoms."""
    seen: dict[bytes, int] = {}
    unique = np.empty(cells.shape[0], np.int64)
    first: list[int] = []
    cells.sort_indices()
    starts, indices = cells.indptr, cells.indices
    for cell in range(cells.shape[0]):
        row = seen.setdefault(indices[starts[cell] : starts[cell + 1]].tobytes(), len(first))
        if row == len(first):
            first.append(cell)
        unique[cell] = row
    return unique, np.array(first)


def _units(codes: NDArray[np.int32], height: int) -> tuple[Whole, Whole]:
    """Each atom's leaf, and each leaf's nodes from the nation (always node 0) down to itself."""
    leaves, leaf = np.unique(codes[:, :height], axis=0, return_inverse=True)
    path = np.zeros((len(leaves), height + 1), np.int64)
    count = 1
    for level in range(1, height + 1):
        found, node = np.unique(leaves[:, :level], axis=0, return_inverse=True)
        path[:, level] = node.reshape(-1) + count
        count += len(found)
    return leaf.reshape(-1).astype(np.int64), path
