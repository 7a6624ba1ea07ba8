"""Gatherings: coming or not, who came, tasks, guests, changes that calendars follow; and finishing with a certificate."""

import json
from datetime import date, time, timedelta
from typing import Any

import pytest
import vobject
from django.utils import timezone

from tests.work.offers.staff import FIRST, LAST, SECOND, TODAY, Staff, at, course, day_of, network
from tettpaa.core.audit.models import Event
from tettpaa.core.audit.seal import fingerprint
from tettpaa.core.audit.versions import ConflictError
from tettpaa.work.competence.models import KeyFactor
from tettpaa.work.offers import actions, queries, rules
from tettpaa.work.offers.enums import Kind, Step
from tettpaa.work.offers.models import Attendance, Gathering, Offer, Registration

pytestmark = pytest.mark.django_db
BY = "arne@example.test"
DAYS = (FIRST, SECOND, LAST)


def seated(staff: Staff, offer: Offer, *people: Any) -> list[Registration]:
    rows = [actions.register(offer=offer, employee=one, by=one.email, at=at()) for one in people]
    for row in rows:
        actions.approve(registration=row.pk, by=BY, at=at())
    return rows


def test_coming_or_not_the_last_answer_stands(staff: Staff) -> None:
    circle = network(staff.owner, staff.arne, staff.carl)
    day = day_of(circle)
    actions.answer(gathering=day, employee=staff.carl, coming=True, by=BY)
    actions.answer(gathering=day, employee=staff.carl, coming=True, by=BY)
    assert Event.objects.filter(kind="offers.gathering_answered").count() == 1
    actions.answer(gathering=day, employee=staff.carl, coming=False, by=BY)
    people = queries.present_at(day)
    assert [(one.employee.name, one.answer) for one in people] == [("Arne", ""), ("Carl", "not_coming")]
    assert queries.counts_of(people) == {"coming": 0, "not_coming": 1, "silent": 1, "came": 0, "tasks": 0}
    with pytest.raises(actions.NotTakingPartError):
        actions.answer(gathering=day, employee=staff.vera, coming=True, by=BY)
    actions.cancel_gathering(gathering=day, by=BY)
    actions.cancel_gathering(gathering=day, by=BY)
    assert Event.objects.filter(kind="offers.gathering_cancelled").count() == 1
    day.refresh_from_db()
    with pytest.raises(actions.NotReadyError):
        actions.answer(gathering=day, employee=staff.carl, coming=True, by=BY)


def test_who_came_is_noted_once_and_can_be_put_right(staff: Staff) -> None:
    circle = network(staff.owner, staff.arne, staff.carl)
    day = day_of(circle)
    row = actions.note(gathering=day, employee=staff.carl, came=True, how="code", by=BY, at=at(FIRST, 9))
    again = actions.note(gathering=day, employee=staff.carl, came=True, by=BY, at=at(FIRST, 10))
    assert (again.how, again.at) == (row.how, row.at) == ("code", at(FIRST, 9))
    actions.note(gathering=day, employee=staff.carl, came=False, by=BY)
    assert Attendance.objects.get().came is False
    actions.note_task(gathering=day, employee=staff.carl, done=True, by=BY)
    actions.note_task(gathering=day, employee=staff.carl, done=True, by=BY)
    assert Event.objects.filter(kind="offers.task_noted").count() == 1


def test_guests_from_outside_are_places_and_numbers(staff: Staff) -> None:
    circle = network(staff.owner, staff.arne)
    actions.change_network(network=circle, version=circle.version, guests=["Utvik kommune", "Havn"], by=BY)
    day = day_of(circle)
    utvik, havn = (line.guest for line in queries.guests_at(day))
    actions.note_guests(gathering=day, guest=havn, came=3, by=BY)
    assert [(line.guest.name, line.came) for line in queries.guests_at(day)] == [
        ("Utvik kommune", 0),
        ("Havn", 3),
    ]
    other = day_of(network(staff.owner, staff.arne, name="PALS", kind="pals"))
    with pytest.raises(actions.NotTakingPartError):
        actions.note_guests(gathering=other, guest=utvik, came=1, by=BY)
    assert queries.guests_at(day_of(course(staff.owner))) == []


