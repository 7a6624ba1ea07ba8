"""Advice, guidance and instructions, and the agreements and meetings that belong to a case."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.work.agreements.models import Agreement
from tettpaa.work.dialogue.models import Meeting
from tettpaa.work.followup.actions.telling import tell
from tettpaa.work.followup.enums import FOLLOWED, SUPPORT_PATHS, Giver, SupportKind, SupportState
from tettpaa.work.followup.models import CaseLink, FollowUpCase, Support


@dataclass(frozen=True, slots=True)
class NewSupport:
    """What is given, by whom, to whom, on what basis. `giver_name` says who, when it is somebody else."""

    kind: str
    giver: str
    receiver: str
    text: str
    basis: str = ""
    giver_name: str = ""


@transaction.atomic
def give_support(*, case: FollowUpCase, support: NewSupport, by: str, on: date | None = None) -> Support:
    """Give advice, guidance or an instruction. An instruction names its basis; somebody else is named."""
    if case.state not in FOLLOWED:
        raise NotAllowedError(case.state, SupportState.GIVEN)
    if support.kind == SupportKind.INSTRUCTION and not support.basis.strip():
        raise ValueError("an instruction names its basis")
    if support.giver == Giver.OTHER and not support.giver_name.strip():
        raise ValueError("say who gives it")
    row = Support.objects.create(
        owner=case.owner,
        school=case.school,
        case=case,
        kind=support.kind,
        giver=support.giver,
        giver_name=support.giver_name,
        receiver=support.receiver,
        text=support.text,
        basis=support.basis,
        given_on=on or timezone.localdate(),
    )
    tell("followup.support_given", case.owner, case.pk, by, {"kind": support.kind})
    return row


@transaction.atomic
def move_support(*, support: Support, to: str, by: str, text: str = "", on: date | None = None) -> None:
    """Acknowledged by the school, acted on, evaluated; the last two with words on what came of it."""
    if to != SupportState.ACKNOWLEDGED and not text.strip():
        raise ValueError("say what was done, or what came of it")
    held = Support.objects.select_for_update(of=("self",)).select_related("owner").get(pk=support.pk)
    move(held, to, paths=SUPPORT_PATHS)
    on = on or timezone.localdate()
    if to == SupportState.ACKNOWLEDGED:
        held.acknowledged_on = on
    elif to == SupportState.ACTED:
        held.acted_on, held.acted_text = on, text
    else:
        held.evaluated_on, held.evaluation = on, text
    held.save()
    tell("followup.support_moved", held.owner, held.case_id, by, {"state": to})
    support.refresh_from_db()


@transaction.atomic
def link_agreement(*, case: FollowUpCase, agreement: Agreement, by: str) -> None:
    """The agreement belongs to the case."""
    if agreement.school_id != case.school_id:
        raise ValueError("the agreement is the school's own")
    CaseLink.objects.get_or_create(case=case, agreement=agreement)
    tell("followup.case_linked", case.owner, case.pk, by, {"to": "agreement"})


@transaction.atomic
def link_meeting(*, case: FollowUpCase, meeting: Meeting, by: str) -> None:
    """The meeting belongs to the case."""
    if meeting.school_id != case.school_id:
        raise ValueError("the meeting is the school's own")
    CaseLink.objects.get_or_create(case=case, meeting=meeting)
    tell("followup.case_linked", case.owner, case.pk, by, {"to": "meeting"})
