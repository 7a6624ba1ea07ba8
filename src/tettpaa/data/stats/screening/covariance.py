"""The covariance of a school's results: what lasts, and what one year brings."""

from typing import Final

import numpy as np

from tettpaa.data.stats.screening.parts import Parts
from tettpaa.data.stats.screening.results import Floats, Results

# The variance of a result that is not there: so large that it weighs nothing, small enough for the arithmetic.
ABSENT: Final = 1e9


def lasting(tests: int, parts: Parts) -> Floats:
    """K (T, T): covariance of a school's true levels on its tests, school + test on the diagonal."""
    return parts.school * np.ones((tests, tests)) + parts.test * np.eye(tests)


def of_year(results: Results, year: int, parts: Parts) -> Floats:
    """R (N, T, T) of the year in place `year`: chance, cohort and rounding; ABSENT where nothing was seen.

    Two tests of one cohort share g, and their chance errors covary by rho sd² / larger n: the smaller group
    sits both tests.
    """
    n, cohort, seen = results.n[..., year], results.cohort[..., year], results.seen[..., year]
    pupils = np.where(seen, n, 1.0)
    together = (cohort[:, :, None] == cohort[:, None, :]) & seen[:, :, None] & seen[:, None, :]
    larger = np.maximum(pupils[:, :, None], pupils[:, None, :])
    covariance = np.where(together, parts.cohort + parts.rho * parts.sd**2 / larger, 0.0)
    chance = parts.sd**2 / pupils + parts.cohort + parts.own + parts.rounding**2 / 12
    places = np.arange(seen.shape[1])
    covariance[:, places, places] = np.where(seen, chance, ABSENT)
    return covariance
