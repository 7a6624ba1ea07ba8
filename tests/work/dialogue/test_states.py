"""Every path that is drawn can be taken, and no other; who takes a step at the same time is told."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tests.work.dialogue import meetinghouse as house
from tests.work.planning import plan_of
from tettpaa.core.audit.models import Event
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.work.dialogue import actions
from tettpaa.work.dialogue.actions.steps import take_step
from tettpaa.work.dialogue.enums import PATHS, MeetingState
from tettpaa.work.dialogue.models import Meeting, Step
from tettpaa.work.yearwheel.models import Task


@pytest.fixture
def meeting(cast):
    return house.make_meeting(cast)


def test_every_path_and_every_non_path(meeting):
    """All 14 × 14 pairs against the drawing."""
    taken, refused = set(), set()
    for before in MeetingState:
        for after in MeetingState:
            Meeting.objects.filter(pk=meeting.pk).update(state=before)
            meeting.refresh_from_db()
            try:
                take_step(meeting, after, by=house.BERIT)
            except NotAllowedError:
                refused.add((before, after))
                assert Meeting.objects.get(pk=meeting.pk).state == before
            else:
                taken.add((before, after))
                assert Meeting.objects.get(pk=meeting.pk).state == after
    drawn = {(before, after) for before, ends in PATHS.items() for after in ends}
    assert taken == drawn
    assert refused == {(one, two) for one in MeetingState for two in MeetingState} - drawn


def test_each_step_is_written_and_told(meeting):
    house.bring(meeting, "open")
    steps = list(meeting.steps.values_list("before", "after", "by"))
    assert steps == [
        ("", "planned", house.BERIT),
        ("planned", "invited", house.BERIT),
        ("invited", "open", house.BERIT),
    ]
    told = Event.objects.filter(kind="dialogue.meeting_moved", subject_key=str(meeting.pk))
    assert [row.detail["to"] for row in told] == ["invited", "open"]


def test_a_step_taken_by_somebody_else_is_not_taken_twice(meeting):
    stale = Meeting.objects.get(pk=meeting.pk)
    actions.invite(meeting=meeting, by=house.BERIT)
    with pytest.raises(NotAllowedError):
        actions.invite(meeting=stale, by=house.BERIT)
    assert Step.objects.filter(meeting=meeting, after="invited").count() == 1


def test_what_was_written_refuses_change(meeting):
    house.bring(meeting, "published")
    version = meeting.versions.get()
    for row in (meeting.steps.first(), meeting.frozen, version, version.approvals.first(), meeting.public):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(by="forged")
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {row._meta.db_table}")


def test_the_dates_follow_from_the_kind(meeting):
    assert (meeting.opens_on, meeting.proposals_until, meeting.agenda_by) == (
        date(2026, 11, 12),
        date(2026, 11, 19),
        date(2026, 11, 26),
    )
    assert meeting.freezes_at == house.at(7, 6)
    assert (meeting.minutes_by, meeting.approve_by, meeting.year) == (
        date(2026, 12, 10),
        date(2026, 12, 17),
        2026,
    )


def test_the_year_wheel_knows_all_seven_dates(meeting):
    rows = Task.objects.filter(source__startswith=f"dialogue.meeting:{meeting.pk}").order_by(
        "due_on", "source"
    )
    assert [(row.source.rsplit(":", 1)[1], row.due_on) for row in rows] == [
        ("package", date(2026, 11, 12)),
        ("proposals", date(2026, 11, 19)),
        ("agenda", date(2026, 11, 26)),
        ("freeze", date(2026, 11, 26)),
        ("meeting", date(2026, 12, 3)),
        ("minutes", date(2026, 12, 10)),
        ("approval", date(2026, 12, 17)),
    ]
    assert {row.school for row in rows} == {meeting.school}
    house.bring(meeting, "frozen")
    done = rows.filter(state="done").values_list("source", flat=True)
    assert sorted(one.rsplit(":", 1)[1] for one in done) == ["freeze", "package", "proposals"]


def test_moving_the_meeting_moves_its_dates(meeting):
    house.bring(meeting, "invited")
    actions.move_meeting(
        meeting=meeting, starts_at=house.START + timedelta(7), by=house.BERIT, place="Biblioteket"
    )
    fresh = Meeting.objects.get(pk=meeting.pk)
    assert (fresh.agenda_by, fresh.place) == (date(2026, 12, 3), "Biblioteket")
    assert Task.objects.get(source=f"dialogue.meeting:{meeting.pk}:meeting").due_on == date(2026, 12, 10)


def test_a_frozen_meeting_is_put_off_not_moved(meeting):
    house.bring(meeting, "frozen")
    with pytest.raises(actions.RefusedError, match="Pakken er låst"):
        actions.move_meeting(meeting=meeting, starts_at=house.START + timedelta(7), by=house.BERIT)


@pytest.mark.parametrize(
    ("state", "back"),
    [
        ("planned", "planned"),
        ("invited", "invited"),
        ("open", "open"),
        ("frozen", "frozen"),
        ("agenda", "frozen"),
    ],
)
def test_a_postponed_meeting_comes_back_where_its_package_was(meeting, state, back):
    house.bring(meeting, state)
    frozen = getattr(Meeting.objects.get(pk=meeting.pk), "frozen", None)
    actions.postpone(meeting=meeting, reason="Rektor er syk.", by=house.BERIT, at=house.at(5))
    assert not Task.objects.filter(
        source__startswith=f"dialogue.meeting:{meeting.pk}", state__in=["upcoming", "due"]
    ).exists()
    actions.reschedule(
        meeting=meeting,
        starts_at=house.START + timedelta(14),
        by=house.BERIT,
        place="Rådhuset",
        at=house.at(4),
    )
    fresh = Meeting.objects.get(pk=meeting.pk)
    assert (fresh.state, fresh.off_reason, fresh.place) == (back, "", "Rådhuset")
    assert getattr(fresh, "frozen", None) == frozen
    assert fresh.agenda_by == date(2026, 12, 10)


def test_a_cancelled_meeting_says_why_and_stays(meeting):
    actions.cancel(meeting=meeting, reason="Skolen legges ned.", by=house.BERIT)
    fresh = Meeting.objects.get(pk=meeting.pk)
    assert (fresh.state, fresh.off_reason) == ("cancelled", "Skolen legges ned.")
    with pytest.raises(NotAllowedError):
        actions.invite(meeting=meeting, by=house.BERIT)


def test_the_round_does_what_is_due_once(cast, meeting):
    other = house.make_meeting(cast, school=cast.vik)
    actions.invite(meeting=meeting, by=house.BERIT)
    assert actions.make_round(now=house.at(22)) == {"opened": 0, "frozen": 0, "sent": 0, "carried": 0}
    assert actions.make_round(now=house.at(21))["opened"] == 1
    assert actions.make_round(now=house.at(7, 5))["frozen"] == 0
    assert actions.make_round(now=house.at(7, 12)) == {"opened": 0, "frozen": 1, "sent": 1, "carried": 0}
    assert actions.make_round(now=house.at(7, 12)) == {"opened": 0, "frozen": 0, "sent": 0, "carried": 0}
    assert Meeting.objects.get(pk=meeting.pk).state == "agenda"
    assert Meeting.objects.get(pk=other.pk).state == "planned"


def test_the_last_day_for_proposals_is_behind_us_by_itself(cast, meeting):
    actions.invite(meeting=meeting, by=house.BERIT)
    date = Task.objects.get(source=f"dialogue.meeting:{meeting.pk}:proposals")
    for days_before, state in ((14, "upcoming"), (13, "done"), (12, "done")):
        actions.make_round(now=house.at(days_before))
        date.refresh_from_db()
        assert date.state == state, days_before


def test_one_that_is_refused_stops_no_other(cast, meeting, monkeypatch):
    other = house.make_meeting(cast, school=cast.vik)
    for one in (meeting, other):
        house.bring(one, "frozen")
    meeting.items.filter(number=4).delete()
    meeting.items.filter(number=3).delete()  # the voices are last now, so its agenda is refused
    assert actions.make_round(now=house.at(7))["sent"] == 1
    assert Meeting.objects.get(pk=other.pk).state == "agenda"


def test_a_school_has_one_meeting_of_a_kind_at_a_time(cast, meeting):
    with pytest.raises(actions.RefusedError, match="Nes skole har alt dette møtet"):
        house.make_meeting(cast)


def test_a_kind_for_the_owner_is_not_held_at_a_school(cast):
    kind = house.make_kind(cast.fjordvik, key="politisk", name="Statusmøte", level="owner")
    with pytest.raises(actions.RefusedError, match="et annet sted"):
        actions.plan_meetings(
            owner=cast.fjordvik,
            kind=kind,
            meetings=[actions.NewMeeting(cast.nes, house.START)],
            by=house.BERIT,
        )


def test_another_owners_goal_is_refused(cast, meeting):
    (theirs,) = plan_of(cast.utvik, "Deres mål")
    (ours,) = plan_of(cast.fjordvik, "Vårt mål")
    with pytest.raises(actions.RefusedError, match="hører ikke til her"):
        actions.choose_goal(meeting=meeting, goal=theirs, by=house.BERIT)
    actions.choose_goal(meeting=meeting, goal=ours, by=house.BERIT)
    assert Meeting.objects.get(pk=meeting.pk).goal == ours
