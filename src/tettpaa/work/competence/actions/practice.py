"""Classroom walks and guidance between colleagues. Whose a note is, is kept here and not left to the pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.actions.development import NotHereError
from tettpaa.work.competence.actions.telling import tell
from tettpaa.work.competence.enums import GUIDANCE_PATHS, WALK_PATHS, GuidanceState, WalkState
from tettpaa.work.competence.models import (
    ClassroomWalk,
    Employee,
    PeerGuidance,
    PeerMember,
    PeerNote,
    PeerSession,
    WalkNote,
    WalkRound,
)
from tettpaa.work.competence.queries.frame import frame_of

COUNTED = (WalkState.TALKED, WalkState.CLOSED)


class NotAgreedError(Exception):
    """No walk is notified before staff have agreed on the theme and the unions have discussed it (AML § 9-2)."""


class TooFewError(Exception):
    """A pattern needs more walks than there are. `least` says how many."""

    def __init__(self, least: int) -> None:
        super().__init__(str(least))
        self.least = least


class NotYoursError(Exception):
    """The note belongs to somebody else."""


class WrongSizeError(Exception):
    """Colleagues guide each other in pairs or threes, at one school."""


@dataclass(frozen=True)
class NewRound:
    """What a school's walks are to be about: theme, what one looks for, why, and how long."""

    theme: str
    criteria: str
    purpose: str
    starts_on: date
    ends_on: date


@transaction.atomic
def start_round(*, owner: Unit, school: Unit, wanted: NewRound, by: str) -> WalkRound:
    """Begin a round of walks."""
    row = WalkRound.objects.create(
        owner=owner,
        school=school,
        theme=wanted.theme,
        criteria=wanted.criteria,
        purpose=wanted.purpose,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
    )
    tell("competence.round_started", owner, "klassevandring", row.pk, by)
    return row


@transaction.atomic
def agree_round(*, row: WalkRound, with_staff: date, with_unions: date, by: str) -> WalkRound:
    """Staff have agreed on the theme, and the unions have discussed it."""
    row.agreed_with_staff_on, row.discussed_with_unions_on = with_staff, with_unions
    row.version += 1
    row.save()
    tell("competence.round_agreed", row.owner, "klassevandring", row.pk, by)
    return row


@transaction.atomic
def evaluate_round(*, row: WalkRound, on: date, by: str) -> WalkRound:
    """Leaders and staff have looked at the walks together (AML § 9-2 third paragraph)."""
    row.evaluated_on = on
    row.version += 1
    row.save()
    tell("competence.round_evaluated", row.owner, "klassevandring", row.pk, by)
    return row


@transaction.atomic
def tell_pattern(*, row: WalkRound, text: str, on: date | None = None, by: str) -> WalkRound:
    """Say what shows across the walks, when there are enough of them, and of more than one teacher. TooFewError."""
    least = frame_of(row.owner).walks_for_pattern
    walks = row.walks.filter(state__in=COUNTED)
    if walks.count() < least or walks.values("teacher").distinct().count() < least:
        raise TooFewError(least)
    row.pattern, row.pattern_on = text, on or timezone.localdate()
    row.version += 1
    row.save()
    tell("competence.pattern_told", row.owner, "klassevandring", row.pk, by)
    return row


@dataclass(frozen=True)
class NewWalk:
    """When, in which grade, and for how long (10 to 20 minutes)."""

    on: date
    grade: int
    minutes: int = 15


@transaction.atomic
def plan_walk(*, row: WalkRound, teacher: Employee, wanted: NewWalk, by: str) -> ClassroomWalk:
    """Plan a walk in a teacher's class. `by` is who walks. Raises NotHereError."""
    if teacher.school_id != row.school_id:
        raise NotHereError
    walk = ClassroomWalk.objects.create(
        owner=row.owner,
        school=row.school,
        round=row,
        teacher=teacher,
        walker=by,
        on=wanted.on,
        grade=wanted.grade,
        minutes=wanted.minutes,
    )
    tell("competence.walk_planned", row.owner, "klassevandring", walk.pk, by)
    return walk


@transaction.atomic
def move_walk(*, walk: ClassroomWalk, to: str, next_step: str = "", by: str) -> ClassroomWalk:
    """One step of a walk. `next_step` is said in the talk. Raises NotAllowedError, NotAgreedError."""
    held = (
        ClassroomWalk.objects.select_for_update(of=("self",)).select_related("owner", "round").get(pk=walk.pk)
    )
    before = move(held, to, paths=WALK_PATHS)
    now = timezone.now()
    if to == WalkState.NOTIFIED:
        if not held.round.is_agreed:
            raise NotAgreedError
        held.notified_at = now
    if to == WalkState.DONE:
        held.done_at = now
    if to == WalkState.TALKED:
        held.talked_at, held.next_step = now, next_step
    held.version += 1
    held.save()
    tell("competence.walk_moved", held.owner, "klassevandring", held.pk, by, {"from": before, "to": to})
    return held


