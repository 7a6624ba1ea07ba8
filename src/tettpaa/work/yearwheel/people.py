"""Who is waited for: the one who has taken a task over, else those with its role at its place."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from tettpaa.core.accounts.models import User
from tettpaa.core.orgs.models import Membership, Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.queries import alphabetical
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.yearwheel.models import Task


def responsible(tasks: Iterable[Task]) -> dict[UUID, list[User]]:
    """The active people each task waits for, by name. Two queries at most, however many tasks."""
    tasks = list(tasks)
    today = timezone.localdate()
    rows = (
        Membership.objects.filter(
            unit__in={task.school_id or task.owner_id for task in tasks if task.holder_id is None},
            role__in={task.role for task in tasks if task.holder_id is None},
            starts_on__lte=today,
            user__is_active=True,
        )
        .filter(Q(ends_on=None) | Q(ends_on__gte=today))
        .select_related("user")
    )
    by_role: dict[tuple[int, str], dict[int, User]] = {}
    for row in rows:
        by_role.setdefault((row.unit_id, row.role), {})[row.user_id] = row.user
    holders = User.objects.in_bulk({task.holder_id for task in tasks if task.holder_id is not None})
    found: dict[UUID, list[User]] = {}
    for task in tasks:
        if task.holder_id is not None:
            people = [holders[task.holder_id]] if holders[task.holder_id].is_active else []
        else:
            people = list(by_role.get((task.school_id or task.owner_id, task.role), {}).values())
        found[task.pk] = sorted(people, key=lambda user: (alphabetical(user.name), user.pk))
    return found


def holds_role(viewer: Viewer, role: str, place: Unit) -> bool:
    return any(grant.role.key == role and grant.unit.pk == place.pk for grant in viewer.grants)


def is_mine(viewer: Viewer, task: Task) -> bool:
    """Whether the task waits for this viewer. `task.holder`, `task.school` and `task.owner` are read."""
    if task.holder is not None:
        return bool(viewer.email) and task.holder.email == viewer.email
    return holds_role(viewer, task.role, task.place)


def may_answer(viewer: Viewer, task: Task) -> bool:
    """Whoever is waited for, and whoever does tasks at the place."""
    return is_mine(viewer, task) or viewer.may(Permission.TASKS_DO, task.place)


def people_at(place: Unit) -> list[Membership]:
    """Everybody with a role on exactly this unit today, by name: to whom a task may be given."""
    today = timezone.localdate()
    rows = (
        Membership.objects.filter(unit=place, starts_on__lte=today, user__is_active=True)
        .filter(Q(ends_on=None) | Q(ends_on__gte=today))
        .select_related("user")
    )
    return sorted(rows, key=lambda row: (alphabetical(row.user.name), row.pk))
