"""Words and signs of the room's states."""

from datetime import time

from django import template

from tettpaa.work.offers import wording
from tettpaa.work.offers.enums import OfferState, Step
from tettpaa.work.offers.models import Offer, Registration
from tettpaa.work.offers.queries import OfferLine

register = template.Library()


@register.filter
def clock(value: time | None) -> str:
    """`09.00`."""
    return wording.clock(value)


@register.filter
def step_icon(row: Registration) -> str:
    """The kind of the component `status` for a registration."""
    return "withdrawn" if wording.is_called_off(row) else wording.STEP_ICONS[row.state]


@register.filter
def step_words(row: Registration) -> str:
    """Where a registration is. A seat at what is called off is none."""
    return str(OfferState.CANCELLED.label if wording.is_called_off(row) else Step(row.state).label)


@register.filter
def standing_words(line: OfferLine) -> str:
    """Whether one can sign up."""
    return wording.standing_words(line)


@register.filter
def cost_words(offer: Offer) -> str:
    """What it costs."""
    return wording.cost_words(offer.cost, offer.cost_note)
