"""People, their qualifications, exemptions and what they teach. Each deed judges the person's rows anew."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from tettpaa.core.accounts.models import User
from tettpaa.core.audit.versions import save_changes
from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.actions.judging import judge_person
from tettpaa.work.competence.actions.telling import tell
from tettpaa.work.competence.enums import Employment
from tettpaa.work.competence.models import Employee, Exemption, Qualification, Teaching
from tettpaa.work.competence.requirements import PostFault, appointment_on, post_fault


class PostError(Exception):
    """The post is not one that the law of its first day allows."""

    def __init__(self, fault: PostFault) -> None:
        super().__init__(fault.key)
        self.fault = fault


class WrongDayError(Exception):
    """The last day lies before the first."""


@dataclass(frozen=True)
class NewEmployee:
    """What is known beside name, e-mail and role."""

    service: str = "skole"
    employment: str = Employment.PERMANENT
    employment_until: date | None = None
    has_teacher_education: bool = True
    newly_educated_on: date | None = None
    active_from: date | None = None


@dataclass(frozen=True)
class Person:
    """Somebody of a list: who, and what else is known."""

    name: str
    email: str
    role: str
    more: NewEmployee


@transaction.atomic
def add_people(*, owner: Unit, school: Unit | None, people: Iterable[Person], by: str) -> tuple[int, int]:
    """Records for those of a list who have none; how many were made, and how many stood already, unchanged.

    Somebody is known by the e-mail, and without one by name, place and first day: a list can be read twice.
    Raises PostError, and then nobody is written.
    """
    made = known = 0
    for one in people:
        if _stands(owner, school, one):
            known += 1
            continue
        who = {"name": one.name, "email": one.email, "role": one.role}
        add_employee(owner=owner, school=school, **who, by=by, more=one.more)
        made += 1
    return made, known


def _stands(owner: Unit, school: Unit | None, one: Person) -> bool:
    rows = Employee.objects.filter(owner=owner)
    if one.email:
        return rows.filter(email=one.email.strip().lower()).exists()
    began = one.more.active_from or timezone.localdate()
    return rows.filter(school=school, name=one.name, active_from=began).exists()


@transaction.atomic
def add_employee(  # noqa: PLR0913 - one argument for each thing that says who somebody is
    *,
    owner: Unit,
    school: Unit | None,
    name: str,
    email: str,
    role: str,
    by: str,
    more: NewEmployee | None = None,
) -> Employee:
    """A new record. One e-mail is one person at an owner: the one that stands is given back unchanged.

    Raises PostError when a teaching post is not one the law allows.
    """
    email = email.strip().lower()
    standing = Employee.objects.filter(owner=owner, email=email).first() if email else None
    if standing is not None:
        return standing
    known = more or NewEmployee()
    row = Employee(
        owner=owner,
        school=school,
        name=name,
        email=email,
        role=role,
        user=User.objects.filter(email__iexact=email).first() if email else None,
        service=known.service,
        employment=known.employment,
        employment_until=known.employment_until,
        has_teacher_education=known.has_teacher_education,
        newly_educated_on=known.newly_educated_on,
        active_from=known.active_from or timezone.localdate(),
    )
    check_post(row)
    row.save(force_insert=True)
    tell("competence.employee_added", owner, "ansatt", row.pk, by, {"role": role})
    return row


def check_post(row: Employee) -> None:
    """Raises PostError for a teaching post the law does not allow. A post that the law lets last to 31 July at most,
    ends then when nobody has written an end."""
    if row.role != "teacher":
        return
    rule = appointment_on(row.active_from)
    if rule is not None and not row.has_teacher_education and row.employment_until is None:
        row.employment_until = rule.last_day(row.employment, row.active_from)
    fault = post_fault(
        row.employment,
        is_educated=row.has_teacher_education,
        starts_on=row.active_from,
        until=row.employment_until,
    )
    if fault:
        raise PostError(fault)


@transaction.atomic
def save_employee(*, employee: Employee, version: int, fields: Collection[str], by: str) -> None:
    """Write a record's own fields. Raises PostError, or ConflictError (core/audit/versions.py)."""
    check_post(employee)
    employee.email = employee.email.strip().lower()
    found = User.objects.filter(email__iexact=employee.email).first() if employee.email else None
    employee.user = found
    save_changes(employee, version=version, fields={*fields, "email", "user", "employment_until"})
    judge_person(employee, timezone.localdate())
    tell("competence.employee_written", employee.owner, "ansatt", employee.pk, by, {"fields": sorted(fields)})


