"""A short evaluation whose answers are nobody's, in the way of the self-assessment (surveys.models).

`SurveyUse` says yes or no for each person while it is open, without a time. `Ballot` is one set of answers under a key
that is not in the database. Both are deleted when the evaluation closes; only `Count` is left, one question at a time.
"""

from uuid import uuid4

from django.db import models

from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.enums import SurveyState
from tettpaa.work.offers.models.catalogue import Offer


class Survey(models.Model):
    """The evaluation of one offer. `questions` and `steps` are as they were when it opened; `invited` and `answered`
    are numbers, set when it closes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="survey")
    state = models.CharField(max_length=6, choices=SurveyState.choices, default=SurveyState.OPEN)
    questions = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    unknown = models.CharField(max_length=60, default="Vet ikke")
    opens_on = models.DateField()
    closes_on = models.DateField()
    invited = models.PositiveIntegerField(null=True)
    answered = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = "evaluering"
        verbose_name_plural = "evalueringer"

    def __str__(self) -> str:
        return f"{self.state} {self.closes_on}"


class SurveyUse(models.Model):
    """Whether a person has answered: yes or no. Made for all when it opens, deleted when it closes."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    used = models.BooleanField(default=False)

    class Meta:
        verbose_name = "deltakelse i evaluering"
        verbose_name_plural = "deltakelser i evaluering"
        constraints = [
            models.UniqueConstraint(fields=["survey", "employee"], name="offers_survey_person_once")
        ]

    def __str__(self) -> str:
        return "1" if self.used else "0"


class Ballot(models.Model):
    """One set of answers, encrypted; nobody knows whose. Deleted when the evaluation closes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    content = models.BinaryField()

    class Meta:
        verbose_name = "stemmeseddel"
        verbose_name_plural = "stemmesedler"

    def __str__(self) -> str:
        return "…"


class Count(models.Model):
    """How many chose a step for one question. Both count from 0; a step of -1 is "vet ikke"."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="counts")
    question = models.PositiveSmallIntegerField()
    step = models.SmallIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = "opptelling"
        verbose_name_plural = "opptellinger"
        ordering = ["question", "step", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "question", "step"], name="offers_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.question}/{self.step}: {self.count}"
