"""Reading files that a person has pointed at: figures as they stand, persons added up, and every way to be wrong."""

import pytest

from tests.data.sources.mapping.files import (
    LONG,
    LONG_PROFILE,
    NES,
    NUMBERS,
    PUPIL_HEADS,
    PUPIL_PROFILE,
    SICK,
    SICK_PROFILE,
    VIK,
    codes,
    csv_bytes,
    figures,
    pupils,
    read,
    xlsx_bytes,
)  # fmt: skip
from tettpaa.data.sources.mapping.adding import LEAST
from tettpaa.data.sources.mapping.profile import Profile, Role, guessed_roles, profile_from
from tettpaa.data.sources.mapping.reading import NOT_TOLD
from tettpaa.data.sources.mapping.words import gender_text, grade_text, year_text
from tettpaa.data.sources.problems import render
from tettpaa.data.sources.reading import read_bytes


def test_figures_of_a_staff_system_become_lines_of_the_template() -> None:
    found = read(SICK, SICK_PROFILE)
    assert codes(found) == []
    assert found.lines[0] == [
        NES, "Nes skole", "2024-25", "", "sykefravaer", "", "", "6,4", "21", "", "", "", "", "Prøve (2)"
    ]  # fmt: skip
    assert figures(found)[(VIK, "2025-26", "", "sykefravaer", "")] == ("5,1", "47", "", "", "")
    assert found.counts == {"rows": 4, "figures": 4}
    assert found.matched_names == {"Nes skole": NES, "Vik skole": VIK}


def test_a_workbook_gives_the_same_lines() -> None:
    assert read(xlsx_bytes(SICK), SICK_PROFILE).lines == read(SICK, SICK_PROFILE).lines


def test_words_say_which_indicator_a_row_is_about() -> None:
    found = figures(read(LONG, LONG_PROFILE))
    assert len(found) == 12
    assert found[(VIK, "2025-26", "5", "eu_mestring", "jenter")] == ("3,3", "33", "", "", "")
    unknown = read(LONG, Profile(LONG_PROFILE.columns, words={"Trives du?": ""}))
    assert (codes(unknown), unknown.unknown_words) == ([("unknown_measure_word", 3, "E")], ["Mestrer du?"])


def test_persons_are_added_up_to_school_grade_and_gender() -> None:
    rows = pupils(24)
    found = read(rows, PUPIL_PROFILE)
    assert codes(found) == []
    for school, name in ((NES, "Nes skole"), (VIK, "Vik skole")):
        for gender in ("", "jenter", "gutter"):
            points = [
                int(row[5])
                for row in rows[1:]
                if row[0] == name and (not gender or row[4][:4] == gender[:4].title()[:4])
            ]
            value, n, *_ = figures(found)[(school, "2025-26", "5", "np5_lesing", gender)]
            assert float(value.replace(",", ".")) == pytest.approx(sum(points) / len(points), abs=1e-4)
            assert n == str(len(points))
    assert found.counts == {"rows": 24, "persons": 24, "groups": 2, "figures": 6}
    assert not any(word in str(found) for row in rows[1:] for word in (row[1], row[2]) if word)


def test_a_share_of_persons_is_counted() -> None:
    profile = Profile(
        {"Skole": Role.SCHOOL, "Under grensen": Role.VALUE}, {"Under grensen": "kart1_lesing"}, fixed={"period": "2025-26", "grade": "1"},
        per_person=True,
    )  # fmt: skip
    found = read(pupils(24), profile)
    assert codes(found) == []
    assert figures(found)[(VIK, "2025-26", "1", "kart1_lesing", "")] == ("", "", "9", "12", "")


@pytest.mark.parametrize(
    ("girls", "boys", "split"), [(3, 3, True), (2, 6, False), (6, 2, False), (0, 9, False)]
)
def test_a_gender_with_too_few_is_not_told_apart(girls: int, boys: int, split: bool) -> None:
    rows = [
        ["Skole", "Kjønn", "Skalapoeng"],
        *[["Nes skole", "J", "50"]] * girls,
        *[["Nes skole", "G", "40"]] * boys,
    ]
    profile = Profile(
        {"Skole": Role.SCHOOL, "Kjønn": Role.GENDER, "Skalapoeng": Role.VALUE}, {"Skalapoeng": "np5_lesing"},
        fixed={"period": "2025-26"}, per_person=True,
    )  # fmt: skip
    found = figures(read(rows, profile))
    assert {key[4] for key in found} == ({"", "jenter", "gutter"} if split else {""})


