"""All forms of the room."""

from tettpaa.work.funds.forms.applications import (
    AnswersForm,
    ApplicationForm,
    FileForm,
    RankForm,
    ReportForm,
    StepForm,
    WordForm,
)
from tettpaa.work.funds.forms.fields import at_version
from tettpaa.work.funds.forms.needs import NeedForm, NeedMoveForm, YearForm
from tettpaa.work.funds.forms.schemes import CallForm, CallMoveForm, DatesForm, RateForm, SchemeForm

__all__ = [
    "AnswersForm",
    "ApplicationForm",
    "CallForm",
    "CallMoveForm",
    "DatesForm",
    "FileForm",
    "NeedForm",
    "NeedMoveForm",
    "RankForm",
    "RateForm",
    "ReportForm",
    "SchemeForm",
    "StepForm",
    "WordForm",
    "YearForm",
    "at_version",
]
