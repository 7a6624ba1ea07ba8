"""Schools as the national register has them, and who took over from whom: public facts that a person lets in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.actions import NewUnit, add_units
from tettpaa.core.orgs.enums import Kind, SuccessionKind
from tettpaa.core.orgs.models import Succession, Unit
from tettpaa.core.orgs.queries import predecessors_of, units_by_code


class SuccessorError(ValueError):
    """The two schools cannot be linked. Its text is one of: same, place, taken, circle."""


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What a register says of a school. None and empty: it does not say."""

    code: str
    name: str
    grade_from: int | None = None
    grade_to: int | None = None
    main_language: str = ""
    is_private: bool = False
    ended: date | None = None


@transaction.atomic
def take_in_schools(*, owner: Unit, schools: Iterable[SchoolFacts], by: str) -> tuple[list[str], list[str]]:
    """Add the schools that are missing, and note grades, language form and end of those that are here.

    A name that is here stays. Returns the numbers of the added schools and of the changed ones. A school of another
    municipality is left alone.
    """
    wanted = list(schools)
    known = units_by_code(school.code for school in wanted)
    new = [NewUnit(Kind.SCHOOL, one.code, one.name, owner.code) for one in wanted if one.code not in known]
    added = add_units(units=new, by=by)
    changed = []
    for facts in wanted:
        unit = added.get(facts.code) or known[facts.code]
        if unit.is_below(owner) and _note(unit, facts, is_new=facts.code in added):
            changed.append(facts.code)
    if changed:
        record(
            kind="orgs.schools_noted",
            by=by,
            subject=owner.label,
            subject_key=owner.code,
            owner=owner.code,
            detail={"schools": changed, "new": sorted(added)},
        )
    owner.settings.save(update_fields=["changed_at"])
    return sorted(added), [code for code in changed if code not in added]


def _note(unit: Unit, facts: SchoolFacts, *, is_new: bool) -> bool:
    before = _kept(unit)
    unit.grade_from = facts.grade_from or unit.grade_from
    unit.grade_to = facts.grade_to or unit.grade_to
    unit.main_language = facts.main_language or unit.main_language
    unit.valid_to = facts.ended or unit.valid_to
    if is_new:
        unit.run_by_owner = not facts.is_private
    if _kept(unit) == before:
        return is_new
    unit.save(update_fields=["grade_from", "grade_to", "main_language", "valid_to", "run_by_owner"])
    return True


def _kept(unit: Unit) -> tuple[object, ...]:
    return (unit.grade_from, unit.grade_to, unit.main_language, unit.valid_to, unit.run_by_owner)


@transaction.atomic
def confirm_successor(*, owner: Unit, old: Unit, new: Unit, on: date, why: str, by: str) -> Succession:
    """Say that `new` took over from `old` on a day, and why. Its series goes on from there with a break.

    Each school has at most one predecessor and one successor, so that a series is one line. Raises SuccessorError.
    """
    if old.pk == new.pk:
        raise SuccessorError("same")
    pair = Unit.objects.select_for_update().filter(pk__in=[old.pk, new.pk], kind=Kind.SCHOOL)
    if sum(one.is_below(owner) for one in pair) != 2:
        raise SuccessorError("place")
    if new.pk in {step.old_id for step in predecessors_of(old)}:
        raise SuccessorError("circle")
    said = Q(kind=SuccessionKind.CONTINUED) & (Q(old=old) | Q(new=new))
    if Succession.objects.filter(said | Q(old=old, new=new)).exists():
        raise SuccessorError("taken")
    link = Succession.objects.create(
        old=old, new=new, kind=SuccessionKind.CONTINUED, on=on, by=by, at=timezone.now(), why=why.strip()
    )
    record(
        kind="orgs.successor_confirmed",
        by=by,
        subject=f"{old.label} → {new.label}",
        subject_key=f"{old.code} {new.code}",
        owner=owner.code,
        detail={"on": on.isoformat(), "why": link.why},
    )
    return link


@transaction.atomic
def undo_successor(*, owner: Unit, link: Succession, why: str, by: str) -> None:
    """Take the word back: the series is the school's own again. The trail keeps what was said, by whom and when."""
    if not Succession.objects.filter(pk=link.pk, kind=SuccessionKind.CONTINUED).delete()[0]:
        return
    record(
        kind="orgs.successor_undone",
        by=by,
        subject=f"{link.old.label} → {link.new.label}",
        subject_key=f"{link.old.code} {link.new.code}",
        owner=owner.code,
        detail={
            "on": link.on.isoformat(),
            "why": why.strip(),
            "was_confirmed_by": link.by,
            "was_confirmed_at": link.at.isoformat() if link.at else "",
            "was_because": link.why,
        },
    )
