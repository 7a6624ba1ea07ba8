"""Withdrawing a release: its values go out of sight and what they replaced comes back. Nothing is deleted."""

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.data.indicators.enums import State
from tettpaa.data.indicators.models import Indicator, PublishedValue, Release


class NotWithdrawableError(ValueError):
    """The release is not published, or a later one builds on it."""


@transaction.atomic
def withdraw(*, release: Release, reason: str, by: str) -> None:
    """Take a published release back, with a reason that readers see. Only the newest on its values can be."""
    release = Release.objects.select_for_update().get(pk=release.pk)
    if release.state != State.PUBLISHED or not reason.strip():
        raise NotWithdrawableError("state")
    indicators = Indicator.objects.filter(key__in=release.indicators)
    mine = PublishedValue.objects.filter(
        indicator__in=indicators, period__in=release.periods, release=release
    )
    if mine.filter(superseded_by__isnull=False).exists():
        raise NotWithdrawableError("superseded")
    mine.update(superseded_by=release)
    PublishedValue.objects.filter(superseded_by=release).exclude(release=release).update(superseded_by=None)
    release.state = State.WITHDRAWN
    release.withdrawn_at, release.withdrawn_by, release.withdrawn_reason = timezone.now(), by, reason.strip()
    release.save()
    record(
        kind="indicators.release_withdrawn",
        by=by,
        subject=f"{release.source} {release.file_name}",
        subject_key=str(release.pk),
        owner=release.owner.code if release.owner else "",
        detail={"reason": release.withdrawn_reason},
    )
