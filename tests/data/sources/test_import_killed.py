"""kill -9 at a hundred random points of an import: never a partial state, and the next start needs no hand."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data.sources.template_files import line, template
from tests.data.sources.whole_databases import OnPostgres, Rows, whole_databases

DATABASES = whole_databases()
# Slow tests stay out of the run on PostgreSQL; this one belongs in both.
pytestmark = [] if isinstance(DATABASES, OnPostgres) else [pytest.mark.slow]
ROOT = Path(__file__).parents[3]
KILLS = 100
SCHOOLS = 60
SEEN = (
    (
        "SELECT u.code, i.key, v.period, v.grade, v.gender, v.edition, v.value, v.n, v.status FROM indicators_publishedvalue v "
        "JOIN orgs_unit u ON u.id = v.unit_id JOIN indicators_indicator i ON i.id = v.indicator_id "
        "WHERE v.superseded_by_id IS NULL ORDER BY 1, 2, 3, 4, 5, 6"
    ),
    "SELECT code FROM orgs_unit ORDER BY 1",
    "SELECT key FROM indicators_indicator ORDER BY 1",
    "SELECT file_name, state FROM sources_import ORDER BY 1",
    "SELECT sha256 FROM sources_storedfile ORDER BY 1",
    "SELECT file_name FROM indicators_release WHERE state = 'published' ORDER BY 1",
    "SELECT kind, count(*) FROM audit_event GROUP BY 1 ORDER BY 1",
)
LEFT = (
    "SELECT count(*) FROM indicators_release WHERE state = 'staging'",
    (
        "SELECT count(*) FROM indicators_publishedvalue v JOIN indicators_release r ON r.id = v.release_id "
        "WHERE r.state = 'staging'"
    ),
)


class Nursery:
    """Starts imports, one at a time, and can kill them on the way."""

    def __init__(self, folder: Path) -> None:
        environment = os.environ | {
            "TETTPAA_DATA_DIR": str(folder),
            "TMPDIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "tettpaa.site.settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        environment |= DATABASES.environment(folder)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.data.sources.import_nursery"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=ROOT, text=True,
        )  # fmt: skip

    def run(
        self, folder: Path, file: Path, at_once: int, kill_after: float | None = None
    ) -> tuple[int, float]:
        """The exit code (-9 when it was killed in time) and how long it took, in seconds."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        database = DATABASES.environment(folder)["DATABASE_URL"]
        self._process.stdin.write(f"{folder}\t{database}\t{file}\t{at_once}\n")
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


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


@pytest.fixture
def nursery(tmp_path: Path) -> Iterator[Nursery]:
    nursery = Nursery(tmp_path)
    yield nursery
    nursery.close()


@pytest.fixture
def prepared(tmp_path: Path, nursery: Nursery) -> Path:
    """A data folder with the schools and last year's figures."""
    folder = tmp_path / "prepared"
    DATABASES.create(folder)
    environment = os.environ | {
        "TETTPAA_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tettpaa.site.settings",
    }
    environment |= DATABASES.environment(folder)
    script = (
        "import django; django.setup(); from django.core.management import call_command as call; "
        "call('migrate', verbosity=0); from tettpaa.core.orgs.actions import add_units, NewUnit; "
        "add_units(by='test', units=[NewUnit('nation', 'NO', 'Landet', ''), NewUnit('county', '99', 'Fylket', 'NO'), "
        "NewUnit('owner', '9901', 'Fjordvik', '99'), "
        f"*(NewUnit('school', f'F{{n:08d}}', f'Skole {{n}}', '9901') for n in range({SCHOOLS}))])"
    )
    subprocess.run([sys.executable, "-c", script], env=environment, cwd=ROOT, check=True)
    assert nursery.run(folder, file_of(tmp_path, "gammel.csv", "3,9", range(2020, 2024)), 50_000)[0] == 0
    return folder


def file_of(folder: Path, name: str, value: str, years: range) -> Path:
    """Every school, two indicators, the years; the new file changes the old years and adds a year and an indicator."""
    keys = ("eu_trivsel", "eu_mestring") if 2024 in years else ("eu_trivsel",)
    path = folder / name
    path.write_bytes(
        template(
            *(
                line(
                    f"F{school:08d}",
                    skoleaar=f"{year}-{year % 100 + 1:02d}",
                    verdi=value,
                    indikator=key,
                    n=str(3 + school),
                )
                for key in keys
                for year in years
                for school in range(SCHOOLS)
            )
        )
    )
    return path


def seen(folder: Path) -> tuple[Rows, ...]:
    """What anybody can see in the database."""
    return DATABASES.read(folder, SEEN)


def left_behind(folder: Path) -> tuple[int, int]:
    """Releases that never came to an end, and values that belong to none that did."""
    ((releases,),), ((values,),) = DATABASES.read(folder, LEFT)
    return releases, values


def test_kill_nine_at_a_hundred_points(tmp_path: Path, prepared: Path, nursery: Nursery) -> None:
    file = file_of(tmp_path, "ny.csv", "4,1", range(2020, 2025))
    whole = DATABASES.copy(prepared, tmp_path / "whole")
    before = seen(whole)
    code, took = nursery.run(whole, file, 50_000)
    after = seen(whole)
    assert (code, before == after) == (0, False)
    dice = random.Random(20261122)
    outcomes = {"before": 0, "after": 0, "staged": 0}
    for number in range(KILLS):
        folder = DATABASES.copy(prepared, tmp_path / "killed")
        at_once = 50_000 if number % 2 else 100  # at once in one transaction, or staged in chunks
        nursery.run(folder, file, at_once, kill_after=dice.uniform(0.4, 1.5) * took)
        found = seen(folder)
        assert found in (before, after), number
        outcomes["before" if found == before else "after"] += 1
        outcomes["staged"] += left_behind(folder)[0]
        assert nursery.run(folder, file, at_once)[0] == 0
        assert seen(folder) == after, number
        assert left_behind(folder) == (0, 0)
        DATABASES.drop(folder)
    for folder in (whole, prepared):
        DATABASES.drop(folder)
    assert min(outcomes["before"], outcomes["after"]) > 0, outcomes
