"""The one menu: order, roles, the current item, and its limits."""

from collections.abc import Iterator

import pytest
from django.utils.functional import lazystr

from tests.core.ui.test_formats import NOVEMBER
from tests.factories.cast import Cast
from tettpaa.core.orgs.access_table import PUBLIC, SIGNED_IN, Rule
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import ANONYMOUS, Viewer, load_viewer
from tettpaa.core.ui import menu

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.ui.urls")]
GET = frozenset({"GET"})
TABLE = {
    "schools": Rule("schools", GET, "figures.read", "owner"),
    "imports": Rule("imports", GET, "imports.read", "owner"),
    "open": Rule("open", GET, PUBLIC, ""),
    "me": Rule("me", GET, SIGNED_IN, ""),
    "lost": Rule("lost", GET, PUBLIC, ""),
}


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(menu, "_items", {})
    monkeypatch.setattr(menu, "access_table", lambda: TABLE)
    menu.register(menu.Item("imports", lazystr("Tall inn"), "imports", 80))
    menu.register(
        menu.Item("schools", lambda owner: f"Skoler i {owner.label}", "schools", 20, frozenset({"school"}))
    )
    menu.register(menu.Item("open", "Åpent", "open", 90))
    menu.register(menu.Item("me", "Meg", "me", 10, of_user=True))
    return


def of(cast: Cast, name: str) -> Viewer:
    return load_viewer(cast.users[name], NOVEMBER)


def shown(viewer: Viewer, owner: Unit, current: str = "") -> list[tuple[str, str, bool]]:
    return [(entry.label, entry.address, entry.is_current) for entry in menu.entries(viewer, owner, current)]


def test_a_role_sees_what_the_access_table_opens(cast: Cast) -> None:
    assert shown(of(cast, "berit"), cast.fjordvik) == [
        ("Skoler i Fjordvik", "/k/9901/skoler/", False),
        ("Tall inn", "/k/9901/tall-inn/", False),
        ("Åpent", "/apent/", False),
    ]
    assert [label for label, _a, _c in shown(of(cast, "dag"), cast.fjordvik)] == [
        "Skoler i Fjordvik",
        "Åpent",
    ]


def test_a_role_elsewhere_and_no_role_see_only_what_is_public(cast: Cast) -> None:
    assert [label for label, _a, _c in shown(of(cast, "eva"), cast.fjordvik)] == ["Åpent"]
    assert [label for label, _a, _c in shown(ANONYMOUS, cast.fjordvik)] == ["Åpent"]


def test_the_current_item_is_its_route_or_one_it_covers(cast: Cast) -> None:
    viewer = of(cast, "dag")
    assert [current for _l, _a, current in shown(viewer, cast.fjordvik, "schools")] == [True, False]
    assert [current for _l, _a, current in shown(viewer, cast.fjordvik, "school")] == [True, False]
    assert [current for _l, _a, current in shown(viewer, cast.fjordvik, "imports")] == [False, False]


def test_the_persons_panel_is_apart(cast: Cast) -> None:
    entries = menu.entries(of(cast, "dag"), cast.fjordvik, "me", of_user=True)
    assert entries == [menu.Entry("me", "Meg", "/meg/", is_current=True)]
    assert menu.entries(ANONYMOUS, cast.fjordvik, "", of_user=True) == []


def test_an_item_without_rule_or_route_is_not_shown(cast: Cast) -> None:
    menu.register(menu.Item("unruled", "Uten regel", "unruled", 1))
    menu.register(menu.Item("lost", "Uten rute", "lost", 2))
    assert [label for label, _a, _c in shown(ANONYMOUS, cast.fjordvik)] == ["Åpent"]


def test_the_same_item_may_be_registered_again_another_may_not() -> None:
    menu.register(menu.Item("open", "Åpent", "open", 90))
    with pytest.raises(menu.MenuError, match="'open' is already registered"):
        menu.register(menu.Item("open", "Annet", "open", 90))


def test_more_than_eight_items_for_one_role_are_refused(cast: Cast) -> None:
    for number in range(7):
        menu.register(menu.Item(f"open{number}", "Åpent", "open", number))
    assert len(shown(ANONYMOUS, cast.fjordvik)) == 8
    menu.register(menu.Item("one_more", "Åpent", "open", 9))
    with pytest.raises(menu.MenuError, match="room for 8 items, not 9"):
        shown(ANONYMOUS, cast.fjordvik)
