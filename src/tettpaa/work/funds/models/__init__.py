"""Schemes and calls, applications, and notices of need to the state."""

from tettpaa.work.funds.models.application import Application, ApplicationStep, RankMove
from tettpaa.work.funds.models.need import NeedPlace, NeedStep, NeedYear, StateNeed
from tettpaa.work.funds.models.scheme import Call, CallDate, Rate, Scheme, SchemeDate

__all__ = [
    "Application",
    "ApplicationStep",
    "Call",
    "CallDate",
    "NeedPlace",
    "NeedStep",
    "NeedYear",
    "RankMove",
    "Rate",
    "Scheme",
    "SchemeDate",
    "StateNeed",
]
