"""Answers of Udir's report interface v1 (data.md 1B): a pivot with a heading in several levels, made into the table that the
hand-downloaded file of the same page has. So both are read by the same rules and held against the same sums.
"""

from collections.abc import Iterator, Mapping
from itertools import chain, repeat
from typing import Any, Final

from tettpaa.data.sources.bytes_in import shown
from tettpaa.data.sources.source import Answer, Cell, Problem, ReadOptions, Row, Table, Tally
from tettpaa.data.sources.udir_bullying import HIERARCHY as BULLYING
from tettpaa.data.sources.udir_bullying import read_bullying
from tettpaa.data.sources.udir_rows import read as read_table

UNITS: Final = ["Nasjonalt", "Fylke", "Kommune", "Enhet"]
BY_SUBJECT: Final = [
    "Fag",
    *UNITS,
]  # each row's id begins with the subject's number; the question says its code
HEADS: Final = [
    "EnhetNivaa", "Fylkekode", "Kommunekode", "Organisasjonsnummer", "EnhetNavn", "Nasjonalt", "Fylke", "Kommune",
]  # fmt: skip
_COLUMN: Final = {"name", "tekstId_kolonne", "columnCount"}
_ROW: Final = {"navn", "kode", "id", "data"}
NORWAY: Final = "1"  # the first part of every Norwegian unit's id; what hangs under others lies abroad


class _ChangedError(Exception):
    """The answer has another form than we know; carries the problem."""

    def __init__(self, code: str, found: object = "", **params: str) -> None:
        super().__init__(code)
        self.problem = Problem(code, found=shown(str(found)), params=params)


def recognise(data: Any) -> bool:
    """Whether this is a report's answer, empty ones too (`{"columns": [], "rows": []}`)."""
    return isinstance(data, dict) and "rows" in data and ("metadata" in data or "columns" in data)


def read(answers: Iterator[Answer], options: ReadOptions, tally: Tally) -> Iterator[Cell | Problem]:
    """Cells of all answers. A grade or subject that does not exist answers with nothing: absent, not hidden."""
    seen: set[str] = set()
    made: set[tuple[str, int]] = set()
    is_whole = True
    for answer in answers:
        part = Tally(rows=tally.rows)
        for item in _one(answer, options, part, seen):
            if isinstance(item, Cell):
                made.add((item.indicator, item.period))
            yield item
        tally.rows = part.rows
        is_whole = is_whole and (part.is_complete or _is_empty(answer.data))
    # What is absent is gone only when every year of every indicator was there.
    years = {period for _, period in made}
    tally.is_complete = is_whole and len(made) == len({key for key, _ in made}) * len(years)


def _is_empty(data: Any) -> bool:
    return isinstance(data, dict) and not data.get("rows") and not data.get("columns", data.get("metadata"))


def _one(answer: Answer, options: ReadOptions, tally: Tally, seen: set[str]) -> Iterator[Cell | Problem]:
    if _is_empty(answer.data):
        return
    try:
        heads = heads_of(answer.data)
        hierarchy = answer.data["metadata"]["rowHierarchy"]
        if hierarchy == BULLYING:
            yield from read_bullying(answer, heads, tally)
            return
        if hierarchy not in (UNITS, BY_SUBJECT):
            raise _ChangedError("unknown_answer_form", " / ".join(map(str, hierarchy)))
        are_complete = []
        for table in _tables(answer, heads, tally.rows):
            doubled = seen & set(table.heads[len(HEADS) :])
            if doubled:
                raise _ChangedError("doubled_head", sorted(doubled)[0])
            seen |= set(table.heads[len(HEADS) :])
            yield from read_table(table, options, tally)
            are_complete.append(tally.is_complete)
        tally.is_complete = all(are_complete)
    except _ChangedError as error:
        yield _placed(error.problem, answer, tally.rows + 1)


