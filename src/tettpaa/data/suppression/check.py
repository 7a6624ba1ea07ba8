"""The checker: adds up every counter-table and compares. It shares no code with the engine; read it and believe it."""

import csv
import itertools
import json
from collections import Counter
from collections.abc import Iterator


def check(table: str, published: str, certificates: str) -> Iterator[str]:
    """Names of the cells that fail, with the reason. Nothing comes out when the publication is proved."""
    with open(certificates, encoding="utf-8") as lines:  # noqa: PTH123
        head, *tables = [json.loads(line) for line in lines]
    names, n, k = head["hierarchy"] + head["dimensions"], head["count"], head["threshold"]
    with open(table, encoding="utf-8-sig") as file:  # noqa: PTH123
        truth = {tuple(row[c].strip() for c in names): int(row[n]) for row in csv.DictReader(file)}

    def added(inner: dict[tuple[str, ...], int]) -> Counter[tuple[str, ...]]:
        sums: Counter[tuple[str, ...]] = Counter()
        for codes, number in inner.items():
            tree, cross = codes[: len(head["hierarchy"])], codes[len(head["hierarchy"]) :]
            nodes = [tree[:i] + ("Total",) * (len(tree) - i) for i in range(len(tree) + 1)]
            ways = [[c, "Total"] + [s for name, s, of in head["sums"] if name == d and c in of]
                    for c, d in zip(cross, head["dimensions"], strict=True)]  # fmt: skip
            for node, rest in itertools.product(nodes, itertools.product(*ways)):
                sums[node + rest] += number
        return sums

    cells = added(truth)
    with open(published, encoding="utf-8-sig") as file:  # noqa: PTH123
        shown = {tuple(row[c] for c in names): row[n] for row in csv.DictReader(file)}
    yield from (f"{c}: not published" for c in cells.keys() - shown.keys())
    yield from (f"{c}: shows {v}" for c, v in shown.items() if v and int(v) != cells.get(c))
    up: set[tuple[str, ...]] = set()
    down: set[tuple[str, ...]] = set()
    for number, rows in enumerate(tables, start=2):
        change = {tuple(codes): by for *codes, by in rows}
        moved = added(change)
        yield from (f"{c}: below {head['floor']}" for c, by in change.items()
                    if truth.get(c, -1) + by < min(head["floor"], truth.get(c, 0)))  # fmt: skip
        yield from (f"{c}: shown, but line {number} moves it" for c, by in moved.items() if by and shown[c])
        up.update(c for c, by in moved.items() if cells[c] + by >= k)
        down.update(c for c, by in moved.items() if by < 0)
    for c, number in cells.items():
        if head["floor"] <= number < k and c not in up:
            yield f"{c}: can be proved to be under {k}"
        if head["floor"] < number < k and c not in down:
            yield f"{c}: can be proved to be {number} or more"
