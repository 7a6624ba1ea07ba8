"""Made-up exports of systems without a published layout, and profiles that read them. No person is real."""

import io
from collections.abc import Sequence

import openpyxl

from tettpaa.data.sources.mapping.profile import Profile, Role
from tettpaa.data.sources.mapping.reading import Outcome, read_mapped
from tettpaa.data.sources.places import has_birth_number
from tettpaa.data.sources.source import ReadOptions

NES, VIK = "F00000001", "F00000002"
SCHOOLS = {NES: "Nes skole", VIK: "Vik skole"}
# Right check digits, but months of the test population: nobody has such a number.
NUMBERS = tuple(
    next(number for end in range(100) if has_birth_number(number := f"{start}{end:02d}"))
    for start in ("018190123", "418186123", "058190124")
)

SICK = [
    ["Avdeling", "År", "Sykefravær", "Ansatte i alt"],
    ["Nes skole", "2024", "6,4 %", "21"],
    ["Vik skole", "2024", "4,9 %", "48"],
    ["Nes skole", "2025", "5,8", "22"],
    ["Vik skole", "2025", "5,1", "47"],
]
SICK_PROFILE = Profile(
    {"Avdeling": Role.SCHOOL, "År": Role.PERIOD, "Sykefravær": Role.VALUE, "Ansatte i alt": Role.N},
    {"Sykefravær": "sykefravaer"},
    year="starts",
)
LONG = [
    ["Enhet", "Periode", "Trinn", "Kjønn", "Spørsmål", "Skår", "Elever"],
    *(
        [school, "2025-2026", "5. trinn", gender, test, f"{base},{n}", f"{30 + n}"]
        for n, (school, gender) in enumerate(
            [(NES, "Alle"), (VIK, "Alle"), (NES, "J"), (VIK, "J"), (NES, "G"), (VIK, "G")]
        )
        for test, base in (("Trives du?", 4), ("Mestrer du?", 3))
    ),
]
LONG_PROFILE = Profile(
    {
        "Enhet": Role.SCHOOL, "Periode": Role.PERIOD, "Trinn": Role.GRADE, "Kjønn": Role.GENDER,
        "Spørsmål": Role.INDICATOR, "Skår": Role.VALUE, "Elever": Role.N,
    },
    words={"Trives du?": "eu_trivsel", "Mestrer du?": "eu_mestring"},
)  # fmt: skip
PUPIL_HEADS = ["Skole", "Elevnavn", "Fødselsnummer", "Trinn", "Kjønn", "Skalapoeng", "Under grensen"]
PUPIL_PROFILE = Profile(
    {"Skole": Role.SCHOOL, "Trinn": Role.GRADE, "Kjønn": Role.GENDER, "Skalapoeng": Role.VALUE},
    {"Skalapoeng": "np5_lesing"},
    fixed={"period": "2025-26"},
    per_person=True,
)
FIRST, LAST = ("Torbjørg", "Eilif", "Solvår", "Asgaut"), ("Knottebakk", "Flåklypa", "Rimstubben")


def pupils(many: int = 24) -> list[list[str]]:
    """One row a pupil: 5A and 5B at both schools, girls and boys in turn."""
    rows = [PUPIL_HEADS]
    for n in range(many):
        name = f"{LAST[n % 3]}{chr(97 + n)}, {FIRST[n % 4]}"
        school = "Nes skole" if n % 2 else "Vik skole"
        number = NUMBERS[n] if n < len(NUMBERS) else ""
        gender = "Jente" if n % 4 < 2 else "Gutt"
        rows.append(
            [school, name, number, "5A" if n % 3 else "5B", gender, str(40 + n), "Ja" if n % 5 else "Nei"]
        )
    return rows


def csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    return "\n".join([";".join(row) for row in rows] + [""]).encode()


def xlsx_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(rows: Sequence[Sequence[str]] | bytes, profile: Profile, **names: str) -> Outcome:
    data = rows if isinstance(rows, bytes) else csv_bytes(rows)
    options = ReadOptions(names, SCHOOLS)
    return read_mapped(io.BytesIO(data), len(data), profile, options, "Prøve")


def codes(outcome: Outcome) -> list[tuple[str, int | None, str]]:
    return [(problem.code, problem.row, problem.column) for problem in outcome.problems]


def figures(outcome: Outcome) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What a line is about → value, n, counter, denominator, status."""
    return {(line[0], line[2], *line[3:5], line[6]): (*line[7:11], line[12]) for line in outcome.lines}
