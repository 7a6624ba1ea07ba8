"""Fjordvik, an invented municipality: figures of every kind of indicator, as a file in our own open template.

Everything here is made up and marked so wherever it shows. The numbers are drawn from fixed seeds, so that the
file is the same every time.
"""

import csv
import io
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tettpaa.data.indicators.definitions import definitions
from tettpaa.data.indicators.definitions.model import Definition
from tettpaa.data.sources.open_template import HEADS

OWNER, COUNTY = "9901", "99"
SOURCE = "Oppdiktet tall for demonstrasjon"
FIRST, LAST = 2016, 2024
COUNTY_COHORT = 3200


@dataclass(frozen=True, slots=True)
class School:
    """An invented school: grades, pupils per grade, and how far its lasting level lies from the nation (in sd)."""

    code: str
    name: str
    first_grade: int
    last_grade: int
    per_grade: float
    level: float
    language: str = "nb"


SCHOOLS = (
    School("F00000011", "Breidablikk skole", 1, 10, 42, 0.05),
    School("F00000012", "Elvebredden skole", 1, 7, 58, 0.12),
    School("F00000013", "Haugen skole", 1, 7, 27, -0.03),
    School("F00000014", "Lia oppvekstsenter", 1, 7, 6, 0.10, "nn"),
    School("F00000015", "Nes skole", 1, 7, 34, -0.28),
    School("F00000016", "Solbakken skole", 1, 10, 21, -0.05, "nn"),
    School("F00000017", "Strand skole", 1, 7, 46, 0.02),
    School("F00000018", "Vik ungdomsskole", 8, 10, 128, 0.16),
)
# Mean, spread between single pupils (or of the figure itself), by indicator; others by their unit.
CENTRES: Mapping[str, tuple[float, float]] = {
    "eu_trivsel": (4.2, 0.77), "eu_stotte_laerer": (4.1, 0.79), "eu_stotte_hjemme": (4.0, 1.09),
    "eu_vfl": (3.6, 1.09), "eu_laeringskultur": (3.7, 0.97), "eu_mestring": (3.9, 0.79),
    "eu_motivasjon": (3.5, 0.99), "eu_medvirkning": (3.5, 1.03), "eu_felles_regler": (3.9, 0.89),
    "eu_radgivning": (3.6, 0.9), "eu_utfordring": (4.1, 0.71), "eu_mobbing": (8.0, 0),
    "eu_deltakelse": (91.0, 0), "foreldre_svarprosent": (48.0, 0), "laerer_svarprosent": (72.0, 0),
    "ito_andel": (8.0, 0), "norsk_andel": (7.0, 0), "vgo_gjennomforing": (81.0, 0), "vgo_overgang": (97.0, 0),
    "gs_poeng": (42.5, 8.0), "gs_gap": (0.4, 0.4), "fravaer10_dager": (9.0, 6.0), "fravaer10_timer": (8.0, 6.0),
    "laerertetthet_2_1_4": (13.6, 1.2), "laerertetthet_2_5_7": (17.2, 1.5), "laerertetthet_2_8_10": (17.8, 1.5),
    "laerernorm_oppfylt": (88.0, 8.0), "netto_elev": (152_000, 4_000), "sykefravaer": (7.2, 1.4),
    "undervisningstimer_elev": (60.0, 2.0), "vid_utd": (14, 3),
}  # fmt: skip
SHARES_OF_LEVELS = {3: (25, 50, 25), 5: (10, 20, 40, 20, 10)}


def template_of_owner() -> bytes:
    """Fjordvik's own file: the municipality and its eight schools."""
    return _file(row for definition in _wanted() for row in _owner_rows(definition))


def template_of_county() -> bytes:
    """The invented county around it, so that there is something to compare with."""
    return _file(row for definition in _wanted() for row in _county_rows(definition))


