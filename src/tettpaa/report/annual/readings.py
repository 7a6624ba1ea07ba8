"""From suppressed figures to what may be said of them: levels, changes and values as text."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from tettpaa.data.charts.words import NumberStyle
from tettpaa.data.indicators.definitions import Definition
from tettpaa.data.indicators.reckoning import KINDS, counted_in
from tettpaa.data.stats.change import ChangeEstimate, change
from tettpaa.data.stats.kinds import Certainty, Kind, Side
from tettpaa.data.stats.level import LevelEstimate, level
from tettpaa.data.stats.numbers import quantity
from tettpaa.data.stats.points import Point
from tettpaa.data.stats.rules import Rule, rule_for
from tettpaa.data.stats.sentences import About, Against, Situation, certainty_word, situation_word
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Status
from tettpaa.report.annual.context import WINDOW, Context, Place, first_year
from tettpaa.report.export.tree import Language

HIDDEN: Final = frozenset({Status.HIDDEN_BY_SOURCE, Status.HIDDEN_BY_US, Status.CONFIDENTIAL})


@dataclass(frozen=True, slots=True)
class Beside:
    """What an indicator is held against: the nation, or the county where nobody has national figures."""

    place: Place | None
    against: Against
    figures: tuple[SafeFigure, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What an area's figures say: the newest, the level over years against another, the change from last year."""

    definition: Definition
    grade: int
    figures: tuple[SafeFigure, ...]
    beside: Beside
    level: LevelEstimate
    change: ChangeEstimate | None

    @property
    def is_judged(self) -> bool:
        """Whether a difference is judged at all: a count of everybody is only described."""
        return self.level.certainty is not None and KINDS[self.definition.model.kind] is not Kind.CENSUS

    @property
    def newest(self) -> SafeFigure | None:
        return self.figures[-1] if self.figures else None


@dataclass(frozen=True, slots=True)
class SchoolReading:
    """One school's level over the last years; `figures` are the years it rests on, hidden ones included."""

    place: Place
    figures: tuple[SafeFigure, ...]
    level: LevelEstimate

    @property
    def missing(self) -> Status | None:
        """Why the school has no figure at all; None when a year is shown."""
        if any(figure.is_shown for figure in self.figures):
            return None
        return self.figures[-1].status if self.figures else Status.MISSING


def rule_of(definition: Definition, year: int) -> Rule:
    """How the indicator is judged in the report's year."""
    return rule_for(
        definition.key,
        year,
        KINDS[definition.model.kind],
        delta=definition.materiality,
        breaks=tuple(cut.from_period for cut in definition.breaks),
    )


def points(figures: tuple[SafeFigure, ...]) -> tuple[Point, ...]:
    """The shown figures for the arithmetic; a hidden year is no point at all."""
    return tuple(
        Point(f.period, f.value, f.n, half_width=(f.high - f.value) if f.high is not None else None)
        for f in figures
        if f.value is not None
    )


def beside_of(context: Context, definition: Definition, grade: int) -> Beside:
    """The nation if it has a recent figure, else the county if that has one."""
    pairs = ((context.nation, Against.NATION), (context.county, Against.COUNTY))
    for place, against in pairs:
        line = shown_years(context, place, definition, grade)
        if any(figure.is_shown and figure.period > context.year - WINDOW for figure in line):
            return Beside(place, against, line)
    return Beside(context.nation, Against.NATION, ())


def area_reading(context: Context, key: str, grade: int) -> Reading:
    """The owner's own reading against the nation, or the county."""
    definition = context.definition(key)
    own = shown_years(context, context.owner, definition, grade)
    beside = beside_of(context, definition, grade)
    rule = rule_of(definition, context.year).for_area(max(1, len(school_lines(context, key, grade))))
    found = level(points(own), points(beside.figures), rule)
    return Reading(definition, grade, own, beside, found, _change(own, beside.figures, rule))


def school_readings(context: Context, key: str, grade: int) -> tuple[SchoolReading, ...]:
    """Every school that the source names for the indicator in the last three years, alphabetically."""
    definition = context.definition(key)
    lines = school_lines(context, key, grade)
    found = (school_reading(context, definition, school, line) for school, line in lines)
    return tuple(
        reading
        for reading in found
        if any(figure.status is not Status.NOT_APPLICABLE for figure in reading.figures)
    )


