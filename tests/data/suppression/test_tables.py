"""What everything is measured with: the made-up tables have the shape that is claimed, and the yardstick hides what it should."""

import numpy as np
import pytest

from tests.bench.elimination import linear_secondary
from tests.data.suppression.tables import country
from tettpaa.data.suppression.system import build
from tettpaa.data.suppression.table import Table


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_country_of_350_schools_has_the_shape_of_statistics_on_schools(seed: int) -> None:
    table = country(350, seed)
    counts = table.counts
    assert 0.23 < (counts == 0).mean() < 0.28
    assert 0.54 < ((counts > 0) & (counts < 5)).mean() < 0.60
    grades: dict[tuple[str, ...], int] = {}
    for codes, count in zip(table.codes, counts.tolist(), strict=True):
        grades[codes[2:4]] = grades.get(codes[2:4], 0) + count
    low, middle, high = np.percentile(list(grades.values()), [10, 50, 90])
    assert 4 < low < 8
    assert 17 < middle < 23
    assert 48 < high < 66
    schools = np.unique([codes[1] for codes in {codes[:3] for codes in table.codes}], return_counts=True)[1]
    assert len(schools) == 45
    assert 2 <= (schools == 1).sum() <= 12
    system = build(table)
    values = system.values[system.published.unique]
    assert len(values) == 28_728
    assert 0.49 < (values < 5).mean() < 0.54


def test_the_yardstick_hides_what_would_tell_a_small_number_or_a_sum_of_zeros() -> None:
    codes = tuple(("S", gender, level) for gender in "FM" for level in "123")

    def hidden(*counts: int) -> set[tuple[str, ...]]:
        system = build(Table(("school",), ("gender", "level"), codes, np.array(counts)))
        found = linear_secondary(system, system.values < 5)[system.published.unique]
        return {system.published.codes(at)[1:] for at in np.flatnonzero(found).tolist()}

    assert hidden(3, 8, 9, 7, 10, 11) == {("F", "2"), ("M", "1"), ("M", "2")}
    assert hidden(0, 2, 20, 7, 10, 11) == {("M", "1"), ("M", "2")}
    # The girls' two zeros would be known from their total and their third level: one of these is hidden too.
    assert hidden(0, 0, 20, 7, 10, 11) == {("M", "1"), ("M", "2"), ("M", "3"), ("F", "3")}
    assert hidden(8, 8, 9, 7, 10, 11) == set()
