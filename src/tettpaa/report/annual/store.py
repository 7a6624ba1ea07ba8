"""Exported files on disk under their own SHA-256: written whole or not at all, never changed."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def keep(content: bytes) -> str:
    """Store the bytes and return their SHA-256. Storing the same bytes again changes nothing."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
        draft.write(content)
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).replace(path)
    return sha256


def path_of(sha256: str) -> Path:
    """Where the bytes lie."""
    return Path(settings.FILE_STORE) / "reports" / sha256[:2] / sha256
