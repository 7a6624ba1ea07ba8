"""All writing of the room: the scale, rounds on their road, and answers that are nobody's."""

from tettpaa.work.surveys.actions.answers import (
    AlreadyAnsweredError,
    ClosedError,
    WrongAnswersError,
    give_answers,
)
from tettpaa.work.surveys.actions.rounds import (
    NoScaleError,
    archive_round,
    close_round,
    complete_round,
    open_round,
    plan_round,
    remember_look,
    share_round,
    withdraw_round,
)
from tettpaa.work.surveys.actions.scale import NewStep, TooSmallError, set_scale

__all__ = [
    "AlreadyAnsweredError",
    "ClosedError",
    "NewStep",
    "NoScaleError",
    "TooSmallError",
    "WrongAnswersError",
    "archive_round",
    "close_round",
    "complete_round",
    "give_answers",
    "open_round",
    "plan_round",
    "remember_look",
    "set_scale",
    "share_round",
    "withdraw_round",
]
