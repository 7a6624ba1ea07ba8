"""An initiative or a review for a viewer, or 404: the row's own owner must be the address's."""

from uuid import UUID

from django.http import Http404

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.initiatives.models import EffectReview, Initiative


def initiative_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> Initiative:
    """The initiative, if the viewer may read initiatives where it belongs; else Http404."""
    return _initiative(viewer, owner, pk, Permission.INITIATIVES_READ)


def initiative_for_writing(viewer: Viewer, owner: Unit, pk: UUID) -> Initiative:
    """The same for those who may change it."""
    return _initiative(viewer, owner, pk, Permission.INITIATIVES_EDIT)


def review_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> EffectReview:
    """The effect review, if the viewer may read the initiative it is about; else Http404."""
    return _review(viewer, owner, pk, Permission.INITIATIVES_READ)


def review_for_writing(viewer: Viewer, owner: Unit, pk: UUID) -> EffectReview:
    """The same for those who may write or check it."""
    return _review(viewer, owner, pk, Permission.INITIATIVES_EDIT)


def _initiative(viewer: Viewer, owner: Unit, pk: UUID, permission: Permission) -> Initiative:
    found = Initiative.objects.filter(pk=pk, owner=owner).select_related("owner", "school", "goal").first()
    if found is None or not viewer.may(permission, found.place):
        raise Http404
    return found


def _review(viewer: Viewer, owner: Unit, pk: UUID, permission: Permission) -> EffectReview:
    rows = EffectReview.objects.filter(pk=pk, owner=owner)
    found = rows.select_related("owner", "school", "initiative__school", "initiative__goal").first()
    if found is None or not viewer.may(permission, found.school or found.owner):
        raise Http404
    return found
