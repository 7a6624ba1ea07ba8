"""The certified engine from the outside: plain files in, checked by the checker, attacked by the attacker."""

import csv
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.data.suppression.attack import read
from tests.data.suppression.publishing import (
    K,
    as_earlier,
    attacked,
    attacked_file,
    publish,
    small,
    truth_of,
)
from tests.data.suppression.tables import DIMENSIONS, HIERARCHY, country, regrouped
from tettpaa.data.suppression import engine
from tettpaa.data.suppression.check import check
from tettpaa.data.suppression.engine import suppress
from tettpaa.data.suppression.table import Rules, Table


@pytest.mark.parametrize(("sizes", "seed"), [((3,), 1), ((1, 2, 2), 2)])
def test_a_publication_is_proved_and_stands_the_attack(
    tmp_path: Path, sizes: tuple[int, ...], seed: int
) -> None:
    table = regrouped(country(sum(sizes), seed), sizes)
    files = publish(tmp_path, table)
    assert list(check(*map(str, files))) == []
    assert attacked_file(table, files[1]) == []
    truth, (columns, cells) = truth_of(table), read(files[1])
    assert columns == (*HIERARCHY, *DIMENSIONS)
    assert cells.keys() == truth.keys()
    assert {c: v for c, v in cells.items() if v is not None} == {
        c: truth[c] for c, v in cells.items() if v is not None
    }
    assert all(cells[c] is None for c, value in truth.items() if value < K)
    with files[1].open(encoding="utf-8") as file:
        assert {(row["status"], row["n"] == "") for row in csv.DictReader(file)} == {
            ("shown", False),
            ("hidden", True),
        }
    call_command("suppress-check", *map(str, files))


def test_a_full_group_is_hidden_with_its_zeros(tmp_path: Path) -> None:
    """All 30 boys of a school on one level: the zeros beside must not tell it."""
    levels = {"1": 30, "2": 0, "3": 0}
    rows = {("K", "A", "M", level): n for level, n in levels.items()}
    rows |= {("K", "B", "M", level): n for level, n in {"1": 12, "2": 20, "3": 9}.items()}
    rows |= {("K", school, "F", level): 15 for school in "AB" for level in levels}
    table = small(rows, ("kommune", "school"), ("gender", "level"))
    files = publish(tmp_path, table)
    cells = read(files[1])[1]
    assert cells["K", "A", "M", "2"] is None
    assert cells["K", "A", "M", "1"] is None  # else 30 of 30 tells of each of them
    assert attacked_file(table, files[1]) == []


def test_a_group_that_does_not_exist_is_neither_published_nor_used() -> None:
    """School B has no eighth grade: there is no such cell, and no counter-table puts pupils there."""
    rows = {("K", "A", grade, level): 12 for grade in "58" for level in "123"}
    rows |= {("K", "B", "5", "1"): 2, ("K", "B", "5", "2"): 9, ("K", "B", "5", "3"): 9}
    table = small(rows, ("kommune", "school"), ("grade", "level"))
    pattern = suppress(table)
    cells = dict(pattern.cells())
    assert not any(codes[1] == "B" and codes[2] == "8" for codes in cells)
    assert cells["K", "B", "5", "1"] is None
    assert cells["K", "B", "Total", "1"] is None  # the same pupils under another name
    assert attacked(table, cells) == []


def test_the_only_school_of_a_municipality_is_hidden_as_the_municipality_is() -> None:
    table = regrouped(country(6, 3), (1, 3, 2)).without("gender")
    cells = dict(suppress(table).cells())
    for codes, value in cells.items():
        if codes[1] == "0001" and codes[2] != "Total":
            assert cells[(*codes[:2], "Total", *codes[3:])] == value


def test_shown_zeros_are_known_to_the_attacker_too() -> None:
    """Where zeros are shown, a reader holds every hidden cell for at least one; the proofs hold against that.

    Four pupils on four levels cannot be fewer then. Nothing can prove them, and they are named.
    """
    table = country(5, 5).without("gender")
    pattern = suppress(table, Rules(zeros_shown=True))
    cells = dict(pattern.cells())
    assert all(cells[c] == 0 for c, value in truth_of(table).items() if value == 0)
    found = set(attacked(table, cells, floor=1))
    assert found <= {cell.codes for cell in pattern.refused}


