"""Schemes with their dates and rates as parameters, and the yearly calls."""

from calendar import monthrange
from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.work.funds.enums import CallState, DateKind, SchemeKind


class Scheme(Versioned):
    """A scheme that money comes from, and from when to when it holds.

    `own_share` is percent of the grant that the owner adds; `most_years` and `most_credits` what one may ask for.
    All are empty where the rules do not say or nobody knows. `rules` are keys of `enums.Rule`, first first.
    `vocational` says that the partner may be a vocational college. `source` is where it is read, in words.
    `answer_columns`: what the columns of the portal's file were called the last time (portal.Columns).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=60)
    kind = models.CharField(max_length=9, choices=SchemeKind.choices)
    name = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    giver = models.CharField(max_length=200, blank=True)
    forum = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    replaced_by = models.CharField(max_length=60, blank=True)
    own_share = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    most_years = models.PositiveSmallIntegerField(null=True)
    most_credits = models.PositiveSmallIntegerField(null=True)
    vocational = models.BooleanField(default=False)
    rules = models.JSONField(default=list, blank=True)
    source = models.CharField(max_length=200, blank=True)
    answer_columns = models.JSONField(default=dict, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = "ordning"
        verbose_name_plural = "ordninger"
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="funds_scheme_key_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="funds_scheme_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(own_share=None) | Q(own_share__gte=0, own_share__lte=100),
                name="funds_scheme_share_is_percent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SchemeDate(models.Model):
    """A date of every year: month and day, `years_after` the year of the call. No day: only the month is known."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="dates")
    kind = models.CharField(max_length=14, choices=DateKind.choices)
    month = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField(null=True)
    years_after = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "dato i ordningen"
        verbose_name_plural = "datoer i ordningen"
        ordering = ["years_after", "month", "day"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "kind"], name="funds_schemedate_once"),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12) & (Q(day=None) | Q(day__gte=1, day__lte=31)),
                name="funds_schemedate_is_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}.{self.month}."

    def date_in(self, year: int) -> date:
        """The date for a call or notice of the year; the 31st of a shorter month is its last day."""
        after = year + self.years_after
        return date(after, self.month, min(self.day or 1, monthrange(after, self.month)[1]))


class Rate(models.Model):
    """What a scheme pays in one year, in kroner or percent. Unknown stays empty; `source` says where it is read."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="rates")
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=160)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "sats"
        verbose_name_plural = "satser"
        ordering = ["-year", "name"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "year", "name"], name="funds_rate_once"),
            models.CheckConstraint(
                condition=(Q(amount=None) | Q(amount__gte=0))
                & (Q(percent=None) | Q(percent__gte=0, percent__lte=100)),
                name="funds_rate_is_no_debt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class Call(Versioned):
    """One year's call of a scheme. `year` is the calendar year in which one applies.

    `budget` in kroner and `places`: how far it reaches, each empty when nobody has said. `discussed_on`: the rules
    were discussed with the unions. `rules` are the scheme's when the call was made.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="calls")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, choices=CallState.choices, default=CallState.PLANNED)
    terms = models.TextField(blank=True)
    budget = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    places = models.PositiveSmallIntegerField(null=True)
    rules = models.JSONField(default=list, blank=True)
    discussed_on = models.DateField(null=True)
    ranked_on = models.DateField(null=True)

    class Meta:
        verbose_name = "utlysning"
        verbose_name_plural = "utlysninger"
        ordering = ["-year", "scheme__order"]
        constraints = [models.UniqueConstraint(fields=["scheme", "year"], name="funds_call_once_a_year")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.year}"


class CallDate(models.Model):
    """A date of one call."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="dates")
    kind = models.CharField(max_length=14, choices=DateKind.choices)
    on = models.DateField()

    class Meta:
        verbose_name = "dato i utlysningen"
        verbose_name_plural = "datoer i utlysningen"
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "kind"], name="funds_calldate_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
