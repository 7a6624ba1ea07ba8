"""The school's own plan for this year, heard and adopted."""

from tettpaa.doors.demo.year import words
from tettpaa.doors.demo.year.place import Place
from tettpaa.work.plans import actions
from tettpaa.work.plans.enums import SchoolPlanState


def adopt(place: Place) -> None:
    """One goal of its own, tied to the owner's; the bodies heard, and adopted in the autumn."""
    by = place.by("principal")
    plan = actions.start_school_plan(owner=place.owner, school=place.school, year=place.school_year, by=by)
    goal = actions.blank_school_goal(plan)
    goal.text, goal.goal = words.PLAN_GOAL, place.goal("stotte")
    actions.save_school_goal(goal=goal, version=None, fields=["text", "goal"], by=by)
    plan = actions.move_school_plan(plan=plan, to=SchoolPlanState.HEARD, on=place.day(-70), by=by)
    for body, days in (("Elevrådet", -68), ("FAU", -67), ("Tillitsvalgte og verneombud", -66)):
        actions.hear_body(plan=plan, body=body, on=place.day(days), said="Vi er enige i målet.", by=by)
    actions.move_school_plan(plan=plan, to=SchoolPlanState.ADOPTED, on=place.day(-60), by=by)
