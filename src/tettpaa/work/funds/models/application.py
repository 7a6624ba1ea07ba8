"""Applications of a person or a school, their history, and the moves in the order."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.work.funds.enums import AfterDrop, Form, State
from tettpaa.work.funds.models.scheme import Call

_DRAFT_OR_GONE = Q(state__in=(State.DRAFT, State.WITHDRAWN))


class Application(Versioned):
    """What a person (`is_personal`, `employee`) or a school applies for.

    Of a person: class D, read by the person, the own leader and those who rank; each look of another is written
    down; `employee` is empty when the record of the staff is deleted. A school's names the goal of the plan it is
    anchored in. `number` is given when it is sent, and is what the state's portal knows it by. `place` in the order,
    with the reason that the applicant reads. Amounts in kroner.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    is_personal = models.BooleanField(default=False)
    employee = models.ForeignKey(
        "competence.Employee", on_delete=models.SET_NULL, related_name="+", null=True
    )
    goal = models.ForeignKey("plans.Goal", on_delete=models.PROTECT, related_name="+", null=True)
    number = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFT)
    title = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    need = models.TextField(blank=True)
    institution = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=60, blank=True)
    credits = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    first_choice = models.CharField(max_length=10, choices=Form.choices, blank=True)
    second_choice = models.CharField(max_length=10, choices=Form.choices, blank=True)
    talked_on = models.DateField(null=True)
    sought = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    own_share = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    submitted_on = models.DateField(null=True)
    leader_supports = models.BooleanField(null=True)
    leader_words = models.TextField(blank=True)
    leader_place = models.PositiveSmallIntegerField(null=True)
    place = models.PositiveIntegerField(null=True)
    place_reason = models.TextField(blank=True)
    needs_reason = models.BooleanField(default=False)
    form = models.CharField(max_length=10, choices=Form.choices, blank=True)
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    granted = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    report = models.TextField(blank=True)
    spent = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    after_drop = models.CharField(max_length=8, choices=AfterDrop.choices, blank=True)

    class Meta:
        verbose_name = "søknad"
        verbose_name_plural = "søknader"
        ordering = ["place", "number", "pk"]
        indexes = [
            models.Index(fields=["owner", "school", "state"], name="funds_application_place"),
            models.Index(fields=["employee"], name="funds_application_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="funds_application_number_once"),
            models.CheckConstraint(
                condition=Q(is_personal=True) | Q(goal__isnull=False) | _DRAFT_OR_GONE,
                name="funds_application_school_names_goal",
            ),
            models.CheckConstraint(
                condition=Q(is_personal=True) | Q(school__isnull=False, employee=None),
                name="funds_application_has_applicant",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=False) | _DRAFT_OR_GONE, name="funds_application_sent_has_number"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """What people and the portal call it: `2027-014`; empty until it is sent."""
        return f"{self.call.year}-{self.number:03}" if self.number else ""


class ApplicationStep(models.Model):
    """One line of an application's history, with the words that the applicant reads. `told_at`: a letter told of it.

    No trigger guards it: words about a person are deleted by rule (fields.toml). That it happened stands in the trail.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(max_length=16, choices=State.choices, blank=True)
    after = models.CharField(max_length=16, choices=State.choices)
    on = models.DateField()
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "steg i søknaden"
        verbose_name_plural = "steg i søknaden"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class RankMove(models.Model):
    """A row moved in the order that the rules gave, and why. The applicant reads it; deleted like the history."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="moves")
    before = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    reason = models.TextField()
    on = models.DateField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "flytting i rekkefølgen"
        verbose_name_plural = "flyttinger i rekkefølgen"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
