"""What the pages of the wheel show: the year as dots, a month, one task, the schools, the procedures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission, roles
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.panels import Asked, Item, when_shown
from tettpaa.work.yearwheel.enums import OPEN, HandoverState
from tettpaa.work.yearwheel.laws import Law, law
from tettpaa.work.yearwheel.models import Feed, Handover, Procedure, Task, TaskAnswer
from tettpaa.work.yearwheel.people import is_mine, may_answer, people_at
from tettpaa.work.yearwheel.queries.lines import (
    Group,
    TaskLine,
    grouped,
    lines,
    role_name,
    soon_or_late,
    visible_tasks,
)
from tettpaa.work.yearwheel.rules import CircleError, due_date, school_year_of

MONTHS = (8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True)
class Chosen:
    """What the reader has asked to see of the wheel."""

    year: int
    month: int
    school: Unit | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """Equal tasks on one date: `left` are still open."""

    due_on: date
    tag: str
    left: int
    is_late: bool


@dataclass(frozen=True)
class Wheel:
    """The page. `late` is of any month; the others of the chosen month, without the late ones."""

    dots: list[Dot]
    late: list[Group]
    now: list[Group]
    done: list[Group]
    roles: list[tuple[str, str]]
    schools: list[Unit]

    @property
    def tags(self) -> Counter[str]:
        """How many of the month's open lines are law, own decision, habit."""
        return Counter(group.first.tag for group in [*self.late, *self.now])

    @property
    def given(self) -> int:
        """How many of the month's open tasks wait for somebody to take them over."""
        return sum(1 for group in [*self.late, *self.now] for line in group.lines if line.baton)


def wheel(viewer: Viewer, owner: Unit, today: date, chosen: Chosen) -> Wheel:
    """Everything on the wheel; a constant number of queries."""
    everything = visible_tasks(viewer, owner).filter(school_year=chosen.year)
    keys = sorted(set(everything.order_by().values_list("role", flat=True)), key=role_name)
    rows = everything.filter(school=chosen.school) if chosen.school else everything
    rows = rows.filter(role=chosen.role) if chosen.role else rows
    late = Q(state__in=OPEN, due_on__lt=today)
    shown = grouped(lines(viewer, rows.filter(Q(due_on__month=chosen.month) | late), today))
    return Wheel(
        dots=_dots(rows, today),
        late=[group for group in shown if group.is_late],
        now=[group for group in shown if group.is_open and not group.is_late],
        done=[group for group in shown if not group.is_open],
        roles=[(key, role_name(key)) for key in keys],
        schools=schools_for(viewer, owner),
    )


def _dots(rows: QuerySet[Task], today: date) -> list[Dot]:
    found = (
        rows.order_by("due_on", "title")
        .values("title", "due_on", "tag", "procedure")
        .annotate(left=Count("pk", filter=Q(state__in=OPEN)))
    )
    return [
        Dot(row["due_on"], row["tag"], row["left"], bool(row["left"]) and row["due_on"] < today)
        for row in found
    ]


def schools_for(viewer: Viewer, owner: Unit) -> list[Unit]:
    """The owner's schools whose wheel the viewer may read, alphabetically."""
    return [school for school in schools_of(owner) if viewer.may(Permission.WHEEL_READ, school)]


@dataclass(frozen=True)
class Person:
    """Somebody a task may be given to."""

    pk: int
    name: str
    role: str
    role_key: str


@dataclass(frozen=True)
class TaskPage:
    """One task with what it takes."""

    task: Task
    line: TaskLine
    law: Law | None
    first: list[TaskLine]
    history: list[TaskAnswer]
    experiences: list[TaskAnswer]
    offer: Handover | None
    said_no: Handover | None
    people: list[Person]
    may_answer: bool
    is_mine: bool
    is_offered_to_me: bool
    undo: TaskAnswer | None

    @property
    def law_cited(self) -> str:
        return f"{self.law.cited(get_language() or 'nb')}." if self.law else ""

    @property
    def law_words(self) -> str:
        return self.law.words(get_language() or "nb") if self.law else ""

    @property
    def said_no_role(self) -> str:
        return role_name(self.said_no.to_role) if self.said_no else ""


