"""Writing the catalogue: an offer, what it is held against, and its road."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.states import move
from tettpaa.core.audit.versions import save_changes
from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.queries import key_factors
from tettpaa.work.offers.actions.errors import NotReadyError, TooFewSeatsError
from tettpaa.work.offers.actions.line import fill_free_seats, locked, tell_called_off
from tettpaa.work.offers.enums import OFFER_PATHS, OfferState
from tettpaa.work.offers.models import Network, Offer, OfferFactor, PageWord
from tettpaa.work.plans.models import Goal

FIELDS: Final = (
    "school", "network", "goal", "service", "area", "kind", "year", "title", "about", "target_group", "seats", "cost",
    "cost_note", "held_by", "needs_approval", "hours", "attend_least", "opens_on", "closes_on", "changed_on",
)  # fmt: skip


class OfferWords(TypedDict, total=False):
    """What is said of an offer; see models.Offer for the meaning of each. `hours` and `cost` are whole numbers."""

    school: Unit | None
    network: Network | None
    goal: Goal | None
    area: str
    about: str
    target_group: str
    seats: int | None
    cost: int | None
    cost_note: str
    held_by: str
    needs_approval: bool
    hours: int | None
    attend_least: int | None
    opens_on: date | None
    closes_on: date | None


@dataclass(frozen=True, slots=True)
class NewOffer:
    """What an offer cannot be without. `service` is a key of the competence plan's services."""

    title: str
    kind: str
    service: str
    year: int


@dataclass(frozen=True, slots=True)
class FactorWord:
    """How far an offer meets a key factor, and why."""

    key: str
    fit: str
    reason: str = ""


@transaction.atomic
def make_offer(
    *, owner: Unit, offer: NewOffer, by: str, on: date | None = None, **words: Unpack[OfferWords]
) -> Offer:
    """A draft, seen only by those who write the catalogue. Raises ValueError when something is another owner's."""
    made = Offer(
        owner=owner,
        title=offer.title,
        kind=offer.kind,
        service=offer.service,
        year=offer.year,
        changed_on=on or timezone.localdate(),
        **words,
    )
    _check_places(made)
    made.save(force_insert=True)
    _record(kind="offers.offer_made", offer=made, by=by)
    return made


@transaction.atomic
def change_offer(*, offer: Offer, version: int, by: str, on: date | None = None) -> Offer:
    """Save the words of `offer` (FIELDS) as they stand on it; `version` is the one the person saw.

    More seats are given to the line at once. Raises ConflictError, TooFewSeatsError and ValueError.
    """
    _check_places(offer)
    stored = locked(offer.pk)
    if offer.seats is not None:
        held = stored.registrations.filter(seat__isnull=False)
        if held.count() > offer.seats:
            raise TooFewSeatsError
        _close_ranks(stored, offer.seats)
    offer.changed_on = on or timezone.localdate()
    save_changes(offer, version=version, fields=FIELDS)
    fill_free_seats(offer=offer, on=offer.changed_on)
    _record(kind="offers.offer_changed", offer=offer, by=by)
    return offer


def _close_ranks(offer: Offer, seats: int) -> None:
    """Seats above the new number move down to free ones, so that no number is left outside the room."""
    rows = list(offer.registrations.filter(seat__isnull=False).order_by("seat"))
    taken = {row.seat for row in rows if row.seat is not None and row.seat <= seats}
    free = iter([number for number in range(1, seats + 1) if number not in taken])
    for row in rows:
        if row.seat is not None and row.seat > seats:
            row.seat = next(free)
            row.save(update_fields=["seat"])


def _check_places(offer: Offer) -> None:
    goal, network, school = offer.goal, offer.network, offer.school
    if goal is not None and goal.owner_id != offer.owner_id:
        raise ValueError("the goal of an offer is its owner's")
    if network is not None and network.owner_id != offer.owner_id:
        raise ValueError("the network of an offer is its owner's")
    if school is not None and not school.is_below(offer.owner):
        raise ValueError("the school of an offer is its owner's")


@transaction.atomic
def say_factors(*, offer: Offer, factors: Sequence[FactorWord], by: str, on: date | None = None) -> None:
    """Hold the offer against the key factors; what was said before is replaced.

    Raises NotReadyError when the offer has been published and a key factor has no word: readers chose it by them.
    """
    found = locked(offer.pk)
    if found.state != OfferState.DRAFT:
        _check_factors(found, {one.key for one in factors}, "factors_stay")
    OfferFactor.objects.filter(offer=offer).delete()
    OfferFactor.objects.bulk_create(
        OfferFactor(offer=offer, key=one.key, fit=one.fit, reason=one.reason[:300]) for one in factors
    )
    Offer.objects.filter(pk=offer.pk).update(changed_on=on or timezone.localdate())
    _record(kind="offers.factors_said", offer=offer, by=by, detail={"factors": len(factors)})


def _check_factors(offer: Offer, said: set[str], what: str) -> None:
    if any(one.key not in said for one in key_factors(offer.owner)):
        raise NotReadyError(what)


@transaction.atomic
def publish_offer(*, offer: Offer, by: str, on: date | None = None) -> Offer:
    """Show it in the catalogue. Raises NotReadyError when it has no gathering, so that nobody can plan for it, or has
    not been held against each of the owner's key factors."""
    found = locked(offer.pk)
    if not found.gatherings.filter(is_cancelled=False).exists():
        raise NotReadyError("gathering")
    _check_factors(found, set(found.factors.values_list("key", flat=True)), "factors")
    move(found, OfferState.PUBLISHED, paths=OFFER_PATHS)
    found.published_on = found.changed_on = on or timezone.localdate()
    found.save(update_fields=["state", "published_on", "changed_on"])
    _record(kind="offers.offer_published", offer=found, by=by)
    return found


@transaction.atomic
def cancel_offer(*, offer: Offer, why: str, by: str, on: date | None = None) -> Offer:
    """Call it off, with the reason that the catalogue shows. Gatherings go out of people's calendars, and a
    letter tells those who were to come."""
    if not why.strip():
        raise NotReadyError("why")
    found = locked(offer.pk)
    move(found, OfferState.CANCELLED, paths=OFFER_PATHS)
    found.why_cancelled = why.strip()[:300]
    found.changed_on = on or timezone.localdate()
    found.save(update_fields=["state", "why_cancelled", "changed_on"])
    found.gatherings.update(is_cancelled=True)
    _record(kind="offers.offer_cancelled", offer=found, by=by)
    tell_called_off(owner=found.owner.code, by=by, offer=str(found.pk))
    return found


def say_found(
    *, owner: Unit, offer: Offer | None, found: bool, missed: str = "", on: date | None = None
) -> PageWord:
    """Keep whether a reader found what they looked for. Nobody's name, and so no line in the trail either."""
    return PageWord.objects.create(
        owner=owner, offer=offer, found=found, missed=missed.strip()[:300], on=on or timezone.localdate()
    )


def _record(*, kind: str, offer: Offer, by: str, detail: Mapping[str, int] | None = None) -> None:
    record(
        kind=kind,
        by=by,
        subject="offer",
        subject_key=str(offer.pk),
        owner=offer.owner.code,
        detail=detail,
    )
