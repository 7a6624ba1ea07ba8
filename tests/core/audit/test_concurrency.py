"""T15: eight people and one object, five hundred edits each: nothing lost, nobody locked out, each refusal shows why."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.data.sources.whole_databases import OnPostgres, whole_databases

DATABASES = whole_databases()
# Slow tests stay out of the run on PostgreSQL; this one belongs in both.
pytestmark = [] if isinstance(DATABASES, OnPostgres) else [pytest.mark.slow]
ROOT = Path(__file__).parents[3]
WRITERS, EDITS = 8, 500


def edited(tmp_path: Path, how: str, writers: int, edits: int) -> dict[str, Any]:
    """What so many people met who edited one goal of a database of its own."""
    folder = tmp_path / how
    DATABASES.create(folder)
    environment = os.environ | {
        "TETTPAA_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tettpaa.site.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    line = [sys.executable, "-m", "tests.core.audit.edit_nursery", how, str(writers), str(edits)]
    done = subprocess.run(
        line, env=environment | DATABASES.environment(folder), cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    DATABASES.drop(folder)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def lost(found: dict[str, Any], edits: int) -> int:
    """Edits that were accepted and are not there."""
    return edits - int(found["order"])


def test_eight_people_five_hundred_edits_each_nothing_lost(tmp_path: Path) -> None:
    found = edited(tmp_path, "versioned", WRITERS, EDITS)
    assert (lost(found, WRITERS * EDITS), found["version"]) == (0, 1 + WRITERS * EDITS)
    assert found["faults"] == 0
    assert [met["locked"] for met in found["met"]] == [0] * WRITERS
    assert [met["not_shown"] for met in found["met"]] == [0] * WRITERS
    assert sum(met["conflicts"] for met in found["met"]) > EDITS  # they were in each other's way all the time


def test_plain_saves_are_found_to_lose_edits(tmp_path: Path) -> None:
    found = edited(tmp_path, "plain", 4, 25)
    assert lost(found, 4 * 25) > 0
    assert found["version"] < 1 + 4 * 25
