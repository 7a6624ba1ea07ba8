"""What the owner takes part in: who, how it is led, by when, for which money, and what came of it. No persons."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.work.programmes.enums import GroupKind, Kind, MilestoneState, PartnerKind, Scope, State

_YEARS_IN_ORDER = Q(first_year__isnull=True) | Q(last_year__isnull=True) | Q(last_year__gte=F("first_year"))


class Programme(Versioned):
    """A national programme, a partnership, a network across municipalities, a project or a measure.

    Years are calendar years, empty where the ground does not say them. `parent` is what a measure belongs to.
    `contact_role` is a role's key. `published_on` opens it to everybody with a role at the owner; `changed_on`
    is the day its words were changed last. `source` is the document it comes from, in words.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=60)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="measures")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    about = models.TextField(blank=True)
    area = models.ForeignKey("plans.FocusArea", on_delete=models.PROTECT, null=True, related_name="+")
    goal = models.ForeignKey("plans.Goal", on_delete=models.PROTECT, null=True, related_name="+")
    contact_role = models.CharField(max_length=30, blank=True)
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    scope = models.CharField(max_length=15, choices=Scope.choices, default=Scope.CHOSEN)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    mandate = models.TextField(blank=True)
    result = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True)
    changed_on = models.DateField(null=True)

    class Meta:
        verbose_name = "program"
        verbose_name_plural = "programmer"
        ordering = ["title", "pk"]
        indexes = [models.Index(fields=["owner", "state"], name="programmes_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="programmes_key_once"),
            models.CheckConstraint(condition=_YEARS_IN_ORDER, name="programmes_years_in_order"),
        ]

    def __str__(self) -> str:
        return self.title


class StateChange(models.Model):
    """One line of a programme's history: from, to, on which day, why, by whom. Never changed."""

    is_append_only = True

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="changes")
    before = models.CharField(max_length=8, choices=State.choices, blank=True)
    after = models.CharField(max_length=8, choices=State.choices)
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


class Part(models.Model):
    """What stands in a programme and has a form of its own."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True


class Participant(Part):
    """A school that takes part, and in which years. `name` where the school stands in no register of the owner's."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="participants")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=200, blank=True)
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = "deltaker"
        verbose_name_plural = "deltakere"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "school"], name="programmes_school_once"),
            models.CheckConstraint(
                condition=Q(school__isnull=False) | ~Q(name=""), name="programmes_participant_is_named"
            ),
            models.CheckConstraint(condition=_YEARS_IN_ORDER, name="programmes_taking_part_in_order"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What people call the school."""
        return self.school.label if self.school else self.name


class Partner(Part):
    """Who works with the owner, and as what."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=PartnerKind.choices, default=PartnerKind.OTHER)
    task = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "partner"
        verbose_name_plural = "partnere"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class ProjectGroup(Part):
    """A steering group, a common meeting, a project group or a working group. `who` are roles, not names."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=8, choices=GroupKind.choices, default=GroupKind.OTHER)
    who = models.CharField(max_length=500, blank=True)
    task = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "gruppe i prosjektet"
        verbose_name_plural = "grupper i prosjektet"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Milestone(Part):
    """What is to be done by when; or a meeting of one of the groups. Its date stands in the year wheel."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="milestones")
    group = models.ForeignKey(ProjectGroup, on_delete=models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    role = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=7, choices=MilestoneState.choices, default=MilestoneState.COMING)
    done_on = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "milepæl"
        verbose_name_plural = "milepæler"
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Grant(Part):
    """Money from outside for the programme, in kroner; empty until it is known."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="grants")
    giver = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    given_on = models.DateField(null=True)
    report_on = models.DateField(null=True)
    terms = models.TextField(blank=True)

    class Meta:
        verbose_name = "tilskudd"
        verbose_name_plural = "tilskudd"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="programmes_grant_is_no_debt"
            )
        ]

    def __str__(self) -> str:
        return self.giver


class Spending(Part):
    """Money used, in kroner; a negative amount takes back what was written wrongly."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="spending")
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, null=True, related_name="spending")
    on = models.DateField()
    what = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "bruk av midler"
        verbose_name_plural = "bruk av midler"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.what


class LongPlan(Part):
    """A plan for several years that partners share."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="plans")
    title = models.CharField(max_length=200)
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = "flerårig plan"
        verbose_name_plural = "flerårige planer"
        ordering = ["first_year", "order", "pk"]
        constraints = [models.CheckConstraint(condition=_YEARS_IN_ORDER, name="programmes_plan_in_order")]

    def __str__(self) -> str:
        return self.title


class PageAnswer(models.Model):
    """What a reader said of the overview: found it or not, and what was missing. Who said it is not kept."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    found = models.BooleanField()
    missing = models.CharField(max_length=500, blank=True)
    on = models.DateField()

    class Meta:
        verbose_name = "tilbakemelding"
        verbose_name_plural = "tilbakemeldinger"
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return str(self.found)
