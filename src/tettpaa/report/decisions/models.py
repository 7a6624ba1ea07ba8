"""The road of a report or a plan to a decision, and what became of each point of it."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Body, Unit
from tettpaa.report.annual.models import AnnualReport
from tettpaa.report.decisions.enums import (
    CaseState,
    ItemKind,
    ItemState,
    Outcome,
    PublicationState,
    StatementState,
    StepKind,
    Subject,
)


class RoadStep(models.Model):
    """One step of the owner's road, from its pack. `month` is a calendar month; `weeks` counts from the deciding step
    (minus: before it). `body` is the key of one of the owner's bodies, or empty.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=160)
    body = models.SlugField(max_length=40, blank=True)
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    weeks = models.SmallIntegerField(null=True, blank=True)
    decides = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = "steg i saksgangen"
        verbose_name_plural = "steg i saksgangen"
        ordering = ["order", "key"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="decisions_roadstep_key_once"),
            models.CheckConstraint(
                condition=Q(month=None) | Q(month__range=(1, 12)), name="decisions_roadstep_is_a_month"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PoliticalCase(models.Model):
    """A report or a plan on its way to a decision. `number` is the archive's case number."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=6, choices=Subject.choices)
    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, null=True, related_name="+")
    plan = models.ForeignKey("plans.QualityPlan", on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.PREPARED)
    rounds = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=200)
    decided_on = models.DateField(null=True)

    class Meta:
        verbose_name = "politisk sak"
        verbose_name_plural = "politiske saker"
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject=Subject.REPORT, report__isnull=False, plan=None)
                | Q(subject=Subject.PLAN, plan__isnull=False, report=None),
                name="decisions_politicalcase_has_its_subject",
            ),
            models.UniqueConstraint(fields=["report"], name="decisions_politicalcase_one_a_report"),
        ]

    def __str__(self) -> str:
        return self.title


class CaseText(Versioned):
    """One part of the case document, as it is being written; `part` is a key of `paper.PARTS`."""

    case = models.ForeignKey(PoliticalCase, on_delete=models.CASCADE, related_name="texts")
    part = models.SlugField(max_length=20)
    text = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "tekst i saksframlegg"
        verbose_name_plural = "tekster i saksframlegg"
        constraints = [models.UniqueConstraint(fields=["case", "part"], name="decisions_casetext_once")]

    def __str__(self) -> str:
        return self.part


class CasePaper(models.Model):
    """The case document as the chief executive sent it: canonical JSON of the document tree, and its checksum."""

    is_append_only = True  # the database's triggers refuse change (migration 0002)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(PoliticalCase, on_delete=models.PROTECT, related_name="papers")
    round = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    attached = models.JSONField(default=dict)
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "saksframlegg"
        verbose_name_plural = "saksframlegg"
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="decisions_casepaper_once")]

    def __str__(self) -> str:
        return self.sha256[:8]


class CaseStep(models.Model):
    """A step of the road for one case, copied from the road so that a later change of the road leaves it be."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(PoliticalCase, on_delete=models.CASCADE, related_name="steps")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=160)
    body_name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    decides = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    planned_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = "steg i saken"
        verbose_name_plural = "steg i saken"
        ordering = ["order", "key"]
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="decisions_casestep_once")]

    def __str__(self) -> str:
        return self.name


