"""A gathering for those who take part: the day, answers, who came, the meeting's papers, and the calendar."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import alphabetical
from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.enums import Answer
from tettpaa.work.offers.models import (
    Attendance,
    Gathering,
    GuestAttendance,
    GuestPlace,
    Member,
    Offer,
    Registration,
)
from tettpaa.work.offers.parts import WITH_SEAT, people_at
from tettpaa.work.yearwheel.ical import Entry, calendar


@dataclass(frozen=True, slots=True)
class Present:
    """One on the list of a gathering."""

    employee: Employee
    answer: str
    came: bool | None
    how: str
    task_done: bool

    @property
    def where(self) -> str:
        return self.employee.school.label if self.employee.school else ""


@dataclass(frozen=True, slots=True)
class GuestLine:
    """A place from outside and how many came."""

    guest: GuestPlace
    came: int


def present_at(gathering: Gathering) -> list[Present]:
    """Everybody who takes part, by name. Three queries."""
    rows = {row.employee_id: row for row in Attendance.objects.filter(gathering=gathering)}
    found = []
    for person in sorted(people_at(gathering), key=lambda one: alphabetical(one.name)):
        row = rows.get(person.pk)
        if row is None:
            found.append(Present(person, "", None, "", task_done=False))
        else:
            found.append(Present(person, row.answer, row.came, row.how, row.task_done))
    return found


def guests_at(gathering: Gathering) -> list[GuestLine]:
    """The places from outside. Two queries."""
    if gathering.network_id is None:
        return []
    came = {row.guest_id: row.came for row in GuestAttendance.objects.filter(gathering=gathering)}
    guests = GuestPlace.objects.filter(network=gathering.network_id)
    return [GuestLine(one, came.get(one.pk, 0)) for one in guests]


def mine_at(gathering: Gathering, me: Employee | None) -> Attendance | None:
    """The reader's own line."""
    return Attendance.objects.filter(gathering=gathering, employee=me).first() if me else None


def counts_of(people: list[Present]) -> dict[str, int]:
    """How many come, do not, have not said, and came."""
    return {
        "coming": sum(one.answer == Answer.COMING for one in people),
        "not_coming": sum(one.answer == Answer.NOT_COMING for one in people),
        "silent": sum(not one.answer for one in people),
        "came": sum(one.came is True for one in people),
        "tasks": sum(one.task_done for one in people),
    }


def gatherings_of(me: Employee, since: date, until: date | None = None) -> QuerySet[Gathering]:
    """The gatherings somebody takes part in, from a day on."""
    seats = Registration.objects.filter(employee=me, state__in=WITH_SEAT).values("offer")
    today = timezone.localdate()
    members = Member.objects.filter(employee=me).filter(Q(ends_on=None) | Q(ends_on__gt=today))
    rows = Gathering.objects.filter(
        Q(offer__in=seats) | Q(network__in=members.values("network")), owner=me.owner_id, on__gte=since
    )
    if until is not None:
        rows = rows.filter(on__lte=until)
    return rows.select_related("owner", "offer", "network").distinct()


def next_before(gathering: Gathering) -> Gathering | None:
    """The gathering before this one in the same row of them, whose task is due now."""
    rows = Gathering.objects.filter(is_cancelled=False, on__lt=gathering.on)
    if gathering.offer_id is not None:
        rows = rows.filter(offer=gathering.offer_id)
    else:
        rows = rows.filter(network=gathering.network_id)
    return rows.order_by("-on").first()


def of_offer(offer: Offer) -> list[Gathering]:
    """All days of an offer, also those called off."""
    return list(offer.gatherings.all())


def entry_of(gathering: Gathering) -> Entry:
    """A gathering as a date: title, time and place; nothing people have written."""
    address = reverse("offers:gathering", kwargs={"owner": gathering.owner.code, "gathering": gathering.pk})
    name = str(gathering.offer or gathering.network)
    title = gathering.title if gathering.title == name else f"{name}: {gathering.title}"
    return Entry(
        id=gathering.pk,
        title=f"✕ {title}" if gathering.is_cancelled else title,
        on=gathering.on,
        text=gathering.link or gathering.where,
        address=settings.BASE_ADDRESS + address,
        stamp=gathering.changed_at,
        revision=gathering.version,
        starts=_moment(gathering, "starts"),
        ends=_moment(gathering, "ends"),
        place=gathering.where,
    )


def _moment(gathering: Gathering, which: str) -> datetime | None:
    at = getattr(gathering, which)
    return timezone.make_aware(datetime.combine(gathering.on, at)) if at else None


def calendar_of(name: str, gatherings: list[Gathering], language: str) -> bytes:
    """Some gatherings as a calendar file."""
    with translation.override(language):
        return calendar(name, [entry_of(one) for one in gatherings])


def feed_entries(owner: Unit, email: str, today: date) -> list[Entry]:
    """Everything the person takes part in, a year back and on, for the personal calendar of the year wheel."""
    me = Employee.objects.filter(owner=owner, email=email.lower()).first()
    if me is None:
        return []
    return [entry_of(one) for one in gatherings_of(me, today - timedelta(days=365))]
