"""One indicator: all schools by size and by name, and the municipality's own course. No ranking anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.parts import Link
from tettpaa.data.charts.words import count_text
from tettpaa.data.indicators.definitions import definitions
from tettpaa.data.indicators.models import Release
from tettpaa.data.indicators.queries import Wanted, edition_for, release_for
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Edition
from tettpaa.doors.workspace import addresses
from tettpaa.doors.workspace.charting import Picture, Place, pictured
from tettpaa.doors.workspace.enums import ChartKind
from tettpaa.doors.workspace.judging import Phrase
from tettpaa.doors.workspace.memo import shared
from tettpaa.doors.workspace.queries import sheets
from tettpaa.doors.workspace.queries.across import (
    Across,
    Standing,
    across_of,
    calm_sentence,
    funnel_chart,
    rows_chart,
)
from tettpaa.doors.workspace.queries.owner_line import owner_judgement, owner_trend
from tettpaa.doors.workspace.queries.owner_rows import Cell, cell_of
from tettpaa.doors.workspace.queries.school_indicator import Notes, notes_of
from tettpaa.doors.workspace.queries.sheets import Around, Sheet, Topic
from tettpaa.doors.workspace.reading import grade_name, grades_to_show, main_key, scale_words, short_name
from tettpaa.doors.workspace.yeartable import YearTable, year_table

IN_LEAD = 2  # schools told of in the heading


@dataclass(frozen=True, slots=True)
class Told:
    """A school in the heading, around its word of certainty."""

    school: str
    phrase: Phrase
    key: str


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school with its newest figure, its level over the years, and what may be said of it."""

    school: str
    address: str
    pupils: str
    level: str
    between: str
    newest: Cell
    year: int
    key: str
    circle: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """The funnel with its reading."""

    picture: Picture
    sentence: str
    others: int


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """The municipality's own course."""

    heading: str
    key: str
    circle: str
    sentence: str
    picture: Picture
    table: YearTable


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """Everything the page prints."""

    owner: Unit
    notes: Notes
    label: str
    scale: str
    is_internal: bool
    years: str
    first: str
    told: tuple[Told, ...]
    more: str
    grades: tuple[Link, ...]
    funnel: Funnel | None
    rows_picture: Picture | None
    rows: tuple[SchoolRow, ...]
    reference: str
    line: OwnerLine | None
    release: Release | None
    related: tuple[Link, ...]
    downloads: tuple[Link, ...]
    meaning: str
    has_cohorts: bool


def indicator_page(viewer: Viewer, owner: Unit, indicator: str, grade: int | None) -> IndicatorPage | None:
    """The page, remembered; None for an indicator that neither the owner nor a school has figures of."""
    if indicator not in definitions():
        return None
    wish = ("indicator", indicator, grade)
    return shared(viewer, owner, wish, lambda: _read(viewer, owner, indicator, grade))


def _read(viewer: Viewer, owner: Unit, indicator: str, grade: int | None) -> IndicatorPage | None:
    places, schools = sheets.around_on(owner, indicator), schools_of(owner)
    edition = sheets.edition_here(viewer, owner)
    sheet = sheets.sheet_of(viewer, [*schools, *places.units], Wanted([indicator]), edition=edition)
    topics = _topics(sheet, [owner, *schools])
    if not topics:
        return None
    topic = next((one for one in topics if one.grade == grade), topics[0])
    seen = across_of(owner, topic, places, sheet, schools)
    return _page(viewer, seen, topics)


def _topics(sheet: Sheet, units: Sequence[Unit]) -> list[Topic]:
    """The indicator in the grades that have figures, the usual ones first."""
    codes = {unit.code for unit in units}
    found = sorted({topic for code, topic in sheet.lines if code in codes})
    usual = grades_to_show(found[0].definition, (one.grade for one in found)) if found else ()
    return sorted(found, key=lambda one: (one.grade not in usual, one.grade))


def _page(viewer: Viewer, seen: Across, topics: Sequence[Topic]) -> IndicatorPage:
    owner, definition = seen.owner, seen.topic.definition
    here = addresses.of_indicator(owner, definition.key)
    first, told, more = _lead(seen)
    funnel = _funnel(seen)
    newest = _newest(seen)
    return IndicatorPage(
        owner=owner,
        notes=notes_of(definition),
        label=seen.title,
        scale=scale_words(definition),
        is_internal=edition_for(viewer, owner) is Edition.INTERNAL,
        years=_years(seen),
        first=first,
        told=told,
        more=more,
        grades=_grades(here, seen.topic, topics),
        funnel=funnel,
        rows_picture=_rows_picture(seen),
        rows=tuple(_row(seen, one) for one in seen.schools),
        reference=seen.usual.inline,
        line=_owner_line(seen.places, seen.sheet, seen.topic, len(seen.schools)),
        release=release_for(owner, newest.release) if newest else None,
        related=_related(owner, definition.key),
        downloads=addresses.downloads(here),
        meaning=addresses.of_method(owner, "ordene"),
        has_cohorts=definition.unit == "scale_points",
    )


