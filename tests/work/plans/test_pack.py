"""The part `plan` of a pack: round trip, what people wrote, what a pack no longer has, and the seal after the load."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tests.factories.cast import Cast
from tests.work.plans.conftest import BERIT, walk, write_goal
from tettpaa.core.orgs.models import Unit
from tettpaa.core.packs.merging import split
from tettpaa.work.plans import actions, pack, queries
from tettpaa.work.plans.enums import AreaState, GoalState, PlanState
from tettpaa.work.plans.models import (
    Element,
    Expectation,
    FocusArea,
    Goal,
    GoalIndicator,
    PlanVersion,
    Project,
    QualityPlan,
    Theme,
    TimelineEvent,
)
from tettpaa.work.plans.shapes import PlanShape

pytestmark = pytest.mark.django_db
FOUNDING = sorted((Path(pack.__file__).parents[2] / "core" / "packs" / "founding").glob("*/plan.toml"))
FILE = """
title = "Kvalitetsplan"
starts_on = 2016-01-01
ends_on = 2020-12-31
state = "in_force"
adopted_on = 2015-12-01
source = "Grunnlaget"
background = "Første linje\\nhenger sammen.\\n\\nNytt avsnitt."
areas = [{key = "lesing", title = "Lesing"}, {key = "tom", title = "Tom"}]
themes = [{key = "fag", area = "lesing", title = "I alle fag"}]
systems = [{key = "pas", name = "PAS", address = "https://pas.udir.no/"}]
timeline = [{key = "np", when = "høsten 2009", text = "Svake prøver"}]
projects = [{key = "p", name = "P", groups = [{name = "Styringsgruppe", who = "rådmann"}], content = ["Overganger"]}]
arenas = [{key = "sem", name = "Seminar", who = "Ledere", how_often = "årlig"}]
recommendations = [{key = "r", to_whom = "Eier", text = "Vent"}]
expectations = [{key = "e", of_whom = "Rektor", text = "Er tett på", tied_to = "lesing"}]
[[goals]]
key = "les"
area = "lesing"
theme = "fag"
text = "Alle leser"
kind = "result"
tools = ["Prøver"]
question = "Hvor langt?"
signs = {pupil = ["Jeg leser."], organisation = ["Leseplan"]}
indicators = [{indicator = "np5_lesing", grade = 5, target = 50.5, target_on = 2019-12-31}]
[[elements]]
key = "np"
name = "Nasjonale prøver"
kind = "tool"
ties = ["les"]
"""


def load(owner: Unit, text: str = FILE) -> PlanShape:
    """All entries of a file, as the whole load writes them."""
    shape = PlanShape.model_validate(tomllib.loads(text))
    for path, entry in split(shape).items():
        pack.write(owner=owner, path=path, content=entry, by=BERIT)
    return shape


@pytest.fixture
def loaded(cast: Cast, django_capture_on_commit_callbacks: Callable[..., Any]) -> PlanShape:
    with django_capture_on_commit_callbacks(execute=True):
        return load(cast.fjordvik)


def test_an_owner_without_anything_reads_as_an_empty_file(cast: Cast) -> None:
    assert pack.read(cast.fjordvik) == PlanShape()


def test_what_is_written_is_read_again(cast: Cast, loaded: PlanShape) -> None:
    assert pack.read(cast.fjordvik) == loaded
    assert loaded.background == "Første linje henger sammen.\n\nNytt avsnitt."
    assert TimelineEvent.objects.get().year == 2009
    assert queries.plan_in_force(cast.fjordvik) == QualityPlan.objects.get()
    assert str(QualityPlan.objects.get().in_force_on) == "2016-01-01"


def test_a_loaded_plan_is_sealed_once_when_the_load_is_through(loaded: PlanShape) -> None:
    assert PlanVersion.objects.get().number == 1
    assert Goal.objects.get().state == GoalState.ADOPTED


def test_loading_again_changes_nothing(cast: Cast, loaded: PlanShape) -> None:
    before = {
        row.pk for model in (Goal, FocusArea, Theme, Element, GoalIndicator) for row in model.objects.all()
    }
    load(cast.fjordvik)
    after = {
        row.pk for model in (Goal, FocusArea, Theme, Element, GoalIndicator) for row in model.objects.all()
    }
    assert before == after
    assert pack.read(cast.fjordvik) == loaded


@pytest.mark.parametrize("path", FOUNDING, ids=lambda path: path.parent.name)
def test_the_founding_packs_fit_the_shape(cast: Cast, path: Path) -> None:
    shape = load(cast.fjordvik, path.read_text())
    assert pack.read(cast.fjordvik) == shape


def test_a_new_indicator_gets_its_baseline_and_an_old_one_keeps_it(
    cast: Cast, figures: Callable[..., None]
) -> None:
    figures()
    load(cast.fjordvik)
    assert GoalIndicator.objects.get().baseline == 45.0
    GoalIndicator.objects.update(baseline=44.0)
    load(cast.fjordvik, FILE.replace("target = 50.5", "target = 52"))
    link = GoalIndicator.objects.get()
    assert (link.baseline, link.target) == (44.0, 52.0)
    load(
        cast.fjordvik,
        FILE.replace('{indicator = "np5_lesing", grade = 5, target = 50.5, target_on = 2019-12-31}', ""),
    )
    assert not GoalIndicator.objects.exists()


def end(owner: Unit, *path: str) -> None:
    pack.write(owner=owner, path=path, content=None, by=BERIT)


def test_what_a_pack_no_longer_has_is_ended_or_deleted(cast: Cast, loaded: PlanShape) -> None:
    end(cast.fjordvik, "elements", "np")
    end(cast.fjordvik, "elements", "np")
    assert not Element.objects.exists()
    end(cast.fjordvik, "goals", "les")
    assert Goal.objects.get().state == GoalState.DROPPED
    end(cast.fjordvik, "areas", "tom")
    assert [area.key for area in FocusArea.objects.all()] == ["lesing"]
    end(cast.fjordvik, "areas", "lesing")
    assert FocusArea.objects.get().state == AreaState.ENDED
    end(cast.fjordvik, "themes", "fag")
    assert not Theme.objects.exists()
    for kind in ("areas", "themes", "goals"):
        end(cast.fjordvik, kind, "fantes-aldri")
    end(cast.fjordvik, "")
    assert pack.read(cast.fjordvik).goals == ()


def test_a_draft_goal_that_others_use_is_taken_out_and_an_unused_one_is_deleted(
    cast: Cast, plan: QualityPlan
) -> None:
    used, unused = plan.goals.get(), write_goal(plan, "Ubrukt")
    school_plan = actions.start_school_plan(owner=cast.fjordvik, school=cast.nes, year=2026, by=BERIT)
    mine = actions.blank_school_goal(school_plan)
    mine.goal, mine.text = used, "Vårt"
    actions.save_school_goal(goal=mine, version=None, fields=(), by=BERIT)
    end(cast.fjordvik, "goals", used.key)
    end(cast.fjordvik, "goals", unused.key)
    assert [(goal.key, goal.state) for goal in Goal.objects.all()] == [(used.key, GoalState.DROPPED)]


def test_the_road_between_is_people_s_own(cast: Cast, loaded: PlanShape) -> None:
    plan = QualityPlan.objects.get()
    walk(plan, PlanState.REVISION, PlanState.FIRST_READING)
    load(cast.fjordvik)
    assert QualityPlan.objects.get().state == PlanState.FIRST_READING
    load(cast.fjordvik, FILE.replace('text = "Alle leser"', 'text = "Alle leser mer"'))
    assert (Goal.objects.get().text, Goal.objects.get().draft_text) == ("Alle leser", "Alle leser mer")
    assert pack.read(cast.fjordvik).goals[0].text == "Alle leser mer"
    assert pack.read(cast.fjordvik).state == "in_force"


def test_what_people_have_made_is_read_even_when_it_points_at_nothing(cast: Cast, plan: QualityPlan) -> None:
    actions.save_row(
        row=Element(owner=cast.fjordvik, name="Arena", kind="meeting", ties=["borte", "lesing-og-skriving"]),
        version=None, fields=(), by=BERIT,
    )  # fmt: skip
    actions.save_row(
        row=Expectation(owner=cast.fjordvik, text="Noe", of_whom="Rektor", tied_to="borte"),
        version=None, fields=(), by=BERIT,
    )  # fmt: skip
    actions.remove_row(row=plan.areas.get(), by=BERIT)
    found = pack.read(cast.fjordvik)
    assert [goal.area for goal in found.goals] == [""]
    assert (found.elements[0].ties, found.expectations[0].tied_to) == ((), "")
    assert found.state == "draft"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ('indicator = "np5_lesing"->indicator = "np5_lesning"', "np5_lesning"),
        ('area = "lesing"->area = "regning"', "regning"),
        ('theme = "fag"->theme = "borte"', "borte"),
        ('ties = ["les"]->ties = ["leser"]', "leser"),
        ('tied_to = "lesing"->tied_to = "lys"', "lys"),
        ('when = "høsten 2009"->when = "i fjor"', "year"),
        ('kind = "tool"->kind = "hammer"', "kind"),
        ('title = "Kvalitetsplan"->navn = "Kvalitetsplan"', "navn"),
    ],
)
def test_a_file_that_points_at_nothing_is_refused(change: str, word: str) -> None:
    old, new = change.split("->")
    assert old in FILE
    with pytest.raises(ValidationError) as caught:
        PlanShape.model_validate(tomllib.loads(FILE.replace(old, new)))
    assert word in str(caught.value)


def test_projects_keep_their_groups(loaded: PlanShape) -> None:
    project = Project.objects.get()
    assert project.groups == [{"name": "Styringsgruppe", "who": "rådmann", "task": ""}]
    assert project.content == ["Overganger"]
