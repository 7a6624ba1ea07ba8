"""Agenda, proposals, minutes and the promises made; versions and approvals are never changed."""

from django.db import models

from tettpaa.core.orgs.models import Body
from tettpaa.work.dialogue.enums import ItemVoice, ParagraphKind, ProposalState, Side
from tettpaa.work.dialogue.models.meeting import Meeting, OfMeeting
from tettpaa.work.plans.models import Goal


class AgendaItem(OfMeeting):
    """An item of the agenda; `number` is its place. `voice` opens it. `left_off` ones keep what was written."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    about = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(default=10)
    voice = models.CharField(max_length=10, choices=ItemVoice.choices, blank=True)

    class Meta:
        verbose_name = "sak"
        verbose_name_plural = "saker"
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return self.title


class Proposal(OfMeeting):
    """An item that a body proposes, and the one answer it gets."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="proposals")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.WAITING)
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=200)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="proposals", null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "forslag til sak"
        verbose_name_plural = "forslag til saker"
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return self.title


class Paragraph(OfMeeting):
    """One paragraph of the minutes. With a `basis` (a key of `bases.toml`) it is exempt from the public."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="paragraphs")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="paragraphs")
    kind = models.CharField(max_length=10, choices=ParagraphKind.choices, default=ParagraphKind.SAID)
    text = models.TextField(blank=True)
    basis = models.CharField(max_length=40, blank=True)
    is_struck = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "avsnitt i referat"
        verbose_name_plural = "avsnitt i referat"
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text[:40]


class AgreementRow(OfMeeting):
    """A promise made in the meeting, as a sentence to be read aloud; the first draft of the agreement.

    `answers` is the other side's promise that this one is the counterpart of. `commitment` is the line (agreements.Commitment.line) that it became, the same through all later wordings.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="rows")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="rows", null=True)
    number = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=6, choices=Side.choices)
    what = models.TextField()
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+", null=True)
    indicator = models.CharField(max_length=120, blank=True)
    why = models.TextField(blank=True)
    who = models.CharField(max_length=30)
    due_on = models.DateField()
    sign = models.TextField()
    answers = models.ForeignKey("self", on_delete=models.PROTECT, related_name="answered_by", null=True)
    is_struck = models.BooleanField(default=False)
    commitment = models.UUIDField(null=True)

    class Meta:
        verbose_name = "linje i avtalen"
        verbose_name_plural = "linjer i avtalen"
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return self.what[:40]


class MinutesComment(models.Model):
    """What a side says to the draft of the minutes. Never changed."""

    is_append_only = True

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="comments")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+", null=True)
    side = models.CharField(max_length=6, choices=Side.choices)
    role = models.CharField(max_length=30)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "kommentar til referat"
        verbose_name_plural = "kommentarer til referat"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:40]


class MinutesVersion(models.Model):
    """The minutes as they stood when they were sent to approval: canonical text and fingerprint."""

    is_append_only = True

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "versjon av referat"
        verbose_name_plural = "versjoner av referat"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="dialogue_version_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.sha256[:8]}"


class Approval(models.Model):
    """A side's approval of exactly the version whose fingerprint they saw."""

    is_append_only = True

    version = models.ForeignKey(MinutesVersion, on_delete=models.PROTECT, related_name="approvals")
    side = models.CharField(max_length=6, choices=Side.choices)
    role = models.CharField(max_length=30)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "godkjenning av referat"
        verbose_name_plural = "godkjenninger av referat"
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "side"], name="dialogue_approval_once")]

    def __str__(self) -> str:
        return f"{self.side} {self.sha256[:8]}"


class PublicMinutes(models.Model):
    """The public minutes, made from the approved version. Of what is exempt only the basis is left."""

    is_append_only = True

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="public")
    version = models.ForeignKey(MinutesVersion, on_delete=models.PROTECT, related_name="+")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        verbose_name = "offentlig referat"
        verbose_name_plural = "offentlige referater"

    def __str__(self) -> str:
        return self.sha256[:8]
