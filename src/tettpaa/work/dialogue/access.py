"""Who may have which meeting, and as what. What is not there for the viewer looks like nothing at all (R4).

Taking part, reading the package, and reading what is exempt are three different things (practice.md (1)).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import Http404

from tettpaa.core.orgs.enums import Voice
from tettpaa.core.orgs.models import Body, Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.queries import bodies_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.dialogue.enums import MeetingState, PartState, Side
from tettpaa.work.dialogue.models import (
    AgendaItem,
    AgreementRow,
    Meeting,
    MeetingKind,
    PackagePart,
    Paragraph,
    Proposal,
)

YOUNG_OR_PARENT: Final = {Voice.PUPILS, Voice.PARENTS}


@dataclass(frozen=True)
class Standing:
    """What the viewer is to a meeting. `side` is the party the viewer belongs to, if any."""

    role: str
    leads: bool
    is_school: bool
    approves: Side | None
    reads_all: bool
    reads_exempt: bool
    bodies: tuple[Body, ...]

    @property
    def side(self) -> Side | None:
        if self.leads:
            return Side.OWNER
        return Side.SCHOOL if self.is_school else None

    @property
    def writes(self) -> bool:
        """May write in the minutes: both sides, several at once."""
        return self.leads or self.is_school

    def speaks_for(self, body_id: int | None) -> bool:
        return body_id is not None and any(body.pk == body_id for body in self.bodies)

    def owns(self, part: PackagePart) -> bool:
        """Only the owner of a part writes, shares or withdraws it."""
        if part.body_id is not None:
            return self.speaks_for(part.body_id)
        if not part.side:
            return self.writes
        return self.side == part.side

    def reads(self, part: PackagePart) -> bool:
        return self.owns(part) or (self.reads_all and part.state == PartState.SHARED)


def place_of(meeting: Meeting) -> Unit:
    """Where the meeting's permissions are asked for: its school, or the owner for the owner's own."""
    return meeting.school or meeting.owner


def standing(viewer: Viewer, meeting: Meeting, owners_bodies: Sequence[Body] | None = None) -> Standing:
    """What the viewer is to the meeting. Two queries at most: the owner's bodies (unless given) and who takes part."""
    place = place_of(meeting)
    may = {permission: viewer.may(permission, place) for permission in _OF_MEETINGS}
    here = [grant for grant in viewer.grants if place.is_below(grant.unit)]
    roles = [grant.role.key for grant in here]
    bodies = tuple(
        body
        for body in (bodies_of(meeting.owner) if owners_bodies is None else owners_bodies)
        if body.role in roles and may[Permission.MEETINGS_PROPOSE] and body.voice
    )
    young = {body.role for body in bodies if body.voice in YOUNG_OR_PARENT}
    readers = [
        grant
        for grant in here
        if Permission.MEETINGS_READ in grant.role.permissions and grant.role.key not in young
    ]
    leads, is_school = may[Permission.MEETINGS_LEAD], may[Permission.MEETINGS_SCHOOL]
    approves = None
    if may[Permission.MEETINGS_APPROVE]:
        approves = Side.OWNER if leads else Side.SCHOOL if is_school else None
    return Standing(
        role=_speaking_role(roles, [grant.role.key for grant in readers]),
        leads=leads,
        is_school=is_school and not leads,
        approves=approves,
        reads_all=bool(readers),
        reads_exempt=leads
        or approves is not None
        or any(row.reads_exempt and row.role in roles for row in meeting.participants.all()),
        bodies=bodies,
    )


_OF_MEETINGS: Final = {
    Permission.MEETINGS_READ,
    Permission.MEETINGS_LEAD,
    Permission.MEETINGS_SCHOOL,
    Permission.MEETINGS_PROPOSE,
    Permission.MEETINGS_APPROVE,
}


