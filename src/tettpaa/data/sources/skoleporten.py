"""Source (b): the long download of the old Skoleporten. It has no organisation numbers: schools are matched by name.

Three decisions. The block «2009-2013» (points 1-3) becomes indicators of its own (`np5_lesing_2007` …), since the scale is
another. Rows «avgiverskole» count grade 8 pupils on their former primary school; they become `np8_lesing_avgiver` …, so that they
never mix with the school's own pupils. A full stop means missing: Skoleporten does not tell shielded and missing apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from tettpaa.data.indicators.definitions import definition
from tettpaa.data.indicators.definitions.model import Words
from tettpaa.data.sources.bytes_in import shown
from tettpaa.data.sources.names import NameBook, level_of
from tettpaa.data.sources.numbers import Mark, Number, column_letter, parse_number
from tettpaa.data.sources.places import school_year, school_year_text
from tettpaa.data.sources.source import UDIR_CREDIT, Cell, Problem, ReadOptions, Source, Table, Tally
from tettpaa.data.suppression.kinds import Gender, Level, Status

HEADS: Final = (
    "Enhetsnavn",
    "Skoletype",
    "Vurderingsområde",
    "Statistikk",
    "Indikator/delskår",
    "Periode",
    "Eierform",
    "Trinn",
    "Kjønn",
    "Verdi",
    "Måleenhet",
)
_GENDERS: Final = {"Begge kjønn": Gender.ALL, "Jenter": Gender.GIRLS, "Gutter": Gender.BOYS}
_OWNERS: Final = frozenset({"Offentlig", "Privat", "Alle eierformer"})
_SUBJECTS: Final = ("Lesing", "Regning", "Engelsk")
_FORMER: Final = " avgiverskole (Kun skolenivå)"
_POINTS: Final = "Skalapoeng"
_OLD_POINTS: Final = "Gjennomsnittspoeng med én desimal (1-3)"
_GRADE_FIVE: Final = "Nasjonale prøver 5. trinn"
_LOWER_SECONDARY: Final = "Nasjonale prøver ungdomstrinn"


def _series() -> dict[tuple[str, str, str, str], str]:
    """Indicator by statistic, part, grade and unit of measurement: every series that we know."""
    series = {}
    for subject in _SUBJECTS:
        name = subject.lower()
        series[f"{_GRADE_FIVE} 2009-2013", subject, "Trinn 5", _OLD_POINTS] = f"np5_{name}_2007"
        series[_GRADE_FIVE, subject, "Trinn 5", _POINTS] = f"np5_{name}"
        series[_LOWER_SECONDARY, subject, "Trinn 8", _POINTS] = f"np8_{name}"
        series[_LOWER_SECONDARY, subject + _FORMER, "Trinn 8", _POINTS] = f"np8_{name}_avgiver"
        if subject != "Engelsk":
            series[_LOWER_SECONDARY, subject, "Trinn 9", _POINTS] = f"np9_{name}"
    return series


SERIES: Final = _series()


@dataclass(slots=True)
class _State:
    """What is remembered over the rows of one file."""

    sheet: str
    columns: dict[str, int]
    names: NameBook
    tally: Tally
    unknown: set[str] = field(default_factory=set)
    seen: dict[int, int] = field(default_factory=dict)

    def problem(self, code: str, row: int, head: str, found: str, **params: str) -> Problem:
        return Problem(code, row, column_letter(self.columns[head]), head, self.sheet, shown(found), params)


def recognise(heads: list[str]) -> bool:
    """The name and at least four more of the eleven heads: then the errors are ours to name."""
    return "Enhetsnavn" in heads and len(set(HEADS) & set(heads)) >= 5


def read(table: Table, options: ReadOptions, tally: Tally) -> Iterator[Cell | Problem]:
    """Cells of the download, one a row; names without a school are problems, once each."""
    wrong = list(_head_problems(table))
    if wrong:
        yield from wrong
        return
    columns = {head: index for index, head in enumerate(table.heads)}
    state = _State(table.sheet, columns, NameBook(options), tally)
    for number, raw in table.rows:
        tally.rows += 1
        cells = [cell.strip() for cell in raw]
        if len(cells) > len(HEADS) and not any(cells[len(HEADS) :]):
            cells = cells[: len(HEADS)]
        yield from _read_row(state, number, cells)
    tally.matched_names.update(state.names.matched)


def _head_problems(table: Table) -> Iterator[Problem]:
    for index, head in enumerate(table.heads):
        if head not in HEADS or head in table.heads[:index]:
            code = "doubled_head" if head in HEADS else "unknown_head"
            yield Problem(code, table.head_row, column_letter(index), head[:120], table.sheet, shown(head))
    for head in HEADS:
        if head not in table.heads:
            yield Problem("missing_head", table.head_row, sheet=table.sheet, params={"head": head})


def _read_row(state: _State, row: int, cells: list[str]) -> Iterator[Cell | Problem]:
    if len(cells) != len(HEADS):
        index = min(len(cells), len(HEADS))
        params = {"expected": str(len(HEADS)), "count": str(len(cells))}
        yield Problem("row_width", row, column_letter(index), "", state.sheet, "", params)
        return
    line = {head: cells[index] for head, index in state.columns.items()}
    problems = list(_row_problems(state, row, line))
    code = state.names.code(line["Enhetsnavn"])
    if code is None or (code and level_of(code) is None):
        problems += _unknown_school(state, row, line["Enhetsnavn"], code)
    if problems:
        yield from problems
    elif not code:
        if line["Enhetsnavn"] not in state.tally.left_out:
            state.tally.left_out.append(line["Enhetsnavn"])
    else:
        yield from _cell(state, row, line, code)


def _row_problems(state: _State, row: int, line: dict[str, str]) -> Iterator[Problem]:
    """Words of the row that are not known."""
    key = (line["Statistikk"], line["Indikator/delskår"], line["Trinn"], line["Måleenhet"])
    if key not in SERIES:
        yield state.problem("unknown_series", row, _unknown_part(key), " · ".join(key))
    for head, known in (("Kjønn", _GENDERS), ("Eierform", _OWNERS)):
        if line[head] not in known:
            yield state.problem("unknown_word", row, head, line[head], known="; ".join(sorted(known)))
    if school_year(line["Periode"]) is None:
        yield state.problem("bad_year", row, "Periode", line["Periode"])
    number = parse_number(line["Verdi"])
    if number.mark is Mark.BAD:
        yield state.problem(number.code, row, "Verdi", line["Verdi"], unit=line["Enhetsnavn"])


def _unknown_part(key: tuple[str, str, str, str]) -> str:
    """The heading of the first word that no series has together with those before it."""
    heads = ("Statistikk", "Indikator/delskår", "Trinn", "Måleenhet")
    for length, head in enumerate(heads, start=1):
        if not any(series[:length] == key[:length] for series in SERIES):
            return head
    return heads[-1]


def _unknown_school(state: _State, row: int, name: str, code: str | None) -> Iterator[Problem]:
    """A name that no school has, said once; or a mapping that leads to no valid number."""
    if name in state.unknown:
        return
    state.unknown.add(name)
    if code is not None:
        yield state.problem("bad_mapping", row, "Enhetsnavn", name, target=code)
        return
    suggestions = "; ".join(state.names.suggestions(name))
    yield state.problem("unknown_school" if suggestions else "unknown_school_alone", row, "Enhetsnavn", name,
                        suggestions=suggestions)  # fmt: skip


def _cell(state: _State, row: int, line: dict[str, str], code: str) -> Iterator[Cell | Problem]:
    indicator = SERIES[line["Statistikk"], line["Indikator/delskår"], line["Trinn"], line["Måleenhet"]]
    period = school_year(line["Periode"])
    level = level_of(code)
    if period is None or level is None:
        return
    number = parse_number(line["Verdi"])
    facts = definition(indicator)
    if not facts.is_valid_in(period):
        years = f"{school_year_text(facts.valid_from or 0)}–{school_year_text(facts.valid_to or 0)}"
        yield state.problem("year_not_valid", row, "Periode", line["Periode"], years=years)
        return
    low, high = facts.scale_min, facts.scale_max
    if number.value is not None and low is not None and high is not None and not low <= number.value <= high:
        yield state.problem("off_scale", row, "Verdi", line["Verdi"], low=f"{low:g}", high=f"{high:g}",
                            unit=line["Enhetsnavn"])  # fmt: skip
        return
    cell = Cell(
        indicator=indicator,
        level=level,
        unit_code=code,
        unit_name=line["Enhetsnavn"],
        county="",
        municipality=code if level == Level.MUNICIPALITY else "",
        period=period,
        grade=facts.grades[0],
        gender=_GENDERS[line["Kjønn"]],
        value=number.value,
        n=None,
        uncertainty=None,
        status=_status(number),
        is_provisional=False,
        row=row,
        column=column_letter(state.columns["Verdi"]),
    )
    first = state.seen.setdefault(hash(cell.key), row)
    if first != row:
        yield state.problem("doubled_figure", row, "Enhetsnavn", line["Enhetsnavn"], first=str(first))
        return
    yield cell


def _status(number: Number) -> Status:
    return {
        Mark.NUMBER: Status.OK,
        Mark.CONFIDENTIAL: Status.CONFIDENTIAL,
        Mark.SHIELDED: Status.HIDDEN_BY_SOURCE,
    }.get(number.mark, Status.MISSING)


SOURCE = Source(
    key="skoleporten",
    name=Words("Skoleporten (gammel portal)", "Skoleporten (gammal portal)", "Skoleporten (the old portal)"),
    about=Words(
        "Filen «nedlasting.csv» fra den gamle Skoleporten: nasjonale prøver fra 2007-08 til 2020-21.",
        "Fila «nedlasting.csv» frå den gamle Skoleporten: nasjonale prøver frå 2007-08 til 2020-21.",
        "The file “nedlasting.csv” from the old Skoleporten: national tests from 2007-08 to 2020-21.",
    ),
    credit=UDIR_CREDIT,
    licence="NLOD",
    threshold=10,
    is_public=True,
    published_month=None,
    indicators=tuple(sorted(set(SERIES.values()))),
    heads=", ".join(HEADS),
    recognise=recognise,
    read=read,
)
