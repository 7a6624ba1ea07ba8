"""Letters: who applied reads what was said and why, once; a mail server that refuses is tried again."""

from datetime import date
from smtplib import SMTPException
from typing import Any

import pytest

from tests.factories.cast import Cast
from tests.work.funds.nursery import AUD, BERIT, approved, call_of, employ, ranked, send, spoken, walk
from tests.work.planning import plan_of
from tettpaa.core.jobs.models import Job
from tettpaa.work.funds import actions, letters, tasks
from tettpaa.work.funds.enums import SchemeKind, State
from tettpaa.work.funds.models import ApplicationStep

pytestmark = pytest.mark.django_db
ROUND = {"day": "2027-03-01"}


def silent(_done: int, _total: int) -> None:
    """Nobody looks at how far the job has come."""


def tell_all() -> None:
    for job in Job.objects.filter(kind="funds.tell"):
        tasks.tell(job.arguments, silent)


def test_each_answer_has_its_letter_with_the_reason(cast: Cast, mailoutbox: list[Any]) -> None:
    call, carl = call_of(cast), employ(cast, "carl", cast.nes)
    made = spoken(call, carl)
    tell_all()
    assert [(one.to, one.subject) for one in mailoutbox] == [
        (["carl@example.test"], "Tett på: Lederen din har uttalt seg om søknaden «Engelsk 1»")
    ]
    assert "Lederen din støtter søknaden «Engelsk 1»." in mailoutbox[0].body
    assert "«Skolen trenger det.»" in mailoutbox[0].body
    mailoutbox.clear()
    ranked(call)
    actions.give_reason(application=made, reason="Skolen mangler engelsk & matte.", by=BERIT)
    actions.move_call(call=call, to="ranked", by=BERIT, on=date(2027, 3, 14))
    tell_all()
    tell_all()
    [letter] = mailoutbox
    assert letter.subject == "Tett på: Søknaden «Engelsk 1» er prioritert"
    assert "på plass 1. Dette er grunnen:" in letter.body
    assert "«Skolen mangler engelsk & matte.»" in letter.body
    assert "&amp; matte" in letter.alternatives[0].content
    assert f"/9901/midler/soknad/{made.pk}/" in letter.body
    mailoutbox.clear()
    walk(made, State.GRANTED, on=date(2027, 4, 28))
    tell_all()
    assert [one.subject for one in mailoutbox] == ["Tett på: Søknaden «Engelsk 1» er innvilget"]


def test_admission_deferral_payment_and_what_is_broken_off_are_told(
    cast: Cast, mailoutbox: list[Any]
) -> None:
    call, carl = call_of(cast), employ(cast, "carl", cast.nes)
    made = spoken(call, carl)
    approved(call)
    walk(made, State.GRANTED, State.ADMITTED)
    tell_all()
    assert "Du har fått studieplass: «Engelsk 1»." in mailoutbox[-1].body
    actions.move_application(
        application=made, to=State.DEFERRED, by=BERIT, said=actions.Said(reason="Vi finner ikke vikar.")
    )
    tell_all()
    assert "«Engelsk 1» er utsatt. Søknaden gjelder fortsatt." in mailoutbox[-1].body
    assert "«Vi finner ikke vikar.»" in mailoutbox[-1].body
    walk(made, State.CONFIRMED_AUTUMN, State.PAID_AUTUMN)
    tell_all()
    assert mailoutbox[-1].subject == "Tett på: Pengene til «Engelsk 1» er utbetalt for høsten"
    said = actions.Said(reason="Flyttet.", after_drop="repay")
    actions.move_application(application=made, to=State.DROPPED, by=BERIT, said=said)
    tell_all()
    assert "Pengene betales tilbake." in mailoutbox[-1].body
    other = spoken(call_of(cast, year=2028), carl)
    approved(other.call)
    walk(other, State.GRANTED, State.NOT_ADMITTED)
    tell_all()
    assert mailoutbox[-1].subject == "Tett på: Du fikk ikke studieplass: «Engelsk 1»"


def test_no_is_told_in_the_schools_own_language(cast: Cast, mailoutbox: list[Any]) -> None:
    cast.nes.main_language = "nn"
    cast.nes.save()
    call = call_of(cast)
    first = spoken(call, employ(cast, "carl", cast.nes))
    second = send(call, employ(cast, "mona", cast.nes))
    word = actions.Word(supports=False, words="Ikkje i år.")
    actions.speak(application=second, word=word, by=AUD)
    tell_all()
    assert "Leiaren din støttar ikkje søknaden" in mailoutbox[-1].body
    ranked(call)
    actions.reject(application=first, reason="Vi har ikkje råd.", by=BERIT)
    mailoutbox.clear()
    tell_all()
    assert [(one.to, one.subject) for one in mailoutbox] == [
        (["carl@example.test"], "Tett på: Søknaden «Engelsk 1» er ikkje godkjend av kommunen")
    ]


def test_a_schools_answer_goes_to_its_leaders(cast: Cast, mailoutbox: list[Any]) -> None:
    call = call_of(cast, SchemeKind.MUNICIPAL)
    goal = plan_of(cast.fjordvik, "Alle leser")[0]
    made = send(call, cast.nes, by=AUD, goal=goal, title="Lesing")
    approved(call)
    tell_all()
    assert sorted(one.to[0] for one in mailoutbox) == ["aud@example.test", "liv@example.test"]
    mailoutbox.clear()
    walk(made, State.REFUSED, on=date(2027, 4, 28))
    tell_all()
    assert {one.subject for one in mailoutbox} == {"Tett på: Søknaden «Lesing» er avslått"}


def test_nothing_is_told_of_what_has_moved_on_or_is_written_in_long_afterwards(
    cast: Cast, mailoutbox: list[Any]
) -> None:
    call, carl = call_of(cast), employ(cast, "carl", cast.nes)
    made = spoken(call, carl)
    walk(made, State.WITHDRAWN)
    late = send(call, employ(cast, "mona", cast.nes))
    actions.speak(application=late, word=actions.Word(True, "Ja."), by=AUD, on=date(2020, 3, 1))
    tell_all()
    tasks.round_of_day(ROUND, silent)
    assert mailoutbox == []
    assert Job.objects.filter(kind="funds.tell").count() == 1


def test_nobody_to_write_to(cast: Cast, mailoutbox: list[Any]) -> None:
    call, carl = call_of(cast), employ(cast, "carl", cast.nes)
    spoken(call, carl)
    carl.email = ""
    carl.save()
    mona = employ(cast, "mona", cast.nes)
    spoken(call, mona)
    mona.delete()
    tell_all()
    assert mailoutbox == []


def test_a_mail_server_that_refuses_is_tried_again(
    cast: Cast, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken(call_of(cast), employ(cast, "carl", cast.nes))

    def refuses(**_letter: Any) -> None:
        raise SMTPException("not now")

    with monkeypatch.context() as patch:
        patch.setattr(letters, "send_letter", refuses)
        tell_all()
        assert tasks.round_of_day(ROUND, silent) == {"emptied": 0, "letters": 0, "failed": 1}
    assert ApplicationStep.objects.exclude(told_at=None).count() == 0
    assert tasks.round_of_day(ROUND, silent) == {"emptied": 0, "letters": 1, "failed": 0}
    assert tasks.round_of_day(ROUND, silent) == {"emptied": 0, "letters": 0, "failed": 0}
    assert [one.to for one in mailoutbox] == [["carl@example.test"]]
