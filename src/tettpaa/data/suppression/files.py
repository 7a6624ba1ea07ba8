"""The plain files of `tettpaa suppress`: tables in, publications and certificates out."""

import csv
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from tettpaa.data.suppression.engine import Pattern
from tettpaa.data.suppression.table import TOTAL, Earlier, Sum, Table
from tettpaa.data.suppression.words import say

STATUS, SHOWN, HIDDEN = "status", "shown", "hidden"


class FileError(ValueError):
    """What is wrong with a file, in words with file, row, column and remedy."""

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.key, self.fields = key, fields

    def said(self, language: str = "nb") -> str:
        return say(self.key, language, **self.fields)

    def __str__(self) -> str:
        return self.said()


@dataclass(frozen=True, slots=True)
class Shape:
    """Which columns a table has."""

    hierarchy: tuple[str, ...]
    dimensions: tuple[str, ...]
    count: str = "n"
    sums: tuple[Sum, ...] = ()

    def __post_init__(self) -> None:
        names = (*self.hierarchy, *self.dimensions, self.count)
        for name in names:
            if names.count(name) > 1:
                raise FileError("column_twice", column=name)


def parse_sum(text: str) -> Sum:
    """`year:2022-24=2022+2023+2024`. Raises FileError."""
    column, colon, rest = text.partition(":")
    label, equals, members = rest.partition("=")
    codes = [code.strip() for code in members.split("+")]
    if not (colon and equals and column.strip() and label.strip() and all(codes)) or label.strip() == TOTAL:
        raise FileError("bad_sum", value=text)
    return Sum(column.strip(), label.strip(), frozenset(codes))


def read_table(path: Path, shape: Shape) -> Table:
    """The inner cells. Raises FileError telling file, line, column and remedy."""
    heading, rows = _read(path)
    wanted = (*shape.hierarchy, *shape.dimensions, shape.count)
    _has(path, heading, wanted)
    for column in heading:
        if column not in wanted:
            raise FileError("extra_column", file=path, column=column)
    places = [heading.index(column) for column in wanted[:-1]]
    seen: dict[tuple[str, ...], int] = {}
    counts: list[int] = []
    for line, row in rows:
        key = tuple(_code(path, line, heading[at], row[at]) for at in places)
        if key in seen:
            raise FileError("row_twice", file=path, line=line, first=seen[key])
        seen[key] = line
        counts.append(_count(path, line, shape.count, row[heading.index(shape.count)]))
    if not seen:
        raise FileError("empty", file=path)
    for extra in shape.sums:
        _sum_fits(path, extra, shape, seen)
    return Table(
        shape.hierarchy, shape.dimensions, tuple(seen), np.array(counts, np.int64), shape.sums, shape.count
    )


def read_earlier(path: Path, shape: Shape) -> Earlier:
    """An earlier release as this command wrote it. Columns that it lacks were summed out. Raises FileError."""
    heading, rows = _read(path)
    _has(path, heading, (shape.count, STATUS))
    _has(path, heading, shape.hierarchy[:1])
    columns = [column for column in heading if column not in (shape.count, STATUS)]
    cells: dict[tuple[str, ...], int | None] = {}
    for line, row in rows:
        field = dict(zip(heading, row, strict=True))
        if field[STATUS] not in (SHOWN, HIDDEN):
            raise FileError("not_status", file=path, line=line, value=field[STATUS])
        shown = field[STATUS] == SHOWN
        key = tuple(field[column] for column in columns)
        cells[key] = _count(path, line, shape.count, field[shape.count]) if shown else None
    return Earlier(tuple(columns), cells, str(path))


def _read(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise FileError("unreadable", file=path, reason=reason) from error
    lines = csv.reader(text.splitlines())
    heading = [name.strip() for name in next(lines, [])]
    if not heading:
        raise FileError("empty", file=path)
    return heading, _rows(path, len(heading), lines)


def _rows(path: Path, width: int, lines: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for line, row in enumerate(lines, start=2):
        if row and len(row) != width:
            raise FileError("wrong_width", file=path, line=line, found=len(row), wanted=width)
        if row:
            yield line, row


def _has(path: Path, heading: Sequence[str], columns: Iterable[str]) -> None:
    for column in columns:
        if column not in heading:
            raise FileError("no_column", file=path, column=column, columns=", ".join(heading))


def _sum_fits(path: Path, extra: Sum, shape: Shape, codes: Iterable[tuple[str, ...]]) -> None:
    if extra.column not in shape.dimensions:
        raise FileError("no_column", file=path, column=extra.column, columns=", ".join(shape.dimensions))
    at = len(shape.hierarchy) + shape.dimensions.index(extra.column)
    known = {row[at] for row in codes}
    if extra.label in known:
        raise FileError("sum_taken", file=path, column=extra.column, value=extra.label)
    for member in sorted(extra.members - known):
        raise FileError("no_member", file=path, column=extra.column, value=member)


def _code(path: Path, line: int, column: str, text: str) -> str:
    code = text.strip()
    if not code:
        raise FileError("no_code", file=path, line=line, column=column)
    if code == TOTAL:
        raise FileError("total_inside", file=path, line=line, column=column)
    return code


def _count(path: Path, line: int, column: str, text: str) -> int:
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 9:
        raise FileError("not_count", file=path, line=line, column=column, value=text)
    return int(plain)


def write_published(pattern: Pattern, path: Path) -> None:
    """Every cell of every margin; nothing tells why a cell is hidden. Raises FileError."""
    table = pattern.system.table
    with drafted(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*table.columns, table.count, STATUS])
        for codes, value in pattern.cells():
            writer.writerow([*codes, "" if value is None else value, HIDDEN if value is None else SHOWN])


def write_certificates(pattern: Pattern, path: Path) -> None:
    """One JSON line on what is proved, then one per counter-table: the inner cells that differ, and by how much."""
    table, rules = pattern.system.table, pattern.rules
    with drafted(path) as file:
        head = {
            "hierarchy": table.hierarchy, "dimensions": table.dimensions, "count": table.count,
            "threshold": rules.threshold, "floor": rules.floor,
            "sums": [[s.column, s.label, sorted(s.members)] for s in table.sums],
        }  # fmt: skip
        file.write(json.dumps(head, ensure_ascii=False) + "\n")
        for one in pattern.certificates:
            changed = [
                [*table.codes[atom], change]
                for atom, change in zip(one.atoms.tolist(), one.changes.tolist(), strict=True)
                if atom < len(table.codes)  # groups that only an earlier release knew are not in this table
            ]
            file.write(json.dumps(changed, ensure_ascii=False, separators=(",", ":")) + "\n")


@contextmanager
def drafted(path: Path) -> Iterator[IO[str]]:
    """A file written beside and renamed at the end, so that no half file is left. Raises FileError."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            yield file
        draft.replace(path)
    except OSError as error:
        raise FileError("unwritable", file=path, reason=error.strerror) from error
    finally:
        draft.unlink(missing_ok=True)


def sha256(path: Path) -> str:
    """Digest of a file, under which a release keeps its certificates."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
