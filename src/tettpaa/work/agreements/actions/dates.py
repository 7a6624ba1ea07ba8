"""The dates of promises and checkpoints in the year wheel."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tettpaa.work.agreements.addresses import address_of
from tettpaa.work.agreements.enums import Side, Status
from tettpaa.work.agreements.models import Agreement, Checkpoint, Commitment, Wording
from tettpaa.work.initiatives.actions import move_initiative
from tettpaa.work.initiatives.enums import PATHS as WORK_PATHS
from tettpaa.work.initiatives.enums import State as Work
from tettpaa.work.yearwheel.actions import drop_date, finish_date, put_date

SETTLED = frozenset({Status.DONE, Status.NOT_DONE})


def promise_source(line: UUID) -> str:
    return f"agreements.commitment:{line}"


def checkpoint_source(line: UUID) -> str:
    return f"agreements.checkpoint:{line}"


def put_dates(wording: Wording, old: Wording | None, by: str) -> None:
    """Dates of a version that has come into force; those that only the old one had are dropped."""
    agreement = wording.agreement
    kept = set()
    for row in wording.commitments.all():
        kept.add(row.line)
        put_promise(agreement, row, by)
    for point in wording.checkpoints.filter(held_on=None):
        kept.add(point.line)
        put_checkpoint(agreement, point, by)
    if old is not None:
        drop_lines(old, kept, by)


def put_promise(agreement: Agreement, row: Commitment, by: str) -> None:
    """The date of one promise, if it has one and is not settled; an initiative brings its own date."""
    if row.due_on is None or row.status in SETTLED or row.initiative_id is not None:
        return
    put_date(
        owner=agreement.owner,
        school=agreement.school if row.side == Side.SCHOOL else None,
        source=promise_source(row.line),
        title=_("Løfte i avtale: %(what)s") % {"what": row.what[:120]},
        due_on=row.due_on,
        role=row.role,
        address=address_of(agreement),
        by=by,
    )


def put_checkpoint(agreement: Agreement, point: Checkpoint, by: str) -> None:
    put_date(
        owner=agreement.owner,
        school=agreement.school,
        source=checkpoint_source(point.line),
        title=_("Sjekkpunkt for avtalen «%(title)s»") % {"title": agreement.title[:100]},
        due_on=point.due_on,
        role="principal",
        address=address_of(agreement),
        by=by,
    )


def drop_lines(wording: Wording, kept: set[UUID], by: str) -> None:
    """Take away the dates of lines that no longer hold."""
    for row in wording.commitments.exclude(line__in=kept).exclude(status__in=SETTLED):
        drop_date(source=promise_source(row.line), by=by, owner=wording.agreement.owner)
    for point in wording.checkpoints.exclude(line__in=kept).filter(held_on=None):
        drop_date(source=checkpoint_source(point.line), by=by, owner=wording.agreement.owner)


def settle_checkpoint(agreement: Agreement, point: Checkpoint, by: str) -> None:
    """It has been held."""
    finish_date(source=checkpoint_source(point.line), by=by, owner=agreement.owner)


def settle_promise(agreement: Agreement, row: Commitment, on: date, by: str) -> None:
    """Kept or given up: so is its date, and the work of its initiative."""
    finish_date(source=promise_source(row.line), by=by, owner=agreement.owner)
    if row.initiative is None:
        return
    done = row.status == Status.DONE
    for to in (Work.STARTED, Work.DONE) if done else (Work.STOPPED,):
        if to in WORK_PATHS.get(row.initiative.state, ()):
            row.initiative = move_initiative(
                initiative=row.initiative, to=to, reason=row.status_note, on=on, by=by
            )
