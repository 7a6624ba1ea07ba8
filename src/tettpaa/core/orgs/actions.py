"""Changing places and roles."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from tettpaa.core.accounts.models import User
from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.models import Body, Membership, OwnerSettings, SentForm, Unit
from tettpaa.core.orgs.permissions import roles
from tettpaa.core.orgs.queries import units_by_code
from tettpaa.core.orgs.viewer import owner_path


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A place that a register or a file names and we do not know yet."""

    kind: Kind
    code: str
    name: str
    parent_code: str


@transaction.atomic
def add_units(*, units: Iterable[NewUnit], by: str, invented: bool = False) -> dict[str, Unit]:
    """Add the places that are missing, parents before children; known codes are left as they are.

    Returns the added units by code. Raises KeyError with the code of a parent that does not exist.
    """
    wanted = list({unit.code: unit for unit in units}.values())
    known = units_by_code({unit.code for unit in wanted} | {unit.parent_code for unit in wanted})
    added: dict[str, Unit] = {}
    order = [Kind.NATION, Kind.COUNTY, Kind.OWNER, Kind.SERVICE, Kind.SCHOOL, Kind.KINDERGARTEN, Kind.GROUP]
    for kind in order:
        batch = [
            _unit(unit, known, invented=invented)
            for unit in wanted
            if unit.kind == kind and unit.code not in known
        ]
        for unit in Unit.objects.bulk_create(batch):
            known[unit.code] = added[unit.code] = unit
    if added:
        record(
            kind="orgs.units_added",
            by=by,
            subject=f"{len(added)} units",
            detail={"codes": sorted(added)[:50], "number": len(added)},
        )
    return added


def _unit(new: NewUnit, known: dict[str, Unit], *, invented: bool) -> Unit:
    parent = known[new.parent_code] if new.parent_code else None
    path = f"{parent.path if parent else '/'}{new.code}/"
    name = " ".join(new.name.split())
    return Unit(kind=new.kind, code=new.code, name=name, parent=parent, path=path, is_invented=invented)


@transaction.atomic
def become_owner(*, unit: Unit, by: str, **settings: str) -> OwnerSettings:
    """Let a municipality use the installation, with its own words and colour."""
    row, created = OwnerSettings.objects.get_or_create(unit=unit, defaults=settings)
    if created:
        record(kind="orgs.owner_added", by=by, subject=unit.label, subject_key=unit.code, owner=unit.code)
    return row


@transaction.atomic
def change_owner_settings(*, settings: OwnerSettings, by: str, **changes: str) -> None:
    """Change the report's name, the accent or the language form; the trail keeps before and after."""
    before = {name: getattr(settings, name) for name in changes}
    for name, value in changes.items():
        setattr(settings, name, value)
    settings.full_clean()
    settings.save(update_fields=[*changes, "changed_at"])
    record(
        kind="orgs.settings_changed",
        by=by,
        subject=settings.unit.label,
        subject_key=settings.unit.code,
        owner=settings.unit.code,
        detail={"before": before, "after": changes},
    )


@dataclass(frozen=True, slots=True)
class BodyWords:
    """What is said of a body; `role` holds the role whose people speak for it, `voice` whose voice it is."""

    name: str
    level: str
    role: str = ""
    voice: str = ""
    decides: bool = False


@transaction.atomic
def save_body(*, owner: Unit, key: str, words: BodyWords, by: str) -> Body:
    """Make a body, change it, or bring it back after it was ended. A new one stands last.

    Raises ValidationError when a word is too long or a choice does not exist.
    """
    row = Body.objects.filter(owner=owner, key=key).first()
    is_new = row is None
    if row is None:
        last = Body.objects.filter(owner=owner).aggregate(last=Max("order"))["last"] or 0
        row = Body(owner=owner, key=key, order=last + 10)
    row.name, row.level, row.role = words.name, words.level, words.role
    row.voice, row.decides, row.is_active = words.voice, words.decides, True
    row.full_clean(exclude={"owner"})
    row.save()
    record(
        kind="orgs.body_saved",
        by=by,
        subject=key,
        subject_key=str(row.pk),
        owner=owner.code,
        detail={"is_new": is_new},
    )
    return row


@transaction.atomic
def end_body(*, owner: Unit, key: str, by: str) -> None:
    """End a body. The row stays, since minutes and statements name it. Ending an ended body does nothing."""
    row = Body.objects.filter(owner=owner, key=key, is_active=True).first()
    if row is None:
        return
    row.is_active = False
    row.save(update_fields=["is_active"])
    record(kind="orgs.body_ended", by=by, subject=key, subject_key=str(row.pk), owner=owner.code)


@transaction.atomic
def choose_own_schools(*, owner: Unit, codes: Collection[str], by: str) -> None:
    """Say which schools inside the municipality the owner runs; the others keep their figures only."""
    schools = Unit.objects.filter(kind=Kind.SCHOOL, path__startswith=owner.path)
    taken_in = list(schools.filter(code__in=codes, run_by_owner=False).values_list("code", flat=True))
    left_out = list(schools.exclude(code__in=codes).filter(run_by_owner=True).values_list("code", flat=True))
    schools.filter(code__in=taken_in).update(run_by_owner=True)
    schools.filter(code__in=left_out).update(run_by_owner=False)
    if taken_in or left_out:
        owner.settings.save(update_fields=["changed_at"])
        record(
            kind="orgs.own_schools_chosen",
            by=by,
            subject=owner.label,
            subject_key=owner.code,
            owner=owner.code,
            detail={"taken_in": taken_in, "left_out": left_out},
        )


@transaction.atomic
def give_role(
    *, user: User, unit: Unit, role: str, starts_on: date, by: str, ends_on: date | None = None
) -> Membership:
    """Give a person a role on a unit. Raises KeyError for an unknown role."""
    roles()[role]
    membership = Membership(user=user, unit=unit, role=role, starts_on=starts_on, ends_on=ends_on)
    membership.full_clean()
    membership.save()
    record(
        kind="orgs.role_given",
        by=by,
        subject=f"{user.email} {role} {unit.code}",
        subject_key=str(membership.pk),
        owner=owner_path(unit.path).split("/")[-2],
        detail={"from": starts_on.isoformat(), "to": ends_on and ends_on.isoformat()},
    )
    return membership


@transaction.atomic
def end_role(*, membership: Membership, ends_on: date, by: str) -> None:
    """End a role; the row stays, so that it can be seen who had access when."""
    membership.ends_on = ends_on
    membership.full_clean()
    membership.save(update_fields=["ends_on"])
    record(
        kind="orgs.role_ended",
        by=by,
        subject=f"{membership.user.email} {membership.role} {membership.unit.code}",
        subject_key=str(membership.pk),
        owner=owner_path(membership.unit.path).split("/")[-2],
        detail={"to": ends_on.isoformat()},
    )


def sweep_sent_forms(*, before: datetime) -> int:
    """Forget forms sent before a moment: by then nobody sends them again. Returns how many."""
    return SentForm.objects.filter(at__lt=before).delete()[0]
