"""RESULTS.csv in, FLAGS.csv out: every wrong row is named with row, column and what to do about it."""

import csv
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple, Protocol

from tettpaa.data.stats.screening.marks import Screening
from tettpaa.data.stats.screening.results import Result

NEEDED: Final = ("school", "test", "cohort", "year", "n", "mean")
NATIONAL: Final = "national"
ALL: Final = "all"
FLAGS: Final = (
    "school", "test", "level_estimate", "level_low", "level_high", "p_weak", "level_flag", "change_flag", "change_p",
)  # fmt: skip
HIDDEN: Final = frozenset({"", "*", ".", "-"})  # a mean that the source does not show
Z95: Final = 1.959963984540054


class Problem(NamedTuple):
    """One thing wrong in the file, in bokmål: `row` is the file's line (1 = the heading), `column` its heading."""

    row: int
    column: str
    text: str


class Read(NamedTuple):
    """The rows, what is wrong (then there are no rows), and how many means were not shown."""

    rows: list[Result]
    problems: list[Problem]
    hidden: int


class _WrongError(Exception):
    def __init__(self, column: str, text: str) -> None:
        super().__init__(text)
        self.column, self.text = column, text


class Writable(Protocol):
    """Anything text can be written to."""

    def write(self, text: str, /) -> object: ...


def read(lines: Iterable[str]) -> Read:
    """Read a CSV with the columns `school,test,cohort,year,n,mean` and, if it is there, `national`.

    The separator is the heading's: comma, semicolon or tab; numbers may have a decimal comma unless the comma
    separates. A mean of `*`, `.`, `-` or nothing is not shown and passed over.
    """
    stream = iter(lines)
    heading = next(stream, "").lstrip("\ufeff")
    separator = max(",;\t", key=heading.count)
    heads = [head.strip().lower() for head in next(csv.reader([heading], delimiter=separator), [])]
    missing = [name for name in NEEDED if name not in heads]
    if missing:
        text = f"Kolonnen mangler. Første linje skal være {','.join(NEEDED)} og gjerne {NATIONAL}."
        return Read([], [Problem(1, name, text) for name in missing], 0)
    places: dict[str, int] = {name: heads.index(name) for name in (*NEEDED, NATIONAL) if name in heads}
    return _collect(csv.reader(stream, delimiter=separator), places)


def _collect(lines: Iterator[list[str]], places: Mapping[str, int]) -> Read:
    rows: list[Result] = []
    problems: list[Problem] = []
    hidden = 0
    stood: dict[tuple[str, str, int], int] = {}
    nation: dict[tuple[str, int], tuple[float, int]] = {}
    # The heading is line 1; a quoted line break would move the count, and no column here has any.
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            row = _row(cells, places)
            if row is None:
                hidden += 1
                continue
            _compare(row, number, stood, nation)
        except _WrongError as error:
            problems.append(Problem(number, error.column, error.text))
            continue
        rows.append(row)
    if not rows and not problems:
        problems.append(Problem(2, "mean", "Filen har ingen resultater. Legg inn minst én rad med tall."))
    return Read([] if problems else rows, problems, hidden)


def _row(cells: list[str], places: Mapping[str, int]) -> Result | None:
    if len(cells) <= max(places.values()):
        raise _WrongError("", f"Raden har {len(cells)} felt. Den skal ha like mange som første linje.")
    text = {name: cells[place].strip() for name, place in places.items()}
    for name in ("school", "test", "cohort"):
        if not text[name]:
            raise _WrongError(name, "Feltet er tomt. Fyll det ut.")
    if text["test"].lower() == ALL:
        raise _WrongError("test", f"«{ALL}» er navnet på alle prøver sett sammen. Gi prøven et annet navn.")
    year = _year(text["year"])
    if text["mean"] in HIDDEN:
        return None
    n, mean = _number("n", text["n"]), _number("mean", text["mean"])
    if n < 1:
        raise _WrongError("n", f"Vi leste «{text['n']}». Skriv antall elever, 1 eller flere.")
    national = text.get(NATIONAL, "")
    told = None if national in HIDDEN else _number(NATIONAL, national)
    return Result(text["school"], text["test"], text["cohort"], year, n, mean, told)


def _year(text: str) -> int:
    match = re.fullmatch(r"(\d{4})(?:[-–/]\d{2,4})?", text)
    if match is None:
        raise _WrongError("year", f"Vi leste «{text}». Skriv året slik: 2024 eller 2024-25.")
    return int(match[1])


def _number(column: str, text: str) -> float:
    try:
        value = float(text.replace("\xa0", "").replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise _WrongError(column, f"Vi leste «{text}». Skriv et tall.")
    return value


def _compare(
    row: Result,
    number: int,
    stood: dict[tuple[str, str, int], int],
    nation: dict[tuple[str, int], tuple[float, int]],
) -> None:
    """Refuse a result that stands twice, and two different figures for the same nation."""
    key = (row.school, row.test, row.year)
    if key in stood:
        text = f"Skole, prøve og år er de samme som i rad {stood[key]}. Slett den ene, eller gi hvert trinn sin egen prøve."
        raise _WrongError("test", text)
    stood[key] = number
    if row.national is None:
        return
    known, where = nation.setdefault((row.test, row.year), (row.national, number))
    if known != row.national:
        text = f"Landet har {known:g} i rad {where} og {row.national:g} her. Samme prøve og år skal ha samme tall."
        raise _WrongError(NATIONAL, text)


def write(found: Screening, out: Writable) -> int:
    """Write FLAGS.csv: a row for each school and test in the file, and one for the school on `all`; counts them.

    Level columns are empty where there is no result in the last three years, `change_p` where there are too few
    years.
    """
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FLAGS)
    count = 0
    has = found.results.seen.any(axis=2)
    for school, name in enumerate(found.results.schools):
        for test, key in enumerate((*found.results.tests, ALL)):
            if test == found.whole or has[school, test]:
                writer.writerow([name, key, *_level(found, school, test), *_change(found, school, test)])
                count += 1
    return count


def _level(found: Screening, school: int, test: int) -> list[str]:
    if not found.levels.known[school, test]:
        return [""] * 5
    estimate, sd = float(found.levels.estimate[school, test]), float(found.levels.sd[school, test])
    ends = (estimate, estimate - Z95 * sd, estimate + Z95 * sd)
    weak = float(found.levels.p_weak[school, test])
    return [*(f"{end:.3f}" for end in ends), f"{weak:.4f}", str(found.level_mark(school, test))]


def _change(found: Screening, school: int, test: int) -> list[str]:
    p = float(found.changes.p[school, test])
    return [str(found.change_mark(school, test)), "" if math.isnan(p) else f"{p:.4f}"]
