"""A file that somebody has sent to a room, read as every file is (data/sources/mapping), and what is wrong with it in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tettpaa.core.ui.language import reader_language
from tettpaa.data.sources.mapping.look import Look
from tettpaa.data.sources.mapping.run import cells_in_child, look_in_child
from tettpaa.data.sources.problems import render
from tettpaa.data.sources.source import Problem as FileProblem

MOST_BYTES: Final = 2_000_000
MOST_ROWS: Final = 5_000


class SentFile(forms.FileField):
    """A file small enough to be read while the sender waits."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(label=label, help_text=gettext_lazy("CSV eller Excel, høyst 2 MB."))

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Filen er for stor. Den kan være høyst 2 MB."))
        return file


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


def cells_of(file: BinaryIO, heads: Sequence[str]) -> tuple[list[tuple[int, tuple[str, ...]]], list[Problem]]:
    """(row number, cells of these columns) of the file, or what is wrong with it."""
    found = cells_in_child(file, heads, MOST_ROWS)
    return ([], [told(found.problem)]) if found.problem is not None else (list(found.rows), [])


def no_rows() -> Problem:
    """A file with nothing under its heading."""
    return Problem(1, "", "", _("Filen har ingen rader under overskriften."))
