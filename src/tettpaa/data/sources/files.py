"""The file store: raw bytes under their SHA-256. A file is safe on disk before any row names it (R10)."""

import hashlib
import os
import time
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

INCOMING = "incoming"
ABANDONED_S = 24 * 60 * 60  # a file without a row may be one whose row is about to come


class TooLargeError(ValueError):
    """More bytes than may be received."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the store."""

    sha256: str
    size: int


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie. Raises ValueError for what is no SHA-256."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return Path(settings.FILE_STORE) / sha256[:2] / sha256


def keep(chunks: Iterable[bytes], *, limit: int) -> Kept:
    """Write bytes to the store: temporary file, fsync, rename. Raises TooLargeError beyond `limit` bytes.

    The same bytes twice are one file. Nothing is left behind when writing fails.
    """
    draft = Path(settings.FILE_STORE) / INCOMING / uuid.uuid4().hex
    draft.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    try:
        with draft.open("xb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise TooLargeError(size)
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        _place(draft, path_of(digest.hexdigest()))
    finally:
        draft.unlink(missing_ok=True)
    return Kept(digest.hexdigest(), size)


def _place(draft: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def sweep(known: Collection[str], *, older_than_s: float = ABANDONED_S) -> int:
    """Remove files that no row names, left behind by a killed upload. Returns how many."""
    store, before, removed = Path(settings.FILE_STORE), time.time() - older_than_s, 0
    for path in store.glob("*/*"):
        is_named = path.parent.name != INCOMING and path.name in known
        if not is_named and path.is_file() and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            removed += 1
    return removed
