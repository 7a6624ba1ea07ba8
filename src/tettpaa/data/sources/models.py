"""Files as they came, their way in, and what names in them mean."""

import uuid

from django.db import models
from django.db.models import Q

from tettpaa.core.orgs.models import Unit
from tettpaa.data.indicators.models import Release
from tettpaa.data.sources.enums import State


class StoredFile(models.Model):
    """Raw bytes in the file store, named by their SHA-256. The row comes after the bytes are safe on disk."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "lagret fil"
        verbose_name_plural = "lagrede filer"

    def __str__(self) -> str:
        return self.sha256[:12]


class ColumnProfile(models.Model):
    """What an owner has said about the columns of a file without a known layout (`mapping.profile.Profile`).

    Each change is a row of its own: the highest number of a name holds, and files keep the one they were read by.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    number = models.PositiveIntegerField(default=1)
    spec = models.JSONField()
    by = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "kolonneprofil"
        verbose_name_plural = "kolonneprofiler"
        ordering = ["name", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name", "number"], name="sources_profile_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class Import(models.Model):
    """One file's way from upload to release. Figures change only when it is published.

    `owner` is empty for what the operator brought in for the whole installation. `problems` and `warnings` hold
    codes and parts, not sentences, so that each reader gets them in the own language. `difference` is what the
    preview shows. `file` is empty when the file was thrown away.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="imports")
    file_name = models.CharField(max_length=200)
    source = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RECEIVED)
    problems = models.JSONField(default=list)
    problem_count = models.PositiveIntegerField(default=0)
    warnings = models.JSONField(default=list)
    excerpt = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    columns = models.PositiveIntegerField(default=0)
    difference = models.JSONField(default=dict)
    # A file that somebody pointed at: by which profile, and what was read or added up. Its own bytes were never kept.
    profile = models.ForeignKey(ColumnProfile, on_delete=models.PROTECT, null=True, related_name="+")
    mapped = models.JSONField(default=dict)
    # The comparison changed between the preview and the publishing; the reader looks again.
    was_renewed = models.BooleanField(default=False)
    release = models.OneToOneField(Release, on_delete=models.PROTECT, null=True, related_name="+")
    job = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)
    by = models.CharField(max_length=200)
    received_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "importer"
        indexes = [models.Index(fields=["owner", "state"], name="sources_import_owner_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "source"],
                condition=Q(state=State.PUBLISHING),
                name="sources_import_one_publishing",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(release__isnull=False, finished_at__isnull=False),
                name="sources_import_published_has_release",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class NameMapping(models.Model):
    """What a school's name in a source's files means to an owner. No code means: leave it out."""

    owner = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="+")
    source = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=12, blank=True)
    by = models.CharField(max_length=200)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "skolenavn i fil"
        verbose_name_plural = "skolenavn i filer"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "source", "name"], name="sources_name_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.code or '–'}"


class RegisterReading(models.Model):
    """What the national school register last said of an owner's schools: the answers as a file, and what was read.

    `schools` are `register.nsr.RegisterSchool`s. Nothing here changes because of it until a person says so.
    """

    owner = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    schools = models.JSONField()
    by = models.CharField(max_length=200)
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = "registerlesing"
        verbose_name_plural = "registerlesinger"

    def __str__(self) -> str:
        return f"{self.owner} {self.read_at}"
