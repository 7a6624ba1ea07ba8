"""States of mentoring, studies, trade certificates, roles, walks and guidance: every drawn step, and no other."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.work.competence.conftest import AUD, CARL, Staff
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.work.competence import actions, queries
from tettpaa.work.competence.enums import (
    GUIDANCE_PATHS,
    MENTORSHIP_PATHS,
    ROLE_PATHS,
    STUDY_PATHS,
    TRADE_PATHS,
    WALK_PATHS,
    GuidanceState,
    MentorshipState,
    RoleState,
    StudyState,
    TradeRoute,
    TradeState,
    WalkState,
)
from tettpaa.work.competence.models import ClassroomWalk, PeerGuidance, Spread, WalkNote, WalkRound


def each_step(
    row: object, states: Collection[str], paths: Mapping[str, Collection[str]], move: Callable[[str], object]
) -> None:
    """From every state: the drawn steps are taken, every other is refused."""
    model = type(row)
    for before in states:
        for to in states:
            model.objects.filter(pk=row.pk).update(state=before)  # type: ignore[attr-defined]
            if to in paths.get(before, ()):
                move(to)
                assert model.objects.get(pk=row.pk).state == to  # type: ignore[attr-defined]
            else:
                with pytest.raises(NotAllowedError):
                    move(to)


def mentored(staff: Staff) -> object:
    wanted = actions.MentorPlan(staff["carl"], "Hver uke.", 60)
    return actions.offer_mentoring(employee=staff["mia"], wanted=wanted, by=AUD)


def test_mentoring_takes_its_drawn_steps(staff: Staff) -> None:
    row = mentored(staff)
    move = lambda to: actions.move_mentoring(row=row, to=to, by=AUD)  # type: ignore[arg-type]  # noqa: E731
    each_step(row, MentorshipState.values, MENTORSHIP_PATHS, move)


def test_mentoring_needs_a_mentor_who_is_not_the_leader(staff: Staff) -> None:
    for name in ("aud", "liv", "mia"):
        with pytest.raises(actions.NoMentorError):
            actions.offer_mentoring(employee=staff["mia"], wanted=actions.MentorPlan(staff[name]), by=AUD)
    row = actions.offer_mentoring(employee=staff["mia"], wanted=actions.MentorPlan(None), by=AUD)
    assert actions.offer_mentoring(employee=staff["mia"], wanted=actions.MentorPlan(None), by=AUD) == row
    with pytest.raises(actions.NoMentorError):
        actions.move_mentoring(row=row, to="first_year", by=AUD)
    row = actions.write_mentoring(row=row, wanted=actions.MentorPlan(staff["vidar"], "Plan", 30), by=AUD)
    assert actions.move_mentoring(row=row, to="first_year", by=AUD).started_on == timezone.localdate()
    # A principal finds the own school's people in the list, never Vidar of the school next door.
    assert [one.name for one in queries.possible_mentors(staff["mia"], timezone.localdate())] == ["Carl"]


def test_talks_are_held_while_the_mentoring_goes_and_notes_go_when_it_is_over(
    staff: Staff, today: date
) -> None:
    row = mentored(staff)
    talk = actions.Talk(today, 45, "Klasseledelse", "Et notat.")
    with pytest.raises(NotAllowedError):
        actions.add_session(row=row, talk=talk, by=CARL)  # type: ignore[arg-type]
    row = actions.move_mentoring(row=row, to="first_year", by=AUD)  # type: ignore[arg-type]
    session = actions.add_session(row=row, talk=talk, by=CARL)
    assert queries.minutes_of(row) == 45
    for to in ("second_year", "completed"):
        actions.move_mentoring(row=row, to=to, by=AUD)
    assert actions.forget(owner=staff.cast.fjordvik, today=today, by="system")["mentor_notes"] == 1
    session.refresh_from_db()
    assert (session.note, session.theme) == ("", "Klasseledelse")


def test_a_leaders_study_takes_its_drawn_steps(staff: Staff) -> None:
    study = actions.Study("state", "UiS", Decimal(30))
    row = actions.start_study(employee=staff["aud"], study=study, by=AUD)
    each_step(row, StudyState.values, STUDY_PATHS, lambda to: actions.move_study(row=row, to=to, by=AUD))


@pytest.mark.parametrize("route", TradeRoute.values)
def test_a_way_to_a_trade_certificate_takes_its_drawn_steps(staff: Staff, route: str) -> None:
    row = actions.start_trade_route(employee=staff["ivar"], route=route, practice_months=60, by=AUD)
    move = lambda to: actions.move_trade_route(row=row, to=to, by=AUD)  # noqa: E731
    each_step(row, TradeState.values, TRADE_PATHS[route], move)


def test_an_experience_candidate_needs_five_years_less_schooling(staff: Staff) -> None:
    row = actions.start_trade_route(
        employee=staff["ivar"], route="experience", practice_months=30, schooling_months=40, by=AUD
    )
    assert (row.schooling_months, actions.lacking_months(row)) == (24, 6)
    with pytest.raises(actions.TooShortError):
        actions.move_trade_route(row=row, to="practice_approved", by=AUD)
    other = actions.start_trade_route(employee=staff["ivar"], route="on_the_job", by=AUD)
    assert actions.lacking_months(other) == 0


def test_a_role_takes_its_drawn_steps(staff: Staff, today: date) -> None:
    role = actions.Appointment(staff.area("lesing"), today, share=Decimal(10))
    row = actions.appoint(employee=staff["carl"], role=role, by=AUD)
    assert row.mandate == "Hjelper alle."
    each_step(row, RoleState.values, ROLE_PATHS, lambda to: actions.move_role(row=row, to=to, by=AUD))


def test_a_role_past_its_period_is_nobodys(staff: Staff, today: date) -> None:
    role = actions.Appointment(
        staff.area("lesing"), today - timedelta(days=30), ends_on=today - timedelta(days=1)
    )
    actions.appoint(employee=staff["carl"], role=role, by=AUD)
    assert queries.resources_at(staff.cast.nes)[0] == []
    covered = queries.coverage(None, staff.cast.fjordvik, today)
    assert [one.areas for one in covered.schools] == [frozenset(), frozenset()]


def test_a_role_is_at_a_school_and_what_is_spread_is_told_once(staff: Staff, today: date) -> None:
    area = staff.area("lesing")
    with pytest.raises(actions.NotHereError):
        actions.appoint(employee=staff["arne"], role=actions.Appointment(area, today), by=AUD)
    row = actions.appoint(
        employee=staff["carl"], role=actions.Appointment(area, today, mandate="Mitt."), by=AUD
    )
    assert row.mandate == "Mitt."
    with pytest.raises(actions.NotHereError):
        actions.tell_spread(school=staff.cast.vik, told=actions.Told(today, "X"), role=row, by=CARL)
    told = actions.Told(today, "Lesestrategier", "mellomtrinnet", source="offers.offer:1")
    made = actions.tell_spread(school=staff.cast.nes, told=told, role=row, by=CARL)
    assert actions.tell_spread(school=staff.cast.nes, told=told, role=row, by=CARL) == made
    actions.tell_spread(school=staff.cast.nes, told=actions.Told(today, "Mer"), by=CARL)
    assert list(Spread.objects.order_by("what").values_list("what", "area__key")) == [
        ("Lesestrategier", "lesing"), ("Mer", None),
    ]  # fmt: skip


@pytest.fixture
def walks(staff: Staff, today: date) -> WalkRound:
    wanted = actions.NewRound("Samtale", "Alle svarer.", "Vi vil se.", today, today)
    return actions.start_round(owner=staff.cast.fjordvik, school=staff.cast.nes, wanted=wanted, by=AUD)


def walked(staff: Staff, row: WalkRound, name: str = "carl") -> ClassroomWalk:
    wanted = actions.NewWalk(timezone.localdate(), 5)
    return actions.plan_walk(row=row, teacher=staff[name], wanted=wanted, by=AUD)


def test_no_walk_is_notified_before_staff_and_unions_are_asked(
    staff: Staff, walks: WalkRound, today: date
) -> None:
    walk = walked(staff, walks)
    with pytest.raises(actions.NotAgreedError):
        actions.move_walk(walk=walk, to="notified", by=AUD)
    actions.agree_round(row=walks, with_staff=today, with_unions=today, by=AUD)
    each_step(walk, WalkState.values, WALK_PATHS, lambda to: actions.move_walk(walk=walk, to=to, by=AUD))
    with pytest.raises(actions.NotHereError):
        walked(staff, walks, "vidar")
    assert actions.evaluate_round(row=walks, on=today, by=AUD).evaluated_on == today


def test_the_note_is_given_once_and_is_the_teachers(staff: Staff, walks: WalkRound, today: date) -> None:
    actions.agree_round(row=walks, with_staff=today, with_unions=today, by=AUD)
    walk = walked(staff, walks)
    with pytest.raises(NotAllowedError):
        actions.hand_over_note(walk=walk, seen="For tidlig.", by=AUD)
    for to in ("notified", "done"):
        walk = actions.move_walk(walk=walk, to=to, by=AUD)
    with pytest.raises(actions.NotYoursError):
        actions.hand_over_note(walk=walk, seen="En annen.", by="liv@example.test")
    actions.hand_over_note(walk=walk, seen="Mange hender.", by=AUD)
    with pytest.raises(NotAllowedError):
        actions.hand_over_note(walk=walk, seen="En gang til.", by=AUD)
    for deed in (
        lambda: actions.write_own_words(walk=walk, text="X", by=AUD),
        lambda: actions.delete_note(walk=walk, by=AUD),
    ):
        with pytest.raises(actions.NotYoursError):
            deed()
    actions.write_own_words(walk=walk, text="Mitt.", by=CARL)
    assert WalkNote.objects.get(walk=walk).own_words == "Mitt."
    actions.delete_note(walk=walk, by=CARL)
    assert not queries.has_note(walk)


def test_a_pattern_needs_five_walks_with_five_teachers(staff: Staff, walks: WalkRound, today: date) -> None:
    """Five walks of one teacher would be that teacher's pattern."""
    actions.agree_round(row=walks, with_staff=today, with_unions=today, by=AUD)
    for number in range(5):
        ClassroomWalk.objects.filter(pk=walked(staff, walks).pk).update(state="closed")
        with pytest.raises(actions.TooFewError):
            actions.tell_pattern(row=walks, text="Et mønster.", by=AUD)
        made = actions.add_employee(
            owner=staff.cast.fjordvik,
            school=staff.cast.nes,
            name=f"L{number}",
            email="",
            role="teacher",
            by=AUD,
        )
        staff.people[f"l{number}"] = made
    for number in range(4):
        ClassroomWalk.objects.filter(pk=walked(staff, walks, f"l{number}").pk).update(state="talked")
    assert actions.tell_pattern(row=walks, text="Et mønster.", by=AUD).pattern_on == today


