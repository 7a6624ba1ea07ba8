"""Rolling the year: procedures become tasks for each role at each school. Run as often as one likes."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.enums import LanguageForm
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import schools_of
from tettpaa.work.yearwheel.enums import OPEN, Level, State
from tettpaa.work.yearwheel.models import Procedure, Task, TaskAnswer
from tettpaa.work.yearwheel.rules import CircleError, due_date, school_has


@dataclass
class Rolled:
    """What a roll did. `undated` are names of procedures whose rule gives no date."""

    made: int = 0
    moved: int = 0
    taken_away: int = 0
    undated: list[str] = field(default_factory=list)


@transaction.atomic
def roll_year(*, owner: Unit, school_year: int, by: str, on: date | None = None) -> Rolled:
    """Make the tasks of the school year that begins in `school_year`, and let open ones follow changed rules.

    `on`: leave out what was due before that day and is not made yet (a wheel that begins in November has not
    forgotten August). What people have answered is never touched.
    """
    # The owner's row is the lock: two rolls at once would otherwise both find a task missing.
    owner = Unit.objects.select_for_update(of=("self",)).select_related("settings").get(pk=owner.pk)
    procedures = list(Procedure.objects.filter(owner=owner).prefetch_related("exemptions"))
    known = {procedure.key: procedure for procedure in procedures}
    rolled = Rolled()
    wanted: dict[str, Task] = {}
    with translation.override(owner.settings.language_form or LanguageForm.NB):
        schools = schools_of(owner)
        for procedure in procedures:
            day = _day(procedure, school_year, known, owner.settings.wheel_profile)
            if procedure.is_active and day is None:
                rolled.undated.append(procedure.name)
            elif procedure.is_active and day is not None:
                wanted |= {task.source: task for task in _tasks(procedure, owner, schools, school_year, day)}
    _write(wanted, owner=owner, school_year=school_year, on=on, rolled=rolled)
    if rolled.made or rolled.moved or rolled.taken_away:
        record(
            kind="yearwheel.year_rolled",
            by=by,
            subject=f"{owner.label} {school_year}",
            subject_key=owner.code,
            owner=owner.code,
            detail={"made": rolled.made, "moved": rolled.moved, "taken_away": rolled.taken_away},
        )
    return rolled


def _day(procedure: Procedure, year: int, known: dict[str, Procedure], profile: str) -> date | None:
    try:
        return due_date(procedure, year, known=known, profile=profile)
    except CircleError:
        return None


def _tasks(procedure: Procedure, owner: Unit, schools: list[Unit], year: int, day: date) -> list[Task]:
    """One task for each role at each place, not saved; where it is not for the school it says so at once."""
    places: list[Unit | None] = [*schools] if procedure.level == Level.SCHOOL else [None]
    exempt = {exemption.school_id: exemption.reason for exemption in procedure.exemptions.all()}
    found = []
    for place in places:
        reason = exempt.get(place.pk, "") if place else ""
        if place and not reason and not school_has(procedure.grades, place.grade_from, place.grade_to):
            reason = _("Skolen har ikke disse trinnene.")
        found += [
            Task(
                owner=owner,
                school=place,
                procedure=procedure,
                title=procedure.name,
                due_on=day,
                school_year=year,
                role=role,
                state=State.NOT_APPLICABLE if reason else State.UPCOMING,
                tag=procedure.tag,
                reason=reason,
                source=f"procedure:{procedure.pk}:{year}:{place.code if place else ''}:{role}",
            )
            for role in procedure.roles
        ]
    return found


def _write(
    wanted: dict[str, Task], *, owner: Unit, school_year: int, on: date | None, rolled: Rolled
) -> None:
    rows = Task.objects.filter(owner=owner, school_year=school_year, procedure__isnull=False)
    there = {task.source: task for task in rows.select_for_update()}
    answered = set(TaskAnswer.objects.filter(task__in=rows, undone_at=None).values_list("task_id", flat=True))
    new = [
        task for source, task in wanted.items() if source not in there and (on is None or task.due_on >= on)
    ]
    Task.objects.bulk_create(new, batch_size=500)
    rolled.made = len(new)
    followed = []
    for source, task in there.items():
        rule = wanted.get(source)
        if rule is None and task.state in OPEN:
            task.state = State.DROPPED
            rolled.taken_away += 1
        elif rule is not None and _follows(task, rule, is_answered=task.pk in answered):
            rolled.moved += 1
        else:
            continue
        task.version += 1
        followed.append(task)
    Task.objects.bulk_update(
        followed, ["title", "due_on", "tag", "state", "reason", "version"], batch_size=500
    )


def _follows(task: Task, rule: Task, *, is_answered: bool) -> bool:
    """Bring a task up to its procedure. One that somebody has answered keeps state and date, unless half done."""
    if is_answered and task.state != State.PARTLY:
        return False
    state = task.state if is_answered else rule.state
    now = (rule.title, rule.due_on, rule.tag, state, rule.reason)
    if (task.title, task.due_on, task.tag, task.state, task.reason) == now:
        return False
    task.title, task.due_on, task.tag, task.state, task.reason = now
    return True
