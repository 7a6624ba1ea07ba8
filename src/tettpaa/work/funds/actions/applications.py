"""An application on its road: draft, sent, the leader's word, the answer, the study or the work, and what came of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.audit.versions import save_changes
from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.actions import add_qualification
from tettpaa.work.competence.models import Employee
from tettpaa.work.funds.actions.dates import finish_dates
from tettpaa.work.funds.actions.ranking import close_ranks
from tettpaa.work.funds.enums import (
    AFTER_PAYMENT,
    NEEDS_REASON,
    PATHS,
    PERSONAL,
    CallState,
    DateKind,
    SchemeKind,
    State,
)
from tettpaa.work.funds.models import Application, Call
from tettpaa.work.funds.telling import day, remember, tell

FIELDS: Final = (
    "title", "why", "need", "institution", "subject", "credits", "first_choice", "second_choice", "talked_on",
    "goal", "sought", "own_share",
)  # fmt: skip
_UNTOLD: Final = (State.DRAFT, State.SUBMITTED, State.SPOKEN)  # the owner has not told of a place yet
_OWN_ACTIONS: Final = frozenset(
    {State.DRAFT, State.SUBMITTED, State.SPOKEN, State.APPROVED, State.REJECTED, State.REPORTED}
)


class CallClosedError(ValueError):
    """The call does not take applications: it is not open, or its last day is past."""


class MissingError(ValueError):
    """Something must be there before the step. `what`: talk, goal, words, reason, money or report."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@transaction.atomic
def draft_application(
    *,
    call: Call,
    applicant: Employee | Unit,
    values: Mapping[str, Any],
    by: str,
    on: date | None = None,
) -> Application:
    """Begin an application: of a person, or of a school (`applicant`). `values` are FIELDS.

    Raises CallClosedError, and ValueError when the applicant or the goal is not the owner's, or of the wrong kind.
    """
    is_personal = isinstance(applicant, Employee)
    if (call.scheme.kind in PERSONAL) != is_personal or call.scheme.kind == SchemeKind.STATE:
        raise ValueError("persons apply for studies and stipends, schools for development funds")
    _is_open(call, day(on))
    made = Application(owner=call.owner, call=call, is_personal=is_personal)
    if isinstance(applicant, Employee):
        made.employee, made.school = applicant, applicant.school
        is_ours = applicant.owner_id == call.owner_id
    else:
        made.school, is_ours = applicant, applicant.is_below(call.owner)
    for name in FIELDS:
        if name in values:
            setattr(made, name, values[name])
    if not is_ours or (made.goal is not None and made.goal.owner_id != call.owner_id):
        raise ValueError("the applicant and the goal are the owner's")
    made.save(force_insert=True)
    remember(made, "", "", on, by)
    return made


@transaction.atomic
def edit_application(*, application: Application, version: int, by: str) -> Application:
    """Save FIELDS as they now stand on a draft. Raises NotAllowedError for one that is sent, ConflictError."""
    if application.state != State.DRAFT:
        raise NotAllowedError(application.state, State.DRAFT)
    if application.goal is not None and application.goal.owner_id != application.owner_id:
        raise ValueError("the goal is the owner's")
    save_changes(application, version=version, fields=FIELDS)
    tell("application_edited", application.owner, "søknad", application.pk, by)
    return application


@transaction.atomic
def submit_application(*, application: Application, by: str, on: date | None = None) -> Application:
    """Send it: it gets its number. Raises CallClosedError, and MissingError for what must be there first.

    A person has talked with the leader; a school names the goal of the plan that it is anchored in (S0.9).
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=application.call_id)
    found = _held(application)
    _is_open(call, day(on))
    if found.is_personal and found.talked_on is None:
        raise MissingError("talk")
    if not found.is_personal and found.goal_id is None:
        raise MissingError("goal")
    before = move(found, State.SUBMITTED, paths=PATHS[call.scheme.kind])
    found.number = found.number or (call.applications.aggregate(n=Max("number"))["n"] or 0) + 1
    found.submitted_on = day(on)
    found.save(update_fields=["state", "number", "submitted_on"])
    remember(found, before, "", on, by)
    return found


@transaction.atomic
def take_back(*, application: Application, by: str, on: date | None = None) -> Application:
    """Make a sent application a draft again while the call is open. Raises CallClosedError, NotAllowedError."""
    found = _held(application)
    _is_open(found.call, day(on))
    before = move(found, State.DRAFT, paths=PATHS[found.call.scheme.kind])
    found.save(update_fields=["state"])
    remember(found, before, "", on, by)
    return found


@dataclass(frozen=True, slots=True)
class Word:
    """What the leader says: yes or no, why, and where it stands among the school's own."""

    supports: bool
    words: str
    place: int | None = None


