"""Deviations from the requirement: proposed by the school's leader, decided by the owner, for one school year."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.states import move
from tettpaa.work.competence.actions.judging import judge_person
from tettpaa.work.competence.actions.telling import tell
from tettpaa.work.competence.enums import DEVIATION_PATHS, DeviationState, Standing
from tettpaa.work.competence.models import Deviation, Employee, Teaching


class NoGapError(Exception):
    """Nobody deviates from a requirement that is met, does not hold, or is not taught by the person that year."""


class NoReasonError(Exception):
    """A deviation is only for when it is needed: the reason is written down (OL § 17-4 third paragraph)."""


@dataclass(frozen=True)
class Proposed:
    """What a leader asks for. `year` is the first year of the school year it is to hold in."""

    year: int
    subject: str
    stage: str
    reason: str
    tried: str = ""


@transaction.atomic
def propose_deviation(*, employee: Employee, asked: Proposed, on: date | None = None, by: str) -> Deviation:
    """Ask for a deviation. One a person, school year, subject and stage: a new school year asks anew, and a refused
    or withdrawn one of the same year is asked for again.

    Raises NoGapError, NoReasonError, or NotAllowedError when it is with the owner or decided already.
    """
    if not asked.reason.strip():
        raise NoReasonError
    judge_person(employee, timezone.localdate())
    taught = Teaching.objects.filter(
        employee=employee, year=asked.year, subject=asked.subject, stage=asked.stage
    ).first()
    if taught is None or taught.standing not in (Standing.GAP, Standing.DEVIATION):
        raise NoGapError
    key = {"employee": employee, "year": asked.year, "subject": asked.subject, "stage": asked.stage}
    row = Deviation.objects.select_for_update().filter(**key).first()
    if row is None:
        row = Deviation(owner=employee.owner, school=taught.school, **key)
    else:
        move(row, DeviationState.PROPOSED, paths=DEVIATION_PATHS)
    row.reason, row.tried = asked.reason, asked.tried
    row.proposed_by, row.proposed_on = by, on or timezone.localdate()
    row.decided_by, row.decided_on, row.decision_reason = "", None, ""
    row.save()
    detail = {"year": asked.year, "subject": asked.subject}
    tell("competence.deviation_proposed", row.owner, "fravik", row.pk, by, detail)
    return row


@transaction.atomic
def decide_deviation(
    *, deviation: Deviation, to: str, reason: str, on: date | None = None, by: str
) -> Deviation:
    """The owner's decision, with its reason; or the school takes it back. Raises NotAllowedError, NoReasonError."""
    row = (
        Deviation.objects.select_for_update(of=("self",))
        .select_related("owner", "employee")
        .get(pk=deviation.pk)
    )
    move(row, to, paths=DEVIATION_PATHS)
    if to != DeviationState.WITHDRAWN and not reason.strip():
        raise NoReasonError
    row.decided_by, row.decided_on, row.decision_reason = by, on or timezone.localdate(), reason
    row.version += 1
    row.save()
    if row.employee is not None:
        judge_person(row.employee, timezone.localdate())
    tell("competence.deviation_decided", row.owner, "fravik", row.pk, by, {"to": to, "year": row.year})
    return row
