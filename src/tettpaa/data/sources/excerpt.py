"""Lines of a file as they stand there: the excerpt with pins, the marked copy, the neighbours of a figure.

Reads only files that the limited child has read before; its size and content limits hold here too.
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from tettpaa.data.sources import bytes_in, registry, xlsx_in
from tettpaa.data.sources.answers import is_json
from tettpaa.data.sources.numbers import column_letter
from tettpaa.data.sources.source import FileRefusedError, Problem, Row

HEAD_WITHIN = 61
MOST_ROWS = 14
MOST_COLUMNS = 7
CELL_MOST = 60
# Headings that say which unit and figure a line is about; they make an excerpt readable.
TELLING = (
    "enhetnavn", "enhetsnavn", "skole", "orgnr", "organisasjonsnummer", "indikator", "indikator/delskår",
    "skoleaar", "periode", "trinn", "kjønn",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lines:
    """A file's heading and its lines below. `sheet` is empty for text files."""

    sheet: str
    head_row: int
    heads: list[str]
    rows: Iterator[Row]


@contextmanager
def opened(path: Path, sheet: str = "") -> Iterator[Lines]:
    """The heading we know and the lines after it; without one, row 1. Raises FileRefusedError."""
    with path.open("rb") as stream:
        name, rows = _rows(stream, path.stat().st_size, sheet)
        try:
            yield _after_head(name, rows)
        finally:
            rows.close()  # before the file: the reader lets go of it first


def every_line(path: Path, sheet: str = "") -> Iterator[Row]:
    """All lines of the file with their numbers, as far as they can be read."""
    with path.open("rb") as stream:
        try:
            yield from _rows(stream, path.stat().st_size, sheet)[1]
        except FileRefusedError:
            return


def _rows(stream: BinaryIO, size: int, sheet: str) -> tuple[str, Generator[Row]]:
    """The sheet read (empty for text files) and its lines: the one named, else Data, else the first."""
    start = stream.read(100)
    stream.seek(0)
    if is_json(start):
        raise bytes_in.refuse("unknown_kind")  # answers of an interface have no lines to show
    if not bytes_in.is_zip(start):
        return "", _through(bytes_in.csv_rows(bytes_in.look_through(stream, size)))
    sheets = xlsx_in.open_workbook(stream, size)
    name = min(sheets, key=lambda name: (name != sheet, name.casefold() != "data"))
    return name, _through(sheets[name])


def _through(rows: Iterator[Row]) -> Generator[Row]:
    yield from rows


def _after_head(sheet: str, rows: Iterator[Row]) -> Lines:
    first: list[Row] = []
    for number, cells in islice(rows, HEAD_WITHIN):
        heads = [cell.strip() for cell in cells]
        if heads and not heads[0].startswith("#") and registry.recognise(heads):
            return Lines(sheet, number, heads, rows)
        first.append((number, cells))
    if not first:
        return Lines(sheet, 0, [], iter(()))
    return Lines(sheet, first[0][0], first[0][1], _chain(first[1:], rows))


def _chain(first: Sequence[Row], rest: Iterator[Row]) -> Iterator[Row]:
    yield from first
    yield from rest


def letter_of(path: Path, head: str) -> str:
    """The column letter of a heading, or "" when the file has none such."""
    try:
        with opened(path) as lines:
            heads = [one.casefold() for one in lines.heads]
    except FileRefusedError:
        return ""
    return column_letter(heads.index(head)) if head in heads else ""


def excerpt_of(path: Path, problems: Sequence[Problem]) -> dict[str, Any]:
    """What the page shows of a refused file: `{sheet, letters, rows: [[number, texts]], width}`; {} if no row is named.

    The rows of the first problems with a neighbour on each side, the columns of the problems and those that say
    which unit it is.
    """
    wanted = _wanted_rows(problems)
    if not wanted:
        return {}
    sheet = next((problem.sheet for problem in problems if problem.sheet), "")
    try:
        with opened(path, sheet) as lines:
            found = [(number, cells) for number, cells in _until(lines.rows, max(wanted)) if number in wanted]
    except FileRefusedError:
        return {}
    columns = _wanted_columns(lines.heads, problems, wanted)
    rows = [(lines.head_row, lines.heads), *found] if lines.heads else found
    return {
        "sheet": lines.sheet,
        "letters": [column_letter(index) for index in columns],
        "rows": [[number, [_text(cells, index) for index in columns]] for number, cells in rows],
        "width": len(lines.heads),
    }


def neighbours(path: Path, row: int, column: str, sheet: str = "") -> dict[str, Any]:
    """The line of a figure with one line on each side, in the shape of `excerpt_of`; {} if the file is unreadable."""
    problem = Problem("", row=row, column=column, sheet=sheet)
    return excerpt_of(path, [problem])


def _wanted_rows(problems: Sequence[Problem]) -> set[int]:
    wanted: set[int] = set()
    for problem in problems:
        if problem.row is None:
            continue
        around = {problem.row - 1, problem.row, problem.row + 1}
        if len(wanted | around) > MOST_ROWS:
            break
        wanted |= around
    return wanted


def _until(rows: Iterator[Row], last: int) -> Iterator[Row]:
    """Lines up to the last one wanted. What cannot be read beyond it does not matter here."""
    try:
        for number, cells in rows:
            if number > last:
                return
            yield number, cells
    except FileRefusedError:
        return


def _wanted_columns(heads: Sequence[str], problems: Sequence[Problem], rows: set[int]) -> list[int]:
    """Indexes of the columns to show, in the file's order: those with problems, then those that tell, then the first."""
    letters = {problem.column for problem in problems if problem.row in rows and problem.column}
    width = max(len(heads), 1)
    bad = [index for index in range(width) if column_letter(index) in letters]
    folded = [head.casefold() for head in heads]
    telling = [folded.index(name) for name in TELLING if name in folded]
    order = dict.fromkeys([*bad, *telling, *range(width)])
    return sorted(list(order)[: max(MOST_COLUMNS, min(len(bad) + 2, 10))])


def _text(cells: Sequence[str], index: int) -> str:
    text = bytes_in.shown(cells[index]) if index < len(cells) else ""
    return text if len(text) <= CELL_MOST else f"{text[: CELL_MOST - 1]}…"
