"""Earlier releases: what they showed is known, what they hid stays hidden, whatever columns and years they had."""

import numpy as np

from tests.data.suppression.publishing import K, as_earlier, attacked, small, truth_of
from tests.data.suppression.tables import country, regrouped, write
from tettpaa.data.suppression.check import check
from tettpaa.data.suppression.engine import suppress
from tettpaa.data.suppression.files import write_certificates, write_published
from tettpaa.data.suppression.table import Earlier, Rules, Sum, Table


def changed(table: Table, seed: int, pupils: int = 2) -> Table:
    """The same groups, some corrected."""
    counts, chance = table.counts.copy(), np.random.default_rng(seed)
    counts[chance.choice(len(counts), 6, replace=False)] += chance.integers(1, pupils + 1, 6)
    return Table(table.hierarchy, table.dimensions, table.codes, counts, table.sums)


def test_what_was_hidden_stays_hidden_when_figures_are_corrected() -> None:
    table = regrouped(country(5, 5), (2, 3)).without("gender")
    first = suppress(table)
    later = changed(table, 1)
    second = suppress(later, previous=[as_earlier(table, first)])
    assert second.refused == ()
    assert (second.hidden | ~first.hidden).all()
    assert attacked(later, dict(second.cells())) == []


def test_the_same_table_again_hides_the_same(tmp_path: object) -> None:
    table = regrouped(country(4, 2), (1, 3)).without("gender")
    first = suppress(table)
    again = suppress(table, previous=[as_earlier(table, first), as_earlier(table, first)])
    assert again.hidden.tolist() == first.hidden.tolist()
    assert (again.refused, again.exposed, again.disagreeing) == ((), (), ())


def test_a_finer_table_after_a_coarser_one_is_proved_beside_it() -> None:
    """First without gender, then with: the coarser release is a margin of the finer."""
    fine = regrouped(country(3, 7), (1, 2))
    coarse = suppress(fine.without("gender"))
    pattern = suppress(fine, previous=[as_earlier(fine.without("gender"), coarse)])
    cells = dict(pattern.cells())
    at = fine.columns.index("gender")
    for codes, value in coarse.cells():
        if value is None:
            assert cells[(*codes[:at], "Total", *codes[at:])] is None
    union = dict(cells)
    for codes, value in coarse.cells():
        name = (*codes[:at], "Total", *codes[at:])
        union[name] = union[name] if value is None else value
    exposed = {cell.codes for cell in pattern.exposed}
    assert set(attacked(fine, union)) <= {cell.codes for cell in pattern.refused} | exposed


def test_a_coarser_table_after_a_finer_one_holds_the_finer_release_too(tmp_path: object) -> None:
    """The finer groups are not in the table any more; they are unknowns that agree with what was shown."""
    fine = regrouped(country(3, 8), (1, 2))
    first = dict(suppress(fine).cells())
    coarse = fine.without("gender")
    pattern = suppress(coarse, previous=[Earlier(fine.columns, first, "fine")])
    assert pattern.disagreeing == ()
    assert pattern.refused == ()
    union = dict(first)
    at = fine.columns.index("gender")
    for codes, value in pattern.cells():
        name = (*codes[:at], "Total", *codes[at:])
        # The coarse table's numbers are the finer one's: what was hidden stays hidden.
        assert value == first[name]
        union[name] = value
    assert attacked(fine, union) == []


def test_the_proofs_of_a_table_beside_a_finer_release_are_files_that_the_checker_reads(
    tmp_path: object,
) -> None:
    folder = tmp_path
    fine = regrouped(country(3, 8), (1, 2))
    coarse = fine.without("gender")
    pattern = suppress(coarse, previous=[as_earlier(fine, suppress(fine))])
    paths = [folder / name for name in ("t.csv", "p.csv", "c.jsonl")]  # type: ignore[operator]
    write(coarse, paths[0])
    write_published(pattern, paths[1])
    write_certificates(pattern, paths[2])
    assert list(check(*map(str, paths))) == []


