"""What the daily round asks for; no viewer, since nobody looks."""

from uuid import UUID

from tettpaa.core.orgs.models import Unit
from tettpaa.work.yearwheel.enums import HandoverState
from tettpaa.work.yearwheel.models import Handover, Procedure


def owners_with_procedures() -> list[Unit]:
    """Owners whose year can be rolled."""
    return list(Unit.objects.filter(pk__in=Procedure.objects.values("owner")).order_by("code"))


def offer_to_tell(pk: str | UUID) -> Handover | None:
    """The offer if it is still open, with what its letter says."""
    return (
        Handover.objects.select_related("to", "task__owner__settings", "task__school")
        .filter(pk=pk, state=HandoverState.OFFERED)
        .first()
    )
