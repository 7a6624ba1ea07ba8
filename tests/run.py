"""`make test`: everything the machine allows, on both databases, with one coverage figure; says what it skipped."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.cluster import binaries, cluster

ROOT = Path(__file__).resolve().parent.parent
# What touches the database; the plain rooms and the readers need not run twice.
WITH_DATABASE = (
    "tests/core/accounts",
    "tests/core/audit",
    "tests/core/jobs",
    "tests/core/orgs",
    "tests/data/indicators/test_*.py",
    "tests/data/sources/fetch/test_fetch_*.py",
    "tests/data/sources/test_import*.py",
    "tests/work/funds/test_road.py",
    "tests/work/offers/test_concurrency.py",
    "tests/work/offers/test_line.py",
    "tests/report/annual",
    "tests/doors",
    "tests/house/test_every_door.py",
    "tests/house/test_migrations.py",
)
# These prove a file format or a process and do not depend on the database's make.
ONCE_ONLY = "not journey and not slow"


def main() -> int:
    """Run the suites; the exit status is 1 when anything failed, or was skipped though TETTPAA_NO_SKIP is set."""
    skipped = []
    chromium, postgres = shutil.which("chromium"), binaries()
    marks = [] if chromium else ["-m", "not journey"]
    if not chromium:
        skipped.append("browser journeys (no Chromium: apt-get install chromium)")
    (ROOT / ".cache").mkdir(exist_ok=True)
    for old in (ROOT / ".cache").glob("coverage*"):
        old.unlink()
    print("== SQLite", flush=True)
    failed = suite(["tests", *marks], {})
    if postgres:
        print("== PostgreSQL", flush=True)
        with cluster(gathers=False) as address:
            failed |= suite(
                [*database_tests(), "-m", ONCE_ONLY],
                {"DATABASE_URL": address},
            )
    else:
        skipped.append("the suite on PostgreSQL (apt-get install postgresql)")
    subprocess.run([sys.executable, "-m", "coverage", "combine", "-q"], check=True, cwd=ROOT)
    if subprocess.run([sys.executable, "-m", "coverage", "report"], check=False, cwd=ROOT).returncode:
        failed = True
    for line in skipped:
        print(f"SKIPPED: {line}")
    if skipped and os.environ.get("TETTPAA_NO_SKIP"):
        print("Nothing may be skipped here.")
        failed = True
    print("FAILED" if failed else "All tests passed.")
    return int(failed)


def database_tests() -> list[str]:
    """The paths of WITH_DATABASE, found."""
    return [str(path.relative_to(ROOT)) for pattern in WITH_DATABASE for path in sorted(ROOT.glob(pattern))]


def suite(arguments: list[str], environment: dict[str, str]) -> bool:
    """One pytest run under coverage on both cores; True when it failed."""
    line = [
        sys.executable,
        "-m",
        "coverage",
        "run",
        "-m",
        "pytest",
        "-q",
        "-n",
        "2",
        "--dist",
        "loadscope",
        *arguments,
    ]
    started = time.monotonic()
    done = subprocess.run(line, check=False, cwd=ROOT, env=os.environ | environment)
    print(f"   {time.monotonic() - started:.0f} s", flush=True)
    return done.returncode != 0


if __name__ == "__main__":
    sys.exit(main())
