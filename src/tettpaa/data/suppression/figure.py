"""The only type of number that may leave the data floor: already suppressed, immutable."""

from typing import Final, NamedTuple, Never

from tettpaa.data.suppression.kinds import Edition, Gender, Status

# What carries a number in which edition; everything else is a face of missing.
SHOWN: Final = {
    Edition.PUBLIC: frozenset({Status.OK}),
    Edition.INTERNAL: frozenset({Status.OK, Status.CONFIDENTIAL}),
}
_CARRIES: Final = tuple(tuple(status in SHOWN[edition] for status in Status) for edition in Edition)
_STATUSES, _EDITIONS, _GENDERS = tuple(Status), tuple(Edition), tuple(Gender)


class UnsafeFigureError(TypeError):
    """Somebody tried to make a figure outside the suppression room."""


class _Parts(NamedTuple):
    id: int
    unit: str
    indicator: str
    period: int
    grade: int
    gender: Gender
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    status: Status
    edition: Edition
    release: int


class SafeFigure(_Parts):
    """One published figure of one unit, indicator, school year, grade and gender.

    `value`, `low` and `high` are in the indicator's unit (low and high: 95 % interval), `n` is the number
    of pupils behind it; all are None unless `status` is OK or, in the internal edition, CONFIDENTIAL.
    `period` is the year in which the school year starts (2024 means 2024-25); `grade` 0 means all grades.
    `id` is the key of the published row, used to trace the figure to its file and row.
    """

    __slots__ = ()

    def __new__(cls, *_: object, **__: object) -> "SafeFigure":
        raise UnsafeFigureError("a SafeFigure is made only by tettpaa.data.suppression.figure.safe_figure")

    @classmethod
    def _make(cls, *_: object) -> Never:
        raise UnsafeFigureError("a SafeFigure cannot be made from parts")

    def _replace(self, **_: object) -> Never:
        raise UnsafeFigureError("a SafeFigure cannot be changed")

    @property
    def is_shown(self) -> bool:
        return self.value is not None

    @property
    def school_year(self) -> str:
        """`2024-25`."""
        return f"{self.period}-{(self.period + 1) % 100:02d}"


def safe_figure(  # noqa: PLR0913 - one argument per column of the published row
    id: int,  # noqa: A002
    unit: str,
    indicator: str,
    period: int,
    grade: int,
    gender: int,
    value: float | None,
    low: float | None,
    high: float | None,
    n: int | None,
    status: int,
    edition: int,
    release: int,
) -> SafeFigure:
    """Make a figure from a *published* row. Called by `indicators.queries` only (a house test counts).

    A page makes thousands, so it is a tuple (1 µs), not a dataclass (6 µs).
    """
    if not _CARRIES[edition][status]:
        value = low = high = n = None
    parts = (
        id, unit, indicator, period, grade, _GENDERS[gender], value, low, high, n,
        _STATUSES[status], _EDITIONS[edition], release,
    )  # fmt: skip
    return tuple.__new__(SafeFigure, parts)
