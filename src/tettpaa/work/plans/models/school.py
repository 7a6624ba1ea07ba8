"""A school's own plan for one year: premises from above, goals of its own, who was heard, status and evaluation."""

from uuid import uuid4

from django.db import models

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.work.plans.enums import GoalState, SchoolPlanState
from tettpaa.work.plans.models.plan import Goal


class SchoolPlan(Versioned):
    """One plan a school and school year (2026 means 2026-27)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=SchoolPlanState.choices, default=SchoolPlanState.DRAFT)
    text = models.TextField(blank=True)
    competence = models.TextField(blank=True)
    resources = models.TextField(blank=True)
    adopted_on = models.DateField(null=True)
    midyear_status = models.TextField(blank=True)
    midyear_on = models.DateField(null=True)
    evaluation = models.TextField(blank=True)
    evaluated_on = models.DateField(null=True)

    class Meta:
        verbose_name = "skolens plan"
        verbose_name_plural = "skolenes planer"
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["school", "year"], name="plans_schoolplan_one_a_year")]

    def __str__(self) -> str:
        return f"{self.school} {self.school_year}"

    @property
    def school_year(self) -> str:
        """`2026-27`, as in the address."""
        return f"{self.year}-{(self.year + 1) % 100:02d}"


class SchoolGoal(Versioned):
    """A goal of the school's own, tied to a goal of the owner's plan or standing alone."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    plan = models.ForeignKey(SchoolPlan, on_delete=models.CASCADE, related_name="goals")
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="school_goals"
    )
    text = models.CharField(max_length=500)
    why = models.TextField(blank=True)
    expected_sign = models.CharField(max_length=500, blank=True)
    status = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=GoalState.choices, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "skolens mål"
        verbose_name_plural = "skolens mål"
        ordering = ["order", "text"]

    def __str__(self) -> str:
        return self.text


class SchoolPlanPremise(models.Model):
    """What the school is to build its year on, said elsewhere: one row a `source` ("dialogue.meeting:<uuid>")."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=120)
    text = models.CharField(max_length=500)
    address = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "premiss for skolens plan"
        verbose_name_plural = "premisser for skolens plan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "year", "source"], name="plans_premise_once")
        ]

    def __str__(self) -> str:
        return self.text


class SchoolPlanHeard(models.Model):
    """A body that was heard, when, what it said, and what it changed."""

    plan = models.ForeignKey(SchoolPlan, on_delete=models.CASCADE, related_name="heard")
    body = models.CharField(max_length=120)
    on = models.DateField()
    said = models.TextField(blank=True)
    changed = models.TextField(blank=True)

    class Meta:
        verbose_name = "hørt organ"
        verbose_name_plural = "hørte organer"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.body


class SchoolPlanVersion(models.Model):
    """The school's plan as it was adopted: canonical text and its SHA-256."""

    is_append_only = True  # the database's triggers refuse change (migration 0002)

    plan = models.ForeignKey(SchoolPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "vedtatt skoleplan"
        verbose_name_plural = "vedtatte skoleplaner"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plans_schoolplanversion_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.sha256[:8]}"
