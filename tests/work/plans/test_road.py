"""The owner's plan along its road: every step and every refusal, the seal, the revision, two writers at once."""

import json
from datetime import date
from itertools import product

import pytest
from django.db import DatabaseError, transaction

from tests.factories.cast import Cast
from tests.work.plans.conftest import BERIT, UP, walk, write_goal
from tettpaa.core.audit.models import Event
from tettpaa.core.audit.seal import fingerprint
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.work.plans import actions, pages, queries
from tettpaa.work.plans.actions.goals import Around
from tettpaa.work.plans.actions.plan import free_key
from tettpaa.work.plans.content import differences, words_of
from tettpaa.work.plans.enums import GOAL_PATHS, PLAN_PATHS, AreaState, GoalState, PlanState
from tettpaa.work.plans.figures import Baseline
from tettpaa.work.plans.models import FocusArea, Goal, PlanStep, PlanVersion, QualityPlan, Theme

pytestmark = pytest.mark.django_db


def test_only_the_drawn_steps_can_be_taken(plan: QualityPlan) -> None:
    for before, after in product(PlanState, PlanState):
        with transaction.atomic():
            QualityPlan.objects.filter(pk=plan.pk).update(state=before)
            step = actions.Step(to=after, on=date(2024, 6, 12))
            if after in PLAN_PATHS[before]:
                assert actions.move_plan(plan=plan, step=step, by=BERIT).state == after
                assert PlanStep.objects.get().after == after
            else:
                with pytest.raises(NotAllowedError):
                    actions.move_plan(plan=plan, step=step, by=BERIT)
                assert not PlanStep.objects.exists()
            transaction.set_rollback(True)


def test_a_goal_moves_only_along_its_paths(plan: QualityPlan) -> None:
    goal = plan.goals.get()
    for before, after in product(GoalState, GoalState):
        Goal.objects.filter(pk=goal.pk).update(state=before)
        if after in GOAL_PATHS[before]:
            assert actions.settle_goal(goal=goal, to=after, outcome="Fordi", by=BERIT).state == after
            assert Goal.objects.get().outcome == "Fordi"
        else:
            with pytest.raises(NotAllowedError):
                actions.settle_goal(goal=goal, to=after, by=BERIT)


def test_adopting_seals_the_words(plan: QualityPlan) -> None:
    adopted = walk(plan, *UP[:4])
    version = PlanVersion.objects.get()
    assert (version.number, version.sha256) == (1, fingerprint(version.content))
    assert json.loads(version.content) == words_of(adopted)
    assert json.loads(version.content)["goals"][0]["signs"]["pupil"] == ["Jeg leser hver dag."]
    assert (version.adopted_on, version.case_reference) == (date(2024, 4, 10), "PS 3/24")
    assert adopted.goals.get().state == GoalState.ADOPTED
    assert adopted.areas.get().state == AreaState.ADOPTED
    assert not QualityPlan.objects.get().unsealed


def test_what_is_adopted_cannot_be_written(plan: QualityPlan) -> None:
    goal, area = plan.goals.get(), plan.areas.get()
    link = actions.save_indicator(link=_link(goal), version=None, fields=(), baseline=None, by=BERIT)
    deeds = [
        lambda: actions.save_plan(plan=plan, version=1, fields=["title"], by=BERIT),
        lambda: write_goal(plan, "Nytt mål"),
        lambda: actions.settle_goal(goal=goal, to=GoalState.DROPPED, by=BERIT),
        lambda: actions.save_indicator(link=link, version=1, fields=["note"], baseline=None, by=BERIT),
        lambda: actions.drop_indicator(link=link, by=BERIT),
        lambda: actions.save_row(row=area, version=1, fields=["title"], by=BERIT),
        lambda: actions.remove_row(row=area, by=BERIT),
    ]
    for state in (PlanState.ADOPTED, PlanState.IN_FORCE, PlanState.EXPIRED):
        QualityPlan.objects.filter(pk=plan.pk).update(state=state)
        for deed in deeds:
            with pytest.raises(actions.PlanSealedError):
                deed()
    assert Goal.objects.count() == 1


