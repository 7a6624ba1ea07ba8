"""Start the door's limited child on an open file. Nothing of the file is written anywhere but to the child's own memory."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

from tettpaa.data.sources.mapping.cells import Cells, cells_from
from tettpaa.data.sources.mapping.look import Look, look_from
from tettpaa.data.sources.mapping.profile import Profile
from tettpaa.data.sources.mapping.reading import Outcome, outcome_from
from tettpaa.data.sources.run import BUSY, ENVIRONMENT, MEMORY, seconds_for
from tettpaa.data.sources.source import Problem, ReadOptions

MODULE: Final = "tettpaa.data.sources.mapping.child"


def look_in_child(file: BinaryIO) -> Look:
    """Look at an open file in the limited child. Never raises for a bad file."""
    found = _run(file, {"profile": None})
    return Look(problem=found) if isinstance(found, Problem) else _look(found)


def read_mapped_in_child(file: BinaryIO, profile: Profile, options: ReadOptions, label: str) -> Outcome:
    """Read an open file by a profile in the limited child. Never raises for a bad file."""
    task = {
        "profile": profile.as_json(),
        "label": label,
        "school_names": dict(options.school_names),
        "known_schools": dict(options.known_schools),
    }
    found = _run(file, task)
    if isinstance(found, Problem):
        return Outcome(problems=[found], problem_count=1, is_about_persons=profile.per_person)
    return outcome_from(found)


def cells_in_child(file: BinaryIO, heads: Sequence[str], most: int) -> Cells:
    """Read the columns with these headings of an open file in the limited child. Never raises for a bad file."""
    found = _run(file, {"heads": list(heads), "most": most})
    if isinstance(found, Problem):
        return Cells(problem=found)
    return Cells(problem=Problem(**found["problems"][0])) if "problems" in found else cells_from(found)


def _look(found: dict[str, Any]) -> Look:
    """A child out of memory answers with problems and nothing else."""
    if "problems" in found:
        return Look(problem=Problem(**found["problems"][0]))
    return look_from(found)


def _run(file: BinaryIO, task: dict[str, Any]) -> dict[str, Any] | Problem:
    """The child's answer, or the problem of how it ended. The task's own file holds no line of the file that is read."""
    file.seek(0)
    size = os.fstat(file.fileno()).st_size
    seconds = seconds_for(file, size)
    task |= {"memory": MEMORY, "cpu": int(seconds) + 1}
    with tempfile.TemporaryDirectory(prefix="tettpaa-door-") as folder:
        task_file = Path(folder) / "task.json"
        task_file.write_text(json.dumps(task), encoding="utf-8")
        command = [sys.executable, "-I", "-X", "utf8", "-m", MODULE, str(task_file)]
        file.flush()
        # A description of its own: the child's reading does not move the place where we are.
        with open(f"/dev/fd/{file.fileno()}", "rb", buffering=0) as own:  # noqa: PTH123 - no path, a descriptor
            return _answer(command, own, seconds)


def _answer(command: list[str], own: Any, seconds: float) -> dict[str, Any] | Problem:
    """Run the child to its end, or to the end of its time."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and a path of our own making
            command,
            stdin=own,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
            timeout=BUSY * seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Problem("too_slow", params={"seconds": f"{seconds:.0f}"})
    if done.returncode == -signal.SIGXCPU:
        return Problem("too_slow", params={"seconds": f"{seconds:.0f}"})
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return Problem("reader_died", params={"code": str(done.returncode)})
    return answer
