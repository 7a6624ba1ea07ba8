"""What the components take when a plain word is not enough. Immutable, made by views."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db.models import Count, QuerySet, Window
from django.http import QueryDict

FEW: Final = 5  # so many more than the first are no trouble to read


class StepState(StrEnum):
    """Where a step is."""

    DONE = "done"
    NOW = "now"
    FAILED = "failed"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Link:
    """A crumb, tab, segment or download. The last crumb has no address."""

    title: str
    address: str = ""
    is_current: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Some[T]:
    """The first rows of a long list; `address` leads to the whole of it, empty when this is the whole."""

    rows: Sequence[T]
    total: int
    address: str = ""


def some[T](rows: "Sequence[T] | QuerySet[Any, T]", asked: QueryDict, most: int = 30) -> Some[T]:
    """The first `most` rows, or all where the reader has asked for all (`?alle=1`) or only a few more are left.

    A query is gone through once: its keys are sorted alone, not with all the columns, and counted on the way; another
    query reads the rows that are shown.
    """
    if "alle" in asked:
        found = list(rows)
        return Some(found, len(found))
    if not isinstance(rows, QuerySet):
        shown, total = rows, len(rows)
    else:
        counted = rows.annotate(in_all=Window(Count("pk"))).values_list("pk", "in_all")
        keys = list(counted[: most + FEW])
        total = keys[0][1] if keys else 0
        wanted = [key for key, _in_all in keys[: total if total <= most + FEW else most]]
        shown = list(rows.filter(pk__in=wanted)) if wanted else []
    if total <= most + FEW:
        return Some(list(shown), total)
    query = asked.copy()
    query["alle"] = "1"
    return Some(list(shown[:most]), total, f"?{query.urlencode()}")


@dataclass(frozen=True, slots=True)
class Step:
    """One of a few fixed steps."""

    title: str
    text: str
    state: StepState


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of an excerpt. `pin` is the number of its error, 0 when it is in order."""

    text: str
    pin: int = 0
    is_number: bool = False
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of an excerpt with its number in the file."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Pin:
    """An error in a sheet: where, what we read, what to do. `column` is the column's own name."""

    number: int
    where: str
    column: str
    found: str
    mend: str


@dataclass(frozen=True, slots=True)
class Knot:
    """A link of a source trace."""

    label: str
    text: str
    is_open: bool = False
