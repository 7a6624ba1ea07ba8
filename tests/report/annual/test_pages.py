"""The pages: each answers first, shows what it should, and refuses whom it must."""

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories.cast import Cast
from tests.report.annual.staging import BERIT, cell, publish_all, publish_cells, start, write
from tettpaa.core.audit.models import Event
from tettpaa.core.jobs.actions import run
from tettpaa.core.jobs.models import Job
from tettpaa.core.jobs.registry import handler
from tettpaa.report.annual import queries
from tettpaa.report.annual.actions import freeze
from tettpaa.report.annual.chapters import chapters
from tettpaa.report.annual.enums import FileKind
from tettpaa.report.annual.models import AnnualReport, BlockText

pytestmark = pytest.mark.django_db
type ClientOf = Callable[[str], Client]
BASE = "/9901/rapport/"
YEAR = f"{BASE}2024-25/"


def text(response: object) -> str:
    """What a reader sees, on one line."""
    body = re.sub(r"<[^>]+>", " ", response.content.decode())  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", html.unescape(body))


def form_of(page: object) -> dict[str, str]:
    """The hidden versions of a chapter's form."""
    found = re.findall(r'name="([a-z]+-version)" value="(\d+)"', page.content.decode())  # type: ignore[attr-defined]
    return dict(found)


def done(job: Job) -> Job:
    run(job.pk)
    job.refresh_from_db()
    return job


@pytest.fixture
def report(cast: Cast) -> AnnualReport:
    publish_all(cast)
    return start(cast)


@pytest.fixture
def bare_report(cast: Cast) -> AnnualReport:
    """A report without any figures, where they do not matter."""
    return start(cast)


def test_an_empty_list_teaches(client_of: ClientOf) -> None:
    page = client_of("berit").get(BASE)
    assert "Ingen rapport er begynt ennå." in text(page)
    assert "Begynn rapporten" in text(page)
    assert "Ingen rapport er lagt fram ennå." in text(client_of("dag").get(BASE))


def test_the_menu_has_the_owners_own_name(client_of: ClientOf) -> None:
    assert re.search(r'aria-current="page">Tilstandsrapport<', client_of("dag").get(BASE).content.decode())


def test_a_report_is_begun(client_of: ClientOf) -> None:
    berit = client_of("berit")
    year = re.search(r'<option value="(\d{4})">', berit.get(BASE).content.decode())
    assert year is not None
    answer = berit.post(f"{BASE}ny/", {"year": year[1]})
    made = AnnualReport.objects.get()
    assert answer.url == f"{BASE}{made.school_year}/"
    assert (made.started_by, str(made.year)) == (BERIT, year[1])
    refused = berit.post(f"{BASE}ny/", {"year": year[1]}, follow=True)
    assert "Velg et skoleår" in text(refused)
    assert AnnualReport.objects.count() == 1


def test_the_report_says_how_much_is_written(client_of: ClientOf, cast: Cast, report: AnnualReport) -> None:
    write(report, cast, "laeringsresultater", "why", "Fordi")
    page = text(client_of("berit").get(YEAR))
    assert "1 av 14 deler er skrevet." in page
    assert "1 av 3 deler er skrevet" in page
    assert "13 deler er ikke skrevet." in page
    assert "1 av 14 deler skrevet" in text(client_of("berit").get(BASE))


def test_changed_figures_are_told_on_the_report_and_in_the_chapter(
    client_of: ClientOf, cast: Cast, report: AnnualReport
) -> None:
    write(report, cast, "laeringsresultater", "why", "Fordi")
    publish_cells([cell("9901", 46.0, 90)])
    berit = client_of("berit")
    assert "Én tekst står ved tall som har endret seg." in text(berit.get(YEAR))
    page = text(berit.get(f"{YEAR}laeringsresultater/"))
    assert "Lesing 5. trinn, Fjordvik, 2024–25: 48 → 46" in page
    assert "Teksten stemmer fortsatt" in page
    berit.post(
        f"{YEAR}laeringsresultater/", {"why": "Fordi", "why-version": 1, "why-stemmer": "on", **zeros("why")}
    )
    assert "→" not in text(berit.get(f"{YEAR}laeringsresultater/"))
    assert BlockText.objects.count() == 2


def zeros(*but: str) -> dict[str, str]:
    """Versions of the boxes nobody has written in."""
    return {f"{key}-version": "0" for key in ("see", "sure", "why", "done", "propose") if key not in but}


