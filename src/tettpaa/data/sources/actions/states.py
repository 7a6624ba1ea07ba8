"""Moving a file from one state to the next: only from the states named, and only if nobody was there before."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import F

from tettpaa.data.sources.enums import State
from tettpaa.data.sources.models import Import


class StaleError(RuntimeError):
    """The file has moved on since it was shown: somebody else was first, or the button was pressed twice."""


def move(
    import_id: UUID, *, to: State, come_from: Collection[State], version: int | None = None, **changes: Any
) -> None:
    """Set the state and the changes in one conditional update (R18). Raises StaleError when no row is hit."""
    found = Import.objects.filter(pk=import_id, state__in=come_from)
    if version is not None:
        found = found.filter(version=version)
    if not found.update(state=to, version=F("version") + 1, **changes):
        raise StaleError(str(import_id))
