"""Which meetings there are for the viewer, and what each of them waits for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from tettpaa.core.orgs.models import Body, Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.queries import bodies_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.dialogue.access import Standing, may_open, standing
from tettpaa.work.dialogue.dates import address_of
from tettpaa.work.dialogue.enums import (
    BEFORE_FREEZING,
    BEFORE_MEETING,
    ENDED,
    Level,
    MeetingState,
    PartKey,
    PartState,
    ProposalState,
    Side,
)
from tettpaa.work.dialogue.models import (
    AgreementRow,
    Meeting,
    MeetingKind,
    MinutesVersion,
    PackagePart,
    Participant,
    Proposal,
)

_WRITTEN_BY_SCHOOL: Final = {PartState.MISSING, PartState.PRIVATE, PartState.WITHDRAWN}


@dataclass(frozen=True)
class Duty:
    """What the viewer owes the meeting now: a key of `pages.DUTIES`, when it is due, and the page where it is done."""

    key: str
    due_on: date | None
    meeting: Meeting
    route: str = "meeting"
    part: PackagePart | None = None

    @property
    def address(self) -> str:
        """Reckoned when it is shown: a list shows few of its lines."""
        return address_of(self.meeting, self.route, **({"part": self.part.pk} if self.part else {}))


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in a list."""

    meeting: Meeting
    duty: Duty | None

    @property
    def address(self) -> str:
        return address_of(self.meeting)

    @property
    def place(self) -> str:
        return (self.meeting.school or self.meeting.owner).label


def _at(owner: Unit, school: Unit | None) -> QuerySet[Meeting]:
    found = Meeting.objects.filter(owner=owner)
    return found if school is None else found.filter(school=school)


def _for_duties(found: QuerySet[Meeting], owner: Unit, viewer: Viewer) -> list[Meeting]:
    """With the little that `duty_of` asks of each state, never the long texts; a query or none for each of them."""
    # Prefetched, not joined: hundreds of meetings share a few kinds with long lists in them.
    awaited = Proposal.objects.filter(meeting=OuterRef("pk"), state=ProposalState.WAITING)
    meetings: list[Meeting] = list(
        found.annotate(has_waiting=Exists(awaited)).prefetch_related("school", "kind")
    )
    for one in meetings:
        one.owner = owner
    leads = viewer.may(Permission.MEETINGS_LEAD, owner)
    # Of those who take part a list asks who reads what is exempt, and at the owner who may open the meeting; who
    # leads may do both.
    there = Participant.objects.filter(Q(reads_exempt=True) | Q(meeting__school=None))
    prefetch_related_objects(
        [] if leads else meetings, Prefetch("participants", there.only("meeting", "role", "reads_exempt"))
    )
    parts = PackagePart.objects.filter(state__in=_WRITTEN_BY_SCHOOL)
    if leads:  # then the questions are the only part that may wait for the viewer
        parts = parts.filter(key=PartKey.QUESTIONS)
    parts = parts.only("meeting", "key", "side", "body", "state")
    rows = AgreementRow.objects.filter(is_struck=False).only("meeting", "is_struck")
    versions = MinutesVersion.objects.only("meeting", "number")
    for states, wanted in (
        ({MeetingState.OPEN}, [Prefetch("parts", parts)]),
        ({MeetingState.PUBLISHED}, [Prefetch("rows", rows)]),
        ({MeetingState.COMMENTED}, [Prefetch("versions", versions), "versions__approvals"]),
    ):
        prefetch_related_objects([one for one in meetings if one.state in states], *wanted)
    return meetings


def years_ended(owner: Unit, school: Unit | None = None) -> list[int]:
    """School years with meetings that nobody has anything left to do with, the newest first."""
    years = _at(owner, school).filter(state__in=ENDED).order_by("-year").values_list("year", flat=True)
    return list(years.distinct())


