"""The look of the slides: a white 16:9 master with one accent bar, three layouts, and our own text styles."""

from copy import deepcopy
from typing import Any, Final

from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Slides
from pptx.util import Inches, Length

from tettpaa.report.export.leftovers import drop_leftovers
from tettpaa.report.export.palette import FONT, HAIR, INK, INK2, REFERENCE

type Frame = tuple[Length, Length, Length, Length]  # left, top, width, height

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
SIDE: Final = Inches(0.75)
INNER: Final = Inches(13.333 - 1.5)
TITLE: Final[Frame] = (SIDE, Inches(0.4), INNER, Inches(1.15))
BODY: Final[Frame] = (SIDE, Inches(1.9), INNER, Inches(4.75))
FOOT: Final[Frame] = (SIDE, Inches(6.97), Inches(10.5), Inches(0.3))
NUMBER: Final[Frame] = (Inches(11.58), Inches(6.97), Inches(1), Inches(0.3))
COVER_TITLE: Final[Frame] = (Inches(1.1), Inches(1.7), Inches(10.8), Inches(2.1))
COVER_TEXT: Final[Frame] = (Inches(1.1), Inches(4.0), Inches(10.8), Inches(1.4))
COVER_FOOT: Final[Frame] = (Inches(1.1), Inches(6.6), Inches(10.8), Inches(0.5))

_KEPT: Final = {0: "cover", 1: "text", 5: "picture"}  # the library's layouts we build on
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SLIDES: Final = "http://schemas.openxmlformats.org/presentationml/2006/main"
_FRAMES: Final = {
    PP_PLACEHOLDER.TITLE: TITLE,
    PP_PLACEHOLDER.BODY: BODY,
    PP_PLACEHOLDER.OBJECT: BODY,
    PP_PLACEHOLDER.FOOTER: FOOT,
    PP_PLACEHOLDER.SLIDE_NUMBER: NUMBER,
    PP_PLACEHOLDER.CENTER_TITLE: COVER_TITLE,
    PP_PLACEHOLDER.SUBTITLE: COVER_TEXT,
}


def design(slides: Slides, accent: str) -> dict[str, Any]:
    """Turn the library's master into ours; returns the layouts `cover`, `text` and `picture`."""
    drop_leftovers(slides.part.rels)
    drop_leftovers(slides.part.package._rels)  # no call for it
    slides.slide_width, slides.slide_height = WIDTH, HEIGHT
    master = slides.slide_master
    layouts = {name: slides.slide_layouts[index] for index, name in _KEPT.items()}
    for layout in list(slides.slide_layouts):
        if layout not in layouts.values():
            slides.slide_layouts.remove(layout)
    for page in (master, *layouts.values()):
        _place(page)
    _styles(master, accent)
    _theme(master, accent)
    _bar(master, (Length(0), Length(0), WIDTH, Inches(0.09)), accent)
    _bar(master, (SIDE, Inches(6.88), INNER, Length(6350)), HAIR)
    cover = layouts["cover"]
    cover._element.set("showMasterSp", "0")  # no call for it: the cover has a bar of its own
    _bar(cover, (Length(0), Length(0), Inches(0.3), HEIGHT), accent)
    return layouts


def _place(page: Any) -> None:
    """Put each placeholder in its frame; dates go, for a frozen report has its own."""
    for shape in list(page.placeholders):
        kind = shape.placeholder_format.type
        if kind == PP_PLACEHOLDER.DATE:
            shape._element.getparent().remove(shape._element)  # no call for it
        elif kind in _FRAMES:
            shape.left, shape.top, shape.width, shape.height = _FRAMES[kind]
            _inset(shape, kind)


def _inset(shape: Any, kind: Any) -> None:
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    body = frame._txBody.find(qn("a:bodyPr"))  # python-pptx has no call for the anchor's inheritance
    body.set("anchor", "b" if kind in {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE} else "t")
    for child in list(body):
        body.remove(child)
    styles = frame._txBody.find(qn("a:lstStyle"))  # the layout's own sizes give way to the master's
    for child in list(styles):
        styles.remove(child)
    sizes = {PP_PLACEHOLDER.CENTER_TITLE: (44, INK), PP_PLACEHOLDER.SUBTITLE: (22, INK2)}
    if kind in sizes:
        styles.append(_level(*sizes[kind], bold=kind == PP_PLACEHOLDER.CENTER_TITLE))
    elif kind in {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}:
        side = "r" if kind == PP_PLACEHOLDER.SLIDE_NUMBER else "l"
        styles.append(_level(11, REFERENCE, align=side))


