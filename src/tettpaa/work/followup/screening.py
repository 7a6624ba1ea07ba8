"""The national tests of a school read together: a weak level on one of them, and a fall on all of them.

A test borrows from the school's others, and each mark carries the chance of being wrong. The arithmetic is in
`data/stats/screening`; it needs numpy, which is loaded the first time somebody looks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING, Final

from tettpaa.data.indicators.definitions import Definition, definitions
from tettpaa.data.indicators.queries import SeriesKey
from tettpaa.data.indicators.reckoning import rule_of
from tettpaa.data.stats.kinds import Certainty, Kind, Side
from tettpaa.data.stats.level import level
from tettpaa.data.stats.posteriors import Normal
from tettpaa.data.stats.rules import WINDOW
from tettpaa.data.stats.screening.parts import Parts, shipped
from tettpaa.data.stats.verdicts import CLEAR_FROM, LIKELY_FROM
from tettpaa.data.suppression.kinds import Gender
from tettpaa.work.followup.signals import (
    Finding,
    Lines,
    findings,
    is_internal,
    level_finding,
    points_of,
)

if TYPE_CHECKING:
    from tettpaa.data.stats.screening.marks import Screening

TOGETHER: Final = "np_samlet"  # stands for all national tests of a school; no indicator has this key
SURELY: Final = 0.001  # a fall so unlikely by chance is called clear


@dataclass(frozen=True, slots=True)
class LevelReading:
    """What one test says of a school when all are read together: the level, less the nation's, and how sure."""

    indicator: str
    grade: int
    reference: float
    curve: Normal
    delta: float

    @property
    def p_weak(self) -> float:
        """The probability that the true level lies more than `delta` below the reference."""
        return self.curve.below(self.reference - self.delta)


def screened(lines: Lines, reference: str) -> list[Finding]:
    """Schools of `lines` against the unit `reference`: national tests together, everything else one by one."""
    tests = _tests(lines, reference)
    rest = {key: line for key, line in lines.items() if key not in tests}
    return [*findings(rest, reference), *_together(lines, reference, tests)]


def readings(lines: Lines, reference: str, unit: str) -> list[LevelReading]:
    """Every national test of one school with three years shown, by grade and test."""
    tests = _tests(lines, reference)
    found = _screen(lines, reference, tests)
    if found is None or unit not in found.results.schools:
        return []
    made = [_reading(found, key, lines, reference) for key in tests if key.unit == unit]
    return sorted((one for one in made if one is not None), key=lambda one: (one.grade, one.indicator))


def _tests(lines: Lines, reference: str) -> dict[SeriesKey, Definition]:
    """The lines that can be read together: means whose spread between schools is measured, all pupils."""
    found = {}
    for key, line in lines.items():
        definition = definitions().get(key.indicator)
        if definition is None or key.unit == reference or key.gender is not Gender.ALL or not line:
            continue
        rule = rule_of(definition, _newest(lines, key, reference))
        if rule.kind is Kind.MEAN and rule.components.can_shrink and definition.direction > 0 and rule.delta:
            found[key] = definition
    return found


def _newest(lines: Lines, key: SeriesKey, reference: str) -> int:
    return max((figure.period for figure in lines.get(key._replace(unit=reference), ())), default=0)


def _parts() -> Parts:
    """The shipped parts; the school's mean and the nation's are both rounded to a whole point."""
    return replace(shipped(), rounding=sqrt(2))


def _screen(lines: Lines, reference: str, tests: Mapping[SeriesKey, Definition]) -> "Screening | None":
    """Nothing from before a break, and only years that the nation has too; None without a single such year."""
    from tettpaa.data.stats.screening.marks import screen  # noqa: PLC0415 - numpy, only when somebody looks
    from tettpaa.data.stats.screening.results import Result, gather  # noqa: PLC0415 - the same

    rows, until = [], 0
    for key, definition in tests.items():
        nation = {
            f.period: f.value for f in lines.get(key._replace(unit=reference), ()) if f.value is not None
        }
        newest = max(nation, default=0)
        start = rule_of(definition, newest).break_between(0, newest) or 0
        until = max(until, newest)
        rows += [
            Result(key.unit, _name(key), str(key.grade), f.period, f.n, f.value, nation[f.period])
            for f in lines[key]
            if f.value is not None and f.n and f.period in nation and f.period >= start
        ]
    return screen(gather(rows, until=until), parts=_parts()) if rows else None


def _name(key: SeriesKey) -> str:
    return f"{key.indicator}:{key.grade}"


