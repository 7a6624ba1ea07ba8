"""From a table in Udir's layout to cells: the same for a file downloaded by hand and for an answer of the interface."""

import re
from collections.abc import Iterator
from typing import Final

from tettpaa.data.sources.source import Cell, Problem, ReadOptions, Table, Tally
from tettpaa.data.sources.udir_families import READERS
from tettpaa.data.sources.udir_heads import CURRICULA, SUBJECT_HEAD, in_force, of_subject, read_heads
from tettpaa.data.sources.udir_units import Line, State, unit_of

_SUBJECT: Final = re.compile(r"[A-ZÆØÅ]{3}[0-9]{4}")
_THE_SUBJECT_ITSELF: Final = "0"  # the level of a row about a subject and no place


def read(table: Table, options: ReadOptions, tally: Tally) -> Iterator[Cell | Problem]:
    """Cells of the table. The heading is checked first: with an unknown column nothing else is read."""
    del options
    if SUBJECT_HEAD in table.heads:
        yield from _by_subject(table, tally)
        return
    heads = read_heads(table.heads, table.head_row, table.sheet)
    if heads.problems:
        yield from heads.problems
        return
    state = State(heads.places, heads.groups, len(table.heads), table.sheet, table.heads)
    for number, raw in table.rows:
        tally.rows += 1
        yield from _read_row(state, number, [cell.strip() for cell in raw])
    yield from state.sums.problems(table.sheet)
    tally.is_complete = state.sums.is_national and state.sums.has_schools


def _by_subject(table: Table, tally: Tally) -> Iterator[Cell | Problem]:
    """Marks downloaded by hand: the subject of each row stands in a column. Each of ours is read as a table of its own."""
    states: dict[str, State] = {}
    for code in CURRICULA:
        heads = read_heads(of_subject(table.heads, code), table.head_row, table.sheet)
        if heads.problems:
            yield from heads.problems
            return
        groups = [group for group in heads.groups if in_force(code, group.path.period)]
        states[code] = State(heads.places, groups, len(table.heads), table.sheet, table.heads)
    at, level = table.heads.index(SUBJECT_HEAD), states[next(iter(states))].places["EnhetNivaa"]
    for number, raw in table.rows:
        tally.rows += 1
        cells = [cell.strip() for cell in raw]
        code = cells[at] if at < len(cells) else ""
        if code in states and cells[level : level + 1] != [_THE_SUBJECT_ITSELF]:
            yield from _read_row(states[code], number, cells)
        elif not _SUBJECT.fullmatch(code):
            known = "; ".join(states)
            yield next(iter(states.values())).problem("unknown_word", number, at, code, known=known)
    # Nothing here tells whether a table of marks is whole: a figure that is absent stays as it was.


def _read_row(state: State, row: int, cells: list[str]) -> Iterator[Cell | Problem]:
    width = len(cells)
    if width > state.width and not any(cells[state.width :]):
        width = state.width
    if width != state.width:
        index = min(width, state.width)
        params = {"expected": str(state.width), "count": str(width)}
        yield state.problem("row_width", row, index, cells[index] if index < len(cells) else "", **params)
        return
    unit = unit_of(state, row, cells)
    if isinstance(unit, Problem):
        yield unit
        return
    first = state.seen.setdefault(unit.code, row)
    if first != row:
        index = state.places["Organisasjonsnummer"]
        yield state.problem("doubled_unit", row, index, unit.code, first=str(first), unit=unit.name)
        return
    state.sums.add_unit(unit.level, unit.code, unit.county, unit.municipality)
    line = Line(state, unit, row, cells)
    for group in state.groups:
        yield from READERS[group.family](line, group)