def _newest(seen: Across) -> SafeFigure | None:
    """A figure of the newest year, the municipality's own if it has one: its release is named as the source."""
    lines = [seen.sheet.line(seen.owner.code, seen.topic), *(one.own for one in seen.schools)]
    return next((line[-1] for line in lines if line and line[-1].period == seen.newest), None)


def _years(seen: Across) -> str:
    pooled = sorted({year for one in seen.schools for year in one.judgement.estimate.years})
    if len(pooled) < 2:
        return ""
    return gettext("%(first)s–%(last)s samlet") % {"first": pooled[0], "last": pooled[-1] + 1}


def _lead(seen: Across) -> tuple[str, tuple[Told, ...], str]:
    """First how many lie where one may expect; then the few that do not, by name."""
    marked = [one for one in seen.schools if one.judgement.is_marked]
    judged_ones = [one for one in seen.schools if one.judgement.key]
    if not seen.schools:
        return gettext("Skolene har ikke tall for %(name)s.") % {"name": seen.title}, (), ""
    if not judged_ones:
        return gettext("%(name)s, skole for skole.") % {"name": seen.title}, (), ""
    first = calm_sentence(seen)
    if not marked:
        return first, (), gettext("Det betyr ikke at skolene er like.")
    if len(marked) <= IN_LEAD:
        told = tuple(Told(one.school.label, one.judgement.phrase, one.judgement.key) for one in marked)
        return first, told, ""
    return (
        first,
        (),
        gettext("De andre %(count)s står i tabellen, i alfabetisk rekkefølge.") % {"count": len(marked)},
    )


def _grades(here: str, chosen: Topic, topics: Sequence[Topic]) -> tuple[Link, ...]:
    if len(topics) < 2:
        return ()
    return tuple(
        Link(grade_name(one.grade), f"{here}?trinn={one.grade}", is_current=one == chosen)
        for one in sorted(topics, key=lambda one: one.grade)
    )


def _funnel(seen: Across) -> Funnel | None:
    chart = funnel_chart(seen)
    if chart is None:
        return None
    place = Place(seen.owner, ChartKind.FUNNEL, seen.owner.code, seen.topic.indicator, seen.topic.grade)
    outside = [one.estimate.name for one in chart.schools if one.outside]
    sentence = gettext("Ingen skoler ligger utenfor trakten.")
    if len(outside) == 1:
        sentence = gettext("Bare %(name)s ligger utenfor trakten.") % {"name": outside[0]}
    elif outside:
        sentence = gettext("%(count)s av %(all)s skoler ligger utenfor trakten.") % {
            "count": len(outside),
            "all": len([one for one in chart.schools if one.estimate.is_shown]),
        }
    return Funnel(pictured(place, chart, narrow=True), sentence, len(chart.others))


def _rows_picture(seen: Across) -> Picture | None:
    if not any(one.estimate.is_shown for one in seen.schools):
        return None
    place = Place(seen.owner, ChartKind.ROWS, seen.owner.code, seen.topic.indicator, seen.topic.grade)
    return pictured(place, rows_chart(seen), narrow=True)


def _row(seen: Across, one: Standing) -> SchoolRow:
    judgement, newest = one.judgement, one.own[-1]
    return SchoolRow(
        school=one.school.label,
        address=addresses.of_school_indicator(seen.owner, one.school, seen.topic.indicator),
        pupils=count_text(judgement.estimate.n, judgement.language),
        level=judgement.level_text,
        between=judgement.between_text,
        newest=cell_of(seen.owner, seen.topic, newest),
        year=newest.period,
        key=judgement.key,
        circle=judgement.short,
    )


def _owner_line(places: Around, sheet: Sheet, topic: Topic, schools: int) -> OwnerLine | None:
    chart = owner_trend(places, sheet, topic)
    if chart is None:
        return None
    owner = places.owner
    judgement = owner_judgement(places, sheet, topic, schools)
    place = Place(owner, ChartKind.TREND, owner.code, topic.indicator, topic.grade)
    return OwnerLine(
        heading=judgement.heading if judgement.key else owner.label,
        key=judgement.key,
        circle=judgement.short,
        sentence=judgement.sentence if judgement.key else "",
        picture=pictured(place, chart, narrow=True),
        table=year_table(owner, chart, sheet.line(owner.code, topic), judgement),
    )


def _related(owner: Unit, key: str) -> tuple[Link, ...]:
    """What belongs to the same indicator: levels of mastery, participation, older series."""
    return tuple(
        Link(short_name(definition), addresses.of_indicator(owner, other))
        for other, definition in definitions().items()
        if other != key and main_key(other) == main_key(key)
    )
