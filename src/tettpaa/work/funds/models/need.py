"""The state's schemes for collective development: the notice of need, its years, its places and its history."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.work.funds.enums import NeedPartnerKind, NeedState
from tettpaa.work.funds.models.scheme import Scheme


class StateNeed(Versioned):
    """What the owner needs and asks the state for, together with a partner, over one or more calendar years.

    `own_share` is the scheme's percent when the notice was made. `others` are other owners in the same partnership.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="needs")
    goal = models.ForeignKey("plans.Goal", on_delete=models.PROTECT, related_name="+", null=True)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=11, choices=NeedState.choices, default=NeedState.ANALYSED)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    analysis = models.TextField(blank=True)
    staff_part = models.TextField(blank=True)
    common_goals = models.TextField(blank=True)
    partner = models.CharField(max_length=200, blank=True)
    partner_kind = models.CharField(max_length=10, choices=NeedPartnerKind.choices, blank=True)
    others = models.CharField(max_length=300, blank=True)
    own_share = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    recommendation = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    decision_reference = models.CharField(max_length=120, blank=True)
    report = models.TextField(blank=True)

    class Meta:
        verbose_name = "behovsmelding"
        verbose_name_plural = "behovsmeldinger"
        ordering = ["-first_year", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="funds_need_years_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.title


class NeedYear(models.Model):
    """One year of the plan: what is done, and the money in kroner. `own` is what the owner put in."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey(StateNeed, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    plan = models.TextField(blank=True)
    sought = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    granted = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    own = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    spent = models.DecimalField(max_digits=12, decimal_places=2, null=True)

    class Meta:
        verbose_name = "år i behovsmeldingen"
        verbose_name_plural = "år i behovsmeldingen"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["need", "year"], name="funds_needyear_once"),
            models.CheckConstraint(
                condition=(Q(sought=None) | Q(sought__gte=0))
                & (Q(granted=None) | Q(granted__gte=0))
                & (Q(own=None) | Q(own__gte=0))
                & (Q(spent=None) | Q(spent__gte=0)),
                name="funds_needyear_is_no_debt",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


class NeedPlace(models.Model):
    """A school or another service that takes part."""

    need = models.ForeignKey(StateNeed, on_delete=models.CASCADE, related_name="places")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "sted i behovsmeldingen"
        verbose_name_plural = "steder i behovsmeldingen"
        constraints = [models.UniqueConstraint(fields=["need", "school"], name="funds_needplace_once")]

    def __str__(self) -> str:
        return self.school.label


class NeedStep(models.Model):
    """One line of a notice's history. Never changed."""

    is_append_only = True

    need = models.ForeignKey(StateNeed, on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(max_length=11, choices=NeedState.choices, blank=True)
    after = models.CharField(max_length=11, choices=NeedState.choices)
    on = models.DateField()
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "steg i behovsmeldingen"
        verbose_name_plural = "steg i behovsmeldingen"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
