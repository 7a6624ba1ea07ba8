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
        self.parts = self._components()
        self._part = {codes: part for part in self.parts for codes in part.unknown}

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

    def ranges(self) -> dict[Codes, Range]:
        """Range of each hidden cell, by linear programmes alone."""
        found = {}
        for codes in sorted(codes for codes, value in self.cells.items() if value is None):
            part, one = self.part(codes)
            low, high = (self._value[one],) * 2 if part is None else (part.least(one), part.most(one))
            found[codes] = Range(low, high)
        return found

    def part(self, codes: Codes) -> tuple["Component | None", Codes]:
        """The programme that holds a cell, and the cell's name there; None when its number is known."""
        one = self._one(codes)
        return self._part.get(one), one

    def reaches(self, codes: Codes, number: int, *, above: bool) -> bool:
        """Whether whole numbers agree with everything known when the cell is at least (or at most) so large.

        Tried in turn: whole numbers seen before, the linear programme, a search for whole numbers.
        """
        part, one = self.part(codes)
        if part is None:
            value = self._value[one]
            return value >= number if above else value <= number
        if part.seen(one, number, above=above):
            return True
        limit = part.most(one) if above else part.least(one)
        if limit < number - NEAR if above else limit > number + NEAR:
            return False
        return part.seen(one, number, above=above) or part.whole(one, number, above=above)


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
        self._rows = rows
        self._highs = _highs(lp, simplex_strategy=4)
        self._possible: Any = None
        self._changes: Any = None
        self._low = np.full(len(unknown), np.inf)
        self._high = np.full(len(unknown), -np.inf)

    def most(self, codes: Codes) -> float:
        return self._asked(self.unknown[codes], highspy.ObjSense.kMaximize)

    def least(self, codes: Codes) -> float:
        return self._asked(self.unknown[codes], highspy.ObjSense.kMinimize)

    def _asked(self, at: int, sense: Any) -> float:
        self._highs.changeColCost(at, 1.0)
        self._highs.changeObjectiveSense(sense)
        self._highs.run()
        status, values = self._highs.getModelStatus(), np.array(self._highs.getSolution().col_value)
        self._highs.changeColCost(at, 0.0)
        if status == highspy.HighsModelStatus.kUnbounded:
            return float("inf")
        assert status == highspy.HighsModelStatus.kOptimal, status
        self._remember(values)
        return float(values[at])

    def _remember(self, values: Any) -> None:
        """A corner in whole numbers is a possible truth: it answers for other cells too."""
        if np.abs(values - np.rint(values)).max() < NEAR:
            self._possible = np.rint(values) if self._possible is None else self._possible
            np.minimum(self._low, values, out=self._low)
            np.maximum(self._high, values, out=self._high)

    def seen(self, codes: Codes, number: int, *, above: bool) -> bool:
        """Whether a possible truth in whole numbers has been met in which the cell is so large, or so small."""
        at = self.unknown[codes]
        return bool(self._high[at] >= number - NEAR if above else self._low[at] <= number + NEAR)

    def whole(self, codes: Codes, number: int, *, above: bool) -> bool:
        """Whole numbers by a short way from a possible truth met before, else by a search."""
        return self._beside(codes, number, above) or self._searched(codes, number, above)

    def _beside(self, codes: Codes, number: int, above: bool) -> bool:
        """The least change of a possible truth that moves the cell so far is nearly always in whole numbers."""
        if self._possible is None:
            return False
        if self._changes is None:
            self._changes = self._model_of_changes(self._possible)
        at, count = self.unknown[codes], len(self.unknown)
        column, far = (
            (at, number - self._possible[at]) if above else (at + count, self._possible[at] - number)
        )
        limit = highspy.kHighsInf if above else self._possible[at] - self._floor
        self._changes.changeColBounds(column, float(far), float(limit))
        self._changes.run()
        solved = self._changes.getModelStatus() == highspy.HighsModelStatus.kOptimal
        values = np.array(self._changes.getSolution().col_value)
        self._changes.changeColBounds(column, 0.0, float(limit))
        if not solved:
            return False
        near = self._possible + values[:count] - values[count:]
        self._remember(near)
        return self.seen(codes, number, above=above) or self._searched(codes, number, above, near)

    def _model_of_changes(self, possible: Any) -> Any:
        count, rows = len(self.unknown), self._rows
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = 2 * count, len(rows)
        lp.col_cost_, lp.col_lower_ = np.ones(2 * count), np.zeros(2 * count)
        lp.col_upper_ = np.concatenate([np.full(count, highspy.kHighsInf), possible - self._floor])
        lp.row_lower_ = lp.row_upper_ = np.zeros(len(rows))
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(2 * len(row) for row, _ in rows)])
        lp.a_matrix_.index_ = [self.unknown[c] + side for row, _ in rows for side in (0, count) for c in row]
        lp.a_matrix_.value_ = [by * float(s) for row, _ in rows for by in (1, -1) for s in row.values()]
        return _highs(lp)

    def _searched(self, codes: Codes, number: int, above: bool, near: Any = None) -> bool:
        highs = _highs(self._highs.getLp(), presolve="on", mip_rel_gap=1e9, mip_heuristic_effort=0.0)
        everyone = np.arange(len(self.unknown))
        kinds = np.array([highspy.HighsVarType.kInteger] * len(everyone))
        highs.changeColsIntegrality(len(everyone), everyone, kinds)
        if near is not None:  # rounded up or down: quick, and mostly possible
            highs.changeColsBounds(
                len(everyone),
                everyone,
                np.maximum(self._floor, np.floor(near + NEAR) - 1),
                np.ceil(near - NEAR) + 1,
            )
        limits = (number, highspy.kHighsInf) if above else (self._floor, number)
        highs.changeColBounds(self.unknown[codes], *map(float, limits))
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return False
        self._remember(np.array(highs.getSolution().col_value))
        return True


def _highs(lp: Any, **more: object) -> Any:
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in {"output_flag": False, "threads": 1, "presolve": "off", **more}.items():
        highs.setOptionValue(option, value)
    highs.passModel(lp)
    return highs


def failing(
    attack: Attack, truth: Callable[[Codes], int], threshold: int, wanted: Iterable[Codes] | None = None
) -> list[Codes]:
    """Small cells that can be proved to be small, or to be at least what they are; shown ones among them.

    `truth` is the umpire's: it says which cells to ask about, and the attacker answers without it.
    """
    floor, failed = attack.floor, []
    for codes in attack.cells if wanted is None else wanted:
        value = truth(codes)
        if not floor <= value < threshold:
            continue
        large = attack.reaches(codes, threshold, above=True)
        if not large or (value > floor and not attack.reaches(codes, value - 1, above=False)):
            failed.append(codes)
    return failed
