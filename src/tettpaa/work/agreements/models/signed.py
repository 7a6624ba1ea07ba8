"""What is never changed afterwards: sealed versions, signatures, steps, what was said, and letters that went out."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from tettpaa.work.agreements.enums import Side, Status
from tettpaa.work.agreements.models.agreement import Agreement, Wording


class AgreementVersion(models.Model):
    """A wording as it was when the first of the two signed. `text` is canonical, and names the annex by fingerprint."""

    is_append_only = True  # the database's triggers refuse change (migration 0002)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    fingerprint = models.CharField(max_length=64)
    annex_text = models.TextField(blank=True)
    annex_fingerprint = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField()
    sealed_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "avtaleversjon"
        verbose_name_plural = "avtaleversjoner"
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreements_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.fingerprint[:8]}"


class Signature(models.Model):
    """One side's signature of one version: by whom, in which role, when, how, and of which fingerprint."""

    is_append_only = True  # the database's triggers refuse change (migration 0002)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=6, choices=Side.choices)
    role = models.CharField(max_length=30)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    method = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = "signatur"
        verbose_name_plural = "signaturer"
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["version", "side"], name="agreements_signature_one_a_side"),
            models.UniqueConstraint(fields=["version", "by"], name="agreements_signature_not_both_sides"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="agreements_signature_side_known"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.fingerprint[:8]}"


class StateChange(models.Model):
    """A step on the road of an agreement or of one of its wordings, with the reason when one was asked for."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="steps")
    wording = models.PositiveSmallIntegerField()
    before = models.CharField(max_length=16, blank=True)
    after = models.CharField(max_length=16)
    on = models.DateField()
    by = models.CharField(max_length=200)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = "steg i avtale"
        verbose_name_plural = "steg i avtaler"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class StatusReport(models.Model):
    """What was said of a promise, each time; nothing said is overwritten."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="status_reports")
    line = models.UUIDField()
    status = models.CharField(max_length=8, choices=Status.choices)
    note = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "statusmelding"
        verbose_name_plural = "statusmeldinger"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.status} {self.on}"


class SigningLetter(models.Model):
    """A letter about a signature that is waited for, so that a job that runs again sends nobody the same twice.

    `step` is what made it this side's turn; a text that comes back to the same place is a new step and a new letter.
    """

    step = models.ForeignKey(StateChange, on_delete=models.CASCADE, related_name="letters")
    to = models.CharField(max_length=254)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "brev om signering"
        verbose_name_plural = "brev om signering"
        constraints = [models.UniqueConstraint(fields=["step", "to"], name="agreements_signingletter_once")]

    def __str__(self) -> str:
        return self.to
