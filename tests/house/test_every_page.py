"""Every page that can be opened is walked by axe, or says why it is walked elsewhere."""

from django.urls import resolve

from tests.journeys.pages import ELSEWHERE, PAGES, resolvable
from tettpaa.core.orgs.access_table import access_table


def test_every_page_is_walked() -> None:
    walked = {
        resolve(resolvable(address)).view_name
        for pages in PAGES.values()
        for address in pages
        if address != "/finnes-ikke/"
    }
    pages = {route for route, rule in access_table().items() if "GET" in rule.methods}
    assert pages - walked - ELSEWHERE == set()
    assert (walked & ELSEWHERE, ELSEWHERE - pages) == (set(), set())
