"""An attacker who has read what was published, and nothing else.

Written from the published file's own sums (a whole and its parts, column by column), not from inner cells, so that a
slip in the engine's equations does not repeat itself here. Unknowns are the hidden cells; each connected part of them
is one linear programme, of which only the objective changes; cells near the limit are tried with whole numbers.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import highspy
import numpy as np

TOTAL = "Total"
NEAR = 1e-6
Codes = tuple[str, ...]
Publication = Mapping[Codes, int | None]


@dataclass(frozen=True)
class Range:
    """What an attacker knows of a hidden cell."""

    low: float
    high: float


def read(path: Path, count: str = "n") -> tuple[Codes, dict[Codes, int | None]]:
    """Columns and cells of a published file; None where the number is hidden."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = tuple(c for c in rows[0] if c not in (count, "status"))
    return columns, {tuple(r[c] for c in columns): int(r[count]) if r[count] else None for r in rows}


def sums(
    height: int, cells: Iterable[Codes], extra: Sequence[tuple[int, str, frozenset[str]]] = ()
) -> dict[Codes, list[list[Codes]]]:
    """Every cell that is a whole, with the lists of parts that it is the sum of.

    `extra`: further sums, each as column number, label, members.
    """
    labels = {(at, label) for at, label, _ in extra}
    found: dict[tuple[Codes, int], list[Codes]] = defaultdict(list)
    for codes in cells:
        level = next((i for i in range(height) if codes[i] == TOTAL), height)
        if level:
            whole = (*codes[: level - 1], TOTAL, *codes[level:])
            found[whole, 0].append(codes)
        for at in range(height, len(codes)):
            if codes[at] != TOTAL and (at, codes[at]) not in labels:
                found[(*codes[:at], TOTAL, *codes[at + 1 :]), at].append(codes)
        for at, label, members in extra:
            if codes[at] in members:
                found[(*codes[:at], label, *codes[at + 1 :]), -at].append(codes)
    result: dict[Codes, list[list[Codes]]] = defaultdict(list)
    for (whole, _), parts in found.items():
        result[whole].append(parts)
    return result


@dataclass
class Attack:
    """All that follows from a publication; `known` adds what the attacker knows besides (earlier releases, himself)."""

    height: int
    cells: Publication
    extra: Sequence[tuple[int, str, frozenset[str]]] = ()
    known: Mapping[Codes, int] = field(default_factory=dict)
    floor: int = 0

    def __post_init__(self) -> None:
        self._same: dict[Codes, Codes] = {}
        wholes = sums(self.height, self.cells, self.extra)
        for whole, lists in wholes.items():
            for parts in lists:
                if len(parts) == 1 and whole in self.cells:
                    self._same[self._one(whole)] = self._one(parts[0])
        self._value: dict[Codes, int] = {}
        for codes, value in [*self.cells.items(), *self.known.items()]:
            if value is not None:
                self._value[self._one(codes)] = value
        self._rows = [
            row for whole, lists in wholes.items() if whole in self.cells
            for parts in lists if (row := self._row(whole, parts))[0]
        ]  # fmt: skip
        self._parts = self._components()

    def _one(self, codes: Codes) -> Codes:
        while (other := self._same.get(codes, codes)) != codes:
            codes = other
        return codes

    def _row(self, whole: Codes, parts: list[Codes]) -> tuple[dict[Codes, int], int]:
        """What is unknown in `parts - whole = 0`, and what it must add up to."""
        unknown: dict[Codes, int] = defaultdict(int)
        rest = 0
        for codes, sign in [*((p, 1) for p in parts), (whole, -1)]:
            one = self._one(codes)
            if one in self._value:
                rest -= sign * self._value[one]
            else:
                unknown[one] += sign
        return {codes: sign for codes, sign in unknown.items() if sign}, rest

    def _components(self) -> list["Component"]:
        """Unknowns that share a sum belong together."""
        root: dict[Codes, Codes] = {}

        def find(codes: Codes) -> Codes:
            root.setdefault(codes, codes)
            while root[codes] != codes:
                root[codes] = root[root[codes]]
                codes = root[codes]
            return codes

        for row, _ in self._rows:
            first, *others = row
            for other in others:
                root[find(other)] = find(first)
        for codes, value in self.cells.items():
            if value is None and self._one(codes) not in self._value:
                find(self._one(codes))
        members: dict[Codes, list[Codes]] = defaultdict(list)
        for codes in root:
            members[find(codes)].append(codes)
        rows: dict[Codes, list[tuple[dict[Codes, int], int]]] = defaultdict(list)
        for row in self._rows:
            rows[find(next(iter(row[0])))].append(row)
        return [Component(unknown, rows[head], self.floor) for head, unknown in members.items()]

    def ranges(self, wanted: Iterable[Codes] | None = None) -> dict[Codes, Range]:
        """Range of each hidden cell (or of the wanted ones among them)."""
        asked = set(self.cells if wanted is None else wanted)
        asked = {codes for codes in asked if self.cells[codes] is None}
        found: dict[Codes, Range] = {}
        by_one: dict[Codes, list[Codes]] = defaultdict(list)
        for codes in sorted(asked):
            one = self._one(codes)
            by_one[one].append(codes)
            if one in self._value:
                found[codes] = Range(self._value[one], self._value[one])
        for part in self._parts:
            for one in part.unknown:
                if one in by_one:
                    limits = part.range(one)
                    found |= dict.fromkeys(by_one[one], limits)
        return found

    def reaches(self, codes: Codes, at_least: int | None = None, at_most: int | None = None) -> bool:
        """Whether whole numbers agree with everything known when the cell is so large, or so small."""
        one = self._one(codes)
        if one in self._value:
            value = self._value[one]
            return (at_least is None or value >= at_least) and (at_most is None or value <= at_most)
        part = next(p for p in self._parts if one in p.unknown)
        return part.whole(one, at_least, at_most)


