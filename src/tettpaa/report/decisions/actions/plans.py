"""A quality plan goes along its own road as its case is treated: sent, heard, read by the bodies, adopted.

The plan moves only where a step is drawn (plans/enums.py). One that somebody has moved by hand meanwhile, or that holds
and is not being revised, is left as it is; a step too far is taken back on the plan's own page.
"""

from datetime import date

from tettpaa.report.decisions.enums import OUTCOME_STATES, CaseState, Outcome
from tettpaa.report.decisions.models import CaseStep, Hearing, PoliticalCase
from tettpaa.work.plans.actions import Step, keep_hearing_open, move_plan
from tettpaa.work.plans.enums import PLAN_PATHS, PlanState
from tettpaa.work.plans.models import QualityPlan

# Which reading a plan comes to when a body gets it.
_READINGS = {
    PlanState.DRAFT: PlanState.FIRST_READING,
    PlanState.REVISION: PlanState.FIRST_READING,
    PlanState.HEARING: PlanState.SECOND_READING,
}


def present_plan(*, case: PoliticalCase, on: date, by: str) -> None:
    """The case is sent: its plan lies with those who decide, who may read it from now on."""
    if (plan := _plan_of(case)) and (to := _READINGS.get(PlanState(plan.state))):
        _carry(plan, Step(to=to, on=on, case_reference=case.number), by)


def hear_plan(*, hearing: Hearing, by: str) -> None:
    """A body is asked: the plan is on hearing, until the last deadline that anybody was given."""
    plan = _plan_of(hearing.case)
    if plan is None:
        return
    if plan.state == PlanState.HEARING:
        keep_hearing_open(plan=plan, until=hearing.due_on, by=by)
        return
    step = Step(to=PlanState.HEARING, on=hearing.invited_on, hearing_until=hearing.due_on)
    _carry(plan, step, by)


def treat_plan(*, step: CaseStep, outcome: str, on: date, by: str) -> None:
    """A body has treated the case: a reading, and what it came to. A postponed plan was not read."""
    plan = _plan_of(step.case)
    if plan is None or outcome == Outcome.POSTPONED:
        return
    number, note = step.case.number, step.name
    if to := _READINGS.get(PlanState(plan.state)):
        plan = _carry(plan, Step(to=to, on=on, case_reference=number, note=note), by)
    if OUTCOME_STATES.get(outcome) == CaseState.DECIDED:
        _carry(plan, Step(to=PlanState.ADOPTED, on=on, case_reference=number, note=note), by)
    elif outcome == Outcome.SENT_BACK and plan.state == PlanState.FIRST_READING:
        _carry(plan, Step(to=PlanState.DRAFT, on=on, case_reference=number, note=note), by)


def _plan_of(case: PoliticalCase) -> QualityPlan | None:
    """The plan as it stands now, held until the transaction ends; None for the case of a report."""
    if case.plan_id is None:
        return None
    return QualityPlan.objects.select_for_update().get(pk=case.plan_id)


def _carry(plan: QualityPlan, step: Step, by: str) -> QualityPlan:
    return move_plan(plan=plan, step=step, by=by) if step.to in PLAN_PATHS[plan.state] else plan
