"""Staff from a spreadsheet: read twice it is the same staff, and with one fault nobody is written."""

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.work.competence.conftest import Staff
from tettpaa.core.audit.models import Event
from tettpaa.work.competence.models import Employee

type ClientOf = Callable[[str], Client]
HEADS = "Navn;E-post;Stilling;Ansettelse;Midlertidig til;Lærerutdanning;Ferdig utdannet;Begynte"
GOOD = (
    "Ada Ås;Ada@example.test;Lærer;fast;;ja;;01.08.2021",
    "Bo Berg;;assistent;;;nei;;2022-08-01",
    "Cy Dal;cy@example.test;lærer;midlertidig;31.07.2027;nei;;01.08.2026",
    "Di Eng;di@example.test;lærer;;;Ja;20.06.2026;01.08.2026",
)


def csv_file(*lines: str, heads: str = HEADS) -> SimpleUploadedFile:
    return SimpleUploadedFile("ansatte.csv", "\r\n".join((heads, *lines, "")).encode("utf-8-sig"))


@pytest.fixture
def send(staff: Staff, client_of: ClientOf) -> Callable[..., HttpResponse]:
    """Send a list as the principal of Nes, or as somebody else to another place."""

    def sent(file: SimpleUploadedFile, name: str = "aud", school: str = staff.cast.nes.code) -> HttpResponse:
        address = reverse("competence:list", args=["9901", school])
        return client_of(name).post(address, {"file": file})

    return sent


def test_a_whole_staff_is_written_at_once_and_once(staff: Staff, send: Callable[..., HttpResponse]) -> None:
    before = Employee.objects.count()
    assert send(csv_file(*GOOD)).status_code == 302
    made = Employee.objects.filter(school=staff.cast.nes, name__in=["Ada Ås", "Bo Berg", "Cy Dal", "Di Eng"])
    found = {row.name: row for row in made}
    assert Employee.objects.count() == before + 4
    ada, bo, cy, di = (found[name] for name in ("Ada Ås", "Bo Berg", "Cy Dal", "Di Eng"))
    assert (ada.email, ada.role, ada.employment, ada.has_teacher_education) == (
        "ada@example.test", "teacher", "permanent", True,
    )  # fmt: skip
    assert (bo.role, bo.email, bo.active_from, bo.has_teacher_education) == (
        "assistant", "", date(2022, 8, 1), False,
    )  # fmt: skip
    assert (cy.employment, cy.employment_until) == ("temporary", date(2027, 7, 31))
    assert di.newly_educated_on == date(2026, 6, 20)
    told = Event.objects.filter(kind="competence.employee_added", subject_key=str(ada.pk)).get()
    assert told.by == "aud@example.test"
    assert send(csv_file(*GOOD)).status_code == 302
    assert Employee.objects.count() == before + 4


def test_a_workbook_is_read_as_well(staff: Staff, send: Callable[..., HttpResponse]) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Stilling", "Navn", "Begynte", "Lærerutdanning", "Lønn"])
    book.active.append(["Lærer", "Ada Ås", date(2021, 8, 1), "ja", 1])
    out = io.BytesIO()
    book.save(out)
    assert send(SimpleUploadedFile("ansatte.xlsx", out.getvalue())).status_code == 302
    assert Employee.objects.get(name="Ada Ås").active_from == date(2021, 8, 1)


@pytest.mark.parametrize(
    ("line", "row", "column", "word"),
    [
        (";x@example.test;lærer;;;ja;;01.08.2021", "3", "Navn", ""),
        ("Ada;ikke-epost;lærer;;;ja;;01.08.2021", "3", "E-post", "ikke-epost"),
        ("Ada;;rektor;;;ja;;01.08.2021", "3", "Stilling", "rektor"),
        ("Ada;;lærer;timevis;;ja;;01.08.2021", "3", "Ansettelse", "timevis"),
        ("Ada;;lærer;;;kanskje;;01.08.2021", "3", "Lærerutdanning", "kanskje"),
        ("Ada;;lærer;;;ja;;31.02.2021", "3", "Begynte", "31.02.2021"),
        ("Ada;;lærer;fast;;nei;;01.08.2026", "3", "Lærerutdanning", "opplæringslova § 17-3"),
        ("Ada;;lærer;midlertidig;31.07.2029;nei;;01.08.2026", "3", "Lærerutdanning", "31. juli"),
        ("Ada;bo@example.test;lærer;;;ja;;01.08.2021", "3", "E-post", "står også i rad 2"),
    ],
)
def test_every_fault_has_its_row_and_column_and_nobody_is_written(
    staff: Staff, send: Callable[..., HttpResponse], line: str, row: str, column: str, word: str
) -> None:
    before = Employee.objects.count()
    answer = send(csv_file("Bo Berg;bo@example.test;assistent;;;nei;;01.08.2022", line))
    page = answer.content.decode().replace("\xa0", " ").lower()
    assert answer.status_code == 422
    assert Employee.objects.count() == before
    assert f'<td class="num">{row}</td>' in page
    assert f'<th scope="row">{column.lower()}</th>' in page
    assert word.lower() in page
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("file", "word"),
    [
        (csv_file(), "ingen rader"),
        (csv_file("Ada;lærer", heads="Navn;Stilling"), "Begynte"),
        (SimpleUploadedFile("x.csv", b"\x00\x01\x02" * 40), ""),
        (SimpleUploadedFile("stor.csv", b"a;b\n" * 600_000), "for stor"),
    ],
)
def test_a_file_that_is_no_list_is_refused(
    staff: Staff, send: Callable[..., HttpResponse], file: SimpleUploadedFile, word: str
) -> None:
    before = Employee.objects.count()
    answer = send(file)
    assert answer.status_code in (200, 422)
    assert word in answer.content.decode()
    assert Employee.objects.count() == before


def test_only_the_own_leader_sends_a_list(
    staff: Staff, send: Callable[..., HttpResponse], client_of: ClientOf
) -> None:
    for name in ("carl", "vera", "dag", "eva", "berit"):
        assert send(csv_file(*GOOD), name).status_code in (403, 404)
    assert not Employee.objects.filter(name="Ada Ås").exists()
    owner = reverse("competence:owner_list", args=["9901"])
    line = "Una Utne;una@example.test;rådgiver;;;nei;;01.01.2020"
    assert client_of("aud").post(owner, {"file": csv_file(line)}).status_code == 404
    assert client_of("berit").post(owner, {"file": csv_file(line)}).status_code == 302
    assert Employee.objects.get(name="Una Utne").school is None


def test_the_empty_list_has_the_heads_that_are_read(staff: Staff, client_of: ClientOf) -> None:
    answer = client_of("aud").get(reverse("competence:empty_list", args=["9901"]))
    assert answer.content.decode("utf-8-sig").replace('"', "").strip() == HEADS
    page = (
        client_of("aud").get(reverse("competence:list", args=["9901", staff.cast.nes.code])).content.decode()
    )
    assert "Lærer" in page
    assert "Ferdig utdannet" in page
