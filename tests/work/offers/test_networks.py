"""Networks: leader and members, fixed roles, the road, and meetings with agenda, minutes and actions."""

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.work.offers.staff import FIRST, TODAY, Staff, at, course, day_of, network
from tettpaa.core.audit.models import Event
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.work.offers import actions, queries
from tettpaa.work.offers.models import AgendaItem, ApprovedMinutes, FollowUp, Network
from tettpaa.work.yearwheel.models import Task

pytestmark = pytest.mark.django_db
BY = "berit@example.test"


def test_a_network_starts_with_a_leader_and_is_evaluated_with_words(staff: Staff) -> None:
    made = actions.make_network(owner=staff.owner, name="Lesing", kind="learning", by=BY)
    assert made.attend_all is True
    with pytest.raises(actions.NotReadyError) as found:
        actions.move_network(network=made, to="running", by=BY)
    assert found.value.what == "leader"
    member = actions.add_member(network=made, employee=staff.carl, by=BY, on=TODAY)
    assert actions.add_member(network=made, employee=staff.carl, part="leader", by=BY).pk == member.pk
    actions.move_network(network=made, to="running", by=BY)
    made.refresh_from_db()
    with pytest.raises(actions.NotReadyError):
        actions.move_network(network=made, to="evaluated", by=BY)
    with pytest.raises(actions.NotReadyError):
        actions.end_member(network=made, member=member.pk, by=BY)
    done = actions.move_network(network=made, to="evaluated", learnt="Vi prøver mindre og oftere.", by=BY)
    assert (done.state, done.learnt) == ("evaluated", "Vi prøver mindre og oftere.")
    actions.move_network(network=made, to="ended", by=BY)
    with pytest.raises(NotAllowedError):
        actions.move_network(network=made, to="running", by=BY)


def test_members_come_and_go_and_those_of_others_are_refused(staff: Staff, cast: Any) -> None:
    from tests.work.offers.staff import employ

    circle = network(staff.owner, staff.arne, staff.carl, staff.vera)
    member = circle.members.get(employee=staff.carl)
    actions.end_member(network=circle, member=member.pk, by=BY, on=TODAY)
    actions.end_member(network=circle, member=member.pk, by=BY, on=TODAY)
    assert Event.objects.filter(kind="offers.member_ended").count() == 1
    names = [line.name for line in queries.members_of(circle, TODAY)]
    assert names == ["Arne", "Vera"]
    foreign = employ(cast.utvik, None, "Eva", "adviser")
    with pytest.raises(ValueError, match="guests by name"):
        actions.add_member(network=circle, employee=foreign, by=BY)
    with pytest.raises(ValueError, match="goal of a network"):
        actions.make_network(owner=cast.utvik, name="X", kind="pals", goal=_goal(staff), by=BY)


def _goal(staff: Staff) -> Any:
    from datetime import date

    from tettpaa.work.plans.models import Goal, QualityPlan

    plan = QualityPlan.objects.create(
        owner=staff.owner, title="Plan", starts_on=date(2024, 8, 1), ends_on=date(2028, 7, 31)
    )
    return Goal.objects.create(owner=staff.owner, plan=plan, key="lesing", text="Alle leser", order=0)


def test_fixed_roles_bring_everybody_in_once(staff: Staff) -> None:
    heads = network(
        staff.owner, staff.berit, name="Rektormøtet", kind="principals", fixed_roles=["principal"]
    )
    assert actions.fill_by_roles(network=heads, by=BY, on=TODAY) == 2
    assert actions.fill_by_roles(network=heads, by=BY, on=TODAY) == 0
    assert {line.name for line in queries.members_of(heads, TODAY)} == {"Berit", "Aud", "Vera"}
    assert Event.objects.filter(kind="offers.members_filled").count() == 1


def test_a_changed_network_keeps_both_versions_and_its_guests(staff: Staff) -> None:
    circle = network(staff.owner, staff.arne)
    other = Network.objects.get(pk=circle.pk)
    circle.purpose = "Lese sammen"
    actions.change_network(network=circle, version=circle.version, guests=["Utvik"], by=BY)
    other.purpose = "Noe annet"
    with pytest.raises(ConflictError):
        actions.change_network(network=other, version=other.version, by=BY)
    assert queries.guests_of(circle) == ["Utvik"]
    actions.change_network(network=circle, version=circle.version, guests=[], by=BY)
    assert queries.guests_of(circle) == []


