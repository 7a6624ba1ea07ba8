"""Estimates the variance parts from the results themselves: maximum likelihood by Fisher's scoring."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tettpaa.data.stats.screening.parts import Parts
from tettpaa.data.stats.screening.results import Floats, Results

NAMES: Final = ("school", "test", "cohort", "own", "rho")
YEARS: Final = 5  # the newest years that are read; more tell little more and cost the cube
MOST_RHO: Final = 0.95
_STEPS: Final = 40
_CLOSE: Final = 1e-4
_AT_ONCE: Final = 128  # schools in memory together
# How sure the shipped parts are of themselves elsewhere: a third, and never surer than this share of sd².
_DOUBT, _LEAST_DOUBT, _RHO_DOUBT = 1 / 3, 0.004, 0.15


@dataclass(frozen=True, slots=True)
class Fitted:
    """The parts with their standard errors in the order of NAMES; `steps` taken, and the schools read."""

    parts: Parts
    errors: tuple[float, ...]
    steps: int
    schools: int


def fit(results: Results, first: Parts, *, prior: Parts | None = None) -> Fitted:
    """Variance parts that make the results most likely, from `first`, whose sd and rounding are taken as known.

    Iterated MINQUE: each step solves F θ = b with F_jk = tr(Σ⁻¹Q_jΣ⁻¹Q_k)/2, which ends at the maximum of the
    normal likelihood (Harville 1977). `prior` draws the answer towards those parts, as if known to within a
    third: it decides for a dozen schools and is unseen in a nation. No part goes below 0.
    """
    recent = results.last(YEARS)
    theta = np.array(first.free)
    pull, centre = _pull(prior)
    information = np.eye(len(NAMES))
    steps = 0
    while steps < _STEPS:
        steps += 1
        information, right = _equations(recent, first.with_free(theta.tolist()))
        following = _held(information + np.diag(pull), right + pull * centre)
        done = bool(np.abs(following - theta).max() <= _CLOSE * max(1.0, float(theta.max())))
        theta = following
        if done:
            break
    errors = np.sqrt(np.diag(np.linalg.inv(information + np.diag(pull) + 1e-12 * np.eye(len(NAMES)))))
    return Fitted(
        first.with_free(theta.tolist()), tuple(float(e) for e in errors), steps, len(recent.schools)
    )


def _pull(prior: Parts | None) -> tuple[Floats, Floats]:
    """The prior's weight on each part, and its centre."""
    if prior is None:
        return np.zeros(len(NAMES)), np.zeros(len(NAMES))
    centre = np.array(prior.free)
    doubt = np.maximum(_DOUBT * centre, _LEAST_DOUBT * prior.sd**2)
    doubt[-1] = _RHO_DOUBT
    return 1 / doubt**2, centre


def _held(matrix: Floats, right: Floats) -> Floats:
    """The solution with no part below 0 and rho under its ceiling: parts that would leave are held at the edge."""
    highest = np.array([np.inf, np.inf, np.inf, np.inf, MOST_RHO])
    value, free = np.zeros(len(right)), np.ones(len(right), dtype=np.bool_)
    while free.any():
        rest = right[free] - matrix[np.ix_(free, ~free)] @ value[~free]
        value[free] = np.linalg.solve(matrix[np.ix_(free, free)] + 1e-12 * np.eye(int(free.sum())), rest)
        out = free & ((value < 0) | (value > highest))
        if not out.any():
            break
        value = np.where(out, np.clip(value, 0.0, highest), value)
        free &= ~out
    return value


def _equations(results: Results, parts: Parts) -> tuple[Floats, Floats]:
    size = len(NAMES)
    matrix, right = np.zeros((size, size)), np.zeros(size)
    for begin in range(0, len(results.schools), _AT_ONCE):
        one, other = _chunk(results.of(slice(begin, begin + _AT_ONCE)), parts)
        matrix, right = matrix + one, right + other
    return matrix, right


def _chunk(results: Results, parts: Parts) -> tuple[Floats, Floats]:
    """F and b of some schools: b_j = (u'Q_ju - tr(Σ⁻¹Q_jΣ⁻¹V))/2, u = Σ⁻¹m, V the chance that is known."""
    shapes, known = _shapes(results, parts)
    deviation = results.deviation.reshape(len(results.schools), -1)
    total = known + sum(value * shape for value, shape in zip(parts.free, shapes, strict=True))
    inverse = np.linalg.inv(total)
    u = np.einsum("nij,nj->ni", inverse, deviation)
    # Σ⁻¹Q for each part; the trace of a product is the sum over one times the other turned.
    products = [inverse @ shape for shape in shapes]
    turned = [product.swapaxes(-1, -2) for product in products]
    settled = (inverse @ known).swapaxes(-1, -2)
    matrix = np.array([[float((p * t).sum()) for t in turned] for p in products]) / 2
    squares = [float(np.einsum("ni,nij,nj->", u, shape, u, optimize=True)) for shape in shapes]
    right = np.array([q - float((p * settled).sum()) for q, p in zip(squares, products, strict=True)]) / 2
    return matrix, right


def _shapes(results: Results, parts: Parts) -> tuple[list[Floats], Floats]:
    """Q (N, D, D) of each part and V, over D = tests x years; a result not seen stands alone with variance 1."""
    schools, tests, years = results.seen.shape
    seen = results.seen.reshape(schools, -1)
    both = seen[:, :, None] & seen[:, None, :]
    test = np.repeat(np.arange(tests), years)
    year = np.tile(np.arange(years), tests)
    cohort = results.cohort.reshape(schools, -1)
    same_test = (test[:, None] == test[None, :]) & both
    same_group = (cohort[:, :, None] == cohort[:, None, :]) & (year[:, None] == year[None, :]) & both
    alone = np.eye(tests * years, dtype=np.bool_) & both
    pupils = np.where(seen, results.n.reshape(schools, -1), 1.0)
    larger = np.maximum(pupils[:, :, None], pupils[:, None, :])
    cross = np.where(same_group & ~alone, parts.sd**2 / larger, 0.0)
    chance = np.where(seen, parts.sd**2 / pupils + parts.rounding**2 / 12, 1.0)
    known = chance[:, :, None] * np.eye(tests * years)
    shapes = [shape.astype(np.float64) for shape in (both, same_test, same_group, alone)]
    return [*shapes, cross], known
