"""How far plans have come and what their parts can be, with the drawn paths between the states."""

from collections.abc import Collection, Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    """The road of the owner's plan (practice.md (1), QualityPlan)."""

    DRAFT = "draft", _("utkast")
    FIRST_READING = "first_reading", _("første behandling")
    HEARING = "hearing", _("på høring")
    SECOND_READING = "second_reading", _("andre behandling")
    ADOPTED = "adopted", _("vedtatt")
    IN_FORCE = "in_force", _("i kraft")
    REVISION = "revision", _("under revisjon")
    EXPIRED = "expired", _("utløpt")


# A reading may send the plan back; a small revision may go straight to the second reading. Not every owner's road has
# two readings: some ask before the first, and some adopt at it. A hearing that was opened too early is called off.
PLAN_PATHS: Final[Mapping[str, Collection[str]]] = {
    PlanState.DRAFT: (PlanState.FIRST_READING, PlanState.HEARING),
    PlanState.FIRST_READING: (PlanState.HEARING, PlanState.ADOPTED, PlanState.DRAFT),
    PlanState.HEARING: (PlanState.SECOND_READING, PlanState.DRAFT),
    PlanState.SECOND_READING: (PlanState.ADOPTED, PlanState.HEARING),
    PlanState.ADOPTED: (PlanState.IN_FORCE,),
    PlanState.IN_FORCE: (PlanState.REVISION, PlanState.EXPIRED),
    PlanState.REVISION: (
        PlanState.FIRST_READING,
        PlanState.HEARING,
        PlanState.SECOND_READING,
        PlanState.EXPIRED,
    ),
    PlanState.EXPIRED: (),
}

# Words may be changed here; elsewhere the plan is sealed, or lies with those who decide.
OPEN_STATES: Final = frozenset(
    {
        PlanState.DRAFT,
        PlanState.FIRST_READING,
        PlanState.HEARING,
        PlanState.SECOND_READING,
        PlanState.REVISION,
    }
)
# Everybody who may read plans may read the words as they stand now: from the day they lie with those who decide.
SHARED_STATES: Final = frozenset(
    {
        PlanState.FIRST_READING,
        PlanState.HEARING,
        PlanState.SECOND_READING,
        PlanState.ADOPTED,
        PlanState.IN_FORCE,
        PlanState.EXPIRED,
    }
)


class AreaState(models.TextChoices):
    PROPOSED = "proposed", _("foreslått")
    ADOPTED = "adopted", _("vedtatt")
    ENDED = "ended", _("avsluttet")


class GoalKind(models.TextChoices):
    RESULT = "result", _("læringsresultat")
    ENVIRONMENT = "environment", _("læringsmiljø")
    PRACTICE = "practice", _("praksis")


class GoalState(models.TextChoices):
    DRAFT = "draft", _("utkast")
    ADOPTED = "adopted", _("vedtatt")
    ACHIEVED = "achieved", _("nådd")
    PARTLY = "partly", _("delvis nådd")
    NOT_ACHIEVED = "not", _("ikke nådd")
    DROPPED = "dropped", _("tatt ut")


GOAL_PATHS: Final[Mapping[str, Collection[str]]] = {
    GoalState.DRAFT: (GoalState.ADOPTED, GoalState.DROPPED),
    GoalState.ADOPTED: (GoalState.ACHIEVED, GoalState.PARTLY, GoalState.NOT_ACHIEVED, GoalState.DROPPED),
    GoalState.ACHIEVED: (),
    GoalState.PARTLY: (),
    GoalState.NOT_ACHIEVED: (),
    GoalState.DROPPED: (GoalState.ADOPTED,),
}


class SignView(models.TextChoices):
    """Who would notice the sign of good practice."""

    PUPIL = "pupil", _("Eleven")
    TEACHER = "teacher", _("Læreren")
    PARENT = "parent", _("Foreldrene")
    ORGANISATION = "organisation", _("Skolen som organisasjon")


class ElementKind(models.TextChoices):
    """What an element of the whole system is; the order is that of the sheet's columns."""

    DOCUMENT = "document", _("styrende dokument")
    TOOL = "tool", _("verktøy")
    SUPPORT = "support", _("støttesystem")
    MEETING = "meeting", _("møte")
    AGREEMENT = "agreement", _("avtale")
    COMPETENCE = "competence", _("kompetanse")
    REPORT = "report", _("melding")
    BODY = "body", _("organ")


class SchoolPlanState(models.TextChoices):
    """The road of a school's own plan (practice.md (1), SchoolPlan)."""

    DRAFT = "draft", _("utkast")
    HEARD = "heard", _("hos organene")
    ADOPTED = "adopted", _("vedtatt")
    MIDYEAR = "midyear", _("midtveisstatus gitt")
    EVALUATED = "evaluated", _("evaluert")


SCHOOL_PLAN_PATHS: Final[Mapping[str, Collection[str]]] = {
    SchoolPlanState.DRAFT: (SchoolPlanState.HEARD,),
    SchoolPlanState.HEARD: (SchoolPlanState.ADOPTED, SchoolPlanState.DRAFT),
    SchoolPlanState.ADOPTED: (SchoolPlanState.MIDYEAR,),
    SchoolPlanState.MIDYEAR: (SchoolPlanState.EVALUATED,),
    SchoolPlanState.EVALUATED: (),
}
