"""What the owner has configured: the frame of every year's plan, services, key factors, areas, roles, requirements."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.enums import Stage


class Frame(Versioned):
    """The words each year's plan begins with, and the room's settings. One row an owner.

    `mentoring_years`: how long somebody counts as newly educated. `walks_for_pattern`: how many ended walks a
    pattern needs, never fewer than five. `share_floor`: a share is shown only of at least so many people.
    `kept_months`: how long a record is kept after the last day of the employment.
    """

    owner = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    background = models.TextField(blank=True)
    organisation = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    mentoring_years = models.PositiveSmallIntegerField(default=2)
    walks_for_pattern = models.PositiveSmallIntegerField(default=5)
    share_floor = models.PositiveSmallIntegerField(default=5)
    kept_months = models.PositiveSmallIntegerField(default=12)

    class Meta:
        verbose_name = "ramme for kompetanseplan"
        verbose_name_plural = "rammer for kompetanseplan"
        constraints = [
            models.CheckConstraint(
                condition=Q(walks_for_pattern__gte=5), name="competence_frame_pattern_of_five"
            ),
            models.CheckConstraint(condition=Q(share_floor__gte=5), name="competence_frame_share_of_five"),
        ]

    def __str__(self) -> str:
        return self.title or str(self._meta.verbose_name)


class Piece(Versioned):
    """A configured row of an owner with a stable key."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        abstract = True
        ordering = ["order", "title"]
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="competence_%(class)s_key_once")]

    def __str__(self) -> str:
        return self.title


class Service(Piece):
    """A service the plan covers: school, kindergarten, child-and-family unit, child welfare. `catalogue` is what its
    offers are called here."""

    catalogue = models.CharField(max_length=200, blank=True)

    class Meta(Piece.Meta):
        verbose_name = "tjeneste"
        verbose_name_plural = "tjenester"


class KeyFactor(Piece):
    """What an offer is held against."""

    class Meta(Piece.Meta):
        verbose_name = "nøkkelfaktor"
        verbose_name_plural = "nøkkelfaktorer"


class CompetenceArea(Piece):
    """An area every year's plan begins with."""

    class Meta(Piece.Meta):
        verbose_name = "kompetanseområde"
        verbose_name_plural = "kompetanseområder"


class Element(Piece):
    """A way the owner builds competence: mentoring, principals' school, sharing arenas."""

    class Meta(Piece.Meta):
        verbose_name = "måte å bygge kompetanse på"
        verbose_name_plural = "måter å bygge kompetanse på"


class ResourceArea(Piece):
    """What a resource role is about. `text` is the standard mandate; `everywhere`: every school is to have one."""

    everywhere = models.BooleanField(default=False)

    class Meta(Piece.Meta):
        verbose_name = "område for ressursrolle"
        verbose_name_plural = "områder for ressursroller"


class RequirementSetting(models.Model):
    """Credits the owner has confirmed or set for a subject and stage; goes before the room's own table.

    `key` is the row's own in a pack. `valid_to` is the first day it no longer holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=80)
    subject = models.SlugField(max_length=40)
    stage = models.CharField(max_length=16, choices=Stage.choices)
    credits = models.DecimalField(max_digits=4, decimal_places=1)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "kompetansekrav"
        verbose_name_plural = "kompetansekrav"
        ordering = ["subject", "stage", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="competence_requirement_key_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="competence_requirement_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.stage} {self.credits}"
