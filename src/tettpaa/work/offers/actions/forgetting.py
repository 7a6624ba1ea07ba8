"""Deleting words that are no longer needed, by the rules of `fields.toml`. A count is written down, never who."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.work.offers.models import PageWord, Registration

KEPT: Final = timedelta(days=2 * 365)


def forget(*, today: date, by: str = "system") -> int:
    """Why somebody signed up, why a leader said no, and what readers missed. Returns how many rows. Safe to run again."""
    said = Registration.objects.filter(offer__starts_on__lt=today - KEPT).exclude(Q(why="") & Q(reason=""))
    missed = PageWord.objects.filter(on__lt=today - KEPT)
    keys = {*said.values_list("owner", flat=True), *missed.values_list("owner", flat=True)}
    return sum(_forget(owner, today, by) for owner in Unit.objects.filter(pk__in=keys))


@transaction.atomic
def _forget(owner: Unit, today: date, by: str) -> int:
    rows = Registration.objects.filter(owner=owner, offer__starts_on__lt=today - KEPT)
    words = rows.exclude(Q(why="") & Q(reason="")).update(why="", reason="")
    missed, _each = PageWord.objects.filter(owner=owner, on__lt=today - KEPT).delete()
    record(
        kind="offers.words_forgotten",
        by=by,
        subject="registration",
        subject_key=owner.code,
        owner=owner.code,
        detail={"registrations": words, "page_words": missed},
    )
    return words + missed
