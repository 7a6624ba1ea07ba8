"""Digest, SVG and PNG."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.data.charts.samples import fjordvik, nes, series
from tettpaa.data.charts import render
from tettpaa.data.charts.drawing import draw
from tettpaa.data.charts.themes import DARK, LIGHT
from tettpaa.data.charts.trend import TrendInput


def test_digest_is_the_same_for_the_same_chart() -> None:
    one, other = draw(nes()), draw(nes())
    assert one.digest == other.digest
    assert len(one.digest) == 16
    # A round trip through a database that sorts keys changes nothing.
    assert render.digest(json.loads(json.dumps(one.spec, sort_keys=True))) == one.digest


def test_digest_follows_figures_words_and_size() -> None:
    chart = nes()
    moved = TrendInput(chart.title, chart.name, series([47.0] * 10), chart.style)
    digests = {
        draw(chart).digest,
        draw(moved).digest,
        draw(chart, language="nn").digest,
        draw(chart, size="narrow").digest,
        draw(nes(name="Vik")).digest,
    }
    assert len(digests) == 5


def test_digest_refuses_what_json_cannot_hold() -> None:
    with pytest.raises(ValueError, match="JSON"):
        render.digest({"x": float("nan")})


def test_a_drawing_knows_its_size() -> None:
    assert (draw(nes()).width, draw(nes()).height) == (452, 300)
    assert draw(fjordvik(), size="narrow").width == 350


def test_no_text_is_small_and_nothing_is_fetched_or_scripted() -> None:
    for chart in (nes(), fjordvik()):
        spec = draw(chart).spec
        assert spec["config"]["text"]["fontSize"] == 12
        text = json.dumps(spec)
        assert "fontSize" not in text.replace('"fontSize": 12', "")
        assert '"url"' not in text
        assert '"params"' not in text
        assert '"transform"' not in text


@pytest.mark.slow
def test_svg_is_one_named_picture() -> None:
    text = render.svg(draw(nes(name='<Nes & "Lia">')).spec, LIGHT)
    root = ET.fromstring(text)  # noqa: S314 - our own picture
    assert (root.get("role"), root.get("width"), root.get("height")) == ("img", "452", "300")
    assert root.get("aria-label").startswith('Regning 5. trinn, <Nes & "Lia">, 2017 til 2026: 47,4 i 2026')
    written = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Landet 50" in written
    assert LIGHT.accent in text
    for unwanted in ("<style", " style=", "<script", "href", "url(", "theme:", "NaN", "undefined"):
        assert unwanted not in text


@pytest.mark.slow
def test_png_is_twice_the_size() -> None:
    picture = render.png(draw(nes(), size="narrow").spec, DARK)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (700, 500)


@pytest.mark.slow
def test_fonts_come_from_a_folder(tmp_path: Path) -> None:
    render.set_fonts(tmp_path)
    render.set_fonts(tmp_path)
    with pytest.raises(FileNotFoundError):
        render.set_fonts(tmp_path / "none")
