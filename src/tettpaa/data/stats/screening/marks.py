"""A whole screening: parts estimated, levels and falls judged, and how many marks to expect by chance."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from tettpaa.data.stats.screening.changes import FALSE_ALARMS, LIMIT, Changes, changes
from tettpaa.data.stats.screening.fit import fit
from tettpaa.data.stats.screening.levels import Levels, levels
from tettpaa.data.stats.screening.parts import Parts, shipped
from tettpaa.data.stats.screening.results import Flags, Result, Results, gather
from tettpaa.data.stats.verdicts import CLEAR_FROM, LIKELY_FROM

MATERIALITY: Final = 2.0  # scale points
FEWEST: Final = 3  # schools from which anything can be estimated


class Mark(StrEnum):
    """What a row is marked with; an unmarked one is empty."""

    NONE = ""
    WATCH = "watch"  # "følg med": weak with more than 0.5, or the early warning
    CLEAR = "clear"  # "klart svakt": weak with more than 0.8
    FALL = "fall"  # "fall over tid": the formal rule


@dataclass(frozen=True, slots=True)
class Screening:
    """The answer for every school and test; place T along the tests is the school on all of them."""

    results: Results
    parts: Parts
    levels: Levels
    changes: Changes

    def level_mark(self, school: int, test: int) -> Mark:
        """By the probability that the true level lies more than the limit below the nation."""
        if not self.levels.known[school, test]:
            return Mark.NONE
        weak = self.levels.p_weak[school, test]
        return Mark.CLEAR if weak > CLEAR_FROM else Mark.WATCH if weak > LIKELY_FROM else Mark.NONE

    def change_mark(self, school: int, test: int) -> Mark:
        """The formal rule where it can be used and speaks, else the early one."""
        if self.changes.formal[school, test] < LIMIT:
            return Mark.FALL
        return Mark.WATCH if self.changes.early[school, test] < LIMIT else Mark.NONE

    @property
    def whole(self) -> int:
        """The place of the school on all its tests."""
        return len(self.results.tests)


@dataclass(frozen=True, slots=True)
class Count:
    """How many are marked, of how many that could be, and how many of the marks to expect by chance."""

    marked: int
    judged: int
    by_chance: float


def screen(
    results: Results, *, sd: float = 10.0, limit: float = MATERIALITY, parts: Parts | None = None
) -> Screening:
    """Judge every school. `sd`: the pupils' spread in a school, in the scale's unit; `limit`: what matters.

    `parts` None: estimated from the results themselves, drawn towards the shipped ones, which decide when the
    schools are few. Raises ValueError unless sd and limit are above 0.
    """
    if sd <= 0 or limit <= 0:
        raise ValueError("the pupils' spread and the limit must be above 0")
    used = parts if parts is not None else _parts(results, sd)
    return Screening(results, used, levels(results, used, limit=limit), changes(results, used))


def _parts(results: Results, sd: float) -> Parts:
    ready = shipped().on_scale(sd)
    return ready if len(results.schools) < FEWEST else fit(results, ready, prior=ready).parts


def level_count(found: Screening, tests: Collection[int]) -> Count:
    """Marks for level in the columns `tests`: by chance is the sum of 1 - P over the marked."""
    columns = sorted(tests)
    known, weak = found.levels.known[:, columns], found.levels.p_weak[:, columns]
    marked = known & (weak > LIKELY_FROM)
    return Count(int(marked.sum()), int(known.sum()), float((1 - weak)[marked].sum()))


def fall_count(found: Screening, tests: Collection[int]) -> Count:
    """Marks of the formal rule. By chance: one in a hundred of all judged, as if none had changed; never more than
    are marked.
    """
    return _change_count(found.changes.formal[:, sorted(tests)])


def early_count(found: Screening, tests: Collection[int]) -> Count:
    """Marks of the early warning, as `fall_count`."""
    return _change_count(found.changes.early[:, sorted(tests)])


def _change_count(scores: "np.typing.NDArray[np.float64]") -> Count:
    judged: Flags = ~np.isnan(scores)
    marked = int((scores < LIMIT).sum())
    total = int(judged.sum())
    return Count(marked, total, min(float(marked), FALSE_ALARMS * total))


def after_breaks(rows: Sequence[Result], breaks: Mapping[str, int]) -> list[Result]:
    """Rows from the newest series only. `breaks`: a test, or `*` for all, and the first year of its new series."""
    everywhere = breaks.get("*", 0)
    return [row for row in rows if row.year >= max(everywhere, breaks.get(row.test, 0))]


def screened(rows: Sequence[Result], *, sd: float = 10.0, limit: float = MATERIALITY) -> Screening:
    """`screen` of rows as they come from a file. Raises ValueError for no rows."""
    return screen(gather(rows), sd=sd, limit=limit)
