"""The municipality's own line on an indicator, against the nation and the county."""

from tettpaa.data.charts.inputs import Reference
from tettpaa.data.charts.trend import TrendInput
from tettpaa.doors.workspace.charting import trend_of
from tettpaa.doors.workspace.judging import Judgement, judged
from tettpaa.doors.workspace.queries import sheets
from tettpaa.doors.workspace.queries.sheets import Around, Sheet, Topic
from tettpaa.doors.workspace.reading import about, points_of


def owner_trend(places: Around, sheet: Sheet, topic: Topic) -> TrendInput | None:
    """The municipality with nation, county and KOSTRA group beside; None without a figure."""
    own = sheet.line(places.owner.code, topic)
    if not own:
        return None
    beside = [place for place in (places.county, places.group) if place is not None]
    lines = [
        Reference(sheets.nation_name(), sheet.line(sheets.NATION, topic)),
        *(Reference(place.label, sheet.line(place.code, topic)) for place in beside),
    ]
    return trend_of(topic.definition, topic.grade, places.owner.label, own, lines)


def owner_judgement(places: Around, sheet: Sheet, topic: Topic, schools: int) -> Judgement:
    """The municipality against the nation (else the county); `schools` is how many schools it has on the indicator."""
    held = sheets.usual(places, sheet, topic)
    on = about(topic.definition, places.owner.label, held.reach, held.sentence_name)
    return judged(
        sheet.line(places.owner.code, topic),
        points_of(held.line),
        topic.definition,
        on,
        schools=max(1, schools),
    )
