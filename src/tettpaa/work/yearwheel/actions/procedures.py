"""Changing procedures. With `on`, the open tasks of that day's school year follow at once; else in the daily round."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.versions import save_changes
from tettpaa.core.orgs.models import Unit
from tettpaa.work.yearwheel.actions.rolling import roll_year
from tettpaa.work.yearwheel.models import Exemption, Procedure
from tettpaa.work.yearwheel.rules import due_date, school_year_of

FIELDS = (
    "name",
    "about",
    "level",
    "roles",
    "grades",
    "tag",
    "law",
    "rule",
    "month",
    "day",
    "month_autumn",
    "month_early_spring",
    "month_before_summer",
    "weeks",
    "anchor",
    "depends_on",
    "steps_before",
    "steps_after",
)


@transaction.atomic
def add_procedure(
    *,
    owner: Unit,
    words: Mapping[str, Any],
    by: str,
    key: str = "",
    not_for: Mapping[Unit, str] | None = None,
    on: date | None = None,
) -> Procedure:
    """Add a procedure; `words` are the fields of FIELDS that are known. Raises CircleError."""
    procedure = Procedure(owner=owner, key=key or _free_key(owner, words["name"]))
    _fill(procedure, words)
    procedure.order = Procedure.objects.filter(owner=owner).count()
    procedure.save()
    _exempt(procedure, not_for or {})
    _record(kind="yearwheel.procedure_added", subject=procedure, by=by)
    _roll(owner, by, on)
    return procedure


@transaction.atomic
def change_procedure(
    *,
    procedure: Procedure,
    version: int,
    words: Mapping[str, Any],
    by: str,
    not_for: Mapping[Unit, str] | None = None,
    on: date | None = None,
) -> Procedure:
    """Write the fields of `words` and, when given, for which schools it is not. Raises CircleError, ConflictError."""
    changed = [name for name in FIELDS if name in words and getattr(procedure, name) != words[name]]
    _fill(procedure, words)
    save_changes(procedure, version=version, fields=changed)
    if not_for is not None:
        _exempt(procedure, not_for)
    _record(kind="yearwheel.procedure_changed", subject=procedure, by=by, detail={"fields": changed})
    _roll(procedure.owner, by, on)
    return procedure


@transaction.atomic
def end_procedure(*, procedure: Procedure, by: str, on: date | None = None) -> None:
    """It makes no more tasks, and open ones go away. What was done stays; others may still count from its date."""
    _set_active(procedure, to=False)
    _record(kind="yearwheel.procedure_ended", subject=procedure, by=by)
    _roll(procedure.owner, by, on)


@transaction.atomic
def resume_procedure(*, procedure: Procedure, by: str, on: date | None = None) -> None:
    """It makes tasks again."""
    _set_active(procedure, to=True)
    _record(kind="yearwheel.procedure_resumed", subject=procedure, by=by)
    _roll(procedure.owner, by, on)


def _set_active(procedure: Procedure, *, to: bool) -> None:
    procedure.is_active = to
    procedure.version += 1
    procedure.save(update_fields=["is_active", "version"])


def _fill(procedure: Procedure, words: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in words:
            setattr(procedure, name, words[name])
    others = Procedure.objects.filter(owner=procedure.owner).exclude(pk=procedure.pk)
    known = {other.key: other for other in others} | {procedure.key: procedure}
    due_date(procedure, 2000, known=known, profile="autumn")  # any year shows a circle


def _exempt(procedure: Procedure, not_for: Mapping[Unit, str]) -> None:
    procedure.exemptions.exclude(school__in=list(not_for)).delete()
    for school, reason in not_for.items():
        Exemption.objects.update_or_create(procedure=procedure, school=school, defaults={"reason": reason})


def _free_key(owner: Unit, name: str) -> str:
    """A key made of the name, with a number when it is taken."""
    stem = slugify(name.translate(str.maketrans("æøåÆØÅ", "eoaEOA")))[:50] or "prosedyre"
    taken = set(Procedure.objects.filter(owner=owner, key__startswith=stem).values_list("key", flat=True))
    number = 1
    while (key := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return key


def _roll(owner: Unit, by: str, on: date | None) -> None:
    if on is not None:
        roll_year(owner=owner, school_year=school_year_of(on), by=by, on=on)


def _record(*, kind: str, subject: Procedure, by: str, detail: dict[str, Any] | None = None) -> None:
    record(
        kind=kind,
        by=by,
        subject=subject.key,
        subject_key=str(subject.pk),
        owner=subject.owner.code,
        detail=detail,
    )
