"""Which rule finds weak schools, and how often it errs: the first tables of docs/statistics.md, "Screening"."""

import itertools
from dataclasses import dataclass
from typing import Final

import numpy as np

from tests.data.stats.screening.world import TRUE, World, world
from tettpaa.data.stats.screening.levels import WINDOW, below, levels
from tettpaa.data.stats.screening.parts import Parts
from tettpaa.data.stats.screening.results import Floats

SCHOOLS: Final = 2800
LIMIT: Final = 2.0
Z95: Final = 1.96
SIZES: Final = (0, 12, 25, 45, 1000)
# Flagged, false alarms, power and precision in per cent, as first measured on a world of the same description.
KNOWN: Final = {
    "naive: below the nation 3 of 3 years": (26, 3.0, 73, 65),
    "3-year mean, interval of chance alone": (22, 0.9, 69, 74),
    "3-year mean, interval with cohort": (18, 0.4, 63, 80),
    "raw 3-year mean under -2": (26, 2.4, 79, 70),
    "one test, P(under -2) > 0.5": (20, 0.8, 67, 78),
    "one test, P(under -2) > 0.8": (10, 0.0, 39, 93),
    "nine tests, P(under -2) > 0.5": (21, 0.2, 77, 83),
    "nine tests, P(under -2) > 0.8": (13, 0.0, 53, 94),
}
KNOWN_POWER: Final = {
    "naive": (73.4, None), "3-year mean": (None, 63.9), "z of chance alone": (None, 71.1),
    "z with cohort": (83.3, 72.0), "one test, P": (83.2, 70.5), "nine tests, P": (95.5, None),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scores:
    """What each rule knows of every school and test (N, T); a low score is a weak school."""

    naive: Floats
    raw: Floats
    z_chance: Floats
    z_cohort: Floats
    one: Floats  # -P(under the limit), one test alone
    nine: Floats
    error: dict[str, Floats]
    inside: dict[str, Floats]


def scores(made: World, parts: Parts = TRUE) -> Scores:
    """Every rule on the last three years of one world. `parts`: what the model believes; the truth unless told."""
    window = made.results.last(WINDOW)
    chance = parts.sd**2 / window.n
    raw, spread = pooled(window.deviation, 1 / chance)
    centre, wide = pooled(window.deviation, 1 / (chance + parts.cohort + parts.own))
    lasting = parts.school + parts.test
    drawn = lasting / (lasting + wide)
    alone, alone_sd = drawn * centre, np.sqrt(drawn * wide)
    found = levels(made.results, parts, limit=LIMIT)
    nine, nine_sd = found.estimate[:, :-1], found.sd[:, :-1]
    return Scores(
        naive=window.deviation.max(axis=2),
        raw=raw,
        z_chance=raw / np.sqrt(spread),
        z_cohort=centre / np.sqrt(wide),
        one=-below(-LIMIT, alone, alone_sd),
        nine=-found.p_weak[:, :-1],
        error={
            "one year": window.deviation[..., -1] - made.truth,
            "raw 3-year mean": raw - made.truth,
            "one test": alone - made.truth,
            "nine tests": nine - made.truth,
        },
        inside={
            "chance alone": np.abs(raw - made.truth) <= Z95 * np.sqrt(spread),
            "one test": np.abs(alone - made.truth) <= Z95 * alone_sd,
            "nine tests": np.abs(nine - made.truth) <= Z95 * nine_sd,
        },
    )


def pooled(values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """The years together: their weighted mean and its variance."""
    total = weights.sum(axis=2)
    return (weights * values).sum(axis=2) / total, 1 / total


def marked(found: Scores) -> dict[str, Floats]:
    """The schools that each rule of the table marks."""
    return {
        "naive: below the nation 3 of 3 years": found.naive < 0,
        "3-year mean, interval of chance alone": found.z_chance < -Z95,
        "3-year mean, interval with cohort": found.z_cohort < -Z95,
        "raw 3-year mean under -2": found.raw < -LIMIT,
        "one test, P(under -2) > 0.5": found.one < -0.5,
        "one test, P(under -2) > 0.8": found.one < -0.8,
        "nine tests, P(under -2) > 0.5": found.nine < -0.5,
        "nine tests, P(under -2) > 0.8": found.nine < -0.8,
    }


@dataclass(frozen=True, slots=True)
class LevelTables:
    """All shares in per cent. `rules`: flagged, false alarms, power, precision, then false alarms by size."""

    rules: dict[str, tuple[float, ...]]
    power: dict[str, tuple[float, float]]
    coverage: dict[str, float]
    rmse: dict[str, float]
    null: dict[str, float]
    two_years: tuple[float, float]


def tables(replicates: int = 20, schools: int = SCHOOLS, first_seed: int = 100) -> LevelTables:
    """The tables over `replicates` worlds."""
    worlds = [world(schools, first_seed + i) for i in range(replicates)]
    found = [scores(made) for made in worlds]
    truth = np.concatenate([made.truth for made in worlds])
    size = np.concatenate([np.broadcast_to(made.size[:, None], made.truth.shape) for made in worlds])
    marks = [marked(one) for one in found]
    joined = {name: np.concatenate([one[name] for one in marks]) for name in marks[0]}
    return LevelTables(
        rules={name: _rule(mark, truth, size) for name, mark in joined.items()},
        power=_power(found, truth),
        coverage={key: 100 * _mean([one.inside[key] for one in found]) for key in found[0].inside},
        rmse={key: _mean([one.error[key] ** 2 for one in found]) ** 0.5 for key in found[0].error},
        null=_null(replicates, schools, first_seed),
        two_years=_two_years(worlds),
    )


def _mean(parts: list[Floats]) -> float:
    return float(np.concatenate([part.ravel() for part in parts]).mean())


def _rule(mark: Floats, truth: Floats, size: Floats) -> tuple[float, ...]:
    sound, weak = truth >= 0, truth < -LIMIT
    by_size = [mark[sound & (size >= low) & (size < high)].mean() for low, high in itertools.pairwise(SIZES)]
    parts = (mark.mean(), mark[sound].mean(), mark[weak].mean(), weak[mark].mean(), *by_size)
    return tuple(100 * float(part) for part in parts)


def _power(found: list[Scores], truth: Floats) -> dict[str, tuple[float, float]]:
    """Power at the naive rule's own false alarms (3 %), and at 1 %."""
    parts = {
        "naive": [one.naive for one in found],
        "3-year mean": [one.raw for one in found],
        "z of chance alone": [one.z_chance for one in found],
        "z with cohort": [one.z_cohort for one in found],
        "one test, P": [one.one for one in found],
        "nine tests, P": [one.nine for one in found],
    }
    joined = {name: np.concatenate(some) for name, some in parts.items()}
    return {name: (power_at(0.03, one, truth), power_at(0.01, one, truth)) for name, one in joined.items()}


def power_at(false_alarms: float, score: Floats, truth: Floats) -> float:
    """Per cent of the truly weak that a score finds when it marks that share of the schools at 0 or above."""
    return 100 * float((score[truth < -LIMIT] < np.quantile(score[truth >= 0], false_alarms)).mean())


def _null(replicates: int, schools: int, first_seed: int) -> dict[str, float]:
    """Per cent marked when no school differs at all: on one test, and on at least one of nine."""
    equal = Parts(TRUE.sd, 0.0, 0.0, TRUE.cohort, TRUE.own, TRUE.rho)
    naive, interval = [], []
    for i in range(replicates):
        window = world(schools, first_seed + 500 + i, equal).results.last(WINDOW)
        naive.append((window.deviation < 0).all(axis=2))
        mean, variance = pooled(window.deviation, 1 / (TRUE.sd**2 / window.n + TRUE.cohort))
        interval.append(mean / np.sqrt(variance) < -Z95)
    some = [np.concatenate(part) for part in (naive, interval)]
    return {
        "naive, one test": 100 * float(some[0].mean()),
        "naive, one of nine": 100 * float(some[0].any(axis=1).mean()),
        "95 % interval, one of nine": 100 * float(some[1].any(axis=1).mean()),
    }


def _two_years(worlds: list[World]) -> tuple[float, float]:
    """Nothing changed: the median size of a change between two years, and per cent that move more than 2."""
    moved = np.concatenate([np.abs(np.diff(made.results.deviation[..., -2:])).ravel() for made in worlds])
    return float(np.median(moved)), 100 * float((moved > LIMIT).mean())
