"""What is shown elsewhere: the link of the thread, the front pages; and the part of the pack."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pydantic import ValidationError

from tests.factories.cast import Cast
from tests.work.surveys.conftest import AUD, BERIT, WORDS, Hold, Plan
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.core.packs.registry import parts
from tettpaa.core.ui.panels import Asked, Knot
from tettpaa.work.plans.models import Goal
from tettpaa.work.surveys import actions, pack, panels
from tettpaa.work.surveys.models import AssessmentScale

MIXED = [0, 0, 1, 3, 3, 3]


def ask(cast: Cast, name: str, goal: Goal | None = None, school: Unit | None = None, days: int = 0) -> Asked:
    today = timezone.localdate()
    return Asked(
        viewer=load_viewer(cast.users[name], today), owner=cast.fjordvik, today=today + timedelta(days=days),
        school=school, goal=goal.pk if goal else None,
    )  # fmt: skip


def said(knot: Knot | None) -> str:
    return "".join(words.text for words in knot.sentence) if knot else ""


def test_the_link_says_that_it_was_done_and_nothing_of_what_was_answered(
    hold: Hold, cast: Cast, goals: list[Goal]
) -> None:
    assert panels.assessment_knot(ask(cast, "aud", goals[0], cast.nes)) is None
    made = hold(MIXED)
    knot = panels.assessment_knot(ask(cast, "aud", goals[0], cast.nes))
    assert knot is not None
    assert (knot.state, said(knot), knot.facts) == (
        "there",
        "Vi har vurdert oss selv: se svarene.",
        ("2026–27",),
    )
    assert knot.sentence[1].address == f"/9901/skoler/F00000001/egenvurdering/{made.pk}/?mal={goals[0].pk}"
    for name in ("berit", "vera", "fia", "eva"):
        assert panels.assessment_knot(ask(cast, name, goals[0], cast.nes)) is None, name
    assert panels.assessment_knot(ask(cast, "aud", goals[0])) is None  # never several schools at once
    assert panels.assessment_knot(ask(cast, "aud", None, cast.nes)) is None
    actions.complete_round(round=made, comment="", by=AUD)
    actions.share_round(round=made, by=AUD)
    knot = panels.assessment_knot(ask(cast, "berit", goals[0], cast.nes))
    assert said(knot) == "Vi har vurdert oss selv: se svarene."


def test_a_round_to_come_is_said_calmly(plan: Plan, cast: Cast, goals: list[Goal]) -> None:
    plan()
    knot = panels.assessment_knot(ask(cast, "berit", goals[0], cast.nes))
    assert knot is not None
    assert knot.state == "later"
    assert said(knot).startswith("Vi vurderer oss selv innen ")


def test_states_of_all_threads_in_two_queries(hold: Hold, cast: Cast, goals: list[Goal]) -> None:
    hold(MIXED)
    key = {(cast.nes.pk, goal.pk): "there" for goal in goals}
    asked = ask(cast, "aud")
    with CaptureQueriesContext(connection) as found:
        assert panels.assessment_states(asked) == key
    assert len(found) == 2
    with CaptureQueriesContext(connection) as found:
        assert panels.assessment_states(asked) == key
    assert len(found) == 1  # the schools are read once for all that are asked
    assert panels.assessment_states(ask(cast, "aud", school=cast.vik)) == {}
    assert panels.assessment_states(ask(cast, "berit")) == {}


def test_those_who_have_not_answered_are_waited_for(plan: Plan, cast: Cast, goals: list[Goal]) -> None:
    made = actions.open_round(round=plan(), by=AUD)
    (item,) = panels.items(ask(cast, "carl"))
    assert (item.kind, item.title, item.mine, item.when, item.place) == (
        "waiting", "Svar på skolens egenvurdering", True, made.closes_on, "Nes skole",
    )  # fmt: skip
    assert item.address == f"/9901/skoler/F00000001/egenvurdering/{made.pk}/svar/"
    assert panels.items(ask(cast, "carl", school=cast.vik)) == []
    assert panels.items(ask(cast, "carl", days=8)) == []
    assert panels.items(ask(cast, "vera")) == panels.items(ask(cast, "berit")) == []
    actions.give_answers(round=made, answers={goal.pk: 1 for goal in goals}, by=cast.users["carl"])
    assert panels.items(ask(cast, "carl")) == []


def test_the_head_is_told_that_the_answers_wait(hold: Hold, cast: Cast) -> None:
    made = hold(MIXED)
    for name in ("aud", "liv"):
        (item,) = panels.items(ask(cast, name, school=cast.nes))
        assert (item.kind, item.address) == ("due", f"/9901/skoler/F00000001/egenvurdering/{made.pk}/")
    for name in ("carl", "berit", "vera"):
        assert panels.items(ask(cast, name)) == []
    actions.complete_round(round=made, comment="", by=AUD)
    assert panels.items(ask(cast, "aud")) == []


def test_the_part_is_registered_where_it_belongs() -> None:
    assert [(part.name, part.order) for part in parts() if part.name == "assessment"] == [("assessment", 40)]


def test_a_scale_is_written_and_read_back_entry_by_entry(cast: Cast) -> None:
    owner = cast.fjordvik
    assert pack.read(owner) == pack.AssessmentShape()
    pack.write(owner=owner, path=("",), content={"unknown": "Usikker", "smallest": 6}, by=BERIT)
    for key, word in (("lite", "Lite"), ("noe", "Noe"), ("mye", "Mye")):
        pack.write(owner=owner, path=("steps", key), content={"key": key, "word": word}, by=BERIT)
    pack.write(owner=owner, path=("steps", "noe"), content={"key": "noe", "word": "I noen grad"}, by=BERIT)
    shape = pack.read(owner)
    assert shape.model_dump() == {
        "unknown": "Usikker", "smallest": 6,
        "steps": ({"key": "lite", "word": "Lite"}, {"key": "noe", "word": "I noen grad"}, {"key": "mye", "word": "Mye"}),
    }  # fmt: skip
    pack.write(owner=owner, path=("steps", "noe"), content=None, by=BERIT)
    pack.write(owner=owner, path=("",), content=None, by=BERIT)
    shape = pack.read(owner)
    assert ([step.key for step in shape.steps], shape.unknown, shape.smallest) == (
        ["lite", "mye"],
        "Vet ikke",
        5,
    )


def test_what_people_wrote_is_read_whatever_its_form(cast: Cast, scale: AssessmentScale) -> None:
    assert [step.word for step in pack.read(cast.fjordvik).steps] == list(WORDS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"smallest": 4},
        {"steps": [{"key": "a", "word": "Lite"}]},
        {"steps": [{"key": "A b", "word": "Lite"}, {"key": "b", "word": "Mye"}]},
        {"trend": True},
    ],
)
def test_what_a_pack_cannot_say(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        pack.AssessmentShape.model_validate(wrong)
