"""After the last gathering: who has taken part, who has finished, and the certificate."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.seal import canonical, fingerprint
from tettpaa.core.audit.states import move
from tettpaa.work.offers.actions.errors import NotReadyError
from tettpaa.work.offers.actions.joining import leave_network
from tettpaa.work.offers.actions.line import locked
from tettpaa.work.offers.enums import OFFER_PATHS, REGISTRATION_PATHS, OfferState, Step
from tettpaa.work.offers.models import Attendance, Certificate, Gathering, Offer, Registration
from tettpaa.work.offers.rules import has_earned


@transaction.atomic
def hold_offer(*, offer: Offer, by: str, on: date | None = None) -> Offer:
    """It has been held: everybody with a seat has attended or not, by what is noted; the line is told it is over.

    Raises NotReadyError while a gathering is still to come, or nobody has been noted at any.
    """
    found = locked(offer.pk)
    day = on or timezone.localdate()
    gatherings = list(found.gatherings.filter(is_cancelled=False))
    if not gatherings or any(one.on > day for one in gatherings):
        raise NotReadyError("to_come")
    noted = _noted(gatherings)
    if not noted:
        raise NotReadyError("attendance")
    move(found, OfferState.HELD, paths=OFFER_PATHS)
    found.save(update_fields=["state"])
    with_task = sum(bool(one.task) for one in gatherings)
    for row in found.registrations.select_related("offer__owner", "employee"):
        had_seat = row.state == Step.CONFIRMED
        _sum_up(found, row, noted.get(row.employee_id, (0, 0)), len(gatherings), with_task)
        if had_seat and not _goes_on(found, row):
            leave_network(found, row.employee, day)
    record(
        kind="offers.offer_held",
        by=by,
        subject="offer",
        subject_key=str(found.pk),
        owner=found.owner.code,
        detail={"gatherings": len(gatherings)},
    )
    return found


def _goes_on(offer: Offer, row: Registration) -> bool:
    """Whether the person has a seat in another year of the same network."""
    others = Registration.objects.filter(employee=row.employee_id, offer__network=offer.network_id)
    return (
        others.filter(state=Step.CONFIRMED, offer__state=OfferState.PUBLISHED).exclude(offer=offer).exists()
    )


def _noted(gatherings: list[Gathering]) -> dict[UUID, tuple[int, int]]:
    """For each employee: how many gatherings they came to, and how many tasks they did."""
    rows = (
        Attendance.objects.filter(gathering__in=gatherings)
        .values("employee")
        .annotate(
            times=Count("pk", filter=Q(came=True)),
            tasks=Count("pk", filter=Q(task_done=True) & ~Q(gathering__task="")),
        )
    )
    return {row["employee"]: (row["times"], row["tasks"]) for row in rows}


def _sum_up(offer: Offer, row: Registration, noted: tuple[int, int], gatherings: int, with_task: int) -> None:
    came, tasks = noted
    if row.state in {Step.APPLIED, Step.WAITING}:
        move(row, Step.MISSED, paths=REGISTRATION_PATHS)
    elif row.state == Step.OFFERED:
        move(row, Step.LAPSED, paths=REGISTRATION_PATHS)
    elif row.state == Step.CONFIRMED:
        earned = has_earned(offer.kind, gatherings, offer.attend_least, came, tasks_left=with_task - tasks)
        move(row, Step.ATTENDED if earned else Step.ABSENT, paths=REGISTRATION_PATHS)
    else:
        return
    if row.state in {Step.MISSED, Step.LAPSED}:
        row.seat, row.until = None, None
    row.save(update_fields=["state", "seat", "until"])


@transaction.atomic
def complete(*, registration: UUID, by: str, reason: str = "", on: date | None = None) -> Certificate:
    """Give the certificate. Who was away needs a reason: what they have done instead. Twice is once."""
    offer = locked(Registration.objects.values_list("offer", flat=True).get(pk=registration))
    row = Registration.objects.select_related("offer__owner", "employee", "school").get(pk=registration)
    if row.state == Step.COMPLETED:
        return row.certificate
    if row.state == Step.ABSENT and not reason.strip():
        raise NotReadyError("reason")
    move(row, Step.COMPLETED, paths=REGISTRATION_PATHS)
    row.reason = reason.strip()[:300]
    row.save(update_fields=["state", "reason"])
    day = on or timezone.localdate()
    text = canonical(_content(offer, row, day))
    given = Certificate.objects.create(
        registration=row, content=text, sha256=fingerprint(text), on=day, by=by[:200]
    )
    record(
        kind="offers.certificate_given",
        by=by,
        subject="registration",
        subject_key=str(row.pk),
        owner=offer.owner.code,
        detail={"sha256": given.sha256},
    )
    return given


def complete_all(*, offer: Offer, by: str, on: date | None = None) -> int:
    """Certificates for everybody who has attended what they should. Returns how many."""
    keys = list(offer.registrations.filter(state=Step.ATTENDED).values_list("pk", flat=True))
    for key in keys:
        complete(registration=key, by=by, on=on)
    return len(keys)


def _content(offer: Offer, row: Registration, day: date) -> dict[str, object]:
    """What the certificate says. Dates as ISO, so that the text is the same in every language."""
    gatherings = offer.gatherings.filter(is_cancelled=False)
    came = set(
        Attendance.objects.filter(gathering__in=gatherings, employee=row.employee_id, came=True).values_list(
            "gathering", flat=True
        )
    )
    return {
        "owner": offer.owner.label,
        "offer": offer.title,
        "kind": offer.kind,
        "about": offer.about,
        "hours": offer.hours,
        "held_by": offer.held_by,
        "goal": offer.goal.text if offer.goal else "",
        "name": row.employee.name,
        "school": row.school.label if row.school else "",
        "instead": row.reason,
        "on": day.isoformat(),
        "gatherings": [
            {"on": one.on.isoformat(), "title": one.title, "came": one.pk in came} for one in gatherings
        ],
    }
