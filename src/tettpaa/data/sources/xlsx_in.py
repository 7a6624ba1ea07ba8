"""From a workbook to lines of text. The container is looked through before anything is unpacked (R11)."""

import datetime
import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from tettpaa.data.sources.bytes_in import MAX_CELL, refuse
from tettpaa.data.sources.source import Row

MAX_ENTRIES: Final = 500
MAX_UNPACKED: Final = 200_000_000
MAX_RATIO: Final = 120
SMALL: Final = 2_000_000  # parts smaller than this may pack as well as they like
MAX_ROWS: Final = 150_000
MAX_WIDTH: Final = 200
MAX_EMPTY_WIDTH: Final = 2_000  # even empty cells cost time beyond this
MAX_SHEETS: Final = 50
_NESTED: Final = (
    ".zip",
    ".xlsx",
    ".xlsm",
    ".xls",
    ".docx",
    ".gz",
    ".7z",
    ".rar",
    ".jar",
    ".exe",
    ".dll",
    ".js",
)
_FORBIDDEN_PARTS: Final = (
    ("vbaproject", "macros"),
    ("xl/macrosheets/", "macros"),
    ("xl/dialogsheets/", "macros"),
    ("xl/activex/", "macros"),
    ("customui/", "macros"),
    ("xl/externallinks/", "external_links"),
    ("xl/connections.xml", "external_links"),
    ("xl/querytables/", "external_links"),
    ("xl/embeddings/", "embedded_files"),
    ("xl/model/", "embedded_files"),
)
_END: Final = b"PK\x05\x06"


def open_workbook(stream: BinaryIO, size: int) -> dict[str, Iterator[Row]]:
    """Sheets by name, each a stream of (row number, cells as text). Raises FileRefusedError."""
    _check_end(stream, size)
    try:
        with zipfile.ZipFile(stream) as container:
            _check_container(container, size)
        return _sheets(stream)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, KeyError, ValueError) as error:
        raise refuse("damaged_workbook") from error


def unpacked_size(stream: BinaryIO, size: int) -> int:
    """Bytes that the workbook says it unpacks to, at most MAX_UNPACKED; 0 when it cannot be told."""
    try:
        _check_end(stream, size)
        with zipfile.ZipFile(stream) as container:
            return min(MAX_UNPACKED, sum(part.file_size for part in container.infolist()))
    except Exception:  # only an estimate for the time limit; the child says what is wrong
        return 0
    finally:
        stream.seek(0)


def _check_end(stream: BinaryIO, size: int) -> None:
    """The directory must end the file, and its count is capped before zipfile reads a single entry."""
    back = min(size, 65_557)
    stream.seek(size - back)
    tail = stream.read(back)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise refuse("cut_workbook")
    _, _, _, count, length, offset, comment = struct.unpack("<4H2LH", tail[at + 4 : at + 22])
    if at + 22 + comment != len(tail):
        raise refuse("polyglot")
    if count > MAX_ENTRIES:
        raise refuse("too_many_parts", found=str(count), most=str(MAX_ENTRIES))
    if offset + length != size - back + at:
        raise refuse("polyglot")
    stream.seek(0)


def _check_container(container: zipfile.ZipFile, size: int) -> None:
    parts = container.infolist()
    names = [part.filename for part in parts]
    if len(set(map(str.lower, names))) != len(names):
        raise refuse("doubled_part")
    for part in parts:
        _check_part(part)
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise refuse("bomb")
    _check_overlap(parts, size)
    _check_contents(container, names)


def _check_part(part: zipfile.ZipInfo) -> None:
    name = part.filename.lower()
    if part.flag_bits & 0x1:
        raise refuse("encrypted")
    if name.startswith("/") or "\\" in name or ":" in name or ".." in posixpath.normpath(name).split("/"):
        raise refuse("unsafe_name", found=part.filename)
    if part.create_system == 3 and (part.external_attr >> 16) & 0o170000 == 0o120000:
        raise refuse("unsafe_name", found=part.filename)
    if name.endswith(_NESTED):
        raise refuse("nested_archive", found=part.filename)
    for start, code in _FORBIDDEN_PARTS:
        if start in name:
            raise refuse(code, found=part.filename)
    if part.file_size > SMALL and part.file_size > MAX_RATIO * max(part.compress_size, 1):
        raise refuse("bomb", found=part.filename)


