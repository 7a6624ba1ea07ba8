"""CONTRIBUTING's two steps are enough: a source that is one new file is found, known by its heading and read. Nothing else is told."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data.sources.helpers import codes, read
from tettpaa.data import sources as folder
from tettpaa.data.sources import registry

MODULE = """
from tettpaa.data.indicators.definitions.model import Words
from tettpaa.data.sources.numbers import Mark, parse_number
from tettpaa.data.sources.source import Cell, Problem, Source
from tettpaa.data.suppression.kinds import Gender, Level, Status

HEADS = ["Skolekode", "Trivselstall"]


def read(table, options, tally):
    for row, (school, text) in table.rows:
        tally.rows += 1
        number = parse_number(text)
        if number.mark is not Mark.NUMBER:
            yield Problem("not_a_number", row, "B", HEADS[1], found=text)
            continue
        yield Cell(
            "eu_trivsel", Level.SCHOOL, school, "Nes skole", "", "", 2024, 7, Gender.ALL,
            number.value, None, None, Status.OK, False, row, "B",
        )


WORDS = Words("En kilde til", "Ei kjelde til", "One more source")
SOURCE = Source(
    key="one_more", name=WORDS, about=WORDS, credit=WORDS, licence="NLOD", threshold=5, is_public=False,
    published_month=None, indicators=("eu_trivsel",), heads="", recognise=lambda heads: heads == HEADS, read=read,
)
"""
FILE = b"Skolekode;Trivselstall\nF00000001;4,3\n"


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One new file in the folder of sources, and nothing else."""
    (tmp_path / "one_more.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.setattr(folder, "__path__", [*folder.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    registry.sources.cache_clear()
    yield
    sys.modules.pop("tettpaa.data.sources.one_more", None)
    registry.sources.cache_clear()


def test_without_the_file_nobody_knows_it() -> None:
    assert "one_more" not in registry.sources()
    assert codes(read(FILE)) == ["unknown_heading"]


def test_one_new_file_is_a_source(planted: None) -> None:
    assert registry.sources()["one_more"].name.nb == "En kilde til"
    found = read(FILE)
    assert found.source == "one_more"
    assert [(cell.unit_code, cell.indicator, cell.value, cell.row) for cell in found.cells] == [
        ("F00000001", "eu_trivsel", 4.3, 2)
    ]
    wrong = read(FILE.replace(b"4,3", b"mye"))
    assert (codes(wrong), wrong.problems[0].row, wrong.cells) == (["not_a_number"], 2, ())
