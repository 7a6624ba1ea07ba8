"""The document tree as a tagged PDF (PDF/UA-1 and PDF/A-2a) by Typst and one fixed template."""

import json
import re
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from tettpaa.report.export.glyphs import Coverage, coverage, narrowest
from tettpaa.report.export.sizes import longest, svg_width
from tettpaa.report.export.tree import Box, Document, Figure, Table
from tettpaa.report.export.words import LOCALES, WORDS, Words, imprint

_HERE: Final = resources.files("tettpaa.report.export")
# Typst's own words when a font has no glyph, or has one that PDF/A forbids.
_GLYPH_ERROR: Final = re.compile(r"could not be displayed|codepoint")
_LINE: Final = 84  # characters on a line of a table
_GAP: Final = 2  # characters between columns
_SHORT: Final = 14  # characters of a text that should never wrap
_WIDEST: Final = 60  # characters beyond which a column's text may as well wrap
_ERA: Final = datetime(2000, 1, 1, tzinfo=UTC)  # a draft carries no clock, so that it can be compared


class PdfError(RuntimeError):
    """Typst refused the document for another reason than a missing glyph (a broken SVG, most likely)."""


def render(document: Document, fonts: Path | None = None) -> bytes:
    """The PDF. `fonts`: a folder with TTF files (Inter); without it Typst's own fonts are used.

    Characters that no font can draw come out as `□`. The same document and fonts give the same bytes.
    Raises PdfError if a figure's SVG cannot be read.
    """
    from typst import TypstError  # noqa: PLC0415 - slow import

    try:
        try:
            return _compile(payload(document, coverage(fonts)), document.frozen_on, fonts)
        except TypstError as error:
            if not _GLYPH_ERROR.search(error.message):
                raise
        # A font draws less than its table says: better an export in Latin-1 than none.
        return _compile(payload(document, narrowest()), document.frozen_on, fonts)
    except TypstError as error:
        raise PdfError(error.message) from error


def payload(document: Document, glyphs: Coverage) -> str:
    """The JSON the template reads: the tree with every text fitted to the fonts, and our own words."""
    foot = imprint(document.version, document.frozen_on, document.checksum, document.language)
    encode = _Encoder(glyphs, WORDS[document.language])
    tree = encode.node(document)
    words = {name: text for name, text in encode.words.items() if isinstance(text, str)}
    region = LOCALES[document.language].partition("-")[2]
    return json.dumps({**tree, "imprint": glyphs.fit(foot), "words": words, "region": region, "slides": []})


@dataclass(frozen=True, slots=True)
class _Encoder:
    """Turns nodes into JSON values, adding what the template would otherwise have to work out."""

    glyphs: Coverage
    words: Words

    def node(self, node: Any) -> Any:
        if isinstance(node, str):
            return self.glyphs.fit(node)
        if isinstance(node, tuple):
            return [self.node(item) for item in node]
        if not is_dataclass(node):
            return node.isoformat() if isinstance(node, date) else node
        values = {
            field.name: self.node(getattr(node, field.name)) for field in fields(node) if field.name != "svg"
        }
        return {"kind": type(node).__name__, **values, **self._derived(node)}

    def _derived(self, node: Any) -> dict[str, Any]:
        match node:
            case Figure():
                return {"svg": self.glyphs.fit_svg(node.svg), "width": svg_width(node.svg)}
            case Box():
                return {
                    "number": node.question.number,
                    "question_text": self.words["questions"][node.question],
                }
            case Table():
                return {
                    "rows": [[self._cell(node, cell) for cell in row] for row in node.rows],
                    "columns": _shares(node),
                    "remarks": [self.node(remark) for remark in node.remarks],
                }
        return {}

    def _cell(self, table: Table, cell: Any) -> dict[str, Any]:
        values: dict[str, Any] = self.node(cell)
        return {**values, "marker": table.marker(cell) if cell.hidden else ""}


def _shares(table: Table) -> list[int]:
    """How the columns share the width: 0 is as wide as its text, else a share of what is left.

    If every line fits, only the first column (or the drawn ones) takes up slack; if not, long texts wrap.
    """
    lengths = longest(table)
    drawn = [any(row[index].strip for row in table.rows) for index in range(len(lengths))]
    if any(drawn):
        return [int(strip) for strip in drawn]
    if sum(lengths) + _GAP * len(lengths) <= _LINE:
        return [1] + [0] * (len(lengths) - 1)
    shares = [min(length, _WIDEST) if length > _SHORT else 0 for length in lengths]
    return shares if any(shares) else [1] + [0] * (len(lengths) - 1)


@cache
def _template() -> bytes:
    return (_HERE / "report.typ").read_bytes()


@cache
def _fonts(folder: Path | None, changed: int) -> Any:  # noqa: ARG001 - `changed` renews the cache
    from typst import Fonts  # noqa: PLC0415 - slow import

    return Fonts(include_system_fonts=False, font_paths=[folder] if folder else [])


def _compile(data: str, frozen_on: date | None, folder: Path | None) -> bytes:
    """Compile in a root that holds nothing but the template; the data is text, never Typst code."""
    import typst  # noqa: PLC0415 - slow import

    present = folder if folder and folder.is_dir() else None
    stamp = datetime.combine(frozen_on, time(), UTC) if frozen_on else _ERA
    with resources.as_file(_HERE) as root:
        return typst.compile(
            _template(),
            root=root,
            font_paths=_fonts(present, present.stat().st_mtime_ns if present else 0),
            ignore_system_fonts=True,
            sys_inputs={"data": data},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=stamp,
        )
