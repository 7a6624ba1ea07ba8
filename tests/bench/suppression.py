"""The certified engine on tables of three sizes: what it hides, what it costs, and whether checker and attacker find
anything. The table of docs/suppression.md."""

import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.bench.elimination import linear_secondary
from tests.bench.table import Line
from tests.data.suppression.attack import Attack, Codes, failing, read
from tests.data.suppression.tables import country, write
from tettpaa.data.suppression.check import check
from tettpaa.data.suppression.engine import Pattern, suppress
from tettpaa.data.suppression.files import write_certificates, write_published
from tettpaa.data.suppression.system import System, build
from tettpaa.data.suppression.table import Table

THRESHOLD = 5
SECONDS = {50: 10, 350: 90, 2800: 900}  # targets, CPU seconds
GAUSS = {50: 3807, 350: 16827}  # pupils behind GaussSuppression's secondary cells, on such tables
ALLOWED = 1.3
ELIMINATED = 400  # schools: larger tables do not fit in memory for the yardstick


@dataclass(frozen=True)
class Result:
    """One table: cells, small ones, secondary ones and their pupils; CPU seconds of the engine and of the equations;
    needs without and counter-tables with whole numbers; cells that the checker and the attacker got. `linear`: the
    pupils that the rule of GaussSuppression hides of the very same table, 0 where that was not reckoned."""

    schools: int
    seed: int
    cells: int
    primary: int
    secondary: int
    pupils: int
    seconds: float
    baseline: float
    fractional: int
    whole: int
    unproved: int
    attacked: int
    failed: int
    linear: int


def measure(*, schools: Sequence[int], seeds: Sequence[int], sample: int, processes: int) -> list[Line]:
    """Print the table and give the lines that have a target."""
    head = (
        "schools",
        "seed",
        "cells",
        "primary",
        "secondary",
        "pupils",
        "linear",
        "CPU s",
        "fract.",
        "whole",
        "checker",
    )
    print("\n" + "".join(f"{word:>11}" for word in head) + "   attack")
    lines = []
    for size in schools:
        found = [one(size, seed, sample, processes) for seed in seeds]
        seconds, baseline = (
            float(np.mean([getattr(r, name) for r in found])) for name in ("seconds", "baseline")
        )
        failed = sum(r.failed + r.unproved + r.fractional for r in found)
        target = f"≤ {SECONDS[size]}" if size in SECONDS else ""
        lines.append(
            Line(f"suppression, {size} schools", seconds, "CPU s", "its equations", baseline, target)
        )
        lines.append(
            Line(f"cells that fail, {size} schools", failed, "", "small cells", found[0].primary, "0")
        )
        pupils = float(np.mean([r.pupils for r in found]))
        for name, other in (
            ("linear elimination, same tables", float(np.mean([r.linear for r in found]))),
            ("GaussSuppression, such tables", GAUSS.get(size, 0)),
        ):
            if other:
                lines.append(Line(f"pupils in secondary cells, {size} schools", pupils, "", name, other,
                                  f"≤ {ALLOWED} ×"))  # fmt: skip
    return lines


def one(schools: int, seed: int, sample: int, processes: int) -> Result:
    """One table from a seed: suppressed, checked, attacked."""
    table = country(schools, seed)
    began = _cpu()
    build(table)
    baseline = _cpu() - began
    began, clock = _cpu(), time.perf_counter()
    pattern = suppress(table, processes=processes)
    seconds, wall = _cpu() - began, time.perf_counter() - clock
    values = pattern.system.values[pattern.system.published.unique]
    secondary = pattern.hidden & (values >= THRESHOLD)
    unproved, attacked, failed = _outside(table, pattern, sample)
    result = Result(
        schools, seed, len(values), int((values < THRESHOLD).sum()), int(secondary.sum()),
        int(values[secondary].sum()), seconds, baseline, len(pattern.refused), len(pattern.certificates),
        unproved, attacked, failed, _linear(pattern.system) if schools <= ELIMINATED else 0,
    )  # fmt: skip
    shown = (schools, seed, result.cells, result.primary, result.secondary, result.pupils, result.linear, f"{seconds:.1f}",
             result.fractional, result.whole, unproved)  # fmt: skip
    row = "".join(f"{value:>11}" for value in shown)
    print(f"{row}   {failed} of {attacked} fail   ({wall:.0f} s by the clock)", flush=True)
    return result


def _linear(system: System) -> int:
    """Pupils in the cells that linear elimination alone hides besides the small ones."""
    hidden = linear_secondary(system, system.values < THRESHOLD)
    return int((system.values * system.copies)[hidden].sum())


def _cpu() -> float:
    """CPU seconds of this process and of those it has waited for."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _outside(table: Table, pattern: Pattern, sample: int) -> tuple[int, int, int]:
    """From the plain files: failures that the checker names, small cells attacked, and those that fell."""
    with tempfile.TemporaryDirectory(prefix="tettpaa-bench-") as folder:
        paths = [Path(folder) / name for name in ("table.csv", "published.csv", "certificates.jsonl")]
        write(table, paths[0])
        write_published(pattern, paths[1])
        write_certificates(pattern, paths[2])
        unproved = len(list(check(*map(str, paths))))
        cells = read(paths[1])[1]
    published = pattern.system.published
    truth = dict(
        zip(
            map(published.codes, range(len(published.unique))),
            pattern.system.values[published.unique].tolist(),
            strict=True,
        )
    )
    wanted = _wanted(truth, sample)
    return (
        unproved,
        len(wanted),
        len(failing(Attack(len(table.hierarchy), cells), truth.__getitem__, THRESHOLD, wanted)),
    )


def _wanted(truth: dict[Codes, int], sample: int) -> list[Codes]:
    """All small cells, or so many of them, and all above the schools."""
    small = [codes for codes, value in truth.items() if value < THRESHOLD]
    if len(small) <= sample:
        return small
    above = [codes for codes in small if codes[2] == "Total"]
    drawn = np.random.default_rng(0).choice(len(small), sample, replace=False)
    return list(dict.fromkeys([*above[:sample], *(small[i] for i in drawn)]))
