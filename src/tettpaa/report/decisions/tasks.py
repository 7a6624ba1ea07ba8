"""What is done beside the pages: the letters when a body is asked."""

from collections.abc import Mapping
from typing import Any

from tettpaa.core.jobs.registry import Progress, job
from tettpaa.report.decisions.actions.hearings import LETTERS
from tettpaa.report.decisions.letters import send_all


@job(LETTERS)
def letters(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The letters of one hearing. Run again, nobody gets the same letter twice."""
    return {"sent": send_all(arguments["hearing"], progress=progress)}