def test_a_group_smaller_than_three_holds_no_figure() -> None:
    rows = [PUPIL_HEADS, *pupils(24)[1 : 2 * LEAST - 1]]
    found = read(rows, PUPIL_PROFILE)
    assert set(figures(found).values()) == {("", "", "", "", "skjermet")}
    assert found.counts["small"] == 2


def test_persons_without_a_result_are_counted() -> None:
    rows = pupils(24)
    rows[1][5], rows[2][5], rows[3][5] = "", "Fritatt", "*"
    found = read(rows, PUPIL_PROFILE)
    assert (codes(found), found.counts["without"], found.counts["persons"]) == ([], 3, 21)


def test_nothing_of_a_person_is_repeated_in_an_error() -> None:
    rows = pupils(24)
    rows[3][5] = "Knottebakk"
    rows[4][4] = "Solvår"
    rows[5][3] = "Eilif"
    rows[6][5] = "512"
    found = read(rows, PUPIL_PROFILE)
    assert codes(found) == [
        ("not_a_number", 4, "F"), ("unknown_word", 5, "E"), ("grade_not_for_indicator", 6, "D"), ("off_scale", 7, "F")
    ]  # fmt: skip
    assert {problem.found for problem in found.problems} == {NOT_TOLD}
    assert (found.lines, found.problem_count) == ([], 4)


WRONG = [
    ([["Avdeling", "År", "Sykefravær"], ["Nes skole", "2024", "6,4"]], SICK_PROFILE, [("missing_head", 1, "")]),
    ([[*SICK[0], "År"], [*SICK[1], "2024"]], SICK_PROFILE, [("doubled_head", 1, "B")]),
    ([SICK[0], ["Nes skule", "2024", "6,4", "21"]], SICK_PROFILE, [("unknown_school", 2, "A")]),
    ([SICK[0], ["Hovedkontoret", "2024", "6,4", "21"]], SICK_PROFILE, [("unknown_school_alone", 2, "A")]),
    ([SICK[0], ["Nes skole", "i fjor", "6,4", "21"]], SICK_PROFILE, [("bad_year", 2, "B")]),
    ([SICK[0], ["Nes skole", "2024", "mye", "21"]], SICK_PROFILE, [("not_a_number", 2, "C")]),
    ([SICK[0], ["Nes skole", "2024", "164", "21"]], SICK_PROFILE, [("off_scale", 2, "C")]),
    ([SICK[0], ["Nes skole", "2024", "6,4", "2,5"]], SICK_PROFILE, [("not_a_count", 2, "D")]),
    ([SICK[0], SICK[1], SICK[1]], SICK_PROFILE, [("doubled_figure", 3, "A")]),
    ([SICK[0], ["Nes skole", "2024", "0,064", "21"]], SICK_PROFILE, [("share_for_percent", 1, "C")]),
    ([SICK[0]], SICK_PROFILE, [("no_rows", 1, "")]),
    ([["1", "2"], ["3", "4"]], SICK_PROFILE, [("no_heading", None, "")]),
    ([["Skole", "Elevnavn", "Skalapoeng"], ["Nes skole", "Per", "4"]], Profile(
        {"Skole": Role.SCHOOL, "Skalapoeng": Role.VALUE}, {"Skalapoeng": "np5_lesing"}, fixed={"period": "2025-26"}
    ), [("persons_as_figures", 1, "B")]),
    ([["Skole", "Skalapoeng"], ["Nes skole", "48"], ["Nes skole", "49"]], Profile(
        {"Skole": Role.SCHOOL, "Skalapoeng": Role.VALUE}, {"Skalapoeng": "np5_lesing"}, fixed={"period": "2025-26"}
    ), [("rows_like_persons", 3, "A")]),
    ([["Skole", "Nivå"], ["Nes skole", "kanskje"]], Profile(
        {"Skole": Role.SCHOOL, "Nivå": Role.VALUE}, {"Nivå": "kart1_lesing"}, fixed={"period": "2025-26"}, per_person=True
    ), [("not_yes_or_no", 2, "B")]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "profile", "expected"), WRONG, ids=[case[2][0][0] for case in WRONG])
