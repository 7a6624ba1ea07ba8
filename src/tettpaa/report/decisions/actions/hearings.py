"""Asking a body, its answer, and what the answer changed."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.jobs.actions import enqueue
from tettpaa.core.orgs.enums import BodyLevel
from tettpaa.core.orgs.models import Body, Unit
from tettpaa.report.decisions.actions.plans import hear_plan
from tettpaa.report.decisions.actions.telling import tell
from tettpaa.report.decisions.enums import STATEMENT_PATHS, CaseState, StatementState
from tettpaa.report.decisions.models import Hearing, PoliticalCase, Statement

LETTERS = "decisions.hearing_letters"
OPEN_TO_STATEMENTS = frozenset(CaseState.values) - {CaseState.DECIDED, CaseState.CLOSED}


@transaction.atomic
def invite(
    *, case: PoliticalCase, body: Body, question: str, due_on: date, by: str, on: date | None = None
) -> Hearing:
    """Ask a body of the owner: those who speak for it get a letter, and a plan comes on hearing.

    Raises ValueError for another owner's body, NotAllowedError when all is decided.
    """
    if body.owner_id != case.owner_id or not body.role:
        raise ValueError("a hearing goes to a body of the owner that somebody speaks for")
    _still_open(case)
    hearing = Hearing.objects.create(
        owner=case.owner,
        case=case,
        body=body,
        question=question,
        invited_on=on or timezone.localdate(),
        due_on=due_on,
        invited_by=by,
    )
    hear_plan(hearing=hearing, by=by)
    tell("decisions.hearing_invited", case, hearing.pk, by, {"body": body.key, "due": due_on.isoformat()})
    enqueue(kind=LETTERS, arguments={"hearing": str(hearing.pk)}, by=by, owner=case.owner.code)
    return hearing


@transaction.atomic
def answer_hearing(
    *, hearing: Hearing, school: Unit | None, text: str, by: str, at: datetime | None = None
) -> Statement:
    """The body's statement, once: from each school when every school has the body, else from the owner's own.

    Raises NotAllowedError when the case is decided, or when the statement has been given.
    """
    needs_school = hearing.body.level == BodyLevel.SCHOOL
    if needs_school != (school is not None) or (school is not None and not school.is_below(hearing.owner)):
        raise ValueError("a body speaks from where it is")
    _still_open(hearing.case)
    statement, is_new = Statement.objects.get_or_create(
        hearing=hearing,
        school=school,
        defaults={
            "owner": hearing.owner,
            "text": text,
            "received_at": at or timezone.now(),
            "received_by": by,
        },
    )
    if not is_new:
        raise NotAllowedError(statement.state, StatementState.RECEIVED)
    detail = {"body": hearing.body.key, "school": school.code if school else ""}
    tell("decisions.statement_received", hearing.case, statement.pk, by, detail)
    return statement


@transaction.atomic
def say_what_changed(*, statement: Statement, changed: str, by: str, at: datetime | None = None) -> None:
    """Answer the body: what its statement changed, or why it changed nothing. May be bettered until it is attached."""
    held = (
        Statement.objects.select_for_update(of=("self",))
        .select_related("hearing__case__owner")
        .get(pk=statement.pk)
    )
    if held.state != StatementState.ANSWERED:
        move(held, StatementState.ANSWERED, paths=STATEMENT_PATHS)
    held.changed, held.answered_at = changed, at or timezone.now()
    held.save(update_fields=["state", "changed", "answered_at"])
    tell("decisions.statement_answered", held.hearing.case, held.pk, by)
    statement.refresh_from_db()


def _still_open(case: PoliticalCase) -> None:
    if case.state not in OPEN_TO_STATEMENTS:
        raise NotAllowedError(case.state, StatementState.RECEIVED)
