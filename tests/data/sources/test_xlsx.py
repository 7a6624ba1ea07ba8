"""Our own sheet reader: texts, numbers, dates and gaps as openpyxl writes them and as others may."""

import datetime
import io
from collections.abc import Sequence

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.data.sources.helpers import codes, read
from tests.data.sources.hostile import NS, packed, parts, sheet_xml, template_cells, with_sheet
from tettpaa.data.sources import xlsx_sheet
from tettpaa.data.sources.bytes_in import shown
from tettpaa.data.sources.source import FileRefusedError
from tettpaa.data.sources.xlsx_in import open_workbook


def rows_of(data: bytes, sheet: str = "Data") -> list[tuple[int, list[str]]]:
    return list(open_workbook(io.BytesIO(data), len(data))[sheet])


def saved(*rows: Sequence[object]) -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Data"
    for row in rows:
        book.worksheets[0].append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_cells_come_as_a_hand_made_csv_would_have_them() -> None:
    data = saved(
        ["orgnr", 4, 4.2, 49.900000000000006, 1e20, -0.5],
        [None],
        [True, False, None, "x"],
        [datetime.date(2024, 4, 3), datetime.datetime(2024, 4, 3, 12, 30), datetime.time(8, 15)],  # noqa: DTZ001
        ["=1+1", "#REF!"],
    )
    assert rows_of(data) == [
        (1, ["orgnr", "4", "4,2", "49,9", "1e+20", "-0,5"]),
        (3, ["#TRUE", "#FALSE", "", "x"]),
        (4, ["2024-04-03", "2024-04-03T12:30:00", "1899-12-30T08:15:00"]),
        (5, ["=", "#REF!"]),
    ]


@settings(max_examples=25)
@given(
    st.lists(st.lists(st.text("abcæøåčš <&>\"'", max_size=6), min_size=1, max_size=5), min_size=1, max_size=6)
)
def test_any_texts_come_back(rows: list[list[str]]) -> None:
    expected = []
    for number, row in enumerate(rows, start=1):
        cells = list(row)
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            expected.append((number, cells))
    assert rows_of(saved(*[[cell or None for cell in row] for row in rows])) == expected


def cells_of(row: str, **more: str | bytes) -> list[str]:
    data = packed(parts(f"<worksheet {NS}><sheetData><row>{row}</row></sheetData></worksheet>") | more)
    return rows_of(data)[0][1]


def test_runs_of_a_text_are_put_together_without_reading_aids() -> None:
    strings = (
        f"<sst {NS}><si><r><t>Nes</t></r><r><t> skole</t></r><rPh><t>aid</t></rPh></si><si><t/></si></sst>"
    )
    row = '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="str"><v>x</v></c>'
    assert cells_of(row, **{"xl/sharedStrings.xml": strings}) == ["Nes skole", "", "x"]


def test_gaps_and_repeated_cells() -> None:
    assert cells_of(
        '<c r="B1"><v>1</v></c><c r="D1"><v>2</v></c><c r="B1"><v>3</v></c><c r="??"><v>4</v></c>'
    ) == ["", "3", "4", "2"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<c><v>12e400</v></c>", "#12e400"),
        ("<c><v>tolv</v></c>", "#tolv"),
        ("<c><v>nan</v></c>", "#nan"),
        ('<c t="e"><v>feil</v></c>', "#feil"),
        ('<c t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c t="b"><v>1</v></c>', "#TRUE"),
        ('<c t="d"><v>2024-04-03</v></c>', "2024-04-03"),
        ("<c><f>A1</f></c>", "="),
    ],
)
def test_odd_cells_never_pass_for_figures(cell: str, text: str) -> None:
    assert cells_of(cell) == [text]


def test_date_formats_are_known_by_number_and_by_pattern() -> None:
    styles = (
        f'<styleSheet {NS}><numFmts><numFmt numFmtId="200" formatCode="dd/mm/yyyy"/><numFmt numFmtId="201" formatCode="0.0&quot; days&quot;"/>'
        '<numFmt numFmtId="202" formatCode="[Red]General"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/><xf numFmtId="201"/><xf numFmtId="202"/></cellXfs></styleSheet>'
    )
    row = (
        "".join(f'<c s="{style}"><v>45385</v></c>' for style in range(5))
        + '<c s="1"><v>1e99</v></c><c s="1"><v>x</v></c>'
    )
    found = cells_of(row, **{"xl/styles.xml": styles})
    assert found == ["45385", "2024-04-03", "2024-04-03", "45385", "45385", "#1e99", "#x"]


def test_a_date_for_a_figure_is_named_as_such() -> None:
    cells = template_cells()
    row: list[object] = [*cells[1]]
    row[7] = datetime.date(2024, 4, 3)
    assert codes(read(saved(cells[0], row))) == ["date_for_number"]


def test_sheets_are_found_by_relation_and_the_one_called_data_goes_first() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Forside"
    for row in template_cells():
        book.worksheets[0].append(row)
    sheet = book.create_sheet("Data")
    for row in template_cells():
        sheet.append(row)
    sheet["H2"] = 3.5
    out = io.BytesIO()
    book.save(out)
    assert [c.value for c in read(out.getvalue()).cells] == [3.5]
    book.remove(sheet)
    book.create_sheet("Tom")
    out = io.BytesIO()
    book.save(out)
    reading = read(out.getvalue())
    assert [c.value for c in reading.cells] == [4.2]


def test_a_problem_in_a_workbook_names_its_sheet() -> None:
    cells = template_cells()
    (problem,) = read(saved(cells[0], [*cells[1][:7], "x", *cells[1][8:]])).problems
    assert (problem.sheet, problem.row, problem.column, problem.head) == ("Data", 2, "H", "verdi")


def test_a_workbook_without_a_known_heading_says_what_we_know() -> None:
    (problem,) = read(saved(["navn", "tall"], ["Nes", 1])).problems
    assert (problem.code, problem.found, problem.row) == ("unknown_heading", "navn, tall", 1)
    assert "orgnr;skole" in problem.params["known"]


def test_a_heading_is_looked_for_among_the_first_rows_only() -> None:
    rows = [["Tittel"]] * 70 + template_cells()
    assert codes(read(saved(*rows))) == ["unknown_heading"]
    assert codes(read(saved(*rows[40:]))) == []


def test_an_absolute_target_is_followed() -> None:
    changed = {name: str(data).replace('"worksheets/', '"/xl/worksheets/') for name, data in parts().items()}
    assert codes(read(packed(dict(changed)))) == []


def test_too_many_elements_in_a_small_part_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheet, "MAX_STRINGS", 1)
    with pytest.raises(FileRefusedError) as error:
        open_workbook(io.BytesIO(packed(parts())), len(packed(parts())))
    assert error.value.problem.code == "damaged_workbook"


def test_rows_in_the_last_chunk_count_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheet, "MAX_ROWS", 3)
    assert codes(read(with_sheet(sheet_xml([*template_cells(), *[["#"]] * 9])))) == ["too_many_rows"]


def test_what_is_shown_of_a_cell_is_short_and_visible() -> None:
    assert shown("a\tb\nc\x1b\u202e") == "a b c□□"
    assert len(shown("x" * 500)) == 80
