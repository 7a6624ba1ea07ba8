"""Every surface read back: what readers of the public edition see or download is what was released, and no more.

Three yearly releases of a made-up municipality go through publishing. After each, pages, text alternatives, charts' specs,
CSV, XLSX, Word, PowerPoint and PDF are parsed to cells, and all of it, with what was out before, is attacked. Means of
small groups lie in a band where no shown number lies, so that a slip shows itself in prose and at the end of an axis.
"""

import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.test import Client
from pytest_django import Settings

from tests.data.indicators.attacked import (
    MEAN,
    SHARE,
    THRESHOLD,
    Reading,
    Truth,
    broken,
    cells,
    counted,
    municipality,
)
from tests.data.indicators.test_attacked import YEARS, Readings, corrected
from tests.doors.workspace import readback
from tests.doors.workspace.conftest import LOCAL, NATION, OWNER, Put, cell
from tests.doors.workspace.readback import HIGH, LOW, Page, Said, in_band, said_in
from tests.factories.cast import Cast
from tests.report.annual.staging import start
from tests.report.annual.test_files import package_text, pdf_text
from tettpaa.core.orgs.queries import units_by_code
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.data.indicators.models import PublishedValue
from tettpaa.data.indicators.queries import Wanted, figures
from tettpaa.data.sources.source import Cell
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Edition, Gender, Status
from tettpaa.doors.workspace.enums import Against
from tettpaa.report.annual.actions import render
from tettpaa.report.annual.actions.export import source_of
from tettpaa.report.annual.enums import FileKind

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
type ClientOf = Callable[[str], Client]
type Key = tuple[str, str, int, Gender]  # unit, indicator, year, gender
SEEDS = range(int(os.environ.get("TETTPAA_SURFACES", "1")))  # the benchmark `surfaces` takes 200
TALLY = os.environ.get("TETTPAA_SURFACES_TALLY")
NAME = ("Fjordvik", OWNER)
DOCUMENTS = {FileKind.DOCX: "Word", FileKind.PPTX: "PowerPoint", FileKind.PDF: "PDF"}
tally: Counter[str] = Counter()


class Surface(NamedTuple):
    """One page, file or chart, with what was read of it."""

    kind: str
    place: str
    said: list[Said]
    texts: list[str]


@pytest.fixture(autouse=True)
def _own_cache(settings: Settings, tmp_path: Path) -> None:
    settings.CHART_CACHE = tmp_path


@pytest.fixture(scope="module", autouse=True)
def _told() -> Iterator[None]:
    yield
    if TALLY:
        Path(TALLY).write_text(json.dumps(tally), encoding="utf-8")


# --- the municipality --------------------------------------------------------------------------------------


def with_means(rows: list[Cell], seed: int) -> list[Cell]:
    """The file with a mean for each group, that of a small one in the band."""
    made = []
    for at, row in enumerate(rows):
        drawn = (seed * 7919 + at * 104729) % 997
        mean = LOW + drawn % 200 + 0.3 if (row.n or 0) < LOCAL.threshold else round(44 + 12 * drawn / 997, 1)
        made.append(row._replace(value=mean) if row.indicator == MEAN else row)
    return made


def release(put: Put, truth: Truth, at: int, seed: int) -> None:
    """The file of a year, which corrects the year before."""
    if not at:
        put([cell(NATION, 50.0, 50_000, period=year) for year in YEARS])
    put(with_means(cells(OWNER, truth, YEARS[max(0, at - 1) : at + 1]), seed), LOCAL)


def released(truth: Truth) -> dict[Key, SafeFigure]:
    """Every figure of the public edition, shown or hidden."""
    units = list(units_by_code({OWNER, *(school for school, *_ in truth)}).values())
    found = figures(Viewer("x", ()), units, Wanted(genders=tuple(Gender)), edition=Edition.PUBLIC)
    return {(one.unit, one.indicator, one.period, one.gender): one for one in found}


# --- reading -----------------------------------------------------------------------------------------------


def surfaces(client: Client, schools: list[str], year: int) -> Iterator[Surface]:
    """What is asked for by address. What a picture draws and says stands in its spec."""
    charts: set[str] = set()
    for address, about in pages(schools, year):
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = Page(answer.content.decode(), OWNER)
        charts |= {one.split("?")[0] for one in page.addresses if "/diagram/" in one}
        yield Surface("page", address, said_in(page.tables, NAME, about), page.texts)
        said = readback.alternatives_said(page.alternatives, NAME)
        yield Surface("text alternative", address, said, page.alternatives)
    assert charts, schools
    for address in sorted({one.replace(".svg", ".json") for one in charts if "/narrow" not in one}):
        yield Surface("chart", address, *readback.spec_said(client.get(address).content, NAME))
    for address in files(schools):
        for kind, rows in (("csv", readback.csv_rows), ("xlsx", readback.sheet_rows)):
            content = client.get(f"{address}.{kind}").content
            yield Surface(kind.upper(), address, list(readback.rows_say(rows(content))), [])


