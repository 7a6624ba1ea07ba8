"""One indicator of one school in full: the sentence, the chart, the table, and what it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.language import reader_language
from tettpaa.data.charts.inputs import Reference
from tettpaa.data.charts.trend import TrendInput
from tettpaa.data.indicators.queries import Wanted, Watermark, watermark
from tettpaa.data.stats import sentences
from tettpaa.data.stats.change import ChangeEstimate
from tettpaa.data.stats.kinds import Certainty
from tettpaa.data.stats.points import Point
from tettpaa.data.stats.sentences import About
from tettpaa.data.stats.sentences import Against as Reach
from tettpaa.doors.workspace import addresses
from tettpaa.doors.workspace.charting import Picture, Place, pictured, trend_of
from tettpaa.doors.workspace.enums import Against, ChartKind
from tettpaa.doors.workspace.judging import Judgement, judged, moved, moved_sentence
from tettpaa.doors.workspace.queries import sheets
from tettpaa.doors.workspace.queries.chain import Chain, Former, chained, formers_of
from tettpaa.doors.workspace.queries.marks import NATIONAL_TESTS
from tettpaa.doors.workspace.queries.sheets import Around, Choice, Sheet, Topic
from tettpaa.doors.workspace.reading import about, reference_points, scale_words, short_name
from tettpaa.doors.workspace.yeartable import YearTable, year_table


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a school's findings are made from."""

    viewer: Viewer
    owner: Unit
    school: Unit
    places: Around
    sheet: Sheet
    against: Against
    mark: Watermark
    formers: tuple[Former, ...] = ()

    def chain(self, topic: Topic) -> Chain:
        """The school's series with its predecessors' before it."""
        return chained(self.sheet.line(self.school.code, topic), self.school, topic, self.formers)


@dataclass(frozen=True, slots=True)
class Held:
    """What a series is held against: points for the reckoning, lines for the chart, words for the sentence."""

    points: tuple[Point, ...]
    lines: tuple[Reference, ...]
    on: About
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One indicator in full. `key` is the circle, `circle` its word; both empty for what is only described."""

    topic: Topic
    label: str
    heading: str
    key: str
    circle: str
    paragraphs: tuple[str, ...]
    reckoning: tuple[str, ...]
    picture: Picture
    table: YearTable
    address: str
    about_address: str


def desk_for(
    viewer: Viewer,
    owner: Unit,
    school: Unit,
    against: Against,
    wanted: Wanted = sheets.EVERYTHING,
    choice: Choice | None = None,
) -> Desk:
    """Read what the school's findings need, each unit in the edition the viewer may see there."""
    places = sheets.around(owner)
    beside = {Against.MUNICIPALITY: places.owner, Against.COUNTY: places.county}.get(against)
    also = [beside] if beside is not None else []
    mark = watermark()  # read once for everything that is remembered
    eyes = sheets.Eyes(viewer, owner, mark)
    sheet = sheets.with_references(eyes, school, places, wanted, also=also, choice=choice)
    return Desk(viewer, owner, school, places, sheet, against, mark, formers_of(viewer, school, wanted))


def hold(desk: Desk, topic: Topic) -> Held:
    """Find what the school's series is to be held against."""
    return {
        Against.NATION: usual_held,
        Against.COUNTY: _county,
        Against.MUNICIPALITY: _municipality,
        Against.SIMILAR: _similar,
        Against.SELF: usual_held,
    }[desk.against](desk, topic)


def usual_held(desk: Desk, topic: Topic) -> Held:
    """The nation, whatever the reader has chosen: what the rows of a list are held against."""
    found = sheets.usual(desk.places, desk.sheet, topic)
    on = about(topic.definition, desk.school.label, found.reach, found.sentence_name)
    return Held(reference_points(found.line), found.references, on)


def _county(desk: Desk, topic: Topic) -> Held:
    county = desk.places.county
    line = desk.sheet.line(county.code, topic) if county else ()
    name = county.label if county else None
    lines = (Reference(county.label, line),) if county else ()
    return Held(reference_points(line), lines, about(topic.definition, desk.school.label, Reach.COUNTY, name))


def _municipality(desk: Desk, topic: Topic) -> Held:
    whole, own = desk.sheet.line(desk.owner.code, topic), desk.sheet.line(desk.school.code, topic)
    points = sheets.rest_of_owner(sheets.Eyes(desk.viewer, desk.owner, desk.mark), own, whole, topic)
    note = gettext("Linjen i diagrammet er hele kommunen. I regnestykket er skolen selv holdt utenfor.")
    lines = (Reference(desk.owner.label, whole),)
    return Held(points, lines, about(topic.definition, desk.school.label, Reach.OTHERS), note)


