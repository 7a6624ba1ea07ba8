"""The cells of some columns: in their order, with the row's number, and never more than was asked for."""

import io

import pytest

from tests.data.sources.mapping.files import csv_bytes, xlsx_bytes
from tettpaa.data.sources.mapping import cells, run
from tettpaa.data.sources.mapping.cells import Cells, cells_from, read_cells
from tettpaa.data.sources.source import Problem, Table

ROWS = [["Ref", "Navn", "Vedtak"], ["1", "Kari Nes", " Ja "], ["", "", ""], ["2", "Ola Vik", ""], ["3"]]


def read(data: bytes, *heads: str, most: int = 10) -> Cells:
    return read_cells(io.BytesIO(data), len(data), heads, most)


@pytest.mark.parametrize("data", [csv_bytes(ROWS), xlsx_bytes(ROWS)])
def test_only_the_columns_that_are_asked_for(data: bytes) -> None:
    found = read(data, "Vedtak", "Ref")
    assert found.rows == ((2, ("Ja", "1")), (4, ("", "2")), (5, ("", "3")))
    assert cells_from(found.as_json()) == found


def test_what_is_wrong_is_told_without_what_stood_there() -> None:
    assert read(csv_bytes(ROWS), "Svar").problem == Problem("missing_head", 1, params={"head": "Svar"})
    assert read(csv_bytes(ROWS), "Ref", most=2).problem == Problem("too_many_rows", 5, params={"most": "2"})
    assert read(b"%PDF-1.7", "Ref").problem == Problem("pdf")
    bad = read(b"PK\x03\x04", "Ref")
    assert bad.problem is not None
    assert cells_from(bad.as_json()) == bad


def test_a_file_that_is_cut_off_or_too_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object) -> tuple[None, Table]:
        return None, Table("csv", "", 1, ["Ref"], iter([(2, ["1"])]), ends_cleanly=False)

    monkeypatch.setattr(cells, "open_table", opened)
    assert read(b"x", "Ref").problem == Problem("cut_off", params={"encoding": ""})

    def deep(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(cells, "open_table", deep)
    assert read(b"x", "Ref").problem == Problem("too_deep")


def test_a_child_that_dies_or_runs_out_of_memory_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = {"code": "too_much_memory"}
    for answer in (Problem("reader_died"), {"problems": [memory]}):
        monkeypatch.setattr(run, "_run", lambda *_, answer=answer: answer)
        found = run.cells_in_child(io.BytesIO(), ["Ref"], 1)
        assert (found.rows, found.problem is not None) == ((), True)
