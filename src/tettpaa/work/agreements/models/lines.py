"""The lines of a text: promises, goals, competence, checkpoints, who is heard, and the annex."""

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Body
from tettpaa.work.agreements.enums import Outcome, Side, Status, status_at
from tettpaa.work.agreements.models.agreement import Wording
from tettpaa.work.initiatives.models import Initiative
from tettpaa.work.plans.models import Goal


class Line(Versioned):
    """A line of a wording. `line` stays the same when the line lives on in the next wording."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    line = models.UUIDField(default=uuid4, editable=False)
    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="%(class)ss")
    number = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering = ["number", "pk"]


class Commitment(Line):
    """A promise of one side. Promises with the same `pair` answer each other across the spine; 0 stands alone.

    `who` says in words who does it, never a name; `role` is the key of the role that answers for it. Everything up to
    `as_initiative` is signed; the rest is how it goes.
    """

    side = models.CharField(max_length=6, choices=Side.choices)
    pair = models.PositiveSmallIntegerField(default=0)
    what = models.CharField(max_length=300)
    why_goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    who = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=30, blank=True)
    due_on = models.DateField(null=True, blank=True)
    sign = models.CharField(max_length=300, blank=True)
    as_initiative = models.BooleanField(default=True)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PLANNED)
    status_note = models.CharField(max_length=300, blank=True)
    status_on = models.DateField(null=True)
    status_by = models.CharField(max_length=200, blank=True)

    class Meta(Line.Meta):
        verbose_name = "løfte"
        verbose_name_plural = "løfter"
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.NOT_DONE) | ~Q(status_note=""),
                name="agreements_commitment_not_done_has_reason",
            )
        ]

    def __str__(self) -> str:
        return self.what

    def status_at(self, today: date) -> Status:
        """What it comes to today: what is not done by its date is late, whatever was said."""
        return status_at(self.status, self.due_on, today)


class AgreementGoal(Line):
    """A goal of the agreement: indicator, baseline as frozen when it was chosen, target and date.

    `baseline` is the public figure (value, low, high, n, period, figure, release), or empty. `sign` is what one
    will see when there is no indicator.
    """

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=300)
    indicator = models.CharField(max_length=60, blank=True)
    grade = models.PositiveSmallIntegerField(default=0)
    gender = models.PositiveSmallIntegerField(default=0)
    baseline = models.JSONField(default=dict, blank=True)
    target = models.FloatField(null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    sign = models.CharField(max_length=300, blank=True)

    class Meta(Line.Meta):
        verbose_name = "mål i avtale"
        verbose_name_plural = "mål i avtaler"

    def __str__(self) -> str:
        return self.text


class CompetenceNeed(Line):
    """What somebody must learn for the promises to be kept."""

    need = models.CharField(max_length=300)
    who = models.CharField(max_length=120, blank=True)
    how = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta(Line.Meta):
        verbose_name = "kompetansebehov i avtale"
        verbose_name_plural = "kompetansebehov i avtaler"

    def __str__(self) -> str:
        return self.need


class Checkpoint(Line):
    """A date on which both say how it goes. `due_on` and `about` are signed; the rest is what was said."""

    due_on = models.DateField()
    about = models.CharField(max_length=300, blank=True)
    school_says = models.TextField(blank=True)
    owner_says = models.TextField(blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    held_on = models.DateField(null=True)
    held_by = models.CharField(max_length=200, blank=True)

    class Meta(Line.Meta):
        verbose_name = "sjekkpunkt"
        verbose_name_plural = "sjekkpunkter"
        ordering = ["due_on", "number"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(held_on=None) & Q(outcome="")) | (Q(held_on__isnull=False) & ~Q(outcome="")),
                name="agreements_checkpoint_held_has_outcome",
            )
        ]

    def __str__(self) -> str:
        return self.due_on.isoformat()


class Consultation(Line):
    """A body that was asked: when, what it said, what that changed."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    asked_on = models.DateField(null=True, blank=True)
    heard_on = models.DateField(null=True, blank=True)
    said = models.TextField(blank=True)
    changed = models.TextField(blank=True)

    class Meta(Line.Meta):
        verbose_name = "hørt organ"
        verbose_name_plural = "hørte organer"

    def __str__(self) -> str:
        return self.name


class AnnexParagraph(Line):
    """A paragraph that only some may read, with its legal basis and when wider access was weighed (OFFL § 11)."""

    heading = models.CharField(max_length=160)
    text = models.TextField()
    basis = models.CharField(max_length=40)
    weighed_on = models.DateField(null=True, blank=True)
    weighed = models.TextField(blank=True)

    class Meta(Line.Meta):
        verbose_name = "avsnitt i vedlegg"
        verbose_name_plural = "avsnitt i vedlegg"

    def __str__(self) -> str:
        return self.heading
