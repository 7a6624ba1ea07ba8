"""The same pupils from grade 5 to 8 and 9: what a cohort's course can and cannot tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.language import reader_language
from tettpaa.data.charts.cohort import Cohort, CohortInput
from tettpaa.data.indicators.definitions import definitions
from tettpaa.data.indicators.queries import Wanted, edition_for
from tettpaa.data.indicators.reckoning import rule_of
from tettpaa.data.stats import sentences
from tettpaa.data.stats.change import ChangeEstimate, cohort_change
from tettpaa.data.stats.kinds import Certainty
from tettpaa.data.stats.points import Point, figure_variance
from tettpaa.data.stats.sentences import Against as Reach
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Edition
from tettpaa.doors.workspace.charting import Picture, Place, pictured
from tettpaa.doors.workspace.enums import ChartKind
from tettpaa.doors.workspace.queries import sheets
from tettpaa.doors.workspace.queries.owner_rows import Cell, cell_of
from tettpaa.doors.workspace.queries.sheets import Sheet, Topic
from tettpaa.doors.workspace.reading import about, chart_breaks, points_of, style_of

SUBJECTS: Final = ("lesing", "regning", "engelsk")
GRADES: Final = (5, 8, 9)
YEARS_IN: Final[Mapping[int, int]] = {5: -3, 8: 0, 9: 1}  # years from the cohort's 8th grade
DRAWN: Final = 4  # cohorts in the chart; older ones are not told of


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of the form."""

    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Course:
    """One cohort: its figures grade by grade and what may be said of its newest step."""

    name: str
    cells: tuple[Cell, ...]
    heading: str
    sentence: str
    key: str
    circle: str


@dataclass(frozen=True, slots=True)
class CohortsPage:
    """Everything the page prints."""

    owner: Unit
    place: str
    is_owner: bool
    is_internal: bool
    first: str
    second: str
    subjects: tuple[Option, ...]
    places: tuple[Option, ...]
    picture: Picture | None
    courses: tuple[Course, ...]
    heads: tuple[str, ...]
    breaks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """A cohort as read: the year it was in grade 8, and its figures by grade."""

    year: int
    figures: Mapping[int, SafeFigure]


def topics_of(subject: str) -> tuple[Topic, ...]:
    """The tests of a subject, grade by grade; there is no English in grade 9."""
    keys = ((grade, f"np{grade}_{subject}") for grade in GRADES)
    return tuple(Topic(key, grade) for grade, key in keys if key in definitions())


def cohorts_page(viewer: Viewer, owner: Unit, subject: str, place: str) -> CohortsPage:
    """Make the page for the municipality, or for one school (`place` is its organisation number)."""
    chosen = subject if subject in SUBJECTS else SUBJECTS[0]
    schools = schools_of(owner)
    school = next((one for one in schools if one.code == place), None)
    unit = school or owner
    sheet = _read(viewer, owner, unit, chosen)
    found = followed(sheet, unit, chosen)
    courses = tuple(_course(owner, sheet, one, chosen) for one in reversed(found))
    first, second = _lead(unit, courses)
    return CohortsPage(
        owner=owner,
        place=unit.label,
        is_owner=school is None,
        is_internal=edition_for(viewer, unit) is Edition.INTERNAL,
        first=first,
        second=second,
        subjects=tuple(Option(one, subject_name(one), one == chosen) for one in SUBJECTS),
        places=(
            Option("", owner.label, school is None),
            *(Option(one.code, one.label, one == school) for one in schools),
        ),
        picture=_picture(owner, unit, found, chosen),
        courses=courses,
        heads=tuple(gettext("%(grade)s. trinn") % {"grade": topic.grade} for topic in topics_of(chosen)),
        breaks=tuple(cut.period for cut in chart_breaks(topics_of(chosen)[0].definition)),
    )


def subject_name(subject: str) -> str:
    return {"lesing": gettext("Lesing"), "regning": gettext("Regning"), "engelsk": gettext("Engelsk")}[
        subject
    ]


def _read(viewer: Viewer, owner: Unit, unit: Unit, subject: str) -> Sheet:
    wanted = Wanted([topic.indicator for topic in topics_of(subject)])
    units = list({one.pk: one for one in (unit, *sheets.around(owner).units)}.values())
    return sheets.sheet_of(viewer, units, wanted, edition=sheets.edition_here(viewer, unit))


