"""A leader's own staff, one person's record, and one's own page."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    Prefetch,
    Q,
    QuerySet,
    Sum,
    prefetch_related_objects,
)
from django.utils import timezone

from tettpaa.core.audit.queries import events
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.competence.access import is_self
from tettpaa.work.competence.enums import (
    RANKS,
    DeviationState,
    GuidanceState,
    MentorshipState,
    Standing,
    WalkState,
)
from tettpaa.work.competence.models import (
    ClassroomWalk,
    Deviation,
    Employee,
    Exemption,
    Mentorship,
    PeerGuidance,
    Qualification,
    ResourceRole,
    Spread,
    Teaching,
    WalkNote,
    WalkRound,
    employed_on,
)
from tettpaa.work.competence.queries.coverage import not_over
from tettpaa.work.competence.queries.people import SubjectLine, lines_of
from tettpaa.work.competence.requirements import school_year

GOING = (MentorshipState.OFFERED, MentorshipState.FIRST_YEAR, MentorshipState.SECOND_YEAR)


@dataclass(frozen=True)
class StaffLine:
    """One person on the leader's list."""

    employee: Employee
    subjects: tuple[str, ...]
    gaps: tuple[str, ...]
    deviations: tuple[str, ...]
    is_new: bool
    mentoring: Mentorship | None
    roles: tuple[ResourceRole, ...]


@dataclass(frozen=True)
class StaffCounts:
    """What the leader's page answers first: how many there are, who waits and who lacks; of all, not of one page."""

    people: int
    teaching: int
    waiting: int
    lacking: int


def at_work(people: QuerySet[Employee], on: date, is_new: Q) -> tuple[QuerySet[Employee], QuerySet[Employee]]:
    """Those of the people who work on a day, each with `is_new`, and those who have left or not begun."""
    here = people.filter(employed_on(on))
    told = here.annotate(is_new=ExpressionWrapper(is_new, output_field=BooleanField()))
    return told, people.exclude(employed_on(on))


def staff_counts(people: QuerySet[Employee], total: int, on: date, is_new: Q) -> StaffCounts:
    """Two queries however many they are. `total`: how many; `is_new`: who counts as newly educated."""
    keys = people.order_by().values("pk")
    taught = Teaching.objects.filter(year=school_year(on), employee__in=keys).aggregate(
        all=Count("employee", distinct=True),
        lacking=Count("employee", distinct=True, filter=Q(standing=Standing.GAP)),
    )
    new = people.filter(is_new)
    return StaffCounts(
        people=total,
        teaching=taught["all"],
        waiting=new.exclude(mentorships__state__in=(*GOING, MentorshipState.COMPLETED)).count(),
        lacking=taught["lacking"],
    )


def staff_lines(people: Sequence[Employee], on: date) -> list[StaffLine]:
    """The list of people from `at_work`, in three queries however many they are. The caller has asked
    `access.staff_rows`."""
    going = ResourceRole.objects.filter(not_over(on)).select_related("area")
    prefetch_related_objects(
        people,
        Prefetch("teaching", Teaching.objects.filter(year=school_year(on)), "taught"),
        Prefetch("mentorships", Mentorship.objects.filter(state__in=GOING), "going"),
        Prefetch("resource_roles", going, "roles"),
    )
    return [_line(row) for row in people]


def _line(row: Any) -> StaffLine:
    return StaffLine(
        employee=row,
        subjects=tuple(dict.fromkeys(one.subject for one in row.taught)),
        gaps=tuple(one.subject for one in row.taught if one.standing == Standing.GAP),
        deviations=tuple(one.subject for one in row.taught if one.standing == Standing.DEVIATION),
        is_new=row.is_new,
        mentoring=row.going[0] if row.going else None,
        roles=tuple(row.roles),
    )


@dataclass(frozen=True)
class Record:
    """One person's record, as oneself and the own leader see it."""

    employee: Employee
    is_own: bool
    lines: list[SubjectLine]
    qualifications: list[Any]
    exemptions: list[Any]
    deviations: list[Deviation]
    mentorships: list[Mentorship]
    roles: list[ResourceRole]
    studies: list[Any]
    trade: list[Any]

    @property
    def lacking(self) -> list[SubjectLine]:
        return [one for one in self.lines if one.judged.standing == Standing.GAP]

    @property
    def is_confirmed(self) -> bool:
        return all(one.judged.required is None or one.judged.required.is_confirmed for one in self.lines)


def record_of(viewer: Viewer, employee: Employee, on: date) -> Record:
    """The whole record. The caller has asked `access.employee_for_reading`."""
    # What the judgement rests on is shown too: it is read once, on a copy, since a row that remembers its relations
    # would not see what is written to them afterwards.
    read = copy(employee)
    prefetch_related_objects([read], "qualifications", "exemptions", "deviations")
    return Record(
        employee=employee,
        is_own=is_self(viewer, employee),
        lines=lines_of(read, on),
        qualifications=list(read.qualifications.all()),
        exemptions=list(read.exemptions.all()),
        deviations=list(read.deviations.all()),
        mentorships=list(employee.mentorships.select_related("mentor")),
        roles=list(employee.resource_roles.select_related("area", "school")),
        studies=list(employee.leader_studies.all()),
        trade=list(employee.trade_routes.all()),
    )


@dataclass(frozen=True)
class OwnPractice:
    """What is near one's own classroom: walks, guidance, and those one mentors."""

    walks: list[ClassroomWalk]
    guidance: list[PeerGuidance]
    mentees: list[Mentorship]
    noted: frozenset[Any]


