"""What a calendar holds: a person's own dates, or all that the person may see."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.work.yearwheel.access import waiting
from tettpaa.work.yearwheel.enums import Scope, State
from tettpaa.work.yearwheel.ical import Entry, calendar, entries_of
from tettpaa.work.yearwheel.models import Feed, Task
from tettpaa.work.yearwheel.queries.lines import visible_tasks

BACK = timedelta(days=365)
SHOWN = [State.UPCOMING, State.PARTLY, State.DONE]


def feed_bytes(feed: Feed, today: date) -> bytes:
    """The calendar of a secret address: reckoned from the roles that the person has today."""
    viewer = load_viewer(feed.user, today)
    rows = visible_tasks(viewer, feed.owner).filter(state__in=SHOWN, due_on__gte=today - BACK)
    if feed.scope == Scope.MINE:
        rows = rows.filter(waiting(viewer, feed.owner))
    tasks = list(rows.select_related("owner", "school"))
    with translation.override(feed.language):
        if viewer.may(Permission.WHEEL_READ, feed.owner):
            entries = _together(tasks)
        else:
            entries = [entry(task) for task in tasks]
        entries += entries_of(feed.owner, feed.user.email, today)
        return calendar(_("Årshjul – %(owner)s") % {"owner": feed.owner.label}, entries)


def task_bytes(task: Task, language: str) -> bytes:
    """One date as a calendar file."""
    with translation.override(language):
        return calendar(task.title, [entry(task)])


def entry(task: Task, places: Iterable[str] = ()) -> Entry:
    """A task as a date. No reason and nothing people have written goes out in a calendar."""
    names = list(places) or ([task.school.label] if task.school else [])
    address = f"/{task.owner.code}/arshjul/gjoremal/{task.pk}/"
    title = f"✓ {task.title}" if task.state == State.DONE else task.title
    return Entry(
        id=task.pk,
        title=f"{title} ({names[0]})" if len(names) == 1 else title,
        on=task.due_on,
        text=", ".join(names),
        address=settings.BASE_ADDRESS + address,
        stamp=task.changed_at,
        revision=task.version,
    )


def _together(tasks: list[Task]) -> list[Entry]:
    """For the owner's people: equal tasks of several schools are one date, with the schools that are left."""
    groups: dict[object, list[Task]] = {}
    for task in tasks:
        key = (task.procedure_id, task.due_on, task.role) if task.procedure_id and task.school_id else task.pk
        groups.setdefault(key, []).append(task)
    found = []
    for group in groups.values():
        first = min(group, key=lambda task: task.source)  # the same each time, so that the UID stays
        left = [task for task in group if task.state != State.DONE]
        shown = entry(first, sorted(task.school.label for task in left or group if task.school))
        stamp, revision = max(task.changed_at for task in group), sum(task.version for task in group)
        if len(group) > 1:
            title = first.title if left else f"✓ {first.title}"
            shown = Entry(first.pk, title, shown.on, shown.text, shown.address, stamp, revision)
        found.append(shown)
    return found
