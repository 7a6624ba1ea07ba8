"""The import shelf as people meet it: what they see, what they can press, what never gets through."""

import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.data.sources.template_files import NES, UTVIK, VIK, line, template
from tests.data.sources.test_import_actions import publish, read_here, skoleporten, work
from tests.factories.cast import Cast
from tettpaa.core.jobs.models import Job
from tettpaa.data.indicators.models import PublishedValue, Release
from tettpaa.data.sources import actions
from tettpaa.data.sources.enums import State
from tettpaa.data.sources.lock import BusyError
from tettpaa.data.sources.models import Import, NameMapping
from tettpaa.data.sources.screens.shelf import expectation

pytestmark = pytest.mark.django_db
SHELF = "/9901/tall-inn/"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: object) -> None:
    settings.FILE_STORE = tmp_path / "store"  # type: ignore[attr-defined]
    monkeypatch.setattr("tettpaa.data.sources.examine.read_in_child", read_here)


@pytest.fixture
def arne(client_of: Callable[[str], Client]) -> Client:
    client = client_of("arne")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "nb"
    return client


def send(client: Client, content: bytes, name: str = "tall.csv", **fields: str) -> HttpResponse:
    """Upload through the form, and let the worker check the file."""
    answer = client.post(f"{SHELF}last-opp/", {"file": SimpleUploadedFile(name, content), **fields})
    row = Import.objects.order_by("received_at").last()
    if row is not None and row.state == State.RECEIVED:
        work(row)
    return answer  # type: ignore[return-value]


def text_of(client: Client, address: str) -> str:
    """The page's words, without tags and with single spaces."""
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def last() -> Import:
    row = Import.objects.order_by("received_at").last()
    assert row is not None
    return row


def test_the_whole_way_by_hand(arne: Client) -> None:
    assert "Ingen tall er lagt inn ennå." in text_of(arne, SHELF)
    answer = send(arne, template(line(), line(NES, verdi="3,9")))
    row = last()
    assert (answer.status_code, answer["Location"]) == (302, f"{SHELF}{row.pk}/")
    page = text_of(arne, answer["Location"])
    assert "Filen er i orden. Se hva som endres, og publiser når du er klar." in page
    assert "To nye tall. " in page
    assert "Trivsel 2024–25: 2 tall – nye legges til" in page
    assert "Én fil er klar til å publiseres." in text_of(arne, SHELF)
    answer = arne.post(f"{SHELF}{row.pk}/publiser/", {"version": row.version})
    assert answer["Location"] == f"{SHELF}{row.pk}/"
    assert "Tallene publiseres nå." in text_of(arne, answer["Location"])
    work(last())
    assert "Tallene er publisert. To nye tall." in text_of(arne, answer["Location"])
    assert "Alle tall er på plass." in text_of(arne, SHELF)
    assert PublishedValue.objects.count() == 2


def test_a_bad_file_shows_where_what_and_how(arne: Client) -> None:
    send(arne, template(line(verdi="4 9,1"), line(NES), line("F0000000")), name="eu.csv")
    row = last()
    html = arne.get(f"{SHELF}{row.pk}/").content.decode()
    page = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "Filen har to celler som må rettes. Ingenting er endret ennå." in page
    assert "To feil i to rader. Den andre raden er i orden." in page
    assert "Rad 2, kolonne H verdi Vi leste «4 9,1»." in page
    assert "Rad 4, kolonne A orgnr Vi leste «F0000000» som nummer for enheten." in page
    assert re.findall(r'<th scope="row">(\d+)</th>', html) == ["1", "2", "3", "4"]
    assert re.findall(r'<td class="[^"]*bad">.*?</span>([^<]+)</td>', html) == ["4 9,1", "F0000000"]
    assert "Publiser tallene" not in page
    assert "Last opp rettet fil" in page
    assert "Filen har to celler som må rettes." in text_of(arne, SHELF)


