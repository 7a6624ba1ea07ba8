"""Freezing the package: one transaction, so that a power cut leaves either all of it or nothing."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.seal import canonical, fingerprint
from tettpaa.work.dialogue.actions.steps import take_step, tell
from tettpaa.work.dialogue.dates import tell_wheel
from tettpaa.work.dialogue.enums import MeetingState
from tettpaa.work.dialogue.models import FrozenPackage, Meeting
from tettpaa.work.dialogue.sealing import package_content, releases_in


@transaction.atomic
def freeze(*, meeting: Meeting, by: str, at: datetime | None = None) -> FrozenPackage:
    """Open → frozen. Pins the releases of the figures and seals the whole content.

    The row is locked first, so that nobody writes, shares or withdraws between reading and sealing.
    Raises NotAllowedError when the package is not open.
    """
    when = at or timezone.now()
    take_step(meeting, MeetingState.FROZEN, by=by, at=when)
    content = package_content(meeting, timezone.localdate(when))
    text = canonical(content)
    frozen = FrozenPackage.objects.create(
        meeting=meeting,
        content=text,
        sha256=fingerprint(text),
        releases=releases_in(content),
        at=when,
        by=by,
    )
    tell(meeting, "package_frozen", by, {"sha256": frozen.sha256, "releases": frozen.releases})
    tell_wheel(meeting, by=by, at=when)
    return frozen
