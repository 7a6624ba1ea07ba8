"""A school's own plan: premises, goals, bodies heard, adopted, midway, evaluated."""

import json
from collections.abc import Callable
from datetime import date
from itertools import product
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404

from tests.factories.cast import Cast
from tests.work.plans.conftest import AUD, TODAY
from tettpaa.core.audit.seal import fingerprint
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.plans import access, actions, pages, queries
from tettpaa.work.plans.enums import SCHOOL_PLAN_PATHS, SchoolPlanState
from tettpaa.work.plans.models import (
    QualityPlan,
    SchoolGoal,
    SchoolPlan,
    SchoolPlanPremise,
    SchoolPlanVersion,
)

pytestmark = pytest.mark.django_db
type ViewerOf = Callable[[str], Viewer]
DAY = date(2026, 9, 1)


@pytest.fixture
def ours(cast: Cast) -> SchoolPlan:
    """A draft of Nes with one goal."""
    plan = actions.start_school_plan(owner=cast.fjordvik, school=cast.nes, year=2026, by=AUD)
    goal = actions.blank_school_goal(plan)
    goal.text = "Alle leser høyt for noen hver dag"
    actions.save_school_goal(goal=goal, version=None, fields=(), by=AUD)
    return plan


def go(plan: SchoolPlan, *states: SchoolPlanState) -> SchoolPlan:
    for state in states:
        if state in actions.school.STATUS:
            plan = actions.tell_status(plan=plan, status=actions.Status("Det går", DAY), by=AUD)
        else:
            if state == SchoolPlanState.ADOPTED:
                actions.hear_body(
                    plan=plan, body="Elevrådet", on=DAY, said="Bra", changed="Ett mål til", by=AUD
                )
            plan = actions.move_school_plan(plan=plan, to=state, on=DAY, by=AUD)
    return plan


ALL = (SchoolPlanState.HEARD, SchoolPlanState.ADOPTED, SchoolPlanState.MIDYEAR, SchoolPlanState.EVALUATED)


def test_only_the_drawn_steps_can_be_taken(ours: SchoolPlan) -> None:
    for before, after in product(SchoolPlanState, SchoolPlanState):
        with transaction.atomic():
            SchoolPlan.objects.filter(pk=ours.pk).update(state=before)
            ours.heard.create(body="FAU", on=DAY)
            drawn = after in SCHOOL_PLAN_PATHS[before]
            if drawn and after not in actions.school.STATUS:
                assert actions.move_school_plan(plan=ours, to=after, on=DAY, by=AUD).state == after
            else:
                with pytest.raises(NotAllowedError):
                    actions.move_school_plan(plan=ours, to=after, on=DAY, by=AUD)
            transaction.set_rollback(True)


def test_status_is_told_midway_and_at_the_end_only(ours: SchoolPlan) -> None:
    for state in SchoolPlanState:
        with transaction.atomic():
            SchoolPlan.objects.filter(pk=ours.pk).update(state=state)
            status = actions.Status("Vi er på vei", DAY)
            if state == SchoolPlanState.ADOPTED:
                told = actions.tell_status(plan=ours, status=status, by=AUD)
                assert (told.state, told.midyear_status, told.midyear_on) == ("midyear", "Vi er på vei", DAY)
            elif state == SchoolPlanState.MIDYEAR:
                told = actions.tell_status(plan=ours, status=status, by=AUD)
                assert (told.state, told.evaluation, told.evaluated_on) == ("evaluated", "Vi er på vei", DAY)
            else:
                with pytest.raises(NotAllowedError):
                    actions.tell_status(plan=ours, status=status, by=AUD)
            transaction.set_rollback(True)


def test_a_plan_without_goals_or_without_anybody_heard_goes_no_further(cast: Cast, ours: SchoolPlan) -> None:
    empty = actions.start_school_plan(owner=cast.fjordvik, school=cast.vik, year=2026, by=AUD)
    with pytest.raises(actions.NoGoalsError):
        actions.move_school_plan(plan=empty, to=SchoolPlanState.HEARD, on=DAY, by=AUD)
    with pytest.raises(NotAllowedError):
        actions.hear_body(plan=ours, body="FAU", on=DAY, by=AUD)
    go(ours, SchoolPlanState.HEARD)
    with pytest.raises(actions.NobodyHeardError):
        actions.move_school_plan(plan=ours, to=SchoolPlanState.ADOPTED, on=DAY, by=AUD)
    assert SchoolPlan.objects.get(pk=ours.pk).state == SchoolPlanState.HEARD


def test_adopting_seals_goals_premises_and_who_was_heard(cast: Cast, ours: SchoolPlan) -> None:
    actions.add_premise(
        owner=cast.fjordvik,
        school=cast.nes,
        year=2026,
        text="Styrk lesingen",
        source="dialogue.meeting:1",
        by=AUD,
    )
    go(ours, SchoolPlanState.HEARD, SchoolPlanState.ADOPTED)
    version = SchoolPlanVersion.objects.get()
    assert version.sha256 == fingerprint(version.content)
    words = json.loads(version.content)
    assert words["goals"][0]["text"] == "Alle leser høyt for noen hver dag"
    assert words["premises"] == ["Styrk lesingen"]
    assert words["heard"] == [{"body": "Elevrådet", "on": "2026-09-01"}]
    with pytest.raises(DatabaseError), transaction.atomic():
        SchoolPlanVersion.objects.update(content="{}")


