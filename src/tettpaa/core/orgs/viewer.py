"""Who is looking: a person with the roles that hold today. The only reader of roles beside `access.py`."""

from dataclasses import dataclass
from datetime import date

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission, Role, roles

OWNER_DEPTH = 4  # "/NO/11/1103/" has the owner as its third code; split gives one empty part first


@dataclass(frozen=True, slots=True)
class Grant:
    """One role on one unit."""

    role: Role
    unit: Unit

    @property
    def owner_path(self) -> str:
        return owner_path(self.unit.path)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Immutable, built once per request. `email` is empty for somebody who is not signed in."""

    email: str
    grants: tuple[Grant, ...]

    def may(self, permission: Permission, unit: Unit) -> bool:
        """True when a role of today gives the permission on this unit (design.md §3.1: inherited downward)."""
        return any(
            (permission in grant.role.permissions and unit.path.startswith(grant.unit.path))
            or (permission in grant.role.owner_wide and unit.path.startswith(grant.owner_path))
            for grant in self.grants
        )

    @property
    def only_speaks(self) -> bool:
        """Speaks for bodies and does nothing else here, so the meeting is the front page."""
        return bool(self.grants) and all(
            Permission.MEETINGS_PROPOSE in grant.role.permissions for grant in self.grants
        )

    @property
    def owner_codes(self) -> tuple[str, ...]:
        """Codes of the owners where the person has a role, in the order of the roles."""
        codes = [grant.owner_path.split("/")[-2] for grant in self.grants]
        return tuple(dict.fromkeys(codes))


ANONYMOUS = Viewer(email="", grants=())


def owner_path(path: str) -> str:
    """The path of the owner above (or at) a unit: `/NO/11/1103/975283518/` → `/NO/11/1103/`."""
    return "/".join(path.split("/")[:OWNER_DEPTH]) + "/"


def load_viewer(user: object, today: date) -> Viewer:
    """Read the roles that hold on `today`; one query. Roles whose key is no longer known give nothing."""
    known = roles()
    rows = (
        user.memberships.filter(starts_on__lte=today)  # type: ignore[attr-defined]
        .exclude(ends_on__lt=today)
        .select_related("unit")
        .order_by("pk")
    )
    grants = tuple(Grant(known[row.role], row.unit) for row in rows if row.role in known)
    return Viewer(email=user.email, grants=grants)  # type: ignore[attr-defined]
