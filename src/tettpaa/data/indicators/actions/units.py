"""The places a file speaks of: known, new, and whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from tettpaa.core.orgs.actions import NewUnit
from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.models import OwnerSettings, Unit
from tettpaa.core.orgs.queries import successor_codes, units_by_code
from tettpaa.data.indicators.observed import Observed
from tettpaa.data.suppression.kinds import Level

KINDS = {
    Level.NATION: Kind.NATION,
    Level.COUNTY: Kind.COUNTY,
    Level.MUNICIPALITY: Kind.OWNER,
    Level.SCHOOL: Kind.SCHOOL,
    Level.GROUP: Kind.GROUP,
}
NATION = "NO"


@dataclass(frozen=True, slots=True)
class Places:
    """Codes of a file with their paths and parents, the units to be added, and the paths of other owners here.

    `apart`: invented units right under a real one (the demo's county under the nation), and groups of municipalities. They
    are no part of its sums.
    """

    paths: dict[str, str]
    parents: dict[str, str]
    new: list[NewUnit]
    others: tuple[str, ...]
    apart: frozenset[str] = frozenset()

    def allows(self, path: str) -> bool:
        """Whether this import may touch the figures of the unit with this path."""
        return not self.others or not path.startswith(self.others)

    def wholes(self, path: str) -> list[str]:
        """Paths of the units that the unit's pupils are counted in, nearest first: `/NO/11/1103/` → `/NO/11/`, `/NO/`."""
        codes = path.strip("/").split("/")
        top = max((at for at, code in enumerate(codes) if code in self.apart), default=0)
        return [f"/{'/'.join(codes[:many])}/" for many in range(len(codes) - 1, top, -1)]

    def parent(self, path: str) -> str:
        """Code of the unit above that counts the unit's pupils; empty at the top."""
        return next((whole.rstrip("/").rpartition("/")[2] for whole in self.wholes(path)), "")


class UnknownPlaceError(ValueError):
    """A file names a school that no register knows, and does not say where it lies. `args[0]` is its code."""


def places_for(cells: Sequence[Observed], owner: Unit | None) -> Places:
    """Find the units of the cells, plan the missing ones, and see which belong to another owner here.

    A school that neither a register nor its row places lies under the importing owner; without one it is refused
    with UnknownPlaceError.
    """
    first: dict[str, Observed] = {}
    for cell in cells:
        first.setdefault(cell.unit_code, cell)
    moved = successor_codes()
    named = {_parent(cell, moved) for cell in first.values()} | {_parent(cell, {}) for cell in first.values()}
    known = units_by_code(set(first) | named | {cell.county for cell in first.values()})
    paths = {code: unit.path for code, unit in known.items()}
    home = owner.code if owner else ""
    if owner:
        paths[home] = owner.path
    new: list[NewUnit] = []
    for code, cell in sorted(first.items(), key=lambda item: item[1].level):
        if code not in paths:
            _plan(code, cell, _parent(cell, moved) or home, paths, new)
    # A file names the parent valid in its own year; what adds up within the file follows that one.
    within = {code: _parent(cell, {}) or parent_code(paths[code]) for code, cell in first.items()}
    apart = frozenset(
        Unit.objects.filter(is_invented=True, parent__is_invented=False).values_list("code", flat=True)
    ) | {code for code, cell in first.items() if cell.level is Level.GROUP}
    within |= dict.fromkeys(apart & within.keys(), "")
    return Places(paths, within, new, _others(owner), apart)


def _plan(code: str, cell: Observed, parent: str, paths: dict[str, str], new: list[NewUnit]) -> None:
    if not parent and cell.level is not Level.NATION:
        raise UnknownPlaceError(code)
    if parent and parent not in paths:
        _plan_parent(parent, cell, paths, new)
    name = cell.unit_name if cell.level is Level.SCHOOL else cell.unit_name or code
    new.append(NewUnit(KINDS[cell.level], code, name or code, parent))
    paths[code] = f"{paths.get(parent, '/')}{code}/"


def _plan_parent(code: str, cell: Observed, paths: dict[str, str], new: list[NewUnit]) -> None:
    """A parent that no row and no register names: it gets its code as name until one does."""
    above = "" if code == NATION else {2: NATION, 4: code[:2]}.get(len(code), "")
    if above and above not in paths:
        _plan_parent(above, cell, paths, new)
    kind = {2: Kind.COUNTY, 4: Kind.OWNER}.get(len(code), Kind.NATION)
    new.append(NewUnit(kind, code, code, above))
    paths[code] = f"{paths.get(above, '/')}{code}/"


def _parent(cell: Observed, moved: dict[str, str]) -> str:
    if cell.level is Level.NATION:
        return ""
    if cell.level in {Level.COUNTY, Level.GROUP}:
        return NATION
    if cell.level is Level.MUNICIPALITY:
        return cell.county or cell.unit_code[:2]
    return moved.get(cell.municipality, cell.municipality)


def parent_code(path: str) -> str:
    """Code of the unit above: `/NO/11/1103/` → `11`; empty at the top."""
    parts = path.strip("/").split("/")
    return parts[-2] if len(parts) > 1 else ""


def _others(owner: Unit | None) -> tuple[str, ...]:
    """Paths of the other owners of this installation; none when the operator imports for all."""
    if owner is None:
        return ()
    return tuple(OwnerSettings.objects.exclude(unit=owner).values_list("unit__path", flat=True))
