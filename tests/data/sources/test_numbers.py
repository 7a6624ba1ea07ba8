"""Numbers and codes as files write them: the vectors of data.md §8 and what must be refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.data.sources.numbers import Mark, Number, column_letter, parse_number, whole_number
from tettpaa.data.sources.places import has_birth_number, is_orgnr, school_year, school_year_text


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("18 319", Mark.NUMBER, 18319),
        ("18\u00a0319", Mark.NUMBER, 18319),
        ("18\u202f319", Mark.NUMBER, 18319),
        ("1 234 567,5", Mark.NUMBER, 1234567.5),
        ("0,3", Mark.NUMBER, 0.3),
        ("0.3", Mark.NUMBER, 0.3),
        ("0,125", Mark.NUMBER, 0.125),
        ("0.125", Mark.NUMBER, 0.125),
        ("  116", Mark.NUMBER, 116),
        ("-2,5", Mark.NUMBER, -2.5),
        ("\u22122,5", Mark.NUMBER, -2.5),
        ("+2", Mark.NUMBER, 2),
        ("-0", Mark.NUMBER, 0),
        ("0", Mark.NUMBER, 0),
        ("*", Mark.SHIELDED, None),
        (" * ", Mark.SHIELDED, None),
        (":", Mark.SHIELDED, None),
        ("", Mark.EMPTY, None),
        ("-", Mark.EMPTY, None),
        ("–", Mark.EMPTY, None),
        (".", Mark.MISSING, None),
        ("..", Mark.MISSING, None),
        ("12*", Mark.CONFIDENTIAL, 12),
        ("12 *", Mark.CONFIDENTIAL, 12),
        ("4,2*", Mark.CONFIDENTIAL, 4.2),
    ],
)
def test_a_cell_is_read_as_the_source_means_it(text: str, mark: Mark, value: float | None) -> None:
    assert parse_number(text) == Number(mark, value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.234", "ambiguous_number"),
        ("12.345", "ambiguous_number"),
        ("3. apr", "date_for_number"),
        ("03.apr", "date_for_number"),
        ("03.04.2026", "date_for_number"),
        ("2024-04-03", "date_for_number"),
        ("2024-04-03 00:00:00", "date_for_number"),
        ("3/4", "date_for_number"),
        ("apr.26", "date_for_number"),
        ("mai 2026", "date_for_number"),
        ("=A1+B1", "formula"),
        ("#REF!", "spreadsheet_error"),
        ("12 %", "percent_sign"),
        ("tolv", "not_a_number"),
        ("1e5", "not_a_number"),
        ("nan", "not_a_number"),
        ("inf", "not_a_number"),
        ("0x10", "not_a_number"),
        ("٣", "not_a_number"),
        ("12**", "not_a_number"),
        ("1 23", "date_for_number"),
        ("1,2,3", "not_a_number"),
        ("9" * 400, "not_a_number"),
        ("--1", "not_a_number"),
    ],
)
def test_what_is_no_number_is_never_guessed(text: str, code: str) -> None:
    assert parse_number(text) == Number(Mark.BAD, None, code)


@given(st.integers(0, 10**12), st.integers(0, 3))
def test_a_written_number_comes_back(digits: int, decimals: int) -> None:
    value = digits / 10**decimals
    text = f"{value:,.{decimals}f}".replace(",", " ").replace(".", ",")
    assert parse_number(text) == Number(Mark.NUMBER, float(f"{value:.{decimals}f}"))


@given(st.text(max_size=12))
def test_any_text_gets_an_answer(text: str) -> None:
    number = parse_number(text)
    assert (number.mark is Mark.BAD) == bool(number.code)
    assert (number.value is None) == (number.mark not in {Mark.NUMBER, Mark.CONFIDENTIAL})


@pytest.mark.parametrize(
    ("text", "whole"), [("12", 12), ("12,0", 12), ("12,5", None), ("-1", None), ("", None), ("*", None)]
)
def test_a_count_is_whole_and_not_negative(text: str, whole: int | None) -> None:
    assert whole_number(parse_number(text)) == whole


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_in_a_spreadsheet(index: int, letter: str) -> None:
    assert column_letter(index) == letter


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("975283518", True),
        ("974795655", True),
        ("975283519", False),
        ("97528351", False),
        ("9752835180", False),
        ("U90099013", True),
        ("F00000001", True),
        ("u90099013", False),
        ("9,75E+08", False),
        ("", False),
    ],
)
def test_an_organisation_number_has_a_right_check_digit(text: str, valid: bool) -> None:
    assert is_orgnr(text) is valid


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024-25", 2024),
        ("2024-2025", 2024),
        ("2024/2025", 2024),
        ("2024/25", 2024),
        (" 2024–25 ", 2024),
        ("2099-00", 2099),
        ("1999-00", None),
        ("2024-26", None),
        ("2024", None),
        ("24-25", None),
        ("2024-1925", None),
        ("2024-025", None),
    ],
)
def test_a_school_year_is_two_years_in_a_row(text: str, period: int | None) -> None:
    assert school_year(text) == period


def test_a_school_year_is_written_as_udir_does() -> None:
    assert (school_year_text(2024), school_year_text(2099)) == ("2024-25", "2099-00")


def identity_number(first: str) -> str:
    """A number with right check digits; the last of the person's own digits is tried until both exist."""
    for tail in range(10):
        nine = f"{first}{tail}"
        k1 = -sum(int(d) * w for d, w in zip(nine, (3, 7, 6, 1, 8, 9, 4, 5, 2), strict=True)) % 11
        k2 = (
            -sum(int(d) * w for d, w in zip(f"{nine}{k1}", (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=False)) % 11
        )
        if k1 < 10 and k2 < 10:
            return f"{nine}{k1}{k2}"
    raise AssertionError(first)


def test_an_identity_number_is_found_in_a_text() -> None:
    number = identity_number("01011012")
    assert has_birth_number(f"elev {number}")
    assert has_birth_number(f"{number[:6]} {number[6:]}")
    assert not has_birth_number(f"1{number}")
    assert not has_birth_number(number[:-1] + str((int(number[-1]) + 1) % 10))
    assert not has_birth_number("Nes skole 975283518")
