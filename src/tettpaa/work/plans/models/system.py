"""What else an owner's system consists of, as plain configured rows: elements, expectations, support, history."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.work.plans.enums import ElementKind


class Piece(Versioned):
    """Base of the configured rows: the owner's, with a key, in the owner's order."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField(default=0)

    name_field: ClassVar[str] = "name"

    class Meta:
        abstract = True
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return str(getattr(self, self.name_field))


class Element(Piece):
    """An element of the whole system; `ties` holds keys of elements, areas and goals it hangs together with."""

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=ElementKind.choices)
    text = models.CharField(max_length=500, blank=True)
    ties = models.JSONField(default=list, blank=True)

    class Meta(Piece.Meta):
        verbose_name = "element"
        verbose_name_plural = "elementer"
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="plans_element_key_once")]


class Expectation(Piece):
    """Who expects what of whom. `letter`: the name of the letter of expectations it stands in, if any."""

    name_field = "text"

    of_whom = models.CharField(max_length=160)
    by_whom = models.CharField(max_length=160, blank=True)
    text = models.CharField(max_length=500)
    support = models.CharField(max_length=500, blank=True)
    letter = models.CharField(max_length=160, blank=True)
    tied_to = models.SlugField(max_length=60, blank=True)

    class Meta(Piece.Meta):
        verbose_name = "forventning"
        verbose_name_plural = "forventninger"
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="plans_expectation_key_once")]


class SupportSystem(Piece):
    """A data-based support system and what it is for."""

    name = models.CharField(max_length=160)
    purpose = models.CharField(max_length=500, blank=True)
    address = models.URLField(max_length=300, blank=True)

    class Meta(Piece.Meta):
        verbose_name = "støttesystem"
        verbose_name_plural = "støttesystemer"
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="plans_supportsystem_key_once")]


class TimelineEvent(Piece):
    """Something that happened, as the founding document says. `when` is a date or a year in words."""

    name_field = "text"

    when = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    is_effect = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)

    class Meta(Piece.Meta):
        verbose_name = "hendelse"
        verbose_name_plural = "hendelser"
        ordering = ["year", "order", "key"]
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="plans_timelineevent_key_once")]


class Project(Piece):
    """A project's organisation. `groups`: [{"name", "who", "task"}]; `content`: what it works with, in words."""

    name = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    period = models.CharField(max_length=60, blank=True)
    groups = models.JSONField(default=list, blank=True)
    content = models.JSONField(default=list, blank=True)

    class Meta(Piece.Meta):
        verbose_name = "prosjekt"
        verbose_name_plural = "prosjekter"
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="plans_project_key_once")]


class Arena(Piece):
    """A regular meeting place or yearly seminar: who meets, how often, about what."""

    name = models.CharField(max_length=160)
    who = models.CharField(max_length=300, blank=True)
    how_often = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=500, blank=True)

    class Meta(Piece.Meta):
        verbose_name = "møteplass"
        verbose_name_plural = "møteplasser"
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="plans_arena_key_once")]


class Recommendation(Piece):
    """A recommendation and to whom it is given."""

    name_field = "text"

    to_whom = models.CharField(max_length=160)
    text = models.CharField(max_length=500)
    source = models.CharField(max_length=300, blank=True)

    class Meta(Piece.Meta):
        verbose_name = "anbefaling"
        verbose_name_plural = "anbefalinger"
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="plans_recommendation_key_once")]
