"""States and sides of a dialogue meeting, drawn as the only paths there are."""

from collections.abc import Collection, Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("Planlagt")
    INVITED = "invited", _("Innkalt")
    OPEN = "open", _("Pakken er åpen")
    FROZEN = "frozen", _("Pakken er låst")
    AGENDA = "agenda", _("Saklista er sendt")
    HELD = "held", _("Møtet er holdt")
    DRAFT = "draft", _("Referatet er ute")
    COMMENTED = "commented", _("Kommentarene er inne")
    APPROVED = "approved", _("Godkjent av begge")
    PUBLISHED = "published", _("Offentlig referat er ute")
    FOLLOWED = "followed", _("Fulgt opp")
    CLOSED = "closed", _("Avsluttet")
    POSTPONED = "postponed", _("Utsatt")
    CANCELLED = "cancelled", _("Avlyst")


_S: Final = MeetingState
_OFF: Final = (_S.POSTPONED, _S.CANCELLED)

# A postponed meeting comes back where its package was: nothing that was frozen is opened again.
PATHS: Final[Mapping[str, Collection[str]]] = {
    _S.PLANNED: {_S.INVITED, *_OFF},
    _S.INVITED: {_S.OPEN, *_OFF},
    _S.OPEN: {_S.FROZEN, *_OFF},
    _S.FROZEN: {_S.AGENDA, *_OFF},
    _S.AGENDA: {_S.HELD, *_OFF},
    _S.HELD: {_S.DRAFT},
    _S.DRAFT: {_S.COMMENTED},
    _S.COMMENTED: {_S.DRAFT, _S.APPROVED},
    _S.APPROVED: {_S.PUBLISHED},
    _S.PUBLISHED: {_S.FOLLOWED},
    _S.FOLLOWED: {_S.CLOSED},
    _S.CLOSED: set(),
    _S.POSTPONED: {_S.PLANNED, _S.INVITED, _S.OPEN, _S.FROZEN, _S.CANCELLED},
    _S.CANCELLED: set(),
}

BEFORE_FREEZING: Final = frozenset({_S.PLANNED, _S.INVITED, _S.OPEN})
BEFORE_MEETING: Final = frozenset({*BEFORE_FREEZING, _S.FROZEN, _S.AGENDA})
WRITES_MINUTES: Final = frozenset({_S.AGENDA, _S.HELD, _S.DRAFT})
ENDED: Final = frozenset({_S.CLOSED, _S.CANCELLED})


class Level(models.TextChoices):
    """Whether each school has a meeting of the kind, or the owner has one."""

    SCHOOL = "school", _("ved hver skole")
    OWNER = "owner", _("i kommunen")


class Side(models.TextChoices):
    SCHOOL = "school", _("skolen")
    OWNER = "owner", _("skoleeier")


class PartKey(models.TextChoices):
    """The parts of the package that the room knows. Other rooms' parts have keys of their own."""

    ANALYSIS = "analysis", _("Skolens egen analyse")
    PUPILS = "voice_pupils", _("Elevenes stemme")
    PARENTS = "voice_parents", _("Foreldrenes stemme")
    STAFF = "voice_staff", _("De ansattes stemme")
    LAST = "last", _("Avtalene fra sist")
    ASSESSMENT = "assessment", _("Egenvurderingen")
    DATA = "data", _("Tallene, fem år")
    QUESTIONS = "questions", _("Spørsmål fra skoleeier")


class PartState(models.TextChoices):
    MISSING = "missing", _("Ikke kommet")
    PRIVATE = "private", _("Bare eieren ser den")
    SHARED = "shared", _("Delt med alle i møtet")
    WITHDRAWN = "withdrawn", _("Trukket tilbake")


PART_PATHS: Final[Mapping[str, Collection[str]]] = {
    PartState.MISSING: {PartState.PRIVATE, PartState.SHARED},
    PartState.PRIVATE: {PartState.SHARED},
    PartState.SHARED: {PartState.WITHDRAWN},
    PartState.WITHDRAWN: {PartState.SHARED},
}


class Trace(models.TextChoices):
    """What was done with a part."""

    SHARED = "shared", _("delt")
    WITHDRAWN = "withdrawn", _("trukket tilbake")


class ProposalState(models.TextChoices):
    WAITING = "waiting", _("Venter på svar")
    TAKEN = "taken", _("På saklista")
    ELSEWHERE = "elsewhere", _("Tas et annet sted")


PROPOSAL_PATHS: Final[Mapping[str, Collection[str]]] = {
    ProposalState.WAITING: {ProposalState.TAKEN, ProposalState.ELSEWHERE},
    ProposalState.TAKEN: set(),
    ProposalState.ELSEWHERE: set(),
}


class ItemVoice(models.TextChoices):
    """Whose voice opens an item of the agenda."""

    NONE = "", _("ingen bestemt")
    ALL = "all", _("elever, foreldre og ansatte")
    PUPILS = "pupils", _("elevene")
    PARENTS = "parents", _("foreldrene")
    STAFF = "staff", _("de ansatte")


class ParagraphKind(models.TextChoices):
    SAID = "said", _("Kort sagt")
    CONCLUSION = "conclusion", _("Konklusjon")


class LetterKind(models.TextChoices):
    INVITATION = "invitation", _("Innkalling")
    AGENDA = "agenda", _("Saksliste")
    COMMENTS = "comments", _("Referat til kommentar")
    PUBLIC = "public", _("Offentlig referat")
    POSTPONED = "postponed", _("Utsatt")
    CANCELLED = "cancelled", _("Avlyst")
