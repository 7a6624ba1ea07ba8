"""kill -9 before and after every statement of a freezing: either all of it is there, or nothing, and no hand is needed."""

import os
import signal
from collections.abc import Callable

import pytest
from django.db import connection

from tests.factories.cast import build_cast
from tests.work.dialogue import meetinghouse as house
from tettpaa.core.audit.models import Event
from tettpaa.core.audit.seal import fingerprint
from tettpaa.work.dialogue import actions
from tettpaa.work.dialogue.models import FrozenPackage, Meeting, PackagePart, Step
from tettpaa.work.yearwheel.models import Task

# Five packages, from an empty one to one in which everybody has shared a part; T14b asks for five hundred kills.
SHARED = (
    "",
    "analysis",
    "analysis voice_pupils",
    "analysis voice_pupils voice_parents",
    "analysis voice_pupils voice_parents voice_staff",
)
POINTS = 100


class Killer:
    """Counts statements; at the chosen one the process dies as by a power cut."""

    def __init__(self, at: int, *, before: bool) -> None:
        self.left, self.before = at, before

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left == 0 and self.before:
            os.kill(os.getpid(), signal.SIGKILL)
        result = execute(sql, params, many, context)
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


def in_a_child(deed: Callable[[], object], killer: Killer) -> int:
    """Do it in a process of its own, with a connection of its own. The signal it died of, 0 when it lived."""
    connection.close()
    pid = os.fork()
    if pid == 0:
        with connection.execute_wrapper(killer):
            deed()
        connection.close()
        os._exit(0)
    _pid, status = os.waitpid(pid, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def state_of(meeting: Meeting) -> tuple[object, ...]:
    return (
        Meeting.objects.get(pk=meeting.pk).state,
        FrozenPackage.objects.count(),
        Step.objects.filter(meeting=meeting).count(),
        Event.objects.count(),
        Task.objects.filter(state="done").count(),
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("shared", SHARED)
def test_a_killed_freezing_leaves_all_or_nothing(transactional_db, shared):
    """Before and after every statement; a hundred kills or more for each of the five."""
    meeting = house.bring(house.make_meeting(build_cast()), "open")
    for key in shared.split():
        part = PackagePart.objects.get(key=key)
        words = {"proud": "Lesing"} if key == "analysis" else {"text": "Vi leser mer."}
        actions.write_part(part=part, content=words, version=part.version, by=house.AUD, at=house.at(9))
        actions.share_part(part=PackagePart.objects.get(key=key), by=house.AUD, at=house.at(9))
    actions.make_round(
        now=house.at(8)
    )  # the last day for proposals is a transaction of its own: let it pass first
    untouched, killed, number = state_of(meeting), 0, 0
    lived = False
    while not lived:
        number += 1
        for before in (True, False):
            died = in_a_child(lambda: actions.make_round(now=house.at(7, 6)), Killer(number, before=before))
            if died != signal.SIGKILL:
                lived = True
                break
            killed += 1
            now = state_of(meeting)
            if now != untouched:
                break  # the freezing was through: what follows is another transaction
        if state_of(meeting) != untouched:
            break
    assert killed >= POINTS
    actions.make_round(now=house.at(7, 6))
    frozen = FrozenPackage.objects.get()
    assert fingerprint(frozen.content) == frozen.sha256
    assert Meeting.objects.get(pk=meeting.pk).state == "agenda"
    assert Step.objects.filter(meeting=meeting, after="frozen").count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_planted_freezing_in_two_transactions_is_caught(transactional_db):
    """Were the state saved by itself, a kill between the two would leave a locked meeting without its package."""
    meeting = house.bring(house.make_meeting(build_cast()), "open")
    untouched = state_of(meeting)

    def planted() -> None:
        Meeting.objects.filter(pk=meeting.pk).update(state="frozen")
        actions.freeze(meeting=meeting, by=house.BERIT)

    assert in_a_child(planted, Killer(1, before=False)) == signal.SIGKILL
    assert state_of(meeting) != untouched
    assert FrozenPackage.objects.count() == 0