def test_an_adopted_plan_cannot_be_written(ours: SchoolPlan) -> None:
    go(ours, SchoolPlanState.HEARD, SchoolPlanState.ADOPTED)
    goal = SchoolGoal.objects.get()
    new = actions.blank_school_goal(ours)
    deeds = [
        lambda: actions.save_school_plan(plan=ours, version=1, fields=["text"], by=AUD),
        lambda: actions.save_school_goal(goal=goal, version=1, fields=["text"], by=AUD),
        lambda: actions.save_school_goal(goal=new, version=None, fields=(), by=AUD),
        lambda: actions.drop_school_goal(goal=goal, by=AUD),
    ]
    for deed in deeds:
        with pytest.raises(actions.PlanSealedError):
            deed()


def test_the_evaluation_says_how_each_goal_went(ours: SchoolPlan) -> None:
    go(ours, *ALL[:3])
    goal = SchoolGoal.objects.get()
    of_goals: dict[UUID, tuple[str, str]] = {goal.pk: ("De fleste leser.", "partly")}
    actions.tell_status(plan=ours, status=actions.Status("Et godt år", DAY, of_goals), by=AUD)
    goal.refresh_from_db()
    assert (goal.status, goal.outcome, goal.get_outcome_display()) == (
        "De fleste leser.",
        "partly",
        "delvis nådd",
    )


def test_a_premise_with_a_known_source_is_written_anew(cast: Cast) -> None:
    for text in ("Først", "Så"):
        actions.add_premise(
            owner=cast.fjordvik,
            school=cast.nes,
            year=2026,
            text=text,
            source="dialogue.meeting:1",
            address="/x/",
            by=AUD,
        )
    assert [(row.text, row.address) for row in queries.premises_of(cast.fjordvik, cast.nes, 2026)] == [
        ("Så", "/x/")
    ]
    assert queries.premises_of(cast.fjordvik, cast.vik, 2026) == []
    assert SchoolPlanPremise.objects.count() == 1


def test_one_plan_a_school_and_year(cast: Cast, ours: SchoolPlan) -> None:
    assert actions.start_school_plan(owner=cast.fjordvik, school=cast.nes, year=2026, by=AUD) == ours
    assert pages.years_to_start([ours], TODAY) == [(2027, "2027–28")]


def test_the_second_writer_is_told(ours: SchoolPlan) -> None:
    mine, theirs = SchoolGoal.objects.get(), SchoolGoal.objects.get()
    theirs.text = "Deres"
    actions.save_school_goal(goal=theirs, version=1, fields=["text"], by=AUD)
    mine.text = "Mitt"
    with pytest.raises(ConflictError):
        actions.save_school_goal(goal=mine, version=1, fields=["text"], by=AUD)
    assert SchoolGoal.objects.get().text == "Deres"
    actions.drop_school_goal(goal=theirs, by=AUD)
    assert not SchoolGoal.objects.exists()


@pytest.mark.parametrize(
    ("name", "draft", "sent"),
    [
        ("aud", True, True), ("liv", True, True), ("berit", False, True), ("carl", False, True),
        ("fia", False, True), ("odd", False, True), ("vera", False, False), ("dag", False, False),
        ("eva", False, False), ("unn", False, False), ("siv", False, False),
    ],
)  # fmt: skip
def test_a_draft_is_the_schools_own(
    cast: Cast, ours: SchoolPlan, viewer_of: ViewerOf, name: str, draft: bool, sent: bool
) -> None:
    viewer = viewer_of(name)

    def reads() -> bool:
        try:
            access.school_plan_for_reading(viewer, cast.fjordvik, cast.nes, ours.pk)
        except Http404:
            return False
        return True

    assert reads() == draft
    assert (ours in queries.school_plans(viewer, cast.fjordvik, cast.nes)) == draft
    go(ours, SchoolPlanState.HEARD)
    assert reads() == sent


def test_a_plan_is_not_found_at_another_school_or_owner(
    cast: Cast, ours: SchoolPlan, viewer_of: ViewerOf
) -> None:
    go(ours, SchoolPlanState.HEARD)
    for owner, school in ((cast.fjordvik, cast.vik), (cast.utvik, cast.nes)):
        with pytest.raises(Http404):
            access.school_plan_for_reading(viewer_of("berit"), owner, school, ours.pk)
    with pytest.raises(Http404):
        access.school_plan_for_editing(viewer_of("berit"), cast.fjordvik, cast.nes, ours.pk)
    with pytest.raises(Http404):
        access.school_goal_for_editing(viewer_of("aud"), cast.fjordvik, cast.nes, ours.pk, UUID(int=0))


def test_schools_that_work_on_a_goal(
    cast: Cast, ours: SchoolPlan, in_force: QualityPlan, viewer_of: ViewerOf
) -> None:
    goal = in_force.goals.get()
    SchoolGoal.objects.update(goal=goal)
    assert queries.schools_on(viewer_of("berit"), goal, 2026) == []
    go(ours, SchoolPlanState.HEARD)
    (work,) = queries.schools_on(viewer_of("berit"), goal, 2026)
    assert (work.school, work.goal.text) == (cast.nes, "Alle leser høyt for noen hver dag")
    assert queries.schools_on(viewer_of("vera"), goal, 2026) == []
    assert queries.schools_on(viewer_of("berit"), goal, 2025) == []
    lines = queries.school_lines(viewer_of("berit"), cast.fjordvik, 2026)
    assert [(line.school.label, line.may_open) for line in lines] == [
        ("Nes skole", True),
        ("Vik skole", False),
    ]
    assert queries.count_done(lines) == 0
