"""Writing to the wheel: dates of other rooms, the year, answers, handovers, procedures, links and calendars."""

from tettpaa.work.yearwheel.actions.answers import (
    NewAnswer,
    TooLateError,
    answer_task,
    reopen_task,
    undo_answer,
)
from tettpaa.work.yearwheel.actions.calendar import close_feed, note_reading, open_feed
from tettpaa.work.yearwheel.actions.dates import drop_date, finish_date, finish_open_dates, put_date
from tettpaa.work.yearwheel.actions.handing import answer_offer, give_task, withdraw_offer
from tettpaa.work.yearwheel.actions.links import LinkClosedError, answer_by_link, make_link, undo_by_link
from tettpaa.work.yearwheel.actions.procedures import (
    add_procedure,
    change_procedure,
    end_procedure,
    resume_procedure,
)
from tettpaa.work.yearwheel.actions.rolling import Rolled, roll_year

__all__ = [
    "LinkClosedError",
    "NewAnswer",
    "Rolled",
    "TooLateError",
    "add_procedure",
    "answer_by_link",
    "answer_offer",
    "answer_task",
    "change_procedure",
    "close_feed",
    "drop_date",
    "end_procedure",
    "finish_date",
    "finish_open_dates",
    "give_task",
    "make_link",
    "note_reading",
    "open_feed",
    "put_date",
    "reopen_task",
    "resume_procedure",
    "roll_year",
    "undo_answer",
    "undo_by_link",
    "withdraw_offer",
]
