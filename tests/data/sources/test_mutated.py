"""2,000 mutated files: each comes in equal to the original or is refused with row and column; no figure changes in silence."""

import random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.data.sources.helpers import (
    PLACES,
    TEMPLATE_HEADS,
    codes,
    read,
    sample,
    small_country,
    udir_heads,
    without_place,
)
from tests.data.sources.mutations import MUTATIONS, Layout, Mutation
from tettpaa.data.sources.problems import messages, render
from tettpaa.data.sources.source import Cell, Reading
from tettpaa.data.suppression.kinds import Status

NAMES = {"Auglend skole": "F00000001", "Tastarustå skole": "F00000002", "Åmøy skole (utgått)": "F00000003"}
FIGURES = {Status.OK, Status.CONFIDENTIAL}
CUTTING = {"cut_bytes", "bytes_mixed"}
# Problems about a whole file: they have no row or no column to name.
ABOUT_THE_FILE = {
    "empty_file", "unknown_encoding", "cut_off", "damaged_bytes", "forbidden_character", "unknown_heading", "missing_head", "no_rows",
    "bad_quotes", "no_figures", "unknown_separator",
}  # fmt: skip


def template_rows() -> list[list[str]]:
    rows = [TEMPLATE_HEADS.split(";")]
    for number in range(1, 9):
        school = [f"F{number:08d}", f"Skule på ås {number}", "2024-25"]
        rows.append(
            [
                *school,
                "7",
                "eu_trivsel",
                "",
                "",
                f"4,{number}",
                f"{20 + number}",
                "",
                "",
                "0,3",
                "ok",
                "Spørring",
            ]
        )
        rows.append(
            [
                *school,
                "7",
                "eu_trivsel",
                "kjønn",
                "jenter",
                f"3,{number}",
                f"{10 + number}",
                "",
                "",
                "0,4",
                "ok",
                "Spørring",
            ]
        )
        rows.append([*school, "10", "eu_mobbing", "", "", "", "", f"{number}", "48", "", "ok", "Spørring"])
        rows.append([*school, "5", "np5_lesing", "", "", "*", "", "", "", "", "skjermet", "Prøve"])
        rows.append(
            [*school, "10", "gs_poeng", "", "", f"41,{number}*", "4", "", "", "", "konfidensiell", "Vitnemål"]
        )
    return rows


def skoleporten_rows() -> list[list[str]]:
    lines = sample("skoleporten_utdrag.csv").decode("utf-8-sig").split("\r\n")[:-1]
    return [lines[0].split(";"), *(line.split(";") for line in lines[1:] if line.split(";")[5] > "2013")][
        :160
    ]


def marks_rows() -> list[list[str]]:
    """Marks downloaded by hand: three subjects of ours and one that is not, in each school of the small country."""
    path = "2024-25.Standpunkt.Alle eierformer.Alle kjønn"
    rows = [
        ["Vurderingsfagkode", "Vurderingsfagnavn", *PLACES, f"{path}.Snittkarakter", f"{path}.Antall elever"]
    ]
    for at, (code, name) in enumerate(
        (
            ("NOR0218", "Norsk hovudmål"),
            ("MAT0015", "Matematikk"),
            ("ENG0029", "Fordjuping"),
            ("ENG0030", "Engelsk"),
        )
    ):
        for number, row in enumerate(one for one in small_country() if one[0] in {"3", "4"}):
            mark = (
                ["*", "*"]
                if number % 7 == 6
                else [f"{3 + at % 2},{number % 10}", f"{11 + (number * 7) % 60}"]
            )
            rows.append([code, name, *row[:9], *mark])
    return rows[:60]


UDIR = Layout("udir", [udir_heads(), *small_country()], "\t", "\n", "utf-16-le", True, range(9, 18))
SKOLEPORTEN = Layout("skoleporten", skoleporten_rows(), ";", "\r\n", "utf-8-sig", False, range(9, 10))
TEMPLATE = Layout("template", template_rows(), ";", "\r\n", "utf-8", False, range(7, 12))
MARKS = Layout("marks", marks_rows(), "\t", "\n", "utf-16-le", True, range(11, 13))
LAYOUTS = (UDIR, SKOLEPORTEN, TEMPLATE, MARKS)
ORIGINALS = {layout.name: read(layout.write(layout.rows), school_names=NAMES) for layout in LAYOUTS}
COUNTIES_END = next(at for at, row in enumerate(UDIR.rows) if row[0] == "3")
ONLY_COUNTIES = read(UDIR.write(UDIR.rows[:COUNTIES_END]))


def comparable(cells: tuple[Cell, ...]) -> set[Cell]:
    """Cells without place and name: a code page may lose a letter of a name, the number decides.

    A row pushed over the edge may lose the 0 that says that nobody took part; no figure stands there, so the two
    faces of missing count as one here.
    """
    same = {Status.NO_PARTICIPANTS: Status.MISSING}
    return {
        cell._replace(unit_name="", status=same.get(cell.status, cell.status))
        for cell in without_place(cells)
    }


def check(reading: Reading, original: Reading, layout: Layout, mutation: Mutation) -> None:
    if reading.ok:
        found, whole = comparable(reading.cells), comparable(original.cells)
        assert found <= whole
        lost = {cell for cell in whole - found if cell.status in FIGURES or mutation.__name__ not in CUTTING}
        assert not lost or may_be_shorter(reading, layout, mutation)
        return
    assert reading.cells == ()
    for problem in reading.problems:
        assert problem.code in messages()
        assert str(render(problem, "nn"))
        if problem.code not in ABOUT_THE_FILE:
            assert problem.row is not None, problem
            assert problem.column, problem


def may_be_shorter(reading: Reading, layout: Layout, mutation: Mutation) -> bool:
    """A long-format file cut exactly between two rows is a whole, shorter file; a table with totals tells.

    But for one cut: right after the last county a national file is, byte for byte, what Udir gives to one who asks for
    counties. It comes in as that: all its sums are right, and nothing is taken for gone.
    """
    if mutation.__name__ not in CUTTING:
        return False
    return layout.name != "udir" or comparable(reading.cells) == comparable(ONLY_COUNTIES.cells)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_the_originals_are_good(layout: Layout) -> None:
    assert ORIGINALS[layout.name].problems == ()
    assert len(ORIGINALS[layout.name].cells) > 35


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
@settings(max_examples=38, database=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
@example(seed=3618369)  # cuts Udir's file between two counties
def test_a_mutated_file_comes_in_equal_or_not_at_all(layout: Layout, mutation: Mutation, seed: int) -> None:
    data = mutation(layout, random.Random(seed))
    check(read(data, school_names=NAMES), ORIGINALS[layout.name], layout, mutation)


def test_a_national_file_that_ends_between_two_rows_is_never_taken_for_a_whole_one() -> None:
    """Every place where a download can stop without leaving half a row, from the nation alone to all but one school."""
    for end in range(2, len(UDIR.rows)):
        reading = read(UDIR.write(UDIR.rows[:end]))
        assert end == COUNTIES_END or codes(reading), end
        assert not reading.is_complete


def test_there_are_two_thousand() -> None:
    assert len(LAYOUTS) * len(MUTATIONS) * 38 >= 2_000
