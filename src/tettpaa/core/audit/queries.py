"""Reading the trail, and proving that nobody changed it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from tettpaa.core.audit.chain import content, event_hash
from tettpaa.core.audit.models import ChainHead, Event


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the chain does not hold."""

    chain: str
    number: int
    reason: str


def events(*, owner: str) -> QuerySet[Event]:
    """The owner's events, newest first. The caller has checked `audit.read` on the owner."""
    return Event.objects.filter(chain=owner).order_by("-number")


def chain_head(*, owner: str) -> str:
    """The hash of the owner's last event, printed in the adopted report; empty before the first."""
    return ChainHead.objects.filter(chain=owner).values_list("hash", flat=True).first() or ""


def chains() -> list[str]:
    return sorted(ChainHead.objects.values_list("chain", flat=True))


def faults(*, owner: str) -> Iterator[Fault]:
    """Walk the whole chain and yield each place where number, link, content or head is wrong."""
    number, previous = 0, ""
    for event in Event.objects.filter(chain=owner).order_by("number").iterator(chunk_size=2000):
        number += 1
        if event.number != number:
            yield Fault(owner, number, "missing")
            number = event.number
        if event.previous_hash != previous:
            yield Fault(owner, event.number, "link")
        if event.hash != event_hash(previous_hash=event.previous_hash, content=content(event)):
            yield Fault(owner, event.number, "content")
        previous = event.hash
    head = ChainHead.objects.filter(chain=owner).first()
    if head is not None and (head.number, head.hash) != (number, previous):
        yield Fault(owner, head.number, "head")
