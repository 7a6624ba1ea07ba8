"""A list of staff from a spreadsheet: each row is held to the same rules as the form for one person.

The file is read as every file that somebody sends in (data/sources/mapping): in a limited child. Nothing of it is kept
but the people, and with one fault nobody is written.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tettpaa.core.orgs.models import Unit
from tettpaa.data.sources.mapping.persons import plain_head
from tettpaa.work.competence import queries
from tettpaa.work.competence.actions import NewEmployee, Person, PostError, check_post
from tettpaa.work.competence.enums import Employment
from tettpaa.work.competence.forms.staff import Choices, EmployeeForm
from tettpaa.work.competence.sent import Problem, cells_of, heads_of, no_rows


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list: the form's field, its head, what may stand there, and whether it must be there."""

    field: str
    head: str
    about: Promise
    must: bool = False


COLUMNS: Final = (
    Column("name", "Navn", gettext_lazy("Fornavn og etternavn."), must=True),
    Column("email", "E-post", gettext_lazy("Den personen logger inn med. Kan være tom.")),
    Column("role", "Stilling", gettext_lazy("Et av ordene: %(roles)s."), must=True),
    Column("employment", "Ansettelse", gettext_lazy("fast, midlertidig, eller på vilkår. Tom er fast.")),
    Column("employment_until", "Midlertidig til", gettext_lazy("Dato, for eksempel 31.07.2027.")),
    Column(
        "has_teacher_education",
        "Lærerutdanning",
        gettext_lazy("ja eller nei: fullført lærerutdanning."),
        must=True,
    ),
    Column("newly_educated_on", "Ferdig utdannet", gettext_lazy("Dato. Bare for nyutdannede.")),
    Column("active_from", "Begynte", gettext_lazy("Dato, for eksempel 01.08.2024."), must=True),
)
_DAYS: Final = frozenset({"employment_until", "newly_educated_on", "active_from"})
_HEADS: Final[Mapping[str, str]] = {plain_head(one.head): one.field for one in COLUMNS}
_EMPLOYMENT: Final[Mapping[str, str]] = {
    "": Employment.PERMANENT,
    "fast": Employment.PERMANENT,
    "midlertidig": Employment.TEMPORARY,
    "mellombels": Employment.TEMPORARY,
    "på vilkår": Employment.CONDITIONAL,
    "vilkår": Employment.CONDITIONAL,
}
_ANSWERS: Final[Mapping[str, str]] = {"ja": "on", "nei": "", "yes": "on", "no": "", "": ""}


@dataclass(frozen=True)
class Place:
    """Where the people of a list work, the choices that the form for one person has there, and the words for what the
    law does not allow."""

    owner: Unit
    school: Unit | None
    services: Choices
    roles: Choices
    said: Callable[[Exception], str]


def header() -> list[str]:
    """The heads of an empty list."""
    return [one.head for one in COLUMNS]


def read(file: BinaryIO, place: Place) -> tuple[list[Person], list[Problem]]:
    """The people of a list, or everything that is wrong with it. Nothing is changed here."""
    heads, problems = heads_of(file, _("Dette er en fil med tall, ikke en liste over ansatte."))
    if problems:
        return [], problems
    fields = {_HEADS[plain_head(head)]: head for head in reversed(heads) if plain_head(head) in _HEADS}
    for column in COLUMNS:
        if column.must and column.field not in fields:
            said = _("Kolonnen «%(head)s» mangler. Legg den til.") % {"head": column.head}
            problems.append(Problem(1, column.head, "", said))
    if problems:
        return [], problems
    found, problems = cells_of(file, list(fields.values()))
    if problems:
        return [], problems
    rows = [(at, dict(zip(fields, cells, strict=True))) for at, cells in found]
    return _people(rows, fields, place)


def _people(
    rows: Iterable[tuple[int, Mapping[str, str]]], heads: Mapping[str, str], place: Place
) -> tuple[list[Person], list[Problem]]:
    people: list[Person] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for at, row in rows:
        email = row.get("email", "").strip().lower()
        if email and email in seen:
            said = _("E-posten står også i rad %(row)s. Ta bort den ene.") % {"row": seen[email]}
            problems.append(Problem(at, heads["email"], email, said))
        seen.setdefault(email, at)
        person, wrong = _person(at, row, heads, place)
        problems += wrong
        people += [person] if person else []
    if not people and not problems:
        problems.append(no_rows())
    return ([] if problems else people), problems


def _person(
    at: int, row: Mapping[str, str], heads: Mapping[str, str], place: Place
) -> tuple[Person | None, list[Problem]]:
    """One row through the form for one person, then the law's rule for a post."""
    form = EmployeeForm(
        _as_sent(row, place),
        instance=queries.blank_employee(place.owner, place.school),
        services=place.services,
        roles=place.roles,
    )
    wrong = [
        Problem(at, heads.get(name, ""), row.get(name, ""), " ".join(str(word) for word in errors))
        for name, errors in form.errors.items()
    ]
    education = row["has_teacher_education"]
    if education.casefold() not in _ANSWERS:
        wrong.append(Problem(at, heads["has_teacher_education"], education, _("Skriv ja eller nei.")))
    if wrong:
        return None, wrong
    try:
        check_post(form.instance)
    except PostError as error:
        return None, [Problem(at, heads["has_teacher_education"], education, place.said(error))]
    data = dict(form.cleaned_data)
    data.pop("seen")
    who = {key: str(data.pop(key)) for key in ("name", "email", "role")}
    return Person(**who, more=NewEmployee(**data)), []


def _as_sent(row: Mapping[str, str], place: Place) -> dict[str, str]:
    """The cells as the form's fields would be sent. What is no known word goes on as it is, and the form refuses it."""
    by_word = {label.casefold(): key for key, label in place.roles}
    sent = {name: _day(text) if name in _DAYS else text for name, text in row.items()}
    sent["service"] = next((key for key, _label in place.services), "skole")
    sent["role"] = by_word.get(row["role"].casefold(), row["role"])
    employment = row.get("employment", "").casefold()
    sent["employment"] = _EMPLOYMENT.get(employment, employment)
    sent["has_teacher_education"] = _ANSWERS.get(row["has_teacher_education"].casefold(), "")
    return sent


def _day(text: str) -> str:
    """A day as forms send it, from the ways that spreadsheets write it; anything else as it stands."""
    for pattern in ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S"):
        try:
            found: date = datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day, no time
        except ValueError:
            continue
        return found.isoformat()
    return text


def about(roles: Sequence[tuple[str, str]]) -> list[tuple[str, str, bool]]:
    """For the page: each column's head, what may stand there, and whether it must be there."""
    words = {"roles": ", ".join(label.lower() for _key, label in roles)}
    return [(one.head, str(one.about) % words, one.must) for one in COLUMNS]
