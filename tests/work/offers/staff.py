"""People and offers of the tests: made by the product's own actions, on fixed days."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from tests.factories.cast import Cast
from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.actions import NewEmployee, add_employee
from tettpaa.work.competence.models import Employee
from tettpaa.work.offers import actions
from tettpaa.work.offers.enums import Kind
from tettpaa.work.offers.models import Gathering, Network, Offer

TODAY = date(2026, 11, 23)
FIRST, SECOND, LAST = date(2026, 12, 2), date(2027, 1, 13), date(2027, 3, 3)


def at(day: date = TODAY, hour: int = 12) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def employ(owner: Unit, school: Unit | None, name: str, role: str = "teacher", email: str = "") -> Employee:
    return add_employee(
        owner=owner,
        school=school,
        name=name,
        email=email or f"{name.lower().replace(' ', '.')}@example.test",
        role=role,
        by="test",
        more=NewEmployee(active_from=date(2020, 8, 1)),
    )


class Staff:
    """The cast as staff, and eight more teachers at Nes and Vik."""

    def __init__(self, cast: Cast) -> None:
        own = cast.fjordvik
        self.owner, self.nes, self.vik = own, cast.nes, cast.vik
        self.aud = employ(own, cast.nes, "Aud", "principal")
        self.liv = employ(own, cast.nes, "Liv", "department_head")
        self.carl = employ(own, cast.nes, "Carl")
        self.vera = employ(own, cast.vik, "Vera", "principal")
        self.arne = employ(own, None, "Arne", "adviser")
        self.berit = employ(own, None, "Berit", "adviser")
        self.teachers = [
            employ(own, cast.nes if number % 2 else cast.vik, f"Ida {number}") for number in range(1, 9)
        ]


def course(owner: Unit, *, seats: int | None = 2, days: tuple[date, ...] = (FIRST,), **words: Any) -> Offer:
    """A published offer with its gatherings."""
    kind = words.pop("kind", Kind.COURSE)
    new = actions.NewOffer(words.pop("title", "Samtaler om tekst"), kind, "skole", 2026)
    made = actions.make_offer(owner=owner, offer=new, by="arne@example.test", on=TODAY, seats=seats, **words)
    for number, day in enumerate(days, start=1):
        actions.add_gathering(
            gathering=actions.NewGathering(
                on=day,
                title=f"Samling {number}",
                starts=time(9),
                task="Prøv i en time." if len(days) > 1 else "",
            ),
            offer=made,
            by="arne@example.test",
        )
    return actions.publish_offer(offer=made, by="arne@example.test", on=TODAY)


def network(owner: Unit, leader: Employee, *members: Employee, **words: Any) -> Network:
    """A running network."""
    made = actions.make_network(
        owner=owner,
        name=words.pop("name", "Lesenettverket"),
        kind=words.pop("kind", "learning"),
        by="arne@example.test",
        **words,
    )
    actions.add_member(
        network=made, employee=leader, part="leader", by="arne@example.test", on=date(2026, 8, 1)
    )
    for one in members:
        actions.add_member(network=made, employee=one, by="arne@example.test", on=date(2026, 8, 1))
    return actions.move_network(network=made, to="running", by="arne@example.test")


def day_of(of: Offer | Network, on: date = FIRST, **words: Any) -> Gathering:
    """One more gathering."""
    new = actions.NewGathering(on=on, title=words.pop("title", "Møte"), starts=time(9), **words)
    if isinstance(of, Offer):
        return actions.add_gathering(gathering=new, offer=of, by="arne@example.test")
    return actions.add_gathering(gathering=new, network=of, by="arne@example.test")
