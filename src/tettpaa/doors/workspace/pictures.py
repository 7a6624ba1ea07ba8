"""Pictures kept on disk: drawn at first demand, under the hash of the spec and of the colours."""

import hashlib
import json
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from tettpaa.core import ui
from tettpaa.data.charts import render
from tettpaa.data.charts.drawing import Drawing
from tettpaa.data.charts.themes import Theme, themed


def svg_of(drawing: Drawing, theme: Theme) -> bytes:
    """The chart as SVG; the first one who asks waits for the drawing, the next ones read a file."""
    kept = Path(settings.CHART_CACHE) / "pages" / f"{drawing.digest}-{_look(theme)}.svg"
    if kept.exists():
        return kept.read_bytes()
    _use_fonts()
    made = render.svg(drawing.spec, theme).encode("utf-8")
    _keep(kept, made)
    return made


def json_of(drawing: Drawing, theme: Theme) -> bytes:
    """The chart as Vega-Lite for the browser, in the theme's colours."""
    return json.dumps(themed(drawing.spec, theme), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _look(theme: Theme) -> str:
    """Everything beside the spec that decides how a picture comes out."""
    return hashlib.sha256(f"{theme!r} {version('vl-convert-python')}".encode()).hexdigest()[:12]


@cache
def _use_fonts() -> None:
    folder = Path(next(iter(ui.__path__))) / "fonts"
    if any(folder.glob("*.ttf")):
        render.set_fonts(folder)


def _keep(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: several processes may draw the same picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
        draft.write(content)
    Path(draft.name).replace(path)
