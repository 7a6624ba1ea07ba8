"""The look of the Word document: our own styles, lists, table style and settings, all as real Word styles."""

from dataclasses import dataclass
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from tettpaa.report.export.leftovers import drop_leftovers
from tettpaa.report.export.palette import FONT, HAIR, INK, INK2, REFERENCE, RULE, plain, tint
from tettpaa.report.export.tree import Document
from tettpaa.report.export.words import LOCALES

TABLE_STYLE: Final = "TettTable"
BULLETS, NUMBERS = 1, 2  # numbering definitions; each list of proposals restarts the second
TEXT_WIDTH: Final = Mm(210 - 2 * 24)
_HANG: Final = 400  # twentieths of a point that a list's text stands in


@dataclass(frozen=True, slots=True)
class Look:
    """One paragraph style. Sizes and spaces in points, line height in 240ths of a line, colour as RRGGBB."""

    name: str
    key: str
    size: float
    bold: bool = False
    colour: str = INK
    before: float = 0
    after: float = 8
    line: int = 288
    follow: bool = False  # kept on the page of the next paragraph
    outline: int | None = None
    numbering: int | None = None
    ground: str = ""
    above: str = ""  # colour of a rule above
    right_tab: bool = False
    indent: int = 0


def looks(accent: str) -> tuple[Look, ...]:
    """Every paragraph style of the document."""
    return (
        Look("Normal", "Normal", 11),
        Look("Title", "Title", 36, bold=True, before=6, after=10, line=252),
        Look("Subtitle", "Subtitle", 16, colour=INK2, after=0),
        Look("Owner", "Owner", 13, bold=True, colour=accent, before=120, after=8),
        Look("Contents Heading", "ContentsHeading", 22, bold=True, after=18),
        Look("heading 1", "Heading1", 14, bold=True, colour=accent, after=4, follow=True, outline=0),
        Look(
            "heading 2", "Heading2", 13, bold=True, colour=accent, before=22, after=4, follow=True, outline=1
        ),
        Look("heading 3", "Heading3", 12, bold=True, before=16, after=4, follow=True, outline=2),
        Look("Lead", "Lead", 20, bold=True, after=8, line=264, follow=True),
        Look("Support", "Support", 13, colour=INK2, after=14),
        *_box_looks(accent),
        Look("caption", "Caption", 11, bold=True, before=14, after=5, follow=True),
        Look("Note", "Note", 9.5, colour=REFERENCE, before=3, after=6, line=264),
        Look("Table Text", "TableText", 10, after=0, line=252),
        Look("Table Head", "TableHead", 9, colour=REFERENCE, after=0, line=252),
        Look("header", "Header", 8.5, colour=REFERENCE, after=0, line=240, right_tab=True),
        Look("footer", "Footer", 8.5, colour=REFERENCE, after=0, line=240, right_tab=True, above=HAIR),
        Look("toc 1", "TOC1", 11, bold=True, before=9, after=2, right_tab=True),
        Look("toc 2", "TOC2", 11, colour=INK2, after=2, right_tab=True, indent=300),
    )


def _box_looks(accent: str) -> tuple[Look, ...]:
    """The five questions and their answers; what we propose stands on a tinted ground."""
    ground = tint(accent)
    return (
        Look("Question", "Question", 11.5, bold=True, before=12, after=4, follow=True, above=RULE),
        Look(
            "Question Proposed",
            "QuestionProposed",
            11.5,
            bold=True,
            before=12,
            after=4,
            follow=True,
            above=accent,
            ground=ground,
        ),
        Look("Proposed", "Proposed", 11, after=0, line=348, ground=ground),
        Look("Proposed Number", "ProposedNumber", 11, after=0, line=348, ground=ground, numbering=NUMBERS),
        Look("Proposed Bullet", "ProposedBullet", 11, after=0, line=348, ground=ground, numbering=BULLETS),
        Look("List Bullet", "ListBullet", 11, after=4, numbering=BULLETS),
        Look("List Number", "ListNumber", 11, after=4, numbering=NUMBERS),
    )


def w(tag: str, attributes: dict[str, Any] | None = None, *children: Any) -> Any:
    """A `w:` element with `w:` attributes: `w("sz", {"val": 22})`."""
    made = OxmlElement(f"w:{tag}")
    for name, value in (attributes or {}).items():
        made.set(qn(name if ":" in name else f"w:{name}"), str(value))
    made.extend(children)
    return made


def dress(word: WordDocument, document: Document) -> None:
    """Replace the library's styles, lists and settings with ours, in the document's language and accent."""
    drop_leftovers(word.part.rels)
    drop_leftovers(word.part.package.rels)
    accent = plain(document.accent)
    _styles(word, accent, LOCALES[document.language])
    _lists(word, accent)
    _settings(word, LOCALES[document.language])
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin, section.bottom_margin = Mm(32), Mm(26)
    section.header_distance, section.footer_distance = Mm(14), Mm(12)
    section.different_first_page_header_footer = True


def _styles(word: WordDocument, accent: str, locale: str) -> None:
    root = word.styles.element
    for child in list(root):
        root.remove(child)
    fonts = w("rFonts", dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), FONT))
    language = w("lang", {"val": locale, "eastAsia": locale, "bidi": "ar-SA"})
    run = w(
        "rPr", None, fonts, w("color", {"val": INK}), w("sz", {"val": 22}), w("szCs", {"val": 22}), language
    )
    root.append(w("docDefaults", None, w("rPrDefault", None, run), w("pPrDefault", None, w("pPr"))))
    for look in looks(accent):
        root.append(_paragraph_style(look))
    bare = {"type": "character", "default": 1, "styleId": "DefaultParagraphFont"}
    root.append(w("style", bare, w("name", {"val": "Default Paragraph Font"})))
    root.append(_normal_table())
    root.append(_table_style())
    root.append(
        w("style", {"type": "numbering", "default": 1, "styleId": "NoList"}, w("name", {"val": "No List"}))
    )


