"""The open template: good rows of every kind, each thing that is refused, CSV and XLSX alike."""

import csv
import io

import openpyxl
import pytest

from tests.data.sources.helpers import TEMPLATE_HEADS, codes, read, without_place
from tests.data.sources.test_numbers import identity_number
from tettpaa.data.sources import open_template
from tettpaa.data.sources.open_template import HEADS
from tettpaa.data.sources.template_words import EXAMPLES
from tettpaa.data.sources.template_writer import template_csv, template_xlsx
from tettpaa.data.suppression.kinds import Gender, Level, Status

ROW = dict(
    zip(
        HEADS,
        (
            "F00000001",
            "Nes skole",
            "2024-25",
            "7",
            "eu_trivsel",
            "",
            "",
            "4,2",
            "48",
            "",
            "",
            "",
            "ok",
            "Spørring",
        ),
        strict=True,
    )
)
SHARE = {"indikator": "eu_mobbing", "verdi": "", "n": "", "status": ""}


def template(*changes: dict[str, str], heads: str = TEMPLATE_HEADS) -> bytes:
    lines = [heads, *(";".join((ROW | change).values()) for change in changes)]
    return ("\r\n".join(lines) + "\r\n").encode()


def workbook(*changes: dict[str, object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Data"
    sheet.append(HEADS)
    for change in changes:
        sheet.append([None if value == "" else value for value in (ROW | change).values()])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_row_becomes_a_figure() -> None:
    reading = read(template({}))
    assert codes(reading) == []
    (cell,) = reading.cells
    assert (cell.indicator, cell.level, cell.unit_code, cell.unit_name) == (
        "eu_trivsel",
        Level.SCHOOL,
        "F00000001",
        "Nes skole",
    )
    assert (cell.period, cell.grade, cell.gender, cell.value, cell.n) == (2024, 7, Gender.ALL, 4.2, 48)
    assert (cell.status, cell.row, cell.column, reading.is_complete) == (Status.OK, 2, "H", False)


@pytest.mark.parametrize(
    ("change", "value", "n", "status"),
    [
        ({"status": ""}, 4.2, 48, Status.OK),
        ({"status": "", "verdi": "4,2*"}, 4.2, 48, Status.CONFIDENTIAL),
        ({"status": "konfidensiell"}, 4.2, 48, Status.CONFIDENTIAL),
        ({"status": "", "verdi": "*", "n": ""}, None, None, Status.HIDDEN_BY_SOURCE),
        ({"status": "skjermet", "verdi": "*", "n": "*"}, None, None, Status.HIDDEN_BY_SOURCE),
        ({"status": "skjerma", "verdi": "", "n": ""}, None, None, Status.HIDDEN_BY_SOURCE),
        ({"status": "", "verdi": "", "n": ""}, None, None, Status.MISSING),
        ({"status": "mangler", "verdi": ".", "n": ""}, None, None, Status.MISSING),
        ({"status": "ikkje_aktuell", "verdi": "", "n": ""}, None, None, Status.NOT_APPLICABLE),
        ({"status": "ingen_deltakere", "verdi": "", "n": "0"}, None, None, Status.NO_PARTICIPANTS),
        (SHARE | {"teller": "5", "nevner": "48"}, 500 / 48, 48, Status.OK),
        (SHARE | {"teller": "5", "nevner": "48", "verdi": "10", "n": "48"}, 10, 48, Status.OK),
        ({"indikator": "kart2_lesing", "trinn": "2", "verdi": "18,5"}, 18.5, 48, Status.CONFIDENTIAL),
        ({"indikator": "elever", "verdi": "312", "n": ""}, 312, None, Status.OK),
        ({"indikator": "netto_elev", "orgnr": "1103", "trinn": "", "verdi": "", "n": "", "teller": "900000", "nevner": "8"}, 112500, 8, Status.OK),
    ],
)  # fmt: skip
def test_value_n_and_status_go_together(
    change: dict[str, str], value: float | None, n: int | None, status: Status
) -> None:
    reading = read(template(change))
    assert codes(reading) == []
    assert [(c.value, c.n, c.status) for c in reading.cells] == [(value, n, status)]


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"orgnr": "975283519"}, "bad_unit", "A"),
        ({"orgnr": ""}, "bad_unit", "A"),
        ({"skoleaar": "2024"}, "bad_year", "C"),
        ({"skoleaar": "45000"}, "bad_year", "C"),
        ({"skoleaar": "2005-06"}, "year_not_valid", "C"),
        ({"trinn": "4"}, "grade_not_for_indicator", "D"),
        ({"trinn": "syvende"}, "grade_not_for_indicator", "D"),
        ({"indikator": "eu_trivse"}, "unknown_indicator", "E"),
        ({"indikator": "../../etc/passwd"}, "unknown_indicator", "E"),
        ({"indikator": "np5_lesing_ssb"}, "indicator_elsewhere", "E"),
        ({"dimensjon": "alder"}, "unknown_word", "F"),
        ({"dimensjon": "kjønn", "kategori": "alle gutter"}, "unknown_word", "G"),
        ({"kategori": "jenter"}, "unknown_word", "G"),
        ({"verdi": "5,1"}, "off_scale", "H"),
        ({"verdi": "0,9"}, "off_scale", "H"),
        ({"verdi": "4.apr"}, "date_for_number", "H"),
        ({"verdi": "=1+1"}, "formula", "H"),
        ({"verdi": "42 %"}, "percent_sign", "H"),
        ({"verdi": ""}, "status_without_value", "H"),
        ({"verdi": "*"}, "status_without_value", "H"),
        ({"verdi": "4,2*"}, "star_but_ok", "M"),
        ({"status": "skjermet"}, "value_despite_status", "H"),
        ({"status": "mangler", "verdi": "*", "n": ""}, "value_despite_status", "H"),
        ({"status": "mangler", "verdi": ""}, "value_despite_status", "I"),
        ({"status": "mangler", "verdi": "", "n": "", "usikkerhet": "1"}, "value_despite_status", "L"),
        ({"status": "kanskje"}, "unknown_word", "M"),
        ({"n": "0"}, "not_a_count", "I"),
        ({"n": "4,5"}, "not_a_count", "I"),
        ({"usikkerhet": "-1"}, "uncertainty_negative", "L"),
        ({"indikator": "elever", "verdi": "312,5"}, "not_a_count", "H"),
        (SHARE | {"teller": "5"}, "counts_wrong", "J"),
        (SHARE | {"teller": "5", "nevner": "0"}, "counts_wrong", "J"),
        (SHARE | {"teller": "5", "nevner": "4"}, "part_above_whole", "J"),
        (SHARE | {"teller": "5", "nevner": "48", "verdi": "12"}, "share_differs", "H"),
        (SHARE | {"teller": "5", "nevner": "48", "n": "47"}, "n_differs", "I"),
        ({"indikator": "netto_elev", "trinn": ""}, "level_not_for_indicator", "A"),
        ({"indikator": "netto_elev", "orgnr": "1103"}, "grade_not_for_indicator", "D"),
    ],
)
def test_a_row_that_does_not_hold_together_is_refused(change: dict[str, str], code: str, column: str) -> None:
    reading = read(template({"trinn": "8"}, change))
    assert [(p.code, p.row, p.column) for p in reading.problems] == [(code, 3, column)]


