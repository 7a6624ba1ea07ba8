"""The whole thread, walked in a browser by those whose steps they are: from weak figures to next year's report."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.factories.cast import build_cast
from tests.journeys import thread_agreement, thread_case, thread_council, thread_meeting, thread_work
from tests.journeys.thread_ground import lay_ground
from tests.journeys.walking import Walk, give_passwords

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BEGINS = datetime(2026, 8, 24, 8, tzinfo=UTC)


@pytest.fixture(params=["nb", "nn"])
def walk(request: Any, browser: Browser, live_server: LiveServer) -> Iterator[Walk]:
    with time_machine.travel(BEGINS, tick=True) as clock:
        cast = build_cast()
        give_passwords(cast)
        made = Walk(browser, live_server.url, cast, request.param, clock)
        lay_ground(made)
        yield made
        made.leave()


def test_from_weak_figures_to_next_years_report(walk: Walk) -> None:
    thread_case.weak_figures_become_a_case(walk)
    thread_meeting.the_meeting_is_prepared(walk)
    thread_meeting.the_meeting_is_held_and_its_minutes_approved(walk)
    thread_agreement.the_rows_become_a_signed_agreement(walk)
    thread_work.the_promises_are_worked_on(walk)
    thread_council.the_report_is_written_and_decided(walk)
    thread_council.next_year_begins_with_what_became_of_it(walk)
    assert walk.complaints == []
