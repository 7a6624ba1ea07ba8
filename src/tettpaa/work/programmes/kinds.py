"""The kinds of part that a programme has, by the word that addresses use."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tettpaa.work.programmes.models import (
    Grant,
    LongPlan,
    Milestone,
    Part,
    Participant,
    Partner,
    ProjectGroup,
    Spending,
)


@dataclass(frozen=True, slots=True)
class PartKind:
    """One kind of part: its rows and what may be written on them."""

    model: type[Part]
    fields: tuple[str, ...]


PARTS: Final[Mapping[str, PartKind]] = {
    "deltaker": PartKind(Participant, ("school", "name", "first_year", "last_year")),
    "partner": PartKind(Partner, ("name", "kind", "task")),
    "gruppe": PartKind(ProjectGroup, ("name", "kind", "who", "task")),
    "milepel": PartKind(Milestone, ("title", "group", "due_on", "role", "note")),
    "tilskudd": PartKind(Grant, ("giver", "amount", "given_on", "report_on", "terms")),
    "bruk": PartKind(Spending, ("grant", "on", "what", "amount")),
    "plan": PartKind(LongPlan, ("title", "first_year", "last_year", "text")),
}


def kind_of(part: Part) -> str:
    """The word of a part's kind, as addresses have it."""
    return next(word for word, known in PARTS.items() if isinstance(part, known.model))
