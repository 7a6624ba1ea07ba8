"""How far the work has come."""

from uuid import UUID

from tettpaa.core.jobs.models import Job


def job_for_owner(*, owner: str, job_id: UUID) -> Job | None:
    """The job if it belongs to that owner, else None: a foreign job looks like no job."""
    return Job.objects.filter(pk=job_id, owner=owner).first()


def running_jobs(*, owner: str) -> list[Job]:
    """Unfinished jobs of the owner, oldest first."""
    return list(Job.objects.filter(owner=owner, finished_at=None).order_by("created_at"))