class Component:
    """Hidden cells that hang together: one programme, asked many times."""

    def __init__(self, unknown: list[Codes], rows: list[tuple[dict[Codes, int], int]], floor: int) -> None:
        self.unknown = {codes: i for i, codes in enumerate(sorted(unknown))}
        self._floor = floor
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(unknown), len(rows)
        lp.col_cost_ = np.zeros(len(unknown))
        lp.col_lower_ = np.full(len(unknown), float(floor))
        lp.col_upper_ = np.full(len(unknown), highspy.kHighsInf)
        lp.row_lower_ = lp.row_upper_ = np.array([float(rest) for _, rest in rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(row) for row, _ in rows)])
        lp.a_matrix_.index_ = [self.unknown[codes] for row, _ in rows for codes in row]
        lp.a_matrix_.value_ = [float(sign) for row, _ in rows for sign in row.values()]
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        options = {"output_flag": False, "threads": 1, "presolve": "off", "simplex_strategy": 4}
        for option, value in options.items():
            self._highs.setOptionValue(option, value)
        self._highs.passModel(lp)

    def range(self, codes: Codes) -> Range:
        at = self.unknown[codes]
        low = self._asked(at, highspy.ObjSense.kMinimize)
        high = self._asked(at, highspy.ObjSense.kMaximize)
        self._highs.changeColCost(at, 0.0)
        return Range(low, high)

    def _asked(self, at: int, sense: Any) -> float:
        self._highs.changeColCost(at, 1.0)
        self._highs.changeObjectiveSense(sense)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kUnbounded:
            return float("inf")
        assert status == highspy.HighsModelStatus.kOptimal, status
        return float(self._highs.getInfo().objective_function_value)

    def whole(self, codes: Codes, at_least: int | None, at_most: int | None) -> bool:
        """A search for whole numbers in a copy of the programme."""
        programme = self._highs.getLp()
        count, at = len(self.unknown), self.unknown[codes]
        highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in {"output_flag": False, "threads": 1, "mip_rel_gap": 1e9}.items():
            highs.setOptionValue(option, value)
        highs.passModel(programme)
        highs.changeColsCost(count, np.arange(count), np.zeros(count))
        highs.changeColsIntegrality(
            count, np.arange(count), np.array([highspy.HighsVarType.kInteger] * count)
        )
        low = float(self._floor if at_least is None else at_least)
        highs.changeColBounds(at, low, highspy.kHighsInf if at_most is None else float(at_most))
        highs.run()
        return bool(highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def failing(
    attack: Attack, truth: Callable[[Codes], int], threshold: int, wanted: Iterable[Codes] | None = None
) -> list[Codes]:
    """Small hidden cells that can be proved to be small, or to be at least what they are; and small ones shown.

    `truth` is the umpire's: the attacker's ranges are made without it.
    """
    floor = attack.floor
    small = [c for c in (attack.cells if wanted is None else wanted) if floor <= truth(c) < threshold]
    ranges = attack.ranges(small)
    failed = []
    for codes in small:
        value = truth(codes)
        limits = ranges.get(codes, Range(value, value))
        narrow = limits.high < threshold - NEAR or (value > floor and limits.low > value - 1 + NEAR)
        if not narrow and limits.high < threshold + 1 - NEAR:
            narrow = not attack.reaches(codes, at_least=threshold)
        if not narrow and value > floor and limits.low > value - 2 + NEAR:
            narrow = not attack.reaches(codes, at_most=value - 1)
        if narrow:
            failed.append(codes)
    return failed
