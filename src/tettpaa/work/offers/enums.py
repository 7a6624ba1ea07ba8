"""Kinds, states and the paths between them."""

from collections.abc import Collection, Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What the owner offers. A learning network is a year's edition of a network, with registration."""

    NETWORK_SERIES = "network_series", _("Lærende nettverk")
    COURSE_SERIES = "course_series", _("Kursrekke")
    COURSE = "course", _("Kurs")
    SCHOOL_BASED = "school_based", _("Skolebasert")


class OfferState(models.TextChoices):
    """Where an offer is. Whether it is full or open for registration is reckoned from seats and days."""

    DRAFT = "draft", _("Utkast")
    PUBLISHED = "published", _("Publisert")
    HELD = "held", _("Holdt")
    EVALUATED = "evaluated", _("Evaluert")
    CANCELLED = "cancelled", _("Avlyst")


OFFER_PATHS: Final[Mapping[str, Collection[str]]] = {
    OfferState.DRAFT: (OfferState.PUBLISHED,),
    OfferState.PUBLISHED: (OfferState.HELD, OfferState.CANCELLED),
    OfferState.HELD: (OfferState.EVALUATED,),
}
SHOWN: Final = (OfferState.PUBLISHED, OfferState.HELD, OfferState.EVALUATED, OfferState.CANCELLED)


class Fit(models.TextChoices):
    """How far an offer meets a key factor."""

    YES = "yes", _("Ja")
    PARTLY = "partly", _("Delvis")
    NO = "no", _("Nei")


class Step(models.TextChoices):
    """Where a registration is."""

    APPLIED = "applied", _("Venter på lederen")
    WAITING = "waiting", _("På venteliste")
    OFFERED = "offered", _("Har fått tilbud om plass")
    CONFIRMED = "confirmed", _("Har plass")
    DECLINED = "declined", _("Lederen sa nei")
    WITHDRAWN = "withdrawn", _("Meldt av")
    LAPSED = "lapsed", _("Svarte ikke på tilbudet")
    MISSED = "missed", _("Fikk ikke plass")
    ATTENDED = "attended", _("Har deltatt")
    ABSENT = "absent", _("Møtte ikke")
    COMPLETED = "completed", _("Fullført")


REGISTRATION_PATHS: Final[Mapping[str, Collection[str]]] = {
    Step.APPLIED: (Step.CONFIRMED, Step.WAITING, Step.DECLINED, Step.WITHDRAWN, Step.MISSED),
    Step.WAITING: (Step.OFFERED, Step.CONFIRMED, Step.WITHDRAWN, Step.MISSED),
    Step.OFFERED: (Step.CONFIRMED, Step.LAPSED, Step.WITHDRAWN),
    Step.CONFIRMED: (Step.ATTENDED, Step.ABSENT, Step.WITHDRAWN),
    Step.ATTENDED: (Step.COMPLETED,),
    Step.ABSENT: (Step.COMPLETED,),  # with a reason: the leader of the offer has agreed something instead
    # Who has left the line may come back, at its end.
    Step.DECLINED: (Step.APPLIED,),
    Step.WITHDRAWN: (Step.APPLIED,),
    Step.LAPSED: (Step.APPLIED,),
}
IN_LINE: Final = (Step.APPLIED, Step.WAITING)
SEATED: Final = (Step.OFFERED, Step.CONFIRMED, Step.ATTENDED, Step.ABSENT, Step.COMPLETED)
TOOK_PART: Final = (Step.CONFIRMED, Step.ATTENDED, Step.COMPLETED)
GONE: Final = (Step.DECLINED, Step.WITHDRAWN, Step.LAPSED)


class Answer(models.TextChoices):
    """Coming to a gathering, or not."""

    COMING = "coming", _("Kommer")
    NOT_COMING = "not_coming", _("Kommer ikke")


class How(models.TextChoices):
    """How it was noted that somebody was there."""

    LIST = "list", _("På lista")
    CODE = "code", _("Med kode")


class NetworkKind(models.TextChoices):
    """What a network is for."""

    LEARNING = "learning", _("Lærende nettverk")
    PROFESSIONAL = "professional", _("Fagnettverk")
    PRINCIPALS = "principals", _("Rektormøte")
    LEADERS = "leaders", _("Ledernettverk")
    SUBJECT = "subject", _("Nettverk i fag")
    PALS = "pals", _("PALS-nettverk")
    RESOURCE_TEAM = "resource_team", _("Nettverk for ressursteam")


class NetworkState(models.TextChoices):
    """Where a network is."""

    PLANNED = "planned", _("Planlagt")
    RUNNING = "running", _("I gang")
    EVALUATED = "evaluated", _("Evaluert")
    ENDED = "ended", _("Avsluttet")


NETWORK_PATHS: Final[Mapping[str, Collection[str]]] = {
    NetworkState.PLANNED: (NetworkState.RUNNING, NetworkState.ENDED),
    NetworkState.RUNNING: (NetworkState.EVALUATED, NetworkState.ENDED),
    NetworkState.EVALUATED: (NetworkState.RUNNING, NetworkState.ENDED),
}


class Part(models.TextChoices):
    """A member's part in a network."""

    LEADER = "leader", _("Leder")
    FIXED = "fixed", _("Fast medlem")
    INVITED = "invited", _("Invitert")


class MinutesState(models.TextChoices):
    """Minutes are a draft until the leader approves them; then they are never changed."""

    DRAFT = "draft", _("Utkast")
    APPROVED = "approved", _("Godkjent")


class SurveyState(models.TextChoices):
    """An evaluation takes answers, then it is counted and only the counts are left."""

    OPEN = "open", _("Åpen for svar")
    CLOSED = "closed", _("Lukket")


SURVEY_PATHS: Final[Mapping[str, Collection[str]]] = {SurveyState.OPEN: (SurveyState.CLOSED,)}
