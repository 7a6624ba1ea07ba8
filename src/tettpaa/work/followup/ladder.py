"""The ladder for owners whose pack has none."""

from typing import Final

from tettpaa.core.orgs.models import Unit
from tettpaa.work.followup.models import LadderStep

# Of practice.md §4.2.
DEFAULT: Final = (
    {"key": "trinn-0", "number": 0, "name": "Ordinær oppfølging", "meaning": "Dialogmøte som alle skoler."},
    {
        "key": "trinn-1",
        "number": 1,
        "name": "Oppmerksomhet",
        "meaning": "Signalet er forklart. Ingen merkelapp settes.",
    },
    {
        "key": "trinn-2",
        "number": 2,
        "name": "Støtteavtale",
        "meaning": "Skolen får hjelp, og begge lover noe.",
        "needs_agreement": True,
    },
    {
        "key": "trinn-3",
        "number": 3,
        "name": "Forpliktende oppfølgingsavtale",
        "meaning": "Møte og avtale som begge signerer.",
        "needs_meeting": True,
        "needs_agreement": True,
    },
    {
        "key": "trinn-4",
        "number": 4,
        "name": "Korrigerende tiltak",
        "meaning": "Skoleeieren gir instruks.",
        "needs_meeting": True,
        "needs_agreement": True,
    },
)


def default_ladder(owner: Unit) -> list[LadderStep]:
    """Its steps as they would be, not saved: looking at a page gives an owner no ladder."""
    return [LadderStep(owner=owner, **step) for step in DEFAULT]
