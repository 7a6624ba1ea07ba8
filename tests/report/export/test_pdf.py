import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.export.readers import (
    FONTS,
    html_texts,
    own_fonts,
    pdf_reading_order,
    poppler,
    structure,
    words,
)
from tests.report.export.sample import chart, sample
from tettpaa.report.export import glyphs, html, pdf
from tettpaa.report.export.glyphs import Coverage, coverage, in_typst
from tettpaa.report.export.tree import (
    Box,
    Bullets,
    Cell,
    Document,
    Figure,
    Lead,
    Note,
    Paragraph,
    Proposals,
    Question,
    Section,
    Strip,
    Table,
)

any_text = st.text(alphabet=st.characters(exclude_categories=()), max_size=40)
HARD = ("😀👨\u200d👩\u200d👧", "日本", "שלום עולם", "مرحبا", "a\u0337\u0301\u0323", "\u202eabc", "\x00\x0b\x1b", "ก็", "\ue000",
        "\U0001f3f4\U000e0067", "\u200d\ufe0f\u00ad", "áçđŋšŧž ÁČĐŊŠŦŽ", "\ufeff", "x\u20dd", "\u0301")  # fmt: skip


def small(text: str, **changes: Any) -> Document:
    """A document with this text in every place a text can stand."""
    table = Table(
        "T" + text, ("A", text), ((Cell(text), Cell("", hidden=True, reason="x" + text)),), note=text
    )
    blocks = (
        Lead(text, text), Paragraph(text), Bullets((text,)), Note(text), Proposals((text,), text), table,
        Figure(chart(name="Nes"), "x" + text, text, text), Box(Question.WHY, (Paragraph(text),)),
    )  # fmt: skip
    document = sample(sections=(Section(text, "x" + text, blocks),), slides=())
    return replace(document, title="x" + text, owner=text, subtitle=text, running_right=text, **changes)


@pytest.fixture(scope="module", params=["own fonts", "fonts inside typst"])
def rendered(request: pytest.FixtureRequest) -> bytes:
    return pdf.render(sample(), own_fonts() if request.param == "own fonts" else None)


