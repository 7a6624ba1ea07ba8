"""Pictures in words and shapes on the meeting's pages: the state line, the countdown, the counter of characters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tettpaa.core.ui.formats import short_day
from tettpaa.work.dialogue.enums import MeetingState
from tettpaa.work.dialogue.models import Meeting

BOXES: Final = 14
REMINDERS: Final = (14, 7, 2)
_S = MeetingState
_AT: Final[Mapping[str, int]] = {
    _S.PLANNED: 0, _S.INVITED: 0, _S.OPEN: 1, _S.FROZEN: 2, _S.AGENDA: 2, _S.HELD: 3, _S.DRAFT: 4,
    _S.COMMENTED: 4, _S.APPROVED: 5, _S.PUBLISHED: 5, _S.FOLLOWED: 6, _S.CLOSED: 6,
}  # fmt: skip


@dataclass(frozen=True)
class Segment:
    """One of the six stretches of the road: `done`, `now` or `later`."""

    title: str
    text: str
    state: str


def road_of(meeting: Meeting) -> list[Segment]:
    """Six segments. A meeting that is put off says so in the segment where it stopped; the line stays."""
    off = meeting.state in {_S.POSTPONED, _S.CANCELLED}
    here = _AT.get(meeting.off_from if off and meeting.off_from else meeting.state, 0)
    tongue = get_language() or "nb"
    local = timezone.localtime
    lines = [
        (_("Planlagt"), short_day(meeting.planned_on, tongue)),
        (_("Pakken er åpen"), _("fra %(day)s") % {"day": short_day(meeting.opens_on, tongue)}),
        (_("Låst"), _clock(local(meeting.freezes_at), tongue)),
        (_("Møtet er holdt"), short_day(local(meeting.starts_at), tongue)),
        (_("Referatet er ute"), _("innen %(day)s") % {"day": short_day(meeting.minutes_by, tongue)}),
        (_("Godkjent av begge"), _("innen %(day)s") % {"day": short_day(meeting.approve_by, tongue)}),
    ]
    found = []
    for number, (title, text) in enumerate(lines):
        state = "done" if number < here else "now" if number == here else "later"
        if off and state == "now":
            title, text = str(_S(meeting.state).label), meeting.off_reason
        found.append(Segment(title, text, state))
    return found


def _clock(at: datetime, tongue: str) -> str:
    word = "at" if tongue == "en" else "kl."
    return f"{short_day(at, tongue)} {word}\u00a0{at.hour}"


@dataclass(frozen=True)
class Box:
    """One day of the countdown. `mark`: now, or the last reminder."""

    day: date
    is_past: bool
    is_now: bool
    is_reminder: bool


@dataclass(frozen=True)
class Countdown:
    """Fourteen boxes to a deadline, one a day."""

    days: int
    boxes: tuple[Box, ...]

    @property
    def text(self) -> str:
        if self.days <= 0:
            return _("i dag") if self.days == 0 else _("fristen er ute")
        return _("1 dag") if self.days == 1 else _("%(days)s dager") % {"days": self.days}


def countdown(meeting: Meeting, today: date) -> Countdown | None:
    """To the freezing while the package is open, to the meeting while the agenda is out; else None."""
    to = {
        MeetingState.OPEN: timezone.localdate(meeting.freezes_at),
        MeetingState.FROZEN: timezone.localdate(meeting.starts_at),
        MeetingState.AGENDA: timezone.localdate(meeting.starts_at),
    }.get(MeetingState(meeting.state))
    if to is None:
        return None
    days = (to - today).days
    first = to - timedelta(BOXES)
    boxes = tuple(
        Box(
            day=first + timedelta(number),
            is_past=first + timedelta(number) < today,
            is_now=first + timedelta(number) == today,
            is_reminder=(to - (first + timedelta(number))).days == REMINDERS[-1],
        )
        for number in range(BOXES)
    )
    return Countdown(days, boxes)


def waited_days(since: date, today: date) -> int:
    """How long a proposal has waited for its answer."""
    return max(0, (today - since).days)


def bar_height(minutes: int) -> int:
    """The agenda's bar: 3 px a minute, but never too small to see."""
    return max(16, min(120, minutes * 3))
