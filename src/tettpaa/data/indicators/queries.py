"""Reading figures: the viewer first, only suppressed values out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import F, Max, Q

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.queries import same_entity
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.data.indicators.definitions import Definition, definitions
from tettpaa.data.indicators.enums import State
from tettpaa.data.indicators.models import Indicator, PublishedValue, Release
from tettpaa.data.suppression.figure import SafeFigure, safe_figure
from tettpaa.data.suppression.kinds import Edition, Gender, Status

ALL = (Gender.ALL,)
type Row = tuple[Any, ...]  # in the order of `_COLUMNS`


class SeriesKey(NamedTuple):
    """One line in a chart: unit code of today, indicator, grade, gender."""

    unit: str
    indicator: str
    grade: int
    gender: Gender


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures: empty means all. `genders` is the totals only unless said otherwise.

    `topics` are pairs of indicator and grade, in place of those two. Hashable when given tuples.
    """

    indicators: Collection[str] = ()
    periods: Collection[int] = ()
    grades: Collection[int] = ()
    genders: Collection[Gender] = ALL
    topics: Collection[tuple[str, int]] = ()


def edition_for(viewer: Viewer, unit: Unit) -> Edition:
    """The internal edition for those who may see it on this unit, else the public one."""
    return Edition.INTERNAL if viewer.may(Permission.FIGURES_INTERNAL, unit) else Edition.PUBLIC


def figures(
    viewer: Viewer,
    units: Sequence[Unit],
    wanted: Wanted = Wanted(),
    *,
    edition: Edition | None = None,
    same: Mapping[int, int] | None = None,
) -> Iterator[SafeFigure]:
    """Current figures of the units, oldest first, under the unit's code of today.

    A unit's earlier numbers (pure renumbering) are the same entity and come along. Each unit is read in the
    edition the viewer may see there; `edition=PUBLIC` asks for the public one whoever is looking.
    Three queries, however many units and figures; two with `same`, what `same_entity` said of these units and others.
    """
    inside = (
        set()
        if edition is Edition.PUBLIC
        else {unit.pk for unit in units if edition_for(viewer, unit) is Edition.INTERNAL}
    )
    code_of, names = {unit.pk: unit.code for unit in units}, _indicator_names()
    same = same_entity(units) if same is None else same
    current = {old: today for old, today in same.items() if today in code_of}
    rows = _rows(list(current), wanted, names, internal=bool(inside))
    if any(row[_EDITION] != _PUBLIC for row in rows) or len(current) > len(code_of):
        rows = _one_each(rows, current, inside)
    codes = {old: code_of[today] for old, today in current.items()}
    for row in rows:
        yield _figure(row, codes[row[_UNIT]], names)


def series(found: Iterable[SafeFigure]) -> dict[SeriesKey, list[SafeFigure]]:
    """Figures by line, in order of time."""
    lines: dict[SeriesKey, list[SafeFigure]] = defaultdict(list)
    for figure in found:
        lines[SeriesKey(figure.unit, figure.indicator, figure.grade, figure.gender)].append(figure)
    return dict(lines)


class PublicPoint(NamedTuple):
    """A shown value of some school in the country: the light dots of a funnel."""

    unit: int
    value: float
    n: int


def public_points(indicator: str, grade: int, periods: Collection[int]) -> list[PublicPoint]:
    """Shown values of all schools in the country, both genders together."""
    rows = PublishedValue.objects.filter(
        superseded_by=None,
        indicator=_indicator_ids().get(indicator, 0),
        period__in=periods,
        grade=grade,
        gender=Gender.ALL,
        edition=Edition.PUBLIC,
        status=Status.OK,
        n__isnull=False,
        unit__kind="school",
    )
    found: Iterable[Row] = rows.values_list("unit_id", "value", "n")
    return [PublicPoint(*row) for row in found]


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a figure comes from: the file's line and column, and the release that published it."""

    figure: SafeFigure
    unit: Unit
    definition: Definition
    release: Release
    row: int
    column: str


def trace(viewer: Viewer, owner: Unit, figure_id: int) -> Trace | None:
    """The figure's way back to its file, if it is the owner's, one of its schools', of a place above or of its group."""
    row = (
        PublishedValue.objects.select_related("unit", "release", "release__owner")
        .filter(pk=figure_id)
        .first()
    )
    is_near = row is not None and (
        row.unit.is_below(owner) or owner.is_below(row.unit) or row.unit_id == owner.peers_id
    )
    if row is None or not is_near:
        return None
    if row.edition == Edition.INTERNAL and edition_for(viewer, row.unit) is not Edition.INTERNAL:
        return None
    if row.superseded_by_id == row.release_id and row.release.state == State.STAGING:
        return None
    values = PublishedValue.objects.filter(pk=row.pk).values_list(*_COLUMNS).get()
    figure = _figure(values, row.unit.code, _indicator_names())
    return Trace(figure, row.unit, definitions()[figure.indicator], row.release, row.row, row.column)


