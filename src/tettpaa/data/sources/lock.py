"""One publishing at a time in the whole installation, held by the process and let go by its death."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

KEY = 0x7465747470616121  # any number of our own, the same in every process
PATIENCE_S = 120.0
PAUSE_S = 0.05


class BusyError(RuntimeError):
    """Somebody else publishes, and did not finish while we waited."""


@contextmanager
def publishing_lock(patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Hold the lock. A comparison made inside is still true when it is published inside. Raises BusyError."""
    with _server_lock(patience_s) if connection.vendor == "postgresql" else _file_lock(patience_s):
        yield


@contextmanager
def _server_lock(patience_s: float) -> Iterator[None]:
    with connection.cursor() as cursor:
        until = time.monotonic() + patience_s
        while not _taken(cursor):
            if time.monotonic() > until:
                raise BusyError
            time.sleep(PAUSE_S)
    try:
        yield
    finally:
        # A broken connection has lost its locks already.
        if connection.connection is not None and not connection.connection.broken:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])


def _taken(cursor: object) -> bool:
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])  # type: ignore[attr-defined]
    return bool(cursor.fetchone()[0])  # type: ignore[attr-defined]


@contextmanager
def _file_lock(patience_s: float) -> Iterator[None]:
    path = Path(settings.FILE_STORE) / "publishing.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + patience_s
    with path.open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > until:
                    raise BusyError from error
                time.sleep(PAUSE_S)
        yield
