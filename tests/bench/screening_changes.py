"""Which rule finds a fall, and how often it errs: the second table of docs/statistics.md, "Screening"."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from tests.data.stats.screening.world import FALLS_IN, TRUE, YEARS, World, world
from tettpaa.data.stats.screening.changes import LIMIT, WEIGHT, changes
from tettpaa.data.stats.screening.results import Floats, Results

SCHOOLS: Final = 2800
DROP, SLIDE, SHARE = 3.0, 0.75, 0.05
YEARLY: Final = 0.01
# False alarms a year; found by year 3 and year 5: drop pooled, slide pooled, drop one test, slide one test.
KNOWN: Final = {
    "naive: 3 years below the nation": (34, 75, 81, 56, 75, 65, 75, 48, 67),
    "two falls in a row": (17, 73, 83, 67, 86, 64, 76, 57, 76),
    "difference of two years": (1, 14, 15, 6, 10, 5, 6, 3, 5),
    "z of that difference": (1, 26, 27, 10, 16, 9, 11, 6, 9),
    "Shewhart on the surprise": (1, 69, 77, 30, 68, 26, 35, 12, 30),
    "CUSUM of the surprise": (1, 69, 85, 22, 73, 24, 41, 7, 28),
    "EWMA of the surprise": (1, 75, 86, 34, 81, 34, 49, 12, 38),
    "3 years against own past": (1, 78, 87, 28, 77, 35, 46, 10, 35),
}


@dataclass(frozen=True, slots=True)
class Series:
    """One figure a year: value and variance of chance and cohort (N, Y), and the lasting variance between schools."""

    value: Floats
    noise: Floats
    lasting: float


def one_test(made: World) -> Series:
    noise = TRUE.sd**2 / made.results.n[:, 0] + TRUE.cohort + TRUE.own
    return Series(made.results.deviation[:, 0], noise, TRUE.school + TRUE.test)


def nine_tests(made: World) -> Series:
    """The plain mean of the tests and its variance: three tests of a cohort share pupils and cohort."""
    n, tests = made.results.n, made.results.n.shape[1]
    chance = (TRUE.sd**2 / n * (1 + 2 * TRUE.rho) + 3 * TRUE.cohort + TRUE.own).sum(axis=1) / tests**2
    return Series(made.results.deviation.mean(axis=1), chance, TRUE.school + TRUE.test / tests)


def surprises(series: Series) -> Floats:
    """Each year's standard score given the years before."""
    level, spread = np.zeros(len(series.value)), np.full(len(series.value), series.lasting)
    out = np.zeros_like(series.value)
    for year in range(series.value.shape[1]):
        noise = series.noise[:, year]
        off = series.value[:, year] - level
        out[:, year] = off / np.sqrt(spread + noise)
        gain = spread / (spread + noise)
        level, spread = level + gain * off, spread * (1 - gain)
    return out


def ewma(series: Series) -> Floats:
    average, out = 0.0, surprises(series)
    for year in range(out.shape[1]):
        average = (1 - WEIGHT) * average + WEIGHT * out[:, year]
        out[:, year] = average
    return out


def cusum(series: Series) -> Floats:
    total, out = 0.0, surprises(series)
    for year in range(out.shape[1]):
        total = np.minimum(0.0, total + out[:, year] + 0.5)
        out[:, year] = total
    return out


def against_past(series: Series) -> Floats:
    """The mean of three years, weighted, less the drawn-in mean of all years before."""
    out = np.zeros_like(series.value)
    weight = 1 / series.noise
    for year in range(4, series.value.shape[1]):
        past, recent = slice(0, year - 2), slice(year - 2, year + 1)
        before = weight[:, past].sum(axis=1)
        baseline = (weight * series.value)[:, past].sum(axis=1) / (before + 1 / series.lasting)
        now = weight[:, recent].sum(axis=1)
        mean = (weight * series.value)[:, recent].sum(axis=1) / now
        out[:, year] = (mean - baseline) / np.sqrt(1 / now + 1 / (before + 1 / series.lasting))
    return out


def difference(series: Series) -> Floats:
    return np.diff(series.value, axis=1, prepend=series.value[:, :1])


def z_of_difference(series: Series) -> Floats:
    noise = series.noise[:, 1:] + series.noise[:, :-1]
    return difference(series) / np.sqrt(np.concatenate([noise[:, :1], noise], axis=1))


def three_below(series: Series) -> Floats:
    """Below 0 when all three years are: the highest of them."""
    return np.stack([series.value[:, max(0, y - 2) : y + 1].max(axis=1) for y in range(YEARS)], axis=1)


