"""The line to a seat: fair order, one seat once, automatic promotion with a day to answer, leaders who do not answer."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.work.offers.staff import FIRST, TODAY, Staff, at, course
from tettpaa.core.audit.models import Event
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.work.offers import actions
from tettpaa.work.offers.enums import REGISTRATION_PATHS, Step
from tettpaa.work.offers.models import Member, Offer, OfferRules, Registration

pytestmark = pytest.mark.django_db
BY = "test@example.test"


def sign(offer: Offer, *people: object, minute: int = 0) -> list[Registration]:
    moment = at()
    return [
        actions.register(
            offer=offer,
            employee=one,
            by=one.email,
            at=moment + timedelta(minutes=minute + n),  # type: ignore[attr-defined, arg-type]
        )
        for n, one in enumerate(people)
    ]


def states(offer: Offer) -> list[tuple[str, int | None]]:
    return list(offer.registrations.order_by("place").values_list("state", "seat"))


def test_a_seat_is_held_while_the_leader_thinks(staff: Staff) -> None:
    offer = course(staff.owner, seats=1)
    first, second = sign(offer, staff.teachers[0], staff.teachers[1])
    assert (first.seat, first.until, second.seat, second.until) == (1, date(2026, 11, 30), None, None)
    # The second's leader is quicker, and that changes nothing.
    assert actions.approve(registration=second.pk, by=BY, at=at()).state == Step.WAITING
    assert actions.approve(registration=first.pk, by=BY, at=at()).state == Step.CONFIRMED
    assert states(offer) == [(Step.CONFIRMED, 1), (Step.WAITING, None)]


def test_the_first_in_line_is_offered_the_free_seat_and_answers(staff: Staff) -> None:
    offer = course(staff.owner, seats=1)
    first, second, third = sign(offer, *staff.teachers[:3])
    for row in (third, second, first):
        actions.approve(registration=row.pk, by=BY, at=at())
    actions.withdraw(registration=first.pk, by=BY, at=at())
    assert states(offer) == [(Step.WITHDRAWN, None), (Step.OFFERED, 1), (Step.WAITING, None)]
    second.refresh_from_db()
    assert second.until == TODAY + timedelta(days=3)
    assert actions.accept(registration=second.pk, by=BY, at=at()).state == Step.CONFIRMED
    assert actions.accept(registration=second.pk, by=BY, at=at()).state == Step.CONFIRMED  # twice is once
    assert Event.objects.filter(kind="offers.seat_accepted").count() == 1


def test_who_does_not_answer_gives_the_seat_to_the_next_and_may_come_back_last(staff: Staff) -> None:
    offer = course(staff.owner, seats=1)
    rows = sign(offer, *staff.teachers[:3])
    for row in rows:
        actions.approve(registration=row.pk, by=BY, at=at())
    actions.withdraw(registration=rows[0].pk, by=BY, at=at())
    late = TODAY + timedelta(days=4)
    assert actions.pass_on(offer=offer.pk, on=late - timedelta(days=1)) == 0  # the last day counts
    assert actions.pass_on(offer=offer.pk, on=late) == 1
    assert actions.pass_on(offer=offer.pk, on=late) == 0
    assert states(offer) == [(Step.WITHDRAWN, None), (Step.LAPSED, None), (Step.OFFERED, 1)]
    with pytest.raises(NotAllowedError):
        actions.accept(registration=rows[1].pk, by=BY, at=at(late))
    back = actions.register(offer=offer, employee=staff.teachers[1], by=BY, at=at(late))
    assert (back.pk, back.place, back.state) == (rows[1].pk, 4, Step.APPLIED)


def test_an_offer_is_not_accepted_after_its_day_even_before_the_round(staff: Staff) -> None:
    offer = course(staff.owner, seats=1)
    rows = sign(offer, *staff.teachers[:2])
    for row in rows:
        actions.approve(registration=row.pk, by=BY, at=at())
    actions.withdraw(registration=rows[0].pk, by=BY, at=at())
    with pytest.raises(NotAllowedError):
        actions.accept(registration=rows[1].pk, by=BY, at=at(TODAY + timedelta(days=4)))


def test_a_leader_who_does_not_answer_does_not_stop_the_line(staff: Staff) -> None:
    offer = course(staff.owner, seats=1)
    first, second = sign(offer, *staff.teachers[:2])
    actions.approve(registration=second.pk, by=BY, at=at())
    assert actions.pass_on(offer=offer.pk, on=date(2026, 12, 1)) == 1
    assert states(offer) == [(Step.APPLIED, None), (Step.OFFERED, 1)]
    # The yes that comes at last gives a place in the line, still before those who came later.
    third = actions.register(offer=offer, employee=staff.teachers[2], by=BY, at=at(date(2026, 12, 1)))
    actions.approve(registration=third.pk, by=BY, at=at(date(2026, 12, 1)))
    assert actions.approve(registration=first.pk, by=BY, at=at(date(2026, 12, 1))).state == Step.WAITING
    actions.withdraw(registration=second.pk, by=BY, at=at(date(2026, 12, 1)))
    first.refresh_from_db()
    assert (first.state, first.until) == (Step.OFFERED, FIRST)  # never later than the first gathering


def test_no_from_the_leader_has_a_reason_and_frees_the_seat(staff: Staff) -> None:
    offer = course(staff.owner, seats=1)
    first, second = sign(offer, *staff.teachers[:2])
    with pytest.raises(actions.NotReadyError):
        actions.decline(registration=first.pk, reason=" ", by=BY)
    declined = actions.decline(registration=first.pk, reason="Vi mangler vikar den uka.", by=BY, at=at())
    assert (declined.state, declined.seat, declined.reason) == (
        Step.DECLINED,
        None,
        "Vi mangler vikar den uka.",
    )
    assert actions.decline(registration=first.pk, reason="Igjen", by=BY).reason == "Vi mangler vikar den uka."
    second.refresh_from_db()
    # The next has not been approved either: the seat is held while that leader answers.
    assert (second.state, second.seat, second.until) == (Step.APPLIED, 1, date(2026, 11, 30))
    with pytest.raises(NotAllowedError):
        actions.approve(registration=first.pk, by=BY)


def test_signing_up_twice_is_once(staff: Staff) -> None:
    offer = course(staff.owner)
    first = actions.register(offer=offer, employee=staff.carl, by=BY, at=at())
    assert actions.register(offer=offer, employee=staff.carl, by=BY, at=at()).pk == first.pk
    assert Event.objects.filter(kind="offers.registration_sent").count() == 1
    assert actions.approve(registration=first.pk, by=BY).answered_by == BY
    assert actions.approve(registration=first.pk, by="other").answered_by == BY
    assert actions.withdraw(registration=first.pk, by=BY).state == Step.WITHDRAWN
    assert actions.withdraw(registration=first.pk, by=BY).state == Step.WITHDRAWN
    assert Event.objects.filter(kind="offers.registration_withdrawn").count() == 1


def test_the_database_itself_refuses_a_seat_twice(staff: Staff) -> None:
    offer = course(staff.owner, seats=5)
    sign(offer, *staff.teachers[:2])
    with pytest.raises(IntegrityError), transaction.atomic():
        offer.registrations.filter(place=2).update(seat=1)


def test_a_free_offer_without_leader_gives_the_seat_at_once(staff: Staff) -> None:
    offer = course(staff.owner, seats=1, needs_approval=False)
    sign(offer, *staff.teachers[:2])
    assert states(offer) == [(Step.CONFIRMED, 1), (Step.WAITING, None)]


def test_room_for_all_never_makes_a_queue(staff: Staff) -> None:
    offer = course(staff.owner, seats=None)
    sign(offer, *staff.teachers)
    assert states(offer) == [(Step.APPLIED, place) for place in range(1, 9)]


@pytest.mark.parametrize(
    ("why", "words", "on"),
    [
        ("early", {"opens_on": TODAY + timedelta(days=1)}, TODAY),
        ("late", {"closes_on": TODAY - timedelta(days=1)}, TODAY),
        ("late", {}, FIRST + timedelta(days=1)),
    ],
)
def test_registration_has_its_days(staff: Staff, why: str, words: dict[str, date], on: date) -> None:
    offer = course(staff.owner, **words)
    with pytest.raises(actions.NotOpenError) as found:
        actions.register(offer=offer, employee=staff.carl, by=BY, at=at(on))
    assert found.value.why == why


def test_registration_is_for_those_it_is_for(staff: Staff, cast: object) -> None:
    from tests.work.offers.staff import employ

    offer = course(staff.owner, school=staff.vik, kind="school_based")
    with pytest.raises(actions.NotOpenError) as found:
        actions.register(offer=offer, employee=staff.carl, by=BY, at=at())
    assert found.value.why == "school"
    foreign = employ(cast.utvik, cast.units["U00000001"], "Eva")  # type: ignore[attr-defined]
    with pytest.raises(actions.NotOpenError) as found:
        actions.register(offer=offer, employee=foreign, by=BY, at=at())
    assert found.value.why == "owner"
    draft = actions.make_offer(
        owner=staff.owner, offer=actions.NewOffer("Utkast", "course", "skole", 2026), by=BY
    )
    with pytest.raises(actions.NotOpenError) as found:
        actions.register(offer=draft, employee=staff.carl, by=BY, at=at())
    assert found.value.why == "state"


def test_more_seats_go_to_the_line_at_once_and_fewer_than_taken_are_refused(staff: Staff) -> None:
    offer = course(staff.owner, seats=1)
    for row in sign(offer, *staff.teachers[:4]):
        actions.approve(registration=row.pk, by=BY, at=at())
    offer.refresh_from_db()
    offer.seats = 3
    actions.change_offer(offer=offer, version=offer.version, by=BY, on=TODAY)
    assert [state for state, _seat in states(offer)] == [
        Step.CONFIRMED,
        Step.OFFERED,
        Step.OFFERED,
        Step.WAITING,
    ]
    offer.refresh_from_db()
    offer.seats = 2
    with pytest.raises(actions.TooFewSeatsError):
        actions.change_offer(offer=offer, version=offer.version, by=BY, on=TODAY)
    # With a seat given back there is room, and the highest number moves down.
    second = offer.registrations.get(place=2)
    actions.withdraw(registration=second.pk, by=BY, at=at())  # the fourth is offered it
    fourth = offer.registrations.get(place=4)
    actions.withdraw(registration=fourth.pk, by=BY, at=at())
    actions.change_offer(offer=offer, version=offer.version, by=BY, on=TODAY)
    assert sorted(seat for _state, seat in states(offer) if seat) == [1, 2]


def test_nobody_is_moved_up_once_it_has_begun(staff: Staff) -> None:
    offer = course(staff.owner, seats=1)
    rows = sign(offer, *staff.teachers[:2])
    for row in rows:
        actions.approve(registration=row.pk, by=BY, at=at())
    actions.withdraw(registration=rows[0].pk, by=BY, at=at(FIRST))
    assert states(offer) == [(Step.WITHDRAWN, None), (Step.WAITING, None)]


def test_the_owners_own_days_are_used(staff: Staff) -> None:
    OfferRules.objects.create(owner=staff.owner, answer_days=1, hold_days=2)
    offer = course(staff.owner, seats=1)
    first, second = sign(offer, *staff.teachers[:2])
    assert first.until == TODAY + timedelta(days=2)
    actions.approve(registration=second.pk, by=BY, at=at())
    actions.withdraw(registration=first.pk, by=BY, at=at())
    second.refresh_from_db()
    assert second.until == TODAY + timedelta(days=1)


def test_a_seat_in_a_networks_year_makes_a_member_and_giving_it_up_ends_it(staff: Staff) -> None:
    from tests.work.offers.staff import network

    circle = network(staff.owner, staff.arne)
    offer = course(staff.owner, kind="network_series", network=circle)
    row = actions.register(offer=offer, employee=staff.carl, by=BY, at=at())
    assert Member.objects.filter(employee=staff.carl).count() == 0
    actions.approve(registration=row.pk, by=BY, at=at())
    member = Member.objects.get(employee=staff.carl)
    assert (member.network, member.part, member.ends_on) == (circle, "fixed", None)
    actions.withdraw(registration=row.pk, by=BY, at=at(TODAY + timedelta(days=2)))
    member.refresh_from_db()
    assert member.ends_on == TODAY + timedelta(days=2)


def test_every_path_is_drawn_and_no_other_can_be_gone() -> None:
    from tettpaa.core.audit.states import move

    class Row:
        state = ""

    for start in Step:
        for end in Step:
            row = Row()
            row.state = start
            if end in REGISTRATION_PATHS.get(start, ()):
                assert move(row, end, paths=REGISTRATION_PATHS) == start
            else:
                with pytest.raises(NotAllowedError):
                    move(row, end, paths=REGISTRATION_PATHS)
