"""The old Skoleporten: names to numbers, series of their own, and each thing that is refused."""

import pytest

from tests.data.sources.helpers import codes, read, sample
from tettpaa.data.sources.names import NameBook, left_out, level_of, plain_name
from tettpaa.data.sources.skoleporten import HEADS
from tettpaa.data.sources.source import ReadOptions
from tettpaa.data.suppression.kinds import Gender, Level, Status

NES, VIK = "F00000001", "F00000002"
ROW = {
    "Enhetsnavn": "Nes skole",
    "Skoletype": "Grunnskole",
    "Vurderingsområde": "Læringsresultater",
    "Statistikk": "Nasjonale prøver 5. trinn",
    "Indikator/delskår": "Engelsk",
    "Periode": "2014-2015",
    "Eierform": "Offentlig",
    "Trinn": "Trinn 5",
    "Kjønn": "Begge kjønn",
    "Verdi": "53",
    "Måleenhet": "Skalapoeng",
}
OLD = {
    "Statistikk": "Nasjonale prøver 5. trinn 2009-2013",
    "Periode": "2009-2010",
    "Verdi": "2,1",
    "Måleenhet": "Gjennomsnittspoeng med én desimal (1-3)",
}
FORMER = {
    "Statistikk": "Nasjonale prøver ungdomstrinn",
    "Indikator/delskår": "Lesing avgiverskole (Kun skolenivå)",
    "Trinn": "Trinn 8",
}


def file(*changes: dict[str, str], heads: tuple[str, ...] = HEADS) -> bytes:
    lines = [";".join(heads), *(";".join((ROW | change).values()) for change in changes)]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def test_a_figure_finds_its_indicator_year_grade_and_gender() -> None:
    reading = read(
        file({}, {"Kjønn": "Jenter", "Verdi": "."}, {"Kjønn": "Gutter", "Verdi": "54*"}, OLD, FORMER),
        school_names={"Nes skole": NES},
    )
    assert codes(reading) == []
    assert [
        (c.indicator, c.period, c.grade, c.gender, c.value, c.status, c.row, c.column) for c in reading.cells
    ] == [
        ("np5_engelsk", 2014, 5, Gender.ALL, 53, Status.OK, 2, "J"),
        ("np5_engelsk", 2014, 5, Gender.GIRLS, None, Status.MISSING, 3, "J"),
        ("np5_engelsk", 2014, 5, Gender.BOYS, 54, Status.CONFIDENTIAL, 4, "J"),
        ("np5_engelsk_2007", 2009, 5, Gender.ALL, 2.1, Status.OK, 5, "J"),
        ("np8_lesing_avgiver", 2014, 8, Gender.ALL, 53, Status.OK, 6, "J"),
    ]
    assert not reading.is_complete


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"Statistikk": "Elevundersøkelsen"}, "unknown_series", "D"),
        ({"Indikator/delskår": "Naturfag"}, "unknown_series", "E"),
        ({"Trinn": "Trinn 8"}, "unknown_series", "H"),
        ({"Måleenhet": "Prosent"}, "unknown_series", "K"),
        ({"Kjønn": "Alle"}, "unknown_word", "I"),
        ({"Eierform": "Kommunal"}, "unknown_word", "G"),
        ({"Periode": "2014-2016"}, "bad_year", "F"),
        ({"Periode": "2009-2010"}, "year_not_valid", "F"),
        ({"Verdi": "53.123"}, "ambiguous_number", "J"),
        ({"Verdi": "5"}, "off_scale", "J"),
        ({"Enhetsnavn": "Ås skole"}, "unknown_school_alone", "A"),
    ],
)
def test_a_word_that_is_not_known_is_refused(change: dict[str, str], code: str, column: str) -> None:
    reading = read(file({"Verdi": "50", "Kjønn": "Jenter"}, change), school_names={"Nes skole": NES})
    assert [(p.code, p.row, p.column) for p in reading.problems] == [(code, 3, column)]
    assert reading.cells == ()


def test_the_same_figure_twice_is_refused() -> None:
    reading = read(file({}, {"Verdi": "52"}), school_names={"Nes skole": NES})
    assert [(p.code, p.row, p.params["first"]) for p in reading.problems] == [("doubled_figure", 3, "2")]


