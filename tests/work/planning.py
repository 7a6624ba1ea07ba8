"""A plan in force for the cast, by the room's own actions: what initiatives and self-assessments hang on."""

from datetime import date

from tettpaa.core.orgs.models import Unit
from tettpaa.work.plans.enums import GoalState, PlanState
from tettpaa.work.plans.models import FocusArea, Goal, GoalIndicator, QualityPlan

QUESTION = "Hvor langt er vi kommet med lesing i alle fag?"


def plan_of(owner: Unit, *texts: str, question: str = QUESTION) -> list[Goal]:
    """A plan in force with these goals; the first is followed by reading in grade 5."""
    plan = QualityPlan.objects.create(
        owner=owner,
        title="Kvalitetsplan",
        starts_on=date(2024, 8, 1),
        state=PlanState.IN_FORCE,
        in_force_on=date(2024, 8, 1),
    )
    area = FocusArea.objects.create(owner=owner, plan=plan, key="lesing", title="Lesing")
    goals = [
        Goal.objects.create(
            owner=owner,
            plan=plan,
            area=area,
            key=f"mal-{number}",
            text=text,
            question=question,
            state=GoalState.ADOPTED,
            order=number,
        )
        for number, text in enumerate(texts, start=1)
    ]
    GoalIndicator.objects.create(goal=goals[0], indicator="np5_lesing", grade=5)
    return goals