def test_pdfua_finds_nothing(rendered: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(rendered)
    done = subprocess.run(
        [sys.executable, "-m", "pdfua", "check", "--format", "json", str(path)],
        capture_output=True,
        check=False,
    )
    told = json.loads(done.stdout)
    report = told[0] if isinstance(told, list) else told
    assert report["findings"] == []


def test_the_pdf_declares_both_standards_language_and_title(rendered: bytes) -> None:
    with pikepdf.open(io.BytesIO(rendered)) as file:
        meta = file.open_metadata()
        assert (meta["pdfuaid:part"], meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("1", "2", "A")
        assert meta["dc:title"] == "Tilstandsrapport for grunnskolen 2026"
        assert str(file.Root.Lang) == "nb-NO"
        assert bool(file.Root.MarkInfo.Marked)
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)


def test_headings_bookmarks_alt_texts_and_header_scopes(rendered: bytes) -> None:
    with pikepdf.open(io.BytesIO(rendered)) as file:
        tags = list(structure(file))
        kinds = [str(tag.S) for tag in tags]
        levels = [int(kind[2]) for kind in kinds if kind in {"/H1", "/H2", "/H3", "/H4"}]
        assert levels == [1, 1, 1, 2, 3, 1, 2, 3, 3, 3, 3, 3, 2]
        alts = [str(tag.get("/Alt", "")) for tag in tags if str(tag.S) == "/Figure"]
        assert alts[0] == "48,7 til 52,1"
        assert len(alts) == 9
        assert alts[8].startswith("Linje for Nes skole fra 2017 til 2025.")
        scopes = [
            str(part.Scope) for tag in tags if str(tag.S) == "/TH" for part in tag.A if "/Scope" in part
        ]
        assert scopes == ["/Column"] * (3 + 5 + 4)
        assert kinds.count("/Table") == kinds.count("/THead") == 3
        with file.open_outline() as outline:
            titles = [(item.title, [part.title for part in item.children]) for item in outline.root]
    assert titles == [
        ("0 Sammendrag for folkevalgte", []),
        ("1 Om meldingen", ["1.1 Slik leser du tallene"]),
        ("3 Læringsresultater", ["3.2 Regning på 5. trinn", "3.3 Ett år alene"]),
    ]


def test_the_text_in_reading_order_equals_the_preview(rendered: bytes, tmp_path: Path) -> None:
    preview = html.render(sample(), lambda figure: figure.key)
    assert words(pdf_reading_order(rendered, tmp_path)) == words(" ".join(html_texts(preview)))


def test_every_page_names_edition_version_checksum_and_page(rendered: bytes, tmp_path: Path) -> None:
    pages = poppler("pdftotext", "-layout", data=rendered, folder=tmp_path).split("\f")[:-1]
    mark = sample().checksum
    for number, page in enumerate(pages, start=1):
        assert "offentlig utgave" in page
        assert f"Versjon 0.9 · frosne tall 20. november 2026 · kontrollsum {mark[:4]} {mark[4:8]}" in page
        assert (f"side {number} av {len(pages)}" in page) == (number > 1)
    assert "3 Læringsresultater" in pages[4].splitlines()[0] + pages[4].splitlines()[1]


def test_copied_text_has_no_hidden_characters(rendered: bytes, tmp_path: Path) -> None:
    text = poppler("pdftotext", data=rendered, folder=tmp_path)
    assert not {"\u2060", "\u200b", "\u00ad"} & set(text)


def test_what_looks_like_typst_is_text(tmp_path: Path) -> None:
    text = (
        '#read("/etc/passwd") *fet* _x_ $a$ @ref <mark> // nei /* */ = H 1. trinn - a + b ~ \\ `kode` "«#sys'
    )
    shown = poppler("pdftotext", "-layout", data=pdf.render(small(text)), folder=tmp_path)
    joined = " ".join(shown.split())
    assert joined.count('#read("/etc/passwd") *fet* _x_ $a$ @ref <mark>') >= 8
    assert "root:" not in joined


@settings(max_examples=120)
@given(any_text)
def test_no_text_stops_the_export(text: str) -> None:
    assert pdf.render(small(text), FONTS).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("fonts", [None, FONTS])
def test_no_known_hard_text_stops_the_export(fonts: Path | None) -> None:
    assert pdf.render(small(" ".join(HARD)), fonts).startswith(b"%PDF-1.7")
    for text in HARD:
        assert pdf.render(small(text), fonts).startswith(b"%PDF-1.7")


def test_the_fonts_inside_typst_draw_all_that_we_say_they_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_second_chance() -> Coverage:
        raise AssertionError("a character in the list is not drawn")

    monkeypatch.setattr(pdf, "narrowest", no_second_chance)
    paragraphs = tuple(Paragraph(char) for char in sorted(in_typst()) if char.strip())
    assert pdf.render(sample(sections=(Section("1", "A", paragraphs),)))


def test_a_font_that_draws_less_than_it_says_does_not_stop_the_export(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        pdf, "coverage", lambda _folder: Coverage.of([frozenset(map(chr, range(0x20, 0x20000)))])
    )
    text = poppler("pdftotext", data=pdf.render(small("Ærlig 😀")), folder=tmp_path)
    assert "xÆrlig □" in text


def test_characters_in_a_chart_do_not_stop_the_export() -> None:
    figure = Figure(chart(name="Nes 😀 &#x65e5; ŋ"), "x")
    assert pdf.render(sample(sections=(Section("1", "A", (figure,)),)), FONTS)


def test_a_broken_chart_is_told_as_such() -> None:
    with pytest.raises(pdf.PdfError, match="SVG"):
        pdf.render(sample(sections=(Section("1", "A", (Figure("<svg", "x"),)),)))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert pdf.render(sample()) == pdf.render(sample())
    assert pdf.render(sample(frozen_on=None)) == pdf.render(sample(frozen_on=None))


@pytest.mark.parametrize(
    ("language", "tag", "page"), [("nn", "nn-NO", "side 2 av"), ("en", "en-GB", "page 2 of")]
)
def test_the_other_languages(language: str, tag: str, page: str, tmp_path: Path) -> None:
    data = pdf.render(sample(language=language, edition="internal", edition_label="intern"))
    with pikepdf.open(io.BytesIO(data)) as file:
        assert str(file.Root.Lang) == tag
    assert page in poppler("pdftotext", data=data, folder=tmp_path)


def test_an_empty_document_can_be_exported() -> None:
    assert pdf.render(sample(sections=(), slides=()))
    empty = Table("T", ("A", "B"), ())
    assert pdf.render(sample(sections=(Section("", "A", (empty, Bullets(()), Proposals(()))),)))


def test_the_payload_is_data_fitted_to_the_fonts() -> None:
    document = small("\x07😀")
    data = json.loads(pdf.payload(document, coverage(None)))
    assert data["title"] == "x□□"
    assert data["sections"][0]["blocks"][0] == {"kind": "Lead", "text": "□□", "support": "□□"}
    assert data["words"]["contents"] == "Innhold"
    assert data["slides"] == []
    assert glyphs.BOX == "□"


def test_columns_share_the_width_so_that_short_texts_never_wrap() -> None:
    def columns(*lengths: int, strip: Strip | None = None) -> Any:
        row = (*(Cell("x" * length) for length in lengths), Cell("x", strip=strip))
        table = Table("T", ("A",) * len(row), (row,))
        data = json.loads(pdf.payload(sample(sections=(Section("1", "A", (table,)),)), coverage(None)))
        return data["sections"][0]["blocks"][0]["columns"]

    assert columns(10, 5, 20) == [1, 0, 0, 0]  # all fits: the first column takes up the slack
    assert columns(9, 76, 11, 90) == [0, 60, 0, 60, 0]  # long texts share what the short ones leave
    assert columns(*[14] * 8) == [1] + [0] * 8  # nothing is long, but they are many
    assert columns(10, 5, strip=Strip(1, 2, 3, 0, 4)) == [0, 0, 1]  # the drawing takes what is left


def test_a_long_chapter_name_is_shortened_in_the_running_head(tmp_path: Path) -> None:
    name = "Læringsresultater i hele kommunen og alt det andre vi vet om skolene våre"
    sections = (Section("4", name, tuple(Paragraph("Tekst. " * 400) for _ in range(3))),)
    pages = poppler(
        "pdftotext", "-layout", data=pdf.render(sample(sections=sections)), folder=tmp_path
    ).split("\f")
    head = pages[2].strip().splitlines()[0]
    assert head.startswith("4 Læringsresultater")
    assert " … " in head
    assert head.endswith("offentlig utgave")
