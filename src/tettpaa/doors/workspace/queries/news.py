"""What the last release brought the owner, and what is expected next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language
from tettpaa.data.charts.words import value_text
from tettpaa.data.indicators.definitions import definitions
from tettpaa.data.indicators.models import PublishedValue, Release
from tettpaa.data.indicators.queries import Wanted, figures, releases
from tettpaa.data.sources.registry import sources
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Edition, Gender
from tettpaa.doors.workspace import addresses
from tettpaa.doors.workspace.queries.sheets import edition_here
from tettpaa.doors.workspace.reading import is_main, short_name, style_of

LISTED = 8


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that was there before and is another now. The old one stands in its own release."""

    where: str
    indicator: str
    year: int
    value: str
    status: str
    address: str


@dataclass(frozen=True, slots=True)
class Expected:
    """The next publication of a source."""

    source: str
    month: str
    about: str


@dataclass(frozen=True, slots=True)
class News:
    """The last release as it concerns the owner."""

    release: int
    source: str
    file_name: str
    published_at: datetime | None
    by: str
    withdrawn: bool
    new: int
    changed: tuple[Changed, ...]
    more_changed: int
    hidden: int
    schools: int


def news(viewer: Viewer, owner: Unit) -> News | None:
    """Read the owner's own figures of its newest release; None before the first."""
    release, found = _newest(viewer, owner)
    if release is None:
        return None
    before = _keys_before(release, found)
    names = {unit.code: unit.label for unit in (owner, *schools_of(owner))}
    changed = [one for one in found if _key(one) in before]
    source = sources().get(release.source)
    return News(
        release=release.pk,
        source=source.name.in_language(reader_language()) if source else release.source,
        file_name=release.file_name,
        published_at=release.published_at,
        by=release.published_by,
        withdrawn=release.withdrawn_at is not None,
        new=sum(one.is_shown for one in found) - sum(one.is_shown for one in changed),
        changed=tuple(_changed(owner, names, one) for one in changed[:LISTED]),
        more_changed=max(0, len(changed) - LISTED),
        hidden=sum(not one.is_shown for one in found),
        schools=len({one.unit for one in found} - {owner.code}),
    )


def _newest(viewer: Viewer, owner: Unit) -> tuple[Release | None, list[SafeFigure]]:
    """The newest release that holds figures of the owner or its schools, with those figures."""
    units, edition = [owner, *schools_of(owner)], edition_here(viewer, owner)
    for release in releases(owner):
        wanted = Wanted(indicators=release.indicators, periods=release.periods, genders=tuple(Gender))
        found = [one for one in figures(viewer, units, wanted, edition=edition) if one.release == release.pk]
        if found:
            return release, found
    return None, []


type Key = tuple[str, str, int, int, int]


def _key(figure: SafeFigure) -> Key:
    return figure.unit, figure.indicator, figure.period, figure.grade, int(figure.gender)


def _keys_before(release: Release, found: Sequence[SafeFigure]) -> set[Key]:
    """Which of the figures had an earlier version. Only the keys are read, never the old values."""
    rows = PublishedValue.objects.filter(
        superseded_by=release, unit__code__in={one.unit for one in found}, edition=Edition.PUBLIC
    ).exclude(release=release)
    fields = ("unit__code", "indicator__key", "period", "grade", "gender")
    return set(rows.values_list(*fields))


def _changed(owner: Unit, names: Mapping[str, str], figure: SafeFigure) -> Changed:
    definition = definitions()[figure.indicator]
    shown = figure.value is not None
    return Changed(
        where=names.get(figure.unit, figure.unit),
        indicator=short_name(definition, figure.grade),
        year=figure.period,
        value=value_text(figure.value, style_of(definition), reader_language())
        if figure.value is not None
        else "",
        status="" if shown else figure.status.key,
        address=addresses.of_figure(owner, figure.id),
    )


def expected(keys: Sequence[str], today: date | None = None) -> tuple[Expected, ...]:
    """The next publications of what the owner uses, the soonest first; at most three."""
    now = today or timezone.localdate()
    soonest: dict[str, tuple[int, str, str]] = {}
    for key in keys:
        definition = definitions()[key]
        month = definition.published.month
        if month is None or not is_main(definition):
            continue
        ahead = (month - now.month) % 12
        about = definition.published.words.in_language(reader_language())
        soonest.setdefault(
            about, (ahead, _month(month, now.year + (month < now.month)), definition.publisher)
        )
    ordered = sorted(soonest.items(), key=lambda item: (item[1][0], item[1][2]))
    return tuple(Expected(publisher, month, about) for about, (_, month, publisher) in ordered[:3])


def _month(month: int, year: int) -> str:
    return f"{formats.MONTHS[formats.known(reader_language())][month - 1]} {year}"
