"""Agreements between a school and its owner: texts being written, texts that were sealed, and how the promises go.

An agreement has one wording in force and at most one being written. The lines of a wording belong to it alone; a
line that lives on in a later wording keeps its `line`, so that initiatives and dates follow it.
"""

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Body, Unit
from tettpaa.work.agreements.enums import (
    LIVING,
    OPEN_WORDING,
    Kind,
    Outcome,
    Side,
    State,
    Status,
    WordingState,
    status_at,
)
from tettpaa.work.initiatives.models import Initiative
from tettpaa.work.plans.models import Goal


class KindName(models.Model):
    """What an owner calls a kind of agreement; from the pack, or changed in words."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=120)
    use = models.TextField(blank=True)

    class Meta:
        verbose_name = "navn på avtaletype"
        verbose_name_plural = "navn på avtaletyper"
        constraints = [models.UniqueConstraint(fields=["owner", "kind"], name="agreements_kindname_once")]

    def __str__(self) -> str:
        return self.name


class Agreement(models.Model):
    """One agreement. `in_force` is the number of the sealed version that holds, 0 before the first.

    `source` says what it came from (`dialogue.meeting:<uuid>`); `source_label` says it in words.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFT)
    in_force = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=120, blank=True)
    source_label = models.CharField(max_length=200, blank=True)
    source_address = models.CharField(max_length=200, blank=True)
    begun_on = models.DateField()
    begun_by = models.CharField(max_length=200)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.CharField(max_length=200, blank=True)
    ending = models.TextField(blank=True)
    evaluation = models.TextField(blank=True)

    class Meta:
        verbose_name = "avtale"
        verbose_name_plural = "avtaler"
        ordering = ["-begun_on", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=LIVING) | Q(in_force__gt=0),
                name="agreements_agreement_living_is_signed",
            ),
            models.UniqueConstraint(
                fields=["owner", "source"], condition=~Q(source=""), name="agreements_agreement_source_once"
            ),
        ]
        indexes = [models.Index(fields=["school", "state"], name="agreements_school_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def lives(self) -> bool:
        """In force, adjusted or not."""
        return self.state in LIVING

    @property
    def is_signed(self) -> bool:
        """Both have signed some version, so there is an open part."""
        return self.in_force > 0


class Wording(Versioned):
    """One text of an agreement on its road: being written, signed, in force, replaced.

    `changes` says what is new since the one before, and why; empty in the first. `not_heard` says why nobody was
    heard, when nobody was. `annex_salt` makes the annex's fingerprint unguessable.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=WordingState.choices, default=WordingState.DRAFT)
    title = models.CharField(max_length=200)
    background = models.TextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    next_step = models.TextField(blank=True)
    changes = models.TextField(blank=True)
    not_heard = models.TextField(blank=True)
    annex_salt = models.UUIDField(default=uuid4, editable=False)
    opened_on = models.DateField()
    opened_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "avtaletekst"
        verbose_name_plural = "avtaletekster"
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreements_wording_number_once"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state__in=sorted(OPEN_WORDING)),
                name="agreements_wording_one_open",
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state=WordingState.IN_FORCE),
                name="agreements_wording_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="agreements_wording_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_WORDING


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


class AgreementVersion(models.Model):
    """A wording as it was when the first of the two signed. `text` is canonical, and names the annex by fingerprint."""

    is_append_only = True  # the database's triggers refuse change (migration 0002)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    fingerprint = models.CharField(max_length=64)
    annex_text = models.TextField(blank=True)
    annex_fingerprint = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField()
    sealed_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "avtaleversjon"
        verbose_name_plural = "avtaleversjoner"
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreements_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.fingerprint[:8]}"


class Signature(models.Model):
    """One side's signature of one version: by whom, in which role, when, how, and of which fingerprint."""

    is_append_only = True  # the database's triggers refuse change (migration 0002)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=6, choices=Side.choices)
    role = models.CharField(max_length=30)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    method = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = "signatur"
        verbose_name_plural = "signaturer"
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["version", "side"], name="agreements_signature_one_a_side"),
            models.UniqueConstraint(fields=["version", "by"], name="agreements_signature_not_both_sides"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="agreements_signature_side_known"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.fingerprint[:8]}"


class StateChange(models.Model):
    """A step on the road of an agreement or of one of its wordings, with the reason when one was asked for."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="steps")
    wording = models.PositiveSmallIntegerField()
    before = models.CharField(max_length=16, blank=True)
    after = models.CharField(max_length=16)
    on = models.DateField()
    by = models.CharField(max_length=200)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = "steg i avtale"
        verbose_name_plural = "steg i avtaler"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class StatusReport(models.Model):
    """What was said of a promise, each time; nothing said is overwritten."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="status_reports")
    line = models.UUIDField()
    status = models.CharField(max_length=8, choices=Status.choices)
    note = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "statusmelding"
        verbose_name_plural = "statusmeldinger"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.status} {self.on}"
