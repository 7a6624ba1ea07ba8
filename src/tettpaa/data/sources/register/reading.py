"""A fetched snapshot of a register, read: schools, or municipality codes with their changes."""

from collections import defaultdict
from pathlib import Path
from typing import Any, Final

from tettpaa.data.sources.answers import answers_in
from tettpaa.data.sources.register.klass import CodeChange, changes_from, codes_from, groups_from
from tettpaa.data.sources.register.nsr import RegisterSchool, listed_schools, school_from, with_units
from tettpaa.data.sources.source import Answer

# What each answer of a snapshot is: the fact `what` that the question put beside it.
LIST: Final = "list"
SCHOOL: Final = "school"
UNIT: Final = "unit"
CODES: Final = "codes"
CHANGES: Final = "changes"
GROUPS: Final = "groups"


def schools_in(path: Path) -> list[RegisterSchool]:
    """The schools of a snapshot. Raises FetchError when an answer has another form than we know."""
    answers = _by_kind(path)
    for answer in answers[LIST]:
        listed_schools(answer.data)
    units: dict[str, Any] = {answer.facts["code"]: answer.data for answer in answers[UNIT]}
    return with_units((school_from(answer.data) for answer in answers[SCHOOL]), units)


def codes_in(path: Path) -> tuple[dict[str, str], list[CodeChange]]:
    """Code → name, and the changes, of a snapshot. Raises FetchError."""
    answers = _by_kind(path)
    codes = {code: name for answer in answers[CODES] for code, name in codes_from(answer.data).items()}
    return codes, [change for answer in answers[CHANGES] for change in changes_from(answer.data)]


def groups_in(path: Path) -> dict[str, tuple[str, str]]:
    """Municipality → the code and name of its KOSTRA group, of a snapshot. Raises FetchError."""
    return {
        place: group for answer in _by_kind(path)[GROUPS] for place, group in groups_from(answer.data).items()
    }


def _by_kind(path: Path) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = defaultdict(list)
    with path.open("rb") as file:
        for answer in answers_in(file):
            found[answer.facts["what"]].append(answer)
    return found
