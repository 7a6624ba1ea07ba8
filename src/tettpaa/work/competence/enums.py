"""Kinds and states of the room, and the paths between the states."""

from collections.abc import Collection, Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffRole(models.TextChoices):
    """What somebody is employed as. Wider than the roles that give rights (core/orgs): not everybody signs in."""

    TEACHER = "teacher", _("lærer")
    ASSISTANT = "assistant", _("assistent")
    DEPARTMENT_HEAD = "department_head", _("avdelingsleder")
    PRINCIPAL = "principal", _("rektor")
    ADVISER = "adviser", _("rådgiver")
    UNIT_LEADER = "unit_leader", _("enhetsleder")
    OTHER = "other", _("annen ansatt")


# Who leads whom at one place: a leader reads records of those with a lower rank. Department heads do not read leaders'.
RANKS: Final[Mapping[str, int]] = {"department_head": 1, "principal": 2, "unit_leader": 2}
OWNER_RANK: Final = 3


class Employment(models.TextChoices):
    """The three ways into a teaching post (OL § 17-3; before 1 August 2024 §§ 10-1, 10-6 and 10-6 a)."""

    PERMANENT = "permanent", _("fast ansatt")
    CONDITIONAL = "conditional", _("midlertidig, på vilkår om påbegynt lærerutdanning")
    TEMPORARY = "temporary", _("midlertidig")


class Stage(models.TextChoices):
    """The stages that requirements differ between."""

    PRIMARY = "primary", _("barnetrinnet")
    LOWER_SECONDARY = "lower_secondary", _("ungdomstrinnet")


class Ground(models.TextChoices):
    """Why a requirement does not hold for a person (OL § 17-4 second paragraph; temporary follows from `employment`)."""

    BEFORE_2014 = "before_2014", _("kunne ansettes som lærer før 1. januar 2014")
    GENERAL_TEACHER = "general_teacher", _("allmennlærer")
    TEMPORARY = "temporary", _("midlertidig ansatt")


class Standing(models.TextChoices):
    """How a person stands to the requirement of one subject on one day."""

    MET = "met", _("oppfyller kravet")
    NO_REQUIREMENT = "no_requirement", _("ingen krav i faget")
    EXEMPT = "exempt", _("omfattes ikke av kravet")
    DEVIATION = "deviation", _("fravik er vedtatt for skoleåret")
    GAP = "gap", _("oppfyller ikke kravet")
    UNKNOWN = "unknown", _("kravet er ikke lagt inn")


class DeviationState(models.TextChoices):
    PROPOSED = "proposed", _("foreslått")
    DECIDED = "decided", _("vedtatt")
    REFUSED = "refused", _("avslått")
    WITHDRAWN = "withdrawn", _("trukket")


DEVIATION_PATHS: Final[Mapping[str, Collection[str]]] = {
    DeviationState.PROPOSED: (DeviationState.DECIDED, DeviationState.REFUSED, DeviationState.WITHDRAWN),
    DeviationState.WITHDRAWN: (DeviationState.PROPOSED,),
    DeviationState.REFUSED: (DeviationState.PROPOSED,),
}


class PlanState(models.TextChoices):
    DRAFT = "draft", _("utkast")
    DISCUSSED = "discussed", _("drøftet med tillitsvalgte")
    ADOPTED = "adopted", _("vedtatt")
    IN_USE = "in_use", _("i bruk")
    EVALUATED = "evaluated", _("evaluert")


PLAN_PATHS: Final[Mapping[str, Collection[str]]] = {
    PlanState.DRAFT: (PlanState.DISCUSSED,),
    PlanState.DISCUSSED: (PlanState.DRAFT, PlanState.ADOPTED),
    PlanState.ADOPTED: (PlanState.IN_USE, PlanState.DRAFT),
    PlanState.IN_USE: (PlanState.EVALUATED, PlanState.DRAFT),
}
OPEN_PLANS: Final = frozenset({PlanState.DRAFT, PlanState.DISCUSSED})
PUBLISHED_PLANS: Final = frozenset({PlanState.ADOPTED, PlanState.IN_USE, PlanState.EVALUATED})


class NeedSource(models.TextChoices):
    """Where a need in the plan comes from."""

    GAP = "gap", _("kompetansekrav")
    AGREEMENT = "agreement", _("avtaler")
    GOAL = "goal", _("mål i planen")
    SCHOOL = "school", _("skolenes egne ord")


class MentorshipState(models.TextChoices):
    OFFERED = "offered", _("tilbudt")
    FIRST_YEAR = "first_year", _("første år")
    SECOND_YEAR = "second_year", _("andre år")
    COMPLETED = "completed", _("gjennomført")
    DECLINED = "declined", _("takket nei")
    ENDED = "ended", _("avbrutt")