def _tables(answer: Answer, heads: list[str], above: int) -> Iterator[Table]:
    """The answer as a table of places; with subjects one table for each, its code a part of the headings."""
    rows = list(enumerate(map(_checked, answer.data["rows"]), start=above + 1))
    if answer.data["metadata"]["rowHierarchy"] == UNITS:
        yield Table("json", answer.name, above, HEADS + heads, _rows(rows), True)
        return
    parts: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
    for number, row in rows:
        subject, _, place = str(row["id"]).partition(".")
        if subject not in answer.facts:
            raise _ChangedError("unknown_answer_form", row["id"])
        if place:  # without one it is the subject's own row, which says nothing of a place
            parts.setdefault(subject, []).append((number, {**row, "id": place}))
    for subject, mine in parts.items():
        paths = [head.rpartition(".") for head in heads]
        named = [f"{path}.{answer.facts[subject]}.{measure}" for path, _, measure in paths]
        yield Table("json", answer.name, above, HEADS + named, _rows(mine), True)


def _placed(problem: Problem, answer: Answer, row: int) -> Problem:
    return Problem(problem.code, row, sheet=answer.name, found=problem.found, params=problem.params)


def heads_of(data: Mapping[str, Any]) -> list[str]:
    """The heading's levels, each spread over its columns, joined as in the hand-downloaded file. Raises _ChangedError."""
    if set(data) != {"metadata", "rows"} or set(data["metadata"]) != {"rowHierarchy", "columns"}:
        unknown = sorted(set(data) - {"metadata", "rows"}) or sorted(map(str, data.get("metadata", ())))
        raise _ChangedError("unknown_answer_form", ", ".join(unknown))
    levels = [list(chain.from_iterable(map(_spread, level))) for level in data["metadata"]["columns"]]
    if not levels or len({len(level) for level in levels}) != 1:
        raise _ChangedError("unknown_answer_form", "columnCount")
    return [".".join(names) for names in zip(*levels, strict=True)]


def _spread(column: Any) -> Iterator[str]:
    if (
        not isinstance(column, dict)
        or not set(column) <= _COLUMN
        or not isinstance(column.get("columnCount"), int)
    ):
        raise _ChangedError("unknown_answer_form", column)
    return repeat(str(column["name"]).strip(), column["columnCount"])


def _checked(row: Any) -> Mapping[str, Any]:
    if not isinstance(row, dict) or not {"navn", "id", "data"} <= set(row) <= _ROW:
        raise _ChangedError("unknown_answer_form", ", ".join(map(str, row)))
    return row


def _rows(rows: list[tuple[int, Mapping[str, Any]]]) -> Iterator[Row]:
    """Rows with their place spelled out. A unit's parent is the row whose id its own begins with."""
    kept: dict[str, Mapping[str, Any]] = {}
    for number, row in rows:
        kept[str(row["id"])] = row
        place = _place(row, kept)
        if place is not None:
            yield number, place + [("" if cell is None else str(cell)) for cell in row["data"]]


def _place(row: Mapping[str, Any], kept: Mapping[str, Mapping[str, Any]]) -> list[str] | None:
    """The eight cells of HEADS; None for the row that stands for all places abroad."""
    parts = str(row["id"]).split(".")
    name, code = str(row["navn"]).strip(), str(row.get("kode") or "").strip()
    if len(parts) == 1:
        return ["1", "00", "0000", "I", name, name, "", ""] if parts[0] == NORWAY else None
    if not code:
        raise _ChangedError("row_without_code", name)
    if len(parts) == 2:
        return ["2", code, "0000", code, name, "", name, ""]
    county = _code(kept, parts[:2])
    if len(parts) == 3:
        return ["3", county or code[:2], code, code, name, "", "", name]
    municipality = _code(kept, parts[:3])
    if len(parts) != 4 or not municipality:
        raise _ChangedError("unknown_answer_form", row["id"])
    return ["4", county or municipality[:2], municipality, code, name, "", "", ""]


def _code(kept: Mapping[str, Mapping[str, Any]], parts: list[str]) -> str:
    parent = kept.get(".".join(parts))
    return str(parent.get("kode") or "") if parent else ""
