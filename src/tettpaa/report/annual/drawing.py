"""Charts of the report: drawn once, kept on disk, and shown as SVG in pages and documents, as PNG in Office."""

import hashlib
import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from django.conf import settings

from tettpaa.core import ui
from tettpaa.core.orgs.enums import Accent
from tettpaa.data.charts import render
from tettpaa.data.charts.inputs import Spec
from tettpaa.data.charts.themes import theme
from tettpaa.report.export.tree import Figure

# The named accents of core/ui/static/ui/tokens.css, for paper.
ACCENTS: Final = {
    Accent.SEA: "#0b5a6b",
    Accent.FOREST: "#2f5d3a",
    Accent.HEATHER: "#6a3d78",
    Accent.COAST: "#1f4e8c",
    Accent.PLUM: "#7a2e52",
    Accent.SLATE: "#3f4f63",
}
PNG_SCALE: Final = 2
KEY: Final = re.compile(r"[0-9a-f]{32}\Z")
_SIZE: Final = re.compile(r'<svg\b[^>]*?\bwidth="([0-9.]+)"[^>]*?\bheight="([0-9.]+)"')
_GAP: Final = 6  # px between two small charts
_TITLE: Final = 22  # px above a small chart, for its name


@dataclass(frozen=True, slots=True)
class Caption:
    """The words round a picture: what it shows for those who do not see it, the line above, the source below."""

    alt: str
    above: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Drawer:
    """Turns specs into figures of the tree. `later` keeps the spec only and leaves the drawing to the browser's
    own request for the picture, so that a page never waits; `folder` is where those specs are kept.
    """

    accent: str
    folder: Path
    later: bool = False

    def figure(self, spec: Spec, caption: Caption) -> Figure:
        """One chart."""
        return self.beside([("", spec)], caption)

    def beside(self, charts: Sequence[tuple[str, Spec]], caption: Caption) -> Figure:
        """Small charts side by side as one picture, each with its name above."""
        recipe = json.dumps([self.accent, *charts], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        key = _digest(f"{_renderer()}\n{recipe}")
        if self.later:
            _keep(self.folder / f"{key}.json", recipe.encode())
            drawn = ""
        else:
            drawn = _drawn(key, recipe)
        return Figure(svg=drawn, alt=caption.alt, caption=caption.above, source=caption.source, key=key)

    def picture(self, svg: str, caption: Caption) -> Figure:
        """A picture of our own making, which pages find by its key like any chart."""
        figure = Figure(
            svg=svg, alt=caption.alt, caption=caption.above, source=caption.source, key=_digest(svg)
        )
        if self.later:
            remember(self.folder, figure)
        return figure


def picture(folder: Path, key: str) -> str | None:
    """The SVG that a page asks for by its key; None when no page of this folder has shown it."""
    kept = folder / f"{key}.json"
    if not KEY.match(key) or not kept.exists():
        return None
    recipe = kept.read_text(encoding="utf-8")
    if not recipe and not _svg_of(key).exists():
        return None  # a frozen picture whose copy was cleared away; its page puts it back
    return _drawn(key, recipe)


def remember(folder: Path, figure: Figure) -> None:
    """Let a page show a figure of a frozen document: its own SVG, not one drawn anew."""
    _keep(folder / f"{figure.key}.json", b"")
    _keep(_svg_of(figure.key), figure.svg.encode())


def png_of(figure: Figure) -> bytes:
    """The figure's SVG as PNG, for Word and slides; kept on disk by the SVG's own hash."""
    kept = _cache() / "png" / f"{_digest(figure.svg)}-{PNG_SCALE}.png"
    if kept.exists():
        return kept.read_bytes()
    import vl_convert  # noqa: PLC0415 - slow import: a JavaScript engine of 80 MB

    _use_fonts()
    made: bytes = vl_convert.svg_to_png(figure.svg, scale=PNG_SCALE)
    _keep(kept, made)
    return made


def pictures_of(owner_code: str, edition: str) -> Path:
    """Where the pictures of an owner's pages are named, one folder an edition, so that access can be told apart."""
    return _cache() / "report" / owner_code / edition


def fonts_folder() -> Path | None:
    """The TTF files of Inter, if set-up has brought them in."""
    folder = Path(next(iter(ui.__path__))) / "fonts"
    return folder if any(folder.glob("*.ttf")) else None


def _cache() -> Path:
    return Path(settings.CHART_CACHE)


def _svg_of(key: str) -> Path:
    return _cache() / "svg" / f"{key}.svg"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@cache
def _renderer() -> str:
    """What else decides how a chart comes out; a new version draws anew."""
    return version("vl-convert-python")


def _drawn(key: str, recipe: str) -> str:
    kept = _svg_of(key)
    if kept.exists():
        return kept.read_text(encoding="utf-8")
    accent, *charts = json.loads(recipe)
    _use_fonts()
    drawn = [(title, render.svg(spec, theme("print", accent))) for title, spec in charts]
    made = drawn[0][1] if len(drawn) == 1 and not drawn[0][0] else _joined(drawn)
    _keep(kept, made.encode())
    return made


def _joined(charts: Sequence[tuple[str, str]]) -> str:
    """Several SVGs as one: each is nested as it is, with its name above in the document's own type."""
    parts, left, tall = [], 0.0, 0.0
    for title, svg in charts:
        found = _SIZE.search(svg)
        width, height = (float(found[1]), float(found[2])) if found else (160.0, 104.0)
        name = _escape(title)
        parts.append(
            f'<text x="{left:g}" y="14" font-family="Inter, sans-serif" font-size="12" font-weight="600" '
            f'fill="#17211f">{name}</text>' + svg.replace("<svg", f'<svg x="{left:g}" y="{_TITLE}"', 1)
        )
        left += width + _GAP
        tall = max(tall, height)
    wide, high = left - _GAP, tall + _TITLE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:g}" height="{high:g}" '
        f'viewBox="0 0 {wide:g} {high:g}" role="img">{"".join(parts)}</svg>'
    )


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@cache
def _use_fonts() -> None:
    folder = fonts_folder()
    if folder is not None:
        render.set_fonts(folder)


def _keep(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; what is there already stays."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
        draft.write(content)
    Path(draft.name).replace(path)
    path.chmod(0o640)
