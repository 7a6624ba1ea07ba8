"""The pieces a release is planned with."""

from dataclasses import dataclass
from typing import NamedTuple

from tettpaa.data.suppression.kinds import Edition


class Key(NamedTuple):
    """What makes a value unique: unit code, indicator key, period, grade, gender."""

    unit: str
    indicator: str
    period: int
    grade: int
    gender: int


class Shown(NamedTuple):
    """A value as it stands, or would stand, for one edition."""

    value: float | None
    low: float | None
    high: float | None
    n: int | None
    status: int
    is_provisional: bool


class Standing(NamedTuple):
    """A current row of the table, and the path of its unit."""

    id: int
    path: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class Planned:
    """One value to write, and the observation it comes from (None: an old value that must now be hidden)."""

    key: Key
    edition: Edition
    shown: Shown
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class Withheld:
    key: Key
    value: float | None
    uncertainty: float | None
    n: int | None
