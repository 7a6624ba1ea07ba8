"""The first look: which files are about persons, and that nothing of them is told."""

import io
from collections.abc import Sequence

import pytest

from tests.data.sources.helpers import sample
from tests.data.sources.hostile import BOOKS
from tests.data.sources.mapping.files import LONG, NUMBERS, SICK, csv_bytes, pupils, xlsx_bytes
from tests.data.sources.template_files import line, template
from tettpaa.data.sources.mapping.look import Look, look_at, look_from
from tettpaa.data.sources.mapping.persons import has_identity_number, is_person_head


def look(data: bytes) -> Look:
    return look_at(io.BytesIO(data), len(data))


def signs(rows: Sequence[Sequence[str]]) -> list[tuple[str, int]]:
    return [(sign.kind, sign.column) for sign in look(csv_bytes(rows)).signs]


def test_a_file_of_figures_shows_its_columns_with_samples() -> None:
    for rows in (SICK, LONG):
        for data in (csv_bytes(rows), xlsx_bytes(rows)):
            found = look(data)
            assert (found.heads, found.signs, found.source, found.problem) == (rows[0], (), "", None)
            assert found.columns[0].samples == tuple(row[0] for row in rows[1:4])
            assert look_from(found.as_json()) == found


def test_a_file_of_persons_is_known_by_heading_number_or_name_and_shows_none() -> None:
    rows = pupils(24)
    assert signs(rows) == [("head", 1), ("head", 2), ("identity", 2), ("names", 1)]
    plain = [["Skole", "A", "B", *rows[0][3:]], *rows[1:]]
    assert signs(plain) == [("identity", 2), ("names", 1)]
    bare = [[row[0], row[1], "", *row[3:]] for row in plain]
    assert signs(bare) == [("names", 1)]
    assert not any(column.samples for column in look(csv_bytes(rows)).columns)


def test_names_of_schools_are_no_names_of_persons() -> None:
    rows = [["Skole", "Trivsel"], *[[f"Gamle Nes{chr(97 + n)}", "4,1"] for n in range(9)]]
    assert signs(rows) == []
    assert signs([["Sted", "Trivsel"], *[[f"Nes{chr(97 + n)} Skole", "4,1"] for n in range(9)]]) == []


def test_a_number_that_lost_its_leading_zero_is_still_somebodys() -> None:
    short = next(number for number in NUMBERS if number.startswith("0")).lstrip("0")
    assert has_identity_number(short)
    assert has_identity_number(f"{short}.0")
    assert not has_identity_number("9123456780")
    assert not has_identity_number("974567890")
    assert [is_person_head(head) for head in ("Fødsels-nr.", "E-post", "Elev", "Elever", "Navn", "Antall elever")] == [
        True, True, True, False, False, False
    ]  # fmt: skip


def test_known_sources_are_told_and_their_rows_are_not_looked_at() -> None:
    assert look(sample("np5_2024-25_utdrag.csv")) == Look("udir_statistikkbank")
    found = look(template(line(), line(skole=f"Kari {NUMBERS[0]}")))
    assert (found.source, [(sign.kind, sign.column) for sign in found.signs]) == (
        "open_template",
        [("identity", 1)],
    )


@pytest.mark.parametrize("name", sorted(BOOKS))
def test_a_hostile_workbook_is_refused_or_harmless(name: str) -> None:
    make, code = BOOKS[name][:2]
    if name == "200,000 rows":
        return
    found = look(make())
    assert found.problem is None or (found.problem.code, found.problem.found) == (code, "")


def test_a_file_without_headings_tells_nothing_of_its_first_row() -> None:
    rows = [["Nes skole", f"Per {NUMBERS[0]}", "x"], ["1", "2", "3"]]
    found = look(csv_bytes(rows))
    assert found.problem is not None
    assert (found.problem.code, found.columns) == ("no_heading", ())
