"""The room's share of the daily round: words about people who are gone are emptied."""

from collections.abc import Mapping
from typing import Any

from tettpaa.core.jobs.registry import Progress, daily
from tettpaa.work.funds.actions import forget
from tettpaa.work.funds.queries import owners_with_applications


@daily("funds.round")
def round_of_day(arguments: Mapping[str, Any], progress: Progress) -> dict[str, int]:  # noqa: ARG001 - every job gets them
    """After the records of the staff are deleted; nothing is done twice."""
    owners = owners_with_applications()
    gone = sum(forget(owner=owner, by="system") for owner in owners)
    progress(1, 1)
    return {"emptied": gone}