def _together(lines: Lines, reference: str, tests: Mapping[SeriesKey, Definition]) -> list[Finding]:
    found = _screen(lines, reference, tests)
    if found is None:
        return []
    levels = [_level(found, key, lines, reference) for key in tests]
    return [*(one for one in levels if one is not None), *_falls(found, lines, tests)]


def _reading(found: "Screening", key: SeriesKey, lines: Lines, reference: str) -> LevelReading | None:
    """None unless the test itself has three years in the window."""
    if key.unit not in found.results.schools or _name(key) not in found.results.tests:
        return None
    at = (found.results.schools.index(key.unit), found.results.tests.index(_name(key)))
    if int(found.results.last(WINDOW).seen[at].sum()) < WINDOW:
        return None
    definition = definitions()[key.indicator]
    rule = rule_of(definition, _newest(lines, key, reference))
    beside = points_of(lines.get(key._replace(unit=reference), ()))
    single = level(points_of(lines[key]), beside, rule)
    if single.reference is None or single.estimate is None:
        return None
    centre = single.reference + float(found.levels.estimate[at])
    curve = Normal(centre, float(found.levels.sd[at]))
    return LevelReading(key.indicator, key.grade, single.reference, curve, rule.delta or 0.0)


def _level(found: "Screening", key: SeriesKey, lines: Lines, reference: str) -> Finding | None:
    """A weak level: the figures as they stand in the table, and the level that all tests together give."""
    read = _reading(found, key, lines, reference)
    if read is None or read.p_weak <= LIKELY_FROM:
        return None
    rule = rule_of(definitions()[key.indicator], _newest(lines, key, reference))
    single = level(points_of(lines[key]), points_of(lines.get(key._replace(unit=reference), ())), rule)
    inner = read.curve.interval(0.90)
    estimate = replace(
        single, estimate=read.curve.mean, deviation=read.curve.mean - read.reference, low90=inner.low, high90=inner.high,
        p_below=read.p_weak, p_above=1 - read.curve.below(read.reference + read.delta), side=Side.BELOW,
    )  # fmt: skip
    certainty = Certainty.CLEAR if read.p_weak > CLEAR_FROM else Certainty.LIKELY
    made = level_finding(key, estimate, lines[key], certainty, 1 - read.p_weak)
    # A test borrows from the others, so one hidden figure among them keeps the mark inside.
    return replace(
        made,
        evidence={
            **made.evidence,
            "internal": _any_internal(lines, key.unit),
            "others": int(found.results.seen[found.results.schools.index(key.unit)].any(axis=1).sum()) - 1,
        },
    )


def _any_internal(lines: Lines, unit: str) -> bool:
    return any(is_internal(f for f in line if f.is_shown) for key, line in lines.items() if key.unit == unit)


def _falls(found: "Screening", lines: Lines, tests: Mapping[SeriesKey, Definition]) -> list[Finding]:
    """Falls of a school on all its tests, with the share of such marks that chance alone would give."""
    from tettpaa.data.stats.screening import marks  # noqa: PLC0415 - numpy, loaded by now

    whole = [found.whole]
    counts = {
        marks.Mark.FALL: marks.fall_count(found, whole),
        marks.Mark.WATCH: marks.early_count(found, whole),
    }
    made = []
    for place, unit in enumerate(found.results.schools):
        mark = found.change_mark(place, found.whole)
        if mark in counts:
            count = counts[mark]
            own = [key for key in tests if key.unit == unit]
            made.append(_fall(found, place, own, lines, count.by_chance / max(1, count.marked)))
    return made


def _fall(found: "Screening", place: int, keys: Sequence[SeriesKey], lines: Lines, chance: float) -> Finding:
    p, size = (float(part[place, found.whole]) for part in (found.changes.p, found.changes.fall))
    is_formal = found.change_mark(place, found.whole) == "fall"
    seen = found.results.seen[place].any(axis=0)
    years = [year for year, is_seen in zip(found.results.years, seen, strict=True) if is_seen]
    unit = found.results.schools[place]
    return Finding(
        unit=unit,
        indicator=TOGETHER,
        grade=0,
        gender=Gender.ALL.key,
        period_from=years[0],
        period_to=years[-1],
        certainty=str((Certainty.CLEAR if is_formal and p < SURELY else Certainty.LIKELY).value),
        evidence={
            "rule": "fall" if is_formal else "early",
            "years": [],
            "tests": sorted(_name(key) for key in keys),
            "side": Side.BELOW.value,
            "fall": -size if is_formal else None,
            "p": p,
            "by_chance": min(1.0, chance),
            "internal": _any_internal(lines, unit),
        },
    )
