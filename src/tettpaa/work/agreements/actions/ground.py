"""What every write of the room does first: take the agreement's lock, see that the text is open, take a step."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.jobs.actions import enqueue
from tettpaa.work.agreements.enums import PATHS, WORDING_PATHS, State, WordingState
from tettpaa.work.agreements.models import Agreement, StateChange, Wording
from tettpaa.work.agreements.sealing import READY

LETTERS = "agreements.signing_letters"
WRITABLE = frozenset({WordingState.DRAFT, WordingState.NEGOTIATED, WordingState.CONSULTED})


class NotCompleteError(Exception):
    """Something is lacking before the step can be taken; `lacking` is a key of the page's words."""

    def __init__(self, lacking: str) -> None:
        super().__init__(lacking)
        self.lacking = lacking


@dataclass(frozen=True)
class Step:
    """Where to, on which day, who, and why."""

    to: str
    on: date
    by: str
    reason: str = ""


def locked(agreement_id: UUID) -> Agreement:
    """The agreement as it is now, and nobody else changes it or its texts before this transaction ends."""
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("owner__settings", "school")
    return rows.get(pk=agreement_id)


def open_wording(agreement_id: UUID) -> Wording:
    """The agreement's lock and the text that may be written. Raises NotAllowedError when there is none."""
    agreement = locked(agreement_id)
    wording = agreement.wordings.filter(state__in=WRITABLE).first()
    if wording is None:
        raise NotAllowedError(agreement.state, "write")
    wording.agreement = agreement
    return wording


def take_step(wording: Wording, step: Step) -> None:
    """Move a text along its road, and the agreement with it while no version is in force."""
    before = move(wording, step.to, paths=WORDING_PATHS)
    wording.save(update_fields=["state"])
    agreement = wording.agreement
    if not agreement.in_force:
        to = State.TERMINATED if step.to == WordingState.DROPPED else step.to
        move(agreement, to, paths=PATHS)
        agreement.save(update_fields=["state"])
    _written_down(wording, before, step)


def begun(wording: Wording, on: date, by: str) -> None:
    """The first line of a text's history."""
    _written_down(wording, "", Step(wording.state, on, by))


def _written_down(wording: Wording, before: str, step: Step) -> None:
    agreement = wording.agreement
    made = StateChange.objects.create(
        agreement=agreement,
        wording=wording.number,
        before=before,
        after=step.to,
        on=step.on,
        by=step.by,
        reason=step.reason,
    )
    if step.to in READY.values():  # somebody's signature is waited for from now on
        enqueue(kind=LETTERS, arguments={"step": made.pk}, by=step.by, owner=agreement.owner.code)
    told(agreement, "wording_moved", step.by, {"text": wording.number, "from": before, "to": step.to})


def told(agreement: Agreement, what: str, by: str, detail: dict[str, object] | None = None) -> None:
    """One event of the agreement in the owner's trail; `detail` holds no text and no person."""
    record(
        kind=f"agreements.{what}",
        by=by,
        subject=agreement.school.label,
        subject_key=str(agreement.pk),
        owner=agreement.owner.code,
        detail=detail,
    )
