"""The bullying report of Udir's interface v1: one unit an answer, named in the heading; the rows are the index and its questions.

The heading names the unit, but gives no code: the question's own facts say which one it was, and the names must agree. The
number of pupils behind a share is not in it, so the figures have none.
"""

from collections.abc import Iterator
from typing import Final

from tettpaa.data.sources.bytes_in import shown
from tettpaa.data.sources.numbers import Mark, parse_number
from tettpaa.data.sources.source import Answer, Cell, Problem, Tally
from tettpaa.data.sources.udir_heads import GENDERS, OWNERS, period_of
from tettpaa.data.sources.udir_surveys import INDICES, grade_of
from tettpaa.data.suppression.kinds import Level, Status

HIERARCHY: Final = ["Indikator", "Spørsmål"]
MEASURE: Final = "Andel mobbet"
_LEVELS: Final = {2: Level.COUNTY, 4: Level.MUNICIPALITY, 9: Level.SCHOOL}
_STATUSES: Final = {
    Mark.NUMBER: Status.OK,
    Mark.CONFIDENTIAL: Status.CONFIDENTIAL,
    Mark.SHIELDED: Status.HIDDEN_BY_SOURCE,
    Mark.EMPTY: Status.MISSING,
    Mark.MISSING: Status.MISSING,
}


def read_bullying(answer: Answer, heads: list[str], tally: Tally) -> Iterator[Cell | Problem]:
    """Cells of the index rows; single questions are not figures of ours."""
    blank = _blank(answer, heads)
    if isinstance(blank, Problem):
        yield blank
        return
    for row in answer.data["rows"]:
        tally.rows += 1
        key = INDICES.get(str(row.get("kode", "")))
        if "." in str(row["id"]):
            continue
        number = parse_number(str(row["data"][0] or "")) if len(row["data"]) == 1 else None
        if key is None or number is None or number.mark is Mark.BAD:
            yield Problem("unknown_answer_form", tally.rows, sheet=answer.name, found=shown(str(row["navn"])))
            continue
        status = _STATUSES[number.mark]
        yield blank._replace(indicator=key, value=number.value, status=status, row=tally.rows)


def _blank(answer: Answer, heads: list[str]) -> Cell | Problem:
    """A cell of the answer's unit, year and grade. The heading: year, nation, county, municipality, school, grade, …"""
    unit = answer.facts
    code = unit.get("unit", "")
    level = _LEVELS.get(len(code)) if code[-1:].isdigit() else None
    parts = _parts(answer) if len(heads) == 1 else []
    if len(parts) != 9 or level is None or parts[-1] != MEASURE:
        return Problem("unknown_answer_form", sheet=answer.name, found=shown(heads[0] if heads else ""))
    year, _nation, *names, grade_text, ownership, gender_text, _measure = parts
    period, is_provisional = period_of(year)
    grade, gender = grade_of(grade_text), GENDERS.get(gender_text.casefold())
    is_named = unit.get("name", "").strip() == names[level - 2]
    if (
        period is None
        or grade is None
        or gender is None
        or not OWNERS.get(ownership.casefold())
        or not is_named
    ):
        return Problem("unknown_answer_form", sheet=answer.name, found=shown(heads[0]))
    municipality = {Level.MUNICIPALITY: code, Level.SCHOOL: unit.get("municipality", "")}.get(level, "")
    county = code if level is Level.COUNTY else municipality[:2]
    return Cell(
        "", level, code, unit["name"].strip(), county, municipality, period, grade, gender,
        None, None, None, Status.MISSING, is_provisional, 0, "A",
    )  # fmt: skip


def _parts(answer: Answer) -> list[str]:
    return [str(level[0]["name"]).strip() for level in answer.data["metadata"]["columns"]]
