"""The document's slides as PowerPoint: a cover, then each slide with a real title, alt texts and notes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any, Final

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Slides
from pptx.util import Inches, Length, Pt

from tettpaa.report.export.glyphs import visible
from tettpaa.report.export.palette import FONT, HAIR, INK, REFERENCE, RULE, pieces, plain
from tettpaa.report.export.pptx_design import BODY, COVER_FOOT, Frame, add_foot, design, text_size
from tettpaa.report.export.sizes import column_weights
from tettpaa.report.export.tree import Cell, Document, Figure, PngOf, Slide, Table
from tettpaa.report.export.words import LOCALES, WORDS, imprint

ROWS: Final = 12  # rows of a table that can be read from the back of the room
_ERA: Final = date(2000, 1, 1)
_NARROW: Final = Inches(4.0)  # bullets beside a figure or a table
_GAP: Final = Inches(0.5)
_CAPTION: Final = Inches(0.4)
_NO_GRID: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # Office's built-in style without lines and fills
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"


def render(document: Document, png_of: PngOf) -> bytes:
    """The .pptx, 16:9: a cover made from the document, then its slides.

    `png_of(figure)` gives a figure's picture as PNG. A table of more than 12 rows goes on over several slides.
    """
    slides = pptx.Presentation()
    layouts = design(slides, plain(document.accent))
    _properties(slides, document)
    _cover(slides, layouts["cover"], document)
    foot = " · ".join((document.owner, document.edition_label, _imprint(document)))
    for slide in document.slides:
        for part in _parts(slide, document):
            layout = layouts["text" if part.bullets else "picture"]
            made = slides.slides.add_slide(layout)
            _fill(made, part, png_of, document)
            add_foot(made, visible(foot))
    _language(slides, LOCALES[document.language])
    out = BytesIO()
    slides.save(out)
    return out.getvalue()


def _imprint(document: Document) -> str:
    return imprint(document.version, document.frozen_on, document.checksum, document.language)


def _properties(slides: Slides, document: Document) -> None:
    core = slides.core_properties
    core.title, core.author = visible(document.title)[:255], visible(document.owner)[:255]
    core.subject, core.language = visible(document.edition_label)[:255], LOCALES[document.language]
    core.created = core.modified = datetime.combine(document.frozen_on or _ERA, time(), UTC)
    core.last_modified_by, core.revision, core.keywords, core.comments = "", 1, "", ""


def _parts(slide: Slide, document: Document) -> list[Slide]:
    """The slide itself, or one slide for every twelve rows of its table, each with a title of its own."""
    if slide.table is None or len(slide.table.rows) <= ROWS:
        return [slide]
    words = WORDS[document.language]
    rows = slide.table.rows
    count = -(-len(rows) // ROWS)
    share = -(-len(rows) // count)
    return [
        replace(
            slide,
            title=f"{slide.title} ({words['part']} {part + 1} {words['of']} {count})",
            table=replace(slide.table, rows=rows[part * share : (part + 1) * share]),
        )
        for part in range(count)
    ]


def _cover(slides: Slides, layout: Any, document: Document) -> None:
    cover = slides.slides.add_slide(layout)
    _say(cover.shapes.title.text_frame.paragraphs[0], document.title)
    frame = cover.placeholders[1].text_frame
    _say(frame.paragraphs[0], document.subtitle)
    owner = frame.add_paragraph()
    owner.space_before = Pt(10)
    _say(owner, document.owner, colour=plain(document.accent), bold=True)
    _small(cover, COVER_FOOT, [f"{document.edition_label} · {_imprint(document)}"], 14)
    cover.notes_slide.notes_text_frame.text = visible(f"{document.title}. {document.subtitle}".strip())


def _say(
    paragraph: Any, text: str, *, size: float | None = None, colour: str = "", bold: bool | None = None
) -> None:
    """Write a text as runs. Looks go on each run: PowerPoint ignores those on the paragraph."""
    for piece, font in pieces(visible(text)):
        run = paragraph.add_run()
        run.text = piece
        run.font.bold = bold
        if size:
            run.font.size = Pt(size)
        if colour:
            run.font.color.rgb = _rgb(colour)
        if font != FONT:
            run.font.name = font


def _rgb(colour: str) -> Any:
    make: Any = RGBColor  # the class has no types
    return make(*bytes.fromhex(colour))


def _fill(made: Any, slide: Slide, png_of: PngOf, document: Document) -> None:
    _say(made.shapes.title.text_frame.paragraphs[0], slide.title)
    left, top, width, height = BODY
    if slide.bullets:
        beside = bool(slide.figure or slide.table)
        _bullets(made, slide.bullets, (left, top, _NARROW if beside else width, height))
        left, width = Length(left + _NARROW + _GAP), Length(width - _NARROW - _GAP)
    if slide.figure:
        source = f"{WORDS[document.language]['source']} {slide.figure.source}" if slide.figure.source else ""
        _picture(made, slide.figure, png_of(slide.figure), (left, top, width, height), source)
    if slide.table:
        _table(made, slide.table, (left, top, width, height))
    notes = made.notes_slide.notes_text_frame
    for index, line in enumerate(_notes(slide)):
        _say(notes.paragraphs[0] if index == 0 else notes.add_paragraph(), line)


def _bullets(made: Any, bullets: tuple[str, ...], frame: Frame) -> None:
    holder = made.placeholders[1]
    holder.left, holder.top, holder.width, holder.height = frame
    size = text_size(bullets, frame[2], frame[3])
    for index, bullet in enumerate(bullets):
        paragraph = holder.text_frame.paragraphs[0] if index == 0 else holder.text_frame.add_paragraph()
        _say(paragraph, bullet, size=size)


def _picture(made: Any, figure: Figure, png: bytes, frame: Frame, source: str) -> None:
    """The picture as large as its frame allows, in its own proportions, with caption above and source below."""
    left, top, width, height = frame
    if figure.caption:
        _small(made, (left, top, width, _CAPTION), [figure.caption], 16, bold=True)
        top, height = Length(top + _CAPTION), Length(height - _CAPTION)
    height = Length(height - (_CAPTION if source else 0))
    picture = made.shapes.add_picture(BytesIO(png), left, top)
    scale = min(width / picture.width, height / picture.height)
    picture.width, picture.height = (
        Length(round(picture.width * scale)),
        Length(round(picture.height * scale)),
    )
    picture._element.nvPicPr.cNvPr.set("descr", visible(figure.alt))  # no call for alt text
    if source:
        _small(made, (left, Length(top + picture.height + Pt(4)), width, _CAPTION), [source], 12)


def _small(made: Any, frame: Frame, lines: list[str], size: int, *, bold: bool = False) -> None:
    """A box of supporting text."""
    box = made.shapes.add_textbox(*frame)
    text = box.text_frame
    text.word_wrap = True
    text.margin_left = text.margin_right = text.margin_top = text.margin_bottom = 0
    for index, line in enumerate(lines):
        paragraph = text.paragraphs[0] if index == 0 else text.add_paragraph()
        _say(paragraph, line, size=size, colour=INK if bold else REFERENCE, bold=bold)


# ------------------------------------------------------------------ tables


def _table(made: Any, table: Table, frame: Frame) -> None:
    left, top, width, height = frame
    _small(made, (left, top, width, _CAPTION), [table.caption], 16, bold=True)
    remarks = Pt(18 * len(table.remarks))
    row = min(Inches(0.42), Length(round((height - _CAPTION - remarks) / (len(table.rows) + 1))))
    size = max(9.0, min(14.0, row.pt * 0.46))
    top = Length(top + _CAPTION)
    shape = made.shapes.add_table(
        len(table.rows) + 1, len(table.header), left, top, width, Length(row * (len(table.rows) + 1))
    )
    shape._element.nvGraphicFramePr.cNvPr.set("descr", visible(table.caption))  # no call for alt text
    grid = shape.table
    grid.first_row, grid.horz_banding, grid.first_col = True, False, table.row_headers
    grid._tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_GRID  # no call for the style
    weights = column_weights(table)
    for index, weight in enumerate(weights):
        grid.columns[index].width = Length(round(width * weight / sum(weights)))
    for number, cells in enumerate((tuple(Cell(name) for name in table.header), *table.rows)):
        grid.rows[number].height = row
        for index, cell in enumerate(cells):
            text = table.marker(cell) if cell.hidden else cell.text
            target = grid.cell(number, index)
            _write(target, text, size, head=number == 0, right=index in table.numeric)
            _lines(target, head=number == 0, hidden=cell.hidden)
    below = Length(top + row * (len(table.rows) + 1) + Pt(6))
    if table.remarks:
        _small(made, (left, below, width, remarks), list(table.remarks), 12)


def _write(cell: Any, text: str, size: float, *, head: bool, right: bool) -> None:
    cell.margin_left, cell.margin_right = Pt(0), Pt(10)
    cell.margin_top = cell.margin_bottom = Pt(2)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    _say(paragraph, text, size=size * 0.92 if head else size, colour=REFERENCE if head else INK, bold=False)


def _lines(cell: Any, *, head: bool, hidden: bool) -> None:
    """A rule below each row, and a hatch on what is hidden. The order of children is the schema's."""
    properties = cell._tc.get_or_add_tcPr()  # python-pptx has no call for cell borders
    properties.set("anchor", "ctr")
    colour, width = (RULE, 9525) if head else (HAIR, 6350)
    properties.append(
        parse_xml(
            f'<a:lnB xmlns:a="{_DRAWING}" w="{width}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:lnB>'
        )
    )
    if hidden:
        properties.append(
            parse_xml(
                f'<a:pattFill xmlns:a="{_DRAWING}" prst="ltUpDiag"><a:fgClr><a:srgbClr val="{RULE}"/></a:fgClr>'
                '<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>'
            )
        )


def _notes(slide: Slide) -> list[str]:
    """What the speaker needs, a line each: the notes, the figure in words, the table's rows."""
    lines = [line for line in slide.notes.split("\n") if line.strip()]
    if slide.figure:
        lines.append(slide.figure.alt)
    if slide.table:
        lines += [slide.table.caption, *_table_lines(slide.table)]
    return lines


def _table_lines(table: Table) -> list[str]:
    """`Nes – Elever: 102; Nivå: 48,0`, one line a row."""
    lines = []
    for row in table.rows:
        values = [table.marker(cell) + f" ({cell.reason})" if cell.hidden else cell.text for cell in row]
        named = "; ".join(
            f"{name}: {value}" for name, value in zip(table.header[1:], values[1:], strict=True)
        )
        lines.append(f"{values[0]} – {named}" if named else values[0])
    return lines


def _language(slides: Slides, locale: str) -> None:
    """Mark every run with its language, so that it is read aloud and proofed as what it is."""
    for page in (page for slide in slides.slides for page in (slide, slide.notes_slide)):
        for run in page._element.iter(qn("a:r")):
            run.get_or_add_rPr()
        for properties in page._element.iter(qn("a:rPr")):  # also those of the slide's number
            properties.set("lang", locale)
