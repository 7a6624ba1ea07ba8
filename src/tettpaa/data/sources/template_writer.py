"""Writes the empty open template with explanations and examples, as CSV and XLSX. No cell can be taken for a formula."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from tettpaa.data.sources import template_words as words
from tettpaa.data.sources.open_template import HEADS
from tettpaa.data.sources.template_figure import STATUS_WORDS

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_TEXT_COLUMNS = ("orgnr", "skoleaar", "trinn", "indikator")  # a spreadsheet would turn 2011-12 into a date
_ROWS = 2_000  # rows of the empty sheet with a list of statuses to choose from


def template_csv(language: str) -> bytes:
    """The template as CSV: UTF-8 with a mark, semicolons, all quoted. Explanations and examples start with `#`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for line in words.INTRODUCTION:
        writer.writerow([f"# {line.in_language(language)}"])
    for head, meaning, _ in words.COLUMNS:
        writer.writerow([f"# {head}: {meaning.in_language(language)}"])
    title = words.EXAMPLES_SHEET.in_language(language)
    writer.writerow(HEADS)
    for row in words.EXAMPLES:
        writer.writerow(_safe([f"# {title}: {row[0]}", *row[1:]]))
    return out.getvalue().encode("utf-8-sig")


def _safe(cells: Iterable[str]) -> list[str]:
    """Cells that no spreadsheet takes for a formula."""
    return [f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell for cell in cells]


def template_xlsx(language: str) -> bytes:
    """The template as a workbook: an empty sheet «Data», explanations, and filled examples."""
    import openpyxl  # noqa: PLC0415 - slow import

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(words.DATA_SHEET)
    _table(sheet, [HEADS])
    _ready_to_fill(sheet)
    explanation = book.create_sheet(words.EXPLANATION_SHEET.in_language(language))
    head = [w.in_language(language) for w in (words.COLUMN, words.MEANING, words.SAMPLE)]
    rows = [[name, meaning.in_language(language), sample] for name, meaning, sample in words.COLUMNS]
    _table(explanation, [head, *rows])
    for line in words.INTRODUCTION:
        explanation.append([line.in_language(language)])
    for letter, width in zip("ABC", (14, 110, 26), strict=True):
        explanation.column_dimensions[letter].width = width
    _table(book.create_sheet(words.EXAMPLES_SHEET.in_language(language)), [HEADS, *words.EXAMPLES])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _table(sheet: Any, rows: Iterable[Iterable[str]]) -> None:
    """Rows as text, the first one bold and held in sight."""
    from openpyxl.styles import Font  # noqa: PLC0415 - slow import

    for number, row in enumerate(rows, start=1):
        for index, text in enumerate(row, start=1):
            cell = sheet.cell(number, index, text or None)
            cell.number_format = "@"
            if text:
                cell.data_type = "s"
            if number == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for dimension in "ABCDEFGHIJKLMN":
        sheet.column_dimensions[dimension].width = 16


def _ready_to_fill(sheet: Any) -> None:
    """Columns that must stay text, and a list of statuses to choose from."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - slow import

    for head in _TEXT_COLUMNS:
        letter = chr(65 + HEADS.index(head))
        sheet.column_dimensions[letter].number_format = "@"
        for row in range(2, 202):
            sheet[f"{letter}{row}"].number_format = "@"
    choices = ",".join(known[0] for known in STATUS_WORDS.values())
    rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
    letter = chr(65 + HEADS.index("status"))
    rule.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(rule)
