"""Writes docs/packs.md from the shapes: `python -m tettpaa.core.packs.docs [FOLDER]`."""

import json
import os
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import django

from tettpaa.core.packs.heads import HEAD, PackHead
from tettpaa.core.packs.registry import Shape, parts
from tettpaa.core.packs.shapes import entry_models, notes_of

_MEANINGS: Final = Path(__file__).with_name("meanings.toml")
_INTRO = """\
<!-- Made by `python -m tettpaa.core.packs.docs`; change the rooms' shapes (`pack.py`), not this page. -->

A pack is a folder of TOML files that says how a municipality works with quality in its schools. `pack.toml` must be
there; each of the other files may be left out. A field that is left out says nothing. What a file does not know is
an error, told with file and line, and nothing is changed.

| command | does |
|---|---|
| `tettpaa pack list` | the packs that come with the product |
| `tettpaa pack check FOLDER\\|NAME` | reads the pack and tells every problem |
| `tettpaa pack diff FOLDER\\|NAME --owner CODE` | tells what loading would change, and what it would leave |
| `tettpaa pack load FOLDER\\|NAME --owner CODE [--dry-run]` | loads it, all or nothing |
| `tettpaa pack export --owner CODE --output FOLDER` | writes the owner's configuration of today as a pack |

A list of tables with a `key` is a list of entries. When a changed pack is loaded, each field of each entry is held
against what the pack held when it was loaded last and against what the owner has today. A field that nobody has
changed takes the pack's new value; a field that people have changed stays as it is. An entry that the pack no longer
has is ended when nobody has changed it; what others have built on is kept. Choose a key once and keep it: the key is
what makes an entry the same entry when its name changes.

In the tables below `[]` marks each of a list: `goals[].text` is `text` in a table that begins with `[[goals]]`."""


def page() -> str:
    """The whole page as Markdown, one section for each file in the order in which they are loaded."""
    lines = ["# Packs", "", _INTRO]
    files: list[tuple[str, type[Shape]]] = [(HEAD, PackHead), *((part.name, part.shape) for part in parts())]
    for name, shape in files:
        lines += ["", f"## {name}.toml", "", *_about(shape), *_table(name, shape)]
    return "\n".join(lines) + "\n"


def _about(shape: type[Shape]) -> Iterator[str]:
    listed = ", ".join(f"`[[{name}]]`" for name in entry_models(shape))
    if listed:
        yield f"Entries: {listed}."
        yield ""


@cache
def meanings() -> dict[str, dict[str, str]]:
    """What fields mean, by part and place, where the shapes do not say it themselves."""
    return tomllib.loads(_MEANINGS.read_text(encoding="utf-8"))


def _table(name: str, shape: type[Shape]) -> Iterator[str]:
    yield from (_line(("field", "what may stand there", "unsaid", "meaning")), "|---|---|---|---|")
    for note in notes_of(shape):
        unsaid = "must be there" if note.required else f"`{_unsaid(note.default)}`"
        meaning = note.meaning or meanings().get(name, {}).get(note.place, "")
        yield _line((f"`{note.place}`", note.kind, unsaid, meaning))


def _unsaid(value: Any) -> str:
    return "–" if value is None else json.dumps(value, ensure_ascii=False)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '\\|') for cell in cells)} |"


def main(arguments: list[str]) -> int:
    """Write the page into the folder (default `docs`)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tettpaa.site.settings")
    django.setup()  # the rooms register their parts when the apps are ready
    Path(arguments[0] if arguments else "docs", "packs.md").write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
