"""Opening a file whose layout nobody has told: its heading is the first row that looks like one. Plain Python."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO, Final

from tettpaa.data.sources import bytes_in, registry, xlsx_in
from tettpaa.data.sources.mapping.persons import has_identity_number
from tettpaa.data.sources.numbers import Mark, parse_number
from tettpaa.data.sources.reading import HEAD_WITHIN
from tettpaa.data.sources.source import Row, Source, Table

MAX_COLUMNS: Final = 200  # to be pointed at by a person


def open_table(stream: BinaryIO, size: int) -> tuple[Source | None, Table]:
    """The file's table, and the source that knows its heading if there is one. Raises FileRefusedError."""
    if size > bytes_in.MAX_BYTES:
        raise bytes_in.refuse("file_too_large", found=f"{size // 1_000_000} MB")
    start = stream.read(4)
    stream.seek(0)
    if not bytes_in.is_zip(start):
        file = bytes_in.look_through(stream, size)
        known, table = _table("csv", "", bytes_in.csv_rows(file), ends_cleanly=file.ends_cleanly)
        if table is None:
            raise bytes_in.refuse("no_heading")
        return known, table
    found: Table | None = None
    sheets = xlsx_in.open_workbook(stream, size)
    for name in sorted(sheets, key=lambda name: name.casefold() != "data"):
        known, table = _table("xlsx", name, sheets[name], ends_cleanly=True)
        if known is not None and table is not None:
            return known, table
        found = found or table
    if found is None:
        raise bytes_in.refuse("no_heading" if sheets else "no_sheets")
    return None, found


def _table(
    kind: str, sheet: str, rows: Iterator[Row], *, ends_cleanly: bool
) -> tuple[Source | None, Table | None]:
    """The known heading among the first rows, else the first row that looks like a heading."""
    first = list(islice(rows, HEAD_WITHIN + 1))
    heads = [_stripped(cells) for _, cells in first]
    known = [registry.recognise(row) if row and not row[0].startswith("#") else None for row in heads]
    # The first row that is either: below the heading a row of figures may look like another source's heading.
    at = next((index for index, row in enumerate(heads) if known[index] or _is_heading(row)), None)
    if at is None:
        return None, None
    if len(heads[at]) > bytes_in.MAX_COLUMNS or (known[at] is None and len(heads[at]) > MAX_COLUMNS):
        raise bytes_in.refuse("too_many_columns", first[at][0], most=str(MAX_COLUMNS))
    rest = chain(first[at + 1 :], rows)
    # A heading may be broken over lines; a form sends it back in one.
    named = heads[at] if known[at] is not None else [" ".join(head.split()) for head in heads[at]]
    return known[at], Table(kind, sheet, first[at][0], named, rest, ends_cleanly)


def _stripped(cells: list[str]) -> list[str]:
    row = [cell.strip() for cell in cells]
    while row and not row[-1]:
        row.pop()
    return row


def _is_heading(row: list[str]) -> bool:
    """Two texts at least, more texts than numbers (a heading may hold a year), and nobody's identity number."""
    if not row or row[0].startswith("#") or any(has_identity_number(cell) for cell in row):
        return False
    texts = [cell for cell in row if cell and parse_number(cell).mark is Mark.BAD]
    return len(texts) >= 2 and 2 * len(texts) > len([cell for cell in row if cell])
