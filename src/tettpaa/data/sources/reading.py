"""Read one file: open it, find its heading, let the right source read it. A file comes in whole or not at all."""

import io
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from tettpaa.data.sources import answers, bytes_in, registry, xlsx_in
from tettpaa.data.sources.source import (
    PROBLEM_CAP,
    Answer,
    Cell,
    FileRefusedError,
    Problem,
    Reading,
    ReadOptions,
    Row,
    Source,
    Table,
    Tally,
)

HEAD_WITHIN = 60  # rows above the heading (titles, explanations) at most
STEP = 5_000  # rows between two reports of progress
STOP_AFTER = 5_000  # problems after which reading stops: the file is of another kind
type Progress = Callable[[float, int], None]


def read_file(path: Path, *, options: ReadOptions | None = None) -> Reading:
    """Read a file in this process. Never raises for a bad file: what is wrong stands in `problems`."""
    with path.open("rb") as stream:
        return collect(stream, path.stat().st_size, options or ReadOptions())


def read_bytes(data: bytes, *, options: ReadOptions | None = None) -> Reading:
    """Read a file's bytes in this process, as `read_file`."""
    return collect(io.BytesIO(data), len(data), options or ReadOptions())


def collect(stream: BinaryIO, size: int, options: ReadOptions) -> Reading:
    """All cells and problems of a file as one Reading."""
    tally = Tally()
    cells: list[Cell] = []
    problems: list[Problem] = []
    count = 0
    for item in read_stream(stream, size, options, tally):
        if isinstance(item, Cell):
            cells.append(item)
        else:
            count += 1
            if count <= PROBLEM_CAP:
                problems.append(item)
            if count >= STOP_AFTER:
                break
    return reading_of(tally, () if count else tuple(cells), problems, count)


def reading_of(tally: Tally, cells: tuple[Cell, ...], problems: list[Problem], count: int) -> Reading:
    """Put a Reading together from what a run gave."""
    return Reading(
        source=tally.source,
        cells=cells,
        problems=tuple(problems),
        problem_count=count,
        rows=tally.rows,
        is_complete=tally.is_complete and not count,
        matched_names=dict(tally.matched_names),
        left_out=tuple(tally.left_out),
    )


def read_stream(
    stream: BinaryIO, size: int, options: ReadOptions, tally: Tally, progress: Progress | None = None
) -> Iterator[Cell | Problem]:
    """Cells and problems of a file, one by one. `tally` is filled on the way."""
    try:
        if size > bytes_in.MAX_BYTES:
            raise bytes_in.refuse("file_too_large", found=f"{size // 1_000_000} MB")
        start = stream.read(100)
        stream.seek(0)
        if answers.is_json(start):
            yield from _read_answers(stream, size, options, tally, progress)
        else:
            yield from _read_table(stream, size, options, tally, progress)
    except FileRefusedError as error:
        yield error.problem
    except RecursionError:
        yield Problem("too_deep")


def _read_table(
    stream: BinaryIO, size: int, options: ReadOptions, tally: Tally, progress: Progress | None
) -> Iterator[Cell | Problem]:
    source, table = _open(stream, size)
    tally.source = source.key
    if progress is not None:
        table.rows = _reporting(table.rows, stream, size, progress)
    yielded = False
    for item in source.read(table, options, tally):
        yielded = True
        yield item
    if not table.ends_cleanly:
        yield Problem("cut_off", row=table.head_row + tally.rows, params={"encoding": ""})
    elif not yielded:
        yield Problem("no_rows", row=table.head_row)


def _read_answers(
    stream: BinaryIO, size: int, options: ReadOptions, tally: Tally, progress: Progress | None
) -> Iterator[Cell | Problem]:
    """Answers of an interface: the first one says whose they are."""
    found = answers.answers_in(stream)
    if progress is not None:
        found = _telling(found, stream, size, progress)
    first = next(found, None)
    source = registry.recognise_answer(first.data) if first is not None else None
    if first is None or source is None or source.read_answers is None:
        raise bytes_in.refuse("unknown_answer")
    tally.source = source.key
    yielded = False
    for item in source.read_answers(chain([first], found), options, tally):
        yielded = True
        yield item
    if not yielded:
        yield Problem("no_rows")


def _telling(found: Iterator[Answer], stream: BinaryIO, size: int, progress: Progress) -> Iterator[Answer]:
    for count, answer in enumerate(found):
        progress(min(0.99, stream.tell() / max(size, 1)), count)
        yield answer


def _reporting(rows: Iterator[Row], stream: BinaryIO, size: int, progress: Progress) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count % STEP == 0:
            progress(min(0.99, stream.tell() / max(size, 1)), count)
        yield row


def _open(stream: BinaryIO, size: int) -> tuple[Source, Table]:
    """The source that knows the file and the table to read. Raises FileRefusedError."""
    start = stream.read(4)
    stream.seek(0)
    if bytes_in.is_zip(start):
        return _open_workbook(stream, size)
    file = bytes_in.look_through(stream, size)
    rows = bytes_in.csv_rows(file)
    return _find_head("csv", "", rows, ends_cleanly=file.ends_cleanly)


def _open_workbook(stream: BinaryIO, size: int) -> tuple[Source, Table]:
    """The first sheet with a heading we know; a sheet called Data goes first."""
    sheets = xlsx_in.open_workbook(stream, size)
    first_error: FileRefusedError | None = None
    for name in sorted(sheets, key=lambda n: n.casefold() != "data"):
        try:
            return _find_head("xlsx", name, sheets[name], ends_cleanly=True)
        except FileRefusedError as error:
            first_error = first_error or error
    raise first_error or bytes_in.refuse("no_sheets")


def _find_head(kind: str, sheet: str, rows: Iterator[Row], *, ends_cleanly: bool) -> tuple[Source, Table]:
    """Look for a heading that a source knows among the first rows."""
    best: list[str] = []
    best_row = None
    for seen, (number, cells) in enumerate(rows):
        heads = [cell.strip() for cell in cells]
        while heads and not heads[-1]:
            heads.pop()
        if len(heads) > bytes_in.MAX_COLUMNS:
            raise bytes_in.refuse("too_many_columns", number, most=str(bytes_in.MAX_COLUMNS))
        source = None if heads and heads[0].startswith("#") else registry.recognise(heads)
        if source is not None:
            rest = _padded(rows, len(heads)) if kind == "xlsx" else rows
            return source, Table(kind, sheet, number, heads, rest, ends_cleanly)
        if len(heads) > len(best):
            best, best_row = heads, number
        if seen >= HEAD_WITHIN:
            break
    known = "; ".join(source.heads for source in registry.sources().values())
    found = ", ".join(head for head in best if head)
    raise bytes_in.refuse("unknown_heading", best_row, found, known=known)


def _padded(rows: Iterator[Row], width: int) -> Iterator[Row]:
    """A sheet's rows leave out empty cells at the end: put them back."""
    for number, cells in rows:
        yield number, cells + [""] * (width - len(cells)) if len(cells) < width else cells
