"""Problems to and from JSON, so that each reader gets them in the own language."""

from collections.abc import Mapping
from typing import Any

from tettpaa.data.sources.source import Problem


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """A problem as it is stored with the import."""
    return {
        "code": problem.code,
        "row": problem.row,
        "column": problem.column,
        "head": problem.head,
        "sheet": problem.sheet,
        "found": problem.found,
        "params": dict(problem.params),
    }


def problem_from_json(stored: Mapping[str, Any]) -> Problem:
    """The problem again."""
    return Problem(**stored)
