"""`tettpaa fetch` from end to end against the stand-in: what it says, what it does, what it leaves when something is wrong."""

import pytest
from django.core.management import CommandError, call_command

from tests.data.sources.fetch.stand_in import StandIn
from tests.data.sources.fetch.udir_v1 import Udir
from tests.data.sources.helpers import sample
from tests.factories.cast import Cast
from tettpaa.core.audit.models import Event
from tettpaa.data.indicators.models import PublishedValue, Release
from tettpaa.data.sources.models import Import, StoredFile
from tettpaa.data.sources.reading import read_bytes

pytestmark = pytest.mark.django_db


def current() -> set[tuple[str, str, int, float | None, int | None]]:
    rows = PublishedValue.objects.filter(superseded_by=None, edition=0)
    return set(rows.values_list("unit__code", "indicator__key", "period", "value", "n"))


def test_a_fetched_table_is_published_as_the_file_would_be(
    cast: Cast, stand_in: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("fetch", "udir_np5")
    told = capsys.readouterr()
    assert told.out.splitlines()[0] == "Nasjonale prøver 5. trinn:"
    assert f"Henter [{'#' * 30}] 100 %\n" in told.err
    release = Release.objects.get()
    assert (release.source, release.owner) == ("udir_statistikkbank", None)
    shown = {
        (cell.unit_code, cell.indicator, cell.period, cell.value, cell.n)
        for cell in read_bytes(sample("np5_2024-25_utdrag.csv")).cells
        if cell.value is not None
    }
    assert {row for row in current() if row[3] is not None} == shown
    assert len(stand_in.asked) == 5  # the page, its years, three tests
    event = Event.objects.get(kind="sources.fetched")
    assert (event.subject, event.detail["questions"]) == ("udir_np5", 5)
    assert Import.objects.get().file == StoredFile.objects.get()


def test_a_second_run_asks_nothing_and_changes_nothing(
    cast: Cast, stand_in: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("fetch", "udir_np5")
    asked = list(stand_in.asked)
    call_command("fetch", "udir_np5")
    assert stand_in.asked == asked
    assert "Ingenting nytt å publisere." in capsys.readouterr().out
    call_command("fetch", "udir_np5", again=True)
    assert stand_in.asked == asked + asked
    assert Release.objects.count() == 1


def test_a_changed_column_stops_and_the_former_release_stands(
    cast: Cast, udir: Udir, stand_in: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("fetch", "udir_np5")
    before = current()
    udir.rename["Skalapoeng"] = "Skårepoeng"
    with pytest.raises(CommandError, match="Dette ble ikke hentet: udir_np5"):
        call_command("fetch", "udir_np5", again=True)
    assert "Skårepoeng" in capsys.readouterr().err
    assert (current(), Release.objects.count()) == (before, 1)


def test_one_dataset_that_fails_stops_only_itself(
    cast: Cast, udir: Udir, stand_in: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in.traps += ["moved"]
    with pytest.raises(CommandError, match=r"^Dette ble ikke hentet: udir_elevtall$"):
        call_command("fetch", "udir_elevtall", "udir_fravaer")
    told = capsys.readouterr()
    assert "udir_elevtall: statistikkportalen.udir.no viser videre til et annet sted." in told.err
    assert set(PublishedValue.objects.values_list("indicator__key", flat=True)) == {
        "fravaer10_dager",
        "fravaer10_timer",
    }


def test_a_dry_run_changes_nothing(cast: Cast, stand_in: StandIn) -> None:
    call_command("fetch", "udir_fravaer", dry_run=True)
    assert (Release.objects.count(), Import.objects.count(), StoredFile.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Si hva som skal hentes, eller --all. Se tettpaa fetch --list."),
        (("skatt",), "Ukjent: skatt. Se tettpaa fetch --list."),
    ],
)
def test_what_cannot_be_fetched_is_said(arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("fetch", *arguments)
    assert str(caught.value) == words


def test_the_list_names_everything(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("fetch", list=True)
    assert "udir_np5: Nasjonale prøver 5. trinn" in capsys.readouterr().out.splitlines()
