"""Sealing: content as canonical text and its fingerprint, so that what was frozen or signed can be proved unaltered."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(content: Mapping[str, Any]) -> str:
    """The same content always gives the same text: sorted keys, no spaces, letters kept as they are.

    `content` is made of dict, list, str, int, float, bool and None; anything else raises TypeError.
    """
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def fingerprint(text: str) -> str:
    """SHA-256 of a canonical text, 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()
