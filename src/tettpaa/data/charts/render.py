"""From spec to SVG and PNG on the server, offline, and the hash that a chart's address holds."""

import hashlib
import json
import re
import threading
from html import escape
from pathlib import Path
from typing import Final

from tettpaa.data.charts.inputs import Spec
from tettpaa.data.charts.themes import Theme, themed

# vl-convert 1.9 carries Vega-Lite 5.8 to 6.4; the browser's 6.5 reads the same specs.
VEGA_LITE: Final = "6.4"
# Nothing may be fetched while drawing: a spec holds its own data.
_NO_ADDRESSES: Final[list[str]] = []
_HEAD: Final = re.compile(r"^<svg\b")
_ROLES: Final = re.compile(r' (?:role="graphics-object"|aria-roledescription="[^"]*"|aria-hidden="true")')
_registered: set[Path] = set()
_lock = threading.Lock()


def set_fonts(path: Path) -> None:
    """Let the renderer use the TTF files of a folder (Inter). FileNotFoundError if there is no such folder."""
    import vl_convert  # noqa: PLC0415 - slow import: a JavaScript engine of 80 MB

    folder = path.resolve()
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    with _lock:
        if folder not in _registered:
            vl_convert.register_font_directory(str(folder))
            _registered.add(folder)


def svg(spec: Spec, theme: Theme) -> str:
    """The chart as one SVG with its text alternative, fit for `<img>`, for inlining under the CSP and documents.

    Takes 10-60 ms, the first in a process about a second. ValueError for a spec that Vega-Lite cannot draw.
    """
    import vl_convert  # noqa: PLC0415 - slow import: a JavaScript engine of 80 MB

    drawn = vl_convert.vegalite_to_svg(
        themed(spec, theme), vl_version=VEGA_LITE, allowed_base_urls=_NO_ADDRESSES
    )
    label = escape(str(spec.get("description", "")), quote=True)
    # One picture with one name; the parts inside are not for a screen reader.
    return _HEAD.sub(f'<svg role="img" aria-label="{label}"', _ROLES.sub("", drawn), count=1)


def png(spec: Spec, theme: Theme, scale: float = 2) -> bytes:
    """The chart as PNG, `scale` pixels to each px: for Word and PowerPoint."""
    import vl_convert  # noqa: PLC0415 - slow import: a JavaScript engine of 80 MB

    return vl_convert.vegalite_to_png(
        themed(spec, theme), vl_version=VEGA_LITE, scale=scale, allowed_base_urls=_NO_ADDRESSES
    )


def digest(spec: Spec) -> str:
    """16 hex digits of the SHA-256 of the spec's canonical JSON: the same figures give the same address."""
    text = json.dumps(spec, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
