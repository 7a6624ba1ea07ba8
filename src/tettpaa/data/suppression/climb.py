"""Wider pieces for what a piece cannot prove alone: the unit, some of its neighbours, a few schools of each.

A change of a municipality's number is carried down to schools of it; else the schools, all shown, would give it away.
"""

import numpy as np

from tettpaa.data.suppression.blocks import Needs, Piece
from tettpaa.data.suppression.system import System
from tettpaa.data.suppression.table import Whole

_AT_LEAST = 10  # units in a wider piece, others without open needs included: three hide much more
_SCHOOLS = 6  # leaves that move on behalf of one unit: most of its cover is hidden already, and costs nothing
_OWN = 3  # leaves that move on behalf of one number below a unit (a municipality's when the counties move)
_LEAVES = 48  # leaves of the units with open needs in one wider piece
_NATION = 12  # leaves that move when the nation's own numbers must
_EVERYTHING = 60  # the last attempt


def wider(system: System, needs: Needs, height: int) -> list[Piece]:
    """Pieces in which units at depth `height` + 1 may change while those at `height` and above stand still.

    `height` -1 lets the nation's numbers move too, -2 once more with many leaves.
    """
    path, depth = system.path, max(height + 1, 0)
    if depth >= path.shape[1] - 1 and len(path) > 1:
        return []  # leaves under one parent: they have been in a piece together already
    wanted = _leaves_by_unit(system, needs, depth)
    if height < 0:
        count = _NATION if height == -1 else _EVERYTHING
        extra = sorted({leaf for leaves in wanted.values() for leaf in leaves})[:count]
        everyone = np.arange(len(path))
        return [Piece(tuple(sorted({*extra, *_spread(system, everyone, count)})), ())] if wanted else []
    found: list[Piece] = []
    for parent in np.unique(path[:, height]).tolist():
        under = np.flatnonzero(path[:, height] == parent)
        found += _under(system, under, depth, wanted)
    return found


def _leaves_by_unit(system: System, needs: Needs, depth: int) -> dict[int, list[int]]:
    """Units at `depth` with open needs at or below them, each with leaves that may move on behalf of what lies below it."""
    path = system.path
    wanted: dict[int, list[int]] = {}
    for cell in np.unique(needs.cell).tolist():
        level, node = int(system.depth[cell]), int(system.node[cell])
        if level < depth:
            continue
        inside = np.flatnonzero(path[:, level] == node)
        leaves = wanted.setdefault(int(path[inside[0], depth]), [])
        if level > depth:
            # Not all leaves of a wide piece move: without one of its own, the cell would stand still.
            leaves += [leaf for leaf in _spread(system, inside, _OWN) if leaf not in leaves]
    return wanted


def _under(system: System, under: Whole, depth: int, wanted: dict[int, list[int]]) -> list[Piece]:
    """Pieces below one parent: its units with needs in groups, each group with some neighbours."""
    units = system.path[under, depth]
    inside = {int(unit): under[units == unit] for unit in np.unique(units)}
    by_size = sorted(inside, key=lambda unit: (len(inside[unit]), unit))
    others = [unit for unit in by_size if unit not in wanted]
    mine = [
        {*wanted[unit][start : start + _LEAVES], *_spread(system, inside[unit], _SCHOOLS)}
        for unit in by_size
        if unit in wanted
        for start in range(0, max(1, len(wanted[unit])), _LEAVES)
    ]
    parts = -(-sum(map(len, mine)) // _LEAVES)
    fixed = tuple(system.path[under[0], :depth].tolist())
    found: list[Piece] = []
    for part in range(parts):
        group = mine[part::parts]  # dealt out by size: small ones alone have nothing to hide in
        lacking = max(0, _AT_LEAST - len(group))
        at = (part * lacking) % max(1, len(others))
        leaves = set().union(*group)
        for unit in (others[at:] + others[:at])[:lacking]:
            leaves |= set(_spread(system, inside[unit], _SCHOOLS))
        found.append(Piece(tuple(sorted(leaves)), fixed))
    return found


def _spread(system: System, leaves: Whole, count: int) -> list[int]:
    """Some leaves of all sizes, the smallest and the largest among them."""
    pupils = system.pupils[leaves]
    ordered = leaves[np.lexsort((leaves, pupils))]
    places = np.linspace(0, len(ordered) - 1, min(count, len(ordered))).round().astype(int)
    chosen: list[int] = ordered[np.unique(places)].tolist()
    return chosen
