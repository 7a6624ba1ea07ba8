"""Long work: queued with its deed, done once, rescued after a dead worker."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tettpaa.core.jobs import actions, queries, registry
from tettpaa.core.jobs.enums import State
from tettpaa.core.jobs.models import Job

pytestmark = pytest.mark.django_db
done: list[object] = []


@registry.job("test.count")
def count(arguments: object, progress: registry.Progress) -> dict[str, int]:
    done.append(arguments)
    progress(1, 2)
    progress(2, 2)
    return {"answer": 42}


@registry.job("test.fail")
def fail(arguments: object, progress: registry.Progress) -> None:
    raise ValueError("nei")


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    done.clear()


def enqueue(kind: str = "test.count") -> Job:
    return actions.enqueue(kind=kind, arguments={"a": 1}, by="test", owner="9901")


def test_a_job_is_done_once_and_tells_how_it_went() -> None:
    job = enqueue()
    actions.run_job.call(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.result, job.share_pct, job.attempts) == (State.DONE, {"answer": 42}, 100, 1)
    assert job.is_finished
    actions.run(job.pk)
    assert done == [{"a": 1}]


def test_a_failing_job_keeps_its_error() -> None:
    job = enqueue("test.fail")
    actions.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error, job.lease_until) == (State.FAILED, "ValueError: nei", None)


def test_an_unknown_kind_fails_at_once() -> None:
    with pytest.raises(KeyError):
        enqueue("test.unknown")
    assert not Job.objects.exists()


def test_the_job_disappears_with_the_deed_that_failed() -> None:
    def deed_that_fails() -> None:
        with transaction.atomic():
            enqueue()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        deed_that_fails()
    assert (Job.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def dead(job: Job, attempts: int) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=State.RUNNING, attempts=attempts, lease_until=timezone.now() - timedelta(seconds=1)
    )


def test_the_sweep_gives_a_dead_workers_job_to_the_next() -> None:
    job = enqueue()
    dead(job, attempts=1)
    assert actions.sweep() == 1
    assert DBTaskResult.objects.count() == 2
    actions.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.DONE, 2)


def test_the_sweep_gives_up_after_three_tries_and_leaves_the_living_alone() -> None:
    lost, living = enqueue(), enqueue()
    dead(lost, attempts=actions.MAX_ATTEMPTS)
    Job.objects.filter(pk=living.pk).update(state=State.RUNNING, lease_until=timezone.now() + actions.LEASE)
    assert actions.sweep() == 1
    lost.refresh_from_db()
    living.refresh_from_db()
    assert (lost.state, living.state) == (State.FAILED, State.RUNNING)
    assert "stopped" in lost.error


def test_a_foreign_job_looks_like_none() -> None:
    job = enqueue()
    assert queries.job_for_owner(owner="9901", job_id=job.pk) == job
    assert queries.job_for_owner(owner="9902", job_id=job.pk) is None
    assert queries.job_for_owner(owner="9901", job_id=uuid4()) is None
    assert queries.running_jobs(owner="9901") == [job]


def test_two_functions_of_one_kind_are_refused() -> None:
    with pytest.raises(ValueError, match=r"test\.count"):
        registry.job("test.count")(lambda *_: None)
    assert {"test.count", "test.fail"} <= set(registry.kinds())
