"""The pieces a release is planned with."""

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
    """A current row of the table, the path of its unit and its release."""

    id: int
    path: str
    release: int
    shown: Shown


class Planned(NamedTuple):
    """One value to write, and the observation it comes from (None: an old value that must now be hidden)."""

    key: Key
    edition: Edition
    shown: Shown
    row: int
    column: str


class Withheld(NamedTuple):
    """The number behind a value that we hide."""

    key: Key
    value: float | None
    uncertainty: float | None
    n: int | None
