"""The release ledger: what earlier releases have shown and hidden, and can still be read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from tettpaa.data.indicators.actions.parts import Key
from tettpaa.data.indicators.enums import State
from tettpaa.data.indicators.models import PublishedValue
from tettpaa.data.suppression.kinds import Edition, Status


class Out(NamedTuple):
    """A figure as it has been out. None where hidden or missing."""

    value: float | None
    n: int | None
    status: int


type Snapshot = dict[Key, Out]


@dataclass(slots=True)
class Ledger:
    """Every published release's figures of some indicators and years, release by release.

    A release that was withdrawn is not in it: its figures were wrong, and cannot be read any more.
    """

    releases: list[Snapshot] = field(default_factory=list)
    hidden: set[Key] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)  # units of the file that comes now; empty: all

    def of(self, family: set[tuple[str, int, int]]) -> list[Snapshot]:
        """The table as it stood after each release that touched the family (indicator, period, grade)."""
        found: list[Snapshot] = []
        standing: Snapshot = {}
        for release in self.releases:
            mine = {key: out for key, out in release.items() if key[1:4] in family}
            if mine:
                standing = standing | mine
                found.append(standing)
        return found


def ledger(indicators: Iterable[str], periods: Iterable[int], units: set[str]) -> Ledger:
    """Read the ledger for the units. One query."""
    rows = (
        PublishedValue.objects.filter(
            indicator__key__in=list(indicators), period__in=list(periods), edition=Edition.PUBLIC,
            release__state=State.PUBLISHED,
        )
        .order_by("release_id")
        .values_list(
            "release_id", "unit__code", "indicator__key", "period", "grade", "gender", "value", "n", "status"
        )
    )  # fmt: skip
    by_release: dict[int, Snapshot] = defaultdict(dict)
    known = Ledger()
    for release, unit, indicator, period, grade, gender, value, n, status in rows.iterator(chunk_size=10_000):
        if unit in units:
            key = Key(unit, indicator, period, grade, gender)
            by_release[release][key] = Out(value, n, status)
            if status == Status.HIDDEN_BY_US:
                known.hidden.add(key)
    known.releases = list(by_release.values())
    return known