def _similar(desk: Desk, topic: Topic) -> Held:
    own = desk.sheet.line(desk.school.code, topic)
    points, count = sheets.similar_points(desk.school, topic, sheets.window_of(own), desk.mark)
    note = gettext("Vi fant ikke nok skoler med omtrent like mange elever på trinnet.")
    if count:
        note = gettext(
            "%(count)s skoler i landet har omtrent like mange elever på trinnet. "
            "Vi vet ikke om elevene deres ligner på deres."
        ) % {"count": count}
    return Held(points, (), about(topic.definition, desk.school.label, Reach.SIMILAR), note)


def finding_of(desk: Desk, topic: Topic) -> Finding:
    """The indicator in full, against what the reader has chosen."""
    own, held = desk.sheet.line(desk.school.code, topic), hold(desk, topic)
    lines = () if desk.against is Against.SELF else held.lines
    judgement = judged(own, held.points, topic.definition, held.on)
    change, chain = moved(own, topic.definition), desk.chain(topic)
    chart = school_trend(desk, topic, lines)
    if desk.against is Against.SELF:
        heading, key, circle, paragraphs = _of_change(change, judgement)
    else:
        heading, key, circle = judgement.heading, judgement.key, judgement.short if judgement.key else ""
        paragraphs = (
            judgement.sentence,
            _alone_words(desk, topic, judgement),
            _change_words(change, judgement),
        )
    return Finding(
        topic=topic,
        label=short_name(topic.definition, topic.grade),
        heading=heading,
        key=key,
        circle=circle,
        paragraphs=tuple(text for text in (*paragraphs, *chain.words) if text),
        reckoning=_reckoning(desk, topic, held, judgement),
        picture=_picture(desk, topic, chart),
        table=year_table(
            desk.owner, chart, chain.line, judgement if desk.against is not Against.SELF else None
        ),
        address=addresses.of_school_indicator(desk.owner, desk.school, topic.indicator),
        about_address=addresses.of_indicator(desk.owner, topic.indicator),
    )


def school_trend(desk: Desk, topic: Topic, lines: Sequence[Reference]) -> TrendInput:
    """The school's chart: its series with its predecessors', and what it is held against."""
    chain = desk.chain(topic)
    return trend_of(topic.definition, topic.grade, desk.school.label, chain.line, lines, chain.breaks)


def _picture(desk: Desk, topic: Topic, chart: TrendInput) -> Picture:
    place = Place(
        desk.owner, ChartKind.TREND, desk.school.code, topic.indicator, topic.grade, str(desk.against)
    )
    return pictured(place, chart, narrow=True)


def _reckoning(desk: Desk, topic: Topic, held: Held, judgement: Judgement) -> tuple[str, ...]:
    detail = "" if desk.against is Against.SELF else judgement.detail
    return tuple(text for text in (detail, held.note, scale_words(topic.definition)) if text)


def _alone_words(desk: Desk, topic: Topic, judgement: Judgement) -> str:
    """Why the overview may say another probability of a weak national test: there the school's others count too."""
    is_test = topic.definition.model.kind == NATIONAL_TESTS
    if not (is_test and judgement.is_bad and desk.against is Against.NATION):
        return ""
    return gettext(
        "Her er prøven regnet alene. I oversikten teller også skolens andre nasjonale prøver, "
        "så prosenten der kan være en annen."
    )


def _change_words(change: ChangeEstimate | None, judgement: Judgement) -> str:
    if change is None or change.certainty is Certainty.UNKNOWN:
        return ""
    return moved_sentence(change, judgement.about, judgement.language)


def _of_change(change: ChangeEstimate | None, judgement: Judgement) -> tuple[str, str, str, tuple[str, ...]]:
    """Heading, circle and paragraphs when the school is held against itself before."""
    unit = judgement.about.unit
    if change is None:
        heading = gettext("Vi har for få år til å si om %(school)s har endret seg.") % {"school": unit}
        return heading, "unknown", sentences.certainty_word(Certainty.UNKNOWN, reader_language()), ()
    whole = moved_sentence(change, judgement.about, judgement.language)
    end = f"{sentences.school_year(change.to_year)}."
    head, found, rest = whole.partition(end)
    heading = head + found
    if change.certainty is None:
        return heading, "", "", (rest.strip(),)
    word = sentences.certainty_word(change.certainty, judgement.language)
    if change.certainty is Certainty.NONE:
        word = gettext("Ingen sikker endring")
    return heading, str(change.certainty), word, (rest.strip(),)
