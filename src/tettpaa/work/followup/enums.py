"""States of a follow-up case, of support and of an engagement, and the kinds that stand in them."""

from collections.abc import Collection, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    """From a person's judgement of signals to the closing meeting (practice.md (1), FollowUpCase)."""

    ASSESSED = "assessed", _("vurdert")
    COMMENTED = "commented", _("rektor har svart")
    NO_CASE = "no_case", _("ingen oppfølgingssak")
    OPEN = "open", _("oppfølging i gang")
    REVIEWED = "reviewed", _("gjennomgått")
    CLOSED = "closed", _("avsluttet")


CASE_PATHS: Mapping[str, Collection[str]] = {
    CaseState.ASSESSED: {CaseState.COMMENTED, CaseState.NO_CASE, CaseState.OPEN},
    CaseState.COMMENTED: {CaseState.NO_CASE, CaseState.OPEN},
    CaseState.NO_CASE: set(),
    CaseState.OPEN: {CaseState.REVIEWED},
    CaseState.REVIEWED: {CaseState.OPEN, CaseState.CLOSED},
    CaseState.CLOSED: set(),
}
LIVE: tuple[str, ...] = (CaseState.ASSESSED, CaseState.COMMENTED, CaseState.OPEN, CaseState.REVIEWED)
FOLLOWED: tuple[str, ...] = (CaseState.OPEN, CaseState.REVIEWED)


class EntryKind(models.TextChoices):
    """What is written in a case, each in its own voice; never changed."""

    JUDGEMENT = "judgement", _("vurdering")
    COMMENT = "comment", _("rektors svar")
    NO_CASE = "no_case", _("ingen sak")
    OPENED = "opened", _("sak åpnet")
    REMARK = "remark", _("merknad")
    REVIEW = "review", _("gjennomgang")
    STAY = "stay", _("blir på trinnet")
    STEP_UP = "step_up", _("opp et trinn")
    STEP_DOWN = "step_down", _("ned et trinn")
    CLOSED = "closed", _("avsluttet")


class SupportKind(models.TextChoices):
    """Three different things (practice.md §4.2): one may be left, one is taken part in, one must be followed."""

    ADVICE = "advice", _("råd")
    GUIDANCE = "guidance", _("veiledning")
    INSTRUCTION = "instruction", _("instruksjon")


class Giver(models.TextChoices):
    """Who gives the support."""

    SUBJECT_TEAM = "subject_team", _("skolefagstab")
    PPT = "ppt", _("PPT")
    ADVISER_CORPS = "adviser_corps", _("veilederkorps")
    OTHER = "other", _("andre")


class SupportState(models.TextChoices):
    GIVEN = "given", _("gitt")
    ACKNOWLEDGED = "acknowledged", _("lest av skolen")
    ACTED = "acted", _("fulgt opp")
    EVALUATED = "evaluated", _("evaluert")


SUPPORT_PATHS: Mapping[str, Collection[str]] = {
    SupportState.GIVEN: {SupportState.ACKNOWLEDGED},
    SupportState.ACKNOWLEDGED: {SupportState.ACTED},
    SupportState.ACTED: {SupportState.EVALUATED},
    SupportState.EVALUATED: set(),
}


class Verb(models.TextChoices):
    """The adviser corps' four steps (seed S4.8)."""

    NEED = "need", _("finne behov og sette mål")
    PLAN = "plan", _("finne løsninger og planlegge")
    CARRY_OUT = "carry_out", _("gjennomføre")
    EVALUATE = "evaluate", _("evaluere")
    ENDED = "ended", _("avsluttet")


VERB_PATHS: Mapping[str, Collection[str]] = {
    Verb.NEED: {Verb.PLAN, Verb.ENDED},
    Verb.PLAN: {Verb.NEED, Verb.CARRY_OUT, Verb.ENDED},
    Verb.CARRY_OUT: {Verb.PLAN, Verb.EVALUATE, Verb.ENDED},
    Verb.EVALUATE: {Verb.NEED, Verb.ENDED},
    Verb.ENDED: set(),
}


class ContactKind(models.TextChoices):
    """Visits, and what happens between them."""

    VISIT = "visit", _("besøk")
    CONTACT = "contact", _("kontakt mellom besøk")
    NOTE = "note", _("notat")


class PointKind(models.TextChoices):
    """Lines of the two tools: SWOT for the owner, and the expectation analysis between the roles."""

    STRENGTH = "strength", _("styrke")
    WEAKNESS = "weakness", _("svakhet")
    OPPORTUNITY = "opportunity", _("mulighet")
    THREAT = "threat", _("trussel")
    MY_TASKS = "my_tasks", _("mine oppgaver")
    EXPECT_OF_YOU = "expect_of_you", _("jeg venter av deg")
    EXPECT_OF_ME = "expect_of_me", _("du kan vente av meg")
    GREY_ZONE = "grey_zone", _("uklart mellom oss")
    AGREED = "agreed", _("vi er enige om")


SWOT: tuple[str, ...] = (
    PointKind.STRENGTH,
    PointKind.WEAKNESS,
    PointKind.OPPORTUNITY,
    PointKind.THREAT,
)
EXPECTATIONS: tuple[str, ...] = (
    PointKind.MY_TASKS,
    PointKind.EXPECT_OF_YOU,
    PointKind.EXPECT_OF_ME,
    PointKind.GREY_ZONE,
    PointKind.AGREED,
)
