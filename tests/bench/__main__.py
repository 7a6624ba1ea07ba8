"""`make bench`: the figures of docs/decisions and the closing notes, each as a ratio to a baseline run beside it."""

import argparse
import os
import tempfile
from pathlib import Path

from tests.bench import imports, offers, pages, reports, screening, suppression, surfaces, work
from tests.bench.table import Line, show
from tests.cluster import binaries, cluster


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument(
        "--observations", type=int, default=int(os.environ.get("BENCH_OBSERVATIONS", "16800000"))
    )
    parser.add_argument("--rows", type=int, default=int(os.environ.get("BENCH_ROWS", "1000000")))
    parser.add_argument(
        "--only",
        choices=["imports", "offers", "pages", "reports", "screening", "suppression", "surfaces", "work"],
        help="surfaces takes half an hour, and is run by wish only",
    )
    parser.add_argument(
        "--schools", type=int, nargs="+", default=[50], help="sizes of the tables to suppress"
    )
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3], help="seeds of these tables")
    parser.add_argument("--attack", type=int, default=2000, help="how many small cells to attack in each")
    parser.add_argument("--processes", type=int, default=2)
    wanted = parser.parse_args()
    lines: list[Line] = []
    for kind in (
        [wanted.only]
        if wanted.only
        else ["screening", "suppression", "imports", "reports", "work", "offers", "pages"]
    ):
        if kind in ("screening", "surfaces"):  # arithmetic alone, or the tests' own database
            lines += said((screening if kind == "screening" else surfaces).measure())
            continue
        if kind == "suppression":
            lines += said(
                suppression.measure(
                    schools=wanted.schools,
                    seeds=wanted.seeds,
                    sample=wanted.attack,
                    processes=wanted.processes,
                )
            )
            continue
        # Each kind on a database of its own: a million rows more would change the next one's figures.
        with tempfile.TemporaryDirectory(prefix="tettpaa-bench-") as folder:
            address = f"sqlite:///{folder}/bench.sqlite3"
            lines += on_database("SQLite", address, Path(folder), kind, wanted)
        if binaries() and kind != "reports":
            with tempfile.TemporaryDirectory(prefix="tettpaa-bench-") as folder, cluster() as address:
                lines += on_database("PostgreSQL", address, Path(folder), kind, wanted)
    if not binaries():
        print("PostgreSQL is not installed: its lines are left out.")
    show(lines)


def on_database(name: str, address: str, folder: Path, kind: str, wanted: argparse.Namespace) -> list[Line]:
    """One kind of measurement on one database, in processes of their own with that database's address."""
    env = {
        "DATABASE_URL": address,
        "TETTPAA_DATA_DIR": str(folder),
        "TETTPAA_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "tettpaa.site.settings",
    }
    if kind == "imports":
        return said(imports.measure(name, env, folder, wanted.rows))
    if kind == "reports":
        return said(reports.measure(env, folder))
    if kind in {"offers", "work"}:
        return said({"offers": offers, "work": work}[kind].measure(name, env))
    return said(pages.measure(name, env, wanted.observations))


def said(lines: list[Line]) -> list[Line]:
    """Tell each measurement as it comes; the whole takes a quarter of an hour."""
    for line in lines:
        print(f"{line.what}: {line.value:.3g} {line.unit} ({line.ratio:.2f} × {line.baseline})", flush=True)
    return lines


if __name__ == "__main__":
    main()