def test_guidance_is_between_two_or_three_at_one_school(staff: Staff, today: date) -> None:
    carl, mia, ivar = staff["carl"], staff["mia"], staff["ivar"]
    for members in (
        [],
        [carl],
        [carl, carl],
        [carl, staff["vidar"]],
        [carl, mia, ivar, staff["liv"]],
        [staff["arne"]],
    ):
        with pytest.raises(actions.WrongSizeError):
            actions.start_guidance(members=members, theme="X", by=CARL)
    row = actions.start_guidance(members=[carl, mia, ivar], theme="Spørsmål", by=CARL)
    with pytest.raises(actions.NotYoursError):
        actions.write_peer_note(row=row, author=staff["liv"], text="X", by="liv@example.test")
    actions.add_peer_session(row=row, kind="before", on=today, by=CARL)
    actions.add_peer_session(row=row, kind="after", on=today, by=CARL)
    assert PeerGuidance.objects.get().state == GuidanceState.RUNNING
    assert [one.is_done for one in queries.guidance_lines(staff.cast.nes, today)] == [False]
    actions.conclude_guidance(row=row, on=today - timedelta(days=400), by=CARL)
    with pytest.raises(NotAllowedError):
        actions.add_peer_session(row=row, kind="after", on=today, by=CARL)
    actions.write_peer_note(row=row, author=carl, text="Lærdom.", by=CARL)
    assert actions.forget(owner=staff.cast.fjordvik, today=today, by="system")["peer_notes"] == 1


def test_guidance_takes_its_drawn_steps(staff: Staff) -> None:
    row = actions.start_guidance(members=[staff["carl"], staff["mia"]], theme="X", by=CARL)
    paths = {
        state: [to for to in steps if to == GuidanceState.CONCLUDED]
        for state, steps in GUIDANCE_PATHS.items()
    }
    for before in GuidanceState.values:
        PeerGuidance.objects.filter(pk=row.pk).update(state=before)
        if paths.get(before):
            actions.conclude_guidance(row=row, by=CARL)
        else:
            with pytest.raises(NotAllowedError):
                actions.conclude_guidance(row=row, by=CARL)
