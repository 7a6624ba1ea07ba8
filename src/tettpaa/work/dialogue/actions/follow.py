"""After the meeting: the rows become an agreement's draft, its promises premises of the plan, and the meeting closes."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from tettpaa.core.orgs.permissions import roles
from tettpaa.core.ui.formats import day, known
from tettpaa.work.agreements.actions import NewCommitment, Origin, draft_agreement
from tettpaa.work.agreements.enums import LIVING, Kind, Side
from tettpaa.work.agreements.models import Agreement, Commitment
from tettpaa.work.dialogue.actions.errors import RefusedError
from tettpaa.work.dialogue.actions.steps import take_step, tell
from tettpaa.work.dialogue.dates import address_of
from tettpaa.work.dialogue.enums import MeetingState
from tettpaa.work.dialogue.models import AgreementRow, Meeting
from tettpaa.work.plans.actions import add_premise

MAKES_AGREEMENT = frozenset(
    {MeetingState.APPROVED, MeetingState.PUBLISHED, MeetingState.FOLLOWED, MeetingState.CLOSED}
)


@transaction.atomic
def draft_from_rows(
    *, meeting: Meeting, kind: str = Kind.BINDING, by: str, on: date | None = None
) -> Agreement:
    """The rows of the approved minutes as the first draft of an agreement: nobody types them again.

    Asked again, the same agreement comes back. Each row keeps the line that it became.
    """
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    rows = list(held.rows.filter(is_struck=False).select_related("goal"))
    if held.state not in MAKES_AGREEMENT or meeting.school is None:
        raise RefusedError(_("Avtalen lages når begge har godkjent referatet."))
    if not rows:
        raise RefusedError(_("Møtet ga ingen løfter, så det er ingen avtale å lage."))
    title, label = _names(meeting)
    made = draft_agreement(
        owner=meeting.owner,
        school=meeting.school,
        kind=kind,
        title=title,
        rows=_commitments(rows),
        origin=Origin(f"dialogue.meeting:{meeting.pk}", label, address_of(meeting)),
        by=by,
        on=on,
    )
    if held.agreement_id != made.pk:
        lines = Commitment.objects.filter(wording__agreement=made, wording__number=1).order_by("number")
        for row, line in zip(rows, lines.values_list("line", flat=True), strict=True):
            row.commitment = line
            row.save(update_fields=["commitment"])
        held.agreement = made
        held.version += 1
        held.save(update_fields=["agreement", "version"])
        tell(meeting, "agreement_made", by, {"rows": len(rows)})
    meeting.agreement, meeting.version = made, held.version
    return made


def _names(meeting: Meeting) -> tuple[str, str]:
    """Title of the agreement, and where it came from, in the school's own language form."""
    school = meeting.school
    assert school is not None  # noqa: S101 - the caller has seen to it
    tongue = known(school.main_language or get_language())
    with override(tongue):
        when = day(timezone.localtime(meeting.starts_at), tongue)
        return (
            _("Avtale etter %(kind)s, %(school)s")
            % {"kind": meeting.kind.name.lower(), "school": school.label},
            f"{meeting.kind.name} {when}",
        )


def _commitments(rows: list[AgreementRow]) -> list[NewCommitment]:
    """A promise and its counterpart get the same number; one that stands alone has 0."""
    known_roles = roles()
    numbers = {row.answers_id: row.answers_id for row in rows if row.answers_id}
    pairs = {pk: number for number, pk in enumerate(numbers, start=1)}
    return [
        NewCommitment(
            side=Side(row.side),
            what=row.what,
            why=row.why or row.indicator,
            why_goal=row.goal,
            who=known_roles[row.who].names["nb"] if row.who in known_roles else row.who,
            role=row.who if row.who in known_roles else "",
            due_on=row.due_on,
            sign=row.sign,
            pair=pairs.get(row.answers_id or row.pk, 0),
        )
        for row in rows
    ]


@transaction.atomic
def follow_up(*, meeting: Meeting, by: str, at: datetime | None = None) -> Meeting:
    """Published → followed up. Refused while the meeting's promises are not in an agreement."""
    if meeting.rows.filter(is_struck=False).exists() and meeting.agreement_id is None:
        raise RefusedError(_("Lag avtalen av løftene først."))
    return take_step(meeting, MeetingState.FOLLOWED, by=by, at=at)


@transaction.atomic
def close(*, meeting: Meeting, by: str, at: datetime | None = None) -> Meeting:
    return take_step(meeting, MeetingState.CLOSED, by=by, at=at)


@transaction.atomic
def carry_premises(*, meeting: Meeting, by: str, on: date | None = None) -> int:
    """When the agreement holds, the school's promises become premises of its next plan. Returns how many; once."""
    held = Meeting.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=meeting.pk)
    agreement, school = held.agreement, meeting.school
    if school is None or agreement is None or agreement.state not in LIVING or held.carried_on:
        return 0
    rows = list(held.rows.filter(is_struck=False, side=Side.SCHOOL))
    for row in rows:
        add_premise(
            owner=meeting.owner,
            school=school,
            year=meeting.year + 1,
            text=row.what,
            source=f"dialogue.row:{row.pk}",
            address=address_of(meeting),
            by=by,
        )
    held.carried_on = on or timezone.localdate()
    held.save(update_fields=["carried_on"])
    return len(rows)
