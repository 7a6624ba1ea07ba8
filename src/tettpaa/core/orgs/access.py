"""Places for a viewer: the unit, or 404. A foreign place looks like none at all (R4)."""

from django.http import Http404

from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer


def place_of(
    viewer: Viewer, permission: Permission, *, owner_code: str, school_code: str | None = None
) -> tuple[Unit, Unit | None]:
    """The owner, and the school if a code is given, where the viewer has the permission; else Http404."""
    codes = [owner_code] if school_code is None else [owner_code, school_code]
    found = {unit.code: unit for unit in Unit.objects.select_related("settings").filter(code__in=codes)}
    owner = found.get(owner_code)
    if owner is None or owner.kind != Kind.OWNER or not hasattr(owner, "settings"):
        raise Http404
    school = found.get(school_code or "")
    if school_code is not None and (
        school is None or school.kind != Kind.SCHOOL or not school.is_below(owner)
    ):
        raise Http404
    if not viewer.may(permission, school or owner):
        raise Http404
    return owner, school
