"""Dates that other rooms write to the wheel, and take away or finish again."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.states import move
from tettpaa.core.orgs.models import Unit
from tettpaa.work.yearwheel.enums import PATHS, State
from tettpaa.work.yearwheel.models import Task, TaskAnswer
from tettpaa.work.yearwheel.rules import school_year_of


@transaction.atomic
def put_date(  # noqa: PLR0913 - one date with all that is known of it
    *,
    owner: Unit,
    source: str,
    title: str,
    due_on: date,
    role: str,
    address: str,
    by: str,
    school: Unit | None = None,
) -> Task:
    """Write a date, or change it: `source` (`room.noun:<uuid>:part`) makes it one row however often it is put.

    A date that was taken away comes back. One that is answered keeps its answer; only its words follow.
    """
    words = {
        "school": school,
        "title": title[:200],
        "due_on": due_on,
        "school_year": school_year_of(due_on),
        "role": role,
        "address": address,
    }
    task, is_new = Task.objects.select_for_update().get_or_create(owner=owner, source=source, defaults=words)
    changed = [name for name, value in words.items() if getattr(task, name) != value]
    if task.state == State.DROPPED:
        move(task, State.UPCOMING, paths=PATHS)
        changed.append("state")
    if changed:
        for name, value in words.items():
            setattr(task, name, value)
        task.save(update_fields=[*changed, "changed_at"])
    if is_new or changed:
        _record(kind="yearwheel.date_put", subject=task, by=by, detail={"due_on": due_on.isoformat()})
    return task


@transaction.atomic
def drop_date(*, source: str, by: str, owner: Unit | None = None) -> None:
    """Take an open date away; nothing happens when it is not there or already answered."""
    for task in _with_source(source, owner):
        if State.DROPPED in PATHS[task.state]:
            move(task, State.DROPPED, paths=PATHS)
            task.version += 1
            task.save(update_fields=["state", "version", "changed_at"])
            _record(kind="yearwheel.date_dropped", subject=task, by=by)


@transaction.atomic
def finish_date(*, source: str, by: str, owner: Unit | None = None, at: datetime | None = None) -> None:
    """The room says that it is done; nothing happens when it already is, or was never put."""
    for task in _with_source(source, owner):
        if State.DONE in PATHS[task.state]:
            _finish(task, by, at or timezone.now())


@transaction.atomic
def finish_open_dates(*, sources: Collection[str], by: str, owner: Unit) -> None:
    """As `finish_date` for many of an owner's; asks once, and only for those that are not done. One query when all are."""
    open_still = [state for state in PATHS if State.DONE in PATHS[state]]
    rows = Task.objects.select_for_update(of=("self",)).select_related("owner")
    for task in rows.filter(owner=owner, source__in=sources, state__in=open_still).order_by("source"):
        _finish(task, by, timezone.now())


def _finish(task: Task, by: str, at: datetime) -> None:
    before = move(task, State.DONE, paths=PATHS)
    task.version += 1
    task.remains = ""
    task.save(update_fields=["state", "version", "remains", "changed_at"])
    TaskAnswer.objects.create(task=task, state=State.DONE, before=before, at=at, by=by)
    _record(kind="yearwheel.date_finished", subject=task, by=by)


def _with_source(source: str, owner: Unit | None) -> list[Task]:
    rows = Task.objects.select_for_update(of=("self",)).select_related("owner").filter(source=source)
    return list(rows.filter(owner=owner) if owner else rows)


def _record(*, kind: str, subject: Task, by: str, detail: dict[str, str] | None = None) -> None:
    record(
        kind=kind,
        by=by,
        subject=subject.source,
        subject_key=str(subject.pk),
        owner=subject.owner.code,
        detail=detail,
    )
