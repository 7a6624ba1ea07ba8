"""Ways in which a good file goes wrong on its way to us (issue A, done when 3; trust.md T7)."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

DATES = ("03.apr", "3. apr", "2024-04-03", "03.04.2026", "apr.26", "2024-04-03 00:00:00")
ENCODINGS = (
    "utf-16-le", "utf-16", "utf-16-be", "utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-32", "cp850", "utf-7", "mac-roman", "cp037",
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """A good file as cells, and how it is written."""

    name: str
    rows: list[list[str]] = field(repr=False)
    separator: str
    end: str
    encoding: str
    told: bool
    figures: range  # columns that hold figures

    def write(self, rows: list[list[str]], encoding: str | None = None) -> bytes:
        lines = [f"sep={self.separator}"] if self.told else []
        lines += [self.separator.join(row) for row in rows]
        return (self.end.join(lines) + self.end).encode(encoding or self.encoding, "replace")


type Mutation = Callable[[Layout, random.Random], bytes]


def copy(layout: Layout) -> list[list[str]]:
    return [list(row) for row in layout.rows]


def some_row(layout: Layout, dice: random.Random) -> int:
    return dice.randrange(1, len(layout.rows))


def cut_bytes(layout: Layout, dice: random.Random) -> bytes:
    data = layout.write(layout.rows)
    return data[: dice.randrange(len(data))]


def cell_deleted(layout: Layout, dice: random.Random) -> bytes:
    rows = copy(layout)
    row = rows[some_row(layout, dice)]
    del row[dice.randrange(len(row))]
    return layout.write(rows)


def cell_inserted(layout: Layout, dice: random.Random) -> bytes:
    rows = copy(layout)
    row = rows[some_row(layout, dice)]
    row.insert(dice.randrange(len(row) + 1), dice.choice(["", "7", "*", "x"]))
    return layout.write(rows)


def row_shifted(layout: Layout, dice: random.Random) -> bytes:
    """A row pushed one cell to the left or right, its width kept."""
    rows = copy(layout)
    at = some_row(layout, dice)
    start = dice.randrange(len(rows[at]))
    rest = rows[at][start:]
    rows[at] = rows[at][:start] + (["", *rest[:-1]] if dice.random() < 0.5 else [*rest[1:], ""])
    return layout.write(rows)


def column_shifted(layout: Layout, dice: random.Random) -> bytes:
    """Figures of every row turned by one or two cells under headings that stay."""
    rows = copy(layout)
    turn, start, stop = dice.choice([1, 2]), layout.figures.start, layout.figures.stop
    for row in rows[1:]:
        part = row[start:stop]
        row[start:stop] = part[turn:] + part[:turn]
    return layout.write(rows)


def column_deleted(layout: Layout, dice: random.Random) -> bytes:
    rows = copy(layout)
    at = dice.randrange(len(rows[0]))
    for row in rows[dice.choice([0, 1]) :]:
        del row[at]
    return layout.write(rows)


def encoded(layout: Layout, dice: random.Random) -> bytes:
    return layout.write(layout.rows, dice.choice(ENCODINGS))


def encoded_twice(layout: Layout, dice: random.Random) -> bytes:
    """Letters read with the wrong code page and saved again: Ã¥ for å."""
    text = layout.write(layout.rows, "utf-8").decode("cp1252", "replace")
    return text.encode(dice.choice(["utf-8", "utf-16", "cp1252"]), "replace")


def bytes_mixed(layout: Layout, dice: random.Random) -> bytes:
    """The end of the file in another encoding than its start."""
    data = layout.write(layout.rows)
    at = dice.randrange(len(data))
    return data[:at] + layout.write(layout.rows, dice.choice(["utf-8", "cp1252", "utf-16-le"]))[at:]


def unit_doubled(layout: Layout, dice: random.Random) -> bytes:
    rows = copy(layout)
    row = list(rows[some_row(layout, dice)])
    if dice.random() < 0.5:
        at = dice.choice(layout.figures)
        row[at] = dice.choice(["49", "51", "*", ""])
    rows.insert(some_row(layout, dice), row)
    return layout.write(rows)


def rows_swapped(layout: Layout, dice: random.Random) -> bytes:
    rows = copy(layout)
    a, b = some_row(layout, dice), some_row(layout, dice)
    rows[a], rows[b] = rows[b], rows[a]
    return layout.write(rows)


def heading_changed(layout: Layout, dice: random.Random) -> bytes:
    rows = copy(layout)
    at = dice.randrange(len(rows[0]))
    head = rows[0][at]
    spot = dice.randrange(max(len(head), 1))
    rows[0][at] = dice.choice(
        [head[:spot] + "x" + head[spot + 1 :], head.upper(), "", head + "2024", head[:-1], "Ny kolonne"]
    )
    return layout.write(rows)


def heading_repeated(layout: Layout, dice: random.Random) -> bytes:
    rows = copy(layout)
    rows[0][dice.randrange(len(rows[0]))] = rows[0][dice.randrange(len(rows[0]))]
    return layout.write(rows)


def heading_lost(layout: Layout, dice: random.Random) -> bytes:
    del dice
    return layout.write(copy(layout)[1:])


def date_for_number(layout: Layout, dice: random.Random) -> bytes:
    rows = copy(layout)
    filled = [(row, at) for row in rows[1:] for at in layout.figures if row[at][:1].isdigit()]
    for row, at in dice.sample(filled, dice.randint(1, 4)):
        row[at] = dice.choice(DATES)
    return layout.write(rows)


def comma_lost(layout: Layout, dice: random.Random) -> bytes:
    """Every decimal comma taken away, as when a program reads it as a thousands sign."""
    del dice
    rows = copy(layout)
    for row in rows[1:]:
        for at in layout.figures:
            row[at] = row[at].replace(",", "")
    return layout.write(rows)


def noise_in_a_figure(layout: Layout, dice: random.Random) -> bytes:
    rows = copy(layout)
    row = rows[some_row(layout, dice)]
    row[dice.choice(layout.figures)] = dice.choice(
        ["x", "1.234", "12 %", "=1+1", "#REF!", "1e5", "NaN", "1;2", "\x00"]
    )
    return layout.write(rows)


def lines_lost(layout: Layout, dice: random.Random) -> bytes:
    """Line ends lost between two rows."""
    data = layout.write(layout.rows)
    end = layout.end.encode(layout.encoding)
    at = data.find(end, dice.randrange(len(data)))
    return data if at < 0 else data[:at] + data[at + len(end) :]


MUTATIONS: tuple[Mutation, ...] = (
    cut_bytes, cell_deleted, cell_inserted, row_shifted, column_shifted, column_deleted, encoded, encoded_twice, bytes_mixed,
    unit_doubled, rows_swapped, heading_changed, heading_repeated, heading_lost, date_for_number, comma_lost, noise_in_a_figure,
    lines_lost,
)  # fmt: skip
