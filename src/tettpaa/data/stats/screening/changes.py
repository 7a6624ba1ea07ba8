"""Whether a school has fallen against its own past: an early warning and a formal rule."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np

from tettpaa.data.stats.posteriors import normal_cdf
from tettpaa.data.stats.screening.covariance import ABSENT, of_year
from tettpaa.data.stats.screening.levels import State, start, told
from tettpaa.data.stats.screening.parts import Parts
from tettpaa.data.stats.screening.results import Flags, Floats, Results

RECENT: Final = 3  # years in the formal rule
BASELINE: Final = 2  # years that must have gone before them
WEIGHT: Final = 0.4  # of the newest year in the early warning
FALSE_ALARMS: Final = 0.01  # a year, in schools where nothing has changed, for each of the two rules
LIMIT: Final = NormalDist().inv_cdf(FALSE_ALARMS)  # -2.326; `make bench` measures that it gives 1 %


@dataclass(frozen=True, slots=True)
class Changes:
    """Shapes (N, T + 1): the tests, and last the school on all its tests. NaN where a rule has too few years.

    `early`: the early warning's standard score in the newest year (EWMA of each year's surprise, given all years
    before). `formal`: the standard score of the last three years against the school's own earlier level.
    `fall`: the last three years less that earlier level, in the scale's unit. `p`: the chance of so low a score,
    or a lower, in a school that has not changed; the formal score where there is one, else the early.
    """

    early: Floats
    formal: Floats
    fall: Floats
    p: Floats


def changes(results: Results, parts: Parts) -> Changes:
    """Both rules for the newest year of `results`; nothing from before a break may be in it (statistics.md B4)."""
    early = _early(results, parts)
    years = len(results.years)
    missing = np.full(early.shape, np.nan)
    if years < RECENT + BASELINE:
        return Changes(early, missing, missing, _chance(early))
    formal, fall = _formal(results, parts)
    return Changes(early, formal, fall, _chance(np.where(np.isnan(formal), early, formal)))


def _chance(score: Floats) -> Floats:
    return np.array([normal_cdf(float(z)) for z in score.ravel()]).reshape(score.shape)


def _early(results: Results, parts: Parts) -> Floats:
    """E = .6 E + .4 e from the second year seen; e is N(0, 1) and free of the years before, so that E's own
    spread is known exactly also when the series is short.
    """
    state = start(results, parts)
    shape = (len(results.schools), len(results.tests) + 1)
    average, spread = np.zeros(shape), np.zeros(shape)
    before, now = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
    for year in range(len(results.years)):
        surprise, now = _surprise(state, results, year, parts)
        counts = before & now
        average = np.where(counts, (1 - WEIGHT) * average + WEIGHT * surprise, average)
        spread = np.where(counts, (1 - WEIGHT) ** 2 * spread + WEIGHT**2, spread)
        before |= now
        state = told(state, results, year, parts)
    score = average / np.sqrt(np.where(spread > 0, spread, 1.0))
    return np.where((spread > 0) & now, score, np.nan)


def _surprise(state: State, results: Results, year: int, parts: Parts) -> tuple[Floats, Flags]:
    """Standard scores of a year against what was to be expected of it, and where there is any."""
    seen = results.seen[..., year]
    off = np.where(seen, results.deviation[..., year] - state.mean, 0.0)
    total = state.spread + of_year(results, year, parts)
    own = off / np.sqrt(np.diagonal(total, axis1=1, axis2=2))
    common, _size = _common(total, off, seen)
    now = np.concatenate([seen, seen.any(axis=1, keepdims=True)], axis=1)
    return np.concatenate([own, common[:, None]], axis=1), now


def _common(total: Floats, off: Floats, seen: Flags) -> tuple[Floats, Floats]:
    """The standard score and the size of one and the same shift on all tests seen: 1' S⁻¹ d / √(1' S⁻¹ 1)."""
    weights = np.linalg.solve(total, seen[..., None].astype(np.float64))[..., 0]
    heavy = (weights * seen).sum(axis=1)
    heavy = np.where(heavy > 0, heavy, 1.0)
    shift = (weights * off).sum(axis=1)
    return shift / np.sqrt(heavy), shift / heavy


def _formal(results: Results, parts: Parts) -> tuple[Floats, Floats]:
    """The last three years, weighted by what they tell, less the level that all years before gave."""
    split = len(results.years) - RECENT
    state = start(results, parts)
    for year in range(split):
        state = told(state, results, year, parts)
    precision, weighted = np.zeros_like(state.spread), np.zeros_like(state.mean)
    alone, alone_sum = np.zeros_like(state.mean), np.zeros_like(state.mean)
    for year in range(split, len(results.years)):
        noise = of_year(results, year, parts)
        value = results.deviation[..., year]
        precision = precision + np.linalg.inv(noise)
        weighted = weighted + np.linalg.solve(noise, value[..., None])[..., 0]
        weight = np.where(results.seen[..., year], 1 / np.diagonal(noise, axis1=1, axis2=2), 0.0)
        alone, alone_sum = alone + weight, alone_sum + weight * value
    recent = np.linalg.inv(precision)
    seen = results.seen[..., split:].any(axis=2)
    off = np.where(seen, np.einsum("nij,nj->ni", recent, weighted) - state.mean, 0.0)
    common, size = _common(state.spread + recent, off, seen)
    noise_alone = np.where(alone > 0, 1 / np.where(alone > 0, alone, 1.0), ABSENT)
    own = alone_sum * noise_alone - state.mean
    own_score = own / np.sqrt(noise_alone + np.diagonal(state.spread, axis1=1, axis2=2))
    enough = _has_years(results.seen, split)
    score = np.concatenate([own_score, common[:, None]], axis=1)
    fall = np.concatenate([own, size[:, None]], axis=1)
    return np.where(enough, score, np.nan), np.where(enough, fall, np.nan)


def _has_years(seen: Flags, split: int) -> Flags:
    """Whether each test, and the school as a whole, has three recent years and two before them."""
    whole = np.concatenate([seen, seen.any(axis=1, keepdims=True)], axis=1)
    enough: Flags = (whole[..., split:].sum(axis=2) >= RECENT) & (whole[..., :split].sum(axis=2) >= BASELINE)
    return enough
