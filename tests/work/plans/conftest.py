"""A plan for Fjordvik made by the room's own actions, and figures to follow it with."""

from collections.abc import Callable, Iterable
from datetime import date

import pytest

from tests.doors.workspace.conftest import NATIONAL, world
from tests.factories.cast import Cast
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer, load_viewer
from tettpaa.data.indicators.actions import compare, publish
from tettpaa.data.sources.source import Cell
from tettpaa.work.plans import actions
from tettpaa.work.plans.actions.goals import Around
from tettpaa.work.plans.enums import PlanState
from tettpaa.work.plans.models import FocusArea, Goal, QualityPlan

BERIT, AUD = "berit@example.test", "aud@example.test"
TODAY = date(2026, 11, 22)
CANARY = "KANARI-5150"
UP = (
    PlanState.FIRST_READING,
    PlanState.HEARING,
    PlanState.SECOND_READING,
    PlanState.ADOPTED,
    PlanState.IN_FORCE,
)


@pytest.fixture
def viewer_of(cast: Cast) -> Callable[[str], Viewer]:
    return lambda name: load_viewer(cast.users[name], TODAY)


@pytest.fixture
def plan(cast: Cast) -> QualityPlan:
    """A draft with an area and a goal."""
    made = actions.start_plan(
        owner=cast.fjordvik,
        title="Kvalitetsplan",
        starts_on=date(2024, 8, 1),
        ends_on=date(2028, 7, 31),
        by=BERIT,
    )
    area = actions.save_row(
        row=FocusArea(owner=cast.fjordvik, plan=made, title="Lesing og skriving"),
        version=None,
        fields=(),
        by=BERIT,
    )
    write_goal(made, "Alle elever skal lese godt", area=area)
    return made


def write_goal(plan: QualityPlan, text: str, **fields: object) -> Goal:
    """A new goal with a sign and a tool."""
    goal = actions.blank_goal(plan)
    for name, value in fields.items():
        setattr(goal, name, value)
    goal.text = text
    around = Around(signs={"pupil": ["Jeg leser hver dag."]}, tools=["Nasjonale prøver"])
    return actions.save_goal(goal=goal, version=None, fields=(), around=around, by=BERIT)


def walk(plan: QualityPlan, *states: str) -> QualityPlan:
    """Carry the plan through the states, a month apart."""
    for number, state in enumerate(states):
        step = actions.Step(to=state, on=date(2024, 1 + number, 10), case_reference=f"PS {number}/24")
        plan = actions.move_plan(plan=plan, step=step, by=BERIT)
    return plan


@pytest.fixture
def in_force(plan: QualityPlan) -> QualityPlan:
    return walk(plan, *UP)


@pytest.fixture
def figures(cast: Cast) -> Callable[..., None]:
    """Publish cells; `figures()` publishes three years of reading in grade 5 for the nation, Fjordvik and its schools."""

    def put(cells: Iterable[Cell] | None = None, owner: Unit | None = None) -> None:
        found = list(world() if cells is None else cells)
        publish(
            comparison=compare(cells=found, origin=NATIONAL, owner=owner), by="arne@example.test", owner=owner
        )

    return put
