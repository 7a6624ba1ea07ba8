import io
import zipfile
from dataclasses import replace
from typing import Any

import pptx as python_pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.oxml.ns import qn

from tests.report.export.readers import png_of
from tests.report.export.sample import chart, hidden_table, sample, schools
from tettpaa.report.export import pptx
from tettpaa.report.export.glyphs import visible
from tettpaa.report.export.tree import Cell, Document, Figure, Slide, Table

any_text = st.text(alphabet=st.characters(exclude_categories=()), max_size=40)


def read(document: Document) -> Any:
    return python_pptx.Presentation(io.BytesIO(pptx.render(document, png_of)))


@pytest.fixture(scope="module")
def deck() -> Any:
    return read(sample())


def tables(slide: Any) -> list[Any]:
    return [shape for shape in slide.shapes if shape.has_table]


def pictures(slide: Any) -> list[Any]:
    return [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]


def test_every_slide_has_a_real_title_of_its_own(deck: Any) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles == [
        "Tilstandsrapport for grunnskolen 2026", "Elevene lærer som elever flest", "Nes ligger trolig under landet",
        "Ett år alene sier lite", "Forslag til vedtak",
    ]  # fmt: skip
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, rel=0.001)
    assert [layout.name for layout in deck.slide_layouts] == [
        "Title Slide",
        "Title and Content",
        "Title Only",
    ]


def test_bullets_are_in_the_layouts_own_placeholder(deck: Any) -> None:
    assert [p.text for p in deck.slides[1].placeholders[1].text_frame.paragraphs] == [
        "Lesing er løftet", "Regning står stille", "Flere trives",
    ]  # fmt: skip
    assert [p.text for p in deck.slides[0].placeholders[1].text_frame.paragraphs] == [
        "Til behandling i kommunestyret 17. februar 2027", "Fjordvik kommune",
    ]  # fmt: skip


def test_pictures_and_tables_have_alt_text_and_notes_hold_the_data(deck: Any) -> None:
    picture = pictures(deck.slides[2])[0]
    assert picture._element.nvPicPr.cNvPr.get("descr") == "Linje for Nes skole 2017–2025: fra 49,2 til 47,4."
    assert picture.width / picture.height == pytest.approx(2)
    assert deck.slides[2].notes_slide.notes_text_frame.text.split("\n") == [
        "Nes: 47,4. Landet: 50.", "Linje for Nes skole 2017–2025: fra 49,2 til 47,4.",
    ]  # fmt: skip
    frame = tables(deck.slides[3])[0]
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == "Tabell 3.2 Regning på 5. trinn, 2025–26"
    assert deck.slides[3].notes_slide.notes_text_frame.text.split("\n") == [
        "Lia har 6 elever.",
        "Tabell 3.2 Regning på 5. trinn, 2025–26",
        "Breidablikk – Elever: 41; Skalapoeng: 50,4; Laveste nivå: 12 %",
        "Haugen – Elever: 27; Skalapoeng: 49,6; Laveste nivå: •1 (Skjult for at andre tall ikke skal kunne regnes ut)",
        "Lia – Elever: 6; Skalapoeng: •2 (Skjult: under 10 elever); Laveste nivå: •2 (Skjult: under 10 elever)",
        "Strand – Elever: 0 av 24; Skalapoeng: –; Laveste nivå: –",
    ]


def test_tables_have_a_header_row_and_hatched_hidden_cells(deck: Any) -> None:
    table = tables(deck.slides[3])[0].table
    assert (table.first_row, table.first_col, table.horz_banding) == (True, True, False)
    assert [cell.text for cell in table.rows[0].cells] == ["Skole", "Elever", "Skalapoeng", "Laveste nivå"]
    assert [cell.text for cell in table.rows[3].cells] == ["Lia", "6", "•2", "•2"]
    assert len(table._tbl.findall(f".//{qn('a:pattFill')}")) == 3
    shown = [shape.text_frame.text for shape in deck.slides[3].shapes if shape.has_text_frame]
    remarks = "\n".join(hidden_table().remarks)
    assert remarks in shown


def test_everything_stays_on_the_slide_and_nothing_overlaps_the_foot(deck: Any) -> None:
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
        for shape in (*pictures(slide), *tables(slide)):
            assert shape.top + shape.height <= python_pptx.util.Inches(6.88)


def test_shapes_on_a_slide_have_ids_of_their_own(deck: Any) -> None:
    for page in (*deck.slides, deck.slide_master, *deck.slide_layouts):
        ids = page.shapes._spTree.xpath(".//p:cNvPr/@id")
        assert len(ids) == len(set(ids))


