"""Letters: each step is told once, in words that say what to do; a stopped mail server is tried again."""

from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest

from tests.work.offers.staff import FIRST, TODAY, Staff, at, course, day_of, network
from tettpaa.core.jobs.models import Job
from tettpaa.work.offers import actions, letters
from tettpaa.work.offers.actions.reminding import remind
from tettpaa.work.offers.models import SentReminder
from tettpaa.work.offers.tasks import tell
from tettpaa.work.offers.tasks import tell_all as tell_called_off

pytestmark = pytest.mark.django_db
BY = "aud@example.test"


def tell_all() -> None:
    for job in Job.objects.filter(kind="offers.tell"):
        tell(job.arguments, lambda _done, _total: None)


def test_each_step_has_its_letter(staff: Staff, mailoutbox: list[Any]) -> None:
    offer = course(staff.owner, seats=1)
    first, second = (
        actions.register(offer=offer, employee=one, by=BY, at=at()) for one in staff.teachers[:2]
    )
    third = actions.register(offer=offer, employee=staff.carl, by=BY, at=at())
    actions.approve(registration=first.pk, by=BY, at=at())
    actions.approve(registration=second.pk, by=BY, at=at())
    actions.decline(registration=third.pk, reason="Ikke i år.", by=BY, at=at())
    tell_all()
    tell_all()
    subjects = {letter.to[0]: letter.subject for letter in mailoutbox}
    assert subjects == {
        "ida.1@example.test": "Tett på: Du har plass på «Samtaler om tekst»",
        "ida.2@example.test": "Tett på: Du står på venteliste til «Samtaler om tekst»",
        "carl@example.test": "Tett på: Lederen din har svart på påmeldingen til «Samtaler om tekst»",
    }
    assert "«Ikke i år.»" in next(one.body for one in mailoutbox if one.to == ["carl@example.test"])
    mailoutbox.clear()
    actions.withdraw(registration=first.pk, by=BY, at=at())
    tell_all()
    assert [one.subject for one in mailoutbox] == [
        "Tett på: Det er en ledig plass til deg på «Samtaler om tekst»"
    ]
    assert "Svar innen 26.\u00a0november 2026" in mailoutbox[0].body
    mailoutbox.clear()
    actions.pass_on(offer=offer.pk, on=TODAY + timedelta(days=5))
    tell_all()
    assert [one.subject for one in mailoutbox] == [
        "Tett på: Plassen på «Samtaler om tekst» gikk til den neste"
    ]


def test_who_signs_up_alone_has_a_letter_of_the_seat_or_of_the_waiting_list(
    staff: Staff, mailoutbox: list[Any]
) -> None:
    offer = course(staff.owner, seats=1, needs_approval=False)
    rows = [actions.register(offer=offer, employee=one, by=BY, at=at()) for one in staff.teachers[:2]]
    tell_all()
    assert [(one.to[0], one.body.splitlines()[0]) for one in mailoutbox] == [
        ("ida.1@example.test", "Du har plass på «Samtaler om tekst»."),
        ("ida.2@example.test", "«Samtaler om tekst» er fullt. Du står på venteliste."),
    ]
    mailoutbox.clear()
    actions.withdraw(registration=rows[0].pk, by=BY, at=at())
    tell_all()
    actions.accept(registration=rows[1].pk, by=BY, at=at())
    tell_all()
    assert [one.subject for one in mailoutbox] == [
        "Tett på: Det er en ledig plass til deg på «Samtaler om tekst»",
        "Tett på: Du har plass på «Samtaler om tekst»",
    ]


def test_a_seat_that_is_held_for_one_who_waits_for_the_leader_is_told_and_told_when_it_goes(
    staff: Staff, mailoutbox: list[Any]
) -> None:
    offer = course(staff.owner, seats=1)
    first, _second = (
        actions.register(offer=offer, employee=one, by=BY, at=at()) for one in staff.teachers[:2]
    )
    actions.withdraw(registration=first.pk, by=BY, at=at())
    tell_all()
    actions.pass_on(offer=offer.pk, on=TODAY + timedelta(days=8))
    tell_all()
    assert [one.body.splitlines()[0] for one in mailoutbox] == [
        (
            "Det er blitt en plass til deg på «Samtaler om tekst». "
            "Lederen din må si ja innen 30.\u00a0november 2026, ellers går den til den neste."
        ),
        (
            "Plassen du hadde på «Samtaler om tekst», er gått videre, fordi lederen din ikke har svart. "
            "Du står fortsatt i køen."
        ),
    ]


def test_a_held_seat_that_goes_on_is_told(staff: Staff, mailoutbox: list[Any]) -> None:
    offer = course(staff.owner, seats=1)
    actions.register(offer=offer, employee=staff.carl, by=BY, at=at())
    actions.pass_on(offer=offer.pk, on=TODAY + timedelta(days=8))
    tell_all()
    assert "er gått videre" in mailoutbox[0].body
    assert mailoutbox[0].subject == "Tett på: Påmeldingen din til «Samtaler om tekst»"


