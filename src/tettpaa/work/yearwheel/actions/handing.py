"""Giving a task on. The baton stays with the giver until the next person accepts it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.jobs.actions import enqueue
from tettpaa.work.yearwheel.actions.answers import locked
from tettpaa.work.yearwheel.enums import HANDOVER_PATHS, HandoverState
from tettpaa.work.yearwheel.models import Handover, Task

TELL = "yearwheel.tell_of_offer"


@transaction.atomic
def give_task(
    *, task: UUID, to: int, by: str, to_role: str = "", note: str = "", at: datetime | None = None
) -> Handover:
    """Offer the task to a person (`to` is the key of a User), by letter too. An earlier open offer is withdrawn.

    Raises NotAllowedError for a task that is no longer open.
    """
    row = locked(task)
    if not row.is_open:
        raise NotAllowedError(row.state, HandoverState.OFFERED)
    at = at or timezone.now()
    for earlier in Handover.objects.filter(task=row, state=HandoverState.OFFERED):
        _move(earlier, HandoverState.WITHDRAWN, at)
    offer = Handover.objects.create(
        task=row, to_id=to, to_role=to_role, note=note.strip()[:300], by=by, at=at
    )
    _record(kind="yearwheel.task_given", subject=row, by=by)
    enqueue(
        kind=TELL,
        arguments={"handover": str(offer.pk)},
        by=by,
        owner=row.owner.code,
    )
    return offer


@transaction.atomic
def answer_offer(
    *, handover: UUID, accept: bool, by: str, note: str = "", at: datetime | None = None
) -> Handover:
    """Take the task over, or say no with a reason; then it stays where it was. Raises NotAllowedError."""
    offer = Handover.objects.select_related("to").get(pk=handover)
    row = locked(offer.task_id)
    offer.refresh_from_db(fields=["state"])
    if not row.is_open:
        raise NotAllowedError(row.state, HandoverState.ACCEPTED)
    _move(offer, HandoverState.ACCEPTED if accept else HandoverState.DECLINED, at or timezone.now())
    if accept:
        row.holder = offer.to
        row.version += 1
        row.save(update_fields=["holder", "version", "changed_at"])
    elif note.strip():
        offer.note = note.strip()[:300]
        offer.save(update_fields=["note"])
    if accept:
        _record(kind="yearwheel.offer_accepted", subject=row, by=by)
    else:
        _record(kind="yearwheel.offer_declined", subject=row, by=by)
    return offer


@transaction.atomic
def withdraw_offer(*, handover: UUID, by: str, at: datetime | None = None) -> Handover:
    """The giver keeps the task after all. Raises NotAllowedError when it has been answered."""
    offer = Handover.objects.get(pk=handover)
    row = locked(offer.task_id)
    offer.refresh_from_db(fields=["state"])
    _move(offer, HandoverState.WITHDRAWN, at or timezone.now())
    _record(kind="yearwheel.offer_withdrawn", subject=row, by=by)
    return offer


def _move(offer: Handover, to: str, at: datetime) -> None:
    move(offer, to, paths=HANDOVER_PATHS)
    offer.answered_at = at
    offer.save(update_fields=["state", "answered_at"])


def _record(*, kind: str, subject: Task, by: str) -> None:
    record(
        kind=kind,
        by=by,
        subject=subject.source,
        subject_key=str(subject.pk),
        owner=subject.owner.code,
    )
