"""People of the staff. Lists of names only for who leads them (`access.py`)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.competence.access import led_by
from tettpaa.work.competence.enums import DeviationState, Standing
from tettpaa.work.competence.models import Employee, Teaching
from tettpaa.work.competence.queries.frame import settings_of
from tettpaa.work.competence.requirements import Excuse, Facts, Judged, Setting, judge, school_year


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """One subject a person teaches in a year, held against the requirement."""

    subject: str
    stage: str
    judged: Judged


def employee_of(viewer: Viewer, owner: Unit) -> Employee | None:
    """The reader's own record at this owner."""
    if not viewer.email:
        return None
    rows = Employee.objects.select_related("owner", "school")
    return rows.filter(owner=owner, email=viewer.email.lower()).first()


def employee_by_key(owner: Unit, pk: UUID) -> Employee | None:
    """For other rooms that hold a key already; asks nothing of the reader."""
    return Employee.objects.select_related("owner", "school").filter(owner=owner, pk=pk).first()


def staff_of(viewer: Viewer, school: Unit, on: date | None = None) -> list[Employee]:
    """The reader's own staff at a school, by name; empty for who leads nobody there. `on`: only those employed then.

    The view that shows them calls `access.staff_for_reading`, which writes the look down.
    """
    owner = school.parent
    if owner is None:
        return []
    rows = led_by(viewer, owner, school).select_related("owner", "school")
    return [row for row in rows if on is None or row.works_on(on)]


def facts_of(person: Employee) -> Facts:
    """What a judgement rests on. Three queries; none when the rows are prefetched."""
    return Facts(
        employment=person.employment,
        credits=[(q.subject, q.credits, q.obtained_on) for q in person.qualifications.all()],
        excuses=[Excuse(e.ground, e.subject, e.valid_from, e.valid_to) for e in person.exemptions.all()],
        deviations=frozenset(
            (d.year, d.subject, d.stage) for d in person.deviations.all() if d.state == DeviationState.DECIDED
        ),
    )


def lines_of(employee: Employee, on: date, *, settings: list[Setting] | None = None) -> list[SubjectLine]:
    """What the person teaches in the school year of `on`, each held against the requirement of that day."""
    own = settings_of(employee.owner) if settings is None else settings
    facts = facts_of(employee)
    rows = Teaching.objects.filter(employee=employee, year=school_year(on))
    return [SubjectLine(r.subject, r.stage, judge(facts, r.subject, r.stage, on, own)) for r in rows]


def has_gap(employee: Employee, subject: str, on: date) -> bool:
    """Whether the person teaches the subject this school year without meeting the requirement; a deviation counts as
    a gap that is let be for a year."""
    lacking = {Standing.GAP, Standing.DEVIATION}
    return any(line.subject == subject and line.judged.standing in lacking for line in lines_of(employee, on))
