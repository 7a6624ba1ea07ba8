"""A meeting of a network: its agenda, what was said, what was agreed to do, and minutes that are approved once."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.seal import canonical, fingerprint
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import save_changes
from tettpaa.core.orgs.models import Unit
from tettpaa.work.offers.actions.errors import NotReadyError
from tettpaa.work.offers.enums import MinutesState
from tettpaa.work.offers.models import AgendaItem, ApprovedMinutes, Attendance, FollowUp, Gathering
from tettpaa.work.yearwheel.actions import drop_date, finish_date, put_date


@dataclass(frozen=True, slots=True)
class NewFollowUp:
    """What somebody does, by a role at the owner, or at one school."""

    what: str
    role: str
    due_on: date
    school: Unit | None = None


@transaction.atomic
def add_item(*, gathering: Gathering, title: str, by: str, about: str = "") -> AgendaItem:
    """An item at the end of the agenda. Raises NotAllowedError when the minutes are approved."""
    found = _open(gathering)
    made = AgendaItem.objects.create(
        owner_id=found.owner_id,
        gathering=found,
        number=_next(found.items),
        title=title[:160],
        about=about,
    )
    _record(kind="offers.item_added", gathering=found, by=by)
    return made


@transaction.atomic
def write_item(*, item: AgendaItem, version: int, by: str) -> AgendaItem:
    """Save title, about and what was said, as they stand on `item`. Raises ConflictError, NotAllowedError."""
    found = _open(item.gathering)
    save_changes(item, version=version, fields=("title", "about", "said"))
    _record(kind="offers.item_written", gathering=found, by=by)
    return item


@transaction.atomic
def drop_item(*, item: AgendaItem, by: str) -> None:
    """Take an item off the agenda. Raises NotReadyError once something is written on it."""
    found = _open(item.gathering)
    if item.said.strip():
        raise NotReadyError("said")
    AgendaItem.objects.filter(pk=item.pk).delete()
    _record(kind="offers.item_dropped", gathering=found, by=by)


@transaction.atomic
def add_follow_up(*, gathering: Gathering, follow_up: NewFollowUp, by: str) -> FollowUp:
    """What was agreed, with its date in the year wheel of the one who does it."""
    found = _open(gathering)
    school = follow_up.school
    if school is not None and not school.is_below(found.owner):
        raise ValueError("the school of a follow-up is its owner's")
    made = FollowUp.objects.create(
        owner_id=found.owner_id,
        gathering=found,
        number=_next(found.follow_ups),
        what=follow_up.what[:300],
        role=follow_up.role,
        school=school,
        due_on=follow_up.due_on,
    )
    put_date(
        owner=found.owner,
        school=school,
        source=source_of(made),
        title=made.what,
        due_on=made.due_on,
        role=made.role,
        address=reverse("offers:gathering", kwargs={"owner": found.owner.code, "gathering": found.pk}),
        by=by,
    )
    _record(kind="offers.follow_up_added", gathering=found, by=by)
    return made


@transaction.atomic
def finish_follow_up(*, follow_up: UUID, by: str, on: date | None = None) -> FollowUp:
    """It is done; the year wheel knows. Twice is once."""
    row = (
        FollowUp.objects.select_for_update(of=("self",)).select_related("gathering__owner").get(pk=follow_up)
    )
    if row.done_on is None:
        row.done_on = on or timezone.localdate()
        row.save(update_fields=["done_on"])
        finish_date(source=source_of(row), by=by)
        _record(kind="offers.follow_up_done", gathering=row.gathering, by=by)
    return row


@transaction.atomic
def drop_follow_up(*, follow_up: UUID, by: str) -> None:
    """Take it away again before the minutes are approved."""
    row = FollowUp.objects.select_related("gathering__owner").get(pk=follow_up)
    found = _open(row.gathering)
    drop_date(source=source_of(row), by=by)
    row.delete()
    _record(kind="offers.follow_up_dropped", gathering=found, by=by)


def source_of(follow_up: FollowUp) -> str:
    """What the date in the year wheel comes from."""
    return f"offers.follow_up:{follow_up.pk}"


@transaction.atomic
def approve_minutes(*, gathering: Gathering, by: str, at: datetime | None = None) -> ApprovedMinutes:
    """Freeze what was said and agreed, under its fingerprint. Twice is once. Raises NotReadyError before the day."""
    found = Gathering.objects.select_for_update(of=("self",)).select_related("owner").get(pk=gathering.pk)
    if found.minutes_state == MinutesState.APPROVED:
        return found.approved
    at = at or timezone.now()
    if timezone.localdate(at) < found.on:
        raise NotReadyError("to_come")
    if not found.items.exists():
        raise NotReadyError("agenda")
    text = canonical(_content(found))
    made = ApprovedMinutes.objects.create(
        gathering=found, content=text, sha256=fingerprint(text), at=at, by=by[:200]
    )
    found.minutes_state = MinutesState.APPROVED
    found.version += 1
    found.save(update_fields=["minutes_state", "version"])
    _record(kind="offers.minutes_approved", gathering=found, by=by, detail={"sha256": made.sha256})
    return made


def _content(gathering: Gathering) -> dict[str, object]:
    came = Attendance.objects.filter(gathering=gathering, came=True).select_related("employee")
    return {
        "title": gathering.title,
        "on": gathering.on.isoformat(),
        "where": gathering.where,
        "came": sorted(row.employee.name for row in came),
        "items": [
            {"title": one.title, "about": one.about, "said": one.said} for one in gathering.items.all()
        ],
        "follow_ups": [
            {
                "what": one.what,
                "role": one.role,
                "school": one.school.label if one.school else "",
                "due_on": one.due_on.isoformat(),
            }
            for one in gathering.follow_ups.select_related("school")
        ],
    }


def _open(gathering: Gathering) -> Gathering:
    """The gathering, held, while its minutes may still be written."""
    found = Gathering.objects.select_for_update(of=("self",)).select_related("owner").get(pk=gathering.pk)
    if found.minutes_state == MinutesState.APPROVED:
        raise NotAllowedError(MinutesState.APPROVED, MinutesState.DRAFT)
    return found


def _next(rows) -> int:  # type: ignore[no-untyped-def]
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _record(*, kind: str, gathering: Gathering, by: str, detail: dict[str, str] | None = None) -> None:
    record(
        kind=kind,
        by=by,
        subject="gathering",
        subject_key=str(gathering.pk),
        owner=gathering.owner.code,
        detail=detail,
    )
