"""From bytes to lines of text: what kind of file, which encoding, which separator (data.md 1C)."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, Final

from tettpaa.data.sources.source import FileRefusedError, Problem, Row

MAX_BYTES: Final = 300_000_000
MAX_COLUMNS: Final = 2_000
MAX_CELL: Final = 20_000
CHUNK: Final = 1 << 20
SEPARATORS: Final = "\t;|,"
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a file is when it is none of ours, from its first bytes: the message says its name.
_KINDS: Final = (
    (b"\xd0\xcf\x11\xe0", "old_excel"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"PAR1", "unknown_kind"),
    (b"SQLite format 3", "unknown_kind"),
    (b"{\\rtf", "text_document"),
)
_MARKUP: Final = re.compile(rb"\s*<(?:!doctype|\?xml|html|svg|script|table|!--|\?php)", re.IGNORECASE)
# Letters that no honest table holds: control characters, direction overrides, lost letters.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff]"
)
_CONTROL_BYTES: Final = bytes(c for c in range(32) if c not in b"\t\n\r") + b"\x7f"


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file that was looked through: encoding, start of the text, and whether it ends with a line end."""

    stream: BinaryIO
    encoding: str
    start: int
    ends_cleanly: bool


def refuse(code: str, row: int | None = None, found: str = "", **params: str) -> FileRefusedError:
    """An error that refuses the whole file."""
    return FileRefusedError(Problem(code, row=row, found=shown(found), params=params))


def shown(text: str) -> str:
    """What stood in a cell, fit to be shown: at most 80 characters, nothing invisible."""
    clean = _FORBIDDEN.sub("\u25a1", text[:200]).replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return clean if len(clean) <= 80 else clean[:79] + "…"


def is_zip(start: bytes) -> bool:
    """Whether the first bytes are those of a zip container, as every XLSX has."""
    return start[:4] in {b"PK\x03\x04", b"PK\x05\x06"}


def look_through(stream: BinaryIO, size: int) -> TextFile:
    """Find the encoding and read the whole file once; refuse what is no clean text. Raises FileRefusedError."""
    start = stream.read(CHUNK)
    if not start.strip():
        raise refuse("empty_file")
    for magic, code in _KINDS:
        if start.startswith(magic):
            raise refuse(code)
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise refuse("unknown_encoding")
    encoding, skip = _encoding(start)
    if _MARKUP.match(start[skip:].decode(encoding, "replace").encode("utf-8", "replace")[:200]):
        raise refuse("markup")
    if encoding.startswith("utf-16"):
        _check_utf16(stream, encoding, skip)
    else:
        encoding = _check_bytes(stream, skip)
    stream.seek(max(0, size - 2))
    last = stream.read(2).decode(encoding, "replace")
    return TextFile(stream, encoding, skip, ends_cleanly=last.endswith(("\n", "\r")))


def _encoding(start: bytes) -> tuple[str, int]:
    """Encoding and length of the byte order mark. Every second byte 0 means UTF-16 without a mark."""
    for bom, name in _BOMS:
        if start.startswith(bom):
            return name, len(bom)
    sample = start[:4096]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > 0.9 * half and sample[0::2].count(0) < 0.1 * half:
        return "utf-16-le", 0
    if half and sample[0::2].count(0) > 0.9 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be", 0
    return "utf-8", 0


def _check_utf16(stream: BinaryIO, encoding: str, skip: int) -> None:
    """Decode the whole file; refuse half characters and forbidden ones, with their row."""
    decoder = codecs.getincrementaldecoder(encoding)()
    stream.seek(skip)
    row = 1
    while chunk := stream.read(CHUNK):
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            before = chunk[: error.start].decode(encoding, "ignore")
            raise refuse("damaged_bytes", row + _lines(before), encoding="UTF-16") from error
        _check_text(text, row)
        if "\n" not in text and "\r" not in text and len(chunk) == CHUNK:
            raise refuse("line_too_long", row)
        row += _lines(text)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise refuse("cut_off", row) from error


