"""Words and icons of an agreement's small states."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language
from tettpaa.work.agreements.enums import Outcome, Side, State, Status
from tettpaa.work.agreements.pages import STATUS_ICONS
from tettpaa.work.agreements.pages import goals_title as title_of_goals

register = template.Library()


@register.filter
def status_icon(status: Status) -> str:
    """The kind of the component `status` for a promise's status."""
    return STATUS_ICONS[Status(status)]


@register.filter
def status_words(status: Status, row: Any) -> str:
    """`I rute`, `Sen: skulle vært gjort 1. november 2026`; the same words for both sides."""
    if status == Status.LATE and row.due_on:
        return _("Sen: frist %(day)s") % {"day": formats.day(row.due_on, reader_language())}
    return str(Status(status).label)


@register.filter
def outcome_words(outcome: str) -> str:
    """What a checkpoint came to."""
    return str(Outcome(outcome).label)


@register.filter
def side_words(side: str) -> str:
    """`Skolen`, `Skoleeier`."""
    return str(Side(side).label)


@register.filter
def state_words(state: str) -> str:
    """An agreement's state, for the list."""
    return {
        State.DRAFT: _("Utkast"),
        State.NEGOTIATED: _("Til høring"),
        State.CONSULTED: _("Venter på rektor"),
        State.SIGNED_SCHOOL: _("Venter på skoleeier"),
        State.SIGNED_OWNER: _("Signert av begge"),
        State.IN_FORCE: _("I kraft"),
        State.ADJUSTED: _("I kraft"),
        State.CHECKPOINT_DUE: _("Sjekkpunkt nå"),
        State.FULFILLED: _("Oppfylt"),
        State.CLOSED: _("Avsluttet med vurdering"),
        State.TERMINATED: _("Avbrutt"),
        State.STEPPED_UP: _("Gått til neste steg"),
    }[State(state)]


@register.filter
def goals_title(number: int) -> str:
    """`To mål, og hvor sikre vi kan bli`."""
    return title_of_goals(number)
