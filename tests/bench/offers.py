"""Server time of the lists of courses, networks and people: 300 offers, 3,000 employees, a hundred in each line.

`python -m tests.bench.offers fill`, then `read`, in a data folder of its own with TETTPAA_DEMO=1. That the number of
queries is the same with few and many is told by tests/work/offers/test_sizes.py, which fills the same rows.
"""

import sys
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.bench import people as staff
from tests.bench.pages import median_ms
from tests.bench.people import FULL, Size
from tests.bench.table import Line, told

if TYPE_CHECKING:
    from tettpaa.core.orgs.models import Unit

OWNER = "9901"
WHO = {
    part: f"{name}.fjordvik@demo.example"
    for part, name in {
        "adviser": "radgiver",
        "teacher": "laerer",
        "principal": "rektor",
        "head": "skolesjef",
    }.items()
}
SCHOOL = "F00000015"  # the principal's


def measure(database: str, env: dict[str, str]) -> list[Line]:
    """Fill in one process and read in another, as a server that has just started does."""
    told("tests.bench.offers", ["fill"], env)
    lines = []
    for said in told("tests.bench.offers", ["read"], env):
        name, ms, bare, queries = said.split("=")
        what = f"{name.replace('_', ' ')}, {FULL.offers} offers × {FULL.employees} employees, {queries} queries, {database}"
        lines.append(Line(what, float(ms), "ms", "the page's bare SQL", float(bare), "≤ 50 ms median"))
    return lines


