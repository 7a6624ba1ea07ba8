"""The state's portal: the list that goes out, and the file with answers that comes back, read by the named columns."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from tettpaa.work.funds.actions import Answer
from tettpaa.work.funds.enums import Form, State
from tettpaa.work.funds.models import Application

MOST_BYTES: Final = 2_000_000
MOST_ROWS: Final = 5_000
_FORMS: Final = {
    "vikar": Form.SUBSTITUTE,
    "vikarordning": Form.SUBSTITUTE,
    "stipend": Form.STIPEND,
    "stipendordning": Form.STIPEND,
}


@dataclass(frozen=True, slots=True)
class Columns:
    """What the user calls the columns, and the words for yes and no. Empty: the file has no such column."""

    reference: str
    decision: str
    granted: str
    refused: str
    form: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that cannot be used: the row as a spreadsheet numbers it, the column by its head, and what to do."""

    row: int
    column: str
    found: str
    said: str


def header() -> list[str]:
    """The heads of the list that goes out."""
    return [
        _("Referanse"), _("Plass"), _("Navn"), _("E-post"), _("Skole"), _("Studium"), _("Studiested"),
        _("Studiepoeng"), _("Ordning"), _("Andre ønske"), _("Begrunnelse"),
    ]  # fmt: skip


def rows(found: Sequence[Application]) -> list[list[str | int | float | None]]:
    """The approved applications in their order, as the portal asks for them."""
    return [
        [
            one.reference,
            one.place,
            one.employee.name if one.employee else "",
            one.employee.email if one.employee else "",
            one.school.label if one.school else "",
            one.title,
            one.institution,
            float(one.credits) if one.credits is not None else None,
            one.get_form_display(),
            one.get_second_choice_display(),
            one.place_reason,
        ]
        for one in found
    ]


def read_answers(
    data: bytes, columns: Columns, known: Mapping[str, Application]
) -> tuple[list[Answer], list[Problem]]:
    """The answers of a CSV file (semicolon, comma or tab; UTF-8 or Windows-1252), or what is wrong with it.

    `known` are the call's applications by reference. Nothing is changed here; with one problem no answer is given.
    """
    table = _table(data)
    if table is None:
        return [], [Problem(1, "", "", _("Filen kan ikke leses som tekst. Lagre den som CSV og prøv igjen."))]
    lines = iter(table)
    head_at, head = next(lines, (1, []))
    places, problems = _places(columns, head, head_at)
    if problems:
        return [], problems
    answers: list[Answer] = []
    seen: dict[str, int] = {}
    for at, line in lines:
        if any(line):
            answer, wrong = _answer(at, Line(line, places), columns, known)
            reference = Line(line, places).cell("reference")
            if reference in seen:
                said = _("Referansen står også i rad %(row)s. Ta bort den ene.") % {"row": seen[reference]}
                wrong.append(Problem(at, columns.reference, reference, said))
            seen.setdefault(reference, at)
            problems += wrong
            answers += [answer] if answer else []
    if not answers and not problems:
        problems.append(Problem(head_at, "", "", _("Filen har ingen rader under overskriften.")))
    return ([] if problems else answers), problems


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file by what its columns mean."""

    cells: Sequence[str]
    places: Mapping[str, int]

    def cell(self, name: str) -> str:
        at = self.places.get(name)
        return self.cells[at] if at is not None and at < len(self.cells) else ""


def _table(data: bytes) -> list[tuple[int, list[str]]] | None:
    """(row number, cells) of every row; None for what is no text, or too much of it."""
    if len(data) > MOST_BYTES or b"\x00" in data:
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return list(_rows(text))[: MOST_ROWS + 1]


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.split("\n", 1)[0]
    mark = max(";\t,", key=first.count)
    skip = first.strip().lower().startswith("sep=")
    if skip:
        mark = first.strip()[4:5] or ";"
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    for number, line in enumerate(reader, start=1):
        if not (skip and number == 1):
            yield number, [cell.strip() for cell in line]


def _places(columns: Columns, head: Sequence[str], at: int) -> tuple[dict[str, int], list[Problem]]:
    """Where each named column stands."""
    names = {name.casefold(): place for place, name in reversed(list(enumerate(head)))}
    found, problems = {}, []
    for meaning in ("reference", "decision", "form", "words"):
        wanted = getattr(columns, meaning).strip()
        if wanted and wanted.casefold() in names:
            found[meaning] = names[wanted.casefold()]
        elif wanted:
            said = _("Kolonnen finnes ikke. Filen har: %(heads)s.") % {
                "heads": ", ".join(filter(None, head)) or "–"
            }
            problems.append(Problem(at, wanted, "", said))
    return found, problems


def _answer(
    at: int, line: Line, columns: Columns, known: Mapping[str, Application]
) -> tuple[Answer | None, list[Problem]]:
    problems = []
    reference, decision, form = line.cell("reference"), line.cell("decision"), line.cell("form")
    application = known.get(reference)
    if application is None:
        said = _("Ingen søknad i denne runden har denne referansen.")
        problems.append(Problem(at, columns.reference, reference, said))
    elif application.state != State.APPROVED:
        said = _("Søknaden venter ikke på svar. Den er: %(state)s.") % {
            "state": application.get_state_display()
        }
        problems.append(Problem(at, columns.reference, reference, said))
    words = {columns.granted.strip().casefold(): True, columns.refused.strip().casefold(): False}
    if decision.casefold() not in words:
        said = _("Svaret må være «%(yes)s» eller «%(no)s».") % {"yes": columns.granted, "no": columns.refused}
        problems.append(Problem(at, columns.decision, decision, said))
    if form and form.casefold() not in _FORMS:
        problems.append(Problem(at, columns.form, form, _("Ordningen må være «Vikar» eller «Stipend».")))
    if problems or application is None:
        return None, problems
    chosen = str(_FORMS[form.casefold()]) if form else ""
    return Answer(application, words[decision.casefold()], chosen, line.cell("words")), []
