"""The road of an application: every step and no other, what must be there first, and what it leads to."""

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories.cast import Cast
from tests.work.funds.nursery import (
    AUD,
    BERIT,
    CARL,
    STUDY,
    WITHIN,
    approved,
    call_of,
    draft,
    employ,
    ranked,
    scheme_of,
    send,
    spoken,
    walk,
)
from tests.work.planning import plan_of
from tettpaa.core.audit.models import Event
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.work.competence.models import Qualification
from tettpaa.work.funds import actions, owndata, queries, tasks
from tettpaa.work.funds.actions import MissingError, Said, Word, forgetting
from tettpaa.work.funds.actions.applications import _OWN_ACTIONS
from tettpaa.work.funds.enums import CALL_PATHS, PATHS, CallState, SchemeKind, State
from tettpaa.work.funds.models import Application, ApplicationStep, Call, RankMove
from tettpaa.work.yearwheel.models import Task


def test_from_a_draft_to_credits_in_the_record(cast: Cast) -> None:
    call, carl = call_of(cast), employ(cast, "carl", cast.nes)
    made = spoken(call, carl)
    assert (made.number, made.reference, made.submitted_on) == (1, "2027-001", WITHIN)
    approved(call)
    made = walk(
        made, State.GRANTED, State.ADMITTED, State.CONFIRMED_AUTUMN, State.PAID_AUTUMN, State.CONFIRMED_SPRING, State.PAID
    )  # fmt: skip
    assert not Qualification.objects.exists()
    walk(made, State.PASSED, on=date(2028, 6, 20))
    row = Qualification.objects.get()
    assert (row.employee, row.subject, row.credits, row.source, row.obtained_on) == (
        carl,
        "engelsk",
        Decimal(30),
        "Engelsk 1, Høgskolen",
        date(2028, 6, 20),
    )
    assert row.source_key == f"funds.application:{made.pk}"
    states = list(ApplicationStep.objects.values_list("after", flat=True))
    assert states == [
        "draft", "submitted", "spoken", "approved", "granted", "admitted", "confirmed_autumn", "paid_autumn",
        "confirmed_spring", "paid", "passed",
    ]  # fmt: skip
    steps = {row.after: row for row in made.steps.all()}
    assert steps["spoken"].reason == "Skolen trenger det."
    assert steps["approved"].reason == "Skolen har ikke fått noe de siste tre årene."


@pytest.mark.parametrize("kind", [SchemeKind.STUDY, SchemeKind.STIPEND, SchemeKind.MUNICIPAL])
def test_every_path_and_no_other(cast: Cast, kind: SchemeKind) -> None:
    plan_of(cast.fjordvik, "Alle leser")
    applicant = cast.nes if kind == SchemeKind.MUNICIPAL else employ(cast, "carl", cast.nes)
    made = draft(call_of(cast, kind), applicant)
    Application.objects.filter(pk=made.pk).update(number=1, goal=plan_of_goal())
    for before in State:
        drawn = [after for after in PATHS[kind].get(before, ()) if after not in _OWN_ACTIONS]
        other = next(after for after in State if after not in drawn)
        for after in (*drawn, other):
            Application.objects.filter(pk=made.pk).update(state=before)
            made.refresh_from_db()
            assert list(actions.open_steps(made)) == drawn
            if after in drawn:
                assert walk(made, State(after)).state == after
            else:
                with pytest.raises(NotAllowedError):
                    walk(made, State(after))


def plan_of_goal() -> object:
    from tettpaa.work.plans.models import Goal

    return Goal.objects.get()


def test_a_person_talks_with_the_leader_before_it_is_sent(cast: Cast) -> None:
    call, carl = call_of(cast), employ(cast, "carl", cast.nes)
    made = draft(call, carl, talked_on=None)
    with pytest.raises(MissingError) as refused:
        actions.submit_application(application=made, by=CARL, on=WITHIN)
    assert refused.value.what == "talk"
    with pytest.raises(MissingError):
        actions.speak(application=send(call, carl), word=Word(True, " "), by=AUD)


