"""Changing follow-up: looking for signals, judging, deciding, support, engagements; and writing down each look."""

from tettpaa.work.followup.actions.cases import (
    CriteriaError,
    TooEarlyError,
    add_criterion,
    assess,
    close_case,
    comment,
    decide_no_case,
    meet_criterion,
    open_case,
    remark,
    review,
    step_case,
)
from tettpaa.work.followup.actions.engagements import (
    add_contact,
    add_point,
    drop_point,
    move_engagement,
    start_engagement,
)
from tettpaa.work.followup.actions.ladder import use_default_ladder
from tettpaa.work.followup.actions.looking import find_signals, note_look
from tettpaa.work.followup.actions.support import (
    NewSupport,
    give_support,
    link_agreement,
    link_meeting,
    move_support,
)

__all__ = [
    "CriteriaError",
    "NewSupport",
    "TooEarlyError",
    "add_contact",
    "add_criterion",
    "add_point",
    "assess",
    "close_case",
    "comment",
    "decide_no_case",
    "drop_point",
    "find_signals",
    "give_support",
    "link_agreement",
    "link_meeting",
    "meet_criterion",
    "move_engagement",
    "move_support",
    "note_look",
    "open_case",
    "remark",
    "review",
    "start_engagement",
    "step_case",
    "use_default_ladder",
]
