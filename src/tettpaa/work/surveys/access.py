"""A round for a viewer, or 404; and who may see its result: the school once it is closed, the owner while shared."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.surveys.enums import COUNTED, State
from tettpaa.work.surveys.models import AssessmentRound


def placed_school(request: PlacedRequest) -> Unit:
    """The school of a route that names one."""
    if request.school is None:
        raise Http404
    return request.school


def round_for_reading(viewer: Viewer, school: Unit, pk: UUID) -> AssessmentRound:
    """The round at this school, for those who may read self-assessments there; else Http404."""
    return _round(viewer, school, pk, Permission.ASSESSMENTS_READ)


def round_for_running(viewer: Viewer, school: Unit, pk: UUID) -> AssessmentRound:
    """The same for those who plan, close and share."""
    return _round(viewer, school, pk, Permission.ASSESSMENTS_RUN)


def round_for_answering(viewer: Viewer, school: Unit, pk: UUID) -> AssessmentRound:
    """The same for those who answer."""
    return _round(viewer, school, pk, Permission.ASSESSMENTS_ANSWER)


def is_of_school(viewer: Viewer, school: Unit) -> bool:
    """Whether the viewer reads self-assessments by a role at the school itself, not from above."""
    return any(
        grant.unit.pk == school.pk and Permission.ASSESSMENTS_READ in grant.role.permissions
        for grant in viewer.grants
    )


def may_see_result(viewer: Viewer, round: AssessmentRound) -> bool:  # noqa: A002 - the room's word
    """The school's own see it from closing on; from above one sees it only while the head shares it."""
    return may_see_at(viewer, round.school, round.state)


def may_see_at(viewer: Viewer, school: Unit, state: str) -> bool:
    """`may_see_result` of any round of the school in this state."""
    if not viewer.may(Permission.ASSESSMENTS_READ, school):
        return False
    return state == State.SHARED or (state in COUNTED and is_of_school(viewer, school))


def results_for(viewer: Viewer, prefix: str = "") -> Q:
    """The condition of `may_see_result` on states, for queries; `prefix` leads to the round (`round__`)."""
    own = [grant.unit.pk for grant in viewer.grants if Permission.ASSESSMENTS_READ in grant.role.permissions]
    at_own = Q(**{f"{prefix}state__in": COUNTED, f"{prefix}school__in": own})
    return Q(**{f"{prefix}state": State.SHARED}) | at_own


def _round(viewer: Viewer, school: Unit, pk: UUID, permission: Permission) -> AssessmentRound:
    found = AssessmentRound.objects.filter(pk=pk, school=school).select_related("owner", "school").first()
    if found is None or not school.is_below(found.owner) or not viewer.may(permission, school):
        raise Http404
    return found
