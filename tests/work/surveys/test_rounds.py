"""The road of a round, and that what is left of the answers is numbers nobody can be told from."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from tests.factories.cast import Cast
from tests.work.planning import plan_of
from tests.work.surveys.conftest import AUD, BERIT, WORDS, Hold, Plan, teachers_at
from tettpaa.core.audit.models import Event
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.work.plans.models import Goal
from tettpaa.work.surveys import actions
from tettpaa.work.surveys.actions import NewStep
from tettpaa.work.surveys.ballots import UnreadableError, opened, sealed
from tettpaa.work.surveys.enums import PATHS, State
from tettpaa.work.surveys.models import (
    UNKNOWN,
    AssessmentRound,
    AssessmentScale,
    Ballot,
    Count,
    Look,
    Participation,
)
from tettpaa.work.yearwheel.models import Task


def put_in(round: AssessmentRound, state: State) -> AssessmentRound:  # noqa: A002
    AssessmentRound.objects.filter(pk=round.pk).update(state=state, steps=list(WORDS), answered=0)
    round.refresh_from_db()
    return round


def counts(round: AssessmentRound, goal: Goal) -> dict[int, int]:  # noqa: A002
    return dict(Count.objects.filter(question__round=round, question__goal=goal).values_list("step", "count"))


STEPS: dict[str, Callable[[AssessmentRound], AssessmentRound]] = {
    State.OPEN: lambda one: actions.open_round(round=one, by=AUD),
    State.CLOSED: lambda one: actions.close_round(round=one, by=AUD),
    State.COMPLETED: lambda one: actions.complete_round(round=one, comment="Vi er enige.", by=AUD),
    State.SHARED: lambda one: actions.share_round(round=one, by=AUD),
    State.WITHDRAWN: lambda one: actions.withdraw_round(round=one, by=AUD),
    State.ARCHIVED: lambda one: actions.archive_round(round=one, by=AUD),
}


@pytest.mark.parametrize("before", State)
def test_every_step_that_is_drawn_and_no_other(plan: Plan, before: State) -> None:
    made = plan()
    for after, step in STEPS.items():
        put_in(made, before)
        if after in PATHS.get(before, ()):
            assert step(made).state == after
        else:
            with pytest.raises(NotAllowedError):
                step(made)
            made.refresh_from_db()
            assert made.state == before
        Participation.objects.all().delete()


def test_a_round_is_planned_with_its_questions_and_dates(plan: Plan, goals: list[Goal], cast: Cast) -> None:
    made = plan()
    assert [(one.goal, one.text) for one in made.questions.all()] == [
        (goal, "Hvor langt er vi kommet med lesing i alle fag?") for goal in goals
    ]
    tasks = {task.source.rsplit(":", 1)[1]: task for task in Task.objects.all()}
    assert {key: (task.title, task.due_on, task.role, task.school) for key, task in tasks.items()} == {
        "open": ("Åpne egenvurderingen", made.opens_on, "principal", cast.nes),
        "close": ("Lukk egenvurderingen", made.closes_on, "principal", cast.nes),
    }
    actions.open_round(round=made, by=AUD)
    assert not Task.objects.get(pk=tasks["open"].pk).is_open
    actions.close_round(round=made, by=AUD)
    assert not Task.objects.get(pk=tasks["close"].pk).is_open


def test_what_cannot_be_asked_is_not_planned(plan: Plan, cast: Cast, goals: list[Goal]) -> None:
    foreign = plan_of(cast.utvik, "Nabokommunens mål")
    mute = plan_of(cast.fjordvik, "Uten spørsmål", question="")
    wrong: list[dict[str, object]] = [
        {"goals": foreign}, {"goals": mute}, {"goals": []}, {"school": cast.units["U00000001"]},
        {"opens_on": date(2026, 5, 2), "closes_on": date(2026, 5, 1)},
    ]  # fmt: skip
    for change in wrong:
        with pytest.raises(ValueError, match="a round asks"):
            plan(**change)
    assert not AssessmentRound.objects.exists()


def test_no_words_no_round(plan: Plan, cast: Cast) -> None:
    made = plan()
    AssessmentScale.objects.all().delete()
    with pytest.raises(actions.NoScaleError):
        actions.open_round(round=made, by=AUD)
    assert AssessmentRound.objects.get().state == State.PLANNED


def test_one_open_round_a_school(plan: Plan, cast: Cast) -> None:
    actions.open_round(round=plan(), by=AUD)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.open_round(round=plan(), by=AUD)
    assert actions.open_round(round=plan(school=cast.vik), by=AUD).state == State.OPEN


def test_later_changes_of_the_scale_leave_an_open_round_alone(plan: Plan, cast: Cast) -> None:
    made = actions.open_round(round=plan(), by=AUD)
    actions.set_scale(
        owner=cast.fjordvik,
        unknown="Usikker",
        smallest=9,
        steps=[NewStep("a", "Lite"), NewStep("b", "Mye")],
        by=BERIT,
    )
    made.refresh_from_db()
    assert (made.steps, made.unknown, made.smallest) == (list(WORDS), "Vet ikke", 5)


def test_the_smallest_number_can_only_be_raised(cast: Cast, scale: AssessmentScale) -> None:
    with pytest.raises(actions.TooSmallError):
        actions.set_scale(owner=cast.fjordvik, unknown="Vet ikke", smallest=4, steps=[], by=BERIT)
    with pytest.raises(IntegrityError), transaction.atomic():
        AssessmentScale.objects.update(smallest=4)
    assert [step.word for step in scale.steps.all()] == list(WORDS)


def test_the_answers_are_counted_each_goal_by_itself(hold: Hold, goals: list[Goal]) -> None:
    made = hold([0, 0, 2, 3, 3, UNKNOWN])
    assert (made.state, made.answered, made.invited) == (State.CLOSED, 6, 9)  # six new, Aud, Carl and Liv
    assert counts(made, goals[0]) == {0: 2, 1: 0, 2: 1, 3: 2, UNKNOWN: 1}
    assert counts(made, goals[1]) == {0: 3, 1: 0, 2: 0, 3: 3, UNKNOWN: 0}


def test_too_few_answers_are_not_even_kept(hold: Hold) -> None:
    made = hold([0, 1, 2, 3])
    assert (made.answered, Count.objects.count()) == (4, 0)


def test_after_closing_nothing_ties_anybody_to_anything(hold: Hold) -> None:
    hold([0, 1, 2, 3, 3])
    assert (Participation.objects.count(), Ballot.objects.count()) == (0, 0)
    tables = [name for name in connection.introspection.table_names() if name.startswith("surveys_")]
    with connection.cursor() as cursor:
        columns = {
            f"{table}.{column.name}"
            for table in tables
            for column in connection.introspection.get_table_description(cursor, table)
        }
    people = {name for name in columns if name.endswith(("user_id", ".by"))}
    assert people == {"surveys_participation.user_id", "surveys_look.by"}
    assert {name for name in columns if name.startswith("surveys_ballot.")} == {
        "surveys_ballot.id", "surveys_ballot.round_id", "surveys_ballot.content",
    }  # fmt: skip


def test_while_it_is_open_ballots_hold_no_person_no_time_and_no_order(plan: Plan, goals: list[Goal]) -> None:
    made = plan()
    people = teachers_at(made.school, 5)
    actions.open_round(round=made, by=AUD)
    order_of_people = list(Participation.objects.order_by("pk").values_list("user_id", flat=True))
    before: dict[object, bytes] = {}
    for person in people:
        actions.give_answers(round=made, answers={goal.pk: 3 for goal in goals}, by=person)
        rows = {pk: bytes(content) for pk, content in Ballot.objects.values_list("pk", "content")}
        assert (
            not before.keys() & rows.keys()
        )  # all are written anew, so their place in the file tells nothing
        assert set(before.values()) < set(rows.values())
        before = rows
    assert len(set(before.values())) == 5  # the same answers never look the same
    assert len({len(content) for content in before.values()}) == 1
    assert list(Participation.objects.order_by("pk").values_list("user_id", flat=True)) == order_of_people
    assert not Event.objects.filter(by__in=[person.email for person in people]).exists()


def test_a_ballot_opens_only_with_the_installations_secret(plan: Plan) -> None:
    made, other = plan(), plan()
    content = sealed(made.pk, [0, 3, UNKNOWN])
    assert opened(made.pk, content) == [0, 3, UNKNOWN]
    with pytest.raises(UnreadableError):
        opened(other.pk, content)
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[]), pytest.raises(UnreadableError):
        opened(made.pk, content)
    from django.conf import settings

    before = settings.SECRET_KEY
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[before]):
        assert opened(made.pk, content) == [0, 3, UNKNOWN]


def test_one_person_one_answer(plan: Plan, goals: list[Goal], cast: Cast) -> None:
    made = actions.open_round(round=plan(), by=AUD)
    answers = {goal.pk: 2 for goal in goals}
    actions.give_answers(round=made, answers=answers, by=cast.users["carl"])
    with pytest.raises(actions.AlreadyAnsweredError), transaction.atomic():
        actions.give_answers(round=made, answers=answers, by=cast.users["carl"])
    assert Ballot.objects.count() == 1


def test_somebody_new_may_answer_too(plan: Plan, goals: list[Goal]) -> None:
    made = actions.open_round(round=plan(), by=AUD)
    late = teachers_at(made.school, 1)[0]
    actions.give_answers(round=made, answers={goal.pk: UNKNOWN for goal in goals}, by=late)
    assert Participation.objects.get(user=late).used


def test_answers_that_do_not_fit_are_refused(plan: Plan, goals: list[Goal], cast: Cast) -> None:
    made = actions.open_round(round=plan(), by=AUD)
    first, second = (goal.pk for goal in goals)
    for wrong in ({first: 1}, {first: 1, second: 4}, {first: -2, second: 1}, {}):
        with pytest.raises(actions.WrongAnswersError):
            actions.give_answers(round=made, answers=wrong, by=cast.users["carl"])
    assert not Ballot.objects.exists()
    assert not Participation.objects.filter(used=True).exists()


def test_only_an_open_round_takes_answers(plan: Plan, goals: list[Goal], cast: Cast) -> None:
    made, answers = plan(), {goal.pk: 2 for goal in goals}
    with pytest.raises(actions.ClosedError):
        actions.give_answers(round=made, answers=answers, by=cast.users["carl"])
    actions.open_round(round=made, by=AUD)
    for day in (made.opens_on - timedelta(days=1), made.closes_on + timedelta(days=1)):
        with pytest.raises(actions.ClosedError):
            actions.give_answers(round=made, answers=answers, by=cast.users["carl"], on=day)
    actions.give_answers(round=made, answers=answers, by=cast.users["carl"], on=made.closes_on)
    actions.close_round(round=made, by=AUD)
    with pytest.raises(actions.ClosedError):
        actions.give_answers(round=made, answers=answers, by=cast.users["liv"])


def test_a_look_is_remembered_once_a_day(hold: Hold) -> None:
    made = hold([0, 1, 2, 3, 3])
    today = timezone.localdate()
    for day in (today, today, today + timedelta(days=1)):
        actions.remember_look(round=made, role="head_of_schools", by=BERIT, on=day)
    assert list(Look.objects.values_list("by", "role", "on")) == [
        (BERIT, "head_of_schools", today), (BERIT, "head_of_schools", today + timedelta(days=1)),
    ]  # fmt: skip
    assert Event.objects.filter(kind="surveys.result_seen").count() == 2


def test_the_trail_tells_the_road_and_no_answer(hold: Hold) -> None:
    made = hold([0, 1, 2, 3, 3])
    actions.complete_round(round=made, comment="  Vi tar med oss leseloggene.  ", by=AUD)
    assert AssessmentRound.objects.get().comment == "Vi tar med oss leseloggene."
    events = Event.objects.filter(kind__startswith="surveys.round").order_by("pk")
    assert [(event.kind.split("_")[1], event.by) for event in events] == [
        ("planned", AUD), ("opened", AUD), ("closed", AUD), ("completed", AUD),
    ]  # fmt: skip
    assert {key for event in events for key in event.detail} == {"school", "state"}
