"""What the room shows on others' pages: the knots goal and indicator, and lines of the front pages."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast
from tests.work.plans.conftest import AUD, BERIT, TODAY, UP, walk, write_goal
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.panels import Asked, Knot, Link, items, thread
from tettpaa.work.plans import actions, panels
from tettpaa.work.plans.enums import PlanState
from tettpaa.work.plans.models import Goal, GoalIndicator, QualityPlan

pytestmark = pytest.mark.django_db
type ViewerOf = Callable[[str], Viewer]


def asked(viewer: Viewer, cast: Cast, goal: Goal | None = None, **more: object) -> Asked:
    return Asked(viewer=viewer, owner=cast.fjordvik, today=TODAY, goal=goal.pk if goal else None, **more)  # type: ignore[arg-type]


def said(knot: Knot | None) -> str:
    assert knot is not None
    return "".join(words.text for words in knot.sentence)


def follow(goal: Goal, indicator: str = "np5_lesing", grade: int = 5) -> None:
    GoalIndicator.objects.create(goal=goal, indicator=indicator, grade=grade)


def test_the_goal_is_said_in_a_sentence_with_the_goal_as_link(
    cast: Cast, in_force: QualityPlan, viewer_of: ViewerOf
) -> None:
    goal = in_force.goals.get()
    knot = panels.goal_knot(asked(viewer_of("dag"), cast, goal))
    assert said(knot) == "Vi vil at alle elever skal lese godt."
    assert knot is not None
    assert (knot.state, knot.facts) == ("there", ("Lesing og skriving", "Kvalitetsplan"))
    assert [words.address for words in knot.sentence if words.address] == [f"/9901/plan/maal/{goal.pk}/"]
    assert thread(asked(viewer_of("dag"), cast, goal))[0] == knot


@pytest.mark.parametrize("provider", [panels.goal_knot, panels.indicator_knot])
def test_nothing_is_told_of_a_goal_that_is_not_for_the_viewer(
    cast: Cast, plan: QualityPlan, viewer_of: ViewerOf, provider: Callable[[Asked], Knot | None]
) -> None:
    goal = plan.goals.get()
    assert provider(asked(viewer_of("berit"), cast, goal)) is not None
    assert provider(asked(viewer_of("dag"), cast, goal)) is None
    assert provider(asked(viewer_of("eva"), cast, goal)) is None
    assert provider(asked(viewer_of("berit"), cast)) is None
    assert provider(Asked(viewer_of("eva"), cast.utvik, TODAY, goal=goal.pk)) is None
    assert provider(Asked(viewer_of("berit"), cast.fjordvik, TODAY, goal=uuid4())) is None


def test_the_school_s_figure_stands_against_the_municipality_with_a_certainty_word(
    cast: Cast, in_force: QualityPlan, figures: Callable[..., None], viewer_of: ViewerOf
) -> None:
    figures()
    goal = in_force.goals.get()
    follow(goal, "np5_regning")
    follow(goal)
    knot = panels.indicator_knot(asked(viewer_of("aud"), cast, goal, school=cast.nes))
    assert knot is not None
    assert said(knot) == "Vi ser det på Lesing 5. trinn. Nes skole ligger trolig under kommunen."
    assert knot.facts == (
        "42 i 2024–25", "Fjordvik: 45", "Trolig", "Målet følges med 2 indikatorer",
    )  # fmt: skip
    whole = panels.indicator_knot(asked(viewer_of("dag"), cast, goal))
    assert said(whole) == "Vi ser det på Lesing 5. trinn. Fjordvik ligger klart under landet."


def test_without_figures_the_indicator_is_there_and_without_indicator_it_is_missing(
    cast: Cast, plan: QualityPlan, viewer_of: ViewerOf
) -> None:
    goal = plan.goals.get()
    knot = panels.indicator_knot(asked(viewer_of("arne"), cast, goal))
    assert knot is not None
    assert (knot.state, knot.whose) == ("missing", "Skoleeier")
    assert knot.act is not None
    walk(plan, *UP[:2])
    for_reader = panels.indicator_knot(asked(viewer_of("dag"), cast, goal))
    assert for_reader is not None
    assert for_reader.act is None
    follow(goal)
    there = panels.indicator_knot(asked(viewer_of("dag"), cast, goal))
    assert there is not None
    assert (there.state, there.facts) == ("there", ("Ingen tall å vise ennå",))


def test_the_knots_ask_the_same_however_many_indicators(
    cast: Cast, in_force: QualityPlan, figures: Callable[..., None], viewer_of: ViewerOf
) -> None:
    figures()
    goal, viewer = in_force.goals.get(), viewer_of("aud")

    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            panels.indicator_knot(asked(viewer, cast, goal, school=cast.nes))
        return len(caught)

    follow(goal)
    one = count()
    follow(goal, "np5_regning")
    follow(goal, "np5_engelsk")
    assert count() == one


def titles(viewer: Viewer, cast: Cast, **more: object) -> list[tuple[str, str]]:
    return [(item.kind, item.title) for item in panels.items(asked(viewer, cast, **more))]


def test_a_hearing_is_told_to_all_and_when_it_is_over_to_those_who_write(
    cast: Cast, plan: QualityPlan, viewer_of: ViewerOf
) -> None:
    assert titles(viewer_of("dag"), cast) == []
    walk(plan, PlanState.FIRST_READING, PlanState.HEARING)
    assert titles(viewer_of("dag"), cast) == [("waiting", "Planen er på høring: Kvalitetsplan")]
    QualityPlan.objects.update(hearing_until=date(2026, 12, 1))
    (found,) = panels.items(asked(viewer_of("unn"), cast))
    assert (found.kind, found.when, found.note) == (
        "due",
        date(2026, 12, 1),
        "Fristen er 1.\u00a0desember 2026.",
    )
    QualityPlan.objects.update(hearing_until=date(2026, 11, 1))
    assert titles(viewer_of("unn"), cast) == []
    assert titles(viewer_of("berit"), cast) == [("late", "Høringen av planen er over: Kvalitetsplan")]
    assert titles(viewer_of("eva"), cast) == []


@pytest.mark.parametrize(
    ("ends", "kind"),
    [(date(2026, 10, 1), "late"), (date(2027, 3, 1), "due"), (date(2028, 7, 31), ""), (None, "")],
)
def test_a_plan_that_runs_out_is_told_to_those_who_write(
    cast: Cast, in_force: QualityPlan, viewer_of: ViewerOf, ends: date | None, kind: str
) -> None:
    QualityPlan.objects.update(ends_on=ends)
    wanted = [(kind, "Planen går ut, og ingen ny er begynt: Kvalitetsplan")] if kind else []
    assert titles(viewer_of("arne"), cast) == wanted
    assert titles(viewer_of("dag"), cast) == []
    actions.start_plan(owner=cast.fjordvik, title="Neste", by=BERIT)
    assert titles(viewer_of("arne"), cast) == []


def test_a_school_s_leaders_see_what_their_plan_waits_for(cast: Cast, viewer_of: ViewerOf) -> None:
    aud = viewer_of("aud")
    assert titles(aud, cast, school=cast.nes) == [("waiting", "Skolens plan for 2026–27 er ikke begynt")]
    assert titles(aud, cast, school=cast.vik) == []
    assert [item.place for item in panels.items(asked(aud, cast))] == ["Nes skole"]
    plan = actions.start_school_plan(owner=cast.fjordvik, school=cast.nes, year=2026, by=AUD)
    assert titles(aud, cast) == [("waiting", "Skolens plan for 2026–27 er et utkast")]
    goal = actions.blank_school_goal(plan)
    goal.text = "Lesing"
    actions.save_school_goal(goal=goal, version=None, fields=(), by=AUD)
    plan = actions.move_school_plan(plan=plan, to="heard", on=TODAY, by=AUD)
    assert titles(aud, cast) == [("waiting", "Skolens plan for 2026–27 er hos organene")]
    actions.hear_body(plan=plan, body="FAU", on=TODAY, by=AUD)
    actions.move_school_plan(plan=plan, to="adopted", on=TODAY, by=AUD)
    assert titles(aud, cast) == []
    assert titles(viewer_of("carl"), cast) == []


def test_the_room_is_registered(cast: Cast, in_force: QualityPlan, viewer_of: ViewerOf) -> None:
    write_goal(actions.start_plan(owner=cast.fjordvik, title="Ny", by=BERIT), "Nytt")
    goal = in_force.goals.get()
    knots = {knot.link: knot for knot in thread(asked(viewer_of("berit"), cast, goal))}
    assert (knots[Link.GOAL].state, knots[Link.INDICATOR].state) == ("there", "missing")
    assert any("Skolens plan" in item.title for item in items(asked(viewer_of("aud"), cast)))
