"""«Last ned filen med merkede celler»: the file as a workbook, each wrong cell coloured and explained."""

import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tettpaa.data.indicators.tables import sheet_title, text_cell
from tettpaa.data.sources.excerpt import every_line
from tettpaa.data.sources.numbers import column_letter
from tettpaa.data.sources.problems import Message, render
from tettpaa.data.sources.source import Problem, Row

MOST_ROWS = 20_000
COLOUR = "FDE3CF"
WORDS = {
    "nb": ("Feil", "Hvor", "Dette leste vi", "Dette ventet vi", "Slik retter du", "Tett på"),
    "nn": ("Feil", "Kvar", "Dette las vi", "Dette venta vi", "Slik rettar du", "Tett på"),
    "en": ("Errors", "Where", "What we read", "What we expected", "How to mend it", "Tett på"),
}


def marked_workbook(path: Path, problems: Sequence[Problem], language: str) -> bytes:
    """A workbook with the file's lines in their own rows, wrong cells coloured with a comment, and a list of all errors.

    Beyond 20,000 lines only the list and the lines with errors are written. Every text stays text.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - slow import

    words = WORDS.get(language, WORDS["nb"])
    messages = [(problem, render(problem, language)) for problem in problems]
    marks: dict[int, dict[str, list[Message]]] = defaultdict(lambda: defaultdict(list))
    for problem, message in messages:
        if problem.row is not None:
            marks[problem.row][problem.column or "A"].append(message)
    book = Workbook(write_only=True)
    name = next((problem.sheet for problem in problems if problem.sheet), "") or "Data"
    _write_lines(book.create_sheet(sheet_title(name)), path, name, marks, words)
    errors = book.create_sheet(words[0] if name != words[0] else f"{words[0]} 2")
    _write_list(errors, messages, words)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_lines(
    sheet: Any, path: Path, name: str, marks: dict[int, dict[str, list[Message]]], words: Sequence[str]
) -> None:
    """Each line in the row that it has in the file, so that the numbers agree."""
    next_row = 1
    for number, cells in _wanted(every_line(path, name), marks):
        while next_row < number:
            sheet.append([])
            next_row += 1
        sheet.append(_cells(sheet, cells, marks.get(number, {}), words))
        next_row += 1


def _wanted(lines: Iterator[Row], marks: dict[int, Any]) -> Iterator[Row]:
    for count, (number, cells) in enumerate(lines):
        if count < MOST_ROWS or number in marks:
            yield number, cells


def _cells(
    sheet: Any, cells: Sequence[str], marks: dict[str, list[Message]], words: Sequence[str]
) -> list[Any]:
    from openpyxl.comments import Comment  # noqa: PLC0415 - slow import
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - slow import

    letters = [column_letter(index) for index in range(max(len(cells), 1))]
    found = [text_cell(sheet, text) for text in cells] or [text_cell(sheet, "")]
    for letter, messages in marks.items():
        cell = found[letters.index(letter) if letter in letters else len(found) - 1]
        cell.fill = PatternFill("solid", fgColor=COLOUR)
        text = "\n".join(f"{m.found} {m.expected} {m.remedy}".strip() for m in messages)
        comment = Comment(text[:2000], words[5])
        comment.width, comment.height = 320, 140
        cell.comment = comment
    return found


def _write_list(sheet: Any, messages: Sequence[tuple[Problem, Message]], words: Sequence[str]) -> None:
    for letter, width in zip("ABCD", (34, 48, 48, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([text_cell(sheet, word, bold=True) for word in words[1:5]])
    for _problem, message in messages:
        parts = (message.where, message.found, message.expected, message.remedy)
        sheet.append([text_cell(sheet, part) for part in parts])
