"""The one way a meeting goes from state to state: locked, drawn, written down, with the year wheel told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.states import move
from tettpaa.core.jobs.actions import enqueue
from tettpaa.work.dialogue.enums import PATHS, LetterKind
from tettpaa.work.dialogue.models import Meeting, Step

LETTERS = "dialogue.letters"


@transaction.atomic
def take_step(
    meeting: Meeting,
    to: str,
    *,
    by: str,
    at: datetime | None = None,
    reason: str = "",
    fields: Mapping[str, Any] | None = None,
) -> Meeting:
    """Move the meeting along a drawn path and write what `fields` says. The row is locked while it is done.

    Raises NotAllowedError when the step is not drawn, also when somebody else has taken it in the meantime.
    """
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    before = move(held, to, paths=PATHS)
    for name, value in (fields or {}).items():
        setattr(held, name, value)
        setattr(meeting, name, value)
    held.version += 1
    held.save(update_fields=["state", "version", *(fields or {})])
    meeting.state, meeting.version = held.state, held.version
    Step.objects.create(meeting=held, before=before, after=to, at=at or timezone.now(), by=by, reason=reason)
    tell(meeting, "meeting_moved", by, {"from": before, "to": to})
    return meeting


def tell(meeting: Meeting, deed: str, by: str, detail: Mapping[str, Any] | None = None) -> None:
    """Write to the audit trail; `deed` is `noun_past`. No words of the meeting go there."""
    record(
        kind=f"dialogue.{deed}",
        by=by,
        subject=meeting.kind.name,
        subject_key=str(meeting.pk),
        owner=meeting.owner.code,
        detail={**(detail or {}), **({"school": meeting.school.code} if meeting.school else {})},
    )


def send_letters(meeting: Meeting, kind: LetterKind, *, by: str, about: str = "") -> None:
    """Queue the letters of one kind; `about` tells two rounds of the same kind apart (a new date)."""
    enqueue(
        kind=LETTERS,
        arguments={"meeting": str(meeting.pk), "letter": str(kind), "about": about},
        by=by,
        owner=meeting.owner.code,
    )
