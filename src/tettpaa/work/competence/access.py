"""Who may open a record of the staff: oneself, and one's own leader. Each look of a leader is written down.

A right that is inherited downward is not enough here: the head of schools leads the principals and the owner's own
staff, not every teacher. What the owner reads of the schools' staff is counts, and the decisions it makes itself.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.competence.enums import (
    MENTORSHIP_ANSWERS,
    OPEN_PLANS,
    OWNER_RANK,
    PUBLISHED_PLANS,
    RANKS,
    MentorshipState,
)
from tettpaa.work.competence.models import (
    AssistantQualification,
    ClassroomWalk,
    CompetencePlan,
    Deviation,
    Employee,
    LeaderStudy,
    Mentorship,
    PeerGuidance,
    PlanArea,
    ResourceRole,
    WalkRound,
)

_AT_OWNER = frozenset({"head_of_schools"})


def rank_at(viewer: Viewer, owner: Unit, school: Unit | None) -> int:
    """How high the viewer stands as a leader at exactly this place; 0 for somebody who leads nobody there."""
    place = school or owner
    ranks = [
        OWNER_RANK if grant.role.key in _AT_OWNER else RANKS.get(grant.role.key, 0)
        for grant in viewer.grants
        if grant.unit.pk == place.pk and Permission.STAFF_READ in grant.role.permissions
    ]
    return max(ranks, default=0)


def led_by(viewer: Viewer, owner: Unit, school: Unit | None) -> QuerySet[Employee]:
    """The viewer's own staff at this place; without a school the owner's own staff and the leaders of the schools."""
    rows = Employee.objects.filter(owner=owner).exclude(email=viewer.email.lower())
    rank = rank_at(viewer, owner, school)
    leaders = [role for role, of in RANKS.items() if of >= rank]
    if rank == 0:
        return rows.none()
    if school is not None:
        return rows.filter(school=school).exclude(role__in=leaders)
    return rows.filter(
        Q(school=None) | Q(role__in=[role for role, of in RANKS.items() if of == OWNER_RANK - 1])
    )


def is_self(viewer: Viewer, employee: Employee) -> bool:
    """Whether the record is the viewer's own; an e-mail is one person's at an owner."""
    return bool(viewer.email) and employee.email == viewer.email.lower()


def leads(viewer: Viewer, employee: Employee) -> bool:
    """Whether the viewer is the person's own leader."""
    if is_self(viewer, employee):
        return False
    owner, role = employee.owner, RANKS.get(employee.role, 0)
    if employee.school is None:
        return rank_at(viewer, owner, None) == OWNER_RANK
    if role == OWNER_RANK - 1 and rank_at(viewer, owner, None) == OWNER_RANK:
        return True
    return rank_at(viewer, owner, employee.school) > role


def employee_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> Employee:
    """The record, for oneself or for the own leader, whose look is written down. Http404 for everybody else."""
    found = Employee.objects.select_related("owner", "school").filter(owner=owner, pk=pk).first()
    if found is None or not (is_self(viewer, found) or leads(viewer, found)):
        raise Http404
    if not is_self(viewer, found):
        looked(viewer, owner, found.pk)
    return found


def employee_for_editing(viewer: Viewer, owner: Unit, pk: UUID) -> Employee:
    """For the own leader with the right to write records; nobody writes one's own qualifications alone."""
    found = employee_for_reading(viewer, owner, pk)
    if is_self(viewer, found) or not viewer.may(Permission.STAFF_EDIT, found.school or owner):
        raise Http404
    return found


def staff_rows(viewer: Viewer, owner: Unit, school: Unit | None) -> QuerySet[Employee]:
    """The viewer's own staff at a place, by name; the look at the list is written down. Http404 for who leads nobody."""
    if rank_at(viewer, owner, school) == 0:
        raise Http404
    looked(viewer, owner, (school or owner).code)
    return led_by(viewer, owner, school).select_related("owner", "school")


def staff_for_reading(viewer: Viewer, owner: Unit, school: Unit | None) -> list[Employee]:
    """The same, all of them."""
    return list(staff_rows(viewer, owner, school))