def test_a_changed_day_moves_the_offer_and_two_at_once_are_told(staff: Staff) -> None:
    offer = course(staff.owner, days=DAYS)
    first = offer.gatherings.first()
    assert first is not None
    other = Gathering.objects.get(pk=first.pk)
    first.on, first.where = FIRST - timedelta(days=1), "Rådhuset"
    actions.change_gathering(gathering=first, version=first.version, by=BY)
    offer.refresh_from_db()
    assert offer.starts_on == FIRST - timedelta(days=1)
    other.title = "Min tittel"
    with pytest.raises(ConflictError):
        actions.change_gathering(gathering=other, version=other.version, by=BY)
    actions.cancel_gathering(gathering=first, by=BY)
    offer.refresh_from_db()
    assert offer.starts_on == SECOND
    with pytest.raises(ValueError, match="belongs to"):
        actions.add_gathering(gathering=actions.NewGathering(on=FIRST, title="X"), by=BY)


def test_a_calendar_is_read_by_another_program(staff: Staff) -> None:
    offer = course(staff.owner)
    day = offer.gatherings.get()
    day.ends, day.where, day.link = time(11, 30), "Rådhuset", "https://example.test/mote"
    actions.change_gathering(gathering=day, version=day.version, by=BY)
    event = vobject.readOne(queries.calendar_of("Kurs", [day], "nb").decode()).vevent
    start = timezone.localtime(event.dtstart.value)
    assert (start.date(), start.time()) == (FIRST, time(9))
    assert event.dtend.value - event.dtstart.value == timedelta(hours=2, minutes=30)
    assert (event.location.value, event.description.value) == ("Rådhuset", "https://example.test/mote")
    whole = actions.add_gathering(
        gathering=actions.NewGathering(on=LAST, title=offer.title), offer=offer, by=BY
    )
    event = vobject.readOne(queries.calendar_of("Kurs", [whole], "nb").decode()).vevent
    assert (event.dtstart.value, event.dtend.value) == (LAST, LAST + timedelta(days=1))
    assert event.summary.value == offer.title
    cancelled = actions.cancel_gathering(gathering=whole, by=BY)
    assert (
        vobject.readOne(queries.calendar_of("K", [cancelled], "nb").decode()).vevent.summary.value[0] == "✕"
    )


def test_ones_own_dates_stand_in_the_year_wheels_calendar(staff: Staff, cast: Any) -> None:
    from tettpaa.work.yearwheel.actions import open_feed
    from tettpaa.work.yearwheel.models import Feed
    from tettpaa.work.yearwheel.queries import feed_bytes

    offer = course(staff.owner)
    seated(staff, offer, staff.carl)
    day_of(network(staff.owner, staff.arne), SECOND, title="Bare for Arne")
    own = cast.fjordvik
    own.settings.save()
    open_feed(owner=own, user=cast.users["carl"], scope="mine", language="nb", by="carl@example.test")
    text = feed_bytes(Feed.objects.get(), TODAY).decode()
    assert "Samtaler om tekst: Samling 1" in text
    assert "Bare for Arne" not in text
    open_feed(owner=own, user=cast.users["dag"], scope="mine", language="nb", by="dag@example.test")
    assert "Samtaler" not in feed_bytes(Feed.objects.get(user=cast.users["dag"]), TODAY).decode()


@pytest.mark.parametrize(
    ("kind", "least", "came", "tasks_left", "earned"),
    [
        (Kind.NETWORK_SERIES, None, 3, 0, True),
        (Kind.NETWORK_SERIES, None, 3, 1, False),  # a task is left
        (Kind.NETWORK_SERIES, 1, 2, 0, False),  # a network is attended every time, whatever is set
        (Kind.COURSE_SERIES, None, 3, 2, True),
        (Kind.COURSE_SERIES, None, 2, 0, False),
        (Kind.COURSE_SERIES, 2, 2, 0, True),
        (Kind.COURSE_SERIES, 9, 3, 0, True),  # no more than there are
        (Kind.COURSE, 0, 0, 0, True),
    ],
)
def test_what_a_certificate_takes(
    kind: str, least: int | None, came: int, tasks_left: int, earned: bool
) -> None:
    assert rules.has_earned(kind, 3, least, came, tasks_left=tasks_left) is earned


