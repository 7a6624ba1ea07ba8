"""Colours by role: every role filled, data left alone, contrast kept."""

import json
import re

import pytest

from tests.data.charts.samples import fjordvik, nes
from tettpaa.data.charts.drawing import draw
from tettpaa.data.charts.themes import DARK, LIGHT, PRINT, contrast, mixed, theme, themed

OWNERS = ("#2f5d3a", "#6a3d78", "#1f4e8c", "#7a2e52", "#3f4f63")


@pytest.mark.parametrize("look", [LIGHT, DARK, PRINT])
def test_no_role_is_left(look: object) -> None:
    for chart in (nes(), fjordvik()):
        text = json.dumps(themed(draw(chart).spec, look))
        assert "theme:" not in text
        assert look.accent in text
        assert look.ink2 in text


def test_a_name_that_looks_like_a_role_is_left_alone() -> None:
    spec = themed(draw(nes(name="theme:accent")).spec, DARK)
    assert "theme:accent" in spec["description"]
    written = [row["text"] for layer in spec["layer"] for row in layer["data"]["values"] if "text" in row]
    assert any(text.startswith("theme:accent") for text in written)


def test_theming_does_not_touch_the_spec_itself() -> None:
    drawing = draw(nes())
    before = json.dumps(drawing.spec)
    themed(drawing.spec, DARK)
    assert json.dumps(drawing.spec) == before


def test_the_look_book_is_kept() -> None:
    assert (theme("light"), theme("dark"), theme("print")) == (LIGHT, DARK, PRINT)
    assert theme("dark", LIGHT.accent) is DARK
    assert round(contrast(LIGHT.accent, LIGHT.bg), 1) == 7.8
    assert round(contrast(DARK.accent, DARK.bg), 1) == 9.8
    assert round(contrast("#000000", "#ffffff"), 3) == 21


@pytest.mark.parametrize("accent", OWNERS)
def test_owners_accents_stand_out_in_light_and_dark(accent: str) -> None:
    assert theme("light", accent).accent == accent
    assert contrast(accent, LIGHT.bg) >= 7
    dark = theme("dark", accent).accent
    assert re.fullmatch("#[0-9a-f]{6}", dark)
    assert contrast(dark, DARK.bg) >= 8


@pytest.mark.parametrize("accent", ["red", "#FFF", "#12345", '#0b5a6b"/><script>', "#0B5A6C"])
def test_what_is_not_a_colour_is_refused(accent: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        theme("light", accent)


def test_mixed() -> None:
    assert mixed("#000000", "#ffffff", 0.25) == "#bfbfbf"
    assert LIGHT.accent_old == mixed(LIGHT.accent, "#ffffff", 0.5)


def test_text_reads_in_every_theme() -> None:
    for look in (LIGHT, DARK, PRINT):
        for role in (look.ink, look.ink2, look.ref, look.accent):
            assert contrast(role, look.bg) >= 4.5