def _link(goal: Goal):  # type: ignore[no-untyped-def]
    link = actions.blank_indicator(goal)
    link.indicator, link.grade = "np5_lesing", 5
    return link


@pytest.mark.parametrize("model", [PlanVersion, PlanStep])
def test_the_database_refuses_to_change_what_was_adopted(
    in_force: QualityPlan, model: type[PlanVersion]
) -> None:
    assert model.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(case_reference="noe annet")
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().delete()


def test_a_revision_is_a_new_version_and_the_difference_can_be_seen(in_force: QualityPlan) -> None:
    walk(in_force, PlanState.REVISION)
    goal = in_force.goals.get()
    goal.text = "Alle elever skal lese svært godt"
    actions.save_goal(
        goal=goal,
        version=1,
        fields=["text"],
        around=Around(signs={"teacher": ["Vi planlegger sammen."]}),
        by=BERIT,
    )
    write_goal(in_force, "Elevene skal trives")
    assert queries.plan_in_force(in_force.owner) == in_force
    assert [goal.text for goal in queries.goals_of(in_force.owner)] == ["Alle elever skal lese godt"]
    walk(in_force, PlanState.SECOND_READING, PlanState.ADOPTED)
    assert [goal.text for goal in queries.goals_of(in_force.owner)] == [
        "Alle elever skal lese svært godt",
        "Elevene skal trives",
    ]
    first, second = PlanVersion.objects.all()
    assert (first.number, second.number) == (1, 2)
    told = [(one.what, one.before, one.after) for one in pages.differences_from(first, second)]
    assert told == [
        ("Målet", "Alle elever skal lese godt", "Alle elever skal lese svært godt"),
        ("Tegn: Læreren", "", "Vi planlegger sammen."),
        ("Målet", "", "Elevene skal trives"),
        ("Slag", "", "praksis"),
        ("Tegn: Eleven", "", "Jeg leser hver dag."),
        ("Verktøy", "", "Nasjonale prøver"),
        ("Tegn: Eleven", "Jeg leser hver dag.", ""),
        ("Verktøy", "Nasjonale prøver", ""),
    ]
    assert pages.differences_from(None, first) == []


def test_a_goal_put_back_as_it_was_has_no_draft_text(in_force: QualityPlan) -> None:
    walk(in_force, PlanState.REVISION)
    goal = in_force.goals.get()
    for version, text in enumerate(("Noe annet", "Alle elever skal lese godt"), start=1):
        goal.text = text
        actions.save_goal(goal=goal, version=version, fields=["text"], around=Around(), by=BERIT)
        assert Goal.objects.get().newest_text == text
    assert Goal.objects.get().draft_text == ""


def test_a_plan_that_was_never_sealed_is_sealed_when_its_revision_begins(plan: QualityPlan) -> None:
    QualityPlan.objects.filter(pk=plan.pk).update(state=PlanState.IN_FORCE)
    walk(plan, PlanState.REVISION)
    assert PlanVersion.objects.get().number == 1


def test_a_dropped_goal_leaves_the_plan_and_can_come_back(in_force: QualityPlan) -> None:
    walk(in_force, PlanState.REVISION)
    goal = in_force.goals.get()
    actions.settle_goal(goal=goal, to=GoalState.DROPPED, by=BERIT)
    assert words_of(in_force)["goals"] == []
    assert queries.goals_of(in_force.owner) == []
    actions.settle_goal(goal=goal, to=GoalState.ADOPTED, by=BERIT)
    assert len(words_of(in_force)["goals"]) == 1


