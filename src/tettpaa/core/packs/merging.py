"""The three-way merge: what the pack held when it was last loaded, what the owner has today, and the new pack.

Plain arithmetic over entries; no room and no database is known here. A field that people have changed stays theirs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticUndefined

from tettpaa.core.packs.registry import Path, Shape
from tettpaa.core.packs.shapes import entry_models

type Entry = Mapping[str, Any]
type Content = Mapping[Path, Entry]

PLAIN: Final[Path] = ("",)
_NOTHING: Final = object()


class Kind(StrEnum):
    """What becomes of an entry or a field."""

    ADDED = "added"  # the entry is new
    CHANGED = "changed"  # the field takes the pack's value
    KEPT = "kept"  # people have written something else; it stays
    GONE = "gone"  # the pack no longer has it, and nobody has changed it
    KEPT_ENTRY = "kept_entry"  # the pack no longer has it, but people have changed it
    STAYS_AWAY = "stays_away"  # people have taken it away; it does not come back


@dataclass(frozen=True, slots=True)
class Change:
    """One line of what would happen. `field` is empty when it is about the whole entry."""

    kind: Kind
    part: str
    path: Path
    field: str = ""
    mine: Any = None
    new: Any = None
    title: str = ""

    @property
    def does_something(self) -> bool:
        """Whether loading writes it."""
        return self.kind in {Kind.ADDED, Kind.CHANGED, Kind.GONE}


@dataclass(frozen=True, slots=True)
class Merged:
    """What to tell, what to write (parents first) and what to end (children first) in one part."""

    changes: list[Change]
    writes: list[tuple[Path, Entry]]
    ends: list[Path]


def split(shape: Shape) -> dict[Path, dict[str, Any]]:
    """A part's entries by path, in JSON's own types."""
    data = shape.model_dump(mode="json", warnings=False)
    listed = entry_models(type(shape))
    entries: dict[Path, dict[str, Any]] = {}
    if plain := {name: value for name, value in data.items() if name not in listed}:
        entries[PLAIN] = plain
    for name in listed:
        entries |= {(name, row["key"]): row for row in data[name]}
    return entries


def defaults(model: type[BaseModel], *, leave: frozenset[str] = frozenset()) -> dict[str, Any]:
    """What a field holds when nobody has said anything, in JSON's own types; required fields are left out."""
    found = {
        name: field.get_default(call_default_factory=True, validated_data={})
        for name, field in model.model_fields.items()
        if name not in leave
    }
    known = {name: value for name, value in found.items() if value is not PydanticUndefined}
    dumped = model.model_construct(**known).model_dump(mode="json", include=set(known), warnings=False)
    return {name: dumped[name] for name in known}


def merge(part: str, shape: type[Shape], *, base: Content, mine: Content, new: Content) -> Merged:
    """What loading does with one part. `base` is empty when the part was never loaded."""
    models = entry_models(shape)
    changes: list[Change] = []
    writes: list[tuple[Path, Entry]] = []
    for path, entry in new.items():
        own = mine.get(path)
        if own is None and path in base:
            changes.append(Change(Kind.STAYS_AWAY, part, path, title=title(entry)))
        elif own is None:
            changes.append(Change(Kind.ADDED, part, path, new=entry, title=title(entry)))
            writes.append((path, entry))
        else:
            before = base.get(path) or (
                defaults(shape, leave=frozenset(models)) if path == PLAIN else defaults(models[path[0]])
            )
            result = {name: _merged(before.get(name, _NOTHING), own.get(name), entry[name]) for name in entry}
            if not _fits(shape if path == PLAIN else models[path[0]], result):
                result = {name: own.get(name, entry[name]) for name in entry}
            changes += _fields(part, path, own, entry, result)
            if any(result[name] != own.get(name) for name in result):
                writes.append((path, result))
    ends = []
    for path, own in mine.items():
        if path in new or path not in base:
            continue
        kind = Kind.GONE if own == base[path] else Kind.KEPT_ENTRY
        changes.append(Change(kind, part, path, mine=own, title=title(own)))
        if kind == Kind.GONE:
            ends.append(path)
    return Merged(changes, writes, ends[::-1])


def _merged(base: Any, mine: Any, new: Any) -> Any:
    """One value. Tables with the same fields are merged field by field; lists and texts are one value."""
    if isinstance(mine, dict) and isinstance(new, dict) and set(mine) == set(new):
        under = base if isinstance(base, dict) else {}
        return {name: _merged(under.get(name, _NOTHING), mine[name], new[name]) for name in new}
    return new if mine == base else mine


def _fits(model: type[BaseModel], entry: Entry) -> bool:
    """People's words and the pack's can each be right and yet not fit together; then people's whole entry stays."""
    try:
        model.model_validate(dict(entry))
    except ValidationError:
        return False
    return True


def _fields(part: str, path: Path, mine: Entry, new: Entry, result: Entry) -> Iterator[Change]:
    for name in new:
        told = {"field": name, "mine": mine.get(name), "new": new[name], "title": title(mine)}
        if result[name] != mine.get(name):
            yield Change(Kind.CHANGED, part, path, **told)
        if result[name] != new[name]:
            yield Change(Kind.KEPT, part, path, **told)


def title(entry: Entry) -> str:
    """What an entry is called by people."""
    for name in ("name", "title", "word", "text", "question", "key"):
        if isinstance(entry.get(name), str) and entry[name]:
            return str(entry[name])
    return ""
