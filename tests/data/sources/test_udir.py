"""Udir's hand-downloaded tables: vectors of data.md §8, patterns of missing figures, and each thing that is refused."""

from collections.abc import Callable

import pytest

from tests.data.sources.helpers import PLACES, codes, read, sample, small_country, udir_bytes, udir_heads
from tettpaa.data.sources.source import Cell, Reading
from tettpaa.data.suppression.kinds import Gender, Level, Status


def school(*figures: str, orgnr: str = "975283518", name: str = "Eide barneskole ") -> list[str]:
    return ["4", "I", "15", "1579", orgnr, "Hele landet", "Møre og Romsdal", "Hustadvika", name, *figures]


def municipality(code: str, name: str, *figures: str) -> list[str]:
    return ["3", "I", code[:2], code, code, "Hele landet", "Fylke", name, "Alle skoler", *figures]


def one(reading: Reading, indicator: str, unit: str) -> Cell:
    assert codes(reading) == []
    return next(c for c in reading.cells if (c.indicator, c.unit_code) == (indicator, unit))


def test_the_vectors_of_2025_26_come_out_as_published() -> None:
    rows = [
        municipality("1103", "Stavanger", "52", "0,5", "1 700", "50", "0,4", "1 682", "51", "0,5", "1 690"),
        municipality("1579", "Hustadvika", "51", "1,8", "142", "47", "1,7", "136", "49", "1,9", "138"),
        school("49", "3,4", "29", "47", "2,7", "26", "49", "4,0", "26"),
        school("*", "*", "*", "47", "2,7", "20", "49", "4,0", "20", orgnr="974795655", name="Hustad skole"),
    ]
    reading = read(udir_bytes(rows, udir_heads("2025-26")))
    stavanger = one(reading, "np5_engelsk", "1103")
    assert (stavanger.value, stavanger.uncertainty, stavanger.n) == (52, 0.5, 1700)
    assert (stavanger.level, stavanger.county, stavanger.unit_name) == (Level.MUNICIPALITY, "11", "Stavanger")
    eide = one(reading, "np5_regning", "975283518")
    assert (eide.value, eide.uncertainty, eide.n, eide.period, eide.grade) == (49, 4.0, 26, 2025, 5)
    assert (eide.unit_name, eide.municipality, eide.gender, eide.row, eide.column) == (
        "Eide barneskole", "1579", Gender.ALL, 5, "P",
    )  # fmt: skip
    assert one(reading, "np5_engelsk", "974795655").status == Status.HIDDEN_BY_SOURCE
    assert one(reading, "np5_lesing", "974795655").status == Status.OK


@pytest.mark.parametrize(
    ("texts", "status", "n"),
    [
        (("50", "3,4", "29"), Status.OK, 29),
        (("*", "*", "*"), Status.HIDDEN_BY_SOURCE, None),
        (("", "", "*"), Status.HIDDEN_BY_SOURCE, None),
        (("", "", "0"), Status.NO_PARTICIPANTS, None),
        (("", "", ""), Status.MISSING, None),
        (("-", "-", "-"), Status.MISSING, None),
        (("50*", "8,5*", "4*"), Status.CONFIDENTIAL, 4),
        (("50 *", "8,5", "4"), Status.CONFIDENTIAL, 4),
    ],
)
def test_each_face_of_a_missing_figure_is_kept(texts: tuple[str, ...], status: Status, n: int | None) -> None:
    reading = read(udir_bytes([school(*texts)], udir_heads(subjects=("Lesing",))))
    cell = one(reading, "np5_lesing", "975283518")
    assert (cell.status, cell.n) == (status, n)
    assert (cell.value is None) == (status not in {Status.OK, Status.CONFIDENTIAL})


@pytest.mark.parametrize(
    ("texts", "code", "column"),
    [
        (("50", "", "29"), "unknown_pattern", "J"),
        (("50", "3,4", ""), "unknown_pattern", "J"),
        (("50", "3,4", "0"), "unknown_pattern", "J"),
        (("", "", "29"), "unknown_pattern", "J"),
        (("*", "3,4", "29"), "unknown_pattern", "J"),
        (("50", "3,4", "29,5"), "unknown_pattern", "L"),
        (("5", "3,4", "29"), "off_scale", "J"),
        (("500", "3,4", "29"), "off_scale", "J"),
        (("50", "34", "29"), "uncertainty_off", "K"),
        (("50", "0,1", "29"), "uncertainty_off", "K"),
        (("50*", "41*", "4*"), "uncertainty_off", "K"),
        (("50", "03.apr", "29"), "date_for_number", "K"),
        (("femti", "3,4", "29"), "not_a_number", "J"),
    ],
)
def test_figures_that_contradict_each_other_are_refused(
    texts: tuple[str, ...], code: str, column: str
) -> None:
    reading = read(udir_bytes([school(*texts)], udir_heads(subjects=("Lesing",))))
    assert [(p.code, p.row, p.column) for p in reading.problems] == [(code, 3, column)]
    assert reading.problems[0].params["unit"] == "Eide barneskole"
    assert reading.cells == ()


