"""The one way to write to the audit trail."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.chain import content, event_hash
from tettpaa.core.audit.models import ChainHead, Event


def record(
    *,
    kind: str,
    by: str,
    subject: str,
    subject_key: str = "",
    owner: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Event:
    """Add one event to the owner's chain. Must run in the same transaction as the deed it tells of.

    `kind` is `room.noun_past`; `by` is a person's e-mail or `system`; `detail` holds no personal data.
    Raises `TransactionManagementError` outside a transaction, since a deed and its trace stand or fall together.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("audit.record needs the transaction of the deed")
    head = _locked(owner)
    event = Event(
        chain=owner,
        number=head.number + 1,
        at=timezone.now(),
        by=by[:200],
        kind=kind,
        subject=subject[:200],
        subject_key=subject_key,
        detail=dict(detail or {}),
        previous_hash=head.hash,
    )
    event.hash = event_hash(previous_hash=head.hash, content=content(event))
    event.save(force_insert=True)
    head.number, head.hash = event.number, event.hash
    head.save()
    return event


def _locked(chain: str) -> ChainHead:
    """The chain's head, held until the transaction ends; made when the chain begins. One query but for the first."""
    rows = ChainHead.objects.select_for_update().filter(chain=chain)
    head = rows.first()
    if head is None:
        ChainHead.objects.get_or_create(chain=chain)
        head = rows.get()
    return head
