"""kill -9 at five hundred random points of signing: signed or not, never half; and pressing again completes."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
KILLS = 500
SEEN = (
    "SELECT state, in_force FROM agreements_agreement",
    "SELECT number, state FROM agreements_wording ORDER BY 1",
    "SELECT number, length(text), length(annex_text) FROM agreements_agreementversion ORDER BY 1",
    'SELECT side, role, "by", method FROM agreements_signature ORDER BY 1',
    "SELECT before, after FROM agreements_statechange ORDER BY id",
    "SELECT number, initiative_id IS NULL FROM agreements_commitment ORDER BY 1",
    "SELECT title, state FROM initiatives_initiative ORDER BY 1",
    "SELECT title, due_on, state FROM yearwheel_task ORDER BY 1, 2",
    "SELECT kind, count(*) FROM audit_event GROUP BY 1 ORDER BY 1",
)
type Seen = tuple[tuple[tuple[object, ...], ...], ...]


class Nursery:
    """Starts signings, one at a time, and can kill them on the way."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.work.agreements.signing_nursery"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(folder), cwd=ROOT, text=True,
        )  # fmt: skip

    def run(self, folder: Path, side: str, kill_after: float | None = None) -> tuple[int, float]:
        """The exit code (-9 when it was killed in time) and how long it took, in seconds."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{folder}\t{side}\n")
        self._process.stdin.flush()
        pid, started = int(self._process.stdout.readline()), time.monotonic()
        timer = None
        if kill_after is not None:
            timer = threading.Timer(kill_after, _kill, [pid])
            timer.start()
        code = int(self._process.stdout.readline())
        if timer is not None:
            timer.cancel()
        return code, time.monotonic() - started

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=20)


def environment(folder: Path) -> dict[str, str]:
    found = os.environ | {
        "TETTPAA_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tettpaa.site.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    found.pop("DATABASE_URL", None)
    return found


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    """A data folder with the cast and an agreement that waits for the principal."""
    folder = tmp_path / "prepared"
    folder.mkdir()
    script = (
        "import django; django.setup(); from django.core.management import call_command as call; "
        "call('migrate', verbosity=0, skip_checks=True)"
    )
    subprocess.run([sys.executable, "-c", script], env=environment(folder), cwd=ROOT, check=True)
    return folder


@pytest.fixture
def nursery(prepared: Path) -> Iterator[Nursery]:
    nursery = Nursery(prepared)
    yield nursery
    nursery.close()


def seen(folder: Path) -> Seen:
    """What anybody can see in the database, and that it is sound."""
    database = sqlite3.connect(folder / "tettpaa.sqlite3")
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    found = tuple(tuple(database.execute(query)) for query in SEEN)
    database.close()
    return found


def copy(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    return target


def test_kill_nine_at_five_hundred_points(tmp_path: Path, prepared: Path, nursery: Nursery) -> None:
    assert nursery.run(prepared, "prepare")[0] == 0
    starts, took = {"school": prepared}, {}
    states = {"none": seen(prepared)}
    starts["owner"] = copy(prepared, tmp_path / "school")
    code, took["school"] = nursery.run(starts["owner"], "school")
    assert code == 0
    states["school"] = seen(starts["owner"])
    whole = copy(starts["owner"], tmp_path / "whole")
    code, took["owner"] = nursery.run(whole, "owner")
    assert code == 0
    states["owner"] = seen(whole)
    assert len(set(states.values())) == 3
    assert (states["school"][0], states["owner"][0]) == ((("signed_school", 0),), (("in_force", 1),))
    dice = random.Random(20261122)
    outcomes = {"before": 0, "after": 0}
    for number in range(KILLS):
        side = "owner" if number % 2 else "school"
        before, after = states["school" if side == "owner" else "none"], states[side]
        folder = copy(starts[side], tmp_path / "killed")
        nursery.run(folder, side, kill_after=dice.uniform(0.3, 1.3) * took[side])
        found = seen(folder)
        assert found in (before, after), number
        outcomes["before" if found == before else "after"] += 1
        assert nursery.run(folder, side)[0] == (0 if found == before else 3)
        assert seen(folder) == after, number
        shutil.rmtree(folder)
    assert min(outcomes.values()) > 0, outcomes
