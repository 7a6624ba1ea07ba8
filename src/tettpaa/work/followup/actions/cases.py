"""From a person's judgement of signals to the closing meeting. The system never moves a school; a person does."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.orgs.models import Unit
from tettpaa.work.dialogue.models import Meeting
from tettpaa.work.followup.actions.telling import tell
from tettpaa.work.followup.enums import CASE_PATHS, LIVE, CaseState, EntryKind
from tettpaa.work.followup.models import CaseEntry, Criterion, FollowUpCase, LadderStep, Signal

ANSWER = timedelta(days=14)  # the principal's time to answer, unless another day is set


class TooEarlyError(Exception):
    """Nothing is decided before the principal has answered, or the time for it is out."""


class CriteriaError(Exception):
    """A case goes down only when everything agreed for it has been seen to hold."""


@transaction.atomic
def assess(  # noqa: PLR0913 - a person's words with who, as what, and when
    *,
    owner: Unit,
    school: Unit,
    signals: Sequence[Signal],
    text: str,
    by: str,
    role: str,
    answer_by: date | None = None,
    on: date | None = None,
) -> FollowUpCase:
    """A person judges signals in writing; the principal is asked before anything is decided.

    Signals that the school has a live case for are added to it. Raises ValueError without words, without signals, or
    for signals of another school or already taken up.
    """
    _words(text)
    if not signals or any(s.school_id != school.pk or s.owner_id != owner.pk or s.case_id for s in signals):
        raise ValueError("a judgement is about signals of the school that nobody has taken up")
    on = on or timezone.localdate()
    case = FollowUpCase.objects.select_for_update().filter(owner=owner, school=school, state__in=LIVE).first()
    is_new = case is None
    if case is None:
        case = FollowUpCase.objects.create(
            owner=owner, school=school, assessed_on=on, answer_by=answer_by or on + ANSWER, started_by=by
        )
    for signal in signals:
        signal.case = case
        signal.save(update_fields=["case"])
    _enter(case, EntryKind.JUDGEMENT if is_new else EntryKind.REMARK, text, by, role, on)
    tell("followup.signals_assessed", owner, case.pk, by)
    return case


@transaction.atomic
def comment(
    *, case: FollowUpCase, text: str, agrees: bool, by: str, role: str = "principal", on: date | None = None
) -> None:
    """The principal's answer. Disagreement is kept as it was written."""
    _words(text)
    on = on or timezone.localdate()
    held = _held(case)
    move(held, CaseState.COMMENTED, paths=CASE_PATHS)
    held.commented_on = on
    held.save(update_fields=["state", "commented_on"])
    _enter(held, EntryKind.COMMENT, text, by, role, on, agrees=agrees)
    tell("followup.case_commented", held.owner, held.pk, by)
    case.refresh_from_db()


@transaction.atomic
def remark(*, case: FollowUpCase, text: str, by: str, role: str, on: date | None = None) -> None:
    """A remark from either side, whenever the case lives."""
    _words(text)
    if case.state not in LIVE:
        raise NotAllowedError(case.state, EntryKind.REMARK)
    _enter(case, EntryKind.REMARK, text, by, role, on or timezone.localdate())
    tell("followup.case_remarked", case.owner, case.pk, by)


@transaction.atomic
def decide_no_case(*, case: FollowUpCase, text: str, by: str, role: str, on: date | None = None) -> None:
    """The signals do not call for follow-up, with the reason in writing."""
    on = on or timezone.localdate()
    held = _decided(case, CaseState.NO_CASE, text, on)
    held.closed_on = on
    held.save(update_fields=["state", "closed_on"])
    _enter(held, EntryKind.NO_CASE, text, by, role, on)
    tell("followup.no_case_decided", held.owner, held.pk, by)
    case.refresh_from_db()


@transaction.atomic
def open_case(  # noqa: PLR0913 - a person's words with who, as what, and when
    *,
    case: FollowUpCase,
    step: LadderStep,
    text: str,
    review_on: date,
    by: str,
    role: str,
    on: date | None = None,
) -> None:
    """Open follow-up on a step of the owner's ladder, with the reason and the day it is looked at again."""
    if step.owner_id != case.owner_id:
        raise ValueError("the step is of the owner's own ladder")
    on = on or timezone.localdate()
    held = _decided(case, CaseState.OPEN, text, on)
    held.step, held.opened_on, held.review_on = step, on, review_on
    held.save(update_fields=["state", "step", "opened_on", "review_on"])
    _enter(held, EntryKind.OPENED, text, by, role, on, step=step)
    tell("followup.case_opened", held.owner, held.pk, by, {"step": step.number})
    case.refresh_from_db()


