"""In the meeting and after it: paragraphs and promises, each saved by itself, and what both sides say to the draft."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tettpaa.core.audit.versions import save_changes
from tettpaa.work.agreements.bases import bases_on
from tettpaa.work.dialogue.access import Standing
from tettpaa.work.dialogue.actions.errors import RefusedError
from tettpaa.work.dialogue.actions.steps import send_letters, take_step, tell
from tettpaa.work.dialogue.dates import tell_wheel
from tettpaa.work.dialogue.enums import WRITES_MINUTES, LetterKind, MeetingState, ParagraphKind, Side
from tettpaa.work.dialogue.models import AgendaItem, AgreementRow, Meeting, MinutesComment, Paragraph
from tettpaa.work.plans.models import Goal


@dataclass(frozen=True)
class Promise:
    """The five fields of a line, in their fixed order, after whose line it is."""

    side: Side
    what: str
    goal: Goal | None
    indicator: str
    why: str
    who: str
    due_on: date
    sign: str
    answers: AgreementRow | None = None


def _writing(meeting: Meeting) -> Meeting:
    """The meeting, locked; refused before the agenda is sent and after the draft has been commented."""
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.state not in WRITES_MINUTES:
        raise RefusedError(_("Det skrives ikke i dette referatet nå."))
    return held


def _checked_basis(basis: str, at: datetime) -> str:
    if basis and basis not in {one.key for one in bases_on(timezone.localdate(at))}:
        raise RefusedError(_("Denne hjemmelen gjelder ikke i dag."))
    return basis


@transaction.atomic
def write_paragraph(
    *,
    item: AgendaItem,
    text: str,
    by: str,
    kind: ParagraphKind = ParagraphKind.SAID,
    basis: str = "",
    at: datetime | None = None,
) -> Paragraph:
    """A new paragraph under an item. Several may write at once; each paragraph is a row of its own."""
    _writing(item.meeting)
    when = at or timezone.now()
    made = Paragraph.objects.create(
        owner=item.owner,
        school=item.school,
        meeting=item.meeting,
        item=item,
        kind=kind,
        text=text.strip(),
        basis=_checked_basis(basis, when),
        written_at=when,
        written_by=by,
    )
    tell(item.meeting, "minutes_written", by, {"item": item.number})
    return made


@transaction.atomic
def change_paragraph(
    *,
    paragraph: Paragraph,
    text: str,
    version: int,
    by: str,
    basis: str = "",
    at: datetime | None = None,
) -> Paragraph:
    """Raises ConflictError when somebody changed it since `version`; theirs and mine are in the error."""
    _writing(paragraph.meeting)
    if basis != paragraph.basis:
        paragraph.basis = _checked_basis(basis, at or timezone.now())
    paragraph.text = text.strip()
    save_changes(paragraph, version=version, fields=["text", "basis"])
    tell(paragraph.meeting, "minutes_written", by, {"item": paragraph.item.number})
    return paragraph


@transaction.atomic
def strike_paragraph(*, paragraph: Paragraph, version: int, by: str) -> None:
    """Take a paragraph out. It stays in the table, struck, until the minutes are approved without it."""
    _writing(paragraph.meeting)
    paragraph.is_struck = True
    save_changes(paragraph, version=version, fields=["is_struck"])
    tell(paragraph.meeting, "minutes_struck", by, {"item": paragraph.item.number})


@transaction.atomic
def add_row(*, meeting: Meeting, promise: Promise, by: str, item: AgendaItem | None = None) -> AgreementRow:
    """A promise of one side, at the end of the list. Only a meeting at a school makes an agreement."""
    _writing(meeting)
    _check(meeting, promise)
    last = meeting.rows.aggregate(last=Max("number"))["last"] or 0
    made = AgreementRow.objects.create(
        owner=meeting.owner,
        school=meeting.school,
        meeting=meeting,
        item=item,
        number=last + 1,
        **_fields(promise),
    )
    tell(meeting, "row_added", by, {"side": promise.side})
    return made


@transaction.atomic
def change_row(*, row: AgreementRow, promise: Promise, version: int, by: str) -> AgreementRow:
    """Raises ConflictError when somebody changed it since `version`."""
    _writing(row.meeting)
    _check(row.meeting, promise)
    wanted = _fields(promise)
    for name, value in wanted.items():
        setattr(row, name, value)
    save_changes(row, version=version, fields=list(wanted))
    tell(row.meeting, "row_changed", by, {"side": promise.side})
    return row


@transaction.atomic
def strike_row(*, row: AgreementRow, version: int, by: str) -> None:
    _writing(row.meeting)
    row.is_struck = True
    save_changes(row, version=version, fields=["is_struck"])
    tell(row.meeting, "row_struck", by, {"side": row.side})


def _check(meeting: Meeting, promise: Promise) -> None:
    if meeting.school_id is None:
        raise RefusedError(_("En avtale gjelder én skole. Dette møtet er for hele kommunen."))
    if promise.goal is not None and promise.goal.owner_id != meeting.owner_id:
        raise RefusedError(_("Målet hører ikke til her."))
    if promise.goal is None and not promise.indicator and not promise.why:
        raise RefusedError(_("Velg et mål eller et tall, eller skriv hvorfor."))
    answered = promise.answers
    if answered is not None and (answered.meeting_id != meeting.pk or answered.side == promise.side):
        raise RefusedError(_("Et løfte kan bare svare på et løfte fra den andre siden."))


def _fields(promise: Promise) -> dict[str, object]:
    return {field.name: getattr(promise, field.name) for field in fields(promise)}


@transaction.atomic
def hold_meeting(
    *,
    meeting: Meeting,
    present: Collection[str],
    by: str,
    next_check_on: date | None = None,
    at: datetime | None = None,
) -> Meeting:
    """The meeting took place. `present` are the roles that were there; the other invited ones were absent."""
    for row in meeting.participants.all():
        row.was_present = row.role in present
        row.save(update_fields=["was_present"])
    take_step(meeting, MeetingState.HELD, by=by, at=at, fields={"next_check_on": next_check_on})
    tell_wheel(meeting, by=by, at=at)
    return meeting


@transaction.atomic
def send_minutes(*, meeting: Meeting, by: str, at: datetime | None = None) -> Meeting:
    """The draft goes to both sides for comments. Refused while nothing is written."""
    if not meeting.paragraphs.filter(is_struck=False).exists():
        raise RefusedError(_("Referatet er tomt. Skriv kort hva som ble sagt og hva dere kom til."))
    take_step(meeting, MeetingState.DRAFT, by=by, at=at)
    tell_wheel(meeting, by=by, at=at)
    send_letters(meeting, LetterKind.COMMENTS, by=by, about=str(meeting.version))
    return meeting


@transaction.atomic
def comment(
    *,
    meeting: Meeting,
    who: Standing,
    text: str,
    by: str,
    item: AgendaItem | None = None,
    at: datetime | None = None,
) -> MinutesComment:
    """What a side says to the draft. Both may, as long as the draft is out."""
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.state != MeetingState.DRAFT or who.side is None:
        raise RefusedError(_("Referatet er ikke ute til kommentar nå."))
    made = MinutesComment.objects.create(
        meeting=meeting,
        item=item,
        side=who.side,
        role=who.role,
        text=text.strip(),
        at=at or timezone.now(),
        by=by,
    )
    tell(meeting, "minutes_commented", by, {"side": who.side})
    return made
