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
    columns, n = [*head["hierarchy"], *head["dimensions"]], head["count"]
    k, floor = head["threshold"], head["floor"]
    truth = {tuple(row[c].strip() for c in columns): int(row[n]) for row in _rows(table)}
    cells = _sums(truth, head)
    rows = [(tuple(row[c] for c in columns), row[n]) for row in _rows(published)]
    times = Counter(c for c, _ in rows)
    yield from (f"{c}: published twice" for c in times if times[c] > 1)
    yield from (f"{c}: not published" for c in cells if not times[c])
    yield from (f"{c}: shows {value}" for c, value in rows if value and int(value) != cells.get(c))
    known = {c for c, value in rows if value}.union(*(_still(path, columns, n, cells) for path in earlier))
    up: set[Codes] = set()
    down: set[Codes] = set()
    for line, proof in enumerate(proofs, start=2):
        change = {tuple(codes): by for *codes, by in proof}
        moved = {c: by for c, by in _sums(change, head).items() if by}
        under = [c for c, by in change.items() if by < 0 and truth.get(c, 0) + by < floor]
        yield from (f"{c}: line {line} moves what is no group" for c in change if c not in truth)
        yield from (f"{c}: below {floor} in line {line}" for c in under)
        yield from (f"{c}: shown, but line {line} moves it" for c in moved if c in known)
        up.update(c for c, by in moved.items() if cells[c] + by >= k)
        down.update(c for c, by in moved.items() if by < 0)
    small = {c: value for c, value in cells.items() if floor <= value < k}
    yield from (f"{c}: can be proved to be under {k}" for c in small if c not in up)
    yield from (
        f"{c}: can be proved to be {small[c]} or more" for c in small if small[c] > floor and c not in down
    )


def _rows(path: str) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig") as file:  # noqa: PTH123
        return list(csv.DictReader(file))


def _sums(inner: dict[Codes, int], head: dict[str, Any]) -> Counter[Codes]:
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


def _still(path: str, columns: list[str], n: str, cells: Counter[Codes]) -> Iterator[Codes]:
    """Cells that an earlier publication shows as they are now. What only it splits must be summed out, and its
    `Total` of a column is ours where both have the same codes there."""
    old = {tuple(row.get(c, "Total") for c in columns): row[n] for row in _rows(path)
           if all(row[c] == "Total" for c in row.keys() - {*columns, n, "status"})}  # fmt: skip
    same = [{*then} in ({*now}, {"Total"}) for now, then in zip(zip(*cells), zip(*old))]  # noqa: B905
    for codes, value in old.items():
        if value == str(cells.get(codes)) and all(
            c != "Total" or one for c, one in zip(codes, same, strict=True)
        ):
            yield codes
