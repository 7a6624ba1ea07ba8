"""The road of a text up to the signatures, and opening a change of one that is in force."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.work.agreements.actions.drafting import LINES
from tettpaa.work.agreements.actions.ground import NotCompleteError, Step, begun, locked, take_step, told
from tettpaa.work.agreements.enums import Side, WordingState
from tettpaa.work.agreements.models import Agreement, Checkpoint, Commitment, Line, Wording

LIVED = {
    Commitment: ("initiative", "status", "status_note", "status_on", "status_by"),
    Checkpoint: ("school_says", "owner_says", "outcome", "held_on", "held_by"),
}


@transaction.atomic
def negotiate(*, wording: Wording, by: str, on: date | None = None) -> Wording:
    """Both sides have said what they have to say: both must promise something by now."""
    now = _current(wording)
    sides = set(now.commitments.values_list("side", flat=True))
    if sides != set(Side.values):
        raise NotCompleteError("both_sides")
    if not now.agreementgoals.exists():
        raise NotCompleteError("goal")
    take_step(now, Step(WordingState.NEGOTIATED, on or timezone.localdate(), by))
    return now


@transaction.atomic
def back_to_draft(*, wording: Wording, reason: str, by: str, on: date | None = None) -> Wording:
    """There is more to say."""
    now = _current(wording)
    take_step(now, Step(WordingState.DRAFT, on or timezone.localdate(), by, reason))
    return now


@transaction.atomic
def consulted(*, wording: Wording, by: str, on: date | None = None) -> Wording:
    """Those who should be heard have been, or it says why nobody was."""
    now = _current(wording)
    heard = now.consultations.filter(heard_on__isnull=False)
    if now.number > 1:  # a change has its own hearing
        heard = heard.filter(heard_on__gte=now.opened_on)
    if not now.not_heard and not heard.exists():
        raise NotCompleteError("heard")
    if now.starts_on is None or now.ends_on is None:
        raise NotCompleteError("period")
    if not now.checkpoints.exists():
        raise NotCompleteError("checkpoint")
    if now.number > 1 and not now.changes:
        raise NotCompleteError("changes")
    take_step(now, Step(WordingState.CONSULTED, on or timezone.localdate(), by))
    return now


@transaction.atomic
def reopen(*, wording: Wording, reason: str, by: str, on: date | None = None) -> Wording:
    """Set the first signature aside, so that the text can be changed; the signed version stays as it was."""
    now = _current(wording)
    if now.state != WordingState.SIGNED_SCHOOL:
        raise NotAllowedError(now.state, WordingState.NEGOTIATED)
    take_step(now, Step(WordingState.NEGOTIATED, on or timezone.localdate(), by, reason))
    return now


@transaction.atomic
def drop(*, wording: Wording, reason: str, by: str, on: date | None = None) -> Wording:
    """Give a text up. A first text takes the agreement with it; a change leaves the old version in force."""
    day, now = on or timezone.localdate(), _current(wording)
    take_step(now, Step(WordingState.DROPPED, day, by, reason))
    if not now.agreement.in_force:
        agreement = now.agreement
        agreement.ended_on, agreement.ended_by, agreement.ending = day, by, reason
        agreement.save(update_fields=["ended_on", "ended_by", "ending"])
    return now


@transaction.atomic
def open_change(*, agreement: Agreement, by: str, on: date | None = None) -> Wording:
    """A new text, a copy of the one in force, which holds until both have signed the new one.

    Asked again while one is open, that one comes back. Raises NotAllowedError unless the agreement is in force.
    """
    now = locked(agreement.pk)
    if not now.lives:
        raise NotAllowedError(now.state, WordingState.DRAFT)
    there = now.wordings.exclude(state__in=_PAST).first()
    if there is not None:
        there.agreement = now
        return there
    old = now.wordings.get(state=WordingState.IN_FORCE)
    made = Wording.objects.create(
        agreement=now,
        number=(now.wordings.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=old.title,
        background=old.background,
        starts_on=old.starts_on,
        ends_on=old.ends_on,
        next_step=old.next_step,
        annex_salt=old.annex_salt,
        opened_on=on or timezone.localdate(),
        opened_by=by,
    )
    for model, names in LINES.values():
        _copy(old, made, model, names)
    carry(old, made)
    begun(made, made.opened_on, by)
    told(now, "change_opened", by, {"text": made.number})
    return made


_PAST = frozenset({WordingState.IN_FORCE, WordingState.REPLACED, WordingState.DROPPED})


def _copy(old: Wording, new: Wording, model: type[Line], names: tuple[str, ...]) -> None:
    rows = model._default_manager.filter(wording=old)
    model._default_manager.bulk_create(
        model(wording=new, line=row.line, number=row.number, **{name: getattr(row, name) for name in names})
        for row in rows
    )


def carry(old: Wording, new: Wording) -> None:
    """What has been said of promises and checkpoints follows their lines into the new text."""
    for model, names in LIVED.items():
        before = {row.line: row for row in model._default_manager.filter(wording=old)}
        kept = [row for row in model._default_manager.filter(wording=new) if row.line in before]
        for row in kept:
            for name in names:
                setattr(row, name, getattr(before[row.line], name))
        model._default_manager.bulk_update(kept, names)


def _current(wording: Wording) -> Wording:
    agreement = locked(wording.agreement_id)
    now = Wording.objects.get(pk=wording.pk)
    now.agreement = agreement
    return now
