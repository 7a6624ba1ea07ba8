"""An owner's own figures through the certified engine: what is hidden, the proof of it, and what cannot be proved."""

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings

from tettpaa.data.indicators.actions.lattice import REST, DoesNotAddUpError, Group, Lattice, lattices
from tettpaa.data.indicators.actions.ledger import Ledger, Snapshot
from tettpaa.data.indicators.actions.parts import Key
from tettpaa.data.indicators.actions.proof import Proof, proof_of
from tettpaa.data.suppression.first import Candidate
from tettpaa.data.suppression.kinds import Gender
from tettpaa.data.suppression.table import TOTAL, Earlier

if TYPE_CHECKING:
    from tettpaa.data.suppression.engine import Pattern

SMALL_COUNT = 5  # counts inside a group (data.md §6), for sources that have not shielded themselves
_LEVEL = re.compile(r"_niva\d_andel$")  # shares of the levels of one test: of the same pupils


class Refusal(NamedTuple):
    """A table that cannot be published: its indicator, period and grade, and the coarser one that could be.

    `coarser`: `gender` or `schools`, what must be left out; empty when nothing helps.
    """

    indicator: str
    period: int
    grade: int
    coarser: str = ""


@dataclass(slots=True)
class Certified:
    """Positions that must be hidden, the proofs, and the tables that have none."""

    hidden: set[int] = field(default_factory=set)
    proofs: list[Proof] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Family:
    """Positions of figures about the same pupils: (unit, gender) → indicator → position."""

    figures: Mapping[tuple[str, Gender], Mapping[str, int]]
    names: frozenset[tuple[str, int, int]]

    @property
    def refusal(self) -> Refusal:
        return Refusal(*min(self.names))

    def within(self, units: Container[str]) -> "Family":
        """The figures of these units alone."""
        figures = {place: some for place, some in self.figures.items() if place[0] in units}
        return Family(figures, self.names)


def certified(candidates: Sequence[Candidate], known: Ledger, memory: dict[str, Any]) -> Certified:
    """Decide each family that adds up by itself. Families without any small group need neither cover nor proof."""
    result = Certified()
    for family in _families(candidates):
        if known.touched and known.touched.isdisjoint(unit for unit, _ in family.figures):
            continue  # published as it stands, with its own proof
        for answers, threshold in _tables(candidates, family):
            groups = _groups(candidates, family, answers)
            try:
                small = list(lattices(groups, answers, threshold))
            except DoesNotAddUpError:
                if any(_is_small(group, answers, threshold) for group in groups):
                    result.refused.append(family.refusal)
                    break
                continue
            found = [_solved(family.within(of.paths), of, threshold, known, memory) for of in small]
            for hidden, proof in filter(None, found):
                result.hidden |= hidden
                result.proofs.append(proof)
            if None in found:
                result.refused.append(family.refusal)
                break
    return result


def key_of(candidate: Candidate) -> Key:
    """The key of the figure."""
    indicator, period, grade = candidate.family
    return Key(candidate.unit, str(indicator), int(str(period)), int(str(grade)), int(candidate.gender))


def _families(candidates: Sequence[Candidate]) -> Iterator[Family]:
    bundles: dict[tuple[str, int, int], dict[tuple[str, Gender], dict[str, int]]] = {}
    by_family: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for position, one in enumerate(candidates):
        if one.n is not None:
            by_family[one.family].append(position)
    for positions in by_family.values():
        if _stand_alone(candidates, positions):
            continue
        key = key_of(candidates[positions[0]])
        bundle = bundles.setdefault((_LEVEL.sub("", key.indicator), key.period, key.grade), defaultdict(dict))
        for at in positions:
            bundle[candidates[at].unit, candidates[at].gender][key.indicator] = at
    for (_, period, grade), figures in bundles.items():
        names = sorted({name for some in figures.values() for name in some})
        same = all(len({candidates[at].n for at in some.values()}) == 1 for some in figures.values())
        for members in [names] if same else [[name] for name in names]:
            mine = {
                place: {name: at for name, at in some.items() if name in members}
                for place, some in figures.items()
                if not some.keys().isdisjoint(members)
            }
            for part in _trees(candidates, mine):
                yield Family(part, frozenset((name, period, grade) for name in members))


def _stand_alone(candidates: Sequence[Candidate], positions: Sequence[int]) -> bool:
    """Whether no figure is small, and none can be subtracted from another. A million pass here."""
    units = {candidates[at].unit for at in positions}
    return all(
        one.gender is Gender.ALL
        and one.count is None
        and (one.n or 0) >= one.smallest
        and one.parent not in units
        for one in map(candidates.__getitem__, positions)
    )


def _trees(
    candidates: Sequence[Candidate], figures: Mapping[tuple[str, Gender], Mapping[str, int]]
) -> Iterator[dict[tuple[str, Gender], Mapping[str, int]]]:
    """Units under one topmost unit each: no total over several is published, so nothing ties them together."""
    parents = {unit: candidates[next(iter(some.values()))].parent for (unit, _), some in figures.items()}
    trees: dict[str, dict[tuple[str, Gender], Mapping[str, int]]] = defaultdict(dict)
    for (unit, gender), some in figures.items():
        top = unit
        while parents[top] in parents and parents[top] != top:
            top = parents[top]
        trees[top][unit, gender] = some
    yield from trees.values()


