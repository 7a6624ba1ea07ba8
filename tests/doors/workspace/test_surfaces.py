"""Every surface read back: what readers of the public edition can download is what was released, and no more.

Hidden means lie in a band where no shown number lies, so that a slip shows itself: on a page, in an alternative text,
in a chart's spec or picture (an axis would stretch), in a file. Files are parsed back to figures and attacked.
"""

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pytest
from django.test import Client
from pytest_django import Settings

from tests.data.indicators.attacked import Reading, Truth, broken, cells, municipality
from tests.data.indicators.test_attacked import YEARS, Readings, corrected, read
from tests.doors.workspace.conftest import LOCAL, NATION, OWNER, Put, cell
from tests.factories.cast import Cast
from tests.report.annual.staging import start
from tests.report.annual.test_files import package_text, pdf_text
from tettpaa.data.indicators.actions import compare
from tettpaa.data.sources.source import Cell
from tettpaa.data.suppression.kinds import Edition, Gender
from tettpaa.report.annual.actions import render
from tettpaa.report.annual.actions.export import source_of
from tettpaa.report.annual.enums import FileKind

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
type ClientOf = Callable[[str], Client]
SEEDS = range(int(os.environ.get("TETTPAA_SURFACES", "1")))  # the benchmark `surfaces` takes 200
LOW = 8700.0  # the hidden means lie between this and 8900: no count and no shown mean comes near
GENDERS = {"alle": Gender.ALL, "jenter": Gender.GIRLS, "gutter": Gender.BOYS}
KEYS = {"Lesing 5. trinn": "np5_lesing", "Mobbing": "eu_mobbing"}
NUMBER = re.compile(r"(?<![\d.,#/&;-])(8[\s.,]?[78]\d\d(?:[.,]\d+)?)(?![\d.,]*\d)")


