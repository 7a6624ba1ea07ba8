"""The limited process that reads a file nobody has looked at yet: `python -m tettpaa.data.sources.child`.

It sets its own limits before it opens the file, says how far it is on standard output, and leaves cells and problems in a file
for its parent (`run.py`). It imports neither Django nor numpy, and openpyxl only for workbooks.
"""

import gc
import json
import resource
import sys
from pathlib import Path
from typing import Any

from tettpaa.data.sources import wire
from tettpaa.data.sources.reading import STOP_AFTER, read_stream
from tettpaa.data.sources.source import PROBLEM_CAP, Cell, Problem, ReadOptions, Tally


def main(arguments: list[str]) -> int:
    """Read the file that the task (a JSON file) names. Returns the exit code."""
    task: dict[str, Any] = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    options = ReadOptions(task["school_names"], task["known_schools"])
    gc.disable()  # a million cells without cycles: looking for some costs a fifth of the time
    set_limits(task["memory"], task["cpu"], task["output_size"])
    with Path(task["output"]).open("wb+") as output:
        run(Path(task["path"]), options, wire.Writer(output))
    return 0


def set_limits(memory: int, cpu: int, output_size: int) -> None:
    """Bytes of memory beyond what the process holds now, seconds of processor time, bytes of output."""
    limits = [
        (resource.RLIMIT_AS, _held() + memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, output_size),
        (resource.RLIMIT_CORE, 0),
    ]
    for kind, limit in limits:
        hard = resource.getrlimit(kind)[1]
        value = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        try:
            resource.setrlimit(kind, (value, value))
        except (ValueError, OSError):  # macOS knows no RLIMIT_AS; the wall clock still holds
            continue


def _held() -> int:
    """Address space of this process now, in bytes."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 100_000_000
    return int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize()


def run(path: Path, options: ReadOptions, writer: wire.Writer) -> None:
    """Read the file into the writer. From the first problem on, cells are dropped."""
    tally = Tally()
    problems: list[Problem] = []
    count = 0
    try:
        with path.open("rb") as stream:
            for item in read_stream(stream, path.stat().st_size, options, tally, _say):
                if isinstance(item, Cell):
                    if not count:
                        writer.add(item)
                    continue
                if not count:
                    writer.forget()
                count += 1
                if count <= PROBLEM_CAP:
                    problems.append(item)
                if count >= STOP_AFTER:
                    break
    except MemoryError:
        writer.forget()
        problems, count = [Problem("too_much_memory")], 1
    writer.finish(wire.summary_of(tally, problems, count))


def _say(share: float, rows: int) -> None:
    sys.stdout.write(f"{share:.3f} {rows}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
