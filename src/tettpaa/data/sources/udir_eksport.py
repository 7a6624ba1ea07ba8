"""Source (d): Udir's export interface v2, the Pupil Survey of primary and lower secondary school (data.md 1A).

Every figure is a text. Three traps are met here: without a filter on ownership every row comes once more for each kind, the pupils of
the bullying table are those who are bullied and not those who answered, and a page beyond the last repeats the last.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import sqrt
from typing import Any, Final, NamedTuple

from tettpaa.data.indicators.definitions.model import Words
from tettpaa.data.sources.bytes_in import shown
from tettpaa.data.sources.numbers import Mark, Number, parse_number, whole_number
from tettpaa.data.sources.places import is_orgnr, school_year
from tettpaa.data.sources.source import (
    NATION,
    UDIR_CREDIT,
    Answer,
    Cell,
    Problem,
    ReadOptions,
    Source,
    Tally,
)
from tettpaa.data.sources.udir_heads import GENDERS, OWNERS
from tettpaa.data.sources.udir_surveys import BULLYING, INDICES, grade_of
from tettpaa.data.suppression.kinds import Gender, Level, Status

_PLACE: Final = frozenset(
    [
        "EnhetNivaa",
        "Nasjonaltkode",
        "Nasjonalt",
        "Fylkekode",
        "Fylke",
        "Kommunekode",
        "Kommune",
        "Organisasjonsnummer",
        "EnhetNavn",
    ]
)
_PAGE: Final = frozenset(["Sidenummer", "RaderSide", "RaderTotalt"])
_BASE: Final = (
    _PLACE
    | _PAGE
    | frozenset(
        [
            "Skoleaarnavn",
            "TrinnNivaa",
            "TrinnKode",
            "Trinnnavn",
            "EierformNivaa",
            "Eierformkode",
            "EierformNavn",
        ]
    )
)
_GENDER: Final = frozenset(["KjoennNivaa", "KjoennKode", "Kjoenn"])
_QUESTION: Final = frozenset(
    ["SpoersmaalNivaa", "Spoersmaalgruppekode", "Spoersmaalgruppe", "Spoersmaalkode", "Spoersmaalnavn"]
)
_GROUP: Final = frozenset(["GruppeNivaa", "GruppeKode", "GruppeNavn"])
_ALTERNATIVES: Final = frozenset(
    f"{name}{number}"
    for name in ("AndelSvaralternativ", "AntallBesvartSvaralternativ")
    for number in range(1, 6)
)
# The columns of each table, and the one that tells it from the others.
_TABLES: Final = {
    "AntallInvitert": ("participation", _BASE | {"AndelDeltatt", "AntallBesvart", "AntallInvitert"}),
    "AndelMobbet": ("bullying", _BASE | _GENDER | _QUESTION | _GROUP | {"AndelMobbet", "AntallBesvart"}),
    "AndelSvaralternativ1": (
        "indices",
        _BASE | _GENDER | _QUESTION | _GROUP | _ALTERNATIVES | {"Score", "Standardavvik", "AntallBesvart"},
    ),
}
WHOLE_INDEX: Final = "Alle spørsmål"
_TOLD: Final = {"Indikator": "Spoersmaalgruppe"}  # the same column under its name of 2026


@dataclass(slots=True)
class _State:
    """What is remembered over the answers: who answered, what was read, and how many rows a question should give."""

    answered: dict[tuple[str, int, int], int | None] = field(default_factory=dict)
    seen: dict[tuple[str, str, int, int, Gender], Cell] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)


class _Row(NamedTuple):
    """A row of an answer: its table, its texts, and where it stands."""

    kind: str
    cells: dict[str, str]
    number: int
    answer: str

    def problem(self, code: str, column: str, **params: str) -> Problem:
        return Problem(
            code, self.number, head=column, sheet=self.answer, found=shown(self.cells[column]), params=params
        )


def recognise(data: Any) -> bool:
    """Whether this is a page of a table of the export: a list of rows with the columns that count pages."""
    return isinstance(data, list) and (not data or (isinstance(data[0], dict) and "RaderTotalt" in data[0]))


def read(answers: Iterator[Answer], options: ReadOptions, tally: Tally) -> Iterator[Cell | Problem]:
    """Cells of all pages. Participation must come before bullying, which needs it."""
    del options
    state = _State()
    for answer in answers:
        yield from _page(answer, state, tally)
    for question, told in state.told.items():
        if state.rows[question] != told:
            params = {"expected": str(told), "count": str(state.rows[question])}
            yield Problem("pages_do_not_add_up", sheet=question, params=params)


def _page(answer: Answer, state: _State, tally: Tally) -> Iterator[Cell | Problem]:
    question = answer.facts.get("question", answer.name)
    for raw in answer.data if isinstance(answer.data, list) else [None]:
        tally.rows += 1
        row = _row(raw, tally.rows, answer.name)
        if isinstance(row, Problem):
            yield row
            return
        state.rows[question] = state.rows.get(question, 0) + 1
        total = whole_number(parse_number(row.cells["RaderTotalt"]))
        if total is None or state.told.setdefault(question, total) != total:
            yield row.problem("not_a_count", "RaderTotalt")
            return
        for item in _cell(row, state, tally):
            yield from _once(item, row, state)


def _row(raw: Any, number: int, name: str) -> _Row | Problem:
    """The row's texts, once its columns are exactly those of a table we know."""
    if not isinstance(raw, dict):
        return Problem("unknown_answer_form", number, sheet=name, found=shown(str(raw)))
    cells = {
        _TOLD.get(str(key), str(key)): "" if value is None else str(value).strip()
        for key, value in raw.items()
    }
    kind, wanted = next((table for mark, table in _TABLES.items() if mark in cells), ("", frozenset[str]()))
    strange = sorted(set(cells) ^ wanted)
    if not kind or strange:
        return Problem("unknown_columns", number, sheet=name, found=shown(", ".join(strange)))
    return _Row(kind, cells, number, name)


