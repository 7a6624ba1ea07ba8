"""Agreements, and the texts of them: being written, in force, replaced."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.work.agreements.enums import LIVING, OPEN_WORDING, Kind, State, WordingState


class KindName(models.Model):
    """What an owner calls a kind of agreement; from the pack, or changed in words."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=120)
    use = models.TextField(blank=True)

    class Meta:
        verbose_name = "navn på avtaletype"
        verbose_name_plural = "navn på avtaletyper"
        constraints = [models.UniqueConstraint(fields=["owner", "kind"], name="agreements_kindname_once")]

    def __str__(self) -> str:
        return self.name


class Agreement(models.Model):
    """One agreement. `in_force` is the number of the sealed version that holds, 0 before the first.

    `source` says what it came from (`dialogue.meeting:<uuid>`); `source_label` says it in words.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFT)
    in_force = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=120, blank=True)
    source_label = models.CharField(max_length=200, blank=True)
    source_address = models.CharField(max_length=200, blank=True)
    begun_on = models.DateField()
    begun_by = models.CharField(max_length=200)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)
    ending = models.TextField(blank=True)
    evaluation = models.TextField(blank=True)

    class Meta:
        verbose_name = "avtale"
        verbose_name_plural = "avtaler"
        ordering = ["-begun_on", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=LIVING) | Q(in_force__gt=0),
                name="agreements_agreement_living_is_signed",
            ),
            models.UniqueConstraint(
                fields=["owner", "source"], condition=~Q(source=""), name="agreements_agreement_source_once"
            ),
        ]
        indexes = [models.Index(fields=["school", "state"], name="agreements_school_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def lives(self) -> bool:
        """In force, adjusted or not."""
        return self.state in LIVING

    @property
    def is_signed(self) -> bool:
        """Both have signed some version, so there is an open part."""
        return self.in_force > 0


class Wording(Versioned):
    """One text of an agreement on its road: being written, signed, in force, replaced.

    `changes` says what is new since the one before, and why; empty in the first. `not_heard` says why nobody was
    heard, when nobody was. `annex_salt` makes the annex's fingerprint unguessable.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=WordingState.choices, default=WordingState.DRAFT)
    title = models.CharField(max_length=200)
    background = models.TextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    next_step = models.TextField(blank=True)
    changes = models.TextField(blank=True)
    not_heard = models.TextField(blank=True)
    annex_salt = models.UUIDField(default=uuid4, editable=False)
    opened_on = models.DateField()
    opened_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "avtaletekst"
        verbose_name_plural = "avtaletekster"
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreements_wording_number_once"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state__in=sorted(OPEN_WORDING)),
                name="agreements_wording_one_open",
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state=WordingState.IN_FORCE),
                name="agreements_wording_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="agreements_wording_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_WORDING
