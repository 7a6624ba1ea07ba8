"""The dates of a meeting: reckoned from its kind, and put in the year wheel for those who owe something."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from tettpaa.work.dialogue.enums import MeetingState
from tettpaa.work.dialogue.models import Meeting, MeetingKind
from tettpaa.work.yearwheel.actions.dates import drop_date, finish_date, put_date

FREEZES = time(6, 0)  # when the daily round begins: the day before is the last day to write
HEAD = "head_of_schools"
PRINCIPAL = "principal"


@dataclass(frozen=True)
class Dates:
    """All dates of a meeting, as the model's fields call them."""

    opens_on: date
    proposals_until: date
    freezes_at: datetime
    agenda_by: date
    minutes_by: date
    approve_by: date


def dates_of(kind: MeetingKind, starts_at: datetime) -> Dates:
    """Counted back (and on) from the meeting's day, in local time."""
    day = timezone.localtime(starts_at).date()
    locks_on = day - timedelta(kind.days_freeze)
    return Dates(
        opens_on=day - timedelta(kind.days_open),
        proposals_until=day - timedelta(kind.days_proposals),
        freezes_at=timezone.make_aware(datetime.combine(locks_on, FREEZES)),
        agenda_by=day - timedelta(kind.days_agenda),
        minutes_by=day + timedelta(kind.days_minutes),
        approve_by=day + timedelta(kind.days_approval),
    )


def address_of(meeting: Meeting, route: str = "meeting", **more: object) -> str:
    """The address of one of the meeting's pages: at its school, or at the owner."""
    places = {"owner": meeting.owner.code, "meeting": meeting.pk, **more}
    if meeting.school is None:
        return reverse(f"dialogue:owner_{route}", kwargs=places)
    return reverse(f"dialogue:{route}", kwargs={**places, "school": meeting.school.code})


def _source(meeting: Meeting, what: str) -> str:
    return f"dialogue.meeting:{meeting.pk}:{what}"


# What each date is called in the wheel, who owes it, and the states in which it is behind us.
_AFTER_OPEN = {
    MeetingState.OPEN, MeetingState.FROZEN, MeetingState.AGENDA, MeetingState.HELD, MeetingState.DRAFT,
    MeetingState.COMMENTED, MeetingState.APPROVED, MeetingState.PUBLISHED, MeetingState.FOLLOWED,
    MeetingState.CLOSED,
}  # fmt: skip
_AFTER_FREEZE = _AFTER_OPEN - {MeetingState.OPEN}
_AFTER_AGENDA = _AFTER_FREEZE - {MeetingState.FROZEN}
_AFTER_HELD = _AFTER_AGENDA - {MeetingState.AGENDA}
_AFTER_DRAFT = _AFTER_HELD - {MeetingState.HELD}
_AFTER_APPROVAL = _AFTER_DRAFT - {MeetingState.DRAFT, MeetingState.COMMENTED}


def tell_wheel(meeting: Meeting, *, by: str, at: datetime | None = None) -> None:
    """Put, finish or take away the meeting's dates in the year wheel, after what state it is in."""
    if meeting.state in {MeetingState.POSTPONED, MeetingState.CANCELLED}:
        for what, *_rest in _lines(meeting):
            drop_date(source=_source(meeting, what), by=by, owner=meeting.owner)
        return
    address = address_of(meeting)
    for what, title, due_on, role, behind in _lines(meeting):
        put_date(
            owner=meeting.owner,
            school=meeting.school,
            source=_source(meeting, what),
            title=title,
            due_on=due_on,
            role=role,
            address=address,
            by=by,
        )
        if meeting.state in behind:
            finish_date(source=_source(meeting, what), by=by, owner=meeting.owner, at=at)


def end_proposals(meeting: Meeting, *, by: str, at: datetime | None = None) -> None:
    """The last day for proposals has passed: nobody has to answer for that date, and it is not late."""
    finish_date(source=_source(meeting, "proposals"), by=by, owner=meeting.owner, at=at)


def _lines(meeting: Meeting) -> list[tuple[str, str, date, str, set[MeetingState]]]:
    """(what, title, date, role, states in which it is done)."""
    name = meeting.kind.name
    local = timezone.localtime
    school_role = PRINCIPAL if meeting.school_id else HEAD
    return [
        ("package", f"{name}: møtepakken åpner", meeting.opens_on, school_role, _AFTER_OPEN),
        ("proposals", f"{name}: siste dag for forslag til saker", meeting.proposals_until, school_role, _AFTER_FREEZE),
        ("freeze", f"{name}: møtepakken låses", local(meeting.freezes_at).date(), school_role, _AFTER_FREEZE),
        ("agenda", f"{name}: saklista sendes", meeting.agenda_by, HEAD, _AFTER_AGENDA),
        ("meeting", name, local(meeting.starts_at).date(), school_role, _AFTER_HELD),
        ("minutes", f"{name}: referatet sendes", meeting.minutes_by, HEAD, _AFTER_DRAFT),
        ("approval", f"{name}: referatet godkjennes", meeting.approve_by, school_role, _AFTER_APPROVAL),
    ]  # fmt: skip
