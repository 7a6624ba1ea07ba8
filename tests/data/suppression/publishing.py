"""Publishing by the command, and attacking what came out: what the tests of the certified engine share."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from django.core.management import call_command

from tests.data.suppression.attack import Attack, Codes, failing, read
from tests.data.suppression.tables import write
from tettpaa.data.suppression.engine import Pattern
from tettpaa.data.suppression.system import build
from tettpaa.data.suppression.table import Earlier, Table

K = 5


def publish(folder: Path, table: Table, **more: object) -> tuple[Path, Path, Path]:
    """Publish by the command; the three files: table, publication, certificates."""
    folder.mkdir(exist_ok=True)
    files = (folder / "table.csv", folder / "published.csv", folder / "certificates.jsonl")
    write(table, files[0])
    options = {
        "hierarchy": ",".join(table.hierarchy),
        "dimensions": ",".join(table.dimensions),
        "threshold": K,
        "processes": 1,
    }
    call_command("suppress", files[0], output=files[1], certificates=files[2], **options | more)
    return files


def truth_of(table: Table) -> dict[Codes, int]:
    """Every cell of every margin with its true number."""
    system = build(table)
    values = system.values[system.published.unique].tolist()
    return {system.published.codes(at): value for at, value in enumerate(values)}


def attacked(
    table: Table,
    cells: Mapping[Codes, int | None],
    *,
    floor: int = 0,
    known: Mapping[Codes, int] | None = None,
    wanted: Iterable[Codes] | None = None,
) -> list[Codes]:
    """The small cells of the table that follow from the publication."""
    height = len(table.hierarchy)
    extra = [(table.columns.index(s.column), s.label, s.members) for s in table.sums]
    attack = Attack(height, cells, extra, known or {}, floor)
    return failing(attack, truth_of(table).__getitem__, K, wanted)


def attacked_file(table: Table, published: Path) -> list[Codes]:
    return attacked(table, read(published)[1])


def as_earlier(table: Table, cells: Mapping[Codes, int | None] | Pattern, name: str = "earlier") -> Earlier:
    """A publication as its readers have it."""
    plain = dict(cells.cells()) if isinstance(cells, Pattern) else dict(cells)
    return Earlier(table.columns, plain, name)


def small(rows: Mapping[Codes, int], hierarchy: Codes, dimensions: Codes = ()) -> Table:
    """A table from inner cells."""
    return Table(hierarchy, dimensions, tuple(rows), np.array(list(rows.values()), np.int64))
