"""Who has signed up: for those who hold the offer, and for the leader of each. The view writes the look down."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.competence.access import led_by
from tettpaa.work.offers.enums import GONE, Step
from tettpaa.work.offers.models import Attendance, Gathering, Offer, Registration
from tettpaa.work.offers.rules import needed

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Person:
    """One who has signed up. `came` of `of` gatherings; `place` in the line counts from 1 among those who wait."""

    registration: Registration
    came: int
    of: int
    place: int

    @property
    def name(self) -> str:
        return self.registration.employee.name

    @property
    def where(self) -> str:
        school = self.registration.school
        return school.label if school else ""


def people_of(offer: Offer, side: int = 1) -> tuple[Page[Registration], list[Person]]:
    """One page of those who are in or were in the line, in its order. Four queries."""
    rows = offer.registrations.select_related("employee", "school").exclude(state__in=GONE)
    page = Paginator(rows.order_by("place"), PAGE).get_page(side)
    came, of = _came(offer)
    waiting = _waiting(offer)
    people = [
        Person(row, came.get(row.employee_id, 0), of, waiting.get(row.pk, 0)) for row in page.object_list
    ]
    return page, people


def everybody(offer: Offer) -> list[Person]:
    """All of them, for a file."""
    rows = offer.registrations.select_related("employee", "school").exclude(state__in=GONE)
    came, of = _came(offer)
    return [Person(row, came.get(row.employee_id, 0), of, 0) for row in rows.order_by("place")]


def _came(offer: Offer) -> tuple[dict[UUID, int], int]:
    days = Gathering.objects.filter(offer=offer, is_cancelled=False)
    rows = Attendance.objects.filter(gathering__in=days, came=True).values("employee").annotate(n=Count("pk"))
    return {row["employee"]: row["n"] for row in rows}, days.count()


def _waiting(offer: Offer) -> dict[UUID, int]:
    """The number in the queue of everybody who has no seat."""
    rows = offer.registrations.filter(seat=None, state__in=[Step.APPLIED, Step.WAITING]).order_by("place")
    return {key: number for number, key in enumerate(rows.values_list("pk", flat=True), start=1)}


def number_in_queue(registration: Registration) -> int:
    """How many stand before one on the waiting list, and oneself."""
    rows = Registration.objects.filter(
        offer=registration.offer_id, seat=None, state__in=[Step.APPLIED, Step.WAITING]
    )
    return rows.filter(place__lte=registration.place).count()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many stand where in an offer."""

    seated: int
    waiting: int
    unanswered: int
    attended: int
    completed: int


def tally_of(offer: Offer) -> Tally:
    found = offer.registrations.aggregate(
        seated=Count("pk", filter=Q(seat__isnull=False)),
        waiting=Count("pk", filter=Q(seat=None, state__in=[Step.APPLIED, Step.WAITING])),
        unanswered=Count("pk", filter=Q(state=Step.APPLIED)),
        attended=Count("pk", filter=Q(state=Step.ATTENDED)),
        completed=Count("pk", filter=Q(state=Step.COMPLETED)),
    )
    return Tally(**found)


def waiting_for_leader(viewer: Viewer, owner: Unit, school: Unit | None) -> QuerySet[Registration]:
    """Registrations of the reader's own staff that wait for the reader's answer, oldest first."""
    staff = led_by(viewer, owner, school).values("pk")
    rows = Registration.objects.filter(owner=owner, state=Step.APPLIED, employee__in=staff)
    return rows.select_related("offer", "employee", "school").order_by("applied_at", "pk")


def answered_of(viewer: Viewer, owner: Unit, school: Unit | None, today: date) -> QuerySet[Registration]:
    """What the reader's own staff takes part in or waits for, the newest first."""
    staff = led_by(viewer, owner, school).values("pk")
    rows = Registration.objects.filter(owner=owner, employee__in=staff)
    rows = rows.exclude(state__in=[*GONE, Step.APPLIED]).filter(
        Q(offer__starts_on=None) | Q(offer__starts_on__year__gte=today.year - 1)
    )
    return rows.select_related("offer", "employee", "school").order_by("-offer__starts_on", "place", "pk")


def least_of(offer: Offer, gatherings: int) -> int:
    """How many gatherings a certificate takes."""
    return needed(offer.kind, gatherings, offer.attend_least)
