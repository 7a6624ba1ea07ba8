"""The door: what is kept of a file, by form and by profile, and that no person is anywhere afterwards (searched byte by byte)."""

import hashlib
import io
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from tests.cluster import binaries
from tests.data.sources.database_sum import database_sum
from tests.data.sources.database_sum import figures as figures_shown
from tests.data.sources.mapping.files import (
    LONG,
    LONG_PROFILE,
    NES,
    NUMBERS,
    PUPIL_HEADS,
    PUPIL_PROFILE,
    SICK,
    VIK,
    csv_bytes,
    pupils,
    xlsx_bytes,
)  # fmt: skip
from tests.data.sources.mapping.test_mapped_faults import CASES, SEEDS, SILENT
from tests.data.sources.mutations import MUTATIONS
from tests.data.sources.test_import_actions import publish, read_here, work
from tests.data.sources.test_mutated import CUTTING
from tests.factories.cast import Cast
from tettpaa.core.audit.models import Event
from tettpaa.data.indicators.models import PublishedValue
from tettpaa.data.sources.actions.door import Pointing, Sent, take_in_pointed
from tettpaa.data.sources.enums import State
from tettpaa.data.sources.mapping.look import look_at
from tettpaa.data.sources.mapping.reading import read_mapped
from tettpaa.data.sources.mapping.run import look_in_child, read_mapped_in_child
from tettpaa.data.sources.models import ColumnProfile, Import, NameMapping, StoredFile
from tettpaa.data.sources.source import ReadOptions
from tettpaa.data.suppression.kinds import Edition, Status

pytestmark = pytest.mark.django_db
SHELF = "/9901/tall-inn/"
ARNE = "arne@example.test"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.FILE_STORE = tmp_path / "store"  # type: ignore[attr-defined]
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)  # type: ignore[attr-defined]
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("tettpaa.data.sources.examine.read_in_child", read_here)
    return tmp_path / "store"


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child has tests of its own; most tests here read in this process."""

    def size(file: io.BufferedRandom) -> int:
        return file.seek(0, 2), file.seek(0)  # type: ignore[return-value]

    def look(file: io.BufferedRandom) -> object:
        return look_at(file, size(file)[0])  # type: ignore[index]

    def read(file: io.BufferedRandom, profile: object, options: ReadOptions, label: str) -> object:
        return read_mapped(file, size(file)[0], profile, options, label)  # type: ignore[arg-type, index]

    monkeypatch.setattr("tettpaa.data.sources.actions.door.look_in_child", look)
    monkeypatch.setattr("tettpaa.data.sources.actions.door.read_mapped_in_child", read)


@pytest.fixture
def arne(client_of: Callable[[str], Client]) -> Client:
    client = client_of("arne")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "nb"
    return client


def words(answer: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def upload(client: Client, content: bytes, name: str = "uttrekk.csv") -> HttpResponse:
    return client.post(f"{SHELF}last-opp/", {"file": SimpleUploadedFile(name, content)})  # type: ignore[return-value]


def point(
    client: Client, content: bytes, heads: list[str], roles: dict[str, str], **fields: object
) -> HttpResponse:
    """Send the page's form: a role for each heading, and the file once more."""
    chosen = {f"role_{index}": roles.get(head, "") for index, head in enumerate(heads)}
    data = {
        "head": heads,
        "name": "Uttrekk",
        "file": SimpleUploadedFile("uttrekk.csv", content),
        **chosen,
        **fields,
    }
    return client.post(f"{SHELF}kolonner/les/", data)  # type: ignore[return-value]


def checked() -> Import:
    row = Import.objects.get()
    work(row)
    return Import.objects.get()


SICK_ROLES = {"Avdeling": "school", "År": "period", "Sykefravær": "value:sykefravaer", "Ansatte i alt": "n"}
PUPIL_ROLES = {"Skole": "school", "Trinn": "grade", "Kjønn": "gender", "Skalapoeng": "value:np5_lesing"}