def test_two_names_of_one_school_may_not_tell_two_stories() -> None:
    reading = read(file({}, {"Enhetsnavn": "Nes skule"}), school_names={"Nes skole": NES, "Nes skule": NES})
    assert codes(reading) == ["doubled_figure"]


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        ((*HEADS[:-1], "Enhet"), ["missing_head", "unknown_head"]),
        ((*HEADS[:-1], "Verdi"), ["doubled_head", "missing_head"]),
        ((*HEADS, "Merknad"), ["unknown_head"]),
    ],
)
def test_a_heading_that_is_not_known_stops_the_file(heads: tuple[str, ...], found: list[str]) -> None:
    assert sorted(codes(read(file({}, heads=heads)))) == found


def test_a_row_that_is_too_short_is_refused() -> None:
    data = file({}).replace(b";Skalapoeng", b"")
    assert [(p.code, p.row, p.column) for p in read(data).problems] == [("row_width", 2, "K")]


def test_surplus_empty_cells_do_no_harm() -> None:
    data = file({}).replace(b";Skalapoeng", b";Skalapoeng;;")
    assert len(read(data, school_names={"Nes skole": NES}).cells) == 1


def test_a_name_is_matched_exactly_or_only_suggested() -> None:
    known = {NES: "Nes  Skole", VIK: "Vik skule", "F00000003": "Vika skole"}
    reading = read(
        file({}, {"Enhetsnavn": "NES SKOLE (utgått)"}, {"Enhetsnavn": "Vik skole"}), known_schools=known
    )
    assert codes(reading) == ["doubled_figure", "unknown_school"]
    suggestions = reading.problems[1].params["suggestions"].split("; ")
    assert set(suggestions) == {"Vika skole (F00000003)", "Vik skule (F00000002)", "Nes  Skole (F00000001)"}
    assert reading.matched_names == {"Nes skole": NES, "NES SKOLE (utgått)": NES}


def test_the_saved_mapping_wins_over_the_name() -> None:
    reading = read(file({}), known_schools={NES: "Nes skole"}, school_names={"Nes skole": VIK})
    assert (reading.cells[0].unit_code, reading.matched_names) == (VIK, {})


def test_two_schools_of_the_same_name_are_not_guessed_between() -> None:
    assert codes(read(file({}), known_schools={NES: "Nes skole", VIK: "Nes skole"})) == ["unknown_school"]


def test_a_mapping_may_leave_a_name_out() -> None:
    reading = read(file({}, {"Enhetsnavn": "Vik skole"}, {"Enhetsnavn": "Vik skole", "Kjønn": "Jenter"}),
                   school_names={"Nes skole": NES, "Vik skole": ""})  # fmt: skip
    assert (len(reading.cells), reading.left_out) == (1, ("Vik skole",))
    assert left_out({"Nes skole": NES, "Vik skole": ""}) == ["Vik skole"]


def test_a_mapping_to_no_number_is_refused_once() -> None:
    reading = read(file({}, {"Kjønn": "Jenter"}), school_names={"Nes skole": "123"})
    assert [(p.code, p.params["target"]) for p in reading.problems] == [("bad_mapping", "123")]


@pytest.mark.parametrize(
    ("code", "level"), [("1103", Level.MUNICIPALITY), ("11", Level.COUNTY), ("NO", Level.NATION)]
)
def test_a_name_may_stand_for_an_area(code: str, level: Level) -> None:
    cell = read(file({}), school_names={"Nes skole": code}).cells[0]
    assert (cell.level, cell.municipality) == (level, code if level == Level.MUNICIPALITY else "")
    assert level_of("123") is None


def test_likeness_is_reckoned_for_a_few_names_only() -> None:
    book = NameBook(ReadOptions(known_schools={NES: "Nes skole"}))
    found = [book.suggestions(f"Nes skole {i % 10}") for i in range(70)]
    assert [bool(names) for names in found] == [True] * 60 + [False] * 10
    assert NameBook(ReadOptions(known_schools={NES: "Nes skole"})).suggestions("Nes skole" * 20) == []


def test_names_are_compared_without_noise() -> None:
    assert plain_name("  Åmøy  SKOLE (utgått)") == plain_name("åmøy skole")
    assert plain_name("St. Svithun skole") == "st svithun skole"
    assert plain_name("Ås skole") != plain_name("As skole")


def test_skoleporten_holds_no_national_total() -> None:
    assert "np8_engelsk_avgiver" in {c.indicator for c in read(sample("skoleporten_utdrag.csv"), school_names={
        "Auglend skole": NES, "Tastarustå skole": VIK, "Åmøy skole (utgått)": "F00000003"}).cells}  # fmt: skip
