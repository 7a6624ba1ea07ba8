"""The demo's letters: Django's file backend writes them, and this reads them again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings

MOST = 50
DIVIDER = b"-" * 79  # how the file backend ends a letter


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as it was written; `text` is its plain form, with addresses that can be followed."""

    to: str
    subject: str
    text: str
    sent_at: datetime | None


def letters() -> list[Letter]:
    """The newest letters first, at most `MOST`."""
    folder = settings.DATA_DIR / "outbox"
    found = [letter for path in folder.glob("*.log") for letter in _in(path)] if folder.is_dir() else []
    found.sort(key=lambda one: one.sent_at.timestamp() if one.sent_at else 0.0, reverse=True)
    return found[:MOST]


def _in(path: Path) -> Iterator[Letter]:
    for raw in path.read_bytes().split(DIVIDER):
        if not raw.strip():
            continue
        message = message_from_bytes(raw.lstrip(), policy=policy.default)
        body = message.get_body(("plain",))
        date = message["Date"]
        yield Letter(
            to=str(message["To"]),
            subject=str(message["Subject"]),
            text=body.get_content() if body else "",
            sent_at=date.datetime if date else None,
        )
