"""Which rows of the room a viewer may have. Each is fetched with the owner of its address."""

from uuid import UUID

from django.db.models import Q

from tettpaa.core.orgs.enums import BodyLevel
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.report.decisions.enums import CaseState
from tettpaa.report.decisions.models import (
    CaseStep,
    DecisionItem,
    Hearing,
    PoliticalCase,
    Publication,
    Statement,
)


def prepares(viewer: Viewer, owner: Unit) -> bool:
    """Whether the viewer sees a case before it is sent."""
    return viewer.may(Permission.DECISIONS_EDIT, owner) or viewer.may(Permission.DECISIONS_SUBMIT, owner)


def cases_for(viewer: Viewer, owner: Unit) -> Q:
    """A case that was never sent is seen by those who prepare it, and by nobody else."""
    if prepares(viewer, owner):
        return Q(owner=owner)
    if viewer.may(Permission.DECISIONS_READ, owner):
        return Q(owner=owner, rounds__gt=0)
    return Q(pk=None)


def case_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> PoliticalCase | None:
    """The case at its own owner."""
    found = PoliticalCase.objects.select_related("owner__settings", "report", "plan__owner")
    return found.filter(cases_for(viewer, owner), pk=pk).first()


def case_for_preparing(viewer: Viewer, owner: Unit, pk: UUID) -> PoliticalCase | None:
    """The case for those who write it or send it."""
    return case_for_reading(viewer, owner, pk) if prepares(viewer, owner) else None


def step_for_editing(viewer: Viewer, owner: Unit, pk: UUID) -> CaseStep | None:
    """A step of a case, by the step's own key."""
    if not viewer.may(Permission.DECISIONS_EDIT, owner):
        return None
    return CaseStep.objects.select_related("case__owner").filter(case__owner=owner, pk=pk).first()


def hearing_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> Hearing | None:
    """The hearing for those who speak for its body, and for those who prepare the case."""
    rows = Hearing.objects.select_related("case__owner", "case__plan__owner", "case__report", "body", "owner")
    found = rows.filter(owner=owner, pk=pk).first()
    if found is None:
        return None
    if prepares(viewer, owner) or places_to_speak_from(viewer, found):
        return found
    is_out = found.case.rounds > 0 and viewer.may(Permission.DECISIONS_READ, owner)
    return found if is_out else None


def places_to_speak_from(viewer: Viewer, hearing: Hearing) -> list[Unit]:
    """Where the viewer speaks for the hearing's body: schools, or the owner itself. Usually one."""
    places = [
        grant.unit
        for grant in viewer.grants
        if grant.role.key == hearing.body.role
        and Permission.HEARINGS_ANSWER in grant.role.permissions
        and grant.unit.is_below(hearing.owner)
        and (grant.unit.pk == hearing.owner_id) == (hearing.body.level == BodyLevel.OWNER)
    ]
    return list(dict.fromkeys(places))


def statement_for_answering(viewer: Viewer, owner: Unit, pk: UUID) -> Statement | None:
    """A statement for those who say what it changed."""
    if not viewer.may(Permission.DECISIONS_EDIT, owner):
        return None
    found = Statement.objects.select_related("hearing__case__owner", "hearing__body", "school")
    return found.filter(owner=owner, pk=pk).first()


def item_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> DecisionItem | None:
    """A point of a decision; decisions are public."""
    if not viewer.may(Permission.DECISIONS_READ, owner):
        return None
    found = DecisionItem.objects.select_related(
        "owner",
        "protocol__case__report",
        "protocol__case__plan",
        "initiative__school",
        "task",
        "goal",
        "school",
    )
    return found.filter(owner=owner, pk=pk).first()


def publication_for_working(viewer: Viewer, owner: Unit, pk: UUID) -> Publication | None:
    """The publishing of a report, for those who may read its draft."""
    if not viewer.may(Permission.REPORTS_READ, owner):
        return None
    found = Publication.objects.select_related("report__owner__settings", "owner")
    return found.filter(owner=owner, pk=pk).first()


def decided(case: PoliticalCase) -> bool:
    """Whether the case has come to its decision."""
    return case.state in (CaseState.DECIDED, CaseState.CLOSED)