def test_pointed_once_a_file_is_known_again_and_published(arne: Client, cast: Cast, here: None) -> None:
    assert upload(arne, csv_bytes(SICK)).status_code == 422
    answer = point(arne, csv_bytes(SICK), SICK[0], SICK_ROLES, year="starts", name="Fravær fra HR")
    row = checked()
    assert answer["Location"] == f"{SHELF}{row.pk}/"
    assert (row.state, row.file_name, row.rows) == (State.COMPARED, "uttrekk.csv", 4)
    page = words(arne.get(answer["Location"]))  # type: ignore[arg-type]
    assert "Fire rader ble til 4 tall." in page or "4 rader ble til 4 tall." in page
    assert "Lest som «Fravær fra HR», versjon 1." in page
    assert "Avdeling Skole (navn eller nummer)" in page
    publish(row)
    shown = PublishedValue.objects.filter(
        indicator__key="sykefravaer", edition=Edition.PUBLIC, superseded_by=None
    )
    # The same way as every file: one of 21 is too few to be shown, whoever sent the figure in.
    assert {
        (*one, Status.HIDDEN_BY_US) for one in ((NES, 2024), (VIK, 2024), (NES, 2025), (VIK, 2025))
    } == set(shown.values_list("unit__code", "period", "status"))
    kinds = list(Event.objects.filter(kind__startswith="sources.").values_list("kind", flat=True))
    assert kinds[:2] == ["sources.profile_saved", "sources.file_received"]
    again = upload(arne, csv_bytes([SICK[0], ["Nes skole", "2026", "5,0", "22"]]))
    assert again.status_code == 302
    assert ColumnProfile.objects.count() == 1
    assert "Fravær fra HR" in words(arne.get(f"{SHELF}kolonner/"))  # type: ignore[arg-type]


def test_a_changed_pointing_is_a_new_version_and_a_removed_one_reads_no_more(
    arne: Client, here: None
) -> None:
    point(arne, csv_bytes(SICK), SICK[0], SICK_ROLES, year="starts")
    point(arne, csv_bytes(SICK), SICK[0], SICK_ROLES, year="ends")
    assert list(ColumnProfile.objects.values_list("name", "number")) == [("Uttrekk", 2), ("Uttrekk", 1)]
    profile = ColumnProfile.objects.get(number=2)
    address = f"{SHELF}kolonner/{profile.pk}/fjern/"
    assert arne.post(address)["Location"] == f"{SHELF}kolonner/"
    assert arne.post(address).status_code == 302
    assert upload(arne, csv_bytes(SICK)).status_code == 422
    assert Event.objects.filter(kind="sources.profile_removed").count() == 1
    assert "Ingen filtyper er lagret ennå." in words(arne.get(f"{SHELF}kolonner/"))  # type: ignore[arg-type]
    point(arne, csv_bytes(SICK), SICK[0], SICK_ROLES, year="ends")
    assert ColumnProfile.objects.get(removed_at=None).number == 3


def test_a_neighbours_profile_is_not_found_and_not_used(
    client_of: Callable[[str], Client], arne: Client, here: None
) -> None:
    point(arne, csv_bytes(SICK), SICK[0], SICK_ROLES, year="starts")
    profile = ColumnProfile.objects.get()
    eva = client_of("eva")
    assert eva.post(f"/9902/tall-inn/kolonner/{profile.pk}/fjern/").status_code == 404
    assert ColumnProfile.objects.get().removed_at is None
    aud = client_of("aud")
    assert point(aud, csv_bytes(SICK), SICK[0], SICK_ROLES).status_code in {403, 404}


def test_unknown_words_are_asked_about_and_remembered(arne: Client, here: None) -> None:
    rows = [["Nes" if cell == NES else cell for cell in row] for row in LONG]
    roles = {head: str(role) for head, role in LONG_PROFILE.columns.items()}
    page = point(arne, csv_bytes(rows), LONG[0], roles)
    assert page.status_code == 422
    assert not Import.objects.exists()
    assert not ColumnProfile.objects.exists()
    html = page.content.decode()
    assert [html.count(f'name="{name}"') for name in ("unknown_name", "unknown_word")] == [1, 2]
    said = {
        "unknown_name": ["Nes"],
        "school_0": NES,
        "unknown_word": ["Trives du?", "Mestrer du?"],
        "means_0": "eu_trivsel",
    }
    half = point(arne, csv_bytes(rows), LONG[0], roles, **said)
    assert "Velg en indikator, eller velg at ordet ikke skal med." in words(half)
    assert point(arne, csv_bytes(rows), LONG[0], roles, **said, means_1="-").status_code == 302
    assert NameMapping.objects.get(name="Nes").code == NES
    assert ColumnProfile.objects.get().spec["words"] == {"Trives du?": "eu_trivsel", "Mestrer du?": ""}
    assert Import.objects.get().mapped["counts"] == {"rows": 12, "figures": 6}


