"""Headings of Udir's hand-downloaded tables: `year.dimension…measure`, read from both ends (data.md 1C)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from tettpaa.data.sources.numbers import column_letter
from tettpaa.data.sources.places import school_year
from tettpaa.data.sources.source import Problem
from tettpaa.data.suppression.kinds import Gender

PLACE_HEADS: Final = ("EnhetNivaa", "Fylkekode", "Kommunekode", "Organisasjonsnummer", "EnhetNavn")
# Marks downloaded by hand have the subject in a column; those of the interface have it in each row's id.
SUBJECT_HEAD: Final = "Vurderingsfagkode"
OTHER_HEADS: Final = ("Nasjonaltkode", "Nasjonalt", "Fylke", "Kommune", SUBJECT_HEAD, "Vurderingsfagnavn")
_DOT: Final = re.compile(r"\.(?! )")  # "5. årstrinn" holds a dot that does not split
_PROVISIONAL: Final = re.compile(r"Foreløpige tall (\d{4}-\d{2})", re.IGNORECASE)
GRADE: Final = re.compile(r"([1-9]|10)\. (?:års)?(?:trinn|steg)", re.IGNORECASE)
GENDERS: Final = {
    "alle kjønn": Gender.ALL,
    "jente": Gender.GIRLS,
    "jenter": Gender.GIRLS,
    "gutt": Gender.BOYS,
    "gutter": Gender.BOYS,
}
OWNERS: Final = {
    "alle eierformer": True,
    "offentlig skole": False,
    "privat skole": False,
    "privat eiet": False,
}
# What a figure is about. Marks have two parts, the kind and then the subject by its code: LK06 and LK20.
_SUBJECTS: Final = {
    **{"engelsk": "engelsk", "lesing": "lesing", "regning": "regning"},
    **{"standpunkt": "gs_standpunkt", "skriftlig eksamen": "gs_eksamen"},
    **{"nor0214": "norsk", "mat0010": "matematikk", "eng0012": "engelsk"},
    **{"nor0218": "norsk", "mat0015": "matematikk", "eng0030": "engelsk"},
}
_ALL_GRADES: Final = "alle trinn"
LK06: Final = frozenset({"NOR0214", "MAT0010", "ENG0012"})
LK20: Final = frozenset({"NOR0218", "MAT0015", "ENG0030"})
CURRICULA: Final = (*sorted(LK06), *sorted(LK20))
LK20_FROM: Final = 2021  # grade 10 had the new curricula for the first time in the marks of June 2022


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of a family: what it stands for, and whether the family needs it."""

    role: str
    is_needed: bool = True


# Families of measures that data.md 1B and 1C know, by the measure that marks them.
FAMILIES: Final[dict[str, dict[str, Measure]]] = {
    "np": {
        "Skalapoeng": Measure("value"),
        "Usikkerhet": Measure("uncertainty"),
        "Antall elever deltatt": Measure("n"),
    },
    "gs_poeng": {"Grunnskolepoeng": Measure("value"), "Antall elever": Measure("n")},
    "marks": {"Snittkarakter": Measure("value"), "Antall elever": Measure("n")},
    "fravaer": {
        "Median dager": Measure("fravaer10_dager"),
        "Median timer": Measure("fravaer10_timer"),
        "Snitt dager": Measure("not_used", is_needed=False),
        "Snitt timer": Measure("not_used", is_needed=False),
        "Antall elever": Measure("n"),
    },
    "gsi": {
        "Antall elever": Measure("elever"),
        "Antall elever med individuelt tilrettelagt opplæring/spesialundervisning": Measure(
            "ito_andel", is_needed=False
        ),
        "Antall elever med forsterket opplæring i norsk": Measure("norsk_andel", is_needed=False),
        "Antall skoler": Measure("skoler", is_needed=False),
    },
}
MEASURES: Final = frozenset(measure for family in FAMILIES.values() for measure in family)


@dataclass(frozen=True, slots=True)
class Path:
    """What one heading says, without its measure."""

    period: int
    is_provisional: bool
    subject: str
    grade: int
    gender: Gender


@dataclass(frozen=True, slots=True)
class Group:
    """Columns that belong together: one family, one year, subject, grade and gender; `columns` by role."""

    family: str
    path: Path
    columns: dict[str, int]


@dataclass(frozen=True, slots=True)
class Heads:
    """A heading row understood: columns of the place heads and groups of figures."""

    places: dict[str, int]
    groups: list[Group]
    problems: list[Problem]


def is_figure_head(head: str) -> bool:
    """Whether a heading looks like year.dimension…measure."""
    first = _DOT.split(head)[0]
    return bool(_PROVISIONAL.fullmatch(first)) or school_year(first) is not None


def in_force(subject: str, period: int) -> bool:
    """Whether marks of the year are of this subject's curriculum."""
    return (subject in LK20) == (period >= LK20_FROM)


def of_subject(heads: list[str], subject: str) -> list[str]:
    """The headings of a table of marks with the subject in them, as the interface's answers have it."""
    paths = (head.rpartition(".") if is_figure_head(head) else ("", "", head) for head in heads)
    return [f"{path}.{subject}.{measure}" if path else measure for path, _, measure in paths]


