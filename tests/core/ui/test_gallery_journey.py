"""The gallery in a browser: axe, reflow, the strict policy, the interactive chart, and focus."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from tettpaa.core.ui import assets

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
AXE = assets.CACHE / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Open = Callable[..., Any]


@pytest.fixture
def open_gallery(browser: Any, live_server: Any, client_of: Callable[[str], Client]) -> Iterator[Open]:
    """Open the gallery as Berit; the page's list `complaints` collects what the browser complains about."""
    contexts = []

    def opened(width: int, scheme: str, language: str) -> Any:
        client = client_of("berit")
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": language}
        context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"{live_server.url}/ui/")
        return page

    yield opened
    for context in contexts:
        context.close()


def violations(page: Any) -> list[str]:
    """What axe finds. The script goes in past the page's policy, which would refuse it."""
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    found = page.evaluate("rules => axe.run(document, {runOnly: rules}).then(r => r.violations)", RULES)
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(1280, "light", "nb"), (320, "dark", "nn"), (1280, "dark", "en"), (320, "light", "en")],
)
def test_gallery_is_accessible(open_gallery: Open, width: int, scheme: str, language: str) -> None:
    page = open_gallery(width, scheme, language)
    page.locator(".chart").scroll_into_view_if_needed()
    page.wait_for_selector(".chart .drawn svg")
    assert page.get_attribute("html", "lang") == language
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert violations(page) == []
    assert page.complaints == []


def test_interactive_chart_speaks_the_readers_numbers(open_gallery: Open) -> None:
    for language, label in (("nb", "48,0"), ("en", "48.0")):
        page = open_gallery(1280, "light", language)
        page.locator(".chart").scroll_into_view_if_needed()
        page.wait_for_selector(".chart .drawn svg")
        assert label in page.locator(".chart .drawn svg").text_content()
        assert page.locator(".chart .drawn svg").get_attribute("aria-label").startswith("Nes skole, regning")


def test_picture_stays_when_the_chart_cannot_be_drawn(open_gallery: Open) -> None:
    page = open_gallery(1280, "light", "nb")
    page.route("**/vega.js", lambda route: route.abort())
    page.reload()
    page.locator(".chart").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert page.locator(".chart .drawn").count() == 0
    assert page.locator(".chart img").is_visible()


def test_error_summary_has_focus_and_skip_link_leads_to_the_content(open_gallery: Open) -> None:
    page = open_gallery(1280, "light", "nb")
    assert page.evaluate("document.activeElement.className").startswith("error-summary")
    page.evaluate("document.activeElement.blur(); document.querySelector('.skip').focus()")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innhold"


def test_panel_closes_by_escape_and_gives_focus_back(open_gallery: Open) -> None:
    page = open_gallery(1280, "light", "nb")
    page.locator("details.user summary").click()
    page.keyboard.press("Escape")
    assert page.locator("details.user[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
