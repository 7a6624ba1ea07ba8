"""Answering by a link in a letter: one task, one person, once, for some weeks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from tettpaa.core.accounts.models import User
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.work.yearwheel.actions.answers import NewAnswer, answer_task, locked, undo_answer
from tettpaa.work.yearwheel.models import AnswerLink, Task, TaskAnswer
from tettpaa.work.yearwheel.people import may_answer
from tettpaa.work.yearwheel.tokens import new_token, token_hash

PURPOSE = "answer"
LASTS = timedelta(days=30)


class LinkClosedError(Exception):
    """The link is used, has expired, or its person may no longer answer for the task."""


@dataclass(frozen=True)
class Opened:
    """A link with what its page needs."""

    link: AnswerLink
    task: Task
    is_open: bool


@transaction.atomic
def make_link(*, task: Task, user: User, language: str, at: datetime | None = None) -> str:
    """A new link; returns the token, which is kept nowhere."""
    token = new_token(PURPOSE)
    AnswerLink.objects.create(
        task=task,
        user=user,
        token_hash=token_hash(token),
        language=language,
        expires_at=(at or timezone.now()) + LASTS,
    )
    return token


@transaction.atomic
def answer_by_link(*, link: int, answer: NewAnswer, at: datetime | None = None) -> TaskAnswer:
    """Answer as the link's person. Raises LinkClosedError, ConflictError (somebody else has answered), and as
    answer_task."""
    at = at or timezone.now()
    row = AnswerLink.objects.select_related("user").get(pk=link)
    task = locked(row.task_id)
    row.refresh_from_db(fields=["used_at"])
    if row.used_at or at >= row.expires_at or not person_may(row.user, task, at):
        raise LinkClosedError
    if not task.is_open:
        raise ConflictError(task, task)
    said = answer_task(task=task.pk, answer=answer, by=row.user.email, at=at)
    row.used_at, row.answer = at, said
    row.save(update_fields=["used_at", "answer"])
    return said


@transaction.atomic
def undo_by_link(*, link: int, at: datetime | None = None) -> Task:
    """Take back the answer that was given by this link. Raises TooLateError or LinkClosedError."""
    row = AnswerLink.objects.select_related("user").get(pk=link)
    if row.answer_id is None:
        raise LinkClosedError
    return undo_answer(answer=row.answer_id, by=row.user.email, at=at)


def person_may(user: User, task: Task, at: datetime) -> bool:
    """Whether the person still is one who may answer: a link outlives a role by not a day."""
    return bool(user.is_active) and may_answer(load_viewer(user, timezone.localdate(at)), task)
