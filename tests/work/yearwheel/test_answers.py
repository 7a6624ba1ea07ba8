"""Answering: every road that is drawn, none that is not, two at once, back again, and the baton."""

import threading
from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, connection

from tests.factories.cast import Cast
from tests.work.yearwheel.wheelhouse import AUD, BERIT, NOW, task_at_nes
from tettpaa.core.audit.models import Event
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.jobs.models import Job
from tettpaa.work.yearwheel.actions import (
    NewAnswer,
    TooLateError,
    answer_offer,
    answer_task,
    give_task,
    reopen_task,
    undo_answer,
    withdraw_offer,
)
from tettpaa.work.yearwheel.enums import ANSWERS, PATHS, HandoverState, State
from tettpaa.work.yearwheel.models import Handover, Task, TaskAnswer

pytestmark = pytest.mark.django_db
LIV = "liv@example.test"


def in_state(cast: Cast, state: str) -> Task:
    task = task_at_nes(cast)
    Task.objects.filter(pk=task.pk).update(state=state)
    return Task.objects.get(pk=task.pk)


@pytest.mark.parametrize(("before", "after"), list(product(State, sorted(ANSWERS))))
def test_an_answer_goes_only_where_the_road_goes(cast: Cast, before: State, after: State) -> None:
    task = in_state(cast, before)
    may = after in PATHS[before] or before == after == State.PARTLY
    if may:
        answer_task(task=task.pk, answer=NewAnswer(after, "En linje."), by=AUD)
    else:
        with pytest.raises(NotAllowedError):
            answer_task(task=task.pk, answer=NewAnswer(after, "En linje."), by=AUD)
    task.refresh_from_db()
    assert task.state == (after if may else before)


def test_the_line_lands_where_it_belongs(cast: Cast) -> None:
    task = task_at_nes(cast)
    answer_task(task=task.pk, answer=NewAnswer(State.PARTLY, " To trinn gjenstår. "), by=AUD)
    task.refresh_from_db()
    assert (task.remains, task.reason) == ("To trinn gjenstår.", "")
    answer_task(task=task.pk, answer=NewAnswer(State.SKIPPED, "Flyttet til våren."), by=AUD)
    task.refresh_from_db()
    assert (task.remains, task.reason) == ("", "Flyttet til våren.")


@pytest.mark.parametrize("state", [State.PARTLY, State.NOT_APPLICABLE, State.SKIPPED])
def test_only_done_needs_no_line(cast: Cast, state: State) -> None:
    task = task_at_nes(cast)
    with pytest.raises(ValueError, match="needs a line"):
        answer_task(task=task.pk, answer=NewAnswer(state, "  "), by=AUD)
    assert not TaskAnswer.objects.exists()


def test_two_at_once_give_one_state_and_the_second_sees_the_first(cast: Cast) -> None:
    task = task_at_nes(cast)
    answer_task(task=task.pk, answer=NewAnswer(State.DONE), by=AUD, version=task.version)
    with pytest.raises(ConflictError) as conflict:
        answer_task(task=task.pk, answer=NewAnswer(State.PARTLY, "x"), by=LIV, version=task.version)
    assert conflict.value.theirs.state == State.DONE  # type: ignore[attr-defined]
    assert [(said.state, said.by) for said in TaskAnswer.objects.all()] == [(State.DONE, AUD)]


def test_an_answer_is_taken_back_within_a_day_and_not_later(cast: Cast) -> None:
    task = task_at_nes(cast)
    answer_task(
        task=task.pk, answer=NewAnswer(State.PARTLY, "Ett trinn."), by=AUD, at=NOW - timedelta(hours=1)
    )
    said = answer_task(task=task.pk, answer=NewAnswer(State.DONE), by=AUD, at=NOW)
    with pytest.raises(TooLateError):
        undo_answer(answer=said.pk, by=AUD, at=NOW + timedelta(hours=25))
    back = undo_answer(answer=said.pk, by=AUD, at=NOW + timedelta(hours=24))
    assert (back.state, back.remains) == (State.PARTLY, "Ett trinn.")
    with pytest.raises(TooLateError):
        undo_answer(answer=said.pk, by=AUD, at=NOW + timedelta(hours=24))


def test_only_the_last_answer_can_be_taken_back(cast: Cast) -> None:
    task = task_at_nes(cast)
    first = answer_task(task=task.pk, answer=NewAnswer(State.PARTLY, "a"), by=AUD, at=NOW)
    answer_task(task=task.pk, answer=NewAnswer(State.DONE), by=LIV, at=NOW)
    with pytest.raises(TooLateError):
        undo_answer(answer=first.pk, by=AUD, at=NOW)


def test_a_task_is_opened_again_long_after(cast: Cast) -> None:
    task = task_at_nes(cast)
    with pytest.raises(NotAllowedError):
        reopen_task(task=task.pk, by=AUD)
    answer_task(task=task.pk, answer=NewAnswer(State.DONE), by=AUD)
    with pytest.raises(ConflictError):
        reopen_task(task=task.pk, by=AUD, version=task.version)
    assert reopen_task(task=task.pk, by=AUD, version=task.version + 1).state == State.UPCOMING
    assert [said.undone_at is None for said in TaskAnswer.objects.all()] == [False]


