"""The calendar of publications: expected, came, late; per owner, and told on the shelf."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import translation

from tests.factories.cast import Cast
from tettpaa.data.indicators.enums import State
from tettpaa.data.indicators.models import Release
from tettpaa.data.sources.screens.calendar import Calendar, calendar


def release(day: date, *indicators: str, **fields: object) -> Release:
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Release(
        source="udir_statistikkbank", indicators=list(indicators), state=State.PUBLISHED, published_at=moment, published_by="x",
        file_name="fil.csv", **fields,
    )  # fmt: skip


def states(found: Calendar) -> dict[str, tuple[str, str]]:
    return {row.name: (row.kind, row.text) for row in found.rows}


NP, EU = "Nasjonale prøver", "Elevundersøkelsen"


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 10, 31), ("", "Ventes")),
        (date(2026, 11, 1), ("waiting", "Ventes nå")),
        (date(2026, 11, 30), ("waiting", "Ventes nå")),
        (date(2026, 12, 1), ("late", "Forsinket")),
        (date(2027, 7, 31), ("late", "Forsinket")),
        (date(2027, 8, 1), ("", "Ventes")),
    ],
)
def test_a_publication_is_awaited_then_late_until_the_year_ends(today: date, state: tuple[str, str]) -> None:
    before = [release(date(2025, 11, 20), "np5_lesing"), release(date(2026, 3, 9), "eu_trivsel")]
    with translation.override("nb"):
        found = calendar(before, today)
        assert states(found)[NP] == state
        late = [] if state[0] != "late" else [NP] if today.year == 2026 else [NP, EU]
        assert [row.name for row in found.late] == late


def test_what_came_is_told_with_its_day_and_what_was_never_used_is_not_late() -> None:
    with translation.override("nb"):
        found = calendar([release(date(2026, 11, 18), "np8_regning")], date(2026, 12, 24))
        assert states(found)[NP] == ("done", "Kom 18.\u00a0november 2026")
        assert states(found)[EU] == ("", "Ikke brukt ennå")
        assert (found.year, found.sentence) == ("2026–27", "Ingenting er forsinket.")
        assert found.next_month == ""  # the one publication it uses has come
        again = calendar([release(date(2026, 3, 9), "eu_trivsel")], date(2026, 12, 24))
        assert again.next_month == "mars 2027"
        assert [row.month for row in found.rows] == [
            "august 2026", "september 2026", "november 2026", "desember 2026", "mars 2027", "mars 2027", "april 2027", "juni 2027"
        ]  # fmt: skip


@pytest.mark.django_db
def test_the_shelf_shows_the_owners_own_calendar(cast: Cast, client_of: Callable[[str], Client]) -> None:
    for owner, keys in ((cast.fjordvik, ["gs_poeng"]), (cast.utvik, ["fravaer10_dager"])):
        one = release(date(2020, 8, 30), *keys, owner=owner)
        one.save()
    client = client_of("arne")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "nb"
    page = " ".join(re.sub(r"<[^>]+>", " ", client.get("/9901/tall-inn/").content.decode()).split())
    after = page.split("Kalender ")[1]
    assert re.search(r"Karakterer og grunnskolepoeng .{1,120} (Forsinket|Ventes nå)", after)
    assert re.search(r"Fravær på 10\. trinn Om høsten, etter vitnemålene i juni\. Ikke brukt ennå", after)