def task_page(viewer: Viewer, task: Task, today: date) -> TaskPage:
    """Reads what the page of a task shows; `task` comes from access.task_for_reading."""
    procedure = task.procedure
    offers = list(Handover.objects.filter(task=task).select_related("to").order_by("at"))
    offer = next((one for one in offers if one.state == HandoverState.OFFERED), None)
    last = offers[-1] if offers else None
    history = list(TaskAnswer.objects.filter(task=task, undone_at=None))
    answers = may_answer(viewer, task)
    return TaskPage(
        task=task,
        line=lines(viewer, Task.objects.filter(pk=task.pk), today)[0],
        law=law(procedure.law, task.due_on) if procedure and procedure.law else None,
        first=_first(viewer, task, procedure, today) if procedure and procedure.depends_on else [],
        history=history,
        experiences=_experiences(task) if procedure else [],
        offer=offer,
        said_no=last if last and last.state == HandoverState.DECLINED and task.is_open else None,
        people=_people(viewer, task) if answers and task.is_open and offer is None else [],
        may_answer=answers,
        is_mine=is_mine(viewer, task),
        is_offered_to_me=offer is not None and offer.to.email == viewer.email,
        undo=history[-1] if answers and history and history[-1].by == viewer.email else None,
    )


def last_answer(task: Task) -> TaskAnswer | None:
    """The answer that stands."""
    return TaskAnswer.objects.filter(task=task, undone_at=None).order_by("at", "pk").last()


def _first(viewer: Viewer, task: Task, procedure: Procedure, today: date) -> list[TaskLine]:
    """What should be done before this, at the same school or at the owner."""
    rows = visible_tasks(viewer, task.owner).filter(
        Q(school=task.school) | Q(school=None),
        procedure__key__in=procedure.depends_on,
        school_year=task.school_year,
    )
    return lines(viewer, rows, today)


def _experiences(task: Task) -> list[TaskAnswer]:
    """What the schools of the owner have passed on about this procedure, the newest first."""
    rows = TaskAnswer.objects.filter(
        task__procedure=task.procedure_id, task__owner=task.owner, undone_at=None
    ).exclude(experience="")
    return list(rows.select_related("task__school").order_by("-at")[:20])


def _people(viewer: Viewer, task: Task) -> list[Person]:
    """Everybody with a role at the place but the one who holds the task now; each person once."""
    places = [task.place] if task.school is None else [task.place, task.owner]
    now = task.holder.email if task.holder else viewer.email
    found: dict[int, Person] = {}
    for place in places:
        if place.pk != task.place.pk and not viewer.may(Permission.TASKS_DO, place):
            continue
        for row in people_at(place):
            if row.user.email != now and _works_here(row.role):
                found.setdefault(
                    row.user_id, Person(row.user_id, row.user.name, role_name(row.role), row.role)
                )
    return list(found.values())


def _works_here(role: str) -> bool:
    """A task is given to those who see the wheel; not to the council or the auditor's like."""
    known = roles().get(role)
    return known is not None and bool(known.permissions & {Permission.TASKS_DO, Permission.WHEEL_READ})


@dataclass(frozen=True)
class Matrix:
    """Schools down, the month's tasks across. A cell without a task is None."""

    heads: list[TaskLine]
    rows: list[tuple[Unit, list[TaskLine | None]]]


