"""Rows for a viewer: the row of this very owner or school, or 404."""

from uuid import UUID

from django.http import Http404

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.plans.enums import GoalState, SchoolPlanState
from tettpaa.work.plans.models import Goal, GoalIndicator, QualityPlan, SchoolGoal, SchoolPlan


def plan_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> QualityPlan:
    """A plan of the owner that has something the viewer may read: shared words, or a sealed version."""
    plan = QualityPlan.objects.filter(pk=pk, owner=owner).first()
    if plan is None or not may_read_plan(viewer, plan):
        raise Http404
    return plan


def may_read_plan(viewer: Viewer, plan: QualityPlan) -> bool:
    """Drafts are for those who write them, until they lie with the bodies; what was once adopted stays open."""
    if not viewer.may(Permission.PLANS_READ, plan.owner):
        return False
    return may_read_draft(viewer, plan) or plan.adopted_on is not None or plan.versions.exists()


def may_read_draft(viewer: Viewer, plan: QualityPlan) -> bool:
    """Whether the words as they stand now are for the viewer."""
    may_read = viewer.may(Permission.PLANS_READ, plan.owner)
    return may_read and (plan.is_shared or viewer.may(Permission.PLANS_EDIT, plan.owner))


def plan_for_editing(viewer: Viewer, owner: Unit, pk: UUID) -> QualityPlan:
    """A plan whose words the viewer may change when its state allows it."""
    if not viewer.may(Permission.PLANS_EDIT, owner):
        raise Http404
    return plan_for_reading(viewer, owner, pk)


def goal_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> Goal:
    """A goal of the owner's that the viewer may read: adopted once, or in a plan whose draft is open to them."""
    goal = (
        Goal.objects.select_related("plan", "plan__owner", "area", "theme").filter(pk=pk, owner=owner).first()
    )
    if goal is None or not viewer.may(Permission.PLANS_READ, owner):
        raise Http404
    if goal.state == GoalState.DRAFT and not may_read_draft(viewer, goal.plan):
        raise Http404
    return goal


def goal_for_editing(viewer: Viewer, owner: Unit, pk: UUID) -> Goal:
    if not viewer.may(Permission.PLANS_EDIT, owner):
        raise Http404
    return goal_for_reading(viewer, owner, pk)


def indicator_for_editing(viewer: Viewer, owner: Unit, goal: UUID, pk: UUID) -> GoalIndicator:
    """A linked indicator of that goal."""
    of = goal_for_editing(viewer, owner, goal)
    link = GoalIndicator.objects.select_related("goal", "goal__plan").filter(pk=pk, goal=of).first()
    if link is None:
        raise Http404
    return link


def may_read_school_plan(viewer: Viewer, plan: SchoolPlan) -> bool:
    """A draft is the school's own until it goes to the bodies."""
    if plan.state == SchoolPlanState.DRAFT:
        return viewer.may(Permission.SCHOOL_PLANS_EDIT, plan.school)
    return viewer.may(Permission.SCHOOL_PLANS_READ, plan.school)


def school_plan_for_reading(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> SchoolPlan:
    """A plan of exactly this school at this owner."""
    plan = (
        SchoolPlan.objects.select_related("owner", "school").filter(pk=pk, owner=owner, school=school).first()
    )
    if plan is None or not may_read_school_plan(viewer, plan):
        raise Http404
    return plan


def school_plan_for_editing(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> SchoolPlan:
    if not viewer.may(Permission.SCHOOL_PLANS_EDIT, school):
        raise Http404
    return school_plan_for_reading(viewer, owner, school, pk)


def school_goal_for_editing(viewer: Viewer, owner: Unit, school: Unit, plan: UUID, pk: UUID) -> SchoolGoal:
    """A goal of that plan of the school."""
    of = school_plan_for_editing(viewer, owner, school, plan)
    goal = SchoolGoal.objects.select_related("plan", "goal").filter(pk=pk, plan=of).first()
    if goal is None:
        raise Http404
    return goal
