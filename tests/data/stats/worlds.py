"""Seeded worlds of invented schools, small enough to be quick and large enough to tell."""

from random import Random
from typing import NamedTuple

from tettpaa.data.stats.points import Point

SIZES = (8, 12, 16, 20, 22, 25, 30, 40, 55, 75)


class School(NamedTuple):
    """A school whose true distance from the nation is known, and its figures."""

    truth: float
    series: tuple[Point, ...]


def schools(
    count: int, *, persistent: float, cohort: float, sd: float = 10.0, years: int = 3, seed: int = 1
) -> list[School]:
    """`count` schools around a nation of 50, figures of the years 2022 and on, not rounded."""
    random = Random(seed)
    world = []
    for _ in range(count):
        size = random.choice(SIZES)
        truth = random.gauss(0, persistent**0.5)
        spread = (sd * sd / size + cohort) ** 0.5
        series = tuple(Point(2022 + y, 50 + truth + random.gauss(0, spread), size) for y in range(years))
        world.append(School(truth, series))
    return world


def nation(years: int = 3, mean: float = 50.0) -> list[Point]:
    """A reference that is exact."""
    return [Point(2022 + y, mean, variance=0.0) for y in range(years)]
