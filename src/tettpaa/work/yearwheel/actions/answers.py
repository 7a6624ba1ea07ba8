"""Answering a task: done, partly, not for us, dropped this year; and taking an answer back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.audit.versions import ConflictError
from tettpaa.work.yearwheel.enums import PATHS, HandoverState, State, Tag
from tettpaa.work.yearwheel.models import AnswerLink, Handover, Task, TaskAnswer
from tettpaa.work.yearwheel.rules import UNDO_WITHIN


class TooLateError(Exception):
    """The answer can no longer be taken back: a day has passed, or somebody has answered since."""


@dataclass(frozen=True)
class NewAnswer:
    """What a person answers. `text`: what remains (partly) or why (not for us, dropped); `experience`: what others
    can learn from it; `role`: as which role it was said."""

    state: str
    text: str = ""
    experience: str = ""
    role: str = ""

    def problem(self) -> str:
        """`text` when the line that this answer asks for is missing, else nothing."""
        return "text" if self.state != State.DONE and not self.text.strip() else ""


@transaction.atomic
def answer_task(
    *, task: UUID, answer: NewAnswer, by: str, version: int | None = None, at: datetime | None = None
) -> TaskAnswer:
    """Write down the answer. `version` is the task as the person saw it; None answers whatever stands.

    Two at once: the second waits for the first and gets ConflictError with the task as it now is. An answer that
    is not drawn from the state it is in raises NotAllowedError; one without its line, ValueError.
    """
    row = locked(task)
    if version is not None and row.version != version:
        raise ConflictError(row, row)
    if answer.problem():
        raise ValueError("this answer needs a line")
    before = row.state
    if answer.state == State.SKIPPED and row.tag == Tag.LAW:
        raise NotAllowedError(before, answer.state)  # what the law says is not dropped; it may be not for us
    if not (before == answer.state == State.PARTLY):  # what remains may be said anew
        move(row, answer.state, paths=PATHS)
    at = at or timezone.now()
    _write_words(row, answer)
    said = TaskAnswer.objects.create(
        task=row,
        state=answer.state,
        before=before,
        text=answer.text.strip()[:300],
        experience=answer.experience.strip()[:400],
        role=answer.role,
        at=at,
        by=by,
    )
    if not row.is_open:
        Handover.objects.filter(task=row, state=HandoverState.OFFERED).update(
            state=HandoverState.WITHDRAWN, answered_at=at
        )
    _record(kind="yearwheel.task_answered", subject=row, by=by, detail={"from": before, "to": row.state})
    return said


@transaction.atomic
def undo_answer(*, answer: int, by: str, at: datetime | None = None) -> Task:
    """Take the last answer back within a day; the task stands as it did. Raises TooLateError."""
    said = TaskAnswer.objects.get(pk=answer)
    row = locked(said.task_id)
    last = TaskAnswer.objects.filter(task=row, undone_at=None).order_by("at", "pk").last()
    at = at or timezone.now()
    if last is None or last.pk != said.pk or row.state != said.state or at - last.at > UNDO_WITHIN:
        raise TooLateError
    earlier = (
        TaskAnswer.objects.filter(task=row, undone_at=None, state=said.before).exclude(pk=last.pk).last()
    )
    row.state = said.before
    _write_words(row, NewAnswer(said.before, earlier.text if earlier else ""))
    last.undone_at = at
    last.save(update_fields=["undone_at"])
    # The person may answer again by the same link, as long as it lasts.
    AnswerLink.objects.filter(answer=last).update(used_at=None, answer=None)
    _record(kind="yearwheel.answer_undone", subject=row, by=by, detail={"from": said.state, "to": row.state})
    return row


@transaction.atomic
def reopen_task(*, task: UUID, by: str, version: int | None = None) -> Task:
    """Open a task again long after: it was not done after all, or it is for us. Raises as answer_task."""
    row = locked(task)
    if version is not None and row.version != version:
        raise ConflictError(row, row)
    if row.state in {State.UPCOMING, State.DROPPED}:
        raise NotAllowedError(row.state, State.UPCOMING)
    before = move(row, State.UPCOMING, paths=PATHS)
    _write_words(row, NewAnswer(State.UPCOMING))
    TaskAnswer.objects.filter(task=row, undone_at=None).update(undone_at=timezone.now())
    _record(kind="yearwheel.task_reopened", subject=row, by=by, detail={"from": before, "to": row.state})
    return row


def locked(task: UUID) -> Task:
    """The task with its places, held until the transaction ends."""
    Task.objects.select_for_update().get(pk=task)
    return Task.objects.select_related("owner", "school", "holder", "procedure").get(pk=task)


def _write_words(row: Task, answer: NewAnswer) -> None:
    text = answer.text.strip()[:300]
    row.remains = text if row.state == State.PARTLY else ""
    row.reason = text if row.state in {State.SKIPPED, State.NOT_APPLICABLE} else ""
    row.version += 1
    row.save(update_fields=["state", "remains", "reason", "version", "changed_at"])


def _record(*, kind: str, subject: Task, by: str, detail: dict[str, str]) -> None:
    record(
        kind=kind,
        by=by,
        subject=subject.source,
        subject_key=str(subject.pk),
        owner=subject.owner.code,
        detail=detail,
    )