MENTORSHIP_PATHS: Final[Mapping[str, Collection[str]]] = {
    MentorshipState.OFFERED: (MentorshipState.FIRST_YEAR, MentorshipState.DECLINED),
    MentorshipState.DECLINED: (MentorshipState.OFFERED,),
    MentorshipState.FIRST_YEAR: (MentorshipState.SECOND_YEAR, MentorshipState.ENDED),
    MentorshipState.SECOND_YEAR: (MentorshipState.COMPLETED, MentorshipState.ENDED),
    MentorshipState.ENDED: (MentorshipState.OFFERED,),
}
MENTORSHIP_ANSWERS: Final = (MentorshipState.FIRST_YEAR, MentorshipState.DECLINED)  # to an offer, by oneself
MENTORED: Final = frozenset(
    {MentorshipState.FIRST_YEAR, MentorshipState.SECOND_YEAR, MentorshipState.COMPLETED}
)


class LeaderStudyKind(models.TextChoices):
    STATE = "state", _("statlig rektorutdanning")
    MUNICIPAL = "municipal", _("kommunal rektorskole")
    MODULE = "module", _("modul etter rektorutdanning")


class StudyState(models.TextChoices):
    APPLIED = "applied", _("søkt")
    GRANTED = "granted", _("innvilget")
    REFUSED = "refused", _("avslått")
    STARTED = "started", _("i gang")
    COMPLETED = "completed", _("fullført")
    DROPPED = "dropped", _("avbrutt")


STUDY_PATHS: Final[Mapping[str, Collection[str]]] = {
    StudyState.APPLIED: (StudyState.GRANTED, StudyState.REFUSED, StudyState.DROPPED),
    StudyState.GRANTED: (StudyState.STARTED, StudyState.DROPPED),
    StudyState.STARTED: (StudyState.COMPLETED, StudyState.DROPPED),
}


class TradeRoute(models.TextChoices):
    """The two ways from assistant to trade certificate (OL § 23-2 and § 7-1)."""

    EXPERIENCE = "experience", _("praksiskandidat")
    ON_THE_JOB = "on_the_job", _("fagbrev på jobb")


class TradeState(models.TextChoices):
    REGISTERED = "registered", _("meldt")
    PRACTICE_APPROVED = "practice_approved", _("praksis godkjent")
    THEORY_PASSED = "theory_passed", _("teori bestått")
    PASSED = "passed", _("fagprøve bestått")
    STOPPED = "stopped", _("avbrutt")


_TRADE: Final[Mapping[str, Collection[str]]] = {
    TradeState.REGISTERED: (TradeState.PRACTICE_APPROVED, TradeState.STOPPED),
    TradeState.PRACTICE_APPROVED: (TradeState.THEORY_PASSED, TradeState.STOPPED),
    TradeState.THEORY_PASSED: (TradeState.PASSED, TradeState.STOPPED),
    TradeState.STOPPED: (TradeState.REGISTERED,),
}
# An experience candidate sits a written exam before the test. Whether one on the job must do so too is the county's
# word in each case: both steps are drawn.
TRADE_PATHS: Final[Mapping[str, Mapping[str, Collection[str]]]] = {
    TradeRoute.EXPERIENCE: _TRADE,
    TradeRoute.ON_THE_JOB: {
        **_TRADE,
        TradeState.PRACTICE_APPROVED: (TradeState.THEORY_PASSED, TradeState.PASSED, TradeState.STOPPED),
    },
}


class RoleState(models.TextChoices):
    APPOINTED = "appointed", _("utpekt")
    ACTIVE = "active", _("i arbeid")
    ENDED = "ended", _("avsluttet")


ROLE_PATHS: Final[Mapping[str, Collection[str]]] = {
    RoleState.APPOINTED: (RoleState.ACTIVE, RoleState.ENDED),
    RoleState.ACTIVE: (RoleState.ENDED,),
}


class WalkState(models.TextChoices):
    PLANNED = "planned", _("planlagt")
    NOTIFIED = "notified", _("varslet")
    DONE = "done", _("gjennomført")
    TALKED = "talked", _("samtalen er holdt")
    CLOSED = "closed", _("avsluttet")
    CANCELLED = "cancelled", _("avlyst")


WALK_PATHS: Final[Mapping[str, Collection[str]]] = {
    WalkState.PLANNED: (WalkState.NOTIFIED, WalkState.CANCELLED),
    WalkState.NOTIFIED: (WalkState.DONE, WalkState.CANCELLED),
    WalkState.DONE: (WalkState.TALKED,),
    WalkState.TALKED: (WalkState.CLOSED,),
}


class GuidanceState(models.TextChoices):
    CONTRACTED = "contracted", _("avtalt")
    RUNNING = "running", _("i gang")
    CONCLUDED = "concluded", _("avsluttet")


GUIDANCE_PATHS: Final[Mapping[str, Collection[str]]] = {
    GuidanceState.CONTRACTED: (GuidanceState.RUNNING, GuidanceState.CONCLUDED),
    GuidanceState.RUNNING: (GuidanceState.CONCLUDED,),
}


class SessionKind(models.TextChoices):
    BEFORE = "before", _("førsamtale")
    OBSERVATION = "observation", _("observasjon")
    AFTER = "after", _("ettersamtale")
