"""People who want the last seat at the same time, each a process of its own; see test_concurrency.

`python -m tests.work.offers.line_nursery HOW PEOPLE` makes an offer with one seat in an empty database, lets everybody
go at once, each of them twice, and prints how they stand.
"""

import json
import multiprocessing
import sys
from datetime import date
from typing import Any

import django

DAY = date(2026, 11, 23)


def main(how: str, people: int) -> None:
    django.setup()
    offer, employees = make_offer(people, needs_approval=how == "approve")
    keys = send_all(offer, employees) if how == "approve" else employees
    processes = multiprocessing.get_context("fork")
    start, said = processes.Barrier(people), processes.Queue()
    crowd = [processes.Process(target=go, args=(how, offer, key, start, said)) for key in keys]
    for person in crowd:
        person.start()
    met = [said.get(timeout=300) for _ in crowd]
    for person in crowd:
        person.join()
    print(json.dumps({"rows": rows(offer), "faults": faults(), "met": met, "events": events()}))


def go(how: str, offer: Any, key: Any, start: Any, said: Any) -> None:
    """One person: the same click twice, as soon as everybody is ready."""
    from tettpaa.work.competence.models import Employee
    from tettpaa.work.offers import actions
    from tettpaa.work.offers.models import Offer

    found: list[str] = []
    start.wait()
    for _click in range(2):
        try:
            if how == "approve":
                row = actions.approve(registration=key, by="leader@example.test", at=moment())
            else:
                row = actions.register(
                    offer=Offer.objects.get(pk=offer),
                    employee=Employee.objects.get(pk=key),
                    by=f"{key}@example.test",
                    at=moment(),
                )
            found.append(str(row.pk))
        except Exception as error:
            found.append(type(error).__name__)
    said.put(found)


def moment() -> Any:
    from datetime import datetime, time

    from django.utils import timezone

    return timezone.make_aware(datetime.combine(DAY, time(12)))


def make_offer(people: int, *, needs_approval: bool) -> tuple[Any, list[Any]]:
    """The keys of an offer with one seat, and of those who want it; no connection is left for the children to share."""
    from django.db import connections

    from tettpaa.core.orgs.actions import NewUnit, add_units, become_owner
    from tettpaa.core.orgs.enums import Kind
    from tettpaa.work.competence.models import Employee
    from tettpaa.work.offers import actions

    units = [NewUnit(Kind.NATION, "NO", "Landet", ""), NewUnit(Kind.COUNTY, "99", "Fylket", "NO")]
    units += [NewUnit(Kind.OWNER, "9901", "Fjordvik", "99"), NewUnit(Kind.SCHOOL, "F00000001", "Nes", "9901")]
    made = add_units(by="test", units=units)
    become_owner(unit=made["9901"], by="test")
    new = actions.NewOffer("Kurs", "course", "skole", 2026)
    offer = actions.make_offer(
        owner=made["9901"], offer=new, by="test", on=DAY, seats=1, needs_approval=needs_approval
    )
    actions.add_gathering(
        gathering=actions.NewGathering(on=date(2026, 12, 2), title="Samling"), offer=offer, by="test"
    )
    actions.publish_offer(offer=offer, by="test", on=DAY)
    staff = Employee.objects.bulk_create(
        Employee(
            owner=made["9901"],
            school=made["F00000001"],
            name=f"Ida {number}",
            email=f"ida{number}@example.test",
            active_from=date(2020, 8, 1),
        )
        for number in range(people)
    )
    connections.close_all()
    return offer.pk, [one.pk for one in staff]


def send_all(offer: Any, employees: list[Any]) -> list[Any]:
    """Everybody is in the line, and each has a leader who will say yes."""
    from django.db import connections

    from tettpaa.work.competence.models import Employee
    from tettpaa.work.offers import actions
    from tettpaa.work.offers.models import Offer

    found = Offer.objects.get(pk=offer)
    keys = [
        actions.register(offer=found, employee=Employee.objects.get(pk=key), by="test", at=moment()).pk
        for key in employees
    ]
    connections.close_all()
    return keys


def rows(offer: Any) -> list[tuple[int, str, int | None]]:
    from tettpaa.work.offers.models import Registration

    found = Registration.objects.filter(offer=offer).order_by("place")
    return [(row.place, row.state, row.seat) for row in found]


def events() -> dict[str, int]:
    from tettpaa.core.audit.models import Event

    kinds = ("offers.registration_sent", "offers.registration_approved")
    return {kind: Event.objects.filter(kind=kind).count() for kind in kinds}


def faults() -> int:
    """Lines of the trail that do not fit."""
    from tettpaa.core.audit import queries

    return len(list(queries.faults(owner="9901")))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
