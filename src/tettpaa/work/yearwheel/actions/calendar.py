"""A person's calendar address: made, renewed and closed from the page."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tettpaa.core.accounts.models import User
from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.work.yearwheel.models import Feed
from tettpaa.work.yearwheel.tokens import new_token, token_hash

PURPOSE = "feed"


@transaction.atomic
def open_feed(
    *, owner: Unit, user: User, scope: str, language: str, by: str, at: datetime | None = None
) -> str:
    """A new secret address; the one before stops at once. Returns the token, which is kept nowhere."""
    token = new_token(PURPOSE)
    feed, is_new = Feed.objects.update_or_create(
        owner=owner,
        user=user,
        defaults={
            "token_hash": token_hash(token),
            "scope": scope,
            "language": language,
            "made_at": at or timezone.now(),
            "read_on": None,
        },
    )
    if is_new:
        _record(kind="yearwheel.feed_opened", subject=feed, by=by)
    else:
        _record(kind="yearwheel.feed_renewed", subject=feed, by=by)
    return token


@transaction.atomic
def close_feed(*, owner: Unit, user: User, by: str) -> None:
    """The address stops at once; nothing happens when there is none."""
    feed = Feed.objects.select_related("owner").filter(owner=owner, user=user).first()
    if feed is not None:
        _record(kind="yearwheel.feed_closed", subject=feed, by=by)
        feed.delete()


def note_reading(*, feed: int, on: date) -> None:
    """The page tells when the calendar was last fetched, so that a stray address is noticed. No trail: it is a read."""
    Feed.objects.filter(pk=feed).exclude(read_on=on).update(read_on=on)


def _record(*, kind: str, subject: Feed, by: str) -> None:
    record(
        kind=kind,
        by=by,
        subject=by,
        subject_key=str(subject.pk),
        owner=subject.owner.code,
    )
