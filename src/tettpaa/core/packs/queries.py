"""Reading packs: the founding ones, what an owner has loaded, and what loading a pack would change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path as Folder
from typing import Final

from tettpaa.core.orgs.models import Unit
from tettpaa.core.packs.heads import HEAD, PackHead
from tettpaa.core.packs.merging import Change, Content, Merged, merge, split
from tettpaa.core.packs.models import LoadedPack
from tettpaa.core.packs.problems import PackError, Problem
from tettpaa.core.packs.reading import ReadPack, read_pack, read_text_file
from tettpaa.core.packs.registry import Part, Path, Shape, parts

FOUNDING: Final = Folder(__file__).with_name("founding")


@dataclass(frozen=True, slots=True)
class Founding:
    """A pack that comes with the product."""

    name: str
    head: PackHead


@dataclass(frozen=True, slots=True)
class Loaded:
    """What an owner loaded last."""

    name: str
    title: str
    at: datetime
    by: str


def founding_packs() -> list[Founding]:
    """The packs that come with the product, by name; the empty one last."""
    found = []
    for path in sorted(FOUNDING.glob(f"*/{HEAD}.toml"), key=lambda one: (one.parent.name == "empty", one)):
        head, _ = read_text_file(path, PackHead)
        if isinstance(head, PackHead):
            found.append(Founding(path.parent.name, head))
    return found


def founding_pack(name: str) -> ReadPack:
    """The founding pack of that name. Raises PackError when there is none, or when it has problems."""
    names = [pack.name for pack in founding_packs()]
    if name not in names:
        raise PackError([Problem("no_folder", found=name, params={"names": ", ".join(names)})])
    return read_pack(FOUNDING / name)


def pack_at(folder_or_name: str) -> ReadPack:
    """The pack in a folder, else the founding pack of that name. Raises PackError with all problems."""
    folder = Folder(folder_or_name)
    return read_pack(folder) if folder.is_dir() else founding_pack(folder_or_name)


def loaded_pack(owner: Unit) -> Loaded | None:
    """What the owner loaded last, or nothing yet."""
    row = LoadedPack.objects.filter(owner=owner).order_by("-loaded_at", "part").first()
    return Loaded(row.name, row.title, row.loaded_at, row.loaded_by) if row else None


def loaded_content(owner: Unit) -> dict[str, dict[Path, dict[str, object]]]:
    """Each part's entries as the pack had them when it was loaded."""
    rows = LoadedPack.objects.filter(owner=owner)
    return {row.part: {tuple(one["path"]): one["entry"] for one in row.content["entries"]} for row in rows}


def part_content(pack: ReadPack, part: Part) -> Content | None:
    """A part's entries in the pack. A file that the pack does not have says nothing, so it holds the defaults."""
    shape = pack.shapes.get(part.name)
    if shape is None and not any(field.is_required() for field in part.shape.model_fields.values()):
        shape = part.shape()
    return None if shape is None else split(shape)


def merged_parts(owner: Unit, pack: ReadPack) -> Iterator[tuple[Part, Merged]]:
    """For each part, what loading would write and what it would leave."""
    before = loaded_content(owner)
    for part in parts():
        base = before.get(part.name, {})
        if part.name not in pack.shapes and not base:
            continue
        mine = split(part.read(owner))
        yield part, merge(part.name, part.shape, base=base, mine=mine, new=part_content(pack, part) or {})


def changes(owner: Unit, pack: ReadPack) -> list[Change]:
    """Every line of what loading the pack would do, and what it would leave since people have written it."""
    return [change for _, merged in merged_parts(owner, pack) for change in merged.changes]


def today(owner: Unit) -> dict[str, Shape]:
    """The owner's configuration of today, each part as its file would have it."""
    return {part.name: part.read(owner) for part in parts()}
