"""The owner's quality plan: areas, themes, goals with signs, tools and indicators, its road and sealed versions."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.data.suppression.kinds import Gender
from tettpaa.work.plans.enums import (
    OPEN_STATES,
    SHARED_STATES,
    AreaState,
    GoalKind,
    GoalState,
    PlanState,
    SignView,
)


class QualityPlan(Versioned):
    """A plan of an owner with a period. The rows below it are its words as they stand now; what was adopted is
    sealed in `PlanVersion`. `unsealed`: the words have changed since the last seal. `from_pack`: the pack's part
    writes here.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    case_reference = models.CharField(max_length=120, blank=True)
    background = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=14, choices=PlanState.choices, default=PlanState.DRAFT)
    hearing_until = models.DateField(null=True, blank=True)
    adopted_on = models.DateField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    unsealed = models.BooleanField(default=True)
    from_pack = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "kvalitetsplan"
        verbose_name_plural = "kvalitetsplaner"
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="plans_qualityplan_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["owner"], condition=Q(from_pack=True), name="plans_qualityplan_one_from_pack"
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self._meta.verbose_name)

    @property
    def is_open(self) -> bool:
        """Whether its words may be changed now."""
        return self.state in OPEN_STATES

    @property
    def is_shared(self) -> bool:
        """Whether everybody who may read plans may read its words as they stand now."""
        return self.state in SHARED_STATES


class FocusArea(Versioned):
    """One of the few areas a plan puts first; `scope` in words, empty when it is all schools."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(QualityPlan, on_delete=models.PROTECT, related_name="areas")
    key = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    scope = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=AreaState.choices, default=AreaState.PROPOSED)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "satsingsområde"
        verbose_name_plural = "satsingsområder"
        ordering = ["order", "title"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="plans_focusarea_key_once")]

    def __str__(self) -> str:
        return self.title


class Theme(Versioned):
    """A theme inside an area."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(FocusArea, on_delete=models.PROTECT, related_name="themes")
    key = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "tema"
        verbose_name_plural = "temaer"
        ordering = ["order", "title"]
        constraints = [models.UniqueConstraint(fields=["area", "key"], name="plans_theme_key_once")]

    def __str__(self) -> str:
        return self.title


class Goal(Versioned):
    """A goal of the plan: where the thread begins. `question` is what teachers are asked in the self-assessment.

    `text` is what everybody may read; in a revision the new wording waits in `draft_text` until it is adopted.

    `version` covers the signs and tools too: they are written with the goal, in one transaction.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(QualityPlan, on_delete=models.PROTECT, related_name="goals")
    area = models.ForeignKey(FocusArea, on_delete=models.PROTECT, null=True, related_name="goals")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="goals")
    key = models.SlugField(max_length=60)
    text = models.CharField(max_length=500)
    draft_text = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=12, choices=GoalKind.choices, default=GoalKind.PRACTICE)
    question = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=GoalState.choices, default=GoalState.DRAFT)
    outcome = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "mål"
        verbose_name_plural = "mål"
        ordering = ["order", "text"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="plans_goal_key_once")]

    def __str__(self) -> str:
        return self.text

    @property
    def newest_text(self) -> str:
        """As the draft has it."""
        return self.draft_text or self.text


class Sign(models.Model):
    """A sign of good practice, seen by one of the four."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="signs")
    view = models.CharField(max_length=12, choices=SignView.choices)
    text = models.CharField(max_length=500)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "tegn på god praksis"
        verbose_name_plural = "tegn på god praksis"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class VerificationTool(models.Model):
    """What one can look at to see whether the goal is reached."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="tools")
    text = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "verktøy for måloppnåelse"
        verbose_name_plural = "verktøy for måloppnåelse"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class GoalIndicator(Versioned):
    """An indicator a goal is followed by. `indicator` is a key of the definitions; grade 0 means all grades.

    The baseline is the owner's published figure of `baseline_period` (2024 means 2024-25) with its 95 % interval,
    copied when it was chosen, public edition only: a plan is public. `target` is in the indicator's unit.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="indicators")
    indicator = models.CharField(max_length=60)
    grade = models.PositiveSmallIntegerField(default=0)
    gender = models.PositiveSmallIntegerField(default=Gender.ALL)
    baseline = models.FloatField(null=True, blank=True)
    baseline_low = models.FloatField(null=True, blank=True)
    baseline_high = models.FloatField(null=True, blank=True)
    baseline_n = models.PositiveIntegerField(null=True, blank=True)
    baseline_period = models.PositiveSmallIntegerField(null=True, blank=True)
    target = models.FloatField(null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "indikator til mål"
        verbose_name_plural = "indikatorer til mål"
        ordering = ["order", "indicator", "grade"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "indicator", "grade", "gender"], name="plans_goalindicator_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.grade}"


class PlanStep(models.Model):
    """One move along the road: who, when, with which case."""

    is_append_only = True  # the database's triggers refuse change (migration 0002)

    plan = models.ForeignKey(QualityPlan, on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(max_length=14, choices=PlanState.choices)
    after = models.CharField(max_length=14, choices=PlanState.choices)
    on = models.DateField()
    case_reference = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "steg for plan"
        verbose_name_plural = "steg for plan"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class PlanVersion(models.Model):
    """The plan's words as they were adopted: canonical text and its SHA-256."""

    is_append_only = True  # the database's triggers refuse change (migration 0002)

    plan = models.ForeignKey(QualityPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    case_reference = models.CharField(max_length=120, blank=True)
    adopted_on = models.DateField(null=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "vedtatt plan"
        verbose_name_plural = "vedtatte planer"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plans_planversion_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.sha256[:8]}"
