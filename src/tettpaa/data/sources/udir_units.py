"""The units of Udir's tables: which place a row is about, checked against itself."""

import re
from dataclasses import dataclass, field

from tettpaa.data.sources.bytes_in import shown
from tettpaa.data.sources.numbers import column_letter
from tettpaa.data.sources.places import PSEUDO_MUNICIPALITIES, is_orgnr
from tettpaa.data.sources.source import NATION, Cell, Problem
from tettpaa.data.sources.udir_heads import Group
from tettpaa.data.sources.udir_sums import Sums
from tettpaa.data.suppression.kinds import Level, Status

# "Asker (2020 - 2023)": the years an abolished area was valid are no part of its name.
_YEARS = re.compile(r"\s*\([0-9]{4} - [0-9]{4}\)$")


@dataclass(frozen=True, slots=True)
class Unit:
    """The place a row is about."""

    level: Level
    code: str
    name: str
    county: str
    municipality: str


@dataclass(slots=True)
class State:
    """What is remembered over the rows of one file."""

    places: dict[str, int]
    groups: list[Group]
    width: int
    sheet: str
    heads: list[str]
    seen: dict[str, int] = field(default_factory=dict)
    sums: Sums = field(default_factory=Sums)

    def problem(self, code: str, row: int, index: int, found: str, **params: str) -> Problem:
        head = self.heads[index] if index < len(self.heads) else ""
        return Problem(code, row, column_letter(index), head[:120], self.sheet, shown(found), params)


@dataclass(frozen=True, slots=True)
class Line:
    """One row about one unit."""

    state: State
    unit: Unit
    row: int
    cells: list[str]

    def problem(self, code: str, index: int, found: str | None = None, **params: str) -> Problem:
        """A problem in one column of the row, naming the unit."""
        found = self.cells[index] if found is None else found
        return self.state.problem(code, self.row, index, found, unit=self.unit.name, **params)


def unit_of(state: State, row: int, cells: list[str]) -> Unit | Problem:
    """The unit of a row. Leading zeros that a spreadsheet took away are put back."""
    place = state.places
    level_text = cells[place["EnhetNivaa"]]
    if level_text not in {"1", "2", "3", "4"}:
        return state.problem("unknown_level", row, place["EnhetNivaa"], level_text)
    level = Level(int(level_text))
    county = cells[place["Fylkekode"]].zfill(2)
    municipality = cells[place["Kommunekode"]].zfill(4)
    own = cells[place["Organisasjonsnummer"]]
    name = cells[place["EnhetNavn"]]
    if not re.fullmatch(r"[0-9]{2}", county) or (level == Level.NATION) != (county == "00"):
        return state.problem("bad_county", row, place["Fylkekode"], cells[place["Fylkekode"]], unit=name)
    if not _fits(municipality, county, level):
        return state.problem(
            "bad_municipality", row, place["Kommunekode"], cells[place["Kommunekode"]], unit=name
        )
    if level == Level.SCHOOL:
        if not is_orgnr(own):
            return state.problem("bad_orgnr", row, place["Organisasjonsnummer"], own, unit=name)
        return Unit(level, own, name, county, municipality)
    expected = {Level.NATION: "I", Level.COUNTY: county, Level.MUNICIPALITY: municipality}[level]
    if own.zfill(len(expected)) != expected:
        return state.problem(
            "code_mismatch", row, place["Organisasjonsnummer"], own, unit=name, expected=expected
        )
    return _area(state, level, cells, county, municipality)


def _fits(municipality: str, county: str, level: Level) -> bool:
    """A municipality's code begins with its county's; above that level it is 0000. Svalbard and abroad stand apart."""
    if level < Level.MUNICIPALITY:
        return municipality == "0000"
    known = municipality[:2] == county or municipality in PSEUDO_MUNICIPALITIES
    return bool(re.fullmatch(r"[0-9]{4}", municipality)) and municipality != "0000" and known


def _area(state: State, level: Level, cells: list[str], county: str, municipality: str) -> Unit:
    """Nation, county or municipality, with its name from the column of its own level."""
    column = {Level.NATION: "Nasjonalt", Level.COUNTY: "Fylke", Level.MUNICIPALITY: "Kommune"}[level]
    name = _YEARS.sub("", cells[state.places.get(column, state.places["EnhetNavn"])])
    code = {Level.NATION: NATION, Level.COUNTY: county, Level.MUNICIPALITY: municipality}[level]
    return Unit(
        level,
        code,
        name,
        "" if level == Level.NATION else county,
        municipality if level == Level.MUNICIPALITY else "",
    )


def empty_cell(indicator: str, group: Group, line: Line, index: int) -> Cell:
    """A cell of the line's unit without a figure, to be filled; `index` is the column of its value."""
    unit, path = line.unit, group.path
    return Cell(
        indicator=indicator,
        level=unit.level,
        unit_code=unit.code,
        unit_name=unit.name,
        county=unit.county,
        municipality=unit.municipality,
        period=path.period,
        grade=path.grade,
        gender=path.gender,
        value=None,
        n=None,
        uncertainty=None,
        status=Status.MISSING,
        is_provisional=path.is_provisional,
        row=line.row,
        column=column_letter(index),
    )
