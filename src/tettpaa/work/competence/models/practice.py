"""Near the classroom: walks whose note is the teacher's own, and guidance between colleagues.

Walks are near to control of staff (AML §§ 9-1, 9-2): a round says purpose and end, and is discussed before it begins.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from tettpaa.core.audit.versions import Versioned
from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.enums import GuidanceState, SessionKind, WalkState
from tettpaa.work.competence.models.people import Employee


class WalkRound(Versioned):
    """What a school's walks are about for a time. No walk is notified before staff and unions have been asked."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    theme = models.CharField(max_length=200)
    criteria = models.TextField()
    purpose = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    agreed_with_staff_on = models.DateField(null=True, blank=True)
    discussed_with_unions_on = models.DateField(null=True, blank=True)
    pattern = models.TextField(blank=True)
    pattern_on = models.DateField(null=True)
    evaluated_on = models.DateField(null=True)

    class Meta:
        verbose_name = "runde med klassevandring"
        verbose_name_plural = "runder med klassevandring"
        ordering = ["-starts_on"]

    def __str__(self) -> str:
        return self.theme

    @property
    def is_agreed(self) -> bool:
        """Whether walks may be notified."""
        return self.agreed_with_staff_on is not None and self.discussed_with_unions_on is not None


class ClassroomWalk(Versioned):
    """One walk. What stands here is all a leader keeps: when, what about, and the next step."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(WalkRound, on_delete=models.PROTECT, related_name="walks")
    teacher = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="walks")
    walker = models.CharField(max_length=200)
    on = models.DateField()
    grade = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(default=15)
    state = models.CharField(max_length=9, choices=WalkState.choices, default=WalkState.PLANNED)
    notified_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    talked_at = models.DateTimeField(null=True)
    next_step = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "klassevandring"
        verbose_name_plural = "klassevandringer"
        ordering = ["-on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=10) & Q(minutes__lte=20), name="competence_walk_10_to_20_minutes"
            ),
            models.CheckConstraint(
                condition=Q(grade__gte=1) & Q(grade__lte=10), name="competence_walk_in_a_grade"
            ),
        ]

    def __str__(self) -> str:
        return str(self.round)


class WalkNote(models.Model):
    """What was seen and heard. Belongs to the teacher from the moment it is handed over; nobody else reads it."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    walk = models.OneToOneField(ClassroomWalk, on_delete=models.CASCADE, related_name="note")
    seen = models.TextField(blank=True)
    worked = models.TextField(blank=True)
    question = models.TextField(blank=True)
    own_words = models.TextField(blank=True)
    handed_over_at = models.DateTimeField()

    class Meta:
        verbose_name = "notat fra klassevandring"
        verbose_name_plural = "notater fra klassevandring"

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class PeerGuidance(Versioned):
    """Two or three colleagues guide each other. Others see the focus and that it is done, nothing more."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    theme = models.CharField(max_length=200)
    contract = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=GuidanceState.choices, default=GuidanceState.CONTRACTED)
    starts_on = models.DateField()
    concluded_on = models.DateField(null=True)

    class Meta:
        verbose_name = "kollegaveiledning"
        verbose_name_plural = "kollegaveiledninger"
        ordering = ["-starts_on"]

    def __str__(self) -> str:
        return self.theme


class PeerMember(models.Model):
    """Who is in it."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    guidance = models.ForeignKey(PeerGuidance, on_delete=models.CASCADE, related_name="members")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="peer_guidance")

    class Meta:
        verbose_name = "deltaker i kollegaveiledning"
        verbose_name_plural = "deltakere i kollegaveiledning"
        constraints = [
            models.UniqueConstraint(fields=["guidance", "employee"], name="competence_peermember_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PeerSession(models.Model):
    """A talk or an observation was held; nothing of what was said."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    guidance = models.ForeignKey(PeerGuidance, on_delete=models.CASCADE, related_name="sessions")
    on = models.DateField()
    kind = models.CharField(max_length=11, choices=SessionKind.choices)

    class Meta:
        verbose_name = "økt i kollegaveiledning"
        verbose_name_plural = "økter i kollegaveiledning"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class PeerNote(models.Model):
    """A learning note, read by those in the guidance only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    guidance = models.ForeignKey(PeerGuidance, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "læringsnotat"
        verbose_name_plural = "læringsnotater"
        ordering = ["at"]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
