"""Gatherings: the day itself, who says they come, who came, the tasks between and what was spread."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.versions import save_changes
from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.actions.errors import NotReadyError, NotTakingPartError
from tettpaa.work.offers.actions.line import tell_called_off
from tettpaa.work.offers.enums import Answer, How
from tettpaa.work.offers.models import (
    Attendance,
    Gathering,
    GuestAttendance,
    GuestPlace,
    Network,
    Offer,
)
from tettpaa.work.offers.parts import takes_part

FIELDS: Final = ("on", "starts", "ends", "title", "where", "link", "task")


@dataclass(frozen=True, slots=True)
class NewGathering:
    """One day. `task`: what one does until the next one. Times may be left out for a whole day."""

    on: date
    title: str
    starts: time | None = None
    ends: time | None = None
    where: str = ""
    link: str = ""
    task: str = field(default="")


@transaction.atomic
def add_gathering(
    *, gathering: NewGathering, by: str, offer: Offer | None = None, network: Network | None = None
) -> Gathering:
    """A day of an offer or a network. A day of an offer that is a network's year belongs to both."""
    of = offer or network
    if of is None:
        raise ValueError("a gathering belongs to an offer or a network")
    made = Gathering.objects.create(
        owner_id=of.owner_id,
        offer=offer,
        network_id=offer.network_id if offer else network.pk if network else None,
        **{name: getattr(gathering, name) for name in FIELDS},
    )
    _set_start(made)
    _record(kind="offers.gathering_added", gathering=made, by=by)
    return made


@transaction.atomic
def change_gathering(*, gathering: Gathering, version: int, by: str) -> Gathering:
    """Save the words (FIELDS) as they stand on it; the calendars follow. Raises ConflictError."""
    gathering.changed_at = timezone.now()
    save_changes(gathering, version=version, fields=(*FIELDS, "changed_at"))
    _set_start(gathering)
    _record(kind="offers.gathering_changed", gathering=gathering, by=by)
    return gathering


@transaction.atomic
def cancel_gathering(*, gathering: Gathering, by: str) -> Gathering:
    """Call one day off. It stays on the pages, struck out, and a letter tells those who were to come, so
    that nobody stands at a locked door."""
    found = Gathering.objects.select_for_update(of=("self",)).select_related("owner").get(pk=gathering.pk)
    if not found.is_cancelled:
        found.is_cancelled = True
        found.version += 1
        found.save(update_fields=["is_cancelled", "version", "changed_at"])
        _set_start(found)
        _record(kind="offers.gathering_cancelled", gathering=found, by=by)
        if found.on >= timezone.localdate():
            tell_called_off(owner=found.owner.code, by=by, gathering=str(found.pk))
    return found


def _set_start(gathering: Gathering) -> None:
    """The offer begins with its first gathering."""
    if gathering.offer_id is not None:
        days = Gathering.objects.filter(offer=gathering.offer_id, is_cancelled=False)
        first = days.aggregate(first=Min("on"))["first"]
        Offer.objects.filter(pk=gathering.offer_id).update(
            starts_on=first, changed_on=timezone.localdate(gathering.changed_at)
        )


@transaction.atomic
def answer(*, gathering: Gathering, employee: Employee, coming: bool, by: str) -> Attendance:
    """Coming, or not; the last answer stands. Raises NotTakingPartError, NotReadyError when it is called off."""
    if gathering.is_cancelled:
        raise NotReadyError("cancelled")
    row = _row(gathering, employee)
    said = Answer.COMING if coming else Answer.NOT_COMING
    if row.answer != said:
        row.answer = said
        row.save(update_fields=["answer"])
        _record(kind="offers.gathering_answered", gathering=gathering, by=by, detail={"coming": coming})
    return row


@transaction.atomic
def note(
    *,
    gathering: Gathering,
    employee: Employee,
    came: bool,
    by: str,
    how: str = How.LIST,
    at: datetime | None = None,
) -> Attendance:
    """Write down that somebody was there, or not: by the list, or by their own phone. The first time stands."""
    row = _row(gathering, employee)
    if row.came is not came:
        row.came, row.how, row.at = came, how, at or timezone.now()
        row.save(update_fields=["came", "how", "at"])
        _record(
            kind="offers.attendance_noted", gathering=gathering, by=by, detail={"came": came, "how": str(how)}
        )
    return row


@transaction.atomic
def note_guests(*, gathering: Gathering, guest: GuestPlace, came: int, by: str) -> None:
    """How many came from a place outside."""
    if guest.network_id != gathering.network_id:
        raise NotTakingPartError
    GuestAttendance.objects.update_or_create(gathering=gathering, guest=guest, defaults={"came": came})
    _record(kind="offers.guests_noted", gathering=gathering, by=by, detail={"came": came})


@transaction.atomic
def note_task(*, gathering: Gathering, employee: Employee, done: bool, by: str) -> Attendance:
    """The task that was given at this gathering is done, or not after all."""
    row = _row(gathering, employee)
    if row.task_done is not done:
        row.task_done = done
        row.save(update_fields=["task_done"])
        _record(kind="offers.task_noted", gathering=gathering, by=by, detail={"done": done})
    return row


def _row(gathering: Gathering, employee: Employee) -> Attendance:
    """The person's line at this gathering, held until the transaction ends."""
    if not takes_part(gathering, employee):
        raise NotTakingPartError
    row, _is_new = Attendance.objects.select_for_update().get_or_create(
        gathering=gathering, employee=employee
    )
    return row


def _record(
    *, kind: str, gathering: Gathering, by: str, detail: dict[str, bool | int | str] | None = None
) -> None:
    record(
        kind=kind,
        by=by,
        subject="gathering",
        subject_key=str(gathering.pk),
        owner=gathering.owner.code,
        detail=detail,
    )
