"""The founding packs: each is whole, loads on an owner, changes nothing the second time, and comes back as it was."""

from pathlib import Path

import pytest

from tests.factories.cast import Cast
from tettpaa.core.packs.actions import load_pack
from tettpaa.core.packs.docs import meanings, page
from tettpaa.core.packs.exporting import export_pack
from tettpaa.core.packs.merging import split
from tettpaa.core.packs.queries import changes, founding_pack, founding_packs
from tettpaa.core.packs.reading import read_pack
from tettpaa.core.packs.registry import parts
from tettpaa.core.packs.shapes import notes_of

NAMES = ("ski", "trondheim", "stavanger", "asker", "eide", "fjordvik", "empty")
ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_a_founding_pack_loads_exports_and_comes_back_as_it_was(
    cast: Cast, tmp_path: Path, name: str
) -> None:
    pack = founding_pack(name)
    load_pack(owner=cast.fjordvik, pack=pack, by="test")
    assert changes(cast.fjordvik, pack) == []
    assert load_pack(owner=cast.fjordvik, pack=pack, by="test") == []
    for file, text in export_pack(cast.fjordvik).items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    exported = read_pack(tmp_path)
    assert changes(cast.fjordvik, exported) == []
    entries = {part.name: split(exported.shapes.get(part.name) or part.shape()) for part in parts()}
    assert entries == {part.name: split(pack.shapes.get(part.name) or part.shape()) for part in parts()}


@pytest.mark.django_db
def test_an_exported_pack_loads_on_the_neighbour(cast: Cast, tmp_path: Path) -> None:
    load_pack(owner=cast.fjordvik, pack=founding_pack("fjordvik"), by="test")
    for file, text in export_pack(cast.fjordvik).items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    exported = read_pack(tmp_path)
    load_pack(owner=cast.utvik, pack=exported, by="test")
    assert changes(cast.utvik, exported) == []


@pytest.mark.django_db
def test_going_from_one_pack_to_another_ends_what_nobody_has_touched(cast: Cast) -> None:
    load_pack(owner=cast.fjordvik, pack=founding_pack("stavanger"), by="test")
    load_pack(owner=cast.fjordvik, pack=founding_pack("eide"), by="test")
    eide = founding_pack("eide")
    assert changes(cast.fjordvik, eide) == []
    for part in parts():
        shown = split(part.read(cast.fjordvik))
        assert set(shown) == set(split(eide.shapes.get(part.name) or part.shape())), part.name


def test_every_founding_pack_says_what_it_is_in_three_languages() -> None:
    for pack in founding_packs():
        sentences = {pack.head.about.nb, pack.head.about.nn, pack.head.about.en}
        assert (pack.name, len(sentences), "" in sentences) == (pack.name, 3, False)
        assert pack.head.sentence("sv") == pack.head.about.nb


def test_only_real_municipalities_have_a_code() -> None:
    codes = {pack.name: (pack.head.municipality, pack.head.is_invented) for pack in founding_packs()}
    assert codes == {
        "asker": ("3203", False),
        "eide": ("1579", False),
        "fjordvik": ("", True),
        "ski": ("3207", False),
        "stavanger": ("1103", False),
        "trondheim": ("5001", False),
        "empty": ("", False),
    }


@pytest.mark.parametrize("name", NAMES)
def test_meetings_and_road_name_bodies_that_the_pack_has(name: str) -> None:
    shapes = {part: shape.model_dump() for part, shape in founding_pack(name).shapes.items()}
    bodies = {body["key"] for body in shapes["owner"]["bodies"]}
    named = {key for kind in shapes.get("meetings", {}).get("kinds", ()) for key in kind["bodies"]}
    named |= {step["body"] for step in shapes.get("road", {}).get("steps", ()) if step["body"]}
    assert named - bodies == set()


def test_fjordvik_says_something_in_every_part() -> None:
    assert set(founding_pack("fjordvik").shapes) == {part.name for part in parts()}


def test_the_page_of_the_shapes_is_of_today() -> None:
    assert (ROOT / "docs" / "packs.md").read_text(encoding="utf-8") == page()


def test_every_field_says_what_it_means_and_says_it_once() -> None:
    silent = {
        (part.name, note.place) for part in parts() for note in notes_of(part.shape) if not note.meaning
    }
    assert silent == {(part, place) for part, places in meanings().items() for place in places}
