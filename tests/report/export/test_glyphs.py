import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.export.readers import own_fonts
from tettpaa.report.export.glyphs import BOX, Coverage, coverage, font_files, in_typst, narrowest, visible

LATIN = Coverage.of([frozenset("abcdefæøåé <>/&#;60"), frozenset("e\u0323\u0301x"), frozenset(BOX)])
any_text = st.text(alphabet=st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1. trinn", "1. trinn"),
        ("a\tb\r\nc\nd\u2028e", "a b c d e"),
        ("a\x00b\x07\x1b\x7f\x9f", "a□b□□□□"),
        ("\ud800x\ufffe\U0010ffff\ufdd0", "□x□□□"),
        ("ab\u202eba\u2066", "ab□ba□"),
        ("😀 日本 שלום", "😀 日本 שלום"),
    ],
)
def test_visible_shows_control_characters_and_keeps_the_rest(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(any_text)
def test_visible_gives_legal_xml_and_is_stable(text: str) -> None:
    shown = visible(text)
    assert re.fullmatch("[\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*", shown)
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("bade", "bade"),
        ("e\u0301", "é"),  # composed
        ("e\u0323", "e\u0323"),  # base and mark in one face, where the letter as one is not
        ("a\u0323", "a□"),  # each is drawn somewhere, but never together
        ("z\u0323", "□"),
        ("\u0323a", "□a"),  # a mark with nothing to stand on
        ("😀", "□"),
        ("a\u200db\u00adc", "abc"),  # joiners and soft hyphens
        ("\u200d", "□"),  # nothing else: never an empty text
        ("   ", "   "),
        ("6\u202f0 6\u20090", "6 0 6 0"),  # a space is never a box
        ("\ue000", "□"),
    ],
)
def test_fit_replaces_what_no_face_draws(text: str, shown: str) -> None:
    assert LATIN.fit(text) == shown


@given(any_text)
def test_fit_leaves_only_what_is_drawn_and_is_stable(text: str) -> None:
    shown = LATIN.fit(text)
    assert set(shown) <= LATIN.plain | {"\u0323", "\u0301", " "}
    assert LATIN.fit(shown) == shown
    assert bool(shown.strip()) == bool(visible(text).strip())


def test_private_use_is_never_drawn_even_if_a_font_has_it() -> None:
    assert Coverage.of([frozenset("a\ue000")]).fit("a\ue000") == "a□"


def test_fit_svg_keeps_markup_and_references_to_ascii() -> None:
    svg = "<a>\n\t&#60;&#x1F600;&#233;&#9999999; 😀</a>"
    assert LATIN.fit_svg(svg) == "<a>\n\t&#60;□é□ □</a>"


def test_without_a_folder_only_the_fonts_inside_typst_count(tmp_path: Path) -> None:
    assert font_files(None) == font_files(tmp_path / "none") == font_files(tmp_path) == ()
    assert coverage(None).plain == coverage(tmp_path).plain == in_typst()
    assert coverage(None).fit("ŋšđ ●◐○◌ ≥→ жα 😀") == "ŋšđ ●◐○◌ ≥→ жα □"


def test_our_own_fonts_add_to_them() -> None:
    fonts = own_fonts()
    assert [path.suffix for path in font_files(fonts)] == [".ttf"] * len(font_files(fonts))
    ours = coverage(fonts)
    assert in_typst() <= ours.plain
    assert ours.fit("e\u0323\u0301") != "□"


def test_the_last_resort_is_latin() -> None:
    assert narrowest().fit("1\u202f234 1\u2009234") == "1\xa0234 1 234"
    assert narrowest().fit("Ærlig – ŋ ● •") == "Ærlig – □ □ •"
