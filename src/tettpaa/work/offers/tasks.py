"""The room's share of the daily round, and the letter of a registration."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tettpaa.core.jobs.registry import Progress, daily, job
from tettpaa.work.offers.actions import close_survey, pass_on
from tettpaa.work.offers.actions.forgetting import forget
from tettpaa.work.offers.actions.reminding import remind
from tettpaa.work.offers.letters import tell_called_off, tell_standing
from tettpaa.work.offers.queries import called_off, open_lines, past_surveys, rows_to_tell


@daily("offers.round")
def round_of_day(arguments: Mapping[str, Any], progress: Progress) -> dict[str, int]:
    """Seats go on to the next, evaluations are counted, gatherings are reminded of. Nothing is done twice."""
    today = date.fromisoformat(arguments["day"])
    passed = sum(pass_on(offer=key, on=today) for key in open_lines(today))
    progress(1, 3)
    closed = [close_survey(survey=key, by="system") for key in past_surveys(today)]
    progress(2, 3)
    sent, failed = remind(today=today)
    forget(today=today)
    progress(3, 3)
    return {"passed_on": passed, "closed": len(closed), "reminders": sent, "failed": failed}


@job("offers.tell")
def tell(arguments: Mapping[str, Any], progress: Progress) -> None:
    """The letter about a registration, if it still stands as it did when somebody wanted to tell of it."""
    row = rows_to_tell(arguments["registration"])
    if row is not None and row.state == arguments["state"]:
        tell_standing(row)
    progress(1, 1)


@job("offers.called_off")
def tell_all(arguments: Mapping[str, Any], progress: Progress) -> None:
    """The letter to everybody who was to come to what is called off; each goes out once."""
    of, people = called_off(**arguments)
    for number, person in enumerate(people, start=1):
        tell_called_off(person, of)
        progress(number, len(people))
