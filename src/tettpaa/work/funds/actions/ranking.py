"""The order of a call's applications: proposed by the owner's rules, moved by people who say why, and approved."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.work.funds.enums import PATHS, CallState, State
from tettpaa.work.funds.models import Application, Call, RankMove
from tettpaa.work.funds.order import in_line, ordered
from tettpaa.work.funds.telling import day, remember, tell


class UnsaidError(ValueError):
    """A row was moved and nobody has said why."""


class NoReasonError(ValueError):
    """The applicant reads the reason; it cannot be empty."""


@transaction.atomic
def propose_order(call: Call, on: date) -> list[Application]:
    """Give every application in line its place by the call's rules, with the reason in words. Moves are forgotten."""
    rows = ordered(in_line(call), call, on)
    for place, (row, reason) in enumerate(rows, start=1):
        row.place, row.place_reason, row.needs_reason = place, reason, False
        row.save(update_fields=["place", "place_reason", "needs_reason"])
    return [row for row, _reason in rows]


@transaction.atomic
def move_row(*, application: Application, to: int, by: str, reason: str = "", on: date | None = None) -> int:
    """Put an application at place `to`, from 1; those between step aside. Gives back the place it had.

    Without a reason the row waits for one, and the order cannot be approved. Raises NotAllowedError when the call
    is not being ranked.
    """
    rows = _locked(application)
    at = next(index for index, row in enumerate(rows) if row.pk == application.pk)
    place = max(1, min(to, len(rows)))
    row = rows.pop(at)
    rows.insert(place - 1, row)
    _renumber(rows)
    if at + 1 != place or reason.strip():
        row.needs_reason = not reason.strip()
        row.place_reason = reason.strip()
        row.save(update_fields=["needs_reason", "place_reason"])
        RankMove.objects.create(
            application=row, before=at + 1, after=place, reason=reason.strip(), on=day(on), by=by
        )
        tell("row_moved", row.owner, "søknad", row.pk, by, before=at + 1, after=place)
    return at + 1


@transaction.atomic
def give_reason(*, application: Application, reason: str, by: str, on: date | None = None) -> None:
    """Say why an application stands where it does. Raises NoReasonError."""
    if not reason.strip():
        raise NoReasonError
    row = next(row for row in _locked(application) if row.pk == application.pk)
    move_row(application=row, to=row.place or 1, by=by, reason=reason, on=on)


@transaction.atomic
def reject(*, application: Application, reason: str, by: str, on: date | None = None) -> Application:
    """Not approved, with the reason that the applicant reads; the rest close up. NoReasonError, NotAllowedError."""
    if not reason.strip():
        raise NoReasonError
    rows = _locked(application)
    row = next(row for row in rows if row.pk == application.pk)
    before = move(row, State.REJECTED, paths=PATHS[row.call.scheme.kind])
    row.place, row.needs_reason = None, False
    row.save(update_fields=["state", "place", "needs_reason"])
    _renumber([one for one in rows if one.pk != row.pk])
    remember(row, before, reason.strip(), on, by)
    return row


@transaction.atomic
def set_payment(*, application: Application, form: str, cost: Any, by: str) -> None:
    """How the owner wants it paid, and what it costs the owner, in kroner."""
    row = next(row for row in _locked(application) if row.pk == application.pk)
    row.form, row.cost = form, cost
    row.save(update_fields=["form", "cost"])
    tell("payment_set", row.owner, "søknad", row.pk, by)


def approve_order(call: Call, on: date | None, by: str) -> None:
    """Every application in line is approved at its place, and its applicant reads why. Raises UnsaidError."""
    rows = in_line(call)
    if any(row.needs_reason for row in rows):
        raise UnsaidError
    _renumber(rows)
    for row in rows:
        before = move(row, State.APPROVED, paths=PATHS[call.scheme.kind])
        row.form = row.form or row.first_choice
        row.save(update_fields=["state", "form"])
        remember(row, before, row.place_reason, on, by)


def close_ranks(call: Call) -> None:
    """Those who are left in line close up. Only before the order is approved: a place that is told of stays."""
    _renumber(in_line(call))


def _locked(application: Application) -> list[Application]:
    """The line, held until the transaction ends."""
    call = Call.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=application.call_id)
    rows = in_line(call)
    if call.state != CallState.RANKING or application.pk not in {row.pk for row in rows}:
        raise NotAllowedError(call.state, CallState.RANKING)
    return rows


def _renumber(rows: Sequence[Application]) -> None:
    for place, row in enumerate(rows, start=1):
        if row.place != place:
            row.place = place
            row.save(update_fields=["place"])
