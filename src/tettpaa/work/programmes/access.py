"""A programme or one of its parts for a viewer, or 404: the row's own owner must be the address's."""

from typing import Any
from uuid import UUID

from django.http import Http404

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.programmes.kinds import PARTS
from tettpaa.work.programmes.models import Milestone, Programme


def may_edit(viewer: Viewer, owner: Unit) -> bool:
    """Whether the viewer writes the owner's programmes."""
    return viewer.may(Permission.PROGRAMMES_EDIT, owner)


def programme_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> Programme:
    """The programme, if it is on the open overview or the viewer writes programmes; else Http404."""
    found = (
        Programme.objects.filter(pk=pk, owner=owner).select_related("owner", "parent", "area", "goal").first()
    )
    if found is None or not viewer.may(Permission.COMPETENCE_READ, owner):
        raise Http404
    if found.published_on is None and not may_edit(viewer, owner):
        raise Http404
    return found


def programme_for_writing(viewer: Viewer, owner: Unit, pk: UUID) -> Programme:
    """The same for those who write programmes."""
    if not may_edit(viewer, owner):
        raise Http404
    return programme_for_reading(viewer, owner, pk)


def part_for_writing(viewer: Viewer, owner: Unit, programme: UUID, kind: str, pk: UUID) -> Any:
    """A part of the programme, of a kind that `actions.PARTS` knows; else Http404."""
    place = programme_for_writing(viewer, owner, programme)
    model: Any = PARTS[kind].model if kind in PARTS else None
    found = model.objects.filter(pk=pk, programme=place).first() if model else None
    if found is None:
        raise Http404
    found.programme = place
    return found


def milestone_for_writing(viewer: Viewer, owner: Unit, programme: UUID, pk: UUID) -> Milestone:
    """A milestone of the programme, for those who write programmes; else Http404."""
    found: Milestone = part_for_writing(viewer, owner, programme, "milepel", pk)
    return found
