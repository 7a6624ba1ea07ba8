"""Figures that can be true but seldom are: they are shown before publishing, never refused."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tettpaa.data.indicators.definitions import definition
from tettpaa.data.indicators.models import PublishedValue
from tettpaa.data.indicators.observed import Observed
from tettpaa.data.suppression.kinds import Gender, Status

TENFOLD = 10
SMALLEST = 30  # pupils; below this a tenfold is nothing strange
LEAP_SD = (
    1.5  # a school's mean does not move by more than so many standard deviations between pupils in a year
)
FEW_UNITS = 500

type Place = tuple[str, str, int, int, int]


class Unlikely(NamedTuple):
    """A figure and the one of the year before; `kind` is n or value."""

    kind: str
    cell: Observed
    before: float


class _Before(NamedTuple):
    value: float | None
    n: int | None


def unlikely(cells: Sequence[Observed]) -> Iterator[Unlikely]:
    """Totals of the file's last year far from the same unit's of the year before, in the file or published.

    One query. Older years are history that nobody can mend any more.
    """
    last = max((cell.period for cell in cells), default=0)
    totals = [cell for cell in cells if cell.period >= last - 1 and cell.gender is Gender.ALL]
    newest = [cell for cell in totals if cell.period == last]
    earlier = _published(newest) | {
        _place(cell): _Before(cell.value, cell.n)
        for cell in totals
        if cell.period != last and cell.status is Status.OK
    }
    for cell in newest:
        before = earlier.get(_place(cell, years_back=1))
        if before is None:
            continue
        if _is_tenfold(cell.n, before.n):
            yield Unlikely("n", cell, before.n or 0)
        elif _is_leap(cell, before):
            yield Unlikely("value", cell, before.value or 0)


def _place(cell: Observed, years_back: int = 0) -> Place:
    return cell.unit_code, cell.indicator, cell.period - years_back, cell.grade, int(cell.gender)


def _published(cells: Sequence[Observed]) -> dict[Place, _Before]:
    units = {cell.unit_code for cell in cells}
    rows = PublishedValue.objects.filter(
        superseded_by=None,
        indicator__key__in={cell.indicator for cell in cells},
        period__in={cell.period - 1 for cell in cells},
        gender=Gender.ALL,
        status=Status.OK,
    )
    if len(units) <= FEW_UNITS:
        rows = rows.filter(unit__code__in=units)
    found = rows.values_list("unit__code", "indicator__key", "period", "grade", "gender", "value", "n")
    return {row[:5]: _Before(*row[5:]) for row in found.iterator(chunk_size=10_000)}


def _is_tenfold(now: int | None, before: int | None) -> bool:
    if not now or not before or max(now, before) < SMALLEST:
        return False
    return now >= TENFOLD * before or before >= TENFOLD * now


def _is_leap(cell: Observed, before: _Before) -> bool:
    if cell.value is None or before.value is None:
        return False
    facts = definition(cell.indicator)
    if facts.model.sd is None or facts.break_between(cell.period - 1, cell.period):
        return False
    return abs(cell.value - before.value) > LEAP_SD * facts.model.sd
