"""`tettpaa suppress` on plain files: read, decide, write; or say why not, and change nothing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tettpaa.data.suppression.engine import Pattern, suppress
from tettpaa.data.suppression.files import (
    FileError,
    Shape,
    parse_sum,
    read_earlier,
    read_table,
    sha256,
    write_certificates,
    write_published,
)
from tettpaa.data.suppression.table import Cell, Earlier, Rules, Table
from tettpaa.data.suppression.words import say

_HEAD = {"hierarchy", "dimensions", "count", "threshold", "floor", "sums"}
_MUCH = 25  # per cent of the numbers hidden, from which a coarser table is proposed


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
    breakdowns: bool
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
    if wanted.certificates:
        yield f"sha256 {sha256(wanted.certificates)} {wanted.certificates}"
    if wanted.breakdowns:
        yield from _losses(pattern, previous, wanted)


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


def _losses(pattern: Pattern, previous: list[Earlier], wanted: Wanted) -> Iterator[str]:
    """What is lost as the table is and without each dimension, and the coarser table to consider when it is much."""
    language, now = wanted.language, _percent(pattern)
    yield say("loss", language, hidden=now)
    best, least = "", now
    for dimension in pattern.system.table.dimensions:
        coarser = pattern.system.table.without(dimension)
        other = suppress(coarser, pattern.rules, previous, processes=wanted.processes)
        if other.refused:
            yield say("loss_refused", language, dimension=dimension)
            continue
        hidden = _percent(other)
        yield say("loss_without", language, dimension=dimension, hidden=hidden)
        best, least = (dimension, hidden) if hidden < least else (best, least)
    if best and now > _MUCH:
        yield say("proposal", language, dimension=best)


def _percent(pattern: Pattern) -> int:
    return round(100 * float(pattern.hidden.mean()))


def _done(pattern: Pattern, language: str) -> str:
    values = pattern.system.values[pattern.system.published.unique]
    small = (values < pattern.rules.threshold) & (values >= pattern.rules.floor)
    return say(
        "done", language, small=int(small.sum()), threshold=pattern.rules.threshold,
        hidden=int(pattern.hidden.sum()), cells=len(values), certificates=len(pattern.certificates),
    )  # fmt: skip


def fault(table: Path, published: Path, certificates: Path, error: Exception) -> FileError:
    """Why the checker stopped: which file, where in it, and what to do."""
    try:
        head = _head(certificates)
        shape = Shape(tuple(head["hierarchy"]), tuple(head["dimensions"]), head["count"])
        read_table(table, shape)
        read_earlier(published, shape)
    except FileError as found:
        return found
    return FileError("not_certificates", file=certificates, line="?", reason=repr(error))


def _head(path: Path) -> dict[str, Any]:
    """The first line of a file of certificates, when all its lines are what they should be. Raises FileError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileError("unreadable", file=path, reason=type(error).__name__) from error
    for number, line in enumerate(lines or [""], start=1):
        try:
            found = json.loads(line)
            good = found.keys() >= _HEAD if number == 1 else all(isinstance(row[-1], int) for row in found)
        except (ValueError, TypeError, AttributeError, IndexError, KeyError) as error:
            raise FileError("not_certificates", file=path, line=number, reason=repr(error)) from error
        if not good:
            raise FileError("not_certificates", file=path, line=number, reason=line[:40])
    head: dict[str, Any] = json.loads(lines[0])
    return head
