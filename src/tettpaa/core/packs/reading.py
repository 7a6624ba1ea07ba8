"""Reading the folder of a pack: every problem of every file at once, each with its line. Nothing is changed here."""

import difflib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tettpaa.core.packs.finder import Place, line_of, lines_of, written
from tettpaa.core.packs.heads import HEAD, PackHead
from tettpaa.core.packs.problems import PackError, Problem
from tettpaa.core.packs.registry import Shape, parts
from tettpaa.core.packs.shapes import allowed_at, entry_models, expected_at

MOST_BYTES: Final = 512 * 1024
LONGEST_KEY: Final = 60
LANGUAGES: Final = ("nb", "nn", "en")
_KEY: Final = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST_KEY}}}")
_AT_LINE: Final = re.compile(r"\(at line (\d+), column \d+\)$")
_SHOWN: Final = 60

# Kinds of pydantic's errors → our message; what is not here is told as `other`, with what the shape expects.
_CODES: Final[Mapping[str, str]] = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "value_error": "rule",
    "assertion_error": "rule",
    "string_type": "text",
    "int_type": "number",
    "int_parsing": "number",
    "int_from_float": "number",
    "float_type": "number",
    "float_parsing": "number",
    "bool_type": "yes_no",
    "bool_parsing": "yes_no",
    "date_type": "date",
    "date_parsing": "date",
    "date_from_datetime_parsing": "date",
    "date_from_datetime_inexact": "date",
    "enum": "choice",
    "literal_error": "choice",
    "string_too_long": "too_long",
    "string_too_short": "too_short",
    "too_short": "too_short",
    "string_pattern_mismatch": "key",
    "greater_than": "range",
    "greater_than_equal": "range",
    "less_than": "range",
    "less_than_equal": "range",
    "list_type": "list",
    "tuple_type": "list",
    "model_type": "table",
    "model_attributes_type": "table",
    "dict_type": "table",
}


@dataclass(frozen=True, slots=True)
class ReadPack:
    """A pack that was read whole and without problems: its head and its parts by name."""

    name: str
    head: PackHead
    shapes: Mapping[str, Shape] = field(default_factory=dict)


def read_pack(folder: Path, *, name: str = "") -> ReadPack:
    """The pack in the folder. Raises PackError with all problems when there are any."""
    if not folder.is_dir():
        raise PackError([Problem("no_folder", found=str(folder), params={"names": "–"})])
    known: dict[str, type[Shape]] = {HEAD: PackHead} | {part.name: part.shape for part in parts()}
    problems = _strangers(folder, [f"{one}.toml" for one in known])
    shapes: dict[str, Shape] = {}
    for one, shape in known.items():
        path = folder / f"{one}.toml"
        if path.is_file():
            found, wrong = read_text_file(path, shape)
            problems += wrong
            if found is not None:
                shapes[one] = found
        elif one == HEAD:
            problems.append(Problem("no_head", file=path.name))
    head = shapes.pop(HEAD, None)
    if problems or not isinstance(head, PackHead):
        raise PackError(problems)
    return ReadPack(name or folder.resolve().name, head, shapes)


def _strangers(folder: Path, names: list[str]) -> list[Problem]:
    """Files that no room reads. Hidden files are the machine's own."""
    found = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    return [
        Problem(
            "unknown_file",
            file=one,
            found=one,
            params={"names": ", ".join(names), "near": _near(one, names)},
        )
        for one in found
        if one not in names
    ]


