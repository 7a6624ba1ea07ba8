"""The line to an offer: who has a seat, who waits, who is next.

Every step holds the offer's row until it is finished, so that two are never weighed at the same time; and the database
lets each numbered seat be held once, whatever the program does.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.jobs.actions import enqueue
from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.actions.errors import NotOpenError, NotReadyError
from tettpaa.work.offers.actions.joining import join_network, leave_network
from tettpaa.work.offers.enums import GONE, REGISTRATION_PATHS, OfferState, Step
from tettpaa.work.offers.models import Offer, Registration
from tettpaa.work.offers.queries.rules import rules_of
from tettpaa.work.offers.rules import answer_by, free_seat

TELL = "offers.tell"
CALLED_OFF = "offers.called_off"


def locked(pk: UUID) -> Offer:
    """The offer, held until the transaction ends."""
    return Offer.objects.select_for_update(of=("self",)).select_related("owner", "school").get(pk=pk)


@transaction.atomic
def register(
    *, offer: Offer, employee: Employee, by: str, why: str = "", at: datetime | None = None
) -> Registration:
    """Put the employee in the line, with a seat when there is one. Twice is once: the row that stands is given back.

    The place in the line counts from the moment the form is sent, and the seat is held while the leader thinks, so
    that nobody loses it to a quicker leader. Raises NotOpenError.
    """
    found = locked(offer.pk)
    at = at or timezone.now()
    row = Registration.objects.filter(offer=found, employee=employee).first()
    if row is not None and row.state not in GONE:
        return row
    _check_open(found, employee, timezone.localdate(at))
    row = _at_end_of_line(found, employee, row, at)
    row.why = why.strip()[:300]
    if found.needs_approval:
        days = rules_of(found.owner).hold_days
        row.until = answer_by(timezone.localdate(at), days, found.starts_on) if row.seat else None
    else:
        row.is_approved = True
        _settle(found, row, at)
    row.save()
    _record(kind="offers.registration_sent", row=row, by=by)
    if row.is_approved:  # else it is told when the leader has answered
        _tell(row, by)
    return row


def _check_open(offer: Offer, employee: Employee, today: date) -> None:
    if employee.owner_id != offer.owner_id:
        raise NotOpenError("owner")
    if offer.school_id and offer.school_id != employee.school_id:
        raise NotOpenError("school")
    if offer.state != OfferState.PUBLISHED:
        raise NotOpenError("state")
    if offer.opens_on and today < offer.opens_on:
        raise NotOpenError("early")
    if (offer.closes_on and today > offer.closes_on) or (offer.starts_on and today > offer.starts_on):
        raise NotOpenError("late")


def _at_end_of_line(offer: Offer, employee: Employee, row: Registration | None, at: datetime) -> Registration:
    """A new place; for one who has left the line before, at its end as for everybody else."""
    offer.last_place += 1
    offer.save(update_fields=["last_place"])
    if row is None:
        row = Registration(offer=offer, employee=employee, owner_id=offer.owner_id)
    else:
        move(row, Step.APPLIED, paths=REGISTRATION_PATHS)
    row.school_id = employee.school_id
    row.place, row.applied_at = offer.last_place, at
    row.is_approved, row.answered_at, row.answered_by, row.reason = False, None, "", ""
    row.seat = _free_seat(offer, row.place)
    return row


def _free_seat(offer: Offer, place: int) -> int | None:
    taken = offer.registrations.filter(seat__isnull=False).values_list("seat", flat=True)
    return free_seat(offer.seats, {seat for seat in taken if seat is not None}, place)


def _settle(offer: Offer, row: Registration, at: datetime) -> None:
    """An approved registration: a seat if it has one or there is one, else a place on the waiting list."""
    row.seat = row.seat or _free_seat(offer, row.place)
    row.until = None
    move(row, Step.CONFIRMED if row.seat else Step.WAITING, paths=REGISTRATION_PATHS)
    if row.seat:
        join_network(offer, row.employee, timezone.localdate(at))


@transaction.atomic
def approve(*, registration: UUID, by: str, at: datetime | None = None) -> Registration:
    """The leader says yes. A second yes changes nothing. Raises NotAllowedError when it is not waiting for one."""
    offer, row = _held(registration)
    if row.is_approved:
        return row
    if row.state != Step.APPLIED:
        raise NotAllowedError(row.state, Step.CONFIRMED)
    at = at or timezone.now()
    row.is_approved, row.answered_at, row.answered_by = True, at, by[:200]
    _settle(offer, row, at)
    row.save()
    _record(kind="offers.registration_approved", row=row, by=by)
    _tell(row, by)
    return row


@transaction.atomic
def decline(*, registration: UUID, reason: str, by: str, at: datetime | None = None) -> Registration:
    """The leader says no, with a reason that the employee reads. The seat goes to the next."""
    if not reason.strip():
        raise NotReadyError("reason")
    offer, row = _held(registration)
    if row.state == Step.DECLINED:
        return row
    move(row, Step.DECLINED, paths=REGISTRATION_PATHS)
    at = at or timezone.now()
    row.reason, row.answered_at, row.answered_by = reason.strip()[:300], at, by[:200]
    _give_up(offer, row, at)
    _record(kind="offers.registration_declined", row=row, by=by)
    _tell(row, by)
    return row


@transaction.atomic
def withdraw(*, registration: UUID, by: str, at: datetime | None = None) -> Registration:
    """Leave the line, or say no to the seat that is offered. Twice is once."""
    offer, row = _held(registration)
    if row.state == Step.WITHDRAWN:
        return row
    move(row, Step.WITHDRAWN, paths=REGISTRATION_PATHS)
    at = at or timezone.now()
    leave_network(offer, row.employee, timezone.localdate(at))
    _give_up(offer, row, at)
    _record(kind="offers.registration_withdrawn", row=row, by=by)
    return row


@transaction.atomic
def accept(*, registration: UUID, by: str, at: datetime | None = None) -> Registration:
    """Take the seat that is offered. Twice is once. Raises NotAllowedError when it has gone on to the next."""
    offer, row = _held(registration)
    if row.state == Step.CONFIRMED:
        return row
    if row.state == Step.OFFERED and row.until and timezone.localdate(at) > row.until:
        raise NotAllowedError(Step.LAPSED, Step.CONFIRMED)
    move(row, Step.CONFIRMED, paths=REGISTRATION_PATHS)
    row.until = None
    row.save(update_fields=["state", "until"])
    join_network(offer, row.employee, timezone.localdate(at))
    _record(kind="offers.seat_accepted", row=row, by=by)
    _tell(row, by)
    return row


def _held(pk: UUID) -> tuple[Offer, Registration]:
    """The registration with its offer held; read after the lock, so that it is as the one before left it."""
    offer = locked(Registration.objects.values_list("offer", flat=True).get(pk=pk))
    return offer, Registration.objects.select_related("offer__owner", "employee").get(pk=pk)


def _give_up(offer: Offer, row: Registration, at: datetime) -> None:
    row.seat, row.until = None, None
    row.save()
    fill_free_seats(offer=offer, on=timezone.localdate(at))


def fill_free_seats(*, offer: Offer, on: date, by: str = "system") -> int:
    """Give free seats to those first in line; the caller holds the offer. Returns how many.

    Who is approved gets an offer to answer before a day. Who still waits for the leader gets the seat held once: a
    leader who does not answer in time does not stop the line (`until` stays on the row as the mark of it).
    """
    given = 0
    if offer.state != OfferState.PUBLISHED or (offer.starts_on and on >= offer.starts_on):
        return given
    rules = rules_of(offer.owner)
    can = Q(state=Step.WAITING) | Q(state=Step.APPLIED, until=None)
    line = offer.registrations.select_related("offer__owner", "employee").filter(can, seat=None)
    for row in line.order_by("place"):
        seat = _free_seat(offer, row.place)
        if seat is None:
            break
        row.seat, given = seat, given + 1
        if row.state == Step.WAITING:
            move(row, Step.OFFERED, paths=REGISTRATION_PATHS)
        days = rules.answer_days if row.state == Step.OFFERED else rules.hold_days
        row.until = answer_by(on, days, offer.starts_on)
        row.save(update_fields=["seat", "state", "until"])
        _record(kind="offers.seat_offered", row=row, by=by)
        _tell(row, by)
    return given


@transaction.atomic
def pass_on(*, offer: UUID, on: date, by: str = "system") -> int:
    """Seats whose day to answer is past go on to the next. Returns how many were taken back; safe to run again."""
    found = locked(offer)
    rows = list(
        found.registrations.select_related("offer__owner", "employee").filter(
            state__in=[Step.OFFERED, Step.APPLIED], seat__isnull=False, until__lt=on
        )
    )
    for row in rows:
        row.seat = None
        if row.state == Step.OFFERED:
            move(row, Step.LAPSED, paths=REGISTRATION_PATHS)
            row.until = None
        row.save(update_fields=["seat", "state", "until"])
        _record(kind="offers.seat_passed_on", row=row, by=by)
        _tell(row, by)
    if rows:
        fill_free_seats(offer=found, on=on, by=by)
    return len(rows)


def _tell(row: Registration, by: str) -> None:
    """A letter to the employee about how it stands now."""
    enqueue(
        kind=TELL,
        arguments={"registration": str(row.pk), "state": row.state},
        by=by,
        owner=row.offer.owner.code,
    )


def tell_called_off(*, owner: str, by: str, **what: str) -> None:
    """A letter to everybody who was to come: `offer` or `gathering` is the key of what is called off."""
    enqueue(kind=CALLED_OFF, arguments=what, by=by, owner=owner)


def _record(*, kind: str, row: Registration, by: str) -> None:
    record(
        kind=kind,
        by=by,
        subject="registration",
        subject_key=str(row.pk),
        owner=row.offer.owner.code,
        detail={"place": row.place, "state": str(row.state)},
    )
