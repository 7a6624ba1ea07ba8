"""States and choices of the room, and the paths between the states."""

from collections.abc import Collection, Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What the owner takes part in."""

    NATIONAL = "national", _("Nasjonalt program")
    PARTNERSHIP = "partnership", _("Partnerskap")
    NETWORK = "network", _("Nettverk på tvers av kommuner")
    PROJECT = "project", _("Prosjekt")
    MEASURE = "measure", _("Tiltak")


class State(models.TextChoices):
    """Where a programme is on its road."""

    PROPOSED = "proposed", _("Foreslått")
    MANDATED = "mandated", _("Har mandat")
    RUNNING = "running", _("Pågår")
    REPORTED = "reported", _("Rapportert")
    CLOSED = "closed", _("Avsluttet")
    STOPPED = "stopped", _("Stoppet")


PATHS: Final[Mapping[str, Collection[str]]] = {
    State.PROPOSED: (State.MANDATED, State.RUNNING, State.STOPPED),
    State.MANDATED: (State.RUNNING, State.STOPPED),
    State.RUNNING: (State.REPORTED, State.STOPPED),
    State.REPORTED: (State.CLOSED, State.RUNNING),
}
ONGOING: Final = (State.MANDATED, State.RUNNING)
ENDED: Final = (State.REPORTED, State.CLOSED, State.STOPPED)
NEEDS_REASON: Final = (State.STOPPED,)


class Scope(models.TextChoices):
    """Which schools take part. All but `chosen` and `none` are reckoned from the register, not listed."""

    ALL = "all", _("Alle skolene")
    PRIMARY = "primary", _("Alle skoler med barnetrinn")
    LOWER_SECONDARY = "lower_secondary", _("Alle skoler med ungdomstrinn")
    CHOSEN = "chosen", _("Noen skoler")
    NONE = "none", _("Ikke skolene selv")


class PartnerKind(models.TextChoices):
    """Who works with the owner."""

    UNIVERSITY = "university", _("Universitet eller høgskole")
    VOCATIONAL = "vocational", _("Fagskole")
    MUNICIPALITY = "municipality", _("Kommune")
    PRIVATE = "private", _("Private skoler")
    LIBRARY = "library", _("Bibliotek")
    STATE = "state", _("Statlig organ")
    OTHER = "other", _("Andre")


class GroupKind(models.TextChoices):
    """The places where a project is led and done."""

    STEERING = "steering", _("Styringsgruppe")
    COMMON = "common", _("Fellesmøte")
    PROJECT = "project", _("Prosjektgruppe")
    WORKING = "working", _("Arbeidsgruppe")
    OTHER = "other", _("Annen gruppe")


class MilestoneState(models.TextChoices):
    """Whether a milestone is reached."""

    COMING = "coming", _("Kommer")
    REACHED = "reached", _("Nådd")
    DROPPED = "dropped", _("Droppet")


MILESTONE_PATHS: Final[Mapping[str, Collection[str]]] = {
    MilestoneState.COMING: (MilestoneState.REACHED, MilestoneState.DROPPED),
    MilestoneState.REACHED: (MilestoneState.COMING,),
    MilestoneState.DROPPED: (MilestoneState.COMING,),
}
