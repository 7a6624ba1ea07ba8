"""The state's portal: the list that goes out, and the file with answers that comes back.

The file is read as every file that somebody points at (data/sources/mapping): in a limited child, and nothing of it
is kept but the answers. What the columns are called stays with the scheme, so that it is pointed at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from tettpaa.data.sources.mapping.persons import plain_head
from tettpaa.work.competence.sent import Problem, cells_of, heads_of, no_rows
from tettpaa.work.funds.actions import Answer
from tettpaa.work.funds.enums import Form, State
from tettpaa.work.funds.models import Application, Scheme

_FORMS: Final = {
    "vikar": Form.SUBSTITUTE,
    "vikarordning": Form.SUBSTITUTE,
    "stipend": Form.STIPEND,
    "stipendordning": Form.STIPEND,
}
# What a column is likely to be called, for a first proposal; a person says whether it is right.
_LIKELY: Final = {
    "reference": ("referanse", "ref"),
    "decision": ("vedtak", "svar", "resultat", "status"),
    "form": ("ordning", "type"),
    "words": ("begrunn", "grunngjev", "merknad"),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns are called in the file, and the words for yes and no. Empty: the file has no such column."""

    reference: str
    decision: str
    granted: str
    refused: str
    form: str = ""
    words: str = ""

    @property
    def heads(self) -> list[str]:
        """The columns that are read, in the order of `Line`."""
        return [one for one in (self.reference, self.decision, self.form, self.words) if one]

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def look(file: BinaryIO) -> tuple[list[str], list[Problem]]:
    """The headings of a file that somebody has sent, or what is wrong with it."""
    return heads_of(file, _("Dette er en fil med tall, ikke svar på søknader."))


def remembered(scheme: Scheme, heads: Sequence[str]) -> Columns | None:
    """The columns as they were pointed at the last time, if this file has them."""
    columns = Columns(**scheme.answer_columns) if scheme.answer_columns else None
    return columns if columns is not None and set(columns.heads) <= set(heads) else None


def likely(heads: Sequence[str]) -> dict[str, str]:
    """A first proposal for which column is which; each column once."""
    found: dict[str, str] = {}
    for meaning, words in _LIKELY.items():
        hit = (head for word in words for head in heads if plain_head(head).startswith(word))
        found[meaning] = next((head for head in hit if head not in found.values()), "")
    return found


def lines_of(file: BinaryIO, columns: Columns) -> tuple[list["Line"], list[Problem]]:
    """The rows of the file by what their columns mean, or what is wrong with it."""
    found, problems = cells_of(file, columns.heads)
    named = [name for name in ("reference", "decision", "form", "words") if getattr(columns, name)]
    return [Line(at, **dict(zip(named, cells, strict=True))) for at, cells in found], problems


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


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file by what its columns mean. `at` is the row as a spreadsheet numbers it."""

    at: int
    reference: str = ""
    decision: str = ""
    form: str = ""
    words: str = ""


def read_answers(
    lines: Iterable[Line], columns: Columns, known: Mapping[str, Application]
) -> tuple[list[Answer], list[Problem]]:
    """The answers of a file's rows, or what is wrong with them.

    `known` are the call's applications by reference. Nothing is changed here; with one problem no answer is given.
    """
    answers: list[Answer] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for line in lines:
        answer, wrong = _answer(line, columns, known)
        if line.reference in seen:
            said = _("Referansen står også i rad %(row)s. Ta bort den ene.") % {"row": seen[line.reference]}
            wrong.append(Problem(line.at, columns.reference, line.reference, said))
        seen.setdefault(line.reference, line.at)
        problems += wrong
        answers += [answer] if answer else []
    if not answers and not problems:
        problems.append(no_rows())
    return ([] if problems else answers), problems


def _answer(
    line: Line, columns: Columns, known: Mapping[str, Application]
) -> tuple[Answer | None, list[Problem]]:
    problems = []
    application = known.get(line.reference)
    if application is None:
        said = _("Ingen søknad i denne runden har denne referansen.")
        problems.append(Problem(line.at, columns.reference, line.reference, said))
    elif application.state != State.APPROVED:
        said = _("Søknaden venter ikke på svar. Den er: %(state)s.") % {
            "state": application.get_state_display()
        }
        problems.append(Problem(line.at, columns.reference, line.reference, said))
    words = {columns.granted.strip().casefold(): True, columns.refused.strip().casefold(): False}
    if line.decision.casefold() not in words:
        said = _("Svaret må være «%(yes)s» eller «%(no)s».") % {"yes": columns.granted, "no": columns.refused}
        problems.append(Problem(line.at, columns.decision, line.decision, said))
    if line.form and line.form.casefold() not in _FORMS:
        said = _("Ordningen må være «Vikar» eller «Stipend».")
        problems.append(Problem(line.at, columns.form, line.form, said))
    if problems or application is None:
        return None, problems
    chosen = str(_FORMS[line.form.casefold()]) if line.form else ""
    return Answer(application, words[line.decision.casefold()], chosen, line.words), []
