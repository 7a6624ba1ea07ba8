"""Files for people: one CSV writer and one XLSX writer (trust.md R12). Neither can carry a formula.

Numbers come as numbers, everything else as text. CSV is for Norwegian Excel: byte order mark, semicolon, decimal
comma; in English comma and point.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

type Value = str | int | float | date | None

# A program may take a cell that begins so for a formula (OWASP's list, with full-width forms).
_DANGEROUS = tuple("=+-@\t\r\n|%＝＋－＠")  # noqa: RUF001 - full-width signs on purpose
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_CELL_MOST = 32_767  # Excel's own limit
_WIDEST = 60


def safe_text(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before a dangerous first letter."""
    return f"'{text}" if text.lstrip(" \ufeff").startswith(_DANGEROUS) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Value]], language: str = "nb") -> bytes:
    """A whole CSV for people. `language` is nb, nn or en; None becomes an empty cell."""
    return b"".join(csv_chunks(header, rows, language))


def csv_chunks(
    header: Sequence[str], rows: Iterable[Sequence[Value]], language: str = "nb"
) -> Iterator[bytes]:
    """The same, row by row, for large downloads."""
    english = language == "en"
    buffer = io.StringIO()
    writer = csv.writer(
        buffer, delimiter="," if english else ";", quoting=csv.QUOTE_ALL, lineterminator="\r\n"
    )
    yield b"\xef\xbb\xbf"
    for row in _with_header(header, rows):
        writer.writerow([_as_text(value, english=english) for value in row])
        yield buffer.getvalue().encode("utf-8")
        buffer.seek(0)
        buffer.truncate()


def _with_header(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[Sequence[Value]]:
    yield header
    yield from rows


def _as_text(value: Value, *, english: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return plain_number(value) if english else plain_number(value).replace(".", ",")


def plain_number(value: float) -> str:
    """The shortest decimal form, point as sign, no noise of binary fractions: `50`, `49.1`, `-0.5`."""
    if isinstance(value, int):
        return str(value)
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def xlsx_bytes(title: str, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A workbook of one sheet: heading in bold, frozen and filterable; text stays text whatever it looks like."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow import, needed for downloads only

    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_title(title))
    body = [list(row) for row in rows]
    for index, width in enumerate(_widths(header, body), start=1):
        sheet.column_dimensions[_letter(index)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([text_cell(sheet, name, bold=True) for name in header])
    for row in body:
        sheet.append([_cell(sheet, value) for value in row])
    if header:
        sheet.auto_filter.ref = f"A1:{_letter(len(header))}{len(body) + 1}"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet_title(title: str) -> str:
    """A name that a sheet may have: 31 characters, without the signs that Excel refuses."""
    return _NOT_IN_TITLE.sub(" ", _NOT_IN_XML.sub("", title)).strip("' ")[:31] or "Ark1"


def text_cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    """A cell of a write-only sheet that holds text as text, also when it begins like a formula."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - slow import
    from openpyxl.styles import Font  # noqa: PLC0415 - slow import

    clean = _NOT_IN_XML.sub("\ufffd", text)[:_CELL_MOST]
    cell: Any = WriteOnlyCell(sheet, value=None)
    cell._value, cell.data_type = clean, "s"  # by hand: the setter would read a formula into it
    if clean.startswith(_DANGEROUS):
        cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Value) -> Any:
    return text_cell(sheet, value) if isinstance(value, str) else value


def _widths(header: Sequence[str], body: Sequence[Sequence[Value]]) -> list[int]:
    widths = [len(name) for name in header]
    for row in body[:500]:
        for index, value in enumerate(row[: len(widths)]):
            widths[index] = max(widths[index], len(str(value)) if value is not None else 0)
    return [min(_WIDEST, width + 3) for width in widths]


def _letter(index: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
