"""States of a file on its way in."""

from django.db import models


class State(models.TextChoices):
    """received → checking → rejected | compared → publishing → published; discarded and failed end it."""

    RECEIVED = "received", "mottatt"
    CHECKING = "checking", "kontrolleres"
    REJECTED = "rejected", "må rettes"
    COMPARED = "compared", "klar til å publiseres"
    PUBLISHING = "publishing", "publiseres"
    PUBLISHED = "published", "publisert"
    DISCARDED = "discarded", "forkastet"
    FAILED = "failed", "stoppet"


# Work is going on; a refused or compared file waits for a person.
WORKING = frozenset({State.RECEIVED, State.CHECKING, State.PUBLISHING})
WAITING = frozenset({State.REJECTED, State.COMPARED, State.FAILED})
LEAVE_OUT = "-"  # a form's choice for a name that no school has