FORMS = [
    ({}, "Pek ut minst én kolonne med tall"),
    ({"Avdeling": "school"}, "Pek ut kolonnen med skoleår"),
    ({"År": "period", "Sykefravær": "value:sykefravaer"}, "Pek ut kolonnen med skoler"),
    (SICK_ROLES | {"År": "school"}, "Dette er valgt for en annen kolonne også."),
    (SICK_ROLES | {"Sykefravær": "value"}, "Sier en kolonne hva tallet måler"),
]


@pytest.mark.parametrize(("roles", "expected"), FORMS, ids=[case[1][:30] for case in FORMS])
def test_a_form_that_lacks_something_says_what(
    arne: Client, roles: dict[str, str], expected: str, here: None
) -> None:
    assert expected in words(point(arne, csv_bytes(SICK), SICK[0], roles))


def test_doubled_headings_a_wrong_year_and_no_file_are_told(arne: Client, here: None) -> None:
    page = words(point(arne, csv_bytes(SICK), [*SICK[0], "Avdeling"], SICK_ROLES, fixed_period="snart"))
    assert "To kolonner heter det samme." in page
    assert "Skriv skoleåret som 2025-26." in page
    answer = arne.post(f"{SHELF}kolonner/les/", {"head": SICK[0], "name": "x"})
    assert "Velg filen en gang til." in words(answer)  # type: ignore[arg-type]


def test_a_file_that_is_too_large_is_told_here_too(arne: Client, settings: object, here: None) -> None:
    settings.MAX_UPLOAD_BYTES = 20  # type: ignore[attr-defined]
    assert "Filen er for stor." in words(point(arne, csv_bytes(SICK), SICK[0], SICK_ROLES))


def test_a_form_sent_twice_is_one_import(arne: Client, here: None) -> None:
    key = "7f5a7a4e-6d1c-4d7e-9a53-1a2b3c4d5e6f"
    first = point(arne, csv_bytes(SICK), SICK[0], SICK_ROLES, year="starts", key=key)
    assert (
        point(arne, csv_bytes(SICK), SICK[0], SICK_ROLES, year="starts", key=key)["Location"]
        == first["Location"]
    )
    again = arne.post(f"{SHELF}last-opp/", {"file": SimpleUploadedFile("u.csv", csv_bytes(SICK)), "key": key})
    assert again["Location"] == first["Location"]


def test_wrong_cells_are_pinned_and_the_choices_stay(arne: Client, here: None) -> None:
    rows = [
        SICK[0],
        ["Nes skole", "2024", "mye", "21"],
        *[["Nes skole", f"{1800 + n}", "6", "21"] for n in range(30)],
    ]
    page = point(arne, csv_bytes(rows), SICK[0], SICK_ROLES, year="starts")
    assert "Filen kan ikke leses slik ennå. Ingenting er lagret." in words(page)
    assert "Rad 2, kolonne C" in words(page)
    assert "Vi leste «mye»." in words(page)
    assert "6 feil til er ikke vist her." in words(page)
    assert '<option value="value:sykefravaer" selected>' in page.content.decode()
    assert not Import.objects.exists()


def test_a_saved_profile_that_no_longer_fits_is_shown_with_its_choices(arne: Client, here: None) -> None:
    point(arne, csv_bytes(SICK), SICK[0], SICK_ROLES, year="starts")
    page = upload(arne, csv_bytes([SICK[0], ["Nye Nes", "2024", "mye", "21"]]))
    assert page.status_code == 422
    assert '<option value="value:sykefravaer" selected>' in page.content.decode()
    assert 'name="unknown_name" value="Nye Nes"' in page.content.decode()


# --- persons leave no trace


@pytest.fixture
def planted() -> Iterator[list[bytes]]:
    """What would tell of a person: names, numbers, and a pupil's own line."""
    rows = pupils(24)
    return [
        word.encode()
        for row in rows[1:]
        for word in (row[1], row[1].split(",")[0], row[2], ";".join(row[1:4]))
        if word
    ]