def test_two_who_write_at_once_lose_nothing(plan: QualityPlan) -> None:
    mine, theirs = plan.goals.get(), plan.goals.get()
    theirs.text, mine.text = "Deres mål", "Mitt mål"
    around = Around(signs={"pupil": ["Deres tegn"]})
    actions.save_goal(goal=theirs, version=1, fields=["text"], around=around, by=BERIT)
    with pytest.raises(ConflictError) as caught:
        actions.save_goal(goal=mine, version=1, fields=["text"], around=Around(), by="aud@example.test")
    assert (str(caught.value.theirs), str(caught.value.mine)) == ("Deres mål", "Mitt mål")
    assert [sign.text for sign in plan.goals.get().signs.all()] == ["Deres tegn"]


def test_ending_an_area_keeps_its_goals_and_a_theme_lets_its_goals_go(plan: QualityPlan) -> None:
    area, goal = plan.areas.get(), plan.goals.get()
    theme = actions.save_row(
        row=Theme(owner=plan.owner, area=area, title="Lesing i alle fag"), version=None, fields=(), by=BERIT
    )
    Goal.objects.filter(pk=goal.pk).update(theme=theme)
    assert words_of(plan)["goals"][0]["theme"] == "lesing-i-alle-fag"
    actions.remove_row(row=theme, by=BERIT)
    assert not Theme.objects.exists()
    actions.remove_row(row=area, by=BERIT)
    words = words_of(plan)
    assert words["areas"] == []
    assert [line.words for line in pages.areas_of(words)] == [None]
    assert Goal.objects.get().theme is None


def test_every_deed_is_in_the_trail_without_its_words(in_force: QualityPlan) -> None:
    kinds = list(Event.objects.filter(kind__startswith="plans.").values_list("kind", flat=True))
    moved = ["plans.plan_moved"] * 4
    begun = ["plans.plan_started", "plans.row_written", "plans.goal_written"]
    assert kinds == [*begun, *moved, "plans.plan_sealed", "plans.plan_moved"]
    details = " ".join(str(event.detail) for event in Event.objects.all())
    assert "Jeg leser" not in details
    assert "lese godt" not in details


def test_keys_are_short_and_free() -> None:
    assert free_key("Elevene skal LÆRE å lese", []) == "elevene-skal-lere-a-lese"
    assert free_key("Les!", ["les", "les-2"]) == "les-3"
    assert free_key("★", []) == "rad"


def test_which_plan_holds(cast: Cast, plan: QualityPlan) -> None:
    assert queries.plan_in_force(cast.fjordvik) is None
    walk(plan, *UP)
    later = actions.start_plan(owner=cast.fjordvik, title="Neste plan", by=BERIT)
    assert queries.plan_in_force(cast.fjordvik) == plan
    assert queries.plan_to_write(cast.fjordvik) == later
    assert [goal.text for goal in queries.goals_of(cast.fjordvik)] == ["Alle elever skal lese godt"]
    same = write_goal(later, "Alle elever skal lese godt")
    assert same.key == plan.goals.get().key
    found = queries.goal_by_key(cast.fjordvik, same.key)
    assert found is not None
    assert found.plan == plan
    assert queries.goal_by_key(cast.fjordvik, "finnes-ikke") is None
    assert queries.goal_by_key(cast.utvik, same.key) is None
    walk(plan, PlanState.EXPIRED)
    assert queries.plan_in_force(cast.fjordvik) is None


def test_words_that_are_the_same_differ_in_nothing(plan: QualityPlan) -> None:
    actions.save_row(
        row=FocusArea(owner=plan.owner, plan=plan, title="Trygghet", why="Fordi"),
        version=None,
        fields=(),
        by=BERIT,
    )
    before = words_of(plan)
    assert differences(before, words_of(plan)) == []
    gone = {**before, "areas": before["areas"][:1], "title": ""}
    assert [(one.where, one.what, one.before, one.after) for one in differences(before, gone)] == [
        ("Planen", "Tittel", "Kvalitetsplan", ""),
        ("Område: Trygghet", "Tittel", "Trygghet", ""),
        ("Område: Trygghet", "Hvorfor", "Fordi", ""),
    ]


