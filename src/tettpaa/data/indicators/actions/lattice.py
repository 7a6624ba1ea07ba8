"""Figures that add up, as tables of counts for the certified engine: which pupils each published number counts.

What the file publishes is less than a whole table: a municipality's schools may not be all of its pupils, girls and
boys not all, the shown answers not all. The rest is a group of its own, since anybody can subtract.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from tettpaa.data.suppression.kinds import Gender
from tettpaa.data.suppression.table import TOTAL, Table

REST: Final = "~"  # pupils of no listed unit, gender or answer
GENDERS: Final = {Gender.ALL: TOTAL, Gender.GIRLS: "F", Gender.BOYS: "M"}
type Codes = tuple[str, ...]
type Vector = dict[tuple[str, str], int]  # pupils by gender and answer


class DoesNotAddUpError(ValueError):
    """The parts are more than the whole, or the split is known for some of the parts only."""


@dataclass(frozen=True, slots=True)
class Group:
    """Pupils behind a published figure: `n` of them, and how many gave each answer (an indicator's key)."""

    unit: str
    parent: str
    gender: Gender
    n: int
    answers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Lattice:
    """A table, and where each unit stands in it."""

    table: Table
    paths: Mapping[str, Codes]
    answers: Sequence[str]

    @property
    def has_answers(self) -> bool:
        return bool(self.answers)

    def codes(self, unit: str, gender: Gender, answer: str = TOTAL) -> Codes:
        """The published cell of a unit's pupils, or of those of them with one answer."""
        end = (answer,) if self.has_answers else ()
        return (*self.paths[unit], GENDERS[gender], *end)


def lattices(groups: Sequence[Group], answers: Sequence[str], threshold: int) -> Iterator[Lattice]:
    """The tables of the groups; with no `answers`, of pupils alone. Raises DoesNotAddUpError.

    One for each topmost unit: where parts are more than their whole, nothing that is published ties them together, and
    each stands alone. Tables without any small group need neither cover nor proof and are left out.
    """
    with_rest = len(answers) == 1 or any(
        group.n - sum(group.answers.values()) > len(answers) for group in groups
    )
    by_unit: dict[str, dict[Gender, dict[str, int]]] = defaultdict(dict)
    for group in groups:
        by_unit[group.unit][group.gender] = _vector(group, answers, with_rest=with_rest)
    pupils = {unit: _by_gender(split) for unit, split in by_unit.items()}
    rests, linked = _rests(pupils, {group.unit: group.parent for group in groups})
    tops: dict[str, dict[str, Codes]] = defaultdict(dict)
    for unit in pupils:
        chain = _chain(unit, linked)
        tops[chain[0]][unit] = chain
    for chains in tops.values():
        inner = {unit: rests.get(unit, pupils[unit]) for unit in chains}
        if any(count < threshold for vector in inner.values() for count in vector.values()):
            yield _lattice(chains, inner, rests.keys(), answers, threshold)


def _lattice(
    chains: Mapping[str, Codes],
    inner: Mapping[str, Vector],
    wholes: Container[str],
    answers: Sequence[str],
    threshold: int,
) -> Lattice:
    """`inner`: the pupils of each unit that are in none of its parts. `wholes`: the units that have parts."""
    depth = max(map(len, chains.values()))
    rows: dict[Codes, int] = {}
    for unit, vector in inner.items():
        leaf = (*chains[unit], *([REST] if unit in wholes else []))
        for (gender, answer), count in vector.items():
            end = (answer,) if answers else ()
            rows[(*_padded(leaf, depth), gender, *end)] = count
    _outside(rows, depth, threshold)
    names = (*(f"level{at}" for at in range(depth)), "gender", *(["answer"] if answers else []))
    table = Table(names[:depth], names[depth:], tuple(rows), np.array(list(rows.values()), np.int64))
    paths = {unit: (*chain, *[TOTAL] * (depth - len(chain))) for unit, chain in chains.items()}
    return Lattice(table, paths, answers)


def _vector(group: Group, answers: Sequence[str], *, with_rest: bool) -> dict[str, int]:
    """Pupils by answer. What rounding makes too much or too little is set right in the largest."""
    if not answers:
        return {"": group.n}
    counts = {answer: group.answers.get(answer, 0) for answer in answers}
    left = group.n - sum(counts.values())
    if with_rest and left >= 0:
        return counts | {REST: left}
    largest = max(counts, key=lambda answer: (counts[answer], answer))
    counts[largest] += left
    if abs(left) > len(answers) or counts[largest] < 0:
        raise DoesNotAddUpError(group.unit)
    return counts | ({REST: 0} if with_rest else {})


def _by_gender(split: Mapping[Gender, Mapping[str, int]]) -> Vector:
    """Girls, boys, and those who are neither in what is published."""
    parts = [(GENDERS[g], split[g]) for g in (Gender.GIRLS, Gender.BOYS) if g in split]
    found = {(code, answer): count for code, part in parts for answer, count in part.items()}
    if Gender.ALL in split:
        left = {a: count - sum(part[a] for _, part in parts) for a, count in split[Gender.ALL].items()}
        found |= {(REST, a): count for a, count in _settled(left).items() if count or not parts}
    return found


def _settled(left: Mapping[str, int]) -> dict[str, int]:
    """What is left of a whole by answer, none negative.

    Shares are rounded, so in a large whole an answer can lack a pupil or two that its parts have. Nobody can subtract
    more exactly than that: we take them from the answer with most left. Raises DoesNotAddUpError when pupils lack.
    """
    settled = dict(left)
    if sum(settled.values()) < 0:
        raise DoesNotAddUpError
    for answer in [answer for answer, count in left.items() if count < 0]:
        while settled[answer] < 0:
            most = max(settled, key=lambda other: (settled[other], other))
            moved = min(settled[most], -settled[answer])
            settled[most] -= moved
            settled[answer] += moved
    return settled


def _rests(
    pupils: Mapping[str, Vector], parents: Mapping[str, str]
) -> tuple[dict[str, Vector], dict[str, str]]:
    """For each unit with listed parts, its pupils in none of them; and the parent of each part.

    Where a whole has fewer pupils than its parts nothing can be subtracted: they stand side by side.
    """
    children: dict[str, list[str]] = defaultdict(list)
    for unit, parent in parents.items():
        if parent in pupils and parent != unit:
            children[parent].append(unit)
    rests: dict[str, Vector] = {}
    linked: dict[str, str] = {}
    for parent, units in children.items():
        left = _left(pupils[parent], [pupils[unit] for unit in units])
        if left is not None:
            rests[parent] = left
            linked |= dict.fromkeys(units, parent)
    return rests, linked


def _left(whole: Vector, parts: Iterable[Vector]) -> Vector | None:
    """What is left of the whole; None when the parts are more than the whole."""
    is_split = any(gender != REST for gender, _ in whole)
    left = dict(whole)
    for part in parts:
        for (gender, answer), count in part.items():
            key = (gender if is_split else REST, answer)
            left[key] = left.get(key, 0) - count
    if sum(left.values()) < 0:
        return None
    by_gender: dict[str, dict[str, int]] = defaultdict(dict)
    for (gender, answer), count in left.items():
        by_gender[gender][answer] = count
    settled = {(g, a): count for g, some in by_gender.items() for a, count in _settled(some).items()}
    return {key: count for key, count in settled.items() if count}


def _chain(unit: str, linked: Mapping[str, str]) -> Codes:
    return (*_chain(linked[unit], linked), unit) if unit in linked else (unit,)


def _padded(chain: Codes, depth: int) -> Codes:
    return (*chain, *[chain[-1]] * (depth - len(chain)))


def _outside(rows: dict[Codes, int], depth: int, threshold: int) -> None:
    """Pupils elsewhere: no total over the topmost units is published, so none may give anything away.

    Their number is free, since nothing published counts them. Just enough to be no small group themselves.
    """
    for end in sorted({codes[depth:] for codes in rows}):
        rows[(*[REST] * depth, *end)] = threshold
