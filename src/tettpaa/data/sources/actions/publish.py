"""Publishing a compared file: ordered by a person, done by the worker, all or nothing."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.jobs.actions import enqueue
from tettpaa.core.jobs.registry import Progress
from tettpaa.data.indicators.actions import discard_unfinished, publish
from tettpaa.data.indicators.models import Release
from tettpaa.data.sources.actions.check import store_outcome
from tettpaa.data.sources.actions.names import remember_matches
from tettpaa.data.sources.actions.states import StaleError, move
from tettpaa.data.sources.difference import difference_of
from tettpaa.data.sources.enums import State
from tettpaa.data.sources.examine import Examined, examine
from tettpaa.data.sources.files import path_of
from tettpaa.data.sources.lock import publishing_lock
from tettpaa.data.sources.models import Import

PUBLISH = "sources.publish"
log = logging.getLogger(__name__)


def order_publishing(*, row: Import, version: int, by: str) -> None:
    """Start publishing what the person saw: `version` is the one of the page. Twice gives one effect.

    Raises StaleError when the file has moved on, or another file of the source is being published.
    """
    owner = row.owner.code if row.owner else ""
    try:
        with transaction.atomic():
            job = enqueue(kind=PUBLISH, arguments={"import": str(row.pk), "by": by}, by=by, owner=owner)
            move(
                row.pk,
                to=State.PUBLISHING,
                come_from=[State.COMPARED],
                version=version,
                job=job.pk,
                was_renewed=False,
            )
    except IntegrityError as error:
        raise StaleError("another file of this source is being published") from error


def publish_import(*, import_id: UUID, by: str, progress: Progress) -> None:
    """Read again, compare again under the lock, publish. May run again after a crash."""
    row = Import.objects.select_related("owner", "file").get(pk=import_id)
    if row.state != State.PUBLISHING or row.file is None:
        return
    try:
        with publishing_lock():
            discard_unfinished(older_than=timedelta(0))
            examined = examine(
                path=path_of(row.file.sha256),
                file_name=row.file_name,
                sha256=row.file.sha256,
                owner=row.owner,
                on_progress=lambda share, _rows: progress(int(share * 500), 1000),
            )
            if examined.comparison is None or difference_of(examined.comparison) != row.difference:
                _show_again(row, examined)
                return
            publish(
                comparison=examined.comparison,
                by=by,
                owner=row.owner,
                progress=lambda done, total: progress(500 + 500 * done // max(total, 1), 1000),
                within=lambda release: finish(row, release, examined, by=by),
            )
    except Exception:
        Import.objects.filter(pk=row.pk, state=State.PUBLISHING).update(state=State.FAILED)
        raise


def finish(row: Import, release: Release, examined: Examined, *, by: str) -> None:
    """What stands or falls with the release: the import's state, the names that were matched, the trail."""
    move(
        row.pk,
        to=State.PUBLISHED,
        come_from=[State.PUBLISHING],
        release=release,
        finished_at=timezone.now(),
        finished_by=by,
    )
    remember_matches(
        owner=row.owner, source=examined.reading.source, matches=examined.reading.matched_names, by=by
    )


@transaction.atomic
def _show_again(row: Import, examined: Examined) -> None:
    """Something else was published since the preview: nobody publishes a difference that was not shown."""
    store_outcome(row, examined, come_from=State.PUBLISHING)
    Import.objects.filter(pk=row.pk).update(was_renewed=True)
    record(
        kind="sources.preview_renewed",
        by="system",
        subject=row.file_name,
        subject_key=str(row.pk),
        owner=row.owner.code if row.owner else "",
    )