def test_a_plan_is_sealed_again_only_when_a_pack_has_written_in_it(in_force: QualityPlan) -> None:
    assert actions.seal_if_changed(plan=in_force.pk, by=BERIT) is None
    QualityPlan.objects.filter(pk=in_force.pk).update(unsealed=True)
    made = actions.seal_if_changed(plan=in_force.pk, by=BERIT)
    assert made is not None
    assert made.number == 2


def test_every_state_is_said_in_a_sentence(plan: QualityPlan) -> None:
    said = {}
    for state in PlanState:
        plan.state = state
        shown = queries.Shown(plan, words_of(plan), None, is_draft=plan.is_open)
        said[state] = pages.second_line(shown, date(2026, 11, 22))
    assert said == {
        PlanState.DRAFT: "Den er et utkast.",
        PlanState.FIRST_READING: "Den er til første behandling.",
        PlanState.HEARING: "Den er på høring.",
        PlanState.SECOND_READING: "Den er til andre behandling.",
        PlanState.ADOPTED: "Den er vedtatt, men ikke i kraft ennå.",
        PlanState.IN_FORCE: "Den gjelder til og med 31.\u00a0juli 2028.",
        PlanState.REVISION: "Den gjelder, og den er under revisjon.",
        PlanState.EXPIRED: "Den gjelder ikke lenger.",
    }
    assert pages.first_line(shown) == "Planen har ett område og ett mål."
    empty = queries.Shown(plan, {"areas": [], "goals": []}, None, is_draft=False)
    assert pages.first_line(empty) == "Planen har ingen mål ennå."
    loose = queries.Shown(plan, {"areas": [], "goals": [1, 2]}, None, is_draft=False)
    assert pages.first_line(loose) == "Planen har 2 mål."


def test_a_hearing_says_how_long_and_when_it_is_over(plan: QualityPlan) -> None:
    plan.state, plan.hearing_until = PlanState.HEARING, date(2026, 12, 1)
    shown = queries.Shown(plan, words_of(plan), None, is_draft=True)
    assert pages.second_line(shown, date(2026, 12, 1)) == "Den er på høring til 1.\u00a0desember 2026."
    assert pages.second_line(shown, date(2026, 12, 2)) == "Høringen er over."


def test_the_road_shows_the_day_of_each_step(in_force: QualityPlan) -> None:
    assert [(step.title, step.text, step.state) for step in pages.road(in_force)][2:] == [
        ("På høring", "10.\u00a0februar 2024", "done"),
        ("Andre behandling", "10.\u00a0mars 2024", "done"),
        ("Vedtatt", "10.\u00a0april 2024", "done"),
        ("I kraft", "10.\u00a0mai 2024", "now"),
    ]
    revised = walk(in_force, PlanState.REVISION)
    assert (pages.road(revised)[-1].title, pages.road(revised)[-1].text) == (
        "Under revisjon",
        "10.\u00a0januar 2024",
    )


def test_a_changed_target_and_theme_are_seen_in_the_difference(plan: QualityPlan) -> None:
    goal, area = plan.goals.get(), plan.areas.get()
    before = words_of(plan)
    link = _link(goal)
    link.target, link.target_on, link.note = 50.5, date(2027, 12, 31), "Se også 8. trinn"
    actions.save_indicator(
        link=link, version=None, fields=(), baseline=Baseline(47.0, 45.0, 49.0, 80, 2024), by=BERIT
    )
    bare = actions.blank_indicator(goal)
    bare.indicator = "eu_trivsel"
    actions.save_indicator(link=bare, version=None, fields=(), baseline=None, by=BERIT)
    theme = Theme(owner=plan.owner, area=area, title="Venner", text="Alle har en.")
    actions.save_row(row=theme, version=None, fields=(), by=BERIT)
    assert [(one.what, one.after) for one in differences(before, words_of(plan))] == [
        ("Tema", "Venner: Alle har en."),
        (
            "Indikator: Lesing 5. trinn",
            "utgangspunkt 47, mål 50,5, innen 31.\u00a0desember 2027, Se også 8. trinn",
        ),
        ("Indikator: Trivsel", "følges"),
    ]
