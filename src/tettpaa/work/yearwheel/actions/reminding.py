"""Reminders at 14, 7 and 2 days, and the week's list: each goes out once, however often the round is run."""

import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from django.db import IntegrityError, transaction

from tettpaa.core.accounts.models import User
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.work.yearwheel.actions.links import make_link
from tettpaa.work.yearwheel.enums import OPEN
from tettpaa.work.yearwheel.letters import language_of, send_digest, send_question
from tettpaa.work.yearwheel.models import AnswerLink, DigestSent, ReminderSent, Task
from tettpaa.work.yearwheel.people import responsible
from tettpaa.work.yearwheel.queries import grouped
from tettpaa.work.yearwheel.queries.lines import lines

log = logging.getLogger(__name__)
DISTANCES = (2, 7, 14)
WEEK_AHEAD = timedelta(days=14)
FORGOTTEN = timedelta(days=400)


def distance(due_on: date, today: date) -> int | None:
    """Which reminder a task has come to: 14, 7 or 2 days before. None when it is far off, or late.

    Between two it is the one that has been reached, so a day without a worker loses no reminder.
    """
    days = (due_on - today).days
    return next((one for one in DISTANCES if 0 <= days <= one), None)


def remind(*, today: date) -> tuple[int, int]:
    """Send the reminders that are due and not sent; returns how many went out and how many could not be sent."""
    rows = Task.objects.filter(
        state__in=OPEN, due_on__gte=today, due_on__lte=today + timedelta(days=DISTANCES[-1])
    )
    tasks = list(rows.select_related("owner__settings", "school", "holder").order_by("due_on"))
    people = responsible(tasks)
    sent = set(
        ReminderSent.objects.filter(task__in=[task.pk for task in tasks]).values_list(
            "task", "user", "due_on", "days_before"
        )
    )
    tally = _Tally()
    for task in tasks:
        days = distance(task.due_on, today)
        for user in people[task.pk]:
            if days is not None and (task.pk, user.pk, task.due_on, days) not in sent:
                tally.count(_question(task, user, days, today))
    return tally.sent, tally.failed


def digests(*, today: date) -> tuple[int, int]:
    """Send this week's list to everybody who has something late or near, once a week; as `remind`."""
    week = f"{today.isocalendar().year}-W{today.isocalendar().week:02d}"
    rows = Task.objects.filter(state__in=OPEN, due_on__lte=today + WEEK_AHEAD, due_on__gte=today - FORGOTTEN)
    tasks = list(rows.select_related("owner__settings", "school", "holder"))
    mine: dict[tuple[Unit, User], list[Task]] = defaultdict(list)
    people = responsible(tasks)
    for task in tasks:
        for user in people[task.pk]:
            mine[task.owner, user].append(task)
    tally = _Tally()
    had = set(DigestSent.objects.filter(week=week).values_list("owner", "user"))
    for (owner, user), waiting in mine.items():
        if (owner.pk, user.pk) not in had:
            tally.count(_digest(owner, user, waiting, week, today))
    return tally.sent, tally.failed


def forget_links(*, before: datetime) -> int:
    """Links that expired before a moment are taken away; until then their page says what became of the task."""
    return AnswerLink.objects.filter(expires_at__lt=before).delete()[0]


class _Tally:
    def __init__(self) -> None:
        self.sent = self.failed = 0

    def count(self, went_out: bool | None) -> None:
        self.sent += went_out is True
        self.failed += went_out is False


def _question(task: Task, user: User, days: int, today: date) -> bool | None:
    language = language_of(task.place, task.owner)

    def write() -> None:
        ReminderSent.objects.create(task=task, user=user, due_on=task.due_on, days_before=days)
        token = make_link(task=task, user=user, language=language)
        send_question(user=user, task=task, token=token, language=language, today=today)

    return _once(write)


def _digest(owner: Unit, user: User, waiting: list[Task], week: str, today: date) -> bool | None:
    language = language_of(waiting[0].place, owner)

    def write() -> None:
        DigestSent.objects.create(owner=owner, user=user, week=week)
        rows = Task.objects.filter(pk__in=[task.pk for task in waiting])
        groups = grouped(lines(load_viewer(user, today), rows, today))
        send_digest(user=user, owner=owner, groups=groups, language=language)

    return _once(write)


def _once(write: Callable[[], None]) -> bool | None:
    """True: it went out. None: another run was first. False: the mail server refused; the next round tries again."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return None
    except (SMTPException, OSError):
        log.exception("a letter could not be sent; it is tried again in the next round")
        return False
    return True
