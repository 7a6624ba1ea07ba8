"""The year of the demo: lived once, by roles and never by names, and only in the invented municipality."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.factories.cast import Cast
from tests.factories.year import live_cast_year
from tettpaa.core.audit.models import Event
from tettpaa.core.orgs.models import Unit
from tettpaa.doors.demo.year import build_year, words
from tettpaa.doors.demo.year.place import Place
from tettpaa.work.agreements.models import Agreement, Commitment
from tettpaa.work.dialogue.enums import MeetingState
from tettpaa.work.dialogue.models import Meeting
from tettpaa.work.initiatives.models import EffectReview, Initiative
from tettpaa.work.yearwheel.models import Task


@pytest.mark.slow
@pytest.mark.django_db
def test_the_year_has_every_link_and_is_lived_once(cast: Cast) -> None:
    place = live_cast_year(cast)
    assert all(meeting.starts_at.weekday() < 5 for meeting in Meeting.objects.all())
    meetings = Meeting.objects.filter(school=cast.nes).order_by("starts_at")
    assert [meeting.state for meeting in meetings] == [MeetingState.FOLLOWED, MeetingState.OPEN]
    agreement = Agreement.objects.get(school=cast.nes)
    assert (agreement.state, agreement.in_force) == ("adjusted", 2)
    promises = Commitment.objects.filter(wording__agreement=agreement, wording__state="in_force")
    assert sorted(row.side for row in promises) == ["owner"] * 3 + ["school"] * 3
    assert [row.number for row in promises if row.status_at(place.today) == "late"] == [4]
    assert Initiative.objects.filter(source__startswith="agreements.").count() == 6
    assert EffectReview.objects.get().state == "checked"
    assert Task.objects.filter(owner=cast.fjordvik, state="done").exists()
    before = Event.objects.count()
    assert build_year(place) is False
    assert Event.objects.count() == before


@pytest.mark.parametrize("number", range(7))
def test_nobody_meets_on_a_saturday_or_a_sunday(number: int) -> None:
    place = Place(Unit(), Unit(), (), {}, (), date(2026, 11, 23) + timedelta(days=number))
    for days in range(-30, 30):
        moved = place.workday(days)
        assert place.day(moved).weekday() < 5
        assert (moved == days) == (place.day(days).weekday() < 5)
        assert abs(moved - days) <= 1


def test_no_text_names_a_person() -> None:
    text = Path(words.__file__).read_text("utf-8")
    capitals = set(re.findall(r"(?<![.!?«\"(]\s)(?<![\"«(])\b[A-ZÆØÅ][a-zæøå]+\b", text))
    assert capitals <= {"Fjordvik", "Final", "Elevrådet", "Stillingen", "Tirsdagene", "Last"} | {
        word for word in capitals if re.search(rf"(?:\n|\. |\"|: |\\n\d\. ){word}", text)
    }
