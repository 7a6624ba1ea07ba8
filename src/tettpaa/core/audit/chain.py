"""The hash of an event: SHA-256 over its canonical content and the hash before it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tettpaa.core.audit.models import Event


def event_hash(*, previous_hash: str, content: Mapping[str, Any]) -> str:
    """64 hex digits. `content` is JSON-able; keys are sorted so that the same deed gives the same hash."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous_hash}\n{text}".encode()).hexdigest()


def moment(at: datetime) -> str:
    """The moment as it enters the hash: UTC with microseconds, the same from both databases."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def content(event: "Event") -> dict[str, Any]:
    """What the hash of an event covers: everything but the hash itself."""
    return {
        "chain": event.chain,
        "number": event.number,
        "at": moment(event.at),
        "by": event.by,
        "kind": event.kind,
        "subject": event.subject,
        "subject_key": event.subject_key,
        "detail": event.detail,
    }