def _decided(case: FollowUpCase, to: str, text: str, on: date) -> FollowUpCase:
    _words(text)
    held = _held(case)
    if held.state == CaseState.ASSESSED and on <= held.answer_by:
        raise TooEarlyError
    move(held, to, paths=CASE_PATHS)
    return held


@transaction.atomic
def review(*, case: FollowUpCase, text: str, by: str, role: str, on: date | None = None) -> None:
    """Look at the case again: what the evidence says now."""
    _words(text)
    on = on or timezone.localdate()
    held = _held(case)
    move(held, CaseState.REVIEWED, paths=CASE_PATHS)
    held.reviewed_on = on
    held.save(update_fields=["state", "reviewed_on"])
    _enter(held, EntryKind.REVIEW, text, by, role, on)
    tell("followup.case_reviewed", held.owner, held.pk, by)
    case.refresh_from_db()


@transaction.atomic
def step_case(  # noqa: PLR0913 - a person's words with who, as what, and when
    *,
    case: FollowUpCase,
    to: LadderStep,
    text: str,
    review_on: date,
    by: str,
    role: str,
    on: date | None = None,
) -> None:
    """After a review: up, down, or on the same step, on written evidence.

    Raises CriteriaError for a step down while something that was agreed for it is not seen to hold.
    """
    _words(text)
    held = _held(case)
    if to.owner_id != held.owner_id or held.step is None:
        raise ValueError("the step is of the owner's own ladder")
    move(held, CaseState.OPEN, paths=CASE_PATHS)
    kind = EntryKind.STAY
    if to.number != held.step.number:
        kind = EntryKind.STEP_UP if to.number > held.step.number else EntryKind.STEP_DOWN
    if kind is EntryKind.STEP_DOWN and held.criteria.filter(met_on=None).exists():
        raise CriteriaError
    on = on or timezone.localdate()
    held.step, held.review_on = to, review_on
    held.save(update_fields=["state", "step", "review_on"])
    _enter(held, kind, text, by, role, on, step=to)
    tell("followup.case_stepped", held.owner, held.pk, by, {"step": to.number, "kind": str(kind)})
    case.refresh_from_db()


@transaction.atomic
def close_case(
    *, case: FollowUpCase, meeting: Meeting, text: str, by: str, role: str, on: date | None = None
) -> None:
    """Close a reviewed case in a meeting with the school, on written evidence."""
    _words(text)
    if meeting.school_id != case.school_id:
        raise ValueError("a case is closed in a meeting with its own school")
    on = on or timezone.localdate()
    held = _held(case)
    move(held, CaseState.CLOSED, paths=CASE_PATHS)
    held.closed_on = on
    held.save(update_fields=["state", "closed_on"])
    _enter(held, EntryKind.CLOSED, text, by, role, on, meeting=meeting)
    tell("followup.case_closed", held.owner, held.pk, by)
    case.refresh_from_db()


@transaction.atomic
def add_criterion(*, case: FollowUpCase, text: str, seen_when: str, by: str) -> Criterion:
    """Something that must hold before the case goes down a step."""
    _words(text)
    row = Criterion.objects.create(case=case, text=text, seen_when=seen_when, order=case.criteria.count())
    tell("followup.criterion_added", case.owner, case.pk, by)
    return row


@transaction.atomic
def meet_criterion(*, criterion: Criterion, evidence: str, by: str, on: date | None = None) -> None:
    """It is seen to hold, and by what."""
    _words(evidence)
    criterion.met_on, criterion.evidence = on or timezone.localdate(), evidence
    criterion.save(update_fields=["met_on", "evidence"])
    tell("followup.criterion_met", criterion.case.owner, criterion.case_id, by)


def _held(case: FollowUpCase) -> FollowUpCase:
    found = FollowUpCase.objects.select_for_update(of=("self",)).select_related("owner", "step")
    return found.get(pk=case.pk)


def _words(text: str) -> None:
    if not text.strip():
        raise ValueError("a person's words are needed")


def _enter(  # noqa: PLR0913 - one entry with all that belongs to it
    case: FollowUpCase,
    kind: str,
    text: str,
    by: str,
    role: str,
    on: date,
    *,
    agrees: bool | None = None,
    step: LadderStep | None = None,
    meeting: Meeting | None = None,
) -> None:
    CaseEntry.objects.create(
        case=case, kind=kind, text=text, agrees=agrees, step=step, meeting=meeting, role=role, on=on, by=by
    )
