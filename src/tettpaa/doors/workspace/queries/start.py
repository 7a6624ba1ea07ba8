"""Where a reader belongs after signing in."""

from dataclasses import dataclass

from django.urls import reverse

from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.queries import owners_for
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.parts import Link
from tettpaa.doors.workspace import addresses


@dataclass(frozen=True, slots=True)
class StartPage:
    """Either an address to go on to, or places to choose from; neither for somebody without a role."""

    address: str
    places: tuple[Link, ...] = ()


def _only_decides(viewer: Viewer) -> bool:
    """A council member: the six questions, and what was decided last."""
    return {grant.role.key for grant in viewer.grants} == {"council_member"}


def start_page(viewer: Viewer) -> StartPage:
    """The only owner's overview, or the only school of somebody whose roles are at schools."""
    owners = owners_for(viewer)
    if not owners:
        return StartPage("")
    if len(owners) > 1:
        return StartPage("", tuple(Link(one.label, addresses.of_owner(one)) for one in owners))
    owner = owners[0]
    schools = {grant.unit.pk: grant.unit for grant in viewer.grants if grant.unit.kind == Kind.SCHOOL}
    wider = [grant for grant in viewer.grants if grant.unit.kind != Kind.SCHOOL]
    if _only_decides(viewer):
        return StartPage(reverse("decisions:decisions", kwargs={"owner": owner.code}))
    if len(schools) == 1 and viewer.only_speaks:  # their meeting, and what became of their items
        place = {"owner": owner.code, "school": next(iter(schools.values())).code}
        return StartPage(reverse("dialogue:school_meetings", kwargs=place))
    if len(schools) == 1 and not wider:
        return StartPage(addresses.of_school(owner, next(iter(schools.values()))))
    if viewer.may(Permission.FIGURES_READ, owner):
        return StartPage(addresses.of_owner(owner))
    return StartPage(addresses.of_office(owner) if viewer.may(Permission.ACCESS_READ, owner) else "")
