"""A small staff at Nes and Vik, by the room's own actions: a gap, a new teacher, an assistant, a resource teacher."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.factories.cast import Cast
from tettpaa.core.orgs.actions import give_role
from tettpaa.core.orgs.viewer import Viewer, load_viewer
from tettpaa.work.competence import actions
from tettpaa.work.competence.actions import NewEmployee
from tettpaa.work.competence.models import CompetencePlan, Employee, ResourceArea
from tettpaa.work.competence.pack import write
from tettpaa.work.competence.requirements import school_year

AUD, BERIT, CARL = "aud@example.test", "berit@example.test", "carl@example.test"
BEGAN = date(2020, 8, 1)
CANARY = "KANARISTAFF"


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def year(today: date) -> int:
    return school_year(today)


@pytest.fixture
def viewer_of(cast: Cast, today: date) -> Callable[[str], Viewer]:
    return lambda name: load_viewer(cast.users[name], today)


@dataclass(frozen=True)
class Staff:
    """People by first name."""

    cast: Cast
    people: dict[str, Employee] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Employee:
        return self.people[name]

    def area(self, key: str) -> ResourceArea:
        return ResourceArea.objects.get(owner=self.cast.fjordvik, key=key)


WHO = (
    ("aud", "nes", "principal"),
    ("liv", "nes", "department_head"),
    ("carl", "nes", "teacher"),
    ("mia", "nes", "teacher"),
    ("ivar", "nes", "assistant"),
    ("vera", "vik", "principal"),
    ("vidar", "vik", "teacher"),
    ("arne", "", "adviser"),
    ("berit", "", "unit_leader"),
)


def configure(cast: Cast) -> None:
    """What a pack would write."""
    content = {
        "title": "Kompetanseplan for oppvekst",
        "background": "Fordi alle lærer hele livet.",
        "organisation": "Rektor leder arbeidet.",
    }
    entries: list[tuple[tuple[str, ...], dict[str, object]]] = [
        (("",), content),
        (("services", "skole"), {"key": "skole", "title": "Skole", "catalogue": "Kursplanen"}),
        (("factors", "over-tid"), {"key": "over-tid", "title": "Over tid"}),
        (("areas", "lesing"), {"key": "lesing", "title": "Lesing i alle fag", "text": "Mange sliter."}),
        (("elements", "kollegalaering"), {"key": "kollegalaering", "title": "Kollegalæring"}),
        (
            ("resource_areas", "lesing"),
            {"key": "lesing", "title": "Leseveileder", "text": "Hjelper alle.", "everywhere": True},
        ),
    ]
    for path, entry in entries:
        write(owner=cast.fjordvik, path=path, content=entry, by=BERIT)


@pytest.fixture
def staff(cast: Cast, today: date) -> Staff:
    configure(cast)
    places = {"nes": cast.nes, "vik": cast.vik, "": None}
    found = Staff(cast)
    for name, place, role in WHO:
        is_new = name == "mia"
        more = NewEmployee(active_from=BEGAN, newly_educated_on=today if is_new else None)
        found.people[name] = actions.add_employee(
            owner=cast.fjordvik,
            school=places[place],
            name=name.title(),
            email=f"{name}@example.test",
            role=role,
            by=AUD,
            more=more,
        )
    return found


@pytest.fixture
def gap(staff: Staff, year: int) -> Staff:
    """Carl teaches Norwegian with 30 credits, and mathematics with none."""
    carl = staff["carl"]
    actions.add_qualification(
        employee=carl, subject="norsk", credits=Decimal(30), source="Grunnutdanning", by=AUD
    )
    rows = [("norsk", "primary"), ("matematikk", "primary"), ("musikk", "primary")]
    actions.set_teaching(employee=carl, year=year, rows=rows, by=AUD)
    return staff


@pytest.fixture
def plan(staff: Staff, year: int) -> CompetencePlan:
    return actions.start_plan(owner=staff.cast.fjordvik, year=year, by=BERIT)


@pytest.fixture
def deputy(cast: Cast) -> Cast:
    """Mia may sign in, as a teacher at Nes; and Vidar, at Vik."""
    from tettpaa.core.accounts.actions import open_account

    for name, place in (("mia", cast.nes), ("vidar", cast.vik)):
        cast.users[name] = open_account(email=f"{name}@example.test", name=name.title(), by="test")
        give_role(user=cast.users[name], unit=place, role="teacher", starts_on=BEGAN, by="test")
    return cast
