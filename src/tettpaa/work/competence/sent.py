"""A file that somebody has sent to a room, read as every file is (data/sources/mapping), and what is wrong with it in words."""

from dataclasses import dataclass
from typing import BinaryIO

from tettpaa.core.ui.language import reader_language
from tettpaa.data.sources.mapping.look import Look
from tettpaa.data.sources.mapping.run import look_in_child
from tettpaa.data.sources.problems import render
from tettpaa.data.sources.source import Problem as FileProblem


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that cannot be used: the row as a spreadsheet numbers it, the column by its head, and what to do."""

    row: int
    column: str
    found: str
    said: str


def told(problem: FileProblem) -> Problem:
    """What is wrong with a whole file, in the reader's words."""
    message = render(problem, reader_language())
    return Problem(problem.row or 1, "", "", f"{message.found} {message.remedy}")


def heads_of(file: BinaryIO, not_ours: str) -> tuple[list[str], list[Problem]]:
    """The headings of a file that somebody has sent, or what is wrong with it. `not_ours` is said of a file with figures."""
    found: Look = look_in_child(file)
    if found.problem is not None:
        return [], [told(found.problem)]
    if not found.heads:
        return [], [Problem(1, "", "", not_ours)]
    return [head for head in dict.fromkeys(found.heads) if head], []
