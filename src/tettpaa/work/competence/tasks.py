"""The room's share of the daily round: judge the year's rows of today, and delete what is over."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tettpaa.core.jobs.registry import Progress, daily
from tettpaa.work.competence.actions import forget, judge_owner
from tettpaa.work.competence.queries import owners_with_staff
from tettpaa.work.competence.requirements import school_year


@daily("competence.round")
def round_of_day(arguments: Mapping[str, Any], progress: Progress) -> dict[str, int]:
    """A day passes: a deviation has run out, a study counts, a school year is new. Nothing is done twice."""
    today = date.fromisoformat(arguments["day"])
    owners = owners_with_staff()
    judged = gone = 0
    for number, owner in enumerate(owners, start=1):
        judged += judge_owner(owner=owner, year=school_year(today), today=today)
        gone += sum(forget(owner=owner, today=today, by="system").values())
        progress(number, len(owners))
    return {"judged": judged, "deleted": gone}
