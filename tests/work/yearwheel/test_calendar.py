"""Calendars: as other programs read them, by the roles of today, until the address is closed."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
import vobject
from django.test import Client
from icalendar import Calendar

from tests.factories.cast import Cast
from tests.work.yearwheel.wheelhouse import AUD, BERIT, NOW, procedure, rolled, task_at_nes, text_of
from tettpaa.core.orgs.models import Membership
from tettpaa.work.yearwheel.actions import NewAnswer, answer_task, close_feed, open_feed
from tettpaa.work.yearwheel.enums import Scope, State
from tettpaa.work.yearwheel.models import Feed, Task

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def token_of(cast: Cast, name: str, scope: str = Scope.MINE) -> str:
    user = cast.users[name]
    return open_feed(owner=cast.fjordvik, user=user, scope=scope, language="nb", by=user.email)


def fetched(client: Client, token: str) -> bytes:
    answer = client.get(f"/kalender/{token}/arshjul.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return answer.content


def titles(content: bytes) -> list[str]:
    return sorted(str(event["summary"]) for event in Calendar.from_ical(content).walk("VEVENT"))


def test_the_calendar_keeps_the_rules_of_rfc_5545(cast: Cast, client: Client) -> None:
    long = "Del pakken til møtet, og les gjennom: æ, ø og å; alt som står i den \\ fra i fjor " * 2
    task = task_at_nes(cast, title=long)
    content = fetched(client, token_of(cast, "aud"))
    lines = content.split(b"\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode()  # no letter is cut in two by the folding
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert "DTSTART;VALUE=DATE:20261127\r\n" in unfolded
    assert "DTEND;VALUE=DATE:20261128\r\n" in unfolded
    assert f"UID:{task.pk}@tettpaa\r\n" in unfolded
    assert f"DTSTAMP:{task.changed_at:%Y%m%dT%H%M%SZ}\r\n" in unfolded
    assert r"møtet\, og les gjennom: æ\, ø og å\; alt som står i den \\ fra i fjor" in unfolded


def test_another_library_reads_it(cast: Cast, client: Client) -> None:
    task_at_nes(cast)
    book = vobject.readOne(fetched(client, token_of(cast, "aud")).decode())
    assert book.validate(raiseException=True)
    (event,) = book.vevent_list
    assert event.summary.value == "Del pakken til møtet (Nes skole)"
    assert event.dtstart.value == date(2026, 11, 27)
    assert book.version.value == "2.0"


def test_the_uid_stays_and_the_bytes_change_only_with_the_task(cast: Cast, client: Client) -> None:
    token = token_of(cast, "aud")
    task_at_nes(cast)
    first = fetched(client, token)
    assert fetched(client, token) == first
    with time_machine.travel("2026-11-21 12:00", tick=False):
        task_at_nes(cast, due_on=date(2026, 12, 1))
    moved = fetched(client, token)
    assert [str(e["uid"]) for e in Calendar.from_ical(first).walk("VEVENT")] == [
        str(e["uid"]) for e in Calendar.from_ical(moved).walk("VEVENT")
    ]
    assert b"20261201" in moved


def test_mine_is_what_waits_for_me_and_all_is_what_i_may_see(cast: Cast, client: Client) -> None:
    procedure(cast)
    procedure(cast, "gsi", name="Kontroller GSI", level="owner", roles=["adviser"])
    rolled(cast)
    assert titles(fetched(client, token_of(cast, "aud"))) == ["Følg opp prøvene (Nes skole)"]
    assert titles(fetched(client, token_of(cast, "carl"))) == []
    assert titles(fetched(client, token_of(cast, "carl", Scope.ALL))) == ["Følg opp prøvene (Nes skole)"]
    assert titles(fetched(client, token_of(cast, "arne"))) == ["Kontroller GSI"]
    assert titles(fetched(client, token_of(cast, "dag", Scope.ALL))) == []


def test_the_owners_people_get_one_date_for_all_schools(cast: Cast, client: Client) -> None:
    procedure(cast)
    rolled(cast)
    token = token_of(cast, "berit", Scope.ALL)
    (event,) = Calendar.from_ical(fetched(client, token)).walk("VEVENT")
    assert (str(event["summary"]), str(event["description"])) == ("Følg opp prøvene", "Nes skole, Vik skole")
    uid = str(event["uid"])
    for task in Task.objects.all():
        answer_task(task=task.pk, answer=NewAnswer(State.DONE), by=BERIT)
    (event,) = Calendar.from_ical(fetched(client, token)).walk("VEVENT")
    assert (str(event["summary"]), str(event["uid"])) == ("✓ Følg opp prøvene", uid)


def test_what_is_done_says_so_and_what_is_not_for_us_is_gone(cast: Cast, client: Client) -> None:
    token = token_of(cast, "aud")
    one, two = task_at_nes(cast), task_at_nes(cast, source="b", title="Noe annet")
    answer_task(task=one.pk, answer=NewAnswer(State.DONE), by=AUD)
    answer_task(task=two.pk, answer=NewAnswer(State.NOT_APPLICABLE, "KANARI"), by=AUD)
    content = fetched(client, token)
    assert titles(content) == ["✓ Del pakken til møtet (Nes skole)"]
    assert b"KANARI" not in content


def test_no_words_that_people_wrote_go_out(cast: Cast, client: Client) -> None:
    task = task_at_nes(cast)
    answer_task(task=task.pk, answer=NewAnswer(State.PARTLY, "KANARI"), by=AUD)
    content = fetched(client, token_of(cast, "aud"))
    assert titles(content)
    assert b"KANARI" not in content


def test_the_address_follows_the_roles_of_today(cast: Cast, client: Client) -> None:
    task_at_nes(cast)
    token = token_of(cast, "aud", Scope.ALL)
    assert titles(fetched(client, token))
    Membership.objects.filter(user=cast.users["aud"]).update(ends_on=date(2026, 11, 19))
    assert titles(fetched(client, token)) == []
    type(cast.users["aud"]).objects.filter(pk=cast.users["aud"].pk).update(is_active=False)
    assert client.get(f"/kalender/{token}/arshjul.ics").status_code == 404


def test_a_renewed_or_closed_address_stops_at_once(cast: Cast, client: Client) -> None:
    old = token_of(cast, "aud")
    new = token_of(cast, "aud")
    assert client.get(f"/kalender/{old}/arshjul.ics").status_code == 404
    assert client.get(f"/kalender/{new}/arshjul.ics").status_code == 200
    close_feed(owner=cast.fjordvik, user=cast.users["aud"], by=AUD)
    close_feed(owner=cast.fjordvik, user=cast.users["aud"], by=AUD)
    assert client.get(f"/kalender/{new}/arshjul.ics").status_code == 404
    assert client.get("/kalender/gjettet/arshjul.ics").status_code == 404


def test_the_database_keeps_only_the_hash_and_when_it_was_read(cast: Cast, client: Client) -> None:
    token = token_of(cast, "aud")
    fetched(client, token)
    feed = Feed.objects.get()
    assert (feed.token_hash, feed.read_on) == (hashlib.sha256(token.encode()).hexdigest(), date(2026, 11, 20))


def test_the_page_shows_the_address_once(cast: Cast, client_of: Sign) -> None:
    aud = client_of("aud")
    page = "/9901/arshjul/kalender/"
    assert "Du har ingen adresse ennå." in text_of(aud, page)
    assert aud.post(page, {"deed": "open", "scope": "mine"})["Location"] == page
    shown = text_of(aud, page)
    token = shown.split("/kalender/")[1].split("/")[0]
    assert Feed.objects.get().token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in text_of(aud, page)
    assert aud.get(f"/kalender/{token}/arshjul.ics").status_code == 200
    aud.post(page, {"deed": "close"})
    assert not Feed.objects.exists()
    assert aud.post(page, {"deed": "open", "scope": "alt"}).status_code == 404


def test_one_date_can_be_saved(cast: Cast, client_of: Sign) -> None:
    task = task_at_nes(cast)
    address = f"/9901/arshjul/gjoremal/{task.pk}/dato.ics"
    answer: Any = client_of("aud").get(address)
    assert titles(answer.content) == ["Del pakken til møtet (Nes skole)"]
    assert client_of("vera").get(address).status_code == 404
