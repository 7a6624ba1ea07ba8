"""The document tree as a Word document: real styles, headings, contents, alt texts, repeated header rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any, Final

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Emu, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from tettpaa.report.export.docx_styles import TABLE_STYLE, TEXT_WIDTH, dress, fresh_numbers, w
from tettpaa.report.export.glyphs import visible
from tettpaa.report.export.palette import FONT, WHITE, pieces, tint
from tettpaa.report.export.sizes import column_weights, svg_width
from tettpaa.report.export.tree import (
    Block,
    Box,
    Bullets,
    Cell,
    Document,
    Figure,
    Lead,
    Note,
    Paragraph,
    PngOf,
    Proposals,
    Question,
    Section,
    Table,
)
from tettpaa.report.export.words import LOCALES, WORDS, imprint

_ERA: Final = date(2000, 1, 1)  # a draft carries no clock, so that two exports can be compared
_IN_CONTENTS: Final = 2
_HEADINGS: Final = (20, 15, 12)  # points, by level, of a heading with no finding under it
_LEADS: Final = (20, 17, 13)  # points, by level, of a finding


@dataclass(slots=True)
class _Writer:
    """Writes one document from top to bottom. `proposed` is true inside what we propose."""

    word: WordDocument
    document: Document
    png_of: PngOf
    proposed: bool = False
    bookmarks: int = 0
    entries: list[tuple[int, str, str]] = field(default_factory=list)  # level, heading, bookmark

    def paragraph(
        self, text: str, style: str, *, size: float | None = None, bold: bool | None = None
    ) -> WordParagraph:
        """Add a paragraph; `size` in points and `bold` only where they differ from the style."""
        made = self.word.add_paragraph(style=style)
        for piece, font in pieces(visible(text)):
            run = made.add_run(piece)
            run.bold = bold
            run.font.size = Pt(size) if size else None
            if font != FONT:
                run.font.name = font
        return made


def render(document: Document, png_of: PngOf) -> bytes:
    """The .docx. `png_of(figure)` gives each figure's picture as PNG; it is shown at its SVG's own width."""
    word = docx.Document()
    dress(word, document)
    _properties(word, document)
    writer = _Writer(word, document, png_of)
    _cover(writer)
    contents = writer.paragraph(WORDS[document.language]["contents"], "Contents Heading")
    contents.paragraph_format.page_break_before = True
    for section in document.sections:
        _section(writer, section)
    contents._p.addnext(_contents(writer.entries))  # python-docx has no call for a table of contents
    _running(writer)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _properties(word: WordDocument, document: Document) -> None:
    core = word.core_properties
    stamp = datetime.combine(document.frozen_on or _ERA, time(), UTC)
    core.title, core.author = visible(document.title)[:255], visible(document.owner)[:255]
    core.subject, core.comments = visible(document.edition_label)[:255], ""
    core.language, core.version = LOCALES[document.language], visible(document.version)[:255]
    core.created = core.modified = stamp
    core.last_modified_by, core.revision, core.keywords = "", 1, ""


def _cover(writer: _Writer) -> None:
    document = writer.document
    writer.paragraph(document.owner, "Owner")
    writer.paragraph(document.title, "Title")
    if document.subtitle:
        writer.paragraph(document.subtitle, "Subtitle")
    label = writer.paragraph(document.edition_label, "Normal", bold=True)
    label.paragraph_format.space_before = Pt(280)
    label.paragraph_format.space_after = Pt(2)
    writer.paragraph(_imprint(document), "Note")


def _imprint(document: Document) -> str:
    return imprint(document.version, document.frozen_on, document.checksum, document.language)


# ------------------------------------------------------------------ sections and blocks


def _section(writer: _Writer, section: Section) -> None:
    # With no finding to open with, the heading itself is the largest line.
    led = bool(section.blocks) and isinstance(section.blocks[0], Lead)
    size = None if led else _HEADINGS[section.level - 1]
    heading = writer.paragraph(section.heading, f"Heading {section.level}", size=size)
    heading.paragraph_format.page_break_before = section.level == 1 or None
    writer.bookmarks += 1
    name = f"_Toc{writer.bookmarks:08d}"
    heading._p.insert(1, w("bookmarkStart", {"id": writer.bookmarks, "name": name}))  # no call for it
    heading._p.append(w("bookmarkEnd", {"id": writer.bookmarks}))  # no call for it
    writer.entries.append((section.level, visible(section.heading), name))
    for block in section.blocks:
        _block(writer, block, section.level)
    for part in section.subsections:
        _section(writer, part)


def _block(writer: _Writer, block: Block, level: int) -> None:
    match block:
        case Lead():
            writer.paragraph(block.text, "Lead", size=_LEADS[level - 1])
            if block.support:
                writer.paragraph(block.support, "Support")
        case Paragraph() | Note() | Bullets():
            _text(writer, block)
        case Proposals():
            _proposals(writer, block)
        case Table():
            _table(writer, block)
        case Figure():
            _figure(writer, block)
        case Box():
            _box(writer, block, level)


def _text(writer: _Writer, block: Paragraph | Note | Bullets) -> None:
    if isinstance(block, Note):
        writer.paragraph(block.text, "Note")
    elif isinstance(block, Paragraph):
        writer.paragraph(block.text, "Proposed" if writer.proposed else "Normal")
    else:
        for item in block.items:
            writer.paragraph(item, "Proposed Bullet" if writer.proposed else "List Bullet")


def _proposals(writer: _Writer, proposals: Proposals) -> None:
    plain, numbered = ("Proposed", "Proposed Number") if writer.proposed else ("Normal", "List Number")
    title = writer.paragraph(
        proposals.title or WORDS[writer.document.language]["proposals"], plain, bold=True
    )
    title.paragraph_format.keep_with_next = True
    number = fresh_numbers(writer.word)
    for point in proposals.points:
        properties = writer.paragraph(point, numbered)._p.get_or_add_pPr()  # restart of a list
        properties._add_numPr().get_or_add_numId().val = number  # restart of a list


def _box(writer: _Writer, box: Box, level: int) -> None:
    propose = box.question is Question.PROPOSE
    question = WORDS[writer.document.language]["questions"][box.question]
    heading = writer.paragraph("", "Question Proposed" if propose else "Question")
    number = heading.add_run(f"{box.question.number} ")
    number.font.color.rgb = writer.word.styles["Owner"].font.color.rgb
    heading.add_run(question)
    heading._p.get_or_add_pPr().append(w("outlineLvl", {"val": level}))  # one below its section
    writer.proposed = propose
    for block in box.blocks:
        _block(writer, block, level)
    writer.proposed = False
    if propose:
        _close_ground(writer)


def _close_ground(writer: _Writer) -> None:
    """Room below the last tinted line: a rule in the colour of the ground, then white space."""
    last = writer.word.paragraphs[-1]
    last.paragraph_format.space_after = Pt(16)
    edge = {"val": "single", "sz": 4, "space": 8, "color": tint(writer.document.accent)}
    border = w("pBdr", None, w("bottom", edge))
    properties = last._p.get_or_add_pPr()  # python-docx has no call for borders
    properties.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _figure(writer: _Writer, figure: Figure) -> None:
    if figure.caption:
        writer.paragraph(figure.caption, "Caption")
    holder = writer.paragraph("", "Normal")
    holder.paragraph_format.keep_with_next = bool(figure.source) or None
    width = min(Pt(svg_width(figure.svg)), TEXT_WIDTH)
    picture = holder.add_run().add_picture(BytesIO(writer.png_of(figure)), width=Emu(width))
    properties = picture._inline.docPr  # python-docx has no call for alt text
    properties.set("descr", visible(figure.alt))
    if figure.source:
        writer.paragraph(f"{WORDS[writer.document.language]['source']} {figure.source}", "Note")


# ------------------------------------------------------------------ tables


def _table(writer: _Writer, table: Table) -> None:
    """Built from elements: python-docx looks every cell up again, which takes minutes for 40 schools."""
    writer.paragraph(table.caption, "Caption")
    first_column = {
        "firstRow": 1,
        "lastRow": 0,
        "firstColumn": int(table.row_headers),
        "lastColumn": 0,
        "noHBand": 1,
        "noVBand": 1,
    }
    properties = w(
        "tblPr",
        None,
        w("tblStyle", {"val": TABLE_STYLE}),
        w("tblW", {"w": 5000, "type": "pct"}),
        w("tblLayout", {"type": "autofit"}),
        w("tblLook", {"val": "04A0" if table.row_headers else "0420", **first_column}),
        w("tblCaption", {"val": visible(table.caption)}),
    )
    weights = column_weights(table)
    widths = [round(TEXT_WIDTH.twips * weight / sum(weights)) for weight in weights]
    grid = w("tblGrid", None, *(w("gridCol", {"w": width}) for width in widths))
    names = tuple(Cell(name) for name in table.header)
    head = _row(table, names, widths, "TableHead")
    head.insert(0, w("trPr", None, w("cantSplit"), w("tblHeader")))
    body = writer.word.element.body
    body.insert(len(body) - 1, w("tbl", None, properties, grid, head, *_rows(table, widths)))
    for remark in table.remarks:
        writer.paragraph(remark, "Note")
    if not table.remarks:
        # Word joins two tables that touch, and the space below a table must be a paragraph's.
        writer.paragraph("", "Note")


def _rows(table: Table, widths: list[int]) -> Iterator[Any]:
    for row in table.rows:
        made = _row(table, row, widths, "TableText")
        made.insert(0, w("trPr", None, w("cantSplit")))
        yield made


def _row(table: Table, row: tuple[Cell, ...], widths: list[int], style: str) -> Any:
    cells = []
    for index, (cell, width) in enumerate(zip(row, widths, strict=True)):
        look = [w("pStyle", {"val": style})]
        if index in table.numeric:
            look.append(w("jc", {"val": "right"}))
        place = w("tcPr", None, w("tcW", {"w": width, "type": "dxa"}))
        if cell.hidden:
            place.append(w("shd", {"val": "thinDiagStripe", "color": "C3CAC9", "fill": WHITE}))
        text = visible(table.marker(cell) if cell.hidden else cell.text)
        cells.append(w("tc", None, place, w("p", None, w("pPr", None, *look), *_runs(text))))
    return w("tr", None, *cells)


# ------------------------------------------------------------------ contents, head and foot


def _field(instruction: str, *shown: Any) -> list[Any]:
    """The runs of a field: its instruction, and what stands there until Word brings it up to date."""
    code = w("instrText", {"xml:space": "preserve"})
    code.text = f" {instruction} "
    marks = [w("r", None, w("fldChar", {"fldCharType": kind})) for kind in ("begin", "separate", "end")]
    return [marks[0], w("r", None, code), marks[1], *shown, marks[2]]


def _runs(text: str) -> Iterator[Any]:
    for piece, font in pieces(text):
        content = w("t", {"xml:space": "preserve"})
        content.text = piece
        look = (
            [] if font == FONT else [w("rPr", None, w("rFonts", {"ascii": font, "hAnsi": font, "cs": font}))]
        )
        yield w("r", None, *look, content)


def _contents(entries: list[tuple[int, str, str]]) -> Any:
    """The table of contents with its entries already written, as the field Word itself would make."""
    listed = [entry for entry in entries if entry[0] <= _IN_CONTENTS]
    lines = []
    for level, heading, bookmark in listed:
        page = _field(f"PAGEREF {bookmark} \\h")
        link = w(
            "hyperlink", {"anchor": bookmark, "history": 1}, *_runs(heading), w("r", None, w("tab")), *page
        )
        lines.append(w("p", None, w("pPr", None, w("pStyle", {"val": f"TOC{level}"})), link))
    begin, code, separate, end = _field(f'TOC \\o "1-{_IN_CONTENTS}" \\h \\z \\u')
    if not lines:
        lines.append(w("p"))
    first = lines[0].find(qn("w:hyperlink"))
    for mark in (begin, code, separate):
        first.addprevious(mark) if first is not None else lines[0].append(mark)
    lines.append(w("p", None, w("pPr", None, w("pStyle", {"val": "TOC1"})), end))
    gallery = w("docPartObj", None, w("docPartGallery", {"val": "Table of Contents"}), w("docPartUnique"))
    return w("sdt", None, w("sdtPr", None, gallery), w("sdtContent", None, *lines))


def _running(writer: _Writer) -> None:
    """The running head names the edition on every page; the foot holds version, freeze, checksum and page."""
    document, words = writer.document, WORDS[writer.document.language]
    section = writer.word.sections[0]
    head = section.header.paragraphs[0]
    head.add_run(visible(document.running_left or document.title) + "\t" + visible(document.owner) + " · ")
    head.add_run(visible(document.edition_label)).bold = True
    if document.running_right:
        section.header.add_paragraph("\t" + visible(document.running_right), style="Header")
    foot = section.footer.paragraphs[0]
    foot.add_run(visible(_imprint(document)) + "\t" + words["page"] + " ")
    foot._p.extend(_field("PAGE", *_runs("1")))  # python-docx has no call for fields
    foot.add_run(f" {words['of']} ")
    foot._p.extend(_field("NUMPAGES", *_runs("1")))  # python-docx has no call for fields