def _once(item: Cell | Problem, row: _Row, state: _State) -> Iterator[Cell | Problem]:
    """The same figure twice is one; two figures for the same are a contradiction."""
    if isinstance(item, Problem):
        yield item
        return
    before = state.seen.setdefault(item.key, item)
    if before is item:
        yield item
    elif before._replace(row=0) != item._replace(row=0):
        yield row.problem("two_figures", "Organisasjonsnummer", first=str(before.row), unit=item.unit_name)


def _cell(row: _Row, state: _State, tally: Tally) -> Iterator[Cell | Problem]:
    """The figure of a row, if it is one of ours: all kinds of ownership together, a whole index, no groups of pupils."""
    cells = row.cells
    is_total = OWNERS.get(cells["EierformNavn"].casefold())
    if is_total is None:
        yield row.problem("unknown_dimension", "EierformNavn", part=cells["EierformNavn"])
        return
    if not is_total or cells.get("GruppeNivaa", "") not in {"", "0"}:
        return
    if cells.get("Spoersmaalnavn", WHOLE_INDEX) != WHOLE_INDEX:
        return
    blank = _blank(row)
    if isinstance(blank, Problem):
        yield blank
    elif row.kind == "participation":
        yield _participation(row, blank, state)
    elif (key := INDICES.get(cells["Spoersmaalgruppekode"])) is None:
        if cells["Spoersmaalgruppe"] not in tally.left_out:
            tally.left_out.append(cells["Spoersmaalgruppe"])
    elif (row.kind == "bullying") != (cells["Spoersmaalgruppekode"] == BULLYING):
        yield row.problem("unknown_dimension", "Spoersmaalgruppekode", part=cells["Spoersmaalgruppe"])
    elif row.kind == "bullying":
        yield _bullying(row, blank._replace(indicator=key), state)
    else:
        yield _index(row, blank._replace(indicator=key))


def _blank(row: _Row) -> Cell | Problem:
    """A cell of the row's unit, year, grade and gender without a figure."""
    cells = row.cells
    period, grade = school_year(cells["Skoleaarnavn"]), grade_of(cells["Trinnnavn"])
    gender = GENDERS.get(cells.get("Kjoenn", "alle kjønn").casefold())
    for column, found in (("Skoleaarnavn", period), ("Trinnnavn", grade), ("Kjoenn", gender)):
        if found is None:
            return row.problem("unknown_dimension", column, part=cells[column])
    place = _place(row)
    if isinstance(place, Problem):
        return place
    return Cell(
        "", *place, period or 0, grade or 0, gender or Gender.ALL,
        None, None, None, Status.MISSING, False, row.number, "",
    )  # fmt: skip


