"""Proofs of what is hidden: made with the comparison, stored with the release by hash, added up again before it."""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tettpaa.data.indicators.actions.parts import Key
from tettpaa.data.indicators.models import PublishedValue, Release
from tettpaa.data.indicators.raw import ReleaseProof
from tettpaa.data.suppression.check import check
from tettpaa.data.suppression.kinds import Edition

if TYPE_CHECKING:
    from tettpaa.data.suppression.engine import Pattern

type Codes = tuple[str, ...]
FAULTS = 5


class UncertifiedError(RuntimeError):
    """The checker could not add up the proof of what would be published. Nothing was published."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One table: its inner cells, the engine's pattern with the figures that show each cell, the counter-tables.

    `cells`: codes, the number, whether it is hidden, and the figures (none: a number that follows from others).
    """

    columns: Codes
    rows: tuple[tuple[Codes, int], ...]
    cells: tuple[tuple[Codes, int, bool, tuple[Key, ...]], ...]
    certificates: str


def proof_of(pattern: "Pattern", shows: Mapping[Codes, Sequence[Key]]) -> Proof:
    """Keep what the checker needs, in plain parts."""
    from tettpaa.data.suppression.files import write_certificates  # noqa: PLC0415 - numpy takes a second

    table = pattern.system.table
    with TemporaryDirectory() as folder:
        path = Path(folder) / "certificates"
        write_certificates(_own(pattern), path)
        certificates = path.read_text(encoding="utf-8")
    system = pattern.system
    values = system.values[system.published.unique].tolist()
    cells = tuple(
        (codes, value, shown is None, tuple(shows.get(codes, ())))
        for (codes, shown), value in zip(pattern.cells(), values, strict=True)
    )
    rows = tuple(zip(table.codes, table.counts.tolist(), strict=True))
    return Proof(table.columns, rows, cells, certificates)


def _own(pattern: "Pattern") -> "Pattern":
    """The counter-tables of the table itself: what only an earlier release held has no place in the checker's file."""
    own = len(pattern.system.table.codes)
    cut = [
        replace(one, atoms=one.atoms[mine], changes=one.changes[mine])
        for one in pattern.certificates
        if (mine := one.atoms < own).any()
    ]
    return replace(pattern, certificates=tuple(cut))


def keep_proofs(proofs: Sequence[Proof], release: Release) -> None:
    """Check every proof against what stands in the database now, and store all with the release. In its transaction.

    Raises UncertifiedError naming the cells that fail.
    """
    if not proofs:
        return
    figures = {key for proof in proofs for *_, keys in proof.cells for key in keys}
    shown = _shown(figures)
    faults: list[str] = []
    kept = []
    for proof in proofs:
        table, published = _csv(proof.columns, proof.rows), _csv(proof.columns, _published(proof, shown))
        faults += islice(_faults(table, published, proof.certificates), FAULTS)
        kept.append({"table": table, "published": published, "certificates": proof.certificates})
    if faults:
        raise UncertifiedError("; ".join(faults[:FAULTS]))
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
    ReleaseProof.objects.create(
        release=release,
        tables=len(kept),
        sha256=hashlib.sha256(text).hexdigest(),
        content=gzip.compress(text, mtime=0),
    )


def proof_hash(release: Release) -> str:
    """SHA-256 of the release's proofs; empty when it hid nothing itself."""
    return ReleaseProof.objects.filter(release=release).values_list("sha256", flat=True).first() or ""


def stored_faults(kept: ReleaseProof) -> Iterator[str]:
    """What is wrong with a stored proof: its hash, or a table that does not add up. Nothing comes out when it holds."""
    text = gzip.decompress(bytes(kept.content))
    if hashlib.sha256(text).hexdigest() != kept.sha256:
        yield "sha256"
    for one in json.loads(text):
        yield from _faults(one["table"], one["published"], one["certificates"])


def _shown(figures: set[Key]) -> set[Key]:
    """Those of the figures that the public edition shows, as the rows stand in the database."""
    rows = PublishedValue.objects.filter(
        superseded_by=None,
        edition=Edition.PUBLIC,
        n__isnull=False,
        indicator__key__in={key.indicator for key in figures},
        period__in={key.period for key in figures},
    ).values_list("unit__code", "indicator__key", "period", "grade", "gender")
    return {key for row in rows.iterator(chunk_size=10_000) if (key := Key(*row)) in figures}


def _published(proof: Proof, shown: set[Key]) -> Iterator[tuple[Codes, int | str]]:
    """What readers get: a cell that no figure shows any more is hidden, whatever the engine said.

    And a cell that the engine hid but a figure shows is shown: then the checker finds it.
    """
    for codes, value, is_hidden, keys in proof.cells:
        is_shown = not shown.isdisjoint(keys) if keys else not is_hidden
        yield codes, value if is_shown else ""


def _csv(columns: Codes, rows: Iterator[tuple[Codes, int | str]] | Sequence[tuple[Codes, int]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*columns, "n"])
    writer.writerows([*codes, number] for codes, number in rows)
    return file.getvalue()


def _faults(table: str, published: str, certificates: str) -> Iterator[str]:
    """The separate checker, on plain files as anybody else would run it."""
    with TemporaryDirectory() as folder:
        paths = []
        for name, text in (("t", table), ("p", published), ("c", certificates)):
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8")
            paths.append(str(path))
        yield from check(*paths)
