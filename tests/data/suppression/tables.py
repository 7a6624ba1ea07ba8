"""Made-up tables of the shape that statistics on schools have, from a seed.

Grades of median 20 pupils (a tenth under about 6, a tenth over about 56), three grades, two genders, five levels;
municipalities of very unequal size, one in six with one school. Of the inner cells 55 to 58 per cent are 1 to 4,
a quarter 0 (`test_tables.py` holds them to it).
"""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tettpaa.data.suppression.table import Table

HIERARCHY, DIMENSIONS = ("fylke", "kommune", "school"), ("grade", "gender", "level")
GRADES, GENDERS, LEVELS = ("5", "8", "9"), ("F", "M"), ("1", "2", "3", "4", "5")
_LEVELS = np.array([0.09, 0.20, 0.36, 0.23, 0.12])
_ALIKE = 60  # how alike schools are in level: shares differ as if each school had drawn so many pupils' levels before
# Pupils in a grade: median, spread (of logarithms), and the least and most of a school's mean.
_GRADE = (20, 0.80, 3, 110)
_UNEQUAL = 1.2  # spread (of logarithms) of municipalities' share of the schools
_COUNTIES = {50: 2, 350: 3, 2800: 15}


def country(schools: int, seed: int) -> Table:
    """A table of so many schools; equal seeds give equal tables."""
    chance = np.random.default_rng([seed, schools])
    codes: list[tuple[str, ...]] = []
    counts: list[int] = []
    for number, (county, municipality) in enumerate(_places(schools, chance), start=1):
        median, spread, least, most = _GRADE
        size = np.clip(chance.lognormal(np.log(median), spread), least, most)
        skill = chance.dirichlet(_LEVELS * _ALIKE)
        for grade in GRADES:
            pupils = max(1, int(chance.poisson(size * chance.lognormal(0, 0.12))))
            girls = int(chance.binomial(pupils, 0.49))
            for gender, some in zip(GENDERS, (girls, pupils - girls), strict=True):
                for level, count in zip(LEVELS, chance.multinomial(some, skill).tolist(), strict=True):
                    codes.append((county, municipality, f"S{number:05d}", grade, gender, level))
                    counts.append(count)
    return Table(HIERARCHY, DIMENSIONS, tuple(codes), np.array(counts, np.int64))


def _places(schools: int, chance: np.random.Generator) -> list[tuple[str, str]]:
    """County and municipality of each school."""
    municipalities = max(1, round(schools / 7.8))
    counties = min(_COUNTIES.get(schools, max(1, municipalities // 15)), municipalities)
    share = chance.lognormal(0, _UNEQUAL, municipalities)
    sizes = 1 + chance.multinomial(schools - municipalities, share / share.sum())
    county = np.sort(
        np.concatenate([np.arange(counties), chance.integers(0, counties, municipalities - counties)])
    )
    return [
        (f"{county[at] + 1:02d}", f"{at + 1:04d}")
        for at, size in enumerate(sizes.tolist())
        for _ in range(size)
    ]


def regrouped(table: Table, sizes: Sequence[int]) -> Table:
    """The same schools in municipalities of these sizes."""
    unit = {}
    schools = iter(sorted({codes[2] for codes in table.codes}))
    for number, size in enumerate(sizes, start=1):
        unit |= {next(schools): f"{number:04d}" for _ in range(size)}
    codes = tuple(("01", unit[c[2]], *c[2:]) for c in table.codes)
    return Table(table.hierarchy, table.dimensions, codes, table.counts)


def write(table: Table, path: Path) -> None:
    """The table as TABLE.csv."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*table.columns, table.count])
        writer.writerows(
            [*codes, count] for codes, count in zip(table.codes, table.counts.tolist(), strict=True)
        )
