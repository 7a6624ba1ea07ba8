"""What every source gives back: cells, problems, a reading. Plain Python: the limited child process runs it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tettpaa.data.indicators.definitions.model import Words
from tettpaa.data.suppression.kinds import Gender, Level, Status

NATION = "NO"
PROBLEM_CAP = 500
# What the licence of Udir's figures asks for, wherever they show.
UDIR_CREDIT = Words(
    "Inneholder data under Norsk lisens for offentlige data (NLOD) tilgjengeliggjort av Utdanningsdirektoratet.",
    "Inneheld data under Norsk lisens for offentlege data (NLOD) gjort tilgjengelege av Utdanningsdirektoratet.",
    "Contains data under the Norwegian Licence for Open Government Data (NLOD) distributed by "
    "the Norwegian Directorate for Education and Training.",
)


class Cell(NamedTuple):
    """One figure as the file gives it; `row` is the file's line (1 = first), `column` the letter of the value.

    `unit_code` is `NO`, a county (2 digits), a municipality (4 digits, the code valid in that school year) or an
    organisation number as text. `period` is the year in which the school year starts. `grade` 0 means all
    grades, 11-13 are Vg1-Vg3. `value` and `uncertainty` (95 % half-width) are in the indicator's unit; `n` is
    pupils behind the value. All three are None unless `status` is OK or CONFIDENTIAL.
    """

    indicator: str
    level: Level
    unit_code: str
    unit_name: str
    county: str
    municipality: str
    period: int
    grade: int
    gender: Gender
    value: float | None
    n: int | None
    uncertainty: float | None
    status: Status
    is_provisional: bool
    row: int
    column: str

    @property
    def key(self) -> tuple[str, str, int, int, Gender]:
        """What makes a figure unique: indicator, unit, period, grade, gender."""
        return (self.indicator, self.unit_code, self.period, self.grade, self.gender)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file; `problems.render` turns it into words.

    `code` is a key of `problems.MESSAGES`. `row` is the file's line, `column` its letter, `head` the column's
    heading, `sheet` the sheet of a workbook; None or empty when they do not apply. `found` is what stood there
    (cut to 80 characters). `params` fill the message.
    """

    code: str
    row: int | None = None
    column: str = ""
    head: str = ""
    sheet: str = ""
    found: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the reader is told from outside.

    `school_names`: the saved mapping from a name in the file to an organisation number (`""` = leave that
    unit out). `known_schools`: organisation number to name, for matching and suggestions.
    """

    school_names: Mapping[str, str] = field(default_factory=dict)
    known_schools: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file read. With any problem `cells` is empty: a file comes in whole or not at all.

    `is_complete`: the file is the source's whole table for its indicators and years, so a figure that is
    absent now is gone. `matched_names`: names matched to a school by the reader itself, to be saved by the caller.
    `left_out`: names the mapping told to leave out. `problem_count` counts also those beyond the cap of 500.
    """

    source: str
    cells: tuple[Cell, ...] = ()
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    rows: int = 0
    is_complete: bool = False
    matched_names: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.problem_count


# One line of a table: its number in the file and its cells as text.
type Row = tuple[int, list[str]]


@dataclass(slots=True)
class Table:
    """A file as lines of text, whatever its wrapping. `rows` streams and does not hold the heading again.

    `ends_cleanly` is False when a text file stops in the middle of a line.
    """

    kind: str  # csv or xlsx
    sheet: str
    head_row: int
    heads: list[str]
    rows: Iterator[Row]
    ends_cleanly: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a publisher's interface, decoded. `name` says what was asked for; `facts` what only the question said."""

    name: str
    data: Any
    facts: Mapping[str, str] = field(default_factory=dict)


class FileRefusedError(Exception):
    """The file cannot be read at all; carries what is wrong with it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(slots=True)
class Tally:
    """What a reading learns besides the cells."""

    source: str = ""
    rows: int = 0
    is_complete: bool = False
    matched_names: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


type Recognise = Callable[[list[str]], bool]
type RecogniseAnswer = Callable[[Any], bool]
type ReadAnswers = Callable[[Iterator[Answer], ReadOptions, Tally], Iterator[Cell | Problem]]
type Read = Callable[[Table, ReadOptions, Tally], Iterator[Cell | Problem]]


def no_table(heads: list[str]) -> bool:
    """For a source that comes as answers only: no table by hand is its."""
    del heads
    return False


def read_no_table(table: Table, options: ReadOptions, tally: Tally) -> Iterator[Cell | Problem]:
    """For a source that comes as answers only."""
    del table, options, tally
    yield from ()


@dataclass(frozen=True, slots=True)
class Source:
    """One source of figures. Each module of this folder that has a `SOURCE` is found by `registry.sources()`.

    `threshold` is the source's own smallest group; `published_month` the month of the next expected publication
    (None: whenever the owner wishes). `recognise` sees a heading row; `read` yields cells and problems. The last two do
    the same for answers of the publisher's interface (JSON), where there is one. A source that comes as answers only
    leaves out the first two.
    """

    key: str
    name: Words
    about: Words
    credit: Words
    licence: str
    threshold: int
    is_public: bool
    published_month: int | None
    indicators: tuple[str, ...]
    heads: str
    recognise: Recognise = no_table
    read: Read = read_no_table
    recognise_answer: RecogniseAnswer | None = None
    read_answers: ReadAnswers | None = None
