"""A chart by its address: rebuilt from the figures the viewer may see, so that a hash opens nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.data.charts.drawing import ChartInput
from tettpaa.data.charts.inputs import Size
from tettpaa.data.charts.spark import SparkInput
from tettpaa.data.indicators.definitions import definitions
from tettpaa.data.indicators.queries import Wanted
from tettpaa.doors.workspace.enums import Against, ChartKind
from tettpaa.doors.workspace.queries import sheets
from tettpaa.doors.workspace.queries.across import across, funnel_chart, panels, rows_chart, strip_chart
from tettpaa.doors.workspace.queries.cohorts import chart_for
from tettpaa.doors.workspace.queries.findings import Desk, desk_for, hold, school_trend, usual_held
from tettpaa.doors.workspace.queries.indicators import shared_attention
from tettpaa.doors.workspace.queries.owner_line import owner_trend
from tettpaa.doors.workspace.queries.sheets import Topic


@dataclass(frozen=True, slots=True)
class Ask:
    """What an address asks for: parts as they stand in it, checked."""

    kind: ChartKind
    unit: str
    topic: Topic
    size: Size
    extra: str


def asked(kind: str, unit: str, indicator: str, grade: int, variant: str) -> Ask | None:
    """Read an address; None for one that no page has."""
    size, _, extra = variant.partition("-")
    if kind not in set(ChartKind) or indicator not in definitions() or not extra:
        return None
    topic = Topic(indicator, grade)
    if size == "wide":
        return Ask(ChartKind(kind), unit, topic, "wide", extra)
    return Ask(ChartKind(kind), unit, topic, "narrow", extra) if size == "narrow" else None


def chart_asked(viewer: Viewer, owner: Unit, ask: Ask) -> ChartInput | None:
    """The chart as it is now; None for a unit that is not the owner's or a series without figures."""
    build = _BUILDERS[ask.kind]
    return build(viewer, owner, ask)


def _desk(viewer: Viewer, owner: Unit, ask: Ask) -> Desk | None:
    """The one school of a trend or spark, if it is the owner's."""
    school = next((one for one in schools_of(owner) if one.code == ask.unit), None)
    if school is None:
        return None
    wanted = Wanted(indicators=(ask.topic.indicator,), grades=(ask.topic.grade,))
    desk = desk_for(viewer, owner, school, Against.of(ask.extra), wanted)
    return desk if desk.sheet.line(school.code, ask.topic) else None


def _trend(viewer: Viewer, owner: Unit, ask: Ask) -> ChartInput | None:
    if ask.unit == owner.code:
        return _owner_trend(viewer, owner, ask)
    desk = _desk(viewer, owner, ask)
    if desk is None:
        return None
    lines = () if desk.against is Against.SELF else hold(desk, ask.topic).lines
    return school_trend(desk, ask.topic, lines)


def _owner_trend(viewer: Viewer, owner: Unit, ask: Ask) -> ChartInput | None:
    places = sheets.around_on(owner, ask.topic.indicator)
    wanted = Wanted(indicators=[ask.topic.indicator], grades=[ask.topic.grade])
    edition = sheets.edition_here(viewer, owner)
    return owner_trend(places, sheets.sheet_of(viewer, places.units, wanted, edition=edition), ask.topic)


def _spark(viewer: Viewer, owner: Unit, ask: Ask) -> ChartInput | None:
    desk = _desk(viewer, owner, ask)
    if desk is None:
        return None
    return SparkInput(school_trend(desk, ask.topic, usual_held(desk, ask.topic).lines))


def _panel(viewer: Viewer, owner: Unit, ask: Ask) -> ChartInput | None:
    return panels(across(viewer, owner, ask.topic)).get(ask.unit)


def _strip(viewer: Viewer, owner: Unit, ask: Ask) -> ChartInput | None:
    """As the attention list draws it; a school that is on it no more gets the indicator by itself."""
    kept = shared_attention(viewer, owner).strips.get((ask.unit, ask.topic))
    if kept is not None:
        return kept
    seen = across(viewer, owner, ask.topic)
    one = next((one for one in seen.schools if one.school.code == ask.unit), None)
    return strip_chart(seen, one) if one else None


def _rows(viewer: Viewer, owner: Unit, ask: Ask) -> ChartInput | None:
    seen = across(viewer, owner, ask.topic)
    return rows_chart(seen) if ask.unit == owner.code and seen.schools else None


def _funnel(viewer: Viewer, owner: Unit, ask: Ask) -> ChartInput | None:
    return funnel_chart(across(viewer, owner, ask.topic)) if ask.unit == owner.code else None


def _cohort(viewer: Viewer, owner: Unit, ask: Ask) -> ChartInput | None:
    return chart_for(viewer, owner, ask.unit, ask.extra)


_BUILDERS: Mapping[ChartKind, Callable[[Viewer, Unit, Ask], ChartInput | None]] = {
    ChartKind.TREND: _trend,
    ChartKind.SPARK: _spark,
    ChartKind.PANEL: _panel,
    ChartKind.STRIP: _strip,
    ChartKind.ROWS: _rows,
    ChartKind.FUNNEL: _funnel,
    ChartKind.COHORT: _cohort,
}
