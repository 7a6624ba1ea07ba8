"""The school's self-assessment: the scale of the pack, rounds, and answers that nobody can be told from.

How the answers are kept apart from those who gave them (trust.md R14):

- `Participation` says yes or no for each person while the round is open. No time. Deleted when it closes.
- `Ballot` is one person's answers, encrypted under a key that is not in the database, of equal length whoever
  answered what, with a random key of its own and no time. Nothing joins it to a person. Deleted when it closes.
- `Count` is what is left after closing: for each goal, how many chose each step. Goals are not joined with each
  other, so no pattern of answers across goals can be followed. What is gone can be had back by nobody.
"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tettpaa.core.orgs.models import Unit
from tettpaa.work.surveys.enums import State

UNKNOWN = -1  # the step of those who do not know
SMALLEST = 5  # a result of fewer answers is never shown; an owner may ask for more, not for fewer


class AssessmentScale(models.Model):
    """The owner's words for "how far have we come". `smallest` is how many must have answered."""

    owner = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="+")
    unknown = models.CharField(max_length=60, default="Vet ikke")
    smallest = models.PositiveSmallIntegerField(default=SMALLEST)

    class Meta:
        verbose_name = "skala"
        verbose_name_plural = "skalaer"
        constraints = [
            models.CheckConstraint(condition=Q(smallest__gte=SMALLEST), name="surveys_smallest_only_raised")
        ]

    def __str__(self) -> str:
        return ", ".join(step.word for step in self.steps.all())


class ScaleStep(models.Model):
    """One step, from the least to the most."""

    scale = models.ForeignKey(AssessmentScale, on_delete=models.CASCADE, related_name="steps")
    key = models.SlugField(max_length=40)
    word = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "trinn på skalaen"
        verbose_name_plural = "trinn på skalaen"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["scale", "key"], name="surveys_step_key_once")]

    def __str__(self) -> str:
        return self.word


class AssessmentRound(models.Model):
    """One self-assessment at one school. `school_year` is the year in which it starts.

    `steps`, `unknown` and `smallest` are taken from the scale when the round opens, so that later changes of the
    scale do not change what people answered. `invited` and `answered` are numbers, set when it closes.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school_year = models.PositiveSmallIntegerField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    steps = models.JSONField(default=list)
    unknown = models.CharField(max_length=60, blank=True)
    smallest = models.PositiveSmallIntegerField(default=SMALLEST)
    comment = models.TextField(blank=True)
    invited = models.PositiveIntegerField(null=True)
    answered = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = "egenvurdering"
        verbose_name_plural = "egenvurderinger"
        ordering = ["-opens_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="surveys_round_closes_after_it_opens"
            ),
            models.UniqueConstraint(
                fields=["school"], condition=Q(state=State.OPEN), name="surveys_one_open_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.school_year}"


class Question(models.Model):
    """One goal in a round, with the question as it was asked."""

    round = models.ForeignKey(AssessmentRound, on_delete=models.CASCADE, related_name="questions")
    goal = models.ForeignKey("plans.Goal", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "spørsmål"
        verbose_name_plural = "spørsmål"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "goal"], name="surveys_goal_once")]

    def __str__(self) -> str:
        return self.text


class Participation(models.Model):
    """Whether a person has answered: yes or no. Made for all when the round opens, deleted when it closes."""

    round = models.ForeignKey(AssessmentRound, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    used = models.BooleanField(default=False)

    class Meta:
        verbose_name = "deltakelse"
        verbose_name_plural = "deltakelser"
        constraints = [models.UniqueConstraint(fields=["round", "user"], name="surveys_person_once")]

    def __str__(self) -> str:
        return "1" if self.used else "0"


class Ballot(models.Model):
    """One set of answers, encrypted; nobody knows whose. Deleted when the round closes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    round = models.ForeignKey(AssessmentRound, on_delete=models.CASCADE, related_name="+")
    content = models.BinaryField()

    class Meta:
        verbose_name = "stemmeseddel"
        verbose_name_plural = "stemmesedler"

    def __str__(self) -> str:
        return "…"


class Count(models.Model):
    """How many chose a step of the round's scale for one goal. `step` counts from 0; UNKNOWN is "vet ikke"."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="counts")
    step = models.SmallIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = "opptelling"
        verbose_name_plural = "opptellinger"
        ordering = ["step", "pk"]
        constraints = [models.UniqueConstraint(fields=["question", "step"], name="surveys_count_once")]

    def __str__(self) -> str:
        return f"{self.step}: {self.count}"


class Look(models.Model):
    """That somebody at the owner's has seen a shared result, so that the head who withdraws it knows who did."""

    round = models.ForeignKey(AssessmentRound, on_delete=models.CASCADE, related_name="looks")
    by = models.CharField(max_length=200)
    role = models.CharField(max_length=30)
    on = models.DateField()

    class Meta:
        verbose_name = "innsyn"
        verbose_name_plural = "innsyn"
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "by", "on"], name="surveys_look_once_a_day")]

    def __str__(self) -> str:
        return f"{self.role} {self.on}"