def read_text_file(path: Path, shape: type[Shape]) -> tuple[Shape | None, list[Problem]]:
    """One file as its shape, or its problems."""
    raw = path.read_bytes()
    if len(raw) > MOST_BYTES:
        size, most = str(len(raw) // 1024), str(MOST_BYTES // 1024)
        return None, [Problem("too_big", file=path.name, found=size, params={"most": most})]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [Problem("not_text", file=path.name, line=raw.count(b"\n", 0, error.start) + 1)]
    return read_text(text, shape, path.name)


def read_text(text: str, shape: type[Shape], file: str) -> tuple[Shape | None, list[Problem]]:
    """A file's text as its shape, or its problems."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [_not_toml(text, str(error), file)]
    except RecursionError:
        return None, [Problem("not_toml", file=file, found="[[[[…")]
    told = _Teller(file, shape, data, lines_of(text))
    problems, found = list(told.keys()), None
    try:
        found = shape.model_validate(data)
    except ValidationError as error:
        places = {problem.place for problem in problems}
        problems += [problem for problem in told.told(error) if problem.place not in places]
    return (None if problems else found), sorted(problems, key=lambda problem: problem.line or 0)


def problems_of(shape: type[Shape], data: Mapping[str, Any], error: ValidationError) -> list[Problem]:
    """Pydantic's errors about data that is not from a file, in our words; the places say where."""
    return _Teller("", shape, data, {(): 1}).told(error)


def _not_toml(text: str, words: str, file: str) -> Problem:
    match = _AT_LINE.search(words)
    lines = text.splitlines() or [""]
    number = int(match.group(1)) if match else len(lines)
    said = lines[min(number, len(lines)) - 1].strip()
    if any(one in words for one in ("twice", "overwrite", "inline table", "Duplicate")):
        return Problem("twice", file=file, line=number, found=_short(said))
    is_open = "Invalid value (at end" in words and not said.endswith("=")
    if is_open or any(one in words for one in ("Unclosed", "Unterminated")):
        return Problem("not_closed", file=file, line=number)
    return Problem("not_toml", file=file, line=number, found=_short(said))


class _Teller:
    """Tells of what is wrong in one file that is TOML."""

    def __init__(
        self, file: str, shape: type[Shape], data: Mapping[str, Any], lines: Mapping[Place, int]
    ) -> None:
        self.file, self.shape, self.data, self.lines = file, shape, data, lines

    def told(self, error: ValidationError) -> list[Problem]:
        """Each place once: a union gives an error for each of its kinds."""
        found: dict[tuple[Place, bool], Problem] = {}
        for details in error.errors(include_url=False):
            place, is_there = self.place(details)
            found.setdefault((place, is_there), self.problem(details, place))
        return list(found.values())

    def place(self, details: ErrorDetails) -> tuple[Place, bool]:
        """Where in the file; pydantic adds the names of a union's kinds, which no file has."""
        place: Place = ()
        at: Any = self.data
        for part in details["loc"]:
            is_list = isinstance(at, list) and isinstance(part, int) and part < len(at)
            if not (is_list or (isinstance(at, dict) and part in at)):
                break
            place, at = (*place, part), at[part]
        if details["type"] == "missing":
            return (*place, str(details["loc"][-1])), False
        return place, True

    def problem(self, details: ErrorDetails, place: Place) -> Problem:
        """One of pydantic's errors in our words."""
        code = _CODES.get(details["type"], "other")
        params = {"field": str(place[-1])} if place else {}
        if code == "unknown_field":
            names = allowed_at(self.shape, place[:-1])
            params |= {"names": ", ".join(names), "near": _near(str(place[-1]), names)}
        if code == "rule":
            params["rule"] = _rule(details)
        if code == "too_long":
            params["length"] = str(len(str(details["input"])))
        if code == "key":
            params["most"] = str(LONGEST_KEY)
        return Problem(
            code=code,
            file=self.file,
            line=line_of(self.lines, place),
            place=written(place),
            found=shown(details["input"]),
            expected={language: expected_at(self.shape, place, language) for language in LANGUAGES},
            params=params,
        )

    def keys(self) -> Iterator[Problem]:
        """Keys that cannot be used as keys, and those used twice."""
        for name in entry_models(self.shape):
            rows = self.data.get(name)
            met: dict[str, int] = {}
            for number, row in enumerate(rows if isinstance(rows, list) else ()):
                key = row.get("key") if isinstance(row, dict) else None
                if not isinstance(key, str):
                    continue  # the shape tells of it
                place: Place = (name, number, "key")
                line = line_of(self.lines, place)
                here = Problem("key", self.file, line, written(place), shown(key))
                if not _KEY.fullmatch(key):
                    yield replace(here, params={"most": str(LONGEST_KEY)})
                elif key in met:
                    yield replace(here, code="same_key", params={"line": str(met[key]), "field": name})
                met.setdefault(key, line)


def _rule(details: ErrorDetails) -> str:
    """The words of a room's own rule, without pydantic's beginning."""
    cause = details.get("ctx", {}).get("error")
    return str(cause) if cause else details["msg"]


def shown(value: Any) -> str:
    """A value as it stands in a file, short enough for a line."""
    if isinstance(value, str | bool | int | float):
        return _short(json.dumps(value, ensure_ascii=False))
    if isinstance(value, BaseModel | Mapping):
        return "{ … }"
    if isinstance(value, list | tuple):
        return "[ … ]"
    return _short(str(value))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _near(name: str, names: list[str]) -> str:
    """The name that was probably meant, or nothing."""
    return next(iter(difflib.get_close_matches(name, names, n=1)), "")
