"""Rows of figures, or of persons, to rows of our own template. Plain Python: the limited child process runs it.

Whatever comes out of here is about a school, a grade and a gender: a person's row never leaves `read_mapped`.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any, BinaryIO, Final

from tettpaa.data.indicators.definitions import definition, keys
from tettpaa.data.sources.bytes_in import refuse, shown
from tettpaa.data.sources.mapping.adding import Group, GroupKey, lines_of, value_of
from tettpaa.data.sources.mapping.persons import has_identity_number, is_like_a_name, is_person_head
from tettpaa.data.sources.mapping.profile import TEMPLATE_HEAD, Profile, Role
from tettpaa.data.sources.mapping.table import open_table
from tettpaa.data.sources.mapping.words import gender_text, grade_text, year_text
from tettpaa.data.sources.names import NameBook, level_of
from tettpaa.data.sources.numbers import column_letter, parse_number
from tettpaa.data.sources.open_template import RowState, Series, place_of, read_row, series_of
from tettpaa.data.sources.reading import STOP_AFTER
from tettpaa.data.sources.source import PROBLEM_CAP, Cell, FileRefusedError, Problem, ReadOptions, Table
from tettpaa.data.sources.template_figure import Wrong
from tettpaa.data.suppression.kinds import Level

MOST_FIGURES: Final = 200_000
NOT_TOLD: Final = "•••"  # in place of what stood there, when it may be somebody's
GENDER_WORDS: Final = "jenter; gutter; alle"


@dataclass(slots=True)
class Outcome:
    """What a pointed file gave. With any problem `lines` is empty. `lines` are rows of the open template.

    `unknown_names` are the file's words for schools that nobody has given a number, `unknown_words` those for
    indicators. `counts`: rows, figures, persons, without (persons without a result), groups, small (groups too
    small to hold a figure), left_out (rows of schools that are left out).
    """

    lines: list[list[str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    matched_names: dict[str, str] = field(default_factory=dict)
    unknown_names: list[str] = field(default_factory=list)
    unknown_words: list[str] = field(default_factory=list)
    is_about_persons: bool = False

    def tell(self, problem: Problem) -> None:
        self.problem_count += 1
        if len(self.problems) < PROBLEM_CAP:
            self.problems.append(problem)

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def outcome_from(stored: dict[str, Any]) -> Outcome:
    """The outcome again, from the child's JSON."""
    return Outcome(**(stored | {"problems": [Problem(**one) for one in stored["problems"]]}))


@dataclass(frozen=True, slots=True)
class _Common:
    """What a row says about all its figures."""

    code: str
    name: str
    year: str
    grade: str
    category: str


def read_mapped(stream: BinaryIO, size: int, profile: Profile, options: ReadOptions, label: str) -> Outcome:
    """Read a file as it was pointed at. Never raises for a bad file. `label` is written as each figure's source."""
    outcome = Outcome(is_about_persons=profile.per_person)
    try:
        _, table = open_table(stream, size)
        for problem in _pointing_problems(table, profile):
            outcome.tell(problem)
        if not outcome.problem_count:
            _Reader(table, profile, options, outcome, label).read()
        if not outcome.problem_count and not table.ends_cleanly:
            row = table.head_row + outcome.counts.get("rows", 0)
            outcome.tell(Problem("cut_off", row=row, params={"encoding": ""}))
        if not outcome.problem_count and not outcome.lines:
            outcome.tell(Problem("no_rows", row=table.head_row))
    except FileRefusedError as error:
        found = "" if profile.per_person else error.problem.found
        outcome.tell(replace(error.problem, found=found))
    except RecursionError:
        outcome.tell(Problem("too_deep"))
    if outcome.problem_count:
        outcome.lines = []
    return outcome


def _pointing_problems(table: Table, profile: Profile) -> Iterator[Problem]:
    """A pointed column that is not there, or is there twice; a column of persons in a file read as figures."""
    for head in profile.columns:
        if head not in table.heads:
            yield Problem("missing_head", table.head_row, sheet=table.sheet, params={"head": head})
        elif table.heads.count(head) > 1:
            at = column_letter(table.heads.index(head))
            yield Problem("doubled_head", table.head_row, at, head, table.sheet, shown(head))
    if not profile.per_person:
        for index, head in enumerate(table.heads):
            if is_person_head(head):
                yield Problem(
                    "persons_as_figures", table.head_row, column_letter(index), head, table.sheet, shown(head)
                )


