"""The owner's overview: what the schools' figures say together, one indicator for all, and what came in last."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.language import reader_language
from tettpaa.data.charts.panel import PanelInput
from tettpaa.data.charts.trend import TrendInput
from tettpaa.data.indicators.queries import edition_for
from tettpaa.data.stats.kinds import Side
from tettpaa.data.suppression.kinds import Edition
from tettpaa.doors.workspace import addresses
from tettpaa.doors.workspace.charting import Picture, Place, pictured
from tettpaa.doors.workspace.enums import ChartKind
from tettpaa.doors.workspace.judging import Phrase
from tettpaa.doors.workspace.memo import shared
from tettpaa.doors.workspace.queries.across import Across, Standing, across, calm_sentence, panels
from tettpaa.doors.workspace.queries.attention import Attention, attention
from tettpaa.doors.workspace.queries.news import Expected, News, expected, news
from tettpaa.doors.workspace.queries.owner_line import owner_trend
from tettpaa.doors.workspace.queries.owner_rows import (
    Cell,
    OwnIndicator,
    PlaceRow,
    cell_of,
    is_leading,
    own_indicators,
    place_row,
)
from tettpaa.doors.workspace.queries.sheets import Topic
from tettpaa.doors.workspace.reading import judges, short_name, style_of
from tettpaa.doors.workspace.yeartable import YearTable, year_table

NAMED = 4  # schools named in a sentence; more are counted


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of the list of indicators."""

    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One school among the small multiples."""

    school: str
    address: str
    key: str
    circle: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class SchoolYears:
    """A school's figures, one cell a year."""

    school: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Multiples:
    """One indicator for every school, with the same numbers as a table."""

    name: str
    address: str
    sentence: str
    scale: str
    panels: tuple[Panel, ...]
    years: tuple[int, ...]
    rows: tuple[SchoolYears, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page prints."""

    owner: Unit
    chosen: Topic | None
    is_internal: bool
    first: str
    second: str
    phrase: Phrase | None
    phrase_key: str
    attention: Attention
    choices: tuple[Choice, ...]
    multiples: Multiples | None
    picture: Picture | None
    table: YearTable | None
    trend_heading: str
    places: tuple[PlaceRow, ...]
    more_places: tuple[PlaceRow, ...]
    county: str
    news: News | None
    expected: tuple[Expected, ...]
    meaning: str


def overview(viewer: Viewer, owner: Unit, wish: str | None) -> Overview:
    """Make the page; `wish` is the indicator the reader chose. What all readers share is remembered."""
    found = shared(viewer, owner, "attention", lambda: attention(viewer, owner))
    topic = _chosen(found, wish)
    return shared(viewer, owner, ("overview", topic), lambda: _make(viewer, owner, found, topic))


def _chosen(found: Attention, wish: str | None) -> Topic | None:
    """The topic of `eu_trivsel-7`, or of `np8_regning` in its first grade; without a wish the first one."""
    by_value = {topic.indicator: topic for topic in reversed(found.topics)}
    by_value |= {_value(topic): topic for topic in found.topics}
    return by_value.get(wish or "", next(iter(found.topics), None))


def _value(topic: Topic) -> str:
    return f"{topic.indicator}-{topic.grade}"


def _make(viewer: Viewer, owner: Unit, found: Attention, topic: Topic | None) -> Overview:
    seen = across(viewer, owner, topic) if topic else None
    places, sheet, own = own_indicators(viewer, owner, found)
    first, second, phrase, key = _lead(found, own)
    trend = owner_trend(places, sheet, topic) if topic else None
    here = next((one for one in own if one.topic == topic), None)
    return Overview(
        owner=owner,
        chosen=topic,
        is_internal=edition_for(viewer, owner) is Edition.INTERNAL,
        first=first,
        second=second,
        phrase=phrase,
        phrase_key=key,
        attention=found,
        choices=tuple(
            Choice(_value(one), short_name(one.definition, one.grade), one == topic) for one in found.topics
        ),
        multiples=_multiples(owner, seen) if seen and seen.schools else None,
        picture=_owner_picture(owner, topic, trend) if topic and trend else None,
        table=year_table(owner, trend, here.own, here.judgement) if trend and here else None,
        trend_heading=here.judgement.heading if here else "",
        places=tuple(place_row(owner, places, sheet, one) for one in own if is_leading(one)),
        more_places=tuple(place_row(owner, places, sheet, one) for one in own if not is_leading(one)),
        county=places.county.label if places.county else "",
        news=news(viewer, owner),
        expected=expected([one.indicator for one in found.topics]),
        meaning=addresses.of_method(owner, "ordene"),
    )


def _lead(found: Attention, own: Sequence[OwnIndicator]) -> tuple[str, str, Phrase | None, str]:
    """First what the schools' figures say together, then the municipality itself against the nation."""
    if not found.has_figures:
        return gettext("Ingen tall er lagt inn ennå."), gettext("Når de er inne, ser du dem her."), None, ""
    count = len(found.items)
    first = ngettext(
        "Én av %(all)s skoler har tall vi bør se nærmere på.",
        "%(count)s av %(all)s skoler har tall vi bør se nærmere på.",
        count,
    ) % {"count": count, "all": found.schools}
    if not count:
        first = gettext("Ingen skoler har tall som peker klart nedover.")
    marked = [one for one in own if one.judgement.is_marked and judges(one.topic.definition)]
    if not marked:
        return first, gettext("Kommunen samlet skiller seg ikke sikkert ut."), None, ""
    top = min(marked, key=lambda one: (one.judgement.key != "clear", not one.judgement.is_bad))
    name = short_name(top.topic.definition, top.topic.grade)
    second = gettext("%(indicator)s: kommunen") % {"indicator": name}
    return first, second, top.judgement.phrase, top.judgement.key


def _multiples(owner: Unit, seen: Across) -> Multiples:
    charts = panels(seen)
    style = style_of(seen.topic.definition)
    first = next(iter(charts.values()))
    years = tuple(range(seen.newest, min(one.own[0].period for one in seen.schools) - 1, -1))
    return Multiples(
        name=seen.title,
        address=addresses.of_indicator(owner, seen.topic.indicator),
        sentence=all_schools_sentence(seen),
        scale=first.limits.words(style, reader_language()),
        panels=tuple(_panel(owner, seen, one, charts[one.school.code]) for one in seen.schools),
        years=years,
        rows=tuple(_years(owner, seen, one, years) for one in seen.schools),
    )


def all_schools_sentence(seen: Across) -> str:
    """How many lie where one may expect, and which do not; names only while they are few."""
    marked = [one for one in seen.schools if one.judgement.is_marked]
    text = calm_sentence(seen)
    below = [one.school.label for one in marked if one.judgement.estimate.side is Side.BELOW]
    above = [one.school.label for one in marked if one.judgement.estimate.side is Side.ABOVE]
    if below:
        text += " " + gettext("Under: %(names)s.") % {"names": _names(below)}
    if above:
        text += " " + gettext("Over: %(names)s.") % {"names": _names(above)}
    return text


def _names(names: Sequence[str]) -> str:
    if len(names) > NAMED:
        return gettext("%(count)s skoler") % {"count": len(names)}
    if len(names) == 1:
        return names[0]
    return gettext("%(first)s og %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _panel(owner: Unit, seen: Across, one: Standing, chart: PanelInput) -> Panel:
    place = Place(owner, ChartKind.PANEL, one.school.code, seen.topic.indicator, seen.topic.grade)
    address = addresses.of_school_indicator(owner, one.school, seen.topic.indicator)
    return Panel(one.school.label, address, one.judgement.key, one.judgement.short, pictured(place, chart))


def _years(owner: Unit, seen: Across, one: Standing, years: Sequence[int]) -> SchoolYears:
    by_year = {figure.period: figure for figure in one.own}
    return SchoolYears(
        one.school.label, tuple(cell_of(owner, seen.topic, by_year.get(year)) for year in years)
    )


def _owner_picture(owner: Unit, topic: Topic, trend: TrendInput) -> Picture:
    place = Place(owner, ChartKind.TREND, owner.code, topic.indicator, topic.grade)
    return pictured(place, trend, narrow=True)