def releases(owner: Unit | None) -> list[Release]:
    """Published and withdrawn releases that concern the owner, newest first (None: all of the installation)."""
    found = Release.objects.exclude(state=State.STAGING).select_related("owner").order_by("-pk")
    return list(found if owner is None else found.filter(Q(owner=None) | Q(owner=owner)))


def release_for(owner: Unit, release_id: int) -> Release | None:
    """One release that concerns the owner, else None."""
    return next((release for release in releases(owner) if release.pk == release_id), None)


def is_published(sha256: str) -> bool:
    """Whether a file with this content has a release that stands."""
    return Release.objects.filter(file_sha256=sha256, state=State.PUBLISHED).exists()


class Watermark(NamedTuple):
    """Changes whenever any figure changes: the key of everything that is remembered between requests."""

    release: int
    withdrawn_at: datetime | None


def watermark() -> Watermark:
    found = Release.objects.exclude(state=State.STAGING).aggregate(
        last=Max("pk"), withdrawn=Max("withdrawn_at")
    )
    return Watermark(found["last"] or 0, found["withdrawn"])


def known_indicators() -> list[Definition]:
    """Definitions of the indicators that have any figures here, in the catalogue's order."""
    have = set(_indicator_ids())
    return [definition for key, definition in definitions().items() if key in have]


# In the order of a figure's own parts: each request makes thousands.
_COLUMNS = (
    "pk", "unit_id", "indicator_id", "period", "grade", "gender", "value", "low", "high", "n", "status", "edition",
    "release_id",
)  # fmt: skip
_UNIT, _PERIOD, _EDITION = (_COLUMNS.index(name) for name in ("unit_id", "period", "edition"))
_GRADES = 65_536  # above a small integer, so that PostgreSQL reckons with large ones
_PUBLIC = int(Edition.PUBLIC)  # an enum takes longer to compare
_WHERE = slice(_COLUMNS.index("indicator_id"), _COLUMNS.index("gender") + 1)


def _rows(unit_ids: list[int], wanted: Wanted, names: Mapping[int, str], *, internal: bool) -> list[Row]:
    """Current rows, oldest first. Sorted here: the database would copy every row to do it (a fifth of the time)."""
    ids = {key: pk for pk, key in names.items()}
    where: dict[str, object] = {"superseded_by": None, "unit__in": unit_ids}
    if wanted.indicators:
        where["indicator__in"] = [ids[key] for key in wanted.indicators if key in ids]
    if wanted.periods:
        where["period__in"] = wanted.periods
    if wanted.grades:
        where["grade__in"] = wanted.grades
    if wanted.genders:
        where["gender__in"] = list(wanted.genders)
    if wanted.topics:
        where["topic__in"] = [ids[key] * _GRADES + grade for key, grade in wanted.topics if key in ids]
    if not internal:
        where["edition"] = Edition.PUBLIC
    # Indicator and grade as one number: alternatives for each grade would take a millisecond to build.
    query = PublishedValue.objects.alias(topic=F("indicator_id") * _GRADES + F("grade")).filter(**where)
    return sorted(query.order_by().values_list(*_COLUMNS), key=itemgetter(_PERIOD))


def _one_each(rows: Iterable[Row], current: Mapping[int, int], inside: Collection[int]) -> list[Row]:
    """Of each figure one row: the internal one takes the public one's place for those who may see it."""
    shown: dict[tuple[int, ...], Row] = {}
    for row in sorted(rows, key=itemgetter(_PERIOD, _EDITION)):
        today = current[row[_UNIT]]
        if row[_EDITION] == Edition.INTERNAL and today not in inside:
            continue
        shown[(today, *row[_WHERE])] = row
    return list(shown.values())


def _figure(row: Row, code: str, names: Mapping[int, str]) -> SafeFigure:
    pk, _, indicator, period, grade, gender, value, low, high, n, status, edition, release = row
    return safe_figure(
        pk, code, names[indicator], period, grade, gender, value, low, high, n, status, edition, release
    )


def _indicator_ids() -> dict[str, int]:
    return dict(Indicator.objects.values_list("key", "pk"))


def _indicator_names() -> dict[int, str]:
    return dict(Indicator.objects.values_list("pk", "key"))
