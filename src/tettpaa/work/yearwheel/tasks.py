"""The wheel's share of the daily round, and the letter of an offer."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tettpaa.core.jobs.registry import Progress, daily, job
from tettpaa.work.yearwheel.actions import roll_year
from tettpaa.work.yearwheel.actions.reminding import digests, forget_links, remind
from tettpaa.work.yearwheel.letters import language_of, send_offer
from tettpaa.work.yearwheel.queries import offer_to_tell, owners_with_procedures
from tettpaa.work.yearwheel.rules import school_year_of

KEPT = timedelta(days=60)  # so long an expired link still says what became of the task
AHEAD = timedelta(days=31)  # from July on the next school year is there


@daily("yearwheel.round")
def round_of_day(arguments: Mapping[str, Any], progress: Progress) -> dict[str, int]:
    """Roll the year, then remind. What a worker that was away left undone is done now; nothing is done twice."""
    today = date.fromisoformat(arguments["day"])
    owners = owners_with_procedures()
    made = 0
    for number, owner in enumerate(owners, start=1):
        for year in sorted({school_year_of(today), school_year_of(today + AHEAD)}):
            made += roll_year(owner=owner, school_year=year, by="system", on=today).made
        progress(number, len(owners))
    forget_links(before=timezone.now() - KEPT)
    sent, unsent = remind(today=today)
    weekly, unsent_weekly = digests(today=today)
    return {"made": made, "reminders": sent, "digests": weekly, "failed": unsent + unsent_weekly}


@job("yearwheel.tell_of_offer")
def tell_of_offer(arguments: Mapping[str, Any], progress: Progress) -> None:
    """The letter to the one a task is offered to; nothing when the offer is answered already."""
    offer = offer_to_tell(arguments["handover"])
    if offer is not None:
        send_offer(offer=offer, language=language_of(offer.task.place, offer.task.owner))
    progress(1, 1)
