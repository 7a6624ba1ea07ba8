"""Real files, a small synthetic country in Udir's layout, and a reader of its own for comparison (csv module only)."""

import csv
import io
import lzma
from pathlib import Path

from tettpaa.data.sources.reading import read_bytes
from tettpaa.data.sources.source import Cell, Reading, ReadOptions

ROOT = Path(__file__).parents[3]
REAL = ROOT / "src/tettpaa/doors/demo/files"
SAMPLES = Path(__file__).parent / "samples"
TEMPLATE_HEADS = (
    "orgnr;skole;skoleaar;trinn;indikator;dimensjon;kategori;verdi;n;teller;nevner;usikkerhet;status;kilde"
)
PLACES = [
    "EnhetNivaa",
    "Nasjonaltkode",
    "Fylkekode",
    "Kommunekode",
    "Organisasjonsnummer",
    "Nasjonalt",
    "Fylke",
    "Kommune",
    "EnhetNavn",
]


def real_file(name: str) -> bytes:
    """A real file as its publisher gave it out."""
    return lzma.decompress((REAL / f"{name}.xz").read_bytes())


def national_test_files() -> list[str]:
    return sorted(path.name.removesuffix(".xz") for path in REAL.glob("*Nasjonale*"))


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def read(data: bytes, **options: dict[str, str]) -> Reading:
    return read_bytes(data, options=ReadOptions(**options))


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def without_place(cells: tuple[Cell, ...]) -> set[Cell]:
    """Cells as a set, without where in the file they stood: a moved row or column changes nothing else."""
    return {cell._replace(row=0, column="") for cell in cells}


def udir_heads(
    year: str = "2024-25", subjects: tuple[str, ...] = ("Engelsk", "Lesing", "Regning"), grade: int = 5
) -> list[str]:
    measures = ("Skalapoeng", "Usikkerhet", "Antall elever deltatt")
    return PLACES + [
        f"{year}.{s}.{grade}. årstrinn.Alle eierformer.Alle kjønn.{m}" for s in subjects for m in measures
    ]


def udir_bytes(rows: list[list[str]], heads: list[str] | None = None, encoding: str = "utf-16-le") -> bytes:
    lines = ["sep=\t", "\t".join(heads or udir_heads()), *("\t".join(row) for row in rows)]
    return ("\n".join(lines) + "\n").encode(encoding)


def small_country() -> list[list[str]]:
    """Nine counties, two municipalities each, three schools each: all sums right, every pattern of missing figures."""
    rows: list[list[str]] = []
    nation = [0, 0, 0]
    counties: list[list[str]] = []
    body: list[list[str]] = []
    for c in range(9):
        county, total = f"{11 + c}", [0, 0, 0]
        for m in range(2):
            code, part = f"{county}0{m + 1}", [0, 0, 0]
            schools = [_school(county, code, c * 6 + m * 3 + s, part) for s in range(3)]
            figures = [text for n in part for text in _figures(50, n)]
            body.append(
                [
                    "3",
                    "I",
                    county,
                    code,
                    code,
                    "Hele landet",
                    f"Fylke {c}",
                    f"Kommune {code}",
                    "Alle skoler",
                    *figures,
                ]
            )
            body += schools
            total = [a + b for a, b in zip(total, part, strict=True)]
        nation = [a + b for a, b in zip(nation, total, strict=True)]
        figures = [text for n in total for text in _figures(50, n)]
        counties.append(
            [
                "2",
                "I",
                county,
                "0000",
                county,
                "Hele landet",
                f"Fylke {c}",
                "Alle kommuner",
                "Alle skoler",
                *figures,
            ]
        )
    figures = [text for n in nation for text in _figures(50, n)]
    rows.append(
        ["1", "I", "00", "0000", "I", "Hele landet", "Alle fylker", "Alle kommuner", "Alle skoler", *figures]
    )
    return rows + counties + body


def _school(county: str, code: str, number: int, part: list[int]) -> list[str]:
    """A school with its own numbers; some shielded, one without takers. `part` collects the pupils of the municipality."""
    figures: list[str] = []
    for test in range(3):
        n = 12 + (number * 7 + test * 5) % 60
        hidden = (number % 6 in {3, 4} and test == number % 3) or (number % 6 in {3, 4} and test == 0)
        if number % 11 == 10:
            figures += ["", "", "0"]
            continue
        part[test] += n
        figures += ["*", "*", "*"] if hidden else _figures(45 + (number + test) % 11, n)
    name = f"Skule på ås {number}"
    return [
        "4",
        "I",
        county,
        code,
        f"F{number:08d}",
        "Hele landet",
        "Fylke",
        f"Kommune {code}",
        name,
        *figures,
    ]


def _figures(score: int, n: int) -> list[str]:
    spread = f"{1.96 * 9.2 / n**0.5:.1f}".replace(".", ",")
    return [str(score), spread, f"{n:,}".replace(",", " ")]


def independent_udir(data: bytes) -> dict[tuple[str, str, int, int], tuple[str, str, str]]:
    """A national test file read by csv alone: (unit, subject, year, grade) to the three texts of its cells."""
    lines = data.decode("utf-16-le").split("\n", 1)
    assert lines[0] == "sep=\t"
    rows = csv.reader(io.StringIO(lines[1], newline=""), delimiter="\t")
    heads = next(rows)
    tests = []
    for index in range(9, len(heads), 3):
        year, subject, grade = heads[index].split(".")[0:3]
        tests.append((index, subject.lower(), int(year[:4]), int(grade)))
    found = {}
    for row in rows:
        unit = {"1": "NO", "2": row[2], "3": row[3], "4": row[4]}[row[0]]
        for index, subject, year_number, grade_number in tests:
            found[unit, subject, year_number, grade_number] = tuple(row[index : index + 3])
    return found  # type: ignore[return-value]
