"""Goals with their signs, tools and indicators. A goal is never deleted: other rooms build on it; it is taken out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.states import move
from tettpaa.core.audit.versions import save_changes
from tettpaa.work.plans.actions.plan import free_key, open_plan, touch
from tettpaa.work.plans.enums import GOAL_PATHS, GoalState, SignView
from tettpaa.work.plans.figures import Baseline
from tettpaa.work.plans.models import Goal, GoalIndicator, QualityPlan, Sign, VerificationTool


@dataclass(frozen=True)
class Around:
    """What is written with a goal: signs by view, and tools."""

    signs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tools: Sequence[str] = ()


@transaction.atomic
def save_goal(*, goal: Goal, version: int | None, fields: Collection[str], around: Around, by: str) -> Goal:
    """Write a goal with its signs and tools; `version` None for a new one, which gets its key here.

    Raises PlanSealedError, or ConflictError.
    """
    plan = open_plan(goal.plan_id)
    if version is None:
        goal.key = goal.key or free_key(goal.text, list(plan.goals.values_list("key", flat=True)))
        goal.order = goal.order or plan.goals.count() + 1
        goal.save(force_insert=True)
    else:
        keep_adopted(goal)
        save_changes(goal, version=version, fields={*fields, "text", "draft_text"})
    write_around(goal, around)
    touch(plan.pk)
    _record(goal, by, kind="plans.goal_written")
    return goal


def keep_adopted(goal: Goal) -> None:
    """What was adopted stays for all to read; another text waits as the draft's until the plan is adopted again."""
    stored = Goal.objects.get(pk=goal.pk)
    wanted, goal.draft_text = goal.text, ""
    if stored.state != GoalState.DRAFT and wanted != stored.text:
        goal.text, goal.draft_text = stored.text, wanted


def write_around(goal: Goal, around: Around) -> None:
    """Put these signs and tools in place of those that stand."""
    goal.signs.all().delete()
    goal.tools.all().delete()
    Sign.objects.bulk_create(
        Sign(goal=goal, view=view, text=text, order=number)
        for view in SignView
        for number, text in enumerate(around.signs.get(view, ()), start=1)
    )
    VerificationTool.objects.bulk_create(
        VerificationTool(goal=goal, text=text, order=number)
        for number, text in enumerate(around.tools, start=1)
    )


@transaction.atomic
def settle_goal(*, goal: Goal, to: str, outcome: str = "", by: str) -> Goal:
    """Say how a goal went, take it out, or take it in again. Raises NotAllowedError.

    Taking out and in changes the plan's words, so they need an open plan (PlanSealedError).
    """
    row = Goal.objects.select_for_update(of=("self",)).select_related("owner").get(pk=goal.pk)
    if to == GoalState.DROPPED or row.state == GoalState.DROPPED:
        open_plan(row.plan_id)
        touch(row.plan_id)
    move(row, to, paths=GOAL_PATHS)
    row.outcome = outcome
    row.save(update_fields=["state", "outcome"])
    _record(row, by, {"to": to}, kind="plans.goal_settled")
    return row


@transaction.atomic
def save_indicator(
    *, link: GoalIndicator, version: int | None, fields: Collection[str], baseline: Baseline | None, by: str
) -> GoalIndicator:
    """Tie an indicator to a goal. `baseline` is taken from the published figures; None leaves what stands.

    Raises PlanSealedError, or ConflictError.
    """
    open_plan(link.goal.plan_id)
    written = list(fields)
    if baseline is not None:
        written += retarget(link, baseline)
    if version is None:
        link.order = link.order or link.goal.indicators.count() + 1
        link.save(force_insert=True)
    else:
        save_changes(link, version=version, fields=written)
    touch(link.goal.plan_id)
    _record(link.goal, by, {"indicator": link.indicator}, kind="plans.indicator_written")
    return link


def retarget(link: GoalIndicator, baseline: Baseline) -> list[str]:
    """Copy a published figure into the link as its baseline; saves nothing. The names of what it set."""
    link.baseline = baseline.value
    link.baseline_low = baseline.low
    link.baseline_high = baseline.high
    link.baseline_n = baseline.n
    link.baseline_period = baseline.period
    return ["baseline", "baseline_low", "baseline_high", "baseline_n", "baseline_period"]


@transaction.atomic
def drop_indicator(*, link: GoalIndicator, by: str) -> None:
    """Untie an indicator. Raises PlanSealedError."""
    goal = link.goal
    open_plan(goal.plan_id)
    GoalIndicator.objects.filter(pk=link.pk).delete()
    touch(goal.plan_id)
    _record(goal, by, {"indicator": link.indicator}, kind="plans.indicator_removed")


def _record(goal: Goal, by: str, detail: dict[str, object] | None = None, *, kind: str) -> None:
    record(
        kind=kind,
        by=by,
        subject=goal.key,
        subject_key=str(goal.pk),
        owner=goal.owner.code,
        detail=detail or {},
    )


def blank_goal(plan: QualityPlan) -> Goal:
    """A new goal of the plan, not saved."""
    return Goal(owner=plan.owner, plan=plan)


def blank_indicator(goal: Goal) -> GoalIndicator:
    """A new link of the goal, not saved."""
    return GoalIndicator(goal=goal)
