"""The rules of law that procedures and the report cite, as data with validity: what is not known for a day is not cited."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "laws.toml"


@dataclass(frozen=True, slots=True)
class Law:
    """One version of a rule: how it is cited, what it says in plain words, from when (and until when) it holds."""

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

    def cited(self, language: str) -> str:
        """`Opplæringslova § 17-12`; the sign stays with its number. Laws are cited in Norwegian in every language."""
        name = self.citation["nn" if language == "nn" else "nb"].replace("§ ", "§\u00a0")
        return f"{name[:1].upper()}{name[1:]}"

    def words(self, language: str) -> str:
        """What it says, in plain words."""
        return self.text["nn" if language == "nn" else "nb"]

    def sentence(self, language: str) -> str:
        """The rule with its citation, for a document."""
        return f"{self.words(language)} ({self.cited(language)}.)"


@cache
def laws(table: Path = TABLE) -> tuple[Law, ...]:
    """Every version of every rule of `laws.toml`. A key whose wording has changed is a list of tables."""
    with table.open("rb") as file:
        rows = tomllib.load(file)
    versions = {key: row if isinstance(row, list) else [row] for key, row in rows.items()}
    return tuple(Law(key=key, **row) for key, found in versions.items() for row in found)


def law(key: str, day: date) -> Law | None:
    """The version of the rule that holds on `day`, if we know one."""
    return next((rule for rule in laws() if rule.key == key and rule.holds_on(day)), None)


def known_keys() -> frozenset[str]:
    """Keys that a procedure may name."""
    return frozenset(rule.key for rule in laws())
