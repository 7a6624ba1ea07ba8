"""The figures of a page, read once and laid out by series; and what each may be held against."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.translation import gettext

from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import above, same_entity, schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.data.charts.inputs import Reference
from tettpaa.data.indicators.definitions import Definition, definitions
from tettpaa.data.indicators.queries import Wanted, Watermark, edition_for, figures, public_points
from tettpaa.data.indicators.reckoning import rule_of
from tettpaa.data.stats.points import Point
from tettpaa.data.stats.pooling import others, pooled_schools
from tettpaa.data.stats.rules import WINDOW
from tettpaa.data.stats.sentences import Against as Reach
from tettpaa.data.stats.similar import SchoolSize, similar_schools
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Edition, Status
from tettpaa.doors.workspace.memo import remembered
from tettpaa.doors.workspace.reading import points_of

NATION = "NO"
EVERYTHING = Wanted()
type Line = tuple[SafeFigure, ...]
_TAKES_PART = frozenset({Status.OK, Status.HIDDEN_BY_SOURCE, Status.HIDDEN_BY_US, Status.CONFIDENTIAL})


class Topic(NamedTuple):
    """What a series is about: indicator and grade."""

    indicator: str
    grade: int

    @property
    def definition(self) -> Definition:
        return definitions()[self.indicator]


type Lines = Mapping[tuple[str, Topic], Line]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Figures by unit code and topic, oldest first; the units by code."""

    units: Mapping[str, Unit]
    lines: Lines

    def line(self, unit: str, topic: Topic) -> Line:
        return self.lines.get((unit, topic), ())

    def topics(self, unit: str) -> list[Topic]:
        """What there are figures of for a unit, in the catalogue's order."""
        return sorted(topic for code, topic in self.lines if code == unit)


def edition_here(viewer: Viewer, unit: Unit) -> Edition | None:
    """What to ask `figures` for so that the whole page is of one edition: the one the viewer has on `unit`."""
    return None if edition_for(viewer, unit) is Edition.INTERNAL else Edition.PUBLIC


def sheet_of(
    viewer: Viewer, units: Sequence[Unit], wanted: Wanted = EVERYTHING, *, edition: Edition | None = None
) -> Sheet:
    """Read the units' figures of both genders together. Three queries, however many there are."""
    return laid_out(units, figures(viewer, units, wanted, edition=edition))


type Choice = Callable[[Mapping[Topic, Line]], Collection[Topic]]


def with_references(
    eyes: "Eyes",
    unit: Unit,
    places: "Around",
    wanted: Wanted = EVERYTHING,
    *,
    also: Sequence[Unit] = (),
    choice: Choice | None = None,
) -> Sheet:
    """A unit's figures and what they are held against: the nation, else the county, and what else is asked for.

    Every school is held against the same places, so their lines are read once and remembered. `choice` says which of
    the unit's own topics the page needs.
    """
    beside = [one for one in (places.nation, *also) if one is not None]
    county = places.county if places.county not in beside else None
    reading = _Reading(eyes, wanted, same_entity([one for one in (unit, *beside, county) if one is not None]))
    own = reading.chosen(unit, choice) if choice else reading.of(unit)
    lines = {**own}
    for one in beside:
        lines |= reading.remembered(one)
    if county is not None and any((NATION, topic) not in lines for _, topic in own):
        lines |= reading.remembered(county)
        beside.append(county)
    return Sheet({one.code: one for one in (unit, *beside)}, lines)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a page's units are read. `same`: their earlier numbers, which what is remembered hangs on too."""

    eyes: "Eyes"
    wanted: Wanted
    same: Mapping[int, int]

    def of(self, unit: Unit, topics: Collection[Topic] = ()) -> Lines:
        """Every line of a unit, or those of some topics."""
        wanted = replace(self.wanted, indicators=(), grades=(), topics=topics) if topics else self.wanted
        found = figures(
            self.eyes.viewer, [unit], wanted, edition=edition_here(self.eyes.viewer, unit), same=self.same
        )
        return laid_out([unit], found).lines

    def remembered(self, unit: Unit) -> Lines:
        """The lines of a place that many schools are held against."""
        return remembered(self._key("lines", unit), lambda: self.of(unit), mark=self.eyes.mark)

    def chosen(self, unit: Unit, choice: Choice) -> Lines:
        """The lines that a page shows: of ten grades it may be two. Which they are is remembered, not the figures.

        The first reader after a release reads them all.
        """
        whole: list[Lines] = []

        def choose() -> tuple[Topic, ...]:
            whole.append(self.of(unit))
            return tuple(choice({topic: line for (_, topic), line in whole[0].items()}))

        topics = remembered(self._key("topics", unit), choose, mark=self.eyes.mark)
        if whole or not topics:
            return whole[0] if whole else {}
        return self.of(unit, topics)

    def _key(self, what: str, unit: Unit) -> Hashable:
        """Everything that the figures of a unit depend on, besides the watermark."""
        numbers = tuple(sorted(old for old, today in self.same.items() if today == unit.pk))
        return (what, unit.code, numbers, edition_for(self.eyes.viewer, unit), self.wanted)


def laid_out(units: Sequence[Unit], found: Iterable[SafeFigure]) -> Sheet:
    """Figures of both genders together, by unit and topic."""
    lines: dict[tuple[str, str, int], list[SafeFigure]] = defaultdict(list)
    for figure in found:
        lines[figure.unit, figure.indicator, figure.grade].append(figure)
    return Sheet(
        {unit.code: unit for unit in units},
        {(unit, Topic(key, grade)): tuple(line) for (unit, key, grade), line in lines.items()},
    )


