"""The municipality's own newest figures beside the county's and the nation's, one row an indicator."""

from dataclasses import dataclass

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.language import reader_language
from tettpaa.data.charts.words import value_text
from tettpaa.data.indicators.queries import Wanted
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.doors.workspace import addresses
from tettpaa.doors.workspace.judging import Judgement
from tettpaa.doors.workspace.queries import sheets
from tettpaa.doors.workspace.queries.attention import Attention
from tettpaa.doors.workspace.queries.owner_line import owner_judgement
from tettpaa.doors.workspace.queries.sheets import Around, Line, Sheet, Topic
from tettpaa.doors.workspace.reading import FIRST, judges, short_name, style_of


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in the table behind the small multiples; empty text where the school has none."""

    text: str
    address: str
    status: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """An indicator for municipality, county and nation, newest year."""

    name: str
    address: str
    year: int
    owner: Cell
    county: Cell
    nation: Cell
    key: str
    circle: str


@dataclass(frozen=True, slots=True)
class OwnIndicator:
    """An indicator of the municipality itself."""

    topic: Topic
    own: Line
    judgement: Judgement


def own_indicators(viewer: Viewer, owner: Unit, found: Attention) -> tuple[Around, Sheet, list[OwnIndicator]]:
    """Read the municipality, county and nation on every indicator that the schools have."""
    places = sheets.around(owner)
    wanted = Wanted(indicators=sorted({topic.indicator for topic in found.topics}) or ["-"])
    edition = sheets.edition_here(viewer, owner)
    sheet = sheets.sheet_of(viewer, places.units, wanted, edition=edition)
    own = [_own(places, sheet, one, found.schools) for one in found.topics if sheet.line(owner.code, one)]
    return places, sheet, own


def _own(places: Around, sheet: Sheet, topic: Topic, schools: int) -> OwnIndicator:
    line = sheet.line(places.owner.code, topic)
    return OwnIndicator(topic, line, owner_judgement(places, sheet, topic, schools))


def is_leading(one: OwnIndicator) -> bool:
    """Whether a row stands in sight: what is asked for first, and what stands out."""
    return one.topic.indicator in FIRST or (one.judgement.is_marked and judges(one.topic.definition))


def cell_of(owner: Unit, topic: Topic, figure: SafeFigure | None) -> Cell:
    """A figure for a table, with its way back to the file."""
    if figure is None:
        return Cell("", "", "")
    address = addresses.of_figure(owner, figure.id)
    if figure.value is None:
        return Cell("", address, figure.status.key)
    return Cell(value_text(figure.value, style_of(topic.definition), reader_language()), address, "")


def place_row(owner: Unit, places: Around, sheet: Sheet, one: OwnIndicator) -> PlaceRow:
    """One indicator in the newest year of the municipality."""
    newest = one.own[-1]

    def at(code: str) -> Cell:
        line = sheet.line(code, one.topic)
        return cell_of(owner, one.topic, next((f for f in line if f.period == newest.period), None))

    return PlaceRow(
        name=short_name(one.topic.definition, one.topic.grade),
        address=addresses.of_indicator(owner, one.topic.indicator),
        year=newest.period,
        owner=at(owner.code),
        county=at(places.county.code) if places.county else Cell("", "", ""),
        nation=at(sheets.NATION),
        key=one.judgement.key,
        circle=one.judgement.short,
    )
