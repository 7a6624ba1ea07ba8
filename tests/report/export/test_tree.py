from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.export.sample import hidden_table, sample
from tettpaa.report.export.canonical import checksum, from_json, to_json
from tettpaa.report.export.tree import (
    Box,
    Cell,
    Document,
    Figure,
    Paragraph,
    Question,
    Section,
    Slide,
    Strip,
    Table,
    TreeError,
)
from tettpaa.report.export.words import day, imprint

BARE: dict[str, Any] = {
    "title": "T", "owner": "O", "language": "nb", "edition": "public", "edition_label": "offentlig utgave",
}  # fmt: skip


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Figure("<svg/>", " "), "a figure needs a text alternative"),
        (lambda: Cell("7", hidden=True), "a hidden cell must say why"),
        (lambda: Cell("7", True, "få", Strip(1, 2, 3, 0, 4)), "a hidden cell may not draw its interval"),
        (lambda: Cell("", strip=Strip(1, 2, 3, 0, 4)), "a strip must also be told in words"),
        (lambda: Strip(1, 2, 5, 0, 4), "a strip needs start <= low <= point <= high <= end"),
        (lambda: Strip(2, 2, 2, 2, 2), "a strip needs start <= low <= point <= high <= end"),
        (lambda: Table("", ("A",), ()), "a table needs a caption and a header"),
        (lambda: Table("T", (), ()), "a table needs a caption and a header"),
        (lambda: Table("T", ("A", "B"), ((Cell("1"),),)), "every row must be as long as the header"),
        (lambda: Table("T", ("A",), (), numeric=(1,)), "a numeric column lies outside the table"),
        (lambda: Box(Question.SEE, (Box(Question.WHY, ()),)), "a box may not hold a box"),
        (lambda: Section("1", ""), "a section needs a title"),
        (lambda: Section("1", "A", level=4), "a section's level is 1, 2 or 3"),
        (lambda: Section("1", "A", subsections=(Section("1.1", "B", level=3),)), "a heading level is skipped"),
        (lambda: Slide(" "), "a slide needs a title"),
        (lambda: Slide("A", figure=Figure("<svg/>", "x"), table=hidden_table()), "a slide holds a figure or a table"),
        (lambda: Document(**BARE | {"title": ""}), "a document needs a title"),
        (lambda: Document(**BARE | {"language": "sv"}), "unknown language 'sv'"),
        (lambda: Document(**BARE | {"edition": "secret"}), "unknown edition 'secret'"),
        (lambda: Document(**BARE | {"edition_label": ""}), "a document must name its edition"),
        (lambda: Document(**BARE, accent="red"), "the accent must be written #rrggbb"),
        (lambda: Document(**BARE, accent='#0b5a6b"'), "the accent must be written #rrggbb"),
        (lambda: Document(**BARE, sections=(Section("1", "A", level=2),)), "a document's sections are chapters"),
    ],
)  # fmt: skip
def test_the_tree_refuses_what_no_reader_could_use(make: Any, message: str) -> None:
    with pytest.raises(TreeError) as told:
        make()
    assert str(told.value).startswith(message)


def test_a_hidden_cell_is_marked_and_explained_under_the_table() -> None:
    table = hidden_table()
    assert table.reasons == ("Skjult for at andre tall ikke skal kunne regnes ut", "Skjult: under 10 elever")
    assert [table.marker(cell) for cell in table.rows[2] if cell.hidden] == ["•2", "•2"]
    assert table.remarks == (
        "•1 Skjult for at andre tall ikke skal kunne regnes ut",
        "•2 Skjult: under 10 elever",
        "Tall for ett år. «–» betyr at ingen deltok.",
    )
    one = replace(table, rows=table.rows[:2], note="")
    assert one.marker(one.rows[1][3]) == "•"
    assert one.remarks == ("• Skjult for at andre tall ikke skal kunne regnes ut",)
    assert replace(one, rows=()).remarks == ()


def test_canonical_json_is_lossless_and_stable() -> None:
    document = sample()
    assert from_json(to_json(document)) == document
    assert to_json(from_json(to_json(document))) == to_json(document)


@settings(max_examples=60)
@given(st.text(), st.text(alphabet=st.characters()), st.none() | st.dates())
def test_any_text_survives_canonical_json(title: str, text: str, frozen_on: date | None) -> None:
    document = Document(
        **BARE | {"title": "x" + title},
        frozen_on=frozen_on,
        sections=(Section("1", "A", (Paragraph(text),)),),
    )
    assert from_json(to_json(document)) == document


def test_the_checksum_covers_everything_but_itself() -> None:
    document = sample()
    assert checksum(document) == document.checksum
    assert checksum(replace(document, checksum="anything")) == document.checksum
    assert checksum(replace(document, subtitle="Noe annet")) != document.checksum
    changed = replace(document.sections[0], title="Annen tittel")
    assert checksum(replace(document, sections=(changed, *document.sections[1:]))) != document.checksum


@pytest.mark.parametrize(
    "text",
    ["", "[]", "7", '{"kind":"Paragraph","text":"x"}', '{"kind":"Unknown"}', '{"title":"x"}',
     '{"kind":"Document","title":"x","nonsense":1}', '{"kind":"Box","question":"what","blocks":[]}'],
)  # fmt: skip
def test_what_is_not_a_document_is_refused(text: str) -> None:
    with pytest.raises(TreeError):
        from_json(text)


def test_questions_are_numbered_in_their_order() -> None:
    assert [question.number for question in Question] == [1, 2, 3, 4, 5]


def test_the_imprint_says_version_freeze_and_checksum() -> None:
    frozen = date(2026, 11, 20)
    assert imprint("Versjon 0.9", frozen, "7c1e90ab44", "nb") == (
        "Versjon 0.9 · frosne tall 20. november 2026 · kontrollsum 7c1e 90ab"
    )
    assert imprint("", None, "", "nn") == "utkast, tala er ikkje frosne"
    assert imprint("Version 1", frozen, "", "en") == "Version 1 · figures frozen 20 November 2026"
    assert day(date(2027, 1, 3), "nn") == "3. januar 2027"