@dataclass(frozen=True, slots=True)
class Around:
    """The places above a school or an owner. `group`: the owner's KOSTRA group, where a page holds it against that."""

    owner: Unit
    county: Unit | None
    nation: Unit | None
    group: Unit | None = None

    @property
    def units(self) -> list[Unit]:
        return [unit for unit in (self.owner, self.group, self.county, self.nation) if unit is not None]


def around(owner: Unit) -> Around:
    """The owner with its county and nation; one query."""
    by_kind = {unit.kind: unit for unit in above(owner)}
    return Around(owner, by_kind.get(Kind.COUNTY), by_kind.get(Kind.NATION))


def around_on(owner: Unit, indicator: str) -> Around:
    """The same on one indicator: what only municipalities have, they are held against their KOSTRA group on too."""
    places = around(owner)
    return places if "skole" in definitions()[indicator].levels else replace(places, group=owner.peers)


def nation_name() -> str:
    """The nation as it stands at the end of a line."""
    return gettext("Landet")


@dataclass(frozen=True, slots=True)
class Usual:
    """What figures are held against unless the reader chooses: the nation, else the county."""

    line: Line
    name: str
    inline: str
    reach: Reach
    sentence_name: str | None = None

    @property
    def references(self) -> tuple[Reference, ...]:
        return (Reference(self.name, self.line),) if self.line else ()


def usual(places: "Around", sheet: Sheet, topic: Topic) -> Usual:
    """The nation where it has a figure; an invented municipality's own figures have only an invented county."""
    nation, county = sheet.line(NATION, topic), places.county
    if county is not None and not nation and (line := sheet.line(county.code, topic)):
        return Usual(line, county.label, county.label, Reach.COUNTY, county.label)
    name = nation_name()
    return Usual(nation, name, name.lower(), Reach.NATION)


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks at which owner, and the watermark of the page if it has been read."""

    viewer: Viewer
    owner: Unit
    mark: Watermark | None = None


def rest_of_owner(eyes: Eyes, own: Line, whole: Line, topic: Topic) -> tuple[Point, ...]:
    """The municipality without the school, year by year; years with fewer than two other schools are left out."""
    counts = _schools_with(eyes)
    by_year = {point.year: point for point in points_of(whole)}
    found = []
    for point in points_of(own):
        if point.year not in by_year:
            continue
        rest = others(
            by_year[point.year],
            point,
            rule_of(topic.definition, point.year),
            schools=max(1, counts[topic, point.year]),
        )
        if rest is not None:
            found.append(rest)
    return tuple(found)


def _schools_with(eyes: Eyes) -> Counter[tuple[Topic, int]]:
    """How many of the owner's schools each figure of the municipality is made of, by topic and year."""

    def count() -> Counter[tuple[Topic, int]]:
        found = figures(eyes.viewer, schools_of(eyes.owner), edition=Edition.PUBLIC)
        return Counter(
            (Topic(figure.indicator, figure.grade), figure.period)
            for figure in found
            if figure.status in _TAKES_PART
        )

    return remembered(("schools with", eyes.owner.code), count, mark=eyes.mark)


class SchoolPoint(NamedTuple):
    """A shown figure of some school in the country."""

    year: int
    value: float
    n: int


type Country = Mapping[int, tuple[SchoolPoint, ...]]


def country_of(topic: Topic, periods: Collection[int], mark: Watermark | None = None) -> Country:
    """Shown figures of every school in the country by the unit's key, in the years given; remembered."""

    def read() -> Country:
        found: dict[int, list[SchoolPoint]] = defaultdict(list)
        for period in sorted(periods):
            for point in public_points(topic.indicator, topic.grade, [period]):
                if point.n:
                    found[point.unit].append(SchoolPoint(period, point.value, point.n))
        return {unit: tuple(points) for unit, points in found.items()}

    return remembered(("country", topic, tuple(sorted(periods))), read, mark=mark)


def window_of(line: Line) -> tuple[int, ...]:
    """The years that are pooled: the three that end with the newest of the line."""
    last = max((figure.period for figure in line), default=None)
    return () if last is None else tuple(range(last - WINDOW + 1, last + 1))


def similar_points(
    school: Unit, topic: Topic, periods: Collection[int], mark: Watermark | None = None
) -> tuple[tuple[Point, ...], int]:
    """Schools with about as many pupils in the grade, pooled year by year, and how many they are; remembered."""

    def find() -> tuple[tuple[Point, ...], int]:
        return _similar(school, topic, periods, country_of(topic, periods, mark))

    return remembered(("similar", school.pk, topic, tuple(periods)), find, mark=mark)


def _similar(
    school: Unit, topic: Topic, periods: Collection[int], country: Country
) -> tuple[tuple[Point, ...], int]:
    sizes = {key: sum(point.n for point in points) for key, points in country.items()}
    if school.pk not in sizes:
        return (), 0
    me = SchoolSize(str(school.pk), topic.grade, topic.grade, sizes[school.pk])
    chosen = similar_schools(
        me, (SchoolSize(str(key), topic.grade, topic.grade, n) for key, n in sizes.items())
    )
    found = []
    for period in sorted(periods):
        rule = rule_of(topic.definition, period)
        points = [
            Point(point.year, point.value, point.n)
            for key in chosen
            for point in country[int(key)]
            if point.year == period
        ]
        pooled = pooled_schools(points, rule) if points else None
        if pooled is not None:
            found.append(pooled)
    return tuple(found), len(chosen)
