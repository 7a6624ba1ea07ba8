"""Streams the rows of a workbook's sheet. Own reader: a fifth of openpyxl's time, and no part of it expands entities.

Only what a table needs is understood: shared and inline strings, numbers, dates, errors and formulas. A document type
declaration anywhere is refused, so no entity is ever expanded. Claimed dimensions are not looked at.
"""

import datetime
import math
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final
from xml.parsers import expat  # declarations are refused below, so entities cannot grow

from tettpaa.data.sources.bytes_in import MAX_CELL, refuse
from tettpaa.data.sources.source import Row

MAX_ROWS: Final = 150_000
MAX_WIDTH: Final = 200
MAX_STRINGS: Final = 500_000
_CHUNK: Final = 1 << 16
_DATE_FORMATS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_FORMAT: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DAY_ZERO: Final = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - serial days have no time zone
type _Start = Callable[[str, dict[str, str]], None]


def _parser(start: _Start, end: Callable[[str], None], text: Callable[[str], None]) -> Any:
    """An expat parser that refuses declarations and gives names without their prefix."""

    def declaration(*_: object) -> None:
        raise refuse("entities")

    def plain_start(name: str, attributes: dict[str, str]) -> None:
        start(name.rpartition(":")[2], attributes)

    def plain_end(name: str) -> None:
        end(name.rpartition(":")[2])

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = declaration
    parser.EntityDeclHandler = declaration
    parser.StartElementHandler = plain_start
    parser.EndElementHandler = plain_end
    parser.CharacterDataHandler = text
    return parser


def _feed(container: zipfile.ZipFile, name: str, parser: Any) -> Iterator[None]:
    """Push a part through a parser, pausing after each chunk."""
    try:
        with container.open(name) as part:
            while chunk := part.read(_CHUNK):
                parser.Parse(chunk, False)
                yield
            parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as error:  # LookupError: an encoding that Python does not know
        raise refuse("damaged_workbook") from error


def _elements(container: zipfile.ZipFile, name: str) -> list[tuple[str, dict[str, str]]]:
    """All elements of a small part, in order."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(found) > MAX_STRINGS:
            raise refuse("damaged_workbook")
        found.append((tag, attributes))

    for _ in _feed(container, name, _parser(start, lambda _: None, lambda _: None)):
        pass
    return found


def sheet_parts(container: zipfile.ZipFile) -> dict[str, str]:
    """Names of the sheets and the parts they stand in, in the workbook's order."""
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for tag, attributes in _elements(container, "xl/_rels/workbook.xml.rels")
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet")
    }
    sheets = {}
    for tag, attributes in _elements(container, "xl/workbook.xml"):
        ids = [value for key, value in attributes.items() if key.rpartition(":")[2] == "id"]
        if tag == "sheet" and ids and ids[0] in targets:
            target = targets[ids[0]]
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            sheets[attributes.get("name", "")] = path
    return sheets


