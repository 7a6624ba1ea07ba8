"""States and choices of the room, and the paths between the states."""

from collections.abc import Collection, Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an initiative is."""

    IDEA = "idea", _("Idé")
    DECIDED = "decided", _("Bestemt")
    STARTED = "started", _("I gang")
    PAUSED = "paused", _("På pause")
    DONE = "done", _("Gjennomført")
    EVALUATED = "evaluated", _("Vurdert")
    CONTINUED = "continued", _("Videreført")
    SCALED = "scaled", _("Utvidet")
    STOPPED = "stopped", _("Avsluttet")


PATHS: Final[Mapping[str, Collection[str]]] = {
    State.IDEA: (State.DECIDED, State.STOPPED),
    State.DECIDED: (State.STARTED, State.STOPPED),
    State.STARTED: (State.PAUSED, State.DONE, State.STOPPED),
    State.PAUSED: (State.STARTED, State.STOPPED),
    State.DONE: (State.EVALUATED,),
    State.EVALUATED: (State.CONTINUED, State.SCALED, State.STOPPED),
}

RUNNING: Final = (State.DECIDED, State.STARTED, State.PAUSED)  # the work is agreed and not done
FIRST: Final = (State.IDEA, State.DECIDED, State.STARTED)  # where a new one may begin
NEEDS_REASON: Final = (State.PAUSED, State.STOPPED)
ENDED: Final = (State.CONTINUED, State.SCALED, State.STOPPED)


class Evidence(models.TextChoices):
    """What we build on when we believe that the initiative helps."""

    RESEARCH = "research", _("Forskning")
    OTHERS = "others", _("Erfaring fra andre skoler")
    OWN = "own", _("Egen erfaring")
    HUNCH = "hunch", _("En antakelse vi vil prøve")


class ReviewState(models.TextChoices):
    """Where an effect review is."""

    PLANNED = "planned", _("Planlagt")
    READY = "ready", _("Tallene er klare")
    WRITTEN = "written", _("Skrevet")
    CHECKED = "checked", _("Kontrollert")
    USED = "used", _("Brukt i meldingen")


REVIEW_PATHS: Final[Mapping[str, Collection[str]]] = {
    ReviewState.PLANNED: (ReviewState.READY,),
    ReviewState.READY: (ReviewState.WRITTEN, ReviewState.PLANNED),
    ReviewState.WRITTEN: (ReviewState.CHECKED, ReviewState.READY),
    ReviewState.CHECKED: (ReviewState.USED,),
}


class Conclusion(models.TextChoices):
    """What we say that we saw. Not knowing is a full answer."""

    UNKNOWN = "unknown", _("Vi vet ikke om tiltaket virket")
    AS_EXPECTED = "as_expected", _("Endringen er omtrent som vi måtte vente uten tiltak")
    BETTER = "better", _("Det ble bedre enn vi måtte vente uten tiltak")
    WORSE = "worse", _("Det ble dårligere enn vi måtte vente uten tiltak")
    SEEN_OTHERWISE = "seen_otherwise", _("Vi ser endring i praksis, men ikke i tallene")


class Certainty(models.TextChoices):
    """How sure we are of the conclusion (look.md rule 5)."""

    CLEAR = "clear", _("Klart")
    LIKELY = "likely", _("Trolig")
    NONE = "none", _("Ingen sikker forskjell")
    UNKNOWN = "unknown", _("Kan ikke si ennå")


class Explanation(models.TextChoices):
    """Other things that could have given the same change."""

    OTHER_PUPILS = "other_pupils", _("Det var andre elever, et annet kull")
    CHANCE = "chance", _("Små grupper svinger fra år til år")
    TEST_CHANGED = "test_changed", _("Prøven, spørsmålet eller målemåten ble endret")
    EXEMPTIONS = "exemptions", _("Andre elever var fritatt eller svarte ikke")
    OTHER_INITIATIVES = "other_initiatives", _("Vi gjorde noe annet samtidig")
    STAFF = "staff", _("Nye ansatte eller ny ledelse")
    NATIONAL = "national", _("Det samme skjedde i hele landet")