def pages(schools: Sequence[str], year: int) -> Iterator[tuple[str, tuple[str, str]]]:
    """Addresses, and the unit and indicator of pages about one of each."""
    for end in ("", "?indikator=eu_mobbing-7", "skoler/", "indikatorer/", "kull/", "trad/"):
        yield f"/{OWNER}/{end}", ("", "")
    other = list(Against)[1 + year % (len(Against) - 1)]
    yield f"/{OWNER}/skoler/{schools[0]}/?mot={other}", ("", "")
    for key in (MEAN, SHARE):
        yield f"/{OWNER}/indikatorer/{key}/", (OWNER, key)
    for school in schools:
        yield f"/{OWNER}/skoler/{school}/", ("", "")
        for key in (MEAN, SHARE):
            yield f"/{OWNER}/skoler/{school}/{key}/", (school, key)


def files(schools: Iterable[str]) -> Iterator[str]:
    yield from (f"/{OWNER}/skoler/{school}/tall" for school in schools)
    yield from (f"/{OWNER}/indikatorer/{key}/tall" for key in (MEAN, SHARE))


def documents(cast: Cast, folder: Path, year: int) -> Iterator[Surface]:
    """The annual report's public edition in each of its forms."""
    tree, _ = source_of(start(cast, year), Edition.PUBLIC)
    for kind, name in DOCUMENTS.items():
        content = render(tree, kind)
        if kind is FileKind.PDF:
            text = pdf_text(content, folder)
            tables = list(readback.pdf_tables(text))
        else:
            text = package_text(content)
            tables = list((readback.word_tables if kind is FileKind.DOCX else readback.slide_tables)(content))
        yield Surface(name, f"{year}", said_in(tables, NAME), [text])


# --- judging -----------------------------------------------------------------------------------------------


def learned(said: Iterable[Said], out: Mapping[Key, SafeFigure]) -> tuple[Readings, list[str]]:
    """Cells as a reader has them, and what no release holds: a hidden figure, a wrong one, or years that add up to more."""
    n: dict[Key, int] = {}
    value: dict[Key, float] = {}
    wrong: list[str] = []
    for one in said:
        if one.unit == NATION:
            continue
        if one.period is None:
            shown = sum(
                f.n or 0
                for (u, i, _, g), f in out.items()
                if (u, i, g) == (one.unit, one.indicator, one.gender)
            )
            wrong += [f"{one}: {shown}"] if one.n not in (None, shown) else []
            continue
        key = (one.unit, one.indicator, one.period, one.gender)
        figure = out[key]
        if one.n is not None:
            n[key] = one.n
            wrong += [f"{one}: {figure.n}"] if one.n != figure.n else []
        if one.value is not None:
            value[key] = one.value
            if figure.value is None or abs(figure.value - one.value) > (0.051 if key[1] == SHARE else 0.51):
                wrong.append(f"{one}: {figure.value}")
    whole = {key: figure.n for key, figure in out.items() if figure.n is not None} | n
    read = {
        key: Reading(number, round(value[key] * number / 100) if key in value else None)
        for key, number in whole.items() if key in n or key in value
    }  # fmt: skip
    return read, wrong


def as_readings(out: Mapping[Key, SafeFigure]) -> Readings:
    return {
        key: Reading(one.n, None if one.n is None or one.value is None else round(one.n * one.value / 100))
        for key, one in out.items()
    }


def attacked(truth: Truth, out: Mapping[Key, SafeFigure], read: Readings) -> list[str]:
    """Small numbers that follow from what was released and what was read, now or earlier, as far as it still holds."""
    known = as_readings(out)
    for key, one in read.items():
        if one.yes is not None or known[key].n is None:
            known[key] = one
    return broken(OWNER, truth, known)


def holds(truth: Truth, key: Key, one: Reading) -> bool:
    n, yes = counted(truth, OWNER, *key)
    return one.n == n and (key[1] == MEAN or one.yes in (None, yes))


@pytest.mark.parametrize("seed", SEEDS)
def test_no_surface_says_more_than_was_released(
    cast: Cast, put: Put, client_of: ClientOf, seed: int, tmp_path: Path
) -> None:
    truth, earlier, client = municipality(OWNER, seed), {}, client_of("dag")
    schools = sorted({school for school, *_ in truth})
    for at, year in enumerate(YEARS):
        truth = corrected(truth, year - 1, seed) if at else truth
        release(put, truth, at, seed)
        out = released(truth)
        by_kind: dict[str, Readings] = defaultdict(dict)
        written = documents(cast, tmp_path, year) if seed % len(YEARS) == at else ()
        for one in (*surfaces(client, schools, year), *written):
            read, wrong = learned(one.said, out)
            assert (wrong, in_band(one.texts)) == ([], []), (one.kind, one.place)
            by_kind[one.kind] |= read
            tally[f"{one.kind}: surfaces"] += 1
            tally[f"{one.kind}: figures"] += len(read)
        everything = {key: read for kind in by_kind.values() for key, read in kind.items()}
        before = {key: one for key, one in earlier.items() if holds(truth, key, one)}
        assert attacked(truth, out, before | everything) == []
        assert all_was_read(by_kind, out)
        earlier |= everything
        tally["attacks"] += 1
        tally["small"] += sum(small_in(truth, key) for key in out)


