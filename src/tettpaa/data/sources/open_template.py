"""Source (c): our own open template, CSV or XLSX: one row a figure (data.md 1E). Filled by hand or by other systems."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

from tettpaa.data.indicators.definitions import definition, keys
from tettpaa.data.indicators.definitions.model import Definition, Words
from tettpaa.data.sources.bytes_in import shown
from tettpaa.data.sources.names import level_of
from tettpaa.data.sources.numbers import column_letter
from tettpaa.data.sources.places import has_birth_number, school_year, school_year_text
from tettpaa.data.sources.source import Cell, Problem, ReadOptions, Source, Table, Tally
from tettpaa.data.sources.template_figure import Facts, Figure, Wrong, figure_of
from tettpaa.data.suppression.kinds import Gender, Level

KEY: Final = "open_template"
HEADS: Final = (
    "orgnr",
    "skole",
    "skoleaar",
    "trinn",
    "indikator",
    "dimensjon",
    "kategori",
    "verdi",
    "n",
    "teller",
    "nevner",
    "usikkerhet",
    "status",
    "kilde",
)
LONGEST_KEY: Final = 60
KEYS_HELPED: Final = 60  # likeness is slow to reckon
MANY: Final = 1 << 32  # more series than any file has
KEPT: Final = 50_000  # worked-out figures kept for each kind of indicator
_GENDER_WORDS: Final = frozenset({"kjønn", "kjonn", "gender"})
_GENDERS: Final = {
    "": Gender.ALL,
    "alle": Gender.ALL,
    "all": Gender.ALL,
    "jenter": Gender.GIRLS,
    "jente": Gender.GIRLS,
    "girls": Gender.GIRLS,
    "gutter": Gender.BOYS,
    "gutt": Gender.BOYS,
    "gutar": Gender.BOYS,
    "boys": Gender.BOYS,
}
_ALL_GRADES: Final = frozenset({"", "0", "alle", "all"})
_GRADES: Final = {f"vg{year}": 10 + year for year in (1, 2, 3)} | {
    str(grade): grade for grade in range(1, 14)
}
_LEVEL_NAMES: Final = {
    Level.NATION: "land",
    Level.COUNTY: "fylke",
    Level.MUNICIPALITY: "kommune",
    Level.SCHOOL: "skole",
}
# Headings that tell of single pupils. Such a file is refused before a row is read (design.md 3.9).
PUPIL_HEADS: Final = frozenset(
    {
        "fødselsnummer",
        "fodselsnummer",
        "fnr",
        "personnummer",
        "elev",
        "elevnavn",
        "elevnamn",
        "elevid",
        "fornavn",
        "etternavn",
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """The unit of a row; `number` counts the units of the file."""

    number: int
    level: Level
    code: str
    municipality: str


@dataclass(frozen=True, slots=True)
class Series:
    """Indicator, year, grade and gender of a row, what a figure of it must keep to, and figures worked out."""

    indicator: str
    period: int
    grade: int
    gender: Gender
    levels: tuple[str, ...]
    facts: Facts
    number: int
    figures: dict[tuple[str, ...], Figure | Wrong]


@dataclass(slots=True)
class RowState:
    """What is remembered over the rows of one file. Places and series repeat, so each is worked out once.

    `numbers` counts units and series however they are spelt, so that a figure given twice is found.
    """

    sheet: str
    letters: dict[str, str]
    places: dict[str, Place | None] = field(default_factory=dict)
    series: dict[tuple[str, ...], Series | tuple[Wrong, ...]] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)
    figures: dict[Facts, dict[tuple[str, ...], Figure | Wrong]] = field(default_factory=dict)
    numbers: dict[object, int] = field(default_factory=dict)
    unknown_keys: int = 0

    def problem(self, code: str, row: int, head: str, found: str = "", **params: str) -> Problem:
        return Problem(code, row, self.letters.get(head, ""), head, self.sheet, shown(found), params)


def recognise(heads: list[str]) -> bool:
    """At least four of the template's headings, or headings of single pupils: then the errors are ours to name."""
    found = {head.casefold() for head in heads}
    return len(found & set(HEADS)) >= 4 or len(found & PUPIL_HEADS) >= 1


