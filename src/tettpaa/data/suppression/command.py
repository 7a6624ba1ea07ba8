"""`tettpaa suppress` on plain files: read, decide, write; or say why not, and change nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tettpaa.data.suppression.engine import Pattern, suppress
from tettpaa.data.suppression.files import (
    FileError,
    Shape,
    parse_sum,
    read_earlier,
    read_table,
    write_certificates,
    write_published,
)
from tettpaa.data.suppression.table import Cell, Earlier, Rules, Table
from tettpaa.data.suppression.words import say


@dataclass(frozen=True, slots=True)
class Wanted:
    """The command line's wishes, by the names of its options."""

    table: Path
    hierarchy: str
    dimensions: str
    count: str
    threshold: int
    zeros: str
    insider: int
    sum: list[str]
    previous: list[Path]
    output: Path
    certificates: Path | None
    processes: int
    language: str


def suppress_files(wanted: Wanted) -> Iterator[str]:
    """Write the publication and its certificates; yields what to tell the user. Raises FileError, and then nothing
    has been written."""
    if wanted.threshold < 1:
        raise FileError("bad_threshold", value=wanted.threshold)
    shape = Shape(
        _names(wanted.hierarchy), _names(wanted.dimensions), wanted.count, tuple(map(parse_sum, wanted.sum))
    )
    table = read_table(wanted.table, shape)
    previous = [read_earlier(path, shape) for path in wanted.previous]
    rules = Rules(wanted.threshold, wanted.zeros == "shown", wanted.insider)
    pattern = suppress(table, rules, previous, processes=wanted.processes)
    if pattern.refused:
        remedy = _remedy(table, rules, previous, wanted)
        raise FileError("refused", count=len(pattern.refused), cells=_some(pattern.refused), remedy=remedy)
    if wanted.certificates:
        write_certificates(pattern, wanted.certificates)
    write_published(pattern, wanted.output)
    if pattern.exposed:
        yield say("exposed", wanted.language, count=len(pattern.exposed), cells=_some(pattern.exposed))
    yield _done(pattern, wanted.language)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _some(cells: tuple[Cell, ...]) -> str:
    return "; ".join(map(str, cells[:3]))


def _remedy(table: Table, rules: Rules, previous: list[Earlier], wanted: Wanted) -> str:
    """The coarser table that can be published: the first dimension whose removal suffices."""
    for dimension in table.dimensions:
        coarser = table.without(dimension)
        if not suppress(coarser, rules, previous, processes=wanted.processes).refused:
            return say("coarser", wanted.language, dimension=dimension)
    return say("no_coarser", wanted.language)


def _done(pattern: Pattern, language: str) -> str:
    values = pattern.system.values[pattern.system.published.unique]
    small = (values < pattern.rules.threshold) & (values >= pattern.rules.floor)
    return say(
        "done", language, small=int(small.sum()), threshold=pattern.rules.threshold,
        hidden=int(pattern.hidden.sum()), cells=len(values), certificates=len(pattern.certificates),
    )  # fmt: skip