def two_falls(series: Series) -> Floats:
    step = difference(series)
    return np.stack([step[:, max(0, y - 1) : y + 1].max(axis=1) for y in range(YEARS)], axis=1)


# Rule: its score for each year (low is an alarm), and whether its limit can be tuned (else 0 is the limit).
RULES: Final[dict[str, tuple[Callable[[Series], Floats], bool]]] = {
    "naive: 3 years below the nation": (three_below, False),
    "two falls in a row": (two_falls, False),
    "difference of two years": (difference, True),
    "z of that difference": (z_of_difference, True),
    "Shewhart on the surprise": (surprises, True),
    "CUSUM of the surprise": (cusum, True),
    "EWMA of the surprise": (ewma, True),
    "3 years against own past": (against_past, True),
}
OURS: Final = ("as shipped: early warning", "as shipped: formal rule")


@dataclass(frozen=True, slots=True)
class ChangeTable:
    """Per cent, in the order of KNOWN; limits that gave 1 % a year for each tunable rule, pooled and on one test."""

    rules: dict[str, tuple[float, ...]]
    limits: dict[str, tuple[float, float]]


def table(replicates: int = 10, schools: int = SCHOOLS, first_seed: int = 900) -> ChangeTable:
    """Limits are set on worlds where nothing changes, and tried on other worlds."""
    still = [world(schools, first_seed + i) for i in range(replicates)]
    moved = [_moving(schools, first_seed + 50 + i) for i in range(replicates)]
    rules, limits = {}, {}
    for name, (rule, tunable) in RULES.items():
        columns: list[float] = []
        found: list[float] = []
        for view in (nine_tests, one_test):
            null = np.concatenate([rule(view(made))[:, FALLS_IN:] for made in still])
            limit = float(np.quantile(null, YEARLY)) if tunable else 0.0
            found.append(limit)
            alarms = [(rule(view(made))[:, FALLS_IN:] < limit, kinds) for made, kinds in moved]
            columns += [_false(alarms), *_power(alarms)]
        rules[name], limits[name] = _ordered(columns), (found[0], found[1])
    return ChangeTable(rules | shipped(moved), limits)


def _moving(schools: int, seed: int) -> tuple[World, Floats]:
    """A world where a twentieth drop and a twentieth slide; which: 0 still, 1 drop, 2 slide."""
    kinds = np.zeros(schools, dtype=np.int64)
    part = int(SHARE * schools)
    kinds[:part], kinds[part : 2 * part] = 1, 2
    after = np.maximum(0, np.arange(YEARS) - FALLS_IN + 1)
    shift = np.zeros((schools, YEARS))
    shift[kinds == 1] = -DROP * (after > 0)
    shift[kinds == 2] = -SLIDE * after
    return world(schools, seed, shift=shift), kinds


def shipped(moved: list[tuple[World, Floats]]) -> dict[str, tuple[float, ...]]:
    """The rules of the product, with its own limit: on all tests, and on one."""
    alarms: dict[str, list[list[tuple[Floats, Floats]]]] = {name: [[], []] for name in OURS}
    for made, kinds in moved:
        years = [changes(_until(made.results, year), TRUE) for year in range(FALLS_IN, YEARS)]
        for name, key in zip(OURS, ("early", "formal"), strict=True):
            for view, test in enumerate((-1, 0)):
                scores = np.stack([getattr(found, key)[:, test] for found in years], axis=1)
                alarms[name][view].append((scores < LIMIT, kinds))
    return {
        name: _ordered([part for view in views for part in (_false(view), *_power(view))])
        for name, views in alarms.items()
    }


def _until(results: Results, year: int) -> Results:
    cut = slice(0, year + 1)
    return Results(
        results.schools, results.tests, results.years[cut], results.deviation[..., cut], results.n[..., cut],
        results.cohort[..., cut], results.seen[..., cut],
    )  # fmt: skip


def _false(alarms: list[tuple[Floats, Floats]]) -> float:
    return 100 * float(np.concatenate([found[kinds == 0].ravel() for found, kinds in alarms]).mean())


def _power(alarms: list[tuple[Floats, Floats]]) -> list[float]:
    """Found by year 3 and by year 5: of the drops, then of the slides."""
    return [
        100
        * float(
            np.concatenate([found[kinds == kind][:, :years].any(axis=1) for found, kinds in alarms]).mean()
        )
        for kind in (1, 2)
        for years in (3, 5)
    ]


def _ordered(columns: list[float]) -> tuple[float, ...]:
    """False alarms a year (all tests), the four powers of all tests, the four of one test."""
    return (columns[0], *columns[1:5], *columns[6:10])
