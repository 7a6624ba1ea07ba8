"""The report's pages in a browser: axe in every state, reflow, the strict policy, and the work without scripts."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from tests.factories.cast import Cast
from tests.report.annual.staging import BERIT, cell, publish_all, publish_cells, start, write
from tettpaa.core.jobs.actions import run
from tettpaa.core.jobs.models import Job
from tettpaa.core.ui import assets
from tettpaa.report.annual import queries
from tettpaa.report.annual.actions import freeze
from tettpaa.report.annual.models import AnnualReport

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
AXE = assets.CACHE / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
YEAR = "/9901/rapport/2024-25/"
Enter = Callable[..., Any]


@pytest.fixture
def report(cast: Cast) -> AnnualReport:
    """A report with last year's text, a stale text, a frozen version, and figures newer than it."""
    publish_all(cast)
    write(start(cast, 2023), cast, "laeringsresultater", "why", "I fjor")
    made = start(cast)
    write(made, cast, "laeringsresultater", "why", "Fordi\n\n- ett punkt")
    write(made, cast, "sammendrag", "vedtak", "1. Be om status")
    freeze(report=made, seen=queries.seen_digest(made), by=BERIT)
    publish_cells([cell("9901", 46.0, 90)])
    return made


@pytest.fixture
def enter(browser: Any, live_server: Any, client_of: Callable[[str], Client]) -> Iterator[Enter]:
    """A browser signed in as somebody of the cast; the page's `complaints` hold what the browser complains about."""
    contexts = []

    def entered(
        name: str, width: int = 1280, scheme: str = "light", language: str = "nb", **options: Any
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=live_server.url, **options
        )
        contexts.append(context)
        session = client_of(name).cookies["sessionid"].value
        cookies = {"sessionid": session, "django_language": language}
        context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield entered
    for context in contexts:
        context.close()


def violations(page: Any) -> list[str]:
    """What axe finds. The script goes in past the page's policy, which would refuse it."""
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    found = page.evaluate("rules => axe.run(document, {runOnly: rules}).then(r => r.violations)", RULES)
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_is_accessible(enter: Enter, report: AnnualReport, width: int, language: str) -> None:
    berit, dag = (enter(name, width, "light", language) for name in ("berit", "dag"))
    wrong: dict[str, list[str]] = {}
    for page, addresses in (
        (berit, ("/9901/rapport/", YEAR, f"{YEAR}laeringsresultater/", f"{YEAR}vedlegg/", f"{YEAR}utkast/")),
        (dag, ("/9901/rapport/", f"{YEAR}les/")),
    ):
        for address in addresses:
            page.goto(address)
            wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            found = violations(page)
            page.emulate_media(color_scheme="dark")
            found += [f"dark: {one}" for one in violations(page)]
            page.emulate_media(color_scheme="light")
            if found := [*found, *([f"overflows by {wide}"] if wide else []), *page.complaints]:
                wrong[address] = found
            page.complaints.clear()
    assert not wrong, "\n".join(f"{at}: {what}" for at, found in wrong.items() for what in found)


@pytest.mark.parametrize("scripts", [True, False])
def test_two_people_write_and_the_conflict_page_is_accessible(
    enter: Enter, report: AnnualReport, scripts: bool
) -> None:
    berit, arne = (enter(name, java_script_enabled=scripts) for name in ("berit", "arne"))
    for page in (berit, arne):
        page.goto(f"{YEAR}om/")
    for page, words in ((berit, "Berits tekst"), (arne, "Arnes tekst")):
        page.get_by_label("Hvem har deltatt?").fill(words)
        page.get_by_role("button", name="Lagre kapittelet").click()
    assert "Noen andre lagret en tekst før deg." in arne.locator("h1").text_content()
    assert arne.get_by_label("Hvem har deltatt?").input_value() == "Arnes tekst"
    assert "Berits tekst" in arne.locator(".note").text_content()
    if scripts:
        assert violations(arne) == []
    arne.get_by_label("Hvem har deltatt?").fill("Berits og Arnes tekst")
    arne.get_by_role("button", name="Lagre kapittelet").click()
    assert "Kapittelet er lagret." in arne.locator(".messages").text_content()
    assert queries.texts_of(report)["om", "deltakere"].text == "Berits og Arnes tekst"


def test_freezing_and_reading_work_without_scripts(enter: Enter, report: AnnualReport) -> None:
    berit = enter("berit", java_script_enabled=False)
    berit.goto(YEAR)
    berit.get_by_role("button", name="Frys begge utgavene").click()
    assert berit.locator("progress").count() == 1
    run(Job.objects.get().pk)
    berit.reload()
    assert "Versjon 2 er frosset." in berit.locator("h1").text_content()
    dag = enter("dag", java_script_enabled=False)
    dag.goto("/9901/rapport/")
    dag.locator("main a", has_text="2024–25").click()
    assert "Versjon 2, frosset" in dag.locator("h1").text_content()
    with dag.expect_download() as download:
        dag.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename.endswith("-v2.pdf")


def test_progress_refreshes_the_page_when_the_work_is_done(enter: Enter, report: AnnualReport) -> None:
    berit = enter("berit")
    berit.goto(YEAR)
    berit.get_by_role("button", name="Frys begge utgavene").click()
    berit.wait_for_selector("progress")
    run(Job.objects.get().pk)
    berit.wait_for_selector("text=Versjon 2 er frosset.", timeout=10_000)
    assert violations(berit) == []


def test_a_chapter_can_be_written_from_the_keyboard(enter: Enter, report: AnnualReport) -> None:
    berit = enter("berit")
    berit.goto(f"{YEAR}vurdering/")
    berit.keyboard.press("Tab")
    assert berit.evaluate("document.activeElement.textContent") == "Hopp til innholdet"
    for _ in range(30):
        berit.keyboard.press("Tab")
        if berit.evaluate("document.activeElement.name") == "samlet":
            break
    berit.keyboard.type("Skrevet uten mus")
    for _ in range(10):
        berit.keyboard.press("Tab")
        if berit.evaluate("document.activeElement.type") == "submit":
            break
    berit.keyboard.press("Enter")
    berit.wait_for_selector("text=Kapittelet er lagret.")
    assert queries.texts_of(report)["vurdering", "samlet"].text == "Skrevet uten mus"