def may_decide(viewer: Viewer, owner: Unit) -> bool:
    """Whether the viewer decides deviations for the owner."""
    return viewer.may(Permission.STAFF_DECIDE, owner)


def may_see_small(viewer: Viewer, owner: Unit) -> bool:
    """Whether small counts of the schools' staff are there for the viewer: those who plan competence for the owner."""
    return viewer.may(Permission.COMPETENCE_EDIT, owner)


@transaction.atomic
def looked(viewer: Viewer, owner: Unit, key: object) -> None:
    """Somebody read a record of the staff, or a list of them (the key says which)."""
    record(
        kind="competence.record_seen",
        by=viewer.email,
        subject="ansatt",
        subject_key=str(key),
        owner=owner.code,
    )


def plan_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> CompetencePlan:
    """A plan that is adopted, for all who read plans; a draft for those who write it and those it is discussed with."""
    plan = CompetencePlan.objects.select_related("owner").filter(owner=owner, pk=pk).first()
    if plan is None or not may_read_plan(viewer, plan):
        raise Http404
    return plan


def may_read_plan(viewer: Viewer, plan: CompetencePlan) -> bool:
    if plan.state in PUBLISHED_PLANS:
        return viewer.may(Permission.COMPETENCE_READ, plan.owner)
    return may_write_plan(viewer, plan.owner) or is_union(viewer, plan.owner)


def may_write_plan(viewer: Viewer, owner: Unit) -> bool:
    return viewer.may(Permission.COMPETENCE_EDIT, owner)


def union_body(viewer: Viewer, owner: Unit) -> str:
    """Whom a union's representative speaks for, as role and place, never a name; empty for everybody else."""
    speaks = (g for g in viewer.grants if g.role.key == "union_rep" and g.unit.is_below(owner))
    return next((f"{grant.role.names['nb']}, {grant.unit.label}" for grant in speaks), "")


def is_union(viewer: Viewer, owner: Unit) -> bool:
    """Whether the viewer speaks for the staff: a plan is discussed with them before it is adopted."""
    return bool(union_body(viewer, owner))


def plan_for_union(viewer: Viewer, owner: Unit, pk: UUID) -> CompetencePlan:
    """A plan that is being made, for those it is discussed with."""
    if not is_union(viewer, owner):
        raise Http404
    plan = plan_for_reading(viewer, owner, pk)
    if plan.state not in OPEN_PLANS:
        raise Http404
    return plan


def plan_for_editing(viewer: Viewer, owner: Unit, pk: UUID) -> CompetencePlan:
    if not may_write_plan(viewer, owner):
        raise Http404
    return plan_for_reading(viewer, owner, pk)


def area_for_editing(viewer: Viewer, owner: Unit, plan: UUID, pk: UUID) -> PlanArea:
    of = plan_for_editing(viewer, owner, plan)
    area = PlanArea.objects.select_related("plan", "owner", "goal").filter(plan=of, pk=pk).first()
    if area is None:
        raise Http404
    return area


def deviation_for_deciding(viewer: Viewer, owner: Unit, pk: UUID) -> Deviation:
    """What the decision needs, of one person; the look is written down."""
    rows = Deviation.objects.select_related("owner", "school", "employee")
    found = rows.filter(owner=owner, pk=pk).first() if may_decide(viewer, owner) else None
    if found is None:
        raise Http404
    looked(viewer, owner, found.pk)
    return found


def mentorship_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> Mentorship:
    """For the two of it, and the new teacher's leader; a leader's look is written down."""
    rows = Mentorship.objects.select_related(
        "owner", "school", "employee__owner", "employee__school", "mentor"
    )
    found = rows.filter(owner=owner, pk=pk).first()
    if found is None:
        raise Http404
    if not is_one_of_two(viewer, found):
        if not leads(viewer, found.employee):
            raise Http404
        looked(viewer, owner, found.pk)
    return found


def is_one_of_two(viewer: Viewer, row: Mentorship) -> bool:
    """The mentor or the new teacher: who may read what was said."""
    return is_self(viewer, row.employee) or is_mentor(viewer, row)


