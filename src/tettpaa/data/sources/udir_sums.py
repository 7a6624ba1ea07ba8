"""Do the parts add up? A table that was cut, doubled or shifted shows it here.

In Udir's national test tables the pupils of a municipality are exactly the sum of its schools', those of a county the sum of
its municipalities', those of the nation the sum of the counties' (measured on all cells of the six real files of
2022-23 to 2024-25, wherever no part is shielded). With shielded parts the visible sum must stay below the total.

The nation stands first in a table, then the counties, then what is in them. A table that ends before the first
municipality is a table of counties, and then all of them must be there: a download that was cut between two counties
looks the same but for the sum.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tettpaa.data.sources.numbers import column_letter
from tettpaa.data.sources.source import Problem
from tettpaa.data.suppression.kinds import Level

NATIONAL_COUNTIES = 8  # a table with this many counties is meant to hold the whole country
_PARENT_LEVEL = {
    Level.COUNTY: Level.NATION,
    Level.MUNICIPALITY: Level.COUNTY,
    Level.SCHOOL: Level.MUNICIPALITY,
}


class Total(NamedTuple):
    """Pupils of one unit in one column; `n` None when shielded, `at` the column's index."""

    level: Level
    code: str
    n: int | None
    row: int
    at: int


@dataclass(slots=True)
class _Parts:
    visible: int = 0
    hidden: int = 0
    count: int = 0


@dataclass(slots=True)
class Sums:
    """Collects pupils per unit and column while a table is read."""

    counties: int = 0
    has_schools: bool = False
    has_municipalities: bool = False
    _totals: list[Total] = field(default_factory=list)
    _parts: dict[tuple[Level, str, int], _Parts] = field(default_factory=lambda: defaultdict(_Parts))
    _parent: dict[tuple[Level, str], str] = field(default_factory=dict)

    @property
    def is_national(self) -> bool:
        """Whether the table is meant to hold the whole country."""
        return self.counties >= NATIONAL_COUNTIES

    def add_unit(self, level: Level, code: str, county: str, municipality: str) -> None:
        """Remember a unit of the table and what it is part of."""
        self.counties += level == Level.COUNTY
        self.has_municipalities |= level == Level.MUNICIPALITY
        self.has_schools |= level == Level.SCHOOL
        self._parent[level, code] = {Level.MUNICIPALITY: county, Level.SCHOOL: municipality}.get(level, "NO")

    def add(self, total: Total) -> None:
        """Remember a unit's pupils in one column: a number (0 for nobody or nothing), or None when shielded."""
        if total.level != Level.SCHOOL:
            self._totals.append(total)
        if total.level == Level.NATION:
            return
        parent_level = _PARENT_LEVEL[total.level]
        parts = self._parts[parent_level, self._parent[total.level, total.code], total.at]
        parts.count += 1
        if total.n is None:
            parts.hidden += 1
        else:
            parts.visible += total.n

    def problems(self, sheet: str) -> Iterator[Problem]:
        """Totals that their parts do not make up."""
        for total in self._totals:
            if total.n is None or not self._has_parts(total.level):
                continue
            parts = self._parts.get((total.level, total.code, total.at), _Parts())
            if self._adds_up(total, parts):
                continue
            params = {"unit": total.code, "sum": str(parts.visible), "hidden": str(parts.hidden)}
            yield Problem(
                "parts_do_not_add_up", total.row, column_letter(total.at), "", sheet, str(total.n), params
            )

    def _has_parts(self, level: Level) -> bool:
        if level == Level.MUNICIPALITY:
            return self.has_schools
        return self.has_municipalities if level == Level.COUNTY else True

    def _adds_up(self, total: Total, parts: _Parts) -> bool:
        """In the national table the parts are all there; in an extract some may be left out, never too many."""
        n = total.n or 0
        if self.is_national or (total.level == Level.NATION and not self._is_extract):
            return parts.visible < n if parts.hidden else parts.visible == n
        return parts.visible <= n

    @property
    def _is_extract(self) -> bool:
        """Whether somebody chose places: a municipality or a school stands in it, so counties may have been left out."""
        return self.has_municipalities or self.has_schools
