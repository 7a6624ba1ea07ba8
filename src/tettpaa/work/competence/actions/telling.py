"""How the room's deeds are written down: that something was done to a row, never whose name or what was written."""

from collections.abc import Mapping
from typing import Any

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit


def tell(
    kind: str, owner: Unit, subject: str, key: object, by: str, detail: Mapping[str, Any] | None = None
) -> None:
    """One line in the trail. `subject` is the kind of row in a word; the key tells which."""
    record(kind=kind, by=by, subject=subject, subject_key=str(key), owner=owner.code, detail=detail or {})
