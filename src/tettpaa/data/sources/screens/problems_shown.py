"""The errors of a refused file: excerpt with pins, list of errors, names to be given a school."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.parts import Cell, Pin, SheetRow
from tettpaa.data.sources.models import Import
from tettpaa.data.sources.numbers import Mark, parse_number
from tettpaa.data.sources.problem_json import problem_from_json
from tettpaa.data.sources.problems import Message, render, where
from tettpaa.data.sources.screens.steps import UNMATCHED, is_unreadable, rejected_line
from tettpaa.data.sources.screens.wording import count, number, sentence
from tettpaa.data.sources.source import Problem

LISTED = 25


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of the sheet, in the shape that the component takes."""

    columns: list[str]
    rows: list[SheetRow]
    caption: str


@dataclass(frozen=True, slots=True)
class ProblemsShown:
    """All that the section of errors shows. `more` errors are in the marked file only."""

    sentence: str
    excerpt: Excerpt | None
    pins: list[Pin]
    more: int
    names: list[str]


def problems_shown(item: Import) -> ProblemsShown:
    """Errors of cells get a pin each; unmatched names are asked for in a form instead."""
    problems = [problem_from_json(stored) for stored in item.problems]
    mend = [problem for problem in problems if problem.code not in UNMATCHED]
    pins = [pin_of(at, problem) for at, problem in enumerate(mend[:LISTED], start=1)]
    excerpt = None if is_unreadable(item) else excerpt_shown(item.excerpt, mend[:LISTED], item.file_name)
    names = unmatched_names(problems)
    return ProblemsShown(
        _where_they_are(item, mend), excerpt, pins, item.problem_count - len(pins) - len(names), names
    )


def _where_they_are(item: Import, problems: Sequence[Problem]) -> str:
    """«Fem feil i fire rader. De 20 andre radene er i orden.»"""
    rows = {problem.row for problem in problems}
    if None in rows or is_unreadable(item) or item.problem_count > len(item.problems):
        return rejected_line(item)
    errors = ngettext("én feil", "%(n)s feil", len(problems)) % {"n": count(len(problems))}
    places = ngettext("én rad", "%(n)s rader", len(rows)) % {"n": count(len(rows))}
    found = _("%(errors)s i %(rows)s.") % {"errors": sentence(errors), "rows": places}
    rest = item.rows - len(rows)
    if rest <= 0 or len(problems) < item.problem_count:
        return found
    others = ngettext("Den andre raden er i orden.", "De %(n)s andre radene er i orden.", rest) % {
        "n": number(rest)
    }
    return f"{found} {others}"


def unmatched_names(problems: Sequence[Problem]) -> list[str]:
    """Names of the file that no school has, in the file's order."""
    return list(dict.fromkeys(problem.found for problem in problems if problem.code in UNMATCHED))


def pin_of(at: int, problem: Problem) -> Pin:
    """The problem as the component of pins takes it."""
    message: Message = render(problem, reader_language())
    place = where(replace(problem, head=""), reader_language())
    return Pin(at, place, problem.head, message.found, _joined(message.expected, message.remedy))


def _joined(*parts: str) -> str:
    """Sentences after each other, each with its full stop."""
    return " ".join(
        part if part.endswith((".", "!", "?", "»", "”")) else f"{part}." for part in parts if part
    )


def excerpt_shown(stored: Mapping[str, Any], problems: Sequence[Problem], file_name: str) -> Excerpt | None:
    """The stored excerpt with a pin in each cell that a problem points at; None when there is nothing to show."""
    if not stored.get("rows"):
        return None
    pins = {(problem.row, problem.column): at for at, problem in reversed(list(enumerate(problems, 1)))}
    letters = stored["letters"]
    rows = [
        SheetRow(
            line,
            [
                Cell(text, pins.get((line, letter), 0), is_number=parse_number(text).mark is Mark.NUMBER)
                for letter, text in zip(letters, texts, strict=True)
            ],
        )
        for line, texts in stored["rows"]
    ]
    sheet = stored.get("sheet")
    caption = _("Utdrag av %(file)s") % {"file": f"{file_name}, {sheet}" if sheet else file_name}
    return Excerpt(letters, rows, caption)
