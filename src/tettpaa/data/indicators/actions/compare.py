"""What would change if a file were published: new, changed, gone, hidden. Changes nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from tettpaa.core.orgs.actions import NewUnit
from tettpaa.core.orgs.models import Unit
from tettpaa.data.indicators.actions.certify import Refusal
from tettpaa.data.indicators.actions.loss import Loss
from tettpaa.data.indicators.actions.parts import Key, Planned, Shown, Standing, Withheld
from tettpaa.data.indicators.actions.proof import Proof
from tettpaa.data.indicators.actions.shield import Decided, shielded
from tettpaa.data.indicators.actions.units import Places, places_for
from tettpaa.data.indicators.models import Indicator, PublishedValue
from tettpaa.data.indicators.observed import Observed, Origin
from tettpaa.data.suppression.kinds import Edition, Status

LISTED = 200
NOTHING: dict[int, Standing] = {}


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
    proofs: list[Proof] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)  # while there is one, nothing is published
    losses: list[Loss] = field(default_factory=list)
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
    comparison.proofs, comparison.refused, comparison.losses = decided.proofs, decided.refused, decided.losses
    _plan(comparison, mine, decided.cells, standing)
    _hide_old(comparison, standing, decided.newly_hidden)
    if origin.is_complete:
        _drop_gone(comparison, standing)
    return comparison


def _plan(
    comparison: Comparison,
    cells: list[Observed],
    decided: list[Decided],
    standing: dict[Key, dict[int, Standing]],
) -> None:
    """Plan the rows of all cells; what the file speaks of goes out of `standing`. A million pass here."""
    planned, withheld = comparison.planned, comparison.withheld
    fresh: list[tuple[str, int]] = []
    for cell, (public, internal, hides) in zip(cells, decided, strict=True):
        key = Key(cell.unit_code, cell.indicator, cell.period, cell.grade, int(cell.gender))
        rows = standing.pop(key, NOTHING)
        if rows is NOTHING:
            planned.append(Planned(key, Edition.PUBLIC, public, cell.row, cell.column))
            fresh.append((key.indicator, key.period))
        else:
            _place(comparison, Planned(key, Edition.PUBLIC, public, cell.row, cell.column), rows)
        if internal is not None:
            _place(comparison, Planned(key, Edition.INTERNAL, internal, cell.row, cell.column), rows)
        elif Edition.INTERNAL in rows:
            comparison.superseded.append(rows[Edition.INTERNAL].id)
            comparison.counts["internal"] += 1
        if hides:
            withheld.append(Withheld(key, cell.value, cell.uncertainty, cell.n))
    comparison.counts["new"] += len(fresh)
    comparison.fresh.update(fresh)
    for status, count in Counter(public.status for public, _, _ in decided).items():
        comparison.counts[_word(status)] += count


def _place(comparison: Comparison, row: Planned, rows: Mapping[int, Standing]) -> None:
    """Plan one row of one edition. Unchanged values keep their first release and its trace."""
    before = rows.get(row.edition)
    if before is not None and before.shown == row.shown:
        comparison.counts["same"] += row.edition is Edition.PUBLIC
        return
    if before is not None:
        comparison.superseded.append(before.id)
    comparison.planned.append(row)
    if row.edition is Edition.INTERNAL:
        comparison.counts["internal"] += 1
    else:
        comparison.note("changed" if before else "new", row.key, before and before.shown, row.shown)


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


def _word(status: int) -> str:
    """How the preview counts a figure."""
    return {Status.HIDDEN_BY_US: "hidden_by_us", Status.HIDDEN_BY_SOURCE: "hidden_by_source"}.get(
        Status(status), "figures"
    )


def _standing(comparison: Comparison, places: Places) -> dict[Key, dict[int, Standing]]:
    """Current rows of the same indicators and years, in the places that may be touched."""
    ids = {row.key: row.pk for row in Indicator.objects.filter(key__in=comparison.indicators)}
    names = {pk: key for key, pk in ids.items()}
    rows = PublishedValue.objects.filter(
        Q(superseded_by=None), indicator__in=list(ids.values()), period__in=comparison.periods
    ).values_list(
        "pk", "unit__code", "unit__path", "release_id", "indicator_id", "period", "grade", "gender", "edition",
        "value", "low", "high", "n", "status", "is_provisional",
    )  # fmt: skip
    found: dict[Key, dict[int, Standing]] = {}
    found_rows: Iterator[tuple[Any, ...]] = rows.iterator(chunk_size=10_000)
    for pk, unit, path, release, indicator, period, grade, gender, edition, *shown in found_rows:
        if places.allows(path):
            key = Key(unit, names[indicator], period, grade, gender)
            found.setdefault(key, {})[edition] = Standing(pk, path, release, Shown(*shown))
    return found