def test_the_marked_file_has_the_same_rows_with_comments_and_no_formulas(arne: Client) -> None:
    send(arne, template(line(verdi="4 9,1"), line(NES, skole="=1+1"), line("F0000000")), name="eu.csv")
    row = last()
    answer = arne.get(f"{SHELF}{row.pk}/merket.xlsx")
    assert 'filename="eu-merket.xlsx"' in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book["Data"]
    assert [cell.value for cell in sheet[3]][:3] == [NES, "=1+1", "2024-25"]
    assert sheet["B3"].data_type == "s"
    assert {cell.coordinate for line_ in sheet for cell in line_ if cell.comment} == {"H2", "A4"}
    assert sheet["H2"].comment is not None
    assert sheet["H2"].comment.text.startswith("Vi leste «4 9,1».")
    assert sheet["H2"].fill.fgColor.rgb == "00FDE3CF"
    errors = [[cell.value for cell in line_] for line_ in book["Feil"]]
    assert errors[0] == ["Hvor", "Dette leste vi", "Dette ventet vi", "Slik retter du"]
    assert errors[1][0] == "Rad 2, kolonne H (verdi)"


def test_the_marked_file_can_be_corrected_and_uploaded(arne: Client) -> None:
    send(arne, template(line(verdi="4 9,1"), line(NES)), name="eu.csv")
    book = openpyxl.load_workbook(io.BytesIO(arne.get(f"{SHELF}{last().pk}/merket.xlsx").content))
    book["Data"]["H2"].value = "4,9"
    buffer = io.BytesIO()
    book.save(buffer)
    send(arne, buffer.getvalue(), name="eu-merket.xlsx")
    row = last()
    assert (row.state, row.problems) == (State.COMPARED, [])
    publish(row)
    assert sorted(PublishedValue.objects.values_list("unit__code", "value")) == [(NES, 4.2), (VIK, 4.9)]


def test_a_national_table_is_marked_in_its_own_rows(arne: Client) -> None:
    sample = (Path(__file__).parent / "samples/np5_2024-25_utdrag.csv").read_bytes().decode("utf-16-le")
    lines = sample.splitlines()
    cells = lines[3].split("\t")
    cells[9] = "femti"
    lines[3] = "\t".join(cells)
    send(arne, ("\r\n".join(lines) + "\r\n").encode("utf-16-le"), name="np5.csv")
    row = last()
    assert [(p["code"], p["row"], p["column"]) for p in row.problems] == [("not_a_number", 4, "J")]
    sheet = openpyxl.load_workbook(io.BytesIO(arne.get(f"{SHELF}{row.pk}/merket.xlsx").content))["Data"]
    assert (sheet["J4"].value, sheet["A2"].value) == ("femti", "EnhetNivaa")
    assert sheet["J4"].comment is not None
    assert row.excerpt["letters"][-1] == "J"


def test_what_cannot_be_read_is_not_opened_to_be_marked(arne: Client) -> None:
    send(arne, b"%PDF-1.7 ...", name="rapport.pdf")
    page = text_of(arne, f"{SHELF}{last().pk}/")
    assert "Filen kan ikke leses. Ingenting er endret ennå." in page
    assert "merkede celler" not in page
    assert arne.get(f"{SHELF}{last().pk}/merket.xlsx").status_code == 404


def test_a_table_that_nobody_knows_is_not_kept_but_pointed_at(arne: Client) -> None:
    answer = send(arne, b"Enhet;Termin;Trivsel\nNes;2024-25;4,1\n")
    page = " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
    assert answer.status_code == 422
    assert "Denne tabellen er ny for oss. Pek ut kolonnene, så leser vi den." in page
    assert "For eksempel 4,1" in page
    assert not Import.objects.exists()


