"""The letter to those whose signature is waited for: who gets it, when, in which language, and what it keeps to itself."""

import pytest
from django.core import mail

from tests.factories.cast import Cast
from tests.work.agreements import making
from tettpaa.core.jobs.actions import run
from tettpaa.core.jobs.models import Job
from tettpaa.work.agreements import actions, letters
from tettpaa.work.agreements.models import SigningLetter, StateChange


def jobs() -> list[Job]:
    return list(Job.objects.filter(kind="agreements.signing_letters").order_by("created_at"))


def sent() -> list[str]:
    return sorted(one.to[0] for one in mail.outbox)


def test_the_school_is_told_first_and_the_owner_when_the_school_has_signed(cast: Cast) -> None:
    agreement = making.ready(cast)
    [first] = jobs()
    run(first.pk)
    assert sent() == ["aud@example.test"]
    body = mail.outbox[0].body
    assert f"/skoler/{agreement.school.code}/avtaler/{agreement.pk}/" in body
    assert "Når du har signert, går den til skoleeier." in body
    mail.outbox.clear()

    making.sign_school(agreement)
    _first, second = jobs()
    run(second.pk)
    assert sent() == ["berit@example.test"]
    assert "er avtalen i kraft" in mail.outbox[0].body
    assert "<a href=" in mail.outbox[0].alternatives[0][0]


def test_an_unfinished_text_and_one_in_force_wait_for_nobody(cast: Cast) -> None:
    making.draft(cast)
    assert jobs() == []
    making.in_force(cast, title="En annen")
    assert len(jobs()) == 2


def test_nobody_gets_it_twice_and_none_goes_out_when_it_is_signed_meanwhile(cast: Cast) -> None:
    agreement = making.ready(cast)
    step = StateChange.objects.get(agreement=agreement, after="consulted")
    assert letters.send_all(step.pk, progress=lambda *_: None) == 1
    assert letters.send_all(step.pk, progress=lambda *_: None) == 0
    SigningLetter.objects.all().delete()
    making.sign_school(agreement)
    assert letters.send_all(step.pk, progress=lambda *_: None) == 0
    assert len(mail.outbox) == 1


def test_a_text_that_comes_back_is_told_of_again(cast: Cast) -> None:
    agreement = making.ready(cast)
    making.sign_school(agreement)
    actions.reopen(
        wording=making.wording(agreement), reason="mer å si", by="aud@example.test", on=making.BEGIN
    )
    actions.consulted(wording=making.wording(agreement), by="aud@example.test", on=making.BEGIN)
    for job in jobs():
        run(job.pk)
    assert sent() == ["aud@example.test"]  # the two that went out of date said nothing


def test_a_letter_that_could_not_be_sent_is_tried_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_letter: object) -> None:
        raise OSError("mail server")

    agreement = making.ready(cast)
    monkeypatch.setattr(letters, "send_letter", fail)
    step = StateChange.objects.get(agreement=agreement, after="consulted")
    with pytest.raises(OSError, match="mail server"):
        letters.send_all(step.pk, progress=lambda *_: None)
    assert not SigningLetter.objects.exists()


def test_it_is_in_the_schools_language_and_keeps_the_title_to_itself(cast: Cast) -> None:
    cast.nes.main_language = "nn"
    cast.nes.save()
    agreement = making.ready(cast, title="Svake resultater i lesing")
    run(jobs()[0].pk)
    [letter] = mail.outbox
    assert letter.subject == f"Tett på: Ein avtale ventar på signaturen din: {cast.nes.label}"
    assert agreement.title not in letter.subject + letter.body + str(letter.alternatives)
