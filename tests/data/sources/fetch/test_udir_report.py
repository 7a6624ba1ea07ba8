"""Answers of Udir's report interface v1, cell by cell against readers of their own, and everything that may be wrong with them."""

import copy
import json
from typing import Any

import pytest

from tests.data.sources.fetch.udir_v1 import pivot, recorded
from tests.data.sources.helpers import codes, national_test_files, read, real_file, sample, without_place
from tettpaa.data.sources.answers import snapshot_head, snapshot_line
from tettpaa.data.sources.source import Reading
from tettpaa.data.suppression.kinds import Level, Status

ABSENCE = "fravaer_GSK_FravaerG_1_1_202506_subset.json"
COUNTS = "gsi_GSK_GSI_1_8_202510_subset.json"
TEST = "np_GSK_NasjonaleProever_4_1_trinn5_NPLES_20252026_subset.json"
ARENDAL = "mobbing_GSK_EUG_5_5_arendal_trinn7_202512.json"
BYKLE = "mobbing_GSK_EUG_5_5_bykle_trinn10_202512.json"


def as_bytes(data: Any) -> bytes:
    return json.dumps(data).encode()


def snapshot(*answers: tuple[str, Any, dict[str, str]]) -> bytes:
    lines = [snapshot_line(name, f"https://x/{name}", as_bytes(data), facts) for name, data, facts in answers]
    return b"".join([snapshot_head("test"), *lines])


def independent(name: str) -> dict[tuple[str, str], str]:
    """Measure and code of each row with the text that stands there, read without the product's code."""
    answer = recorded(name)
    measures = [column["name"] for column in answer["metadata"]["columns"][-1]]
    return {
        (row["kode"], measure): text
        for row in answer["rows"]
        for measure, text in zip(measures, row["data"], strict=True)
    }


def number(text: str) -> float | None:
    return None if text == "*" else float(text.replace(" ", "").replace(",", "."))


def test_absence_is_what_the_answer_says() -> None:
    texts = independent(ABSENCE)
    cells = read(as_bytes(recorded(ABSENCE))).cells
    assert {(c.unit_code, c.indicator): (c.value, c.n, c.period, c.grade) for c in cells} == {
        (code, indicator): (number(text), number(texts[code, "Antall elever"]), 2024, 10)
        for (code, measure), text in texts.items()
        for indicator in [{"Median dager": "fravaer10_dager", "Median timer": "fravaer10_timer"}.get(measure)]
        if indicator
    }
    assert {c.unit_code for c in cells if c.status is Status.HIDDEN_BY_SOURCE} == {"5614", "5052"}


def test_counts_are_what_the_answer_says() -> None:
    texts = independent(COUNTS)
    cells = read(as_bytes(recorded(COUNTS))).cells
    found = {(c.unit_code, c.indicator): c.value for c in cells}
    expected: dict[tuple[str, str], float | None] = {}
    for (code, measure), text in texts.items():
        value, pupils = number(text), number(texts[code, "Antall elever"])
        assert pupils
        if measure in {"Antall elever", "Antall skoler"}:
            expected[code, "elever" if measure == "Antall elever" else "skoler"] = value
        else:
            key = "norsk_andel" if "norsk" in measure else "ito_andel"
            expected[code, key] = None if value is None else 100 * value / pupils
    assert found == expected
    svalbard = next(c for c in cells if c.unit_code == "2100")
    assert (svalbard.level, svalbard.county) == (Level.MUNICIPALITY, "21")


def test_tests_are_what_the_answer_says() -> None:
    texts = independent(TEST)
    cells = read(as_bytes(recorded(TEST))).cells
    assert {c.unit_code: (c.value, c.uncertainty, c.n) for c in cells} == {
        code: tuple(number(texts[code, m]) for m in ("Skalapoeng", "Usikkerhet", "Antall elever deltatt"))
        for code, _ in texts
    }
    assert {(c.indicator, c.period, c.grade) for c in cells} == {("np5_lesing", 2025, 5)}


