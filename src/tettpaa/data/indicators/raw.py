"""Numbers that may not be shown. Locked: only this room's `models` and `actions` may import this module."""

from django.db import models

from tettpaa.core.orgs.models import Unit


class WithheldValue(models.Model):
    """The number behind a value that we hid. Kept so that the rules can be applied again to the whole set."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="+")
    period = models.SmallIntegerField()
    grade = models.SmallIntegerField()
    gender = models.SmallIntegerField()
    value = models.FloatField(null=True)
    uncertainty = models.FloatField(null=True)
    n = models.IntegerField(null=True)
    release = models.ForeignKey("indicators.Release", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "tilbakeholdt tall"
        verbose_name_plural = "tilbakeholdte tall"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "indicator", "period", "grade", "gender", "release"],
                name="indicators_withheld_once",
            )
        ]

    def __str__(self) -> str:
        return f"withheld {self.pk}"


class ReleaseProof(models.Model):
    """The certificates of a release: tables with their hidden numbers, so as locked as those. Written once.

    `content` is gzip of JSON, `sha256` of the JSON. `tables`: how many are in it.
    """

    release = models.OneToOneField("indicators.Release", on_delete=models.PROTECT, related_name="+")
    tables = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    is_append_only = True  # the database's triggers refuse change (migration 0003)

    class Meta:
        verbose_name = "bevis for skjuling"
        verbose_name_plural = "bevis for skjuling"

    def __str__(self) -> str:
        return f"proof {self.sha256[:12]}"
