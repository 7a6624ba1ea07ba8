"""Letters: sent once, in the school's language, with links that change nothing when opened and answer once."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from smtplib import SMTPException
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from tests.factories.cast import Cast
from tests.work.yearwheel.wheelhouse import (
    AUD,
    BERIT,
    NOW,
    TODAY,
    letter_tokens,
    procedure,
    rolled,
    task_at_nes,
)
from tettpaa.core.jobs.models import Job
from tettpaa.core.jobs.registry import handler
from tettpaa.core.orgs.models import Membership, Unit
from tettpaa.work.yearwheel.actions import NewAnswer, answer_task, finish_date, give_task
from tettpaa.work.yearwheel.actions.reminding import digests, distance, remind
from tettpaa.work.yearwheel.enums import State
from tettpaa.work.yearwheel.models import AnswerLink, DigestSent, ReminderSent, Task, TaskAnswer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def nothing(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def sent_link(cast: Cast, **words: Any) -> str:
    """The token of the letter to the principal of Nes."""
    task_at_nes(cast, **words)
    remind(today=TODAY)
    (token,) = letter_tokens()
    return token


@pytest.mark.parametrize(
    ("days", "expected"), [(15, None), (14, 14), (8, 14), (7, 7), (3, 7), (2, 2), (0, 2), (-1, None)]
)
def test_the_reminder_that_has_been_reached(days: int, expected: int | None) -> None:
    assert distance(TODAY + timedelta(days=days), TODAY) == expected


def test_a_reminder_goes_out_once_at_each_distance(cast: Cast) -> None:
    task = task_at_nes(cast, due_on=date(2026, 12, 4))
    assert remind(today=TODAY) == (1, 0)
    assert remind(today=TODAY) == (0, 0)
    assert remind(today=TODAY + timedelta(days=3)) == (0, 0)
    assert remind(today=TODAY + timedelta(days=7)) == (1, 0)
    assert remind(today=TODAY + timedelta(days=12)) == (1, 0)
    assert remind(today=TODAY + timedelta(days=15)) == (0, 0)
    assert [letter.to for letter in mail.outbox] == [[AUD]] * 3
    assert sorted(ReminderSent.objects.filter(task=task).values_list("days_before", flat=True)) == [2, 7, 14]


def test_a_letter_has_one_question_in_text_and_html(cast: Cast) -> None:
    token = sent_link(cast, title="Del pakken & svar")
    (letter,) = mail.outbox
    html = letter.alternatives[0].content  # type: ignore[attr-defined]
    assert "«Del pakken & svar» skal være gjort innen 27.\u00a0november 2026, om 7 dager." in letter.body
    assert "Del pakken &amp; svar" in html
    for kind, word in (("ja", "Ja, gjort"), ("delvis", "Delvis"), ("gjelder-ikke", "Gjelder ikke oss")):
        address = f"http://127.0.0.1:8000/svar/{token}/{kind}/"
        assert f"{word}: {address}" in letter.body
        assert f'<a href="{address}">{word}</a>' in html


def test_the_letter_is_in_the_schools_main_language(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.nes.pk).update(main_language="nn")
    sent_link(cast)
    assert "Gjeld ikkje oss" in mail.outbox[0].body
    assert '<html lang="nn">' in mail.outbox[0].alternatives[0].content  # type: ignore[attr-defined]


def test_without_one_it_is_in_the_owners_form(cast: Cast) -> None:
    cast.fjordvik.settings.language_form = "nn"
    cast.fjordvik.settings.save()
    sent_link(cast)
    assert "Gjeld ikkje oss" in mail.outbox[0].body


def test_a_refused_letter_is_tried_again_and_the_others_go_out(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    task_at_nes(cast)
    task_at_nes(cast, school=cast.vik, source="b")
    real = "tettpaa.work.yearwheel.actions.reminding.send_question"
    from tettpaa.work.yearwheel.letters import send_question

    def refuse_aud(**words: Any) -> None:
        if words["user"].email == AUD:
            raise SMTPException
        send_question(**words)

    monkeypatch.setattr(real, refuse_aud)
    assert remind(today=TODAY) == (1, 1)
    assert ReminderSent.objects.count() == AnswerLink.objects.count() == 1
    monkeypatch.undo()
    assert remind(today=TODAY) == (1, 0)


def test_two_rounds_at_once_send_one_letter(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    task = task_at_nes(cast)
    real = "tettpaa.work.yearwheel.actions.reminding.make_link"

    def other_was_first(**_words: Any) -> str:
        ReminderSent.objects.create(task=task, user=cast.users["aud"], due_on=task.due_on, days_before=7)
        raise AssertionError("the row must have refused")

    monkeypatch.setattr(real, other_was_first)
    assert remind(today=TODAY) == (0, 0)
    assert mail.outbox == []


def test_when_it_is_done_the_others_are_not_reminded(cast: Cast) -> None:
    task = task_at_nes(cast)
    finish_date(source=task.source, by=BERIT)
    assert remind(today=TODAY) == (0, 0)


def test_the_one_who_has_taken_over_is_reminded_and_nobody_else(cast: Cast) -> None:
    task = task_at_nes(cast)
    Task.objects.filter(pk=task.pk).update(holder=cast.users["liv"])
    remind(today=TODAY)
    assert [letter.to for letter in mail.outbox] == [["liv@example.test"]]


def test_nobody_without_the_role_today_or_with_a_closed_account_is_reminded(cast: Cast) -> None:
    task = task_at_nes(cast)
    Membership.objects.filter(user=cast.users["aud"]).update(ends_on=date(2026, 11, 19))
    assert remind(today=TODAY) == (0, 0)
    Task.objects.filter(pk=task.pk).update(holder=cast.users["liv"])
    type(cast.users["liv"]).objects.filter(pk=cast.users["liv"].pk).update(is_active=False)
    assert remind(today=TODAY) == (0, 0)


def test_the_database_keeps_only_the_hash(cast: Cast) -> None:
    token = sent_link(cast)
    (link,) = AnswerLink.objects.all()
    assert link.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(AnswerLink.objects.values())


def test_opening_changes_nothing(cast: Cast, client: Client) -> None:
    token = sent_link(cast)
    before = (Task.objects.values().get(), AnswerLink.objects.values().get())
    for kind in ("ja", "delvis", "gjelder-ikke"):
        for ask in (client.get, client.head):
            assert ask(f"/svar/{token}/{kind}/").status_code == 200
    assert client.get(f"/svar/{token}/").status_code == 200
    assert (Task.objects.values().get(), AnswerLink.objects.values().get()) == before
    assert not TaskAnswer.objects.exists()


def test_a_stranger_answers_without_signing_in_and_can_take_it_back(cast: Cast, client: Client) -> None:
    token = sent_link(cast)
    page = client.get(f"/svar/{token}/ja/")
    assert "Ja, det er gjort." in page.content.decode()
    assert page["Cache-Control"].startswith("max-age=0")
    assert client.post(f"/svar/{token}/ja/")["Location"] == f"/svar/{token}/"
    assert Task.objects.get().state == State.DONE
    words = client.get(f"/svar/{token}/").content.decode()
    assert "Takk, vi har skrevet det ned." in words
    assert client.post(f"/svar/{token}/angre/")["Location"] == f"/svar/{token}/"
    assert Task.objects.get().state == State.UPCOMING
    assert "Er det gjort?" in client.get(f"/svar/{token}/").content.decode()


def test_partly_and_not_us_ask_for_a_line(cast: Cast, client: Client) -> None:
    token = sent_link(cast)
    assert client.post(f"/svar/{token}/delvis/", {"text": " "}).status_code == 422
    assert not TaskAnswer.objects.exists()
    client.post(f"/svar/{token}/delvis/", {"text": "Ett trinn gjenstår."})
    task = Task.objects.get()
    assert (task.state, task.remains) == (State.PARTLY, "Ett trinn gjenstår.")


def test_a_link_answers_once(cast: Cast, client: Client) -> None:
    token = sent_link(cast)
    client.post(f"/svar/{token}/delvis/", {"text": "Ett trinn."})
    again = client.post(f"/svar/{token}/ja/")
    assert again.status_code == 200
    assert Task.objects.get().state == State.PARTLY
    assert TaskAnswer.objects.count() == 1


def test_the_second_of_two_sees_the_first(cast: Cast, client: Client) -> None:
    token = sent_link(cast)
    answer_task(task=Task.objects.get().pk, answer=NewAnswer(State.NOT_APPLICABLE, "Nei."), by=BERIT)
    words = client.post(f"/svar/{token}/ja/").content.decode()
    assert "Det er allerede svart." in words
    assert "Gjøremålet står som «gjelder ikke»." in words
    assert client.post(f"/svar/{token}/angre/").status_code == 409
    assert Task.objects.get().state == State.NOT_APPLICABLE


def test_two_at_the_very_same_moment_give_one_answer(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = sent_link(cast)
    monkeypatch.setattr("tettpaa.work.yearwheel.queries.link_closed", lambda *_: False)
    client.post(f"/svar/{token}/ja/")
    assert client.post(f"/svar/{token}/delvis/", {"text": "x"}).status_code == 409
    assert [said.state for said in TaskAnswer.objects.all()] == [State.DONE]


def test_an_old_link_does_nothing(cast: Cast, client: Client) -> None:
    token = sent_link(cast)
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        answer = client.post(f"/svar/{token}/ja/")
    assert answer.status_code == 410
    assert "Lenken virker ikke lenger." in answer.content.decode()
    assert Task.objects.get().state == State.UPCOMING


def test_a_guessed_or_cut_link_looks_like_nothing(cast: Cast, client: Client) -> None:
    token = sent_link(cast)
    for wrong in (token[:-1], "abc", f"x{token}", token.upper()):
        for deed in ("", "ja/", "angre/"):
            assert client.post(f"/svar/{wrong}/{deed}").status_code in {404, 405}
    assert client.get(f"/svar/{token}/slett/").status_code == 404
    assert client.get(f"/kalender/{token}/arshjul.ics").status_code == 404
    AnswerLink.objects.all().delete()
    assert client.get(f"/svar/{token}/ja/").status_code == 404


def test_a_link_outlives_the_role_by_not_a_day(cast: Cast, client: Client) -> None:
    token = sent_link(cast)
    Membership.objects.filter(user=cast.users["aud"]).update(ends_on=date(2026, 11, 19))
    assert client.post(f"/svar/{token}/ja/").status_code == 200
    assert Task.objects.get().state == State.UPCOMING


def test_an_answer_is_not_taken_back_the_next_week(cast: Cast, client: Client) -> None:
    token = sent_link(cast)
    client.post(f"/svar/{token}/ja/")
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        assert client.post(f"/svar/{token}/angre/").status_code == 409
    assert Task.objects.get().state == State.DONE


def test_the_pages_follow_the_letters_language_unless_the_reader_has_chosen(
    cast: Cast, client: Client
) -> None:
    Unit.objects.filter(pk=cast.nes.pk).update(main_language="nn")
    token = sent_link(cast)
    assert (
        "Ja, det er gjort."
        in client.get(f"/svar/{token}/ja/", headers={"accept-language": "en"}).content.decode()
    )
    assert '<html lang="nn"' in client.get(f"/svar/{token}/ja/").content.decode()
    client.cookies["django_language"] = "en"
    assert '<html lang="en"' in client.get(f"/svar/{token}/ja/").content.decode()


def test_the_weeks_letter_goes_out_once_a_week(cast: Cast) -> None:
    procedure(cast, month=10)
    procedure(cast, "gsi", name="Kontroller GSI", level="owner", roles=["head_of_schools"])
    rolled(cast)
    task_at_nes(cast)
    assert digests(today=TODAY) == (3, 0)
    assert digests(today=TODAY + timedelta(days=1)) == (0, 0)
    assert digests(today=TODAY + timedelta(days=7)) == (3, 0)
    aud = next(letter for letter in mail.outbox if letter.to == [AUD])
    assert aud.subject == "Tett på: 2 gjøremål venter på deg"
    assert "Over fristen" in aud.body
    assert "31.\u00a0okt.: Følg opp prøvene (Nes skole)" in aud.body
    assert "27.\u00a0nov.: Del pakken til møtet (Nes skole)" in aud.body
    assert aud.alternatives[0].content.count("<li>") == 2  # type: ignore[attr-defined]
    assert set(DigestSent.objects.values_list("week", flat=True)) == {"2026-W47", "2026-W48"}


def test_a_person_with_nothing_gets_no_letter(cast: Cast) -> None:
    assert digests(today=TODAY) == (0, 0)


def test_the_daily_round_rolls_and_reminds_and_bears_being_run_again(cast: Cast) -> None:
    procedure(cast)
    round_of_day = handler("yearwheel.round")
    first = round_of_day({"day": "2026-11-20"}, nothing)
    again = round_of_day({"day": "2026-11-20"}, nothing)
    assert first == {"made": 2, "reminders": 2, "digests": 2, "failed": 0}
    assert again == {"made": 0, "reminders": 0, "digests": 0, "failed": 0}


def test_from_july_the_next_year_is_there(cast: Cast) -> None:
    procedure(cast)
    handler("yearwheel.round")({"day": "2027-07-02"}, nothing)
    assert {task.school_year for task in Task.objects.all()} == {2027}


def test_an_offer_is_told_by_letter_until_it_is_answered(cast: Cast) -> None:
    task = task_at_nes(cast)
    give_task(task=task.pk, to=cast.users["liv"].pk, by=AUD, note="Du var med sist.")
    job = Job.objects.get(kind="yearwheel.tell_of_offer")
    handler(job.kind)(job.arguments, nothing)
    (letter,) = mail.outbox
    assert letter.to == ["liv@example.test"]
    assert "«Du var med sist.»" in letter.body
    assert f"/9901/arshjul/gjoremal/{task.pk}/" in letter.body
    answer_task(task=task.pk, answer=NewAnswer(State.DONE), by=AUD)
    handler(job.kind)(job.arguments, nothing)
    assert len(mail.outbox) == 1


def test_old_links_are_forgotten_long_after_they_expired(cast: Cast) -> None:
    sent_link(cast)
    for days, left in ((89, 1), (91, 0)):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            handler("yearwheel.round")({"day": "2026-11-20"}, nothing)
        assert (
            AnswerLink.objects.filter(
                task__source="dialogue.meeting:1:package", expires_at__lt=NOW + timedelta(days=31)
            ).count()
            == left
        )
