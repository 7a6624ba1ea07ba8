"""The primary rules: which cells are small, and what must be proved of each."""

import numpy as np

from tettpaa.data.suppression.blocks import Bools, Needs, State
from tettpaa.data.suppression.earlier import Ledger
from tettpaa.data.suppression.system import System
from tettpaa.data.suppression.table import Rules, Whole


def first_state(ledger: Ledger, rules: Rules) -> State:
    """Small cells hidden; what was shown earlier known; what was hidden earlier still hidden, at no price.

    A full group (all pupils on one level) and the complement of a share need no rule of their own: the zeros and small
    numbers beside them are hidden, and cannot be proved large enough unless the group or its total is hidden too.
    """
    system, values = ledger.system, ledger.system.values
    primary = (values < rules.threshold) & (values >= rules.floor)
    shown = values < rules.floor
    shown[ledger.shown] = True
    kept = primary.copy()
    kept[ledger.hidden] = True
    primary &= (system.copies > 0) | ~shown  # a row that only an earlier release has
    return State(
        primary=primary,
        hidden=kept.copy(),
        shown=shown,
        kept=kept,
        weight=np.where(kept, 0, system.copies * (1.0 + values)),
    )


def all_needs(system: System, state: State, rules: Rules) -> Needs:
    """Each small cell up to the threshold, and down below its value where it can fall at all."""
    up = np.flatnonzero(state.primary & ~state.shown)
    down = up[system.values[up] > rules.floor]
    down = down[_without_ghosts(system, down)]
    every = Needs(
        cell=np.concatenate([up, down]),
        sign=np.repeat([1, -1], [len(up), len(down)]),
        need=np.concatenate([rules.threshold - system.values[up], np.ones(len(down), np.int64)]),
        frozen=np.full(len(up) + len(down), -1),
    )
    return _with_insiders(system, every, rules.insider)


def _without_ghosts(system: System, rows: Whole) -> Whole:
    """A ghost's true value is not known to us, so neither is what it must fall below."""
    ghosts = system.rows[rows][:, len(system.table.counts) :]
    return np.flatnonzero(np.diff(ghosts.tocsr().indptr) == 0)


def _more_than_own(system: System, needs: Needs, which: Whole, leaf: int) -> Bools:
    """A sum of only the insider's own pupils cannot fall below what the insider knows; and tells of nobody else."""
    own = np.where(system.leaf == leaf, system.counts, 0)
    rest: Bools = system.rows[needs.cell[which]] @ (system.counts - own) > 0
    return rest | (needs.sign[which] > 0)


def _with_insiders(system: System, needs: Needs, most: int) -> Needs:
    """In a unit of 2 to `most` lowest units, the same once more for each of them that knows its own numbers."""
    bottom = system.path.shape[1] - 1
    cell, frozen = [np.arange(len(needs))], [needs.frozen]
    parents, sizes = np.unique(system.path[:, bottom - 1], return_counts=True)
    for parent in parents[(sizes > 1) & (sizes <= most)].tolist():
        leaves = np.flatnonzero(system.path[:, bottom - 1] == parent)
        nodes = [parent, *system.path[leaves, bottom].tolist()]
        here = np.flatnonzero(np.isin(system.node[needs.cell], nodes))
        for leaf in leaves.tolist():
            others = here[system.node[needs.cell[here]] != system.path[leaf, bottom]]
            others = others[_more_than_own(system, needs, others, leaf)]
            cell.append(others)
            frozen.append(np.full(len(others), leaf))
    result = needs.some(np.concatenate(cell))
    result.frozen = np.concatenate(frozen)
    return result
