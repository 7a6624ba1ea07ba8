"""A piece of long work: what, for whom, how far, and who holds it now."""

import uuid

from django.db import models

from tettpaa.core.jobs.enums import State


class Job(models.Model):
    """One row per piece of work. The lease says that a worker is alive; the sweep takes over when it is not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    owner = models.CharField(max_length=16, blank=True)
    by = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "jobb"
        verbose_name_plural = "jobber"
        indexes = [models.Index(fields=["state", "lease_until"], name="jobs_job_lease")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_finished(self) -> bool:
        return self.state in {State.DONE, State.FAILED}

    @property
    def share_pct(self) -> int | None:
        """Progress in whole percent, or None while the size is unknown."""
        return min(100, 100 * self.done // self.total) if self.total else None


class Round(models.Model):
    """A kind of daily work that was started on a day: the row is what makes it once, however many workers run."""

    kind = models.CharField(max_length=60)
    day = models.DateField()

    class Meta:
        verbose_name = "runde"
        verbose_name_plural = "runder"
        constraints = [models.UniqueConstraint(fields=["kind", "day"], name="jobs_round_once_a_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"
