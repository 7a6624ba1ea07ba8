"""One school's page: what stands out, the leading indicators in full, the rest in rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext, ngettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.parts import Link
from tettpaa.data.charts.spark import SparkInput
from tettpaa.data.charts.words import value_text
from tettpaa.data.indicators.definitions import definitions
from tettpaa.data.indicators.queries import Wanted, edition_for
from tettpaa.data.stats.kinds import Certainty
from tettpaa.data.stats.numbers import Language
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Status
from tettpaa.doors.workspace import addresses
from tettpaa.doors.workspace.charting import Picture, Place, pictured, trend_of
from tettpaa.doors.workspace.enums import Against, ChartKind
from tettpaa.doors.workspace.judging import Judgement, Phrase, judged
from tettpaa.doors.workspace.queries.chain import Chain
from tettpaa.doors.workspace.queries.findings import Desk, Finding, Held, desk_for, finding_of, usual_held
from tettpaa.doors.workspace.queries.sheets import Line, Topic
from tettpaa.doors.workspace.reading import (
    FIRST,
    THEMES,
    grades_to_show,
    judges,
    main_keys,
    short_name,
    style_of,
    theme_name,
)

IN_FULL: Final = 3
RECENT: Final = 4  # a series whose newest year is older than this counts as ended


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator in one line: the course, the newest figure, and how it lies against the nation."""

    name: str
    address: str
    picture: Picture
    value: str
    year: int
    value_address: str
    status: str
    key: str
    circle: str
    instead: str

    @property
    def is_marked(self) -> bool:
        return self.key in {"clear", "likely"}

    @property
    def aloud(self) -> str:
        """What the figure is about, for those who hear it out of its row."""
        return f"{self.name} {self.year}"


@dataclass(frozen=True, slots=True)
class Theme:
    """The rows of one theme."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """Everything the page prints. `second` is the grey line with its circle."""

    school: Unit
    owner: Unit
    is_internal: bool
    facts: tuple[str, ...]
    first: str
    second: str
    phrase: Phrase | None
    phrase_key: str
    choices: tuple[Link, ...]
    findings: tuple[Finding, ...]
    themes: tuple[Theme, ...]
    rest_heading: str
    hidden: int
    meaning: str
    downloads: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A topic of the school with its judgement against the nation."""

    topic: Topic
    own: Line
    held: Held
    judgement: Judgement
    chain: Chain

    @property
    def newest(self) -> SafeFigure:
        return self.own[-1]


def school_page(viewer: Viewer, owner: Unit, school: Unit, against: Against) -> SchoolPage:
    """Make the page. The school in the edition the viewer may see there, the others likewise."""
    desk = desk_for(viewer, owner, school, against, Wanted(main_keys()), _current)
    own = {topic: desk.sheet.line(school.code, topic) for topic in desk.sheet.topics(school.code)}
    seen = [_see(desk, topic) for topic in _current(own)]
    leading = _leading(seen)
    first, second, phrase, key = _lead(school, seen)
    rest = [one for one in seen if one not in leading]
    return SchoolPage(
        school=school,
        owner=owner,
        is_internal=edition_for(viewer, school).key == "internal",
        facts=_facts(school, desk),
        first=first,
        second=second,
        phrase=phrase,
        phrase_key=key,
        choices=addresses.comparisons(owner, desk.places.county, addresses.of_school(owner, school), against),
        findings=tuple(finding_of(desk, one.topic) for one in leading),
        themes=_themes(desk, rest),
        rest_heading=_rest_heading(rest),
        hidden=sum(one.newest.status in {Status.HIDDEN_BY_SOURCE, Status.HIDDEN_BY_US} for one in seen),
        meaning=addresses.of_method(owner, "ordene"),
        downloads=addresses.downloads(addresses.of_school(owner, school)),
    )


def _current(lines: Mapping[Topic, Line]) -> list[Topic]:
    """What the school has figures of today, in few grades each; in the catalogue's order."""
    newest = max((line[-1].period for line in lines.values()), default=0)
    alive = sorted(
        topic
        for topic, line in lines.items()
        if line[-1].period > newest - RECENT and line[-1].status is not Status.NOT_APPLICABLE
    )
    chosen = []
    for key in dict.fromkeys(topic.indicator for topic in alive):
        grades = grades_to_show(definitions()[key], (one.grade for one in alive if one.indicator == key))
        chosen += [Topic(key, grade) for grade in grades]
    return chosen


def _see(desk: Desk, topic: Topic) -> _Seen:
    own, held = desk.sheet.line(desk.school.code, topic), usual_held(desk, topic)
    judgement = judged(own, held.points, topic.definition, held.on)
    return _Seen(topic, own, held, judgement, desk.chain(topic))


def _leading(seen: Sequence[_Seen]) -> list[_Seen]:
    """What stands out first, then what a reader asks for first; never more than three."""
    shown = [one for one in seen if any(figure.is_shown for figure in one.own)]
    return sorted(shown, key=_weight)[:IN_FULL]


