"""The rules of law that the report cites, as data with validity: what is not known for a day is not cited."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from tettpaa.report.export.tree import Language


@dataclass(frozen=True, slots=True)
class Law:
    """One rule: how it is cited, what it says in plain words, and from when (and until when) it holds."""

    key: str
    citation: Mapping[str, str]
    text: Mapping[str, str]
    act: str
    valid_from: date
    source: str
    checked_on: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """True from `valid_from`; the last day is the one before `valid_to`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def sentence(self, language: Language) -> str:
        """The rule with its citation, for the document."""
        form = "nn" if language == "nn" else "nb"
        cited = self.citation[form].replace("§ ", "§\u00a0")  # the sign stays with its number
        return f"{self.text[form]} ({cited[:1].upper()}{cited[1:]}.)"


@cache
def laws() -> tuple[Law, ...]:
    """Every rule of `laws.toml`."""
    with (Path(__file__).parent / "laws.toml").open("rb") as file:
        return tuple(Law(key=key, **row) for key, row in tomllib.load(file).items())


def law(key: str, day: date) -> Law | None:
    """The rule that holds on `day`, if we know one."""
    return next((rule for rule in laws() if rule.key == key and rule.holds_on(day)), None)
