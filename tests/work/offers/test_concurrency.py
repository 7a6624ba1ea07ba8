"""Fifty people on the last seat, each clicking twice: one gets it, the others stand in line in order, on both databases."""

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
PEOPLE = 50


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
    folder = tmp_path_factory.mktemp("line") / "seats"
    DATABASES.create(folder)
    # Straight from the models, which takes a tenth of the time: the triggers of the migrations are not what is tried.
    script = (
        "import django; django.setup(); from django.apps import apps; from django.conf import settings; "
        "from django.core.management import call_command as call; "
        "settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}; "
        "call('migrate', verbosity=0, skip_checks=True, run_syncdb=True)"
    )
    subprocess.run([sys.executable, "-c", script], env=environment(folder), cwd=ROOT, check=True)
    yield folder
    DATABASES.drop(folder)


def rushed(folder: Path, how: str) -> dict[str, Any]:
    """How so many people stand after a rush on a database of its own."""
    DATABASES.copy(folder, folder.parent / how)
    line = [sys.executable, "-m", "tests.work.offers.line_nursery", how, str(PEOPLE)]
    done = subprocess.run(
        line, env=environment(folder.parent / how), cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    DATABASES.drop(folder.parent / how)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_fifty_who_sign_up_at_once(empty: Path) -> None:
    found = rushed(empty, "register")
    others = [[place, "waiting", None] for place in range(2, PEOPLE + 1)]
    assert found["rows"] == [[1, "confirmed", 1], *others]
    # The second click gave the first one's registration back, and nobody was locked out.
    assert [first == second for first, second in found["met"]] == [True] * PEOPLE
    assert len({first for first, _second in found["met"]}) == PEOPLE
    assert (found["events"]["offers.registration_sent"], found["faults"]) == (PEOPLE, 0)


def test_fifty_leaders_who_say_yes_at_once(empty: Path) -> None:
    found = rushed(empty, "approve")
    others = [[place, "waiting", None] for place in range(2, PEOPLE + 1)]
    assert found["rows"] == [[1, "confirmed", 1], *others]
    assert [first == second for first, second in found["met"]] == [True] * PEOPLE
    assert (found["events"]["offers.registration_approved"], found["faults"]) == (PEOPLE, 0)
