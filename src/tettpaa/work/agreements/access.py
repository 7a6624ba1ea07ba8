"""An agreement or a part of it for a viewer, or 404: its own owner and school must be the address's."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.agreements.enums import LineKind, Side, WordingState
from tettpaa.work.agreements.models import (
    Agreement,
    AgreementGoal,
    AnnexParagraph,
    Checkpoint,
    Commitment,
    CompetenceNeed,
    Consultation,
    Line,
    Wording,
)

MODELS: dict[LineKind, type[Line]] = {
    LineKind.COMMITMENT: Commitment,
    LineKind.GOAL: AgreementGoal,
    LineKind.COMPETENCE: CompetenceNeed,
    LineKind.CHECKPOINT: Checkpoint,
    LineKind.CONSULTATION: Consultation,
    LineKind.ANNEX: AnnexParagraph,
}


def agreement_for_reading(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> Agreement:
    """The whole agreement, but for the annex."""
    return _agreement(viewer, owner, school, pk, Permission.AGREEMENTS_READ)


def agreement_open_part(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> Agreement:
    """An agreement that both have signed, for those who may read open parts."""
    found = _agreement(viewer, owner, school, pk, Permission.AGREEMENTS_PUBLIC)
    if not found.is_signed:
        raise Http404
    return found


def agreement_for_writing(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> Agreement:
    return _agreement(viewer, owner, school, pk, Permission.AGREEMENTS_EDIT)


def agreement_for_signing(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> Agreement:
    return _agreement(viewer, owner, school, pk, Permission.AGREEMENTS_SIGN)


def agreement_for_annex(viewer: Viewer, owner: Unit, school: Unit, pk: UUID) -> Agreement:
    return _agreement(viewer, owner, school, pk, Permission.AGREEMENTS_ANNEX)


def sides_of(viewer: Viewer, permission: Permission, agreement: Agreement) -> frozenset[Side]:
    """For which sides the viewer speaks: the place of the role decides, not what it inherits from above."""
    found = set()
    for grant in viewer.grants:
        if permission in grant.role.permissions:
            if grant.unit.pk == agreement.school_id:
                found.add(Side.SCHOOL)
            if grant.unit.pk == agreement.owner_id:
                found.add(Side.OWNER)
    return frozenset(found)


def role_for(viewer: Viewer, permission: Permission, agreement: Agreement, side: Side) -> str:
    """The key of the role in which the viewer speaks for a side; empty for none."""
    place = agreement.school_id if side is Side.SCHOOL else agreement.owner_id
    roles = (g.role.key for g in viewer.grants if g.unit.pk == place and permission in g.role.permissions)
    return next(roles, "")


def open_wording_of(agreement: Agreement) -> Wording:
    """The text that is being written, or 404."""
    past = [WordingState.IN_FORCE, WordingState.REPLACED, WordingState.DROPPED]
    found = agreement.wordings.exclude(state__in=past).first()
    if found is None:
        raise Http404
    found.agreement = agreement
    return found


def line_of(wording: Wording, kind: LineKind, pk: UUID) -> Line:
    """One line of exactly this wording, or 404."""
    try:
        return MODELS[kind]._default_manager.get(pk=pk, wording=wording)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def promise_in_force(agreement: Agreement, pk: UUID) -> Commitment:
    """A promise of the version in force, or 404."""
    rows = Commitment.objects.select_related("wording__agreement", "initiative")
    found = rows.filter(pk=pk, wording__agreement=agreement, wording__state=WordingState.IN_FORCE).first()
    if found is None:
        raise Http404
    return found


def checkpoint_in_force(agreement: Agreement, pk: UUID) -> Checkpoint:
    """A checkpoint of the version in force, or 404."""
    rows = Checkpoint.objects.select_related("wording__agreement")
    found = rows.filter(pk=pk, wording__agreement=agreement, wording__state=WordingState.IN_FORCE).first()
    if found is None:
        raise Http404
    return found


def _agreement(viewer: Viewer, owner: Unit, school: Unit, pk: UUID, permission: Permission) -> Agreement:
    rows = Agreement.objects.select_related("owner__settings", "school")
    found = rows.filter(pk=pk, owner=owner, school=school).first()
    if found is None or not viewer.may(permission, found.school):
        raise Http404
    return found
