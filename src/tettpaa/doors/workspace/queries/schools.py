"""The owner's schools, alphabetically, with what stands out at each."""

from dataclasses import dataclass

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.parts import Link
from tettpaa.data.indicators.queries import edition_for
from tettpaa.data.suppression.kinds import Edition
from tettpaa.doors.workspace import addresses
from tettpaa.doors.workspace.queries.attention import Attention, Item
from tettpaa.doors.workspace.queries.indicators import shared_attention


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school in the list. `item` is its strongest finding on the side nobody wants, if it has one."""

    name: str
    address: str
    grades: str
    language: str
    item: Item | None
    is_silent: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class SchoolsPage:
    """Everything the page prints; `shown` are those that the filter lets through."""

    owner: Unit
    is_internal: bool
    lines: tuple[SchoolLine, ...]
    total: int
    name: str
    only: str
    downloads: tuple[Link, ...]
    meaning: str


def schools_page(viewer: Viewer, owner: Unit, name: str, only: str) -> SchoolsPage:
    """Make the page. `name` is part of a name; `only` is `merket` for those with a finding."""
    found = shared_attention(viewer, owner)
    lines = [_line(viewer, owner, school, found) for school in schools_of(owner)]
    wanted = name.strip().casefold()
    shown = [one for one in lines if wanted in one.name.casefold() and (only != "merket" or one.item)]
    return SchoolsPage(
        owner=owner,
        is_internal=edition_for(viewer, owner) is Edition.INTERNAL,
        lines=tuple(shown),
        total=len(lines),
        name=name,
        only=only,
        downloads=addresses.downloads(addresses.of_schools(owner)),
        meaning=addresses.of_method(owner, "ordene"),
    )


def _line(viewer: Viewer, owner: Unit, school: Unit, found: Attention) -> SchoolLine:
    items = {item.address: item for item in found.items}
    address = addresses.of_school(owner, school)
    return SchoolLine(
        name=school.label,
        address=address,
        grades=f"{school.grade_from}–{school.grade_to}" if school.grade_from and school.grade_to else "",
        language=school.get_main_language_display() if school.main_language else "",
        item=items.get(address),
        is_silent=school.label in found.silent,
        is_mine=any(grant.unit.pk == school.pk for grant in viewer.grants),
    )
