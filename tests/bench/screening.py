"""The screening on schools whose truth is known: the tables of docs/statistics.md, measured anew beside them."""

import time
from collections.abc import Sequence

import numpy as np

from tests.bench import screening_changes, screening_levels
from tests.bench.table import Line
from tests.data.stats.screening.world import TRUE, world
from tettpaa.data.stats.screening.changes import changes
from tettpaa.data.stats.screening.fit import fit
from tettpaa.data.stats.screening.levels import levels
from tettpaa.data.stats.screening.marks import level_count, screen
from tettpaa.data.stats.screening.parts import shipped


def measure(*, level_worlds: int = 20, change_worlds: int = 10) -> list[Line]:
    """Print both tables and give the lines that have a target. A minute on one core."""
    found = screening_levels.tables(level_worlds)
    moved = screening_changes.table(change_worlds)
    show_levels(found)
    show_changes(moved)
    return [*level_lines(found), *change_lines(moved), *end_to_end()]


def show_levels(found: screening_levels.LevelTables) -> None:
    print("\nWeak level, last 3 of 10 years, per cent (in brackets: docs/statistics.md)")
    print(f"{'rule':42} {'flagged':>13} {'false':>13} {'power':>13} {'precision':>13}   false by size")
    for name, parts in found.rules.items():
        known = screening_levels.KNOWN[name]
        cells = [f"{part:5.1f} ({old:>4})" for part, old in zip(parts, known, strict=False)]
        sizes = " ".join(f"{part:4.1f}" for part in parts[4:])
        print(f"{name:42} {' '.join(f'{cell:>13}' for cell in cells)}   {sizes}")
    print("Power at 3 % and at 1 % false alarms")
    for name, powers in found.power.items():
        known = screening_levels.KNOWN_POWER[name]
        cells = [
            f"{power:5.1f} ({'' if old is None else old})" for power, old in zip(powers, known, strict=True)
        ]
        print(f"{name:42} {' '.join(f'{cell:>13}' for cell in cells)}")
    for title, table in (("95 % interval covers", found.coverage), ("error (RMSE)", found.rmse)):
        print(f"{title}: " + ", ".join(f"{name} {value:.2f}" for name, value in table.items()))
    print(
        "When no school differs: " + ", ".join(f"{name} {value:.1f} %" for name, value in found.null.items())
    )
    print(
        f"Two years, nothing changed: median {found.two_years[0]:.1f}, more than 2: {found.two_years[1]:.0f} %"
    )


def show_changes(found: screening_changes.ChangeTable) -> None:
    print(
        "\nA fall from year 6, per cent: false a year, then found by year 3/5 (in brackets: docs/statistics.md)"
    )
    heads = ("false", "drop, all", "slide, all", "drop, one", "slide, one")
    print(f"{'rule':34} {heads[0]:>10} " + " ".join(f"{head:>20}" for head in heads[1:]))
    for name, parts in found.rules.items():
        known = screening_changes.KNOWN.get(name)
        print(f"{name:34} {parts[0]:>10.1f} " + " ".join(f"{cell:>20}" for cell in _pairs(parts, known)))
    print("Limits that give 1 % a year, all tests and one test:")
    for name, limits in found.limits.items():
        if limits != (0.0, 0.0):
            print(f"  {name:34} {limits[0]:6.3f} {limits[1]:6.3f}")


def _pairs(parts: Sequence[float], known: Sequence[float] | None) -> list[str]:
    cells = []
    for i in range(1, 9, 2):
        old = "" if known is None else f" ({known[i]}/{known[i + 1]})"
        cells.append(f"{parts[i]:.0f}/{parts[i + 1]:.0f}{old}")
    return cells


def level_lines(found: screening_levels.LevelTables) -> list[Line]:
    nine = found.rules["nine tests, P(under -2) > 0.5"]
    return [
        Line("weak schools found at 3 % false alarms, nine tests", found.power["nine tests, P"][0], "%",
             "3 of 3 years below", found.power["naive"][0], "≥ 94"),
        Line("95 % interval covers, nine tests", found.coverage["nine tests"], "%", "chance alone",
             found.coverage["chance alone"], "95 ± 1"),
        Line("95 % interval covers, one test", found.coverage["one test"], "%", "chance alone",
             found.coverage["chance alone"], "95 ± 1"),
        Line("«følg med» and «klart svakt»: false alarms", nine[1], "%", "3 of 3 years below",
             found.rules["naive: below the nation 3 of 3 years"][1], "≤ 0.4"),
    ]  # fmt: skip


def change_lines(found: screening_changes.ChangeTable) -> list[Line]:
    naive = found.rules["naive: 3 years below the nation"]
    lines = []
    for name in screening_changes.OURS:
        ours = found.rules[name]
        lines.append(
            Line(f"{name}: false alarms a year", ours[0], "%", "3 years below", naive[0], "1.0 ± 0.2")
        )
        lines.append(
            Line(
                f"{name}: drops found by year 3",
                ours[1],
                "%",
                "3 years below",
                naive[1],
                "≥ 65" if "early" in name else "≥ 72",
            )
        )
    return lines


def end_to_end(schools: int = 2800) -> list[Line]:
    """The whole way on one nation, as the command goes it: parts estimated, levels, falls; CPU seconds."""
    made = world(schools, 4242)
    started = time.process_time()
    found = screen(
        made.results, parts=fit(made.results, shipped().on_scale(10.0), prior=shipped().on_scale(10.0)).parts
    )
    spent = time.process_time() - started
    truth = np.concatenate([made.truth, made.truth.mean(axis=1, keepdims=True)], axis=1)
    inside = np.abs(found.levels.estimate - truth) <= 1.96 * found.levels.sd
    count = level_count(found, range(found.whole))
    wrong = int(((found.levels.p_weak > 0.5) & (truth >= -2.0))[:, : found.whole].sum())
    began = time.process_time()
    levels(made.results, TRUE)
    changes(made.results, TRUE)
    bare = time.process_time() - began
    return [
        Line("parts estimated from the file: interval covers", 100 * float(inside[:, :-1].mean()), "%", "the school",
             100 * float(inside[:, -1].mean()), "95 ± 1"),
        Line("marks that are wrong", float(wrong), "", "told beforehand", count.by_chance, "1.0 ± 0.1"),
        Line("screening 2,800 schools, 9 tests, 10 years", spent, "CPU s", "with known parts", bare, "≤ 30"),
    ]  # fmt: skip