def test_the_trail_tells_the_deed_and_not_the_words(cast: Cast) -> None:
    task = task_at_nes(cast)
    answer_task(task=task.pk, answer=NewAnswer(State.PARTLY, "KANARI"), by=AUD)
    event = Event.objects.get(kind="yearwheel.task_answered")
    assert (event.by, event.subject_key, event.detail) == (
        AUD,
        str(task.pk),
        {"from": "upcoming", "to": "partly"},
    )
    assert "KANARI" not in f"{event.subject}{event.detail}"


def test_the_baton_stays_until_the_next_person_takes_it(cast: Cast) -> None:
    task = task_at_nes(cast)
    offer = give_task(task=task.pk, to=cast.users["liv"].pk, to_role="department_head", by=AUD, at=NOW)
    task.refresh_from_db()
    assert task.holder is None
    assert [job.kind for job in Job.objects.all()] == ["yearwheel.tell_of_offer"]
    answer_offer(handover=offer.pk, accept=True, by=LIV, at=NOW)
    task.refresh_from_db()
    assert task.holder == cast.users["liv"]
    with pytest.raises(NotAllowedError):
        answer_offer(handover=offer.pk, accept=False, by=LIV)


def test_a_no_leaves_the_task_where_it_was_with_the_reason(cast: Cast) -> None:
    task = task_at_nes(cast)
    offer = give_task(task=task.pk, to=cast.users["liv"].pk, by=AUD)
    answer_offer(handover=offer.pk, accept=False, note="Jeg er i permisjon.", by=LIV)
    offer.refresh_from_db()
    task.refresh_from_db()
    assert (offer.state, offer.note, task.holder) == (HandoverState.DECLINED, "Jeg er i permisjon.", None)


def test_one_open_offer_at_a_time(cast: Cast) -> None:
    task = task_at_nes(cast)
    first = give_task(task=task.pk, to=cast.users["liv"].pk, by=AUD)
    second = give_task(task=task.pk, to=cast.users["carl"].pk, by=AUD)
    first.refresh_from_db()
    assert first.state == HandoverState.WITHDRAWN
    with pytest.raises(IntegrityError):
        Handover.objects.create(task=task, to=cast.users["liv"], by=AUD, at=NOW)
    del second


def test_an_offer_is_taken_back_once(cast: Cast) -> None:
    offer = give_task(task=task_at_nes(cast).pk, to=cast.users["liv"].pk, by=AUD)
    assert withdraw_offer(handover=offer.pk, by=AUD).state == HandoverState.WITHDRAWN
    with pytest.raises(NotAllowedError):
        withdraw_offer(handover=offer.pk, by=AUD)


def test_an_answer_ends_the_offer_and_a_finished_task_cannot_be_given(cast: Cast) -> None:
    task = task_at_nes(cast)
    offer = give_task(task=task.pk, to=cast.users["liv"].pk, by=AUD)
    answer_task(task=task.pk, answer=NewAnswer(State.DONE), by=AUD)
    offer.refresh_from_db()
    assert offer.state == HandoverState.WITHDRAWN
    with pytest.raises(NotAllowedError):
        give_task(task=task.pk, to=cast.users["liv"].pk, by=AUD)
    with pytest.raises(NotAllowedError):
        answer_offer(handover=offer.pk, accept=True, by=LIV)


def test_the_owner_may_answer_for_all_and_berit_is_told_in_the_history(cast: Cast) -> None:
    task = task_at_nes(cast)
    said = answer_task(task=task.pk, answer=NewAnswer(State.DONE, role="head_of_schools"), by=BERIT)
    assert (said.by, said.role) == (BERIT, "head_of_schools")


def test_what_the_law_says_is_not_dropped(cast: Cast) -> None:
    task = task_at_nes(cast)
    Task.objects.update(tag="law")
    with pytest.raises(NotAllowedError):
        answer_task(task=task.pk, answer=NewAnswer(State.SKIPPED, "Vi rekker det ikke."), by=AUD)
    answer_task(task=task.pk, answer=NewAnswer(State.NOT_APPLICABLE, "Ingen femteklasse."), by=AUD)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_at_the_same_moment_give_one_answer(cast: Cast) -> None:
    task = task_at_nes(cast)
    start = threading.Barrier(8)
    outcomes: list[str] = []

    def answer(number: int) -> None:
        start.wait()
        try:
            state = State.DONE if number % 2 else State.NOT_APPLICABLE
            answer_task(task=task.pk, answer=NewAnswer(state, "x"), by=AUD, version=task.version)
            outcomes.append("written")
        except ConflictError:
            outcomes.append("conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict"] * 7 + ["written"]
    said = TaskAnswer.objects.get()
    assert Task.objects.get().state == said.state