def everything(folder: Path) -> Iterator[bytes]:
    """Every byte of every table, and of every file below the folder (store, temporary files, copies)."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield repr(row).encode()
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.read_bytes()


def traces(folder: Path, planted: list[bytes], *more: bytes) -> list[bytes]:
    return [word for data in [*everything(folder), *more] for word in planted if word in data]


ENDS = {
    "csv": (lambda: csv_bytes(pupils(24)), 302),
    "xlsx": (lambda: xlsx_bytes(pupils(24)), 302),
    "a wrong cell": (lambda: csv_bytes([*pupils(24), ["Nes skole", "Knottebakka", "", "5", "J", "Eilif", ""]]), 422),
    "an unknown school": (lambda: csv_bytes([*pupils(24), ["Rimstubbenb, Solvår", "", "", "5", "J", "48", ""]]), 422),
    "damaged": (lambda: csv_bytes(pupils(24)) + b"Nes skole;\xff\xfe\n", 422),
    "cut": (lambda: csv_bytes(pupils(24))[:-3], 422),
}  # fmt: skip


@pytest.mark.parametrize("end", sorted(ENDS))
def test_no_person_is_anywhere_however_it_ends(
    end: str, arne: Client, tmp_path: Path, planted: list[bytes], caplog: pytest.LogCaptureFixture, here: None
) -> None:
    make, status = ENDS[end]
    first = upload(arne, make(), "elever.csv")
    shown = first.content
    answer = point(arne, make(), PUPIL_HEADS, PUPIL_ROLES, per_person="on", fixed_period="2025-26")
    assert answer.status_code == status
    if status == 302:
        row = checked()
        assert (row.state, row.file_name) == (State.COMPARED, "Uttrekk.csv")
        page = words(arne.get(answer["Location"]))  # type: ignore[arg-type]
        assert "Radene er lagt sammen til skole, trinn og kjønn." in page
        assert "24 rader ble til 6 tall." in page
        publish(row)
    shutil.copytree(tmp_path / "store", tmp_path / "copy", dirs_exist_ok=True) if (
        tmp_path / "store"
    ).exists() else None
    log = " ".join(record.getMessage() for record in caplog.records).encode()
    assert traces(tmp_path, planted, log, shown, answer.content) == []


def test_the_search_finds_what_is_there(arne: Client, tmp_path: Path, planted: list[bytes]) -> None:
    (tmp_path / "left").write_bytes(csv_bytes(pupils(24)))
    assert set(traces(tmp_path, planted)) == set(planted)
    (tmp_path / "left").unlink()
    NameMapping.objects.create(name=planted[0].decode(), source="x", code="", by="x")
    assert planted[0] in traces(tmp_path, planted)


def test_a_name_of_a_file_and_an_open_template_with_a_number_keep_nobody(
    arne: Client, tmp_path: Path, here: None
) -> None:
    from tests.data.sources.template_files import line, template

    answer = upload(arne, template(line(), line(NES, skole=f"Kari {NUMBERS[0]}")))
    assert (answer.status_code, StoredFile.objects.count()) == (422, 0)
    upload(arne, template(line()), f"{NUMBERS[0]}.csv")
    assert Import.objects.get().file_name == "fil.csv"
    assert traces(tmp_path, [NUMBERS[0].encode()]) == []


def test_a_damaged_file_leaves_a_line_that_says_why_and_no_bytes(arne: Client, here: None) -> None:
    answer = upload(arne, b"%PDF-1.7 " + NUMBERS[0].encode(), "rapport.pdf")
    row = Import.objects.get()
    assert (row.state, row.file, row.problems[0]["code"]) == (State.REJECTED, None, "pdf")
    assert "Filen kan ikke leses." in words(arne.get(answer["Location"]))  # type: ignore[arg-type]
    assert Event.objects.filter(kind="sources.file_refused").count() == 1


def test_the_children_read_what_this_process_reads(tmp_path: Path) -> None:
    data = csv_bytes(pupils(24))
    options = ReadOptions({}, {NES: "Nes skole", VIK: "Vik skole"})
    with tempfile.TemporaryFile() as file:
        file.write(data)
        assert look_in_child(file) == look_at(io.BytesIO(data), len(data))
        found = read_mapped_in_child(file, PUPIL_PROFILE, options, "Prøve")
        assert found == read_mapped(io.BytesIO(data), len(data), PUPIL_PROFILE, options, "Prøve")
        file.seek(0)
        assert hashlib.sha256(file.read()).digest() == hashlib.sha256(data).digest()
    assert list(tmp_path.iterdir()) == []


KILLED = """
import sys, tempfile, time
from tettpaa.data.sources.mapping.run import look_in_child
tempfile.tempdir = sys.argv[1]
file = tempfile.TemporaryFile(dir=sys.argv[1])
file.write(sys.stdin.buffer.read())
print("ready", flush=True)
while True:
    look_in_child(file)