def test_from_attendance_to_certificate(staff: Staff) -> None:
    offer = course(staff.owner, seats=3, days=DAYS, kind="network_series", hours=18)
    rows = seated(staff, offer, *staff.teachers[:4])
    for number, day in enumerate(offer.gatherings.all()):
        for place, person in enumerate(staff.teachers[:3]):
            actions.note(gathering=day, employee=person, came=(place, number) != (1, 2), by=BY)
            actions.note_task(gathering=day, employee=person, done=(place, number) != (2, 0), by=BY)
    with pytest.raises(actions.NotReadyError) as found:
        actions.hold_offer(offer=offer, by=BY, on=SECOND)
    assert found.value.what == "to_come"
    actions.hold_offer(offer=offer, by=BY, on=LAST)
    states = list(offer.registrations.order_by("place").values_list("state", flat=True))
    assert states == [Step.ATTENDED, Step.ABSENT, Step.ABSENT, Step.MISSED]
    assert actions.complete_all(offer=offer, by=BY, on=LAST) == 1
    with pytest.raises(actions.NotReadyError):
        actions.complete(registration=rows[1].pk, by=BY)
    given = actions.complete(registration=rows[1].pk, reason="Gjorde oppgaven hjemme.", by=BY, on=LAST)
    assert actions.complete(registration=rows[1].pk, by=BY).pk == given.pk
    content = json.loads(given.content)
    assert given.sha256 == fingerprint(given.content)
    assert (content["name"], content["hours"], content["instead"]) == ("Ida 2", 18, "Gjorde oppgaven hjemme.")
    assert [one["came"] for one in content["gatherings"]] == [True, True, False]
    assert Event.objects.filter(kind="offers.certificate_given").count() == 2


def test_an_offer_is_held_only_when_somebody_was_noted(staff: Staff) -> None:
    offer = course(staff.owner)
    seated(staff, offer, staff.carl)
    with pytest.raises(actions.NotReadyError) as found:
        actions.hold_offer(offer=offer, by=BY, on=FIRST)
    assert found.value.what == "attendance"


def test_a_seat_on_offer_lapses_when_it_is_over(staff: Staff) -> None:
    offer = course(staff.owner, seats=1)
    first, second = seated(staff, offer, *staff.teachers[:2])
    actions.withdraw(registration=first.pk, by=BY, at=at())
    day = offer.gatherings.get()
    Attendance.objects.create(gathering=day, employee=staff.carl, came=True)
    actions.hold_offer(offer=offer, by=BY, on=FIRST)
    second.refresh_from_db()
    assert (second.state, second.seat) == (Step.LAPSED, None)


def test_publishing_needs_a_word_on_each_key_factor(staff: Staff) -> None:
    for key in ("over-tid", "sammen"):
        KeyFactor.objects.create(owner=staff.owner, key=key, title=key)
    draft = actions.make_offer(
        owner=staff.owner, offer=actions.NewOffer("Kurs", "course", "skole", 2026), by=BY, on=TODAY
    )
    day_of(draft)
    said = [
        actions.FactorWord("over-tid", "yes", "Seks samlinger."),
        actions.FactorWord("sammen", "no", "Én."),
    ]
    actions.say_factors(offer=draft, factors=said[:1], by=BY)
    with pytest.raises(actions.NotReadyError, match="factors"):
        actions.publish_offer(offer=draft, by=BY)
    actions.say_factors(offer=draft, factors=said, by=BY)
    assert actions.publish_offer(offer=draft, by=BY).state == "published"
    for fewer in ([], said[:1]):
        with pytest.raises(actions.NotReadyError, match="factors_stay"):
            actions.say_factors(offer=draft, factors=fewer, by=BY)
    assert draft.factors.count() == 2
    actions.say_factors(offer=draft, factors=[said[0], actions.FactorWord("sammen", "partly", "To.")], by=BY)
    assert draft.factors.get(key="sammen").reason == "To."


def test_publishing_needs_a_day_and_cancelling_a_reason(staff: Staff) -> None:
    draft = actions.make_offer(
        owner=staff.owner, offer=actions.NewOffer("Kurs", "course", "skole", 2026), by=BY, on=TODAY
    )
    with pytest.raises(actions.NotReadyError, match="gathering"):
        actions.publish_offer(offer=draft, by=BY)
    offer = course(staff.owner)
    with pytest.raises(actions.NotReadyError):
        actions.cancel_offer(offer=offer, why="", by=BY)
    off = actions.cancel_offer(offer=offer, why="Syk kursholder.", by=BY, on=date(2026, 11, 25))
    assert (off.state, off.why_cancelled, off.changed_on) == (
        "cancelled",
        "Syk kursholder.",
        date(2026, 11, 25),
    )
    assert list(offer.gatherings.values_list("is_cancelled", flat=True)) == [True]


def test_goal_network_and_school_are_the_owners(staff: Staff, cast: Any) -> None:
    circle = network(staff.owner, staff.arne)
    new = actions.NewOffer("Kurs", "course", "skole", 2026)
    with pytest.raises(ValueError, match="school of an offer"):
        actions.make_offer(owner=staff.owner, offer=new, by=BY, school=cast.units["U00000001"])
    with pytest.raises(ValueError, match="network of an offer"):
        actions.make_offer(owner=cast.utvik, offer=new, by=BY, network=circle)
