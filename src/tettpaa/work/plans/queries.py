"""Reading plans: the viewer first where words may be drafts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from tettpaa.core.orgs.enums import BodyLevel
from tettpaa.core.orgs.models import Body, Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.queries import bodies_of, schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.plans.access import may_read_draft, may_read_plan, may_read_school_plan
from tettpaa.work.plans.content import Words, goal_words, words_of
from tettpaa.work.plans.enums import GoalState, PlanState, SchoolPlanState
from tettpaa.work.plans.models import (
    Arena,
    Element,
    Expectation,
    Goal,
    GoalIndicator,
    PlanVersion,
    Project,
    QualityPlan,
    Recommendation,
    SchoolGoal,
    SchoolPlan,
    SchoolPlanPremise,
    SupportSystem,
    TimelineEvent,
)


def plan_in_force(owner: Unit) -> QualityPlan | None:
    """The plan that holds now, also while it is being revised; None when there is none."""
    plans = QualityPlan.objects.filter(owner=owner, in_force_on__isnull=False)
    return plans.exclude(state=PlanState.EXPIRED).order_by("-in_force_on", "-made_at").first()


def plans_of(owner: Unit) -> list[QualityPlan]:
    """All the owner's plans, newest first."""
    return list(QualityPlan.objects.filter(owner=owner).select_related("owner"))


def main_plan(viewer: Viewer, owner: Unit) -> QualityPlan | None:
    """The plan that the owner's plan page shows: the one in force, else the newest the viewer may read."""
    plans = [plan for plan in plans_of(owner) if may_read_plan(viewer, plan)]
    going = [plan for plan in plans if plan.state != PlanState.EXPIRED]
    in_force = [plan for plan in going if plan.in_force_on]
    return next(iter([*in_force, *going, *plans]), None)


def goals_of(owner: Unit) -> list[Goal]:
    """The goals of the plan in force, in the plan's order; without those taken out or never adopted."""
    plan = plan_in_force(owner)
    if plan is None:
        return []
    left_out = [GoalState.DROPPED, GoalState.DRAFT]
    return list(plan.goals.exclude(state__in=left_out).select_related("area", "plan"))


def goal_by_key(owner: Unit, key: str) -> Goal | None:
    """The goal with this key: in the plan in force, else in the newest plan that has it."""
    found = (
        Goal.objects.filter(owner=owner, key=key).select_related("plan", "area").order_by("-plan__made_at")
    )
    plan = plan_in_force(owner)
    goals = list(found)
    return next((goal for goal in goals if goal.plan == plan), goals[0] if goals else None)


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan's words as one viewer may read them. `version` is the sealed version they are, None when live."""

    plan: QualityPlan
    words: Words
    version: PlanVersion | None
    is_draft: bool


def shown_plan(viewer: Viewer, plan: QualityPlan, *, draft: bool = False) -> Shown | None:
    """What holds: the sealed words when there are any, else the live ones; `draft` asks for the live ones.

    None when the viewer may read neither.
    """
    version = plan.versions.last()
    if version is not None and not draft:
        return Shown(plan, json.loads(version.content), version, is_draft=False)
    if not may_read_draft(viewer, plan):
        return None
    return Shown(plan, words_of(plan), None, is_draft=plan.is_open)


def shown_goal(viewer: Viewer, goal: Goal) -> Words | None:
    """One goal's words: live for those who may read the draft, else as it was adopted."""
    if may_read_draft(viewer, goal.plan):
        return goal_words(goal)
    version = goal.plan.versions.last()
    words = json.loads(version.content)["goals"] if version else []
    return next((one for one in words if one["id"] == str(goal.pk)), None)


def sealed(plan: QualityPlan, number: int) -> PlanVersion | None:
    return plan.versions.filter(number=number).first()


def links_of(goal: Goal) -> list[GoalIndicator]:
    return list(goal.indicators.all())


@dataclass(frozen=True, slots=True)
class SchoolWork:
    """A school that works on a goal this year, by its own goal."""

    school: Unit
    plan: SchoolPlan
    goal: SchoolGoal


def schools_on(viewer: Viewer, goal: Goal, year: int) -> list[SchoolWork]:
    """Schools whose plan of the year has a goal tied to this one, alphabetically; only those the viewer may read."""
    rows = (
        SchoolGoal.objects.filter(goal=goal, plan__year=year, plan__owner=goal.owner)
        .select_related("plan", "plan__school")
        .order_by("plan__school__name", "order")
    )
    return [
        SchoolWork(row.plan.school, row.plan, row) for row in rows if may_read_school_plan(viewer, row.plan)
    ]


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school and its plan of the year, if the viewer may read it."""

    school: Unit
    plan: SchoolPlan | None
    may_open: bool


def school_lines(viewer: Viewer, owner: Unit, year: int) -> list[SchoolLine]:
    """The schools whose plans the viewer may read, alphabetically, with the year's plan. Two queries."""
    plans = {
        plan.school_id: plan
        for plan in SchoolPlan.objects.filter(owner=owner, year=year).select_related("school", "owner")
    }
    lines = []
    for school in schools_of(owner):
        if viewer.may(Permission.SCHOOL_PLANS_READ, school):
            plan = plans.get(school.pk)
            lines.append(SchoolLine(school, plan, plan is not None and may_read_school_plan(viewer, plan)))
    return lines


