"""`tettpaa fetch --all` fills an owner from nothing, against one stand-in for every publisher; killed, it goes on where it was."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests import migrated
from tests.data.sources.fetch.everything import NP8, OWNER, everything, independent_values, schools
from tests.data.sources.fetch.stand_in import StandIn, standing_in
from tests.data.sources.helpers import ROOT
from tests.data.sources.whole_databases import OnPostgres, whole_databases
from tettpaa.core.orgs.actions import become_owner
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.registers import load_registers
from tettpaa.data.indicators.models import PublishedValue, Release
from tettpaa.data.sources.fetch.dataset import datasets
from tettpaa.data.sources.fetch.hosts import HOSTS

DATABASES = whole_databases()
# Slow tests stay out of the run on PostgreSQL; these belong in both.
pytestmark = [] if isinstance(DATABASES, OnPostgres) else [pytest.mark.slow]
PACE = 0.05  # of the pauses that the publishers are given
IN_A_ROW = 10
SLACK_S = 0.1  # the server may notice a question late on a busy machine
STANDING = (
    "select u.code, i.key, v.period, v.grade, v.gender, v.edition, v.value from indicators_publishedvalue v "
    "join orgs_unit u on u.id = v.unit_id join indicators_indicator i on i.id = v.indicator_id "
    "where v.superseded_by_id is null"
)
FILLED = {
    "np5_engelsk", "np5_lesing", "np5_regning", "np8_engelsk", "np8_lesing", "np8_regning", "gs_poeng",
    "fravaer10_dager", "fravaer10_timer", "elever", "skoler", "ito_andel", "norsk_andel", "netto_elev",
    "eu_deltakelse", "eu_mobbing", "eu_trivsel", "gs_standpunkt_norsk", "gs_eksamen_engelsk",
}  # fmt: skip


@pytest.fixture
def server(settings: Any, tmp_path: Path) -> Iterator[StandIn]:
    with standing_in(everything()) as server:
        settings.FETCH_STAND_IN, settings.FILE_STORE = server.address, tmp_path / "store"
        yield server


def figures() -> set[tuple[Any, ...]]:
    rows = PublishedValue.objects.filter(superseded_by=None)
    return set(
        rows.values_list("unit__code", "indicator__key", "period", "grade", "gender", "edition", "value")
    )


@pytest.fixture
def hustadvika(db: None) -> Unit:
    load_registers(by="test")
    unit = Unit.objects.get(code=OWNER)
    become_owner(unit=unit, by="test")
    return unit


def test_an_owner_is_filled_from_nothing(
    hustadvika: Unit, server: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    went: list[tuple[str, int]] = []
    real = socket.socket.connect

    def watched(self: socket.socket, address: Any) -> None:
        went.append(address)
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", watched)
    call_command("fetch", all=True)
    told = capsys.readouterr().out
    assert told.splitlines()[0] == "Kommunenumre:"
    names = schools() | schools(NP8)
    assert f"Skoleregisteret (Hustadvika):\n  {len(names)} nye skoler. 0 forslag" in told
    assert {school.code for school in schools_of(hustadvika)} == set(names)
    assert set(PublishedValue.objects.values_list("indicator__key", flat=True).distinct()) >= FILLED
    mine = PublishedValue.objects.filter(superseded_by=None, edition=0, gender=0, value__isnull=False)
    published = {
        (row.unit.code, f"{row.indicator.key}.{row.grade}"): f"{row.value:.0f}"
        for row in mine.filter(unit__code__in=names, indicator__key__startswith="np").select_related(
            "unit", "indicator"
        )
    }
    assert published == {
        (
            code,
            f"np{head.split('. årstrinn')[0][-1]}_{subject(head)}.{head.split('. årstrinn')[0][-1]}",
        ): value
        for (code, head), value in independent_values().items()
    }
    # Every question went to a host of the list, and every connection to the one who stands in for them.
    assert {question.split("/", 1)[0] for question in server.asked} == set(HOSTS)
    assert {f"{address}:{port}" for address, port, *_ in went} == {server.address}
    before, asked = (figures(), Release.objects.count()), list(server.asked)
    call_command("fetch", all=True)
    assert ((figures(), Release.objects.count()), server.asked) == (before, asked)


def subject(head: str) -> str:
    return head.split(".")[1].casefold()


class Commands:
    """Starts the command itself, in processes of their own on a database of their own."""

    def __init__(self, folder: Path, server: StandIn) -> None:
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith(("TETTPAA", "DATABASE"))
        }
        self._environment = inherited | DATABASES.environment(folder) | {
            "TETTPAA_DATA_DIR": str(folder), "TETTPAA_TEST_STAND_IN": server.address, "TETTPAA_TEST_PACE": str(PACE),
            "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }  # fmt: skip

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tettpaa", *arguments],
            cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *arguments: str) -> None:
        running = self.start(*arguments)
        _, said = running.communicate()
        assert running.returncode == 0, said


def pauses_held(server: StandIn) -> bool:
    """Whether no host was asked more often than its pause allows, over any ten questions in a row."""
    for name, host in HOSTS.items():
        times = [at for asked, at in server.times if asked == name]
        many = min(IN_A_ROW, len(times) - 1)
        least = many * host.pause_s * PACE - SLACK_S
        if any(last - first < least for first, last in zip(times, times[many:], strict=False)):
            return False
    return True


def test_a_killed_command_goes_on_and_ends_with_the_same_figures(
    hustadvika: Unit, server: StandIn, tmp_path: Path
) -> None:
    call_command("fetch", all=True)
    undisturbed, questions = figures(), len(server.asked)
    assert not pauses_held(server)  # in the tests nobody waits, unless told to
    server.asked.clear()
    server.times.clear()
    server.delay_s = 0.02
    folder = tmp_path / "data"
    DATABASES.create(folder)
    if migrated.kept().exists() and not isinstance(DATABASES, OnPostgres):
        shutil.copyfile(migrated.kept(), folder / "tettpaa.sqlite3")
    commands = Commands(folder, server)
    commands.run("migrate", "--verbosity", "0")
    commands.run("owner", "add", OWNER)
    kills = 0
    for stop_at in (questions // 4, questions // 2, questions * 3 // 4):
        running = commands.start("fetch", "--all")
        while running.poll() is None and len(server.asked) < stop_at:
            time.sleep(0.005)
        assert running.poll() is None, running.stderr and running.stderr.read()
        running.send_signal(signal.SIGKILL)
        assert running.wait() == -signal.SIGKILL
        kills += 1
    commands.run("fetch", "--all")
    assert len(set(server.asked)) == questions
    assert len(server.asked) <= questions + kills  # at most the one on its way was asked twice
    assert pauses_held(server)
    (rows,) = DATABASES.read(folder, [STANDING])
    assert set(rows) == undisturbed
    DATABASES.drop(folder)


def test_every_dataset_asks_hosts_of_the_list_only() -> None:
    """A plan cannot name another host: the client refuses it before anything is looked up."""
    assert {one.key for one in datasets().values() if one.by_itself} >= {
        "nsr",
        "klass_131",
        "udir_np5",
        "ssb_kostra",
    }
    assert set(everything()) == set(HOSTS)
