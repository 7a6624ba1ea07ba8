"""Changing what goes to a decision: the case and its document, hearings, protocols, what became of it, publishing."""

from tettpaa.report.decisions.actions.cases import (
    Clash,
    ClashError,
    NotReadyError,
    close_case,
    finish_step,
    plan_step,
    reopen_case,
    set_number,
    start_case,
    submit_case,
    write_paper,
    write_text,
)
from tettpaa.report.decisions.actions.hearings import answer_hearing, invite, say_what_changed
from tettpaa.report.decisions.actions.outcome import (
    NewItem,
    NewProtocol,
    NotHeardError,
    record_protocol,
    report_back,
)
from tettpaa.report.decisions.actions.publishing import (
    ChecklistError,
    add_early_reader,
    confirm,
    plan_publication,
    publish,
)

__all__ = [
    "ChecklistError",
    "Clash",
    "ClashError",
    "NewItem",
    "NewProtocol",
    "NotHeardError",
    "NotReadyError",
    "add_early_reader",
    "answer_hearing",
    "close_case",
    "confirm",
    "finish_step",
    "invite",
    "plan_publication",
    "plan_step",
    "publish",
    "record_protocol",
    "reopen_case",
    "report_back",
    "say_what_changed",
    "set_number",
    "start_case",
    "submit_case",
    "write_paper",
    "write_text",
]
