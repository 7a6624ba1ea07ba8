"""Templates extend, include and link only their own room or lower ones; each is used; no inline script or style."""

import re
from pathlib import Path

import pytest

from tests.house.test_arrows_models import ROOMS

SRC = Path(__file__).resolve().parents[2] / "src" / "tettpaa"
TEMPLATES = sorted(SRC.rglob("templates/**/*.html"))
ALLAUTH = {"account", "mfa", "allauth"}
REFERENCE = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")
LINK = re.compile(r"""{%\s*url\s+["']([a-z_]+):""")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>|<style|<[a-z][^>]*\s(?:style|on[a-z]+)=|javascript:",
    re.I,
)
FOREIGN = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""", re.I)


def room_of(path: Path) -> str:
    parts = path.relative_to(SRC).parts
    return parts[1]


def upward(path: Path, text: str) -> list[str]:
    """Names of templates and routes of higher rooms that the text refers to."""
    height = {label: position for position, label in enumerate(ROOMS)}
    own = height[room_of(path)]
    referred = [(name, name.split("/")[0]) for name in REFERENCE.findall(text)] + [
        (f"{r}:", r) for r in LINK.findall(text)
    ]
    return [name for name, room in referred if height.get(room, -1) > own]


def ids(path: Path) -> str:
    return str(path.relative_to(SRC))


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_references_point_down(path: Path) -> None:
    assert upward(path, path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_no_inline_script_style_or_foreign_host(path: Path) -> None:
    text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", path.read_text(), flags=re.S)
    assert INLINE.findall(text) + FOREIGN.findall(text) == []


def test_planted_offences_are_caught() -> None:
    path = SRC / "core" / "ui" / "templates" / "ui" / "x.html"
    assert upward(path, '{% include "workspace/school.html" %}{% url "annual:report" %}') == [
        "workspace/school.html",
        "annual:",
    ]
    assert INLINE.search("<p style='x'>")
    assert INLINE.search("<script>alert(1)</script>")
    assert INLINE.search('<a onclick="x">')
    assert FOREIGN.search('<img src="//cdn.example/x.png">')
    assert not INLINE.search('<script src="/static/a.js"></script>')


def _by_its_room(path: Path) -> bool:
    """A room whose views name their pages by the last word only: `page(request, "agenda", …)`."""
    room = next(one for one in path.parents if one.name == "templates").parent
    code = "\n".join(one.read_text() for one in room.rglob("*.py"))
    folder = str(path).split("/templates/")[1].rsplit("/", 1)[0]
    return f'f"{folder}/{{' in code and re.search(rf"\b{path.stem}\b", code) is not None


def test_every_template_is_used() -> None:
    everything = "\n".join(p.read_text() for p in [*SRC.rglob("*.py"), *TEMPLATES])
    unused = []
    for path in TEMPLATES:
        name = str(path).split("/templates/")[1]
        component = re.fullmatch(r"ui/([a-z_]+)\.html", name)
        used = (
            name in everything
            or _by_its_room(path)
            or (component and re.search(rf"""{{%\s*(?:ui|show)\s+["']{component[1]}["']""", everything))
        )
        if not used and name.split("/")[0] not in ALLAUTH and not re.fullmatch(r"[45]\d\d\.html", name):
            unused.append(name)
    assert unused == []
