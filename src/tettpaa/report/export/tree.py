"""The document tree: one frozen structure of a report that every renderer reads, and nothing else.

All text is plain text. Renderers show it literally; nothing in it is markup.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal

type Language = Literal["nb", "nn", "en"]
type EditionKey = Literal["public", "internal"]
type PngOf = Callable[["Figure"], bytes]  # Word and slides ask the caller, who caches
type Block = "Lead | Paragraph | Bullets | Table | Figure | Box | Proposals | Note"

LANGUAGES: Final = ("nb", "nn", "en")
EDITIONS: Final = ("public", "internal")
DEEPEST: Final = 3
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}\Z")


class TreeError(ValueError):
    """The tree breaks one of its own rules (a figure without alt text, a skipped heading level …)."""


def _require(holds: bool, message: str) -> None:  # reads as a sentence where it is used
    if not holds:
        raise TreeError(message)


class Question(StrEnum):
    """The five questions every chapter of results answers, in this order (practice.md §(2))."""

    SEE = "see"
    SURE = "sure"
    WHY = "why"
    DONE = "done"
    PROPOSE = "propose"

    @property
    def number(self) -> int:
        """1 to 5."""
        return list(Question).index(self) + 1


@dataclass(frozen=True, slots=True)
class Lead:
    """The finding in one or two sentences, set large; `support` is the grey line under it."""

    text: str
    support: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Small grey text: how to read something, what is left out."""

    text: str


@dataclass(frozen=True, slots=True)
class Strip:
    """An interval bar drawn in a table cell, all in the unit of the axis `start` to `end`.

    `reference` (the nation, say) is a rule through every row. The words for it are the cell's text.
    """

    low: float
    point: float
    high: float
    start: float
    end: float
    reference: float | None = None

    def __post_init__(self) -> None:
        inside = self.start <= self.low <= self.point <= self.high <= self.end
        _require(inside and self.start < self.end, "a strip needs start <= low <= point <= high <= end")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. A hidden cell is shown as `•` on a hatch, whatever its text, and must say why.

    `strip` replaces the text in HTML and PDF (the text becomes its alternative); Word and slides show the text.
    """

    text: str
    hidden: bool = False
    reason: str = ""
    strip: Strip | None = None

    def __post_init__(self) -> None:
        _require(not self.hidden or bool(self.reason.strip()), "a hidden cell must say why")
        _require(not (self.hidden and self.strip), "a hidden cell may not draw its interval")
        _require(not self.strip or bool(self.text.strip()), "a strip must also be told in words")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row. `numeric`: indexes of the right-aligned columns, from 0.

    `row_headers`: the first column names its row. Every row is as long as the header.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_headers: bool = True
    numeric: tuple[int, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        width = len(self.header)
        _require(bool(self.caption.strip()) and width > 0, "a table needs a caption and a header")
        _require(all(len(row) == width for row in self.rows), "every row must be as long as the header")
        _require(all(0 <= index < width for index in self.numeric), "a numeric column lies outside the table")

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why cells are hidden, each reason once, in order of appearance."""
        return tuple(dict.fromkeys(cell.reason for row in self.rows for cell in row if cell.hidden))

    def marker(self, cell: Cell) -> str:
        """What a hidden cell shows: `•`, numbered `•1`, `•2` … when the table hides for several reasons."""
        reasons = self.reasons
        return "•" if len(reasons) == 1 else f"•{reasons.index(cell.reason) + 1}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """The lines under the table: why cells are hidden, then the table's own note."""
        markers = {cell.reason: self.marker(cell) for row in self.rows for cell in row if cell.hidden}
        hidden = tuple(f"{marker} {reason}" for reason, marker in markers.items())
        return (*hidden, self.note) if self.note else hidden


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as SVG. `alt` says in words what it shows; `key` is the caller's name for it (a hash, an id)."""

    svg: str
    alt: str
    caption: str = ""
    source: str = ""
    key: str = ""

    def __post_init__(self) -> None:
        _require(bool(self.alt.strip()), "a figure needs a text alternative")


@dataclass(frozen=True, slots=True)
class Proposals:
    """Points that can be voted on one by one, numbered from 1."""

    points: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """The answer to one of the five questions."""

    question: Question
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        _require(not any(isinstance(block, Box) for block in self.blocks), "a box may not hold a box")


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter (level 1) or a part of one (2, 3). Subsections lie exactly one level deeper."""

    number: str
    title: str
    blocks: tuple[Block, ...] = ()
    level: int = 1
    subsections: tuple["Section", ...] = ()

    def __post_init__(self) -> None:
        _require(bool(self.title.strip()), "a section needs a title")
        _require(1 <= self.level <= DEEPEST, "a section's level is 1, 2 or 3")
        _require(all(part.level == self.level + 1 for part in self.subsections), "a heading level is skipped")

    @property
    def heading(self) -> str:
        """Number and title, `3.2 Regning på 5. trinn`."""
        return f"{self.number} {self.title}" if self.number else self.title


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: a title, then bullets and at most one figure or table. `notes` go to the speaker's notes."""

    title: str
    bullets: tuple[str, ...] = ()
    figure: Figure | None = None
    table: Table | None = None
    notes: str = ""

    def __post_init__(self) -> None:
        _require(bool(self.title.strip()), "a slide needs a title")
        _require(not (self.figure and self.table), "a slide holds a figure or a table, not both")


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report in one edition and language.

    `edition_label` is what readers see (`offentlig utgave`) and stands in every running head, with
    `running_left` and the chapter to the left and `running_right` to the right. `version` is the
    version line (`Versjon 0.9`). `frozen_on` is None for a draft. `accent` is `#rrggbb`.
    """

    title: str
    owner: str
    language: Language
    edition: EditionKey
    edition_label: str
    subtitle: str = ""
    running_left: str = ""
    running_right: str = ""
    accent: str = "#0b5a6b"
    version: str = ""
    checksum: str = ""
    frozen_on: date | None = None
    sections: tuple[Section, ...] = ()
    slides: tuple[Slide, ...] = ()

    def __post_init__(self) -> None:
        _require(bool(self.title.strip()), "a document needs a title")
        _require(self.language in LANGUAGES, f"unknown language {self.language!r}")
        _require(self.edition in EDITIONS, f"unknown edition {self.edition!r}")
        _require(bool(self.edition_label.strip()), "a document must name its edition")
        _require(bool(_COLOUR.match(self.accent)), "the accent must be written #rrggbb")
        _require(all(section.level == 1 for section in self.sections), "a document's sections are chapters")