"""


@pytest.mark.slow
def test_a_kill_in_the_middle_leaves_nobody(tmp_path: Path, planted: list[bytes]) -> None:
    """The door's process is killed while its child reads; what is on the disk then is searched."""
    for wait in (0.0, 0.15, 0.3):
        with subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as door:
            assert door.stdin is not None
            assert door.stdout is not None
            door.stdin.write(csv_bytes(pupils(24)))
            door.stdin.close()
            assert door.stdout.readline() == b"ready\n"
            time.sleep(wait)
            assert traces(tmp_path, planted) == []
            door.send_signal(signal.SIGKILL)
            door.wait()
        assert traces(tmp_path, planted) == []


def backup(folder: Path) -> bytes:
    """A backup made as the guide for operations says, and read back as what it is put in place from.

    PostgreSQL's is compressed: `pg_restore` writes it out as the lines that it would run.
    """
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(folder / "copy.sqlite3")) as copy:
            connection.connection.backup(copy)  # what `sqlite3 … ".backup"` does
        return (folder / "copy.sqlite3").read_bytes()
    programs, dump = binaries(), folder / "tettpaa.dump"
    assert programs is not None
    name = connection.get_connection_params()
    address = f"postgresql://{name['user']}@{name['host']}:{name['port']}/{name['dbname']}"
    command = [programs / "pg_dump", "--format=custom", f"--file={dump}", f"--dbname={address}"]
    subprocess.run(command, check=True)
    return subprocess.run([programs / "pg_restore", "--file=-", dump], check=True, capture_output=True).stdout


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_no_person(arne: Client, tmp_path: Path, planted: list[bytes], here: None) -> None:
    upload(arne, csv_bytes(pupils(24)), "elever.csv")
    point(arne, csv_bytes(pupils(24)), PUPIL_HEADS, PUPIL_ROLES, per_person="on", fixed_period="2025-26")
    publish(checked())
    kept = backup(tmp_path)
    assert b"Uttrekk.csv" in kept
    assert [word for word in planted if word in kept] == []
    assert traces(tmp_path, planted) == []
    NameMapping.objects.create(name=planted[0].decode(), source="x", code="", by="x")
    assert planted[0] in backup(tmp_path)


# --- 2,000 mutated files at the door, against the database


def kept_files(store: Path) -> set[str]:
    return {path.name for path in store.rglob("*") if path.is_file() and path.suffix != ".lock"}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(CASES))
def test_a_mutated_file_changes_nothing_or_comes_in_equal(
    name: str, cast: Cast, here: None, store: Path
) -> None:
    """Refused: the same checksum over the whole database, the same files. Let in: what it publishes is what was there."""
    layout, profile = CASES[name]
    pointing = Pointing(profile, "Uttrekk")

    def take(data: bytes) -> Import | None:
        sent = Sent(io.BytesIO(data), "fil.csv", ARNE)
        return take_in_pointed(owner=cast.fjordvik, sent=sent, pointing=pointing).row

    original = take(layout.write(layout.rows))
    assert original is not None
    assert publish(checked()).state == State.PUBLISHED
    whole, before, files = figures_shown(), database_sum(), kept_files(store)
    known = {original.file.sha256}  # what is kept decides what is published, so each is published once
    refused = 0
    for mutation in MUTATIONS:
        for seed in SEEDS:
            with transaction.atomic():
                row = take(mutation(layout, random.Random(f"{name} {mutation.__name__} {seed}")))
                if row is None:
                    refused += 1
                    assert kept_files(store) == files
                elif row.file.sha256 not in known:
                    known.add(row.file.sha256)
                    come_in(row)
                    counts = row.mapped["counts"]
                    is_told = counts.get("without") or (name, mutation.__name__) in SILENT
                    assert figures_shown().keys() == whole.keys()
                    assert is_told or mutation.__name__ in CUTTING or figures_shown() == whole
                transaction.set_rollback(True)
            files = kept_files(store)
        assert database_sum() == before, mutation.__name__
    assert refused > len(MUTATIONS) * len(SEEDS) // 3
    assert len(MUTATIONS) * len(SEEDS) * len(CASES) >= 2000


def come_in(row: Import) -> None:
    """Check and publish. What is left of a cut file may be too few to add up safely: then it is refused on its page."""
    work(row)
    row.refresh_from_db()
    if row.state == State.REJECTED:
        assert {problem["code"] for problem in row.problems} == {"not_safe_gender"}
    else:
        assert publish(row).state == State.PUBLISHED
