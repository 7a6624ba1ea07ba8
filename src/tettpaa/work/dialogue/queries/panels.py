"""What the room shows on others' pages: its knot of the thread, and its lines on the front pages."""

from datetime import date
from functools import partial
from typing import Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.formats import day
from tettpaa.core.ui.panels import Asked, Item, Knot, Link, Threads, Words, when_shown
from tettpaa.work.dialogue.access import may_open
from tettpaa.work.dialogue.dates import address_of
from tettpaa.work.dialogue.enums import BEFORE_MEETING, ENDED, MeetingState
from tettpaa.work.dialogue.models import Meeting
from tettpaa.work.dialogue.queries.meetings import MeetingLine, coming_meeting, meetings_of, next_meeting
from tettpaa.work.dialogue.wording import duty_words, roles_text, state_words


def meeting_states(asked: Asked) -> Threads:
    """The threads that a held meeting was about, by its own goal or by its promises'. One query."""
    held = Meeting.objects.filter(owner=asked.owner, school__isnull=False).exclude(
        state__in=[*BEFORE_MEETING, MeetingState.POSTPONED, MeetingState.CANCELLED]
    )
    found: dict[tuple[int, UUID], Literal["there", "missing", "later"]] = {}
    places = held.order_by().values_list("school", "goal", "rows__goal").distinct()
    for school, own, promised in places:
        found |= {(school, goal): "there" for goal in (own, promised) if school and goal is not None}
    return found


def knot(asked: Asked) -> Knot:
    """`Vi møttes 3. desember og snakket om det.` Missing when the school has no meeting at all."""
    if asked.school is None:
        return Knot(Link.MEETING, "later", (Words(_("Skolene og skoleeier møtes for å snakke om det.")),))
    meeting = next_meeting(asked.owner, asked.school, asked.goal)
    if meeting is None:
        return Knot(
            Link.MEETING,
            "missing",
            (Words(_("Vi har ikke satt en dag for dialogmøtet.")),),
            whose=_("skoleeier"),
        )
    may = may_open(asked.viewer, meeting)
    address = address_of(meeting) if may else ""
    when = day(timezone.localtime(meeting.starts_at), get_language() or "nb")
    if meeting.state in {*BEFORE_MEETING, MeetingState.POSTPONED}:
        sentence = (Words(_("Vi møtes ")), Words(when, address), Words(_(" for å snakke om det.")))
        return Knot(Link.MEETING, "later", sentence, facts=(state_words(meeting),))
    said = (Words(_("Vi møttes ")), Words(when, address), Words(_(" og snakket om det.")))
    there = [row for row in meeting.participants.all() if row.was_present]
    facts = [state_words(meeting)]
    if coming := coming_meeting(meeting):
        facts.append(
            _("Neste møte %(day)s")
            % {"day": day(timezone.localtime(coming.starts_at), get_language() or "nb")}
        )
    if there and may:
        facts.append(_("Til stede: %(roles)s") % {"roles": roles_text([row.role for row in there])})
    return Knot(Link.MEETING, "there", said, facts=tuple(facts))


def items(asked: Asked) -> list[Item]:
    """What the viewer owes a meeting, and the coming meetings of the next weeks."""
    lines = meetings_of(asked.viewer, asked.owner, school=asked.school, today=asked.today)
    found = [_duty(line, asked.today) for line in lines if line.duty is not None]
    told = {line.meeting.pk for line in lines if line.duty is not None}
    found += [
        _coming(line)
        for line in lines
        if line.meeting.pk not in told
        and line.meeting.state in BEFORE_MEETING
        and 0 <= (timezone.localdate(line.meeting.starts_at) - asked.today).days <= 60
    ]
    return found


def _duty(line: MeetingLine, today: date) -> Item:
    assert line.duty is not None  # noqa: S101 - asked for only then
    due = line.duty.due_on
    return Item(
        kind="late" if due is not None and due < today else "due" if due is not None else "waiting",
        title=str(duty_words(line.duty.key).title),
        address=when_shown(partial(getattr, line.duty, "address")),
        when=due,
        place=line.place,
        note=line.meeting.kind.name,
        mine=True,
    )


def _coming(line: MeetingLine) -> Item:
    return Item(
        kind="due",
        title=line.meeting.kind.name,
        address=when_shown(partial(getattr, line, "address")),
        when=timezone.localdate(line.meeting.starts_at),
        place=line.place,
        note=state_words(line.meeting),
    )


def meeting_counts(owner: Unit, year: int) -> dict[str, int]:
    """For the report: how many meetings of the school year were planned, held and have approved minutes. Counts only."""
    states = list(Meeting.objects.filter(owner=owner, year=year).values_list("state", flat=True))
    off = {MeetingState.CANCELLED}
    before = {*BEFORE_MEETING, MeetingState.POSTPONED, *off}
    after = {*(ENDED - off), MeetingState.APPROVED, MeetingState.PUBLISHED, MeetingState.FOLLOWED}
    return {
        "planned": sum(state not in off for state in states),
        "held": sum(state not in before for state in states),
        "approved": sum(state in after for state in states),
    }
