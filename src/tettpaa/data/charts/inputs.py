"""What a chart may be given: suppressed figures, and numbers derived from them that may themselves be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, Self

from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Status

type Size = Literal["wide", "page", "narrow"]
type Spec = dict[str, object]

_MAY_CARRY: Final = frozenset({Status.OK, Status.CONFIDENTIAL})


class Certainty(StrEnum):
    """How sure we are of a difference (look.md rule 5; the cut-offs live in stats)."""

    CLEAR = "clear"
    LIKELY = "likely"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A level calculated for one unit over the school years `first` to `last`, that may be shown to the reader.

    `value`, `low` and `high` are in the indicator's unit, `n` counts pupils. A hidden estimate carries none of
    them: an estimate can be turned back into the mean it came from (statistics.md B6), so it is as secret.
    Raises ValueError for a number that its status forbids.
    """

    unit: str
    name: str
    first: int
    last: int
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    status: Status = Status.OK

    def __post_init__(self) -> None:
        numbers = (self.value, self.low, self.high, self.n)
        if any(number is not None for number in numbers) and (
            self.value is None or self.status not in _MAY_CARRY
        ):
            raise ValueError(f"a {self.status.key} estimate may not carry a number")

    @classmethod
    def of(cls, figure: SafeFigure, name: str) -> Self:
        """One year's figure as it was published."""
        return cls(
            figure.unit,
            name,
            figure.period,
            figure.period,
            figure.value,
            low=figure.low,
            high=figure.high,
            n=figure.n if figure.is_shown else None,
            status=figure.status,
        )

    @property
    def is_shown(self) -> bool:
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Break:
    """A series that starts anew in the school year `period`; the words are in the reader's language."""

    period: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A series to compare with, year by year: `Landet` for a label, `landet` inside a sentence."""

    name: str
    figures: tuple[SafeFigure, ...]


@dataclass(frozen=True, slots=True)
class ReferenceLevel:
    """One shown value to compare with."""

    name: str
    inline: str
    value: float


def one_series(figures: Iterable[SafeFigure]) -> tuple[SafeFigure, ...]:
    """The figures by year. ValueError if they are not one unit's, indicator's and edition's, one a year."""
    ordered = tuple(sorted(figures, key=lambda figure: figure.period))
    if len({(f.unit, f.indicator, f.grade, f.gender, f.edition) for f in ordered}) > 1:
        raise ValueError("a series holds figures of one unit, indicator, grade, gender and edition")
    if len({f.period for f in ordered}) < len(ordered):
        raise ValueError("a series holds one figure a school year")
    return ordered