def small_in(truth: Truth, key: Key) -> int:
    """How many small numbers a figure tells of: what the attack asks about."""
    n, yes = counted(truth, OWNER, *key)
    numbers = (n,) if key[1] == MEAN else (n, yes, n - yes)
    return sum(one < THRESHOLD[key[1]] for one in numbers)


def all_was_read(by_kind: Mapping[str, Readings], out: Mapping[Key, SafeFigure]) -> bool:
    """A reader that misses what is there would let a slip through too."""
    shown = {key for key, one in out.items() if one.value is not None}
    wholes = {key for key in shown if key[3] is Gender.ALL}
    newest = {key for key in wholes if key[0] == OWNER and key[2] == max(year for _, _, year, _ in out)}
    assert by_kind["CSV"].keys() == by_kind["XLSX"].keys() == shown
    assert by_kind["page"].keys() == {key for key in shown if key[0] != OWNER or key in wholes}
    assert by_kind["chart"].keys() == wholes
    assert by_kind["text alternative"].keys() <= wholes
    for kind in by_kind.keys() & set(DOCUMENTS.values()):
        assert by_kind[kind].keys() & newest == newest, kind
    return True


# --- negative controls -------------------------------------------------------------------------------------


def test_a_leak_is_caught_on_each_kind_of_surface(
    cast: Cast, put: Put, client_of: ClientOf, tmp_path: Path
) -> None:
    """A municipality of two small schools, all hidden; then its rows stand in the table of values as if shown."""
    truth = {
        key: pupils._replace(girls=2, boys=2, girls_yes=1, boys_yes=0)
        for key, pupils in municipality(OWNER, 3).items() if key[0][-1] in "01"
    }  # fmt: skip
    for at in range(len(YEARS)):
        release(put, truth, at, 3)
    out = released(truth)
    assert {one.value for one in out.values()} == {None}
    plant(truth, out)
    caught: dict[str, set[str]] = defaultdict(set)
    schools = sorted({school for school, *_ in truth})
    read_back = surfaces(client_of("dag"), schools, YEARS[-1])
    for one in (*read_back, *documents(cast, tmp_path, YEARS[-1])):
        read, wrong = learned(one.said, out)
        caught[one.kind] |= {"read"} if wrong else set()
        caught[one.kind] |= {"attack"} if attacked(truth, out, read) else set()
        caught[one.kind] |= {"band"} if in_band(one.texts) else set()
    with_n = {"read", "attack"}
    assert caught == {
        "page": {*with_n, "band"}, "chart": {"read", "band"}, "text alternative": {"read", "band"},
        "CSV": with_n, "XLSX": with_n,
        "Word": {"read", "band"}, "PowerPoint": {"read", "band"}, "PDF": {"read", "band"},
    }  # fmt: skip


def plant(truth: Truth, out: Mapping[Key, SafeFigure]) -> None:
    """Hidden figures in the table of values as if they were shown."""
    for (unit, indicator, period, gender), one in out.items():
        n, yes = counted(truth, OWNER, unit, indicator, period, gender)
        value = LOW + 88.0 if indicator == MEAN else 100 * yes / n
        PublishedValue.objects.filter(pk=one.id).update(value=value, n=n, status=Status.OK)


def test_the_band_catches_what_slips_through() -> None:
    """A number on a page, in an alternative text, in a row and at the end of an axis."""
    page = Page('<p>8 788,4 poeng</p><img alt="Nes: 8700">', OWNER)
    assert in_band([*page.texts, *page.alternatives]) == ["8 788,4", "8700"]
    spec: dict[str, Any] = {"data": {"values": [{"y": 8787.3}]}, "scale": {"domain": [40, HIGH - 100]}}
    assert in_band(readback.spec_texts(spec)) == ["8787.3", "8800.0"]
    assert in_band(["18788", "2024–8788", "87", "8,7", "8601"]) == ["8788"]
    assert in_band(["8.712", "kontrollsum daa8 8876", "kontrollsum 8876 8701 8733"]) == ["8733"]


def test_years_together_that_hold_a_hidden_year_are_caught() -> None:
    """Pupils of three years beside two shown years give the third away."""
    line = [SafeFigureLike(n) for n in (20, None, 30)]
    out: Any = {("S", MEAN, year, Gender.ALL): one for year, one in zip(YEARS, line, strict=True)}
    assert learned([Said("S", MEAN, None, n=50)], out) == ({}, [])
    assert len(learned([Said("S", MEAN, None, n=54)], out)[1]) == 1


class SafeFigureLike(NamedTuple):
    n: int | None
