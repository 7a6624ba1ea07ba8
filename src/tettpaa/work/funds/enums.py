"""States and choices of the room, and the paths between the states."""

from collections.abc import Collection, Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class SchemeKind(models.TextChoices):
    """What the money is for, which decides the road of an application."""

    STUDY = "study", _("Videreutdanning")
    STIPEND = "stipend", _("Stipend til enkeltpersoner")
    MUNICIPAL = "municipal", _("Kommunale utviklingsmidler")
    STATE = "state", _("Statlig tilskudd til kollektiv utvikling")


class DateKind(models.TextChoices):
    """The dates of a scheme's year."""

    OPENS = "opens", _("Søknaden åpner")
    APPLY = "apply", _("Søkerens frist")
    LEADER = "leader", _("Lederens frist")
    RANK = "rank", _("Kommunen prioriterer innen")
    DECIDE = "decide", _("Svar på søknaden")
    ADMIT = "admit", _("Svar på opptak")
    CONFIRM_AUTUMN = "confirm_autumn", _("Bekreft høsten innen")
    PAY_AUTUMN = "pay_autumn", _("Penger for høsten")
    CONFIRM_SPRING = "confirm_spring", _("Bekreft våren innen")
    PAY_SPRING = "pay_spring", _("Penger for våren")
    NEED = "need", _("Behovsmelding innen")
    REPORT = "report", _("Rapport innen")


RANKER: Final = "head_of_schools"  # the role whose work the ranking is


class CallState(models.TextChoices):
    """Where a call is."""

    PLANNED = "planned", _("Planlagt")
    OPEN = "open", _("Åpen for søknader")
    RANKING = "ranking", _("Prioriteres")
    RANKED = "ranked", _("Prioritert")
    CLOSED = "closed", _("Avsluttet")


CALL_PATHS: Final[Mapping[str, Collection[str]]] = {
    CallState.PLANNED: (CallState.OPEN,),
    CallState.OPEN: (CallState.RANKING,),
    CallState.RANKING: (CallState.RANKED, CallState.OPEN),
    CallState.RANKED: (CallState.CLOSED,),
}


class Rule(models.TextChoices):
    """What the first order of the applications is made from; the owner chooses which, and in what order."""

    GAP = "gap", _("Fag der kravet ikke er oppfylt")
    GOAL = "goal", _("Mål i planen")
    FAIR = "fair", _("Skoler som har fått lite de siste årene")
    SCHOOL = "school", _("Skolens egen rekkefølge")


class Form(models.TextChoices):
    """How further education is paid for."""

    SUBSTITUTE = "substitute", _("Vikar")
    STIPEND = "stipend", _("Stipend")


class State(models.TextChoices):
    """Where an application is. Not every kind of application has all of them."""

    DRAFT = "draft", _("Kladd")
    SUBMITTED = "submitted", _("Sendt")
    SPOKEN = "spoken", _("Lederen har uttalt seg")
    APPROVED = "approved", _("Godkjent og prioritert")
    REJECTED = "rejected", _("Ikke godkjent av kommunen")
    GRANTED = "granted", _("Innvilget")
    REFUSED = "refused", _("Avslått")
    ADMITTED = "admitted", _("Fikk studieplass")
    NOT_ADMITTED = "not_admitted", _("Fikk ikke studieplass")
    CONFIRMED_AUTUMN = "confirmed_autumn", _("Bekreftet for høsten")
    PAID_AUTUMN = "paid_autumn", _("Utbetalt for høsten")
    CONFIRMED_SPRING = "confirmed_spring", _("Bekreftet for våren")
    PAID = "paid", _("Utbetalt")
    PASSED = "passed", _("Bestått")
    FAILED = "failed", _("Ikke bestått")
    REPORTED = "reported", _("Rapportert")
    CLOSED = "closed", _("Avsluttet")
    WITHDRAWN = "withdrawn", _("Trukket")
    DEFERRED = "deferred", _("Utsatt")
    DROPPED = "dropped", _("Avbrutt")