def read(table: Table, options: ReadOptions, tally: Tally) -> Iterator[Cell | Problem]:
    """Cells of the template, one a row. Rows whose first cell starts with `#` are explanations."""
    del options
    heads = [head.casefold() for head in table.heads]
    wrong = list(_head_problems(table, heads))
    if wrong:
        yield from wrong
        return
    letters = {head: column_letter(heads.index(head)) for head in HEADS}
    state = RowState(table.sheet, letters)
    reorder = None if tuple(heads) == HEADS else itemgetter(*(heads.index(head) for head in HEADS))
    width = len(HEADS)
    for number, raw in table.rows:
        if raw[0].startswith("#"):
            continue
        tally.rows += 1
        if len(raw) != width:
            if len(raw) < width or any(raw[width:]):
                params = {"expected": str(width), "count": str(len(raw))}
                index = min(len(raw), width)
                yield Problem("row_width", number, column_letter(index), "", table.sheet, "", params)
                continue
            del raw[width:]
        found = read_row(state, number, raw if reorder is None else list(reorder(raw)))
        if isinstance(found, Cell):
            yield found
        else:
            yield from found


def _head_problems(table: Table, heads: list[str]) -> Iterator[Problem]:
    for index, head in enumerate(heads):
        where = (table.head_row, column_letter(index), table.heads[index][:120], table.sheet)
        if head in PUPIL_HEADS:
            yield Problem("pupil_level", *where, found=shown(head))
        elif head not in HEADS:
            yield Problem("unknown_head", *where, found=shown(head))
        elif head in heads[:index]:
            yield Problem("doubled_head", *where, found=shown(head))
    for head in HEADS:
        if head not in heads:
            yield Problem("missing_head", table.head_row, sheet=table.sheet, params={"head": head})


def read_row(state: RowState, row: int, cells: list[str]) -> Cell | Iterator[Problem]:
    """The row's cell, or what is wrong with it. A million rows come by here, so all that repeats is kept."""
    orgnr, name, year, grade, indicator, dimension, category, *figures, source = cells
    place = state.places.get(orgnr)
    if place is None:
        place = state.places[orgnr] = place_of(state, orgnr)
    series_key = (indicator, year, grade, dimension, category)
    series = state.series.get(series_key)
    if series is None:
        series = state.series[series_key] = series_of(state, series_key)
    if place is None or not isinstance(series, Series):
        return _row_problems(state, row, cells, place, series)
    figure = _figure(series, tuple(figures))
    bad_level = "" if _LEVEL_NAMES[place.level] in series.levels else "; ".join(series.levels)
    if isinstance(figure, Wrong) or bad_level or has_birth_number(name) or has_birth_number(source):
        return _figure_problems(state, row, cells, figure, bad_level)
    first = state.seen.setdefault(place.number * MANY + series.number, row)
    if first != row:
        return iter(
            (state.problem("doubled_figure", row, "orgnr", f"{orgnr} {indicator}", first=str(first)),)
        )
    return Cell(
        series.indicator,
        place.level,
        place.code,
        name.strip(),
        "",
        place.municipality,
        series.period,
        series.grade,
        series.gender,
        figure.value,
        figure.n,
        figure.uncertainty,
        figure.status,
        False,  # the template has no provisional figures
        row,
        state.letters["verdi"],
    )


def _figure(series: Series, cells: tuple[str, ...]) -> Figure | Wrong:
    figure = series.figures.get(cells)
    if figure is None:
        if len(series.figures) >= KEPT:
            series.figures.clear()
        figure = series.figures[cells] = figure_of(series.facts, cells)
    return figure


def place_of(state: RowState, text: str) -> Place | None:
    """The unit of a code; leading zeros that a spreadsheet took away are put back."""
    code = text.strip().replace(" ", "").replace("\u00a0", "")
    if code.isdigit() and len(code) in {1, 3}:
        code = code.zfill(len(code) + 1)
    level = level_of(code)
    if level is None:
        return None
    number = state.numbers.setdefault(code, len(state.numbers))
    return Place(number, level, code, code if level == Level.MUNICIPALITY else "")