def _width_problem(table: Table, row: int, cells: list[str]) -> Problem | None:
    """A cell too few or too many has moved the others. A sheet leaves out empty ones."""
    width = len(table.heads)
    is_short = len(cells) < width and table.kind == "csv"
    if not is_short and not any(cells[width:]):
        return None
    params = {"expected": str(width), "count": str(len(cells))}
    return Problem("row_width", row, column_letter(min(len(cells), width)), "", table.sheet, "", params)


class _Reader:
    """Reads the rows of one table into an outcome."""

    def __init__(
        self, table: Table, profile: Profile, options: ReadOptions, outcome: Outcome, label: str
    ) -> None:
        self.table, self.profile, self.outcome, self.label = table, profile, outcome, label
        self.at = {role: table.heads.index(head) for head, role in profile.columns.items()}
        self.values = [(table.heads.index(head), head) for head in profile.with_role(Role.VALUE)]
        self.heads = {TEMPLATE_HEAD[role]: head for head, role in profile.columns.items()}
        letters = {TEMPLATE_HEAD[role]: column_letter(index) for role, index in self.at.items()}
        self.state = RowState(table.sheet, letters)
        self.book = NameBook(options)
        self.groups: dict[GroupKey, Group] = {}
        self.told: set[str] = set()
        self.most: dict[int, tuple[float, bool]] = {}
        self.marks = [index for index, head in enumerate(table.heads) if is_person_head(head)]
        self.seen: dict[int, int] = {}

    def read(self) -> None:
        """Every row, then what can only be told at the end."""
        for number, cells in self.table.rows:
            if not any(cell.strip() for cell in cells):
                continue
            self.outcome.count("rows")
            wrong = _width_problem(self.table, number, cells)
            if wrong is None:
                self._read_row(number, cells)
            else:
                self.outcome.tell(wrong)
            if self.outcome.problem_count >= STOP_AFTER:
                break
            if len(self.outcome.lines) + len(self.groups) > MOST_FIGURES:
                raise refuse("too_many_figures")
        for index, head in self.values:
            self.heads["verdi"], self.state.letters["verdi"] = head, column_letter(index)
            most, broken = self.most.get(index, (2.0, False))
            if most <= 1 and broken:  # 0,065 written where per cent are meant
                self._tell("share_for_percent", self.table.head_row, "verdi", "")
        self.outcome.matched_names.update(self.book.matched)
        for key, group in self.groups.items():
            self._write(key, group)

    def _read_row(self, row: int, cells: list[str]) -> None:
        common = self._common(row, cells)
        if common is None:
            return
        for index, head in self.values:
            word = self._cell(cells, Role.INDICATOR) if Role.INDICATOR in self.at else ""
            key = self._indicator(row, head, word)
            if not key:
                continue
            self.heads["verdi"], self.state.letters["verdi"] = head, column_letter(index)
            text = cells[index] if index < len(cells) else ""
            if self.profile.per_person:
                if not self._is_doubled(row, cells, (common.year, key)):
                    self._add(row, common, key, text)
            else:
                self._figure(row, common, key, (index, text), cells)

    def _cell(self, cells: list[str], role: Role) -> str:
        index = self.at.get(role)
        return cells[index].strip() if index is not None and index < len(cells) else ""

    def _common(self, row: int, cells: list[str]) -> _Common | None:
        """School, year, grade and gender of a row; None when one of them is a problem, or the school is left out."""
        before = self.outcome.problem_count
        fixed = self.profile.fixed
        name = self._cell(cells, Role.SCHOOL) or fixed.get("school", "")
        code = self._school(row, name)
        written = self._cell(cells, Role.PERIOD) or fixed.get("period", "")
        year = year_text(written, self.profile.year)
        if not year:
            self._tell("bad_year" if year is None else "lone_year", row, "skoleaar", written)
        gender = gender_text(self._cell(cells, Role.GENDER))
        if gender is None:
            self._tell("unknown_word", row, "kategori", self._cell(cells, Role.GENDER), known=GENDER_WORDS)
        grade = grade_text(self._cell(cells, Role.GRADE) or fixed.get("grade", ""))
        if not code or not year or gender is None or self.outcome.problem_count > before:
            return None
        return _Common(code, name, year, grade, gender)

    def _school(self, row: int, name: str) -> str:
        """The unit's code, or empty when it is left out or a problem."""
        code = name.replace(" ", "").replace("\u00a0", "")
        if level_of(code) in {Level.SCHOOL, Level.MUNICIPALITY}:
            return code
        found = None if has_identity_number(name) else self.book.code(name)
        if found == "":
            self.outcome.count("left_out")
        if found is not None:
            return found
        if name not in self.told:
            self.told.add(name)
            if not self._may_be_somebodys(name):
                self.outcome.unknown_names.append(shown(name))
            suggestions = self.book.suggestions(name)
            code = "unknown_school" if suggestions else "unknown_school_alone"
            self._tell(code, row, "orgnr", name, suggestions="; ".join(suggestions))
        return ""

    def _indicator(self, row: int, head: str, word: str) -> str:
        """The indicator of a value: its column's own, else what the row's word means."""
        key = self.profile.indicators.get(head, "")
        if key or Role.INDICATOR not in self.at:
            return key
        known = self.profile.words.get(word)
        if known is None and word in keys():
            known = word
        if known is None and word not in self.told:
            self.told.add(word)
            self.outcome.unknown_words.append(shown(word))
            self._tell("unknown_measure_word", row, "indikator", word)
        return known or ""

    def _figure(self, row: int, common: _Common, key: str, value: tuple[int, str], cells: list[str]) -> None:
        """One figure, checked by the template's own rules."""
        text = value[1].strip()
        facts = definition(key) if key in keys() else None
        if facts is not None and facts.unit == "percent":
            text = text.removesuffix("%").strip()
            number = parse_number(text).value
            if number is not None:
                most, broken = self.most.get(value[0], (0.0, False))
                self.most[value[0]] = (max(most, number), broken or not number.is_integer())
        line = [
            common.code, common.name, common.year, common.grade, key, "kjønn" if common.category else "", common.category, text,
            *(self._cell(cells, role) for role in (Role.N, Role.COUNTER, Role.DENOMINATOR, Role.UNCERTAINTY, Role.STATUS)),
            f"{self.label} ({row})",
        ]  # fmt: skip
        found = read_row(self.state, row, line)
        if isinstance(found, Cell) and found.value is not None and Role.N in self.at and found.n is None:
            self._tell("n_missing", row, "n", "")
        elif isinstance(found, Cell):
            self.outcome.count("figures")
            self.outcome.lines.append(line)
        else:
            for problem in found:
                self.outcome.tell(self._renamed(problem))

    def _renamed(self, problem: Problem) -> Problem:
        """The template's problem with the file's own heading."""
        head = self.heads.get(problem.head, "")
        is_counted = Role.N in self.at or Role.DENOMINATOR in self.at
        code = "rows_like_persons" if problem.code == "doubled_figure" and not is_counted else problem.code
        return replace(problem, code=code, head=head)

    def _is_doubled(self, row: int, cells: list[str], about: tuple[str, str]) -> bool:
        """Whether the same person has this result already, as far as the file marks its persons."""
        mark = tuple(cells[index] for index in self.marks if index < len(cells))
        if not any(mark):
            return False
        first = self.seen.setdefault(hash((mark, about)), row)
        if first != row:
            self._tell("doubled_person", row, "orgnr", "", first=str(first))
        return first != row

    def _add(self, row: int, common: _Common, key: str, text: str) -> None:
        """One person's result, into the group's sums."""
        series = series_of(self.state, (key, common.year, common.grade, "", ""))
        place = self.state.places.get(common.code) or place_of(self.state, common.code)
        self.state.places[common.code] = place
        if not isinstance(series, Series) or place is None:
            for code, head, params in () if isinstance(series, Series) else series:
                self._tell(code, row, head, "", **params)
            return
        facts = definition(key)
        value = value_of(facts, text)
        if isinstance(value, Wrong):
            self._tell(value.code, row, "verdi", text, **value.params)
        elif value is None:
            self.outcome.count("without")
        else:
            self.outcome.count("persons")
            group_key = GroupKey(common.code, common.year, common.grade, key)
            group = self.groups.setdefault(group_key, Group(common.name, facts))
            group.add(common.category, value)

    def _write(self, key: GroupKey, group: Group) -> None:
        """A group's rows of the template."""
        self.outcome.count("groups")
        if not group.is_large_enough:
            self.outcome.count("small")
        for line in lines_of(key, group, self.label):
            self.outcome.count("figures")
            self.outcome.lines.append(line)

    def _may_be_somebodys(self, text: str) -> bool:
        """Whether the text should not be repeated: a number always, a name in a file about persons."""
        return has_identity_number(text) or (self.profile.per_person and is_like_a_name(text))

    def _tell(self, code: str, row: int, head: str, found: str, **params: str) -> None:
        """A problem with the file's own heading. Of a file about persons nothing is repeated but names of schools."""
        keep = not self.profile.per_person or code.startswith("unknown_school")
        text = shown(found) if keep and not self._may_be_somebodys(found) else NOT_TOLD
        letter = self.state.letters.get(head, "")
        self.outcome.tell(
            Problem(code, row, letter, self.heads.get(head, ""), self.table.sheet, text, params)
        )
