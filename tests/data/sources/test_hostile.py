"""Hostile files (T16): each kind is refused with the right words within 5 seconds, in the limited child."""

import resource
from pathlib import Path

import pytest

from tests.data.sources.helpers import codes, read
from tests.data.sources.hostile import (
    BOOKS,
    TEXT,
    packed,
    parts,
    sheet_xml,
    template_cells,
    with_part,
    with_sheet,
)
from tettpaa.data.sources.problems import render
from tettpaa.data.sources.run import read_in_child

KINDS = TEXT | BOOKS
SECONDS = 5.0


def test_there_are_more_than_sixty_kinds() -> None:
    assert len(KINDS) > 100


@pytest.mark.parametrize("name", KINDS)
def test_a_hostile_file_is_refused_in_time_and_in_words(tmp_path: Path, name: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(KINDS[name][0]())
    before = seconds_of_children()
    reading = read_in_child(path)
    assert seconds_of_children() - before < SECONDS
    assert codes(reading)[:1] == [KINDS[name][1]]
    assert reading.cells == ()
    for language in ("nb", "nn", "en"):
        assert (
            "etc/passwd" not in str(render(reading.problems[0], language)) or KINDS[name][1] == "unsafe_name"
        )


def seconds_of_children() -> float:
    """Processor seconds of finished children: fair also on a loaded machine."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


SLOW = {
    "200,000 rows",
    "a million texts",
    "100,000 wrong rows",
    "50,000 unknown keys",
    "one endless line",
    "deep nesting",
}


@pytest.mark.parametrize("name", [name for name in KINDS if name not in SLOW])
def test_the_reader_itself_never_raises(name: str) -> None:
    assert codes(read(KINDS[name][0]()))[:1] == [KINDS[name][1]]


def test_the_smallest_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "book"
    path.write_bytes(packed(parts()))
    assert [c.value for c in read_in_child(path).cells] == [4.2]


@pytest.mark.parametrize(
    "sheet",
    [
        sheet_xml(template_cells()).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'),
        sheet_xml(template_cells(), after='<row r="1048576"/>'),
        sheet_xml(template_cells(), after='<row><c r="XFD3"/></row>'),
        sheet_xml(template_cells())
        .replace("<worksheet", "<x:worksheet")
        .replace("</worksheet", "</x:worksheet")
        .replace("xmlns=", "xmlns:x="),
    ],
    ids=["giant dimension", "row at the end", "empty cell at the edge", "prefixed names"],
)
def test_claims_about_size_are_not_looked_at(sheet: str) -> None:
    assert [c.value for c in read(with_sheet(sheet)).cells] == [4.2]


def test_a_clickable_address_is_harmless() -> None:
    relations = (
        '<Relationships><Relationship Id="x" Type="http://schemas/hyperlink" Target="https://udir.no" '
        'TargetMode="External"/></Relationships>'
    )
    assert codes(read(with_part("xl/worksheets/_rels/sheet1.xml.rels", relations))) == []
