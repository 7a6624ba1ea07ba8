"""Who has signed up, where in the line, and the proof that they finished."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.enums import Step
from tettpaa.work.offers.models.catalogue import Offer


class Registration(models.Model):
    """One employee and one offer.

    `place` is the number in the line, given when the form was sent and never again. `seat` is a numbered seat while
    one is held; the database lets each number be held once, so no two ever have the same seat. `until` is when a held
    seat must be answered for: by the leader while APPLIED, by the employee while OFFERED. `school` is the employee's
    when the form was sent; None is the owner's own staff.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="registrations")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=Step.choices, default=Step.APPLIED)
    place = models.PositiveIntegerField()
    seat = models.PositiveSmallIntegerField(null=True)
    until = models.DateField(null=True)
    is_approved = models.BooleanField(default=False)
    why = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    applied_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "påmelding"
        verbose_name_plural = "påmeldinger"
        ordering = ["place", "pk"]
        indexes = [
            models.Index(fields=["offer", "state", "place"]),
            models.Index(fields=["owner", "school", "state"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["offer", "employee"], name="offers_registration_once"),
            models.UniqueConstraint(fields=["offer", "place"], name="offers_place_once"),
            models.UniqueConstraint(
                fields=["offer", "seat"], condition=Q(seat__isnull=False), name="offers_seat_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.state}"


class Certificate(models.Model):
    """What the certificate says: canonical text, whose fingerprint also stands in the trail. Written once; it goes
    when the person's records are deleted, and so it is no append-only table."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="certificate")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    on = models.DateField()
    by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "kursbevis"
        verbose_name_plural = "kursbevis"

    def __str__(self) -> str:
        return self.sha256[:8]


class SentReminder(models.Model):
    """That a person was written to about one thing, so that it happens once. `what` names it with its date."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=160)

    class Meta:
        verbose_name = "sendt brev"
        verbose_name_plural = "sendte brev"
        constraints = [models.UniqueConstraint(fields=["employee", "what"], name="offers_letter_once")]

    def __str__(self) -> str:
        return self.what
