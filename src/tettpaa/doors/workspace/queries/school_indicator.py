"""One indicator of one school, whole: every grade, girls and boys, what belongs to it, what it is good for."""

from collections.abc import Sequence
from dataclasses import dataclass

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.parts import Link
from tettpaa.data.charts.words import count_text, range_text, value_text
from tettpaa.data.indicators.definitions import Definition, definitions
from tettpaa.data.indicators.queries import Wanted, edition_for, figures, watermark
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Edition, Gender
from tettpaa.doors.workspace import addresses
from tettpaa.doors.workspace.enums import Against
from tettpaa.doors.workspace.queries import sheets
from tettpaa.doors.workspace.queries.chain import formers_of
from tettpaa.doors.workspace.queries.findings import Desk, Finding, finding_of
from tettpaa.doors.workspace.queries.sheets import Sheet
from tettpaa.doors.workspace.reading import grade_name, main_key, short_name, style_of


@dataclass(frozen=True, slots=True)
class Share:
    """A figure of girls or boys in one year."""

    text: str
    count: str
    between: str
    address: str
    status: str


@dataclass(frozen=True, slots=True)
class GenderYear:
    """Girls and boys of one year and grade side by side; None where the source does not split."""

    year: int
    girls: Share | None
    boys: Share | None


@dataclass(frozen=True, slots=True)
class GenderTable:
    """Girls and boys in one grade, newest year first."""

    grade: str
    rows: tuple[GenderYear, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """What the indicator is and is not, in the reader's language."""

    name: str
    why: str
    good_for: str
    not_for: str
    published: str
    publisher: str
    breaks: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class SchoolIndicatorPage:
    """Everything the page prints."""

    owner: Unit
    school: Unit
    notes: Notes
    is_internal: bool
    choices: tuple[Link, ...]
    findings: tuple[Finding, ...]
    genders: tuple[GenderTable, ...]
    parts: tuple[Link, ...]
    whole: Link | None
    downloads: tuple[Link, ...]
    address: str
    meaning: str


def school_indicator_page(
    viewer: Viewer, owner: Unit, school: Unit, indicator: str, against: Against
) -> SchoolIndicatorPage | None:
    """Make the page; None for an indicator that the school has no figures of."""
    definition = definitions().get(indicator)
    if definition is None:
        return None
    family = [key for key in definitions() if main_key(key) == main_key(indicator)]
    places = sheets.around(owner)
    everything = list(figures(viewer, [school, *places.units], Wanted(family, genders=tuple(Gender))))
    sheet = sheets.laid_out([school, *places.units], (one for one in everything if one.gender is Gender.ALL))
    formers = formers_of(viewer, school, Wanted((indicator,)))
    desk = Desk(viewer, owner, school, places, sheet, against, watermark(), formers)
    topics = [topic for topic in sheet.topics(school.code) if topic.indicator == indicator]
    if not topics:
        return None
    here = addresses.of_school_indicator(owner, school, indicator)
    return SchoolIndicatorPage(
        owner=owner,
        school=school,
        notes=notes_of(definition),
        is_internal=edition_for(viewer, school) is Edition.INTERNAL,
        choices=addresses.comparisons(owner, places.county, here, against),
        findings=tuple(finding_of(desk, topic) for topic in topics),
        genders=_genders(owner, definition, [one for one in everything if one.unit == school.code]),
        parts=_parts(desk, sheet, indicator),
        whole=_whole(desk, sheet, indicator),
        downloads=addresses.downloads(addresses.of_school(owner, school), f"indikator={indicator}"),
        address=addresses.of_indicator(owner, indicator),
        meaning=addresses.of_method(owner, "ordene"),
    )


def notes_of(definition: Definition) -> Notes:
    """The definition's own words."""
    tongue = reader_language()
    return Notes(
        name=definition.names.in_language(tongue),
        why=definition.why.in_language(tongue),
        good_for=definition.good_for.in_language(tongue),
        not_for=definition.not_for.in_language(tongue),
        published=definition.published.words.in_language(tongue),
        publisher=definition.publisher,
        breaks=tuple((cut.from_period, cut.reason.in_language(tongue)) for cut in definition.breaks),
    )


def _genders(owner: Unit, definition: Definition, own: Sequence[SafeFigure]) -> tuple[GenderTable, ...]:
    split = [one for one in own if one.indicator == definition.key and one.gender is not Gender.ALL]
    found = {(one.grade, one.period, one.gender): one for one in split}
    tables = []
    for grade in sorted({one.grade for one in split}):
        years = sorted({one.period for one in split if one.grade == grade}, reverse=True)
        rows = tuple(
            GenderYear(
                year,
                _share(owner, definition, found.get((grade, year, Gender.GIRLS))),
                _share(owner, definition, found.get((grade, year, Gender.BOYS))),
            )
            for year in years
        )
        tables.append(GenderTable(grade_name(grade), rows))
    return tuple(tables)


def _share(owner: Unit, definition: Definition, figure: SafeFigure | None) -> Share | None:
    if figure is None:
        return None
    style, tongue = style_of(definition), reader_language()
    return Share(
        text="" if figure.value is None else value_text(figure.value, style, tongue),
        count=count_text(figure.n, tongue),
        between=range_text(figure.low, figure.high, style, tongue),
        address=addresses.of_figure(owner, figure.id),
        status="" if figure.is_shown else figure.status.key,
    )


def _parts(desk: Desk, sheet: Sheet, indicator: str) -> tuple[Link, ...]:
    """What belongs to the indicator: levels of mastery, participation, older series."""
    keys = dict.fromkeys(topic.indicator for topic in sheet.topics(desk.school.code))
    return tuple(_link(desk, key) for key in keys if key != indicator and main_key(key) == indicator)


def _whole(desk: Desk, sheet: Sheet, indicator: str) -> Link | None:
    """The indicator that this one is a part of, if the school has it."""
    key = main_key(indicator)
    has = any(topic.indicator == key for topic in sheet.topics(desk.school.code))
    return _link(desk, key) if key != indicator and has else None


def _link(desk: Desk, key: str) -> Link:
    return Link(short_name(definitions()[key]), addresses.of_school_indicator(desk.owner, desk.school, key))
