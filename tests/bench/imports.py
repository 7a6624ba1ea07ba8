"""Importing: a national file against reading it bare, and a million rows of the template."""

import csv
import io
import lzma
import random
import statistics
import time
from pathlib import Path

import duckdb

from tests.bench.table import Line, timed

FILES = Path(__file__).resolve().parents[2] / "src/tettpaa/doors/demo/files"


def measure(database: str, env: dict[str, str], folder: Path, rows: int) -> list[Line]:
    timed(["tettpaa", "demo", "--no-serve"], env)
    start = statistics.median(timed(["tettpaa", "audit", "verify"], env) for _ in range(3))
    national = folder / "national.csv"
    name = next(iter(sorted(FILES.glob("2024*5._trinn*.xz"))))
    text = lzma.decompress(name.read_bytes()).decode("utf-16-le").replace("2024-25", "2025-26")
    national.write_bytes(text.encode("utf-16-le"))
    whole = timed(["tettpaa", "import", str(national)], env)
    lines = [
        Line(
            f"national file to published, {database}",
            whole - start,
            "s",
            "csv module alone",
            bare_csv(national),
            "≤ 1 s",
        ),
        Line(
            f"national file to published, {database}",
            whole - start,
            "s",
            "DuckDB alone",
            bare_duckdb(national),
            "",
        ),
    ]
    template = folder / "million.csv"
    write_template(template, rows)
    taken = timed(["tettpaa", "import", str(template), "--owner", "9901"], env)
    lines.append(
        Line(
            f"{rows:,} template rows to published, {database}",
            taken - start,
            "s",
            "csv module alone",
            bare_csv(template, "utf-8", ";"),
            "≤ 20 s",
        )
    )
    return lines


def bare_csv(path: Path, encoding: str = "utf-16-le", delimiter: str = "\t") -> float:
    started = time.perf_counter()
    with io.StringIO(path.read_bytes().decode(encoding)) as text:
        sum(1 for _ in csv.reader(text, delimiter=delimiter))
    return time.perf_counter() - started


def bare_duckdb(path: Path) -> float:
    plain = path.with_suffix(".utf8.csv")
    plain.write_text(path.read_bytes().decode("utf-16-le").split("\n", 1)[1])
    started = time.perf_counter()
    duckdb.sql(
        f"SELECT count(*) FROM read_csv('{plain}', delim='\t', header=true, all_varchar=true)"
    ).fetchall()
    return time.perf_counter() - started


def write_template(path: Path, rows: int) -> None:
    """A long file in the open template over the demo's schools: years, grades and genders repeated."""
    from tettpaa.data.indicators.definitions import definitions

    draw = random.Random(7)
    keys = [d for d in definitions().values() if d.model.kind == "survey_mean"]
    schools = [f"F{number:08}" for number in range(90_000_000, 90_003_000)]
    heads = "orgnr;skole;skoleaar;trinn;indikator;dimensjon;kategori;verdi;n;teller;nevner;usikkerhet;status;kilde"
    written = 0
    with path.open("w") as file:
        file.write(heads + "\n")
        for school in schools:
            for definition in keys:
                for year in range(2016, 2026):
                    for grade in (7, 10) if 7 in definition.grades else (10,):
                        if written >= rows:
                            return
                        file.write(
                            f"{school};Skole {school};{year}-{(year + 1) % 100:02d};{grade};{definition.key};;;"
                            f"{draw.uniform(3, 5):.1f};{draw.randint(10, 90)};;;;;måling\n".replace(".", ",")
                        )
                        written += 1
