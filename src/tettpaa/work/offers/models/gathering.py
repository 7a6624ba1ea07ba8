"""Gatherings: agenda, who comes, who came, minutes, and what was agreed to do."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.enums import Answer, How, MinutesState
from tettpaa.work.offers.models.catalogue import Offer
from tettpaa.work.offers.models.network import GuestPlace, Network


class Gathering(Versioned):
    """One day of an offer, of a network, or of both. `task` is what one does until the next one.

    `minutes` are a draft until they are approved; what was approved stands in `ApprovedMinutes`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="gatherings", null=True)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="gatherings", null=True)
    on = models.DateField()
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    title = models.CharField(max_length=160)
    where = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)
    task = models.TextField(blank=True)
    minutes_state = models.CharField(max_length=8, choices=MinutesState.choices, default=MinutesState.DRAFT)
    is_cancelled = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "samling"
        verbose_name_plural = "samlinger"
        ordering = ["on", "starts", "pk"]
        indexes = [models.Index(fields=["owner", "on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(offer__isnull=False) | Q(network__isnull=False),
                name="offers_gathering_of_something",
            )
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItem(Versioned):
    """An item of a meeting, and what was said about it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    about = models.TextField(blank=True)
    said = models.TextField(blank=True)

    class Meta:
        verbose_name = "sak"
        verbose_name_plural = "saker"
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return self.title


class FollowUp(models.Model):
    """What a meeting agreed that somebody does, by a role at the owner or one school, with a date in the year wheel."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="follow_ups")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300)
    role = models.CharField(max_length=30)
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    class Meta:
        verbose_name = "aksjon"
        verbose_name_plural = "aksjoner"
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return self.what


class ApprovedMinutes(models.Model):
    """The minutes as they were approved: canonical text and fingerprint."""

    is_append_only = True

    gathering = models.OneToOneField(Gathering, on_delete=models.PROTECT, related_name="approved")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "godkjent referat"
        verbose_name_plural = "godkjente referat"

    def __str__(self) -> str:
        return self.sha256[:8]


class Attendance(models.Model):
    """What one person answered before, whether they came, and whether the task for the gathering was done."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="attendances")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    came = models.BooleanField(null=True)
    how = models.CharField(max_length=4, choices=How.choices, blank=True)
    task_done = models.BooleanField(default=False)
    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "oppmøte"
        verbose_name_plural = "oppmøter"
        constraints = [
            models.UniqueConstraint(fields=["gathering", "employee"], name="offers_attendance_once")
        ]

    def __str__(self) -> str:
        return f"{self.answer} {self.came}"


class GuestAttendance(models.Model):
    """How many came from a place outside."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="guest_attendances")
    guest = models.ForeignKey(GuestPlace, on_delete=models.CASCADE, related_name="+")
    came = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "gjesters oppmøte"
        verbose_name_plural = "gjesters oppmøte"
        constraints = [
            models.UniqueConstraint(fields=["gathering", "guest"], name="offers_guest_attendance_once")
        ]

    def __str__(self) -> str:
        return str(self.came)