def _place(row: _Row) -> tuple[Level, str, str, str, str] | Problem:
    """Level, code, name, county and municipality of the row's unit."""
    cells = row.cells
    county, municipality, own = cells["Fylkekode"], cells["Kommunekode"], cells["Organisasjonsnummer"]
    if cells["EnhetNivaa"] == "1":
        return Level.NATION, NATION, cells["Nasjonalt"], "", ""
    if len(county) != 2 or not county.isdigit():
        return row.problem("bad_county", "Fylkekode", unit=cells["EnhetNavn"])
    if cells["EnhetNivaa"] == "2":
        return Level.COUNTY, county, cells["Fylke"], county, ""
    if len(municipality) != 4 or not municipality.isdigit():
        return row.problem("bad_municipality", "Kommunekode", unit=cells["EnhetNavn"])
    if cells["EnhetNivaa"] == "3":
        return Level.MUNICIPALITY, municipality, cells["Kommune"], county, municipality
    if cells["EnhetNivaa"] != "4":
        return row.problem("unknown_level", "EnhetNivaa")
    if not is_orgnr(own):
        return row.problem("bad_orgnr", "Organisasjonsnummer", unit=cells["EnhetNavn"])
    return Level.SCHOOL, own, cells["EnhetNavn"], county, municipality


def _participation(row: _Row, blank: Cell, state: _State) -> Cell | Problem:
    """Share of the invited who answered; n is how many were invited."""
    share, answered, invited = (
        parse_number(row.cells[column]) for column in ("AndelDeltatt", "AntallBesvart", "AntallInvitert")
    )
    state.answered[blank.unit_code, blank.period, blank.grade] = whole_number(answered)
    if answered.value is not None and invited.value is not None and answered.value > invited.value:
        return row.problem("part_above_whole", "AntallBesvart", whole=f"{invited.value:g}")
    return _figure(row, blank._replace(indicator="eu_deltakelse"), "AndelDeltatt", share, invited)


def _bullying(row: _Row, blank: Cell, state: _State) -> Cell | Problem:
    """Share of those who answered; n comes from participation, for this table's own number counts only the bullied."""
    answered = state.answered.get((blank.unit_code, blank.period, blank.grade))
    share, bullied = (parse_number(row.cells[column]) for column in ("AndelMobbet", "AntallBesvart"))
    if bullied.mark is Mark.BAD or (bullied.value or 0) > (answered or float("inf")):
        return row.problem(bullied.code or "part_above_whole", "AntallBesvart", whole=str(answered))
    found = _figure(row, blank, "AndelMobbet", share, Number(Mark.EMPTY))
    if isinstance(found, Problem) or found.value is None or blank.gender is not Gender.ALL:
        return found
    return found._replace(n=answered)


def _index(row: _Row, blank: Cell) -> Cell | Problem:
    """The mean on the scale 1-5; the uncertainty is 1.96 standard errors from the published spread of answers."""
    score, spread, n = (
        parse_number(row.cells[column]) for column in ("Score", "Standardavvik", "AntallBesvart")
    )
    found = _figure(row, blank, "Score", score, n)
    if isinstance(found, Problem) or found.value is None or not found.n or spread.value is None:
        return found
    return found._replace(uncertainty=1.96 * spread.value / sqrt(found.n))


def _figure(row: _Row, blank: Cell, column: str, value: Number, n: Number) -> Cell | Problem:
    """The cell with its figure, or with the reason why there is none."""
    for number in (value, n):
        if number.mark is Mark.BAD:
            return row.problem(number.code, column if number is value else "RaderTotalt")
    if value.value is not None:
        is_open = value.mark is Mark.NUMBER
        status = Status.OK if is_open else Status.CONFIDENTIAL
        return blank._replace(value=value.value, n=whole_number(n), status=status)
    if Mark.SHIELDED in {value.mark, n.mark}:
        return blank._replace(status=Status.HIDDEN_BY_SOURCE)
    return blank._replace(status=Status.NO_PARTICIPANTS if n.value == 0 else Status.MISSING)


SOURCE = Source(
    key="udir_eksport",
    name=Words("Elevundersøkelsen fra Udir", "Elevundersøkinga frå Udir", "The Pupil Survey from Udir"),
    about=Words(
        "Hentes fra Udir: trivsel, støtte, mestring, mobbing og de andre indeksene, og hvor mange som svarte.",
        "Blir henta frå Udir: trivsel, støtte, meistring, mobbing og dei andre indeksane, og kor mange som svarte.",
        "Fetched from Udir: well-being, support, mastery, bullying and the other indices, and how many answered.",
    ),
    credit=UDIR_CREDIT,
    licence="NLOD",
    threshold=5,
    is_public=True,
    published_month=3,
    indicators=tuple(sorted({*INDICES.values(), "eu_deltakelse"})),
    heads="",
    recognise_answer=recognise,
    read_answers=read,
)
