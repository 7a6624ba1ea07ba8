"""Initiatives, their history, and the reviews of what came of them."""

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.work.initiatives.enums import RUNNING, Certainty, Conclusion, Evidence, ReviewState, State


def is_late(state: str, due_on: date | None, today: date) -> bool:
    """The work should have been done by now and is not."""
    return state in RUNNING and due_on is not None and due_on < today


def is_unseen(state: str, due_on: date | None, evaluate_on: date | None, today: date) -> bool:
    """Done or late, and no day to look at what came of it, or it has passed."""
    waits = state == State.DONE or is_late(state, due_on, today)
    return waits and (evaluate_on is None or evaluate_on < today)


class Initiative(Versioned):
    """Something a school or the owner does to reach a goal. It answers the five questions of OL § 12-4: which
    problem, what, when, who, and when it is evaluated.

    `school` is None for the owner's own. `source` says what it came from, such as
    `agreements.commitment:<uuid>`, and `source_address` where that stands; one initiative a source. `responsible_role` is a role's key, never a name.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    goal = models.ForeignKey("plans.Goal", on_delete=models.PROTECT, related_name="+", null=True)
    source = models.CharField(max_length=200, blank=True, default="")
    source_address = models.CharField(max_length=300, blank=True, default="")
    title = models.CharField(max_length=160)
    problem = models.TextField(blank=True)
    what = models.TextField(blank=True)
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    responsible_role = models.CharField(max_length=30, blank=True)
    evaluate_on = models.DateField(null=True)
    expected_sign = models.TextField(blank=True)
    resources = models.TextField(blank=True)
    evidence = models.CharField(max_length=10, choices=Evidence.choices, blank=True)
    evidence_note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.IDEA)
    done_on = models.DateField(null=True)

    class Meta:
        verbose_name = "tiltak"
        verbose_name_plural = "tiltak"
        ordering = ["title", "pk"]
        indexes = [models.Index(fields=["owner", "school", "state"], name="initiatives_by_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "source"], condition=~Q(source=""), name="initiatives_source_once"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Unit:
        """Whose it is: the school, or the owner. Every permission is asked there."""
        return self.school or self.owner

    def is_late(self, today: date) -> bool:
        """The work should have been done by now and is not."""
        return is_late(self.state, self.due_on, today)

    def is_unseen(self, today: date) -> bool:
        """Somebody should have looked at what came of it by now, and nobody has."""
        return is_unseen(self.state, self.due_on, self.evaluate_on, today)


class StateChange(models.Model):
    """One line of an initiative's history: from, to, on which day, why, by whom. Never changed."""

    is_append_only = True

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="changes")
    before = models.CharField(max_length=10, choices=State.choices, blank=True)
    after = models.CharField(max_length=10, choices=State.choices)
    on = models.DateField()
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "tilstandsendring"
        verbose_name_plural = "tilstandsendringer"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class EffectReview(Versioned):
    """What we saw before and after, what chance alone would have given, and what we conclude.

    `before` and `after` are the years in which the school years start. The figures themselves are not kept here:
    they are read for each viewer, so a hidden figure stays hidden. `written_by` and `checked_by` are e-mails.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="reviews")
    indicator = models.CharField(max_length=60)
    grade = models.PositiveSmallIntegerField(default=0)
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    planned_on = models.DateField()
    state = models.CharField(max_length=8, choices=ReviewState.choices, default=ReviewState.PLANNED)
    seen = models.TextField(blank=True)
    explanations = models.JSONField(default=list)
    other_explanations = models.TextField(blank=True)
    conclusion = models.CharField(max_length=14, choices=Conclusion.choices, blank=True)
    certainty = models.CharField(max_length=8, choices=Certainty.choices, blank=True)
    written_by = models.CharField(max_length=200, blank=True)
    written_on = models.DateField(null=True)
    checked_by = models.CharField(max_length=200, blank=True)
    checked_on = models.DateField(null=True)
    used_in = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "effektvurdering"
        verbose_name_plural = "effektvurderinger"
        ordering = ["planned_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(after__gt=models.F("before")), name="initiatives_after_comes_after_before"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.before} → {self.after}"
