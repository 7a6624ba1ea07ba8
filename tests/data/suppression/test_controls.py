"""Patterns that look safe and are not: the attacker must catch each, and the engine repair or refuse it."""

from collections.abc import Mapping

import numpy as np
import pytest

from tests.data.suppression.attack import Attack, Codes, sums
from tests.data.suppression.publishing import K, as_earlier, attacked, small, truth_of
from tests.data.suppression.tables import country
from tettpaa.data.suppression.engine import suppress
from tettpaa.data.suppression.table import Earlier, Sum, Table

Cells = dict[Codes, int | None]


def primary_only(table: Table) -> Cells:
    """Nothing but the small cells themselves."""
    return {codes: None if value < K else value for codes, value in truth_of(table).items()}


def two_per_row(table: Table) -> Cells:
    """In no sum is exactly one part (or one part and the whole alone) hidden: the smallest shown part goes too."""
    truth, cells = truth_of(table), primary_only(table)
    rows = [[whole, *parts] for whole, lists in sums(3, truth).items() for parts in lists if len(parts) > 1]
    changed = True
    while changed:
        changed = False
        for row in rows:
            shown = [codes for codes in row if cells[codes] is not None]
            if len(shown) == len(row) - 1:
                cells[min(shown, key=lambda codes: (truth[codes], codes))] = None
                changed = True
    return cells


def stops_at_the_municipality() -> tuple[Table, Cells]:
    """A small municipality covered by its neighbour's hidden number, whose schools are all shown (A6.1)."""
    rows = {
        ("F", "K1", "A", "1"): 3,
        ("F", "K1", "B", "1"): 0,
        ("F", "K1", "A", "2"): 14,
        ("F", "K1", "B", "2"): 22,
    }
    rows |= {
        ("F", "K2", "C", "1"): 12,
        ("F", "K2", "D", "1"): 8,
        ("F", "K2", "C", "2"): 19,
        ("F", "K2", "D", "2"): 27,
    }
    table = small(rows, ("fylke", "kommune", "school"), ("level",))
    cells: Cells = dict(truth_of(table))
    for school in ("A", "B", "Total"):
        for level in ("1", "2"):
            cells["F", "K1", school, level] = None
    cells["F", "K2", "Total", "1"] = cells["F", "K2", "Total", "2"] = None
    return table, cells


@pytest.mark.parametrize("seed", [1])
def test_hiding_the_small_cells_alone_is_caught_and_repaired(seed: int) -> None:
    table = country(4, seed)
    caught = attacked(table, primary_only(table))
    assert len(caught) > 20
    pattern = suppress(table)
    assert pattern.refused == ()
    assert attacked(table, dict(pattern.cells())) == []


def test_two_hidden_in_each_sum_are_caught_and_repaired() -> None:
    table = country(4, 3)
    bad = two_per_row(table)
    assert attacked(table, bad) != []
    assert attacked(table, dict(suppress(table).cells())) == []


def test_a_move_that_stops_at_the_municipality_is_caught_and_repaired() -> None:
    table, bad = stops_at_the_municipality()
    assert ("F", "K1", "Total", "1") in attacked(table, bad)
    pattern = suppress(table)
    assert pattern.refused == ()
    assert attacked(table, dict(pattern.cells())) == []


@pytest.mark.parametrize("make", [primary_only, two_per_row])
def test_a_bad_pattern_that_is_out_already_is_refused(make: object) -> None:
    """What an earlier release gave away cannot be proved any more, and the cells are named."""
    table = country(3, 1)
    bad = make(table)  # type: ignore[operator]
    gone = set(attacked(table, bad))
    refused = {cell.codes for cell in suppress(table, previous=[as_earlier(table, bad)]).refused}
    assert refused
    assert refused <= gone  # only what the attacker finds is refused ...
    assert gone <= refused  # ... and all of it


def test_the_municipality_that_is_out_already_is_refused() -> None:
    table, bad = stops_at_the_municipality()
    refused = {cell.codes for cell in suppress(table, previous=[as_earlier(table, bad)]).refused}
    assert ("F", "K1", "Total", "1") in refused


YEARS = ("2021", "2022", "2023", "2024")


def years(schools: int, seed: int) -> Table:
    """The same groups in four years."""
    base, chance = country(schools, seed).without("gender"), np.random.default_rng(seed)
    rows = {
        (*codes, year): int(chance.poisson(count))
        for year in YEARS
        for codes, count in zip(base.codes, base.counts.tolist(), strict=True)
    }
    return small(rows, base.hierarchy, ("grade", "level", "year"))


def some_years(table: Table, wanted: tuple[str, ...]) -> Table:
    rows = {c: n for c, n in zip(table.codes, table.counts.tolist(), strict=True) if c[-1] in wanted}
    return small(rows, table.hierarchy, table.dimensions)


ROLLING = (Sum("year", "21-23", frozenset(YEARS[:3])), Sum("year", "22-24", frozenset(YEARS[1:])))


def together(whole: Table, releases: Mapping[str, Cells]) -> tuple[Table, Cells]:
    """What a reader has who keeps both releases: each one's `Total` of years is a sum of its own."""
    cells: Cells = {}
    for label, some in releases.items():
        for codes, value in some.items():
            name = (*codes[:-1], label if codes[-1] == "Total" else codes[-1])
            cells[name] = value if value is not None else cells.get(name)
    return Table(whole.hierarchy, whole.dimensions, whole.codes, whole.counts, ROLLING), cells


def test_yearly_counts_beside_rolling_sums_are_caught_and_repaired_by_the_ledger() -> None:
    whole = years(3, 2)
    first, second = some_years(whole, YEARS[:3]), some_years(whole, YEARS[1:])
    a = dict(suppress(first).cells())
    alone = dict(suppress(second).cells())
    assert attacked(first, a) == []
    assert attacked(second, alone) == []
    assert attacked(*together(whole, {"21-23": a, "22-24": alone})) != []  # each safe, both together not
    beside = suppress(second, previous=[Earlier(first.columns, a, "21-23")])
    assert beside.refused == ()
    assert attacked(*together(whole, {"21-23": a, "22-24": dict(beside.cells())})) == []


def test_yearly_counts_and_rolling_sums_in_one_table_are_safe() -> None:
    whole = years(2, 4)
    table = Table(whole.hierarchy, whole.dimensions, whole.codes, whole.counts, ROLLING)
    pattern = suppress(table)
    cells = dict(pattern.cells())
    assert pattern.refused == ()
    assert {codes[-1] for codes in cells} == {*YEARS, "21-23", "22-24", "Total"}
    assert attacked(table, cells) == []
    years_alone = dict(suppress(whole).cells())  # the years by themselves, then every sum of five or more
    planted = {c: years_alone.get(c, n if n >= K else None) for c, n in truth_of(table).items()}
    assert attacked(table, planted) != []


def test_the_attacker_finds_exactly_what_a_sum_gives_away() -> None:
    cells: Cells = {("A",): None, ("B",): None, ("C",): 9, ("Total",): 12}
    found = Attack(1, cells).ranges()
    assert {codes: (limits.low, limits.high) for codes, limits in found.items()} == {
        ("A",): (0.0, 3.0),
        ("B",): (0.0, 3.0),
    }
