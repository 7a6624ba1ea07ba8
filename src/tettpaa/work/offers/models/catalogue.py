"""What is offered: the offer, what it is held against, and the owner's rules for the waiting list."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.work.offers.enums import Fit, Kind, OfferState
from tettpaa.work.plans.models import Goal


class OfferRules(models.Model):
    """The owner's rules. `answer_days`: how long a seat from the waiting list is held for the one who is offered it;
    `hold_days`: how long one is held while the leader has not answered; `remind_days` before each gathering."""

    owner = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="+")
    answer_days = models.PositiveSmallIntegerField(default=3)
    hold_days = models.PositiveSmallIntegerField(default=7)
    remind_days = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    steps = models.JSONField(default=list)

    class Meta:
        verbose_name = "regler for påmelding"
        verbose_name_plural = "regler for påmelding"

    def __str__(self) -> str:
        return f"{self.owner}: {self.answer_days}"


class Offer(Versioned):
    """One line of the catalogue. `year` is the school year in which it starts, `service` a key of the plan's services.

    `seats` None means that there is room for all. `school` is set for what is for the staff of one school only.
    `last_place` is the number last given out in the line; it only grows, so that a place is never given twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    network = models.ForeignKey("offers.Network", on_delete=models.PROTECT, related_name="offers", null=True)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+", null=True)
    service = models.SlugField(max_length=40)
    area = models.SlugField(max_length=60, blank=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=OfferState.choices, default=OfferState.DRAFT)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    about = models.TextField(blank=True)
    target_group = models.CharField(max_length=200, blank=True)
    seats = models.PositiveSmallIntegerField(null=True)
    cost = models.PositiveIntegerField(null=True)
    cost_note = models.CharField(max_length=200, blank=True)
    held_by = models.CharField(max_length=160, blank=True)
    needs_approval = models.BooleanField(default=True)
    hours = models.PositiveSmallIntegerField(null=True)
    attend_least = models.PositiveSmallIntegerField(null=True)
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    last_place = models.PositiveIntegerField(default=0)
    published_on = models.DateField(null=True)
    changed_on = models.DateField()
    why_cancelled = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "tilbud"
        verbose_name_plural = "tilbud"
        ordering = ["starts_on", "title", "pk"]
        indexes = [models.Index(fields=["owner", "year", "state", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(opens_on=None) | Q(closes_on__gte=F("opens_on")),
                name="offers_offer_closes_after_it_opens",
            ),
            models.CheckConstraint(condition=Q(seats=None) | Q(seats__gt=0), name="offers_offer_has_a_seat"),
        ]

    def __str__(self) -> str:
        return self.title


class OfferFactor(models.Model):
    """One key factor of the pack, how far the offer meets it, and why in a sentence."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="factors")
    key = models.SlugField(max_length=60)
    fit = models.CharField(max_length=6, choices=Fit.choices)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "nøkkelfaktor"
        verbose_name_plural = "nøkkelfaktorer"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["offer", "key"], name="offers_factor_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.fit}"


class PageWord(models.Model):
    """Whether a reader found what was looked for on the catalogue or an offer. No person, no time of day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="+", null=True)
    found = models.BooleanField()
    missed = models.CharField(max_length=300, blank=True)
    on = models.DateField()

    class Meta:
        verbose_name = "ord om siden"
        verbose_name_plural = "ord om siden"
        ordering = ["-on", "pk"]

    def __str__(self) -> str:
        return self.missed or str(self.found)
