"""The one access table: route × methods × permission × place (design.md §3.15), read from the site's TOML."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from tettpaa.core.orgs.permissions import Permission

PUBLIC = "public"
SIGNED_IN = "signed_in"
PLACES = {"", "owner", "school"}


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may call a route, how, and where. `place` names the URL argument that holds the unit's code."""

    route: str
    methods: frozenset[str]
    permission: str
    place: str
    only_demo: bool = False


@cache
def access_table() -> Mapping[str, Rule]:
    """All rules by route name. Raises ImproperlyConfigured with the row's name when a row is wrong."""
    return read_table(Path(settings.ACCESS_TABLE))


def read_table(path: Path) -> Mapping[str, Rule]:
    with path.open("rb") as file:
        rows = tomllib.load(file)
    return {route: _rule(route, row) for route, row in rows.items()}


def _rule(route: str, row: Mapping[str, object]) -> Rule:
    permission, place = str(row.get("permission", "")), str(row.get("place", ""))
    if permission not in {PUBLIC, SIGNED_IN, *Permission}:
        raise ImproperlyConfigured(f"access table: {route}: unknown permission {permission!r}")
    if place not in PLACES or (permission in {PUBLIC, SIGNED_IN}) == bool(place):
        raise ImproperlyConfigured(f"access table: {route}: place {place!r} does not go with {permission!r}")
    methods = row.get("methods")
    if not isinstance(methods, list) or not methods:
        raise ImproperlyConfigured(f"access table: {route}: methods are missing")
    return Rule(route, frozenset(map(str, methods)), permission, place, bool(row.get("only_demo", False)))
