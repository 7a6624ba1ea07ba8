"""Every page, in three languages, light and dark, at 320 and 1280 px: no violation of WCAG 2.2 AA, no CSP report.

Bokmål at both widths; nynorsk, whose words are as long, at the narrow one; English at the wide one.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Enter
from tests.journeys.pages import PAGES

AXE = Path(__file__).resolve().parents[2] / ".cache" / "axe" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
BAD = """orgnr;skole;skoleaar;trinn;indikator;dimensjon;kategori;verdi;n;teller;nevner;usikkerhet;status;kilde
F00000015;Nes skole;2024-25;5;np5_lesing;;;4 9,1;34;;;3,1;;x
99;Vik skole;2024-25;5;np5_lesing;;;50;6x;;;;;x
"""
pytestmark = pytest.mark.journey


def violations(page: Page) -> list[str]:
    """What axe finds, as `rule: first place`."""
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS)
    return [
        f"{v['id']}: {v['nodes'][0]['target']} {v['nodes'][0]['html'][:160]}" for v in found["violations"]
    ]


class _Walk:
    """The pages at one width. A class for each width, as the suite gives classes to its workers one by one."""

    width: int

    def test_no_violations(self, enter: Enter, keys: dict[str, str], person: str, language: str) -> None:
        page = enter(person if "." in person else "", width=self.width, language=LANGUAGES[language])
        reports: list[str] = []
        page.on("console", lambda message: reports.append(message.text) if message.type == "error" else None)
        wrong: dict[str, list[str]] = {}
        for address in (one.format(**keys) for one in PAGES[person]):
            answer = page.goto(address)
            assert answer is not None
            assert answer.status < 400 or address.endswith("finnes-ikke/"), address
            assert page.get_attribute("html", "lang") == language
            wrong |= self.found(page, address)
        assert wrong == {}
        assert [report for report in reports if "Content Security Policy" in report] == []

    def test_pages_that_need_something_made_first(self, enter: Enter, tmp_path: Path, language: str) -> None:
        """A figure's way back to its file, and a file with errors."""
        page = enter("radgiver.fjordvik", width=self.width, language=LANGUAGES[language])
        page.goto("/9901/skoler/F00000015/np5_regning/")
        trace = page.locator("a.figure").first.get_attribute("href")
        bad = tmp_path / f"feil-{language}-{self.width}.csv"
        bad.write_text(BAD)
        page.goto("/9901/tall-inn/")
        page.locator('input[type="file"]').set_input_files(bad)
        page.locator("form:has(input[type=file]) button[type=submit]").click()
        page.wait_for_url("**/tall-inn/*-*/")
        page.get_by_text("4 9,1").first.wait_for()
        wrong: dict[str, list[str]] = {}
        for address in (trace or "", page.url):
            page.goto(address)
            wrong |= self.found(page, address)
        assert wrong == {}

    def found(self, page: Page, address: str) -> dict[str, list[str]]:
        """Violations of the page that is open, in light and dark; it may not be wider than the screen."""
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.width, f"{address} overflows at {self.width}"
        page.evaluate(AXE.read_text())
        wrong = {}
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            if seen := violations(page):
                wrong[f"{address} {scheme}"] = seen
        return wrong


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each walk in the languages of its width, and the pages of each person."""
    if metafunc.cls is None:
        return
    metafunc.parametrize("language", metafunc.cls.languages)
    if "person" in metafunc.fixturenames:
        metafunc.parametrize("person", sorted(PAGES))


class TestNarrow(_Walk):
    width, languages = 320, ("nb", "nn")


class TestWide(_Walk):
    width, languages = 1280, ("nb", "en")


def test_a_planted_violation_is_found(enter: Enter) -> None:
    page = enter("radgiver.fjordvik")
    page.goto("/9901/")
    page.evaluate(AXE.read_text())
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<main><img src=x><p style=\"\">x</p></main>')"
    )
    assert any(found.startswith("image-alt") for found in violations(page))