class Hearing(models.Model):
    """A question to a body with a deadline. Bodies that every school has answer once from each school."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(PoliticalCase, on_delete=models.PROTECT, related_name="hearings")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    invited_on = models.DateField()
    due_on = models.DateField()
    invited_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "høring"
        verbose_name_plural = "høringer"
        ordering = ["due_on", "body__order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("invited_on")), name="decisions_hearing_has_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}"


class HearingLetter(models.Model):
    """A letter about a hearing that has gone out, so that a job that runs again sends nobody the same twice."""

    hearing = models.ForeignKey(Hearing, on_delete=models.CASCADE, related_name="letters")
    to = models.CharField(max_length=254)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "brev om høring"
        verbose_name_plural = "brev om høring"
        constraints = [models.UniqueConstraint(fields=["hearing", "to"], name="decisions_hearingletter_once")]

    def __str__(self) -> str:
        return self.to


class Statement(models.Model):
    """What a body said, word for word, and what it changed. `school` is empty for the owner's own bodies."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="statements")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    state = models.CharField(max_length=8, choices=StatementState.choices, default=StatementState.RECEIVED)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=200)
    changed = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "uttalelse"
        verbose_name_plural = "uttalelser"
        ordering = ["received_at"]
        constraints = [
            models.UniqueConstraint(fields=["hearing", "school"], name="decisions_statement_one_a_school"),
            models.UniqueConstraint(
                fields=["hearing"], condition=Q(school=None), name="decisions_statement_one_of_the_owner"
            ),
            models.CheckConstraint(
                condition=Q(state=StatementState.RECEIVED) | ~Q(changed=""),
                name="decisions_statement_says_what_it_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id}"


class Protocol(models.Model):
    """What a body did with the case, as its minute book has it (KL § 11-4). Never changed."""

    is_append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(PoliticalCase, on_delete=models.PROTECT, related_name="protocols")
    step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="protocols")
    number = models.CharField(max_length=40, blank=True)
    met_on = models.DateField()
    present = models.PositiveSmallIntegerField()
    votes_for = models.PositiveSmallIntegerField(null=True)
    votes_against = models.PositiveSmallIntegerField(null=True)
    amendments = models.TextField(blank=True)
    outcome = models.CharField(max_length=11, choices=Outcome.choices)
    text = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "protokoll"
        verbose_name_plural = "protokoller"
        ordering = ["met_on", "recorded_at"]

    def __str__(self) -> str:
        return f"{self.number} {self.met_on}"


class DecisionItem(models.Model):
    """One point of a decision, with who has it and by when. `source` of what it became is `decisions.item:<id>`."""

    is_append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=ItemKind.choices)
    text = models.TextField()
    responsible_role = models.CharField(max_length=30, blank=True)
    due_on = models.DateField(null=True)
    goal = models.ForeignKey("plans.Goal", on_delete=models.PROTECT, null=True, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    initiative = models.ForeignKey(
        "initiatives.Initiative", on_delete=models.PROTECT, null=True, related_name="+"
    )
    task = models.ForeignKey("yearwheel.Task", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "vedtakspunkt"
        verbose_name_plural = "vedtakspunkter"
        ordering = ["protocol", "number"]
        constraints = [
            models.UniqueConstraint(fields=["protocol", "number"], name="decisions_item_number_once"),
            models.CheckConstraint(
                condition=~Q(kind=ItemKind.DECISION) | (~Q(responsible_role="") & Q(due_on__isnull=False)),
                name="decisions_item_has_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class ReportBack(models.Model):
    """What has become of a point, told again and again; the newest holds."""

    is_append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    item = models.ForeignKey(DecisionItem, on_delete=models.PROTECT, related_name="reports")
    state = models.CharField(max_length=8, choices=ItemState.choices)
    text = models.TextField()
    on = models.DateField()
    told_at = models.DateTimeField()
    told_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "tilbakemelding"
        verbose_name_plural = "tilbakemeldinger"
        ordering = ["told_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ItemState.NOT_DONE) | ~Q(text=""), name="decisions_reportback_says_why_not"
            )
        ]

    def __str__(self) -> str:
        return self.state


class Publication(models.Model):
    """The publishing of a report: when it is meant to be, and by whom it was done."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    report = models.OneToOneField(AnnualReport, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=PublicationState.choices, default=PublicationState.PLANNED)
    planned_for = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "publisering"
        verbose_name_plural = "publiseringer"

    def __str__(self) -> str:
        return self.state


class EarlyReader(models.Model):
    """Somebody who sees the report before it is public, by name, with the reason and the time."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="early_readers")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120)
    reason = models.CharField(max_length=200)
    given_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "leser før publisering"
        verbose_name_plural = "lesere før publisering"
        ordering = ["given_at"]

    def __str__(self) -> str:
        return self.name


class Confirmation(models.Model):
    """A point of the checklist that a person has to look at: who answered for it, and for which version."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="confirmations")
    key = models.SlugField(max_length=20)
    version = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "bekreftelse"
        verbose_name_plural = "bekreftelser"
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "key", "version"], name="decisions_confirmation_once"
            )
        ]

    def __str__(self) -> str:
        return self.key
