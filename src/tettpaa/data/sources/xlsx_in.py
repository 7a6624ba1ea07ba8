"""From a workbook to lines of text. The container is looked through before anything is unpacked (R11)."""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from tettpaa.data.sources.bytes_in import refuse
from tettpaa.data.sources.source import Row
from tettpaa.data.sources.xlsx_sheet import date_styles, shared_strings, sheet_parts, sheet_rows

MAX_ENTRIES: Final = 500
MAX_UNPACKED: Final = 200_000_000
MAX_RATIO: Final = 120
SMALL: Final = 2_000_000  # parts smaller than this may pack as well as they like
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
        container = zipfile.ZipFile(stream)
        _check_container(container, size)
        strings, dates = shared_strings(container), date_styles(container)
        parts = sheet_parts(container)
        return {name: _rows(container, part, strings, dates) for name, part in parts.items()}
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        KeyError,
        ValueError,
        zlib.error,
    ) as error:
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
    if comment or at + 22 != len(tail):
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


def _rows(container: zipfile.ZipFile, part: str, strings: list[str], dates: frozenset[str]) -> Iterator[Row]:
    """A sheet's rows; a damaged part is refused when it is met."""
    try:
        yield from sheet_rows(container, part, strings, dates)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, KeyError, zlib.error) as error:
        raise refuse("damaged_workbook") from error
