"""How the room's deeds are written down: that something was done, never what was written, and no school's label."""

from collections.abc import Mapping
from typing import Any

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit


def tell(kind: str, owner: Unit, key: object, by: str, detail: Mapping[str, Any] | None = None) -> None:
    """One line in the trail. The trail is read by more people than the case, so it names the case by its key alone."""
    record(kind=kind, by=by, subject="oppfølging", subject_key=str(key), owner=owner.code, detail=detail)