def matrix(viewer: Viewer, owner: Unit, today: date, *, year: int, month: int) -> Matrix:
    """The schools' tasks of a month, schools alphabetically; two queries and the schools'."""
    tasks = visible_tasks(viewer, owner).filter(
        school_year=year, school__isnull=False, due_on__month=month, procedure__isnull=False
    )
    found = lines(viewer, tasks, today)
    heads: dict[tuple[UUID | None, str], TaskLine] = {}
    cells: dict[tuple[str, UUID | None, str], TaskLine] = {}
    for line in found:
        heads.setdefault((line.procedure, line.role), line)
        cells[line.school, line.procedure, line.role] = line
    return Matrix(
        heads=list(heads.values()),
        rows=[
            (school, [cells.get((school.code, *key)) for key in heads])
            for school in schools_for(viewer, owner)
        ],
    )


@dataclass(frozen=True)
class ProcedureLine:
    """A procedure with its date in a school year; None when its rule gives none."""

    row: Procedure
    due_on: date | None
    roles: list[str]
    cited: str
    anchor: str


def procedures(owner: Unit, today: date) -> list[ProcedureLine]:
    """All of the owner's, the dated by date, then the undated, at last the ended. One query."""
    rows = list(Procedure.objects.filter(owner=owner))
    known = {row.key: row for row in rows}
    year, profile = school_year_of(today), owner.settings.wheel_profile
    found = [
        ProcedureLine(
            row=row,
            due_on=_date(row, year, known, profile),
            roles=[role_name(key) for key in row.roles],
            cited=_cited(row.law, today),
            anchor=known[row.anchor].name if row.anchor in known else "",
        )
        for row in rows
    ]
    return sorted(found, key=lambda line: (not line.row.is_active, line.due_on or date.max, line.row.name))


def _cited(key: str, today: date) -> str:
    """How the rule is cited while it holds; a rule that is not known today is not cited."""
    rule = law(key, today) if key else None
    return rule.cited(get_language() or "nb") if rule else ""


def _date(row: Procedure, year: int, known: dict[str, Procedure], profile: str) -> date | None:
    try:
        return due_date(row, year, known=known, profile=profile)
    except CircleError:
        return None


def other_procedures(owner: Unit, key: str = "") -> list[tuple[str, str]]:
    """Keys and names of those that another may count from or wait for."""
    rows = Procedure.objects.filter(owner=owner, is_active=True).exclude(key=key)
    return list(rows.order_by("name").values_list("key", "name"))


def procedure_words(row: Procedure) -> dict[str, Any]:
    """The procedure as its form has it."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} | {
        f"not_for_{exemption.school.code}": exemption.reason for exemption in row.exemptions.all()
    }


def feed_of(owner: Unit, email: str) -> Feed | None:
    """The person's calendar at the owner, if there is one."""
    return Feed.objects.filter(owner=owner, user__email=email).first()


def has_tasks(owner: Unit, year: int) -> bool:
    return Task.objects.filter(owner=owner, school_year=year, procedure__isnull=False).exists()


def front_items(asked: Asked) -> Iterable[Item]:
    """Late and near tasks for the front pages; one line for equal tasks of several schools."""
    for group in soon_or_late(asked.viewer, asked.owner, asked.today, asked.school):
        yield Item(
            kind="late" if group.is_late else "due",
            title=group.first.title,
            address=when_shown(partial(_address, asked.owner, group)),
            when=group.first.due_on,
            place=", ".join(_places(group.open_lines)),
            note=group.first.remains if group.is_one else "",
            mine=group.is_mine,
        )


def _places(found: Sequence[TaskLine]) -> list[str]:
    """The schools by name while they are few."""
    names = [line.place for line in found if line.place]
    return names if len(names) <= 3 else [*names[:2], f"+ {len(names) - 2}"]


def _address(owner: Unit, group: Group) -> str:
    if len(group.open_lines) == 1:
        return group.open_lines[0].address
    wheel_page = reverse("yearwheel:wheel", kwargs={"owner": owner.code})
    return f"{wheel_page}?aar={school_year_of(group.first.due_on)}&maaned={group.first.due_on.month}"