def followed(sheet: Sheet, unit: Unit, subject: str) -> list[Followed]:
    """Cohorts with figures in at least two grades, oldest first, at most the newest few."""
    by_year: dict[int, dict[int, SafeFigure]] = {}
    for topic in topics_of(subject):
        for figure in sheet.line(unit.code, topic):
            by_year.setdefault(figure.period - YEARS_IN[topic.grade], {})[topic.grade] = figure
    found = [Followed(year, grades) for year, grades in sorted(by_year.items()) if len(grades) > 1]
    return found[-DRAWN:]


def cohort_chart(found: Sequence[Followed], subject: str) -> CohortInput | None:
    """The cohorts as a chart; None without any."""
    if not found:
        return None
    definition = definitions()[f"np8_{subject}"]
    cohorts = tuple(Cohort(_name(one), tuple(one.figures.values())) for one in found)
    return CohortInput(subject_name(subject), cohorts, style_of(definition), None, chart_breaks(definition))


def chart_for(viewer: Viewer, owner: Unit, unit_code: str, subject: str) -> CohortInput | None:
    """The chart of an address; None for a unit that is not the owner's."""
    unit = next((one for one in (owner, *schools_of(owner)) if one.code == unit_code), None)
    if unit is None or subject not in SUBJECTS:
        return None
    return cohort_chart(followed(_read(viewer, owner, unit, subject), unit, subject), subject)


def _name(one: Followed) -> str:
    return gettext("8. trinn i %(year)s") % {"year": sentences.school_year(one.year).replace("-", "–")}


def _picture(owner: Unit, unit: Unit, found: Sequence[Followed], subject: str) -> Picture | None:
    chart = cohort_chart(found, subject)
    if chart is None or not any(figure.is_shown for one in found for figure in one.figures.values()):
        return None
    place = Place(owner, ChartKind.COHORT, unit.code, f"np8_{subject}", 8, subject)
    return pictured(place, chart, narrow=True)


def _course(owner: Unit, sheet: Sheet, one: Followed, subject: str) -> Course:
    topics = topics_of(subject)
    cells = tuple(cell_of(owner, topic, one.figures.get(topic.grade)) for topic in topics)
    made, against = _newest_step(sheet, one, subject)
    on = about(definitions()[f"np8_{subject}"], gettext("Kullet"), Reach.NATION)
    if made is None or made.certainty is Certainty.UNKNOWN:
        return Course(_name(one), cells, "", "", "", "")
    whole = sentences.change_sentence(made, on, reader_language())
    end = f"{sentences.school_year(made.to_year)}."
    head, mark, rest = whole.partition(end)
    if not mark:
        head, mark, rest = whole, "", ""
    note = gettext("Landets egen endring er trukket fra.") if against else ""
    key = str(made.certainty) if made.certainty is not None else ""
    circle = sentences.certainty_word(made.certainty, reader_language()) if made.certainty is not None else ""
    if made.certainty is Certainty.NONE:
        circle = gettext("Ingen sikker endring")
    return Course(_name(one), cells, head + mark, f"{rest.strip()} {note}".strip(), key, circle)


def _newest_step(sheet: Sheet, one: Followed, subject: str) -> tuple[ChangeEstimate | None, bool]:
    """The change over the cohort's last two shown grades, and whether the nation's own change is taken away."""
    shown = [
        topic
        for topic in topics_of(subject)
        if topic.grade in one.figures and one.figures[topic.grade].is_shown
    ]
    if len(shown) < 2:
        return None, False
    first, last = shown[-2:]
    earlier, later = (_point(topic, one.figures[topic.grade]) for topic in (first, last))
    nation = [
        next((point for point in points_of(sheet.line(sheets.NATION, topic)) if point.year == year), None)
        for topic, year in ((first, earlier.year), (last, later.year))
    ]
    pair = (nation[0], nation[1]) if nation[0] is not None and nation[1] is not None else None
    rule = rule_of(last.definition, later.year)
    return cohort_change(earlier, later, rule, reference=pair), pair is not None


def _point(topic: Topic, figure: SafeFigure) -> Point:
    """The figure with the variance of its own test, since grade 5 and 8 sit different ones."""
    point = points_of([figure])[0]
    rule = rule_of(topic.definition, figure.period)
    return replace(point, variance=figure_variance(point, rule.kind, rule.components))


def _lead(unit: Unit, courses: Sequence[Course]) -> tuple[str, str]:
    told = next((one for one in courses if one.heading), None)
    if told is None:
        first = gettext("%(place)s: vi kan ikke følge noe kull ennå.") % {"place": unit.label}
        return first, gettext("Det trengs tall fra minst to trinn for de samme elevene.")
    return told.heading, gettext("De samme elevene, %(name)s.") % {"name": told.name}
