"""Surfaces read back to figures: every table of a page, a chart, a Word or PowerPoint file or a PDF says what a reader learns.

One reader for all of them: a surface becomes tables, a table becomes statements. Nothing here asks the product.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any, NamedTuple

import docx
import openpyxl
from pptx import Presentation

from tettpaa.data.suppression.kinds import Gender

LOW, HIGH = 8700.0, 8900.0  # the hidden means lie between: no count and no shown mean comes near
KEYS = {"Lesing 5. trinn": "np5_lesing", "Mobbing på skolen, 7. trinn": "eu_mobbing", "Mobbing": "eu_mobbing"}
GENDERS = {
    "alle": Gender.ALL, "jenter": Gender.GIRLS, "gutter": Gender.BOYS,
    "Jenter": Gender.GIRLS, "Gutter": Gender.BOYS,
}  # fmt: skip
VALUES = {"Verdi", "Snitt", "Andel"}
IN_BAND = re.compile(r"(?<![\d.,#/&;-])(8\s?[78]\d\d(?:[.,]\d+)?)(?![\d.,]*\d)")
CHECKSUM = re.compile(r"kontrollsum( [0-9a-f]{4}){2}")  # of a document, and of digits alone now and then
YEAR = re.compile(r"(20\d\d)–\d\d")
TREND = re.compile(r"^(.+), ([^,]+), 20\d\d–\d\d til 20\d\d–\d\d: (.+?) i (20\d\d–\d\d)")
NOT_SAID = {"", "–", "•"}


class Said(NamedTuple):
    """What a surface says of one group: pupils, value or both. `period` None: the years together."""

    unit: str
    indicator: str
    period: int | None
    gender: Gender = Gender.ALL
    n: int | None = None
    value: float | None = None


class Table(NamedTuple):
    """A table as it is read: `rows` begin with the header."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


def in_band(texts: Iterable[str]) -> list[str]:
    """Numbers among the hidden means."""
    return [found for text in texts for found in IN_BAND.findall(CHECKSUM.sub("", text))]


