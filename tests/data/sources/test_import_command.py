"""`tettpaa import`: what it says, what it does, how it ends."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.data.sources.database_sum import database_sum, figures
from tests.data.sources.template_files import NES, UTVIK, VIK, line, template
from tests.data.sources.test_import_actions import skoleporten
from tests.factories.cast import Cast
from tettpaa.data.indicators.models import Release
from tettpaa.data.sources import lock
from tettpaa.data.sources.models import Import, NameMapping

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, settings: object) -> None:
    settings.FILE_STORE = tmp_path / "store"  # type: ignore[attr-defined]


def written(folder: Path, content: bytes, name: str = "tall.csv") -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def test_a_good_file_is_published_with_a_bar(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import", written(tmp_path, template(line(), line(NES, n="3"))), owner="9901")
    told = capsys.readouterr()
    release = Release.objects.get()
    assert told.out == (
        "tall.csv: Tett på sin mal, 2 rader: 2 nye, 0 endret, 0 borte, 0 uendret.\n"
        "  1 tall skjules for å verne elevene.\n"
        f"  Publisert som utgivelse {release.pk}.\n"
    )
    assert told.err == f"Leser og kontrollerer [{'#' * 30}] 100 %\n"
    item = Import.objects.get()
    assert (release.owner, item.owner, item.by, item.state) == (
        cast.fjordvik,
        cast.fjordvik,
        "system",
        "published",
    )


def test_a_bad_file_ends_with_an_error_and_every_problem(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = database_sum()
    path = written(tmp_path, template(line(verdi="4 9,1"), line(NES), line(UTVIK)))
    with pytest.raises(CommandError, match=r"^Ingenting er endret\.$") as caught:
        call_command("import", path, owner="9901")
    assert caught.value.returncode == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[1:] == [
        (
            "tall.csv: Rad 2, kolonne H (verdi): Vi leste «4 9,1». Vi ventet et tall, * for skjermet eller tom celle. "
            "Rett cellen. Bruk komma som desimaltegn."
        ),
        (
            "tall.csv: Rad 4, kolonne A (orgnr): Vi leste «U00000001» (U00000001). Filen kan bare ha tall for Fjordvik og "
            "skolene der. Slett raden, eller rett nummeret."
        ),
    ]
    assert database_sum() == before


def test_many_errors_are_counted(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError):
        call_command("import", written(tmp_path, template(*[line(verdi="x")] * 600)))
    assert capsys.readouterr().err.splitlines()[-1] == "tall.csv: og 100 feil til."


def test_a_dry_run_says_what_would_happen(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = database_sum()
    call_command("import", written(tmp_path, template(line())), dry_run=True)
    assert capsys.readouterr().out.endswith("  Prøvekjøring: ingenting er endret.\n")
    assert database_sum() == before


def test_the_same_file_again_has_nothing_new(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, template(line()))
    call_command("import", path)
    before = database_sum()
    call_command("import", path)
    assert capsys.readouterr().out.endswith("1 uendret.\n  Ingenting nytt å publisere.\n")
    assert database_sum() == before


def test_doubts_are_told(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [line(skoleaar="2023-24", n="41"), line(n="470")]
    call_command("import", written(tmp_path, template(*rows)))
    assert "  Se nøye på rad 3: Skole, Trivsel: 470 elever, året før 41.\n" in capsys.readouterr().out


def test_several_files_stand_alone(cast: Cast, tmp_path: Path) -> None:
    good = written(tmp_path, template(line()), "god.csv")
    bad = written(tmp_path, template(line(verdi="x")), "feil.csv")
    with pytest.raises(CommandError, match=r"Disse filene ble ikke publisert: feil\.csv"):
        call_command("import", bad, good)
    assert len(figures()) == 1


def test_names_can_be_given_by_hand(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, skoleporten("Vår skole", "Borte"), "nedlasting.csv")
    names = tmp_path / "navn.csv"
    names.write_text(f"Vår skole;{VIK}\n\nBorte;\n", encoding="utf-8")
    call_command("import", path, owner="9901", names=names)
    assert dict(NameMapping.objects.values_list("name", "code")) == {"Vår skole": VIK, "Borte": ""}
    assert len(figures()) == 1
    names.write_text("bare et navn\n", encoding="utf-8")
    with pytest.raises(CommandError, match="hver linje skal ha"):
        call_command("import", path, names=names)
    with pytest.raises(CommandError, match="Filen med navn kan ikke leses"):
        call_command("import", path, names=tmp_path / "borte.csv")


def test_what_cannot_be_opened_is_said_in_words(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Filen finnes ikke"):
        call_command("import", str(tmp_path / "borte.csv"))
    with pytest.raises(CommandError, match="Filen kan ikke leses"):
        call_command("import", str(tmp_path))
    with pytest.raises(CommandError, match="Ingen eier med nummer 1234"):
        call_command("import", written(tmp_path, template(line())), owner="1234")


def test_one_publishes_at_a_time(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, template(line()))
    with lock.publishing_lock(), pytest.raises(lock.BusyError):
        with other_connection_lock():
            pass
    call_command("import", path)
    assert len(figures()) == 1


def other_connection_lock() -> object:
    """The lock as another process would ask for it."""
    from contextlib import contextmanager

    from django.db import connection

    @contextmanager
    def second() -> object:  # type: ignore[misc]
        if connection.vendor == "postgresql":
            other = connection.copy()
            try:
                with other.cursor() as cursor:
                    cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock.KEY])
                    if not cursor.fetchone()[0]:
                        raise lock.BusyError
                yield
            finally:
                other.close()
        else:
            with lock._file_lock(0.1):
                yield

    return second()


def test_a_busy_lock_is_said_in_words(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise lock.BusyError

    monkeypatch.setattr("tettpaa.data.sources.management.bringing.bring_in", busy)
    with pytest.raises(CommandError, match="En annen fil publiseres nå"):
        call_command("import", written(tmp_path, template(line())))