def test_every_problem_of_a_file_is_listed() -> None:
    rows = [
        school("x", "y", "29", orgnr="975283518"),
        school("50", "3,4", "29", orgnr="123"),
        school("50", "3,4", "29"),
    ]
    reading = read(udir_bytes(rows, udir_heads(subjects=("Lesing",))))
    assert [(p.code, p.row, p.column) for p in reading.problems] == [
        ("not_a_number", 3, "J"),
        ("not_a_number", 3, "K"),
        ("bad_orgnr", 4, "E"),
        ("doubled_unit", 5, "E"),
    ]


def changed(index: int, text: str) -> Callable[[list[str]], list[str]]:
    return lambda row: [*row[:index], text, *row[index + 1 :]]


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        (changed(0, "5"), "unknown_level", "A"),
        (changed(2, "AB"), "bad_county", "C"),
        (changed(2, "00"), "bad_county", "C"),
        (changed(3, "0000"), "bad_municipality", "D"),
        (changed(3, "1103"), "bad_municipality", "D"),
        (changed(3, "15A9"), "bad_municipality", "D"),
        (changed(4, "975283519"), "bad_orgnr", "E"),
        (lambda row: row[:-1], "row_width", "L"),
        (lambda row: [*row, "7"], "row_width", "M"),
    ],
)
def test_a_row_about_no_known_place_is_refused(
    change: Callable[[list[str]], list[str]], code: str, column: str
) -> None:
    reading = read(udir_bytes([change(school("50", "3,4", "29"))], udir_heads(subjects=("Lesing",))))
    assert [(p.code, p.row, p.column) for p in reading.problems] == [(code, 3, column)]


def test_surplus_empty_cells_at_the_end_do_no_harm() -> None:
    reading = read(udir_bytes([[*school("50", "3,4", "29"), "", ""]], udir_heads(subjects=("Lesing",))))
    assert one(reading, "np5_lesing", "975283518").value == 50


def test_an_area_whose_code_differs_from_its_columns_is_refused() -> None:
    row = municipality("1579", "Hustadvika", "51", "1,8", "142")
    row[4] = "1103"
    reading = read(udir_bytes([row], udir_heads(subjects=("Lesing",))))
    assert [(p.code, p.column, p.params["expected"]) for p in reading.problems] == [
        ("code_mismatch", "E", "1579")
    ]


def test_an_abolished_area_keeps_its_code_and_loses_its_years() -> None:
    row = [
        "3",
        "I",
        "30",
        "3025",
        "3025",
        "Hele landet",
        "Viken (2020 - 2023)",
        "Asker (2020 - 2023)",
        "Asker",
        "50",
        "0,5",
        "1 300",
    ]
    cell = one(read(udir_bytes([row], udir_heads("2023-24", subjects=("Lesing",)))), "np5_lesing", "3025")
    assert (cell.unit_name, cell.county, cell.municipality) == ("Asker", "30", "3025")


def test_svalbard_lies_under_a_county_with_another_number() -> None:
    row = [
        "4",
        "I",
        "54",
        "2100",
        "974795655",
        "Hele landet",
        "Troms",
        "Svalbard",
        "Longyearbyen skole",
        "50",
        "3,4",
        "29",
    ]
    assert (
        one(read(udir_bytes([row], udir_heads(subjects=("Lesing",)))), "np5_lesing", "974795655").municipality
        == "2100"
    )


