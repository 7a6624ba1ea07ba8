"""The rows of the room: the owner's plan, what else the system consists of, and the schools' own plans."""

from tettpaa.work.plans.models.plan import (
    FocusArea,
    Goal,
    GoalIndicator,
    PlanStep,
    PlanVersion,
    QualityPlan,
    Sign,
    Theme,
    VerificationTool,
)
from tettpaa.work.plans.models.school import (
    SchoolGoal,
    SchoolPlan,
    SchoolPlanHeard,
    SchoolPlanPremise,
    SchoolPlanVersion,
)
from tettpaa.work.plans.models.system import (
    Arena,
    Element,
    Expectation,
    Piece,
    Project,
    Recommendation,
    SupportSystem,
    TimelineEvent,
)

__all__ = [
    "Arena",
    "Element",
    "Expectation",
    "FocusArea",
    "Goal",
    "GoalIndicator",
    "Piece",
    "PlanStep",
    "PlanVersion",
    "Project",
    "QualityPlan",
    "Recommendation",
    "SchoolGoal",
    "SchoolPlan",
    "SchoolPlanHeard",
    "SchoolPlanPremise",
    "SchoolPlanVersion",
    "Sign",
    "SupportSystem",
    "Theme",
    "TimelineEvent",
    "VerificationTool",
]
