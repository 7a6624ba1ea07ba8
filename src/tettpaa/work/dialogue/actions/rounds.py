"""What happens by itself: packages open, freeze and agendas go out on their day, and premises are carried on."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.work.agreements.enums import LIVING
from tettpaa.work.dialogue.actions.agenda import send_agenda
from tettpaa.work.dialogue.actions.errors import RefusedError
from tettpaa.work.dialogue.actions.follow import carry_premises
from tettpaa.work.dialogue.actions.freeze import freeze
from tettpaa.work.dialogue.actions.package import open_package
from tettpaa.work.dialogue.dates import end_proposals
from tettpaa.work.dialogue.enums import BEFORE_FREEZING, MeetingState
from tettpaa.work.dialogue.models import Meeting

log = logging.getLogger(__name__)
SYSTEM = "system"


def make_round(*, now: datetime | None = None, by: str = SYSTEM) -> dict[str, int]:
    """Do what is due. Each meeting in a transaction of its own; run again, nothing is done twice.

    Returns how many meetings were opened, frozen, sent and carried.
    """
    at = now or timezone.now()
    today = timezone.localdate(at)
    meetings = Meeting.objects.select_related("owner", "school", "kind", "goal")
    for one in meetings.filter(state__in=BEFORE_FREEZING, proposals_until__lt=today):
        end_proposals(one, by=by, at=at)
    return {
        "opened": _each(
            meetings.filter(state=MeetingState.INVITED, opens_on__lte=today),
            lambda one: open_package(meeting=one, by=by, at=at),
        ),
        "frozen": _each(
            meetings.filter(state=MeetingState.OPEN, freezes_at__lte=at),
            lambda one: freeze(meeting=one, by=by, at=at),
        ),
        "sent": _each(
            meetings.filter(state=MeetingState.FROZEN, agenda_by=today),
            lambda one: send_agenda(meeting=one, by=by, at=at),
        ),
        "carried": _each(
            meetings.filter(carried_on=None, agreement__state__in=sorted(LIVING)),
            lambda one: carry_premises(meeting=one, by=by, on=today),
        ),
    }


def _each(meetings: Any, deed: Callable[[Meeting], object]) -> int:
    """Do it for each; one that is refused (somebody was there first, or the agenda is too late) stops no other."""
    done = 0
    for meeting in meetings:
        try:
            deed(meeting)
        except (NotAllowedError, RefusedError):
            log.info("meeting %s was left as it is", meeting.pk)
        else:
            done += 1
    return done
