"""Tasks as lines of a list, and many schools' equal tasks as one line."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import roles
from tettpaa.core.orgs.queries import alphabetical
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.yearwheel.access import readable
from tettpaa.work.yearwheel.enums import HandoverState, Standing, State
from tettpaa.work.yearwheel.models import SOON, Handover, Task
from tettpaa.work.yearwheel.people import is_mine
from tettpaa.work.yearwheel.rules import school_year_of

MANY = 12


@dataclass(frozen=True, slots=True)
class Baton:
    """An open offer: to whom (a role), and since when. The task is still with the giver."""

    to_role: str
    since: date


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task as a viewer sees it. `place` is the school's name, "" for the owner's own."""

    id: UUID
    title: str
    due_on: date
    standing: Standing
    tag: str
    role: str
    place: str
    school: str
    owner: str
    is_mine: bool
    reason: str
    remains: str
    source: str
    procedure: UUID | None
    baton: Baton | None = None

    @property
    def address(self) -> str:
        """Made when it is printed: of hundreds of equal tasks most are only counted."""
        return reverse("yearwheel:task", kwargs={"owner": self.owner, "task": self.id})

    @property
    def is_late(self) -> bool:
        return self.standing == Standing.OVERDUE

    @property
    def is_open(self) -> bool:
        return self.standing in {Standing.UPCOMING, Standing.DUE, Standing.OVERDUE, Standing.PARTLY}


@dataclass(frozen=True, slots=True)
class Group:
    """Equal tasks of several schools, or one alone. The lines are alphabetical by school."""

    lines: tuple[TaskLine, ...]

    @property
    def first(self) -> TaskLine:
        return self.lines[0]

    @property
    def is_one(self) -> bool:
        return len(self.lines) == 1

    @property
    def is_many(self) -> bool:
        """Too many to be listed under one line; the schools' own page has them."""
        return len(self.lines) > MANY

    @property
    def open_lines(self) -> list[TaskLine]:
        return [line for line in self.lines if line.is_open]

    @property
    def counts(self) -> Counter[str]:
        return Counter(line.standing.value for line in self.lines)

    @property
    def asked(self) -> int:
        """How many it is for."""
        return len(self.lines) - self.counts[Standing.NOT_APPLICABLE]

    @property
    def done(self) -> int:
        return self.counts[Standing.DONE]

    @property
    def is_late(self) -> bool:
        return self.counts[Standing.OVERDUE] > 0

    @property
    def is_open(self) -> bool:
        return any(line.is_open for line in self.lines)

    @property
    def is_mine(self) -> bool:
        return any(line.is_mine and line.is_open for line in self.lines)


def tasks_for(
    viewer: Viewer, owner: Unit, today: date, school: Unit | None = None, *, year: int | None = None
) -> list[TaskLine]:
    """The tasks of a school year (that of today) that the viewer may see, by date, then by school."""
    year = school_year_of(today) if year is None else year
    rows = visible_tasks(viewer, owner).filter(school_year=year)
    return lines(viewer, rows.filter(school=school) if school else rows, today)


def visible_tasks(viewer: Viewer, owner: Unit) -> QuerySet[Task]:
    """All that the viewer may see at the owner, what was taken away left out."""
    return Task.objects.filter(readable(viewer, owner), owner=owner).exclude(state=State.DROPPED)


def lines(viewer: Viewer, rows: QuerySet[Task], today: date) -> list[TaskLine]:
    """A constant number of queries; the places are read once, however many tasks they have."""
    tasks = list(rows.prefetch_related("holder"))
    places = Unit.objects.in_bulk({pk for task in tasks for pk in (task.owner_id, task.school_id) if pk})
    for task in tasks:
        task.owner = places[task.owner_id]
        task.school = places[task.school_id] if task.school_id else None
    batons = _batons(rows)
    found = [_line(viewer, task, today, batons.get(task.pk)) for task in tasks]
    return sorted(found, key=lambda line: (line.due_on, line.title, alphabetical(line.place), line.role))


def _batons(tasks: QuerySet[Task]) -> dict[UUID, Baton]:
    offers = Handover.objects.filter(task__in=tasks.order_by().values("pk"), state=HandoverState.OFFERED)
    return {offer.task_id: Baton(role_name(offer.to_role), offer.at.date()) for offer in offers}


def _line(viewer: Viewer, task: Task, today: date, baton: Baton | None) -> TaskLine:
    return TaskLine(
        id=task.pk,
        title=task.title,
        due_on=task.due_on,
        standing=task.standing(today),
        tag=task.tag,
        role=role_name(task.role),
        place=task.school.label if task.school else "",
        school=task.school.code if task.school else "",
        owner=task.owner.code,
        is_mine=is_mine(viewer, task),
        reason=task.reason,
        remains=task.remains,
        source=task.source,
        procedure=task.procedure_id,
        baton=baton,
    )


def grouped(found: Iterable[TaskLine]) -> list[Group]:
    """Tasks of one procedure, date and role at several schools become one line; the others stay alone."""
    groups: dict[object, list[TaskLine]] = defaultdict(list)
    for line in found:
        key = (
            (line.procedure, line.title, line.due_on, line.role)
            if line.procedure and line.school
            else line.id
        )
        groups[key].append(line)
    return [Group(tuple(together)) for together in groups.values()]


def soon_or_late(viewer: Viewer, owner: Unit, today: date, school: Unit | None = None) -> list[Group]:
    """What is late, and what is due within two weeks, of whatever school year; the late first."""
    rows = visible_tasks(viewer, owner).filter(
        state__in=[State.UPCOMING, State.PARTLY],
        due_on__lte=today + SOON,
        due_on__gte=today - timedelta(days=400),
    )
    found = grouped(lines(viewer, rows.filter(school=school) if school else rows, today))
    return sorted(found, key=lambda group: (not group.is_late, group.first.due_on))


def role_name(key: str) -> str:
    """The role in the reader's language; a role that is no longer known is shown by its key."""
    role = roles().get(key)
    language = (get_language() or "nb").split("-")[0]
    return role.names.get(language, role.names["nb"]) if role else key
