"""Deleting words about a person when the record of the staff is gone, by the rules of `fields.toml`. Counts stay."""

from django.db import transaction
from django.db.models import Q

from tettpaa.core.orgs.models import Unit
from tettpaa.work.funds.models import Application, ApplicationStep, RankMove
from tettpaa.work.funds.telling import tell

WORDS = ("title", "why", "need", "institution", "leader_words", "place_reason", "report")


@transaction.atomic
def forget(*, owner: Unit, by: str) -> int:
    """Empty the words of applications whose person has no record any more; how many. Safe to run again."""
    said = Q()
    for name in WORDS:
        said |= ~Q(**{name: ""})
    rows = Application.objects.filter(said, owner=owner, is_personal=True, employee=None)
    keys = list(rows.values_list("pk", flat=True))
    if keys:
        ApplicationStep.objects.filter(application__in=keys).update(reason="", by="")
        RankMove.objects.filter(application__in=keys).update(reason="")
        Application.objects.filter(pk__in=keys).update(**dict.fromkeys(WORDS, ""), talked_on=None)
        tell("people_forgotten", owner, "søknader", owner.code, by, count=len(keys))
    return len(keys)
