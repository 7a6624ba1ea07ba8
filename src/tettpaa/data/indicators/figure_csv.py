"""Published figures as rows for machines: what `tettpaa figures` writes, and downloads of open data."""

import csv
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet

from tettpaa.data.indicators.models import Indicator, PublishedValue
from tettpaa.data.indicators.tables import plain_number, safe_text
from tettpaa.data.suppression.kinds import Edition, Gender, Status

COLUMNS = (
    "unit", "unit_name", "indicator", "school_year", "grade", "gender",
    "value", "low", "high", "n", "status", "source", "release",
)  # fmt: skip
_FIELDS = (
    "unit__code", "unit__display_name", "unit__name", "indicator__key", "period", "grade", "gender",
    "edition", "value", "low", "high", "n", "status", "release__source", "release_id",
)  # fmt: skip
_SHOWN = {
    Edition.PUBLIC: {int(Status.OK)},
    Edition.INTERNAL: {int(Status.OK), int(Status.CONFIDENTIAL)},
}
type FigureRow = tuple[str, ...]


class Writable(Protocol):
    def write(self, text: str, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Selection:
    """Which figures: empty means all. `units` are codes as the file had them, `periods` starting years."""

    units: Collection[str] = ()
    indicators: Collection[str] = ()
    periods: Collection[int] = ()
    edition: Edition = Edition.PUBLIC


def figure_rows(selection: Selection) -> Iterator[FigureRow]:
    """Current figures, in order of indicator, year, grade, gender and unit; one text per column of `COLUMNS`.

    For the operator: nobody's rights are asked here. Only published rows are read, so a hidden figure has no
    value, whatever the edition. Streams: one indicator and year in memory at a time.
    """
    for rows in _portions(selection):
        last: tuple[Any, ...] | None = None
        for row in rows:
            if last is not None and _key(last) != _key(row):
                yield _texts(last, selection.edition)
            last = row  # the internal row comes after the public one and takes its place
        if last is not None:
            yield _texts(last, selection.edition)


def write_figures(selection: Selection, out: Writable) -> int:
    """Write the rows as CSV (comma, decimal point, heading first) and return how many."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    for row in figure_rows(selection):
        writer.writerow(row)
        count += 1
    return count


def _portions(selection: Selection) -> Iterator[Iterable[tuple[Any, ...]]]:
    """The figures in portions that the indexes serve: by indicator and year."""
    indicators = Indicator.objects.order_by("key")
    if selection.indicators:
        indicators = indicators.filter(key__in=selection.indicators)
    for indicator in indicators:
        found = PublishedValue.objects.filter(superseded_by=None, indicator=indicator)
        if selection.edition is Edition.PUBLIC:
            found = found.filter(edition=Edition.PUBLIC)
        if selection.units:
            found = found.filter(unit__code__in=selection.units)
        for period in _periods(selection, found):
            yield (
                found.filter(period=period)
                .order_by("grade", "gender", "unit__code", "edition")
                .values_list(*_FIELDS)
                .iterator(chunk_size=5_000)
            )


def _periods(selection: Selection, found: QuerySet[PublishedValue]) -> list[int]:
    periods = found.order_by("period").values_list("period", flat=True).distinct()
    wanted = set(selection.periods)
    return [period for period in periods if not wanted or period in wanted]


def _key(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return row[0], *row[3:7]


def _texts(row: tuple[Any, ...], edition: Edition) -> FigureRow:
    code, display, name, indicator, period, grade, gender, _, *numbers, status, source, release = row
    shown = status in _SHOWN[edition]
    return (
        code,
        safe_text(display or name),
        indicator,
        f"{period}-{(period + 1) % 100:02d}",
        str(grade),
        Gender(gender).key,
        *(plain_number(number) if shown and number is not None else "" for number in numbers),
        Status(status).key,
        source,
        str(release),
    )
