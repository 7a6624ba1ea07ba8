"""A school's own plan: premises from above, goals, bodies heard, adoption, status and evaluation."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.seal import canonical, fingerprint
from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.audit.versions import save_changes
from tettpaa.core.orgs.models import Unit
from tettpaa.work.plans.actions.plan import PlanSealedError
from tettpaa.work.plans.enums import SCHOOL_PLAN_PATHS, SchoolPlanState
from tettpaa.work.plans.models import (
    SchoolGoal,
    SchoolPlan,
    SchoolPlanHeard,
    SchoolPlanPremise,
    SchoolPlanVersion,
)
from tettpaa.work.plans.queries import school_plan_words

OPEN = frozenset({SchoolPlanState.DRAFT, SchoolPlanState.HEARD})
STATUS = {SchoolPlanState.MIDYEAR, SchoolPlanState.EVALUATED}


class NobodyHeardError(Exception):
    """A school's plan is adopted only when a body has been heard (OL § 10-4)."""


class NoGoalsError(Exception):
    """A plan without goals goes nowhere."""


@transaction.atomic
def add_premise(  # noqa: PLR0913 - one argument for each thing a premise says
    *, owner: Unit, school: Unit, year: int, text: str, source: str, address: str = "", by: str
) -> SchoolPlanPremise:
    """What the school's plan of the year is to build on; written anew when the source is known already."""
    row, made = SchoolPlanPremise.objects.update_or_create(
        school=school,
        year=year,
        source=source,
        defaults={"owner": owner, "text": text[:500], "address": address},
    )
    record(
        kind="plans.premise_added",
        by=by,
        subject=school.code,
        subject_key=str(row.pk),
        owner=owner.code,
        detail={"year": year, "is_new": made},
    )
    return row


@transaction.atomic
def start_school_plan(*, owner: Unit, school: Unit, year: int, by: str) -> SchoolPlan:
    """Begin the school's plan of the year; the one that stands when there is one."""
    plan, made = SchoolPlan.objects.get_or_create(school=school, year=year, defaults={"owner": owner})
    if made:
        _record(plan, by, {"year": year}, kind="plans.school_plan_started")
    return plan


@transaction.atomic
def save_school_plan(*, plan: SchoolPlan, version: int, fields: Collection[str], by: str) -> None:
    """Write the plan's texts. Raises PlanSealedError when it is adopted, or ConflictError."""
    _open(plan.pk)
    save_changes(plan, version=version, fields=fields)
    _record(plan, by, {"fields": sorted(fields)}, kind="plans.school_plan_written")


@transaction.atomic
def save_school_goal(
    *, goal: SchoolGoal, version: int | None, fields: Collection[str], by: str
) -> SchoolGoal:
    """Write one of the school's goals; `version` None for a new one. PlanSealedError, or ConflictError."""
    plan = _open(goal.plan_id)
    if version is None:
        goal.order = goal.order or plan.goals.count() + 1
        goal.save(force_insert=True)
    else:
        save_changes(goal, version=version, fields=fields)
    _record(plan, by, {"goal": str(goal.goal_id or "")}, kind="plans.school_goal_written")
    return goal


@transaction.atomic
def drop_school_goal(*, goal: SchoolGoal, by: str) -> None:
    """Take a goal out of a plan that is not adopted yet."""
    plan = _open(goal.plan_id)
    SchoolGoal.objects.filter(pk=goal.pk).delete()
    _record(plan, by, {}, kind="plans.school_goal_removed")


@transaction.atomic
def hear_body(
    *, plan: SchoolPlan, body: str, on: date, said: str = "", changed: str = "", by: str
) -> SchoolPlanHeard:
    """Write down that a body was heard, what it said and what it changed; while the plan is with the bodies."""
    row = SchoolPlan.objects.select_for_update(of=("self",)).select_related("owner", "school").get(pk=plan.pk)
    if row.state != SchoolPlanState.HEARD:
        raise NotAllowedError(row.state, SchoolPlanState.HEARD)
    heard = SchoolPlanHeard.objects.create(plan=row, body=body, on=on, said=said, changed=changed)
    _record(row, by, {"on": on.isoformat()}, kind="plans.body_heard")
    return heard