@transaction.atomic
def end_employment(*, employee: Employee, on: date, by: str) -> None:
    """The person leaves after `on`. What is kept after that, and how long, is said by `fields.toml`.

    Raises WrongDayError.
    """
    if on < employee.active_from:
        raise WrongDayError
    Employee.objects.filter(pk=employee.pk).update(active_to=on, version=employee.version + 1)
    employee.active_to = on
    tell("competence.employment_ended", employee.owner, "ansatt", employee.pk, by, {"on": on.isoformat()})


@transaction.atomic
def add_qualification(  # noqa: PLR0913 - one argument for each thing a qualification says
    *,
    employee: Employee,
    subject: str,
    credits: Decimal | int,  # noqa: A002 - the law's own word
    source: str,
    by: str,
    source_key: str = "",
    obtained_on: date | None = None,
) -> Qualification:
    """Credits in a subject. With `source_key` ("funds.application:<uuid>") it is written once however often asked."""
    values = {
        "owner": employee.owner,
        "subject": subject,
        "credits": Decimal(credits),
        "source": source[:200],
        "obtained_on": obtained_on,
    }
    if source_key:
        row, made = Qualification.objects.get_or_create(
            employee=employee, source_key=source_key, defaults=values
        )
    else:
        row, made = Qualification.objects.create(employee=employee, **values), True
    if made:
        judge_person(employee, timezone.localdate())
        tell("competence.qualification_added", employee.owner, "kompetanse", row.pk, by, {"subject": subject})
    return row


@transaction.atomic
def remove_qualification(*, row: Qualification, by: str) -> None:
    """Take away what was written by mistake."""
    employee, key = row.employee, row.pk
    row.delete()
    judge_person(employee, timezone.localdate())
    tell("competence.qualification_removed", employee.owner, "kompetanse", key, by)


@transaction.atomic
def add_exemption(  # noqa: PLR0913 - one argument for each thing an exemption says
    *,
    employee: Employee,
    ground: str,
    by: str,
    subject: str = "",
    documented_by: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Exemption:
    """A ground of the law, with how it was documented. The same ground and subject is written anew."""
    row, _made = Exemption.objects.update_or_create(
        employee=employee,
        ground=ground,
        subject=subject,
        defaults={
            "owner": employee.owner,
            "documented_by": documented_by,
            "valid_from": valid_from,
            "valid_to": valid_to,
        },
    )
    judge_person(employee, timezone.localdate())
    tell("competence.exemption_written", employee.owner, "unntak", row.pk, by, {"ground": ground})
    return row


@transaction.atomic
def remove_exemption(*, row: Exemption, by: str) -> None:
    """Take away a ground that was written by mistake."""
    employee, key = row.employee, row.pk
    row.delete()
    judge_person(employee, timezone.localdate())
    tell("competence.exemption_removed", employee.owner, "unntak", key, by)


@transaction.atomic
def set_teaching(
    *, employee: Employee, year: int, rows: Iterable[tuple[str, str]], by: str
) -> list[Teaching]:
    """What the person teaches in the school year, as (subject, stage); replaces what stood. Needs a school."""
    if employee.school is None:
        raise ValueError("only somebody at a school teaches")
    wanted = set(rows)
    standing = {(row.subject, row.stage): row for row in employee.teaching.filter(year=year)}
    gone = [row.pk for key, row in standing.items() if key not in wanted]
    Teaching.objects.filter(pk__in=gone).delete()
    Teaching.objects.bulk_create(
        Teaching(
            owner=employee.owner,
            school=employee.school,
            employee=employee,
            year=year,
            subject=subject,
            stage=stage,
        )
        for subject, stage in sorted(wanted - set(standing))
    )
    judge_person(employee, timezone.localdate())
    tell("competence.teaching_written", employee.owner, "undervisning", employee.pk, by, {"year": year})
    return list(employee.teaching.filter(year=year))
