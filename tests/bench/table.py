"""The table at the end, and how a command is timed."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One measurement: seconds (or milliseconds, said in the unit) against a baseline of the same run."""

    what: str
    value: float
    unit: str
    baseline: str
    baseline_value: float
    target: str

    @property
    def ratio(self) -> float:
        return self.value / self.baseline_value if self.baseline_value else float("nan")


def show(lines: list[Line]) -> None:
    """Print the table; the ratio is what may be quoted, the machine's speed drifts."""
    print(f"\n{'what':58} {'value':>10}   {'baseline':34} {'value':>10} {'ratio':>7}   target")
    for line in lines:
        value, base = f"{line.value:.3g} {line.unit}", f"{line.baseline_value:.3g} {line.unit}"
        print(
            f"{line.what:58} {value:>10}   {line.baseline:34} {base:>10} {line.ratio:>7.2f}   {line.target}"
        )


def timed(arguments: list[str], env: dict[str, str]) -> float:
    """Wall seconds of `python -m …`, the whole process."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", *arguments],
        check=True,
        env=os.environ | env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    return time.perf_counter() - started


def told(module: str, arguments: list[str], env: dict[str, str]) -> list[str]:
    """Run a measuring module in a process of its own and return the words it prints last."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        check=True,
        env=os.environ | env,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout.strip().splitlines()[-1].split()
