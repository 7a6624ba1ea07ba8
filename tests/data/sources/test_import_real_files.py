"""Every cell of the real files stands in the database as the file has it. Read here with the csv module only."""

import csv
import lzma
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tettpaa.core.orgs.actions import become_owner
from tettpaa.core.orgs.models import Unit
from tettpaa.data.indicators.models import PublishedValue, Release
from tettpaa.data.sources.models import Import, NameMapping

FILES = Path(__file__).parents[3] / "src/tettpaa/doors/demo/files"
NATIONAL = sorted(FILES.glob("*Nasjonale_proever*.csv.xz"))
LEVELS = {"1": None, "2": 2, "3": 3, "4": 4}  # EnhetNivaa → column of the unit's code
OK, HIDDEN, NONE, MISSING = 0, 1, 3, 5
UNMATCHED = {
    "Finnøy sentralskule": "975289249",
    "Ombo oppvekstsenter - Avdeling skule": "S00000003",
    "Lenden skole og ressurssenter": "S00000001",
    "Åmøy skole (utgått)": "S00000002",
}
type Key = tuple[str, str, int, int, int]
type Figure = tuple[int, float | None, float | None, int | None]


@pytest.fixture
def folder(tmp_path: Path, settings: object) -> Path:
    """The real files unpacked, and a file store of the test's own."""
    settings.FILE_STORE = tmp_path / "store"  # type: ignore[attr-defined]
    for packed in FILES.glob("*.csv.xz"):
        (tmp_path / packed.stem).write_bytes(lzma.decompress(packed.read_bytes()))
    return tmp_path


def number(text: str) -> float:
    return float(text.replace(" ", "").replace("\u00a0", "").replace(",", "."))


def national_cells(path: Path) -> Iterator[tuple[Key, Figure, tuple[int, int]]]:
    """Figures of one hand-downloaded table, with their line and column."""
    lines = path.read_bytes().decode("utf-16-le").lstrip("\ufeff").splitlines()
    rows = list(csv.reader(lines[1:], delimiter="\t"))
    heads = rows[0]
    for line, row in enumerate(rows[1:], start=3):
        at = LEVELS[row[0]]
        code = "NO" if at is None else row[at]
        for column in range(9, len(heads), 3):
            year, subject, grade, *_ = heads[column].split(".")
            indicator = f"np{grade.strip()[0]}_{subject.lower()}"
            value, uncertainty, n = (cell.strip() for cell in row[column : column + 3])
            key = (code, indicator, int(year[:4]), int(grade.strip()[0]), 0)
            yield key, figure(value, uncertainty, n), (line, column)


def figure(value: str, uncertainty: str, n: str) -> Figure:
    if "*" in (value, uncertainty, n):
        assert {value, uncertainty, n} <= {"", "*"}
        return HIDDEN, None, None, None
    if not value:
        assert n in {"", "0"}
        return (NONE if n == "0" else MISSING), None, None, None
    return OK, number(value), number(uncertainty), int(number(n))


def published() -> dict[Key, tuple[Figure, tuple[int, int]]]:
    rows = PublishedValue.objects.filter(superseded_by=None, edition=0).values_list(
        "unit__code", "indicator__key", "period", "grade", "gender",
        "status", "value", "high", "low", "n", "row", "column",
    )  # fmt: skip
    found: dict[Key, tuple[Figure, tuple[int, int]]] = {}
    for *key, status, value, high, low, n, row, column in rows:
        half = None if high is None else round(high - value, 6)
        if half is not None:
            assert round(value - low, 6) == half
        letters = 0
        for letter in column:
            letters = letters * 26 + ord(letter) - 64
        found[tuple(key)] = ((status, value, half, n), (row, letters - 1))  # type: ignore[index]
    return found


def differences(found: dict[Key, Any], expected: dict[Key, Any]) -> list[object]:
    """The first ten places where two sets of figures differ; short, so that a failure can be read."""
    keys = found.keys() | expected.keys()
    return [(key, found.get(key), expected.get(key)) for key in keys if found.get(key) != expected.get(key)][
        :10
    ]


