"""Saving and removing what an owner has said about the columns of files."""

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.data.sources.mapping.profile import Profile
from tettpaa.data.sources.models import ColumnProfile


@transaction.atomic
def save_profile(*, owner: Unit, name: str, profile: Profile, by: str) -> ColumnProfile:
    """Save under the name, as a new version when something is different. The same again is the same row."""
    latest = ColumnProfile.objects.filter(owner=owner, name=name).order_by("-number").first()
    if latest is not None and latest.removed_at is None and latest.spec == profile.as_json():
        return latest
    row = ColumnProfile.objects.create(
        owner=owner,
        name=name,
        number=latest.number + 1 if latest else 1,
        spec=profile.as_json(),
        by=by,
    )
    record(
        kind="sources.profile_saved",
        by=by,
        subject=name,
        subject_key=str(row.pk),
        owner=owner.code,
        detail={"version": row.number, "columns": len(profile.columns)},
    )
    return row


@transaction.atomic
def remove_profile(*, row: ColumnProfile, by: str) -> None:
    """Files are no longer read by it. What was read stays, and so does the profile that it was read by."""
    found = ColumnProfile.objects.filter(owner=row.owner, name=row.name, removed_at=None)
    if not found.update(removed_at=timezone.now()):
        return
    record(
        kind="sources.profile_removed",
        by=by,
        subject=row.name,
        subject_key=str(row.pk),
        owner=row.owner.code,
        detail={"version": row.number},
    )
