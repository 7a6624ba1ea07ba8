"""2,000 mutated files through the mapping import: each gives the original's figures or is refused with row and column."""

import random

import pytest

from tests.data.sources.mapping.files import (
    LONG,
    LONG_PROFILE,
    PUPIL_HEADS,
    PUPIL_PROFILE,
    SICK,
    SICK_PROFILE,
    figures,
    pupils,
    read,
)  # fmt: skip
from tests.data.sources.mutations import MUTATIONS, Layout
from tests.data.sources.test_mutated import ABOUT_THE_FILE, CUTTING
from tettpaa.data.sources.mapping.profile import Profile
from tettpaa.data.sources.problems import messages, render

SEEDS = range(38)
CASES = {
    "sick leave": (Layout("sick leave", SICK, ";", "\r\n", "cp1252", False, range(2, 4)), SICK_PROFILE),
    "long": (Layout("long", LONG, "\t", "\n", "utf-8-sig", False, range(5, 7)), LONG_PROFILE),
    "pupils": (Layout("pupils", pupils(24), ";", "\n", "utf-16-le", False, range(5, 6)), PUPIL_PROFILE),
}
# A heading that is not there, or no heading at all, has no row of its own.
NO_PLACE = ABOUT_THE_FILE | {"no_heading", "unknown_separator", "markup"}


# 6,4 per cent that became 64, or «12 %» in its place, is a share like others: only the preview tells, beside former years.
SILENT = {("sick leave", "comma_lost"), ("sick leave", "noise_in_a_figure")}


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_mutated_file_gives_the_same_figures_or_none(name: str) -> None:
    layout, profile = CASES[name]
    whole = figures(read(layout.write(layout.rows), profile))
    assert len(whole) > 3
    refused = 0
    for mutation in MUTATIONS:
        for seed in SEEDS:
            data = mutation(layout, random.Random(f"{name} {mutation.__name__} {seed}"))
            found = read(data, profile)
            if found.problem_count:
                refused += 1
                assert found.lines == []
                check_problems(found.problems, layout, profile)
            elif found.counts.get("without") or (name, mutation.__name__) in SILENT:
                assert figures(found).keys() == whole.keys()  # the page tells how many persons had no result
            elif mutation.__name__ not in CUTTING:
                assert figures(found) == whole, (mutation.__name__, seed)
            else:
                assert figures(found).keys() <= whole.keys()
    assert refused > len(MUTATIONS) * len(SEEDS) // 3
    assert len(MUTATIONS) * len(SEEDS) * len(CASES) >= 2000


def check_problems(problems: list[object], layout: Layout, profile: Profile) -> None:
    names = (
        {cell for row in layout.rows[1:] for cell in row[1:3] if len(cell) > 6}
        if profile.per_person
        else set()
    )
    for problem in problems:
        assert problem.code in messages()  # type: ignore[attr-defined]
        message = str(render(problem, "nn"))  # type: ignore[arg-type]
        assert not any(name in message for name in names)
        assert problem.code in NO_PLACE or problem.row is not None, problem  # type: ignore[attr-defined]


def test_the_same_person_twice_is_told() -> None:
    rows = pupils(24)
    found = read([*rows, rows[3]], PUPIL_PROFILE)
    assert [(problem.code, problem.row, problem.params["first"]) for problem in found.problems] == [
        ("doubled_person", 26, "4")
    ]
    assert PUPIL_HEADS[1] not in str(found.problems)