def _file(rows: Iterator[dict[str, object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEADS, delimiter=";", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def _wanted() -> Iterator[Definition]:
    """Every indicator that the open template may carry, but those of upper secondary schools."""
    for definition in definitions().values():
        if "open_template" in definition.sources and definition.key != "vgo_sluttet":
            yield definition


def _owner_rows(definition: Definition) -> Iterator[dict[str, object]]:
    for year in range(max(FIRST, definition.valid_from or FIRST), LAST + 1):
        for grade in _grades(definition):
            made = [
                drawn
                for school in SCHOOLS
                if "skole" in definition.levels and (drawn := _school_figure(definition, school, grade, year))
            ]
            for school, figure in made:
                yield from _rows(definition, school.code, school.name, grade, year, figure)
            if "kommune" in definition.levels:
                total = _together(definition, [figure for _, figure in made], grade, year)
                yield from _rows(definition, OWNER, "Fjordvik", grade, year, total)


def _county_rows(definition: Definition) -> Iterator[dict[str, object]]:
    if "fylke" not in definition.levels:
        return
    for year in range(max(FIRST, definition.valid_from or FIRST), LAST + 1):
        for grade in _grades(definition):
            figure = _draw(definition, f"{COUNTY}|{definition.key}|{grade}|{year}", COUNTY_COHORT, 0.0)
            yield from _rows(definition, COUNTY, "Fjordfylket", grade, year, figure)


def _grades(definition: Definition) -> tuple[int, ...]:
    """Pupil surveys in the mandatory grades, counts in total and per grade, stages without a grade."""
    if definition.key.startswith("eu_"):
        return tuple(grade for grade in (7, 10) if grade in definition.grades)
    if definition.key == "elever":
        return (0, *definition.grades)
    return definition.grades if len(definition.grades) == 1 else (0,)


@dataclass(frozen=True, slots=True)
class Figure:
    """One invented figure; `girls` is the girls' part when the indicator is split."""

    value: float
    n: int | None
    girls: tuple[float, int] | None = None


def _school_figure(
    definition: Definition, school: School, grade: int, year: int
) -> tuple[School, Figure] | None:
    span = (
        (grade, grade) if grade else (min(definition.grades, default=1), max(definition.grades, default=10))
    )
    if span[0] > school.last_grade or span[1] < school.first_grade:
        return None
    if grade and not school.first_grade <= grade <= school.last_grade:
        return None
    seed = f"{school.code}|{definition.key}|{grade}|{year}"
    pupils = _cohort(school, grade, year)
    return school, _draw(definition, seed, pupils, school.level)


def _cohort(school: School, grade: int, year: int) -> int:
    """Pupils of a grade: the same cohort keeps its size as it moves up."""
    born = random.Random(f"{school.code}|{year - grade}")  # noqa: S311 - invented figures, the same every time
    one = max(3, round(born.gauss(school.per_grade, school.per_grade**0.5 * 0.8)))
    return one if grade else one * (school.last_grade - school.first_grade + 1)


def _draw(definition: Definition, seed: str, pupils: int, level: float) -> Figure:
    draw = random.Random(seed)  # noqa: S311 - invented figures, the same every time
    if definition.unit == "count":
        return Figure(
            pupils if definition.key == "elever" else round(draw.gauss(*CENTRES.get(definition.key, (8, 1)))),
            None,
        )
    n = max(2, round(pupils * (0.9 if definition.key.startswith("eu_") else 0.96)))
    if "_niva" in definition.key:
        return _level_share(definition, seed, n, level)
    if definition.unit == "percent" and definition.model.kind == "share":
        return _share(definition, draw, n, level)
    centre, spread = _centre(definition)
    if definition.model.kind == "census":
        chance = spread * (0.25 if definition.unit in {"kroner", "ratio", "hours", "percent"} else 0.2)
        value = draw.gauss(centre + level * spread, chance)
        return Figure(
            _kept(definition, value), n if definition.unit in {"grade_1_6", "points_0_60", "days"} else None
        )
    value = draw.gauss(centre + level * spread, spread / n**0.5 + 0.08 * spread)
    girls = round(n * draw.uniform(0.42, 0.56))
    lift = spread * draw.gauss(0.05, 0.05)
    split = (_kept(definition, value + lift), girls) if "gender" in definition.breakdowns else None
    return Figure(_kept(definition, value), n, split)


def _share(definition: Definition, draw: random.Random, n: int, level: float) -> Figure:
    """A count of pupils out of n, drawn pupil by pupil."""
    chance = _chance(definition) / 100
    good = definition.direction * level * 0.25
    chance = min(
        0.995, max(0.004, chance * (1 + good) if definition.direction >= 0 else chance * (1 - level))
    )
    count = sum(draw.random() < chance for _ in range(n))
    return Figure(100 * count / n, n)


def _level_share(definition: Definition, seed: str, n: int, level: float) -> Figure:
    """Pupils on a level of a test. Each pupil is drawn once, so that the levels of a test add up to its pupils."""
    test, _, rest = definition.key.partition("_niva")
    draw = random.Random(seed.replace(definition.key, test))  # noqa: S311 - invented figures, the same every time
    shares = SHARES_OF_LEVELS[3 if test.startswith("np5") else 5]
    middle = (len(shares) - 1) / 2
    weights = [share * max(0.2, 1 + level * 0.25 * (at - middle)) for at, share in enumerate(shares)]
    pupils = draw.choices(range(1, len(shares) + 1), weights, k=n)
    count = sum(one >= 3 for one in pupils) if rest.startswith("3_5") else pupils.count(int(rest[0]))
    return Figure(100 * count / n, n)


def _chance(definition: Definition) -> float:
    if definition.key in CENTRES:
        return CENTRES[definition.key][0]
    return (
        96.0 if definition.key.endswith("deltakelse") else 3.0 if definition.key.endswith("fritak") else 18.0
    )


def _centre(definition: Definition) -> tuple[float, float]:
    """Where the figures of an indicator lie, and their spread."""
    if definition.key in CENTRES:
        return CENTRES[definition.key]
    by_unit = {
        "scale_points": (49.6, 10.0),
        "grade_1_6": (3.9, 1.0),
        "deviation": (0.0, 1.0),
        "percent": (84.0, 9.0),
    }
    return by_unit.get(definition.unit, (50.0, 5.0))


def _kept(definition: Definition, value: float) -> float:
    """Inside the scale, with the indicator's decimals."""
    low = definition.scale_min if definition.scale_min is not None else value
    high = definition.scale_max if definition.scale_max is not None else value
    return round(min(high, max(low, value)), definition.decimals)


def _together(definition: Definition, figures: list[Figure], grade: int, year: int) -> Figure:
    """The municipality's figure: the schools' added up, or drawn where schools have none."""
    counted = [(figure.value, figure.n) for figure in figures if figure.n]
    if definition.unit == "count" and figures:
        return Figure(sum(figure.value for figure in figures), None)
    if counted and len(counted) == len(figures):
        n = sum(n for _, n in counted)
        value = sum(value * n for value, n in counted) / n
        girls = [figure.girls for figure in figures if figure.girls]
        of_girls = (_mean(definition, girls), sum(many for _, many in girls)) if girls else None
        return Figure(value if definition.unit == "percent" else _kept(definition, value), n, of_girls)
    if figures:
        return Figure(_kept(definition, sum(figure.value for figure in figures) / len(figures)), None)
    if definition.key == "skoler":
        return Figure(len(SCHOOLS), None)
    return _draw(definition, f"{OWNER}|{definition.key}|{grade}|{year}", 210, 0.0)


def _mean(definition: Definition, counted: list[tuple[float, int]]) -> float:
    return _kept(definition, sum(value * n for value, n in counted) / sum(n for _, n in counted))


def _rows(
    definition: Definition, code: str, name: str, grade: int, year: int, figure: Figure
) -> Iterator[dict[str, object]]:
    """The template's rows of one figure: the total, and girls and boys where they are split."""
    base = {
        "orgnr": code, "skole": name, "skoleaar": f"{year}-{(year + 1) % 100:02d}", "trinn": grade or "",
        "indikator": definition.key, "kilde": SOURCE,
    }  # fmt: skip
    yield base | _numbers(definition, figure.value, figure.n)
    if figure.girls and figure.n and 0 < figure.girls[1] < figure.n:
        mean, girls = figure.girls
        boys = figure.n - girls
        rest = _kept(definition, (figure.value * figure.n - mean * girls) / boys)
        yield base | {"dimensjon": "kjønn", "kategori": "jenter"} | _numbers(definition, mean, girls)
        yield base | {"dimensjon": "kjønn", "kategori": "gutter"} | _numbers(definition, rest, boys)


def _numbers(definition: Definition, value: float, n: int | None) -> dict[str, object]:
    if definition.unit == "percent" and definition.model.kind == "share" and n:
        return {"teller": round(value * n / 100), "nevner": n}
    numbers: dict[str, object] = {"verdi": _decimal(value), "n": "" if n is None else n}
    if definition.unit == "scale_points" and n:
        numbers["usikkerhet"] = _decimal(round(1.96 * 9.2 / n**0.5, 1))
    elif definition.key.startswith("skolebidrag"):
        numbers["usikkerhet"] = "1,2"
    return numbers


def _decimal(value: float) -> str:
    return f"{value:g}".replace(".", ",") if abs(value) < 1e5 else str(round(value))
