"""T15: eight people and one object, five hundred edits each: nothing lost, nobody locked out, each refusal shows why."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.data.sources.whole_databases import OnPostgres, whole_databases

DATABASES = whole_databases()
# Slow tests stay out of the run on PostgreSQL; this one belongs in both.
pytestmark = [] if isinstance(DATABASES, OnPostgres) else [pytest.mark.slow]
ROOT = Path(__file__).parents[3]
WRITERS, EDITS = 8, 500


def environment(folder: Path) -> dict[str, str]:
    ours = {
        "TETTPAA_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tettpaa.site.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    return os.environ | ours | DATABASES.environment(folder)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A database with every table and no row."""
    folder = tmp_path_factory.mktemp("concurrency") / "empty"
    DATABASES.create(folder)
    script = (
        "import django; django.setup(); from django.core.management import call_command as call; "
        "call('migrate', verbosity=0, skip_checks=True)"
    )
    subprocess.run([sys.executable, "-c", script], env=environment(folder), cwd=ROOT, check=True)
    yield folder
    DATABASES.drop(folder)


def edited(folder: Path, how: str, writers: int, edits: int) -> dict[str, Any]:
    """What so many people met who edited one goal of a database of its own."""
    DATABASES.copy(folder, folder.parent / how)
    line = [sys.executable, "-m", "tests.core.audit.edit_nursery", how, str(writers), str(edits)]
    done = subprocess.run(
        line, env=environment(folder.parent / how), cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    DATABASES.drop(folder.parent / how)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def lost(found: dict[str, Any], edits: int) -> int:
    """Edits that were accepted and are not there."""
    return edits - int(found["order"])


def test_eight_people_five_hundred_edits_each_nothing_lost(empty: Path) -> None:
    found = edited(empty, "versioned", WRITERS, EDITS)
    assert (lost(found, WRITERS * EDITS), found["version"]) == (0, 1 + WRITERS * EDITS)
    assert found["faults"] == 0
    assert [met["locked"] for met in found["met"]] == [0] * WRITERS
    assert [met["not_shown"] for met in found["met"]] == [0] * WRITERS
    # All began with the version of the empty goal: only one could be first, and the others were told.
    assert sum(met["conflicts"] for met in found["met"]) >= WRITERS - 1


def test_plain_saves_are_found_to_lose_edits(empty: Path) -> None:
    found = edited(empty, "plain", 4, 25)
    assert lost(found, 4 * 25) > 0
    assert found["version"] < 1 + 4 * 25