def test_a_school_names_the_goal_it_is_anchored_in(cast: Cast) -> None:
    call = call_of(cast, SchemeKind.MUNICIPAL)
    made = draft(call, cast.nes, AUD)
    with pytest.raises(MissingError) as refused:
        actions.submit_application(application=made, by=AUD, on=WITHIN)
    assert refused.value.what == "goal"
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=made.pk).update(state=State.SUBMITTED, number=9)
    made.goal = plan_of(cast.fjordvik, "Alle leser")[0]
    actions.edit_application(application=made, version=1, by=AUD)
    sent = actions.submit_application(application=made, by=AUD, on=WITHIN)
    assert (sent.state, sent.number) == (State.SUBMITTED, 1)


def test_the_wrong_applicant_and_a_foreign_goal_are_refused(cast: Cast) -> None:
    carl = employ(cast, "carl", cast.nes)
    foreign = plan_of(cast.utvik, "Deres mål")[0]
    study, own = call_of(cast), call_of(cast, SchemeKind.MUNICIPAL)
    wrong: list[tuple[Call, Any, dict[str, Any]]] = [
        (study, cast.nes, {}),
        (own, carl, {}),
        (own, cast.units["U00000001"], {}),
        (own, cast.nes, {"goal": foreign}),
    ]
    for call, applicant, changes in wrong:
        with pytest.raises(ValueError, match=r"apply|owner's"):
            draft(call, applicant, **changes)
    made = draft(own, cast.nes)
    made.goal = foreign
    with pytest.raises(ValueError, match="owner's"):
        actions.edit_application(application=made, version=1, by=AUD)


def test_a_closed_call_takes_nothing(cast: Cast) -> None:
    call, carl = call_of(cast), employ(cast, "carl", cast.nes)
    made = draft(call, carl)
    late = date(2027, 3, 2)
    with pytest.raises(actions.CallClosedError):
        actions.submit_application(application=made, by=CARL, on=late)
    with pytest.raises(actions.CallClosedError):
        actions.draft_application(call=call, applicant=carl, values=STUDY, by=CARL, on=late)
    sent = send(call, carl)
    with pytest.raises(actions.CallClosedError):
        actions.take_back(application=sent, by=CARL, on=late)
    again = actions.take_back(application=sent, by=CARL, on=WITHIN)
    assert (again.state, again.number) == (State.DRAFT, 1)
    assert actions.submit_application(application=again, by=CARL, on=WITHIN).number == 1
    ranked(call)
    with pytest.raises(actions.CallClosedError):
        actions.submit_application(application=made, by=CARL, on=WITHIN)


def test_a_sent_application_is_not_written_in_and_two_lose_nothing(cast: Cast) -> None:
    call, carl = call_of(cast), employ(cast, "carl", cast.nes)
    made = draft(call, carl)
    actions.edit_application(application=made, version=1, by=CARL)
    with pytest.raises(ConflictError):
        actions.edit_application(application=made, version=1, by=CARL)
    with pytest.raises(NotAllowedError):
        actions.edit_application(application=send(call, carl), version=1, by=CARL)


def test_steps_off_the_road_say_why(cast: Cast) -> None:
    call, carl = call_of(cast), employ(cast, "carl", cast.nes)
    made = spoken(call, carl)
    approved(call)
    walk(made, State.GRANTED, State.ADMITTED, State.CONFIRMED_AUTUMN, State.PAID_AUTUMN)

    def stop(**said: Any) -> Application:
        return actions.move_application(application=made, to=State.DROPPED, by=BERIT, said=Said(**said))

    asked: list[tuple[dict[str, str], str]] = [({}, "reason"), ({"reason": "Flyttet"}, "money")]
    for said, what in asked:
        with pytest.raises(MissingError) as refused:
            stop(**said)
        assert refused.value.what == what
    found = stop(reason="Flyttet", after_drop="redirect")
    assert (found.state, found.after_drop) == (State.DROPPED, "redirect")