def test_a_chapter_is_written_beside_its_figures(
    client_of: ClientOf, cast: Cast, report: AnnualReport
) -> None:
    before = start(cast, 2023)
    write(before, cast, "laeringsresultater", "why", "Teksten fra i fjor")
    berit = client_of("berit")
    page = berit.get(f"{YEAR}laeringsresultater/")
    assert "0 av 3 deler er skrevet." in text(page)
    assert "Teksten fra i fjor" in text(page)
    assert "4.1 Lesing 5. trinn" in text(page)
    assert "Ikke skrevet ennå." in text(page)
    answer = berit.post(
        f"{YEAR}laeringsresultater/", {**form_of(page), "why": "Fordi <b>det</b>"}, follow=True
    )
    assert "Kapittelet er lagret." in text(answer)
    assert "Fordi &lt;b&gt;det&lt;/b&gt;" in answer.content.decode()
    assert queries.texts_of(report)["laeringsresultater", "why"].text == "Fordi <b>det</b>"


@pytest.mark.parametrize("key", [part.key for part in chapters()])
def test_every_chapter_has_its_page(client_of: ClientOf, report: AnnualReport, key: str) -> None:
    page = client_of("arne").get(f"{YEAR}{key}/")
    assert page.status_code == 200
    part = next(one for one in chapters() if one.key == key)
    assert part.title.nb in text(page)
    assert ("Lagre kapittelet" in text(page)) == bool(part.boxes)


def test_two_people_editing_get_a_page_with_both_texts(
    client_of: ClientOf, bare_report: AnnualReport
) -> None:
    berit, arne = client_of("berit"), client_of("arne")
    address = f"{YEAR}laeringsresultater/"
    opened = form_of(arne.get(address))
    berit.post(address, {**form_of(berit.get(address)), "why": "Berits tekst"})
    page = arne.post(address, {**opened, "why": "Arnes tekst", "done": "Arnes andre tekst"})
    assert page.status_code == 409
    assert "Noen andre lagret en tekst før deg." in text(page)
    assert "Berits tekst" in text(page)
    assert re.search(r"<textarea[^>]*>\s*Arnes tekst", page.content.decode())
    assert queries.texts_of(bare_report)["laeringsresultater", "done"].text == "Arnes andre tekst"
    saved = arne.post(
        address, {**form_of(page), "why": "Begge tekstene", "done": "Arnes andre tekst"}, follow=True
    )
    assert "Kapittelet er lagret." in text(saved)
    assert queries.texts_of(bare_report)["laeringsresultater", "why"].text == "Begge tekstene"
    assert BlockText.objects.filter(box="why").count() == 2


def test_a_text_that_is_too_long_is_kept_in_the_form(client_of: ClientOf, bare_report: AnnualReport) -> None:
    berit = client_of("berit")
    address = f"{YEAR}om/"
    page = berit.post(address, {"deltakere": "a" * 20_001, "deltakere-version": 0})
    assert "Det er plass til 20000 tegn." in text(page)
    assert "a" * 20_001 in page.content.decode()
    assert BlockText.objects.count() == 0


def test_a_freeze_is_ordered_shown_and_read(client_of: ClientOf, cast: Cast, report: AnnualReport) -> None:
    berit = client_of("berit")
    seen = queries.seen_digest(report)
    answer = berit.post(f"{YEAR}frys/", {"seen": seen})
    job = Job.objects.get()
    assert answer.url == f"{YEAR}?arbeid={job.pk}"
    assert "Rapporten fryses" in text(berit.get(answer.url))
    assert "HX-Refresh" not in berit.get(f"{YEAR}arbeid/{job.pk}/", headers={"HX-Request": "true"}).headers
    done(job)
    finished = berit.get(f"{YEAR}arbeid/{job.pk}/", headers={"HX-Request": "true"})
    assert finished.headers["HX-Refresh"] == "true"
    page = text(berit.get(answer.url))
    assert "Versjon 1 er frosset." in page
    assert "Ferdig" in page
    read = client_of("dag").get(f"{YEAR}les/")
    assert "Versjon 1, frosset" in text(read)
    assert "4 Læringsresultater" in text(read)
    assert "37,7" not in read.content.decode()
    assert "Tilstandsrapport for grunnskolen 2024–25" in text(client_of("aud").get(BASE))


def test_a_freeze_of_what_was_not_seen_is_refused(
    client_of: ClientOf, cast: Cast, bare_report: AnnualReport
) -> None:
    page = client_of("kai").post(f"{YEAR}frys/", {"seen": "gammelt"}, follow=True)
    assert "Noe ble endret etter at du åpnet siden." in text(page)
    assert Job.objects.count() == 0


