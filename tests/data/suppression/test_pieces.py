"""The parts of the engine by themselves: cutting, climbing, and what never may pass."""

import numpy as np
import pytest

from tests.data.suppression.publishing import attacked, small
from tests.data.suppression.tables import country, regrouped
from tettpaa.data.suppression import engine
from tettpaa.data.suppression.blocks import Problem, pieces, problem
from tettpaa.data.suppression.climb import wider
from tettpaa.data.suppression.earlier import with_earlier
from tettpaa.data.suppression.engine import suppress
from tettpaa.data.suppression.needs import all_needs, first_state
from tettpaa.data.suppression.piece import _checked, begin
from tettpaa.data.suppression.programme import Free, Priced, independent, whole_numbers
from tettpaa.data.suppression.system import build
from tettpaa.data.suppression.table import Rules, Table


@pytest.mark.parametrize("sizes", [(2,) * 9, (1,) * 7 + (11,), (30,), (3, 3, 9, 1, 1)])
@pytest.mark.parametrize("size", [2, 5, 12])
def test_every_school_is_in_exactly_one_piece_with_others_of_its_municipality(
    sizes: tuple[int, ...], size: int
) -> None:
    system = build(regrouped(country(sum(sizes), 1), sizes))
    cut = pieces(system, size)
    assert sorted(leaf for piece in cut for leaf in piece.leaves) == list(range(sum(sizes)))
    assert max(len(piece.leaves) for piece in cut) <= 2 * size + 1
    for piece in cut:  # a unit's sums stand still, unless the whole country is one small piece
        above = np.unique(system.path[list(piece.leaves), :-1]).tolist()
        assert set(piece.fixed) == set(above) or (not piece.fixed and len(cut) == 1 and sum(sizes) <= size)
        assert len(np.unique(system.path[list(piece.leaves), -2])) == 1 or len(cut) == 1


def test_the_schools_of_one_municipality_stay_together_up_to_twice_the_size() -> None:
    def cut(*sizes: int) -> list[int]:
        return sorted(
            len(piece.leaves) for piece in pieces(build(regrouped(country(sum(sizes), 1), sizes)), 12)
        )

    assert cut(24, 5) == [5, 24]
    assert cut(25, 5) == [5, 12, 13]
    assert cut(6, 6, 1, 11) == [1, 6, 6, 11]  # several municipalities are never together
    assert cut(4, 8) == [12]  # but a small table is one piece


@pytest.mark.parametrize("sparse", [False, True])
def test_a_change_moves_what_it_should_and_nothing_that_is_shown(sparse: bool) -> None:
    """Where few may move, as where many may: the same needs can be met, and the cell itself moves so far."""
    one = _problem(country(4, 3).without("gender"))
    hidden = one.hidden.copy()
    hidden[::3] = True
    priced = Priced(one, hidden, ~hidden, sparse=sparse)
    nothing = np.empty(0, np.int64)
    found = 0
    for cell, sign, need in zip(one.needs.cell, one.needs.sign, one.needs.need, strict=True):
        changes = priced.move(int(cell), int(sign * need), nothing)
        free = Free(one, hidden).move(int(cell), int(sign * need), nothing)
        assert (changes is None) <= (free is None)  # what whole numbers can do, fractions can
        if changes is not None:
            effect = one.rows @ changes
            assert sign * effect[cell] >= need - 1e-6
            assert np.abs(effect[~hidden]).max() < 1e-6
            assert (one.base + changes).min() > -1e-6
            found += 1
    assert 0 < found < len(one.needs)


def _problem(table: Table) -> Problem:
    """The whole table as one piece."""
    ledger = with_earlier(build(table), ())
    state = first_state(ledger, Rules())
    needs = all_needs(ledger.system, state, Rules())
    return problem(ledger.system, state, needs, pieces(ledger.system, 12)[0], 0)


def test_small_municipalities_are_proved_across_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces so small that most must climb: to neighbours, to the county, to the nation."""
    monkeypatch.setattr(engine, "SIZE", 2)
    table = regrouped(country(9, 4), (1, 1, 2, 1, 2, 2)).without("gender")
    pattern = suppress(table)
    assert pattern.refused == ()
    assert attacked(table, dict(pattern.cells())) == []


def test_one_school_moves_on_behalf_of_its_municipality(monkeypatch: pytest.MonkeyPatch) -> None:
    """The municipality's cell and the school's are then one unknown; two would let a shown number move."""
    monkeypatch.setattr(engine, "SIZE", 3)
    table = country(12, 4)
    pattern = suppress(table)  # the engine checks each move in whole numbers, and would stop
    assert pattern.refused == ()


def test_two_levels_and_a_flat_table_work_as_three_do() -> None:
    base = regrouped(country(4, 3), (2, 2)).without("gender")
    for height in (1, 2):
        rows = {codes[3 - height :]: n for codes, n in zip(base.codes, base.counts.tolist(), strict=True)}
        table = small(rows, base.hierarchy[3 - height :], base.dimensions)
        pattern = suppress(table)
        assert pattern.refused == ()
        assert attacked(table, dict(pattern.cells())) == []


def test_a_move_that_changes_what_is_shown_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table(("school",), ("gender",), (("A", "F"), ("A", "M")), np.array([3, 30]))
    seen: list[engine.Problem] = []
    monkeypatch.setattr(
        engine, "solved", lambda one: seen.append(one) or (np.empty(0, int), [], np.full(len(one.needs), -1))
    )
    assert suppress(table).refused != ()
    work = begin(seen[0])
    _checked(work, np.array([0, 0]))
    with pytest.raises(AssertionError, match="changes what is shown"):
        _checked(work, np.array([0, 1]))  # the boys are shown
    with pytest.raises(AssertionError, match="changes what is shown"):
        _checked(work, np.array([-4, 0]))  # fewer than none


def test_rows_that_follow_from_others_are_left_out() -> None:
    rows = np.array([[1.0, 1, 0], [0, 1, 1], [1, 2, 1], [0, 0, 0], [1, 0, 0]])
    assert independent(rows).tolist() == [0, 1, 4]
    assert independent(np.zeros((2, 0))).tolist() == []


def test_whole_numbers_are_found_or_not() -> None:
    found = whole_numbers(np.array([[1, 1], [0, 1]]), np.array([7, 3]))
    assert found is not None
    assert found.tolist() == [4, 3]
    assert whole_numbers(np.array([[2, 2]]), np.array([7])) is None


@pytest.mark.parametrize("height", [0, 1])
def test_what_climbs_has_leaves_of_its_own_among_those_that_move(height: int) -> None:
    """Of a wide unit only some leaves move. Of each municipality and school with a need, one at least is among them."""
    ledger = with_earlier(build(country(50, 2)), ())
    system = ledger.system
    needs = all_needs(system, first_state(ledger, Rules()), Rules())
    for level in (2, 3):
        cells = needs.cell[system.depth[needs.cell] == level]
        for cell in np.unique(cells)[:: len(cells) // 40].tolist():
            inside = set(np.flatnonzero(system.path[:, level] == system.node[cell]).tolist())
            found = wider(system, needs.some(needs.cell == cell), height)
            assert any(inside & set(piece.leaves) for piece in found), (height, level, cell)