@transaction.atomic
def speak(*, application: Application, word: Word, by: str, on: date | None = None) -> Application:
    """The leader's word; the owner decides, whatever the leader says. Raises MissingError, NotAllowedError."""
    if not word.words.strip():
        raise MissingError("words")
    found = _held(application)
    before = move(found, State.SPOKEN, paths=PATHS[found.call.scheme.kind])
    found.leader_supports, found.leader_words, found.leader_place = (
        word.supports,
        word.words.strip(),
        word.place,
    )
    found.save(update_fields=["state", "leader_supports", "leader_words", "leader_place"])
    remember(found, before, word.words.strip(), on, by)
    return found


@dataclass(frozen=True, slots=True)
class Said:
    """What goes with a step: why, on which day, how it is paid, how much, and what becomes of money already paid."""

    reason: str = ""
    on: date | None = None
    form: str = ""
    granted: Decimal | None = None
    after_drop: str = ""


@transaction.atomic
def move_application(*, application: Application, to: str, by: str, said: Said | None = None) -> Application:
    """A step that needs no action of its own. Passed: the credits go into the person's record, once.

    Raises NotAllowedError; MissingError when a reason is needed, or what becomes of money that is paid.
    """
    told = said or Said()
    # The call first, as those who rank hold it: nobody moves a row that is on its way out.
    call = Call.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=application.call_id)
    found = _held(application)
    if to in _OWN_ACTIONS:
        raise NotAllowedError(found.state, to)
    if to in NEEDS_REASON and not told.reason.strip():
        raise MissingError("reason")
    if to == State.DROPPED and found.state in AFTER_PAYMENT and not told.after_drop:
        raise MissingError("money")
    before = move(found, to, paths=PATHS[found.call.scheme.kind])
    if to == State.GRANTED:
        found.form = told.form or found.form
        found.granted = told.granted if told.granted is not None else found.granted
    if to == State.DROPPED:
        found.after_drop = told.after_drop
    leaves_line = to == State.WITHDRAWN and before in _UNTOLD
    if leaves_line:
        found.place = None
    found.save(update_fields=["state", "form", "granted", "after_drop", "place"])
    if leaves_line:
        close_ranks(call)
    remember(found, before, told.reason.strip(), told.on, by)
    finish_dates(found.call, by)
    if to == State.PASSED:
        _qualify(found, day(told.on), by)
    return found


def _qualify(application: Application, on: date, by: str) -> None:
    if application.employee is None or not application.subject or not application.credits:
        return
    source = f"{application.title}, {application.institution}".strip(", ")
    add_qualification(
        employee=application.employee,
        subject=application.subject,
        credits=application.credits,
        source=source,
        source_key=f"funds.application:{application.pk}",
        obtained_on=on,
        by=by,
    )


@transaction.atomic
def report_use(
    *, application: Application, report: str, spent: Decimal | None, by: str, on: date | None = None
) -> Application:
    """What the money was used for and what came of it. Raises MissingError, NotAllowedError."""
    if not report.strip():
        raise MissingError("report")
    found = _held(application)
    before = move(found, State.REPORTED, paths=PATHS[found.call.scheme.kind])
    found.report, found.spent = report.strip(), spent
    found.save(update_fields=["state", "report", "spent"])
    remember(found, before, "", on, by)
    finish_dates(found.call, by)
    return found


def open_steps(application: Application) -> Collection[str]:
    """The steps drawn from where it is that `move_application` can take."""
    return [
        to
        for to in PATHS.get(application.call.scheme.kind, {}).get(application.state, ())
        if to not in _OWN_ACTIONS
    ]


def _held(application: Application) -> Application:
    """The row as it is now, held until the transaction ends."""
    rows = Application.objects.select_for_update(of=("self",))
    return rows.select_related("call__scheme", "owner", "employee", "school", "goal").get(pk=application.pk)


def _is_open(call: Call, today: date) -> None:
    last = call.dates.filter(kind=DateKind.APPLY).values_list("on", flat=True).first()
    if call.state != CallState.OPEN or (last is not None and today > last):
        raise CallClosedError