def test_provisional_years_and_genders_are_kept() -> None:
    heads = PLACES + [
        f"Foreløpige tall 2025-26.Lesing.8. årstrinn.Alle eierformer.{gender}.{measure}"
        for gender in ("Alle kjønn", "Jente", "Gutt")
        for measure in ("Skalapoeng", "Usikkerhet", "Antall elever deltatt")
    ]
    row = school("50", "2,4", "58", "51", "3,4", "29", "49", "3,4", "29")
    reading = read(udir_bytes([row], heads))
    assert [(c.gender, c.value, c.is_provisional, c.indicator) for c in reading.cells] == [
        (Gender.ALL, 50, True, "np8_lesing"),
        (Gender.GIRLS, 51, True, "np8_lesing"),
        (Gender.BOYS, 49, True, "np8_lesing"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("Skalapoeng", "Poengsum", ["missing_measure", "unknown_measure"]),
        ("Lesing", "Lytting", ["unknown_dimension"] * 3),
        ("Alle eierformer", "Privat skole", ["one_ownership"] * 3),
        ("5. årstrinn", "6. årstrinn", ["no_such_test"]),
        ("2024-25", "2024-26", ["unknown_head"] * 3),
        ("EnhetNavn", "Navn", ["missing_head", "unknown_head"]),
        ("Kommunekode", "Fylkekode", ["doubled_head", "missing_head"]),
        ("Antall elever deltatt", "Usikkerhet", ["doubled_head", "missing_measure"]),
    ],
)
def test_a_column_that_is_not_known_stops_the_file(old: str, new: str, found: list[str]) -> None:
    heads = [head.replace(old, new) for head in udir_heads(subjects=("Lesing",))]
    reading = read(udir_bytes([school("50", "3,4", "29")], heads))
    assert sorted(set(codes(reading))) == sorted(set(found))
    assert all(p.row == 2 for p in reading.problems)
    assert reading.cells == ()


def test_a_table_without_figures_says_so() -> None:
    assert codes(read(udir_bytes([school()], [*PLACES]))) == ["no_figures"]


def test_a_workbook_numbers_its_doubled_headings() -> None:
    heads = [head.replace("EnhetNavn", "EnhetNavn3") for head in udir_heads(subjects=("Lesing",))]
    assert len(read(udir_bytes([school("50", "3,4", "29")], heads)).cells) == 1


def test_a_national_table_must_add_up() -> None:
    rows = small_country()
    assert codes(read(udir_bytes(rows))) == []
    assert read(udir_bytes(rows)).is_complete
    visible = next(i for i, row in enumerate(rows) if row[0] == "4" and row[9].isdigit())
    cut = read(udir_bytes(rows[:visible] + rows[visible + 1 :]))
    assert set(codes(cut)) == {"parts_do_not_add_up"}
    assert cut.problems[0].params["unit"] == rows[visible][3]


def test_an_extract_may_leave_schools_out_but_never_hold_too_many() -> None:
    total = municipality("1579", "Hustadvika", "51", "1,8", "142")
    heads = udir_heads(subjects=("Lesing",))
    extract = read(udir_bytes([total, school("50", "3,4", "29")], heads))
    assert (codes(extract), extract.is_complete) == ([], False)
    assert codes(read(udir_bytes([total, school("50", "1,5", "143")], heads))) == ["parts_do_not_add_up"]


def test_the_sample_is_an_extract() -> None:
    assert not read(sample("np5_2024-25_utdrag.csv")).is_complete


GSI = ["Antall elever", "Antall elever med individuelt tilrettelagt opplæring/spesialundervisning",
       "Antall elever med forsterket opplæring i norsk", "Antall skoler"]  # fmt: skip


def test_pupil_counts_become_counts_and_shares() -> None:
    heads = PLACES + [
        f"2025-26.Alle trinn.Alle trinn.Alle kjønn.Alle eierformer.{measure}" for measure in GSI
    ]
    rows = [
        municipality("1103", "Stavanger", "18 319", "1 382", "1 290", "58"),
        municipality("3214", "Frogn", "1 714", "*", "*", "9"),
        municipality("1151", "Utsira", "0", "0", "", "1"),
    ]
    reading = read(udir_bytes(rows, heads))
    assert codes(reading) == []
    found = {(c.indicator, c.unit_code): (c.value, c.n, c.status) for c in reading.cells}
    expected = {
        ("elever", "1103"): (18319, 18319, Status.OK),
        ("skoler", "1103"): (58, 58, Status.OK),
        ("ito_andel", "1103"): (100 * 1382 / 18319, 18319, Status.OK),
        ("norsk_andel", "1103"): (100 * 1290 / 18319, 18319, Status.OK),
        ("ito_andel", "3214"): (None, None, Status.HIDDEN_BY_SOURCE),
        ("norsk_andel", "1151"): (None, None, Status.NO_PARTICIPANTS),
    }
    assert {key: found[key] for key in expected} == expected
    assert {c.grade for c in reading.cells} == {0}


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        (("100", "5", "", "1"), Status.MISSING),
        (("100*", "5", "5", "1"), Status.CONFIDENTIAL),
        (("*", "5", "5", "1"), Status.HIDDEN_BY_SOURCE),
    ],
)
def test_a_share_has_the_status_of_its_counts(texts: tuple[str, ...], status: Status) -> None:
    heads = PLACES + [f"2025-26.Alle trinn.Alle kjønn.Alle eierformer.{measure}" for measure in GSI]
    cell = one(read(udir_bytes([municipality("1103", "Stavanger", *texts)], heads)), "norsk_andel", "1103")
    assert cell.status == status


