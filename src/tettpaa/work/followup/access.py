"""Follow-up is seen only by those with the permission at the school, and each look is written down by the view."""

from uuid import UUID

from django.db.models import Model

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.followup.models import Criterion, Engagement, FollowUpCase, LadderStep, Support


def reads(viewer: Viewer, place: Unit) -> bool:
    """Whether cases of the place are there for the viewer at all."""
    return viewer.may(Permission.CASES_READ, place)


def case_for_reading(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> FollowUpCase | None:
    """The case at its own owner and school, or nothing."""
    return _case(viewer, owner, school, pk, Permission.CASES_READ)


def case_for_writing(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> FollowUpCase | None:
    """For the owner's side: support, criteria, reviews, engagements."""
    return _case(viewer, owner, school, pk, Permission.CASES_WRITE)


def case_for_deciding(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> FollowUpCase | None:
    """For the one who decides the step."""
    return _case(viewer, owner, school, pk, Permission.CASES_DECIDE)


def case_for_commenting(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> FollowUpCase | None:
    """For the principal."""
    return _case(viewer, owner, school, pk, Permission.CASES_COMMENT)


def _case(viewer: Viewer, owner: Unit, school: Unit, pk: UUID, needed: Permission) -> FollowUpCase | None:
    if not viewer.may(needed, school):
        return None
    found = FollowUpCase.objects.select_related("owner", "school", "step")
    return found.filter(owner=owner, school=school, pk=pk).first()


def support_in(case: FollowUpCase, pk: UUID) -> Support | None:
    return Support.objects.select_related("case", "owner", "school").filter(case=case, pk=pk).first()


def criterion_in(case: FollowUpCase, pk: UUID) -> Criterion | None:
    return Criterion.objects.select_related("case").filter(case=case, pk=pk).first()


def step_in(owner: Unit, key: str) -> LadderStep | None:
    """A step of the owner's own ladder."""
    return LadderStep.objects.filter(owner=owner, is_active=True, key=key).first()


def engagement_for_reading(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> Engagement | None:
    """An adviser engagement at its own school."""
    if not reads(viewer, school):
        return None
    found = Engagement.objects.select_related("owner", "school", "case")
    return found.filter(owner=owner, school=school, pk=pk).first()


def own(row: Model, owner: Unit, school: Unit) -> bool:
    """Whether the row belongs to this owner and school."""
    return getattr(row, "owner_id", None) == owner.pk and getattr(row, "school_id", None) == school.pk
