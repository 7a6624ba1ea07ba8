"""The hash of an event: SHA-256 over its canonical content and the hash before it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def event_hash(*, previous_hash: str, content: Mapping[str, Any]) -> str:
    """64 hex digits. `content` is JSON-able; keys are sorted so that the same deed gives the same hash."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous_hash}\n{text}".encode()).hexdigest()


def moment(at: datetime) -> str:
    """The moment as it enters the hash: UTC with microseconds, the same from both databases."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
