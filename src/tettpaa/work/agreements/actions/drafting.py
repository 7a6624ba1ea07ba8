"""Writing a text: a new agreement, its frame, its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from tettpaa.core.audit.versions import save_changes
from tettpaa.core.orgs.models import Unit
from tettpaa.work.agreements.actions.ground import Step, begun, open_wording, take_step, told
from tettpaa.work.agreements.enums import LineKind, Side, WordingState
from tettpaa.work.agreements.models import (
    Agreement,
    AgreementGoal,
    AnnexParagraph,
    Checkpoint,
    Commitment,
    CompetenceNeed,
    Consultation,
    Line,
    Wording,
)
from tettpaa.work.plans.models import Goal

# Practice.md §4.2: six to eight weeks, half a year, a year.
FIRST_CHECKPOINTS: Final = (timedelta(weeks=7), timedelta(weeks=26), timedelta(weeks=52))
ANSWERS_FOR: Final = {Side.SCHOOL: "principal", Side.OWNER: "head_of_schools"}
TERMS: Final = ("title", "background", "starts_on", "ends_on", "next_step", "changes", "not_heard")
LINES: Final[Mapping[LineKind, tuple[type[Line], tuple[str, ...]]]] = {
    LineKind.COMMITMENT: (
        Commitment,
        ("side", "pair", "what", "why_goal", "why", "who", "role", "due_on", "sign", "as_initiative"),
    ),
    LineKind.GOAL: (
        AgreementGoal,
        ("goal", "text", "indicator", "grade", "gender", "baseline", "target", "target_on", "sign"),
    ),
    LineKind.COMPETENCE: (CompetenceNeed, ("need", "who", "how", "due_on")),
    LineKind.CHECKPOINT: (Checkpoint, ("due_on", "about")),
    LineKind.CONSULTATION: (Consultation, ("body", "name", "asked_on", "heard_on", "said", "changed")),
    LineKind.ANNEX: (AnnexParagraph, ("heading", "text", "basis", "weighed_on", "weighed")),
}


@dataclass(frozen=True)
class NewCommitment:
    """A promise of a new agreement. Two with the same `pair` above 0 answer each other. `role` empty: the principal's
    or the head of schools' own."""

    side: Side
    what: str
    why: str = ""
    why_goal: Goal | None = None
    who: str = ""
    role: str = ""
    due_on: date | None = None
    sign: str = ""
    pair: int = 0
    as_initiative: bool = True


@dataclass(frozen=True)
class Origin:
    """What an agreement came from: a key (`dialogue.meeting:<uuid>`), the same in words, and where it stands."""

    source: str
    label: str = ""
    address: str = ""


@transaction.atomic
def draft_agreement(  # noqa: PLR0913 - an agreement's own fields, all by name
    *,
    owner: Unit,
    school: Unit,
    kind: str,
    title: str,
    rows: Sequence[NewCommitment],
    by: str,
    source: str = "",
    origin: Origin | None = None,
    background: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    on: date | None = None,
) -> Agreement:
    """A new draft with the promises given, and checkpoints after seven weeks, half a year and a year.

    One agreement a source: asked again, the one that is there comes back unchanged. Raises ValueError when the
    school or a goal is not the owner's.
    """
    _check_places(owner, school, rows)
    day = on or timezone.localdate()
    made_of = origin or Origin(source)
    if made_of.source and (there := Agreement.objects.filter(owner=owner, source=made_of.source).first()):
        return there
    origin_of = {"source": made_of.source, "source_label": made_of.label, "source_address": made_of.address}
    agreement = Agreement.objects.create(
        owner=owner, school=school, kind=kind, title=title, begun_on=day, begun_by=by, **origin_of
    )
    begins = starts_on or day
    period = (begins, ends_on or begins + timedelta(days=364))
    wording = _first_wording(agreement, background, period)
    _promises(wording, rows)
    _checkpoints(wording, begins)
    begun(wording, day, by)
    told(agreement, "agreement_drafted", by, {"promises": len(rows)})
    return agreement


def _check_places(owner: Unit, school: Unit, rows: Sequence[NewCommitment]) -> None:
    if not school.is_below(owner) or any(row.why_goal and row.why_goal.owner_id != owner.pk for row in rows):
        raise ValueError("the school and the goals of an agreement are its owner's")


def _first_wording(agreement: Agreement, background: str, period: tuple[date, date]) -> Wording:
    return Wording.objects.create(
        agreement=agreement,
        number=1,
        title=agreement.title,
        background=background,
        starts_on=period[0],
        ends_on=period[1],
        opened_on=agreement.begun_on,
        opened_by=agreement.begun_by,
    )


