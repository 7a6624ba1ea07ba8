"""Self-assessments at the schools: one shared, and one that can be answered today."""

from datetime import timedelta

from tettpaa.core.orgs.models import Unit
from tettpaa.doors.demo.year.place import Place
from tettpaa.work.surveys import actions
from tettpaa.work.surveys.models import UNKNOWN, AssessmentRound

ANSWERS = (1, 1, 2, 0, 2, 1, 3, UNKNOWN)  # places on the scale; people see it differently


def assess(place: Place) -> None:
    """At the school of the story: last year's round, closed, commented and shared with the owner."""
    year = place.school_year - 1
    made = _planned(place, place.school, year, days=-400)
    by = place.by("principal")
    actions.open_round(round=made, by=by)
    made.refresh_from_db()
    most = len(made.steps) - 1
    goals = [question.goal_id for question in made.questions.all()]
    for number, person in enumerate(place.staff):
        chosen = {
            goal: min(ANSWERS[(number + shift) % len(ANSWERS)], most) for shift, goal in enumerate(goals)
        }
        actions.give_answers(round=made, answers=chosen, by=person, on=place.day(-395))
    actions.close_round(round=made, by=by)
    actions.complete_round(
        round=made, comment="Vi er uenige om hvor tidlig hjelpen kommer. Det snakker vi om.", by=by
    )
    actions.share_round(round=made, by=by)


def ask(place: Place) -> None:
    """This year's round at the school is open now."""
    made = _planned(place, place.school, place.school_year, days=-5)
    actions.open_round(round=made, by=place.by("principal"))


def _planned(place: Place, school: Unit, year: int, days: int) -> AssessmentRound:
    goals = [place.goal(key) for key in ("lesing", "stotte")]
    return actions.plan_round(
        owner=place.owner,
        school=school,
        school_year=year,
        goals=goals,
        opens_on=place.day(days),
        closes_on=place.day(days) + timedelta(days=21),
        by=place.by("principal"),
    )
