"""The package: it opens, each part is written, shared and withdrawn by its owner, until all of it is frozen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tettpaa.core.audit.states import move
from tettpaa.core.audit.versions import save_changes
from tettpaa.core.orgs.models import Body
from tettpaa.core.orgs.queries import bodies_of
from tettpaa.core.ui.formats import day
from tettpaa.work.dialogue.actions.errors import FrozenError, RefusedError
from tettpaa.work.dialogue.actions.steps import send_letters, take_step, tell
from tettpaa.work.dialogue.dates import tell_wheel
from tettpaa.work.dialogue.enums import (
    BEFORE_FREEZING,
    PART_PATHS,
    LetterKind,
    MeetingState,
    PartKey,
    PartState,
    Side,
    Trace,
)
from tettpaa.work.dialogue.models import Addition, Meeting, PackagePart, PartLook, PartTrace

MOST_ANALYSIS: Final = 6000  # two pages of 3 000 characters, all four boxes together
MOST_VOICE: Final = 3000  # one page
MOST_QUESTIONS: Final = 3000
MOST_ADDITION: Final = 1500
BOXES: Final[Mapping[str, tuple[str, ...]]] = {
    PartKey.ANALYSIS: ("proud", "worried", "why", "doing"),
    PartKey.PUPILS: ("text",),
    PartKey.PARENTS: ("text",),
    PartKey.STAFF: ("text",),
    PartKey.QUESTIONS: ("text",),
}


def most_of(key: str) -> int:
    """The most characters a part has room for, over all its boxes."""
    if key == PartKey.ANALYSIS:
        return MOST_ANALYSIS
    return MOST_QUESTIONS if key == PartKey.QUESTIONS else MOST_VOICE


@transaction.atomic
def invite(*, meeting: Meeting, by: str, at: datetime | None = None) -> Meeting:
    """Planned → invited: letters go to all who take part, and the bodies may propose items."""
    take_step(meeting, MeetingState.INVITED, by=by, at=at)
    tell_wheel(meeting, by=by, at=at)
    send_letters(meeting, LetterKind.INVITATION, by=by, about=meeting.starts_at.isoformat())
    return meeting


@transaction.atomic
def open_package(*, meeting: Meeting, by: str, at: datetime | None = None) -> Meeting:
    """Invited → open: a part for each that owes one. The data sheet is shared from the start."""
    take_step(meeting, MeetingState.OPEN, by=by, at=at)
    when = at or timezone.now()
    PackagePart.objects.bulk_create(_first_parts(meeting, when))
    tell_wheel(meeting, by=by, at=at)
    return meeting


def _first_parts(meeting: Meeting, at: datetime) -> list[PackagePart]:
    place = {"owner": meeting.owner, "school": meeting.school, "meeting": meeting}
    data = PackagePart(
        **place, key=PartKey.DATA, side=Side.OWNER, state=PartState.SHARED, shared_at=at, order=60
    )
    questions = PackagePart(**place, key=PartKey.QUESTIONS, side=Side.OWNER, order=70)
    voices = [
        PackagePart(**place, key=f"voice_{body.voice}", body=body, order=20 + number)
        for number, body in enumerate(_speaking(meeting))
    ]
    if meeting.school is None:
        return [*voices, data, questions]
    return [PackagePart(**place, key=PartKey.ANALYSIS, side=Side.SCHOOL, order=10), *voices, data, questions]


def _speaking(meeting: Meeting) -> list[Body]:
    """The kind's bodies that are somebody's voice, at the level where the meeting is."""
    level = "school" if meeting.school_id else "owner"
    wanted = meeting.kind.bodies
    return [
        body for body in bodies_of(meeting.owner) if body.voice and body.level == level and body.key in wanted
    ]


def _open_part(part: PackagePart, at: datetime) -> PackagePart:
    """The part, locked together with its meeting; refused from the freezing time, also before the job has run."""
    meeting = Meeting.objects.select_for_update().get(pk=part.meeting_id)
    if meeting.state != MeetingState.OPEN:
        raise FrozenError(
            _("Pakken åpner %(day)s.") % {"day": day(meeting.opens_on, get_language() or "nb")}
            if meeting.state in BEFORE_FREEZING
            else _("Pakken er låst. Skriv et tillegg i stedet.")
        )
    if at >= meeting.freezes_at:
        raise FrozenError(_("Fristen er ute, og pakken låses nå."))
    return PackagePart.objects.select_for_update().get(pk=part.pk)


@transaction.atomic
def write_part(
    *, part: PackagePart, content: Mapping[str, str], version: int, by: str, at: datetime | None = None
) -> PackagePart:
    """Write all boxes of a part. A shared part stays shared. Raises ConflictError, FrozenError, RefusedError."""
    boxes = {box: content.get(box, "").replace("\r\n", "\n").strip() for box in BOXES[part.key]}
    most, written = most_of(part.key), sum(map(len, boxes.values()))
    if written > most:
        raise RefusedError(
            _("Teksten har %(written)s tegn. Det er plass til %(most)s.") % {"written": written, "most": most}
        )
    when = at or timezone.now()
    held = _open_part(part, when)
    part.content, part.written_at = boxes, when
    part.state = _moved(held, PartState.PRIVATE) if held.state == PartState.MISSING else held.state
    save_changes(part, version=version, fields=["content", "written_at", "state"])
    tell(part.meeting, "part_written", by, {"part": part.key, "characters": written})
    return part


def _moved(held: PackagePart, to: PartState) -> str:
    """The state after the move; raises NotAllowedError when it is not drawn."""
    move(held, to, paths=PART_PATHS)
    return held.state


@transaction.atomic
def share_part(*, part: PackagePart, by: str, at: datetime | None = None) -> PackagePart:
    """All in the meeting may read it from now. Refused while nothing is written."""
    when = at or timezone.now()
    held = _open_part(part, when)
    if part.key in BOXES and not any(held.content.values()):
        raise RefusedError(_("Skriv noe før du deler."))
    move(held, PartState.SHARED, paths=PART_PATHS)
    return _mark(part, held, Trace.SHARED, when, by, [])


@transaction.atomic
def withdraw_part(*, part: PackagePart, by: str, at: datetime | None = None) -> PackagePart:
    """Take it back until the package is frozen. The trace says when, and which roles had read it."""
    when = at or timezone.now()
    held = _open_part(part, when)
    seen = sorted(look.role for look in held.looks.all() if look.shared_at == held.shared_at)
    move(held, PartState.WITHDRAWN, paths=PART_PATHS)
    return _mark(part, held, Trace.WITHDRAWN, when, by, seen)


def _mark(
    part: PackagePart, held: PackagePart, what: Trace, at: datetime, by: str, seen: list[str]
) -> PackagePart:
    name = "shared_at" if what is Trace.SHARED else "withdrawn_at"
    setattr(held, name, at)
    held.version += 1
    held.save(update_fields=["state", "version", name])
    PartTrace.objects.create(part=held, what=what, seen_by=seen, at=at, by=by)
    tell(held.meeting, f"part_{what}", by, {"part": held.key})
    part.state, part.version = held.state, held.version
    setattr(part, name, at)
    return part


@transaction.atomic
def note_look(*, part: PackagePart, role: str, at: datetime | None = None) -> None:
    """Somebody of another side has read a shared part: the role, once for each sharing."""
    if part.state == PartState.SHARED and part.shared_at is not None:
        PartLook.objects.get_or_create(
            part=part, role=role, shared_at=part.shared_at, defaults={"at": at or timezone.now()}
        )


@transaction.atomic
def add_to_frozen(
    *, part: PackagePart, text: str, role: str, by: str, at: datetime | None = None
) -> Addition:
    """A dated addition beside a frozen part, by the part's owner, until the meeting is held."""
    meeting = Meeting.objects.select_for_update().get(pk=part.meeting_id)
    if meeting.state not in {MeetingState.FROZEN, MeetingState.AGENDA, MeetingState.POSTPONED}:
        raise FrozenError(_("Et tillegg skrives når pakken er låst, og før møtet er holdt."))
    if part.state != PartState.SHARED:
        raise RefusedError(_("Delen var ikke delt da pakken ble låst."))
    if len(text) > MOST_ADDITION:
        raise RefusedError(_("Et tillegg har plass til %(most)s tegn.") % {"most": MOST_ADDITION})
    added = Addition.objects.create(part=part, text=text, role=role, at=at or timezone.now(), by=by)
    tell(part.meeting, "addition_written", by, {"part": part.key})
    return added
