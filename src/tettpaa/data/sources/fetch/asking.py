"""Asking politely: pauses between questions to a host, and answers kept on disk, so that a stopped run goes on where it was."""

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tettpaa.data.sources.fetch.client import Manners, get
from tettpaa.data.sources.fetch.errors import FetchError
from tettpaa.data.sources.fetch.hosts import HOSTS

FRESH_S: Final = (
    20 * 60 * 60
)  # an answer this old is asked for again; the publishers renew at most every night


@dataclass(frozen=True, slots=True)
class Got:
    """An answer: where it came from, letter for letter, and decoded."""

    url: str
    body: bytes
    data: Any


@dataclass(slots=True)
class Asker:
    """Asks hosts, one question at a time. `folder` keeps the answers; `calls` counts the questions that went out."""

    folder: Path
    manners: Manners = field(default_factory=Manners)
    pace: float = 1.0
    fresh_s: float = FRESH_S
    clock: Callable[[], float] = time.time
    calls: int = 0

    def __call__(self, host: str, path: str) -> Got:
        """The answer to `path` on `host`, from the folder when it was asked lately. Raises FetchError."""
        url = f"https://{host}{path}"
        kept = self.folder / hashlib.sha256(url.encode()).hexdigest()
        body = self._kept(kept)
        if body is None:
            self._wait(host)
            body = get(host, path, self.manners)
            self.calls += 1
            write_safely(kept, body)
        return Got(url, body, json.loads(body))

    def _kept(self, path: Path) -> bytes | None:
        try:
            is_fresh = self.clock() - path.stat().st_mtime < self.fresh_s
            return path.read_bytes() if is_fresh else None
        except FileNotFoundError:
            return None

    def _wait(self, host: str) -> None:
        """Hold the pause also after a restart: the last question's time is a file's."""
        pause = (HOSTS[host].pause_s if host in HOSTS else 0.0) * self.pace
        mark = self.folder / f"{host}.last"
        try:
            left = mark.stat().st_mtime + pause - self.clock()
        except FileNotFoundError:
            left = 0.0
        if left > 0:
            self.manners.sleep(min(left, pause))
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
        os.utime(mark, (self.clock(), self.clock()))


def write_safely(path: Path, body: bytes) -> None:
    """Whole or not at all: a draft, fsync, rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.draft")
    with draft.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Only one run fetches at a time, so that the pauses hold. Raises FetchError when another does. A dead run holds nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "running.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FetchError("in_use") from error
        yield
