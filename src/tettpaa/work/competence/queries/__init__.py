"""Reading the room. What other rooms may ask stands in `__all__`."""

from tettpaa.work.competence.queries.counting import GapCount, gaps
from tettpaa.work.competence.queries.frame import (
    areas,
    elements,
    frame_of,
    key_factors,
    resource_areas,
    services,
)
from tettpaa.work.competence.queries.people import (
    SubjectLine,
    employee_by_key,
    employee_of,
    has_gap,
    lines_of,
    staff_of,
)
from tettpaa.work.competence.queries.plans import plan_areas, plan_in_use, plan_of, plans_of

__all__ = [
    "GapCount",
    "SubjectLine",
    "areas",
    "elements",
    "employee_by_key",
    "employee_of",
    "frame_of",
    "gaps",
    "has_gap",
    "key_factors",
    "lines_of",
    "plan_areas",
    "plan_in_use",
    "plan_of",
    "plans_of",
    "resource_areas",
    "services",
    "staff_of",
]