def test_hostile_words_are_only_words(arne: Client) -> None:
    name = "<img src=x onerror=alert(1)>.csv"
    send(arne, template(line(verdi=SCRIPT), line(NES, skole=SCRIPT), line(UTVIK)), name=name)
    for address in (SHELF, f"{SHELF}{last().pk}/"):
        html = arne.get(address).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "&lt;img src=x onerror=alert(1)&gt;.csv" in html
    answer = arne.get(f"{SHELF}{last().pk}/original/")
    assert answer["Content-Disposition"] == 'attachment; filename="<img src=x onerror=alert(1)>.csv"'
    book = openpyxl.load_workbook(io.BytesIO(arne.get(f"{SHELF}{last().pk}/merket.xlsx").content))
    assert book["Data"]["H2"].value == SCRIPT


def test_a_new_schools_hostile_name_is_only_a_name(arne: Client) -> None:
    send(arne, template(line("N00000001", skole=f"Ny {SCRIPT}")))
    html = arne.get(f"{SHELF}{last().pk}/").content.decode()
    assert "<script>alert" not in html
    assert "Ny &lt;script&gt;" in html


@pytest.mark.parametrize("part", ["original/", "merket.xlsx"])
def test_downloads_are_caged(arne: Client, part: str) -> None:
    send(arne, template(line(verdi="x")))
    answer = arne.get(f"{SHELF}{last().pk}/{part}")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"


def test_the_original_comes_back_byte_by_byte(arne: Client) -> None:
    content = template(line(verdi="x"))
    send(arne, content)
    answer = arne.get(f"{SHELF}{last().pk}/original/")
    assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]
    actions.discard_import(row=last(), by="arne@example.test")
    assert arne.get(f"{SHELF}{last().pk}/original/").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_can_be_filled_and_comes_in_again(arne: Client, kind: str) -> None:
    answer = arne.get(f"{SHELF}mal.{kind}")
    assert f'filename="tett-paa-mal.{kind}"' in answer["Content-Disposition"]
    assert arne.get(f"{SHELF}mal.exe").status_code == 404
    send(arne, answer.content, name=f"mal.{kind}")
    assert last().source == "open_template"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "Velg en fil først."),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "Filen er tom. Velg en fil med tall i."),
    ],
)
def test_a_form_without_a_file_says_so(arne: Client, files: dict[str, object], words: str) -> None:
    answer = arne.post(f"{SHELF}last-opp/", files)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert words in html
    assert 'role="alert"' in html
    assert Import.objects.count() == 0


def test_too_large_a_file_is_refused_in_words(arne: Client, settings: object) -> None:
    settings.MAX_UPLOAD_BYTES = 100  # type: ignore[attr-defined]
    answer = send(arne, template(line()))
    assert answer.status_code == 422
    assert "Filen er for stor." in answer.content.decode()
    assert Import.objects.count() == 0


@pytest.mark.parametrize("size", [2_000, 1_200_000])
def test_too_large_a_file_never_reaches_the_disk(arne: Client, settings: object, size: int) -> None:
    settings.MAX_UPLOAD_BYTES = 1_000  # type: ignore[attr-defined]
    settings.FILE_UPLOAD_HANDLERS = ["tettpaa.data.sources.uploads.CappedUploadHandler"]  # type: ignore[attr-defined]
    answer = send(arne, b"x" * size)
    assert answer.status_code == 422
    assert "Filen er for stor." in answer.content.decode()
    settings.MAX_UPLOAD_BYTES = 10_000  # type: ignore[attr-defined]
    assert send(arne, template(line())).status_code == 302


