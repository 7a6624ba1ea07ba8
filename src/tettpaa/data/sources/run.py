"""Start the limited child on a file and bring home what it found. Every way to die becomes a problem in words (R11)."""

import json
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from tettpaa.data.sources import wire
from tettpaa.data.sources.bytes_in import MAX_BYTES, is_zip
from tettpaa.data.sources.reading import reading_of
from tettpaa.data.sources.source import Cell, Problem, Reading, ReadOptions, Tally
from tettpaa.data.sources.xlsx_in import unpacked_size

MEMORY: Final = 270_000_000  # bytes beyond the started process (22 MB), so that the whole stays under 300 MB
SECONDS: Final = 4.5  # processor time for any file …
BYTES_A_SECOND: Final = (
    4_000_000  # … and one second more for each of these (measured: 13-16 MB/s of template rows)
)
BUSY: Final = 4  # times as much may pass on the wall: on a busy machine the child waits for its turn
# The child reads hostile files: it gets no secret and no address of a database.
ENVIRONMENT: Final = {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}
type Progress = Callable[[float, int], None]


@dataclass(frozen=True, slots=True)
class StoredReading:
    """A reading whose cells still lie in the child's file. `reading.cells` is empty; `chunks` gives them."""

    reading: Reading
    file: Path

    def chunks(self) -> Iterator[list[Cell]]:
        """Cells in lists of at most 8,192. Empty when there is any problem."""
        if self.reading.problem_count:
            return
        with self.file.open("rb") as file:
            for block in wire.read_blocks(file):
                if isinstance(block, list):
                    yield block


@contextmanager
def stored_reading(
    path: Path,
    *,
    options: ReadOptions | None = None,
    on_progress: Progress | None = None,
    memory: int = MEMORY,
) -> Iterator[StoredReading]:
    """Read a file in the limited child; inside the `with` its cells can be had in chunks. Never raises for a bad file."""
    problem: Problem | None
    with tempfile.TemporaryDirectory(prefix="tettpaa-read-") as folder:
        output = Path(folder) / "cells"
        size = path.stat().st_size
        if size > MAX_BYTES:
            problem = Problem("file_too_large", found=f"{size // 1_000_000} MB")
        else:
            problem = _run(path, size, options or ReadOptions(), output, on_progress, memory)
        yield StoredReading(_home(output, problem), output)


def read_in_child(
    path: Path,
    *,
    options: ReadOptions | None = None,
    on_progress: Progress | None = None,
    memory: int = MEMORY,
) -> Reading:
    """Read a file in the limited child, cells and all. Never raises for a bad file."""
    with stored_reading(path, options=options, on_progress=on_progress, memory=memory) as stored:
        cells = tuple(cell for chunk in stored.chunks() for cell in chunk)
        found = stored.reading
    return Reading(
        source=found.source,
        cells=cells,
        problems=found.problems,
        problem_count=found.problem_count,
        rows=found.rows,
        is_complete=found.is_complete,
        matched_names=found.matched_names,
        left_out=found.left_out,
    )


def seconds_for(stream: BinaryIO, size: int) -> float:
    """Processor time for a file: by its size, for a workbook by what it says it unpacks to. Leaves the file at its start."""
    if is_zip(stream.read(4)):
        stream.seek(0)
        size = unpacked_size(stream, size)
    stream.seek(0)
    return SECONDS + size / BYTES_A_SECOND


def _run(
    path: Path, size: int, options: ReadOptions, output: Path, on_progress: Progress | None, memory: int
) -> Problem | None:
    """Run the child to its end. Returns the problem of how it ended, None when it ended well."""
    with path.open("rb") as stream:
        seconds = seconds_for(stream, size)
    task = {
        "path": str(path.resolve()),
        "output": str(output),
        "school_names": dict(options.school_names),
        "known_schools": dict(options.known_schools),
        "memory": memory,
        "cpu": int(seconds) + 1,
        "output_size": 64_000_000 + 3 * size,
    }
    task_file = output.with_name("task.json")
    task_file.write_text(json.dumps(task), encoding="utf-8")
    command = [sys.executable, "-I", "-X", "utf8", "-m", "tettpaa.data.sources.child", str(task_file)]
    with subprocess.Popen(  # noqa: S603 - our own module, and a path of our own making
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=ENVIRONMENT
    ) as child:
        in_time = _watch(child, time.monotonic() + BUSY * seconds, on_progress)
        if not in_time:
            child.kill()
        code = child.wait()
    return _problem_of(code, seconds, in_time=in_time)


def _watch(child: "subprocess.Popen[bytes]", deadline: float, on_progress: Progress | None) -> bool:
    """Pass progress on until the child closes its output; False when its time is over."""
    stdout = child.stdout
    if stdout is None:
        return True
    with selectors.DefaultSelector() as selector:
        selector.register(stdout, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                return False
            line = stdout.readline(100)
            if not line:
                return True
            share, _, rows = line.decode("ascii", "replace").partition(" ")
            if on_progress is not None and rows.strip().isdigit():
                on_progress(float(share), int(rows))


def _problem_of(code: int, seconds: float, *, in_time: bool) -> Problem | None:
    if not in_time or code == -signal.SIGXCPU:
        return Problem("too_slow", params={"seconds": f"{seconds:.0f}"})
    if code == -signal.SIGXFSZ:
        return Problem("too_many_figures")
    return Problem("reader_died", params={"code": str(code)}) if code else None


def _home(output: Path, problem: Problem | None) -> Reading:
    """The reading without its cells."""
    if problem is None:
        try:
            with output.open("rb") as file:
                return _from_summary(wire.summary(file))
        except (OSError, wire.WireError, KeyError, TypeError):
            problem = Problem("reader_died", params={"code": "–"})
    return reading_of(Tally(), (), [problem], 1)


def _from_summary(content: dict[str, Any]) -> Reading:
    problems = [Problem(**raw) for raw in content["problems"]]
    return reading_of(Tally(**content["tally"]), (), problems, int(content["count"]))
