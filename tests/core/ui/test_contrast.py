"""The contrast of every colour pair of tokens.css, computed (WCAG 2.2, relative luminance)."""

import re
from pathlib import Path

import pytest

from tettpaa.core.orgs.enums import Accent
from tettpaa.core.ui import gallery

CSS = (Path(gallery.__file__).parent / "static" / "ui" / "tokens.css").read_text("utf-8")
LIGHT, DARK = (
    CSS.split("@media screen and (prefers-color-scheme: dark)")[0],
    CSS.split("@media screen and (prefers-color-scheme: dark)")[1],
)
TEXT = ["ink", "ink2", "ref", "a", "warm", "thread", "a-strong"]
Colour = tuple[float, ...]


def declared(css: str) -> dict[str, str]:
    """The custom properties of the first `:root` block."""
    return dict(re.findall(r"--tp-([a-z0-9-]+): ([^;]+);", css.split(":root {")[1].split("}")[0]))


def accents(css: str) -> dict[str, str]:
    return dict(re.findall(r'\[data-accent="(\w+)"\] { --tp-a: (#\w{6}); }', css.split("@media print")[0]))


def resolve(name: str, tokens: dict[str, str]) -> Colour:
    """A token's sRGB channels, 0-255, with `var` and `color-mix` worked out."""
    value = tokens[name]
    mixed = re.fullmatch(r"color-mix\(in srgb, var\(--tp-([\w-]+)\) (\d+)%, var\(--tp-([\w-]+)\)\)", value)
    if mixed:
        share = int(mixed[2]) / 100
        pairs = zip(resolve(mixed[1], tokens), resolve(mixed[3], tokens), strict=True)
        return tuple(share * one + (1 - share) * other for one, other in pairs)
    assert re.fullmatch(r"#[0-9a-f]{6}", value), value
    return tuple(int(value[i : i + 2], 16) for i in (1, 3, 5))


def luminance(colour: Colour) -> float:
    shares = [channel / 255 for channel in colour]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def palettes() -> dict[str, dict[str, str]]:
    light = declared(LIGHT)
    dark = {**light, **declared(DARK)}
    found = {"light": light, "dark": dark}
    for theme, base, css in (("light", light, LIGHT), ("dark", dark, DARK)):
        found |= {f"{theme}-{name}": {**base, "a": colour} for name, colour in accents(css).items()}
    return found


PALETTES = palettes()


def test_the_formula_itself() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_each_accent_of_an_owner_has_both_themes() -> None:
    named = {accent.value for accent in Accent} - {"sjo"}  # sjø is the default
    assert set(accents(LIGHT)) == named
    assert set(accents(DARK)) == named


@pytest.mark.parametrize("name", sorted(PALETTES))
@pytest.mark.parametrize("ground", ["bg", "soft", "tint", "tint2"])
def test_text_reads_on_every_ground(name: str, ground: str) -> None:
    tokens = PALETTES[name]
    used = [text for text in TEXT if (text, ground) != ("ref", "tint2")]  # comparisons stand in charts only
    weak = {text: contrast(resolve(text, tokens), resolve(ground, tokens)) for text in used}
    assert {text: round(value, 2) for text, value in weak.items() if value < 4.5} == {}


@pytest.mark.parametrize("name", sorted(PALETTES))
def test_marks_borders_and_the_filled_button(name: str) -> None:
    tokens = PALETTES[name]
    assert contrast(resolve("line2", tokens), resolve("bg", tokens)) >= 3
    assert contrast(resolve("a", tokens), resolve("bg", tokens)) >= 7
    assert contrast(resolve("warm", tokens), resolve("warm-tint", tokens)) >= 4.5


@pytest.mark.parametrize("name", sorted(PALETTES))
def test_no_accent_is_red_or_orange(name: str) -> None:
    """Red belongs to the thread, orange to what is late (look.md): hue between 345 and 45 degrees is theirs."""
    import colorsys

    hue, _light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in resolve("a", PALETTES[name])))
    assert 45 < hue * 360 < 345 or saturation < 0.1
