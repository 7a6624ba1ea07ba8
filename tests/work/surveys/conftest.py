"""A scale, two goals with a question, and a school with enough people to answer."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories.cast import Cast
from tests.work.planning import plan_of
from tettpaa.core.accounts.actions import open_account
from tettpaa.core.accounts.models import User
from tettpaa.core.orgs.actions import give_role
from tettpaa.core.orgs.models import Unit
from tettpaa.work.plans.models import Goal
from tettpaa.work.surveys import actions
from tettpaa.work.surveys.actions import NewStep
from tettpaa.work.surveys.models import AssessmentRound, AssessmentScale

AUD, BERIT = "aud@example.test", "berit@example.test"
WORDS = ("I liten grad", "I noen grad", "I stor grad", "I svært stor grad")
type Plan = Callable[..., AssessmentRound]
type Hold = Callable[..., AssessmentRound]


@pytest.fixture
def goals(cast: Cast) -> list[Goal]:
    return plan_of(cast.fjordvik, "Alle leser med forståelse", "Alle har det trygt")


@pytest.fixture
def scale(cast: Cast) -> AssessmentScale:
    steps = [NewStep(f"trinn-{number}", word) for number, word in enumerate(WORDS, start=1)]
    return actions.set_scale(owner=cast.fjordvik, unknown="Vet ikke", smallest=5, steps=steps, by=BERIT)


@pytest.fixture
def plan(cast: Cast, goals: list[Goal], scale: AssessmentScale) -> Plan:
    """`plan(school=…)`: open from yesterday to next week."""
    today = timezone.localdate()

    def make(**changes: object) -> AssessmentRound:
        parts = {
            "owner": cast.fjordvik, "school": cast.nes, "school_year": 2026, "goals": goals, "by": AUD,
            "opens_on": today - timedelta(days=1), "closes_on": today + timedelta(days=7),
        }  # fmt: skip
        return actions.plan_round(**(parts | changes))  # type: ignore[arg-type]

    return make


def teachers_at(school: Unit, count: int) -> list[User]:
    """New teachers of the school, beside those of the cast."""
    people = []
    for number in range(count):
        name = f"larer{number}-{school.code.lower()}"
        person = open_account(email=f"{name}@example.test", name=name, by="test")
        give_role(user=person, unit=school, role="teacher", starts_on=date(2020, 8, 1), by="test")
        people.append(person)
    return people


@pytest.fixture
def hold(plan: Plan, goals: list[Goal]) -> Hold:
    """`hold([0, 1, 3, …])`: a round where so many teachers chose these steps on the first goal and 0 or 3 in turn on
    the second; closed."""

    def run(first: Sequence[int], school: Unit | None = None, **changes: object) -> AssessmentRound:
        made = plan(**({"school": school} if school else {}), **changes)
        people = teachers_at(made.school, len(first))
        actions.open_round(round=made, by=AUD)
        for place, (person, step) in enumerate(zip(people, first, strict=True)):
            answers = {goals[0].pk: step, goals[1].pk: 3 * (place % 2)}
            actions.give_answers(round=made, answers=answers, by=person)
        return actions.close_round(round=made, by=AUD)

    return run
