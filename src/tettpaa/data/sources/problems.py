"""What is wrong with a file, in plain words: where, what we read, what we expected, how to mend it. nb, nn, en."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tettpaa.data.sources.source import Problem

_FILE: Final = Path(__file__).with_name("problems.toml")
_WHERE: Final = {
    "nb": ("Ark «{0}»", "rad {0}", "kolonne {0}", "Hele filen", "ingenting"),
    "nn": ("Ark «{0}»", "rad {0}", "kolonne {0}", "Heile fila", "ingenting"),
    "en": ("Sheet “{0}”", "row {0}", "column {0}", "The whole file", "nothing"),
}


@dataclass(frozen=True, slots=True)
class Message:
    """A problem in words. All parts are plain text and may hold what stood in the file: escape them on a page."""

    where: str
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.found} {self.expected} {self.remedy}"


@cache
def messages() -> Mapping[str, Mapping[str, list[str]]]:
    """Every message by code and language, as three sentences."""
    return MappingProxyType(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def render(problem: Problem, language: str = "nb") -> Message:
    """The problem in words; an unknown language gets bokmål. Raises KeyError for a code without a message."""
    language = language if language in _WHERE else "nb"
    words = defaultdict(lambda: "–", problem.params)
    words["found"] = problem.found or _WHERE[language][4]
    found, expected, remedy = (part.format_map(words) for part in messages()[problem.code][language])
    return Message(where(problem, language), found, expected, remedy)


def where(problem: Problem, language: str = "nb") -> str:
    """«Ark «Data», rad 812, kolonne L (verdi)», or that it is the whole file."""
    sheet, row, column, whole, _ = _WHERE[language]
    parts = []
    if problem.sheet:
        parts.append(sheet.format(problem.sheet))
    if problem.row is not None:
        parts.append(row.format(problem.row))
    if problem.column:
        head = f" ({problem.head})" if problem.head else ""
        parts.append(column.format(problem.column) + head)
    text = ", ".join(parts)
    return text[:1].upper() + text[1:] if text else whole
