"""Results of many schools as arrays: one place for each school, test and year."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]


class Result(NamedTuple):
    """One school's mean over `n` pupils on one test in one year. `cohort`: tests of one cohort share its pupils.

    `national`: the nation's mean of that test and year; None where it is not known.
    """

    school: str
    test: str
    cohort: str
    year: int
    n: float
    mean: float
    national: float | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """Shapes: N schools, T tests, Y years without a gap. `deviation`, `n` (N, T, Y): the mean less the nation's mean, and
    pupils; both 0 where `seen` is False. `cohort` (N, T, Y): a number for the cohort, -1 where not seen.
    """

    schools: tuple[str, ...]
    tests: tuple[str, ...]
    years: tuple[int, ...]
    deviation: Floats
    n: Floats
    cohort: NDArray[np.int64]
    seen: Flags

    def last(self, years: int) -> "Results":
        """Only the newest `years` years."""
        cut = slice(-years, None)
        return Results(
            self.schools,
            self.tests,
            self.years[cut],
            self.deviation[..., cut],
            self.n[..., cut],
            self.cohort[..., cut],
            self.seen[..., cut],
        )

    def of(self, rows: slice) -> "Results":
        """Only some of the schools."""
        return Results(
            self.schools[rows],
            self.tests,
            self.years,
            self.deviation[rows],
            self.n[rows],
            self.cohort[rows],
            self.seen[rows],
        )


def gather(rows: Sequence[Result], *, until: int = 0) -> Results:
    """Arrays from rows. A test and year without any `national` takes its schools' own mean, weighted by pupils.

    `until`: the newest year of the nation, so that a school's old figures do not pass for new.
    Raises ValueError for no rows, and when a school has two results on one test in one year.
    """
    if not rows:
        raise ValueError("no results to screen")
    schools = sorted({row.school for row in rows})
    tests = sorted({row.test for row in rows})
    cohorts = sorted({row.cohort for row in rows})
    first, last = min(row.year for row in rows), max(until, *(row.year for row in rows))
    places = [{key: i for i, key in enumerate(keys)} for keys in (schools, tests, cohorts)]
    shape = (len(schools), len(tests), last - first + 1)
    at = (
        np.array([places[0][row.school] for row in rows]),
        np.array([places[1][row.test] for row in rows]),
        np.array([row.year - first for row in rows]),
    )
    seen = np.zeros(shape, dtype=np.bool_)
    seen[at] = True
    if int(seen.sum()) != len(rows):
        raise ValueError("a school has two results on the same test in the same year")
    means, n, cohort = np.zeros(shape), np.zeros(shape), np.full(shape, -1, dtype=np.int64)
    means[at] = [row.mean for row in rows]
    n[at] = [row.n for row in rows]
    cohort[at] = [places[2][row.cohort] for row in rows]
    nation = _nation(rows, at, means, n)
    deviation = np.where(seen, means - nation, 0.0)
    return Results(tuple(schools), tuple(tests), tuple(range(first, last + 1)), deviation, n, cohort, seen)


def _nation(rows: Sequence[Result], at: tuple[NDArray[np.int64], ...], means: Floats, n: Floats) -> Floats:
    """The nation's mean (T, Y): what the rows say, else the mean weighted by pupils."""
    pupils = n.sum(axis=0)
    weighted = (n * means).sum(axis=0) / np.where(pupils > 0, pupils, 1.0)
    told = np.full(weighted.shape, np.nan)
    for i, row in enumerate(rows):
        if row.national is not None:
            told[at[1][i], at[2][i]] = row.national
    return np.where(np.isnan(told), weighted, told)
