"""Municipalities as Statistics Norway's Klass 131 answers them (data.md 3): codes of a day, what became what, and the KOSTRA
group that each is in (112).
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from tettpaa.data.sources.fetch.errors import FetchError

HOST: Final = "data.ssb.no"
CODE: Final = re.compile(r"[0-9]{4}")
GROUP: Final = re.compile(r"EKG[0-9]{2}")


class CodeChange(NamedTuple):
    """One code became another, as SSB lists it."""

    old: str
    new: str
    old_name: str
    on: date


def codes_from(answer: Any) -> dict[str, str]:
    """Code → name. Raises FetchError when the answer has another form."""
    rows = _rows(answer, "codes")
    return {_code(row, "code"): " ".join(_text(row, "name").split()) for row in rows}


def groups_from(answer: Any) -> dict[str, tuple[str, str]]:
    """Municipality → the code and name of its KOSTRA group. Raises FetchError when the answer has another form."""
    found: dict[str, tuple[str, str]] = {}
    for row in _rows(answer, "correspondenceItems"):
        place, group = _code(row, "targetCode"), _code(row, "sourceCode", GROUP)
        if found.setdefault(place, (group, " ".join(_text(row, "sourceName").split())))[0] != group:
            raise FetchError("changed", host=HOST, found=f"{place}: {group}")
    if not found:
        raise FetchError("changed", host=HOST, found="correspondenceItems")
    return found


def changes_from(answer: Any) -> list[CodeChange]:
    """The changes in their order. Raises FetchError when the answer has another form."""
    return [
        CodeChange(_code(row, "oldCode"), _code(row, "newCode"), _text(row, "oldName"), _day(row))
        for row in _rows(answer, "codeChanges")
    ]


def _rows(answer: Any, name: str) -> list[Any]:
    rows = answer.get(name) if isinstance(answer, Mapping) else None
    if not isinstance(rows, list):
        raise FetchError("changed", host=HOST, found=name)
    return rows


def _text(row: Any, name: str) -> str:
    value = row.get(name) if isinstance(row, Mapping) else None
    if not isinstance(value, str):
        raise FetchError("changed", host=HOST, found=name)
    return value


def _code(row: Any, name: str, form: re.Pattern[str] = CODE) -> str:
    code = _text(row, name)
    if not form.fullmatch(code):
        raise FetchError("changed", host=HOST, found=code[:20])
    return code


def _day(row: Any) -> date:
    try:
        return date.fromisoformat(_text(row, "changeOccurred"))
    except ValueError as error:
        raise FetchError("changed", host=HOST, found="changeOccurred") from error
