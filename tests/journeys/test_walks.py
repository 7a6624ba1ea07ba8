"""The core tasks, walked by a person with scripts and by one without: see, trace, import, report, read."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.test_axe import AXE, violations

pytestmark = pytest.mark.journey
HEADS = (
    "orgnr;skole;skoleaar;trinn;indikator;dimensjon;kategori;verdi;n;teller;nevner;usikkerhet;status;kilde"
)
both = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def wait(page: Page, words: str) -> None:
    """Wait for work to finish; without scripts the person reloads."""
    for _ in range(60):
        if words in page.locator("main").inner_text():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{words!r} never came: {page.locator('main').inner_text()[:800]}")


@both
def test_a_real_schools_figure_leads_back_to_its_file(enter: Enter, scripts: bool) -> None:
    page = enter("radgiver.stavanger", scripts=scripts)
    page.goto("/1103/skoler/974611465/np5_engelsk/")
    page.locator("a.figure", has_text=re.compile(r"^\d+$")).first.click()
    expect(page.get_by_text("Nasjonale_proever_5._trinn.csv").first).to_be_visible()
    expect(page.get_by_text(re.compile(r"[Rr]ad \d+")).first).to_be_visible()


@both
def test_a_bad_file_is_told_cell_by_cell_and_changes_nothing(
    enter: Enter, tmp_path: Path, scripts: bool
) -> None:
    page = enter("radgiver.fjordvik", scripts=scripts)
    bad = tmp_path / f"feil-{scripts}.csv"
    rows = [
        "F00000015;Nes skole;2024-25;5;np5_lesing;;;4 9,1;34;;;3,1;;x",
        "99;Vik;2024-25;5;np5_lesing;;;50;6x;;;;;x",
    ]
    bad.write_text("\n".join([HEADS, *rows]))
    page.goto("/9901/tall-inn/")
    page.locator('input[type="file"]').set_input_files(bad)
    page.locator("form:has(input[type=file]) button[type=submit]").click()
    wait(page, "Ingenting er endret")
    text = page.locator("main").inner_text()
    assert "4 9,1" in text
    assert "6x" in text
    assert page.get_by_role("button", name=re.compile("Publiser")).count() == 0
    page.evaluate(AXE.read_text()) if scripts else None
    if scripts:
        for language in ("nn", "en", "nb"):
            page.set_extra_http_headers({"Accept-Language": language})
            page.reload()
            page.evaluate(AXE.read_text())
            assert violations(page) == []


@both
def test_a_good_file_is_previewed_published_and_seen(enter: Enter, tmp_path: Path, scripts: bool) -> None:
    page = enter("radgiver.fjordvik", scripts=scripts)
    good = tmp_path / "god.csv"
    year, value = ("2026-27", "51,7") if scripts else ("2027-28", "50,3")
    good.write_text(f"{HEADS}\nF00000015;Nes skole;{year};5;np5_lesing;;;{value};34;;;3,1;;Egen måling\n")
    page.goto("/9901/tall-inn/")
    page.locator('input[type="file"]').set_input_files(good)
    page.locator("form:has(input[type=file]) button[type=submit]").click()
    button = page.get_by_role("button", name=re.compile("^Publiser"))
    for _ in range(60):
        if button.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    button.click()
    wait(page, "Tallene er publisert.")
    page.goto("/9901/skoler/F00000015/np5_lesing/")
    assert value.split(",")[0] in page.locator("main").inner_text()
    assert (
        year.replace("-", "–") in page.locator("main").inner_text()
        or year in page.locator("main").inner_text()
    )


def test_a_principal_starts_at_the_own_school_and_sees_no_shelf(enter: Enter) -> None:
    page = enter("rektor.hustadvika")
    expect(page).to_have_url(re.compile("/1579/skoler/975283518/"))
    expect(page.get_by_text("Eide barneskole").first).to_be_visible()
    assert page.get_by_role("link", name="Tall inn").count() == 0
    answer = page.goto("/1579/tall-inn/")
    assert answer is not None
    assert answer.status == 404


def test_the_language_can_be_changed_without_scripts(enter: Enter) -> None:
    page = enter("folkevalgt.asker", scripts=False)
    page.goto("/3203/")
    page.locator("header summary").last.click()
    page.get_by_role("button", name="Nynorsk").first.click()
    assert page.get_attribute("html", "lang") == "nn"


def test_every_chart_on_the_school_page_has_its_table(enter: Enter) -> None:
    page = enter("radgiver.fjordvik", scripts=False)
    page.goto("/9901/skoler/F00000015/")
    charts = page.locator("figure:has(img)")
    assert charts.count() >= 1
    assert (
        page.locator("table").count() >= charts.count() - page.locator("main table figure:has(img)").count()
    )
    assert page.locator("img:not([alt])").count() == 0
