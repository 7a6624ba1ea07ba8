"""Independent readers of what was exported: the words of an HTML fragment and of a tagged PDF."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tettpaa.report.export import html
from tettpaa.report.export.tree import Figure

FONTS = Path(html.__file__).parents[2] / "core" / "ui" / "fonts"
_PIXEL = (
    "89504e470d0a1a0a0000000d49484452000000020000000108020000007b40e8dd0000000b49444154789c63f80f0600"
    "14f205fba40d7c5e0000000049454e44ae426082"
)


def own_fonts() -> Path:
    if not any(FONTS.glob("*.ttf")):
        pytest.skip("the Inter fonts are not set up (make setup)")
    return FONTS


def png_of(_figure: Figure) -> bytes:
    """A picture of two pixels by one; the chart engine is another room's."""
    return bytes.fromhex(_PIXEL)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.parts.append("\x00")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append("\x00")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def html_texts(fragment: str) -> list[str]:
    """The text nodes, in order."""
    parser = _Text()
    parser.feed(fragment)
    parser.close()
    return [part for part in "".join(parser.parts).split("\x00") if part]


def html_tags(fragment: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Text()
    parser.feed(fragment)
    parser.close()
    return parser.tags


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def poppler(command: str, *arguments: str, data: bytes, folder: Path) -> str:
    if not shutil.which(command):
        pytest.skip(f"{command} is missing: apt-get install poppler-utils")
    path = folder / "read.pdf"
    path.write_bytes(data)
    done = subprocess.run(
        [command, *arguments, str(path), *(["-"] if command == "pdftotext" else [])],
        capture_output=True,
        check=True,
    )
    return done.stdout.decode(errors="replace")  # alt texts come as UTF-16


def pdf_reading_order(data: bytes, folder: Path) -> str:
    """The tagged text after the table of contents, in reading order; marks of lists and the insides of figures left out."""
    text, path, contents_seen = "", [], False
    for line in poppler("pdfinfo", "-struct-text", data=data, folder=folder).splitlines():
        depth, shown = len(line) - len(line.lstrip()), line.strip()
        path = [(level, name) for level, name in path if level < depth]
        names = [name for _, name in path]
        if shown.startswith('"'):
            unread = {"TOC", "Lbl", "Figure"}.intersection(names) or not contents_seen
            text += "" if unread else shown[1:-1]
        elif not shown.startswith(("/", "Object")):
            name = re.split(r"\W", shown, maxsplit=1)[0]
            path.append((depth, name))
            contents_seen = contents_seen or name == "TOC"
            text += " "
    return text


def structure(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element of a tagged PDF, in reading order."""

    def walk(node: Any) -> Iterator[Any]:
        if not isinstance(node, pikepdf.Dictionary):
            return
        if "/S" in node:
            yield node
        children = node.get("/K", [])
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            yield from walk(child)

    yield from walk(pdf.Root.StructTreeRoot)