def series_of(state: RowState, cells: tuple[str, str, str, str, str]) -> Series | tuple[Wrong, ...]:
    """Work out a series, or everything that is wrong with it."""
    indicator, year, grade, dimension, category = cells
    key = indicator.strip()
    facts = definition(key) if key in keys() else None
    if facts is None or KEY not in facts.sources:
        code = "unknown_indicator" if facts is None else "indicator_elsewhere"
        state.unknown_keys += 1
        return (Wrong(code, "indikator", _like(key) if state.unknown_keys <= KEYS_HELPED else {}),)
    wrong: list[Wrong] = []
    period = school_year(year)
    if period is None:
        wrong.append(Wrong("bad_year", "skoleaar", {}))
    elif not facts.is_valid_in(period):
        wrong.append(Wrong("year_not_valid", "skoleaar", {"years": _validity(facts)}))
    grade_number = _grade(grade, facts)
    if grade_number is None:
        allowed = "; ".join(map(str, facts.grades)) or "–"
        wrong.append(Wrong("grade_not_for_indicator", "trinn", {"known": allowed}))
    gender = _GENDERS.get(category.strip().casefold())
    named = dimension.strip().casefold()
    if named and named not in _GENDER_WORDS:
        wrong.append(Wrong("unknown_word", "dimensjon", {"known": "kjønn"}))
    elif gender is None or (gender != Gender.ALL and (not named or "gender" not in facts.breakdowns)):
        wrong.append(Wrong("unknown_word", "kategori", {"known": "alle; jenter; gutter"}))
    if wrong or period is None or grade_number is None or gender is None:
        return tuple(wrong)
    keeps_to = Facts.of(facts)
    figures = state.figures.setdefault(keeps_to, {})
    number = state.numbers.setdefault((key, period, grade_number, gender), len(state.numbers))
    return Series(key, period, grade_number, gender, facts.levels, keeps_to, number, figures)


def _grade(text: str, facts: Definition) -> int | None:
    """The grade: `5`, `5. trinn`, `Vg1`, empty or `alle`; None when the indicator does not have it."""
    word = text.strip().casefold().replace("trinn", "").replace("steg", "").strip(" .")
    if word in _ALL_GRADES:
        return facts.grades[0] if len(facts.grades) == 1 else 0
    grade = _GRADES.get(word)
    return grade if grade in facts.grades else None


def _validity(facts: Definition) -> str:
    first = "" if facts.valid_from is None else school_year_text(facts.valid_from)
    last = "" if facts.valid_to is None else school_year_text(facts.valid_to)
    return f"{first}–{last}"


def _like(key: str) -> dict[str, str]:
    """Keys that look like this one."""
    import difflib  # noqa: PLC0415 - slow import, needed for unknown keys only

    if len(key) > LONGEST_KEY:
        return {}
    return {"suggestions": "; ".join(difflib.get_close_matches(key, sorted(keys()), n=3, cutoff=0.5)) or "–"}


def _row_problems(
    state: RowState, row: int, cells: list[str], place: Place | None, series: Series | tuple[Wrong, ...]
) -> Iterator[Problem]:
    """What is wrong with the unit and the series of a row."""
    if place is None:
        orgnr = cells[0]
        if has_birth_number(orgnr):
            yield state.problem("birth_number", row, "orgnr")
        else:
            yield state.problem("bad_unit", row, "orgnr", orgnr, unit=cells[1])
    if not isinstance(series, Series):
        for code, head, params in series:
            yield state.problem(code, row, head, cells[HEADS.index(head)], **params)


def _figure_problems(
    state: RowState, row: int, cells: list[str], figure: Figure | Wrong, bad_level: str
) -> Iterator[Problem]:
    """What is wrong with the figure of a row, its level or its texts."""
    if isinstance(figure, Wrong):
        found = cells[HEADS.index(figure.head)]
        yield state.problem(figure.code, row, figure.head, found, unit=cells[1], **figure.params)
    if bad_level:
        yield state.problem("level_not_for_indicator", row, "orgnr", cells[0], known=bad_level)
    for head in ("skole", "kilde"):
        if has_birth_number(cells[HEADS.index(head)]):
            yield state.problem("birth_number", row, head)


SOURCE = Source(
    key=KEY,
    name=Words("Tett på sin mal", "Malen til Tett på", "The Tett på template"),
    about=Words(
        "En åpen mal for tall fra andre systemer eller egne regneark. Last den ned, fyll den ut og last den opp.",
        "Ein open mal for tal frå andre system eller eigne rekneark. Last han ned, fyll han ut og last han opp.",
        "An open template for figures from other systems or your own spreadsheets. Download it, fill it in, upload it.",
    ),
    credit=Words(
        "Tall lagt inn av skoleeieren. Kilden til hvert tall står i filen.",
        "Tal lagde inn av skuleeigaren. Kjelda til kvart tal står i fila.",
        "Figures entered by the school owner. The source of each figure stands in the file.",
    ),
    licence="–",
    threshold=5,
    is_public=False,
    published_month=None,
    indicators=(),
    heads=";".join(HEADS),
    recognise=recognise,
    read=read,
)