def number(text: str) -> float | None:
    """`6,2 %` → 6.2; None for words and hidden figures."""
    plain = re.sub(r"[\s\u00a0%]", "", text).replace(",", ".")
    return float(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else None


def count(text: str) -> int | None:
    found = number(text)
    return None if found is None else int(found)


def year(text: str) -> int | None:
    found = YEAR.match(text.strip())
    return (
        int(found[1]) if found and len(text.strip()) == 7 and int(text[2:4]) + 1 == int(text[5:7]) else None
    )


# --- tables say --------------------------------------------------------------------------------------------


def said_by(table: Table, owner: tuple[str, str], page: tuple[str, str] = ("", "")) -> Iterator[Said]:
    """What a table says. `owner`: name and code; `page`: unit and indicator of a page about one of each."""
    head, *rows = table.rows
    name, code = owner
    for row in rows:
        cells = dict(zip(head, row, strict=False))
        indicator, unit = _about(table.caption, owner)
        if head[0] == "År" and "Jenter" in head:
            for word in ("Jenter", "Gutter"):
                yield Said(*page, year(row[0]), GENDERS[word], value=number(cells[word]))
        elif head[0] == "År" and indicator:
            value = next((number(cells[one]) for one in head if one in VALUES), None)
            yield Said(unit, indicator, year(row[0]), n=count(cells.get("Elever", "")), value=value)
        elif head[0] == "Skole" and (indicator or page[1]):
            about = indicator or page[1]
            yield from _school(row[0].strip(), about, cells)
        elif head[0] in {"Indikator", "Hva vi måler"} and KEYS.get(row[0]):
            about = KEYS[row[0]]
            if name in cells:
                yield Said(
                    code, about, year(cells.get("År", "") or cells["Skoleår"]), value=number(cells[name])
                )
            elif "Siste tall" in cells:
                yield Said(table.caption.partition(":")[0], about, None, n=count(cells["Elever"]))


def _school(unit: str, indicator: str, cells: Mapping[str, str]) -> Iterator[Said]:
    for head, text in cells.items():
        if (period := year(head)) is not None:
            yield Said(unit, indicator, period, value=number(text))
    if "Siste år" in cells:
        text, _, when = cells["Siste år"].rpartition(" ")
        yield Said(unit, indicator, year(when), value=number(text))
    if "Elever" in cells:
        yield Said(unit, indicator, None, n=count(cells["Elever"]))


def _about(caption: str, owner: tuple[str, str]) -> tuple[str, str]:
    """Indicator and unit that a caption names: `Lesing 5. trinn, Nes` or `Lesing 5. trinn: skolene, 2022–25`."""
    for name in sorted(KEYS, key=len, reverse=True):
        if caption.startswith(name):
            unit = caption[len(name) :].removeprefix(", ")
            return KEYS[name], owner[1] if unit == owner[0] else unit
    return "", ""


def alternative(text: str, owner: tuple[str, str]) -> Iterator[Said]:
    """The newest figure that a text alternative of a trend tells."""
    if (found := TREND.match(text)) and KEYS.get(found[1]):
        unit = owner[1] if found[2] == owner[0] else found[2]
        yield Said(unit, KEYS[found[1]], year(found[4]), value=number(found[3]))


# --- pages -------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Tables, texts, what is said of pictures, and the addresses of charts."""

    def __init__(self, html: str, owner: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.alternatives: list[str] = []
        self.addresses: set[str] = set()
        self.tables: list[Table] = []
        self._owner, self._skip, self._caption = owner, False, ""
        self._rows: list[list[str]] = []
        self._into: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skip = tag in {"script", "style"}
        if tag == "table":
            self._rows, self._caption = [], ""
        elif tag == "tr":
            self._rows.append([])
        elif tag in {"th", "td"}:
            self._rows[-1].append("")
        elif tag == "caption":
            self._into = []
        for name, value in attrs:
            if value and name in {"alt", "title", "aria-label", "data-label"}:
                self.alternatives.append(value)
            if value and f"/{self._owner}/" in value:
                self.addresses |= set(re.findall(rf'/{self._owner}/[^\s",]+', value))

    def handle_endtag(self, tag: str) -> None:
        self._skip = False
        if tag == "caption" and self._into is not None:
            self._caption, self._into = " ".join("".join(self._into).split()), None
        elif tag == "table":
            rows = tuple(tuple(" ".join(cell.split()) for cell in row) for row in self._rows)
            self.tables.append(Table(self._caption, rows))
            self._rows = []

    def handle_data(self, data: str) -> None:
        if self._skip:
            return
        self.texts.append(data)
        if self._into is not None:
            self._into.append(data)
        elif self._rows and self._rows[-1]:
            self._rows[-1][-1] += data


# --- charts ------------------------------------------------------------------------------------------------


def spec_says(spec: Mapping[str, Any], owner: tuple[str, str]) -> Iterator[Said]:
    """A chart's rows: of a trend the value of each year, of a list or funnel the pupils of each school."""
    text = spec["description"]
    indicator, _ = _about(text, owner)
    trend = re.match(r"(.+), ([^,]+), (20\d\d)–\d\d til 20", text)
    for layer in spec["layer"]:
        for row in layer["data"]["values"]:
            if trend and layer["mark"].get("strokeDash") is None and {"x", "value"} <= row.keys():
                unit = owner[1] if trend[2] == owner[0] else trend[2]
                yield Said(unit, indicator, int(trend[3]) + round(row["x"]), value=row["value"])
            elif "n" in row and "tip" in row:
                yield Said(row["tip"].partition(":")[0], indicator, None, n=row["n"])
    yield from alternative(text, owner)


def spec_texts(part: Any) -> Iterator[str]:
    """What a spec says: its texts and descriptions, its rows and the ends of its axes. Not where it draws."""
    if isinstance(part, list):
        for one in part:
            yield from spec_texts(one)
    elif isinstance(part, Mapping):
        for key, one in part.items():
            if key in {"values", "data", "domain", "title", "text", "description", "tooltip", "usermeta"}:
                yield from _leaves(one)
            else:
                yield from spec_texts(one)


def _leaves(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _leaves(one)
    elif isinstance(part, str | int | float):
        yield str(part)


# --- files -------------------------------------------------------------------------------------------------


def csv_rows(content: bytes) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def sheet_rows(content: bytes) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def rows_say(rows: Iterable[Mapping[str, Any]]) -> Iterator[Said]:
    """A downloaded table, which holds n and value side by side."""
    for row in rows:
        indicator = next((key for name, key in KEYS.items() if str(row["Indikator"]).startswith(name)), "")
        if not indicator:
            continue
        n = int(row["Elever"]) if row["Elever"] not in ("", None) else None
        value = float(str(row["Verdi"]).replace(",", ".")) if row["Verdi"] not in ("", None) else None
        assert row["Utgave"] == "offentlig"
        assert (value is None) == bool(row["Hvorfor ikke vist"])
        yield Said(
            str(row["Nummer"]), indicator, int(str(row["Skoleår"])[:4]), GENDERS[row["Kjønn"]], n, value
        )


def word_tables(content: bytes) -> Iterator[Table]:
    """Tables of a Word file by the paragraph above them."""
    word = docx.Document(io.BytesIO(content))
    caption = ""
    for child in word.element.body.iterchildren():
        if child.tag.endswith("}p"):
            caption = "".join(t.text or "" for t in child.iter() if t.tag.endswith("}t")) or caption
        elif child.tag.endswith("}tbl"):
            yield Table(caption, tuple(_word_row(row) for row in child if row.tag.endswith("}tr")))


def _word_row(row: Any) -> tuple[str, ...]:
    return tuple(
        "".join(t.text or "" for t in cell.iter() if t.tag.endswith("}t"))
        for cell in row if cell.tag.endswith("}tc")
    )  # fmt: skip


def slide_tables(content: bytes) -> Iterator[Table]:
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_table:
                rows = tuple(tuple(cell.text for cell in row.cells) for row in shape.table.rows)
                yield Table(shape._element.xpath(".//p:cNvPr/@descr")[0], rows)


def pdf_tables(text: str) -> Iterator[Table]:
    """Tables of a PDF's text laid out in columns: a caption, a header that we know, rows to the next empty line."""
    lines = [line.strip() for line in text.splitlines()]
    for at, line in enumerate(lines):
        head = _columns(line)
        if len(head) > 2 and head[0] in {"Skole", "Hva vi måler"}:
            above = next((one for one in reversed(lines[:at]) if one), "")
            rows = []
            for below in lines[at + 1 :]:
                if not below:
                    break
                rows.append(_columns(below))
            yield Table(above, (head, *rows))


def _columns(line: str) -> tuple[str, ...]:
    return tuple(re.split(r"\s{2,}", line))


def said_in(tables: Iterable[Table], owner: tuple[str, str], page: tuple[str, str] = ("", "")) -> list[Said]:
    """All that tables say of figures, without the empty cells."""
    return [one for table in tables if table.rows for one in said_by(table, owner, page) if _tells(one)]


def _tells(one: Said) -> bool:
    return bool(one.indicator) and (one.n is not None or one.value is not None)


def spec_said(content: bytes, owner: tuple[str, str]) -> tuple[list[Said], list[str]]:
    spec: dict[str, Any] = json.loads(content)
    return [one for one in spec_says(spec, owner) if _tells(one)], list(spec_texts(spec))


def alternatives_said(texts: Sequence[str], owner: tuple[str, str]) -> list[Said]:
    return [one for text in texts for one in alternative(text, owner) if _tells(one)]
