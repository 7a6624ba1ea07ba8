"""The parts of a programme: who takes part, partners, groups, milestones with their dates, money, plans."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.states import move
from tettpaa.work.programmes.enums import MILESTONE_PATHS, MilestoneState
from tettpaa.work.programmes.kinds import PARTS, PartKind, kind_of
from tettpaa.work.programmes.models import Grant, Milestone, Part, Programme
from tettpaa.work.yearwheel.actions import drop_date, finish_date, put_date


class PartInUseError(ValueError):
    """Something is built on the part: money has been used of the grant."""


@transaction.atomic
def add_part(
    *, programme: Programme, kind: str, values: Mapping[str, Any], by: str, on: date | None = None
) -> Any:
    """Add a row of one of PARTS. `values` are its fields. Raises ValueError for what is another programme's."""
    known = PARTS[kind]
    _is_within(programme, values)
    place = known.model._default_manager.filter(**{"programme": programme}).count() + 1
    made: Any = known.model(
        **{"programme": programme, "owner": programme.owner, "order": place, **_known(known, values)}
    )
    made.save(force_insert=True)
    _after(programme, made, "added", by, on)
    return made


@transaction.atomic
def change_part(*, part: Any, values: Mapping[str, Any], by: str, on: date | None = None) -> Any:
    """Write a part anew."""
    known = PARTS[kind_of(part)]
    _is_within(part.programme, values)
    for name, value in _known(known, values).items():
        setattr(part, name, value)
    part.save(update_fields=list(known.fields))
    _after(part.programme, part, "changed", by, on)
    return part


@transaction.atomic
def remove_part(*, part: Any, by: str, on: date | None = None) -> None:
    """Take a part away. Raises PartInUseError when something is built on it."""
    programme, key = part.programme, str(part.pk)
    if isinstance(part, Milestone | Grant):
        drop_date(source=source_of(part), by=by, owner=programme.owner)
    try:
        with transaction.atomic():
            part.delete()
    except ProtectedError as error:
        raise PartInUseError(key) from error
    _touch(programme, on)
    _record("programmes.part_removed", programme, key, by)


@transaction.atomic
def move_milestone(
    *, milestone: Milestone, to: str, by: str, on: date | None = None, note: str = ""
) -> Milestone:
    """Reached, dropped, or coming again. Raises NotAllowedError."""
    found = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)
    move(found, to, paths=MILESTONE_PATHS)
    found.done_on = (on or timezone.localdate()) if to == MilestoneState.REACHED else None
    found.note = note.strip() or found.note
    found.save(update_fields=["state", "done_on", "note"])
    _after(found.programme, found, "changed", by, on)
    return found


def source_of(part: Part) -> str:
    """What the year wheel knows the part's date by."""
    return f"programmes.{part._meta.model_name}:{part.pk}"


def put_part_date(part: Milestone | Grant, by: str) -> None:
    """The milestone's day, or the day a grant is reported on, in the year wheel."""
    programme = part.programme
    day = part.due_on if isinstance(part, Milestone) else part.report_on
    is_dropped = isinstance(part, Milestone) and part.state == MilestoneState.DROPPED
    if day is None or is_dropped:
        drop_date(source=source_of(part), by=by, owner=programme.owner)
        return
    put_date(
        owner=programme.owner,
        source=source_of(part),
        title=f"{programme.title}: {part}"[:200],
        due_on=day,
        role=(part.role if isinstance(part, Milestone) else "") or programme.contact_role or "adviser",
        address=reverse("programmes:programme", args=[programme.owner.code, programme.pk]),
        by=by,
    )
    if isinstance(part, Milestone) and part.state == MilestoneState.REACHED:
        finish_date(source=source_of(part), by=by, owner=programme.owner)


def _known(known: PartKind, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in known.fields if name in values}


def _is_within(programme: Programme, values: Mapping[str, Any]) -> None:
    school = values.get("school")
    if school is not None and not school.is_below(programme.owner):
        raise ValueError("the school is the owner's")
    for name in ("group", "grant"):
        row = values.get(name)
        if row is not None and row.programme_id != programme.pk:
            raise ValueError("the part is of the same programme")


def _after(programme: Programme, part: Part, verb: str, by: str, on: date | None) -> None:
    if isinstance(part, Milestone | Grant):
        put_part_date(part, by)
    _touch(programme, on)
    _record(f"programmes.part_{verb}", programme, str(part.pk), by)


def _touch(programme: Programme, on: date | None) -> None:
    """The page of the programme says when it was changed last."""
    Programme.objects.filter(pk=programme.pk).update(changed_on=on or timezone.localdate())


def _record(kind: str, programme: Programme, key: str, by: str) -> None:
    record(
        kind=kind,
        by=by,
        subject=f"programme {programme.pk}",
        subject_key=str(programme.pk),
        owner=programme.owner.code,
        detail={"part": key},
    )