def _speaking_role(roles: list[str], readers: list[str]) -> str:
    """The role under which the viewer's doings are shown: the strongest one here, else any."""
    return next(iter(readers), next(iter(roles), ""))


def may_open(viewer: Viewer, meeting: Meeting) -> bool:
    """At a school: who may read meetings there. At the owner: the same, or a role that takes part, once invited."""
    if viewer.may(Permission.MEETINGS_READ, place_of(meeting)):
        return True
    if meeting.school_id is not None or meeting.state == MeetingState.PLANNED:
        return False
    below = {grant.role.key for grant in viewer.grants if grant.unit.is_below(meeting.owner)}
    return any(row.role in below for row in meeting.participants.all())


def meeting_for_reading(viewer: Viewer, owner: Unit, school: Unit | None, pk: UUID) -> Meeting:
    """The meeting at exactly this place; else Http404."""
    meeting = (
        Meeting.objects.filter(pk=pk, owner=owner, school=school)
        .select_related("owner", "school", "kind", "goal", "agreement")
        .prefetch_related("participants")
        .first()
    )
    if meeting is None or not may_open(viewer, meeting):
        raise Http404
    return meeting


def meeting_for_leading(viewer: Viewer, owner: Unit, school: Unit | None, pk: UUID) -> Meeting:
    meeting = meeting_for_reading(viewer, owner, school, pk)
    if not viewer.may(Permission.MEETINGS_LEAD, place_of(meeting)):
        raise Http404
    return meeting


def meeting_for_writing(viewer: Viewer, owner: Unit, school: Unit | None, pk: UUID) -> Meeting:
    """For those of both sides who write the minutes."""
    meeting = meeting_for_reading(viewer, owner, school, pk)
    if not standing(viewer, meeting).writes:
        raise Http404
    return meeting


def part_for_reading(viewer: Viewer, meeting: Meeting, pk: UUID) -> PackagePart:
    part = meeting.parts.select_related("body", "meeting").filter(pk=pk).first()
    if part is None or not standing(viewer, meeting).reads(part):
        raise Http404
    return part


def part_for_writing(viewer: Viewer, meeting: Meeting, pk: UUID) -> PackagePart:
    part = meeting.parts.select_related("body", "meeting").filter(pk=pk).first()
    if part is None or not standing(viewer, meeting).owns(part):
        raise Http404
    return part


def body_for_proposing(viewer: Viewer, meeting: Meeting, key: str) -> Body:
    """The body of the owner that the viewer speaks for at this meeting."""
    found = [body for body in standing(viewer, meeting).bodies if body.key == key]
    if not found:
        raise Http404
    return found[0]


def proposal_for_answering(viewer: Viewer, meeting: Meeting, pk: UUID) -> Proposal:
    """Both sides may answer what a body proposes; the body itself may not."""
    found = meeting.proposals.select_related("body").filter(pk=pk).first()
    if found is None or not standing(viewer, meeting).writes:
        raise Http404
    return found


def item_of(meeting: Meeting, pk: UUID) -> AgendaItem:
    found = meeting.items.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def paragraph_for_writing(viewer: Viewer, meeting: Meeting, pk: UUID) -> Paragraph:
    found = meeting.paragraphs.select_related("item").filter(pk=pk, is_struck=False).first()
    who = standing(viewer, meeting)
    if found is None or not who.writes or (found.basis and not who.reads_exempt):
        raise Http404
    return found


def row_for_writing(viewer: Viewer, meeting: Meeting, pk: UUID) -> AgreementRow:
    found = meeting.rows.select_related("goal").filter(pk=pk, is_struck=False).first()
    if found is None or not standing(viewer, meeting).writes:
        raise Http404
    return found


def kind_for_editing(viewer: Viewer, owner: Unit, key: str) -> MeetingKind:
    found = MeetingKind.objects.filter(owner=owner, key=key).first()
    if found is None or not viewer.may(Permission.MEETINGS_LEAD, owner):
        raise Http404
    return found