@transaction.atomic
def hand_over_note(
    *, walk: ClassroomWalk, seen: str, worked: str = "", question: str = "", by: str
) -> WalkNote:
    """The one who walked writes what was seen and heard, once, and hands it to the teacher: from then on it is the
    teacher's alone. Raises NotYoursError, NotAllowedError."""
    if walk.walker != by:
        raise NotYoursError
    if walk.state not in (WalkState.DONE, WalkState.TALKED) or WalkNote.objects.filter(walk=walk).exists():
        raise NotAllowedError(walk.state, "note")
    row = WalkNote.objects.create(
        owner=walk.owner,
        walk=walk,
        seen=seen,
        worked=worked,
        question=question,
        handed_over_at=timezone.now(),
    )
    tell("competence.note_handed_over", walk.owner, "klassevandring", walk.pk, by)
    return row


@transaction.atomic
def write_own_words(*, walk: ClassroomWalk, text: str, by: str) -> WalkNote:
    """The teacher adds to the note. Raises NotYoursError."""
    if walk.teacher.email != by.lower():
        raise NotYoursError
    row, _made = WalkNote.objects.get_or_create(
        walk=walk, defaults={"owner": walk.owner, "handed_over_at": timezone.now()}
    )
    row.own_words = text
    row.save(update_fields=["own_words"])
    tell("competence.note_written", walk.owner, "klassevandring", walk.pk, by)
    return row


@transaction.atomic
def delete_note(*, walk: ClassroomWalk, by: str) -> None:
    """The teacher deletes the note; only the teacher may. Raises NotYoursError."""
    if walk.teacher.email != by.lower():
        raise NotYoursError
    WalkNote.objects.filter(walk=walk).delete()
    tell("competence.note_deleted", walk.owner, "klassevandring", walk.pk, by)


@transaction.atomic
def start_guidance(
    *, members: Sequence[Employee], theme: str, contract: str = "", on: date | None = None, by: str
) -> PeerGuidance:
    """Two or three colleagues at a school agree to guide each other. Raises WrongSizeError."""
    schools = {one.school_id for one in members}
    school = members[0].school if members else None
    if school is None or len({one.pk for one in members}) not in (2, 3) or len(schools) != 1:
        raise WrongSizeError
    row = PeerGuidance.objects.create(
        owner=members[0].owner,
        school=school,
        theme=theme,
        contract=contract,
        starts_on=on or timezone.localdate(),
    )
    PeerMember.objects.bulk_create(PeerMember(owner=row.owner, guidance=row, employee=one) for one in members)
    tell("competence.guidance_started", row.owner, "kollegaveiledning", row.pk, by)
    return row


@transaction.atomic
def add_peer_session(*, row: PeerGuidance, kind: str, on: date, by: str) -> PeerSession:
    """A talk or an observation was held; the first sets the guidance going. Raises NotAllowedError when it is over."""
    held = PeerGuidance.objects.select_for_update(of=("self",)).select_related("owner").get(pk=row.pk)
    if held.state == GuidanceState.CONTRACTED:
        move(held, GuidanceState.RUNNING, paths=GUIDANCE_PATHS)
        held.save(update_fields=["state"])
    elif held.state != GuidanceState.RUNNING:
        raise NotAllowedError(held.state, GuidanceState.RUNNING)
    made = PeerSession.objects.create(owner=held.owner, guidance=held, kind=kind, on=on)
    tell("competence.guidance_held", held.owner, "kollegaveiledning", held.pk, by)
    return made


@transaction.atomic
def write_peer_note(*, row: PeerGuidance, author: Employee, text: str, by: str) -> PeerNote:
    """A learning note, for those in the guidance. Raises NotYoursError for anybody else."""
    if not row.members.filter(employee=author).exists():
        raise NotYoursError
    made = PeerNote.objects.create(owner=row.owner, guidance=row, author=author, text=text)
    tell("competence.guidance_noted", row.owner, "kollegaveiledning", row.pk, by)
    return made


@transaction.atomic
def conclude_guidance(*, row: PeerGuidance, on: date | None = None, by: str) -> PeerGuidance:
    """They are done. Raises NotAllowedError."""
    held = PeerGuidance.objects.select_for_update(of=("self",)).select_related("owner").get(pk=row.pk)
    move(held, GuidanceState.CONCLUDED, paths=GUIDANCE_PATHS)
    held.concluded_on = on or timezone.localdate()
    held.save(update_fields=["state", "concluded_on"])
    tell("competence.guidance_concluded", held.owner, "kollegaveiledning", held.pk, by)
    return held
