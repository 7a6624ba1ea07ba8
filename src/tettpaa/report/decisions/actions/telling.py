"""How the room's deeds are written down."""

from collections.abc import Mapping
from typing import Any

from tettpaa.core.audit.actions import record
from tettpaa.report.decisions.models import PoliticalCase


def tell(
    kind: str, case: PoliticalCase, key: object, by: str, detail: Mapping[str, Any] | None = None
) -> None:
    """One line in the trail, about the case. `detail` holds no text of the case and nobody's name."""
    record(
        kind=kind,
        by=by,
        subject=case.title,
        subject_key=str(key),
        owner=case.owner.code,
        detail=detail,
    )