def fill() -> None:
    """The demo, and rows in bulk beside its story."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from tettpaa.core.orgs.queries import schools_of, unit_by_code
    from tettpaa.work.offers.models import Member

    call_command("demo", no_serve=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    owner = unit_by_code(OWNER)
    assert owner is not None
    with transaction.atomic():
        leader = Member.objects.get(
            network__owner=owner, network__key="lesenettverket", part="leader"
        ).employee
        rows(owner, schools_of(owner), leader, FULL)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print("filled")


def rows(owner: "Unit", schools: "list[Unit]", leader: Any, size: Size) -> None:
    """As many of everything as `size` says; `leader` leads the networks."""
    people = _people(owner, schools, size)
    _lines(owner, people, size)
    _networks(owner, people, leader, size)
    staff.fill(owner, people, size)


def _people(owner: "Unit", schools: "list[Unit]", size: Size) -> list[Any]:
    from datetime import date

    from tettpaa.work.competence.models import Employee

    rows = [
        Employee(
            owner=owner, school=schools[number % len(schools)], name=f"Ansatt {number}",
            email=f"ansatt{number}@bench.example", active_from=date(2020, 8, 1),
        )
        for number in range(size.employees)
    ]  # fmt: skip
    return Employee.objects.bulk_create(rows, batch_size=500)


def _lines(owner: "Unit", people: list[Any], size: Size) -> None:
    """Three hundred published offers with six gatherings and a hundred in line, eighty of them with a seat."""
    from django.utils import timezone

    from tettpaa.work.offers.models import Gathering, Offer, Registration
    from tettpaa.work.yearwheel.rules import school_year_of

    today, now = timezone.localdate(), timezone.now()
    offers = Offer.objects.bulk_create(
        Offer(
            owner=owner, title=f"Kurs {number}", kind="course", service="skole", year=school_year_of(today), seats=80,
            state="published", published_on=today, changed_on=today, starts_on=today + timedelta(days=number % 90),
            last_place=size.line,
        )
        for number in range(size.offers)
    )  # fmt: skip
    Gathering.objects.bulk_create(
        Gathering(owner=owner, offer=one, on=one.starts_on + timedelta(days=30 * day), title=f"Samling {day}")
        for one in offers
        if one.starts_on
        for day in range(6)
    )
    rows = []
    for number, one in enumerate(offers):
        for place in range(1, size.line + 1):
            person = people[(number * 37 + place) % len(people)]
            seat = place if place <= 80 else None
            state = "applied" if place % 10 == 0 else "confirmed" if seat else "waiting"
            rows.append(
                Registration(
                    owner=owner, school=person.school, offer=one, employee=person, state=state, place=place, seat=seat,
                    is_approved=state != "applied", applied_at=now,
                )
            )  # fmt: skip
    Registration.objects.bulk_create(rows, batch_size=1000)


def _networks(owner: "Unit", people: list[Any], leader: Any, size: Size) -> None:
    from django.utils import timezone

    from tettpaa.work.offers.models import Attendance, Gathering, Member, Network

    today = timezone.localdate()
    networks = Network.objects.bulk_create(
        Network(owner=owner, name=f"Nettverk {n}", kind="learning", state="running")
        for n in range(size.networks)
    )
    Member.objects.bulk_create(
        Member(
            network=one, employee=person, part="leader" if person == leader else "fixed",
            starts_on=today - timedelta(days=300),
        )
        for number, one in enumerate(networks)
        for person in [leader, *people[number * size.members : (number + 1) * size.members]]
    )  # fmt: skip
    days = Gathering.objects.bulk_create(
        Gathering(owner=owner, network=one, on=today - timedelta(days=30 * day), title=f"Samling {day}")
        for one in networks
        for day in range(10)
    )
    rows = []
    for number, day in enumerate(days):
        start = number // 10 * size.members
        rows += [
            Attendance(gathering=day, employee=one, came=True) for one in people[start : start + size.members]
        ]
    Attendance.objects.bulk_create(rows, batch_size=1000)


def pages(who: dict[str, str], school: str) -> list[tuple[str, str, str]]:
    """(name, who, address); `who` has the addresses of an adviser, a teacher, a principal and the head of schools."""
    from tettpaa.work.offers.models import Network, Offer

    offer = Offer.objects.get(owner__code=OWNER, title="Kurs 7")
    network = Network.objects.get(owner__code=OWNER, name="Nettverk 3")
    day = network.gatherings.order_by("on").last()
    assert day is not None
    lead, teacher, principal = who["adviser"], who["teacher"], who["principal"]
    return [
        ("catalogue", teacher, f"/{OWNER}/kurs/"),
        ("catalogue, last page", teacher, f"/{OWNER}/kurs/?side=12"),
        ("catalogue, searched", lead, f"/{OWNER}/kurs/?sok=kurs+2"),
        ("offer", teacher, f"/{OWNER}/kurs/{offer.pk}/"),
        ("participants", lead, f"/{OWNER}/kurs/{offer.pk}/deltakere/"),
        ("own page", teacher, f"/{OWNER}/kurs/mine/"),
        ("leader's answers", principal, f"/{OWNER}/skoler/{school}/kurs/"),
        ("networks", teacher, f"/{OWNER}/nettverk/"),
        ("network", lead, f"/{OWNER}/nettverk/{network.pk}/"),
        ("members", lead, f"/{OWNER}/nettverk/{network.pk}/medlemmer/"),
        ("attendance", lead, f"/{OWNER}/samlinger/{day.pk}/oppmote/"),
        ("front", teacher, f"/{OWNER}/"),
        ("the leader's front", principal, f"/{OWNER}/"),
        *staff.pages(OWNER, school, who),
    ]


def read() -> None:
    """Print name=milliseconds=bare milliseconds=queries for each page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tettpaa.core.accounts.queries import user_by_email

    said = []
    for name, mail, address in pages(WHO, SCHOOL):
        client, user = Client(headers={"host": "127.0.0.1"}), user_by_email(mail)
        assert user is not None
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert client.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        queries = len(caught)  # now: the log forgets as the next pages are asked for
        statements = [q["sql"] for q in caught if q["sql"].startswith("SELECT")]

        def bare(statements: list[str] = statements) -> None:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                    cursor.fetchall()

        ms = median_ms(partial(client.get, address))
        said.append(f"{name.replace(' ', '_')}={ms:.2f}={median_ms(bare):.2f}={queries}")
    print(*said)


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "fill":
        fill()
    else:
        read()
