"""Checking a received file in the worker: read, compare, keep what the page must show."""

import logging
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tettpaa.core.jobs.actions import enqueue
from tettpaa.core.jobs.registry import Progress
from tettpaa.data.sources.actions.receive import CHECK
from tettpaa.data.sources.actions.states import StaleError, move
from tettpaa.data.sources.difference import difference_of
from tettpaa.data.sources.enums import State
from tettpaa.data.sources.examine import Examined, examine
from tettpaa.data.sources.excerpt import excerpt_of
from tettpaa.data.sources.files import path_of
from tettpaa.data.sources.models import Import
from tettpaa.data.sources.problem_json import problem_to_json
from tettpaa.data.sources.queries import open_states

log = logging.getLogger(__name__)


def check_import(*, import_id: UUID, progress: Progress) -> None:
    """Read the file in the limited child and store problems or the difference. May run again after a crash."""
    row = Import.objects.select_related("owner", "file").get(pk=import_id)
    if row.state not in {State.RECEIVED, State.CHECKING} or row.file is None:
        return
    if row.state == State.RECEIVED:
        move(row.pk, to=State.CHECKING, come_from=[State.RECEIVED])
    try:
        examined = examine(
            path=path_of(row.file.sha256),
            file_name=row.file_name,
            sha256=row.file.sha256,
            owner=row.owner,
            on_progress=lambda share, _rows: progress(int(share * 1000), 1000),
        )
        store_outcome(row, examined, come_from=State.CHECKING)
    except StaleError:
        log.info("import %s was thrown away while it was checked", row.pk)
    except Exception:
        Import.objects.filter(pk=row.pk, state=State.CHECKING).update(state=State.FAILED)
        raise


def store_outcome(row: Import, examined: Examined, *, come_from: State) -> None:
    """Write what a check found; the file is then refused or ready to be published."""
    found: dict[str, Any] = {
        "source": examined.reading.source,
        "rows": examined.reading.rows,
        "problems": [problem_to_json(problem) for problem in examined.problems],
        "problem_count": examined.problem_count,
        "warnings": [problem_to_json(warning) for warning in examined.warnings],
        "checked_at": timezone.now(),
    }
    if examined.comparison is None:
        excerpt = excerpt_of(path_of(row.file.sha256), examined.problems) if row.file else {}
        found |= {"excerpt": excerpt, "columns": excerpt.get("width", 0), "difference": {}}
        move(row.pk, to=State.REJECTED, come_from=[come_from], **found)
    else:
        found |= {"excerpt": {}, "difference": difference_of(examined.comparison)}
        move(row.pk, to=State.COMPARED, come_from=[come_from], **found)


@transaction.atomic
def recheck(*, row: Import, by: str) -> None:
    """Check again: after names were given a school, or after the work stopped. Raises StaleError."""
    job = enqueue(
        kind=CHECK, arguments={"import": str(row.pk)}, by=by, owner=row.owner.code if row.owner else ""
    )
    move(
        row.pk,
        to=State.RECEIVED,
        come_from=open_states(row),
        version=row.version,
        job=job.pk,
        was_renewed=False,
    )