def _tables(candidates: Sequence[Candidate], family: Family) -> Iterator[tuple[tuple[str, ...], int]]:
    """The tables of a family, each with its threshold: pupils by answer, and pupils where their limit is higher."""
    positions = [(name, at) for some in family.figures.values() for name, at in some.items()]
    answers = tuple(sorted({name for name, at in positions if candidates[at].count is not None}))
    smallest = max(candidates[at].smallest for _, at in positions)
    if answers:
        yield answers, SMALL_COUNT
    some_unanswered = any(answers and some.keys().isdisjoint(answers) for some in family.figures.values())
    if not answers or smallest > SMALL_COUNT or some_unanswered:
        yield (), max(smallest, 1)


def _groups(candidates: Sequence[Candidate], family: Family, answers: Sequence[str]) -> list[Group]:
    groups = []
    for (unit, gender), some in family.figures.items():
        first = candidates[next(iter(some.values()))]
        counts = {
            name: int(count) for name, at in some.items()
            if name in answers and (count := candidates[at].count) is not None
        }  # fmt: skip
        # A group whose answers nobody publishes (girls and boys of a test, often) has none, which is not zero of each.
        if counts or not answers:
            groups.append(Group(unit, first.parent, gender, int(first.n or 0), counts))
    return groups


def _is_small(group: Group, answers: Sequence[str], threshold: int) -> bool:
    if group.n < threshold:
        return True
    counts = group.answers.values()
    rest = group.n - sum(counts)
    return any(count < threshold for count in counts) or (len(answers) == 1 and rest < threshold)


def _solved(
    family: Family, of: Lattice, threshold: int, known: Ledger, memory: dict[str, Any]
) -> tuple[set[int], Proof] | None:
    from tettpaa.data.suppression.engine import suppress  # noqa: PLC0415 - numpy and HiGHS take a second
    from tettpaa.data.suppression.table import Rules  # noqa: PLC0415

    before = known.of(set(family.names))
    earlier = [earlier_of(of, shot) for shot in before]
    pattern = suppress(of.table, Rules(threshold, insider=settings.INSIDER_SCHOOLS), earlier, memory=memory)
    if pattern.refused or not _agrees(pattern, [_out(of, shot) for shot in before]):
        return None
    shows = _shows(family, of)
    proof = proof_of(pattern, shows)
    hides = {codes for codes, _, is_hidden, _ in proof.cells if is_hidden}
    hidden = set()
    for (unit, gender), some in family.figures.items():
        is_hidden = of.codes(unit, gender) in hides
        for name, at in some.items():
            if is_hidden or (of.has_answers and of.codes(unit, gender, name) in hides):
                hidden.add(at)
    return hidden, proof


def _agrees(pattern: "Pattern", before: Sequence[Mapping[tuple[str, ...], int | None]]) -> bool:
    """Whether no counter-table moves a number that an earlier release showed as it is now. The ledger's own check."""
    out = {codes: number for cells in before for codes, number in cells.items() if number is not None}
    if not out:
        return True
    system = pattern.system
    values = system.values[system.published.unique].tolist()
    fixed = [
        at
        for at, ((codes, _), value) in enumerate(zip(pattern.cells(), values, strict=True))
        if out.get(codes) == value
    ]
    rows = system.rows[system.published.unique[fixed]]
    return not any(rows[:, one.atoms].dot(one.changes).any() for one in pattern.certificates)


def _shows(family: Family, of: Lattice) -> dict[tuple[str, ...], list[Key]]:
    """Which figures show the number of a cell."""
    ((_, period, grade), *_) = sorted(family.names)
    shows: dict[tuple[str, ...], list[Key]] = defaultdict(list)
    for (unit, gender), some in family.figures.items():
        for name in some:
            key = Key(unit, name, period, grade, int(gender))
            shows[of.codes(unit, gender)].append(key)
            if of.has_answers:
                shows[of.codes(unit, gender, name)].append(key)
    return shows


def _out(of: Lattice, shot: Snapshot) -> dict[tuple[str, ...], int | None]:
    """An earlier release's figures in the codes of the table; None where hidden."""
    cells: dict[tuple[str, ...], int | None] = {}
    for key, out in shot.items():
        if key.unit not in of.paths:
            continue
        gender = Gender(key.gender)
        whole = of.codes(key.unit, gender)
        cells[whole] = cells.get(whole) if out.n is None else out.n
        if of.has_answers and key.indicator in of.answers:
            both = out.value is not None and out.n is not None
            cells[of.codes(key.unit, gender, key.indicator)] = (
                round((out.value or 0) * (out.n or 0) / 100) if both else None
            )
    return cells


def earlier_of(of: Lattice, shot: Snapshot) -> Earlier:
    """An earlier release as the engine takes it: what it showed and hid, and the pupils it only counted.

    A breakdown that it did not have is left out of its columns. All pupils of the table were pupils then.
    """
    cells = _out(of, shot)
    depth = len(of.table.hierarchy)
    had = [at for at in range(depth, len(of.table.columns)) if any(codes[at] != TOTAL for codes in cells)]
    kept = [*range(depth), *had]
    inner = frozenset(tuple(codes[at] for at in kept) for codes in of.table.codes if codes[0] != REST)
    seen = {tuple(codes[at] for at in kept): number for codes, number in cells.items()}
    return Earlier(tuple(of.table.columns[at] for at in kept), seen, silent=inner)