def test_what_is_wrong_is_told_with_row_column_and_remedy(
    rows: list[list[str]], profile: Profile, expected: list[tuple[str, int | None, str]]
) -> None:
    found = read(rows, profile)
    assert codes(found) == expected
    for language in ("nb", "nn", "en"):
        message = render(found.problems[0], language)
        assert all([message.where, message.found, message.expected, message.remedy])


def test_a_lone_year_needs_a_rule_and_a_cut_file_is_refused() -> None:
    profile = Profile(SICK_PROFILE.columns, SICK_PROFILE.indicators)
    assert codes(read(SICK, profile))[0] == ("lone_year", 2, "B")
    assert codes(read(csv_bytes(SICK)[:-1], SICK_PROFILE)) == [("cut_off", 5, "")]


def test_a_school_that_is_left_out_is_counted_and_a_fixed_school_needs_no_column() -> None:
    rows = [*SICK, ["Rådhuset", "2024", "7,0", "90"]]
    found = read(rows, SICK_PROFILE, Rådhuset="")
    assert (codes(found), found.counts) == ([], {"rows": 5, "figures": 4, "left_out": 1})
    columns = {"År": Role.PERIOD, "Sykefravær": Role.VALUE}
    one = Profile(columns, {"Sykefravær": "sykefravaer"}, fixed={"school": NES}, year="ends")
    assert figures(read([SICK[0], SICK[1]], one)) == {
        (NES, "2023-24", "", "sykefravaer", ""): ("6,4", "", "", "", "")
    }


def test_somebodys_number_is_no_school() -> None:
    found = read([SICK[0], [NUMBERS[0], "2024", "6,4", "21"]], SICK_PROFILE)
    assert [(problem.code, problem.found) for problem in found.problems] == [
        ("unknown_school_alone", NOT_TOLD)
    ]


def test_what_was_read_is_read_again_by_the_template() -> None:
    from tettpaa.data.sources.mapping.lines import template_bytes

    for rows, profile in ((SICK, SICK_PROFILE), (LONG, LONG_PROFILE), (pupils(24), PUPIL_PROFILE)):
        found = read(rows, profile)
        again = read_bytes(template_bytes(found.lines))
        assert (again.ok, len(again.cells), again.source) == (True, len(found.lines), "open_template")


@pytest.mark.parametrize(
    ("text", "rule", "year"),
    [
        ("2024-25", "", "2024-25"), ("2024/2025", "", "2024-25"), ("2024", "", ""), ("2024", "starts", "2024-25"),
        ("2024", "ends", "2023-24"), ("Høst 2024", "", "2024-25"), ("vår 2025", "", "2024-25"), ("2025 V", "", "2024-25"),
        ("2025-03-14", "", "2024-25"), ("14.08.2025", "", "2025-26"), ("2025-08", "", "2025-26"), ("i fjor", "", None),
    ],
)  # fmt: skip
def test_school_years_as_others_write_them(text: str, rule: str, year: str | None) -> None:
    assert year_text(text, rule) == year


def test_grades_and_genders_as_others_write_them() -> None:
    texts = ("5", "5.", "5A", "5. trinn", "Trinn 5", "klasse 5b", "Vg2", "vg 1 ST", "alle", "")
    assert [grade_text(text) for text in texts] == ["5", "5", "5", "5", "5", "5", "vg2", "vg1", "alle", ""]
    assert [gender_text(text) for text in ("J", "Gutt", "Kvinne", "", "Begge kjønn", "x")] == [
        "jenter", "gutter", "jenter", "", "", None
    ]  # fmt: skip


def test_roles_are_guessed_from_headings_and_a_profile_survives_json() -> None:
    assert guessed_roles(["Avdeling", "År", "Sykefravær %", "Antall ansatte", "Merknad"]) == [
        Role.SCHOOL, Role.PERIOD, Role.VALUE, Role.N, None
    ]  # fmt: skip
    for profile in (SICK_PROFILE, LONG_PROFILE, PUPIL_PROFILE):
        assert profile_from(profile.as_json()) == profile
        assert profile.fits(list(profile.columns))
        assert not profile.fits([])
