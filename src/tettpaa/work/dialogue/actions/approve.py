"""From commented draft to public minutes: sealed, approved by both sides, published without what is exempt."""

import json
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tettpaa.core.audit.seal import canonical, fingerprint
from tettpaa.core.ui.formats import known
from tettpaa.work.dialogue.actions.errors import ChangedSinceError, RefusedError
from tettpaa.work.dialogue.actions.steps import send_letters, take_step, tell
from tettpaa.work.dialogue.dates import tell_wheel
from tettpaa.work.dialogue.enums import LetterKind, MeetingState, Side
from tettpaa.work.dialogue.models import Approval, FrozenPackage, Meeting, MinutesVersion, PublicMinutes
from tettpaa.work.dialogue.sealing import minutes_content, public_content


@transaction.atomic
def close_comments(*, meeting: Meeting, by: str, at: datetime | None = None) -> MinutesVersion:
    """The comments are in: the text is sealed as a version, and that is what both sides approve."""
    when = at or timezone.now()
    take_step(meeting, MeetingState.COMMENTED, by=by, at=when)
    package = FrozenPackage.objects.filter(meeting=meeting).values_list("sha256", flat=True).first() or ""
    text = canonical(minutes_content(meeting, package))
    version = MinutesVersion.objects.create(
        meeting=meeting,
        number=meeting.versions.count() + 1,
        content=text,
        sha256=fingerprint(text),
        at=when,
        by=by,
    )
    tell(meeting, "minutes_sealed", by, {"number": version.number, "sha256": version.sha256})
    return version


@transaction.atomic
def reopen_minutes(*, meeting: Meeting, reason: str, by: str, at: datetime | None = None) -> Meeting:
    """Back to draft when a side will not approve. Approvals of the sealed version stay, and count for that one only."""
    if not reason.strip():
        raise RefusedError(_("Skriv hva som må rettes."))
    take_step(meeting, MeetingState.DRAFT, by=by, at=at, reason=reason)
    return meeting


def sides_of(meeting: Meeting) -> tuple[Side, ...]:
    """Who must approve: both parties, or the owner alone for a meeting of its own."""
    return (Side.SCHOOL, Side.OWNER) if meeting.school_id else (Side.OWNER,)


@transaction.atomic
def approve(
    *, meeting: Meeting, side: Side, role: str, seen: str, by: str, at: datetime | None = None
) -> Approval:
    """A side approves the newest version, if it is the one it saw (`seen`, its fingerprint).

    With the last side's approval the meeting goes on to approved. Raises ChangedSinceError, RefusedError.
    """
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    version = held.versions.order_by("-number").first()
    if held.state != MeetingState.COMMENTED or version is None:
        raise RefusedError(_("Referatet er ikke klart til godkjenning."))
    if version.sha256 != seen:
        raise ChangedSinceError(_("Referatet er endret siden du leste det. Les det på nytt, og godkjenn så."))
    if version.approvals.filter(side=side).exists():
        raise RefusedError(_("Dere har alt godkjent dette referatet."))
    if version.approvals.filter(by=by).exists():
        raise RefusedError(_("Du har godkjent for den andre siden. Én person kan ikke godkjenne for begge."))
    made = Approval.objects.create(
        version=version, side=side, role=role, sha256=version.sha256, at=at or timezone.now(), by=by
    )
    tell(meeting, "minutes_approved", by, {"side": side, "sha256": version.sha256})
    if set(version.approvals.values_list("side", flat=True)) >= set(sides_of(meeting)):
        take_step(meeting, MeetingState.APPROVED, by=by, at=at)
        tell_wheel(meeting, by=by, at=at)
    return made


@transaction.atomic
def publish(*, meeting: Meeting, by: str, at: datetime | None = None) -> PublicMinutes:
    """Approved → published: the public minutes are made from the approved version, and the bodies get a letter."""
    version = meeting.versions.order_by("-number").first()
    take_step(meeting, MeetingState.PUBLISHED, by=by, at=at)
    if version is None:  # pragma: no cover - the path to approved goes through a version
        raise RefusedError(_("Referatet er ikke klart til godkjenning."))
    content = public_content(json.loads(version.content), _written_in(meeting))
    content["approved"] = [
        {"side": row.side, "role": row.role, "on": timezone.localdate(row.at).isoformat()}
        for row in version.approvals.all()
    ]
    text = canonical(content)
    made = PublicMinutes.objects.create(
        meeting=meeting,
        version=version,
        content=text,
        sha256=fingerprint(text),
        at=at or timezone.now(),
        by=by,
    )
    tell(meeting, "minutes_published", by, {"sha256": made.sha256})
    send_letters(meeting, LetterKind.PUBLIC, by=by)
    return made


def _written_in(meeting: Meeting) -> str:
    """The school's main written language, else bokmål: the law is cited in the language the minutes are in."""
    return known((meeting.school.main_language if meeting.school else "") or "nb")