def test_whole_country_by_the_interface_equals_the_file() -> None:
    content = real_file(national_test_files()[0])
    answers = [(subject, pivot(content, subject), {}) for subject in ("Engelsk", "Lesing", "Regning")]
    reading = read(snapshot(*answers))
    from_file = read(content)
    assert reading.problems == ()
    assert without_place(reading.cells) == without_place(from_file.cells)
    assert (reading.is_complete, len(reading.cells)) == (True, len(from_file.cells))


def test_a_year_that_lacks_a_test_drops_nothing() -> None:
    content = sample("np5_2024-25_utdrag.csv")
    other = json.loads(json.dumps(pivot(content, "Lesing")).replace("2024-25", "2023-24"))
    answers = [("a", pivot(content, "Lesing"), {}), ("b", pivot(content, "Regning"), {}), ("c", other, {})]
    assert read(snapshot(*answers)).is_complete is False


def bullying(file: str, **facts: str) -> Reading:
    return read(snapshot(("mobbing", recorded(file), facts)))


def test_bullying_is_placed_by_the_question() -> None:
    (arendal,) = bullying(ARENDAL, unit="4203", name="Arendal").cells
    assert (arendal.unit_code, arendal.county, arendal.municipality) == ("4203", "42", "4203")
    assert (arendal.indicator, arendal.value, arendal.n, arendal.period, arendal.grade) == (
        "eu_mobbing",
        15.8,
        None,
        2025,
        7,
    )
    (bykle,) = bullying(BYKLE, unit="4222", name="Bykle").cells
    assert (bykle.value, bykle.status, bykle.grade) == (None, Status.HIDDEN_BY_SOURCE, 10)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"unit": "4222", "name": "Bykle"},
        {"unit": "NO", "name": "Arendal"},
        {"unit": "42", "name": "Arendal"},
    ],
)
def test_bullying_of_another_unit_than_asked_for_is_refused(facts: dict[str, str]) -> None:
    assert codes(bullying(ARENDAL, **facts)) == ["unknown_answer_form"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2025-26", "i fjor"),
        ("7. årstrinn", "barnetrinnet"),
        ("Alle kjønn", "Andre"),
        ("Alle eierformer", "Privat eiet"),
        ("Andel mobbet", "Andel plaget"),
        ("EUIndeks_1398", "EUIndeks_2000"),
        ("15,8", "15.8.2025"),
    ],
)
def test_a_changed_bullying_answer_is_refused(old: str, new: str) -> None:
    text = json.dumps(recorded(ARENDAL), ensure_ascii=False)
    assert text.count(old) == 1
    reading = read(snapshot(("m", json.loads(text.replace(old, new)), {"unit": "4203", "name": "Arendal"})))
    assert codes(reading) == ["unknown_answer_form"]


def test_other_levels_of_the_bullying_report() -> None:
    county = json.loads(
        json.dumps(recorded(ARENDAL), ensure_ascii=False).replace('"Arendal"', '"Alle kommuner"')
    )
    (cell,) = read(snapshot(("m", county, {"unit": "42", "name": "Agder"}))).cells
    assert (cell.level, cell.county, cell.municipality) == (Level.COUNTY, "42", "")
    school = json.loads(
        json.dumps(recorded(ARENDAL), ensure_ascii=False).replace('"Alle skoler"', '"Stuenes skole"')
    )
    facts = {"unit": "974577674", "name": "Stuenes skole", "municipality": "4203"}
    (cell,) = read(snapshot(("m", school, facts))).cells
    assert (cell.level, cell.county, cell.municipality) == (Level.SCHOOL, "42", "4203")


