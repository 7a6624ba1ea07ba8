"""What the tests of the wheel share: a procedure, a task, a year, all by the room's own actions."""

import re
from datetime import UTC, date, datetime
from typing import Any

from django.core import mail
from django.test import Client

from tests.factories.cast import Cast
from tettpaa.work.yearwheel.actions import add_procedure, put_date, roll_year
from tettpaa.work.yearwheel.models import Procedure, Task

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
BERIT = "berit@example.test"
AUD = "aud@example.test"


def procedure(cast: Cast, key: str = "np", **words: Any) -> Procedure:
    """Every school's, by its principal, within November, unless said otherwise."""
    given = {
        "name": "Følg opp prøvene",
        "level": "school",
        "roles": ["principal"],
        "rule": "within",
        "month": 11,
    }
    return add_procedure(owner=cast.fjordvik, key=key, words={**given, **words}, by=BERIT)


def rolled(cast: Cast, *, on: date | None = None, year: int = 2026) -> list[Task]:
    roll_year(owner=cast.fjordvik, school_year=year, by=BERIT, on=on)
    return list(Task.objects.filter(owner=cast.fjordvik, school_year=year).order_by("due_on", "source"))


def task_at_nes(cast: Cast, **words: Any) -> Task:
    """A date that another room has put, for the principal of Nes."""
    given = {
        "owner": cast.fjordvik,
        "school": cast.nes,
        "source": "dialogue.meeting:1:package",
        "title": "Del pakken til møtet",
        "due_on": date(2026, 11, 27),
        "role": "principal",
        "address": "/9901/moter/1/",
        "by": BERIT,
    }
    return put_date(**{**given, **words})


def letter_tokens() -> list[str]:
    """The tokens in the letters that went out, one for each letter."""
    found = [re.search(r"/svar/([^/]+)/ja/", str(letter.body)) for letter in mail.outbox]
    return [match[1] for match in found if match]


def text_of(client: Client, address: str) -> str:
    """The page's words with single spaces."""
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", words.replace("\u00a0", " "))
