"""A form sent twice has one effect, also when both arrive at the same moment."""

import threading
from collections.abc import Callable

import pytest
from django.db import close_old_connections, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import Client, RequestFactory

from tests.factories.cast import Cast
from tettpaa.core.audit.actions import record
from tettpaa.core.audit.models import Event
from tettpaa.core.orgs.models import SentForm
from tettpaa.core.orgs.once import OnceMiddleware


def deed(request: HttpRequest) -> HttpResponse:
    record(kind="test.deed_done", by="test", subject=request.POST.get("what", ""))
    if request.POST.get("what") == "wrong":
        return HttpResponse("error in the form")
    answer = redirect("/there/")
    if request.POST.get("what") == "prove":
        answer.nothing_done = True  # type: ignore[attr-defined]
    return answer


def send(user: object, what: str, token: str, path: str = "/paper/") -> HttpResponse | None:
    request = RequestFactory().post(path, {"what": what, "once": token})
    request.user = user  # type: ignore[assignment]
    once = OnceMiddleware(lambda _: HttpResponse())
    return once.process_view(request, deed, (), {})  # type: ignore[return-value]


@pytest.mark.django_db
def test_the_second_sending_is_led_where_the_first_was(cast: Cast) -> None:
    answers = [send(cast.users["aud"], "sign", "t1") for _ in range(2)]
    assert [answer and answer.headers["Location"] for answer in answers] == ["/there/", "/there/"]
    assert Event.objects.filter(kind="test.deed_done").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["wrong", "prove"])
def test_what_had_no_effect_can_be_sent_again(cast: Cast, what: str) -> None:
    for _ in range(2):
        assert send(cast.users["aud"], what, "t1") is not None
    assert not Event.objects.filter(kind="test.deed_done").exists()
    assert not SentForm.objects.exists()


@pytest.mark.django_db
def test_another_person_form_or_page_is_another_sending(cast: Cast) -> None:
    send(cast.users["aud"], "a", "t1")
    send(cast.users["vera"], "a", "t1")
    send(cast.users["aud"], "a", "t2")
    send(cast.users["aud"], "a", "t1", "/other/")
    assert Event.objects.filter(kind="test.deed_done").count() == 4


@pytest.mark.django_db
def test_reading_and_forms_without_the_field_pass_by(client_of: Callable[[str], Client]) -> None:
    assert client_of("berit").get("/9901/?once=x").status_code == 200
    assert not SentForm.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_both_at_the_same_moment(cast: Cast) -> None:
    start, answers = threading.Barrier(4), []

    def press() -> None:
        start.wait()
        try:
            answers.append(send(cast.users["aud"], "sign", "t1"))
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.headers["Location"] for answer in answers if answer] == ["/there/"] * 4
    assert Event.objects.filter(kind="test.deed_done").count() == 1