@pytest.mark.django_db
def test_every_cell_of_the_national_files_is_in_the_database(folder: Path) -> None:
    expected: dict[Key, tuple[Figure, tuple[int, int]]] = {}
    for packed in NATIONAL:
        call_command("import", str(folder / packed.stem))
        for key, values, place in national_cells(folder / packed.stem):
            assert key not in expected
            expected[key] = (values, place)
    assert len(NATIONAL) == 6
    assert len(expected) == 36_180
    assert differences(published(), expected) == []


@pytest.mark.django_db
def test_a_file_again_changes_nothing_and_is_no_new_release(folder: Path) -> None:
    path = str(folder / NATIONAL[0].stem)
    call_command("import", path)
    before = published()
    call_command("import", path)
    assert published() == before
    assert (Release.objects.count(), Import.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_what_we_publish_never_has_exactly_one_hidden_school_in_a_shown_municipality(folder: Path) -> None:
    parents: dict[tuple[str, int], str] = {}  # a school's municipality in the year of the figures
    for packed in NATIONAL:
        call_command("import", str(folder / packed.stem))
        text = (folder / packed.stem).read_bytes().decode("utf-16-le")
        for row in csv.reader(text.splitlines()[2:], delimiter="\t"):
            parents[row[4], int(packed.name[:4])] = row[3]
    rows = PublishedValue.objects.filter(superseded_by=None, edition=0).values_list(
        "unit__kind", "unit__code", "indicator", "period", "status"
    )
    shown = {
        (code, what, year) for kind, code, what, year, status in rows if kind == "owner" and status == OK
    }
    hidden = Counter(
        (parents[code, year], what, year)
        for kind, code, what, year, status in rows
        if kind == "school" and status == HIDDEN
    )
    counted = Counter(number for place, number in hidden.items() if place in shown)
    assert sum(counted.values()) > 2_500
    assert counted[1] == 0


SERIES = {
    ("Nasjonale prøver 5. trinn 2009-2013", "Trinn 5"): "np5_{}_2007",
    ("Nasjonale prøver 5. trinn", "Trinn 5"): "np5_{}",
    ("Nasjonale prøver ungdomstrinn", "Trinn 8"): "np8_{}",
    ("Nasjonale prøver ungdomstrinn", "Trinn 9"): "np9_{}",
}
GENDERS = {"Begge kjønn": 0, "Jenter": 1, "Gutter": 2}


@pytest.mark.django_db
def test_every_cell_of_the_old_portals_download_is_in_the_database(folder: Path) -> None:
    call_command("import", str(folder / NATIONAL[-1].stem), str(folder / NATIONAL[-2].stem))
    PublishedValue.objects.all().delete()
    become_owner(unit=Unit.objects.get(code="1103"), by="test")
    names = folder / "navn.csv"
    names.write_text("".join(f"{name};{code}\n" for name, code in UNMATCHED.items()), encoding="utf-8")
    call_command("import", str(folder / "nedlasting.csv"), owner="1103", names=names)
    codes = dict(NameMapping.objects.values_list("name", "code"))
    expected: dict[Key, Figure] = {}
    with (folder / "nedlasting.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            subject = row["Indikator/delskår"]
            pattern = SERIES[row["Statistikk"], row["Trinn"]]
            former = "avgiverskole" in subject
            indicator = pattern.format(subject.split()[0].lower()) + ("_avgiver" if former else "")
            grade = int(row["Trinn"].split()[1])
            key = (codes[row["Enhetsnavn"]], indicator, int(row["Periode"][:4]), grade, GENDERS[row["Kjønn"]])
            assert key not in expected
            text = row["Verdi"].strip()
            expected[key] = (MISSING, None, None, None) if text == "." else (OK, number(text), None, None)
    found = {key: values for key, (values, _) in published().items()}
    assert len(expected) == 6_233
    assert differences(found, expected) == []
