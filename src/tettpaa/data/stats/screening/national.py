"""Variance constants measured on national files, and the report that goes with them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt
from statistics import median
from typing import Final, NamedTuple

from tettpaa.data.stats.constants import components_for
from tettpaa.data.stats.estimate import Moments, SchoolYear, moments
from tettpaa.data.stats.points import Z95
from tettpaa.data.stats.screening.fit import NAMES, Fitted, fit
from tettpaa.data.stats.screening.parts import SCALE, Parts
from tettpaa.data.stats.screening.results import Result, gather

FEWEST_PUPILS: Final = 10  # the source shows no smaller group
# Where the search begins; it ends at the same place from anywhere (a test of `fit` holds that).
FIRST: Final = Parts(sd=SCALE, school=4.0, test=1.0, cohort=1.0, own=1.0, rho=0.5)

MEANING: Final = {
    "school": "lasting, the same on all tests of a school",
    "test": "lasting, of a school on one test",
    "cohort": "one cohort in one year, the same on all its tests",
    "own": "one test of one cohort in one year, beyond chance",
    "rho": "correlation of chance between two tests of the same pupils",
}

_OPENING: Final = """\
# Estimation report: {key}

Made by `tettpaa estimate` on {on}. {figures:,} published means of {schools:,} schools, school years {first} to {last},
groups of at least {fewest} pupils.

| file | sha256 begins |
|---|---|"""
_TOGETHER: Final = """
## All tests together

Maximum likelihood ({steps} steps), given that pupils in a school spread by {sd:.2f} and that means are rounded to
steps of {rounding:g}. Variances in squared points.

| part | value | standard error | what it is |
|---|---|---|---|"""
_SEPARATE: Final = """
## Each test alone

Moments of one test at a time: persistent = school + test, cohort = cohort + own. The last two columns are the
constants in use for a single test; the larger cohort part is kept there, since it gives the wider interval.

| test | pupils' spread | persistent | cohort | schools with two years | in use: persistent | cohort |
|---|---|---|---|---|---|---|"""


class NationalFigure(NamedTuple):
    """A school's published mean, with the source's 95 % half-width where it gives one."""

    school: str
    test: str
    grade: int
    year: int
    n: int
    mean: float
    half_width: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found: each test alone (pupils' spread and moments), all tests together, and from what."""

    tests: Mapping[str, tuple[float, Moments]]
    together: Fitted
    years: tuple[int, ...]
    figures: int


def measure(figures: Sequence[NationalFigure], *, rounding: float = 1.0) -> Measured:
    """Measure the constants. `rounding`: the step the source rounds means to.

    The pupils' spread is the median of half-width x √n / 1.96, by test and over all. Raises ValueError when no figure
    has both, and as `estimate.moments` for a test with fewer than two schools of two years.
    """
    counted = [figure for figure in figures if figure.n >= FEWEST_PUPILS]
    by_test: dict[str, list[NationalFigure]] = defaultdict(list)
    for figure in counted:
        by_test[figure.test].append(figure)
    tests = {}
    for test, rows in sorted(by_test.items()):
        sd = spread(rows)
        years = [SchoolYear(row.school, row.year, row.n, row.mean) for row in rows]
        tests[test] = (sd, moments(years, sd, precision=rounding))
    results = gather([Result(f.school, f.test, str(f.grade), f.year, f.n, f.mean) for f in counted])
    first = FIRST.on_scale(spread(counted))
    known = replace(first, rounding=rounding)
    return Measured(tests, fit(results, known), results.years, len(counted))


def spread(figures: Sequence[NationalFigure]) -> float:
    """The pupils' spread within a school behind the printed half-widths. Raises ValueError for none."""
    found = [f.half_width * sqrt(f.n) / Z95 for f in figures if f.half_width]
    if not found:
        raise ValueError("no figure has the source's own uncertainty")
    return median(found)


def as_toml(found: Measured, *, key: str, source: str, on: date) -> str:
    """The table that `parts.parse` reads, with where it comes from."""
    fitted = found.together
    lines = [
        f'key = "{key}"',
        f'source = "{source}"',
        f"measured_on = {on.isoformat()}",
        f"valid_from = {found.years[0]}",
        f"schools = {fitted.schools}",
        f"figures = {found.figures}",
        "",
        "[parts]",
        f"sd = {fitted.parts.sd:.2f}",
        *(f"{name} = {value:.3f}" for name, value in zip(NAMES, fitted.parts.free, strict=True)),
        "",
        "[errors]",
        *(f"{name} = {value:.3f}" for name, value in zip(NAMES, fitted.errors, strict=True)),
    ]
    for test, (sd, alone) in found.tests.items():
        lines += ["", f"[tests.{test}]", f"sd = {sd:.2f}", f"persistent = {alone.persistent:.2f}"]
        lines += [f"cohort = {alone.cohort:.2f}", f"schools = {alone.schools}"]
    return "\n".join(lines) + "\n"


def as_report(found: Measured, *, key: str, on: date, files: Mapping[str, str]) -> str:
    """The estimation report in Markdown. `files`: name and sha256 of each file read."""
    fitted = found.together
    rows = [
        f"| {name} | {value:.2f} | {error:.2f} | {MEANING[name]} |"
        for name, value, error in zip(NAMES, fitted.parts.free, fitted.errors, strict=True)
    ]
    read = [f"| {name} | `{digest[:16]}` |" for name, digest in sorted(files.items())]
    lines = [
        _OPENING.format(key=key, on=on.isoformat(), figures=found.figures, schools=fitted.schools,
                        first=found.years[0], last=found.years[-1], fewest=FEWEST_PUPILS),
        *read,
        _TOGETHER.format(steps=fitted.steps, sd=fitted.parts.sd, rounding=fitted.parts.rounding),
        *rows,
        _SEPARATE,
        *(_alone(test, sd, alone, found.years[-1]) for test, (sd, alone) in found.tests.items()),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _alone(test: str, sd: float, found: Moments, year: int) -> str:
    used = components_for(test, year)
    ends = " | ".join(_value(part) for part in (used.persistent, used.cohort))
    return f"| {test} | {sd:.1f} | {found.persistent:.1f} | {found.cohort:.1f} | {found.schools:,} | {ends} |"


def _value(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.1f}"
