"""Source (a): tables downloaded by hand from Udir's statistics bank: one row a unit, one column a figure."""

from collections.abc import Iterator

from tettpaa.data.indicators.definitions.model import Words
from tettpaa.data.sources.source import UDIR_CREDIT, Cell, Problem, ReadOptions, Source, Table, Tally
from tettpaa.data.sources.udir_families import READERS
from tettpaa.data.sources.udir_heads import NP_TESTS, is_figure_head, read_heads
from tettpaa.data.sources.udir_units import Line, State, unit_of


def recognise(heads: list[str]) -> bool:
    """At least two of the place heads, or one beside a figure head: then the errors are ours to name."""
    known = {"EnhetNivaa", "Nasjonaltkode", "Fylkekode", "Kommunekode", "Organisasjonsnummer"} & set(heads)
    return len(known) >= 2 or any(map(is_figure_head, heads))


def read(table: Table, options: ReadOptions, tally: Tally) -> Iterator[Cell | Problem]:
    """Cells of the table. The heading is checked first: with an unknown column nothing else is read."""
    del options
    heads = read_heads(table.heads, table.head_row, table.sheet)
    if heads.problems:
        yield from heads.problems
        return
    state = State(heads.places, heads.groups, len(table.heads), table.sheet, table.heads)
    for number, raw in table.rows:
        tally.rows += 1
        yield from _read_row(state, number, [cell.strip() for cell in raw])
    yield from state.sums.problems(table.sheet)
    tally.is_complete = state.sums.is_national and state.sums.has_schools


def _read_row(state: State, row: int, cells: list[str]) -> Iterator[Cell | Problem]:
    width = len(cells)
    if width > state.width and not any(cells[state.width :]):
        width = state.width
    if width != state.width:
        index = min(width, state.width)
        params = {"expected": str(state.width), "count": str(width)}
        yield state.problem("row_width", row, index, cells[index] if index < len(cells) else "", **params)
        return
    unit = unit_of(state, row, cells)
    if isinstance(unit, Problem):
        yield unit
        return
    first = state.seen.setdefault(unit.code, row)
    if first != row:
        index = state.places["Organisasjonsnummer"]
        yield state.problem("doubled_unit", row, index, unit.code, first=str(first), unit=unit.name)
        return
    state.sums.add_unit(unit.level, unit.code, unit.county, unit.municipality)
    line = Line(state, unit, row, cells)
    for group in state.groups:
        yield from READERS[group.family](line, group)


SOURCE = Source(
    key="udir_statistikkbank",
    name=Words("Udirs statistikkbank", "Statistikkbanken til Udir", "Udir's statistics bank"),
    about=Words(
        "Tabeller du laster ned selv fra udir.no: nasjonale prøver, grunnskolepoeng, fravær og elevtall.",
        "Tabellar du lastar ned sjølv frå udir.no: nasjonale prøver, grunnskulepoeng, fråvær og elevtal.",
        "Tables you download yourself from udir.no: national tests, primary school points, absence and pupil numbers.",
    ),
    credit=UDIR_CREDIT,
    licence="NLOD",
    threshold=10,
    is_public=True,
    published_month=11,
    indicators=(
        *sorted(f"np{grade}_{subject}" for subject, grade in NP_TESTS),
        "gs_poeng",
        "fravaer10_dager",
        "fravaer10_timer",
        "elever",
        "skoler",
        "ito_andel",
        "norsk_andel",
    ),
    heads="EnhetNivaa, Fylkekode, Kommunekode, Organisasjonsnummer, EnhetNavn, 2024-25.Engelsk.5. årstrinn…Skalapoeng",
    recognise=recognise,
    read=read,
)
