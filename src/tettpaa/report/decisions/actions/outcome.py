"""What a body decided, point by point, what each point becomes, and what is told back of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.orgs.models import Unit
from tettpaa.report.decisions import queries
from tettpaa.report.decisions.actions.plans import treat_plan
from tettpaa.report.decisions.actions.telling import tell
from tettpaa.report.decisions.enums import (
    BODIES,
    CASE_PATHS,
    ITEM_PATHS,
    OUTCOME_STATES,
    Becomes,
    CaseState,
    ItemKind,
    ItemState,
    Outcome,
    StatementState,
)
from tettpaa.report.decisions.models import (
    CaseStep,
    DecisionItem,
    PoliticalCase,
    Protocol,
    ReportBack,
    Statement,
)
from tettpaa.work.initiatives.actions import move_initiative, start_initiative
from tettpaa.work.initiatives.enums import PATHS as INITIATIVE_PATHS
from tettpaa.work.initiatives.enums import State as InitiativeState
from tettpaa.work.initiatives.models import Initiative
from tettpaa.work.plans.models import Goal
from tettpaa.work.yearwheel.actions import finish_date, put_date
from tettpaa.work.yearwheel.models import Task

ADOPTED = frozenset({Outcome.ADOPTED, Outcome.CHANGED})
TITLE = 160  # characters in an initiative's title


class NotHeardError(Exception):
    """A statement has no answer yet: what it changed must be said before anything is adopted."""


@dataclass(frozen=True, slots=True)
class NewItem:
    """One point of a decision. A `DECISION` needs a role and a date, and becomes an initiative or a task."""

    kind: str
    text: str
    responsible_role: str = ""
    due_on: date | None = None
    becomes: str = Becomes.INITIATIVE
    goal: Goal | None = None
    school: Unit | None = None


@dataclass(frozen=True, slots=True)
class NewProtocol:
    """What the minute book says: who was there in number, the votes, amendments, the words of the decision."""

    met_on: date
    present: int
    outcome: str
    text: str
    number: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    amendments: str = ""
    items: Sequence[NewItem] = ()


@transaction.atomic
def record_protocol(
    *, step: CaseStep, protocol: NewProtocol, by: str, at: datetime | None = None
) -> Protocol:
    """Write down what a body did with the case; nothing of it is ever changed.

    Moves the case to the body, and on as the outcome says. Only the deciding step adopts, and then every point is
    made: a `DECISION` becomes an initiative or a task. A plan goes along its own road. Raises NotHeardError, NotAllowedError, and ValueError for a
    step without a body or a decision without points.
    """
    case = PoliticalCase.objects.select_for_update(of=("self",)).select_related("owner").get(pk=step.case_id)
    _check(step, protocol, case)
    if case.state != step.kind:
        move(case, step.kind, paths=CASE_PATHS)
    if after := OUTCOME_STATES.get(protocol.outcome):
        move(case, after, paths=CASE_PATHS)
    if case.state == CaseState.DECIDED:
        case.decided_on = protocol.met_on
    case.save(update_fields=["state", "decided_on"])
    if protocol.outcome != Outcome.POSTPONED:
        step.held_on = protocol.met_on
        step.save(update_fields=["held_on"])
        finish_date(source=f"decisions.step:{step.pk}", owner=case.owner, by=by)
    row = _save(case, step, protocol, by, at or timezone.now())
    treat_plan(step=step, outcome=protocol.outcome, on=protocol.met_on, by=by)
    for number, item in enumerate(protocol.items, start=1):
        _make(row, number, item, by)
    detail = {"outcome": protocol.outcome, "items": len(protocol.items)}
    tell("decisions.protocol_recorded", case, row.pk, by, detail)
    return row


def _check(step: CaseStep, protocol: NewProtocol, case: PoliticalCase) -> None:
    if step.kind not in BODIES:
        raise ValueError("only a body keeps a protocol")
    adopts = protocol.outcome in ADOPTED
    if adopts and not step.decides:
        raise NotAllowedError(case.state, CaseState.DECIDED)
    if adopts != bool(protocol.items):
        raise ValueError("a decision has points, and only a decision has")
    if adopts and Statement.objects.filter(hearing__case=case, state=StatementState.RECEIVED).exists():
        raise NotHeardError
    for item in protocol.items:
        if item.kind == ItemKind.DECISION and not (item.responsible_role and item.due_on):
            raise ValueError("a decision says who and by when")
        if item.goal is not None and item.goal.owner_id != case.owner_id:
            raise ValueError("the goal of a point is its owner's")
        if item.school is not None and not item.school.is_below(case.owner):
            raise ValueError("the school of a point is its owner's")


def _save(case: PoliticalCase, step: CaseStep, protocol: NewProtocol, by: str, at: datetime) -> Protocol:
    return Protocol.objects.create(
        owner=case.owner,
        case=case,
        step=step,
        number=protocol.number,
        met_on=protocol.met_on,
        present=protocol.present,
        votes_for=protocol.votes_for,
        votes_against=protocol.votes_against,
        amendments=protocol.amendments,
        outcome=protocol.outcome,
        text=protocol.text,
        recorded_at=at,
        recorded_by=by,
    )


def _make(protocol: Protocol, number: int, item: NewItem, by: str) -> DecisionItem:
    """The point, after what it becomes: a point is never changed, so its link must be there from the start."""
    key = uuid4()
    row = DecisionItem(
        id=key,
        owner=protocol.owner,
        protocol=protocol,
        number=number,
        kind=item.kind,
        text=item.text,
        responsible_role=item.responsible_role,
        due_on=item.due_on,
        goal=item.goal,
        school=item.school,
    )
    if item.kind == ItemKind.DECISION:
        if item.becomes == Becomes.TASK:
            row.task = _task(row, by)
        else:
            row.initiative = _initiative(row, by)
    row.save(force_insert=True)
    return row


def _address(row: DecisionItem) -> str:
    return reverse("decisions:item", kwargs={"owner": row.owner.code, "decision": row.pk})


def _initiative(row: DecisionItem, by: str) -> Initiative:
    title = row.text if len(row.text) <= TITLE else f"{row.text[: TITLE - 2].rsplit(' ', 1)[0]} …"
    return start_initiative(
        owner=row.owner,
        school=row.school,
        goal=row.goal,
        title=title,
        problem="",
        what=row.text,
        starts_on=row.protocol.met_on,
        due_on=row.due_on,
        responsible_role=row.responsible_role,
        source=f"decisions.item:{row.pk}",
        source_address=_address(row),
        on=row.protocol.met_on,
        by=by,
    )


def _task(row: DecisionItem, by: str) -> Task:
    assert row.due_on is not None, "a decision has a date"  # noqa: S101 - tells the type checker
    return put_date(
        owner=row.owner,
        school=row.school,
        source=f"decisions.item:{row.pk}",
        title=row.text,
        due_on=row.due_on,
        role=row.responsible_role,
        address=_address(row),
        by=by,
    )


class _Standing:
    """The state of a point, for the one way of moving."""

    def __init__(self, state: str) -> None:
        self.state = state


# What a report back means for the initiative the point became: the steps it takes, as far as they are drawn.
_STEPS = {
    ItemState.STARTED: (InitiativeState.STARTED,),
    ItemState.DONE: (InitiativeState.STARTED, InitiativeState.DONE),
}


def _carry_on(item: DecisionItem, state: str, by: str, on: date | None) -> None:
    """Nobody says the same thing twice: the initiative follows, unless it has gone further by itself."""
    made = item.initiative
    if made is None:
        return
    for step in _STEPS[ItemState(state)]:
        made.refresh_from_db()
        if step in INITIATIVE_PATHS.get(InitiativeState(made.state), ()):
            move_initiative(initiative=made, to=step, by=by, on=on)


@transaction.atomic
def report_back(
    *, item: DecisionItem, state: str, text: str, by: str, on: date | None = None, at: datetime | None = None
) -> ReportBack:
    """Tell what has become of a point. Not done needs the reason (ValueError); done is the last word."""
    DecisionItem.objects.select_for_update().get(pk=item.pk)
    standing = _Standing(queries.state_of(item))
    move(standing, state, paths=ITEM_PATHS)
    if state == ItemState.NOT_DONE and not text.strip():
        raise ValueError("what is not done has a reason")
    row = ReportBack.objects.create(
        item=item,
        state=state,
        text=text,
        on=on or timezone.localdate(),
        told_at=at or timezone.now(),
        told_by=by,
    )
    if state == ItemState.DONE and item.task_id:
        finish_date(source=f"decisions.item:{item.pk}", owner=item.owner, by=by)
    if state in {ItemState.STARTED, ItemState.DONE} and item.initiative_id:
        _carry_on(item, state, by, on)
    tell("decisions.item_reported", item.protocol.case, item.pk, by, {"state": state})
    return row