def _check_overlap(parts: list[zipfile.ZipInfo], size: int) -> None:
    """Parts that share bytes are the mark of a bomb that hides its size."""
    end = 0
    for part in sorted(parts, key=lambda p: p.header_offset):
        if part.header_offset < end or part.header_offset + part.compress_size > size:
            raise refuse("bomb", found=part.filename)
        end = part.header_offset + 30 + len(part.filename) + part.compress_size


def _check_contents(container: zipfile.ZipFile, names: list[str]) -> None:
    """A workbook, without macros, links to other files or document type declarations."""
    lower = {name.lower(): name for name in names}
    kinds = lower.get("[content_types].xml")
    if kinds is None or "xl/workbook.xml" not in lower:
        raise refuse("no_workbook")
    if re.search(rb"macroEnabled|vbaProject", container.read(kinds), re.IGNORECASE):
        raise refuse("macros")
    sheets = [name for name in names if name.lower().startswith("xl/worksheets/sheet")]
    if len(sheets) > MAX_SHEETS:
        raise refuse("too_many_sheets", found=str(len(sheets)), most=str(MAX_SHEETS))
    for name in names:
        if name.lower().endswith(".rels") and b'targetmode="external"' in container.read(name).lower():
            _check_links(container.read(name))
        if name.lower().endswith((".xml", ".rels")):
            _check_declarations(container, name)


def _check_links(relations: bytes) -> None:
    """A clickable address in a cell is harmless; anything else that lies outside the file is not."""
    for relation in re.findall(rb"<[^>]*targetmode=\"external\"[^>]*>", relations, re.IGNORECASE):
        if b"/hyperlink" not in relation:
            raise refuse("external_links")


def _check_declarations(container: zipfile.ZipFile, name: str) -> None:
    """No document type, in any encoding: entities stand there."""
    with container.open(name) as part:
        start = part.read(4096).replace(b"\x00", b"").upper()
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise refuse("entities", found=name)


def _sheets(stream: BinaryIO) -> dict[str, Iterator[Row]]:
    import openpyxl  # noqa: PLC0415 - slow import, needed for workbooks only

    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is missing: workbooks may not be read without it")
    stream.seek(0)
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=False, keep_links=False)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # openpyxl raises whatever the broken part led to
        raise refuse("damaged_workbook") from error
    return {sheet.title: _sheet_rows(sheet) for sheet in book.worksheets}


def _sheet_rows(sheet: Any) -> Iterator[Row]:
    """Rows of an openpyxl read-only sheet as text; the size the sheet claims is ignored, our own caps hold."""
    sheet.reset_dimensions()
    try:
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            if number > MAX_ROWS:
                raise refuse("too_many_rows", number, most=str(MAX_ROWS))
            if len(values) > MAX_WIDTH and _is_too_wide(values):
                raise refuse("too_many_columns", number, most=str(MAX_WIDTH))
            cells = [_text(value) for value in values[:MAX_WIDTH]]
            if any(cells):
                yield number, cells
    except (MemoryError, RecursionError):
        raise
    except (
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        SyntaxError,
        EOFError,
        OSError,
        zipfile.error,
    ) as error:
        raise refuse("damaged_workbook") from error


def _is_too_wide(values: tuple[object, ...]) -> bool:
    return len(values) > MAX_EMPTY_WIDTH or any(value is not None for value in values[MAX_WIDTH:])


def _text(value: object) -> str:
    """A cell as a hand-made CSV would have it: decimal comma, dates as dates."""
    if value is None:
        return ""
    if isinstance(value, str):
        if len(value) > MAX_CELL:
            raise refuse("cell_too_long")
        return value
    if isinstance(value, bool):
        return "#TRUE" if value else "#FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _number_text(value: float) -> str:
    """A float without the noise of binary fractions: 49.900000000000006 → `49,9`."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}".replace(".", ",")
