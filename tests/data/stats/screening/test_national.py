"""Measuring the constants: from figures with a known truth to the table and the report."""

from datetime import date

import numpy as np
import pytest

from tests.data.stats.screening.world import TRUE, world
from tettpaa.data.stats.screening.national import NationalFigure, as_report, as_toml, measure, spread
from tettpaa.data.stats.screening.parts import parse

ON = date(2026, 11, 23)
TESTS = ("np5_lesing", "np5_regning", "np5_engelsk", "np8_lesing", "np8_regning", "np8_engelsk")


@pytest.fixture(scope="module")
def figures() -> list[NationalFigure]:
    """Six tests of two grades in three years; means rounded and half-widths printed as the source does."""
    results = world(400, 40, years=3, tests=6).results
    found = []
    for school, test, year in np.argwhere(results.seen):
        n, mean = int(results.n[school, test, year]), round(50 + results.deviation[school, test, year])
        grade = 5 if test < 3 else 8
        found.append(
            NationalFigure(
                str(school), TESTS[test], grade, 2022 + int(year), n, mean, round(1.96 * 10 / n**0.5, 1)
            )
        )
    return found


def test_the_constants_come_out_near_the_truth(figures: list[NationalFigure]) -> None:
    found = measure(figures)
    assert found.figures == sum(figure.n >= 10 for figure in figures)
    assert found.years == (2022, 2023, 2024)
    parts = found.together.parts
    assert parts.sd == pytest.approx(10, abs=0.1)
    assert (parts.school, parts.test) == (
        pytest.approx(TRUE.school, rel=0.25),
        pytest.approx(TRUE.test, rel=0.25),
    )
    sd, alone = found.tests["np8_lesing"]
    assert sd == pytest.approx(10, abs=0.2)
    assert alone.persistent == pytest.approx(TRUE.school + TRUE.test, rel=0.3)


def test_the_table_can_be_read_again(figures: list[NationalFigure]) -> None:
    found = measure(figures)
    text = as_toml(found, key="np-2022", source="Udir", on=ON)
    assert parse(text).free == pytest.approx(found.together.parts.free, abs=6e-4)
    assert "[tests.np5_lesing]" in text


def test_the_report_names_files_parts_and_what_is_in_use(figures: list[NationalFigure]) -> None:
    text = as_report(measure(figures), key="np-2022", on=ON, files={"a.csv": "0123456789abcdef" * 4})
    assert "| a.csv | `0123456789abcdef` |" in text
    assert "| rho | " in text
    lines = [line for line in text.splitlines() if line.startswith("| np5_lesing")]
    assert lines[0].endswith(" | 4.8 | 2.8 |")


def test_a_test_nobody_has_constants_for_says_so(figures: list[NationalFigure]) -> None:
    other = [figure._replace(test="xx") for figure in figures if figure.test == "np5_lesing"]
    text = as_report(measure(other), key="xx", on=ON, files={})
    assert text.rstrip().endswith("| unknown | unknown |")


def test_without_the_sources_own_uncertainty_nothing_is_measured() -> None:
    with pytest.raises(ValueError, match="uncertainty"):
        spread([NationalFigure("a", "t", 5, 2022, 20, 50, None)])