def test_a_corrected_number_binds_nothing() -> None:
    table = small({("A", "F"): 30, ("A", "M"): 20, ("B", "F"): 3, ("B", "M"): 40}, ("school",), ("gender",))
    wrong = {codes: n + 1 for codes, n in truth_of(table).items()}
    pattern = suppress(table, previous=[as_earlier(table, wrong)])
    assert (pattern.refused, pattern.exposed) == ((), ())
    assert pattern.hidden.tolist() == suppress(table).hidden.tolist()


def test_a_small_number_shown_before_is_told_and_needs_no_proof() -> None:
    table = small({("A", "F"): 30, ("A", "M"): 20, ("B", "F"): 3, ("B", "M"): 40}, ("school",), ("gender",))
    pattern = suppress(table, previous=[Earlier(("school", "gender"), {("B", "F"): 3})])
    assert [cell.codes for cell in pattern.exposed] == [("B", "F")]
    assert pattern.refused == ()
    assert dict(pattern.cells())["B", "F"] is None  # out already, but not shown once more


def test_releases_that_agree_with_no_truth_are_named() -> None:
    """Seven girls and boys were shown of a school that has six now: the split is of other data."""
    table = small({("A",): 6, ("B",): 40}, ("school",))
    finer = {("A", "F"): 4, ("A", "M"): 3, ("A", "Total"): None, ("B", "F"): None, ("B", "M"): None}
    pattern = suppress(table, previous=[Earlier(("school", "gender"), finer, "last year")])
    assert pattern.disagreeing == ("last year",)
    assert pattern.refused == ()


def test_units_that_are_no_more_and_years_that_are_past_are_unknowns() -> None:
    """A school that closed and a year that the table has not: their numbers count in what was shown of both years."""
    rows = {("A", "2024", level): n for level, n in {"1": 12, "2": 3}.items()}
    rows |= {("B", "2024", level): n for level, n in {"1": 20, "2": 9}.items()}
    table = small(rows, ("school",), ("year", "level"))
    old: dict[tuple[str, ...], int | None] = {
        ("A", "2023", "1"): 9, ("A", "2023", "2"): None, ("C", "2023", "1"): None, ("C", "2023", "2"): 8,
        ("A", "2024", "1"): 12, ("A", "2024", "2"): None, ("Total", "2023", "1"): 16, ("A", "Total", "2"): 10,
    }  # fmt: skip
    pattern = suppress(table, previous=[Earlier(("school", "year", "level"), old, "old")])
    assert pattern.disagreeing == ()
    assert pattern.refused == ()
    assert dict(pattern.cells())["A", "2024", "2"] is None


def test_sums_of_an_earlier_release_are_read_by_their_label() -> None:
    rows = {
        (s, level): n
        for s, some in {"A": (6, 2, 9), "B": (9, 8, 7)}.items()
        for level, n in zip("123", some, strict=True)
    }
    plain = small(rows, ("school",), ("level",))
    low = Sum("level", "low", frozenset("12"))
    table = Table(plain.hierarchy, plain.dimensions, plain.codes, plain.counts, (low,))
    first = dict(suppress(table).cells())
    assert ("A", "low") in first
    given = {**first, ("A", "low"): 8, ("A", "1"): 6}
    refused = suppress(table, previous=[Earlier(table.columns, given)]).refused
    assert ("A", "2") in {cell.codes for cell in refused}


def test_an_empty_release_adds_nothing() -> None:
    table = small({("A",): 3, ("B",): 40, ("C",): 9}, ("school",))
    assert (
        suppress(table, previous=[Earlier(("school",), {})]).hidden.tolist()
        == suppress(table).hidden.tolist()
    )


def test_an_insider_release_is_deterministic_beside_an_earlier_one() -> None:
    table = regrouped(country(3, 3), (2, 1)).without("gender").without("grade")
    first = as_earlier(table, suppress(table))
    made = [suppress(table, Rules(K, insider=2), [first]) for _ in range(2)]
    assert made[0].hidden.tolist() == made[1].hidden.tolist()
    assert made[0].refused == made[1].refused
