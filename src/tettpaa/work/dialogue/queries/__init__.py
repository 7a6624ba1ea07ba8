"""Reading meetings: the viewer first."""

from tettpaa.work.dialogue.queries.meetings import (
    Duty,
    MeetingLine,
    duty_of,
    kinds_of,
    may_propose,
    meetings_of,
    next_meeting,
    school_kinds,
    waiting,
    years_ended,
    years_with_meetings,
)
from tettpaa.work.dialogue.queries.minutes import (
    agenda_of,
    comments_of,
    minutes_of,
    newest_version,
    proposals_of,
    public_minutes,
    rows_of,
)
from tettpaa.work.dialogue.queries.package import Package, PartView, package_of
from tettpaa.work.dialogue.queries.panels import items, knot, meeting_counts, meeting_states

__all__ = [
    "Duty",
    "MeetingLine",
    "Package",
    "PartView",
    "agenda_of",
    "comments_of",
    "duty_of",
    "items",
    "kinds_of",
    "knot",
    "may_propose",
    "meeting_counts",
    "meeting_states",
    "meetings_of",
    "minutes_of",
    "newest_version",
    "next_meeting",
    "package_of",
    "proposals_of",
    "public_minutes",
    "rows_of",
    "school_kinds",
    "waiting",
    "years_ended",
    "years_with_meetings",
]