def meetings_of(
    viewer: Viewer, owner: Unit, *, school: Unit | None = None, today: date, ended_in: Collection[int] = ()
) -> list[MeetingLine]:
    """The meetings the viewer may open, coming ones first by date, then the past ones, newest first.

    Those that nobody has anything left to do with are there only for the school years `ended_in`.
    """
    found = _for_duties(_at(owner, school).filter(~Q(state__in=ENDED) | Q(year__in=ended_in)), owner, viewer)
    bodies = bodies_of(owner)
    lines = [
        MeetingLine(meeting, _owed(viewer, meeting, bodies, today))
        for meeting in found
        if may_open(viewer, meeting)
    ]
    now = timezone.now()
    coming = [line for line in lines if line.meeting.starts_at >= now]
    past = [line for line in lines if line.meeting.starts_at < now]
    return [*coming, *reversed(past)]


def _owed(viewer: Viewer, meeting: Meeting, bodies: Sequence[Body], today: date) -> Duty | None:
    """What the viewer owes the meeting; of an ended one nobody owes anything, whoever they are to it."""
    return None if meeting.state in ENDED else duty_of(meeting, standing(viewer, meeting, bodies), today)


def duty_of(meeting: Meeting, who: Standing, today: date) -> Duty | None:
    """The one thing the meeting waits for from this viewer; None when it waits for somebody else."""
    if meeting.state in ENDED:
        return None
    if who.leads:
        return _owners_duty(meeting, who, today)
    if who.is_school:
        return _schools_duty(meeting, who, today)
    return _bodys_duty(meeting, who, today)


def waiting(meeting: Meeting) -> list[Proposal]:
    """Proposals nobody has answered, the oldest first."""
    return [one for one in meeting.proposals.all() if one.state == ProposalState.WAITING]


def _is_waited_for(meeting: Meeting) -> bool:
    """Whether a proposal lacks its answer; a list has asked that of all its meetings at once."""
    told: bool | None = getattr(meeting, "has_waiting", None)
    return bool(waiting(meeting)) if told is None else told


def _page(meeting: Meeting, key: str, due_on: date | None, route: str = "meeting") -> Duty:
    return Duty(key, due_on, meeting, route)


def _owners_duty(meeting: Meeting, who: Standing, today: date) -> Duty | None:
    state = meeting.state
    if state in {*BEFORE_FREEZING, MeetingState.FROZEN} and _is_waited_for(meeting):
        return _page(meeting, "answer", meeting.agenda_by)
    if state == MeetingState.OPEN:
        questions = [part for part in meeting.parts.all() if part.key == PartKey.QUESTIONS]
        if questions and questions[0].state in _WRITTEN_BY_SCHOOL:
            return Duty("questions", timezone.localdate(meeting.freezes_at), meeting, "part", questions[0])
        return _page(meeting, "freeze", timezone.localdate(meeting.freezes_at))
    plain = {
        MeetingState.PLANNED: ("invite", meeting.opens_on, "meeting"),
        MeetingState.INVITED: ("open", meeting.opens_on, "meeting"),
        MeetingState.FROZEN: ("send_agenda", meeting.agenda_by, "meeting"),
        MeetingState.HELD: ("write_minutes", meeting.minutes_by, "minutes"),
        MeetingState.DRAFT: ("close_comments", meeting.approve_by, "minutes"),
        MeetingState.APPROVED: ("publish", None, "minutes"),
        MeetingState.FOLLOWED: ("close", None, "meeting"),
        MeetingState.POSTPONED: ("new_day", None, "setup"),
    }
    if state in plain:
        key, due, route = plain[MeetingState(state)]
        return _page(meeting, key, due, route)
    if state == MeetingState.PUBLISHED:
        rows = any(not row.is_struck for row in meeting.rows.all())
        return _page(meeting, "agreement" if rows and not meeting.agreement_id else "follow", None)
    return _in_meeting(meeting, today) or _approval(meeting, who)


