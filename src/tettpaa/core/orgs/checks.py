"""System checks: every route stands in the access table, and every row is a route. A new door fails until placed."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from tettpaa.core.orgs.access_table import access_table


def routes() -> Iterator[tuple[str, str]]:
    """All routes of the site as (`room:name`, whole pattern); an unnamed one has the name ''."""
    yield from _routes(get_resolver(), "", "")


def _routes(resolver: URLResolver, namespace: str, above: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        pattern = f"{above}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from _routes(
                entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace, pattern
            )
        elif isinstance(entry, URLPattern):
            yield (f"{namespace}{entry.name}" if entry.name else ""), pattern


@register()
def every_route_stands_in_the_access_table(**_: Any) -> list[CheckMessage]:
    names = [name for name, _ in routes()]
    table = access_table()
    messages: list[CheckMessage] = [
        Error(f"route {name or pattern!r} is not in the access table", id="orgs.E001")
        for name, pattern in routes()
        if name not in table
    ]
    expected = {route for route, rule in table.items() if settings.DEMO or not rule.only_demo}
    messages += [
        Error(f"the access table has {route!r}, which is no route", id="orgs.E002")
        for route in sorted(expected - set(names))
    ]
    return messages
