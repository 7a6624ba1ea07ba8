"""The certified engine from the outside: plain files in, checked by the checker, attacked by the attacker."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.data.suppression.attack import Attack, Codes, failing, read
from tests.data.suppression.tables import DIMENSIONS, HIERARCHY, country, write
from tettpaa.data.suppression.check import check
from tettpaa.data.suppression.engine import suppress
from tettpaa.data.suppression.system import build
from tettpaa.data.suppression.table import Rules, Table

K = 5


def run(folder: Path, table: Table, **more: object) -> tuple[Path, Path, Path]:
    """Publish by the command; the three files."""
    files = (folder / "table.csv", folder / "published.csv", folder / "certificates.jsonl")
    write(table, files[0])
    options = {
        "hierarchy": ",".join(table.hierarchy),
        "dimensions": ",".join(table.dimensions),
        "threshold": K,
    }
    call_command("suppress", files[0], output=files[1], certificates=files[2], processes=1, **options | more)
    return files


def truth_of(table: Table) -> dict[Codes, int]:
    system = build(table)
    values = system.values[system.published.unique].tolist()
    return {system.published.codes(at): value for at, value in enumerate(values)}


def attacked(table: Table, published: Path) -> list[Codes]:
    """The small cells of the table that follow from the publication."""
    _, cells = read(published)
    truth = truth_of(table)
    return failing(Attack(len(table.hierarchy), cells), truth.__getitem__, K)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_publication_is_proved_and_stands_the_attack(tmp_path: Path, seed: int) -> None:
    table = country(8, seed)
    files = run(tmp_path, table)
    assert list(check(*map(str, files))) == []
    assert attacked(table, files[1]) == []
    truth, (columns, cells) = truth_of(table), read(files[1])
    assert columns == (*HIERARCHY, *DIMENSIONS)
    assert cells.keys() == truth.keys()
    assert {c: v for c, v in cells.items() if v is not None} == {
        c: truth[c] for c, v in cells.items() if v is not None
    }
    assert all(cells[c] is None for c, value in truth.items() if value < K)
    with files[1].open(encoding="utf-8") as file:
        assert {row["status"] for row in csv.DictReader(file)} == {"shown", "hidden"}
    call_command("suppress-check", *map(str, files))


@pytest.mark.slow
def test_the_same_table_gives_the_same_files_bit_for_bit(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made.append([file.read_bytes() for file in run(tmp_path / name, country(5, 3))])
    assert made[0] == made[1]


def test_hiding_the_small_cells_alone_is_caught(tmp_path: Path) -> None:
    table = country(4, 1)
    truth = truth_of(table)
    cells = {codes: None if value < K else value for codes, value in truth.items()}
    assert failing(Attack(3, cells), truth.__getitem__, K) != []


def test_the_checker_names_a_shown_small_cell_and_a_wrong_table(tmp_path: Path) -> None:
    table = country(4, 2)
    files = run(tmp_path, table)
    rows = files[1].read_text(encoding="utf-8").splitlines()
    at = next(number for number, row in enumerate(rows) if row.endswith(",,hidden"))
    codes = tuple(rows[at].split(",")[:6])
    rows[at] = rows[at].replace(",,hidden", f",{truth_of(table)[codes]},shown")
    (tmp_path / "planted.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    found = list(check(str(files[0]), str(tmp_path / "planted.csv"), str(files[2])))
    assert any("moves it" in line and codes[-1] in line for line in found)
    with pytest.raises(CommandError, match="moves it"):
        call_command("suppress-check", str(files[0]), str(tmp_path / "planted.csv"), str(files[2]))
    lines = files[2].read_text(encoding="utf-8").splitlines()
    (tmp_path / "fewer.jsonl").write_text("\n".join(lines[:1]) + "\n", encoding="utf-8")
    lacking = list(check(str(files[0]), str(files[1]), str(tmp_path / "fewer.jsonl")))
    assert any("can be proved to be under 5" in line for line in lacking)
    head = json.loads(lines[0])
    assert (head["threshold"], head["hierarchy"]) == (K, list(HIERARCHY))
    with pytest.raises(CommandError, match="cannot be checked"):
        call_command("suppress-check", str(files[0]), str(files[1]), str(files[1]))


@pytest.mark.slow
def test_a_hidden_cell_stays_hidden_beside_the_next_release(tmp_path: Path) -> None:
    """Two years of one municipality: what the first one hid is not given away by the second, nor by both together."""
    first, second = (country(3, seed) for seed in (5, 5))
    counts = second.counts.copy()
    counts[np.flatnonzero(counts >= K)[:3]] += 1
    second = Table(second.hierarchy, second.dimensions, second.codes, counts)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    earlier = run(tmp_path / "a", first)
    later = run(tmp_path / "b", second, previous=[earlier[1]])
    hidden = {codes for codes, value in read(earlier[1])[1].items() if value is None}
    again = read(later[1])[1]
    assert {codes for codes in hidden if again[codes] is not None and truth_of(second)[codes] < K} == set()
    assert attacked(second, later[1]) == []


def test_what_cannot_be_proved_is_refused_with_the_coarser_table(tmp_path: Path) -> None:
    """One small cell and nothing to hide it among: nothing is written."""
    table = Table(("school",), ("gender",), (("A", "F"), ("A", "M")), np.array([2, 0]))
    write_path = tmp_path / "table.csv"
    write(table, write_path)
    with pytest.raises(CommandError):
        call_command(
            "suppress", write_path, hierarchy="school", dimensions="gender", threshold=K,
            previous=[_earlier(tmp_path)], output=tmp_path / "out.csv",
        )  # fmt: skip
    assert not (tmp_path / "out.csv").exists()


def _earlier(folder: Path) -> Path:
    path = folder / "earlier.csv"
    path.write_text("school,gender,n,status\nA,F,x,shown\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "kan ikke leses|har ingen rader"),
        ("school,gender,n\n", "har ingen rader"),
        ("school,n\nA,3\n", "mangler kolonnen «gender»"),
        ("school,gender,n,more\nA,F,3,1\n", "kolonnen «more» er ikke nevnt"),
        ("school,gender,n\nA,F\n", "linje 2: har 2 felter"),
        ("school,gender,n\nA,,3\n", "linje 2, kolonne «gender»: er tom"),
        ("school,gender,n\nA,Total,3\n", "«Total» er reservert"),
        ("school,gender,n\nA,F,3.5\n", "«3.5» er ikke et helt tall"),
        ("school,gender,n\nA,F,3\nA,F,4\n", "linje 3: samme celle står på linje 2"),
    ],
)
def test_a_bad_file_is_told_by_line_and_column_and_nothing_is_written(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "table.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=said):
        call_command(
            "suppress", tmp_path / "table.csv", hierarchy="school", dimensions="gender",
            output=tmp_path / "out.csv",
        )  # fmt: skip
    assert not (tmp_path / "out.csv").exists()


def test_memory_solves_only_what_changed() -> None:
    table, memory = country(4, 4), {}
    first = suppress(table, Rules(K), memory=memory)
    kept = dict(memory)
    second = suppress(table, Rules(K), memory=memory)
    assert memory.keys() == kept.keys()
    assert first.hidden.tolist() == second.hidden.tolist()
