import io
import zipfile
from dataclasses import replace
from typing import Any

import docx as python_docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.export.readers import html_texts, png_of, words
from tests.report.export.sample import chart, sample, schools
from tettpaa.report.export import docx, html
from tettpaa.report.export.glyphs import visible
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
    Table,
)
from tettpaa.report.export.words import imprint

any_text = st.text(alphabet=st.characters(exclude_categories=()), max_size=40)


def read(document: Document) -> Any:
    return python_docx.Document(io.BytesIO(docx.render(document, png_of)))


@pytest.fixture(scope="module")
def word() -> Any:
    return read(sample())


def test_headings_lists_and_captions_are_real_styles(word: Any) -> None:
    styled = [(paragraph.style.name, paragraph.text) for paragraph in word.paragraphs]
    assert styled[:6] == [
        ("Owner", "Fjordvik kommune"),
        ("Title", "Tilstandsrapport for grunnskolen 2026"),
        ("Subtitle", "Til behandling i kommunestyret 17. februar 2027"),
        ("Normal", "offentlig utgave"),
        ("Note", imprint("Versjon 0.9", sample().frozen_on, sample().checksum, "nb")),
        ("Contents Heading", "Innhold"),
    ]  # fmt: skip
    assert [pair for pair in styled if pair[0].startswith("Heading")] == [
        ("Heading 1", "0 Sammendrag for folkevalgte"),
        ("Heading 1", "1 Om meldingen"),
        ("Heading 2", "1.1 Slik leser du tallene"),
        ("Heading 3", "1.1.1 Skjulte tall"),
        ("Heading 1", "3 Læringsresultater"),
        ("Heading 2", "3.2 Regning på 5. trinn"),
        ("Heading 2", "3.3 Ett år alene"),
    ]
    assert [text for style, text in styled if style == "Caption"] == [
        "Tabell 0.1 Målene våre", "Tabell 3.1 Skolene mot landet, tre år samlet", "Nes skole, år for år",
        "Tabell 3.2 Regning på 5. trinn, 2025–26",
    ]  # fmt: skip
    counts = {
        name: [style for style, _ in styled].count(name) for name in ("List Bullet", "List Number", "Lead")
    }
    assert counts == {"List Bullet": 7, "List Number": 2, "Lead": 3}
    assert [style for style, _ in styled].count("Proposed Number") == 3


def test_the_text_equals_the_preview(word: Any) -> None:
    """All words after the contents, tables in place; a strip is told in words here, and drawn there."""
    body = list(word.element.body)
    start = next(index for index, part in enumerate(body) if part.tag == qn("w:sdt")) + 1
    told = []
    for part in body[start:]:
        for paragraph in part.iter(qn("w:p")):
            told += words("".join(text.text or "" for text in paragraph.iter(qn("w:t"))))
    plain = replace(sample(), sections=tuple(without_strips(section) for section in sample().sections))
    assert told == words(" ".join(html_texts(html.render(plain, lambda figure: figure.key))))


def without_strips(section: Section) -> Section:
    blocks = tuple(
        replace(block, rows=tuple(tuple(replace(cell, strip=None) for cell in row) for row in block.rows))
        if isinstance(block, Table)
        else block
        for block in section.blocks
    )
    return replace(section, blocks=blocks, subsections=tuple(map(without_strips, section.subsections)))


def test_tables_have_our_style_a_repeated_header_row_and_alt_text(word: Any) -> None:
    assert [table.style.name for table in word.tables] == ["Tett Table"] * 3
    for table in word.tables:
        rows = table._tbl.findall(qn("w:tr"))
        repeated = [row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in rows]
        assert repeated == [True] + [False] * (len(rows) - 1)
        assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in rows)
    captions = [table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for table in word.tables]
    assert captions[2] == "Tabell 3.2 Regning på 5. trinn, 2025–26"
    assert [cell.text for cell in word.tables[2].rows[3].cells] == ["Lia", "6", "•2", "•2"]
    hatched = word.tables[2]._tbl.findall(f".//{qn('w:shd')}")
    assert [shade.get(qn("w:val")) for shade in hatched] == ["thinDiagStripe"] * 3


def test_pictures_have_alt_text_and_the_width_of_their_svg(word: Any) -> None:
    assert [shape._inline.docPr.get("descr") for shape in word.inline_shapes] == [
        "Linje for Nes skole fra 2017 til 2025. Nivået har falt fra 49,2 til 47,4, landet ligger på 50."
    ]
    assert word.inline_shapes[0].width.pt == 452
    wide = read(sample(sections=(Section("1", "A", (Figure(chart(width=900), "x"),)),)))
    assert wide.inline_shapes[0].width.mm == pytest.approx(162)


