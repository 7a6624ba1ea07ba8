"""The daily round: each kind once a day, in the morning, also after days without a worker."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tettpaa.core.jobs import actions, registry
from tettpaa.core.jobs.models import Job, Round

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")


@pytest.fixture(autouse=True)
def _one_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only our own kind, whatever the rooms have registered; it is forgotten afterwards."""
    monkeypatch.setattr(registry, "_daily", set())
    monkeypatch.setattr(registry, "_handlers", dict(registry._handlers))
    registry.daily("test.morning")(lambda *_: None)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, 30, tzinfo=OSLO)


def test_each_kind_starts_once_a_day_however_many_ask() -> None:
    assert [actions.start_rounds(at(20, hour)) for hour in (6, 7, 23)] == [["test.morning"], [], []]
    assert actions.start_rounds(at(21, 6)) == ["test.morning"]
    assert [job.arguments for job in Job.objects.order_by("created_at")] == [
        {"day": "2026-11-20"},
        {"day": "2026-11-21"},
    ]


def test_nothing_starts_at_night() -> None:
    assert actions.start_rounds(at(20, 5)) == []
    assert not Round.objects.exists()


def test_a_worker_that_was_away_starts_the_day_late() -> None:
    assert actions.start_rounds(at(24, 19)) == ["test.morning"]


def test_two_workers_at_the_same_moment_start_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    Round.objects.create(kind="test.morning", day=at(20, 9).date())
    monkeypatch.setattr(Round.objects, "filter", lambda **_: Round.objects.none())
    assert actions.start_rounds(at(20, 9)) == []
    assert not Job.objects.exists()