def test_nothing_new_is_not_frozen_twice(client_of: ClientOf, bare_report: AnnualReport) -> None:
    freeze(report=bare_report, seen=queries.seen_digest(bare_report), by=BERIT)
    page = client_of("berit").post(f"{YEAR}frys/", {"seen": queries.seen_digest(bare_report)}, follow=True)
    assert "Ingenting er endret siden rapporten ble frosset." in text(page)
    assert Job.objects.count() == 0


def test_newer_figures_are_told_after_a_freeze(client_of: ClientOf, report: AnnualReport) -> None:
    freeze(report=report, seen=queries.seen_digest(report), by=BERIT)
    berit = client_of("berit")
    assert "Endrer du en tekst, blir det en ny versjon." in text(berit.get(YEAR))
    publish_cells([cell("9901", 46.0, 90)])
    assert "Tall er publisert eller trukket tilbake etter frysingen." in text(berit.get(YEAR))


def test_when_all_is_written_the_next_step_is_the_freeze(
    client_of: ClientOf, cast: Cast, bare_report: AnnualReport
) -> None:
    for part in chapters():
        for box in part.expected:
            write(bare_report, cast, part.key, box.key, "Skrevet")
    page = client_of("kai").get(YEAR)
    assert "14 av 14 deler er skrevet." in text(page)
    assert "Rapporten kan fryses." in text(page)
    assert "Frys rapporten" in text(page)


def test_a_file_is_ordered_made_and_fetched(client_of: ClientOf, report: AnnualReport) -> None:
    berit = client_of("berit")
    berit.post(f"{YEAR}eksport/", {"edition": "internal", "kind": "docx"})
    job = done(Job.objects.get())
    page = berit.get(f"{YEAR}?arbeid={job.pk}")
    assert "Utkast-intern-utgave.docx" in text(page)
    file = berit.get(f"{YEAR}fil/{job.result['artefacts'][0]}/")
    assert b"".join(file.streaming_content).startswith(b"PK")
    assert file.headers["Content-Disposition"].startswith("attachment; filename=")
    assert file.headers["Content-Type"] == FileKind.DOCX.media_type
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert berit.get(f"{YEAR}fil/999/").status_code == 404


def test_an_order_that_makes_no_sense_is_refused(client_of: ClientOf, bare_report: AnnualReport) -> None:
    page = client_of("berit").post(f"{YEAR}eksport/", {"edition": "public", "kind": "exe"}, follow=True)
    assert "Velg en utgave og et format." in text(page)
    assert Job.objects.count() == 0


