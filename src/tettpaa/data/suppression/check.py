"""The checker: adds up every counter-table and compares. It shares no code with the engine; read it and believe it."""

import csv
import itertools
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

type Codes = tuple[str, ...]


def check(table: str, published: str, certificates: str, earlier: Sequence[str] = ()) -> Iterator[str]:
    """Names of the cells that fail, with the reason. Nothing comes out when the publication is proved.

    Arguments are paths. `earlier`: publications that can still be read; their numbers may not be moved either.
    """
    with open(certificates, encoding="utf-8") as lines:  # noqa: PTH123
        head, *proofs = [json.loads(line) for line in lines]
    names, n, k, floor = (
        head["hierarchy"] + head["dimensions"],
        head["count"],
        head["threshold"],
        head["floor"],
    )
    truth = {tuple(row[c].strip() for c in names): int(row[n]) for row in _rows(table)}
    cells = _added(head, truth)
    rows = [(tuple(row[c] for c in names), row[n]) for row in _rows(published)]
    shown = {c: v for c, v in rows if v}
    yield from (f"{c}: published twice" for c, times in Counter(c for c, _ in rows).items() if times > 1)
    yield from (f"{c}: not published" for c in cells if c not in dict(rows))
    yield from (f"{c}: shows {v}" for c, v in rows if v and int(v) != cells.get(c))
    known = shown.keys() | {c for path in earlier for c in _still(names, n, cells, _rows(path))}
    up: set[Codes] = set()
    down: set[Codes] = set()
    for number, proof in enumerate(proofs, start=2):
        change = {tuple(codes): by for *codes, by in proof}
        moved = _added(head, change)
        yield from (f"{c}: line {number} moves what is no group" for c in change if c not in truth)
        yield from (f"{c}: below {floor} in line {number}" for c, by in change.items()
                    if c in truth and truth[c] + by < min(floor, truth[c]))  # fmt: skip
        yield from (f"{c}: shown, but line {number} moves it" for c, by in moved.items() if by and c in known)
        up.update(c for c, by in moved.items() if cells[c] + by >= k)
        down.update(c for c, by in moved.items() if by < 0)
    for c, value in cells.items():
        if floor <= value < k and c not in up:
            yield f"{c}: can be proved to be under {k}"
        if floor < value < k and c not in down:
            yield f"{c}: can be proved to be {value} or more"


def _rows(path: str) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig") as file:  # noqa: PTH123
        return list(csv.DictReader(file))


def _added(head: dict[str, Any], inner: dict[Codes, int]) -> Counter[Codes]:
    """Every sum of every margin that these inner cells make."""
    height = len(head["hierarchy"])
    sums: Counter[Codes] = Counter()
    for codes, number in inner.items():
        nodes = [codes[:i] + ("Total",) * (height - i) for i in range(height + 1)]
        ways = [[c, "Total"] + [label for name, label, of in head["sums"] if name == d and c in of]
                for c, d in zip(codes[height:], head["dimensions"], strict=True)]  # fmt: skip
        for node, rest in itertools.product(nodes, itertools.product(*ways)):
            sums[node + rest] += number
    return sums


def _still(names: list[str], n: str, cells: Counter[Codes], old: list[dict[str, str]]) -> Iterator[Codes]:
    """Cells that an earlier publication shows as they are now. A `Total` is the same sum when both files have the same
    categories of that column; a column that only the earlier one has must be summed out."""
    finer = old[0].keys() - {*names, n, "status"} if old else ()
    same = {
        c
        for at, c in enumerate(names)
        if {row.get(c, "Total") for row in old} - {"Total"}
        in (set(), {codes[at] for codes in cells} - {"Total"})
    }
    for row in old:
        codes = tuple(row.get(c, "Total") for c in names)
        whole = all(row[c] == "Total" for c in finer)
        fixed = all(code != "Total" or c in same for code, c in zip(codes, names, strict=True))
        if whole and fixed and row[n] == str(cells.get(codes)):
            yield codes
