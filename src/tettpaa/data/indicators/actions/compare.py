"""What would change if a file were published: new, changed, gone, hidden. Changes nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from tettpaa.core.orgs.actions import NewUnit
from tettpaa.core.orgs.models import Unit
from tettpaa.data.indicators.actions.parts import Key, Planned, Shown, Standing, Withheld
from tettpaa.data.indicators.actions.shield import shielded
from tettpaa.data.indicators.actions.units import Places, places_for
from tettpaa.data.indicators.models import Indicator, PublishedValue
from tettpaa.data.indicators.observed import Observed, Origin
from tettpaa.data.suppression.kinds import Edition, Status

LISTED = 200


@dataclass(slots=True)
class Comparison:
    """The difference between a file and what is published now, ready to be shown and to be written."""

    origin: Origin
    planned: list[Planned] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)
    superseded: list[int] = field(default_factory=list)
    new_units: list[NewUnit] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    fresh: Counter[tuple[str, int]] = field(default_factory=Counter)  # new figures by indicator and period
    changes: list[tuple[Key, Shown | None, Shown | None]] = field(default_factory=list)
    periods: tuple[int, ...] = ()
    indicators: tuple[str, ...] = ()

    def note(self, what: str, key: Key, before: Shown | None, after: Shown | None) -> None:
        """Count one difference; the first changes and disappearances are kept word for word."""
        self.counts[what] += 1
        if what == "new":
            self.fresh[key.indicator, key.period] += 1
        if what in {"changed", "gone"} and len(self.changes) < LISTED:
            self.changes.append((key, before, after))


def compare(*, cells: Sequence[Observed], origin: Origin, owner: Unit | None) -> Comparison:
    """Hold the cells of one file against what is published.

    With an `owner`, other owners of the installation keep their figures: those cells are counted as `left_alone`.
    """
    places = places_for(cells, owner)
    mine = [cell for cell in cells if places.allows(places.paths[cell.unit_code])]
    comparison = Comparison(
        origin=origin,
        new_units=[unit for unit in places.new if places.allows(places.paths[unit.code])],
        periods=tuple(sorted({cell.period for cell in mine})),
        indicators=tuple(sorted({cell.indicator for cell in mine})),
    )
    comparison.counts["left_alone"] = len(cells) - len(mine)
    standing = _standing(comparison, places)
    decided = shielded(mine, origin, places, standing)
    for cell, (public, internal, withheld) in zip(mine, decided.cells, strict=True):
        key = _key(cell)
        rows = standing.pop(key, {})
        _place(comparison, key, Edition.PUBLIC, public, rows.get(Edition.PUBLIC), cell)
        _place(comparison, key, Edition.INTERNAL, internal, rows.get(Edition.INTERNAL), cell)
        if withheld:
            comparison.withheld.append(Withheld(key, cell.value, cell.uncertainty, cell.n))
        comparison.counts[_word(public)] += 1
    _hide_old(comparison, standing, decided.newly_hidden)
    if origin.is_complete:
        _drop_gone(comparison, standing)
    return comparison


def _key(cell: Observed) -> Key:
    return Key(cell.unit_code, cell.indicator, cell.period, cell.grade, int(cell.gender))


def _place(
    comparison: Comparison,
    key: Key,
    edition: Edition,
    after: Shown | None,
    before: Standing | None,
    cell: Observed,
) -> None:
    """Plan one row of one edition. Unchanged values keep their first release and its trace."""
    if before is not None and before.shown == after:
        comparison.counts["same"] += edition is Edition.PUBLIC
        return
    if before is not None:
        comparison.superseded.append(before.id)
    if after is not None:
        comparison.planned.append(Planned(key, edition, after, cell.row, cell.column))
    if edition is Edition.PUBLIC:
        comparison.note("changed" if before else "new", key, before and before.shown, after)
    elif before is not None or after is not None:
        comparison.counts["internal"] += 1


def _hide_old(comparison: Comparison, standing: dict[Key, dict[int, Standing]], keys: Iterable[Key]) -> None:
    """Values that were shown and must now be hidden as cover; their number is kept with the withheld ones."""
    for key in keys:
        old = standing[key][Edition.PUBLIC]
        hidden = Shown(None, None, None, None, Status.HIDDEN_BY_US, old.shown.is_provisional)
        uncertainty = (
            None if old.shown.high is None or old.shown.value is None else old.shown.high - old.shown.value
        )
        comparison.superseded.append(old.id)
        comparison.planned.append(Planned(key, Edition.PUBLIC, hidden, 0, ""))
        comparison.withheld.append(Withheld(key, old.shown.value, uncertainty, old.shown.n))
        comparison.note("changed", key, old.shown, hidden)


def _drop_gone(comparison: Comparison, standing: Mapping[Key, dict[int, Standing]]) -> None:
    for key, rows in standing.items():
        comparison.superseded.extend(row.id for row in rows.values())
        public = rows.get(Edition.PUBLIC)
        comparison.note("gone", key, public and public.shown, None)


def _word(shown: Shown) -> str:
    """How the preview counts a figure."""
    if shown.status == Status.HIDDEN_BY_US:
        return "hidden_by_us"
    return "hidden_by_source" if shown.status == Status.HIDDEN_BY_SOURCE else "figures"


def _standing(comparison: Comparison, places: Places) -> dict[Key, dict[int, Standing]]:
    """Current rows of the same indicators and years, in the places that may be touched."""
    ids = {row.key: row.pk for row in Indicator.objects.filter(key__in=comparison.indicators)}
    names = {pk: key for key, pk in ids.items()}
    rows = PublishedValue.objects.filter(
        Q(superseded_by=None), indicator__in=list(ids.values()), period__in=comparison.periods
    ).values_list(
        "pk", "unit__code", "unit__path", "indicator_id", "period", "grade", "gender", "edition",
        "value", "low", "high", "n", "status", "is_provisional",
    )  # fmt: skip
    found: dict[Key, dict[int, Standing]] = {}
    found_rows: Iterator[tuple[Any, ...]] = rows.iterator(chunk_size=10_000)
    for pk, unit, path, indicator, period, grade, gender, edition, *shown in found_rows:
        if places.allows(path):
            key = Key(unit, names[indicator], period, grade, gender)
            found.setdefault(key, {})[edition] = Standing(pk, path, Shown(*shown))
    return found