def test_work_that_failed_or_was_overtaken_is_told(
    client_of: ClientOf, cast: Cast, bare_report: AnnualReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    berit = client_of("berit")
    berit.post(f"{YEAR}frys/", {"seen": queries.seen_digest(bare_report)})
    write(bare_report, cast, "om", "deltakere", "Midt i")
    job = done(Job.objects.get())
    assert "Noe ble endret mens rapporten ble frosset" in text(berit.get(f"{YEAR}?arbeid={job.pk}"))
    berit.post(f"{YEAR}eksport/", {"edition": "public", "kind": "pdf"})
    failing = Job.objects.get(kind="annual.export")
    assert handler(failing.kind) is not None
    monkeypatch.setattr("tettpaa.report.annual.tasks.export", lambda **_: 1 / 0)
    done(failing)
    assert "Arbeidet stoppet" in text(berit.get(f"{YEAR}?arbeid={failing.pk}"))
    assert "1 av 14" in text(berit.get(f"{YEAR}?arbeid=ikke-en-jobb"))


def test_another_reports_work_is_no_page(client_of: ClientOf, cast: Cast, bare_report: AnnualReport) -> None:
    start(cast, 2023)
    berit = client_of("berit")
    berit.post(f"{YEAR}eksport/", {"edition": "public", "kind": "pdf"})
    job = Job.objects.get()
    assert berit.get(f"{BASE}2023-24/arbeid/{job.pk}/").status_code == 404
    assert berit.get(f"{YEAR}arbeid/{job.pk}/").status_code == 200


def test_the_draft_is_read_with_its_charts(
    client_of: ClientOf, report: AnnualReport, settings, tmp_path
) -> None:  # type: ignore[no-untyped-def]
    settings.CHART_CACHE = tmp_path  # a place where nothing has been published
    berit = client_of("berit")
    page = berit.get(f"{YEAR}utkast/")
    assert "Dette er et utkast." in text(page)
    assert "37,7" in text(page)
    address = re.search(rf'src="({YEAR}utkast/bilde/[0-9a-f]{{32}}\.svg)"', page.content.decode())
    assert address is not None
    picture = berit.get(address[1])
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert picture.content.startswith(b"<svg")
    assert "default-src 'none'" in picture.headers["Content-Security-Policy"]
    assert client_of("dag").get(address[1]).status_code == 404
    assert client_of("dag").get(address[1].replace("utkast", "les")).status_code == 404


def test_published_pages_have_pictures_and_files(client_of: ClientOf, report: AnnualReport) -> None:
    berit, dag = client_of("berit"), client_of("dag")
    berit.post(f"{YEAR}frys/", {"seen": queries.seen_digest(report)})
    done(Job.objects.get())
    page = dag.get(f"{YEAR}les/")
    address = re.search(rf'src="({YEAR}les/bilde/[0-9a-f]{{32}}\.svg)"', page.content.decode())
    assert address is not None
    assert dag.get(address[1]).content.startswith(b"<svg")
    for kind, start_of in (("pdf", b"%PDF"), ("docx", b"PK"), ("pptx", b"PK")):
        assert b"".join(dag.get(f"{YEAR}les/{kind}/").streaming_content).startswith(start_of)
    assert dag.get(f"{YEAR}les/exe/").status_code == 404
    assert dag.get(f"{BASE}2023-24/les/pdf/").status_code == 404
    ids = re.findall(r'\bid="([^"]+)"', page.content.decode())
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "page", ["", "utkast/", "laeringsmiljo/", "fil/1/", "arbeid/00000000-0000-0000-0000-000000000000/"]
)
@pytest.mark.parametrize("name", ["dag", "aud", "carl", "siv", "eva"])
def test_drafts_are_closed_to_the_rest(
    client_of: ClientOf, bare_report: AnnualReport, name: str, page: str
) -> None:
    assert client_of("berit").get(YEAR).status_code == 200
    assert client_of(name).get(f"{YEAR}{page}").status_code == 404


def test_the_chief_executive_reads_and_freezes_but_does_not_write(
    client_of: ClientOf, bare_report: AnnualReport
) -> None:
    kai = client_of("kai")
    page = text(kai.get(YEAR))
    assert "Frys begge utgavene" in page
    assert "Skriv neste kapittel" not in page
    assert kai.get(f"{YEAR}om/").status_code == 404


def test_an_adviser_writes_but_does_not_freeze(client_of: ClientOf, bare_report: AnnualReport) -> None:
    arne = client_of("arne")
    assert "Frys" not in text(arne.get(YEAR)).replace("Frysing", "")
    assert arne.post(f"{YEAR}frys/", {"seen": queries.seen_digest(bare_report)}).status_code == 404


@pytest.mark.parametrize("year", ["2024-26", "2024", "1999-00", "2023-24", "les"])
def test_a_year_without_a_report_is_no_page(
    client_of: ClientOf, bare_report: AnnualReport, year: str
) -> None:
    berit = client_of("berit")
    assert berit.get(f"{BASE}{year}/").status_code == 404
    assert berit.get(f"{BASE}{year}/les/").status_code == 404


def test_an_unknown_chapter_is_no_page(client_of: ClientOf, bare_report: AnnualReport) -> None:
    assert client_of("berit").get(f"{YEAR}finnes-ikke/").status_code == 404


def test_the_trail_names_every_deed(client_of: ClientOf, cast: Cast, bare_report: AnnualReport) -> None:
    berit = client_of("berit")
    berit.post(f"{YEAR}om/", {"deltakere": "Alle", "deltakere-version": 0})
    berit.post(f"{YEAR}frys/", {"seen": queries.seen_digest(bare_report)})
    done(Job.objects.get())
    kinds = list(
        Event.objects.filter(kind__startswith="annual.").order_by("number").values_list("kind", flat=True)
    )
    assert kinds == [
        "annual.report_started", "annual.texts_written", "annual.report_frozen",
        "annual.file_exported", "annual.file_exported", "annual.file_exported",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "first"), [("nn", "0 av 14 delar er skrivne."), ("en", "0 of 14 parts are written.")]
)
def test_the_interface_follows_the_reader(
    client_of: ClientOf, bare_report: AnnualReport, language: str, first: str
) -> None:
    berit = client_of("berit")
    berit.cookies["django_language"] = language
    page = berit.get(YEAR)
    if f'lang="{language}"' not in page.content.decode():
        pytest.skip("the catalogues are not compiled (make setup)")
    assert first in text(page)