_STUDY: Final[Mapping[str, Collection[str]]] = {
    State.DRAFT: (State.SUBMITTED, State.WITHDRAWN),
    State.SUBMITTED: (State.SPOKEN, State.DRAFT, State.WITHDRAWN),
    State.SPOKEN: (State.APPROVED, State.REJECTED, State.WITHDRAWN),
    State.APPROVED: (State.GRANTED, State.REFUSED, State.WITHDRAWN),
    State.GRANTED: (State.ADMITTED, State.NOT_ADMITTED, State.DEFERRED, State.WITHDRAWN),
    State.ADMITTED: (State.CONFIRMED_AUTUMN, State.DEFERRED, State.WITHDRAWN),
    State.DEFERRED: (State.CONFIRMED_AUTUMN, State.WITHDRAWN),
    State.CONFIRMED_AUTUMN: (State.PAID_AUTUMN, State.DEFERRED, State.DROPPED),
    State.PAID_AUTUMN: (State.CONFIRMED_SPRING, State.PASSED, State.FAILED, State.DROPPED),
    State.CONFIRMED_SPRING: (State.PAID, State.FAILED, State.DROPPED),
    State.PAID: (State.PASSED, State.FAILED, State.DROPPED),
    State.FAILED: (State.PASSED,),
}
_STIPEND: Final[Mapping[str, Collection[str]]] = {
    State.DRAFT: (State.SUBMITTED, State.WITHDRAWN),
    State.SUBMITTED: (State.SPOKEN, State.DRAFT, State.WITHDRAWN),
    State.SPOKEN: (State.APPROVED, State.REJECTED, State.WITHDRAWN),
    State.APPROVED: (State.GRANTED, State.REFUSED, State.WITHDRAWN),
    State.GRANTED: (State.PAID, State.WITHDRAWN),
    State.PAID: (State.REPORTED, State.PASSED, State.DROPPED),
    State.REPORTED: (State.CLOSED,),
}
_MUNICIPAL: Final[Mapping[str, Collection[str]]] = {
    State.DRAFT: (State.SUBMITTED, State.WITHDRAWN),
    State.SUBMITTED: (State.APPROVED, State.REJECTED, State.DRAFT, State.WITHDRAWN),
    State.APPROVED: (State.GRANTED, State.REFUSED, State.WITHDRAWN),
    State.GRANTED: (State.PAID, State.WITHDRAWN),
    State.PAID: (State.REPORTED, State.DROPPED),
    State.REPORTED: (State.CLOSED,),
}
PATHS: Final[Mapping[str, Mapping[str, Collection[str]]]] = {
    SchemeKind.STUDY: _STUDY,
    SchemeKind.STIPEND: _STIPEND,
    SchemeKind.MUNICIPAL: _MUNICIPAL,
}
PERSONAL: Final = (SchemeKind.STUDY, SchemeKind.STIPEND)  # a person applies, not a school
REPORTING: Final = (SchemeKind.STIPEND, SchemeKind.MUNICIPAL)  # who got money tells what it was used for
NEEDS_REASON: Final = (State.REJECTED, State.DEFERRED, State.DROPPED, State.WITHDRAWN)
TOLD: Final = (  # by letter
    State.SPOKEN, State.APPROVED, State.REJECTED, State.GRANTED, State.REFUSED, State.ADMITTED, State.NOT_ADMITTED,
    State.DEFERRED, State.PAID_AUTUMN, State.PAID, State.DROPPED,
)  # fmt: skip
AFTER_PAYMENT: Final = (State.PAID_AUTUMN, State.CONFIRMED_SPRING, State.PAID)
GOT: Final = (
    State.GRANTED, State.ADMITTED, State.DEFERRED, State.CONFIRMED_AUTUMN, State.PAID_AUTUMN,
    State.CONFIRMED_SPRING, State.PAID, State.PASSED, State.FAILED, State.REPORTED, State.CLOSED, State.DROPPED,
)  # fmt: skip
STUDYING: Final = (
    State.CONFIRMED_AUTUMN, State.PAID_AUTUMN, State.CONFIRMED_SPRING, State.PAID,
)  # fmt: skip
ENDED: Final = (
    State.REJECTED, State.REFUSED, State.NOT_ADMITTED, State.PASSED, State.CLOSED, State.WITHDRAWN, State.DROPPED,
)  # fmt: skip


class AfterDrop(models.TextChoices):
    """What happens to money already paid when somebody stops."""

    REPAY = "repay", _("Pengene betales tilbake")
    REDIRECT = "redirect", _("Pengene går til en annen søker")


class NeedState(models.TextChoices):
    """Where a notice of need is, from the school's need to the report."""

    ANALYSED = "analysed", _("Behovet er vurdert")
    PARTNERED = "partnered", _("Enig med partneren")
    SUBMITTED = "submitted", _("Sendt")
    IN_FORUM = "in_forum", _("I samarbeidsforum")
    RECOMMENDED = "recommended", _("Innstilt")
    DECIDED = "decided", _("Innvilget")
    REFUSED = "refused", _("Avslått")
    PAID = "paid", _("Utbetalt")
    RUNNING = "running", _("Pågår")
    REPORTED = "reported", _("Rapportert")
    WITHDRAWN = "withdrawn", _("Trukket")


NEED_PATHS: Final[Mapping[str, Collection[str]]] = {
    NeedState.ANALYSED: (NeedState.PARTNERED, NeedState.WITHDRAWN),
    NeedState.PARTNERED: (NeedState.SUBMITTED, NeedState.ANALYSED, NeedState.WITHDRAWN),
    NeedState.SUBMITTED: (NeedState.IN_FORUM, NeedState.WITHDRAWN),
    NeedState.IN_FORUM: (NeedState.RECOMMENDED, NeedState.WITHDRAWN),
    NeedState.RECOMMENDED: (NeedState.DECIDED, NeedState.REFUSED, NeedState.WITHDRAWN),
    NeedState.DECIDED: (NeedState.PAID, NeedState.WITHDRAWN),
    NeedState.PAID: (NeedState.RUNNING,),
    NeedState.RUNNING: (NeedState.REPORTED,),
}
NEED_OVER: Final = (NeedState.REPORTED, NeedState.REFUSED, NeedState.WITHDRAWN)


class NeedPartnerKind(models.TextChoices):
    """Who the partnership may be with; a vocational college only where the scheme allows it."""

    UNIVERSITY = "university", _("Universitet eller høgskole")
    VOCATIONAL = "vocational", _("Fagskole")