def test_a_double_click_is_one_upload_and_one_publishing(arne: Client) -> None:
    key = str(uuid4())
    first, second = send(arne, template(line()), key=key), send(arne, template(line()), key=key)
    assert first["Location"] == second["Location"]
    row = last()
    answers = [arne.post(f"{SHELF}{row.pk}/publiser/", {"version": row.version}) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [f"{SHELF}{row.pk}/"] * 2
    for job in Job.objects.filter(kind="sources.publish"):
        work(last())
        assert str(job.pk) == str(last().job)
    assert Release.objects.count() == 1
    assert arne.post(f"{SHELF}{row.pk}/publiser/", {"version": "0"}).status_code == 302
    assert arne.post(f"{SHELF}{row.pk}/publiser/", {"version": "x"}).status_code == 302
    assert Release.objects.count() == 1


def test_progress_is_polled_and_ends_with_a_fresh_page(arne: Client) -> None:
    answer = arne.post(f"{SHELF}last-opp/", {"file": SimpleUploadedFile("tall.csv", template(line()))})
    row = last()
    page = arne.get(answer["Location"]).content.decode()
    assert f'hx-get="{SHELF}{row.pk}/framdrift/"' in page
    assert "Se om det er klart" in page
    Job.objects.update(state="running", done=400, total=1000)
    poll = arne.get(f"{SHELF}{row.pk}/framdrift/")
    assert "HX-Refresh" not in poll
    assert 'value="40" max="100"' in poll.content.decode()
    Job.objects.update(state="queued")
    work(row)
    assert arne.get(f"{SHELF}{row.pk}/framdrift/")["HX-Refresh"] == "true"


def test_names_get_a_school_and_the_file_is_checked_again(arne: Client, cast: Cast) -> None:
    send(arne, skoleporten("Nes skole", "Ukjent skule", "Borte"), name="nedlasting.csv")
    row = last()
    html = arne.get(f"{SHELF}{row.pk}/").content.decode()
    assert "To skolenavn i filen er ukjente." in html
    assert html.index("Nes skole (F00000001)") < html.index("Vik skole (F00000002)")
    assert UTVIK not in html
    where = f"{SHELF}{row.pk}/skolenavn/"
    bad = arne.post(where, {"school_0": "", "number_1": "12"})
    assert bad.status_code == 422
    words = bad.content.decode()
    assert "Velg en skole, eller velg at navnet ikke skal med." in words
    assert "Et organisasjonsnummer har ni sifre." in words
    assert arne.post(where, {"school_0": UTVIK, "school_1": "-"}).status_code == 422
    assert NameMapping.objects.count() == 0
    answer = arne.post(where, {"school_0": VIK, "school_1": "", "number_1": "N00 000 001"})
    assert answer.status_code == 302
    work(last())
    assert last().state == State.COMPARED
    assert dict(NameMapping.objects.values_list("name", "code")) == {
        "Ukjent skule": VIK,
        "Borte": "N00000001",
    }
    publish(last())
    page = text_of(arne, f"{SHELF}skolenavn/")
    assert "Nes skole Skoleporten (gammel portal)" in page
    mapping = NameMapping.objects.get(name="Borte")
    arne.post(f"{SHELF}skolenavn/lagre/", {f"code_{mapping.pk}": "-", "code_999": VIK})
    mapping.refresh_from_db()
    assert mapping.code == ""
    arne.post(f"{SHELF}skolenavn/lagre/", {f"code_{mapping.pk}": "tull"})
    mapping.refresh_from_db()
    assert mapping.code == ""


def test_the_list_of_names_is_empty_first(arne: Client) -> None:
    assert "Ingen navn er lagret ennå." in text_of(arne, f"{SHELF}skolenavn/")


def test_a_release_is_shown_and_withdrawn_with_a_reason(arne: Client) -> None:
    send(arne, template(line()))
    row = publish(last())
    where = f"{SHELF}utgivelser/{row.release_id}/"
    page = text_of(arne, where)
    assert "Ett nytt tall. Publisert " in page
    assert "Kilde Tett på sin mal Fil tall.csv" in page
    assert arne.get(f"{where}original/")["Content-Disposition"] == 'attachment; filename="tall.csv"'
    answer = arne.post(f"{where}trekk/", {"reason": "  "})
    assert answer.status_code == 422
    assert "Skriv hvorfor." in answer.content.decode()
    arne.post(f"{where}trekk/", {"reason": "Feil år"})
    assert "Tallene er trukket tilbake. Feil år" in text_of(arne, where)
    assert "Tallene er trukket tilbake." in text_of(arne, f"{SHELF}{row.pk}/")
    assert "Trukket tilbake" in text_of(arne, SHELF)
    arne.post(f"{where}trekk/", {"reason": "igjen"})
    assert "Tallene er allerede trukket tilbake." in text_of(arne, where)


def test_nothing_is_withdrawn_while_something_is_published(
    arne: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise BusyError

    send(arne, template(line()))
    row = publish(last())
    monkeypatch.setattr("tettpaa.data.sources.actions.withdraw.publishing_lock", busy)
    where = f"{SHELF}utgivelser/{row.release_id}/"
    arne.post(f"{where}trekk/", {"reason": "Feil"})
    assert "Andre tall publiseres akkurat nå." in text_of(arne, where)
    assert PublishedValue.objects.filter(superseded_by=None).count() == 1


def test_the_shelfs_first_line_is_the_answer(arne: Client) -> None:
    for number in range(2):
        send(arne, template(line(verdi=f"x{number}")))
    assert "To filer må rettes. Ingenting er endret ennå." in text_of(arne, SHELF)
    Import.objects.update(state=State.CHECKING)
    Job.objects.update(state="running", finished_at=None)
    page = text_of(arne, SHELF)
    assert "To filer er i arbeid. Du kan lukke siden og komme tilbake." in page
    assert page.count("Leser og kontrollerer hver celle.") == 2
    Import.objects.all().delete()
    send(arne, template(line()))
    publish(last())
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    Release.objects.create(
        source="udir_statistikkbank", file_name="np.csv", file_sha256="a" * 64, state="published",
        published_at=long_ago, published_by="system", periods=[2018, 2019], indicators=[f"i{n}" for n in range(14)],
    )  # fmt: skip
    assert "Nye tall kan hentes nå. Det gjelder Udirs statistikkbank." in text_of(arne, SHELF)
    page = text_of(arne, f"{SHELF}utgivelser/{Release.objects.latest('pk').pk}/")
    assert "Skoleår 2018–19 – 2019–20" in page
    assert "i10, i11 og 2 til" in page


def test_only_the_newest_release_is_withdrawn(arne: Client) -> None:
    send(arne, template(line()))
    first = publish(last())
    send(arne, template(line(verdi="3,0")))
    publish(last())
    where = f"{SHELF}utgivelser/{first.release_id}/"
    arne.post(f"{where}trekk/", {"reason": "Feil"})
    assert "En nyere utgivelse bygger på denne." in text_of(arne, where)


def test_what_the_operator_published_is_not_an_owners_to_withdraw_or_to_download(arne: Client) -> None:
    common = {
        "file_sha256": "a" * 64,
        "state": "published",
        "published_at": "2026-11-01T10:00Z",
        "published_by": "system",
    }
    release = Release.objects.create(source="open_template", file_name="alle.csv", **common)
    where = f"{SHELF}utgivelser/{release.pk}/"
    page = text_of(arne, where)
    assert "driften, for hele installasjonen" in page
    assert "Last ned originalen" not in page
    assert arne.get(f"{where}original/").status_code == 404
    arne.post(f"{where}trekk/", {"reason": "Vil ikke"})
    assert "Bare driften kan trekke dem tilbake." in text_of(arne, where)
    public = Release.objects.create(source="udir_statistikkbank", file_name="np.csv", **common)
    assert "Last ned originalen" in text_of(arne, f"{SHELF}utgivelser/{public.pk}/")


def test_another_owner_sees_nothing(arne: Client, client_of: Callable[[str], Client]) -> None:
    send(arne, template(line()))
    row = publish(last())
    eva = client_of("eva")
    for part in ("", "framdrift/", "original/", "merket.xlsx"):
        assert eva.get(f"/9902/tall-inn/{row.pk}/{part}").status_code == 404
        assert eva.get(f"/9901/tall-inn/{row.pk}/{part}").status_code == 404
    for part in ("publiser/", "forkast/", "kontroller/", "skolenavn/"):
        assert eva.post(f"/9902/tall-inn/{row.pk}/{part}").status_code == 404
    for part in ("", "original/"):
        assert eva.get(f"/9902/tall-inn/utgivelser/{row.release_id}/{part}").status_code == 404
    assert eva.post(f"/9902/tall-inn/utgivelser/{row.release_id}/trekk/", {"reason": "x"}).status_code == 404
    assert str(row.pk) not in eva.get("/9902/tall-inn/").content.decode()


def test_who_may_only_look_gets_no_buttons(arne: Client, cast: Cast) -> None:
    from django.test import Client as Browser

    from tettpaa.core.accounts.actions import open_account
    from tettpaa.core.orgs.actions import give_role

    user = open_account(email="rita@example.test", name="Rita", by="test")
    give_role(user=user, unit=cast.fjordvik, role="auditor", starts_on=date(2020, 1, 1), by="test")
    rita = Browser(headers={"accept-language": "nb"})
    rita.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    send(arne, template(line()))
    html = rita.get(f"{SHELF}{last().pk}/").content.decode()
    assert "Du kan se filen, men ikke publisere den." in html
    assert "Forkast filen" not in html
    assert 'type="file"' not in rita.get(SHELF).content.decode()
    assert rita.post(f"{SHELF}last-opp/", {}).status_code == 404
    send(arne, skoleporten("Ukjent"))
    assert "school_0" not in rita.get(f"{SHELF}{last().pk}/").content.decode()


def test_a_stopped_file_can_be_tried_again_or_thrown_away(arne: Client) -> None:
    send(arne, template(line()))
    Import.objects.update(state=State.FAILED)
    row = last()
    assert "Arbeidet med filen stoppet." in text_of(arne, f"{SHELF}{row.pk}/")
    assert "Arbeidet med en fil stoppet." in text_of(arne, SHELF)
    arne.post(f"{SHELF}{row.pk}/kontroller/")
    work(last())
    arne.post(f"{SHELF}{row.pk}/forkast/")
    arne.post(f"{SHELF}{row.pk}/forkast/")
    page = text_of(arne, f"{SHELF}{row.pk}/")
    assert "Noen andre har gjort noe med filen i mellomtiden." in page
    assert "Filen er forkastet. Ingenting ble endret, og filen er slettet." in page
    assert "Forkastet" in text_of(arne, SHELF)


def test_the_preview_tells_what_changes_goes_and_hides(arne: Client) -> None:
    send(arne, template(line(skoleaar="2023-24", n="41"), line(NES, skoleaar="2023-24")))
    publish(last())
    send(arne, template(line(skoleaar="2023-24", n="41", verdi="4,0"), line(NES, n="3"), line(n="470")))
    page = text_of(arne, f"{SHELF}{last().pk}/")
    assert "To nye tall, ett endret og ett skjult." in page
    assert "Vik skole, Trivsel 2023–24, 7. trinn 4,2 4,0 endret hos kilden" in page
    assert "Nes skole, 1 tall for 2024–25 skjult få elever, eller dekke for en enhet med få" in page
    assert "Rad 4: Skole har 470 elever i Trivsel. Året før var det 41." in page
    send(arne, template(line(skoleaar="2023-24", n="41")))
    page = text_of(arne, f"{SHELF}{last().pk}/")
    assert "Alle tallene i filen er publisert før. Filen endrer ingenting." in page
    assert "Ett tall er uendret." in page
    assert "Publiser tallene" not in page


def test_many_changes_and_years_are_folded(arne: Client) -> None:
    from tettpaa.data.sources.screens.difference_shown import difference_shown

    fresh = [["eu_trivsel", year, 3] for year in range(2000, 2020)]
    change = {"unit": VIK, "name": "Vik", "indicator": "eu_trivsel", "period": 2024, "grade": 7, "gender": 1}
    change |= {"before": {"value": 4.0, "n": 9, "status": 0}, "after": {"value": 4.0, "n": 10, "status": 0}}
    gone = change | {"after": None, "gender": 2, "indicator": "borte"}
    covered = change | {"after": {"value": None, "n": None, "status": 2}}
    shown = difference_shown(
        {
            "counts": {"new": 60, "changed": 70, "gone": 5, "left_alone": 2, "hidden_by_source": 1},
            "fresh": fresh, "changes": [change, gone, covered], "hidden": [], "hidden_units": 4,
            "new_units": [["school", str(n), "S"] for n in range(11)], "new_unit_count": 11,
        },
        [],
    )  # fmt: skip
    rows = [(row.what, row.before, row.after) for row in shown.rows]
    assert shown.sentence == "60 nye tall, 70 endret og fem borte."
    assert rows[0] == ("3 tall for 2019–20", "–", "nye")
    assert rows[14] == ("18 tall for eldre år", "–", "nye")
    assert rows[15:] == [
        ("Vik, Trivsel 2024–25, 7. trinn, jenter", "4,0", "4,0"),
        ("Vik, borte 2024–25, gutter", "4,0", "–"),
        ("Vik, Trivsel 2024–25, 7. trinn, jenter", "4,0", "skjult"),
        ("72 tall til", "", "endret"),
        ("4 enheter til", "", "skjult"),
        ("11 skoler og andre steder", "–", "nye"),
    ]
    assert [row.text for row in shown.rows[15:18]] == [
        "samme tall, men antall elever eller usikkerhet er endret",
        "finnes ikke lenger hos kilden",
        "skjules nå, ellers kan et annet tall regnes ut",
    ]
    assert shown.notes == [
        "To tall gjelder andre eiere her og røres ikke.",
        "Ett tall er skjult hos kilden og vises ikke her heller.",
    ]


@pytest.mark.parametrize(
    ("month", "published", "today", "expected"),
    [
        (None, None, date(2026, 11, 22), ("", False)),
        (11, None, date(2026, 11, 22), ("Neste ventes i november 2027.", False)),
        (11, date(2026, 11, 3), date(2026, 11, 22), ("Neste ventes i november 2027.", False)),
        (11, date(2025, 12, 3), date(2026, 11, 22), ("Nye tall har vært ventet siden november 2026.", True)),
        (11, date(2025, 12, 3), date(2026, 10, 31), ("Neste ventes i november 2026.", False)),
        (2, date(2024, 3, 1), date(2026, 1, 5), ("Nye tall har vært ventet siden februar 2025.", True)),
    ],
)
def test_when_new_figures_are_expected(
    month: int | None, published: date | None, today: date, expected: tuple[str, bool]
) -> None:
    from django.utils.translation import override

    with override("nb"):
        assert expectation(month, published, today) == expected


def test_pages_take_the_same_number_of_queries_however_many_files(arne: Client) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert arne.get(address).status_code == 200
        return len(caught)

    send(arne, template(line(verdi="x")))
    first_shelf, first_item = queries(SHELF), queries(f"{SHELF}{last().pk}/")
    for number in range(6):
        send(arne, template(line(verdi=f"x{number}"), *[line(NES, verdi="y") for _ in range(40)]))
        send(arne, template(line(verdi=f"4,{number}")))
        publish(last())
    assert queries(SHELF) == first_shelf
    assert (
        queries(f"{SHELF}{Import.objects.filter(state='rejected').latest('received_at').pk}/") == first_item
    )


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_reader_gets_errors_in_the_own_language(arne: Client, language: str) -> None:
    send(arne, template(line(verdi="x")))
    arne.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    page = text_of(arne, f"{SHELF}{last().pk}/")
    words = {"nn": "Fila har éi celle som må rettast.", "en": "The file has one cell that must be mended."}
    errors = {"nn": "Vi las «x».", "en": "We read “x”."}
    assert words[language] in page
    assert errors[language] in page
