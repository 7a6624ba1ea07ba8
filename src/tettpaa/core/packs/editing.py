"""One entry of a part edited in words, for parts whose room has no page of its own for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from pydantic import BaseModel, ValidationError

from tettpaa.core.audit.seal import canonical, fingerprint
from tettpaa.core.orgs.models import OwnerSettings, Unit
from tettpaa.core.packs.merging import split
from tettpaa.core.packs.problems import Problem
from tettpaa.core.packs.reading import problems_of
from tettpaa.core.packs.registry import Part, Path, parts
from tettpaa.core.packs.shapes import entry_models

_LATIN = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})


class ChangedMeanwhileError(Exception):
    """Somebody else has changed the entry; `theirs` is what stands there now, None when it is gone."""

    def __init__(self, theirs: Mapping[str, Any] | None) -> None:
        super().__init__()
        self.theirs = theirs


class WrongError(ValueError):
    """The words do not fit the shape; nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


@dataclass(frozen=True)
class Edited:
    """A part with one list of entries, as it is edited."""

    part: Part
    field: str
    model: type[BaseModel]

    def path(self, key: str) -> Path:
        return (self.field, key)


def edited_part(name: str) -> Edited | None:
    """The part of that name when it is one list of entries and no more."""
    part = next((part for part in parts() if part.name == name), None)
    listed = entry_models(part.shape) if part else {}
    if part is None or len(listed) != 1 or len(part.shape.model_fields) != 1:
        return None
    [(field, model)] = listed.items()
    return Edited(part, field, model)


def entries_of(owner: Unit, edited: Edited) -> dict[str, dict[str, Any]]:
    """The owner's entries of today by key, in JSON's own types."""
    return {path[1]: entry for path, entry in split(edited.part.read(owner)).items()}


def mark(entry: Mapping[str, Any]) -> str:
    """A mark of what stands there, to see whether somebody else has changed it."""
    return fingerprint(canonical(entry))


def new_key(name: str, taken: Mapping[str, Any]) -> str:
    """A key for an entry of that name."""
    start = slugify(name.translate(_LATIN))[:34] or "ny"
    key, number = start, 2
    while key in taken:
        key, number = f"{start}-{number}", number + 1
    return key


@transaction.atomic
def save_entry(
    *, owner: Unit, edited: Edited, key: str, words: Mapping[str, Any], seen: str | None, by: str
) -> None:
    """Write one entry. `seen` is the mark of what the person saw, None for a new one.

    Raises ChangedMeanwhileError, or WrongError when the entry, or the part with it, does not fit its shape.
    """
    OwnerSettings.objects.select_for_update().get(unit=owner)
    entries = entries_of(owner, edited)
    if seen is not None and (key not in entries or mark(entries[key]) != seen):
        raise ChangedMeanwhileError(entries.get(key))
    place = [*entries].index(key) if key in entries else len(entries)
    rows = [*(entries | {key: {**words, "key": key}}).values()]
    data = {edited.field: rows}
    try:
        whole = edited.part.shape.model_validate(data)
    except ValidationError as error:
        raise WrongError(problems_of(edited.part.shape, data, error)) from error
    content = getattr(whole, edited.field)[place].model_dump()
    edited.part.write(owner=owner, path=edited.path(key), content=content, by=by)


@transaction.atomic
def end_entry(*, owner: Unit, edited: Edited, key: str, by: str) -> None:
    """End one entry, as when a pack no longer has it; ending what is ended does nothing."""
    OwnerSettings.objects.select_for_update().get(unit=owner)
    if key in entries_of(owner, edited):
        edited.part.write(owner=owner, path=edited.path(key), content=None, by=by)
