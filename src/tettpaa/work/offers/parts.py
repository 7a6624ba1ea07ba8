"""Who takes part in what: the one place that says it, for pages and for writing alike."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.enums import SEATED, Step
from tettpaa.work.offers.models import Gathering, Member, Network, Registration

WITH_SEAT = tuple(step for step in SEATED if step != Step.OFFERED)


def members_on(network: Network | UUID, on: date | None = None) -> QuerySet[Member]:
    """Who is in a network on a day. `network` may be its key."""
    day = on or timezone.localdate()
    rows = Member.objects.filter(network=network).filter(Q(ends_on=None) | Q(ends_on__gt=day))
    return rows.select_related("employee", "employee__school")


def is_member(network: Network | UUID, employee: Employee | None) -> bool:
    return employee is not None and members_on(network).filter(employee=employee).exists()


def takes_part(gathering: Gathering, employee: Employee) -> bool:
    """A seat at the offer, or membership of the network. Two queries at most."""
    if gathering.offer_id is not None:
        seated = Registration.objects.filter(offer=gathering.offer_id, employee=employee, state__in=WITH_SEAT)
        if seated.exists():
            return True
    return gathering.network_id is not None and is_member(gathering.network_id, employee)


def people_at(gathering: Gathering) -> list[Employee]:
    """Everybody who takes part in a gathering, without order. At most two queries."""
    found: dict[object, Employee] = {}
    if gathering.offer_id is not None:
        rows = Registration.objects.filter(offer=gathering.offer_id, state__in=WITH_SEAT)
        for row in rows.select_related("employee", "employee__school"):
            found[row.employee_id] = row.employee
    if gathering.network_id is not None:
        for member in members_on(gathering.network_id):
            found[member.employee_id] = member.employee
    return list(found.values())
