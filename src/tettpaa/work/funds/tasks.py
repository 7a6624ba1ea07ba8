"""The room's share of the daily round, and the letter to who applied."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tettpaa.core.jobs.registry import Progress, daily, job
from tettpaa.work.funds.actions import forget
from tettpaa.work.funds.letters import tell_step
from tettpaa.work.funds.queries import owners_with_applications, untold


@daily("funds.round")
def round_of_day(arguments: Mapping[str, Any], progress: Progress) -> dict[str, int]:
    """Words about people whose records are deleted are emptied, and letters that could not be sent are tried again."""
    gone = sum(forget(owner=owner, by="system") for owner in owners_with_applications())
    progress(1, 2)
    sent = [tell_step(step) for step in untold(date.fromisoformat(arguments["day"]))]
    progress(2, 2)
    return {"emptied": gone, "letters": sent.count(True), "failed": sent.count(False)}


@job("funds.tell")
def tell(arguments: Mapping[str, Any], progress: Progress) -> None:
    """The letter about one step, if the application still stands there."""
    tell_step(arguments["step"])
    progress(1, 1)
