"""What is there before the thread begins: Fjordvik's pack, three weak years at Nes, and a shared self-assessment."""

from datetime import date

from tests.journeys.walking import Walk
from tests.report.annual.staging import NES, VIK, cell, publish_cells
from tettpaa.core.accounts.actions import open_account
from tettpaa.core.orgs.actions import give_role
from tettpaa.core.orgs.models import OwnerSettings, Unit
from tettpaa.core.packs.actions import load_pack
from tettpaa.core.packs.queries import founding_pack
from tettpaa.work.plans.queries import goal_by_key
from tettpaa.work.surveys import actions as surveys

AUD = "aud@example.test"
PERIODS = (2023, 2024, 2025)


def lay_ground(walk: Walk) -> None:
    """Everything by the product's own actions, so that the journey can begin in the browser."""
    owner = Unit.objects.select_related("settings").get(pk=walk.cast.fjordvik.pk)
    load_pack(owner=owner, pack=founding_pack("fjordvik"), by="test")
    OwnerSettings.objects.filter(unit=owner).update(language_form=walk.language)
    weak_years()
    goal = goal_by_key(owner, "lesing")
    assert goal is not None
    walk.said |= {"goal": str(goal.pk), "goal text": goal.text}
    self_assessment(walk, owner)


def weak_years() -> None:
    """Nes well under the nation in reading three years on end; Vik as the nation."""
    means = (("NO", 50.0, 56000), ("9901", 45.0, 136), (NES, 41.0, 76), (VIK, 50.0, 60))
    publish_cells([cell(unit, value, n, period=period) for period in PERIODS for unit, value, n in means])


def this_years_test() -> None:
    """The test of the autumn, after the work began: a little better at Nes, with few pupils."""
    means = (("NO", 50.0, 56000), ("9901", 46.0, 130), (NES, 43.0, 72), (VIK, 50.0, 58))
    publish_cells([cell(unit, value, n, period=PERIODS[-1] + 1) for unit, value, n in means])


def self_assessment(walk: Walk, owner: Unit) -> None:
    """The staff of Nes have answered on the goal of reading, and the principal has shared it."""
    made = surveys.plan_round(
        owner=owner,
        school=walk.cast.nes,
        school_year=2026,
        goals=[goal for goal in [goal_by_key(owner, "lesing")] if goal],
        opens_on=date(2026, 8, 10),
        closes_on=date(2026, 8, 20),
        by=AUD,
    )
    surveys.open_round(round=made, by=AUD)
    made.refresh_from_db()
    goals = [question.goal_id for question in made.questions.all()]
    for number in range(6):
        email = f"staff{number}@example.test"
        person = open_account(email=email, name=f"Staff {number}", by="test")
        give_role(user=person, unit=walk.cast.nes, role="teacher", starts_on=date(2020, 8, 1), by="test")
        surveys.give_answers(
            round=made, answers=dict.fromkeys(goals, number % 3), by=person, on=date(2026, 8, 12)
        )
    surveys.close_round(round=made, by=AUD)
    surveys.complete_round(round=made, comment="Vi leser for lite i andre fag enn norsk.", by=AUD)
    surveys.share_round(round=made, by=AUD)