def test_all_that_is_wrong_with_a_row_is_listed() -> None:
    reading = read(template({"orgnr": "12345", "skoleaar": "x", "trinn": "99", "dimensjon": "alder"}))
    assert codes(reading) == ["bad_unit", "bad_year", "grade_not_for_indicator", "unknown_word"]
    number = identity_number("01011012")
    reading = read(
        template({"verdi": "x", "skole": number, "kilde": number, "indikator": "netto_elev", "trinn": ""})
    )
    assert codes(reading) == ["not_a_number", "level_not_for_indicator", "birth_number", "birth_number"]


def test_the_same_figure_twice_is_refused_however_it_is_written() -> None:
    reading = read(template({}, {"kategori": "jenter", "dimensjon": "Kjønn"}, {"verdi": "4,3"}))
    assert [(p.code, p.row, p.params["first"]) for p in reading.problems] == [("doubled_figure", 4, "2")]


@pytest.mark.parametrize(
    "change",
    [{"skoleaar": "2024-2025"}, {"trinn": "7. trinn"}, {"orgnr": "F00000001 "}, {"kategori": "alle"}],
)
def test_one_figure_in_two_spellings_is_still_one_figure(change: dict[str, str]) -> None:
    assert codes(read(template({}, change))) == ["doubled_figure"]


@pytest.mark.parametrize(
    ("orgnr", "level", "code"),
    [("1103", Level.MUNICIPALITY, "1103"), ("301", Level.MUNICIPALITY, "0301"), ("11", Level.COUNTY, "11"), ("3", Level.COUNTY, "03"),
     ("NO", Level.NATION, "NO"), ("975 283 518", Level.SCHOOL, "975283518")],
)  # fmt: skip
def test_a_unit_is_known_by_its_number(orgnr: str, level: Level, code: str) -> None:
    (cell,) = read(template({"orgnr": orgnr})).cells
    assert (cell.level, cell.unit_code, cell.municipality) == (
        level,
        code,
        code if level == Level.MUNICIPALITY else "",
    )


@pytest.mark.parametrize(
    ("text", "grade"),
    [("", 0), ("alle", 0), ("0", 0), ("7", 7), ("7. trinn", 7), ("7. steg", 7), ("Vg1", 11)],
)
def test_a_grade_may_be_written_in_words(text: str, grade: int) -> None:
    assert read(template({"trinn": text})).cells[0].grade == grade


