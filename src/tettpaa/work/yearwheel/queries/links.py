"""How an answer link stands at a moment."""

from datetime import datetime

from django.utils import timezone

from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.work.yearwheel.models import AnswerLink
from tettpaa.work.yearwheel.people import may_answer
from tettpaa.work.yearwheel.rules import UNDO_WITHIN


def link_expired(link: AnswerLink, at: datetime) -> bool:
    return at >= link.expires_at


def link_closed(link: AnswerLink, at: datetime) -> bool:
    """Nothing can be answered by it: used, expired, the task is answered, or its person may no longer."""
    if link.used_at or link_expired(link, at) or not link.task.is_open:
        return True
    viewer = load_viewer(link.user, timezone.localdate(at))
    return not (link.user.is_active and may_answer(viewer, link.task))


def may_undo(link: AnswerLink, at: datetime) -> bool:
    """The answer of this link still stands and is less than a day old."""
    said = link.answer
    return (
        said is not None
        and said.undone_at is None
        and said.state == link.task.state
        and at - said.at <= UNDO_WITHIN
    )