def period_of(text: str) -> tuple[int | None, bool]:
    """The year in which a school year starts, and whether its figures are provisional: `Foreløpige tall 2025-26`."""
    provisional = _PROVISIONAL.fullmatch(text.strip())
    return school_year(provisional[1] if provisional else text), provisional is not None


def read_heads(heads: list[str], row: int, sheet: str = "") -> Heads:
    """Understand the heading row; every column that is not understood is a problem."""
    problems: list[Problem] = []
    places: dict[str, int] = {}
    bundles: dict[Path, dict[str, int]] = {}
    for index, head in enumerate(heads):
        name = re.sub(r"\d$", "", head)  # workbooks give a doubled heading a number: EnhetNavn3
        if name in PLACE_HEADS or name in OTHER_HEADS:
            if name in places:
                problems.append(_problem("doubled_head", row, index, head))
            places[name] = index
            continue
        found = _figure_head(head, row, index)
        if isinstance(found, Problem):
            problems.append(found)
            continue
        path, measure = found
        if measure in bundles.setdefault(path, {}):
            problems.append(_problem("doubled_head", row, index, head))
        bundles[path][measure] = index
    problems += [Problem("missing_head", row, params={"head": h}) for h in PLACE_HEADS if h not in places]
    groups = []
    for path, measures in bundles.items():
        found_group = _group(path, measures, heads, row)
        if isinstance(found_group, Group):
            groups.append(found_group)
        else:
            problems += found_group
    if not groups and not problems:
        problems.append(Problem("no_figures", row))
    return Heads(places, groups, [replace(problem, sheet=sheet) for problem in problems])


def _problem(code: str, row: int, index: int, head: str, **params: str) -> Problem:
    return Problem(code, row, column_letter(index), head[:120], found=head[:120], params=params)


def _figure_head(head: str, row: int, index: int) -> tuple[Path, str] | Problem:
    parts = _DOT.split(head)
    period, is_provisional = period_of(parts[0])
    if period is None or len(parts) < 2:
        return _problem("unknown_head", row, index, head)
    measure = parts[-1].strip()
    if measure not in MEASURES:
        return _problem(
            "unknown_measure", row, index, head, measure=measure[:80], known="; ".join(sorted(MEASURES))
        )
    subject, grade, gender = "", 0, Gender.ALL
    for part in parts[1:-1]:
        text = part.strip().casefold()
        if text in _SUBJECTS:
            subject = f"{subject}_{_SUBJECTS[text]}".strip("_")
        elif text in GENDERS:
            gender = GENDERS[text]
        elif match := GRADE.fullmatch(text):
            grade = int(match[1])
        elif text in OWNERS:
            if not OWNERS[text]:
                return _problem("one_ownership", row, index, head, part=part[:80])
        elif text != _ALL_GRADES:
            return _problem("unknown_dimension", row, index, head, part=part[:80])
    return Path(period, is_provisional, subject, grade, gender), measure


def _group(path: Path, measures: dict[str, int], heads: list[str], row: int) -> Group | list[Problem]:
    """Find the family that these measures make up; missing and surplus measures are problems."""
    family = _family(measures)
    wanted = FAMILIES[family]
    first = min(measures.values())
    problems = [
        _problem("missing_measure", row, first, heads[first], measure=name)
        for name, measure in wanted.items()
        if measure.is_needed and name not in measures
    ]
    problems += [
        _problem("unknown_measure", row, index, heads[index], measure=name, known="; ".join(wanted))
        for name, index in measures.items()
        if name not in wanted
    ]
    problems += _test_problems(family, path, first, heads[first], row)
    if problems:
        return problems
    return Group(family, path, {wanted[name].role: index for name, index in measures.items()})


def _family(measures: dict[str, int]) -> str:
    """The family whose measures fit best; on a draw the one with fewer measures missing."""
    return max(FAMILIES, key=lambda f: (len(FAMILIES[f].keys() & measures.keys()), -len(FAMILIES[f])))


def _test_problems(family: str, path: Path, index: int, head: str, row: int) -> Iterator[Problem]:
    """National tests exist for certain grades and subjects only, marks for certain subjects; other tables have no subject."""
    if family == "np":
        if (path.subject, path.grade) not in NP_TESTS:
            yield _problem("no_such_test", row, index, head)
        return
    is_known = path.subject in MARKS if family == "marks" else not path.subject
    if not is_known or (family != "gsi" and path.grade not in {0, 10}):
        yield _problem("unknown_head", row, index, head)


MARKS: Final = tuple(
    f"gs_{kind}_{subject}"
    for kind in ("standpunkt", "eksamen")
    for subject in ("norsk", "matematikk", "engelsk")
)
NP_TESTS: Final = frozenset(
    {(subject, grade) for subject in ("lesing", "regning") for grade in (5, 8, 9)}
    | {("engelsk", 5), ("engelsk", 8)}
)
