"""The rows of the room: the plan and its configuration, people and requirements, development, practice."""

from tettpaa.work.competence.models.development import (
    AssistantQualification,
    LeaderStudy,
    MentorSession,
    Mentorship,
    ResourceRole,
    Spread,
)
from tettpaa.work.competence.models.frame import (
    CompetenceArea,
    Element,
    Frame,
    KeyFactor,
    Piece,
    RequirementSetting,
    ResourceArea,
    Service,
)
from tettpaa.work.competence.models.people import (
    Deviation,
    Employee,
    Exemption,
    Qualification,
    Teaching,
    employed_on,
)
from tettpaa.work.competence.models.plan import (
    CompetencePlan,
    PlanArea,
    PlanDiscussion,
    PlanNeed,
    PlanVersion,
)
from tettpaa.work.competence.models.practice import (
    ClassroomWalk,
    PeerGuidance,
    PeerMember,
    PeerNote,
    PeerSession,
    WalkNote,
    WalkRound,
)

__all__ = [
    "AssistantQualification",
    "ClassroomWalk",
    "CompetenceArea",
    "CompetencePlan",
    "Deviation",
    "Element",
    "Employee",
    "Exemption",
    "Frame",
    "KeyFactor",
    "LeaderStudy",
    "MentorSession",
    "Mentorship",
    "PeerGuidance",
    "PeerMember",
    "PeerNote",
    "PeerSession",
    "Piece",
    "PlanArea",
    "PlanDiscussion",
    "PlanNeed",
    "PlanVersion",
    "Qualification",
    "RequirementSetting",
    "ResourceArea",
    "ResourceRole",
    "Service",
    "Spread",
    "Teaching",
    "WalkNote",
    "WalkRound",
    "employed_on",
]