def test_an_indicator_with_one_grade_needs_none() -> None:
    assert read(template({"indikator": "np5_lesing", "trinn": "", "verdi": "50"})).cells[0].grade == 5


@pytest.mark.parametrize(
    ("word", "gender"), [("jenter", Gender.GIRLS), ("gutar", Gender.BOYS), ("Girls", Gender.GIRLS)]
)
def test_gender_is_a_dimension(word: str, gender: Gender) -> None:
    assert read(template({"dimensjon": "kjønn", "kategori": word})).cells[0].gender == gender


def test_no_person_comes_in() -> None:
    number = identity_number("01011012")
    heads = TEMPLATE_HEADS.replace("skole;", "elevnavn;")
    assert sorted(codes(read(template({}, heads=heads)))) == ["missing_head", "pupil_level"]
    assert codes(read(b"fnr;navn;resultat\r\n1;2;3\r\n"))[0] == "pupil_level"
    for change in ({"orgnr": number}, {"skole": f"Elev {number}"}, {"kilde": number}):
        (problem,) = read(template(change)).problems
        assert (problem.code, problem.found) == ("birth_number", "")


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        (TEMPLATE_HEADS.replace("verdi", "tall"), ["missing_head", "unknown_head"]),
        (TEMPLATE_HEADS.replace("nevner", "teller"), ["doubled_head", "missing_head"]),
    ],
)
def test_a_heading_that_is_not_known_stops_the_file(heads: str, found: list[str]) -> None:
    assert sorted(codes(read(template({}, heads=heads)))) == found


def test_columns_may_stand_in_another_order() -> None:
    order = list(reversed(HEADS))
    text = f"{';'.join(order)}\n{';'.join(ROW[head] for head in order)}\n"
    assert without_place(read(text.encode()).cells) == without_place(read(template({})).cells)
    assert read(text.encode()).cells[0].column == "G"


@pytest.mark.parametrize(("end", "codes_found"), [(";;", []), (";x", ["row_width"])])
def test_surplus_cells_must_be_empty(end: str, codes_found: list[str]) -> None:
    data = template({}).decode().rstrip("\r\n") + end + "\r\n"
    assert codes(read(data.encode())) == codes_found
    assert codes(read(template({}).decode().replace(";Spørring", "").encode())) == ["row_width"]


def test_worked_out_figures_are_forgotten_when_they_grow_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_template, "KEPT", 2)
    rows = [{"trinn": str(grade), "verdi": f"{grade / 3:.1f}".replace(".", ",")} for grade in range(5, 11)]
    assert [c.value for c in read(template(*rows)).cells] == [1.7, 2.0, 2.3, 2.7, 3.0, 3.3]


def test_a_filled_workbook_gives_the_same_as_csv() -> None:
    rows = [
        {},
        {"trinn": "8", "verdi": "3,9"},
        SHARE | {"teller": "5", "nevner": "48"},
        {"trinn": "10", "verdi": "*", "n": "", "status": ""},
    ]
    typed: list[dict[str, object]] = [
        {"n": 48, "verdi": 4.2},
        {"trinn": 8, "verdi": 3.9000000000000004},
        {**SHARE, "teller": 5, "nevner": 48},
        {**rows[3]},
    ]
    assert without_place(read(workbook(*typed)).cells) == without_place(read(template(*rows)).cells)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_empty_template_can_be_downloaded_and_read(language: str) -> None:
    for data in (template_csv(language), template_xlsx(language)):
        assert codes(read(data)) == ["no_rows"]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_examples_are_good_rows(language: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(language)))
    examples = [
        ["" if v is None else str(v) for v in row] for row in book.worksheets[2].iter_rows(values_only=True)
    ]
    lines = list(
        csv.reader(io.StringIO(template_csv(language).decode("utf-8-sig"), newline=""), delimiter=";")
    )
    assert (
        [row[1:] for row in lines[-len(EXAMPLES) :]]
        == [list(row[1:]) for row in EXAMPLES]
        == [row[1:] for row in examples[1:]]
    )
    reading = read("".join(";".join(row) + "\n" for row in examples).encode())
    assert codes(reading) == []
    assert {c.status for c in reading.cells} == {
        Status.OK,
        Status.HIDDEN_BY_SOURCE,
        Status.CONFIDENTIAL,
        Status.NO_PARTICIPANTS,
    }


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_no_cell_of_the_template_can_be_a_formula(language: str) -> None:
    dangerous = ("=", "+", "-", "@", "\t", "\r")
    for row in csv.reader(io.StringIO(template_csv(language).decode("utf-8-sig"), newline=""), delimiter=";"):
        assert [cell for cell in row if cell.startswith(dangerous)] == []
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(language)))
    kinds = {c.data_type for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None}
    assert kinds == {"s"}


def test_years_stay_text_in_the_empty_sheet() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(template_xlsx("nb")))["Data"]
    assert {sheet[f"C{row}"].number_format for row in (2, 100, 201)} == {"@"}
