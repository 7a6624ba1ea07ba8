"""The yearly plan."""

from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.enums import PlanState
from tettpaa.work.competence.models import CompetencePlan, PlanArea


def plans_of(owner: Unit) -> list[CompetencePlan]:
    """All the owner's competence plans, newest year first."""
    return list(CompetencePlan.objects.filter(owner=owner).select_related("owner"))


def plan_of(owner: Unit, year: int) -> CompetencePlan | None:
    """The plan of the school year that begins in `year`, whatever its state."""
    return CompetencePlan.objects.filter(owner=owner, year=year).select_related("owner").first()


def plan_in_use(owner: Unit) -> CompetencePlan | None:
    """The newest plan that is in use."""
    return CompetencePlan.objects.filter(owner=owner, state=PlanState.IN_USE).select_related("owner").first()


def plan_areas(owner: Unit, year: int) -> list[PlanArea]:
    """The areas of the plan of a year, in the plan's order."""
    rows = PlanArea.objects.filter(plan__owner=owner, plan__year=year)
    return list(rows.select_related("plan", "goal"))