def changed(path: list[Any], value: Any) -> Any:
    answer = copy.deepcopy(recorded(TEST))
    part = answer
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return answer


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (["metadata", "rowHierarchy"], ["Fag"], "unknown_answer_form"),
        (["metadata", "new"], [], "unknown_answer_form"),
        (["new"], [], "unknown_answer_form"),
        (["metadata", "columns", 0], [], "unknown_answer_form"),
        (["metadata", "columns"], [], "unknown_answer_form"),
        (["metadata", "columns", 0, 0, "columnCount"], 2, "unknown_answer_form"),
        (["metadata", "columns", 0, 0, "columnCount"], "3", "unknown_answer_form"),
        (["metadata", "columns", 0, 0, "new"], 1, "unknown_answer_form"),
        (["metadata", "columns", 5, 0, "name"], "Skårepoeng", "unknown_measure"),
        (["metadata", "columns", 3, 0, "name"], "Privat eiet", "one_ownership"),
        (["rows", 2], {"navn": "x", "id": "1.49.9"}, "unknown_answer_form"),
        (["rows", 2], "x", "unknown_answer_form"),
        (["rows", 2, "kode"], "", "row_without_code"),
        (["rows", 2, "id"], "1.49.1423.7", "bad_orgnr"),
        (["rows", 2, "id"], "1.49.77.7", "unknown_answer_form"),
        (["rows", 2, "id"], "1.49.1423.7.8", "unknown_answer_form"),
        (["rows", 2, "data"], ["48", "0,8"], "row_width"),
        (["rows", 2, "data"], ["48", "0,8", None], "unknown_pattern"),
    ],
)
def test_a_changed_answer_is_refused(path: list[Any], value: Any, code: str) -> None:
    assert code in codes(read(snapshot(("np", changed(path, value), {}))))


def test_the_problem_names_the_answer() -> None:
    reading = read(snapshot(("NPLES 2025-26", changed(["rows", 2, "kode"], ""), {})))
    (problem,) = reading.problems
    assert (problem.sheet, problem.found) == ("NPLES 2025-26", "Bygland")


def test_a_provisional_year_keeps_its_flag_and_places_abroad_are_left_out() -> None:
    answer = changed(["metadata", "columns", 0, 0, "name"], "Foreløpige tall 2025-26")
    answer["rows"] += [{"navn": "Utlandet", "kode": "Utl", "id": "2", "data": ["50", "1,0", "60"]}]
    answer["rows"] += [{"navn": "Hele landet", "kode": "Alle", "id": "1", "data": ["50", "0,1", "56 000"]}]
    cells = read(snapshot(("np", answer, {}))).cells
    assert {c.is_provisional for c in cells} == {True}
    assert [c.unit_code for c in cells][-2:] == ["0301", "NO"]


def test_the_same_table_twice_is_refused() -> None:
    assert codes(read(snapshot(("a", recorded(TEST), {}), ("b", recorded(TEST), {})))) == ["doubled_head"]


def test_an_empty_answer_is_absent_figures() -> None:
    empty = {"columns": [], "rows": []}
    assert len(read(snapshot(("a", empty, {}), ("b", recorded(TEST), {}))).cells) == 9
    assert codes(read(snapshot(("a", empty, {})))) == ["no_rows"]


def test_a_snapshot_that_was_touched_is_refused() -> None:
    whole = snapshot(("a", recorded(TEST), {}))
    head, line = whole.splitlines()
    cases = {
        b"changed_answer": head + b"\n" + line.replace(b"Bykle", b"Bykla"),
        b"unknown_snapshot": head.replace(b"1", b"2") + b"\n" + line,
        b"bad_json": whole[:-20],
    }
    cases[b"unknown_snapshot2"] = head + b"\n" + b'{"name": "a"}\n'
    for code, content in cases.items():
        assert codes(read(content)) == [code.decode().rstrip("2")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"a": 1}', "unknown_answer"),
        (b"[]", "no_rows"),
        (b"[1]", "unknown_answer"),
        (b"{}", "unknown_answer"),
        (b'{"a"', "bad_json"),
        (b"[" * 100_000, "too_deep"),
        (snapshot_head("x"), "unknown_answer"),
        (b"\xef\xbb\xbf[\xff]", "bad_json"),
    ],
)
def test_other_json_is_refused_in_words(content: bytes, code: str) -> None:
    assert codes(read(content)) == [code]


def test_too_large_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tettpaa.data.sources.answers.MAX_ANSWER", 10)
    assert codes(read(as_bytes(recorded(TEST)))) == ["answer_too_large"]


def test_the_sample_of_a_file_and_of_answers_are_one_source() -> None:
    file = read(sample("np5_2024-25_utdrag.csv"))
    assert file.source == read(as_bytes(recorded(TEST))).source == "udir_statistikkbank"
