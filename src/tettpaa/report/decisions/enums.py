"""The political road: kinds of step, states of a case, of a statement, and what a decision is made of."""

from collections.abc import Collection, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class StepKind(models.TextChoices):
    """What happens at a step of the road. Only the last three bodies keep a protocol."""

    SKETCH = "sketch", _("skisse")
    DIALOGUE = "dialogue", _("dialogmøte")
    CONSULTATION = "consultation", _("høring")
    COMMITTEE = "committee", _("utvalg")
    EXECUTIVE = "executive", _("formannskap")
    COUNCIL = "council", _("kommunestyre")
    AFTERMATH = "aftermath", _("etterarbeid")


class Subject(models.TextChoices):
    """What a case is about."""

    REPORT = "report", _("melding")
    PLAN = "plan", _("plan")


class CaseState(models.TextChoices):
    """Where a case is (practice.md (1), PoliticalCase)."""

    PREPARED = "prepared", _("forberedes")
    SUBMITTED = "submitted", _("sendt")
    COMMITTEE = "committee", _("i utvalget")
    EXECUTIVE = "executive", _("i formannskapet")
    COUNCIL = "council", _("i kommunestyret")
    POSTPONED = "postponed", _("utsatt")
    SENT_BACK = "sent_back", _("sendt tilbake")
    DECIDED = "decided", _("vedtatt")
    CLOSED = "closed", _("avsluttet")


BODIES: frozenset[str] = frozenset({CaseState.COMMITTEE, CaseState.EXECUTIVE, CaseState.COUNCIL})
_ENDS: frozenset[str] = frozenset({CaseState.POSTPONED, CaseState.SENT_BACK, CaseState.DECIDED})
CASE_PATHS: Mapping[str, Collection[str]] = {
    CaseState.PREPARED: {CaseState.SUBMITTED},
    CaseState.SUBMITTED: BODIES,
    CaseState.COMMITTEE: {CaseState.EXECUTIVE, CaseState.COUNCIL, *_ENDS},
    CaseState.EXECUTIVE: {CaseState.COMMITTEE, CaseState.COUNCIL, *_ENDS},
    CaseState.COUNCIL: {CaseState.COMMITTEE, CaseState.EXECUTIVE, *_ENDS},
    CaseState.POSTPONED: BODIES,
    CaseState.SENT_BACK: {CaseState.PREPARED},
    CaseState.DECIDED: {CaseState.CLOSED},
    CaseState.CLOSED: set(),
}


class StatementState(models.TextChoices):
    """A body's statement; the answer says what it changed."""

    RECEIVED = "received", _("mottatt")
    ANSWERED = "answered", _("besvart")
    ATTACHED = "attached", _("lagt ved saken")


STATEMENT_PATHS: Mapping[str, Collection[str]] = {
    StatementState.RECEIVED: {StatementState.ANSWERED},
    StatementState.ANSWERED: {StatementState.ATTACHED},
    StatementState.ATTACHED: set(),
}


class Outcome(models.TextChoices):
    """What a body did with the case."""

    RECOMMENDED = "recommended", _("innstilte")
    ADOPTED = "adopted", _("vedtok")
    CHANGED = "changed", _("vedtok med endringer")
    POSTPONED = "postponed", _("utsatte")
    SENT_BACK = "sent_back", _("sendte tilbake")


OUTCOME_STATES: Mapping[str, str] = {
    Outcome.ADOPTED: CaseState.DECIDED,
    Outcome.CHANGED: CaseState.DECIDED,
    Outcome.POSTPONED: CaseState.POSTPONED,
    Outcome.SENT_BACK: CaseState.SENT_BACK,
}


class ItemKind(models.TextChoices):
    """The four kinds of what a council says (practice.md (1), DecisionItem)."""

    NOTED = "noted", _("tas til orientering")
    DECISION = "decision", _("vedtak")
    REFERRAL = "referral", _("oversendelse")
    ORAL = "oral", _("verbalforslag")


class ItemState(models.TextChoices):
    """What has become of it; the newest report back says it."""

    ASSIGNED = "assigned", _("ikke meldt tilbake")
    STARTED = "started", _("i gang")
    DONE = "done", _("gjort")
    NOT_DONE = "not_done", _("ikke gjort")


ITEM_PATHS: Mapping[str, Collection[str]] = {
    ItemState.ASSIGNED: {ItemState.STARTED, ItemState.DONE, ItemState.NOT_DONE},
    ItemState.STARTED: {ItemState.STARTED, ItemState.DONE, ItemState.NOT_DONE},
    ItemState.NOT_DONE: {ItemState.STARTED, ItemState.DONE},
    ItemState.DONE: set(),
}


class Becomes(models.TextChoices):
    """What a decision leads to in the daily work."""

    INITIATIVE = "initiative", _("et tiltak")
    TASK = "task", _("en frist i årshjulet")
    NOTHING = "nothing", _("ikke noe nytt")


class PublicationState(models.TextChoices):
    """A report is held back from the moment its publication is planned until somebody publishes it."""

    PLANNED = "planned", _("planlagt")
    PUBLISHED = "published", _("publisert")


PUBLICATION_PATHS: Mapping[str, Collection[str]] = {
    PublicationState.PLANNED: {PublicationState.PUBLISHED},
    PublicationState.PUBLISHED: {PublicationState.PLANNED},
}
