"""Queueing, running and rescuing jobs."""

import logging
import threading
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import close_old_connections, transaction
from django.db.models import F
from django.tasks import task
from django.utils import timezone

from tettpaa.core.jobs.enums import State
from tettpaa.core.jobs.models import Job, Round
from tettpaa.core.jobs.registry import daily_kinds, handler

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=30)
MAX_ATTEMPTS = 3
PROGRESS_EVERY_S = 0.3
DAY_BEGINS = 6  # o'clock: letters of the daily round come in the morning, not at midnight


@transaction.atomic
def enqueue(*, kind: str, arguments: Mapping[str, Any], by: str, owner: str = "") -> Job:
    """Add a job to the queue. The row and the queue entry are written in one transaction with the caller's deed."""
    handler(kind)  # an unknown kind must fail here, not in the worker
    job = Job.objects.create(kind=kind, arguments=dict(arguments), by=by, owner=owner)
    run_job.enqueue(str(job.pk))
    return job


@task()
def run_job(job_id: str) -> None:
    """The one task of the queue: take the lease, do the work, say how it went."""
    run(UUID(job_id))


def run(job_id: UUID) -> None:
    """Do the job now, unless somebody else holds it or it is finished."""
    if not _take(job_id):
        return
    job = Job.objects.get(pk=job_id)
    beat = _Heartbeat(job_id)
    beat.start()
    try:
        result = handler(job.kind)(job.arguments, _Progress(job_id)) or {}
    except Exception as error:
        log.exception("job %s (%s) failed", job_id, job.kind)
        _finish(job_id, State.FAILED, error=f"{type(error).__name__}: {error}")
    else:
        _finish(job_id, State.DONE, result=result)
    finally:
        beat.stop()


def sweep() -> int:
    """Put jobs whose worker died back in the queue, or fail them after too many tries. Returns how many.

    Runs at worker start and every minute (django-tasks-db leaves such tasks RUNNING for ever).
    """
    moved = 0
    dead = Job.objects.filter(state=State.RUNNING, lease_until__lt=timezone.now())
    for job in dead:
        with transaction.atomic():
            held = Job.objects.filter(pk=job.pk, state=State.RUNNING, lease_until=job.lease_until)
            if job.attempts >= MAX_ATTEMPTS:
                moved += held.update(
                    state=State.FAILED, finished_at=timezone.now(), error="the worker stopped too many times"
                )
            elif held.update(state=State.QUEUED, lease_until=None):
                run_job.enqueue(str(job.pk))
                moved += 1
    return moved


def start_rounds(now: datetime | None = None) -> list[str]:
    """Queue the daily work that nobody has started today, once it is morning. Returns the kinds.

    Every worker asks at each sweep; the row of the day lets only one of them start each kind.
    """
    now = timezone.localtime(now)
    if now.hour < DAY_BEGINS:
        return []
    day = now.date()
    started = set(Round.objects.filter(day=day).values_list("kind", flat=True))
    fresh = []
    for kind in daily_kinds():
        if kind in started:
            continue
        with transaction.atomic():
            _row, is_new = Round.objects.get_or_create(kind=kind, day=day)
            if is_new:
                enqueue(kind=kind, arguments={"day": day.isoformat()}, by="system")
                fresh.append(kind)
    return fresh


def _take(job_id: UUID) -> bool:
    return bool(
        Job.objects.filter(pk=job_id, state=State.QUEUED).update(
            state=State.RUNNING, attempts=F("attempts") + 1, lease_until=timezone.now() + LEASE
        )
    )


def _finish(job_id: UUID, state: State, *, result: dict[str, Any] | None = None, error: str = "") -> None:
    Job.objects.filter(pk=job_id).update(
        state=state, finished_at=timezone.now(), lease_until=None, result=result or {}, error=error
    )


class _Progress:
    """Writes at most three times a second, so that telling costs nothing."""

    def __init__(self, job_id: UUID) -> None:
        self._job_id = job_id
        self._last = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last >= PROGRESS_EVERY_S or done >= total:
            self._last = now
            Job.objects.filter(pk=self._job_id).update(done=done, total=total)


class _Heartbeat(threading.Thread):
    """Renews the lease while the work goes on; dies with the process, and so the lease runs out."""

    def __init__(self, job_id: UUID) -> None:
        super().__init__(daemon=True)
        self._job_id = job_id
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(LEASE.total_seconds() / 3):
            Job.objects.filter(pk=self._job_id, state=State.RUNNING).update(
                lease_until=timezone.now() + LEASE
            )
            close_old_connections()

    def stop(self) -> None:
        self._stopped.set()
        self.join(timeout=5)