def _promises(wording: Wording, rows: Sequence[NewCommitment]) -> None:
    Commitment.objects.bulk_create(
        Commitment(
            wording=wording,
            number=number,
            side=row.side,
            pair=row.pair,
            what=row.what,
            why=row.why,
            why_goal=row.why_goal,
            who=row.who,
            role=row.role or ANSWERS_FOR[Side(row.side)],
            due_on=row.due_on,
            sign=row.sign,
            as_initiative=row.as_initiative,
        )
        for number, row in enumerate(rows, start=1)
    )


def _checkpoints(wording: Wording, begins: date) -> None:
    Checkpoint.objects.bulk_create(
        Checkpoint(wording=wording, number=number, due_on=begins + after)
        for number, after in enumerate(FIRST_CHECKPOINTS, start=1)
    )


@transaction.atomic
def write_terms(
    *, wording: Wording, values: Mapping[str, Any], version: int, by: str, on: date | None = None
) -> Wording:
    """Change title, background, period, next step. Raises ConflictError when somebody else has been there."""
    now = open_wording(wording.agreement_id)
    mine = Wording.objects.select_related("agreement").get(pk=now.pk)
    for name in TERMS:
        if name in values:
            setattr(mine, name, values[name])
    save_changes(mine, version=version, fields=[name for name in TERMS if name in values])
    if not now.agreement.in_force:
        now.agreement.title = mine.title
        now.agreement.save(update_fields=["title"])
    back_to_talks(now, on or timezone.localdate(), by)
    told(now.agreement, "text_written", by, {"text": now.number, "part": "terms"})
    return mine


@transaction.atomic
def write_line(  # noqa: PLR0913 - one argument for each thing a form knows
    *,
    wording: Wording,
    kind: LineKind,
    values: Mapping[str, Any],
    by: str,
    row: UUID | None = None,
    version: int = 0,
    on: date | None = None,
) -> Line:
    """A new line, or a change of line `row` as the person saw it at `version`.

    `values` may name `answers`: the other side's promise (or None) that this one answers. Raises ConflictError,
    NotAllowedError when the text is not open, DoesNotExist for another wording's line.
    """
    now = open_wording(wording.agreement_id)
    model, names = LINES[kind]
    if row is None:
        last = model._default_manager.filter(wording=now).aggregate(last=Max("number"))["last"] or 0
        line = model(wording=now, number=last + 1)
    else:
        line = model._default_manager.get(pk=row, wording=now)
    given = [name for name in names if name in values]
    for name in given:
        setattr(line, name, values[name])
    if row is None:
        line.save()
    else:
        save_changes(line, version=version, fields=given)
    if isinstance(line, Commitment) and "answers" in values:
        _tie(line, values["answers"])
    _after(now, kind, on or timezone.localdate(), by)
    return line


@transaction.atomic
def remove_line(*, wording: Wording, kind: LineKind, row: UUID, by: str, on: date | None = None) -> None:
    """Take a line out of the open text; in what was signed it stays."""
    now = open_wording(wording.agreement_id)
    model, _names = LINES[kind]
    line = model._default_manager.get(pk=row, wording=now)
    if isinstance(line, Commitment):
        _tie(line, None)
    line.delete()
    _after(now, kind, on or timezone.localdate(), by)


def _after(wording: Wording, kind: LineKind, day: date, by: str) -> None:
    if kind is not LineKind.CONSULTATION:
        back_to_talks(wording, day, by)
    told(wording.agreement, "text_written", by, {"text": wording.number, "part": kind.name.lower()})


def back_to_talks(wording: Wording, day: date, by: str) -> None:
    """A text that is changed after the hearing is no longer the one that was heard."""
    if wording.state == WordingState.CONSULTED:
        take_step(wording, Step(WordingState.NEGOTIATED, day, by, "Teksten ble endret etter høringen."))


def _tie(line: Commitment, other: UUID | None) -> None:
    """Make two promises answer each other; who answered either of them before stands alone."""
    rows = Commitment.objects.filter(wording=line.wording)
    if line.pair:
        rows.filter(pair=line.pair).update(pair=0)
    pair = 0
    if other is not None:
        against = rows.get(pk=other, side=Side(line.side).other)
        if against.pair:
            rows.filter(pair=against.pair).update(pair=0)
        pair = (rows.aggregate(last=Max("pair"))["last"] or 0) + 1
        rows.filter(pk=against.pk).update(pair=pair)
    rows.filter(pk=line.pk).update(pair=pair)
    line.pair = pair
