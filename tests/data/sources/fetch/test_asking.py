"""Politeness and memory: pauses between questions, also after a restart; answers that were had are not asked for again."""

import multiprocessing
import os
from pathlib import Path

import pytest

from tests.data.sources.fetch.stand_in import StandIn, reply, standing_in
from tettpaa.data.sources.fetch.asking import FRESH_S, Asker, one_at_a_time
from tettpaa.data.sources.fetch.client import Manners
from tettpaa.data.sources.fetch.errors import FetchError

SSB = "data.ssb.no"


class Clock:
    """A time that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def asker(server: StandIn, folder: Path, clock: Clock) -> Asker:
    return Asker(folder, Manners(stand_in=server.address, sleep=clock.sleep), clock=clock)


def test_thirty_questions_take_more_than_a_minute(tmp_path: Path, clock: Clock) -> None:
    with standing_in({SSB: lambda path, query: reply([path, query])}) as server:
        ask = asker(server, tmp_path, clock)
        started = clock.now
        for number in range(31):
            assert ask(SSB, f"/{number}").data == [f"/{number}", {}]
        assert clock.now - started >= 60
        # A restart does not forget the last question.
        asker(server, tmp_path, clock)(SSB, "/next")
        assert clock.slept == [2.2] * 31


def test_an_answer_is_asked_for_once_until_it_is_old(tmp_path: Path, clock: Clock) -> None:
    with standing_in({SSB: lambda path, query: reply([path, query])}) as server:
        ask = asker(server, tmp_path, clock)
        first = ask(SSB, "/a?b=c")
        for path in tmp_path.iterdir():
            os.utime(path, (clock.now, clock.now))
        assert (ask(SSB, "/a?b=c"), ask.calls) == (first, 1)
        assert first.url == "https://data.ssb.no/a?b=c"
        clock.now += FRESH_S + 1
        ask(SSB, "/a?b=c")
        assert ask.calls == 2


def test_nothing_half_is_kept(tmp_path: Path, clock: Clock) -> None:
    with standing_in({SSB: lambda path, query: reply([path, query])}) as server:
        server.traps = ["half"] * 4
        with pytest.raises(FetchError):
            asker(server, tmp_path, clock)(SSB, "/a")
    assert [path.name for path in tmp_path.iterdir()] == [f"{SSB}.last"]


def _hold(folder: Path, held: "multiprocessing.synchronize.Event") -> None:
    with one_at_a_time(folder):
        held.set()
        held.wait(0)
        os.kill(os.getpid(), 9)


def test_one_run_at_a_time_and_a_dead_one_holds_nothing(tmp_path: Path) -> None:
    with one_at_a_time(tmp_path), pytest.raises(FetchError) as caught, one_at_a_time(tmp_path):
        pass
    assert caught.value.code == "in_use"
    context = multiprocessing.get_context("fork")
    held = context.Event()
    process = context.Process(target=_hold, args=(tmp_path, held))
    process.start()
    process.join()
    assert held.is_set()
    with one_at_a_time(tmp_path):
        pass
