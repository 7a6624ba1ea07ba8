"""The limited process of the door: `python -m tettpaa.data.sources.mapping.child`. The file is its standard input.

It has no file of its own and writes none: what it found goes to its parent as JSON on standard output. It imports no Django.
"""

import gc
import json
import os
import sys
from pathlib import Path
from typing import Any

from tettpaa.data.sources.child import set_limits
from tettpaa.data.sources.mapping.cells import read_cells
from tettpaa.data.sources.mapping.look import look_at
from tettpaa.data.sources.mapping.profile import profile_from
from tettpaa.data.sources.mapping.reading import Outcome, read_mapped
from tettpaa.data.sources.source import Problem, ReadOptions


def main(arguments: list[str]) -> int:
    """Do the task (a JSON file: limits, and a profile or columns when the file is to be read). Returns the exit code."""
    task: dict[str, Any] = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    gc.disable()
    set_limits(task["memory"], task["cpu"], 0)
    json.dump(run(task), sys.stdout)
    return 0


def run(task: dict[str, Any]) -> dict[str, Any]:
    """The look, the cells or the outcome as JSON; running out of memory is a problem like others."""
    with os.fdopen(os.dup(0), "rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        stream.seek(0)
        try:
            if "heads" in task:
                return read_cells(stream, size, task["heads"], task["most"]).as_json()
            if task["profile"] is None:
                return look_at(stream, size).as_json()
            options = ReadOptions(task["school_names"], task["known_schools"])
            return read_mapped(stream, size, profile_from(task["profile"]), options, task["label"]).as_json()
        except MemoryError:
            problem = Problem("too_much_memory")
    return Outcome(problems=[problem], problem_count=1).as_json()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
