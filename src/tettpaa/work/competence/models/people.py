"""People of the staff: what each holds of qualifications, what each teaches, exemptions and deviations.

Everything here is personal data of the staff: `fields.toml` says for each field why it is kept, who sees it and
when it is deleted.
"""

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.enums import DeviationState, Employment, Ground, StaffRole, Stage, Standing


def employed_on(day: date) -> Q:
    """Those who work that day; the last day counts."""
    return Q(active_from__lte=day) & (Q(active_to=None) | Q(active_to__gte=day))


class Employee(Versioned):
    """Somebody employed by the owner. `school` is empty for the owner's own staff and other services.

    `service` is the key of a `Service`. `user` is found by the e-mail. `newly_educated_on`: the day the teacher
    education was finished. `employment_until`: a temporary post ends, without condition never later than 31 July
    (OL § 17-3 third paragraph).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    service = models.SlugField(max_length=60, default="skole")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=16, choices=StaffRole.choices, default=StaffRole.TEACHER)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    employment = models.CharField(max_length=12, choices=Employment.choices, default=Employment.PERMANENT)
    employment_until = models.DateField(null=True, blank=True)
    has_teacher_education = models.BooleanField(default=False)
    newly_educated_on = models.DateField(null=True, blank=True)
    active_from = models.DateField()
    active_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "ansatt"
        verbose_name_plural = "ansatte"
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["owner", "school", "active_to"], name="competence_staff_of_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "email"], condition=~Q(email=""), name="competence_employee_email_once"
            ),
            models.CheckConstraint(
                condition=Q(active_to=None) | Q(active_to__gte=F("active_from")),
                name="competence_employee_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def works_on(self, day: date) -> bool:
        """Whether the person is employed that day; the last day counts."""
        return self.active_from <= day and (self.active_to is None or day <= self.active_to)


class Qualification(models.Model):
    """Credits in a subject. `source_key` ("funds.application:<uuid>") makes a row written by another room once only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="qualifications")
    subject = models.SlugField(max_length=40)
    credits = models.DecimalField(max_digits=4, decimal_places=1)
    source = models.CharField(max_length=200, blank=True)
    source_key = models.CharField(max_length=120, blank=True)
    obtained_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "kompetanse i fag"
        verbose_name_plural = "kompetanse i fag"
        ordering = ["subject", "obtained_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "source_key"],
                condition=~Q(source_key=""),
                name="competence_qualification_source_once",
            ),
            models.CheckConstraint(condition=Q(credits__gt=0), name="competence_qualification_has_credits"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.credits}"


class Teaching(models.Model):
    """What somebody teaches in a school year (2026 means 2026-27).

    `standing` is how the person stands to the requirement, judged anew whenever something it rests on is written and
    by the daily round, so that counts over thousands of rows are one query (`actions/judging.py`).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="teaching")
    year = models.PositiveSmallIntegerField()
    subject = models.SlugField(max_length=40)
    stage = models.CharField(max_length=16, choices=Stage.choices)
    standing = models.CharField(max_length=14, choices=Standing.choices, default=Standing.UNKNOWN)

    class Meta:
        verbose_name = "undervisning"
        verbose_name_plural = "undervisning"
        ordering = ["year", "subject", "stage"]
        indexes = [
            models.Index(
                fields=["owner", "year", "school", "subject", "stage", "standing"],
                name="competence_teaching_of_year",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "year", "subject", "stage"], name="competence_teaching_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.subject} {self.stage}"


class Exemption(models.Model):
    """A ground the law knows for not being held to the requirement, with how it was documented and how long it holds.

    An empty `subject` means all subjects. Whether the ground holds on a day is the law's of that day.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="exemptions")
    ground = models.CharField(max_length=16, choices=Ground.choices)
    subject = models.SlugField(max_length=40, blank=True)
    documented_by = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "unntak fra kompetansekrav"
        verbose_name_plural = "unntak fra kompetansekrav"
        ordering = ["ground", "subject"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "ground", "subject"], name="competence_exemption_once"
            )
        ]

    def __str__(self) -> str:
        return self.get_ground_display()


class Deviation(Versioned):
    """The owner lets somebody teach a subject without meeting the requirement, for one school year (OL § 17-4 third
    paragraph). It is judged anew each school year: a row never holds longer than to 31 July.

    The decision stays when the record of the person is deleted; then it tells of a subject at a school only.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey(Employee, on_delete=models.SET_NULL, null=True, related_name="deviations")
    year = models.PositiveSmallIntegerField()
    subject = models.SlugField(max_length=40)
    stage = models.CharField(max_length=16, choices=Stage.choices)
    state = models.CharField(max_length=9, choices=DeviationState.choices, default=DeviationState.PROPOSED)
    reason = models.TextField()
    tried = models.TextField(blank=True)
    proposed_by = models.CharField(max_length=200)
    proposed_on = models.DateField()
    decided_by = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True)
    decision_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = "fravik fra kompetansekrav"
        verbose_name_plural = "fravik fra kompetansekrav"
        ordering = ["-year", "subject", "stage"]
        indexes = [models.Index(fields=["owner", "year", "state"], name="competence_deviations_of_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "year", "subject", "stage"], name="competence_deviation_one_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.subject} {self.stage}"

    @property
    def expires_on(self) -> date:
        """The last day it holds."""
        return date(self.year + 1, 7, 31)
