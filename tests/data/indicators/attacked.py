"""Municipalities made up from a seed, three yearly releases of each, and the attack on what readers then have."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from tests.data.suppression.attack import TOTAL, Attack, failing
from tettpaa.data.sources.source import Cell
from tettpaa.data.suppression.kinds import Gender, Level, Status

MEAN, SHARE = "np5_lesing", "eu_mobbing"
GRADE = {MEAN: 5, SHARE: 7}
THRESHOLD = {MEAN: 10, SHARE: 5}
CODES = {Gender.ALL: TOTAL, Gender.GIRLS: "F", Gender.BOYS: "M"}


class Pupils(NamedTuple):
    """Pupils of a school, one indicator and year: girls and boys, and how many of each tell of bullying."""

    girls: int
    boys: int
    girls_yes: int
    boys_yes: int


type Truth = dict[tuple[str, str, int], Pupils]  # school, indicator, period


class Reading(NamedTuple):
    """A figure as a reader has it: n, and how many of them a share tells of."""

    n: int | None
    yes: int | None


def municipality(code: str, seed: int) -> Truth:
    """Three years of a municipality with one to nine schools."""
    chance = np.random.default_rng([seed, int(code)])
    truth: Truth = {}
    for number in range(int(chance.integers(1, 10))):
        size = chance.lognormal(np.log(20), 0.85)
        for indicator in (MEAN, SHARE):
            for period in (2022, 2023, 2024):
                girls, boys = (1 + int(chance.poisson(size / 2)) for _ in range(2))
                yes = [int(chance.binomial(n, 0.1)) for n in (girls, boys)]
                truth[f"{code}S{number}", indicator, period] = Pupils(girls, boys, *yes)
    return truth


def cells(code: str, truth: Truth, periods: Iterable[int]) -> list[Cell]:
    """The file's rows: the municipality and its schools, all and by gender."""
    found = []
    schools = sorted({school for school, *_ in truth})
    for period in periods:
        for indicator in (MEAN, SHARE):
            for unit in (code, *schools):
                for gender in Gender:
                    n, yes = counted(truth, code, unit, indicator, period, gender)
                    value = 50.0 if indicator == MEAN else round(100 * yes / n, 2) if n else 0.0
                    found.append(_cell(code, unit, indicator, period, gender, value, n))
    return found


def counted(
    truth: Truth, code: str, unit: str, indicator: str, period: int, gender: Gender
) -> tuple[int, int]:
    """How many pupils, and how many of them answered yes."""
    parts = [
        p for (school, i, y), p in truth.items() if (i, y) == (indicator, period) and unit in (code, school)
    ]
    girls = (sum(p.girls for p in parts), sum(p.girls_yes for p in parts))
    boys = (sum(p.boys for p in parts), sum(p.boys_yes for p in parts))
    split = {Gender.GIRLS: girls, Gender.BOYS: boys, Gender.ALL: (girls[0] + boys[0], girls[1] + boys[1])}
    return split[gender]


def _cell(code: str, unit: str, indicator: str, period: int, gender: Gender, value: float, n: int) -> Cell:
    return Cell(
        indicator=indicator, level=Level.MUNICIPALITY if unit == code else Level.SCHOOL, unit_code=unit,
        unit_name=unit, county=code[:2], municipality=code, period=period, grade=GRADE[indicator], gender=gender,
        value=value, n=n, uncertainty=None, status=Status.OK, is_provisional=False, row=3, column="J",
    )  # fmt: skip


def broken(code: str, truth: Truth, read: Mapping[tuple[str, str, int, Gender], Reading]) -> list[str]:
    """Small numbers that follow from what was read. `read` has every figure that exists, hidden ones with None."""
    found = []
    for indicator in (MEAN, SHARE):
        for period in sorted({year for _, _, year, _ in read}):
            cells: dict[tuple[str, ...], int | None] = {}
            true: dict[tuple[str, ...], int] = {}
            for (unit, of, year, gender), reading in read.items():
                if (of, year) == (indicator, period):
                    place = (TOTAL if unit == code else unit, CODES[gender])
                    n, yes = counted(truth, code, unit, indicator, period, gender)
                    _put(cells, true, place, indicator, (reading, n, yes))
            failed = failing(Attack(1, cells), true.__getitem__, THRESHOLD[indicator])
            found += [f"{indicator} {period} {codes}" for codes in failed]
    return found


def _put(
    cells: dict[tuple[str, ...], int | None],
    true: dict[tuple[str, ...], int],
    place: tuple[str, ...],
    indicator: str,
    told: tuple[Reading, int, int],
) -> None:
    reading, n, yes = told
    if indicator == MEAN:
        cells[place], true[place] = reading.n, n
        return
    no = None if reading.n is None or reading.yes is None else reading.n - reading.yes
    for answer, number, truth in (("yes", reading.yes, yes), ("no", no, n - yes), (TOTAL, reading.n, n)):
        cells[*place, answer], true[*place, answer] = number, truth
