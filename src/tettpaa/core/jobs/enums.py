"""States of a job."""

from django.db import models


class State(models.TextChoices):
    QUEUED = "queued", "i kø"
    RUNNING = "running", "pågår"
    DONE = "done", "ferdig"
    FAILED = "failed", "feilet"