def test_every_slide_but_the_cover_has_foot_and_number(deck: Any) -> None:
    for slide in list(deck.slides)[1:]:
        kinds = {shape.placeholder_format.type: shape for shape in slide.placeholders}
        assert kinds[PP_PLACEHOLDER.FOOTER].text_frame.text.startswith(
            "Fjordvik kommune · offentlig utgave · Versjon"
        )
        assert kinds[PP_PLACEHOLDER.SLIDE_NUMBER]._element.find(f".//{qn('a:fld')}").get("type") == "slidenum"
    cover = [shape.text_frame.text for shape in deck.slides[0].shapes]
    assert any(text.startswith("offentlig utgave · Versjon 0.9") for text in cover)


@pytest.mark.parametrize(("language", "tag"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_every_run_is_marked_with_its_language(language: str, tag: str) -> None:
    deck = read(sample(language=language))
    runs = [run for slide in deck.slides for run in slide._element.iter(qn("a:r"))]
    assert {run.find(qn("a:rPr")).get("lang") for run in runs} == {tag}
    assert deck.core_properties.language == tag
    assert (deck.core_properties.title, deck.core_properties.author) == (
        "Tilstandsrapport for grunnskolen 2026", "Fjordvik kommune",
    )  # fmt: skip


def test_a_long_table_goes_on_over_slides_with_titles_of_their_own() -> None:
    deck = read(sample(slides=(Slide("Skolene", ("Alfabetisk",), table=schools(30)),)))
    assert [slide.shapes.title.text_frame.text for slide in deck.slides][1:] == [
        "Skolene (del 1 av 3)", "Skolene (del 2 av 3)", "Skolene (del 3 av 3)",
    ]  # fmt: skip
    names = [
        row.cells[0].text for slide in list(deck.slides)[1:] for row in list(tables(slide)[0].table.rows)[1:]
    ]
    assert names == [row[0].text for row in schools(30).rows]


@settings(max_examples=25)
@given(any_text)
def test_any_text_comes_out_literally(text: str) -> None:
    table = Table("T" + text, ("A" + text, text), ((Cell(text), Cell(text)),), note=text)
    figure = Figure(chart(), "x" + text, "c" + text, text)
    slides = (Slide("x" + text, (text, "b" + text), figure), Slide("y" + text, table=table))
    deck = read(replace(sample(slides=slides), title="x" + text, owner=text, subtitle=text))
    shown = visible(text)
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == [
        f"x{shown}",
        f"x{shown}",
        f"y{shown}",
    ]
    assert [p.text for p in deck.slides[1].placeholders[1].text_frame.paragraphs] == [shown, f"b{shown}"]
    assert pictures(deck.slides[1])[0]._element.nvPicPr.cNvPr.get("descr") == f"x{shown}"
    cells = [cell.text for row in tables(deck.slides[2])[0].table.rows for cell in row.cells]
    assert cells == [f"A{shown}", shown, shown, shown]


def test_many_long_bullets_get_smaller_letters() -> None:
    def size(*bullets: str) -> float:
        slide = read(sample(slides=(Slide("A", bullets),))).slides[1]
        return float(slide.placeholders[1].text_frame.paragraphs[0].runs[0].font.size.pt)

    assert size("Kort") == 24
    assert (
        size(*["En nokså lang setning som sier noe om hvordan det går med elevene og skolene våre i år"] * 6)
        == 18
    )
    assert size(*["x" * 400] * 12) == 14


def test_a_deck_without_slides_or_subtitle_is_a_cover() -> None:
    deck = read(sample(slides=(), subtitle="", owner="", frozen_on=None))
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == [
        "Tilstandsrapport for grunnskolen 2026"
    ]
    assert deck.core_properties.created.year == 2000


def test_one_column_tables_and_figures_alone_and_no_embedded_data() -> None:
    table = Table("T", ("Skole",), ((Cell("Nes"),),), row_headers=False)
    slides = (Slide("A", table=table), Slide("B", figure=Figure(chart(), "x")), Slide("C"))
    data = pptx.render(sample(slides=slides), png_of)
    deck = python_pptx.Presentation(io.BytesIO(data))
    notes = [slide.notes_slide.notes_text_frame.text for slide in list(deck.slides)[1:]]
    assert notes == ["T\nNes", "x", ""]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        unwanted = ("embeddings", "charts", "thumbnail", "printerSettings")
        assert not [name for name in parts.namelist() if any(word in name for word in unwanted)]