def _schools_duty(meeting: Meeting, who: Standing, today: date) -> Duty | None:
    if meeting.state == MeetingState.OPEN:
        mine = [
            part
            for part in meeting.parts.all()
            if part.side == Side.SCHOOL and part.state in _WRITTEN_BY_SCHOOL
        ]
        if mine:
            return Duty("analysis", timezone.localdate(meeting.freezes_at), meeting, "part", mine[0])
    if meeting.state in {*BEFORE_FREEZING, MeetingState.FROZEN} and _is_waited_for(meeting):
        return _page(meeting, "answer", meeting.agenda_by)
    if meeting.state == MeetingState.DRAFT:
        return _page(meeting, "comment", meeting.approve_by, "minutes")
    return _in_meeting(meeting, today) or _approval(meeting, who)


def _bodys_duty(meeting: Meeting, who: Standing, today: date) -> Duty | None:
    voices = [
        part
        for part in (meeting.parts.all() if meeting.state == MeetingState.OPEN else ())
        if who.speaks_for(part.body_id)
        and part.state in {PartState.MISSING, PartState.PRIVATE, PartState.WITHDRAWN}
    ]
    if voices:
        due = timezone.localdate(meeting.freezes_at)
        return Duty("voice", due, meeting, "part", voices[0])
    if who.bodies and may_propose(meeting, today):
        return _page(meeting, "propose", meeting.proposals_until, "propose")
    return None


def may_propose(meeting: Meeting, today: date) -> bool:
    return meeting.state in BEFORE_FREEZING and today <= meeting.proposals_until


def _in_meeting(meeting: Meeting, today: date) -> Duty | None:
    if meeting.state == MeetingState.AGENDA and timezone.localdate(meeting.starts_at) <= today:
        return _page(meeting, "in_meeting", timezone.localdate(meeting.starts_at), "minutes")
    return None


def _approval(meeting: Meeting, who: Standing) -> Duty | None:
    if meeting.state != MeetingState.COMMENTED or who.approves is None:
        return None
    newest = max(meeting.versions.all(), key=lambda version: version.number)
    if any(row.side == who.approves for row in newest.approvals.all()):
        return None
    return _page(meeting, "approve", meeting.approve_by, "minutes")


def kinds_of(owner: Unit, *, also_ended: bool = False) -> list[MeetingKind]:
    """The owner's kinds of meeting, in the owner's order."""
    found = MeetingKind.objects.filter(owner=owner)
    return list(found if also_ended else found.filter(is_active=True))


def school_kinds(owner: Unit) -> list[MeetingKind]:
    return [kind for kind in kinds_of(owner) if kind.level == Level.SCHOOL]


def next_meeting(owner: Unit, school: Unit, goal_id: object) -> Meeting | None:
    """The school's meeting in the thread of a goal: the last held that has it, else the coming, else any coming."""
    found = list(
        Meeting.objects.filter(owner=owner, school=school)
        .exclude(state=MeetingState.CANCELLED)
        .select_related("owner", "school", "kind", "agreement")
        .prefetch_related("rows", "participants")
        .order_by("-starts_at")
    )
    about = [
        one
        for one in found
        if one.goal_id == goal_id or any(row.goal_id == goal_id for row in one.rows.all())
    ]
    coming = [one for one in found if one.state in {*BEFORE_MEETING, MeetingState.POSTPONED}]
    held = [one for one in about if one not in coming]
    return next(iter([*held, *about, *coming]), None)


def coming_meeting(meeting: Meeting) -> Meeting | None:
    """The next meeting of the same school after this one, if it is planned."""
    rows = Meeting.objects.filter(school=meeting.school_id, starts_at__gt=meeting.starts_at)
    return rows.filter(state__in=BEFORE_MEETING).order_by("starts_at").first()


def years_with_meetings(owner: Unit) -> list[int]:
    return sorted(set(Meeting.objects.filter(owner=owner).values_list("year", flat=True)), reverse=True)
