"""A whole year of work for the cast, lived through the product's own actions; see doors/demo/year."""

from datetime import date

from django.test import TestCase

from tests.factories.cast import Cast
from tettpaa.core.accounts.actions import open_account
from tettpaa.core.accounts.models import User
from tettpaa.core.orgs.actions import give_role
from tettpaa.core.orgs.models import Unit
from tettpaa.core.packs.actions import load_pack
from tettpaa.core.packs.queries import founding_pack
from tettpaa.doors.demo.year import build_year
from tettpaa.doors.demo.year.place import Place

TODAY = date(2026, 11, 22)
ROLES = (
    "principal", "department_head", "union_rep", "parent_committee", "pupil_council",
)  # fmt: skip
OWNER_ROLES = ("head_of_schools", "adviser", "chief_executive", "youth_council", "council_member")
STAFF = 6


def live_year(owner: Unit, school: Unit, others: list[Unit], today: date = TODAY) -> Place:
    """Load Fjordvik's pack on the owner and live the year at the school. People are made for it, one a role."""
    owner = Unit.objects.select_related("settings").get(pk=owner.pk)
    with TestCase.captureOnCommitCallbacks(execute=True):  # the plan is sealed when the whole pack is in
        load_pack(owner=owner, pack=founding_pack("fjordvik"), by="test")
    people = {role: _person(role, owner).email for role in OWNER_ROLES}
    people |= {role: _person(role, school).email for role in ROLES}
    people["other_principal"] = _person("principal", others[0]).email if others else people["principal"]
    staff = [_person("teacher", school, number) for number in range(STAFF)]
    place = Place(owner=owner, school=school, others=others, people=people, staff=staff, today=today)
    build_year(place)
    return place


def live_cast_year(cast: Cast) -> Place:
    """Nes has the whole story, Vik a meeting."""
    return live_year(cast.fjordvik, cast.nes, [cast.vik])


def _person(role: str, unit: Unit, number: int = 0) -> User:
    email = f"{role}{number or ''}.{unit.code.lower()}@example.test"
    user = open_account(email=email, name=f"{role} {unit.code}", by="test")
    give_role(user=user, unit=unit, role=role, starts_on=date(2020, 8, 1), by="test")
    return user
