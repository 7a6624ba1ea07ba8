"""Kinds of meeting, the meetings, who takes part, and each move from state to state."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Body, Unit
from tettpaa.work.agreements.models import Agreement
from tettpaa.work.dialogue.enums import LetterKind, Level, MeetingState, Side
from tettpaa.work.plans.models import Goal


class MeetingKind(models.Model):
    """A kind of meeting of an owner, from its pack. Days are counted back from the meeting.

    `items` is the standard agenda: [{title, about, minutes, voice}]. `roles` are the keys of roles that are
    invited, `bodies` the keys of the owner's bodies. `parts` are the package's parts besides the bodies' voices.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True)
    level = models.CharField(max_length=6, choices=Level.choices, default=Level.SCHOOL)
    place = models.CharField(max_length=120, blank=True)
    days_open = models.PositiveSmallIntegerField(default=21)
    days_proposals = models.PositiveSmallIntegerField(default=14)
    days_freeze = models.PositiveSmallIntegerField(default=7)
    days_agenda = models.PositiveSmallIntegerField(default=7)
    days_minutes = models.PositiveSmallIntegerField(default=7)
    days_approval = models.PositiveSmallIntegerField(default=14)
    items = models.JSONField(default=list)
    roles = models.JSONField(default=list)
    bodies = models.JSONField(default=list)
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = "møtetype"
        verbose_name_plural = "møtetyper"
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="dialogue_kind_once"),
            models.CheckConstraint(
                condition=Q(days_agenda__gte=7)
                & Q(days_freeze__gte=F("days_agenda"))
                & Q(days_proposals__gte=F("days_freeze"))
                & Q(days_open__gte=F("days_proposals")),
                name="dialogue_kind_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Meeting(Versioned):
    """A meeting between the owner and a school, or one of the owner's own (`school` None).

    `year` is the year in which the school year starts. `off_from` is the state a postponed meeting was in.
    `agreement` is the draft that the rows of the meeting became; `carried_on` when its promises became premises of
    the school's next plan.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    kind = models.ForeignKey(MeetingKind, on_delete=models.PROTECT, related_name="meetings")
    year = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    off_from = models.CharField(max_length=10, choices=MeetingState.choices, blank=True)
    off_reason = models.TextField(blank=True)
    planned_on = models.DateField()
    opens_on = models.DateField()
    proposals_until = models.DateField()
    freezes_at = models.DateTimeField()
    agenda_by = models.DateField()
    minutes_by = models.DateField()
    approve_by = models.DateField()
    next_check_on = models.DateField(null=True)
    carried_on = models.DateField(null=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = "dialogmøte"
        verbose_name_plural = "dialogmøter"
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["owner", "school", "starts_at"], name="dialogue_by_place")]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%Y-%m-%d}"


class Step(models.Model):
    """One move of a meeting: from, to, when, by whom and why. Never changed."""

    is_append_only = True

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(max_length=10, choices=MeetingState.choices, blank=True)
    after = models.CharField(max_length=10, choices=MeetingState.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = "steg i møte"
        verbose_name_plural = "steg i møter"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class OfMeeting(Versioned):
    """A row of a meeting that several may write. Its place is repeated, so that each fetch can check it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        abstract = True


class Participant(models.Model):
    """A role (or a body's role) that takes part. Who may read exempt parts is another thing than taking part."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    side = models.CharField(max_length=6, choices=Side.choices)
    role = models.CharField(max_length=30)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", null=True)
    was_present = models.BooleanField(null=True)
    reads_exempt = models.BooleanField(default=False)

    class Meta:
        verbose_name = "deltaker"
        verbose_name_plural = "deltakere"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "role", "side"], name="dialogue_participant_once")
        ]

    def __str__(self) -> str:
        return self.role


class SentLetter(models.Model):
    """A letter of the meeting that has gone out, so that a job that runs again sends nobody the same twice."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=10, choices=LetterKind.choices)
    about = models.CharField(max_length=40)
    to = models.CharField(max_length=254)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "sendt brev"
        verbose_name_plural = "sendte brev"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind", "about", "to"], name="dialogue_letter_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.to}"
