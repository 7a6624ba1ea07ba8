"""The only type of number that may leave the data floor: already suppressed, immutable."""

from dataclasses import dataclass
from typing import Final

from tettpaa.data.suppression.kinds import Edition, Gender, Status

_KEY: Final = object()


class UnsafeFigureError(TypeError):
    """Somebody tried to make a figure outside the suppression room."""


@dataclass(frozen=True, slots=True)
class SafeFigure:
    """One published figure of one unit, indicator, school year, grade and gender.

    `value`, `low` and `high` are in the indicator's unit (low and high: 95 % interval), `n` is the number
    of pupils behind it; all are None unless `status` is OK or, in the internal edition, CONFIDENTIAL.
    `period` is the year in which the school year starts (2024 means 2024-25); `grade` 0 means all grades.
    `id` is the key of the published row, used to trace the figure to its file and row.
    """

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
    _key: object = None

    def __post_init__(self) -> None:
        if self._key is not _KEY:
            raise UnsafeFigureError("SafeFigure is made only by tettpaa.data.suppression.figure.safe_figure")
        if self.value is not None and self.status not in SHOWN[self.edition]:
            raise UnsafeFigureError(f"a {self.status.key} figure may not carry a value")

    @property
    def is_shown(self) -> bool:
        return self.value is not None

    @property
    def school_year(self) -> str:
        """`2024-25`."""
        return f"{self.period}-{(self.period + 1) % 100:02d}"


SHOWN: Final = {
    Edition.PUBLIC: frozenset({Status.OK}),
    Edition.INTERNAL: frozenset({Status.OK, Status.CONFIDENTIAL}),
}


def safe_figure(  # noqa: PLR0913 - one argument per column of the published row
    *,
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
    """Make a figure from a *published* row. Called by `indicators.queries` only (a house test counts)."""
    shown = Status(status) in SHOWN[Edition(edition)]
    return SafeFigure(
        id=id,
        unit=unit,
        indicator=indicator,
        period=period,
        grade=grade,
        gender=Gender(gender),
        value=value if shown else None,
        low=low if shown else None,
        high=high if shown else None,
        n=n if shown else None,
        status=Status(status),
        edition=Edition(edition),
        release=release,
        _key=_KEY,
    )
