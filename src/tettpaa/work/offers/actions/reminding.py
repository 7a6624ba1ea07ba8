"""Reminding those who take part of the gatherings that are near."""

from datetime import date
from uuid import UUID

from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.enums import Answer
from tettpaa.work.offers.letters import remind_of
from tettpaa.work.offers.models import Attendance, Gathering
from tettpaa.work.offers.parts import people_at
from tettpaa.work.offers.queries.due import remindable
from tettpaa.work.offers.queries.gatherings import next_before
from tettpaa.work.offers.queries.rules import rules_of
from tettpaa.work.offers.rules import reminder


def remind(*, today: date) -> tuple[int, int]:
    """Send the reminders that are due and not sent; returns how many went out and how many could not be sent.

    Who has said that they do not come gets none.
    """
    days_of: dict[int, tuple[int, ...]] = {}
    sent = failed = 0
    for gathering in remindable(today):
        days = reminder(gathering.on, today, _days(gathering.owner, days_of))
        if days is None:
            continue
        before = next_before(gathering)
        for person, answer, task_done in _people(gathering, before):
            task = "" if before is None or task_done else before.task
            went = remind_of(gathering, person, days, answer=answer, task=task)
            sent, failed = sent + (went is True), failed + (went is False)
    return sent, failed


def _days(owner: Unit, known: dict[int, tuple[int, ...]]) -> tuple[int, ...]:
    if owner.pk not in known:
        known[owner.pk] = rules_of(owner).remind_days
    return known[owner.pk]


def _people(gathering: Gathering, before: Gathering | None) -> list[tuple[Employee, str, bool]]:
    """Those who take part and have not said no, with their answer and whether the task is done."""
    said = dict(Attendance.objects.filter(gathering=gathering).values_list("employee", "answer"))
    done: set[UUID] = set()
    if before is not None and before.task:
        rows = Attendance.objects.filter(gathering=before, task_done=True)
        done = set(rows.values_list("employee", flat=True))
    return [
        (person, said.get(person.pk, ""), person.pk in done)
        for person in people_at(gathering)
        if said.get(person.pk) != Answer.NOT_COMING and person.works_on(gathering.on)
    ]
