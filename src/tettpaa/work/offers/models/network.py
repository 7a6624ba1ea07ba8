"""Networks: who is in them, and where they come from."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.enums import NetworkKind, NetworkState, Part
from tettpaa.work.plans.models import Goal


class Network(Versioned):
    """People who meet over time. `key` is set on those that come from a pack.

    `fixed_roles` are keys of roles whose holders are fixed members; `fixed_words` says who is, in the owner's words.
    `attend_all` is the rule of a learning network: all gatherings, and the tasks between them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+", null=True)
    key = models.SlugField(max_length=60, blank=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=14, choices=NetworkKind.choices)
    state = models.CharField(max_length=10, choices=NetworkState.choices, default=NetworkState.PLANNED)
    purpose = models.TextField(blank=True)
    partner = models.CharField(max_length=200, blank=True)
    fixed_words = models.CharField(max_length=400, blank=True)
    fixed_roles = models.JSONField(default=list)
    attend_all = models.BooleanField(default=False)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    learnt = models.TextField(blank=True)
    published_on = models.DateField(null=True)
    changed_on = models.DateField(null=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "nettverk"
        verbose_name_plural = "nettverk"
        ordering = ["order", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "key"], condition=~Q(key=""), name="offers_network_key_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class GuestPlace(models.Model):
    """A school or owner from outside that takes part, by name only: their people are not in this installation."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="guests")
    name = models.CharField(max_length=160)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "gjest"
        verbose_name_plural = "gjester"
        ordering = ["order", "name"]
        constraints = [models.UniqueConstraint(fields=["network", "name"], name="offers_guest_once")]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """An employee in a network, from a day and perhaps to one."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="members")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=8, choices=Part.choices, default=Part.FIXED)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        verbose_name = "medlem"
        verbose_name_plural = "medlemmer"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "employee"], condition=Q(ends_on=None), name="offers_member_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="offers_member_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.starts_on}"
