"""Setting up meetings: the whole year at once, another day, postponed, cancelled."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import roles
from tettpaa.core.orgs.queries import bodies_of
from tettpaa.work.dialogue.actions.errors import RefusedError, VoicesLastError
from tettpaa.work.dialogue.actions.steps import send_letters, take_step, tell
from tettpaa.work.dialogue.dates import dates_of, tell_wheel
from tettpaa.work.dialogue.enums import BEFORE_FREEZING, LetterKind, Level, MeetingState, Side
from tettpaa.work.dialogue.models import AgendaItem, Meeting, MeetingKind, Participant, Step
from tettpaa.work.plans.models import Goal
from tettpaa.work.yearwheel.rules import school_year_of


@dataclass(frozen=True)
class NewMeeting:
    """One line of the year's plan. `school` None: a meeting of the owner's own."""

    school: Unit | None
    starts_at: datetime
    place: str = ""
    goal: Goal | None = None


def refuse_voices_last(items: Sequence[Mapping[str, Any]]) -> None:
    """Raises VoicesLastError when the last item of several is the one that a voice opens."""
    if len(items) > 1 and items[-1].get("voice"):
        raise VoicesLastError(
            _("Elever, foreldre og ansatte skal ikke stå sist på saklista. Der blir tida knapp.")
        )


@transaction.atomic
def plan_meetings(
    *, owner: Unit, kind: MeetingKind, meetings: Sequence[NewMeeting], by: str, on: date | None = None
) -> list[Meeting]:
    """Set up several meetings of one kind: each with its dates, its agenda from the template, and who takes part.

    Raises RefusedError when a school has a meeting of the kind that year already, or the kind is not for schools.
    """
    refuse_voices_last(kind.items)
    return [_plan(owner, kind, wish, by, on or timezone.localdate()) for wish in meetings]


def _plan(owner: Unit, kind: MeetingKind, wish: NewMeeting, by: str, on: date) -> Meeting:
    if (wish.school is None) is (kind.level == Level.SCHOOL):
        raise RefusedError(_("Denne typen møte holdes et annet sted."))
    year = school_year_of(timezone.localtime(wish.starts_at).date())
    there = Meeting.objects.filter(kind=kind, school=wish.school, year=year, owner=owner)
    if wish.school and there.exclude(state=MeetingState.CANCELLED).filter(starts_at=wish.starts_at).exists():
        raise RefusedError(_("%(school)s har alt dette møtet.") % {"school": wish.school.label})
    meeting = Meeting.objects.create(
        owner=owner,
        school=wish.school,
        kind=kind,
        year=year,
        starts_at=wish.starts_at,
        place=wish.place or kind.place,
        goal=wish.goal,
        planned_on=on,
        **asdict(dates_of(kind, wish.starts_at)),
    )
    _invite_roles(meeting)
    AgendaItem.objects.bulk_create(
        AgendaItem(
            owner=owner,
            school=wish.school,
            meeting=meeting,
            number=number,
            title=item["title"],
            about=item.get("about", ""),
            minutes=item.get("minutes", 10),
            voice=item.get("voice", ""),
        )
        for number, item in enumerate(kind.items, start=1)
    )
    at = timezone.make_aware(datetime.combine(on, datetime.min.time()))
    Step.objects.create(meeting=meeting, after=MeetingState.PLANNED, at=at, by=by)
    tell(meeting, "meeting_planned", by, {"on": wish.starts_at.date().isoformat()})
    tell_wheel(meeting, by=by)
    return meeting


def _invite_roles(meeting: Meeting) -> None:
    """Who takes part: the kind's roles, and the kind's bodies by the roles that speak for them."""
    known = roles()
    rows = {}
    for role in meeting.kind.roles:
        side = Side.SCHOOL if known[role].owner_wide else Side.OWNER
        rows[role, side] = Participant(meeting=meeting, side=side, role=role)
    for body in bodies_of(meeting.owner):
        if body.key in meeting.kind.bodies and body.role:
            side = Side.SCHOOL if body.level == "school" else Side.OWNER
            rows[body.role, side] = Participant(meeting=meeting, side=side, role=body.role, body=body)
    Participant.objects.bulk_create(rows.values())


@transaction.atomic
def move_meeting(*, meeting: Meeting, starts_at: datetime, by: str, place: str | None = None) -> Meeting:
    """Another day before anybody has been sent an agenda: all dates follow. A frozen package needs `postpone`."""
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.state not in BEFORE_FREEZING:
        raise RefusedError(_("Pakken er låst. Utsett møtet i stedet, så får alle beskjed."))
    fields = {**asdict(dates_of(held.kind, starts_at)), "starts_at": starts_at}
    if place is not None:
        fields["place"] = place
    if held.state == MeetingState.OPEN:
        del fields["opens_on"]
    _write(held, meeting, fields)
    tell(meeting, "meeting_rescheduled", by, {"on": starts_at.date().isoformat()})
    tell_wheel(meeting, by=by)
    if held.state != MeetingState.PLANNED:
        send_letters(meeting, LetterKind.INVITATION, by=by, about=starts_at.isoformat())
    return meeting


@transaction.atomic
def postpone(*, meeting: Meeting, reason: str, by: str, at: datetime | None = None) -> Meeting:
    """Put the meeting off without a new day yet. What is frozen stays frozen."""
    fields = {"off_from": meeting.state, "off_reason": reason}
    take_step(meeting, MeetingState.POSTPONED, by=by, at=at, reason=reason, fields=fields)
    tell_wheel(meeting, by=by)
    send_letters(meeting, LetterKind.POSTPONED, by=by, about=meeting.starts_at.isoformat())
    return meeting


@transaction.atomic
def reschedule(
    *, meeting: Meeting, starts_at: datetime, by: str, place: str | None = None, at: datetime | None = None
) -> Meeting:
    """A new day for a postponed meeting. It comes back where it was, at the latest as frozen: a new agenda goes out."""
    back = meeting.off_from
    to = MeetingState.FROZEN if back == MeetingState.AGENDA else MeetingState(back)
    dates = asdict(dates_of(meeting.kind, starts_at))
    if to == MeetingState.FROZEN:
        del dates["opens_on"], dates["proposals_until"], dates["freezes_at"]
    elif to == MeetingState.OPEN:
        del dates["opens_on"]
    fields = {**dates, "starts_at": starts_at, "off_from": "", "off_reason": ""}
    if place is not None:
        fields["place"] = place
    take_step(meeting, to, by=by, at=at, fields=fields)
    tell_wheel(meeting, by=by)
    send_letters(meeting, LetterKind.INVITATION, by=by, about=starts_at.isoformat())
    return meeting


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, by: str, at: datetime | None = None) -> Meeting:
    take_step(meeting, MeetingState.CANCELLED, by=by, at=at, reason=reason, fields={"off_reason": reason})
    tell_wheel(meeting, by=by)
    send_letters(meeting, LetterKind.CANCELLED, by=by)
    return meeting


@transaction.atomic
def choose_goal(*, meeting: Meeting, goal: Goal | None, by: str) -> Meeting:
    """The goal whose thread the meeting stands in."""
    if goal is not None and goal.owner_id != meeting.owner_id:
        raise RefusedError(_("Målet hører ikke til her."))
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    _write(held, meeting, {"goal": goal})
    tell(meeting, "goal_chosen", by)
    return meeting


@transaction.atomic
def let_read_exempt(*, participant: Participant, may: bool, by: str) -> Participant:
    """Whether a role that takes part may read exempt parts; taking part alone gives no such right."""
    participant.reads_exempt = may
    participant.save(update_fields=["reads_exempt"])
    tell(participant.meeting, "exempt_readers_changed", by, {"role": participant.role, "may": may})
    return participant


def _write(held: Meeting, meeting: Meeting, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(held, name, value)
        setattr(meeting, name, value)
    held.version += 1
    held.save(update_fields=["version", *fields])
    meeting.version = held.version


@transaction.atomic
def save_kind(*, owner: Unit, key: str, fields: Mapping[str, Any], by: str) -> MeetingKind:
    """Write a kind of meeting, from the pack or in words. Meetings already set up keep their dates and agenda."""
    refuse_voices_last(fields.get("items", []))
    kind, made = MeetingKind.objects.update_or_create(owner=owner, key=key, defaults=dict(fields))
    record(
        kind="dialogue.kind_saved",
        by=by,
        subject=kind.name,
        subject_key=str(kind.pk),
        owner=owner.code,
        detail={"new": made},
    )
    return kind


@transaction.atomic
def end_kind(*, kind: MeetingKind, by: str) -> None:
    """The owner no longer uses the kind: gone if no meeting was of it, else out of use."""
    if kind.meetings.exists():
        kind.is_active = False
        kind.save(update_fields=["is_active"])
    else:
        MeetingKind.objects.filter(pk=kind.pk).delete()
    record(
        kind="dialogue.kind_ended",
        by=by,
        subject=kind.name,
        subject_key=str(kind.pk),
        owner=kind.owner.code,
    )
