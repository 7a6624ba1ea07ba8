"""Files: figures in them equal the published ones, nothing confidential in public ones, LibreOffice opens them."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from django.core.management import CommandError, call_command
from pptx import Presentation

from tests.factories.cast import Cast
from tests.report.annual.staging import BERIT, publish_all, start, viewer, write
from tettpaa.core.audit.models import Event
from tettpaa.core.jobs.actions import enqueue, run
from tettpaa.core.jobs.models import Job
from tettpaa.data.indicators.definitions import definitions
from tettpaa.data.indicators.queries import Wanted, figures
from tettpaa.data.indicators.reckoning import counted_in
from tettpaa.data.stats.numbers import quantity
from tettpaa.data.suppression.kinds import Edition
from tettpaa.report.annual import queries, store
from tettpaa.report.annual.actions import export, freeze, render
from tettpaa.report.annual.actions.export import source_of
from tettpaa.report.annual.blocks.results import TESTS
from tettpaa.report.annual.drawing import Caption, Drawer, picture, png_of, remember
from tettpaa.report.annual.enums import FileKind
from tettpaa.report.annual.models import AnnualReport, Artefact
from tettpaa.report.annual.tasks import EXPORT, FREEZE
from tettpaa.report.export.tree import Figure

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SECRET_FORMS = ("37,7", "37.7")


def frozen_report(cast: Cast) -> AnnualReport:
    publish_all(cast)
    report = start(cast)
    write(report, cast, "sammendrag", "vedtak", "1. Be om status\n2. Sette av midler")
    freeze(report=report, seen=queries.seen_digest(report), by=BERIT)
    return report


def files(report: AnnualReport, edition: Edition) -> dict[str, bytes]:
    made = export(report=report, edition=edition, kinds=list(FileKind), by=BERIT)
    return {one.kind: store.path_of(one.file_sha256).read_bytes() for one in made}


def word_tables(content: bytes) -> dict[str, list[list[list[str]]]]:
    """Tables of a Word file by the paragraph above them; one caption may stand over several."""
    word = docx.Document(io.BytesIO(content))
    caption = ""
    found: dict[str, list[list[list[str]]]] = {}
    for child in word.element.body.iter():
        if child.tag.endswith("}p") and not any(a.tag.endswith("}tbl") for a in child.iterancestors()):
            caption = "".join(t.text or "" for t in child.iter() if t.tag.endswith("}t")) or caption
        elif child.tag.endswith("}tbl"):
            table = next(t for t in word.tables if t._tbl is child)
            found.setdefault(caption, []).append([[cell.text for cell in row.cells] for row in table.rows])
    return found


def package_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "".join(package.read(n).decode() for n in package.namelist() if n.endswith((".xml", ".rels")))


def pdf_text(content: bytes, folder: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    (folder / "r.pdf").write_bytes(content)
    return subprocess.run(
        ["pdftotext", "-layout", str(folder / "r.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout


def test_figures_in_word_equal_the_published_ones(cast: Cast) -> None:
    word = files(frozen_report(cast), Edition.PUBLIC)["docx"]
    tables = word_tables(word)
    units = [cast.fjordvik, cast.units["99"], cast.units["NO"]]
    published = {
        (f.indicator, f.unit): f
        for f in figures(
            viewer(cast, "dag"), units, Wanted(indicators=TESTS, periods=[2024]), edition=Edition.PUBLIC
        )
    }
    by_label = {
        row[0]: row[2:5]
        for table in tables["Læringsresultater: Fjordvik ved siden av fylket og landet"]
        for row in table
        if row[0] in {definitions()[key].short_names.nb for key in TESTS}
    }
    expected = {
        definitions()[key].short_names.nb: [
            quantity(
                published[key, code].value or 0,
                counted_in(definitions()[key]),
                definitions()[key].decimals,
                "nb",
            )
            for code in ("9901", "99", "NO")
        ]
        for key in ("np5_lesing", "np5_regning", "np8_lesing", "np9_lesing")
    }
    assert by_label == expected


def test_figures_in_pdf_and_slides_equal_those_in_word(cast: Cast, tmp_path: Path) -> None:
    made = files(frozen_report(cast), Edition.PUBLIC)
    tables = word_tables(made["docx"])["Læringsresultater: Fjordvik ved siden av fylket og landet"]
    wanted = next(row for table in tables for row in table if row[0] == "Lesing 5. trinn")[2:5]
    assert wanted == ["48", "49", "50"]
    line = next(
        text for text in pdf_text(made["pdf"], tmp_path).splitlines() if text.startswith("Lesing 5. trinn")
    )
    assert re.findall(r"\b\d\d\b(?!–)", line.split("2024–25")[1])[:3] == wanted
    slides = Presentation(io.BytesIO(made["pptx"]))
    cells = [
        [cell.text for cell in row.cells]
        for slide in slides.slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
    ]
    assert next(row for row in cells if row[0] == "Lesing 5. trinn")[2:5] == wanted
    assert 8 <= len(slides.slides) <= 10


def test_nothing_confidential_is_in_any_public_file(cast: Cast, tmp_path: Path) -> None:
    report = frozen_report(cast)
    public, internal = files(report, Edition.PUBLIC), files(report, Edition.INTERNAL)
    texts = {
        name: [package_text(made["docx"]), package_text(made["pptx"]), pdf_text(made["pdf"], tmp_path)]
        for name, made in (("public", public), ("internal", internal))
    }
    assert "37,7" in texts["internal"][0]
    assert "37,7" in texts["internal"][2]
    for text in texts["public"]:
        assert not any(form in text for form in SECRET_FORMS)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", [FileKind.DOCX, FileKind.PPTX])
def test_libreoffice_opens_the_files(cast: Cast, kind: FileKind, tmp_path: Path) -> None:
    publish_all(cast)
    tree, _ = source_of(start(cast), Edition.PUBLIC)
    path = tmp_path / f"rapport.{kind}"
    path.write_bytes(render(tree, kind))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path / "out"), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    content = (tmp_path / "out" / "rapport.pdf").read_bytes()
    text = pdf_text(content, tmp_path)
    assert "Fjordvik" in text
    assert "Lesing 5. trinn" in text


def test_a_file_is_made_once_for_the_same_content(cast: Cast) -> None:
    report = frozen_report(cast)
    first = export(report=report, edition=Edition.PUBLIC, kinds=[FileKind.PDF], by=BERIT)
    again = export(report=report, edition=Edition.PUBLIC, kinds=[FileKind.PDF], by="arne@example.test")
    assert first == again
    artefact = first[0]
    assert (
        artefact.file_name
        == str(artefact)
        == "Fjordvik-Tilstandsrapport-for-grunnskolen-2024-25-offentlig-utgave-v1.pdf"
    )
    assert artefact.frozen is not None
    assert artefact.size == store.path_of(artefact.file_sha256).stat().st_size
    assert Event.objects.filter(kind="annual.file_exported").count() == 1
    assert queries.artefact_of(report, artefact.pk) == artefact
    assert queries.artefact_of(report, 10**6) is None


def test_a_draft_says_that_it_is_one(cast: Cast, tmp_path: Path) -> None:
    publish_all(cast)
    report = start(cast)
    artefact = export(report=report, edition=Edition.PUBLIC, kinds=[FileKind.PDF], by=BERIT)[0]
    assert artefact.frozen is None
    assert "-Utkast-offentlig-utgave.pdf" in artefact.file_name
    pages = pdf_text(store.path_of(artefact.file_sha256).read_bytes(), tmp_path).split("\f")[:-1]
    assert all("Utkast" in page for page in pages)


def test_the_command_writes_a_draft_before_anybody_has_begun(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish_all(cast)
    target = tmp_path / "rapport.docx"
    call_command("report", owner="9901", year="2024-25", format="docx", output=str(target))
    told = capsys.readouterr()
    assert "Chapter 8 of 8" in told.err
    assert "stamped as a draft" in told.err
    assert str(target) in told.out
    assert "Utkast" in package_text(target.read_bytes())
    assert AnnualReport.objects.count() == 0


def test_the_command_writes_the_frozen_edition(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    frozen_report(cast)
    monkeypatch.chdir(tmp_path)
    call_command("report", owner="9901", year="2024-25", edition="internal", format="pptx")
    assert "draft" not in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [
        "Fjordvik-Tilstandsrapport-for-grunnskolen-2024-25-intern-utgave-v1.pptx"
    ]


@pytest.mark.parametrize(
    "options", [{"owner": "0000"}, {"owner": "99"}, {"year": "2024"}, {"year": "2024-26"}]
)
def test_the_command_names_what_is_wrong(cast: Cast, options: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        call_command("report", **{"owner": "9901", "year": "2024-25", **options})


def ordered(report: AnnualReport, work: str, **arguments: object) -> Job:
    job = enqueue(
        kind=work, arguments={"report": report.pk, "by": BERIT, **arguments}, by=BERIT, owner="9901"
    )
    run(job.pk)
    job.refresh_from_db()
    return job


def test_the_freeze_job_freezes_and_makes_the_public_files(cast: Cast) -> None:
    publish_all(cast)
    report = start(cast)
    seen = queries.seen_digest(report)
    job = ordered(report, FREEZE, version=1, seen=seen)
    assert (job.state, job.result["version"], job.share_pct) == ("done", 1, 100)
    made = Artefact.objects.filter(pk__in=job.result["artefacts"])
    assert {(one.kind, one.edition) for one in made} == {
        ("pdf", "public"),
        ("docx", "public"),
        ("pptx", "public"),
    }
    again = ordered(report, FREEZE, version=1, seen=seen)  # after a crash between freeze and files
    assert again.result == job.result
    assert AnnualReport.objects.get().version == 1


def test_the_freeze_job_stops_when_something_changed(cast: Cast) -> None:
    report = start(cast)
    job = ordered(report, FREEZE, version=1, seen="gammelt")
    assert job.result == {"changed": True, "seen": queries.seen_digest(report)}
    assert AnnualReport.objects.get().version == 0


def test_the_export_job_makes_one_file(cast: Cast) -> None:
    report = start(cast)
    job = ordered(report, EXPORT, edition="internal", kind="docx")
    assert [(one.kind, one.edition) for one in queries.artefacts_of(report)] == [("docx", "internal")]
    works = queries.works_of(report, job.pk)
    assert [[file.pk for file in work.files] for work in works] == [job.result["artefacts"]]
    assert queries.works_of(report) == []


def test_a_chart_is_drawn_once_and_kept(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    settings.CHART_CACHE = tmp_path
    drawn: list[object] = []
    svg = '<svg width="160" height="104"><text>a</text></svg>'
    monkeypatch.setattr(
        "tettpaa.report.annual.drawing.render.svg", lambda spec, theme: drawn.append(spec) or svg
    )
    now = Drawer("#0b5a6b", tmp_path / "navn")
    first = now.figure({"mark": "point"}, Caption("Ett punkt"))
    assert now.figure({"mark": "point"}, Caption("Ett punkt")) == first
    assert (len(drawn), first.svg) == (1, svg)
    pair = now.beside([("A & B", {"mark": "a"}), ("C", {"mark": "b"})], Caption("To"))
    assert 'viewBox="0 0 326 126"' in pair.svg
    assert "A &amp; B" in pair.svg
    assert pair.svg.count('<svg x="') == 2


def test_a_page_leaves_the_drawing_to_the_picture(
    tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    settings.CHART_CACHE = tmp_path
    monkeypatch.setattr("tettpaa.report.annual.drawing.render.svg", lambda spec, theme: "<svg>tegnet</svg>")
    names = tmp_path / "navn"
    later = Drawer("#0b5a6b", names, later=True).figure({"mark": "bar"}, Caption("Søyler"))
    assert later.svg == ""
    assert picture(names, later.key) == "<svg>tegnet</svg>"
    assert picture(tmp_path / "andre", later.key) is None
    assert picture(names, "../" + later.key) is None
    assert picture(names, "0" * 32) is None


def test_a_frozen_picture_is_its_own_svg(tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.CHART_CACHE = tmp_path
    frozen = Figure(svg="<svg>frosset</svg>", alt="Frosset", key="a" * 32)
    remember(tmp_path / "navn", frozen)
    assert picture(tmp_path / "navn", frozen.key) == frozen.svg
    next((tmp_path / "svg").iterdir()).unlink()
    assert picture(tmp_path / "navn", frozen.key) is None


def test_png_for_office_is_kept(tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.CHART_CACHE = tmp_path
    figure = Figure(svg='<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"></svg>', alt="Tom")
    made = png_of(figure)
    assert made.startswith(b"\x89PNG")
    kept = next((tmp_path / "png").iterdir())
    kept.write_bytes(b"fra lageret")
    assert png_of(figure) == b"fra lageret"