@pytest.mark.parametrize(
    ("texts", "code", "column"),
    [
        (("100", "101", "5", "1"), "part_above_whole", "K"),
        (("100,5", "5", "5", "1"), "not_a_count", "J"),
        (("100", "x", "5", "1"), "not_a_number", "K"),
    ],
)
def test_counts_that_cannot_be_are_refused(texts: tuple[str, ...], code: str, column: str) -> None:
    heads = PLACES + [f"2025-26.Alle trinn.Alle kjønn.Alle eierformer.{measure}" for measure in GSI]
    reading = read(udir_bytes([municipality("1103", "Stavanger", *texts)], heads))
    assert [(p.code, p.column) for p in reading.problems] == [(code, column)]


ABSENCE = ["Median dager", "Median timer", "Snitt dager", "Snitt timer", "Antall elever"]


def test_absence_comes_as_medians_of_days_and_hours() -> None:
    heads = PLACES + [f"2024-25.Alle eierformer.Alle kjønn.{measure}" for measure in ABSENCE]
    rows = [
        municipality("1103", "Stavanger", "9,0", "8,0", "14,0", "13,0", "1 788"),
        municipality("1579", "Hustadvika", "10,0", "10,5", "15,0", "14,0", "126"),
        municipality("1151", "Utsira", "*", "*", "*", "*", "*"),
        municipality("1144", "Kvitsøy", "", "", "", "", "0"),
        municipality("1145", "Bokn", "", "", "", "", ""),
    ]
    reading = read(udir_bytes(rows, heads))
    assert codes(reading) == []
    found = {(c.indicator, c.unit_code): (c.value, c.n, c.status, c.grade) for c in reading.cells}
    assert found["fravaer10_dager", "1103"] == (9.0, 1788, Status.OK, 10)
    assert found["fravaer10_timer", "1579"] == (10.5, 126, Status.OK, 10)
    assert found["fravaer10_timer", "1151"] == (None, None, Status.HIDDEN_BY_SOURCE, 10)
    assert found["fravaer10_dager", "1144"] == (None, None, Status.NO_PARTICIPANTS, 10)
    assert found["fravaer10_dager", "1145"] == (None, None, Status.MISSING, 10)
    assert len(found) == 10


@pytest.mark.parametrize(
    ("texts", "code", "column"),
    [
        (("42,1", "1 700"), None, ""),
        (("42,1*", "4*"), None, ""),
        (("61", "1 700"), "off_scale", "J"),
        (("42,1", "0"), "unknown_pattern", "J"),
        (("42,1", "17,5"), "unknown_pattern", "K"),
        (("x", "17"), "not_a_number", "J"),
    ],
)
def test_points_from_primary_school(texts: tuple[str, str], code: str | None, column: str) -> None:
    heads = PLACES + [
        f"2024-25.Alle eierformer.Alle kjønn.{measure}" for measure in ("Grunnskolepoeng", "Antall elever")
    ]
    reading = read(udir_bytes([municipality("1103", "Stavanger", *texts)], heads))
    if code is None:
        assert (reading.cells[0].indicator, reading.cells[0].value, reading.cells[0].grade) == (
            "gs_poeng",
            42.1,
            10,
        )
    else:
        assert [(p.code, p.column) for p in reading.problems] == [(code, column)]


def test_a_subject_has_no_place_among_the_points() -> None:
    heads = PLACES + [
        f"2024-25.Lesing.Alle kjønn.{measure}" for measure in ("Grunnskolepoeng", "Antall elever")
    ]
    assert codes(read(udir_bytes([municipality("1103", "Stavanger", "42,1", "17")], heads))) == [
        "unknown_head"
    ]


