"""The meeting package: its parts, what was shared and read, and the package as it was frozen."""

from django.db import models
from django.db.models import Q

from tettpaa.core.orgs.models import Body
from tettpaa.work.dialogue.enums import PartState, Side, Trace
from tettpaa.work.dialogue.models.meeting import Meeting, OfMeeting


class PackagePart(OfMeeting):
    """A part of the package. What people write is in `content`; what is reckoned is read for each viewer.

    `side` owns it, or `body` for a voice. `key` is a PartKey or the key of a part that another room registered.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="parts")
    key = models.CharField(max_length=40)
    side = models.CharField(max_length=6, choices=Side.choices, blank=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=PartState.choices, default=PartState.MISSING)
    content = models.JSONField(default=dict)
    written_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "del av møtepakke"
        verbose_name_plural = "deler av møtepakke"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "key"], condition=Q(body=None), name="dialogue_part_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "body"], condition=~Q(body=None), name="dialogue_voice_once"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class PartTrace(models.Model):
    """A part was shared or withdrawn; at a withdrawal `seen_by` are the roles that had read it. Never changed."""

    is_append_only = True

    part = models.ForeignKey(PackagePart, on_delete=models.PROTECT, related_name="traces")
    what = models.CharField(max_length=10, choices=Trace.choices)
    seen_by = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "spor av deling"
        verbose_name_plural = "spor av deling"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.what


class PartLook(models.Model):
    """Somebody on another side has read a shared part: the role, once for each time it was shared."""

    part = models.ForeignKey(PackagePart, on_delete=models.PROTECT, related_name="looks")
    role = models.CharField(max_length=30)
    shared_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "lest del"
        verbose_name_plural = "leste deler"
        constraints = [
            models.UniqueConstraint(fields=["part", "role", "shared_at"], name="dialogue_look_once")
        ]

    def __str__(self) -> str:
        return self.role


class FrozenPackage(models.Model):
    """The package as it was frozen: canonical text, its fingerprint, and the releases the figures came from."""

    is_append_only = True

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="frozen")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    releases = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "låst møtepakke"
        verbose_name_plural = "låste møtepakker"

    def __str__(self) -> str:
        return self.sha256[:8]


class Addition(models.Model):
    """A dated addition beside a frozen part. Never changed."""

    is_append_only = True

    part = models.ForeignKey(PackagePart, on_delete=models.PROTECT, related_name="additions")
    text = models.TextField()
    role = models.CharField(max_length=30)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "tillegg"
        verbose_name_plural = "tillegg"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:40]
