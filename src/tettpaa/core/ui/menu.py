"""The one menu: rooms register an item in `apps.py`, a role sees only what the access table lets it open."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from tettpaa.core.orgs.access_table import PUBLIC, SIGNED_IN, access_table
from tettpaa.core.orgs.permissions import Permission

if TYPE_CHECKING:  # a room's apps.py imports this before the models can be loaded
    from tettpaa.core.orgs.models import Unit
    from tettpaa.core.orgs.viewer import Viewer

MOST = 8  # seven that anybody may have, and «Tall inn» for those who import
type Label = str | Promise | Callable[["Unit"], str]


class MenuError(ValueError):
    """Two items of one key, or more than eight for one role."""


@dataclass(frozen=True)
class Item:
    """One entry. `route` is opened with the owner's code; `covers` are other routes where it is the current one.

    `label` may be a function of the owner, for what the owner names itself (the report). An item `of_user`
    stands in the panel of the signed-in person, not in the menu.
    """

    key: str
    label: Label
    route: str
    order: int
    covers: frozenset[str] = field(default_factory=frozenset)
    of_user: bool = False


@dataclass(frozen=True)
class Entry:
    """An item as one reader sees it."""

    key: str
    label: str
    address: str
    is_current: bool


_items: dict[str, Item] = {}
_also: dict[str, frozenset[str]] = {}


def register(item: Item) -> None:
    """Add an item; called from a room's `AppConfig.ready`. Registering the same item twice is harmless."""
    if _items.setdefault(item.key, item) != item:
        raise MenuError(f"menu item {item.key!r} is already registered")


def also_covers(key: str, routes: frozenset[str]) -> None:
    """Routes of a room above where the item of that key is the current one; the item itself may not know them."""
    _also[key] = _also.get(key, frozenset()) | routes


def entries(viewer: "Viewer", owner: "Unit", current: str, *, of_user: bool = False) -> list[Entry]:
    """The items this viewer may open at this owner, in order. `current` is the route of the page shown."""
    found = [
        Entry(
            item.key,
            _text(item.label, owner),
            address,
            current in {item.route, *item.covers, *_also.get(item.key, ())},
        )
        for item in sorted(_items.values(), key=lambda one: one.order)
        if item.of_user == of_user and (address := _address(item.route, viewer, owner))
    ]
    if len(found) > MOST and not of_user:
        raise MenuError(f"the menu has room for {MOST} items, not {len(found)}")
    return found


def _text(label: Label, owner: "Unit") -> str:
    return label(owner) if callable(label) else str(label)


def _address(route: str, viewer: "Viewer", owner: "Unit") -> str:
    """Where the item leads, or "" when the table does not open it for the viewer."""
    rule = access_table().get(route)
    if rule is None:
        return ""
    if not _may(rule.permission, viewer, owner):
        return ""
    try:
        return reverse(route, kwargs={"owner": owner.code} if rule.place else {})
    except NoReverseMatch:
        return ""


def _may(permission: str, viewer: "Viewer", owner: "Unit") -> bool:
    if permission in {PUBLIC, SIGNED_IN}:
        return permission == PUBLIC or bool(viewer.email)
    return viewer.may(Permission(permission), owner)
