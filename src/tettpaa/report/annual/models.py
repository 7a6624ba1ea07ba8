"""The yearly report of an owner: what is written, what was frozen, and the files made from it."""

from django.db import models
from django.db.models import Q

from tettpaa.core.orgs.models import Unit
from tettpaa.report.annual.enums import EditionName, FileKind, State


class AnnualReport(models.Model):
    """One report an owner and school year (2024 means 2024-25). Frozen versions lie beside it, never in it.

    `version` counts the freezes; while a draft is worked on after one, the next version has the number after.
    `figures_mark` is the state of all figures at the last freeze, so that newer ones can be told of.
    `public_version` is None when the newest frozen version is public; while a publication is planned it is the
    last version that is (0: none), and nothing after it can be seen or guessed from outside.
    """

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    version = models.PositiveSmallIntegerField(default=0)
    figures_mark = models.CharField(max_length=80, blank=True)
    public_version = models.PositiveSmallIntegerField(null=True)
    started_at = models.DateTimeField(auto_now_add=True)
    started_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "årsmelding"
        verbose_name_plural = "årsmeldinger"
        constraints = [
            models.UniqueConstraint(fields=["owner", "year"], name="annual_annualreport_one_a_year"),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT) | Q(version__gt=0),
                name="annual_annualreport_frozen_has_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.school_year}"

    @property
    def school_year(self) -> str:
        """`2024-25`, as in the address."""
        return f"{self.year}-{(self.year + 1) % 100:02d}"

    @property
    def next_version(self) -> int:
        """The number that the version being worked on will get."""
        return self.version + 1


class BlockText(models.Model):
    """One version of what somebody wrote in a box. A new version is a new row, so nothing written is ever lost.

    `facts` holds the figures that stood in the chapter at the time of writing, label by label, so that the page
    can say what has changed since; `figures_digest` is their SHA-256, `figures_mark` the state of all figures.
    """

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="texts")
    block = models.CharField(max_length=30)
    box = models.CharField(max_length=30)
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    figures_digest = models.CharField(max_length=64)
    figures_mark = models.CharField(max_length=80)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "tekst i årsmelding"
        verbose_name_plural = "tekster i årsmelding"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "block", "box", "version"], name="annual_blocktext_one_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.block}/{self.box} v{self.version}"


class FrozenEdition(models.Model):
    """An edition as it was frozen. `content` is the canonical JSON of the document tree, as text, so that the same
    bytes come back from every database; `sha256` is its checksum; `releases` are the figures' releases.
    """

    is_append_only = True  # the database's triggers refuse change (migration 0002)

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="editions")
    edition = models.CharField(max_length=8, choices=EditionName.choices)
    version = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    releases = models.JSONField(default=list)
    chain_head = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "frosset utgave"
        verbose_name_plural = "frosne utgaver"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "edition", "version"], name="annual_frozenedition_one_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} v{self.version} {self.sha256[:8]}"


class Artefact(models.Model):
    """A file made from a document; the bytes lie in the file store under their own SHA-256.

    `frozen` is empty for a file made from a draft. `content_sha256` is the document's checksum.
    """

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="artefacts")
    frozen = models.ForeignKey(FrozenEdition, on_delete=models.PROTECT, null=True, related_name="artefacts")
    edition = models.CharField(max_length=8, choices=EditionName.choices)
    kind = models.CharField(max_length=4, choices=FileKind.choices)
    content_sha256 = models.CharField(max_length=64)
    file_sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=160)
    size = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "eksportert fil"
        verbose_name_plural = "eksporterte filer"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "content_sha256", "kind"], name="annual_artefact_one_a_content"
            )
        ]

    def __str__(self) -> str:
        return self.file_name