def _level(size: float, colour: str, *, bold: bool = False, align: str = "l") -> Any:
    return parse_xml(
        f'<a:lvl1pPr xmlns:a="{_DRAWING}" marL="0" indent="0" algn="{align}"><a:buNone/>'
        f'<a:defRPr sz="{round(size * 100)}" b="{int(bold)}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f'<a:latin typeface="{FONT}"/></a:defRPr></a:lvl1pPr>'
    )


def _styles(master: Any, accent: str) -> None:
    """Titles large and to the left; bullets are dashes in the accent."""
    fill = f'<a:solidFill><a:srgbClr val="{INK}"/></a:solidFill><a:latin typeface="{FONT}"/>'
    levels = "".join(
        f'<a:lvl{level}pPr marL="{280000 * level}" indent="-280000" algn="l"><a:lnSpc><a:spcPct val="105000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="1000"/></a:spcBef><a:buClr><a:srgbClr val="{accent}"/></a:buClr>'
        f'<a:buFont typeface="{FONT}"/><a:buChar char="–"/><a:defRPr sz="{2600 - 200 * level}">{fill}</a:defRPr>'
        f"</a:lvl{level}pPr>"
        for level in (1, 2, 3)
    )
    styles = parse_xml(
        f'<p:txStyles xmlns:p="{_SLIDES}" xmlns:a="{_DRAWING}"><p:titleStyle><a:lvl1pPr algn="l">'
        f'<a:lnSpc><a:spcPct val="95000"/></a:lnSpc><a:buNone/><a:defRPr sz="3200" b="1">{fill}</a:defRPr></a:lvl1pPr>'
        f"</p:titleStyle><p:bodyStyle>{levels}</p:bodyStyle><p:otherStyle/></p:txStyles>"
    )
    old = master._element.find(qn("p:txStyles"))  # python-pptx has no call for master styles
    old.getparent().replace(old, styles)


def _theme(master: Any, accent: str) -> None:
    """Theme fonts and first accent, so that what people add themselves looks like the rest."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = parse_xml(part.blob)
    for font in ("majorFont", "minorFont"):
        root.find(f".//{{{_DRAWING}}}{font}/{{{_DRAWING}}}latin").set("typeface", FONT)
    scheme = root.find(f".//{{{_DRAWING}}}accent1")
    scheme[:] = [parse_xml(f'<a:srgbClr xmlns:a="{_DRAWING}" val="{accent}"/>')]
    part._blob = serialize_part_xml(root)


def _bar(page: Any, frame: Frame, colour: str) -> None:
    """A decorative rectangle, put behind everything else. Layouts and masters have no call to add shapes."""
    left, top, width, height = frame
    tree = page.shapes._spTree  # see above
    number = _free_id(tree)
    shape = parse_xml(
        f'<p:sp xmlns:p="{_SLIDES}" xmlns:a="{_DRAWING}"><p:nvSpPr><p:cNvPr id="{number}" name="Bar {number}"/>'
        f'<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{int(left)}" y="{int(top)}"/>'
        f'<a:ext cx="{int(width)}" cy="{int(height)}"/></a:xfrm><a:prstGeom prst="{MSO_SHAPE.RECTANGLE.xml_value}">'
        f'<a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
        f"</p:spPr></p:sp>"
    )
    tree.insert(2, shape)


def add_foot(slide: Any, text: str) -> None:
    """The layout's foot and slide number on this slide; python-pptx leaves them out of new slides."""
    tree = slide.shapes._spTree  # see above
    for holder in slide.slide_layout.placeholders:
        kind = holder.placeholder_format.type
        if kind not in {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}:
            continue
        element = deepcopy(holder._element)
        element.nvSpPr.cNvPr.set("id", str(_free_id(tree)))
        tree.append(element)
        copied = slide.placeholders[holder.placeholder_format.idx]
        copied.text_frame._txBody.find(qn("a:lstStyle"))[:] = []  # inherited from the layout
        if kind == PP_PLACEHOLDER.FOOTER:
            copied.text_frame.text = text


def _free_id(tree: Any) -> int:
    return max((int(found) for found in tree.xpath(".//p:cNvPr/@id")), default=1) + 1


def text_size(texts: tuple[str, ...], width: Length, height: Length) -> float:
    """The largest of our sizes at which these bullets fit the box, by an estimate of half an em a character."""
    for size in (24, 22, 20, 18, 16):
        each_line = max(1, width.pt / (size * 0.52))
        lines = sum(-(-len(text) // each_line) for text in texts)
        if lines * size * 1.3 + len(texts) * 10 <= height.pt:
            return size
    return 14