@transaction.atomic
def move_school_plan(*, plan: SchoolPlan, to: str, on: date, by: str) -> SchoolPlan:
    """One step between draft, the bodies, and adopted; adopting seals it. The later steps are `tell_status`.

    Raises NotAllowedError, NoGoalsError, NobodyHeardError.
    """
    row = SchoolPlan.objects.select_for_update(of=("self",)).select_related("owner", "school").get(pk=plan.pk)
    if to in STATUS:
        raise NotAllowedError(row.state, to)
    before = move(row, to, paths=SCHOOL_PLAN_PATHS)
    if to != SchoolPlanState.DRAFT and not row.goals.exists():
        raise NoGoalsError
    if to == SchoolPlanState.ADOPTED:
        if not row.heard.exists():
            raise NobodyHeardError
        row.adopted_on = on
    row.save(update_fields=["state", "adopted_on"])
    _record(row, by, {"from": before, "to": to, "on": on.isoformat()}, kind="plans.school_plan_moved")
    if to == SchoolPlanState.ADOPTED:
        _seal(row, by)
    return row


@dataclass(frozen=True)
class Status:
    """How the plan goes, or went: in all, and goal by goal (key of the school's goal → text, and outcome)."""

    text: str
    on: date
    of_goals: Mapping[UUID, tuple[str, str]] = field(default_factory=dict)


@transaction.atomic
def tell_status(*, plan: SchoolPlan, status: Status, by: str) -> SchoolPlan:
    """Midway in the year, then the evaluation at its end. Raises NotAllowedError before the plan is adopted."""
    row = SchoolPlan.objects.select_for_update(of=("self",)).select_related("owner", "school").get(pk=plan.pk)
    to = SchoolPlanState.MIDYEAR if row.state == SchoolPlanState.ADOPTED else SchoolPlanState.EVALUATED
    before = move(row, to, paths=SCHOOL_PLAN_PATHS)
    if to == SchoolPlanState.MIDYEAR:
        row.midyear_status, row.midyear_on = status.text, status.on
    else:
        row.evaluation, row.evaluated_on = status.text, status.on
    row.save(update_fields=["state", "midyear_status", "midyear_on", "evaluation", "evaluated_on"])
    for pk, (text, outcome) in status.of_goals.items():
        SchoolGoal.objects.filter(pk=pk, plan=row).update(status=text, outcome=outcome)
    _record(row, by, {"from": before, "to": to, "on": status.on.isoformat()}, kind="plans.school_plan_moved")
    return row


def _open(pk: UUID) -> SchoolPlan:
    plan = SchoolPlan.objects.select_for_update(of=("self",)).select_related("owner", "school").get(pk=pk)
    if plan.state not in OPEN:
        raise PlanSealedError
    return plan


def _seal(plan: SchoolPlan, by: str) -> None:
    text = canonical(school_plan_words(plan))
    version = SchoolPlanVersion.objects.create(
        plan=plan, number=plan.versions.count() + 1, content=text, sha256=fingerprint(text), by=by
    )
    _record(plan, by, {"number": version.number, "sha256": version.sha256}, kind="plans.school_plan_sealed")


def _record(plan: SchoolPlan, by: str, detail: dict[str, object], *, kind: str) -> None:
    record(
        kind=kind,
        by=by,
        subject=f"{plan.school.code} {plan.school_year}",
        subject_key=str(plan.pk),
        owner=plan.owner.code,
        detail=detail,
    )


def blank_school_goal(plan: SchoolPlan) -> SchoolGoal:
    """A new goal of the school's plan, not saved."""
    return SchoolGoal(plan=plan)
