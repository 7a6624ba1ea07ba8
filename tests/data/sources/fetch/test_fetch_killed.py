"""kill -9 while it fetches: the next run goes on where the first one was, and the figures are those of an undisturbed run."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.data.sources.fetch.stand_in import StandIn
from tests.factories.cast import Cast
from tettpaa.data.indicators.models import Release

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[4]
# The plan runs in a process of its own, as in the command; publishing has its own test of a hundred kills.
CHILD = """
import sys
from pathlib import Path
from tettpaa.data.sources.fetch.asking import Asker, one_at_a_time
from tettpaa.data.sources.fetch.client import Manners
from tettpaa.data.sources.fetch.dataset import Scope
from tettpaa.data.sources.fetch.snapshot import write_snapshot
from tettpaa.data.sources.fetch.udir_reports import DATASETS
folder, address = Path(sys.argv[1]), sys.argv[2]
with one_at_a_time(folder):
    asker = Asker(folder, Manners(stand_in=address), pace=0.0)
    write_snapshot(DATASETS[1], Scope(), asker, folder / "np8.json", lambda *_: None)
"""


def test_a_killed_fetch_goes_on_where_it_was(tmp_path: Path, stand_in: StandIn) -> None:
    stand_in.delay_s = 0.02
    folder = tmp_path / "store" / "fetched"
    kills = 0
    while not (folder / "np8.json").exists():
        process = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(folder), stand_in.address],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        )
        before = len(stand_in.asked)
        while process.poll() is None and (kills >= 2 or len(stand_in.asked) < before + 6):
            time.sleep(0.005)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        assert process.wait() in {0, -signal.SIGKILL}
    assert kills == 2
    # 1 page, 1 list of years, 4 years of 5 tests; at most the one on its way at each kill was asked twice.
    assert len(set(stand_in.asked)) == 22
    assert len(stand_in.asked) <= 22 + kills
    assert len((folder / "np8.json").read_bytes().splitlines()) == 21


def test_a_killed_fetch_leaves_no_figures(cast: Cast, stand_in: StandIn) -> None:
    stand_in.traps = ["", "", "", "moved"]
    with pytest.raises(Exception, match="udir_np5"):
        call_command("fetch", "udir_np5")
    assert Release.objects.count() == 0
    call_command("fetch", "udir_np5")
    assert (Release.objects.count(), len(stand_in.asked), len(set(stand_in.asked))) == (1, 6, 5)
