"""Bringing a file in from the command line: read and compared first, and nothing written unless all is well."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from tettpaa.core.orgs.models import Unit
from tettpaa.data.indicators.actions import discard_unfinished, publish
from tettpaa.data.indicators.models import Release
from tettpaa.data.sources import files
from tettpaa.data.sources.actions.names import remember_matches, save_school_names
from tettpaa.data.sources.difference import changes_anything, difference_of
from tettpaa.data.sources.enums import State
from tettpaa.data.sources.examine import Examined, examine
from tettpaa.data.sources.lock import publishing_lock
from tettpaa.data.sources.models import Import, StoredFile

CHUNK = 1 << 20
type Progress = Callable[[str, int, int], None]


class ChangedFileError(RuntimeError):
    """The file was written to while it was read."""


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What became of the file. `release` is None when it had problems, changed nothing, or was only looked at."""

    examined: Examined
    difference: dict[str, object]
    release: Release | None


@dataclass(frozen=True, slots=True)
class Terms:
    """By whom, for which owner (None: the whole installation), only to look, and names given a number by hand."""

    by: str
    owner: Unit | None = None
    dry_run: bool = False
    names: Mapping[str, str] = field(default_factory=dict)


def bring_in(path: Path, terms: Terms, progress: Progress | None = None) -> BroughtIn:
    """Read, compare and publish a file of the disk in one go. Raises OSError when it cannot be opened.

    All or nothing: with a problem, or with `dry_run`, neither the database nor the file store changes.
    `progress(what, done, total)`: what is "read" or "write".
    """
    tell = progress or (lambda _what, _done, _total: None)
    sha256 = _sha256(path)
    with publishing_lock():
        if not terms.dry_run:
            discard_unfinished(older_than=timedelta(0))
        examined = examine(
            path=path,
            file_name=path.name,
            sha256=sha256,
            owner=terms.owner,
            names=terms.names,
            on_progress=lambda share, _rows: tell("read", int(share * 1000), 1000),
        )
        tell("read", 1000, 1000)
        if examined.comparison is None:
            return BroughtIn(examined, {}, None)
        difference = difference_of(examined.comparison)
        if terms.dry_run or not changes_anything(difference):
            return BroughtIn(examined, difference, None)
        kept = files.keep(_chunks(path), limit=2**63)
        if kept.sha256 != sha256:
            raise ChangedFileError(path.name)
        release = publish(
            comparison=examined.comparison,
            by=terms.by,
            owner=terms.owner,
            progress=lambda done, total: tell("write", done, total),
            within=lambda release: _note(release, kept, examined, difference, terms),
        )
    return BroughtIn(examined, difference, release)


def _note(
    release: Release, kept: files.Kept, examined: Examined, difference: dict[str, object], terms: Terms
) -> None:
    """The rows that belong to the release, in its own transaction."""
    stored, _ = StoredFile.objects.get_or_create(sha256=kept.sha256, defaults={"size": kept.size})
    now = timezone.now()
    Import.objects.create(
        owner=terms.owner,
        file=stored,
        file_name=release.file_name,
        source=release.source,
        state=State.PUBLISHED,
        rows=examined.reading.rows,
        difference=difference,
        release=release,
        by=terms.by,
        checked_at=now,
        finished_at=now,
        finished_by=terms.by,
    )
    if terms.names:
        save_school_names(owner=terms.owner, source=release.source, codes=terms.names, by=terms.by)
    matches = examined.reading.matched_names
    remember_matches(owner=terms.owner, source=release.source, matches=matches, by=terms.by)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
