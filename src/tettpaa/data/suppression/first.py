"""Suppression, first form: threshold, cover inside each parent, and the split by gender.

Holds the invariants that the real files show (data.md §6): never exactly one hidden child under a shown parent.
It is not proof against narrowing: the certified engine takes this place, behind the same `protect`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tettpaa.data.suppression.kinds import Gender, Status

_HIDDEN = {Status.HIDDEN_BY_SOURCE, Status.HIDDEN_BY_US, Status.CONFIDENTIAL}
_MAX_ROUNDS = 20


@dataclass(slots=True)  # not frozen: a national file makes a million of them
class Candidate:
    """One figure about to be published. `family` groups figures that add up: indicator, period and grade.

    `unit` and `parent` are codes; `count` is the number of pupils the figure tells of (a share's numerator),
    None when the figure tells of no countable group; `n` the pupils behind it, `smallest` the smallest group of
    pupils that may be shown.
    """

    family: tuple[object, ...]
    unit: str
    parent: str
    gender: Gender
    n: int | None
    count: float | None
    smallest: int
    status: Status


def protect(candidates: Sequence[Candidate], *, small_count: int = 0) -> set[int]:
    """Positions of the figures that must be hidden, primary and cover alike.

    `small_count`: counts below it are hidden too (0: counts inside a group are no secret).

    Deterministic: the smallest sibling covers first, then by unit code. Raises RuntimeError if no stable pattern
    is found, which cannot happen while every round hides at least one more figure.
    """
    hidden = {i for i, c in enumerate(candidates) if c.status is Status.OK and _is_small(c, small_count)}
    families: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, candidate in enumerate(candidates):
        families[candidate.family].append(i)
    for members in families.values():
        # A source's own pattern is public already; we only have to answer for what we hide ourselves.
        if any(i in hidden for i in members):
            _cover(candidates, members, hidden)
    return hidden


def _is_small(candidate: Candidate, small_count: int) -> bool:
    if candidate.n is None:
        return False
    if candidate.n < candidate.smallest:
        return True
    if candidate.count is None or not small_count:
        return False
    # A count of 0 or of all is hidden like any small count: a rule that always shows zeros gives the rest away.
    return min(candidate.count, candidate.n - candidate.count) < small_count


def _cover(candidates: Sequence[Candidate], members: list[int], hidden: set[int]) -> None:
    for _ in range(_MAX_ROUNDS * len(members)):
        more = _genders(candidates, members, hidden) | _children(candidates, members, hidden)
        if not more - hidden:
            return
        hidden |= more
    raise RuntimeError("no stable pattern")


def _genders(candidates: Sequence[Candidate], members: Iterable[int], hidden: set[int]) -> set[int]:
    """All = girls + boys: of the three, never exactly one may be missing."""
    by_unit: dict[str, dict[Gender, int]] = defaultdict(dict)
    for i in members:
        by_unit[candidates[i].unit][candidates[i].gender] = i
    more: set[int] = set()
    for split in by_unit.values():
        if len(split) < len(Gender):
            continue
        gone = [g for g, i in split.items() if _is_hidden(candidates, i, hidden)]
        if len(gone) == 1:
            parts = [Gender.GIRLS, Gender.BOYS]
            more |= {split[g] for g in parts if candidates[split[g]].status is Status.OK}
    return more


def _children(candidates: Sequence[Candidate], members: Iterable[int], hidden: set[int]) -> set[int]:
    """Under a shown parent, hidden children must be none, or two and more with a group's size between them."""
    parents = {(candidates[i].unit, candidates[i].gender): i for i in members}
    families: dict[int, list[int]] = defaultdict(list)
    for i in members:
        parent = parents.get((candidates[i].parent, candidates[i].gender))
        if parent is not None and parent != i:
            families[parent].append(i)
    more: set[int] = set()
    for parent, children in families.items():
        gone = [i for i in children if _is_hidden(candidates, i, hidden)]
        if _is_hidden(candidates, parent, hidden) or not any(i in hidden for i in gone):
            continue
        shown = [i for i in children if i not in gone and candidates[i].status is Status.OK]
        if not _mixed(candidates, parent, gone, shown):
            shown.sort(key=lambda i: (candidates[i].n or 0, candidates[i].unit))
            more.add(shown[0] if shown else parent)
    return more


def _mixed(candidates: Sequence[Candidate], parent: int, gone: list[int], shown: list[int]) -> bool:
    """Whether what the parent and the shown children leave open is at least two units and a group's size.

    Pupils of the parent in no listed child (a county of which we hold one municipality) mix in like one more unit.
    """
    smallest, whole = candidates[parent].smallest, candidates[parent].n
    together = sum(candidates[i].n or 0 for i in gone)
    left = together if whole is None else whole - sum(candidates[i].n or 0 for i in shown)
    units = len(gone) + (left - together >= smallest)
    return units >= 2 and left >= smallest


def _is_hidden(candidates: Sequence[Candidate], i: int, hidden: set[int]) -> bool:
    return i in hidden or candidates[i].status in _HIDDEN
