"""Dates that rooms put, and the year that procedures make: once, following their rules, never over an answer."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest

from tests.factories.cast import Cast
from tests.work.yearwheel.wheelhouse import BERIT, NOW, procedure, rolled, task_at_nes
from tettpaa.core.audit.models import Event
from tettpaa.core.orgs.models import Unit
from tettpaa.work.yearwheel.actions import (
    NewAnswer,
    add_procedure,
    answer_task,
    change_procedure,
    drop_date,
    end_procedure,
    finish_date,
    finish_open_dates,
    resume_procedure,
    roll_year,
)
from tettpaa.work.yearwheel.enums import State
from tettpaa.work.yearwheel.models import Task
from tettpaa.work.yearwheel.rules import CircleError

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return [
        kind.removeprefix("yearwheel.")
        for kind in Event.objects.filter(kind__startswith="yearwheel.").values_list("kind", flat=True)
    ]


def test_a_date_is_put_once_and_follows_its_room(cast: Cast) -> None:
    first = task_at_nes(cast)
    assert task_at_nes(cast).pk == first.pk
    moved = task_at_nes(cast, due_on=date(2027, 1, 8), title="Del pakken")
    assert (moved.pk, moved.due_on, moved.title, moved.school_year) == (
        first.pk,
        date(2027, 1, 8),
        "Del pakken",
        2026,
    )
    assert Task.objects.count() == 1
    assert kinds() == ["date_put", "date_put"]


def test_a_dropped_date_is_gone_and_comes_back_when_it_is_put(cast: Cast) -> None:
    task = task_at_nes(cast)
    drop_date(source=task.source, by=BERIT)
    drop_date(source=task.source, by=BERIT)
    drop_date(source="never.put", by=BERIT)
    task.refresh_from_db()
    assert task.state == State.DROPPED
    assert task_at_nes(cast).state == State.UPCOMING
    assert kinds() == ["date_put", "date_dropped", "date_put"]


def test_a_finished_date_stays_finished(cast: Cast) -> None:
    task = task_at_nes(cast)
    finish_date(source=task.source, by=BERIT, at=NOW)
    finish_date(source=task.source, by=BERIT, owner=cast.fjordvik)
    drop_date(source=task.source, by=BERIT)
    again = task_at_nes(cast, title="Nytt navn")
    assert (again.state, again.title) == (State.DONE, "Nytt navn")
    assert [answer.at for answer in again.answers.all()] == [NOW]
    assert kinds() == ["date_put", "date_finished", "date_put"]


def test_many_dates_are_finished_at_once_and_those_that_are_done_are_not_asked_for(
    cast: Cast, django_assert_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    first, second = task_at_nes(cast), task_at_nes(cast, source="funds.call:2")
    theirs = task_at_nes(cast, owner=cast.utvik, school=None)
    sources = [first.source, second.source, "never.put"]
    finish_date(source=second.source, by=BERIT, owner=cast.fjordvik, at=NOW)
    finish_open_dates(sources=sources, by=BERIT, owner=cast.fjordvik)
    states = dict(Task.objects.values_list("pk", "state"))
    assert (states[first.pk], states[second.pk], states[theirs.pk]) == (
        State.DONE,
        State.DONE,
        State.UPCOMING,
    )
    assert first.answers.count() == second.answers.count() == 1
    with django_assert_num_queries(3):  # one question, between the two ends of the transaction
        finish_open_dates(sources=sources, by=BERIT, owner=cast.fjordvik)


def test_a_foreign_owner_can_have_the_same_source(cast: Cast) -> None:
    mine = task_at_nes(cast)
    theirs = task_at_nes(cast, owner=cast.utvik, school=None)
    drop_date(source=mine.source, by=BERIT, owner=cast.utvik)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.state, theirs.state) == (State.UPCOMING, State.DROPPED)


def test_a_year_is_rolled_for_each_role_at_each_school_and_never_twice(cast: Cast) -> None:
    procedure(cast, roles=["principal", "department_head"])
    procedure(cast, "report", level="owner", roles=["adviser"], rule="day", month=3, day=1)
    rolled(cast)
    before = list(Task.objects.order_by("pk").values_list("pk", "version"))
    again = roll_year(owner=cast.fjordvik, school_year=2026, by=BERIT)
    assert (again.made, again.moved, again.taken_away) == (0, 0, 0)
    assert list(Task.objects.order_by("pk").values_list("pk", "version")) == before
    assert sorted((task.school.label if task.school else "", task.role) for task in Task.objects.all()) == [
        ("", "adviser"),
        ("Nes skole", "department_head"),
        ("Nes skole", "principal"),
        ("Vik skole", "department_head"),
        ("Vik skole", "principal"),
    ]
    assert kinds().count("year_rolled") == 1


def test_a_wheel_that_begins_in_november_has_not_forgotten_august(cast: Cast) -> None:
    procedure(cast, month=8)
    procedure(cast, "later", name="Siden", month=12)
    assert {task.title for task in rolled(cast, on=date(2026, 11, 20))} == {"Siden"}


def test_a_school_it_is_not_for_says_so_with_the_reason(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.vik.pk).update(grade_from=8, grade_to=10)
    row = procedure(cast, grades=[5])
    change_procedure(
        procedure=row, version=1, words={}, not_for={cast.nes: "Skolen er med i et forsøk."}, by=BERIT
    )
    found = {task.school.label: (task.state, task.reason) for task in rolled(cast) if task.school}
    assert found == {
        "Nes skole": (State.NOT_APPLICABLE, "Skolen er med i et forsøk."),
        "Vik skole": (State.NOT_APPLICABLE, "Skolen har ikke disse trinnene."),
    }
    change_procedure(procedure=row, version=2, words={}, not_for={}, by=BERIT, on=date(2026, 11, 20))
    assert Task.objects.get(school=cast.nes).state == State.UPCOMING


def test_open_tasks_follow_a_changed_rule_and_answered_ones_do_not(cast: Cast) -> None:
    row = procedure(cast)
    nes, vik = sorted(rolled(cast), key=lambda task: task.school.label if task.school else "")
    answer_task(task=nes.pk, answer=NewAnswer(State.DONE), by=BERIT)
    change_procedure(
        procedure=row, version=1, words={"month": 12, "tag": "habit"}, by=BERIT, on=date(2026, 11, 20)
    )
    found = [(task.due_on, task.tag) for task in (Task.objects.get(pk=nes.pk), Task.objects.get(pk=vik.pk))]
    assert found == [(date(2026, 11, 30), ""), (date(2026, 12, 31), "habit")]


def test_an_answer_of_not_for_us_is_not_opened_by_the_next_roll(cast: Cast) -> None:
    procedure(cast)
    task = rolled(cast)[0]
    answer_task(task=task.pk, answer=NewAnswer(State.NOT_APPLICABLE, "Vi har ingen femteklasse."), by=BERIT)
    rolled(cast)
    task.refresh_from_db()
    assert (task.state, task.reason) == (State.NOT_APPLICABLE, "Vi har ingen femteklasse.")


def test_what_is_half_done_follows_the_date(cast: Cast) -> None:
    row = procedure(cast)
    task = rolled(cast)[0]
    answer_task(task=task.pk, answer=NewAnswer(State.PARTLY, "Ett trinn."), by=BERIT)
    change_procedure(procedure=row, version=1, words={"month": 12}, by=BERIT, on=date(2026, 11, 20))
    task.refresh_from_db()
    assert (task.state, task.remains, task.due_on) == (State.PARTLY, "Ett trinn.", date(2026, 12, 31))


def test_an_ended_procedure_takes_its_open_tasks_away(cast: Cast) -> None:
    row = procedure(cast)
    nes, vik = rolled(cast)
    answer_task(task=nes.pk, answer=NewAnswer(State.DONE), by=BERIT)
    end_procedure(procedure=row, by=BERIT, on=date(2026, 11, 20))
    assert {task.pk: task.state for task in Task.objects.all()} == {nes.pk: State.DONE, vik.pk: State.DROPPED}
    resume_procedure(procedure=row, by=BERIT, on=date(2026, 11, 20))
    assert Task.objects.get(pk=vik.pk).state == State.UPCOMING


def test_a_school_that_is_closed_gets_no_tasks(cast: Cast) -> None:
    procedure(cast)
    rolled(cast)
    Unit.objects.filter(pk=cast.vik.pk).update(valid_to=date(2026, 1, 1))
    assert {task.school_id: task.state for task in rolled(cast)}[cast.vik.pk] == State.DROPPED


def test_the_owners_profile_moves_the_month(cast: Cast) -> None:
    procedure(cast, level="owner", month_before_summer=6)
    cast.fjordvik.settings.wheel_profile = "before_summer"
    cast.fjordvik.settings.save()
    assert [task.due_on for task in rolled(cast)] == [date(2027, 6, 30)]


def test_a_procedure_without_a_date_is_named(cast: Cast) -> None:
    procedure(cast, month=None)
    assert roll_year(owner=cast.fjordvik, school_year=2026, by=BERIT).undated == ["Følg opp prøvene"]


def test_a_ring_is_refused_and_one_that_came_in_anyway_makes_no_task(cast: Cast) -> None:
    one = procedure(cast, "one", rule="after", weeks=1, anchor="two", month=None)
    with pytest.raises(CircleError):
        procedure(cast, "two", rule="after", weeks=1, anchor="one", month=None)
    type(one).objects.filter(pk=one.pk).update(anchor="one")
    assert roll_year(owner=cast.fjordvik, school_year=2026, by=BERIT).undated == ["Følg opp prøvene"]


def test_keys_are_made_of_the_name(cast: Cast) -> None:
    words = {"name": "Prøve på trinn 5", "level": "owner", "roles": ["adviser"], "rule": "within", "month": 9}
    found = [add_procedure(owner=cast.fjordvik, words=words, by=BERIT).key for _ in range(2)]
    odd = add_procedure(owner=cast.fjordvik, words={**words, "name": "!!!"}, by=BERIT).key
    assert (*found, odd) == ("prove-pa-trinn-5", "prove-pa-trinn-5-2", "prosedyre")


def test_the_standing_needs_no_job(cast: Cast) -> None:
    task = task_at_nes(cast)
    due = task.due_on
    found = [task.standing(due - timedelta(days=days)).value for days in (15, 14, 0, -1)]
    assert found == ["upcoming", "due", "due", "overdue"]
    task.state = State.PARTLY
    assert [task.standing(due).value, task.standing(due + timedelta(days=1)).value] == ["partly", "overdue"]