def test_deferred_failed_and_passed_at_last(cast: Cast) -> None:
    call, carl = call_of(cast), employ(cast, "carl", cast.nes)
    made = spoken(call, carl)
    approved(call)
    walk(made, State.GRANTED, State.DEFERRED, State.CONFIRMED_AUTUMN, State.PAID_AUTUMN, State.FAILED)
    assert not Qualification.objects.exists()
    walk(made, State.PASSED)
    assert Qualification.objects.count() == 1


def test_development_funds_are_granted_paid_and_reported(cast: Cast) -> None:
    goal = plan_of(cast.fjordvik, "Alle leser")[0]
    call = call_of(cast, SchemeKind.MUNICIPAL, budget=Decimal(100_000))
    made = send(call, cast.nes, AUD, goal=goal, sought=Decimal(80_000))
    approved(call)
    made = actions.move_application(
        application=made, to=State.GRANTED, by=BERIT, said=Said(granted=Decimal(60_000))
    )
    made = walk(made, State.PAID)
    with pytest.raises(MissingError):
        actions.report_use(application=made, report="", spent=None, by=AUD)
    made = actions.report_use(application=made, report="Vi prøvde ut.", spent=Decimal(59_000), by=AUD)
    assert walk(made, State.CLOSED).granted == Decimal(60_000)
    assert queries.grants_of(cast.fjordvik) == [made]
    assert queries.money_counts(cast.fjordvik, 2027) == queries.MoneyCount(
        Decimal(0), Decimal(0), Decimal(60_000), 1
    )


def test_a_study_without_a_school_subject_gives_no_credits(cast: Cast) -> None:
    call, carl = call_of(cast), employ(cast, "carl", cast.nes)
    made = spoken(call, carl, subject="")
    approved(call)
    walk(made, State.GRANTED, State.ADMITTED, State.CONFIRMED_AUTUMN, State.PAID_AUTUMN, State.PASSED)
    assert not Qualification.objects.exists()


def test_the_person_is_forgotten_and_the_counts_stay(cast: Cast) -> None:
    call, carl = call_of(cast), employ(cast, "carl", cast.nes)
    made = spoken(call, carl)
    kept = spoken(call, employ(cast, "mona", cast.nes))
    own = owndata.of_person(carl)
    assert (own["Application"][0]["why"], len(own["ApplicationStep"]), own["RankMove"]) == (
        "Jeg vil lære mer.",
        3,
        [],
    )
    carl.delete()
    made.steps.update(told_at=made.steps.latest("at").at)
    kept.steps.update(told_at=kept.steps.latest("at").at)
    arguments: dict[str, str] = {"day": "2027-03-01"}
    assert tasks.round_of_day(arguments, lambda _done, _total: None) == {
        "emptied": 1,
        "letters": 0,
        "failed": 0,
    }
    assert tasks.round_of_day(arguments, lambda _done, _total: None) == {
        "emptied": 0,
        "letters": 0,
        "failed": 0,
    }
    made.refresh_from_db()
    assert (made.employee, made.why, made.leader_words, made.title, made.subject) == (
        None,
        "",
        "",
        "",
        "engelsk",
    )
    assert {(step.reason, step.by) for step in made.steps.all()} == {("", "")}
    kept.refresh_from_db()
    assert kept.why == "Jeg vil lære mer."
    assert queries.study_counts(cast.fjordvik, 2027) == [queries.StudyCount("engelsk", 2, 0, 0, 0)]


def test_every_field_about_a_person_says_why_who_and_when_it_is_deleted() -> None:
    for model in (Application, ApplicationStep, RankMove):
        table = owndata.fields()[model.__name__]
        assert set(table) == {field.name for field in model._meta.concrete_fields} - {
            "id",
            "owner",
            "employee",
            "version",
        }
        assert {row["delete"] for row in table.values()} <= set(owndata.fields()["rules"])
    emptied = {
        name for name, row in owndata.fields()["Application"].items() if row["delete"] == "with_record"
    }
    assert emptied == {*forgetting.WORDS, "talked_on"}


