"""The competence plan of an owner for one school year, over all services."""

from uuid import uuid4

from django.db import models

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.enums import NeedSource, PlanState
from tettpaa.work.plans.models import Goal


class CompetencePlan(Versioned):
    """One plan an owner and school year (2026 means 2026-27). `background`, `organisation` and `basis` begin with the
    words of the owner's frame."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    background = models.TextField(blank=True)
    organisation = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    budget = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=PlanState.choices, default=PlanState.DRAFT)
    needs_gathered_on = models.DateField(null=True)
    adopted_on = models.DateField(null=True)
    case_reference = models.CharField(max_length=120, blank=True)
    evaluation = models.TextField(blank=True)
    evaluated_on = models.DateField(null=True)

    class Meta:
        verbose_name = "kompetanseplan"
        verbose_name_plural = "kompetanseplaner"
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["owner", "year"], name="competence_plan_one_a_year")]

    def __str__(self) -> str:
        return self.title


class PlanArea(Versioned):
    """A competence area of one year's plan, with the goal of the quality plan it serves."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(CompetencePlan, on_delete=models.CASCADE, related_name="areas")
    key = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    what = models.TextField(blank=True)
    service = models.SlugField(max_length=60, blank=True)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "kompetanseområde i plan"
        verbose_name_plural = "kompetanseområder i plan"
        ordering = ["order", "title"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="competence_planarea_key_once")]

    def __str__(self) -> str:
        return self.title


class PlanNeed(models.Model):
    """A need that the plan rests on. A count of people, never who. `school` is empty for what holds for all.

    `count` of a gap is kept as it was counted; what may be shown of it is for `counts.py` to say.
    """

    plan = models.ForeignKey(CompetencePlan, on_delete=models.CASCADE, related_name="needs")
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=9, choices=NeedSource.choices)
    source_key = models.CharField(max_length=120, blank=True)
    subject = models.SlugField(max_length=40, blank=True)
    text = models.CharField(max_length=500, blank=True)
    count = models.PositiveSmallIntegerField(null=True)
    total = models.PositiveSmallIntegerField(null=True)
    area = models.ForeignKey(PlanArea, on_delete=models.SET_NULL, null=True, related_name="needs")
    by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "kompetansebehov"
        verbose_name_plural = "kompetansebehov"
        ordering = ["source", "subject", "pk"]

    def __str__(self) -> str:
        return self.text or self.subject

    @property
    def stage(self) -> str:
        """The stage of a gap; empty for other needs."""
        return self.source_key.rpartition("/")[2] if self.source == NeedSource.GAP else ""

    @property
    def group(self) -> str:
        """What is one need to the owner: a gap is the same at all schools."""
        return f"{self.subject}-{self.stage}" if self.source == NeedSource.GAP else str(self.pk)


class PlanDiscussion(models.Model):
    """The plan was discussed with the unions: when, with whom (role, never name), what was said, what it changed."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(CompetencePlan, on_delete=models.CASCADE, related_name="discussions")
    on = models.DateField()
    with_whom = models.CharField(max_length=200)
    said = models.TextField(blank=True)
    changed = models.TextField(blank=True)
    by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "drøfting av kompetanseplan"
        verbose_name_plural = "drøftinger av kompetanseplan"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.with_whom


class PlanVersion(models.Model):
    """The plan's words as they were adopted: canonical text and its SHA-256."""

    is_append_only = True  # the database's triggers refuse change (migration 0002)

    plan = models.ForeignKey(CompetencePlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    adopted_on = models.DateField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "vedtatt kompetanseplan"
        verbose_name_plural = "vedtatte kompetanseplaner"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="competence_planversion_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.sha256[:8]}"
