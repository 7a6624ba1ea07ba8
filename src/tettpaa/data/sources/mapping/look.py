"""A first look at a file at the door: is it a known source, is it about persons, which columns has it. Plain Python."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO, Final

from tettpaa.data.sources import open_template
from tettpaa.data.sources.bytes_in import shown
from tettpaa.data.sources.mapping.persons import Sign, Watch
from tettpaa.data.sources.mapping.table import open_table
from tettpaa.data.sources.source import FileRefusedError, Problem, Table

SAMPLES: Final = 3
LONGEST_HEAD: Final = 120


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the page shows it. `samples` are empty in a file about persons."""

    head: str
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What the door learned. `source` is empty for an unknown layout. `problem`: the file cannot be read."""

    source: str = ""
    columns: tuple[Column, ...] = ()
    signs: tuple[Sign, ...] = ()
    rows: int = 0
    problem: Problem | None = None

    @property
    def is_about_persons(self) -> bool:
        return bool(self.signs)

    @property
    def heads(self) -> list[str]:
        return [column.head for column in self.columns]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def look_from(stored: dict[str, Any]) -> Look:
    """The look again, from the child's JSON."""
    problem = stored["problem"]
    return Look(
        stored["source"],
        tuple(Column(one["head"], tuple(one["samples"])) for one in stored["columns"]),
        tuple(Sign(**one) for one in stored["signs"]),
        stored["rows"],
        None if problem is None else Problem(**problem),
    )


def look_at(stream: BinaryIO, size: int) -> Look:
    """Look at a whole file. Public sources are known by their heading and hold no persons: their rows are not read here."""
    try:
        known, table = open_table(stream, size)
        if known is not None and known.key != open_template.KEY:
            return Look(known.key)
        watch = Watch(table.heads)
        samples = _watched(table, watch)
        signs = tuple(watch.signs())
        is_template = known is not None and len(set(table.heads) & set(open_template.HEADS)) >= 4
        columns = _columns(table.heads, [] if signs else samples)
        return Look(open_template.KEY if is_template else "", columns, signs, watch.rows)
    except FileRefusedError as error:
        # What stood there may be somebody's name.
        refused = error.problem
        return Look(problem=Problem(refused.code, refused.row, params=refused.params))
    except RecursionError:
        return Look(problem=Problem("too_deep"))


def _watched(table: Table, watch: Watch) -> list[list[str]]:
    """Let the watch see every row; the first of them are samples."""
    first: list[list[str]] = []
    for _, cells in table.rows:
        if any(cells):
            watch.see(cells)
            if len(first) < SAMPLES:
                first.append(cells)
    return first


def _columns(heads: Sequence[str], samples: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    return tuple(
        Column(head[:LONGEST_HEAD], tuple(shown(row[i]) for row in samples if i < len(row) and row[i]))
        for i, head in enumerate(heads)
    )
