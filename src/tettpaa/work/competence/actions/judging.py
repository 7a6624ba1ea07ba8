"""Holding what people teach against the requirements, and writing the outcome on the row that counts read."""

from datetime import date

from django.db.models import QuerySet

from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.models import Employee, Teaching
from tettpaa.work.competence.queries.frame import settings_of
from tettpaa.work.competence.queries.people import facts_of
from tettpaa.work.competence.requirements import Setting, judge

BATCH = 500


def day_in(year: int, today: date) -> date:
    """The day a school year's rows are judged on: today inside the year, else the year's nearest day."""
    first, last = date(year, 8, 1), date(year + 1, 7, 31)
    return min(max(today, first), last)


def judge_person(employee: Employee, today: date) -> int:
    """Judge all of a person's rows anew; how many changed."""
    rows = Teaching.objects.filter(employee=employee).select_related("employee")
    return _judge(rows, settings_of(employee.owner), today)


def judge_owner(owner: Unit, year: int, today: date) -> int:
    """Judge every row of the owner's year anew; how many changed. For new settings, and the daily round."""
    rows = Teaching.objects.filter(owner=owner, year=year).select_related("employee")
    return _judge(rows, settings_of(owner), today)


def _judge(rows: QuerySet[Teaching], settings: list[Setting], today: date) -> int:
    related = ("employee__qualifications", "employee__exemptions", "employee__deviations")
    changed: list[Teaching] = []
    for row in rows.prefetch_related(*related):
        facts = facts_of(row.employee)
        found = judge(facts, row.subject, row.stage, day_in(row.year, today), settings).standing
        if row.standing != found:
            row.standing = found
            changed.append(row)
    Teaching.objects.bulk_update(changed, ["standing"], batch_size=BATCH)
    return len(changed)
