"""Kinds, states and sides of agreements, and the drawn paths between the states."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What the agreement is for; an owner may call them something else (`KindName`)."""

    FOLLOW_UP = "follow_up", _("oppfølgingsavtale")
    SUPPORT = "support", _("støtteavtale")
    BINDING = "binding", _("forpliktende avtale")
    CORRECTIVE = "corrective", _("avtale om korrigerende tiltak")


class Side(models.TextChoices):
    """The two parties. Both have duties."""

    SCHOOL = "school", _("Skolen")
    OWNER = "owner", _("Skoleeier")

    @property
    def other(self) -> "Side":
        return Side.OWNER if self is Side.SCHOOL else Side.SCHOOL


class State(models.TextChoices):
    """Where an agreement is. `checkpoint_due` is reckoned from the dates and never stored."""

    DRAFT = "draft", "utkast"
    NEGOTIATED = "negotiated", "forhandlet"
    CONSULTED = "consulted", "hørt"
    SIGNED_SCHOOL = "signed_school", "signert av skolen"
    SIGNED_OWNER = "signed_owner", "signert av begge"
    IN_FORCE = "in_force", "i kraft"
    CHECKPOINT_DUE = "checkpoint_due", "sjekkpunkt nå"
    ADJUSTED = "adjusted", "i kraft, justert"
    FULFILLED = "fulfilled", "oppfylt"
    CLOSED = "closed", "avsluttet"
    TERMINATED = "terminated", "avbrutt"
    STEPPED_UP = "stepped_up", "gått til neste steg"


class WordingState(models.TextChoices):
    """Where one text of an agreement is on its road to being signed."""

    DRAFT = "draft", "utkast"
    NEGOTIATED = "negotiated", "forhandlet"
    CONSULTED = "consulted", "hørt"
    SIGNED_SCHOOL = "signed_school", "signert av skolen"
    SIGNED_OWNER = "signed_owner", "signert av begge"
    IN_FORCE = "in_force", "i kraft"
    REPLACED = "replaced", "erstattet"
    DROPPED = "dropped", "trukket"


class Status(models.TextChoices):
    """How it goes with a promise; the same words for both sides."""

    PLANNED = "planned", _("Planlagt")
    ON_TRACK = "on_track", _("I rute")
    LATE = "late", _("Sen")
    DONE = "done", _("Gjort")
    NOT_DONE = "not_done", _("Ikke gjort")


def status_at(status: str, due_on: date | None, today: date) -> Status:
    """What a promise comes to today: what is not done by its date is late, whatever was said."""
    found = Status(status)
    open_still = found in {Status.PLANNED, Status.ON_TRACK}
    return Status.LATE if open_still and due_on is not None and due_on < today else found


class Outcome(models.TextChoices):
    """What a checkpoint came to."""

    ON_TRACK = "on_track", _("I rute")
    ADJUSTED = "adjusted", _("Avtalen justeres")
    DELAYED = "delayed", _("Forsinket")


# The road of the first text is the agreement's own road; later texts go theirs while the agreement lives on.
PATHS: Final[Mapping[str, Collection[str]]] = {
    State.DRAFT: {State.NEGOTIATED, State.TERMINATED},
    State.NEGOTIATED: {State.DRAFT, State.CONSULTED, State.TERMINATED},
    State.CONSULTED: {State.DRAFT, State.NEGOTIATED, State.SIGNED_SCHOOL, State.TERMINATED},
    State.SIGNED_SCHOOL: {State.NEGOTIATED, State.SIGNED_OWNER, State.TERMINATED},
    State.SIGNED_OWNER: {State.IN_FORCE},
    State.IN_FORCE: {State.ADJUSTED, State.FULFILLED, State.CLOSED, State.TERMINATED, State.STEPPED_UP},
    State.ADJUSTED: {State.ADJUSTED, State.FULFILLED, State.CLOSED, State.TERMINATED, State.STEPPED_UP},
    State.FULFILLED: {State.CLOSED},
    State.CLOSED: (),
    State.TERMINATED: (),
    State.STEPPED_UP: (),
}

WORDING_PATHS: Final[Mapping[str, Collection[str]]] = {
    WordingState.DRAFT: {WordingState.NEGOTIATED, WordingState.DROPPED},
    WordingState.NEGOTIATED: {WordingState.DRAFT, WordingState.CONSULTED, WordingState.DROPPED},
    WordingState.CONSULTED: {
        WordingState.DRAFT,
        WordingState.NEGOTIATED,
        WordingState.SIGNED_SCHOOL,
        WordingState.DROPPED,
    },
    WordingState.SIGNED_SCHOOL: {WordingState.NEGOTIATED, WordingState.SIGNED_OWNER, WordingState.DROPPED},
    WordingState.SIGNED_OWNER: {WordingState.IN_FORCE},
    WordingState.IN_FORCE: {WordingState.REPLACED},
    WordingState.REPLACED: (),
    WordingState.DROPPED: (),
}

LIVING: Final = frozenset({State.IN_FORCE, State.ADJUSTED})
ENDED: Final = frozenset({State.FULFILLED, State.CLOSED, State.TERMINATED, State.STEPPED_UP})
OPEN_WORDING: Final = frozenset(
    {WordingState.DRAFT, WordingState.NEGOTIATED, WordingState.CONSULTED, WordingState.SIGNED_SCHOOL}
)


class LineKind(StrEnum):
    """The kinds of line in a wording; the values stand in addresses."""

    COMMITMENT = "lofte"
    GOAL = "maal"
    COMPETENCE = "kompetanse"
    CHECKPOINT = "sjekkpunkt"
    CONSULTATION = "hort"
    ANNEX = "vedlegg"
