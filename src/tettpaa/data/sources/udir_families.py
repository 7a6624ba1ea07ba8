"""From a row of Udir's tables to cells: one reader for each family of measures."""

from collections.abc import Callable, Iterator
from math import sqrt
from typing import Final

from tettpaa.data.indicators.definitions import definition
from tettpaa.data.sources.numbers import Mark, Number, parse_number, whole_number
from tettpaa.data.sources.source import Cell, Problem
from tettpaa.data.sources.udir_heads import Group
from tettpaa.data.sources.udir_sums import Total
from tettpaa.data.sources.udir_units import Line, empty_cell
from tettpaa.data.suppression.kinds import Status

# The spread between pupils that a published uncertainty implies (half-width · √n / 1.96) lies between 2.8 and 16.6
# in all published cells of the six real files; outside this wider band the cells were mixed up.
_SPREAD: Final = (1.5, 25.0)
_ROUNDING: Final = 0.05
_SMALLEST_CHECKED: Final = 10
_WIDEST: Final = 40.0
_NUMBERS: Final = frozenset({Mark.NUMBER, Mark.CONFIDENTIAL})
_WITH_VALUE: Final = frozenset({Status.OK, Status.CONFIDENTIAL})
# What the marks of score, uncertainty and pupils mean together (data.md 1C, all patterns seen).
_PATTERNS: Final = {
    (Mark.SHIELDED, Mark.SHIELDED, Mark.SHIELDED): Status.HIDDEN_BY_SOURCE,
    (Mark.EMPTY, Mark.EMPTY, Mark.SHIELDED): Status.HIDDEN_BY_SOURCE,
    (Mark.EMPTY, Mark.EMPTY, Mark.EMPTY): Status.MISSING,
}
type Read = Iterator[Cell | Problem]


def read_test(line: Line, group: Group) -> Read:
    """National tests: scale points, uncertainty (95 % half-width) and pupils in three columns make one cell."""
    columns = [group.columns[role] for role in ("value", "uncertainty", "n")]
    score, spread, pupils = numbers = [parse_number(line.cells[index]) for index in columns]
    bad = _bad(line, columns, numbers)
    status = _test_status(score, spread, pupils)
    n = whole_number(pupils)
    if not bad and (status is None or (pupils.value is not None and n is None)):
        bad = [_contradiction(line, columns, at=0 if status is None else 2)]
    if bad or status is None:
        yield from bad
        return
    counted = None if status == Status.HIDDEN_BY_SOURCE else n or 0
    line.state.sums.add(Total(line.unit.level, line.unit.code, counted, line.row, columns[2]))
    cell = empty_cell(f"np{group.path.grade}_{group.path.subject}", group, line, columns[0])._replace(
        status=status
    )
    if status in _WITH_VALUE:
        cell = cell._replace(value=score.value, uncertainty=spread.value, n=n)
        yield from _off_scale(line, cell, columns[0])
        yield from _uncertainty_off(line, cell, columns[1])
    yield cell


def _bad(line: Line, columns: list[int], numbers: list[Number]) -> list[Problem]:
    """What is wrong with the cells that are no numbers."""
    pairs = zip(columns, numbers, strict=True)
    return [line.problem(number.code, index) for index, number in pairs if number.mark is Mark.BAD]


def _contradiction(line: Line, columns: list[int], at: int) -> Problem:
    found = " / ".join(line.cells[index] or "–" for index in columns)
    return line.problem("unknown_pattern", columns[at], found)


def _test_status(score: Number, spread: Number, pupils: Number) -> Status | None:
    """What three cells say together; None when they contradict each other."""
    if {score.mark, spread.mark, pupils.mark} <= _NUMBERS and pupils.value:
        is_open = score.mark is spread.mark is pupils.mark is Mark.NUMBER
        return Status.OK if is_open else Status.CONFIDENTIAL
    if score.mark is spread.mark is Mark.EMPTY and pupils.mark is Mark.NUMBER and pupils.value == 0:
        return Status.NO_PARTICIPANTS
    return _PATTERNS.get((score.mark, spread.mark, pupils.mark))


def _uncertainty_off(line: Line, cell: Cell, index: int) -> Iterator[Problem]:
    """An uncertainty that the number of pupils cannot give: the cells were mixed up."""
    if cell.uncertainty is None or not cell.n:
        return
    low, high = (sqrt(cell.n) * (cell.uncertainty + d) / 1.96 for d in (-_ROUNDING, _ROUNDING))
    if cell.n >= _SMALLEST_CHECKED:
        is_wrong = low > _SPREAD[1] or high < _SPREAD[0]
    else:
        is_wrong = not 0 <= cell.uncertainty <= _WIDEST
    if is_wrong:
        yield line.problem("uncertainty_off", index, n=str(cell.n))


