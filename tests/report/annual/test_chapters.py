"""The chapters found by discovery, the law, and how typed text becomes blocks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.report.annual import chapters as chapters_module
from tettpaa.report.annual.chapters import chapter, chapters
from tettpaa.report.annual.urls import urlpatterns
from tettpaa.report.annual.wording import lines_of, listed, lower_first, short_name, tell, typed
from tettpaa.report.export.tree import Bullets, Paragraph
from tettpaa.work.yearwheel.laws import law, laws


def test_the_chapters_of_the_first_form_are_there_in_order() -> None:
    assert [(part.number, part.key) for part in chapters()] == [
        ("0", "sammendrag"),
        ("1", "om"),
        ("2", "skolene"),
        ("3", "laeringsmiljo"),
        ("4", "laeringsresultater"),
        ("5", "gjennomforing"),
        ("6", "satsinger"),
        ("7", "dialog"),
        ("8", "kompetanse"),
        ("9", "medvirkning"),
        ("11", "vurdering"),
        ("V", "vedlegg"),
    ]
    assert sum(len(part.expected) for part in chapters()) == 14


def test_chapters_of_results_have_the_same_five_boxes() -> None:
    for key in ("laeringsmiljo", "laeringsresultater", "gjennomforing"):
        part = chapter(key)
        assert part is not None
        assert [box.key for box in part.boxes] == ["see", "sure", "why", "done", "propose"]
        assert [box.is_expected for box in part.boxes] == [False, False, True, True, True]


def test_every_title_and_help_is_in_three_languages() -> None:
    for part in chapters():
        for words in (part.title, part.about, *(w for box in part.boxes for w in (box.title, box.help))):
            assert all((words.nb, words.nn, words.en))


def test_no_chapter_has_the_name_of_another_page() -> None:
    fixed = {str(route.pattern).split("/")[3] for route in urlpatterns if str(route.pattern).count("/") >= 4}
    assert {part.key for part in chapters()} & fixed == set()
    assert {"ny", "les", "utkast", "frys", "fil"} & {part.key for part in chapters()} == set()


def test_an_unknown_chapter_or_box_is_none_and_keyerror() -> None:
    assert chapter("finnes-ikke") is None
    with pytest.raises(KeyError):
        chapters()[0].box("finnes-ikke")


def test_two_chapters_in_one_place_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twin = chapters()[0]
    monkeypatch.setattr(chapters_module, "import_module", lambda name: type("M", (), {"CHAPTER": twin}))
    with pytest.raises(ValueError, match="same key"):
        chapters.__wrapped__()


def test_a_rule_of_law_is_cited_only_while_it_holds() -> None:
    assert law("yearly_information", date(2024, 7, 31)) is None
    rule = law("yearly_information", date(2024, 8, 1))
    assert rule is not None
    assert rule.sentence("nb").endswith("(Opplæringslova §\u00a017-12.)")
    assert "éin gong" in rule.sentence("nn")
    assert law("unknown", date(2026, 1, 1)) is None


def test_the_law_is_never_said_to_require_the_report() -> None:
    for rule in laws():
        for text in rule.text.values():
            assert "lovpålagt" not in text
            assert "tilstandsrapport" not in text.lower()
        assert rule.checked_on >= rule.valid_from
        assert rule.source


def test_typed_text_becomes_paragraphs_and_points() -> None:
    text = "Skolene sier to ting.\nDe er enige.\n\n- Lite tid\n• Mange bytter\nSlutt.\n\n  \n* En til"
    assert typed(text) == (
        Paragraph("Skolene sier to ting. De er enige."),
        Bullets(("Lite tid", "Mange bytter")),
        Paragraph("Slutt."),
        Bullets(("En til",)),
    )
    assert typed("Foran\n- punkt") == (Paragraph("Foran"), Bullets(("punkt",)))
    assert typed("  ") == ()


@given(st.text())
def test_nothing_typed_is_lost(text: str) -> None:
    shown = " ".join(
        word
        for block in typed(text)
        for part in (block.items if isinstance(block, Bullets) else (block.text,))  # type: ignore[union-attr]
        for word in part.split()
    )
    marks = {"-", "–", "•", "*"}
    assert [w for w in shown.split() if w not in marks] == [w for w in text.split() if w not in marks]


def test_points_to_vote_on_are_one_a_line() -> None:
    assert lines_of("1. Be om status\n2) Sette av midler\n\n- Tredje\n2026 er året") == (
        "Be om status",
        "Sette av midler",
        "Tredje",
        "2026 er året",
    )


def test_names_in_lists_and_columns() -> None:
    assert listed([], "nb") == ""
    assert listed(["a"], "nb") == "a"
    assert listed(["a", "b", "c"], "nn") == "a, b og c"
    assert listed(["svar, elever", "svar, foreldre"], "nb") == "svar, elever og svar, foreldre"
    assert listed(["a, b", "c", "d"], "nb") == "a, b; c og d"
    assert short_name("Nes skole") == "Nes"
    assert short_name("Skole") == "Skole"
    assert short_name("Fogn oppvekstsenter Avdeling skule") == "Fogn oppvekstsenter …"
    assert lower_first("Lesing 5. trinn") == "lesing 5. trinn"
    assert lower_first("SFO") == "SFO"
    assert tell({"k": chapters_module_pair()}, "k", "nn", n=2) == "to 2"


def chapters_module_pair() -> object:
    from tettpaa.report.annual.wording import Pair

    return Pair("en {n}", "to {n}")
