"""The agenda: voices are not last, a proposal has exactly one answer, and it reaches people a week before."""

from datetime import timedelta

import pytest

from tests.work.dialogue import meetinghouse as house
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.models import Body
from tettpaa.work.dialogue import actions, queries
from tettpaa.work.dialogue.models import AgendaItem, Meeting, Proposal


@pytest.fixture
def meeting(cast):
    return house.bring(house.make_meeting(cast), "invited")


def propose(meeting, days=20, key="fau", title="Trygg skolevei"):
    body = Body.objects.get(owner=meeting.owner, key=key)
    return actions.propose(
        meeting=meeting, body=body, title=title, text="Krysset", by=house.FIA, at=house.at(days)
    )


def lines(meeting):
    return [
        {"id": one.pk, "title": one.title, "about": one.about, "minutes": one.minutes, "voice": one.voice}
        for one in meeting.items.all()
    ]


def save(meeting, rows, version=None):
    return actions.save_agenda(
        meeting=meeting,
        items=rows,
        version=meeting.version if version is None else version,
        by=house.BERIT,
    )


def test_the_agenda_comes_from_the_kind(meeting):
    assert [one.item.title for one in queries.agenda_of(meeting)] == [one["title"] for one in house.ITEMS]
    clocks = [one.starts_at.strftime("%H:%M") for one in queries.agenda_of(meeting)]
    assert clocks == ["09:00", "09:05", "09:25", "09:45"]


def test_voices_are_refused_at_the_end(meeting):
    rows = lines(meeting)
    with pytest.raises(actions.VoicesLastError, match="ikke stå sist"):
        save(meeting, [*rows[:1], *rows[2:], rows[1]])
    with pytest.raises(actions.VoicesLastError):
        house.make_kind(meeting.owner, key="gal", items=[*house.ITEMS, house.ITEMS[1]])
    assert [one.title for one in meeting.items.all()] == [one["title"] for one in house.ITEMS]


def test_items_are_moved_added_and_taken_away(meeting):
    rows = lines(meeting)
    new = {"id": None, "title": "Svømming", "about": "", "minutes": 10, "voice": ""}
    save(meeting, [rows[1], rows[0], new, rows[3]])
    assert [one.title for one in meeting.items.all()] == [
        "Elever, foreldre og ansatte",
        "Velkommen",
        "Svømming",
        "Avtalen leses høyt",
    ]


def test_two_who_change_the_agenda_lose_nothing(meeting):
    stale = meeting.version
    save(meeting, lines(meeting)[1:])
    with pytest.raises(ConflictError):
        save(meeting, [], version=stale)


def test_an_empty_agenda_is_refused(meeting):
    with pytest.raises(actions.RefusedError, match="minst én sak"):
        save(meeting, [])


def test_a_sent_agenda_is_not_changed(meeting):
    house.bring(meeting, "agenda")
    with pytest.raises(actions.RefusedError, match="kan ikke endres"):
        save(meeting, lines(meeting))


@pytest.mark.parametrize(("days", "late"), [(15, False), (14, False), (13, True)])
def test_the_deadline_that_is_shown_holds(meeting, days, late):
    if late:
        with pytest.raises(actions.TooLateError, match=r"19\.\xa0november 2026"):
            propose(meeting, days)
    else:
        assert propose(meeting, days).state == "waiting"


def test_nothing_is_proposed_after_freezing(meeting):
    house.bring(meeting, "frozen")
    with pytest.raises(actions.TooLateError):
        propose(meeting, 20)


def test_a_proposal_becomes_an_item_that_is_not_last(meeting):
    one = actions.take_proposal(proposal=propose(meeting), minutes=15, by=house.AUD)
    titles = [row.title for row in meeting.items.all()]
    assert titles[-2:] == ["Trygg skolevei", "Avtalen leses høyt"]
    assert (one.state, one.item.number, one.item.voice, one.item.minutes) == ("taken", 4, "parents", 15)
    with pytest.raises(actions.RefusedError, match="kommer fra et forslag"):
        save(Meeting.objects.get(pk=meeting.pk), [row for row in lines(meeting) if row["id"] != one.item_id])


def test_a_proposal_may_come_under_another_item(meeting):
    under = house.item(meeting, 2)
    one = actions.take_proposal(proposal=propose(meeting), item=under, answer="Under sak 2.", by=house.AUD)
    assert (one.item, meeting.items.count()) == (under, 4)
    assert queries.agenda_of(meeting)[1].proposals == (one,)


def test_a_proposal_has_exactly_one_answer(meeting):
    one = propose(meeting)
    with pytest.raises(actions.RefusedError, match="Skriv hvor saken tas"):
        actions.send_elsewhere(proposal=one, answer="  ", by=house.AUD)
    actions.send_elsewhere(proposal=one, answer="I teknisk utvalg.", by=house.AUD)
    for again in (
        lambda: actions.send_elsewhere(proposal=one, answer="x", by=house.AUD),
        lambda: actions.take_proposal(proposal=one, by=house.AUD),
    ):
        with pytest.raises(NotAllowedError):
            again()
    fresh = Proposal.objects.get(pk=one.pk)
    assert (fresh.state, fresh.answer, fresh.answered_by) == ("elsewhere", "I teknisk utvalg.", house.AUD)


def test_a_body_sees_its_own_proposals_and_the_sides_see_all(cast, meeting):
    mine, theirs = propose(meeting), propose(meeting, key="elevrad", title="Friminutt")
    actions.send_elsewhere(proposal=mine, answer="Et annet sted.", by=house.AUD)

    def shown(name):
        return queries.proposals_of(meeting, house.who(cast, name, meeting))

    assert shown("fia") == [mine]
    assert shown("odd") == [theirs]
    assert shown("aud") == [theirs, mine]  # waiting first
    assert shown("berit") == [theirs, mine]
    assert shown("kai") == []


@pytest.mark.parametrize(("days", "refused"), [(8, False), (7, False), (6, True), (1, True)])
def test_the_agenda_is_sent_a_week_before_or_refused_in_words(meeting, days, refused):
    house.bring(meeting, "frozen")
    if refused:
        with pytest.raises(actions.TooLateError, match="minst sju dager til å forberede seg"):
            actions.send_agenda(meeting=meeting, by=house.BERIT, at=house.at(days))
        assert Meeting.objects.get(pk=meeting.pk).state == "frozen"
    else:
        actions.send_agenda(meeting=meeting, by=house.BERIT, at=house.at(days))
        assert Meeting.objects.get(pk=meeting.pk).state == "agenda"


def test_an_agenda_is_not_sent_before_the_package_is_frozen(meeting):
    with pytest.raises(NotAllowedError):
        actions.send_agenda(meeting=meeting, by=house.BERIT, at=house.at(20))


def test_moving_the_day_gives_a_new_deadline(meeting):
    actions.move_meeting(meeting=meeting, starts_at=house.START + timedelta(7), by=house.BERIT)
    assert propose(Meeting.objects.get(pk=meeting.pk), 10).state == "waiting"
    assert AgendaItem.objects.filter(meeting=meeting).count() == 4
