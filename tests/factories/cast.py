"""The shared cast: Fjordvik, its schools and people, and one from next door who must never get in."""

from dataclasses import dataclass
from datetime import date

from tettpaa.core.accounts.actions import open_account
from tettpaa.core.accounts.models import User
from tettpaa.core.orgs.actions import NewUnit, add_units, become_owner, give_role
from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.models import Unit

PEOPLE = {
    "aud": ("principal", "F00000001"),
    "vera": ("principal", "F00000002"),
    "berit": ("head_of_schools", "9901"),
    "arne": ("adviser", "9901"),
    "carl": ("teacher", "F00000001"),
    "dag": ("council_member", "9901"),
    "siv": ("system_admin", "9901"),
    "kai": ("chief_executive", "9901"),
    "liv": ("department_head", "F00000001"),
    "fia": ("parent_committee", "F00000001"),
    "odd": ("pupil_council", "F00000001"),
    "tor": ("union_rep", "F00000001"),
    "unn": ("youth_council", "9901"),
    "eva": ("head_of_schools", "9902"),
}


@dataclass(frozen=True)
class Cast:
    """Units by code and users by first name."""

    units: dict[str, Unit]
    users: dict[str, User]

    @property
    def fjordvik(self) -> Unit:
        return self.units["9901"]

    @property
    def utvik(self) -> Unit:
        return self.units["9902"]

    @property
    def nes(self) -> Unit:
        return self.units["F00000001"]

    @property
    def vik(self) -> Unit:
        return self.units["F00000002"]


def build_cast() -> Cast:
    """Everything by the product's own actions, with fixed dates."""
    add_units(
        units=[
            NewUnit(Kind.NATION, "NO", "Hele landet", ""),
            NewUnit(Kind.COUNTY, "99", "Fjordfylket", "NO"),
            NewUnit(Kind.OWNER, "9901", "Fjordvik", "99"),
            NewUnit(Kind.OWNER, "9902", "Utvik", "99"),
            NewUnit(Kind.SCHOOL, "F00000001", "Nes skole", "9901"),
            NewUnit(Kind.SCHOOL, "F00000002", "Vik skole", "9901"),
            NewUnit(Kind.SCHOOL, "U00000001", "Utvik skole", "9902"),
        ],
        by="test",
        invented=True,
    )
    units = {unit.code: unit for unit in Unit.objects.all()}
    for code in ("9901", "9902"):
        become_owner(unit=units[code], by="test")
    users = {}
    for name, (role, place) in PEOPLE.items():
        users[name] = open_account(email=f"{name}@example.test", name=name.title(), by="test")
        give_role(user=users[name], unit=units[place], role=role, starts_on=date(2020, 8, 1), by="test")
    return Cast(units=units, users=users)