def school_plans(viewer: Viewer, owner: Unit, school: Unit) -> list[SchoolPlan]:
    """The school's plans that the viewer may read, newest first."""
    plans = SchoolPlan.objects.filter(owner=owner, school=school).select_related("school", "owner")
    return [plan for plan in plans if may_read_school_plan(viewer, plan)]


def school_plan_of(owner: Unit, school: Unit, year: int) -> SchoolPlan | None:
    return SchoolPlan.objects.filter(owner=owner, school=school, year=year).first()


def premises_of(owner: Unit, school: Unit, year: int) -> list[SchoolPlanPremise]:
    """What other rooms have said that the school's year is to build on, oldest first."""
    return list(SchoolPlanPremise.objects.filter(owner=owner, school=school, year=year))


def school_goals(plan: SchoolPlan) -> list[SchoolGoal]:
    return list(plan.goals.select_related("goal"))


def goal_choices(owner: Unit) -> Sequence[Goal]:
    """Goals a school may tie its own to."""
    return goals_of(owner)


def school_plan_words(plan: SchoolPlan) -> dict[str, Any]:
    """The school's plan as one mapping, to be sealed when it is adopted."""
    return {
        "year": plan.year,
        "text": plan.text,
        "competence": plan.competence,
        "resources": plan.resources,
        "goals": [
            {
                "goal": str(row.goal_id or ""),
                "text": row.text,
                "why": row.why,
                "expected_sign": row.expected_sign,
            }
            for row in school_goals(plan)
        ],
        "premises": [row.text for row in premises_of(plan.owner, plan.school, plan.year)],
        "heard": [{"body": row.body, "on": row.on.isoformat()} for row in plan.heard.all()],
    }


def goals_with_indicators(owner: Unit) -> QuerySet[Goal]:
    """Goals with their links at hand, for rooms above that list them."""
    links = Prefetch("indicators", queryset=GoalIndicator.objects.order_by("order", "indicator"))
    return Goal.objects.filter(owner=owner).select_related("plan", "area").prefetch_related(links)


DONE_STATES = frozenset({SchoolPlanState.ADOPTED, SchoolPlanState.MIDYEAR, SchoolPlanState.EVALUATED})


def plan_to_write(owner: Unit) -> QualityPlan | None:
    """The newest plan whose words may be changed now."""
    return next((plan for plan in plans_of(owner) if plan.is_open), None)


@dataclass(frozen=True, slots=True)
class System:
    """The configured rows of an owner, each kind in its order."""

    systems: list[SupportSystem]
    arenas: list[Arena]
    projects: list[Project]
    expectations: list[Expectation]
    recommendations: list[Recommendation]
    timeline: list[TimelineEvent]


def system_of(owner: Unit) -> System:
    """Six queries, however many rows."""
    return System(
        systems=list(SupportSystem.objects.filter(owner=owner)),
        arenas=list(Arena.objects.filter(owner=owner)),
        projects=list(Project.objects.filter(owner=owner)),
        expectations=list(Expectation.objects.filter(owner=owner)),
        recommendations=list(Recommendation.objects.filter(owner=owner)),
        timeline=list(TimelineEvent.objects.filter(owner=owner)),
    )


def source_of(owner: Unit) -> str:
    """The founding document behind what the pack has brought; empty without one."""
    rows = QualityPlan.objects.filter(owner=owner, from_pack=True).values_list("source", flat=True)
    return next(iter(rows), "")


def names_of_ties(viewer: Viewer, owner: Unit) -> dict[str, str]:
    """Key → name of what an element or expectation may be tied to: areas, goals, elements."""
    plan = main_plan(viewer, owner)
    shown = shown_plan(viewer, plan) if plan else None
    names: dict[str, str] = {}
    if shown is not None:
        names |= {area["key"]: area["title"] for area in shown.words["areas"]}
        names |= {goal["key"]: goal["text"] for goal in shown.words["goals"]}
    return names | {row.key: row.name for row in Element.objects.filter(owner=owner)}


def expectations_on(owner: Unit, goal: Goal) -> list[Expectation]:
    """What is expected of whom for this goal, or for its area."""
    keys = [goal.key, *([goal.area.key] if goal.area else [])]
    return list(Expectation.objects.filter(owner=owner, tied_to__in=keys))


def bodies_for_school(owner: Unit) -> list[Body]:
    """Bodies that a school may hear: those that every school has, then the owner's own with a voice."""
    bodies = bodies_of(owner)
    return [body for body in bodies if body.level == BodyLevel.SCHOOL] + [
        body for body in bodies if body.level != BodyLevel.SCHOOL and body.voice
    ]


def count_done(lines: Sequence[SchoolLine]) -> int:
    """Schools whose plan of the year is adopted."""
    return sum(1 for line in lines if line.plan is not None and line.plan.state in DONE_STATES)
