"""All writing of the room: initiatives with their history, and effect reviews."""

from tettpaa.work.initiatives.actions.initiatives import (
    FIELDS,
    ReasonMissingError,
    agree_evaluation,
    edit_initiative,
    move_initiative,
    start_initiative,
)
from tettpaa.work.initiatives.actions.reviews import (
    FiguresMissingError,
    OwnWorkError,
    Written,
    check_review,
    mark_ready,
    plan_review,
    send_back,
    use_review,
    write_review,
)

__all__ = [
    "FIELDS",
    "FiguresMissingError",
    "OwnWorkError",
    "ReasonMissingError",
    "Written",
    "agree_evaluation",
    "check_review",
    "edit_initiative",
    "mark_ready",
    "move_initiative",
    "plan_review",
    "send_back",
    "start_initiative",
    "use_review",
    "write_review",
]