class _Strings:
    """Collects the workbook's texts, each put together from its runs; reading aids (phonetic runs) are left out."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._parts: list[str] = []
        self._in_text = False
        self._in_phonetic = False

    def start(self, tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            self._parts.clear()
        elif tag == "rPh":
            self._in_phonetic = True
        self._in_text = tag == "t" and not self._in_phonetic

    def end(self, tag: str) -> None:
        self._in_text = False
        if tag == "rPh":
            self._in_phonetic = False
        elif tag == "si":
            self.strings.append(_checked("".join(self._parts)))
            if len(self.strings) > MAX_STRINGS:
                raise refuse("too_many_rows", most=str(MAX_ROWS))

    def text(self, data: str) -> None:
        if self._in_text:
            self._parts.append(data)


def shared_strings(container: zipfile.ZipFile) -> list[str]:
    """The texts that cells point to. Raises FileRefusedError."""
    if "xl/sharedStrings.xml" not in container.namelist():
        return []
    found = _Strings()
    for _ in _feed(container, "xl/sharedStrings.xml", _parser(found.start, found.end, found.text)):
        pass
    return found.strings


def _checked(text: str) -> str:
    if len(text) > MAX_CELL:
        raise refuse("cell_too_long")
    return text


def date_styles(container: zipfile.ZipFile) -> frozenset[str]:
    """Indexes of the cell styles that show a number as a date or time."""
    if "xl/styles.xml" not in container.namelist():
        return frozenset()
    formats: dict[str, str] = {}
    styles: list[str] = []
    in_cells = False
    for tag, attributes in _elements(container, "xl/styles.xml"):
        if tag == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            in_cells = tag == "cellXfs"
        elif tag == "xf" and in_cells:
            styles.append(attributes.get("numFmtId", "0"))
    return frozenset(str(i) for i, number in enumerate(styles) if _is_date(number, formats.get(number, "")))


def _is_date(number: str, code: str) -> bool:
    if number.isdigit() and int(number) in _DATE_FORMATS:
        return True
    return bool(re.search(r"[dmyhs]", _NOT_FORMAT.sub("", code).lower().replace("general", "")))


@lru_cache(maxsize=65536)
def _number(text: str) -> str:
    """A number as a hand-made CSV would have it: 49.900000000000006 → `49,9`."""
    try:
        value = float(text)
    except ValueError:
        return f"#{text[:40]}"
    if not math.isfinite(value):
        return f"#{text[:40]}"
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}".replace(".", ",")


def _date(text: str) -> str:
    """A serial day as an ISO date, so that the reader can say that a date stands there."""
    try:
        moment = _DAY_ZERO + datetime.timedelta(days=float(text))
    except (ValueError, OverflowError):
        return f"#{text[:40]}"
    return (
        moment.date().isoformat()
        if moment.time() == datetime.time()
        else moment.isoformat(timespec="seconds")
    )


@lru_cache(maxsize=4096)
def _column(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


class _Cells:
    """Collects cells to rows while a sheet is parsed."""

    def __init__(self, strings: list[str], dates: frozenset[str]) -> None:
        self.rows: list[Row] = []
        self._strings = strings
        self._dates = dates
        self._row: list[str] = []
        self._number = 0
        self._index = -1
        self._kind = ""
        self._style = ""
        self._parts: list[str] = []
        self._formula = False
        self._reads = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            place = attributes.get("r", "").rstrip("0123456789")
            self._index = _column(place) if place.isascii() and place.isupper() else self._index + 1
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._parts.clear()
            self._formula = False
        elif tag in {"v", "t"}:
            self._reads = True
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            given = attributes.get("r", "")
            self._number = int(given) if given.isdigit() and len(given) < 8 else self._number + 1
            self._row = []
            self._index = -1

    def end(self, tag: str) -> None:
        if tag in {"v", "t"}:
            self._reads = False
        elif tag == "c":
            if self._parts or self._formula:
                self._put(self._text())
        elif tag == "row" and any(self._row):
            self.rows.append((self._number, self._row))

    def text(self, data: str) -> None:
        if self._reads:
            self._parts.append(data)

    def _text(self) -> str:
        text = "".join(self._parts)
        if self._formula:
            return f"={text[:40]}"
        if self._kind == "n":
            return _date(text) if self._style in self._dates else _number(text)
        if self._kind == "s":
            index = int(text) if text.isdigit() and len(text) < 9 else -1
            if not 0 <= index < len(self._strings):
                raise refuse("damaged_workbook")
            return self._strings[index]
        if self._kind == "b":
            return "#TRUE" if text == "1" else "#FALSE"
        if self._kind == "e" and not text.startswith("#"):
            return f"#{text[:40]}"
        return _checked(text)

    def _put(self, text: str) -> None:
        if self._index >= MAX_WIDTH:
            raise refuse("too_many_columns", self._number, most=str(MAX_WIDTH))
        row = self._row
        if len(row) < self._index:
            row.extend([""] * (self._index - len(row)))
        if len(row) == self._index:
            row.append(text)
        else:
            row[self._index] = text


def sheet_rows(
    container: zipfile.ZipFile, part: str, strings: list[str], dates: frozenset[str]
) -> Iterator[Row]:
    """Rows of one sheet that hold anything, with the sheet's own row numbers. Raises FileRefusedError."""
    cells = _Cells(strings, dates)
    count = 0
    for _ in _feed(container, part, _parser(cells.start, cells.end, cells.text)):
        count += len(cells.rows)
        if count > MAX_ROWS:
            raise refuse("too_many_rows", cells.rows[-1][0], most=str(MAX_ROWS))
        yield from cells.rows
        cells.rows.clear()
    yield from cells.rows
