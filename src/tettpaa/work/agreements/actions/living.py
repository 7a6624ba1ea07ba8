"""While an agreement is in force: how the promises go, checkpoints, and how it ends."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.audit.versions import save_changes
from tettpaa.work.agreements.actions.dates import (
    SETTLED,
    drop_lines,
    put_promise,
    settle_checkpoint,
    settle_promise,
)
from tettpaa.work.agreements.actions.ground import NotCompleteError, Step, locked, take_step, told
from tettpaa.work.agreements.enums import OPEN_WORDING, PATHS, State, Status, WordingState
from tettpaa.work.agreements.models import Agreement, Checkpoint, Commitment, StateChange, StatusReport


@transaction.atomic
def report_status(
    *, commitment: Commitment, status: Status, by: str, note: str = "", on: date | None = None
) -> Commitment:
    """Say how it goes with a promise that is in force; what was said before is kept.

    Raises NotCompleteError when a promise is not done and nothing says why.
    """
    agreement = _living(commitment.wording.agreement)
    rows = Commitment.objects.select_related("initiative__owner", "initiative__school")
    row = rows.get(pk=commitment.pk, wording__state=WordingState.IN_FORCE)
    if status is Status.NOT_DONE and not note:
        raise NotCompleteError("reason")
    day = on or timezone.localdate()
    row.status, row.status_note, row.status_on, row.status_by = status, note, day, by
    row.save(update_fields=["status", "status_note", "status_on", "status_by"])
    StatusReport.objects.create(agreement=agreement, line=row.line, status=status, note=note, on=day, by=by)
    if status in SETTLED:
        settle_promise(agreement, row, day, by)
    else:
        put_promise(agreement, row, by)
    told(agreement, "status_reported", by, {"promise": row.number, "side": row.side, "status": status})
    return row


@transaction.atomic
def write_checkpoint(
    *, checkpoint: Checkpoint, values: Mapping[str, str], version: int, by: str
) -> Checkpoint:
    """Write what one's own side says (`school_says`, `owner_says`) before the checkpoint is held."""
    agreement = _living(checkpoint.wording.agreement)
    mine = _unheld(checkpoint)
    for name, text in values.items():
        setattr(mine, name, text)
    save_changes(mine, version=version, fields=list(values))
    told(agreement, "checkpoint_written", by, {"checkpoint": mine.number})
    return mine


@transaction.atomic
def hold_checkpoint(*, checkpoint: Checkpoint, outcome: str, by: str, on: date | None = None) -> Checkpoint:
    """Both have spoken and agree on what it came to. Raises NotCompleteError while one side has said nothing."""
    agreement = _living(checkpoint.wording.agreement)
    row = _unheld(checkpoint)
    if not row.school_says or not row.owner_says:
        raise NotCompleteError("both_say")
    row.outcome, row.held_on, row.held_by = outcome, on or timezone.localdate(), by
    row.version += 1
    row.save(update_fields=["outcome", "held_on", "held_by", "version"])
    settle_checkpoint(agreement, row, by)
    told(agreement, "checkpoint_held", by, {"checkpoint": row.number, "outcome": outcome})
    return row


@transaction.atomic
def end_agreement(
    *,
    agreement: Agreement,
    to: State,
    by: str,
    reason: str = "",
    evaluation: str = "",
    on: date | None = None,
) -> Agreement:
    """Fulfilled, closed with an evaluation, broken off, or gone on to the next step.

    Raises NotAllowedError along no path, and NotCompleteError: `promises` while a promise of either side is not
    done, `evaluation` or `reason` when that is not written.
    """
    now = locked(agreement.pk)
    _has_what_it_takes(now, to, reason, evaluation)
    day = on or timezone.localdate()
    before = move(now, to, paths=PATHS)
    now.ended_on, now.ended_by = now.ended_on or day, by
    now.ending, now.evaluation = reason or now.ending, evaluation or now.evaluation
    now.save(update_fields=["state", "ended_on", "ended_by", "ending", "evaluation"])
    for wording in now.wordings.filter(state__in=OPEN_WORDING):
        wording.agreement = now
        take_step(wording, Step(WordingState.DROPPED, day, by, reason))
    held = now.wordings.get(state=WordingState.IN_FORCE)
    held.agreement = now
    drop_lines(held, set(), by)
    StateChange.objects.create(
        agreement=now, wording=held.number, before=before, after=to, on=day, by=by, reason=reason
    )
    told(now, "agreement_ended", by, {"from": before, "to": to})
    return now


def _has_what_it_takes(agreement: Agreement, to: State, reason: str, evaluation: str) -> None:
    if agreement.state not in PATHS or to not in PATHS[agreement.state] or not agreement.in_force:
        raise NotAllowedError(agreement.state, to)
    if to is State.FULFILLED and _unkept(agreement):
        raise NotCompleteError("promises")
    if to is State.CLOSED and not evaluation:
        raise NotCompleteError("evaluation")
    if to in {State.TERMINATED, State.STEPPED_UP} and not reason:
        raise NotCompleteError("reason")


def _unkept(agreement: Agreement) -> bool:
    rows = Commitment.objects.filter(wording__agreement=agreement, wording__state=WordingState.IN_FORCE)
    return rows.exclude(status=Status.DONE).exists()


def _living(agreement: Agreement) -> Agreement:
    now = locked(agreement.pk)
    if not now.lives:
        raise NotAllowedError(now.state, State.IN_FORCE)
    return now


def _unheld(checkpoint: Checkpoint) -> Checkpoint:
    row = Checkpoint.objects.get(pk=checkpoint.pk)
    if row.held_on is not None or row.wording.state != WordingState.IN_FORCE:
        raise NotAllowedError("held", "write")
    return row
