"""Loading a pack on an owner."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import OwnerSettings, Unit
from tettpaa.core.packs.merging import PLAIN, Change, Entry, Kind
from tettpaa.core.packs.models import LoadedPack
from tettpaa.core.packs.queries import merged_parts, part_content
from tettpaa.core.packs.reading import ReadPack
from tettpaa.core.packs.registry import Part, Path, parts
from tettpaa.core.packs.shapes import entry_models


@transaction.atomic
def load_pack(*, owner: Unit, pack: ReadPack, by: str, at: datetime | None = None) -> list[Change]:
    """Load a pack: what people have not touched becomes as the pack says; what they have written stays.

    All of it in one transaction. Loading the same pack once more changes nothing and leaves no trace. Returns
    what was done and what was left, as `queries.changes` told beforehand.
    """
    OwnerSettings.objects.select_for_update().get(unit=owner)
    told: list[Change] = []
    ends: list[tuple[Part, Path]] = []
    for part, merged in merged_parts(owner, pack):
        told += merged.changes
        for path, entry in merged.writes:
            _write(part, owner, path, entry, by)
        ends += [(part, path) for path in merged.ends]
    for part, path in reversed(ends):
        part.write(owner=owner, path=path, content=None, by=by)
    is_other = _remember(owner, pack, by, at or timezone.now())
    if is_other or any(change.does_something for change in told):
        record(
            kind="packs.pack_loaded",
            by=by,
            subject=pack.head.name,
            subject_key=pack.name,
            owner=owner.code,
            detail={kind.value: sum(1 for change in told if change.kind == kind) for kind in Kind},
        )
    return told


def _write(part: Part, owner: Unit, path: Path, entry: Entry, by: str) -> None:
    """Give the room the entry as its shape has it: dates as dates, choices as choices."""
    content: dict[str, Any] = (
        part.shape.model_validate(dict(entry)).model_dump(include=set(entry))
        if path == PLAIN
        else entry_models(part.shape)[path[0]].model_validate(dict(entry)).model_dump()
    )
    part.write(owner=owner, path=path, content=content, by=by)


def _remember(owner: Unit, pack: ReadPack, by: str, at: datetime) -> bool:
    """Keep what the pack held, as the ground of the next merge; True when it is other than before."""
    before = {row.part: row for row in LoadedPack.objects.filter(owner=owner)}
    is_other = False
    for part in parts():
        row = before.get(part.name)
        entries = part_content(pack, part) if part.name in pack.shapes or row else None
        if entries is None and row is None:
            continue
        content = {"entries": [{"path": [*path], "entry": entry} for path, entry in (entries or {}).items()]}
        if row and (row.name, row.title, row.content) == (pack.name, pack.head.name, content):
            continue
        is_other = True
        LoadedPack.objects.update_or_create(
            owner=owner,
            part=part.name,
            defaults={
                "name": pack.name,
                "title": pack.head.name,
                "content": content,
                "loaded_at": at,
                "loaded_by": by,
            },
        )
    return is_other
