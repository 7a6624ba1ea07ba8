"""One indicator across all the owner's schools: levels, panels, rows and funnel. Alphabetical, never ranked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.utils.translation import gettext, ngettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.data.charts.funnel import FunnelInput, Limit, School
from tettpaa.data.charts.inputs import Estimate, ReferenceLevel
from tettpaa.data.charts.panel import PanelInput, shared_limits
from tettpaa.data.charts.rows import Row, RowsInput, limits_of
from tettpaa.data.charts.strip import StripInput
from tettpaa.data.charts.trend import TrendInput
from tettpaa.data.indicators.queries import Wanted
from tettpaa.data.indicators.reckoning import rule_of
from tettpaa.data.stats.funnel import funnel, funnel_grid
from tettpaa.data.stats.kinds import Certainty, Kind
from tettpaa.data.stats.pooling import pooled_years
from tettpaa.data.stats.rules import WINDOW, Rule
from tettpaa.data.suppression.kinds import Status
from tettpaa.doors.workspace.charting import trend_of
from tettpaa.doors.workspace.judging import Judgement, estimate_of, judged
from tettpaa.doors.workspace.queries import sheets
from tettpaa.doors.workspace.queries.sheets import Around, Line, Sheet, Topic, Usual
from tettpaa.doors.workspace.reading import about, points_of, short_name, style_of

OTHERS_DRAWN: Final = 400  # light dots: enough to see the cloud, few enough to draw at once
FEWEST: Final = 3  # points that make a funnel worth drawing
_ABSENT: Final = frozenset({Status.NOT_APPLICABLE, Status.MISSING})


@dataclass(frozen=True, slots=True)
class Standing:
    """One school on the indicator."""

    school: Unit
    own: Line
    judgement: Judgement

    @property
    def estimate(self) -> Estimate:
        return estimate_of(self.judgement, self.own, self.school.label)


@dataclass(frozen=True)
class Across:
    """The indicator at an owner: its schools against the nation, and the places around."""

    owner: Unit
    topic: Topic
    places: Around
    sheet: Sheet
    schools: tuple[Standing, ...]

    @cached_property
    def usual(self) -> Usual:
        """What the schools are held against."""
        return sheets.usual(self.places, self.sheet, self.topic)

    @cached_property
    def newest(self) -> int:
        """The newest year that any of the places has a figure of."""
        lines = (line for (_, topic), line in self.sheet.lines.items() if topic == self.topic)
        return max((line[-1].period for line in lines), default=0)

    @property
    def rule(self) -> Rule:
        return rule_of(self.topic.definition, self.newest)

    @property
    def title(self) -> str:
        return short_name(self.topic.definition, self.topic.grade)


def across(viewer: Viewer, owner: Unit, topic: Topic) -> Across:
    """Read the indicator for all schools of the owner, in the edition the viewer has on the owner."""
    places, schools = sheets.around(owner), schools_of(owner)
    wanted = Wanted(indicators=[topic.indicator], grades=[topic.grade])
    edition = sheets.edition_here(viewer, owner)
    sheet = sheets.sheet_of(viewer, [*schools, *places.units], wanted, edition=edition)
    return across_of(owner, topic, places, sheet, schools)


def across_of(owner: Unit, topic: Topic, places: Around, sheet: Sheet, schools: Sequence[Unit]) -> Across:
    """Lay out what has been read. Schools without the grade, or without a figure in recent years, are left out."""
    held = sheets.usual(places, sheet, topic)
    points, found = points_of(held.line), []
    newest = max((line[-1].period for (_, other), line in sheet.lines.items() if other == topic), default=0)
    for school in schools:
        own = sheet.line(school.code, topic)
        recent = [figure for figure in own if figure.period > newest - WINDOW]
        if recent and not all(figure.status in _ABSENT for figure in recent):
            on = about(topic.definition, school.label, held.reach, held.sentence_name)
            found.append(Standing(school, own, judged(own, points, topic.definition, on)))
    return Across(owner, topic, places, sheet, tuple(found))


def reference_level(seen: Across, decimals: int) -> ReferenceLevel | None:
    """The nation over the same years, weighted by pupils."""
    years = sheets.window_of(seen.usual.line)
    start = seen.rule.break_between(years[0] - 1, years[-1]) if years else None
    points = [
        point
        for point in points_of(seen.usual.line)
        if years and (start or years[0]) <= point.year <= years[-1]
    ]
    if not points:
        return None
    if seen.rule.kind is Kind.CENSUS:
        points = points[-1:]
    return ReferenceLevel(seen.usual.name, seen.usual.inline, round(pooled_years(points).mean, decimals))


def rows_chart(seen: Across) -> RowsInput:
    """Every school's level with its interval against the nation."""
    style = style_of(seen.topic.definition, level=True)
    rows = tuple(Row(one.estimate, one.judgement.chart_certainty) for one in seen.schools)
    return RowsInput(seen.title, rows, style, reference_level(seen, style.decimals))