def is_mentor(viewer: Viewer, row: Mentorship) -> bool:
    return row.mentor is not None and is_self(viewer, row.mentor)


def is_answering(viewer: Viewer, row: Mentorship) -> bool:
    """Whether an offer with a mentor waits for the viewer's own yes or no."""
    offered = row.state == MentorshipState.OFFERED and row.mentor_id is not None
    return offered and is_self(viewer, row.employee)


def mentorship_for_moving(viewer: Viewer, owner: Unit, pk: UUID, to: str) -> Mentorship:
    """For the new teacher's leader; an answer to the offer also for the new teacher."""
    rows = Mentorship.objects.select_related("owner", "employee__owner", "employee__school")
    found = rows.filter(owner=owner, pk=pk).first()
    if found is not None and to in MENTORSHIP_ANSWERS and is_self(viewer, found.employee):
        return found
    return mentorship_for_writing(viewer, owner, pk)


def mentorship_for_writing(viewer: Viewer, owner: Unit, pk: UUID) -> Mentorship:
    """For the new teacher's leader."""
    return _of_staff(Mentorship, viewer, owner, pk)


def study_for_editing(viewer: Viewer, owner: Unit, pk: UUID) -> LeaderStudy:
    return _of_staff(LeaderStudy, viewer, owner, pk)


def trade_for_editing(viewer: Viewer, owner: Unit, pk: UUID) -> AssistantQualification:
    return _of_staff(AssistantQualification, viewer, owner, pk)


def role_for_editing(viewer: Viewer, owner: Unit, pk: UUID) -> ResourceRole:
    return _of_staff(ResourceRole, viewer, owner, pk)


def _of_staff[Row: (Mentorship, LeaderStudy, AssistantQualification, ResourceRole)](
    model: type[Row], viewer: Viewer, owner: Unit, pk: UUID
) -> Row:
    """A row about one of the viewer's own staff, to be written by the leader."""
    row = model._default_manager.select_related("owner").filter(owner=owner, pk=pk).first()
    if row is None:
        raise Http404
    row.employee = employee_for_editing(viewer, owner, row.employee_id)
    return row


def round_for_reading(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> WalkRound:
    """A round of walks, for everybody on the school's staff: what it is about is no secret to them."""
    found = (
        WalkRound.objects.select_related("owner", "school").filter(owner=owner, school=school, pk=pk).first()
    )
    if found is None or not viewer.may(Permission.STAFF_OWN, school):
        raise Http404
    return found


def round_for_leading(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> WalkRound:
    """For who leads at exactly this school."""
    if rank_at(viewer, owner, school) == 0:
        raise Http404
    return round_for_reading(viewer, owner, school, pk)


def walk_for_reading(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> ClassroomWalk:
    """A walk: for the teacher, and for the teacher's leader, whose look is written down."""
    rows = ClassroomWalk.objects.select_related(
        "owner", "school", "round", "teacher__owner", "teacher__school"
    )
    found = rows.filter(owner=owner, school=school, pk=pk).first()
    if found is None or not (is_self(viewer, found.teacher) or leads(viewer, found.teacher)):
        raise Http404
    if not is_self(viewer, found.teacher):
        looked(viewer, owner, found.pk)
    return found


def own_walk(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> ClassroomWalk:
    """For the teacher alone."""
    found = walk_for_reading(viewer, owner, school, pk)
    if not is_self(viewer, found.teacher):
        raise Http404
    return found


def walk_for_leading(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> ClassroomWalk:
    """For the teacher's leader."""
    found = walk_for_reading(viewer, owner, school, pk)
    if is_self(viewer, found.teacher):
        raise Http404
    return found


def guidance_for_members(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> PeerGuidance:
    """For those in it alone: leaders see focus and that it is done, in their own list."""
    rows = PeerGuidance.objects.select_related("owner", "school").filter(owner=owner, school=school, pk=pk)
    found = rows.filter(members__employee__email=viewer.email.lower()).first() if viewer.email else None
    if found is None:
        raise Http404
    return found