def _weight(one: _Seen) -> tuple[int, int, int, str]:
    rank = {Certainty.CLEAR: 0, Certainty.LIKELY: 1}.get(one.judgement.estimate.certainty, 2)  # type: ignore[arg-type]
    place = FIRST.index(one.topic.indicator) if one.topic.indicator in FIRST else len(FIRST)
    if not judges(one.topic.definition):
        rank, place = 2, len(FIRST) + 1
    return (rank, not one.judgement.is_bad, place, one.topic.indicator)


def _lead(school: Unit, seen: Sequence[_Seen]) -> tuple[str, str, Phrase | None, str]:
    """The two lines of the heading; the second may be a phrase with its circle."""
    names = {"school": school.label}
    if not seen:
        return gettext("Vi har ingen tall for %(school)s ennå.") % names, "", None, ""
    weighed = [one for one in seen if one.judgement.key and judges(one.topic.definition)]
    sure = [one for one in weighed if one.judgement.estimate.certainty is not Certainty.UNKNOWN]
    marked = sorted((one for one in sure if one.judgement.is_marked), key=_weight)
    if not sure:
        return (
            gettext("%(school)s: vi kan ikke si noe sikkert om nivået ennå.") % names,
            gettext("Det er for få elever eller for få år med tall."),
            None,
            "",
        )
    if not marked:
        return (
            gettext("%(school)s: ingen tall skiller seg sikkert ut.") % names,
            gettext("Vi har sett på inntil tre år samlet."),
            None,
            "",
        )
    counts = {"school": school.label, "marked": len(marked), "all": len(sure)}
    first = gettext("%(school)s: %(marked)s av %(all)s tall skiller seg ut.") % counts
    top = marked[0]
    return first, short_name(top.topic.definition, top.topic.grade), top.judgement.phrase, top.judgement.key


def _facts(school: Unit, desk: Desk) -> tuple[str, ...]:
    """Grades and pupils, as far as we know them."""
    found = []
    if school.grade_from and school.grade_to:
        found.append(
            gettext("%(first)s.–%(last)s. trinn") % {"first": school.grade_from, "last": school.grade_to}
        )
    pupils = desk.sheet.line(school.code, Topic("elever", 0))
    if pupils and pupils[-1].value is not None:
        found.append(gettext("%(count)s elever") % {"count": f"{pupils[-1].value:.0f}"})
    return tuple(found)


def _themes(desk: Desk, rest: Sequence[_Seen]) -> tuple[Theme, ...]:
    groups = []
    for theme in THEMES:
        rows = tuple(_row(desk, one) for one in rest if one.topic.definition.theme == theme)
        if rows:
            groups.append(Theme(theme_name(theme), rows))
    return tuple(groups)


def _row(desk: Desk, one: _Seen) -> Row:
    owner, school = desk.owner, desk.school
    return _written(owner, owner.settings.accent, school, school.label, one, reader_language())


@lru_cache(maxsize=8192)
def _written(owner: Unit, _accent: str, school: Unit, label: str, one: _Seen, tongue: Language) -> Row:
    """Remembered by everything that goes into it, the figures first; places never change their codes."""
    definition, newest, chain = one.topic.definition, one.newest, one.chain
    chart = trend_of(definition, one.topic.grade, label, chain.line, one.held.lines, chain.breaks)
    place = Place(owner, ChartKind.SPARK, school.code, one.topic.indicator, one.topic.grade)
    return Row(
        name=short_name(definition, one.topic.grade),
        address=addresses.of_school_indicator(owner, school, one.topic.indicator),
        picture=pictured(place, SparkInput(chart)),
        value="" if newest.value is None else value_text(newest.value, style_of(definition), tongue),
        year=newest.period,
        value_address=addresses.of_figure(owner, newest.id),
        status="" if newest.is_shown else newest.status.key,
        key=one.judgement.key,
        circle=one.judgement.short,
        instead=_instead(one),
    )


def _instead(one: _Seen) -> str:
    """What to use where the newest figure is not shown."""
    if one.newest.is_shown:
        return ""
    if one.judgement.estimate.estimate is not None:
        return gettext("Årene som vises, gir nivået %(level)s samlet.") % {"level": one.judgement.level_text}
    if any(figure.is_shown for figure in one.own):
        return gettext("Se årene som vises.")
    return gettext("Det verner elevene. Bruk kommunens tall.")


def _rest_heading(rest: Sequence[_Seen]) -> str:
    marked = [one for one in rest if one.judgement.is_marked and judges(one.topic.definition)]
    if not marked:
        return gettext("Ingenting annet skiller seg sikkert ut.")
    return ngettext("Ett tall til skiller seg ut.", "%(count)s tall til skiller seg ut.", len(marked)) % {
        "count": len(marked)
    }
