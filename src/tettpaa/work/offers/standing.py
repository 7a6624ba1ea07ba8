"""How an offer stands to a reader today: open, full, not yet, too late. Reckoned, never stored."""

from datetime import date
from enum import StrEnum

from tettpaa.work.offers.enums import OfferState
from tettpaa.work.offers.models import Offer


class Standing(StrEnum):
    """Whether one can sign up today."""

    DRAFT = "draft"
    EARLY = "early"  # registration has not begun
    OPEN = "open"
    FULL = "full"  # open, with a waiting list
    CLOSED = "closed"  # registration is over, or it has begun
    OVER = "over"
    CANCELLED = "cancelled"


def standing_of(offer: Offer, taken: int, today: date) -> Standing:
    """`taken` is how many seats are held."""
    if offer.state == OfferState.DRAFT:
        return Standing.DRAFT
    if offer.state == OfferState.CANCELLED:
        return Standing.CANCELLED
    if offer.state in {OfferState.HELD, OfferState.EVALUATED}:
        return Standing.OVER
    if offer.opens_on and today < offer.opens_on:
        return Standing.EARLY
    if (offer.closes_on and today > offer.closes_on) or (offer.starts_on and today > offer.starts_on):
        return Standing.CLOSED
    return Standing.FULL if offer.seats is not None and taken >= offer.seats else Standing.OPEN
