"""Becoming a member of a network by an offer, and leaving it."""

from datetime import date

from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.enums import Part
from tettpaa.work.offers.models import Member, Offer


def join_network(offer: Offer, employee: Employee, on: date) -> None:
    """Who gets a seat in a network's year is a member from that day, or goes on being one."""
    if offer.network_id is not None:
        Member.objects.get_or_create(
            network_id=offer.network_id,
            employee=employee,
            ends_on=None,
            defaults={"part": Part.FIXED, "starts_on": on},
        )


def leave_network(offer: Offer, employee: Employee, on: date) -> None:
    """Who gives the seat up is a member no longer; a leader stays one."""
    if offer.network_id is not None:
        rows = Member.objects.filter(network_id=offer.network_id, employee=employee, ends_on=None)
        rows.filter(part=Part.FIXED, starts_on__gt=on).delete()
        rows.filter(part=Part.FIXED).update(ends_on=on)
