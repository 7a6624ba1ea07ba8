"""How people grow: mentoring of the newly educated, leaders' studies, trade certificates, resource roles."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.enums import (
    LeaderStudyKind,
    MentorshipState,
    RoleState,
    StudyState,
    TradeRoute,
    TradeState,
)
from tettpaa.work.competence.models.frame import ResourceArea
from tettpaa.work.competence.models.people import Employee


class OfPerson(Versioned):
    """A row about one person at one place."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class Mentorship(OfPerson):
    """Mentoring of a newly educated teacher, two years. The leader sees plan, hours and states; never what was said."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="mentorships")
    mentor = models.ForeignKey(Employee, on_delete=models.SET_NULL, null=True, related_name="mentees")
    state = models.CharField(max_length=11, choices=MentorshipState.choices, default=MentorshipState.OFFERED)
    plan = models.TextField(blank=True)
    hours_planned = models.PositiveSmallIntegerField(default=0)
    offered_on = models.DateField()
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        verbose_name = "veiledning av nyutdannet"
        verbose_name_plural = "veiledning av nyutdannede"
        ordering = ["-offered_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mentor=None) | ~Q(mentor=F("employee")), name="competence_mentorship_of_another"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_state_display())


class MentorSession(models.Model):
    """One talk. `note` is for the two of them only."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="sessions")
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    theme = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "veiledningssamtale"
        verbose_name_plural = "veiledningssamtaler"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.theme


class LeaderStudy(OfPerson):
    """A leader takes the principals' education, or a module after it."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="leader_studies")
    kind = models.CharField(max_length=9, choices=LeaderStudyKind.choices)
    institution = models.CharField(max_length=200, blank=True)
    credits = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    state = models.CharField(max_length=9, choices=StudyState.choices, default=StudyState.APPLIED)
    applied_on = models.DateField()
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        verbose_name = "rektorutdanning"
        verbose_name_plural = "rektorutdanninger"
        ordering = ["-applied_on"]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class AssistantQualification(OfPerson):
    """An assistant on the way to a trade certificate as child and youth worker, by one of the two routes.

    Months: `practice_months` is counted in full posts; `schooling_months` is deducted, at most 24.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="trade_routes")
    route = models.CharField(max_length=10, choices=TradeRoute.choices)
    state = models.CharField(max_length=17, choices=TradeState.choices, default=TradeState.REGISTERED)
    practice_months = models.PositiveSmallIntegerField(default=0)
    schooling_months = models.PositiveSmallIntegerField(default=0)
    registered_on = models.DateField()
    practice_on = models.DateField(null=True)
    theory_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        verbose_name = "vei til fagbrev"
        verbose_name_plural = "veier til fagbrev"
        ordering = ["-registered_on"]
        constraints = [
            models.CheckConstraint(condition=Q(schooling_months__lte=24), name="competence_trade_deducts_24")
        ]

    def __str__(self) -> str:
        return str(self.get_route_display())


class ResourceRole(OfPerson):
    """Somebody supports the development work at a school in one area. `share` is percent of a post."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="resource_roles")
    area = models.ForeignKey(ResourceArea, on_delete=models.PROTECT, related_name="roles")
    mandate = models.TextField(blank=True)
    share = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    state = models.CharField(max_length=9, choices=RoleState.choices, default=RoleState.APPOINTED)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "ressursrolle"
        verbose_name_plural = "ressursroller"
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(share=None) | (Q(share__gt=0) & Q(share__lte=100)),
                name="competence_role_share_of_a_post",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="competence_role_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return str(self.area)


class Spread(models.Model):
    """What was spread at the school from a network, a study or a resource role. Tells of the work, of nobody.

    `source` is a text key ("offers.offer:<uuid>") or empty; a row with a source is written once.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    role = models.ForeignKey(ResourceRole, on_delete=models.SET_NULL, null=True, related_name="spreads")
    area = models.ForeignKey(ResourceArea, on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    what = models.CharField(max_length=300)
    to_whom = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=120, blank=True)
    by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "spredning på skolen"
        verbose_name_plural = "spredning på skolen"
        ordering = ["-on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "source", "by"], condition=~Q(source=""), name="competence_spread_once"
            )
        ]

    def __str__(self) -> str:
        return self.what
