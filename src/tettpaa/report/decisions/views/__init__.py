"""The room's pages: decisions, a case on its road, hearings, protocols, points, and publishing."""

from tettpaa.report.decisions.views.cases import (
    case,
    close,
    held,
    paper,
    paper_file,
    reopen,
    road,
    start,
    submit,
    write,
)
from tettpaa.report.decisions.views.hearings import changed, hearing, invite
from tettpaa.report.decisions.views.outcome import decisions, item, protocol, report_back
from tettpaa.report.decisions.views.publishing import confirm, early_reader, publication, publish

__all__ = [
    "case",
    "changed",
    "close",
    "confirm",
    "decisions",
    "early_reader",
    "hearing",
    "held",
    "invite",
    "item",
    "paper",
    "paper_file",
    "protocol",
    "publication",
    "publish",
    "reopen",
    "report_back",
    "road",
    "start",
    "submit",
    "write",
]
