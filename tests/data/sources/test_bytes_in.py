"""From bytes to lines: what the hostile and re-saved files leave untested."""

import pytest

from tests.data.sources.helpers import codes, read
from tests.data.sources.hostile import HEAD, ROW
from tettpaa.data.sources import bytes_in

GOOD = HEAD + ROW


@pytest.mark.parametrize("chunk", [16, 17, 64, 1 << 20])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_letters_may_lie_across_two_chunks(
    monkeypatch: pytest.MonkeyPatch, chunk: int, encoding: str
) -> None:
    text = GOOD.replace("Nes", "Næs på Ås")
    whole = read(text.encode(encoding))
    monkeypatch.setattr(bytes_in, "CHUNK", max(chunk, len(HEAD) * 2 + 8))
    assert read(text.encode(encoding)).cells == whole.cells
    assert [c.unit_name for c in whole.cells] == ["Næs på Ås"]


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        ((GOOD + "F0;Nes\x07;").encode(), "forbidden_character", 3),
        ((GOOD + "F0;Næs\x07;\n").encode("cp1252"), "forbidden_character", 3),
        ((GOOD + "F0;Nes\x07;\n").encode("utf-16"), "forbidden_character", 3),
        (GOOD.replace("\n", "\r").encode() + b"\x07", "forbidden_character", 3),
        ((GOOD + "Næs\n").encode() + b"\xff\n", "damaged_bytes", 4),
        ((GOOD + "Næs\n").encode("cp1252") + b"\x81\n", "damaged_bytes", 4),
        ((GOOD + "Næs\n" + "æ").encode()[:-1], "cut_off", 4),
        (GOOD.rstrip("\n").encode(), "cut_off", 2),
        (GOOD.encode() + b'"x"y;2\n', "bad_quotes", 3),
    ],
)
def test_what_is_wrong_with_the_bytes_has_a_row(data: bytes, code: str, row: int) -> None:
    problem = read(data).problems[-1]
    assert (problem.code, problem.row) == (code, row)


def test_a_last_letter_that_looks_like_a_start_is_cp1252() -> None:
    reading = read(
        (GOOD + "\n").encode() + ROW.replace("7", "8", 1).replace(";ok;", ";ok;Prøv").encode("cp1252")
    )
    assert codes(reading) == []
    assert codes(read(GOOD.encode() + ROW.replace("7", "8", 1).rstrip("\n").encode() + b"\xe5")) == [
        "cut_off"
    ]


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "sep="])
def test_a_line_that_tells_the_separator_is_honoured_or_passed_by(first: str) -> None:
    assert codes(read(f"{first}\n{GOOD}".encode())) == []


def test_a_told_separator_that_the_heading_does_not_have_is_passed_by() -> None:
    assert codes(read(f"sep=|\n{GOOD}".encode())) == []


def test_separators_within_quotes_do_not_count() -> None:
    assert bytes_in.separator('"a,b,c,d";e;f') == ";"


def test_explanations_above_the_heading_are_passed_by() -> None:
    assert (
        codes(read(("".join(f'"# line {i}, with, many, commas"\n' for i in range(20)) + GOOD).encode())) == []
    )


def test_empty_lines_and_lines_of_separators_are_passed_by() -> None:
    reading = read((HEAD + "\n;;;;\n\n" + ROW + "\n;;;\n").encode())
    assert [c.row for c in reading.cells] == [5]


def test_a_row_is_counted_from_where_it_starts() -> None:
    two_lines = ROW.replace(";ok;", ';ok;"line one\nline two"')
    reading = read((HEAD + two_lines + ROW.replace(";7;", ";8;")).encode())
    assert [c.row for c in reading.cells] == [2, 4]