MARKS_HEADS = ["Vurderingsfagkode", "Vurderingsfagnavn", *PLACES]


def marks_table(rows: list[list[str]], *years: str, kinds: tuple[str, ...] = ("Standpunkt",)) -> bytes:
    """Marks downloaded by hand: the headings are real ones, the figures invented."""
    measures = ("Snittkarakter", "Antall elever")
    heads = [
        f"{y}.{k}.Alle eierformer.Alle kjønn.{m}"
        for y in years or ("2024-25",)
        for k in kinds
        for m in measures
    ]
    return udir_bytes(rows, MARKS_HEADS + heads)


def about(code: str, row: list[str]) -> list[str]:
    return [code, f"Fag {code} ", *row]


def test_marks_by_hand_have_their_subject_in_a_column() -> None:
    itself = ["0", "", "", "", "", "", "", "", "", "", "", "", ""]
    rows = [
        about("NOR0218", itself),
        about("NOR0218", municipality("1103", "Stavanger", "3,9", "1 612", "3,6", "540")),
        about("NOR0218", school("3,8", "26", "*", "*")),
        about("MAT0015", school("3,5", "26", "", "0")),
        about("ENG0029", school("4,4", "9", "4,0", "9")),
        about("ENG0029", municipality("1103", "Stavanger", "4,1", "212", "", "")),
    ]
    reading = read(marks_table(rows, kinds=("Standpunkt", "Skriftlig eksamen")))
    assert codes(reading) == []
    found = {(c.indicator, c.unit_code): (c.value, c.n, c.status, c.row, c.column) for c in reading.cells}
    assert found == {
        ("gs_standpunkt_norsk", "1103"): (3.9, 1612, Status.OK, 4, "L"),
        ("gs_eksamen_norsk", "1103"): (3.6, 540, Status.OK, 4, "N"),
        ("gs_standpunkt_norsk", "975283518"): (3.8, 26, Status.OK, 5, "L"),
        ("gs_eksamen_norsk", "975283518"): (None, None, Status.HIDDEN_BY_SOURCE, 5, "N"),
        ("gs_standpunkt_matematikk", "975283518"): (3.5, 26, Status.OK, 6, "L"),
        ("gs_eksamen_matematikk", "975283518"): (None, None, Status.NO_PARTICIPANTS, 6, "N"),
    }
    assert ({c.grade for c in reading.cells}, reading.is_complete) == ({10}, False)


def test_marks_of_a_year_are_those_of_the_curriculum_in_force() -> None:
    rows = [
        about("NOR0214", school("3,7", "28", "", "")),
        about("NOR0218", school("", "", "3,9", "31")),
    ]
    reading = read(marks_table(rows, "2020-21", "2021-22"))
    assert [(c.period, c.value) for c in reading.cells] == [(2020, 3.7), (2021, 3.9)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([about("NOR0218", school("7,1", "26"))], [("off_scale", 3, "L")]),
        ([about("NOR0218", school("3,8", "26")), about("NOR0218", school("3,9", "26"))], [("doubled_unit", 4, "G")]),
        ([about("Norsk", school("3,8", "26"))], [("unknown_word", 3, "A")]),
        ([about("", school("3,8", "26"))], [("unknown_word", 3, "A")]),
        ([about("NOR0218", school("3,8"))], [("row_width", 3, "M")]),
        ([about("ENG0029", school("3,8", "26"))], [("no_rows", 2, "")]),
    ],
)  # fmt: skip
def test_marks_by_hand_that_cannot_be_are_refused(
    rows: list[list[str]], expected: list[tuple[str, int, str]]
) -> None:
    reading = read(marks_table(rows))
    assert [(p.code, p.row, p.column) for p in reading.problems] == expected


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Snittkarakter", "Gjennomsnitt", "unknown_measure"),
        ("Antall elever", "Karakteren 1", "unknown_measure"),
        ("Standpunkt", "Muntlig eksamen", "unknown_dimension"),
        ("Vurderingsfagkode", "Fagkode", "unknown_head"),
        ("Vurderingsfagnavn", "Fag", "unknown_head"),
    ],
)
def test_a_changed_column_of_marks_stops_the_file(old: str, new: str, code: str) -> None:
    content = marks_table([about("NOR0218", school("3,8", "26"))]).decode("utf-16-le")
    assert old in content
    reading = read(content.replace(old, new).encode("utf-16-le"))
    assert code in codes(reading)
    assert reading.cells == ()
