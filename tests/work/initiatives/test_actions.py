"""Beginning, changing and moving: every step that is drawn, none that is not, and what each leaves behind."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.cast import Cast
from tests.work.initiatives.conftest import AUD, BERIT, Begin
from tests.work.planning import plan_of
from tettpaa.core.audit.models import Event
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.work.initiatives import actions
from tettpaa.work.initiatives.enums import FIRST, PATHS, State
from tettpaa.work.initiatives.models import Initiative, StateChange
from tettpaa.work.plans.models import Goal
from tettpaa.work.yearwheel.models import Task


def put_in(initiative: Initiative, state: State) -> Initiative:
    Initiative.objects.filter(pk=initiative.pk).update(state=state)
    initiative.refresh_from_db()
    return initiative


def test_an_initiative_begins_with_its_words_its_history_and_its_trace(begin: Begin, cast: Cast) -> None:
    made = begin(expected_sign="Færre gjetter.", evaluate_on=date(2026, 9, 1))
    row = Initiative.objects.get()
    assert (row.pk, row.owner, row.school, row.state) == (made.pk, cast.fjordvik, cast.nes, State.DECIDED)
    assert (row.problem, row.expected_sign) == ("Mange leser uten å forstå.", "Færre gjetter.")
    change = row.changes.get()
    assert (change.before, change.after, change.on, change.by) == ("", "decided", date(2025, 8, 18), AUD)
    event = Event.objects.get(kind="initiatives.initiative_started")
    assert (event.chain, event.by, event.subject_key) == ("9901", AUD, str(made.pk))
    assert event.detail == {"state": "decided"}


def test_both_dates_are_in_the_year_wheel_of_the_one_who_answers_for_it(begin: Begin, cast: Cast) -> None:
    made = begin(evaluate_on=date(2026, 9, 1))
    tasks = {task.source.rsplit(":", 1)[1]: task for task in Task.objects.all()}
    assert set(tasks) == {"due", "evaluation"}
    assert (tasks["due"].title, tasks["due"].due_on) == (made.title, date(2026, 6, 1))
    assert tasks["evaluation"].title == f"Se på effekten: {made.title}"
    assert {(task.role, task.school, task.address) for task in tasks.values()} == {
        ("principal", cast.nes, f"/9901/tiltak/{made.pk}/")
    }


def test_an_idea_puts_no_date(begin: Begin) -> None:
    begin(state=State.IDEA)
    assert not Task.objects.exists()


def test_the_same_source_gives_the_same_initiative(begin: Begin, cast: Cast) -> None:
    first = begin(source="agreements.commitment:1", source_address="/9901/avtaler/1/")
    again = begin(source="agreements.commitment:1", title="Noe annet")
    other = begin(source="", title="Uten kilde")
    assert (first.pk, again.title) == (again.pk, "Lesekurs på mellomtrinnet")
    assert Initiative.objects.count() == 2
    assert other.pk != first.pk
    assert StateChange.objects.filter(initiative=first).count() == 1


@pytest.mark.parametrize("state", sorted(set(State) - set(FIRST)))
def test_nothing_begins_in_the_middle(begin: Begin, state: State) -> None:
    with pytest.raises(NotAllowedError):
        begin(state=state)
    assert not Initiative.objects.exists()


def test_a_foreign_school_or_goal_is_refused(begin: Begin, cast: Cast) -> None:
    foreign = plan_of(cast.utvik, "Nabokommunens mål")[0]
    for wrong in ({"school": cast.units["U00000001"]}, {"goal": foreign}):
        with pytest.raises(ValueError, match="owner's"):
            begin(**wrong)
    assert not Initiative.objects.exists()


@pytest.mark.parametrize("before", State)
def test_every_step_that_is_drawn_and_no_other(begin: Begin, before: State) -> None:
    made = begin()
    for after in State:
        put_in(made, before)
        if after not in PATHS.get(before, ()):
            with pytest.raises(NotAllowedError):
                actions.move_initiative(initiative=made, to=after, reason="Fordi.", by=AUD)
            made.refresh_from_db()
            assert made.state == before
            continue
        actions.move_initiative(initiative=made, to=after, reason=" Fordi. ", by=AUD, on=date(2026, 1, 7))
        made.refresh_from_db()
        last = StateChange.objects.order_by("pk").last()
        assert last is not None
        assert (made.state, last.before, last.after, last.reason, last.on) == (
            after, before, after, "Fordi.", date(2026, 1, 7),
        )  # fmt: skip
    moves = Event.objects.filter(kind="initiatives.initiative_moved").count()
    assert moves == len(PATHS.get(before, ()))


@pytest.mark.parametrize(
    ("before", "after"),
    [(State.STARTED, State.PAUSED), (State.STARTED, State.STOPPED), (State.DONE, State.EVALUATED)],
)
def test_a_step_that_needs_a_reason_is_not_taken_without(begin: Begin, before: State, after: State) -> None:
    made = put_in(begin(), before)
    with pytest.raises(actions.ReasonMissingError):
        actions.move_initiative(initiative=made, to=after, reason="  ", by=AUD)
    made.refresh_from_db()
    assert made.state == before


def test_what_is_done_has_its_day_and_leaves_the_wheel(begin: Begin) -> None:
    made = put_in(begin(evaluate_on=date(2026, 9, 1)), State.STARTED)
    actions.move_initiative(initiative=made, to=State.DONE, by=AUD, on=date(2026, 5, 20))
    made.refresh_from_db()
    assert made.done_on == date(2026, 5, 20)
    states = {task.source.rsplit(":", 1)[1]: task.is_open for task in Task.objects.all()}
    assert states == {"due": False, "evaluation": True}
    actions.move_initiative(initiative=made, to=State.EVALUATED, reason="Vi så på leseloggene.", by=AUD)
    assert not any(task.is_open for task in Task.objects.all())


def test_what_is_stopped_takes_its_dates_along(begin: Begin) -> None:
    made = begin(evaluate_on=date(2026, 9, 1))
    actions.move_initiative(initiative=made, to=State.STOPPED, reason="Ingen tid.", by=AUD)
    assert not any(task.is_open for task in Task.objects.all())


def test_the_words_change_and_the_dates_follow(begin: Begin) -> None:
    made = begin()
    made.title, made.due_on = "Lesekurs for alle", date(2026, 5, 1)
    actions.edit_initiative(initiative=made, version=1, by=AUD)
    row = Initiative.objects.get()
    assert (row.title, row.due_on, row.version) == ("Lesekurs for alle", date(2026, 5, 1), 2)
    assert [(task.title, task.due_on) for task in Task.objects.all()] == [
        ("Lesekurs for alle", date(2026, 5, 1))
    ]


def test_the_second_writer_is_shown_the_first_ones_words(begin: Begin) -> None:
    mine, theirs = begin(), Initiative.objects.get()
    theirs.what = "Kurs i ti uker."
    actions.edit_initiative(initiative=theirs, version=1, by=BERIT)
    mine.what = "Kurs i fire uker."
    with pytest.raises(ConflictError) as conflict:
        actions.edit_initiative(initiative=mine, version=1, by=AUD)
    assert (conflict.value.theirs.what, conflict.value.mine.what) == ("Kurs i ti uker.", "Kurs i fire uker.")  # type: ignore[attr-defined]
    assert Initiative.objects.get().what == "Kurs i ti uker."


def test_a_foreign_goal_cannot_be_written_in(begin: Begin, cast: Cast) -> None:
    made = begin()
    made.goal = plan_of(cast.utvik, "Nabokommunens mål")[0]
    with pytest.raises(ValueError, match="owner's"):
        actions.edit_initiative(initiative=made, version=1, by=AUD)


def test_a_day_to_look_is_agreed_without_touching_the_words(begin: Begin, goal: Goal) -> None:
    made = begin()
    actions.agree_evaluation(initiative=made, on=date(2026, 10, 1), by=AUD)
    made.refresh_from_db()
    assert (made.evaluate_on, made.version) == (date(2026, 10, 1), 2)
    assert Task.objects.filter(source=f"initiatives.initiative:{made.pk}:evaluation").get().due_on == date(
        2026, 10, 1
    )


def test_the_history_cannot_be_changed(begin: Begin) -> None:
    begin()
    for statement in (
        "UPDATE initiatives_statechange SET reason = 'pyntet'",
        "DELETE FROM initiatives_statechange",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert StateChange.objects.get().reason == ""
