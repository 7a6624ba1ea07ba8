"""What is done beside the pages: letters, and the round that opens, freezes and sends on its day."""

from collections.abc import Mapping
from typing import Any

from tettpaa.core.jobs.registry import Progress, daily, job
from tettpaa.work.dialogue.actions import LETTERS, make_round
from tettpaa.work.dialogue.enums import LetterKind
from tettpaa.work.dialogue.letters import send_all

ROUND = "dialogue.round"


@job(LETTERS)
def letters(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The letters of one kind for one meeting. Run again, nobody gets the same letter twice."""
    sent = send_all(
        arguments["meeting"], LetterKind(arguments["letter"]), about=arguments["about"], progress=progress
    )
    return {"sent": sent}


@daily(ROUND)
def round_of_meetings(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Every morning: open, freeze and send what is due."""
    done = make_round(by=str(arguments.get("by", "system")))
    progress(1, 1)
    return dict(done)