def test_a_meeting_from_agenda_to_minutes_that_stay(staff: Staff) -> None:
    heads = network(staff.owner, staff.berit, staff.aud, name="Rektormøtet", kind="principals")
    day = day_of(heads)
    first = actions.add_item(gathering=day, title="Vikarer", about="Hvor mange?", by=BY)
    second = actions.add_item(gathering=day, title="Prøver", by=BY)
    assert (first.number, second.number) == (1, 2)
    other = AgendaItem.objects.get(pk=first.pk)
    first.said = "Alle skolene mangler vikarer."
    actions.write_item(item=first, version=first.version, by=BY)
    with pytest.raises(ConflictError):
        actions.write_item(item=other, version=other.version, by=BY)
    with pytest.raises(actions.NotReadyError):
        actions.drop_item(item=first, by=BY)
    actions.drop_item(item=second, by=BY)
    actions.note(gathering=day, employee=staff.aud, came=True, by=BY)
    with pytest.raises(actions.NotReadyError):
        actions.approve_minutes(gathering=day, by=BY, at=at(FIRST - timedelta(days=1)))
    made = actions.approve_minutes(gathering=day, by=BY, at=at(FIRST, 15))
    assert actions.approve_minutes(gathering=day, by=BY).pk == made.pk
    content = json.loads(made.content)
    assert (content["came"], [one["said"] for one in content["items"]]) == (
        ["Aud"],
        ["Alle skolene mangler vikarer."],
    )
    with pytest.raises(NotAllowedError):
        actions.add_item(gathering=day, title="For sent", by=BY)
    first.refresh_from_db()
    with pytest.raises(NotAllowedError):
        actions.write_item(item=first, version=first.version, by=BY)


def test_minutes_need_an_agenda_and_cannot_be_changed_in_the_database(staff: Staff) -> None:
    from django.db import DatabaseError, transaction

    day = day_of(network(staff.owner, staff.berit))
    with pytest.raises(actions.NotReadyError) as found:
        actions.approve_minutes(gathering=day, by=BY, at=at(FIRST, 15))
    assert found.value.what == "agenda"
    actions.add_item(gathering=day, title="Sak", by=BY)
    actions.approve_minutes(gathering=day, by=BY, at=at(FIRST, 15))
    with pytest.raises(DatabaseError), transaction.atomic():
        ApprovedMinutes.objects.update(content="{}")


def test_what_is_agreed_stands_in_the_year_wheel_of_the_one_who_does_it(staff: Staff, cast: Any) -> None:
    day = day_of(network(staff.owner, staff.berit, staff.aud))
    due = TODAY + timedelta(days=30)
    row = actions.add_follow_up(
        gathering=day, follow_up=actions.NewFollowUp("Sett av vikar", "principal", due, staff.nes), by=BY
    )
    task = Task.objects.get(source=f"offers.follow_up:{row.pk}")
    assert (task.school, task.role, task.due_on, task.state) == (staff.nes, "principal", due, "upcoming")
    actions.finish_follow_up(follow_up=row.pk, by=BY, on=TODAY)
    actions.finish_follow_up(follow_up=row.pk, by=BY, on=TODAY)
    task.refresh_from_db()
    assert (task.state, Event.objects.filter(kind="offers.follow_up_done").count()) == ("done", 1)
    slip = actions.add_follow_up(gathering=day, follow_up=actions.NewFollowUp("Feil", "adviser", due), by=BY)
    actions.drop_follow_up(follow_up=slip.pk, by=BY)
    assert list(FollowUp.objects.values_list("what", flat=True)) == ["Sett av vikar"]
    assert Task.objects.get(source=f"offers.follow_up:{slip.pk}").state == "dropped"
    foreign = actions.NewFollowUp("X", "principal", due, cast.units["U00000001"])
    with pytest.raises(ValueError, match="its owner's"):
        actions.add_follow_up(gathering=day, follow_up=foreign, by=BY)


def test_attendance_counts_from_the_day_one_came_in(staff: Staff) -> None:
    circle = network(staff.owner, staff.arne)
    early = day_of(circle, TODAY - timedelta(days=40), task="Les")
    late = day_of(circle, TODAY - timedelta(days=5), task="Skriv")
    actions.add_member(network=circle, employee=staff.carl, by=BY, on=TODAY - timedelta(days=20))
    for day in (early, late):
        actions.note(gathering=day, employee=staff.arne, came=True, by=BY)
    actions.note(gathering=late, employee=staff.carl, came=True, by=BY)
    actions.note_task(gathering=late, employee=staff.carl, done=True, by=BY)
    found = {
        line.name: (line.came, line.of, line.tasks, line.tasks_of)
        for line in queries.members_of(circle, TODAY)
    }
    assert found == {"Arne": (2, 2, 0, 0), "Carl": (1, 1, 1, 1)}


def test_a_networks_year_shares_its_days(staff: Staff) -> None:
    circle = network(staff.owner, staff.arne)
    offer = course(staff.owner, kind="network_series", network=circle)
    assert [day.offer for day in queries.days_of(circle)] == [offer]
    assert queries.years_of_network(circle) == [offer]
