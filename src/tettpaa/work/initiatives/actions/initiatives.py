"""Beginning, changing and moving an initiative. Each step is in its history, and its dates in the year wheel."""

from datetime import date
from typing import Final, NotRequired, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.audit.versions import save_changes
from tettpaa.core.orgs.models import Unit
from tettpaa.work.initiatives.enums import FIRST, NEEDS_REASON, PATHS, RUNNING, ReviewState, State
from tettpaa.work.initiatives.models import Initiative, StateChange
from tettpaa.work.plans.models import Goal
from tettpaa.work.yearwheel.actions import drop_date, finish_date, put_date

FIELDS: Final = (
    "goal", "title", "problem", "what", "starts_on", "due_on", "responsible_role", "evaluate_on",
    "expected_sign", "resources", "evidence", "evidence_note",
)  # fmt: skip


class ReasonMissingError(ValueError):
    """The step needs a reason in words: why it stops or waits, or how it was evaluated without a review."""


class NewInitiative(TypedDict):
    """What is said of a new initiative. `source`: what it came from; `source_address`: where that stands."""

    title: str
    problem: str
    what: str
    starts_on: date | None
    due_on: date | None
    responsible_role: str
    evaluate_on: NotRequired[date | None]
    expected_sign: NotRequired[str]
    resources: NotRequired[str]
    evidence: NotRequired[str]
    evidence_note: NotRequired[str]
    source: NotRequired[str]
    source_address: NotRequired[str]


@transaction.atomic
def start_initiative(
    *,
    owner: Unit,
    school: Unit | None,
    goal: Goal | None,
    by: str,
    state: str = State.DECIDED,
    on: date | None = None,
    **words: Unpack[NewInitiative],
) -> Initiative:
    """Begin an initiative as an idea, decided, or already started (`state`), on the day `on` (today).

    With a `source`, the second call with the same owner and source gives back the first one's initiative
    unchanged. Raises NotAllowedError for any other first state, ValueError when the school or the goal is
    not the owner's.
    """
    if state not in FIRST:
        raise NotAllowedError("", state)
    if (school is not None and not school.is_below(owner)) or (
        goal is not None and goal.owner_id != owner.pk
    ):
        raise ValueError("the school and the goal of an initiative are its owner's")
    made, is_new = _once(Initiative(owner=owner, school=school, goal=goal, state=state, **words))
    if is_new:
        _remember(made, "", "", on, by)
        _put_dates(made, by)
        _record("initiatives.initiative_started", made, by)
    return made


def _once(wanted: Initiative) -> tuple[Initiative, bool]:
    """Save it, or give back what the same source has made before."""
    if not wanted.source:
        wanted.save(force_insert=True)
        return wanted, True
    same = Initiative.objects.filter(owner=wanted.owner, source=wanted.source)
    if (known := same.first()) is not None:
        return known, False
    try:
        with transaction.atomic():
            wanted.save(force_insert=True)
    except IntegrityError:
        return same.get(), False
    return wanted, True


@transaction.atomic
def edit_initiative(*, initiative: Initiative, version: int, by: str) -> Initiative:
    """Save the words of `initiative` (FIELDS) as they now stand on it. `version` is the one the person saw.

    Raises ConflictError when somebody else has written meanwhile, and then saves nothing.
    """
    if initiative.goal is not None and initiative.goal.owner_id != initiative.owner_id:
        raise ValueError("the goal of an initiative is its owner's")
    save_changes(initiative, version=version, fields=FIELDS)
    _put_dates(initiative, by)
    _record("initiatives.initiative_edited", initiative, by)
    return initiative


@transaction.atomic
def agree_evaluation(*, initiative: Initiative, on: date, by: str) -> Initiative:
    """Say when to look at what came of it, in the middle of everything else that may be written on it."""
    found = Initiative.objects.select_for_update().get(pk=initiative.pk)
    found.evaluate_on = on
    found.version += 1
    found.save(update_fields=["evaluate_on", "version"])
    _put_dates(found, by)
    _record("initiatives.evaluation_agreed", found, by)
    return found


@transaction.atomic
def move_initiative(
    *, initiative: Initiative, to: str, by: str, reason: str = "", on: date | None = None
) -> Initiative:
    """Take one step on the road in `enums.PATHS`, on the day `on` (today), with a reason where one is needed.

    Raises NotAllowedError when the step is not drawn (also when somebody else was first), and ReasonMissingError.
    To pause or stop needs a reason; to be evaluated needs a written review, or the evaluation in words here.
    """
    found = Initiative.objects.select_for_update().get(pk=initiative.pk)
    before = move(found, to, paths=PATHS)
    if not reason.strip() and _needs_reason(found, to):
        raise ReasonMissingError(to)
    if to == State.DONE:
        found.done_on = on or timezone.localdate()
    found.save(update_fields=["state", "done_on"])
    _remember(found, before, reason.strip(), on, by)
    _put_dates(found, by)
    _record("initiatives.initiative_moved", found, by, before=before)
    return found


def _needs_reason(initiative: Initiative, to: str) -> bool:
    if to == State.EVALUATED:
        return not initiative.reviews.exclude(state__in=(ReviewState.PLANNED, ReviewState.READY)).exists()
    return to in NEEDS_REASON


def _remember(initiative: Initiative, before: str, reason: str, on: date | None, by: str) -> None:
    StateChange.objects.create(
        initiative=initiative,
        before=before,
        after=initiative.state,
        on=on or timezone.localdate(),
        reason=reason,
        by=by,
    )


def _put_dates(initiative: Initiative, by: str) -> None:
    """The two dates in the year wheel: when the work is to be done, and when to look at what came of it."""
    is_done = initiative.state not in (State.IDEA, *RUNNING)
    _put(initiative, "due", initiative.due_on, is_done, by)
    is_seen = is_done and initiative.state != State.DONE
    _put(initiative, "evaluation", initiative.evaluate_on, is_seen, by)


def _put(initiative: Initiative, kind: str, day: date | None, is_over: bool, by: str) -> None:
    source = f"initiatives.initiative:{initiative.pk}:{kind}"
    if initiative.state == State.STOPPED or day is None or initiative.state == State.IDEA:
        drop_date(source=source, by=by, owner=initiative.owner)
        return
    put_date(
        owner=initiative.owner,
        school=initiative.school,
        source=source,
        title=initiative.title if kind == "due" else _look(initiative),
        due_on=day,
        role=initiative.responsible_role,
        address=reverse("initiatives:initiative", args=[initiative.owner.code, initiative.pk]),
        by=by,
    )
    if is_over:
        finish_date(source=source, by=by, owner=initiative.owner)


def _look(initiative: Initiative) -> str:
    return (_("Se på effekten: %(title)s") % {"title": initiative.title})[:200]


def _record(kind: str, initiative: Initiative, by: str, **detail: str) -> None:
    record(
        kind=kind,
        by=by,
        subject=f"initiative {initiative.pk}",
        subject_key=str(initiative.pk),
        owner=initiative.owner.code,
        detail={"state": initiative.state} | detail,
    )
