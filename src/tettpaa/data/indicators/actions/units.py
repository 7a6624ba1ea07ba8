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
}
NATION = "NO"


@dataclass(frozen=True, slots=True)
class Places:
    """Codes of a file with their paths, the units to be added, and which codes belong to somebody else."""

    paths: dict[str, str]
    new: list[NewUnit]
    foreign: frozenset[str]
    parents: dict[str, str]

    def allows(self, code: str) -> bool:
        """Whether this import may touch the unit's figures."""
        return code not in self.foreign


def places_for(cells: Sequence[Observed], owner: Unit | None) -> Places:
    """Find the units of the cells, plan the missing ones, and see which belong to another owner here."""
    first: dict[str, Observed] = {}
    for cell in cells:
        first.setdefault(cell.unit_code, cell)
    moved = successor_codes()
    parents = {code: _parent(cell, moved) for code, cell in first.items()}
    # A file names the parent valid in its own year; what adds up within the file follows that one.
    within = {code: _parent(cell, {}) for code, cell in first.items()}
    wanted = set(first) | set(parents.values()) | {cell.county for cell in first.values() if cell.county}
    known = units_by_code(wanted)
    paths = {code: unit.path for code, unit in known.items()}
    new: list[NewUnit] = []
    for code, cell in sorted(first.items(), key=lambda item: item[1].level):
        if code not in paths:
            _plan(code, cell, parents[code], paths, new)
    return Places(paths, new, _foreign(paths, owner), within)


def _plan(code: str, cell: Observed, parent: str, paths: dict[str, str], new: list[NewUnit]) -> None:
    if parent and parent not in paths:
        _plan_parent(parent, cell, paths, new)
    name = cell.unit_name if cell.level is Level.SCHOOL else cell.unit_name or code
    new.append(NewUnit(KINDS[cell.level], code, name or code, parent))
    paths[code] = f"{paths.get(parent, '/')}{code}/"


def _plan_parent(code: str, cell: Observed, paths: dict[str, str], new: list[NewUnit]) -> None:
    """A parent that no row and no register names: it gets its code as name until one does."""
    above = {2: NATION, 4: code[:2]}.get(len(code), "")
    if above and above not in paths:
        _plan_parent(above, cell, paths, new)
    kind = {2: Kind.COUNTY, 4: Kind.OWNER}.get(len(code), Kind.NATION)
    new.append(NewUnit(kind, code, code, above))
    paths[code] = f"{paths.get(above, '/')}{code}/"


def _parent(cell: Observed, moved: dict[str, str]) -> str:
    if cell.level is Level.NATION:
        return ""
    if cell.level is Level.COUNTY:
        return NATION
    if cell.level is Level.MUNICIPALITY:
        return cell.county or cell.unit_code[:2]
    return moved.get(cell.municipality, cell.municipality)


def _foreign(paths: dict[str, str], owner: Unit | None) -> frozenset[str]:
    """Codes below another owner of this installation; nobody's when the operator imports for all."""
    if owner is None:
        return frozenset()
    others = tuple(
        path for path in OwnerSettings.objects.exclude(unit=owner).values_list("unit__path", flat=True)
    )
    return (
        frozenset(code for code, path in paths.items() if path.startswith(others)) if others else frozenset()
    )
