"""Reading and comparing one file without changing anything: what the check, the publishing and the command share."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tettpaa.core.orgs.models import Unit
from tettpaa.data.indicators.actions import Comparison, compare
from tettpaa.data.indicators.actions.units import UnknownPlaceError
from tettpaa.data.indicators.bulk import without_gc
from tettpaa.data.indicators.observed import Origin
from tettpaa.data.indicators.plausible import Unlikely, unlikely
from tettpaa.data.indicators.tables import plain_number
from tettpaa.data.sources.excerpt import letter_of
from tettpaa.data.sources.queries import read_options
from tettpaa.data.sources.registry import sources
from tettpaa.data.sources.run import read_in_child
from tettpaa.data.sources.source import PROBLEM_CAP, Cell, Problem, Reading
from tettpaa.data.sources.strangers import UNPLACED, strangers

WARNING_CAP = 100
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
    if not reading.ok:
        return Examined(reading, reading.problems, reading.problem_count, None)
    source = sources()[reading.source]
    if not source.is_public:
        foreign, count = _strange_rows(path, reading.cells, owner)
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
        reasons = {str(error.args[0]): UNPLACED}
        named = [cell for cell in reading.cells if cell.unit_code in reasons][:1]
        return Examined(reading, tuple(_problems(iter(named), reasons, "", owner)), len(named), None)
    warnings = tuple(map(_warning, islice(unlikely(reading.cells), WARNING_CAP)))
    return Examined(reading, (), 0, comparison, warnings)


def _strange_rows(path: Path, cells: Sequence[Cell], owner: Unit | None) -> tuple[tuple[Problem, ...], int]:
    """A row for a unit that is not the owner's stops a file that the owner made itself."""
    reasons = strangers(cells, owner)
    if not reasons:
        return (), 0
    letter = letter_of(path, "orgnr")
    found = [cell for cell in cells if cell.unit_code in reasons]
    rows = _problems(islice(found, PROBLEM_CAP), reasons, letter, owner)
    return tuple(rows), len(found)


def _problems(
    cells: Iterator[Cell], reasons: dict[str, str], letter: str, owner: Unit | None
) -> Iterator[Problem]:
    for cell in cells:
        params = {"unit": cell.unit_name or cell.unit_code, "owner": owner.label if owner else ""}
        yield Problem(reasons[cell.unit_code], cell.row, letter, "orgnr", "", cell.unit_code, params)


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
