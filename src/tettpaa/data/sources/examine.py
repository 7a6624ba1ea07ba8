"""Reading and comparing one file without changing anything: what the check, the publishing and the command share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tettpaa.core.orgs.models import Unit
from tettpaa.data.indicators.actions import Comparison, compare
from tettpaa.data.indicators.actions.certify import Refusal
from tettpaa.data.indicators.actions.units import UnknownPlaceError
from tettpaa.data.indicators.bulk import without_gc
from tettpaa.data.indicators.observed import Origin
from tettpaa.data.indicators.plausible import Unlikely, unlikely
from tettpaa.data.indicators.tables import plain_number
from tettpaa.data.sources.excerpt import letter_of, opened
from tettpaa.data.sources.numbers import column_letter
from tettpaa.data.sources.queries import read_options
from tettpaa.data.sources.registry import sources
from tettpaa.data.sources.run import read_in_child
from tettpaa.data.sources.source import PROBLEM_CAP, Cell, FileRefusedError, Problem, Reading
from tettpaa.data.sources.strangers import UNPLACED, strangers

WARNING_CAP = 100
UNIT_HEAD = "orgnr"
type OnProgress = Callable[[float, int], None]


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that was read. `comparison` is None when there are problems; `warnings` stop nothing."""

    reading: Reading
    problems: tuple[Problem, ...]
    problem_count: int
    comparison: Comparison | None
    warnings: tuple[Problem, ...] = ()


@without_gc()
def examine(
    *,
    path: Path,
    file_name: str,
    sha256: str,
    owner: Unit | None,
    names: Mapping[str, str] | None = None,
    on_progress: OnProgress | None = None,
) -> Examined:
    """Read the file in the limited child process and hold it against what is published. Writes nothing.

    `names` come before the saved ones: name in the file → organisation number ("" = leave out).
    """
    reading = read_in_child(path, options=read_options(owner, names), on_progress=on_progress)
    source = sources().get(reading.source)
    is_own_file = source is not None and not source.is_public
    if not reading.ok or source is None:
        return _refused(reading, _strange_lines(path, reading, owner) if is_own_file else [])
    if is_own_file:
        foreign, count = _strange_cells(path, reading.cells, owner)
        if count:
            return Examined(reading, foreign, count, None)
    origin = Origin(
        source=reading.source,
        file_name=file_name,
        file_sha256=sha256,
        threshold=source.threshold,
        is_public=source.is_public,
        is_complete=reading.is_complete,
    )
    try:
        comparison = compare(cells=reading.cells, origin=origin, owner=owner)
    except UnknownPlaceError as error:
        return Examined(reading, (_unplaced(reading.cells, str(error.args[0]), owner),), 1, None)
    if comparison.refused:
        problems = tuple(_uncertified(one, reading.cells) for one in comparison.refused[:PROBLEM_CAP])
        return Examined(reading, problems, len(comparison.refused), None)
    warnings = tuple(map(_warning, islice(unlikely(reading.cells), WARNING_CAP)))
    return Examined(reading, (), 0, comparison, warnings)


def _unplaced(cells: Sequence[Cell], code: str, owner: Unit | None) -> Problem:
    """A school that nothing tells where lies."""
    first = next(cell for cell in cells if cell.unit_code == code)
    return _strange(UNPLACED, first.row, "", code, first.unit_name, owner)


def _refused(reading: Reading, more: list[Problem]) -> Examined:
    """A file with the reader's errors and ours, in the order of its rows."""
    problems = sorted([*reading.problems, *more], key=lambda problem: problem.row or 0)
    return Examined(reading, tuple(problems[:PROBLEM_CAP]), reading.problem_count + len(more), None)


def _strange_cells(path: Path, cells: Sequence[Cell], owner: Unit | None) -> tuple[tuple[Problem, ...], int]:
    """A row for a unit that is not the owner's stops a file that the owner made itself."""
    reasons = strangers((cell.unit_code for cell in cells), owner)
    if not reasons:
        return (), 0
    letter = letter_of(path, UNIT_HEAD)
    found = [cell for cell in cells if cell.unit_code in reasons]
    problems = [
        _strange(reasons[cell.unit_code], cell.row, letter, cell.unit_code, cell.unit_name, owner)
        for cell in found[:PROBLEM_CAP]
    ]
    return tuple(problems), len(found)


def _strange_lines(path: Path, reading: Reading, owner: Unit | None) -> list[Problem]:
    """The same for a file with other errors, whose cells are gone: all errors are told at once."""
    if not any(problem.row is not None and problem.column for problem in reading.problems):
        return []  # not read down to its cells
    sheet = next((problem.sheet for problem in reading.problems if problem.sheet), "")
    try:
        with opened(path, sheet) as lines:
            heads = [head.casefold() for head in lines.heads]
            if UNIT_HEAD not in heads:
                return []
            at = heads.index(UNIT_HEAD)
            named = [
                (number, cells[at].strip().replace(" ", ""))
                for number, cells in lines.rows
                if len(cells) > at and not cells[0].startswith("#")
            ]
    except FileRefusedError:
        return []
    reasons = strangers((code for _, code in named), owner)
    letter = column_letter(at)
    return [
        _strange(reasons[code], number, letter, code, code, owner)
        for number, code in named
        if code in reasons
    ][:PROBLEM_CAP]


def _strange(reason: str, row: int, letter: str, code: str, name: str, owner: Unit | None) -> Problem:
    params = {"unit": name or code, "owner": owner.label if owner else ""}
    return Problem(reason, row, letter, UNIT_HEAD, "", code, params)


def _uncertified(refused: Refusal, cells: Sequence[Cell]) -> Problem:
    """A table whose small groups cannot be hidden safely; the problem names the coarser table that can."""
    first = next(c for c in cells if (c.indicator, c.period, c.grade) == refused[:3])
    code = f"not_safe_{refused.coarser}" if refused.coarser else "not_safe"
    # The file's own word for the table, which its maker can search for.
    params = {"indicator": refused.indicator, "period": str(refused.period), "grade": str(refused.grade)}
    return Problem(code, first.row, "", "", "", "", params)


def _warning(found: Unlikely) -> Problem:
    cell = found.cell
    now = cell.n if found.kind == "n" else cell.value
    params = {
        "unit": cell.unit_name or cell.unit_code,
        "indicator": cell.indicator,
        "period": str(cell.period),
        "now": plain_number(now or 0),
        "before": plain_number(found.before),
    }
    return Problem(f"unlikely_{found.kind}", cell.row, cell.column, "", "", plain_number(now or 0), params)
