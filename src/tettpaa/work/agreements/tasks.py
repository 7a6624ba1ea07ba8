"""What is done beside the pages: the letters when a signature is waited for."""

from collections.abc import Mapping
from typing import Any

from tettpaa.core.jobs.registry import Progress, job
from tettpaa.work.agreements.actions.ground import LETTERS
from tettpaa.work.agreements.letters import send_all


@job(LETTERS)
def letters(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The letters of one step. Run again, nobody gets the same letter twice."""
    return {"sent": send_all(int(arguments["step"]), progress=progress)}
