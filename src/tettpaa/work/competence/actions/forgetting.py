"""Deleting what is no longer needed, by the rules of `fields.toml`. Counts are written down, never who."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.actions.telling import tell
from tettpaa.work.competence.enums import GuidanceState, MentorshipState
from tettpaa.work.competence.models import (
    ClassroomWalk,
    Employee,
    Frame,
    MentorSession,
    PeerNote,
    Teaching,
    WalkNote,
)
from tettpaa.work.competence.requirements import school_year

KEPT_MONTHS = 12
OLD_YEARS = 5
_OVER = (MentorshipState.COMPLETED, MentorshipState.ENDED)


def months_before(day: date, months: int) -> date:
    """The day so many months earlier; the last of the month where the day is not there."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, min(day.day, 28))


@transaction.atomic
def forget(*, owner: Unit, today: date, by: str) -> dict[str, int]:
    """Delete what the rules say is over; how many rows of each. Safe to run again."""
    frame = Frame.objects.filter(owner=owner).first()
    months = frame.kept_months if frame else KEPT_MONTHS
    begun = date(school_year(today), 8, 1)
    notes = MentorSession.objects.filter(owner=owner, mentorship__state__in=_OVER).exclude(note="")
    gone = {
        "walk_notes": _delete(WalkNote.objects.filter(owner=owner, walk__on__lt=begun)),
        "walks": _delete(ClassroomWalk.objects.filter(owner=owner, on__lt=begun)),
        "peer_notes": _delete(
            PeerNote.objects.filter(
                owner=owner, guidance__state=GuidanceState.CONCLUDED, guidance__concluded_on__lt=begun
            )
        ),
        "mentor_notes": notes.update(note=""),
        "teaching": _delete(Teaching.objects.filter(owner=owner, year__lt=school_year(today) - OLD_YEARS)),
        "records": _delete(Employee.objects.filter(owner=owner, active_to__lt=months_before(today, months))),
    }
    if any(gone.values()):
        tell("competence.forgotten", owner, "ansatte", owner.code, by, gone)
    return gone


def _delete(rows: QuerySet) -> int:  # type: ignore[type-arg]
    number = rows.count()
    rows.delete()
    return number
