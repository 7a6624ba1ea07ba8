"""Follow-up of weak results over time: signals, a person's judgement, the case on its ladder, support, engagement."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from tettpaa.core.orgs.models import Unit
from tettpaa.work.followup.enums import (
    CaseState,
    ContactKind,
    EntryKind,
    Giver,
    PointKind,
    SupportKind,
    SupportState,
    Verb,
)


class LadderStep(models.Model):
    """A step of the owner's ladder, from its pack: what it means, and what it takes to go up or down from it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    meaning = models.TextField(blank=True)
    up_needs = models.TextField(blank=True)
    down_needs = models.TextField(blank=True)
    needs_meeting = models.BooleanField(default=False)
    needs_agreement = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = "trinn på stigen"
        verbose_name_plural = "trinn på stigen"
        ordering = ["number", "key"]
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="followup_ladderstep_key_once")]

    def __str__(self) -> str:
        return self.name


class FollowUpCase(models.Model):
    """A person's judgement of signals at a school, and what was decided. `step` is empty until a case is opened.

    `answer_by`: until then nothing is decided without the principal's answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=CaseState.choices, default=CaseState.ASSESSED)
    step = models.ForeignKey(LadderStep, on_delete=models.PROTECT, null=True, related_name="+")
    assessed_on = models.DateField()
    answer_by = models.DateField()
    commented_on = models.DateField(null=True)
    opened_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    reviewed_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    started_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "oppfølgingssak"
        verbose_name_plural = "oppfølgingssaker"
        ordering = ["-assessed_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(state__in=("assessed", "commented", "open", "reviewed")),
                name="followup_case_one_live_a_school",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("assessed", "commented", "no_case"), step=None)
                | Q(state__in=("open", "reviewed", "closed"), step__isnull=False),
                name="followup_case_open_on_a_step",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.state}"


class Signal(models.Model):
    """Something the figures say, with the evidence as it was then. Opens nothing by itself.

    `evidence` holds only figures of the internal edition that the owner may see, as words and numbers.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=60)
    grade = models.PositiveSmallIntegerField(default=0)
    gender = models.CharField(max_length=5, default="all")
    period_from = models.PositiveSmallIntegerField()
    period_to = models.PositiveSmallIntegerField()
    certainty = models.CharField(max_length=8)
    evidence = models.JSONField(default=dict)
    found_on = models.DateField()
    case = models.ForeignKey(FollowUpCase, on_delete=models.PROTECT, null=True, related_name="signals")

    class Meta:
        verbose_name = "signal"
        verbose_name_plural = "signaler"
        ordering = ["-found_on", "indicator", "grade"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "indicator", "grade", "gender", "period_to"], name="followup_signal_once"
            ),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")), name="followup_signal_spans_years"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.grade} {self.period_to}"


class CaseEntry(models.Model):
    """What somebody wrote in a case: judgement, answer, decision, remark, review. Kept as it was, also disagreement."""

    is_append_only = True  # the database's triggers refuse change (migration 0002)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(FollowUpCase, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=9, choices=EntryKind.choices)
    text = models.TextField()
    agrees = models.BooleanField(null=True)
    step = models.ForeignKey(LadderStep, on_delete=models.PROTECT, null=True, related_name="+")
    meeting = models.ForeignKey("dialogue.Meeting", on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=30)
    on = models.DateField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "innlegg i sak"
        verbose_name_plural = "innlegg i sak"
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="followup_entry_has_words"),
            models.CheckConstraint(
                condition=~Q(kind=EntryKind.CLOSED) | Q(meeting__isnull=False),
                name="followup_entry_closed_with_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Criterion(models.Model):
    """What must hold before the case goes down a step, and when it was seen to hold."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(FollowUpCase, on_delete=models.CASCADE, related_name="criteria")
    text = models.CharField(max_length=300)
    seen_when = models.CharField(max_length=160, blank=True)
    met_on = models.DateField(null=True)
    evidence = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "vilkår for å gå ned"
        verbose_name_plural = "vilkår for å gå ned"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(met_on=None) | ~Q(evidence=""), name="followup_criterion_met_on_evidence"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Support(models.Model):
    """Advice, guidance or an instruction. An instruction names its basis."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(FollowUpCase, on_delete=models.PROTECT, related_name="support")
    kind = models.CharField(max_length=11, choices=SupportKind.choices)
    giver = models.CharField(max_length=13, choices=Giver.choices)
    giver_name = models.CharField(max_length=120, blank=True)
    receiver = models.CharField(max_length=120)
    text = models.TextField()
    basis = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=SupportState.choices, default=SupportState.GIVEN)
    given_on = models.DateField()
    acknowledged_on = models.DateField(null=True)
    acted_on = models.DateField(null=True)
    acted_text = models.TextField(blank=True)
    evaluated_on = models.DateField(null=True)
    evaluation = models.TextField(blank=True)

    class Meta:
        verbose_name = "støtte"
        verbose_name_plural = "støtte"
        ordering = ["given_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=SupportKind.INSTRUCTION) | ~Q(basis=""),
                name="followup_support_instruction_has_basis",
            ),
            models.CheckConstraint(
                condition=~Q(giver=Giver.OTHER) | ~Q(giver_name=""), name="followup_support_names_others"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class CaseLink(models.Model):
    """An agreement or a meeting that belongs to the case."""

    case = models.ForeignKey(FollowUpCase, on_delete=models.CASCADE, related_name="links")
    agreement = models.ForeignKey(
        "agreements.Agreement", on_delete=models.PROTECT, null=True, related_name="+"
    )
    meeting = models.ForeignKey("dialogue.Meeting", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "lenke fra sak"
        verbose_name_plural = "lenker fra sak"
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement__isnull=False, meeting=None) | Q(agreement=None, meeting__isnull=False),
                name="followup_link_to_one_thing",
            ),
            models.UniqueConstraint(fields=["case", "agreement"], name="followup_link_agreement_once"),
            models.UniqueConstraint(fields=["case", "meeting"], name="followup_link_meeting_once"),
        ]

    def __str__(self) -> str:
        return str(self.agreement_id or self.meeting_id)


class Engagement(models.Model):
    """Advisers who come from outside for a time. `advisers` says who they are, as roles; `goal` what is wished."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(FollowUpCase, on_delete=models.PROTECT, null=True, related_name="engagements")
    advisers = models.CharField(max_length=160)
    goal = models.TextField()
    state = models.CharField(max_length=9, choices=Verb.choices, default=Verb.NEED)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    started_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "veilederoppdrag"
        verbose_name_plural = "veilederoppdrag"
        ordering = ["-starts_on"]

    def __str__(self) -> str:
        return self.advisers


class Contact(models.Model):
    """A visit, a call or a mail between visits, or a note, in the step it belongs to."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=7, choices=ContactKind.choices)
    verb = models.CharField(max_length=9, choices=Verb.choices)
    on = models.DateField()
    text = models.TextField()
    by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "kontakt"
        verbose_name_plural = "kontakter"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class Point(models.Model):
    """A line of the SWOT or of the expectation analysis. `role` says whose line it is in the latter."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="points")
    kind = models.CharField(max_length=13, choices=PointKind.choices)
    role = models.CharField(max_length=30, blank=True)
    text = models.CharField(max_length=400)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "punkt"
        verbose_name_plural = "punkter"
        ordering = ["kind", "order", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
