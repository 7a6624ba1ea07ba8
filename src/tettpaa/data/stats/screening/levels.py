"""Each school's true level on each test and on all together, from the years given: means, spreads, probabilities."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tettpaa.data.stats.posteriors import normal_cdf
from tettpaa.data.stats.screening.covariance import lasting, of_year
from tettpaa.data.stats.screening.parts import Parts
from tettpaa.data.stats.screening.results import Flags, Floats, Results

WINDOW: Final = 3


@dataclass(frozen=True, slots=True)
class State:
    """What is believed of the true levels: `mean` (N, T) less the nation, `spread` (N, T, T) their covariance."""

    mean: Floats
    spread: Floats


@dataclass(frozen=True, slots=True)
class Levels:
    """`estimate`, `sd`, `p_weak` (N, T + 1): the tests, and last the mean of the tests that the school has.

    `known` (N, T + 1): whether anything was seen of that test; the mean is known when any test is. `p_weak`: the
    probability that the true level lies more than the limit below the nation.
    """

    estimate: Floats
    sd: Floats
    p_weak: Floats
    known: Flags


def start(results: Results, parts: Parts) -> State:
    """Before anything is seen: at the nation, with the spread that schools have."""
    schools, tests = len(results.schools), len(results.tests)
    prior = np.broadcast_to(lasting(tests, parts), (schools, tests, tests))
    return State(np.zeros((schools, tests)), prior)


def told(state: State, results: Results, year: int, parts: Parts) -> State:
    """The state after the year in place `year`: mean + P S⁻¹ (m - mean), P - P S⁻¹ P, S = P + R."""
    surprise = np.where(results.seen[..., year], results.deviation[..., year] - state.mean, 0.0)
    total = state.spread + of_year(results, year, parts)
    gain = np.linalg.solve(total, state.spread).swapaxes(-1, -2)  # P S⁻¹, both symmetric
    mean = state.mean + np.einsum("nij,nj->ni", gain, surprise)
    spread = state.spread - gain @ state.spread
    return State(mean, (spread + spread.swapaxes(-1, -2)) / 2)


def levels(results: Results, parts: Parts, *, limit: float = 2.0) -> Levels:
    """The true levels from the last three years: k' (K + R)⁻¹ m (statistics.md B2), one year after another.

    A test borrows from the school's other tests. `limit`: the difference that matters, in the scale's unit.
    """
    window = results.last(WINDOW)
    state = start(window, parts)
    for year in range(len(window.years)):
        state = told(state, window, year, parts)
    known = window.seen.any(axis=2)
    has = results.seen.any(axis=2)  # its tests, also one it has not taken lately
    estimate, variance = together(state, has)
    known = np.concatenate([known, known.any(axis=1, keepdims=True)], axis=1)
    sd = np.sqrt(variance)
    return Levels(estimate, sd, below(-limit, estimate, sd), known)


def together(state: State, has: Flags) -> tuple[Floats, Floats]:
    """Means and variances (N, T + 1): each test, and the plain mean of the tests in `has` (N, T)."""
    share = has / np.maximum(1, has.sum(axis=1, keepdims=True))
    mean = (share * state.mean).sum(axis=1, keepdims=True)
    variance = np.einsum("ni,nij,nj->n", share, state.spread, share)[:, None]
    own = np.diagonal(state.spread, axis1=1, axis2=2)
    return np.concatenate([state.mean, mean], axis=1), np.concatenate([own, variance], axis=1)


def below(value: float, mean: Floats, sd: Floats) -> Floats:
    """P(truth < value) of normal curves."""
    z = (value - mean) / sd
    return np.array([normal_cdf(float(x)) for x in z.ravel()]).reshape(z.shape)