def test_zeros_hidden_alone_do_not_stand_the_attacker_who_knows_that_zeros_are_shown() -> None:
    table = country(5, 5).without("gender")
    truth = truth_of(table)
    cells = {c: truth[c] if truth[c] == 0 else v for c, v in suppress(table).cells()}
    assert attacked(table, cells, floor=1) != []


def test_a_school_that_knows_itself_learns_nothing_of_its_neighbours() -> None:
    """Municipalities of two and three schools: each school in turn is the attacker."""
    table = regrouped(country(6, 9), (2, 3, 1)).without("gender")
    few = {"0001": {"S00001", "S00002"}, "0002": {"S00003", "S00004", "S00005"}}
    truth = truth_of(table)
    safe, plain = (suppress(table, Rules(insider=most)) for most in (3, 0))
    assert safe.refused == ()

    def learnt(cells: dict[tuple[str, ...], int | None]) -> list[tuple[str, ...]]:
        return [
            found
            for kommune, some in few.items()
            for school in sorted(some)
            for found in attacked(
                table,
                cells,
                known={c: n for c, n in truth.items() if c[2] == school},
                wanted=[c for c in cells if c[1] == kommune and c[2] not in (school, "Total")],
            )
        ]

    assert learnt(dict(safe.cells())) == []
    assert learnt(dict(plain.cells())) != []  # the control: without the rule, the neighbour can be worked out


def test_what_cannot_be_hidden_is_refused_and_named() -> None:
    """The whole nation has three pupils: no counter-table has five of them when the total was shown before."""
    table = small({("A", "F"): 2, ("A", "M"): 1}, ("school",), ("gender",))
    everything = {codes: n if codes == ("Total", "Total") else None for codes, n in truth_of(table).items()}
    refused = suppress(table, previous=[as_earlier(table, everything)]).refused
    assert {cell.codes for cell in refused} >= {("A", "F"), ("A", "M")}


_DIGEST = """
import hashlib
from tests.data.suppression.tables import country
from tettpaa.data.suppression.engine import suppress
pattern = suppress(country(4, 6))
whole = hashlib.sha256(pattern.hidden.tobytes())
for one in pattern.certificates:
    whole.update(one.atoms.tobytes() + one.changes.tobytes())
print(whole.hexdigest())
"""


def _digest(pattern: engine.Pattern) -> str:
    whole = hashlib.sha256(pattern.hidden.tobytes())
    for one in pattern.certificates:
        whole.update(one.atoms.tobytes() + one.changes.tobytes())
    return whole.hexdigest()


def test_the_same_table_gives_the_same_pattern_and_proofs_whatever_the_hash_seed() -> None:
    here = _digest(suppress(country(4, 6)))
    for seed in ("1",):
        done = subprocess.run(
            [sys.executable, "-c", _DIGEST],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[3])},
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        assert done.stdout.strip() == here


def test_two_processes_give_what_one_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        engine, "SIZE", 2
    )  # small pieces: else a table this small is solved by one process anyway
    table = country(25, 2).without("gender")
    assert _digest(suppress(table, processes=2)) == _digest(suppress(table, processes=1))


def test_the_files_are_the_same_bit_for_bit(tmp_path: Path) -> None:
    table = country(5, 3)
    first, second = (publish(tmp_path / name, table) for name in ("one", "two"))
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]


def test_only_pieces_that_changed_are_solved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "SIZE", 3)
    solved: list[int] = []
    real = engine.solved
    monkeypatch.setattr(engine, "solved", lambda one: (solved.append(len(one.leaf)), real(one))[1])
    table, memory = country(12, 4).without("gender"), {}
    first = suppress(table, memory=memory)
    whole = len(solved)
    solved.clear()
    assert _digest(suppress(table, memory=memory)) == _digest(first)
    assert solved == []
    counts = table.counts.copy()
    counts[counts.argmax()] += 1  # one pupil more at one school
    changed = Table(table.hierarchy, table.dimensions, table.codes, counts)
    again = suppress(changed, memory=memory)
    assert 0 < len(solved) < whole
    assert _digest(again) == _digest(suppress(changed))