def school_reading(
    context: Context, definition: Definition, school: Place, line: tuple[SafeFigure, ...]
) -> SchoolReading:
    """One school's level against the nation, or the county."""
    grade = line[0].grade if line else 0
    beside = points(beside_of(context, definition, grade).figures)
    rule = rule_of(definition, context.year)
    recent = tuple(figure for figure in line if figure.period > context.year - rule.window)
    return SchoolReading(school, recent, level(points(line), beside, rule))


def school_lines(context: Context, key: str, grade: int) -> list[tuple[Place, tuple[SafeFigure, ...]]]:
    """The schools with a figure, shown or hidden, in the years that the report may use."""
    definition = context.definition(key)
    lines = [(school, shown_years(context, school, definition, grade)) for school in context.schools]
    return [(school, line) for school, line in lines if line and line[-1].period > context.year - WINDOW]


def shown_years(
    context: Context, place: Place | None, definition: Definition, grade: int
) -> tuple[SafeFigure, ...]:
    """The figures of the last unbroken series: nothing is compared across a break."""
    first = first_year(definition, context.year)
    return tuple(f for f in context.line(place, definition.key, grade) if f.period >= first)


def _change(own: tuple[SafeFigure, ...], beside: tuple[SafeFigure, ...], rule: Rule) -> ChangeEstimate | None:
    """From the year before to the newest year, less what the other changed when both its years are known."""
    mine = points(own)
    if len(mine) < 2 or own[-1].period != mine[-1].year or mine[-2].year != mine[-1].year - 1:
        return None
    earlier, later = mine[-2:]
    other = {point.year: point for point in points(beside)}
    both = earlier.year in other and later.year in other
    return change(earlier, later, rule, reference=(other[earlier.year], other[later.year]) if both else None)


def about(context: Context, definition: Definition, name: str, against: Against = Against.NATION) -> About:
    """How sentences name the unit and write its values; a level over several years has at least one decimal."""
    county = context.county.name if context.county and against is Against.COUNTY else None
    return About(
        unit=name,
        against=against,
        reference_name=county,
        counted_in=counted_in(definition),
        decimals=max(definition.decimals, 0 if definition.unit == "count" else 1),
        direction=definition.direction,
    )


def style_of(definition: Definition) -> NumberStyle:
    """How charts write the indicator's values."""
    return NumberStyle(
        decimals=definition.decimals,
        percent=definition.unit == "percent",
        lowest=definition.scale_min,
        highest=definition.scale_max,
    )


def value_text(definition: Definition, figure: SafeFigure | None, language: Language) -> str:
    """The published value as the source gave it, or in words why there is none. Never blank, never 0."""
    if figure is None:
        return situation_word(Situation.MISSING, language)
    if figure.value is not None:
        return quantity(figure.value, counted_in(definition), definition.decimals, language)
    return situation_word(Situation(figure.status.key), language)


def verdict_text(estimate: LevelEstimate, language: Language) -> str:
    """`◐ Trolig under`, `○ Ingen sikker forskjell`; a dash for figures that are described and not judged."""
    if estimate.certainty is None:
        return "–"
    word = certainty_word(estimate.certainty, language)
    if estimate.certainty in (Certainty.CLEAR, Certainty.LIKELY):
        word = f"{word} {'under' if estimate.side is Side.BELOW else 'over'}"
    return f"{estimate.certainty.glyph} {word}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many schools lie where; counts only, no school is named and none is ranked."""

    schools: int
    below: int
    above: int
    none: int
    unknown: int
    hidden: int


def tally(readings: tuple[SchoolReading, ...]) -> Tally:
    """Count the schools by what their level says against the nation."""
    counts: Counter[str] = Counter()
    for reading in readings:
        if reading.missing is not None:
            counts["hidden" if reading.missing in HIDDEN else "unknown"] += 1
        elif reading.level.certainty in (Certainty.CLEAR, Certainty.LIKELY):
            counts[reading.level.side] += 1
        else:
            counts["none" if reading.level.certainty is Certainty.NONE else "unknown"] += 1
    return Tally(
        len(readings),
        counts[Side.BELOW],
        counts[Side.ABOVE],
        counts["none"],
        counts["unknown"],
        counts["hidden"],
    )