def test_a_call_has_the_dates_of_its_scheme(cast: Cast) -> None:
    call = call_of(cast)
    assert {row.kind: row.on for row in call.dates.all()} == {
        "opens": date(2027, 2, 1),
        "apply": date(2027, 3, 1),
        "rank": date(2027, 3, 15),
        "confirm_spring": date(2028, 3, 15),
    }
    tasks = {task.due_on: task.role for task in Task.objects.all()}
    assert tasks == {
        date(2027, 2, 1): "adviser",
        date(2027, 3, 15): "head_of_schools",
        date(2028, 3, 15): "adviser",
    }
    dates = {"rank": None, "decide": date(2027, 5, 1)}
    actions.edit_call(call=call, version=call.version, dates=dates, by=BERIT)
    assert Task.objects.get(due_on=date(2027, 3, 15)).state == "dropped"
    assert Task.objects.get(due_on=date(2027, 5, 1)).title == (
        "Kompetanse for kvalitet: Registrer svarene på søknadene"
    )
    assert actions.plan_call(scheme=call.scheme, year=2027, by=BERIT) == call


def test_a_date_of_a_call_is_done_when_its_work_is(cast: Cast) -> None:
    def done() -> set[date]:
        return set(Task.objects.filter(state="done").values_list("due_on", flat=True))

    call = call_of(cast)
    assert done() == {date(2027, 2, 1)}  # it is open
    dates = {"decide": date(2027, 5, 1), "admit": date(2027, 6, 1)}
    actions.edit_call(call=call, version=call.version, dates=dates, by=BERIT)
    one, two = (spoken(call, employ(cast, name, cast.nes)) for name in ("carl", "tor"))
    call = approved(call)
    assert done() == {date(2027, 2, 1), date(2027, 3, 15)}
    one = walk(one, State.GRANTED)
    assert date(2027, 5, 1) not in done()  # the other has no answer yet
    walk(two, State.REFUSED)
    assert date(2027, 5, 1) in done()
    walk(one, State.ADMITTED)
    assert date(2027, 6, 1) in done()
    assert date(2028, 3, 15) not in done()
    actions.move_call(call=call, to="closed", by=BERIT, on=WITHIN)
    assert date(2028, 3, 15) in done()


def test_every_path_of_a_call(cast: Cast) -> None:
    call = call_of(cast)
    for before, after in product(CallState, CallState):
        Call.objects.filter(pk=call.pk).update(state=before)
        if after in CALL_PATHS.get(before, ()):
            assert actions.move_call(call=call, to=after, by=BERIT).state == after
        else:
            with pytest.raises(NotAllowedError):
                actions.move_call(call=call, to=after, by=BERIT)


def test_a_scheme_holds_only_in_its_years(cast: Cast) -> None:
    scheme = scheme_of(cast, valid_from=date(2021, 1, 26), valid_to=date(2025, 12, 31))
    for year in (2020, 2026):
        with pytest.raises(actions.NotValidError):
            actions.plan_call(scheme=scheme, year=year, by=BERIT)
    assert actions.plan_call(scheme=scheme, year=2025, by=BERIT).year == 2025
    days = {
        date(2021, 1, 25): False,
        date(2021, 1, 26): True,
        date(2025, 12, 31): True,
        date(2026, 1, 1): False,
    }
    assert {day: queries.holds_on(scheme, day) for day in days} == days


def test_no_words_and_no_names_in_the_trail(cast: Cast) -> None:
    call, carl = call_of(cast), employ(cast, "carl", cast.nes)
    spoken(call, carl, why="KANARI-4711")
    events = Event.objects.filter(kind__startswith="funds.")
    assert events.exists()
    for event in events:
        assert "KANARI" not in f"{event.detail}{event.subject}"
        assert "Carl" not in f"{event.detail}{event.subject}"
