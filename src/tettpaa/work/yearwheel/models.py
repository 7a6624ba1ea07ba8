"""Procedures, the tasks they become, and what lets a person answer and subscribe without signing in."""

from datetime import date, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.work.yearwheel.enums import OPEN, HandoverState, Level, Rule, Scope, Standing, State, Tag

SOON = timedelta(days=14)  # an open task is due from two weeks before its date


class Procedure(Versioned):
    """How something is done every year: by whom, when, why, and the steps before and after.

    `month` 1-12 and `day` say the date of the rules `day` and `within`; `month_autumn` and its two siblings say
    another month for owners of that wheel profile. `weeks` and `anchor` (a key) belong to `before` and `after`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=160)
    about = models.TextField(blank=True)
    level = models.CharField(max_length=6, choices=Level.choices)
    roles = models.JSONField(default=list)
    grades = models.JSONField(default=list)
    tag = models.CharField(max_length=6, choices=Tag.choices, blank=True, default=Tag.NONE)
    law = models.CharField(max_length=60, blank=True)
    rule = models.CharField(max_length=6, choices=Rule.choices)
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    day = models.PositiveSmallIntegerField(null=True, blank=True)
    month_autumn = models.PositiveSmallIntegerField(null=True, blank=True)
    month_early_spring = models.PositiveSmallIntegerField(null=True, blank=True)
    month_before_summer = models.PositiveSmallIntegerField(null=True, blank=True)
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    anchor = models.CharField(max_length=60, blank=True)
    depends_on = models.JSONField(default=list)
    steps_before = models.JSONField(default=list)
    steps_after = models.JSONField(default=list)
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = "prosedyre"
        verbose_name_plural = "prosedyrer"
        ordering = ["order", "name"]
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="yearwheel_procedure_key_once")]

    def __str__(self) -> str:
        return self.name

    def month_for(self, profile: str) -> int | None:
        """The month in an owner's profile: its own if the procedure has one, else the common month."""
        own: int | None = getattr(self, f"month_{profile}", None)
        return own or self.month


class Exemption(models.Model):
    """A procedure that is not for one school, with the reason in words."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="exemptions")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)

    class Meta:
        verbose_name = "unntak"
        verbose_name_plural = "unntak"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "school"], name="yearwheel_exemption_once")
        ]

    def __str__(self) -> str:
        return f"{self.procedure} – {self.school}"


class Task(Versioned):
    """One thing to do by a date, for a role at a school or at the owner. `school` None is the owner's own.

    `source` says where it comes from and is what makes it be there only once: `procedure:<uuid>:2026::adviser`,
    `dialogue.meeting:<uuid>:package`. `school_year` is the year in which it begins.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    school_year = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=30)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=14, choices=State.choices, default=State.UPCOMING)
    tag = models.CharField(max_length=6, choices=Tag.choices, blank=True, default=Tag.NONE)
    reason = models.CharField(max_length=300, blank=True)
    remains = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=160)
    address = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "gjøremål"
        verbose_name_plural = "gjøremål"
        ordering = ["due_on", "title"]
        constraints = [models.UniqueConstraint(fields=["owner", "source"], name="yearwheel_task_source_once")]
        indexes = [
            models.Index(fields=["owner", "school_year", "due_on"], name="yearwheel_task_year"),
            models.Index(fields=["school", "school_year"], name="yearwheel_task_school"),
            models.Index(fields=["state", "due_on"], name="yearwheel_task_due"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Unit:
        """Where it is to be done: the school, or the owner."""
        return self.school or self.owner

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def standing(self, today: date) -> Standing:
        """How it stands on a day; needs no job to have run."""
        return standing(self.state, self.due_on, today)


def standing(state: str, due_on: date, today: date) -> Standing:
    """The standing of a state with a date. A task half done is late after its date like any other."""
    if state in OPEN and due_on < today:
        return Standing.OVERDUE
    if state == State.UPCOMING and due_on - today <= SOON:
        return Standing.DUE
    return Standing(state)


class TaskAnswer(models.Model):
    """What was answered, once for each answer: the history of the task, and what the school would pass on."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="answers")
    state = models.CharField(max_length=14, choices=State.choices)
    before = models.CharField(max_length=14, choices=State.choices)
    text = models.CharField(max_length=300, blank=True)
    experience = models.CharField(max_length=400, blank=True)
    role = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "svar"
        verbose_name_plural = "svar"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.task}: {self.state}"


class Handover(models.Model):
    """The task is offered to somebody; it stays with the giver until it is accepted."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="handovers")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to_role = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=10, choices=HandoverState.choices, default=HandoverState.OFFERED)
    note = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "videregivelse"
        verbose_name_plural = "videregivelser"
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(state=HandoverState.OFFERED), name="yearwheel_one_open_handover"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} → {self.to}"


class AnswerLink(models.Model):
    """Lets one person answer for one task without signing in. Only the hash of the token is kept."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="links")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2, default="nb")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    answer = models.ForeignKey(TaskAnswer, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "svarlenke"
        verbose_name_plural = "svarlenker"

    def __str__(self) -> str:
        return f"{self.task} ({self.user_id})"


class ReminderSent(models.Model):
    """A reminder that went out: once for each task, person, date and distance in days."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    days_before = models.PositiveSmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "påminnelse"
        verbose_name_plural = "påminnelser"
        constraints = [
            models.UniqueConstraint(
                fields=["task", "user", "due_on", "days_before"], name="yearwheel_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.days_before}"


class DigestSent(models.Model):
    """The letter of a week to one person at one owner. `week` is ISO: 2026-W48."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    week = models.CharField(max_length=8)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "ukebrev"
        verbose_name_plural = "ukebrev"
        constraints = [
            models.UniqueConstraint(fields=["owner", "user", "week"], name="yearwheel_digest_once")
        ]

    def __str__(self) -> str:
        return self.week


class Feed(models.Model):
    """A person's calendar at one owner, read by a secret address. Only the hash of the token is kept."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=4, choices=Scope.choices, default=Scope.MINE)
    language = models.CharField(max_length=2, default="nb")
    made_at = models.DateTimeField()
    read_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "kalender"
        verbose_name_plural = "kalendere"
        constraints = [models.UniqueConstraint(fields=["owner", "user"], name="yearwheel_feed_once")]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.user_id}"
