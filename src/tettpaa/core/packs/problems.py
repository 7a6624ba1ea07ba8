"""What is wrong with a pack, in plain words: file and line, what we read, what we expected, how to mend it."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from django.utils import translation
from django.utils.translation import gettext

_FILE: Final = Path(__file__).with_name("problems.toml")
_LINE: Final = {"nb": "linje", "nn": "linje", "en": "line"}
_NAME: Final = re.compile(r"\{(near|names|field|expected|length|most|line|rule|found)\}")
_NEAR: Final = {"nb": "Mente du «{0}»? ", "nn": "Meinte du «{0}»? ", "en": "Did you mean “{0}”? "}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `expected` is kept in each language, since it is made from the shape."""

    code: str
    file: str = ""
    line: int | None = None
    place: str = ""
    found: str = ""
    expected: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """A problem in words. All parts are plain text and may hold what stood in the file: escape them on a page."""

    where: str
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.found} {self.expected} {self.remedy}"


class PackError(ValueError):
    """A pack has problems; nothing was changed."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(render(problem)) for problem in problems))
        self.problems = problems


@cache
def messages() -> Mapping[str, Mapping[str, list[str]]]:
    """Every message by code and language, as three sentences."""
    return MappingProxyType(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def render(problem: Problem, language: str = "nb") -> Message:
    """The problem in words; an unknown language gets bokmål. Raises KeyError for a code without a message."""
    language = language if language in _LINE else "nb"
    words = defaultdict(str, problem.params)
    words["found"] = problem.found
    words["expected"] = problem.expected.get(language, "")
    if words["rule"]:
        with translation.override(language):
            words["rule"] = gettext(words["rule"])  # a room writes its rules in bokmål, with catalogues
    if words["near"]:
        words["near"] = _NEAR[language].format(words["near"])
    # Only our own braces are places to fill; a text may hold others, as { name = value } does.
    found, expected, remedy = (_filled(part, words) for part in messages()[problem.code][language])
    return Message(where(problem, language), found, expected, remedy)


def where(problem: Problem, language: str = "nb") -> str:
    """«plan.toml, linje 14, goals[2].signs.pupil»."""
    line = f"{_LINE[language]} {problem.line}" if problem.line else ""
    return ", ".join(part for part in (problem.file or "pack", line, problem.place) if part)


def _filled(text: str, words: Mapping[str, str]) -> str:
    return _NAME.sub(lambda name: words[name.group(1)], text)
