"""The agenda: its items, what the bodies propose and the one answer they get, and sending it in time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tettpaa.core.audit.states import move
from tettpaa.core.audit.versions import ConflictError, save_changes
from tettpaa.core.orgs.models import Body
from tettpaa.core.ui.formats import day
from tettpaa.work.dialogue.actions.errors import WEEK, RefusedError, TooLateError, agenda_too_late
from tettpaa.work.dialogue.actions.plan import refuse_voices_last
from tettpaa.work.dialogue.actions.steps import send_letters, take_step, tell
from tettpaa.work.dialogue.dates import tell_wheel
from tettpaa.work.dialogue.enums import (
    BEFORE_FREEZING,
    PROPOSAL_PATHS,
    LetterKind,
    MeetingState,
    ProposalState,
)
from tettpaa.work.dialogue.models import AgendaItem, Meeting, Proposal


def _language() -> str:
    return get_language() or "nb"


@transaction.atomic
def propose(
    *, meeting: Meeting, body: Body, title: str, text: str, by: str, at: datetime | None = None
) -> Proposal:
    """A body proposes an item. Raises TooLateError after the shown deadline, or when the package is frozen."""
    when = at or timezone.now()
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.state not in BEFORE_FREEZING or timezone.localdate(when) > held.proposals_until:
        raise TooLateError(
            _("Fristen for å foreslå saker var %(day)s.") % {"day": day(held.proposals_until, _language())}
        )
    made = Proposal.objects.create(
        owner=meeting.owner,
        school=meeting.school,
        meeting=meeting,
        body=body,
        title=title,
        text=text,
        sent_at=when,
        sent_by=by,
    )
    tell(meeting, "item_proposed", by, {"body": body.key})
    return made


@transaction.atomic
def take_proposal(
    *,
    proposal: Proposal,
    by: str,
    item: AgendaItem | None = None,
    minutes: int = 10,
    answer: str = "",
    at: datetime | None = None,
) -> Proposal:
    """Into the meeting: as an item of its own before the last one, or under the item that is given."""
    _not_sent(proposal.meeting)
    held = _answer(proposal, ProposalState.TAKEN, answer, by, at)
    held.item = item or _insert(proposal, minutes)
    held.save(update_fields=["state", "version", "answer", "answered_at", "answered_by", "item"])
    proposal.item = held.item
    tell(proposal.meeting, "proposal_taken", by, {"body": proposal.body.key})
    return proposal


@transaction.atomic
def send_elsewhere(*, proposal: Proposal, answer: str, by: str, at: datetime | None = None) -> Proposal:
    """Answered that it is taken up elsewhere. The words are for the body, so they may not be empty."""
    if not answer.strip():
        raise RefusedError(_("Skriv hvor saken tas, så de som foreslo den, vet det."))
    held = _answer(proposal, ProposalState.ELSEWHERE, answer, by, at)
    held.save(update_fields=["state", "version", "answer", "answered_at", "answered_by"])
    tell(proposal.meeting, "proposal_answered", by, {"body": proposal.body.key})
    return proposal


def _answer(proposal: Proposal, to: ProposalState, answer: str, by: str, at: datetime | None) -> Proposal:
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    move(held, to, paths=PROPOSAL_PATHS)
    held.answer, held.answered_at, held.answered_by = answer.strip(), at or timezone.now(), by
    held.version += 1
    for name in ("state", "answer", "answered_at", "answered_by", "version"):
        setattr(proposal, name, getattr(held, name))
    return held


def _insert(proposal: Proposal, minutes: int) -> AgendaItem:
    """A new item before the last one, so that a voice is never last; opened by the body's voice."""
    meeting = proposal.meeting
    last = meeting.items.aggregate(last=Max("number"))["last"] or 0
    number = max(last, 1)
    meeting.items.filter(number__gte=number).update(number=last + 1)
    return AgendaItem.objects.create(
        owner=meeting.owner,
        school=meeting.school,
        meeting=meeting,
        number=number,
        title=proposal.title,
        about=proposal.text,
        minutes=minutes,
        voice=proposal.body.voice,
    )


def _not_sent(meeting: Meeting) -> Meeting:
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.state not in {*BEFORE_FREEZING, MeetingState.FROZEN}:
        raise RefusedError(_("Saklista er sendt, og kan ikke endres."))
    return held


@transaction.atomic
def save_agenda(
    *, meeting: Meeting, items: Sequence[dict[str, Any]], version: int, by: str
) -> list[AgendaItem]:
    """The whole agenda in its new order. Each: {id (None: new), title, about, minutes, voice}. `version` is the meeting's.

    Raises VoicesLastError; RefusedError once it is sent, or when an item with a proposal is taken away;
    ConflictError when somebody changed the agenda in the meantime.
    """
    held = _not_sent(meeting)
    if held.version != version:
        raise ConflictError(held, meeting)
    if not items:
        raise RefusedError(_("Saklista må ha minst én sak."))
    refuse_voices_last(items)
    known = {item.pk: item for item in meeting.items.all()}
    kept = {row["id"] for row in items if row.get("id")}
    gone = [item for pk, item in known.items() if pk not in kept]
    if any(item.proposals.exists() for item in gone):
        raise RefusedError(_("En sak som kommer fra et forslag, kan ikke tas bort uten et svar."))
    AgendaItem.objects.filter(pk__in=[item.pk for item in gone]).delete()
    saved = [_save_item(meeting, known.get(row["id"]), number, row) for number, row in enumerate(items, 1)]
    held.version += 1
    held.save(update_fields=["version"])
    meeting.version = held.version
    tell(meeting, "agenda_saved", by, {"items": len(saved)})
    return saved


def _save_item(meeting: Meeting, item: AgendaItem | None, number: int, row: dict[str, Any]) -> AgendaItem:
    fields = {"number": number, **{name: row[name] for name in ("title", "about", "minutes", "voice")}}
    if item is None:
        place = {"owner": meeting.owner, "school": meeting.school, "meeting": meeting}
        return AgendaItem.objects.create(**place, **fields)
    for name, value in fields.items():
        setattr(item, name, value)
    save_changes(item, version=item.version, fields=list(fields))
    return item


@transaction.atomic
def send_agenda(*, meeting: Meeting, by: str, at: datetime | None = None) -> Meeting:
    """Frozen → agenda sent. Refused less than seven days before the meeting, with the reason in words."""
    when = at or timezone.now()
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    left = timezone.localdate(held.starts_at) - timezone.localdate(when)
    if held.state == MeetingState.FROZEN and left < timedelta(WEEK):
        raise agenda_too_late(meeting, _language())
    refuse_voices_last([{"voice": item.voice} for item in meeting.items.all()])
    take_step(meeting, MeetingState.AGENDA, by=by, at=when)
    tell_wheel(meeting, by=by, at=when)
    send_letters(meeting, LetterKind.AGENDA, by=by, about=meeting.starts_at.isoformat())
    return meeting
