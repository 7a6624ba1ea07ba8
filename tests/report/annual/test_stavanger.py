"""Done-when 7: the Stavanger report, made from the real files, has the files' own figures in every format."""

import csv
import io
import lzma
from pathlib import Path

import docx
import pytest
from pptx import Presentation

from tests.report.annual.staging import BERIT
from tettpaa.core.orgs.actions import become_owner
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.registers import load_registers
from tettpaa.data.indicators.actions import compare, publish
from tettpaa.data.indicators.observed import Origin
from tettpaa.data.sources.reading import read_bytes
from tettpaa.data.suppression.kinds import Edition
from tettpaa.doors import demo
from tettpaa.report.annual import queries, store
from tettpaa.report.annual.actions import export, freeze, start_report
from tettpaa.report.annual.enums import FileKind
from tettpaa.report.annual.models import AnnualReport

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FILES = Path(next(iter(demo.__path__))) / "files"
MISSING = {"Mangler", "Ingen deltok", "Ikke aktuelt"}
SUBJECTS = {"Lesing": "Lesing", "Regning": "Regning", "Engelsk": "Engelsk"}


def raw(path: Path) -> bytes:
    return lzma.decompress(path.read_bytes())


def rogaland(path: Path) -> bytes:
    """The file with the nation and one county only: the figures are the same, and the test is quick."""
    lines = raw(path).decode("utf-16-le").splitlines(keepends=True)
    kept = [line for n, line in enumerate(lines) if n < 3 or line.split("\t")[2] == "11"]
    return "".join(kept).encode("utf-16-le")


def rows_of(path: Path) -> list[dict[str, str]]:
    """The file by Python's own csv module, without the product's readers."""
    lines = raw(path).decode("utf-16-le").lstrip("\ufeff").splitlines()[1:]
    return list(csv.DictReader(lines, delimiter="\t"))


def written(rows: list[dict[str, str]], code: str, subject: str) -> str:
    """The scale points of a unit as the file writes them."""
    column = next(name for name in rows[0] if f".{subject}." in name and name.endswith("Skalapoeng"))
    return next(row[column] for row in rows if row["Organisasjonsnummer"] == code)


@pytest.fixture
def report(db: None) -> AnnualReport:
    load_registers(by="test")
    owner = Unit.objects.get(code="1103")
    become_owner(unit=owner, by="test", report_name="Kvalitets- og utviklingsmelding")
    for path in sorted(FILES.glob("*Nasjonale*.xz")):
        reading = read_bytes(rogaland(path))
        assert reading.ok
        cells = [c for c in reading.cells if c.municipality == "1103" or c.unit_code in {"NO", "11", "1103"}]
        origin = Origin(reading.source, path.name, "ab" * 32, threshold=10, is_public=True, is_complete=False)
        publish(comparison=compare(cells=cells, origin=origin, owner=None), by=BERIT)
    made = start_report(owner=Unit.objects.select_related("settings").get(code="1103"), year=2024, by=BERIT)
    freeze(report=made, seen=queries.seen_digest(made), by=BERIT)
    return made


def test_the_stavanger_report_has_the_files_figures(report: AnnualReport) -> None:
    made = {
        (edition, one.kind): store.path_of(one.file_sha256).read_bytes()
        for edition in Edition
        for one in export(report=report, edition=edition, kinds=list(FileKind), by=BERIT)
    }
    assert len(made) == 6
    assert all(made[edition, FileKind.PDF].startswith(b"%PDF-1.7") for edition in Edition)
    fifth = rows_of(next(FILES.glob("2024-25*5._trinn*")))
    eighth = rows_of(next(FILES.glob("2024-25*ungdomstrinn*")))
    for edition in Edition:
        word = docx.Document(io.BytesIO(made[edition, FileKind.DOCX]))
        tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in word.tables]
        overview = next(t for t in tables if t[0][:3] == ["Hva vi måler", "Skoleår", "Stavanger"])
        assert {row[0]: row[2:5] for row in overview[1:]} == {
            f"{subject} {grade}. trinn": [written(rows, code, subject) for code in ("1103", "11", "I")]
            for grade, rows in ((5, fifth), (8, eighth))
            for subject in SUBJECTS
        }
        compared = schools_in_word(word, fifth, eighth)
        assert compared > 150
    slides = Presentation(io.BytesIO(made[Edition.PUBLIC, FileKind.PPTX]))
    shown = [
        [c.text for c in r.cells]
        for s in slides.slides
        for x in s.shapes
        if x.has_table
        for r in x.table.rows
    ]
    assert next(r for r in shown if r[0] == "Lesing 5. trinn")[2] == written(fifth, "1103", "Lesing")


def schools_in_word(word: object, fifth: list[dict[str, str]], eighth: list[dict[str, str]]) -> int:
    """Compare every school's sheet with the files; returns how many figures were compared."""
    # A school keeps the name it had when it was first read, so the names come from all the years.
    every = (row for path in FILES.glob("*Nasjonale*.xz") for row in rows_of(path))
    names = {
        " ".join(row["EnhetNavn"].split()): row["Organisasjonsnummer"]
        for row in every
        if row["Kommunekode"] == "1103"
    }
    compared, school = 0, ""
    for child in word.element.body.iterchildren():  # type: ignore[attr-defined]
        if child.tag.endswith("}p"):
            text = "".join(part.text or "" for part in child.iter() if part.tag.endswith("}t"))
            school = text.removesuffix(": tallene") if text.endswith(": tallene") else school
        elif child.tag.endswith("}tbl") and school:
            table = next(t for t in word.tables if t._tbl is child)  # type: ignore[attr-defined]
            for row in table.rows[1:]:
                label, newest = row.cells[0].text, row.cells[1].text
                subject, grade = label.split(" ", 1)
                rows = fifth if grade.startswith("5") else eighth
                if names[school] not in {r["Organisasjonsnummer"] for r in rows} or "(" in newest:
                    continue
                expected = written(rows, names[school], subject)
                if expected.replace(" ", "").isdigit():
                    assert newest == expected, (school, label)
                else:  # shielded (sometimes only the count says so), or nobody there: a reason, never a number
                    assert newest[:1] == "•" or (not expected and newest in MISSING), (school, label, newest)
                compared += 1
            school = ""
    return compared
