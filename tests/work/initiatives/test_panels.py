"""The two links of the thread, the states of all threads, and the front page's slipping lines."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast
from tests.work.initiatives.conftest import AUD, Begin
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.core.ui.panels import Asked, Knot
from tettpaa.work.initiatives import actions, panels, queries
from tettpaa.work.initiatives.actions import Written
from tettpaa.work.initiatives.enums import Certainty, Conclusion, State
from tettpaa.work.initiatives.models import Initiative
from tettpaa.work.plans.models import Goal

BEFORE, LATE = date(2026, 3, 1), date(2026, 7, 1)


@pytest.fixture
def ask(cast: Cast, goal: Goal):  # type: ignore[no-untyped-def]
    def asked(
        name: str = "aud", today: date = BEFORE, school: Unit | None = cast.nes, **changes: object
    ) -> Asked:
        parts = {"viewer": load_viewer(cast.users[name], today), "owner": cast.fjordvik, "goal": goal.pk}
        return Asked(today=today, school=school, **(parts | changes))  # type: ignore[arg-type]

    return asked


def said(knot: Knot | None) -> str:
    return "".join(words.text for words in knot.sentence) if knot else ""


def reviewed(initiative: Initiative) -> None:
    review = actions.plan_review(
        initiative=initiative, indicator="np5_lesing", grade=5, before=2023, after=2024, by=AUD
    )
    review = actions.mark_ready(review=review, has_figures=True, by=AUD)
    words = Written("Vi så lite.", Conclusion.UNKNOWN, Certainty.UNKNOWN)
    actions.write_review(review=review, words=words, version=review.version, by=AUD)


def test_nothing_yet_is_nothing_wrong(ask, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    assert panels.initiative_knot(ask()) is None
    assert panels.effect_knot(ask()) is None
    assert panels.initiative_knot(ask(goal=None)) is None
    assert panels.effect_knot(ask(goal=None)) is None
    assert panels.items(ask()) == []


def test_the_initiative_is_the_object_of_the_sentence(ask, begin: Begin, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    idea = begin(title="Bokbad", state=State.IDEA)
    knot = panels.initiative_knot(ask())
    assert said(knot) == "Vi har satt opp «Bokbad»."
    made = begin()
    knot = panels.initiative_knot(ask(today=LATE))
    assert knot is not None
    assert said(knot) == "Vi arbeider med «Lesekurs på mellomtrinnet» og mer."
    assert knot.sentence[1].address == f"/9901/tiltak/{made.pk}/"
    assert knot.facts == ("2 tiltak", "1 i gang", "1 over fristen")
    actions.move_initiative(initiative=made, to=State.STOPPED, reason="Ingen tid.", by=AUD)
    actions.move_initiative(initiative=idea, to=State.STOPPED, reason="Ingen tid.", by=AUD)
    assert panels.initiative_knot(ask()) is None


@pytest.mark.parametrize("name", ["vera", "dag", "fia", "eva"])
def test_others_see_no_link(ask, begin: Begin, name: str) -> None:  # type: ignore[no-untyped-def]
    begin()
    assert said(panels.initiative_knot(ask())) != ""
    assert panels.initiative_knot(ask(name)) is None
    assert panels.effect_knot(ask(name, today=LATE)) is None
    assert panels.items(ask(name, today=LATE)) == []
    assert panels.initiative_states(ask(name)) == panels.effect_states(ask(name, today=LATE)) == {}


def test_the_effect_is_missing_when_nobody_has_agreed_when_to_look(ask, begin: Begin) -> None:  # type: ignore[no-untyped-def]
    made = begin()
    assert panels.effect_knot(ask()) is None  # still under way
    knot = panels.effect_knot(ask(today=LATE))
    assert knot is not None
    assert (knot.state, knot.whose) == ("missing", "Rektor")
    assert said(knot) == "Ingen har avtalt når vi ser på effekten av «Lesekurs på mellomtrinnet»."
    assert knot.act is not None
    assert (knot.act.text, knot.act.address) == (
        "Avtal når dere ser på effekten", f"/9901/tiltak/{made.pk}/#effekt",
    )  # fmt: skip
    actions.agree_evaluation(initiative=made, on=date(2026, 9, 1), by=AUD)
    knot = panels.effect_knot(ask(today=LATE))
    assert knot is not None
    assert (knot.state, said(knot)) == ("later", "Vi ser på effekten 1.\xa0september 2026.")
    knot = panels.effect_knot(ask(today=date(2026, 9, 2)))
    assert knot is not None
    assert (knot.state, said(knot)) == (
        "missing", "Vi skulle ha sett på effekten av «Lesekurs på mellomtrinnet» innen 1.\xa0september 2026.",
    )  # fmt: skip


def test_what_we_saw_is_there_also_when_we_do_not_know(ask, begin: Begin) -> None:  # type: ignore[no-untyped-def]
    made = begin()
    reviewed(made)
    knot = panels.effect_knot(ask(today=LATE))
    assert knot is not None
    assert (knot.state, said(knot), knot.facts) == (
        "there", "Vi så på det: Vi vet ikke om tiltaket virket.", ("Lesing 5. trinn",),
    )  # fmt: skip
    assert queries.reviews_for(ask().viewer, made.owner, made.goal)[0].initiative == made
    assert queries.reviews_for(ask("vera").viewer, made.owner) == []


def test_evaluated_in_words_counts(ask, begin: Begin) -> None:  # type: ignore[no-untyped-def]
    made = begin()
    Initiative.objects.update(state=State.DONE)
    actions.move_initiative(initiative=made, to=State.EVALUATED, reason="Vi så på leseloggene.", by=AUD)
    knot = panels.effect_knot(ask(today=LATE))
    assert knot is not None
    assert (knot.state, said(knot)) == ("there", "Vi har vurdert «Lesekurs på mellomtrinnet».")
    assert set(panels.effect_states(ask(today=LATE)).values()) == {"there"}


def test_states_of_all_threads(ask, begin: Begin, cast: Cast, goal: Goal) -> None:  # type: ignore[no-untyped-def]
    begin()
    begin(school=cast.vik, evaluate_on=date(2026, 9, 1))
    begin(school=None)
    begin(goal=None)
    everything = ask("berit", today=LATE, school=None)
    keys = {(cast.nes.pk, goal.pk), (cast.vik.pk, goal.pk)}
    assert panels.initiative_states(everything) == dict.fromkeys(keys, "there")
    assert panels.effect_states(everything) == {(cast.nes.pk, goal.pk): "missing"}
    assert panels.initiative_states(ask("berit")) == {(cast.nes.pk, goal.pk): "there"}
    reviewed(Initiative.objects.get(school=cast.nes, goal=goal))
    assert panels.effect_states(everything) == {(cast.nes.pk, goal.pk): "there"}


def test_what_slips_is_on_the_front_page(ask, begin: Begin, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    made = begin()
    begin(title="I rute", due_on=date(2027, 1, 1))
    (item,) = panels.items(ask(today=LATE))
    assert (item.kind, item.title, item.when, item.place, item.note, item.mine) == (
        "slipping", "Lesekurs på mellomtrinnet", date(2026, 6, 1), "Nes skole", "Over fristen", True,
    )  # fmt: skip
    (item,) = panels.items(ask("berit", today=LATE, school=None))
    assert not item.mine
    Initiative.objects.filter(pk=made.pk).update(state=State.DONE)
    (item,) = panels.items(ask(today=LATE))
    assert (item.note, item.when) == ("Ingen har sett på effekten", None)
    reviewed(made)
    assert panels.items(ask(today=LATE)) == []


def test_the_report_is_given_counts_only(ask, begin: Begin, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    begin()
    begin(school=cast.vik)
    counts = queries.states_of(ask("berit").viewer, cast.fjordvik)
    assert (counts["decided"], counts["started"], len(counts)) == (2, 0, len(State))
    made = begin(source="agreements.commitment:7")
    assert queries.initiative_of_source(cast.fjordvik, "agreements.commitment:7") == made
    assert queries.initiative_of_source(cast.fjordvik, "") is None
    assert queries.initiative_of_source(cast.utvik, "agreements.commitment:7") is None


def test_links_cost_the_same_for_one_and_three(ask, begin: Begin) -> None:  # type: ignore[no-untyped-def]
    costs = []
    for _round in range(2):
        begin()
        asked = ask(today=LATE)
        with CaptureQueriesContext(connection) as found:
            for provider in (panels.initiative_knot, panels.effect_knot, panels.items, panels.effect_states):
                provider(asked)
        costs.append(len(found))
        begin()
    assert costs[0] == costs[1]