def _off_scale(line: Line, cell: Cell, index: int) -> Iterator[Problem]:
    """A value that the indicator's scale does not hold."""
    scale = definition(cell.indicator)
    low, high, value = scale.scale_min, scale.scale_max, cell.value
    if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
        yield line.problem("off_scale", index, low=_plain(low), high=_plain(high))


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:g}".replace(".", ",")


def read_points(line: Line, group: Group) -> Read:
    """Points from primary school: the mean and the pupils behind it."""
    yield from _mean(line, group, "gs_poeng", "value")


def read_marks(line: Line, group: Group) -> Read:
    """Marks: the mean of one kind in one subject, and the pupils behind it."""
    yield from _mean(line, group, group.path.subject, "value")


def read_absence(line: Line, group: Group) -> Read:
    """Absence in grade 10: median days and hours, with the pupils behind them."""
    for role in ("fravaer10_dager", "fravaer10_timer"):
        yield from _mean(line, group, role, role)


def _mean(line: Line, group: Group, indicator: str, role: str) -> Read:
    """A mean or median and its n in two columns make one cell, about grade 10."""
    columns = [group.columns[role], group.columns["n"]]
    value, pupils = numbers = [parse_number(line.cells[index]) for index in columns]
    bad = _bad(line, columns, numbers)
    status = _pair_status(value, pupils)
    n = whole_number(pupils)
    if not bad and (status is None or (pupils.value is not None and n is None)):
        bad = [_contradiction(line, columns, at=0 if status is None else 1)]
    if bad or status is None:
        yield from bad
        return
    cell = empty_cell(indicator, group, line, columns[0])._replace(status=status, grade=10)
    if status in _WITH_VALUE:
        cell = cell._replace(value=value.value, n=n)
        yield from _off_scale(line, cell, columns[0])
    yield cell


def _pair_status(value: Number, pupils: Number) -> Status | None:
    """What a value and its n say together; None when they contradict each other."""
    marks = (value.mark, pupils.mark)
    if set(marks) <= _NUMBERS and pupils.value:
        return Status.OK if marks == (Mark.NUMBER, Mark.NUMBER) else Status.CONFIDENTIAL
    if value.mark is Mark.EMPTY and pupils.mark is Mark.NUMBER and pupils.value == 0:
        return Status.NO_PARTICIPANTS
    if value.mark in {Mark.SHIELDED, Mark.EMPTY} and pupils.mark is Mark.SHIELDED:
        return Status.HIDDEN_BY_SOURCE
    return Status.MISSING if marks == (Mark.EMPTY, Mark.EMPTY) else None


def read_counts(line: Line, group: Group) -> Read:
    """Counts of 1 October; those of pupils with support become shares of all pupils of the same row."""
    numbers = {role: parse_number(line.cells[index]) for role, index in group.columns.items()}
    bad = _bad(line, list(group.columns.values()), list(numbers.values()))
    bad += [
        line.problem("not_a_count", group.columns[role])
        for role, number in numbers.items()
        if number.value is not None and whole_number(number) is None
    ]
    if bad:
        yield from bad
        return
    pupils = numbers["elever"]
    for role, number in numbers.items():
        index = group.columns[role]
        cell = empty_cell(role, group, line, index)
        if role in {"elever", "skoler"}:
            yield cell._replace(value=number.value, n=whole_number(number), status=_count_status(number))
        elif number.value is not None and pupils.value is not None and number.value > pupils.value:
            yield line.problem("part_above_whole", index, whole=f"{pupils.value:g}")
        else:
            yield _share(cell, number, pupils)


def _count_status(number: Number) -> Status:
    return {
        Mark.NUMBER: Status.OK,
        Mark.CONFIDENTIAL: Status.CONFIDENTIAL,
        Mark.SHIELDED: Status.HIDDEN_BY_SOURCE,
    }.get(number.mark, Status.MISSING)


def _share(cell: Cell, part: Number, whole: Number) -> Cell:
    """Percent of the row's pupils; shielded when either count is, and empty where there are no pupils."""
    if whole.value == 0:
        return cell._replace(status=Status.NO_PARTICIPANTS)
    statuses = {_count_status(part), _count_status(whole)}
    if part.value is None or whole.value is None:
        is_hidden = Status.HIDDEN_BY_SOURCE in statuses
        return cell._replace(status=Status.HIDDEN_BY_SOURCE if is_hidden else Status.MISSING)
    status = Status.CONFIDENTIAL if Status.CONFIDENTIAL in statuses else Status.OK
    return cell._replace(value=100 * part.value / whole.value, n=int(whole.value), status=status)


type Reader = Callable[[Line, Group], Read]
READERS: Final[dict[str, Reader]] = {
    "np": read_test,
    "gs_poeng": read_points,
    "marks": read_marks,
    "fravaer": read_absence,
    "gsi": read_counts,
}
