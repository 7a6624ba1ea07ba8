"""Files for people: no formula gets out, numbers are numbers, Norwegian Excel reads them."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.data.indicators.tables import csv_bytes, plain_number, safe_text, sheet_title, xlsx_bytes

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1", "\ufeff=1", "＝1", "|calc", "%0A"]  # noqa: RUF001


def test_a_csv_for_norwegian_excel() -> None:
    rows = [["Nes skole", 49.1, 34, None, date(2026, 11, 22)], ["Å; «Ås»", -0.5, 1234, "", "x"]]
    content = csv_bytes(["Skole", "Snitt", "Elever", "Før", "Dato"], rows)
    assert content == (
        b"\xef\xbb\xbf"
        + '"Skole";"Snitt";"Elever";"Før";"Dato"\r\n"Nes skole";"49,1";"34";"";"2026-11-22"\r\n'
        '"Å; «Ås»";"-0,5";"1234";"";"x"\r\n'.encode()
    )


def test_a_csv_in_english_has_comma_and_point() -> None:
    assert csv_bytes(["a", "b"], [["x", 49.1]], "en") == b'\xef\xbb\xbf"a","b"\r\n"x","49.1"\r\n'


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula(text: str) -> None:
    assert safe_text(text) == f"'{text}"
    cell = next(
        iter(csv.reader(io.StringIO(csv_bytes([text], []).decode("utf-8-sig"), newline=""), delimiter=";"))
    )[0]
    assert cell == f"'{text}"
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes("T", ["Navn"], [[text]]))).active
    assert sheet is not None
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].quotePrefix or text.startswith((" ", "\ufeff"))


@given(st.text(max_size=40))
def test_any_text_comes_out_as_text(text: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes("T", ["Navn"], [[text]]))).active
    assert sheet is not None
    assert sheet["A2"].data_type in {"s", "inlineStr", "n"}  # an empty text is an empty cell
    assert not str(sheet["A2"].value or "").startswith("=") or sheet["A2"].data_type == "s"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (50, "50"), (50.0, "50"), (49.1, "49.1"), (-0.5, "-0.5"), (47.300000000000004, "47.3"), (0.0, "0"),
        (-0.0, "0"), (1e-9, "0"), (-1e-9, "0"), (0.00005, "0.00005"), (1234567.891, "1234567.891"), (1e17, "100000000000000000"),
    ],
)  # fmt: skip
def test_numbers_have_no_noise(number: float, text: str) -> None:
    assert plain_number(number) == text


def test_a_workbook_has_typed_cells_and_a_frozen_heading() -> None:
    content = xlsx_bytes(
        "Nes: 2024/25 [utkast]", ["Skole", "Snitt"], [["Nes", 49.1], ["Vik", None], ["Å\x00s", 50]]
    )
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    assert sheet is not None
    assert sheet.title == "Nes  2024 25  utkast"
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Skole", "Snitt"], ["Nes", 49.1], ["Vik", None], ["Å\ufffds", 50],
    ]  # fmt: skip
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet["A1"].font.bold) == ("A2", "A1:B4", True)
    assert sheet.column_dimensions["A"].width == 8


@pytest.mark.parametrize("title", ["", "''", "[]", "x" * 60])
def test_a_sheet_always_has_a_name_it_may_have(title: str) -> None:
    assert 0 < len(sheet_title(title)) <= 31


def test_many_columns_have_letters() -> None:
    header = [f"k{number}" for number in range(30)]
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes("T", header, [list(range(30))])))
    assert book.active is not None
    assert book.active.auto_filter.ref == "A1:AD2"
