"""Input on meetings and their kinds."""

from tettpaa.work.dialogue.forms.kinds import KindForm
from tettpaa.work.dialogue.forms.meeting import (
    AdditionForm,
    AgendaForm,
    AnswerForm,
    ApproveForm,
    CommentForm,
    DayForm,
    HeldForm,
    ParagraphForm,
    PartForm,
    ProposalForm,
    ReasonForm,
    RowForm,
    ThreadForm,
    VersionForm,
    YearForm,
)

__all__ = [
    "AdditionForm",
    "AgendaForm",
    "AnswerForm",
    "ApproveForm",
    "CommentForm",
    "DayForm",
    "HeldForm",
    "KindForm",
    "ParagraphForm",
    "PartForm",
    "ProposalForm",
    "ReasonForm",
    "RowForm",
    "ThreadForm",
    "VersionForm",
    "YearForm",
]
