"""Broken files against the database: published equal to the original, or refused with the database untouched."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests.data.sources.database_sum import Figures, database_sum, figures
from tests.data.sources.hostile import BOOKS
from tests.data.sources.mutations import MUTATIONS, Layout
from tests.data.sources.template_files import NES, VIK, line, template
from tests.data.sources.test_import_actions import read_here
from tests.data.sources.test_mutated import CUTTING, LAYOUTS, NAMES
from tests.factories.cast import Cast
from tettpaa.core.jobs.actions import run
from tettpaa.core.orgs.actions import NewUnit, add_units
from tettpaa.core.orgs.enums import Kind
from tettpaa.data.indicators.models import Release
from tettpaa.data.sources.bringing_in import BroughtIn, Terms, bring_in
from tettpaa.data.sources.enums import State
from tettpaa.data.sources.models import Import
from tettpaa.data.sources.run import read_in_child
from tettpaa.data.suppression.kinds import Status

pytestmark = pytest.mark.django_db
FEW, MANY = range(7), range(7, 38)  # together 2,052 mutated files
NO_FIGURE = {Status.NO_PARTICIPANTS, Status.MISSING}


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.FILE_STORE = tmp_path / "store"  # type: ignore[attr-defined]
    monkeypatch.setattr("tettpaa.data.sources.examine.read_in_child", read_here)
    return tmp_path / "store"


@pytest.fixture
def country(cast: Cast) -> None:
    """The schools of the layouts are known, so that each file may speak of them."""
    schools = [NewUnit(Kind.SCHOOL, f"F{number:08d}", f"Skule {number}", "9901") for number in range(3, 10)]
    add_units(units=schools, by="test")


def bring(path: Path, data: bytes) -> BroughtIn:
    path.write_bytes(data)
    return bring_in(path, Terms(by="test", names=NAMES))


def stored(store: Path) -> set[str]:
    return {path.name for path in store.rglob("*") if path.is_file()}


@pytest.mark.parametrize("seeds", [FEW, pytest.param(MANY, marks=pytest.mark.slow)], ids=["few", "many"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_mutated_file_changes_nothing_or_comes_in_equal(
    layout: Layout, seeds: range, country: None, tmp_path: Path, store: Path
) -> None:
    path = tmp_path / "fil.csv"
    assert bring(path, layout.write(layout.rows)).release is not None
    before, whole, files = database_sum(), figures(), stored(store)
    refused = 0
    for mutation in MUTATIONS:
        for seed in seeds:
            data = mutation(layout, random.Random(f"{layout.name} {mutation.__name__} {seed}"))
            with transaction.atomic():
                outcome = bring(path, data)
                if outcome.examined.comparison is None:
                    refused += 1
                    assert outcome.examined.problem_count > 0
                    assert database_sum() == before
                    assert stored(store) == files
                else:
                    check_equal(figures(), whole, shorter=mutation.__name__ in CUTTING)
                transaction.set_rollback(True)
    assert len(MUTATIONS) * (len(FEW) + len(MANY)) * len(LAYOUTS) >= 2000
    assert refused > len(seeds) * len(MUTATIONS) // 3


def check_equal(found: Figures, whole: Figures, *, shorter: bool) -> None:
    """No figure differs; only where nothing stood may one face of missing take another's place."""
    assert found.keys() == whole.keys() or (shorter and found.keys() < whole.keys())
    for key, row in found.items():
        same = row == whole[key] or {row[-1], whole[key][-1]} <= NO_FIGURE
        assert same, key


HOSTILE = (
    "laughs in the sheet", "name that climbs", "encrypted", "something behind", "cut", "size that lies high",
    "65,000 sheets claimed", "cell in the last column", "formula for a figure",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_upload_is_refused_on_its_page_and_changes_no_figure(
    name: str, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tettpaa.data.sources.examine.read_in_child", read_in_child)
    before = figures()
    arne = client_of("arne")
    upload = SimpleUploadedFile("tall.xlsx", BOOKS[name][0]())
    address = arne.post("/9901/tall-inn/last-opp/", {"file": upload})["Location"]
    row = Import.objects.get()
    if row.job is not None:  # a table with a wrong cell is kept; the others are refused at the door
        run(row.job)
        row.refresh_from_db()
    assert (row.file is None) == (row.job is None) == (name != "formula for a figure")
    assert (row.state, row.problems[0]["code"]) == (State.REJECTED, BOOKS[name][1])
    assert arne.get(address).status_code == 200
    assert (figures(), Release.objects.count()) == (before, 0)


def test_a_dry_run_changes_nothing(cast: Cast, tmp_path: Path, store: Path) -> None:
    before = database_sum()
    path = tmp_path / "tall.csv"
    path.write_bytes(template(line(), line(NES), line("N00000009", skole="Ny")))
    outcome = bring_in(path, Terms(by="test", owner=cast.fjordvik, dry_run=True))
    assert outcome.difference["counts"] == {"figures": 3, "new": 3}
    assert (database_sum(), outcome.release) == (before, None)
    assert stored(store) <= {"publishing.lock"}


def test_a_school_nobody_can_place_is_named(cast: Cast, tmp_path: Path) -> None:
    outcome = bring(tmp_path / "tall.csv", template(line(), line("N00000009", skole="Ny"), line("9901")))
    assert [(p.code, p.row, p.column, p.found) for p in outcome.examined.problems] == [
        ("unplaced_unit", 3, "A", "N00000009")
    ]
    heads = "Enhetsnavn;Skoletype;Vurderingsområde;Statistikk;Indikator/delskår;Periode;Eierform;Trinn;Kjønn;Verdi;Måleenhet"
    row = (
        "Ny;Grunnskole;Læringsresultater;Nasjonale prøver 5. trinn;Lesing;2014-2015;Offentlig;Trinn 5;Begge kjønn;53;"
        "Skalapoeng"
    )
    path = tmp_path / "nedlasting.csv"
    path.write_text(f"{heads}\n{row}\n", encoding="utf-8")
    found = bring_in(path, Terms(by="test", names={"Ny": "N00000009"})).examined.problems
    assert [(p.code, p.row) for p in found] == [("unplaced_unit", 2)]


def test_a_file_that_changes_while_it_is_read_is_not_published(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tettpaa.data.sources import bringing_in

    path = tmp_path / "tall.csv"
    path.write_bytes(template(line()))
    read = bringing_in.examine

    def meanwhile(**given: object) -> object:
        found = read(**given)  # type: ignore[arg-type]
        path.write_bytes(template(line(VIK, verdi="1,0")))
        return found

    monkeypatch.setattr(bringing_in, "examine", meanwhile)
    before = database_sum()
    with pytest.raises(bringing_in.ChangedFileError):
        bring_in(path, Terms(by="test"))
    assert database_sum() == before
