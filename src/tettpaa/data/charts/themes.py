"""Colour by role: specs name roles, a theme gives them their colour (look.md, colour roles)."""

import colorsys
import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from tettpaa.data.charts.inputs import Spec

type ThemeName = Literal["light", "dark", "print"]

# A spec holds these in place of colours and opacities. They stand only where Vega reads a colour or opacity.
BG: Final = "theme:bg"
INK: Final = "theme:ink"
INK2: Final = "theme:ink2"
REF: Final = "theme:ref"
ACCENT: Final = "theme:accent"
ACCENT_OLD: Final = "theme:accent_old"
LINE: Final = "theme:line"
LINE2: Final = "theme:line2"
WARM: Final = "theme:warm"
BAND: Final = "theme:band"
BAND_OLD: Final = "theme:band_old"
AREA: Final = "theme:area"

_HEX: Final = re.compile(r"#[0-9a-f]{6}")
# Text and names never carry a role, whatever they say.
_LITERAL: Final = frozenset({"data", "description", "$schema"})


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one way to show a page; `band`, `band_old` and `area` are opacities."""

    name: ThemeName
    bg: str
    ink: str
    ink2: str
    ref: str
    accent: str
    line: str
    line2: str
    warm: str
    band: float
    band_old: float
    area: float

    @property
    def accent_old(self) -> str:
        """The accent at half strength on the page: what came before a break in the series."""
        return mixed(self.accent, self.bg, 0.5)


LIGHT: Final = Theme(
    "light",
    "#ffffff",
    "#17211f",
    "#515c5b",
    "#5f6a69",
    "#0b5a6b",
    "#dfe4e3",
    "#8a9594",
    "#9a3f06",
    0.17,
    0.09,
    0.1,
)
DARK: Final = Theme(
    "dark",
    "#0f1516",
    "#eaf0ef",
    "#a9b5b4",
    "#9aa7a6",
    "#7cc8d8",
    "#283233",
    "#6b7879",
    "#f2b27d",
    0.24,
    0.12,
    0.13,
)
PRINT: Final = replace(LIGHT, name="print", line="#d3d9d8")
_THEMES: Final = {"light": LIGHT, "dark": DARK, "print": PRINT}


def theme(name: ThemeName, accent: str | None = None) -> Theme:
    """The theme called `name`, in the owner's `accent` (`#rrggbb`, chosen for a white page) if there is one.

    In the dark theme the accent keeps its hue and is made lighter until it stands 8:1 from the page.
    Raises ValueError for anything but six lower-case hex digits, KeyError for an unknown theme.
    """
    base = _THEMES[name]
    if accent is None or accent == LIGHT.accent:
        return base
    if not _HEX.fullmatch(accent):
        raise ValueError(f"not a colour: {accent!r}")
    return replace(base, accent=_lightened(accent, base.bg) if name == "dark" else accent)


def themed(spec: Spec, theme: Theme) -> Spec:
    """A copy of the spec with the theme's colours; data and description are kept as they are."""
    roles = {
        f"theme:{role}": getattr(theme, role)
        for role in (*Theme.__dataclass_fields__, "accent_old")
        if role != "name"
    }
    return {key: _filled(value, roles) if key not in _LITERAL else value for key, value in spec.items()}


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """`share` of `one` over `other`, as a solid colour."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _filled(value: object, roles: dict[str, object]) -> object:
    if isinstance(value, str):
        return roles.get(value, value)
    if isinstance(value, list):
        return [_filled(item, roles) for item in value]
    if isinstance(value, dict):
        return {key: _filled(item, roles) if key not in _LITERAL else item for key, item in value.items()}
    return value


def _lightened(colour: str, page: str) -> str:
    hue, light, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    while contrast(colour, page) < 8 and light < 1:
        light = min(1.0, light + 0.02)
        channels = colorsys.hls_to_rgb(hue, light, saturation)
        colour = "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
    return colour


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    parts = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
