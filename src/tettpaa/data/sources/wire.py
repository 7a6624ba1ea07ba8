"""Cells from the child to its parent: columns in a flat binary file. No pickle: the parent trusts no object.

Layout: `MAGIC`, then blocks. A block is two lengths (cells, bytes of JSON), the JSON with the block's texts, then the columns. The
last block has no cells; its JSON is the summary (problems and what the reader learned).
"""

import json
import struct
from array import array
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, BinaryIO, Final

from tettpaa.data.sources.source import Cell, Problem, Tally
from tettpaa.data.suppression.kinds import Gender, Level, Status

MAGIC: Final = b"TETTPAA1"
BLOCK: Final = 8_192
_LENGTHS: Final = struct.Struct("<II")
_TEXTS: Final = (0, 2, 3, 4, 5, 15)  # indicator, unit_code, unit_name, county, municipality, column
_INTS: Final = (1, 6, 7, 8, 12, 13, 14)  # level, period, grade, gender, status, is_provisional, row
_FLOATS: Final = (9, 11)  # value, uncertainty
_N: Final = 10
_NO_FLOAT: Final = float("nan")
_NO_N: Final = -1
_LEVELS: Final = {level.value: level for level in Level}
_GENDERS: Final = {gender.value: gender for gender in Gender}
_STATUSES: Final = {status.value: status for status in Status}


class WireError(ValueError):
    """What the child wrote is not whole."""


class Writer:
    """Collects cells and writes them block by block."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._cells: list[Cell] = []
        file.write(MAGIC)

    def add(self, cell: Cell) -> None:
        self._cells.append(cell)
        if len(self._cells) >= BLOCK:
            self._flush()

    def forget(self) -> None:
        """Drop all cells: the file has a problem, so none will be used."""
        self._cells.clear()
        self._file.seek(len(MAGIC))
        self._file.truncate()

    def finish(self, summary: dict[str, Any]) -> None:
        """Write what is left and the summary."""
        self._flush()
        _write_block(self._file, 0, summary)
        self._file.flush()

    def _flush(self) -> None:
        if not self._cells:
            return
        columns = list(zip(*self._cells, strict=True))
        texts: dict[str, int] = {}
        coded = [array("I", [texts.setdefault(text, len(texts)) for text in columns[i]]) for i in _TEXTS]
        _write_block(self._file, len(self._cells), list(texts))
        for column in coded:
            column.tofile(self._file)
        for i in _INTS:
            array("i", columns[i]).tofile(self._file)
        for i in _FLOATS:
            array("d", [_NO_FLOAT if x is None else x for x in columns[i]]).tofile(self._file)
        array("q", [_NO_N if x is None else x for x in columns[_N]]).tofile(self._file)
        self._cells.clear()


def _write_block(file: BinaryIO, cells: int, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False).encode()
    file.write(_LENGTHS.pack(cells, len(text)))
    file.write(text)


def summary_of(tally: Tally, problems: list[Problem], count: int) -> dict[str, Any]:
    """The last block's content."""
    return {"tally": asdict(tally), "problems": [asdict(problem) for problem in problems], "count": count}


def read_blocks(file: BinaryIO) -> Iterator[list[Cell] | dict[str, Any]]:
    """Lists of cells, at last the summary. Raises WireError when the file is not whole."""
    if file.read(len(MAGIC)) != MAGIC:
        raise WireError("no magic")
    try:
        while True:
            cells, length = _LENGTHS.unpack(_exactly(file, _LENGTHS.size))
            content = json.loads(_exactly(file, length))
            if not cells:
                yield content
                return
            yield _cells(file, cells, content)
    except (struct.error, json.JSONDecodeError, KeyError, IndexError, TypeError, EOFError) as error:
        raise WireError(str(error)) from error


def summary(file: BinaryIO) -> dict[str, Any]:
    """Only the summary, jumping over the cells. Raises WireError."""
    if file.read(len(MAGIC)) != MAGIC:
        raise WireError("no magic")
    size = len(_TEXTS) * 4 + len(_INTS) * 4 + len(_FLOATS) * 8 + 8
    while True:
        cells, length = _LENGTHS.unpack(_exactly(file, _LENGTHS.size))
        if not cells:
            try:
                content = json.loads(_exactly(file, length))
            except json.JSONDecodeError as error:
                raise WireError(str(error)) from error
            if not isinstance(content, dict):
                raise WireError("no summary")
            return content
        file.seek(length + cells * size, 1)


def _exactly(file: BinaryIO, length: int) -> bytes:
    data = file.read(length)
    if len(data) != length:
        raise WireError("cut off")
    return data


def _column(file: BinaryIO, code: str, cells: int) -> "array[Any]":
    column: array[Any] = array(code)
    column.frombytes(_exactly(file, cells * column.itemsize))
    return column


def _cells(file: BinaryIO, count: int, texts: list[str]) -> list[Cell]:
    columns: list[Any] = [None] * len(Cell._fields)
    for i in _TEXTS:
        columns[i] = map(texts.__getitem__, _column(file, "I", count))
    for i in _INTS:
        columns[i] = _column(file, "i", count)
    for i in _FLOATS:
        columns[i] = [None if x != x else x for x in _column(file, "d", count)]  # NaN is none
    columns[_N] = [None if x == _NO_N else x for x in _column(file, "q", count)]
    for i, kinds in ((1, _LEVELS), (8, _GENDERS), (12, _STATUSES), (13, (False, True))):
        columns[i] = map(kinds.__getitem__, columns[i])
    return list(map(Cell._make, zip(*columns, strict=True)))
