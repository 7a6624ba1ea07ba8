"""Releases and the values they published. Only suppressed values stand here; the rest is in `raw.py`."""

from django.db import models
from django.db.models import Q

from tettpaa.core.orgs.models import Unit
from tettpaa.data.indicators import raw
from tettpaa.data.indicators.enums import State
from tettpaa.data.suppression.kinds import Edition, Gender, Status

__all__ = [
    "Indicator",
    "PublishedValue",
    "Release",
    "raw",
]  # raw is registered here, and read by actions only


class Indicator(models.Model):
    """A short key for the value table; everything else about it is in `definitions/`."""

    id = models.SmallAutoField(primary_key=True)
    key = models.CharField(max_length=40, unique=True)

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikatorer"

    def __str__(self) -> str:
        return self.key


class Release(models.Model):
    """What one file published, in one go. Never overwritten: a later release supersedes values one by one.

    `owner` is empty for a file that the operator published for the whole installation.
    """

    source = models.CharField(max_length=40)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.STAGING)
    periods = models.JSONField(default=list)
    indicators = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    started_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "utgivelse"
        verbose_name_plural = "utgivelser"
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None, published_by="")
                | (Q(published_at__isnull=False) & ~Q(published_by="")),
                name="indicators_release_published_pair",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="indicators_release_withdrawn_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.file_name}"


class PublishedValue(models.Model):
    """One value as it may be shown. Current while nothing supersedes it; a value is never changed.

    `edition` INTERNAL has rows only where the owner may see more than the public. `row` and `column` lead back to
    the file's line and column letter. `superseded_by` pointing at the value's own release means: not current
    (being staged, or withdrawn).
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.SmallIntegerField()
    grade = models.SmallIntegerField()
    gender = models.SmallIntegerField(choices=[(g.value, g.key) for g in Gender])
    edition = models.SmallIntegerField(choices=[(e.value, e.key) for e in Edition])
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    n = models.IntegerField(null=True)
    status = models.SmallIntegerField(choices=[(s.value, s.key) for s in Status])
    is_provisional = models.BooleanField(default=False)
    row = models.IntegerField()
    column = models.CharField(max_length=3)
    # No index of its own: a release's values are found through its indicators and periods.
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+", db_index=False)
    superseded_by = models.ForeignKey(
        Release, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        verbose_name = "publisert tall"
        verbose_name_plural = "publiserte tall"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "indicator", "period", "grade", "gender", "edition"],
                condition=Q(superseded_by=None),
                name="indicators_value_one_current",
            ),
            models.CheckConstraint(
                condition=Q(value=None)
                | Q(status=Status.OK)
                | Q(status=Status.CONFIDENTIAL, edition=Edition.INTERNAL),
                name="indicators_value_only_when_shown",
            ),
        ]
        indexes = [
            models.Index(
                fields=["indicator", "period", "grade", "gender", "unit"],
                condition=Q(superseded_by=None),
                name="indicators_value_across_units",
            ),
            models.Index(
                fields=["superseded_by"],
                condition=Q(superseded_by__isnull=False),
                name="indicators_value_superseded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.unit_id} {self.period}"
