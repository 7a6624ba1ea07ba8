"""The document tree as an HTML fragment for the preview. Everything that is text is escaped here.

Only `Html` is markup: a plain `str` given to `element` is always escaped, so no text can become a tag.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Final

from tettpaa.report.export.glyphs import visible
from tettpaa.report.export.tree import (
    Block,
    Box,
    Bullets,
    Cell,
    Document,
    Figure,
    Language,
    Lead,
    Note,
    Paragraph,
    Proposals,
    Question,
    Section,
    Strip,
    Table,
)
from tettpaa.report.export.words import WORDS

type AddressOf = Callable[[Figure], str]

_VOID: Final = frozenset({"img"})
_FIRST_HEADING: Final = 1  # the page has its own h1: a chapter is h2


class Html(str):
    """Markup that is safe to send. Made by this module only."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands: the heading level above it, the language, how figures are addressed."""

    level: int
    language: Language
    address_of: AddressOf


def render(document: Document, address_of: AddressOf) -> Html:
    """The whole document: `<article lang>` with a `<section>` for each chapter, headings from h2.

    `address_of(figure)` gives the address of the figure's picture. No title: the page has its own h1.
    """
    place = _Place(_FIRST_HEADING, document.language, address_of)
    chapters = (_section(section, place) for section in document.sections)
    return element("article", {"class": "report", "lang": document.language}, *chapters)


def render_blocks(
    blocks: tuple[Block, ...], language: Language, address_of: AddressOf, *, level: int = 2
) -> Html:
    """Blocks alone, for a page that shows one of them at a time; headings inside start below h`level`."""
    place = _Place(level, language, address_of)
    return Html("".join(_block(block, place) for block in blocks))


def anchor(section: Section) -> str:
    """The id of a section, for links to it: `kap-3-2`."""
    return "kap-" + (re.sub(r"[^0-9a-z]+", "-", section.number.lower()).strip("-") or "x")


def element(name: str, attributes: dict[str, str], *children: str) -> Html:
    """One element. Attribute values and plain strings are escaped; `Html` children are kept."""
    pairs = "".join(f' {key}="{escape(visible(value))}"' for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{pairs}>")
    inner = "".join(child if isinstance(child, Html) else escape(visible(child)) for child in children)
    return Html(f"<{name}{pairs}>{inner}</{name}>")


def _section(section: Section, above: _Place) -> Html:
    place = _Place(above.level + 1, above.language, above.address_of)
    heading = element(
        f"h{place.level}", {"class": f"report-heading report-heading-{section.level}"}, section.heading
    )
    blocks = (_block(block, place) for block in section.blocks)
    parts = (_section(part, place) for part in section.subsections)
    return element("section", {"id": anchor(section), "class": "report-section"}, heading, *blocks, *parts)


def _block(block: Block, place: _Place) -> Html:
    match block:
        case Lead():
            support = [element("p", {"class": "report-support"}, block.support)] if block.support else []
            return Html(element("p", {"class": "report-lead"}, block.text) + "".join(support))
        case Paragraph():
            return element("p", {}, block.text)
        case Bullets():
            return element(
                "ul", {"class": "report-bullets"}, *(element("li", {}, item) for item in block.items)
            )
        case Note():
            return element("p", {"class": "report-note"}, block.text)
        case Table():
            return _table(block)
        case Figure():
            return _figure(block, place)
        case Proposals():
            return _proposals(block, place)
        case Box():
            return _box(block, place)


def _box(box: Box, place: _Place) -> Html:
    inside = _Place(place.level + 1, place.language, place.address_of)
    kind = "report-box report-box-propose" if box.question is Question.PROPOSE else "report-box"
    question = f"{box.question.number} {WORDS[place.language]['questions'][box.question]}"
    return element(
        "section",
        {"class": kind},
        element(f"h{inside.level}", {"class": "report-question"}, question),
        element("div", {"class": "report-answer"}, *(_block(block, inside) for block in box.blocks)),
    )


def _proposals(proposals: Proposals, place: _Place) -> Html:
    title = proposals.title or WORDS[place.language]["proposals"]
    points = (element("li", {}, point) for point in proposals.points)
    return Html(
        element("p", {"class": "report-proposals-title"}, title)
        + element("ol", {"class": "report-proposals"}, *points)
    )


def _figure(figure: Figure, place: _Place) -> Html:
    parts = [element("img", {"src": place.address_of(figure), "alt": figure.alt, "loading": "lazy"})]
    if figure.caption:
        parts.insert(0, element("figcaption", {}, figure.caption))
    if figure.source:
        source = f"{WORDS[place.language]['source']} {figure.source}"
        parts.append(element("p", {"class": "report-source"}, source))
    return element("figure", {"class": "report-figure"}, *parts)


def _table(table: Table) -> Html:
    heads = (
        element("th", {"scope": "col", **_column(table, index)}, text)
        for index, text in enumerate(table.header)
    )
    rows = (
        element("tr", {}, *(_cell(table, index, cell) for index, cell in enumerate(row)))
        for row in table.rows
    )
    grid = element(
        "table",
        {"class": "report-table"},
        element("caption", {}, table.caption),
        element("thead", {}, element("tr", {}, *heads)),
        element("tbody", {}, *rows),
    )
    # The table scrolls in a box of its own on a phone, so the box must take focus and have a name.
    scroll = {"class": "report-scroll", "role": "region", "tabindex": "0", "aria-label": table.caption}
    return Html(element("div", scroll, grid) + "".join(_remarks(table)))


def _remarks(table: Table) -> list[Html]:
    return [element("p", {"class": "report-note"}, remark) for remark in table.remarks]


def _column(table: Table, index: int) -> dict[str, str]:
    return {"class": "is-numeric"} if index in table.numeric else {}


def _cell(table: Table, index: int, cell: Cell) -> Html:
    if cell.hidden:
        mark = element("abbr", {"title": cell.reason}, table.marker(cell))
        return element("td", {"class": "is-hidden"}, mark)
    if index == 0 and table.row_headers:
        return element("th", {"scope": "row"}, cell.text)
    if cell.strip:
        return element("td", {"class": "is-strip"}, _strip(cell.strip, cell.text))
    return element("td", _column(table, index), cell.text)


def _strip(strip: Strip, words: str) -> Html:
    """An interval bar; percentages of the width let it fill any column without stretching the dot."""
    share = [
        f"{100 * (value - strip.start) / (strip.end - strip.start):.2f}%"
        for value in (strip.low, strip.high, strip.point)
    ]
    parts = [
        element("line", {"class": "strip-range", "x1": share[0], "x2": share[1], "y1": "50%", "y2": "50%"}),
        element("circle", {"class": "strip-point", "cx": share[2], "cy": "50%", "r": "4"}),
    ]
    if strip.reference is not None:
        at = f"{100 * (strip.reference - strip.start) / (strip.end - strip.start):.2f}%"
        parts.insert(
            0, element("line", {"class": "strip-reference", "x1": at, "x2": at, "y1": "0", "y2": "100%"})
        )
    svg = {"class": "strip", "role": "img", "aria-label": words, "width": "100%", "height": "20"}
    return element("svg", svg, *parts)
