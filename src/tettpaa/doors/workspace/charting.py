"""Charts by address: the page names the spec's hash, the picture comes after (design.md §3.14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from django.urls import reverse

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.language import reader_language
from tettpaa.data.charts.drawing import ChartInput, draw
from tettpaa.data.charts.inputs import Break, Reference, Size
from tettpaa.data.charts.themes import Theme, theme
from tettpaa.data.charts.trend import TrendInput
from tettpaa.data.charts.words import Language
from tettpaa.data.indicators.definitions import Definition
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.doors.workspace.enums import ChartKind
from tettpaa.doors.workspace.reading import chart_breaks, short_name, style_of

# The owner's accents on a white page (look.md, colour roles); charts make their own dark ones.
ACCENTS: Final = {
    "sjo": "#0b5a6b",
    "skog": "#2f5d3a",
    "lyng": "#6a3d78",
    "kyst": "#1f4e8c",
    "plomme": "#7a2e52",
    "skifer": "#3f4f63",
}


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a page must know of a picture that has not been drawn yet."""

    digest: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's addresses in each theme and width, its text alternative and its size in px."""

    src: str
    dark: str
    spec: str
    spec_dark: str
    alt: str
    width: int
    height: int
    narrow: str = ""
    narrow_dark: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """What an address names besides the hash. `extra` is what the chart is held against, or a subject."""

    owner: Unit
    kind: ChartKind
    unit: str
    indicator: str
    grade: int
    extra: str = "landet"

    def address(self, size: Size, digest: str, suffix: str, *, dark: bool = False) -> str:
        accent = self.owner.settings.accent
        look = "&".join(part for part in ("tema=mork" if dark else "", f"farge={accent}") if part)
        return (
            f"{_root(self.owner.code)}{self.kind}/{self.unit}/{self.indicator}/{self.grade}/"
            f"{size}-{self.extra}/{digest}.{suffix}?{look}"
        )


@cache
def _root(owner: str) -> str:
    """Everything before the kind: Django's own reversing is too slow for hundreds of addresses a page."""
    parts = {
        "kind": "x",
        "unit": "x",
        "indicator": "x",
        "grade": 0,
        "variant": "x",
        "digest": "x",
        "suffix": "svg",
    }
    return reverse("workspace:chart", kwargs={"owner": owner, **parts}).rsplit("x/x/x/0/x/x.svg", 1)[0]


@lru_cache(maxsize=8192)
def sketched(chart: ChartInput, size: Size, tongue: Language) -> Sketch:
    """The chart's hash and size. Remembered by everything that goes into the chart."""
    drawing = draw(chart, size=size, language=tongue)
    return Sketch(drawing.digest, drawing.width, drawing.height, drawing.alt)


def pictured(place: Place, chart: ChartInput, *, narrow: bool = False) -> Picture:
    """The chart as a page shows it; `narrow` adds the picture for a phone."""
    tongue = reader_language()
    wide = sketched(chart, "wide", tongue)
    small = sketched(chart, "narrow", tongue) if narrow else None
    return Picture(
        src=place.address("wide", wide.digest, "svg"),
        dark=place.address("wide", wide.digest, "svg", dark=True),
        spec=place.address("wide", wide.digest, "json"),
        spec_dark=place.address("wide", wide.digest, "json", dark=True),
        alt=wide.alt,
        width=wide.width,
        height=wide.height,
        narrow=place.address("narrow", small.digest, "svg") if small else "",
        narrow_dark=place.address("narrow", small.digest, "svg", dark=True) if small else "",
    )


def trend_of(
    definition: Definition,
    grade: int,
    name: str,
    own: Sequence[SafeFigure],
    references: Sequence[Reference] = (),
    breaks: Sequence[Break] = (),
) -> TrendInput:
    """One unit's series with its breaks and what it is held against. `breaks`: the unit's own, besides the indicator's."""
    every = {cut.period: cut for cut in (*chart_breaks(definition), *breaks)}
    return TrendInput(
        title=short_name(definition, grade),
        name=name,
        figures=tuple(own),
        style=style_of(definition),
        references=tuple(reference for reference in references if reference.figures),
        breaks=tuple(cut for _, cut in sorted(every.items())),
    )


def theme_of(owner: Unit, *, dark: bool) -> Theme:
    """The colours of an owner's charts."""
    return theme("dark" if dark else "light", ACCENTS.get(owner.settings.accent))
