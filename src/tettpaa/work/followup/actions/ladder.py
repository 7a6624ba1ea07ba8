"""Giving an owner a ladder with its first decision."""

from django.db import transaction

from tettpaa.core.orgs.models import Unit
from tettpaa.work.followup import pack
from tettpaa.work.followup.ladder import DEFAULT
from tettpaa.work.followup.models import LadderStep


@transaction.atomic
def use_default_ladder(*, owner: Unit, by: str) -> list[LadderStep]:
    """Give an owner without a ladder the one of five steps; one that has its own keeps it."""
    if not LadderStep.objects.filter(owner=owner, is_active=True).exists():
        for step in DEFAULT:
            pack.write(owner=owner, path=("steps", str(step["key"])), content=dict(step), by=by)
    return list(LadderStep.objects.filter(owner=owner, is_active=True))
