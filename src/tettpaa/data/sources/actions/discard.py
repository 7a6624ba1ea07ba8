"""Throwing a file away before it was published. The bytes go too, unless another import has the same ones."""

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.data.sources.actions.states import move
from tettpaa.data.sources.enums import State
from tettpaa.data.sources.files import path_of
from tettpaa.data.sources.models import Import, StoredFile
from tettpaa.data.sources.queries import open_states


@transaction.atomic
def discard_import(*, row: Import, by: str) -> None:
    """Discard a file that waits for a person. Raises StaleError when it has moved on."""
    move(
        row.pk,
        to=State.DISCARDED,
        come_from=open_states(row),
        version=row.version,
        file=None,
        excerpt={},
        finished_at=timezone.now(),
        finished_by=by,
    )
    record(
        kind="sources.file_discarded",
        by=by,
        subject=row.file_name,
        subject_key=str(row.pk),
        owner=row.owner.code if row.owner else "",
        detail={"sha256": row.file.sha256 if row.file else ""},
    )
    if row.file is not None and not row.file.imports.exists():
        sha256 = row.file.sha256
        StoredFile.objects.filter(pk=row.file.pk).delete()
        # A crash before this line leaves a file that the sweeper finds.
        transaction.on_commit(lambda: _remove(sha256))


def _remove(sha256: str) -> None:
    if not StoredFile.objects.filter(sha256=sha256).exists():
        path_of(sha256).unlink(missing_ok=True)
