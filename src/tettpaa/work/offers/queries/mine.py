"""One's own courses and networks, and what waits for one."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.enums import GONE, Step, SurveyState
from tettpaa.work.offers.models import (
    Attendance,
    Gathering,
    Member,
    Offer,
    Registration,
    Survey,
    SurveyUse,
)
from tettpaa.work.offers.queries.gatherings import gatherings_of


@dataclass(frozen=True, slots=True)
class Coming:
    """A gathering ahead, and what one has answered."""

    gathering: Gathering
    answer: str


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything on one's own page. `offered` is what one must answer before a day."""

    offered: list[Registration]
    coming: list[Coming]
    registrations: list[Registration]
    certificates: list[Registration]
    networks: list[Member]
    surveys: list[Survey]
    queue: dict[UUID, int]


def mine(me: Employee, today: date) -> Mine:
    """At most eight queries."""
    rows = list(
        Registration.objects.filter(employee=me)
        .select_related("offer", "owner")
        .order_by("-offer__starts_on", "-applied_at")
    )
    waiting = [row for row in rows if row.seat is None and row.state in {Step.APPLIED, Step.WAITING}]
    return Mine(
        offered=[row for row in rows if row.state == Step.OFFERED],
        coming=coming_of(me, today),
        registrations=[row for row in rows if row.state not in {*GONE, Step.COMPLETED, Step.OFFERED}],
        certificates=[row for row in rows if row.state == Step.COMPLETED],
        networks=list(
            Member.objects.filter(employee=me)
            .filter(Q(ends_on=None) | Q(ends_on__gt=today))
            .select_related("network")
        ),
        surveys=surveys_for(me, today),
        queue=_queue(waiting),
    )


def _queue(waiting: list[Registration]) -> dict[UUID, int]:
    """The person's number in each queue. One query."""
    standing = Registration.objects.filter(
        offer__in=[row.offer_id for row in waiting], seat=None, state__in=[Step.APPLIED, Step.WAITING]
    )
    places = list(standing.values_list("offer", "place")) if waiting else []
    return {
        row.pk: sum(offer == row.offer_id and place <= row.place for offer, place in places)
        for row in waiting
    }


def coming_of(me: Employee, today: date, days: int = 400) -> list[Coming]:
    """The gatherings ahead, by date. Two queries."""
    ahead = list(
        gatherings_of(me, today, today + timedelta(days=days))
        .filter(is_cancelled=False)
        .order_by("on", "starts")
    )
    said = dict(
        Attendance.objects.filter(employee=me, gathering__in=ahead).values_list("gathering", "answer")
    )
    return [Coming(one, said.get(one.pk, "")) for one in ahead]


def surveys_for(me: Employee, today: date) -> list[Survey]:
    """Evaluations that wait for the person."""
    uses = SurveyUse.objects.filter(
        employee=me, used=False, survey__state=SurveyState.OPEN, survey__closes_on__gte=today
    )
    return [use.survey for use in uses.select_related("survey__offer")]


def registration_of(me: Employee | None, offer: Offer) -> Registration | None:
    """The person's registration to an offer, also one that has ended."""
    return Registration.objects.filter(employee=me, offer=offer).first() if me else None