def _paragraph_style(look: Look) -> Any:
    attributes: dict[str, Any] = {"type": "paragraph", "styleId": look.key}
    if look.key == "Normal":
        attributes["default"] = 1
    head = [w("name", {"val": look.name})]
    if look.key != "Normal":
        head.append(w("basedOn", {"val": "Normal"}))
    if look.key.startswith("Heading") or look.key in {"Lead", "Title", "Caption"}:
        head.append(w("next", {"val": "Normal"}))
    weight = [w("b"), w("bCs")] if look.bold else []
    size = [w("sz", {"val": round(look.size * 2)}), w("szCs", {"val": round(look.size * 2)})]
    run = w("rPr", None, *weight, w("color", {"val": look.colour}), *size)
    return w("style", attributes, *head, w("qFormat"), _paragraph_look(look), run)


def _paragraph_look(look: Look) -> Any:
    """Children in the order the schema demands, or Word asks to repair the file."""
    parts = []
    if look.follow:
        parts += [w("keepNext"), w("keepLines")]
    if look.numbering:
        parts.append(w("numPr", None, w("numId", {"val": look.numbering})))
    if look.above:
        size = 12 if look.ground else 4
        parts.append(
            w("pBdr", None, w("top", {"val": "single", "sz": size, "space": 8, "color": look.above}))
        )
    if look.ground:
        parts.append(w("shd", {"val": "clear", "color": "auto", "fill": look.ground}))
    if look.right_tab:
        parts.append(w("tabs", None, w("tab", {"val": "right", "pos": round(TEXT_WIDTH.twips)})))
    parts.append(
        w(
            "spacing",
            {
                "before": round(look.before * 20),
                "after": round(look.after * 20),
                "line": look.line,
                "lineRule": "auto",
            },
        )
    )
    if look.numbering:
        parts.append(w("ind", {"left": _HANG, "hanging": _HANG}))
    elif look.indent:
        parts.append(w("ind", {"left": look.indent}))
    if look.outline is not None:
        parts.append(w("outlineLvl", {"val": look.outline}))
    return w("pPr", None, *parts)


def _margins(top: int, side: int) -> Any:
    edges = (("top", top), ("left", 0), ("bottom", top), ("right", side))
    return w("tblCellMar", None, *(w(edge, {"w": width, "type": "dxa"}) for edge, width in edges))


def _normal_table() -> Any:
    attributes = {"type": "table", "default": 1, "styleId": "TableNormal"}
    return w("style", attributes, w("name", {"val": "Normal Table"}), w("tblPr", None, _margins(0, 0)))


def _table_style() -> Any:
    hair = {"val": "single", "sz": 4, "space": 0, "color": HAIR}
    borders = w("tblBorders", None, w("bottom", hair), w("insideH", hair))
    head = w(
        "tblStylePr",
        {"type": "firstRow"},
        w(
            "tcPr",
            None,
            w("tcBorders", None, w("bottom", {"val": "single", "sz": 6, "space": 0, "color": RULE})),
        ),
    )
    return w(
        "style",
        {"type": "table", "customStyle": 1, "styleId": TABLE_STYLE},
        w("name", {"val": "Tett Table"}),
        w("basedOn", {"val": "TableNormal"}),
        w("qFormat"),
        w("tblPr", None, borders, _margins(70, 160)),
        head,
    )


def _lists(word: WordDocument, accent: str) -> None:
    root = word.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for number, (kind, text) in enumerate((("bullet", "–"), ("decimal", "%1")), start=1):
        mark = w("rPr", None, w("b"), w("color", {"val": accent}))
        place = w("pPr", None, w("ind", {"left": _HANG, "hanging": _HANG}))
        level = w(
            "lvl",
            {"ilvl": 0},
            w("start", {"val": 1}),
            w("numFmt", {"val": kind}),
            w("lvlText", {"val": text}),
            w("lvlJc", {"val": "left"}),
            place,
            mark,
        )
        root.append(
            w("abstractNum", {"abstractNumId": number}, w("multiLevelType", {"val": "singleLevel"}), level)
        )
    for number in (BULLETS, NUMBERS):
        root.append(w("num", {"numId": number}, w("abstractNumId", {"val": number})))


def fresh_numbers(word: WordDocument) -> int:
    """A numbering that starts at 1 again; returns its id."""
    root = word.part.numbering_part.element
    number = len(root.findall(qn("w:num"))) + 1
    restart = w("lvlOverride", {"ilvl": 0}, w("startOverride", {"val": 1}))
    root.append(w("num", {"numId": number}, w("abstractNumId", {"val": NUMBERS}), restart))
    return number


def _settings(word: WordDocument, locale: str) -> None:
    """Fields are brought up to date on opening; text is proofed in its own language; modern layout."""
    root = word.settings.element
    root.find(qn("w:zoom")).set(qn("w:percent"), "100")
    compat = root.find(qn("w:compat"))
    compat.addprevious(w("updateFields", {"val": "true"}))
    for setting in compat.findall(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    language = root.find(qn("w:themeFontLang"))
    language.set(qn("w:val"), locale)
    del language.attrib[qn("w:eastAsia")]
    if not locale.startswith("en"):
        root.find(qn("w:decimalSymbol")).set(qn("w:val"), ",")
        root.find(qn("w:listSeparator")).set(qn("w:val"), ";")
