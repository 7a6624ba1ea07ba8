"""The cells of some columns of a file, for a room that knows what they mean. Plain Python: the limited child runs it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from tettpaa.data.sources.mapping.table import open_table
from tettpaa.data.sources.source import FileRefusedError, Problem


@dataclass(frozen=True, slots=True)
class Cells:
    """(row number, the cells of the wanted columns) for every row that holds anything; none with a problem."""

    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    problem: Problem | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def cells_from(stored: Mapping[str, Any]) -> Cells:
    """The cells again, from the child's JSON."""
    problem = stored["problem"]
    return Cells(
        tuple((number, tuple(cells)) for number, cells in stored["rows"]),
        None if problem is None else Problem(**problem),
    )


def read_cells(stream: BinaryIO, size: int, heads: Sequence[str], most: int) -> Cells:
    """Read the columns with these headings; a heading that is there twice means the first. At most `most` rows.

    Never raises for a bad file. A problem repeats nothing of what stood there: the file may be about persons.
    """
    try:
        _, table = open_table(stream, size)
        missing = next((head for head in heads if head not in table.heads), None)
        if missing is not None:
            return Cells(problem=Problem("missing_head", table.head_row, params={"head": missing}))
        places = [table.heads.index(head) for head in heads]
        rows: list[tuple[int, tuple[str, ...]]] = []
        for number, cells in table.rows:
            if not any(cells):
                continue
            if len(rows) == most:
                return Cells(problem=Problem("too_many_rows", number, params={"most": str(most)}))
            rows.append((number, tuple(cells[at].strip() if at < len(cells) else "" for at in places)))
    except FileRefusedError as error:
        refused = error.problem
        return Cells(problem=Problem(refused.code, refused.row, params=refused.params))
    except RecursionError:
        return Cells(problem=Problem("too_deep"))
    if not table.ends_cleanly:
        return Cells(problem=Problem("cut_off", params={"encoding": ""}))
    return Cells(tuple(rows))