def test_nothing_is_told_of_what_has_changed_or_is_gone(staff: Staff, mailoutbox: list[Any]) -> None:
    offer = course(staff.owner)
    row = actions.register(offer=offer, employee=staff.carl, by=BY, at=at())
    actions.approve(registration=row.pk, by=BY, at=at())
    actions.withdraw(registration=row.pk, by=BY, at=at())
    tell_all()
    tell({"registration": "00000000-0000-0000-0000-000000000001", "state": "confirmed"}, lambda _d, _t: None)
    assert mailoutbox == []


def test_a_gathering_is_reminded_of_with_its_task_but_not_to_who_said_no(
    staff: Staff, mailoutbox: list[Any]
) -> None:
    circle = network(staff.owner, staff.arne, staff.carl, staff.vera)
    day_of(circle, FIRST - timedelta(days=30), task="Prøv én ting.")
    near = day_of(circle, FIRST, title="Samling 2", where="Rådhuset", link="https://example.test/mote")
    actions.answer(gathering=near, employee=staff.vera, coming=False, by=BY)
    actions.answer(gathering=near, employee=staff.arne, coming=True, by=BY)
    first = near.network.gatherings.order_by("on").first()  # type: ignore[union-attr]
    assert first is not None
    actions.note_task(gathering=first, employee=staff.arne, done=True, by=BY)
    assert remind(today=FIRST - timedelta(days=15)) == (0, 0)
    assert remind(today=FIRST - timedelta(days=13)) == (2, 0)
    assert remind(today=FIRST - timedelta(days=8)) == (0, 0)
    assert remind(today=FIRST - timedelta(days=6)) == (2, 0)
    assert remind(today=FIRST - timedelta(days=5)) == (0, 0)
    assert remind(today=FIRST - timedelta(days=1)) == (2, 0)
    bodies = {one.to[0]: one.body for one in mailoutbox[:2]}
    assert "Prøv én ting." in bodies["carl@example.test"]
    assert "Si om du kommer" in bodies["carl@example.test"]
    assert "Prøv én ting." not in bodies["arne@example.test"]
    assert "Se samlingen" in bodies["arne@example.test"]
    assert remind(today=FIRST + timedelta(days=1)) == (0, 0)


def test_a_mail_server_that_refuses_is_tried_again(
    staff: Staff, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    circle = network(staff.owner, staff.arne)
    day_of(circle, FIRST)

    def refuse(**_: object) -> None:
        raise SMTPException

    with monkeypatch.context() as patch:
        patch.setattr(letters, "send_letter", refuse)
        assert remind(today=FIRST) == (0, 1)
    assert SentReminder.objects.count() == 0
    assert remind(today=FIRST) == (1, 0)
    staff.arne.email = ""
    staff.arne.save(update_fields=["email"])
    day_of(circle, FIRST + timedelta(days=1))
    assert remind(today=FIRST) == (0, 0)


def called_off() -> None:
    for job in Job.objects.filter(kind="offers.called_off"):
        tell_called_off(job.arguments, lambda _done, _total: None)


def test_those_who_were_to_come_are_told_that_it_is_called_off(staff: Staff, mailoutbox: list[Any]) -> None:
    offer = course(staff.owner, seats=2)
    rows = [actions.register(offer=offer, employee=one, by=BY, at=at()) for one in staff.teachers[:3]]
    actions.withdraw(registration=rows[0].pk, by=BY, at=at())
    actions.cancel_offer(offer=offer, why="Syk kursholder.", by=BY)
    called_off()
    called_off()
    assert sorted((one.to[0], one.subject) for one in mailoutbox) == [
        ("ida.2@example.test", "Tett på: «Samtaler om tekst» er avlyst"),
        ("ida.3@example.test", "Tett på: «Samtaler om tekst» er avlyst"),
    ]
    assert "«Syk kursholder.»" in mailoutbox[0].body


def test_a_day_that_is_called_off_is_told_to_those_who_have_not_said_no(
    staff: Staff, mailoutbox: list[Any]
) -> None:
    made = network(staff.owner, staff.carl, *staff.teachers[:1])
    day, past = day_of(made), day_of(made, TODAY - timedelta(days=300))
    actions.answer(gathering=day, employee=staff.carl, coming=False, by=BY)
    for one in (day, past):
        actions.cancel_gathering(gathering=one, by=BY)
    called_off()
    assert [(one.to, one.subject) for one in mailoutbox] == [
        (["ida.1@example.test"], "Tett på: «Lesenettverket» 2. desember 2026 er avlyst")
    ]