def _check_bytes(stream: BinaryIO, skip: int) -> str:
    """`utf-8`, or `cp1252` when the first letter beyond ASCII is no UTF-8. Refuses damage, with its row."""
    encoding = "utf-8"
    decoder = codecs.getincrementaldecoder(encoding)()
    saw_utf8 = skip > 0
    row = 1
    stream.seek(skip)
    while chunk := stream.read(CHUNK):
        if len(chunk.translate(None, _CONTROL_BYTES)) != len(chunk):
            _check_text(chunk.decode("cp1252", "replace").replace("\ufffd", "?"), row, ascii_only=True)
        if b"\n" not in chunk and b"\r" not in chunk and len(chunk) == CHUNK:
            raise refuse("line_too_long", row)
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            at = row + _lines(chunk[: max(error.start, 0)].decode("ascii", "replace"))
            saw_utf8 = saw_utf8 or not chunk[: max(error.start, 0)].isascii()
            if saw_utf8 or encoding == "cp1252":
                raise refuse("damaged_bytes", at, encoding=encoding.upper()) from error
            encoding = "cp1252"
            decoder = codecs.getincrementaldecoder(encoding)()
            stream.seek(skip)
            row = 1
            continue
        if not text.isascii():
            saw_utf8 = saw_utf8 or encoding == "utf-8"
            _check_text(text, row)
        row += _lines(text)
    return _finish(decoder, encoding, row, saw_utf8=saw_utf8)


def _finish(decoder: codecs.IncrementalDecoder, encoding: str, row: int, *, saw_utf8: bool) -> str:
    """A text that stops within a letter was cut off, or it is cp1252 whose last letter looked like a start."""
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        if saw_utf8:
            raise refuse("cut_off", row) from error
        return "cp1252"
    return encoding


def _check_text(text: str, row: int, *, ascii_only: bool = False) -> None:
    """Refuse a text with forbidden characters, naming the row and the character."""
    for match in _FORBIDDEN.finditer(text):
        if ascii_only and ord(match[0]) > 127:
            continue
        at = row + _lines(text[: match.start()])
        raise refuse("forbidden_character", at, found=f"U+{ord(match[0]):04X}")


def _lines(text: str) -> int:
    """Line ends in a text, also those of old machines that wrote only carriage returns."""
    return text.count("\n") or text.count("\r")


def separator(line: str) -> str:
    """The separator of a heading line: the one of tab, `;`, `|`, `,` that stands in it most often."""
    outside = re.sub(r'"[^"]*"', "", line)
    return max(SEPARATORS, key=outside.count)


def csv_rows(file: TextFile) -> Iterator[Row]:
    """Lines of the file as (line number, cells). Honours a first line `sep=…`. Raises FileRefusedError."""
    csv.field_size_limit(MAX_CELL)
    file.stream.seek(file.start)
    wrapper = io.TextIOWrapper(file.stream, encoding=file.encoding, newline="")
    try:
        yield from _rows(wrapper)
    finally:
        wrapper.detach()


def _rows(wrapper: io.TextIOWrapper) -> Iterator[Row]:
    lines: list[str] = []
    told = ""
    while len(lines) < 60:
        line = wrapper.readline()
        if not line:
            break
        lines.append(line)
        if not told and len(lines) == 1 and line.strip('" \r\n').lower().startswith("sep="):
            told = _told_separator(line)
        elif line.strip() and not line.lstrip('"').startswith("#"):
            break
    heading = lines[-1] if lines else ""
    delimiter = told if told and told in heading else separator(heading)
    skip = 1 if lines and lines[0].strip('" \r\n').lower().startswith("sep=") else 0
    yield from _parse(lines, skip, wrapper, delimiter)


def _told_separator(line: str) -> str:
    """The separator that a `sep=` line names; empty when it was trimmed away; refuses any other sign."""
    told = line.strip('"\r\n').strip(" ")[4:].strip('" ')
    if len(told) > 1 or (told and told not in SEPARATORS):
        raise refuse("unknown_separator", 1, found=line)
    return told


def _parse(lines: list[str], skip: int, rest: io.TextIOWrapper, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(chain(lines[skip:], rest), delimiter=delimiter, strict=True)
    number = skip
    try:
        for cells in reader:
            if any(cells):
                yield number + 1, cells
            number = skip + reader.line_num
    except csv.Error as error:
        code = "cell_too_long" if "limit" in str(error) else "bad_quotes"
        raise refuse(code, number + 1) from error
