"""Reading figures: the viewer first, only suppressed values out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Max, Q

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
type Row = tuple[Any, ...]  # in the order of _COLUMNS


class SeriesKey(NamedTuple):
    """One line in a chart: unit code of today, indicator, grade, gender."""

    unit: str
    indicator: str
    grade: int
    gender: Gender


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures: empty means all. `genders` is the totals only unless said otherwise."""

    indicators: Collection[str] = ()
    periods: Collection[int] = ()
    grades: Collection[int] = ()
    genders: Collection[Gender] = ALL


def edition_for(viewer: Viewer, unit: Unit) -> Edition:
    """The internal edition for those who may see it on this unit, else the public one."""
    return Edition.INTERNAL if viewer.may(Permission.FIGURES_INTERNAL, unit) else Edition.PUBLIC


def figures(
    viewer: Viewer, units: Sequence[Unit], wanted: Wanted = Wanted(), *, edition: Edition | None = None
) -> Iterator[SafeFigure]:
    """Current figures of the units, oldest first, under the unit's code of today.

    A unit's earlier numbers (pure renumbering) are the same entity and come along. Each unit is read in the
    edition the viewer may see there; `edition=PUBLIC` asks for the public one whoever is looking.
    Three queries, however many units and figures.
    """
    inside = (
        set()
        if edition is Edition.PUBLIC
        else {unit.pk for unit in units if edition_for(viewer, unit) is Edition.INTERNAL}
    )
    current = same_entity(units)
    code_of = {unit.pk: unit.code for unit in units}
    rows = _rows(list(current), wanted, internal=bool(inside))
    shown: dict[tuple[int, ...], Row] = {}
    for row in rows:
        today = current[row[1]]
        if row[6] == Edition.INTERNAL and today not in inside:
            continue
        shown[(today, *row[2:6])] = row  # the internal row comes last and takes the public one's place
    names = _indicator_names()
    for (today, *_), row in shown.items():
        yield _figure(row, code_of[today], names)


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
    """The figure's way back to its file, if it is the owner's, one of its schools', or of a place above."""
    row = (
        PublishedValue.objects.select_related("unit", "release", "release__owner")
        .filter(pk=figure_id)
        .first()
    )
    if row is None or not (row.unit.is_below(owner) or owner.is_below(row.unit)):
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


_COLUMNS = (
    "pk", "unit_id", "indicator_id", "period", "grade", "gender", "edition",
    "value", "low", "high", "n", "status", "release_id",
)  # fmt: skip


def _rows(unit_ids: list[int], wanted: Wanted, *, internal: bool) -> Iterable[Row]:
    query = PublishedValue.objects.filter(superseded_by=None, unit__in=unit_ids)
    if wanted.indicators:
        ids = _indicator_ids()
        query = query.filter(indicator__in=[ids[key] for key in wanted.indicators if key in ids])
    if wanted.periods:
        query = query.filter(period__in=wanted.periods)
    if wanted.grades:
        query = query.filter(grade__in=wanted.grades)
    if wanted.genders:
        query = query.filter(gender__in=list(wanted.genders))
    if not internal:
        query = query.filter(edition=Edition.PUBLIC)
    return query.order_by("period", "edition").values_list(*_COLUMNS)


def _figure(row: Row, code: str, names: Mapping[int, str]) -> SafeFigure:
    pk, _, indicator, period, grade, gender, edition, value, low, high, n, status, release = row
    return safe_figure(
        pk, code, names[indicator], period, grade, gender, value, low, high, n, status, edition, release
    )


def _indicator_ids() -> dict[str, int]:
    return dict(Indicator.objects.values_list("key", "pk"))


def _indicator_names() -> dict[int, str]:
    return dict(Indicator.objects.values_list("pk", "key"))
