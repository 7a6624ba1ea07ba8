"""Every page, in three languages, light and dark, at 320 and 1280 px: no violation of WCAG 2.2 AA, no CSP report."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Enter
from tests.journeys.pages import PAGES

AXE = Path(__file__).resolve().parents[2] / ".cache" / "axe" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
pytestmark = pytest.mark.journey


def violations(page: Page) -> list[str]:
    """What axe finds, as `rule: first place`."""
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS)
    return [
        f"{v['id']}: {v['nodes'][0]['target']} {v['nodes'][0]['html'][:160]}" for v in found["violations"]
    ]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", sorted(PAGES))
def test_no_violations(enter: Enter, person: str, language: str, width: int) -> None:
    page = enter(person if "." in person else "", width=width, language=LANGUAGES[language])
    reports: list[str] = []
    page.on("console", lambda message: reports.append(message.text) if message.type == "error" else None)
    wrong = {}
    for address in PAGES[person]:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status < 400 or address.endswith("finnes-ikke/"), address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (
            f"{address} overflows at {width}"
        )
        assert page.get_attribute("html", "lang") == language
        page.evaluate(AXE.read_text())
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            if found := violations(page):
                wrong[f"{address} {scheme}"] = found
    assert wrong == {}
    assert [report for report in reports if "Content Security Policy" in report] == []


def test_a_planted_violation_is_found(enter: Enter) -> None:
    page = enter("radgiver.fjordvik")
    page.goto("/9901/")
    page.evaluate(AXE.read_text())
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<main><img src=x><p style=\"\">x</p></main>')"
    )
    assert any(found.startswith("image-alt") for found in violations(page))
