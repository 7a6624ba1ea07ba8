"""The room's tables: the catalogue, registrations, networks, gatherings, evaluations."""

from tettpaa.work.offers.models.catalogue import Offer, OfferFactor, OfferRules, PageWord
from tettpaa.work.offers.models.evaluation import Ballot, Count, Survey, SurveyUse
from tettpaa.work.offers.models.gathering import (
    AgendaItem,
    ApprovedMinutes,
    Attendance,
    FollowUp,
    Gathering,
    GuestAttendance,
)
from tettpaa.work.offers.models.network import GuestPlace, Member, Network
from tettpaa.work.offers.models.registration import Certificate, Registration, SentReminder

__all__ = [
    "AgendaItem",
    "ApprovedMinutes",
    "Attendance",
    "Ballot",
    "Certificate",
    "Count",
    "FollowUp",
    "Gathering",
    "GuestAttendance",
    "GuestPlace",
    "Member",
    "Network",
    "Offer",
    "OfferFactor",
    "OfferRules",
    "PageWord",
    "Registration",
    "SentReminder",
    "Survey",
    "SurveyUse",
]
