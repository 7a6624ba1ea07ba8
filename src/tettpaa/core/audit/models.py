"""Who did what and when: one append-only, hash-chained row per deed. No foreign keys, so everybody may write."""

from django.db import models


class Event(models.Model):
    """One deed. `chain` is the owner's code, or empty for the installation itself."""

    is_append_only = True  # the database's triggers refuse change (migration 0002)

    chain = models.CharField(max_length=16, blank=True)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    subject_key = models.CharField(max_length=80, blank=True)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "hendelse"
        verbose_name_plural = "hendelser"
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="audit_event_one_number_per_chain")
        ]

    def __str__(self) -> str:
        return f"{self.chain or '-'} {self.number} {self.kind}"


class ChainHead(models.Model):
    """The last number and hash of a chain; locked while an event is added, so numbers never collide."""

    chain = models.CharField(max_length=16, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    class Meta:
        verbose_name = "kjedehode"
        verbose_name_plural = "kjedehoder"

    def __str__(self) -> str:
        return f"{self.chain or '-'} {self.number}"
