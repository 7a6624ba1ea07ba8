"""The evaluation: nobody's answers, shown only when five have answered and not all the same."""

from datetime import timedelta
from typing import Any

import pytest

from tests.work.offers.staff import FIRST, Staff, at, course
from tettpaa.core.audit.models import Event
from tettpaa.work.offers import actions, queries
from tettpaa.work.offers.models import Ballot, Count, Offer, OfferRules, SentReminder, Survey, SurveyUse
from tettpaa.work.surveys.models import UNKNOWN

pytestmark = pytest.mark.django_db
BY = "arne@example.test"


def held(staff: Staff, people: list[Any]) -> Offer:
    offer = course(staff.owner, seats=20)
    for one in people:
        row = actions.register(offer=offer, employee=one, by=one.email, at=at())
        actions.approve(registration=row.pk, by=BY, at=at())
        actions.note(gathering=offer.gatherings.get(), employee=one, came=True, by=BY)
    return actions.hold_offer(offer=offer, by=BY, on=FIRST)


def asked(staff: Staff, people: list[Any]) -> Survey:
    return actions.open_survey(offer=held(staff, people), by=BY, on=FIRST)


def test_answers_are_counted_question_by_question_and_the_rest_is_forgotten(staff: Staff) -> None:
    people = staff.teachers[:6]
    survey = asked(staff, people)
    assert actions.open_survey(offer=survey.offer, by=BY).pk == survey.pk
    answers = [(3, 3, 2, 0), (3, 2, 2, 0), (2, 3, 2, 0), (3, 3, UNKNOWN, 0), (1, 2, 2, 0)]
    events = Event.objects.count()
    for one, given in zip(people, answers, strict=False):
        actions.give_evaluation(survey=survey, employee=one, answers=given, on=FIRST)
    assert Event.objects.count() == events  # no line says who and when
    assert queries.share_answered(survey) == 80
    assert (queries.has_answered(survey, people[0]), queries.has_answered(survey, people[5])) == (True, False)
    assert {len(bytes(row.content)) for row in Ballot.objects.all()} == {
        len(bytes(Ballot.objects.first().content))
    }  # type: ignore[union-attr]
    assert queries.result_of(survey) is None
    closed = actions.close_survey(survey=survey.pk, by=BY)
    assert actions.close_survey(survey=survey.pk, by=BY).pk == closed.pk
    assert (Ballot.objects.count(), SurveyUse.objects.count()) == (0, 0)
    assert (closed.invited, closed.answered, queries.share_answered(closed)) == (6, 5, 80)
    result = queries.result_of(closed)
    assert result is not None
    first, _second, third, fourth = result
    assert [(bar.count, bar.percent) for bar in first.bars] == [(0, 0), (1, 20), (1, 20), (3, 60), (0, 0)]
    assert [bar.count for bar in third.bars] == [0, 0, 4, 0, 1]
    assert (fourth.hidden, fourth.bars) == ("same", ())
    assert Offer.objects.get().state == "evaluated"


def test_fewer_than_five_leave_nothing(staff: Staff) -> None:
    survey = asked(staff, staff.teachers[:6])
    for one in staff.teachers[:4]:
        actions.give_evaluation(survey=survey, employee=one, answers=(1, 2, 3, 0), on=FIRST)
    closed = actions.close_survey(survey=survey.pk, by=BY)
    assert Count.objects.count() == 0
    assert {one.hidden for one in queries.result_of(closed) or []} == {"few"}


def test_one_answer_each_in_its_days_and_only_by_those_asked(staff: Staff) -> None:
    survey = asked(staff, staff.teachers[:5])
    person = staff.teachers[0]
    with pytest.raises(actions.WrongAnswersError):
        actions.give_evaluation(survey=survey, employee=person, answers=(1, 2), on=FIRST)
    with pytest.raises(actions.WrongAnswersError):
        actions.give_evaluation(survey=survey, employee=person, answers=(1, 2, 3, 9), on=FIRST)
    actions.give_evaluation(survey=survey, employee=person, answers=(1, 2, 3, 0), on=FIRST)
    with pytest.raises(actions.AnsweredError):
        actions.give_evaluation(survey=survey, employee=person, answers=(1, 2, 3, 0), on=FIRST)
    with pytest.raises(actions.NotOpenError):
        actions.give_evaluation(survey=survey, employee=staff.vera, answers=(1, 2, 3, 0), on=FIRST)
    late = FIRST + timedelta(days=15)
    with pytest.raises(actions.NotOpenError):
        actions.give_evaluation(survey=survey, employee=staff.teachers[1], answers=(1, 2, 3, 0), on=late)
    assert Ballot.objects.count() == 1


def test_it_is_opened_after_it_is_held_with_the_owners_own_questions(staff: Staff) -> None:
    with pytest.raises(actions.NotReadyError):
        actions.open_survey(offer=course(staff.owner, title="Senere"), by=BY)
    OfferRules.objects.create(owner=staff.owner, questions=["Nyttig?"], steps=["Nei", "Ja"])
    survey = asked(staff, staff.teachers[:5])
    assert (survey.questions, survey.steps, survey.closes_on) == (
        ["Nyttig?"],
        ["Nei", "Ja"],
        FIRST + timedelta(days=14),
    )


def test_the_round_passes_seats_on_counts_and_reminds_once(staff: Staff, mailoutbox: list[Any]) -> None:
    from tettpaa.work.offers.tasks import round_of_day

    survey = asked(staff, staff.teachers[:5])
    offer = course(staff.owner, title="Neste", seats=1, days=(FIRST + timedelta(days=30),))
    row = actions.register(offer=offer, employee=staff.carl, by=BY, at=at(FIRST))
    actions.approve(registration=row.pk, by=BY, at=at(FIRST))
    arguments = {"day": (FIRST + timedelta(days=24)).isoformat()}
    found = round_of_day(arguments, lambda _done, _total: None)
    assert found == {"passed_on": 0, "closed": 1, "reminders": 1, "failed": 0}
    survey.refresh_from_db()
    assert survey.state == "closed"
    assert [letter.to for letter in mailoutbox] == [["carl@example.test"]]
    assert "Neste" in mailoutbox[0].subject
    assert round_of_day(arguments, lambda _done, _total: None) == {
        "passed_on": 0, "closed": 0, "reminders": 0, "failed": 0,
    }  # fmt: skip
    assert SentReminder.objects.count() == 1
