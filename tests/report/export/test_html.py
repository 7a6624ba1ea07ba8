from dataclasses import replace
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.export.readers import html_tags, html_texts
from tests.report.export.sample import hidden_table, sample
from tettpaa.report.export.glyphs import visible
from tettpaa.report.export.html import anchor, element, render, render_blocks
from tettpaa.report.export.tree import (
    Box,
    Bullets,
    Cell,
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

any_text = st.text(alphabet=st.characters(exclude_categories=()))


def address_of(figure: Figure) -> str:
    return f"/figur/{figure.key}.svg"


def fragment(*blocks: Any) -> str:
    return render_blocks(blocks, "nb", address_of)


@settings(max_examples=200)
@given(any_text.filter(lambda text: bool(text.strip())))
def test_any_text_comes_out_literally(text: str) -> None:
    table = Table(text, (text,), ((Cell(text),), (Cell("", hidden=True, reason=text),)), note=text)
    figure = Figure("<svg/>", text, text, text, key="k")
    boxes = Box(Question.SEE, (Paragraph(text), Bullets((text,)), Proposals((text,), text)))
    shown = fragment(Lead(text, text), Note(text), table, figure, boxes)
    expected = visible(text)
    assert html_texts(shown) == [
        *[expected] * 6, "•", f"• {expected}", expected, expected, f"Kilde: {expected}", "1 Hva ser vi?", *[expected] * 4,
    ]  # fmt: skip
    attributes = {name: value for _, found in html_tags(shown) for name, value in found.items()}
    assert [attributes[name] for name in ("alt", "title", "aria-label")] == [expected] * 3
    assert {tag for tag, _ in html_tags(shown)} == {
        *(
            "p",
            "div",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "abbr",
            "figure",
            "figcaption",
            "img",
        ),
        *("section", "h3", "ul", "ol", "li"),
    }


def test_markup_in_a_text_is_text() -> None:
    assert fragment(Paragraph('<script>alert("1")</script> & "x"')) == (
        "<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &quot;x&quot;</p>"
    )
    assert element("p", {"title": '"><b'}, "&amp;") == '<p title="&quot;&gt;&lt;b">&amp;amp;</p>'


def test_headings_follow_the_levels_and_never_skip() -> None:
    shown = render(sample(), address_of)
    levels = [int(tag[1]) for tag, _ in html_tags(shown) if tag in {"h1", "h2", "h3", "h4", "h5"}]
    assert levels == [2, 2, 3, 4, 2, 3, 4, 4, 4, 4, 4, 3]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert html_tags(shown)[0] == ("article", {"class": "report", "lang": "nb"})


def test_every_section_can_be_linked_to() -> None:
    ids = [
        found["id"]
        for tag, found in html_tags(render(sample(), address_of))
        if tag == "section" and "id" in found
    ]
    assert ids == ["kap-0", "kap-1", "kap-1-1", "kap-1-1-1", "kap-3", "kap-3-2", "kap-3-3"]
    assert anchor(Section("", "Vedlegg")) == "kap-x"


def test_a_table_has_caption_scopes_and_marked_hidden_cells() -> None:
    shown = fragment(hidden_table())
    tags = html_tags(shown)
    assert [found["scope"] for tag, found in tags if tag == "th"] == ["col"] * 4 + ["row"] * 4
    assert [found.get("class") for tag, found in tags if tag == "td"].count("is-hidden") == 3
    assert [found.get("class") for tag, found in tags if tag == "td"].count("is-numeric") == 9
    assert [found["title"] for tag, found in tags if tag == "abbr"] == [
        "Skjult for at andre tall ikke skal kunne regnes ut", "Skjult: under 10 elever", "Skjult: under 10 elever",
    ]  # fmt: skip
    assert html_texts(shown)[0] == "Tabell 3.2 Regning på 5. trinn, 2025–26"
    plain = fragment(replace(hidden_table(), row_headers=False))
    assert [found["scope"] for tag, found in html_tags(plain) if tag == "th"] == ["col"] * 4


def test_a_hidden_cell_never_carries_its_text() -> None:
    table = Table("T", ("A",), ((Cell("48,7", hidden=True, reason="få"),),), row_headers=False)
    assert "48,7" not in fragment(table)


def test_a_strip_is_drawn_in_shares_of_its_axis_and_told_in_words() -> None:
    cell = Cell("48 til 52", strip=Strip(low=48, point=49, high=52, start=40, end=60, reference=50))
    tags = html_tags(fragment(Table("T", ("Skole", "Landet 50"), ((Cell("Nes"), cell),))))
    drawn = [(tag, found) for tag, found in tags if tag in {"svg", "line", "circle"}]
    assert [tag for tag, _ in drawn] == ["svg", "line", "line", "circle"]
    assert drawn[0][1]["aria-label"] == "48 til 52"
    assert drawn[1][1]["x1"] == drawn[1][1]["x2"] == "50.00%"
    assert (drawn[2][1]["x1"], drawn[2][1]["x2"]) == ("40.00%", "60.00%")
    assert drawn[3][1]["cx"] == "45.00%"
    alone = Cell("x", strip=Strip(48, 49, 52, 40, 60))
    assert [tag for tag, _ in html_tags(fragment(Table("T", ("A", "B"), ((Cell("Nes"), alone),))))].count(
        "line"
    ) == 1


def test_figures_are_fetched_by_address_and_never_inlined() -> None:
    figure = Figure("<svg onload='x'/>", "Linjen faller.", "Nes", "Udir", key="nes")
    assert fragment(figure) == (
        '<figure class="report-figure"><figcaption>Nes</figcaption>'
        '<img src="/figur/nes.svg" alt="Linjen faller." loading="lazy">'
        '<p class="report-source">Kilde: Udir</p></figure>'
    )
    assert fragment(Figure("<svg/>", "x")) == (
        '<figure class="report-figure"><img src="/figur/.svg" alt="x" loading="lazy"></figure>'
    )


def test_only_what_we_propose_is_tinted_and_words_follow_the_language() -> None:
    boxes = tuple(Box(question, ()) for question in Question)
    shown = render_blocks((*boxes, Proposals(("A",))), "nn", address_of)
    kinds = [found["class"] for tag, found in html_tags(shown) if tag == "section"]
    assert kinds == ["report-box"] * 4 + ["report-box report-box-propose"]
    assert html_texts(shown) == [
        "1 Kva ser vi?", "2 Kor sikkert er det?", "3 Kvifor kan det vere slik?", "4 Kva har vi gjort, og verka det?",
        "5 Kva foreslår vi?", "Framlegg til vedtak", "A",
    ]  # fmt: skip
