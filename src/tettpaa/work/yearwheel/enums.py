"""Choices of the room, and the roads that a task may take."""

from collections.abc import Collection, Mapping

from django.db import models


class Level(models.TextChoices):
    """Whose task a procedure makes: one for each school, or one for the owner."""

    SCHOOL = "school", "ved hver skole"
    OWNER = "owner", "i kommunen"


class Tag(models.TextChoices):
    """Why it is done. What is not known is not tagged."""

    LAW = "law", "lov"
    LOCAL = "local", "eget vedtak"
    HABIT = "habit", "vane"
    NONE = "", "ikke merket"


class Rule(models.TextChoices):
    """How a procedure finds its date in a school year."""

    DAY = "day", "fast dag"
    WITHIN = "within", "innen utgangen av en måned"
    BEFORE = "before", "uker før en annen prosedyre"
    AFTER = "after", "uker etter en annen prosedyre"


class State(models.TextChoices):
    """What is written about a task. That it is due or late is reckoned from its date (`Standing`)."""

    UPCOMING = "upcoming", "kommer"
    PARTLY = "partly", "delvis gjort"
    DONE = "done", "gjort"
    SKIPPED = "skipped", "droppet"
    NOT_APPLICABLE = "not_applicable", "gjelder ikke"
    DROPPED = "dropped", "tatt bort"


OPEN = frozenset({State.UPCOMING, State.PARTLY})
ANSWERS = frozenset({State.DONE, State.PARTLY, State.SKIPPED, State.NOT_APPLICABLE})

# `dropped` is set only when the room that wrote the date, or the wheel's own rule, takes it away.
PATHS: Mapping[str, Collection[str]] = {
    State.UPCOMING: {State.PARTLY, State.DONE, State.SKIPPED, State.NOT_APPLICABLE, State.DROPPED},
    State.PARTLY: {State.DONE, State.SKIPPED, State.NOT_APPLICABLE, State.UPCOMING, State.DROPPED},
    State.DONE: {State.UPCOMING, State.PARTLY},
    State.SKIPPED: {State.UPCOMING, State.PARTLY},
    State.NOT_APPLICABLE: {State.UPCOMING, State.PARTLY},
    State.DROPPED: {State.UPCOMING},
}


class Standing(models.TextChoices):
    """How a task stands on a day: its state, and for an open one whether the date is near or past."""

    UPCOMING = "upcoming", "kommer"
    DUE = "due", "snart frist"
    OVERDUE = "overdue", "over fristen"
    PARTLY = "partly", "delvis gjort"
    DONE = "done", "gjort"
    SKIPPED = "skipped", "droppet"
    NOT_APPLICABLE = "not_applicable", "gjelder ikke"


class HandoverState(models.TextChoices):
    """The baton: with the giver until the next person takes it."""

    OFFERED = "offered", "tilbudt"
    ACCEPTED = "accepted", "tatt imot"
    DECLINED = "declined", "sagt nei"
    WITHDRAWN = "withdrawn", "trukket"


HANDOVER_PATHS: Mapping[str, Collection[str]] = {
    HandoverState.OFFERED: {HandoverState.ACCEPTED, HandoverState.DECLINED, HandoverState.WITHDRAWN},
}


class Scope(models.TextChoices):
    """What a calendar feed holds."""

    MINE = "mine", "mine gjøremål"
    ALL = "all", "alt jeg kan se"


class Kind(models.TextChoices):
    """The three answers of a letter, as they stand in its addresses."""

    DONE = "ja", "ja, gjort"
    PARTLY = "delvis", "delvis"
    NOT_US = "gjelder-ikke", "gjelder ikke oss"


STATE_OF: Mapping[str, State] = {
    Kind.DONE: State.DONE,
    Kind.PARTLY: State.PARTLY,
    Kind.NOT_US: State.NOT_APPLICABLE,
}