def own_practice(employee: Employee) -> OwnPractice:
    """Walks with a note are told by `noted` (keys of walks)."""
    walks = employee.walks.exclude(state=WalkState.CANCELLED).select_related("round", "owner", "school")
    mentees = employee.mentees.filter(state__in=GOING).select_related("employee", "owner")
    guidance = PeerGuidance.objects.filter(members__employee=employee).select_related("owner", "school")
    noted = WalkNote.objects.filter(walk__teacher=employee).values_list("walk", flat=True)
    return OwnPractice(list(walks), list(guidance), list(mentees), frozenset(noted))


def note_of(walk: ClassroomWalk) -> WalkNote | None:
    """The note of a walk; the caller has made sure that the teacher asks."""
    return WalkNote.objects.filter(walk=walk).first()


def has_note(walk: ClassroomWalk) -> bool:
    """Whether a note was handed over; says nothing of what is in it."""
    return WalkNote.objects.filter(walk=walk).exists()


def colleagues(school: Unit, on: date, but: Employee | None = None) -> list[Employee]:
    """Names of those who work at a school; nothing more is to be shown of them."""
    rows = Employee.objects.filter(employed_on(on), school=school)
    return list(rows.exclude(pk=but.pk) if but else rows)


def rounds_of(school: Unit) -> list[WalkRound]:
    """A school's rounds of walks, newest first, each with `held`: how many walks are talked through."""
    held = Count("walks", filter=Q(walks__state__in=[WalkState.TALKED, WalkState.CLOSED]))
    return list(WalkRound.objects.filter(school=school).select_related("owner", "school").annotate(held=held))


def walks_in(round_: WalkRound, people: Sequence[Employee]) -> list[ClassroomWalk]:
    """The walks of a round with the reader's own staff."""
    rows = ClassroomWalk.objects.filter(round=round_, teacher__in=[one.pk for one in people])
    return list(rows.select_related("teacher", "round", "owner", "school"))


def own_walks_in(round_: WalkRound, employee: Employee | None) -> list[ClassroomWalk]:
    """The reader's own walks of a round."""
    return walks_in(round_, [employee] if employee else [])


@dataclass(frozen=True)
class GuidanceLine:
    """What a leader sees of guidance between colleagues: the focus, and whether it is done."""

    theme: str
    state: str
    is_done: bool


def guidance_lines(school: Unit, on: date) -> list[GuidanceLine]:
    """Without who is in it: what goes on, and what was concluded this school year."""
    begun = date(school_year(on), 8, 1)
    rows = PeerGuidance.objects.filter(school=school).exclude(concluded_on__lt=begun)
    return [
        GuidanceLine(row.theme, str(row.get_state_display()), row.state == GuidanceState.CONCLUDED)
        for row in rows
    ]


def resources_at(school: Unit) -> tuple[list[ResourceRole], list[Spread]]:
    """The school's resource roles that hold or are to begin, and what was spread, newest first."""
    roles = ResourceRole.objects.filter(not_over(timezone.localdate()), school=school)
    spreads = Spread.objects.filter(school=school).select_related("area")[:50]
    return list(roles.select_related("area", "employee")), list(spreads)


def deviations_to_decide(owner: Unit) -> QuerySet[Deviation]:
    """Proposed, oldest first."""
    rows = Deviation.objects.filter(owner=owner, state=DeviationState.PROPOSED)
    return rows.select_related("school", "employee").order_by("proposed_on", "pk")


def deviations_decided(owner: Unit, year: int) -> QuerySet[Deviation]:
    """Decided or refused for a school year."""
    rows = Deviation.objects.filter(owner=owner, year=year)
    rows = rows.filter(state__in=[DeviationState.DECIDED, DeviationState.REFUSED])
    return rows.select_related("school", "employee").order_by("-decided_on", "pk")


def looks_at(owner: Unit, employee: Employee) -> list[tuple[date, str]]:
    """Who has looked at the person's record, newest first: the day and the e-mail. For the person's own data."""
    rows = events(owner=owner.code).filter(kind="competence.record_seen", subject_key=str(employee.pk))
    return [(row.at.date(), row.by) for row in rows[:200]]


def blank_employee(owner: Unit, school: Unit | None) -> Employee:
    """A new record, not saved."""
    return Employee(owner=owner, school=school, has_teacher_education=True)


def qualification_of(employee: Employee, pk: UUID) -> Qualification | None:
    return employee.qualifications.select_related("employee__owner").filter(pk=pk).first()


def exemption_of(employee: Employee, pk: UUID) -> Exemption | None:
    return employee.exemptions.select_related("employee__owner").filter(pk=pk).first()


def deviation_of(employee: Employee, pk: UUID) -> Deviation | None:
    """One that waits for the owner's answer."""
    return employee.deviations.filter(pk=pk, state=DeviationState.PROPOSED).first()


def taught_by(employee: Employee, year: int) -> list[tuple[str, str]]:
    """(subject, stage) rows of a school year."""
    return list(employee.teaching.filter(year=year).values_list("subject", "stage"))


def possible_mentors(employee: Employee, on: date) -> list[Employee]:
    """Who may mentor: colleagues at the school and the owner's own staff, not leaders of the same place; the school first.

    Never the staff of another school: a leader sees only the own.
    """
    rows = Employee.objects.filter(employed_on(on), owner=employee.owner).exclude(pk=employee.pk)
    rows = rows.filter(Q(school=employee.school) | Q(school=None), role__in=["teacher", "department_head"])
    rows = rows.exclude(role__in=list(RANKS), school=employee.school)
    return sorted(rows, key=lambda one: (one.school_id != employee.school_id, one.name))


def minutes_of(mentorship: Mentorship) -> int:
    """Minutes of mentoring held so far."""
    return mentorship.sessions.aggregate(all=Sum("minutes"))["all"] or 0