def funnel_chart(seen: Across) -> FunnelInput | None:
    """Schools by size within what chance alone gives; None where nothing is known of chance."""
    style = style_of(seen.topic.definition, level=True)
    level = reference_level(seen, style.decimals)
    own = [one for one in seen.schools if _point(one) is not None]
    if level is None or not own:
        return None
    others = _others(seen, {one.school.pk for one in own})
    if len(own) + len(others) < FEWEST:
        return None
    counts = [estimate.n for one in own if (estimate := _point(one)) and estimate.n]
    counts += [estimate.n for estimate in others if estimate.n]
    years = max(len(one.judgement.estimate.years) for one in own)
    limits = funnel(funnel_grid(min(counts), max(counts)), level.value, seen.rule, years=years)
    if limits is None:
        return None
    return FunnelInput(
        title=seen.title,
        schools=tuple(_school(seen, one, level, years) for one in seen.schools),
        limits=tuple(Limit(limit.n, limit.low, limit.high) for limit in limits),
        reference=level,
        others=others,
        style=style,
    )


def _point(one: Standing) -> Estimate | None:
    """The raw mean over the years, which is what a funnel shows; None without pupils."""
    made = one.judgement.estimate
    if made.mean is None or not made.n or made.certainty is Certainty.UNKNOWN:
        return None
    return Estimate(one.school.code, one.school.label, made.years[0], made.years[-1], made.mean, n=made.n)


def _school(seen: Across, one: Standing, level: ReferenceLevel, years: int) -> School:
    estimate = _point(one)
    if estimate is None or estimate.value is None or not estimate.n:
        last = one.own[-1]
        status = Status.MISSING if last.is_shown else last.status
        return School(
            Estimate(one.school.code, one.school.label, last.period, last.period, None, status=status)
        )
    edges = funnel([estimate.n], level.value, seen.rule, years=years)
    is_outside = edges is not None and not edges[0].low <= estimate.value <= edges[0].high
    return School(estimate, is_outside)


def _others(seen: Across, own: set[int]) -> tuple[Estimate, ...]:
    """An even selection of the country's other schools, without names."""
    years = sheets.window_of(seen.usual.line)
    country = sheets.country_of(seen.topic, years)
    keys = [key for key in sorted(country) if key not in own]
    step = max(1, -(-len(keys) // OTHERS_DRAWN))
    found = []
    for key in keys[::step]:
        points = country[key]
        n = sum(point.n for point in points)
        mean = sum(point.n * point.value for point in points) / n
        found.append(Estimate("", "", points[0].year, points[-1].year, mean, n=n))
    return tuple(found)


def trends(seen: Across) -> Mapping[str, TrendInput]:
    """Every school's trend against the nation, by the school's code."""
    lines, definition = seen.usual.references, seen.topic.definition
    return {
        one.school.code: trend_of(definition, seen.topic.grade, one.school.label, one.own, lines)
        for one in seen.schools
    }


def panels(seen: Across) -> Mapping[str, PanelInput]:
    """Small multiples on one scale, by the school's code; the first one names the nation."""
    charts = trends(seen)
    if not charts:
        return {}
    limits = shared_limits(tuple(charts.values()), style_of(seen.topic.definition))
    return {
        code: PanelInput(chart, limits, first=number == 0)
        for number, (code, chart) in enumerate(charts.items())
    }


def strip_chart(seen: Across, one: Standing) -> StripInput | None:
    """One school's level against what it is held against, for a list of findings."""
    style = style_of(seen.topic.definition, level=True)
    made = one.judgement.estimate
    if made.reference is None:
        return None
    level = ReferenceLevel(seen.usual.name, seen.usual.inline, round(made.reference, style.decimals))
    limits = limits_of(RowsInput(seen.title, (Row(one.estimate),), style, level))
    return StripInput(seen.title, one.estimate, limits, level, style, named=True)


def calm_sentence(seen: Across) -> str:
    """How many do not differ, among those we can say anything about; and how many we cannot."""
    sure = [one for one in seen.schools if one.judgement.says_something]
    marked = [one for one in sure if one.judgement.is_marked]
    if not sure:
        return gettext("Vi kan ikke si noe sikkert om noen av skolene ennå.")
    parts = {"calm": len(sure) - len(marked), "all": len(sure), "ref": seen.usual.inline}
    text = gettext("%(calm)s av %(all)s skoler skiller seg ikke sikkert fra %(ref)s.") % parts
    silent = len(seen.schools) - len(sure)
    if silent:
        text += " " + ngettext("Én kan vi ikke si noe om.", "%(count)s kan vi ikke si noe om.", silent) % {
            "count": silent
        }
    return text