class Page(HTMLParser):
    """The texts, what is said of pictures, and the addresses of charts and files."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.addresses: set[str] = set()
        self._in_code = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_code = tag in {"script", "style"}
        for name, value in attrs:
            if value and name in {"alt", "title", "aria-label", "data-label"}:
                self.texts.append(value)
            if value and f"/{OWNER}/" in value:
                self.addresses |= set(re.findall(rf'/{OWNER}/[^\s",]+', value))

    def handle_endtag(self, tag: str) -> None:
        self._in_code = False

    def handle_data(self, data: str) -> None:
        if not self._in_code:
            self.texts.append(data)


def told(texts: Iterable[str]) -> list[str]:
    """Numbers in the band of the hidden means."""
    return [found for text in texts for found in NUMBER.findall(text)]


def numbers(spec: Any) -> Iterator[str]:
    """What a spec says: its texts and descriptions, its rows and the ends of its axes. Not where it draws."""
    if isinstance(spec, Mapping):
        for key, part in spec.items():
            if key in {
                "values",
                "data",
                "datasets",
                "domain",
                "title",
                "text",
                "description",
                "tooltip",
                "usermeta",
            }:
                yield from said(part)
            else:
                yield from numbers(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from numbers(part)


def said(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        for inner in part.values():
            yield from said(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from said(inner)
    elif isinstance(part, str | int | float):
        yield str(part)


def with_band(rows: list[Cell]) -> list[Cell]:
    """The file with every mean that will be hidden inside the band: the pattern does not depend on means."""
    held = {
        (one.key.unit, one.key.indicator, one.key.period, one.key.gender)
        for one in compare(cells=rows, origin=LOCAL, owner=None).withheld
    }
    return [
        row._replace(value=LOW + at % 200 + 0.3)
        if row.indicator == "np5_lesing" and (row.unit_code, row.indicator, row.period, row.gender) in held
        else row
        for at, row in enumerate(rows)
    ]


def three_releases(put: Put, seed: int) -> Truth:
    truth = municipality(OWNER, seed)
    put([cell(NATION, 50.0, 50_000, period=year) for year in YEARS])
    for at, year in enumerate(YEARS):
        truth = corrected(truth, year - 1, seed) if at else truth
        put(with_band(cells(OWNER, truth, YEARS[max(0, at - 1) : at + 1])), LOCAL)
    return truth


def parsed(rows: Iterable[Mapping[str, Any]], mark: str) -> Readings:
    """A downloaded table as figures."""
    found: Readings = {}
    for row in rows:
        indicator = next((key for name, key in KEYS.items() if str(row["Indikator"]).startswith(name)), "")
        if not indicator or str(row["Nummer"]) == NATION:
            continue
        n = int(row["Elever"]) if row["Elever"] not in ("", None) else None
        value = row["Verdi"] if row["Verdi"] not in ("", None) else None
        share = None if value is None else float(str(value).replace(mark, "."))
        assert row["Utgave"] == "offentlig"
        assert (value is None) == bool(row["Hvorfor ikke vist"])
        key = (str(row["Nummer"]), indicator, int(str(row["Skoleår"])[:4]), GENDERS[row["Kjønn"]])
        found[key] = Reading(n, None if n is None or share is None else round(n * share / 100))
    return found


def sheet(content: bytes) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.fixture(autouse=True)
def _own_cache(settings: Settings, tmp_path: Any) -> None:
    settings.CHART_CACHE = tmp_path


@pytest.mark.parametrize("seed", SEEDS)
def test_no_surface_says_more_than_was_released(
    cast: Cast, put: Put, client_of: ClientOf, seed: int, tmp_path: Any
) -> None:
    truth = three_releases(put, seed)
    released = read({OWNER: truth})[OWNER]
    assert broken(OWNER, truth, released) == []
    assert any(one.n is None for one in released.values())
    client, schools = client_of("dag"), sorted({school for school, *_ in truth})
    leaks: dict[str, list[str]] = {}
    charts: set[str] = set()
    for address in pages(schools):
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = Page(answer.content.decode())
        leaks[address] = told(page.texts)
        charts |= {one for one in page.addresses if "/diagram/" in one and "mork" not in one}
    assert charts
    for address in sorted(charts):
        content = client.get(address).content.decode()
        texts = numbers(json.loads(content)) if ".json" in address else re.findall(r">([^<]+)<", content)
        leaks[address] = told(texts)
    for address, rows in files(client, schools):
        assert parsed(rows, ",").items() <= released.items(), address
    whole = dict(pair for _, rows in files(client, schools) for pair in parsed(rows, ",").items())
    assert whole == {key: one for key, one in released.items() if key[0] != OWNER or key in whole}
    assert broken(OWNER, truth, {**released, **whole}) == []
    for kind, text in report(cast, tmp_path):
        leaks[kind] = told([text])
    assert {place: found for place, found in leaks.items() if found} == {}


def pages(schools: Iterable[str]) -> Iterator[str]:
    yield from (
        f"/{OWNER}/",
        f"/{OWNER}/?indikator=np5_lesing-5",
        f"/{OWNER}/skoler/",
        f"/{OWNER}/indikatorer/",
    )
    for key in KEYS.values():
        yield f"/{OWNER}/indikatorer/{key}/"
    for school in schools:
        yield f"/{OWNER}/skoler/{school}/"
        for key in KEYS.values():
            yield f"/{OWNER}/skoler/{school}/{key}/"


def files(client: Client, schools: Iterable[str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for school in schools:
        address = f"/{OWNER}/skoler/{school}/tall"
        text = client.get(f"{address}.csv").content.decode("utf-8-sig")
        yield f"{address}.csv", list(csv.DictReader(io.StringIO(text), delimiter=";"))
        yield f"{address}.xlsx", sheet(client.get(f"{address}.xlsx").content)


def report(cast: Cast, folder: Any) -> Iterator[tuple[str, str]]:
    """The annual report's public edition as text, in each of its forms."""
    tree, _ = source_of(start(cast), Edition.PUBLIC)
    for kind in FileKind:
        content = render(tree, kind)
        if kind == FileKind.PDF:
            yield kind, pdf_text(content, folder)
        else:
            texts = re.findall(r">([^<]+)<", package_text(content))
            yield kind, "\n".join(texts)


def test_the_band_catches_what_slips_through() -> None:
    """Negative controls: a number on a page, in an alternative text, in a row and at the end of an axis."""
    assert told(Page('<p>8 788,4 poeng</p><img alt="Nes: 8700">').texts) == ["8 788,4", "8700"]
    assert told(numbers({"data": {"values": [{"y": 8787.3}]}, "scale": {"domain": [40, 8800]}})) == [
        "8787.3",
        "8800",
    ]
    assert told(["18788", "2024–8788", "87", "8,7", "8601"]) == ["8788"]
