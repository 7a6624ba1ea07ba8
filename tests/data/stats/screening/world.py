"""A nation of invented schools whose true levels are known: nine tests of three cohorts, ten years."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from tettpaa.data.stats.screening.parts import Parts
from tettpaa.data.stats.screening.results import Floats, Results

# The world of docs/statistics.md: lasting 2.5 (school) and 1.0 (test), cohorts 1.2, pupils 10, correlation 0.6.
TRUE: Final = Parts(sd=10.0, school=6.25, test=1.0, cohort=1.44, own=0.0, rho=0.6)
YEARS, TESTS, COHORTS = 10, 9, 3
FALLS_IN = 5  # the place of the first year of a fall


@dataclass(frozen=True, slots=True)
class World:
    """`truth` (N, T): true lasting levels before any fall; `size` (N,): pupils in a cohort, in the mean."""

    results: Results
    truth: Floats
    size: Floats


def world(
    schools: int, seed: int, parts: Parts = TRUE, *, years: int = YEARS, tests: int = TESTS,
    shift: Floats | None = None,
) -> World:  # fmt: skip
    """`schools` schools around a nation of 0. `shift` (N, Y) is added to every test of a school.

    Cohorts are 3 to 150 pupils, 22 in the median; a school's own vary by a tenth from year to year.
    """
    draw = np.random.default_rng(seed)
    size = np.clip(22 * np.exp(0.8 * draw.standard_normal(schools)), 3, 150)
    group = np.arange(tests) * COHORTS // tests
    n = np.maximum(
        3, np.round(size[:, None, None] * np.exp(0.1 * draw.standard_normal((schools, COHORTS, years))))
    )
    truth = np.sqrt(parts.school) * draw.standard_normal((schools, 1))
    truth = truth + np.sqrt(parts.test) * draw.standard_normal((schools, tests))
    shared = draw.standard_normal((schools, COHORTS, years))
    alone = draw.standard_normal((schools, tests, years))
    pupils = n[:, group, :]
    chance = np.sqrt(parts.rho) * shared[:, group, :] + np.sqrt(1 - parts.rho) * alone
    cohort = np.sqrt(parts.cohort) * draw.standard_normal((schools, COHORTS, years))[:, group, :]
    own = np.sqrt(parts.own) * draw.standard_normal((schools, tests, years))
    deviation = truth[:, :, None] + cohort + own + parts.sd / np.sqrt(pupils) * chance
    if shift is not None:
        deviation = deviation + shift[:, None, :]
    seen = np.ones(deviation.shape, dtype=np.bool_)
    codes = np.broadcast_to(group[None, :, None], deviation.shape).copy()
    names = tuple(f"s{i:05}" for i in range(schools)), tuple(f"t{i}" for i in range(tests))
    return World(
        Results(*names, tuple(range(2001, 2001 + years)), deviation, pupils, codes, seen), truth, size
    )


def without(results: Results, share: float, seed: int) -> Results:
    """The same with a random share of the results not seen."""
    seen = np.random.default_rng(seed).random(results.seen.shape) >= share
    return replace(
        results, seen=seen, deviation=np.where(seen, results.deviation, 0.0), n=np.where(seen, results.n, 0.0),
        cohort=np.where(seen, results.cohort, -1),
    )  # fmt: skip
