"""The one registry: who gives what, in which order, and nothing twice."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from tettpaa.core.ui import panels
from tettpaa.core.ui.panels import Asked, Item, Knot, Link, PackagePart, Words

ASKED = Asked(viewer=SimpleNamespace(), owner=SimpleNamespace(), today=date(2026, 11, 22))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("_knots", "_items", "_parts"):
        monkeypatch.setattr(panels, name, {})
    return


def goal(_: Asked) -> Knot:
    return Knot(Link.GOAL, "there", (Words("Vi vil "), Words("lese", "/9901/mal/")))


def test_the_thread_has_ten_links_whoever_has_registered() -> None:
    panels.register_knot(Link.GOAL, goal)
    panels.register_knot(Link.EFFECT, lambda _: None)
    found = panels.thread(ASKED)
    assert [knot.link for knot in found] == list(Link)
    assert [knot.state for knot in found] == ["there", *["later"] * 9]


def test_an_address_is_reckoned_only_when_it_is_shown() -> None:
    reckoned = []

    def address(name: str) -> str:
        reckoned.append(name)
        return f"/{name}/?a=1&b=2"

    lines = [Item("due", title, panels.when_shown(partial(address, title))) for title in ("b", "a")]
    panels.register_items("room", lambda _: lines)
    found = panels.items(ASKED)
    assert [item.title for item in found] == ["a", "b"]
    assert reckoned == []
    assert Template("{{ item.address }}").render(Context({"item": found[0]})) == "/a/?a=1&amp;b=2"
    assert reckoned == ["a"]
    assert found[1].address == "/b/?a=1&b=2"


def test_two_rooms_cannot_own_one_link() -> None:
    panels.register_knot(Link.GOAL, goal)
    panels.register_knot(Link.GOAL, goal)
    with pytest.raises(ValueError, match="goal"):
        panels.register_knot(Link.GOAL, lambda _: None)


def test_late_lines_come_first_and_undated_last() -> None:
    lines = [
        Item("due", "b", "/", date(2026, 12, 1)),
        Item("report", "c", "/"),
        Item("late", "a", "/", date(2026, 11, 30)),
        Item("due", "d", "/", date(2026, 11, 25)),
    ]
    panels.register_items("one", lambda _: lines[:2])
    panels.register_items("two", lambda _: lines[2:])
    assert [item.title for item in panels.items(ASKED)] == ["a", "d", "b", "c"]


def test_parts_of_the_package_in_their_order() -> None:
    panels.register_part("b", lambda _: PackagePart("b", "B", 20, "b.html"))
    panels.register_part("a", lambda _: PackagePart("a", "A", 10, "a.html"))
    panels.register_part("none", lambda _: None)
    assert [part.key for part in panels.parts(ASKED)] == ["a", "b"]


def test_the_thread_bar_says_where_the_reader_is() -> None:
    panels.register_knot(Link.GOAL, goal)
    page = Template('{% load thread %}{% thread_bar asked "meeting" name="Lesing" address="/trad/" %}')
    html = page.render(Context({"asked": ASKED}))
    assert html.count("<li") == 10
    assert html.count('aria-current="step"') == 1
    assert '<a href="/9901/mal/">Mål</a>' in html
    assert "Dialogmøte · ledd 4 av 10" in html
    assert '<a href="/trad/">Hele tråden</a>' in html
