"""What the components take when a plain word is not enough. Immutable, made by views."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


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
