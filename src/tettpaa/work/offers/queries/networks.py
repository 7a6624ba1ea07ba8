"""Networks: the owner's overview, and one network for those who are in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.queries import alphabetical
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.enums import NetworkState, Part
from tettpaa.work.offers.models import Attendance, FollowUp, Gathering, GuestPlace, Member, Network, Offer
from tettpaa.work.offers.parts import members_on

HITS: Final = 30


@dataclass(frozen=True, slots=True)
class NetworkLine:
    """A network in the overview: open facts only. `mine` is the reader's part in it, "" for none."""

    network: Network
    members: int
    schools: int
    guests: int
    next_on: date | None
    last_on: date | None
    mine: str


def networks_of(viewer: Viewer, owner: Unit, me: Employee | None, today: date) -> list[NetworkLine]:
    """All the owner's networks in the owner's order, the ended last. Five queries however many they are."""
    if not viewer.may(Permission.OFFERS_READ, owner):
        return []
    rows = list(Network.objects.filter(owner=owner).select_related("goal"))
    now = Member.objects.filter(network__owner=owner).filter(Q(ends_on=None) | Q(ends_on__gt=today))
    counts: dict[UUID, Any] = {
        row["network"]: row
        for row in now.values("network").annotate(
            people=Count("pk"), schools=Count("employee__school", distinct=True)
        )
    }
    mine = dict(now.filter(employee=me).values_list("network", "part")) if me else {}
    days = Gathering.objects.filter(network__owner=owner, is_cancelled=False).values("network")
    dates: dict[UUID, Any] = {
        row["network"]: row
        for row in days.annotate(
            next_on=Min("on", filter=Q(on__gte=today)), last_on=Max("on", filter=Q(on__lt=today))
        )
    }
    guests = dict(
        GuestPlace.objects.filter(network__owner=owner)
        .order_by()
        .values_list("network")
        .annotate(n=Count("pk"))
    )
    lines = [
        NetworkLine(
            one,
            counts.get(one.pk, {}).get("people", 0),
            counts.get(one.pk, {}).get("schools", 0),
            guests.get(one.pk, 0),
            dates.get(one.pk, {}).get("next_on"),
            dates.get(one.pk, {}).get("last_on"),
            mine.get(one.pk, ""),
        )
        for one in rows
    ]
    return sorted(lines, key=lambda line: line.network.state == NetworkState.ENDED)


def network_dates(lines: Sequence[NetworkLine]) -> tuple[date | None, date | None]:
    """When the first network was published here, and when one was last changed."""
    published = [line.network.published_on for line in lines if line.network.published_on]
    changed = [line.network.changed_on for line in lines if line.network.changed_on]
    return min(published, default=None), max(changed, default=None)


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member and how many of the gatherings so far they came to, and tasks they did. A leader gives the tasks."""

    member: Member
    came: int
    of: int
    tasks: int
    tasks_of: int

    @property
    def name(self) -> str:
        return self.member.employee.name

    @property
    def where(self) -> str:
        school = self.member.employee.school
        return school.label if school else ""


def members_of(network: Network, today: date) -> list[MemberLine]:
    """Who is in it: the leaders first, then by name. Three queries. `of` counts gatherings since the person came in."""
    rows = list(members_on(network, today))
    held = list(network.gatherings.filter(is_cancelled=False, on__lte=today).values_list("pk", "on", "task"))
    noted: dict[UUID, list[tuple[UUID, bool | None, bool]]] = {}
    said = Attendance.objects.filter(gathering__in=[key for key, _on, _task in held]).order_by()
    for person, day, came, done in said.values_list("employee", "gathering", "came", "task_done"):
        noted.setdefault(person, []).append((day, came, done))
    lines = [_member_line(row, held, noted.get(row.employee_id, [])) for row in rows]
    return sorted(lines, key=lambda line: (line.member.part != Part.LEADER, alphabetical(line.name)))


def _member_line(
    member: Member, held: list[tuple[UUID, date, str]], noted: Sequence[tuple[UUID, bool | None, bool]]
) -> MemberLine:
    since = {key: task for key, on, task in held if on >= member.starts_on}
    return MemberLine(
        member,
        sum(came is True and day in since for day, came, _done in noted),
        len(since),
        sum(done and bool(since.get(day)) for day, _came, done in noted),
        0 if member.part == Part.LEADER else sum(bool(task) for task in since.values()),
    )


def days_of(network: Network) -> list[Gathering]:
    """All its gatherings, newest first."""
    return list(network.gatherings.select_related("offer").order_by("-on", "-starts"))


def guests_of(network: Network) -> list[str]:
    """Names of the places from outside."""
    return [one.name for one in network.guests.all()]


def open_follow_ups(network: Network) -> list[FollowUp]:
    """What its meetings have agreed and nobody has finished, by date."""
    rows = FollowUp.objects.filter(gathering__network=network, done_on=None)
    return list(rows.select_related("gathering", "school").order_by("due_on"))


def years_of_network(network: Network) -> list[Offer]:
    """The years of it that stand in the catalogue, newest first."""
    return list(network.offers.order_by("-year", "-starts_on"))


def may_join(owner: Unit, text: str) -> list[Employee]:
    """The owner's staff of today whose name holds the text, by name; the first thirty. Nobody without a text."""
    if not text.strip():
        return []
    rows = _staff_today(owner).filter(name__icontains=text.strip())
    return list(rows.select_related("school").order_by("name")[:HITS])


def person_of(owner: Unit, pk: UUID) -> Employee | None:
    """One of the owner's staff of today."""
    return _staff_today(owner).filter(pk=pk).first()


def _staff_today(owner: Unit) -> QuerySet[Employee]:
    today = timezone.localdate()
    return Employee.objects.filter(Q(active_to=None) | Q(active_to__gte=today), owner=owner)