def test_the_contents_are_written_and_link_to_bookmarks(word: Any) -> None:
    block = word.element.body.find(qn("w:sdt"))
    links = block.findall(f".//{qn('w:hyperlink')}")
    shown = ["".join(text.text for text in link.iter(qn("w:t"))) for link in links]
    assert shown == [
        "0 Sammendrag for folkevalgte", "1 Om meldingen", "1.1 Slik leser du tallene", "3 Læringsresultater",
        "3.2 Regning på 5. trinn", "3.3 Ett år alene",
    ]  # fmt: skip
    bookmarks = {mark.get(qn("w:name")) for mark in word.element.body.iter(qn("w:bookmarkStart"))}
    assert {link.get(qn("w:anchor")) for link in links} < bookmarks
    codes = [code.text.strip() for code in block.iter(qn("w:instrText"))]
    assert codes[0] == 'TOC \\o "1-2" \\h \\z \\u'
    assert [mark.get(qn("w:fldCharType")) for mark in block.iter(qn("w:fldChar"))].count("begin") == len(
        codes
    )
    assert word.settings.element.find(qn("w:updateFields")).get(qn("w:val")) == "true"


def test_head_and_foot_name_edition_version_and_page(word: Any) -> None:
    section = word.sections[0]
    assert [paragraph.text for paragraph in section.header.paragraphs] == [
        "Tilstandsrapport for grunnskolen 2026\tFjordvik kommune · offentlig utgave",
        "\tTil behandling i kommunestyret 17. februar 2027",
    ]
    foot = section.footer.paragraphs[0]
    assert foot.text.endswith("\tside 1 av 1")
    assert [code.text.strip() for code in foot._p.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert section.different_first_page_header_footer
    short = read(sample(running_left="", running_right="")).sections[0].header.paragraphs
    assert [p.text for p in short] == [
        "Tilstandsrapport for grunnskolen 2026\tFjordvik kommune · offentlig utgave"
    ]


@pytest.mark.parametrize(("language", "tag"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_language_and_properties(language: str, tag: str) -> None:
    word = read(sample(language=language))
    assert word.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == tag
    core = word.core_properties
    assert (core.title, core.author, core.language) == (
        "Tilstandsrapport for grunnskolen 2026",
        "Fjordvik kommune",
        tag,
    )
    assert (core.comments, core.subject, str(core.created.date())) == ("", "offentlig utgave", "2026-11-20")


@settings(max_examples=25)
@given(any_text)
def test_any_text_comes_out_literally(text: str) -> None:
    blocks = (
        Lead(text, "x" + text), Paragraph(text), Bullets((text,)), Note(text), Proposals((text,), "x" + text),
        Table("T" + text, (text,), ((Cell(text),),), note=text), Figure(chart(), "x" + text, "x" + text, text),
        Box(Question.PROPOSE, (Paragraph(text), Bullets((text,)), Proposals((text,)))),
    )  # fmt: skip
    document = replace(sample(sections=(Section("1", "x" + text, blocks),)), title="x" + text, owner=text)
    word = read(document)
    shown = visible(text)
    told = [paragraph.text for paragraph in word.paragraphs]
    assert told[:2] == [shown, f"x{shown}"]
    assert told[6:13] == [f"1 x{shown}", shown, f"x{shown}", shown, shown, shown, f"x{shown}"]
    assert [cell.text for row in word.tables[0].rows for cell in row.cells] == [shown, shown]
    assert word.inline_shapes[0]._inline.docPr.get("descr") == f"x{shown}"
    assert word.core_properties.title == f"x{shown}"[:255]


def test_each_list_of_proposals_starts_at_one() -> None:
    lists = (Proposals(("A", "B")), Proposals(("C",)))
    word = read(sample(sections=(Section("1", "A", lists),)))
    numbers = [p._p.pPr.numPr.numId.val for p in word.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]
    assert word.part.numbering_part.element.findall(qn("w:num"))[-1].find(qn("w:lvlOverride")) is not None


def test_only_what_we_propose_is_tinted(word: Any) -> None:
    tinted = [p.text for p in word.paragraphs if p.style.name.startswith(("Proposed", "Question Proposed"))]
    assert tinted[:2] == ["5 Hva foreslår vi?", "Forslag til vedtak"]
    assert len(tinted) == 5
    assert word.styles["Proposed"].element.find(f".//{qn('w:shd')}").get(qn("w:fill")) == "EBF2F3"


def test_no_embedded_workbook_and_no_leftovers_of_the_library() -> None:
    with zipfile.ZipFile(io.BytesIO(docx.render(sample(), png_of))) as parts:
        names = parts.namelist()
        everything = b"".join(parts.read(name) for name in names)
    unwanted = ("embeddings", "chart", "thumbnail", "stylesWithEffects")
    assert not [name for name in names if any(word in name for word in unwanted)]
    assert b"generated by python-docx" not in everything


def test_an_empty_document_can_be_exported() -> None:
    assert [p.text for p in read(sample(sections=(), subtitle="")).paragraphs][:3] == [
        "Fjordvik kommune", "Tilstandsrapport for grunnskolen 2026", "offentlig utgave",
    ]  # fmt: skip
    assert read(sample(frozen_on=None)).core_properties.created.year == 2000


def test_forty_schools_do_not_take_long() -> None:
    table = schools(40)
    word = read(sample(sections=tuple(Section(str(n), "A", (table,) * 10) for n in range(6))))
    assert len(word.tables) == 60
