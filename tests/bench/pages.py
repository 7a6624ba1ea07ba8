"""Server time of the pages at national scale, on a history made by the definitions of the indicators.

Each school has the 40 indicators in the grades that it teaches (as its national tests show) and that the definition
names, all grades together where there are several, both genders where the source splits them, ten years, one value in
twelve hidden. That is fewer values a school than 40 × 10 × 14, so the total is reached with invented schools of an
invented county. The school that is measured is the municipality's with the most values.
"""

import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import batched, islice
from typing import TYPE_CHECKING

from tests.bench.table import Line, told

if TYPE_CHECKING:
    from tettpaa.data.indicators.definitions import Definition

OWNER = "1103"
PERIODS = range(2015, 2025)
INDICATORS = 40
ALL_GRADES = tuple(range(1, 11))
TESTED = {5: tuple(range(1, 8)), 8: tuple(range(8, 11)), 9: tuple(range(8, 11))}
HIDDEN_EACH = 12
REPEATS = 41
FIRST = "first_opened_school"


def measure(database: str, env: dict[str, str], observations: int) -> list[Line]:
    """Fill in one process and read in another, as a server that has just started does."""
    told("tests.bench.pages", ["fill", str(observations)], env)
    words = told("tests.bench.pages", ["read"], env)
    pages, bare = dict(pair.split("=") for pair in words[:-1]), float(words[-1])
    return [
        Line(
            f"{name.replace('_', ' ')} page at {observations:,} values, {database}",
            float(ms),
            "ms",
            "the school's bare SQL",
            bare,
            "" if name == FIRST else "≤ 20 ms median",
        )
        for name, ms in pages.items()
    ]


@dataclass(frozen=True)
class Place:
    """A unit's key and the grades it teaches."""

    unit: int
    grades: tuple[int, ...] = ALL_GRADES


@dataclass(frozen=True)
class Filled:
    """An indicator's key in the value table, and what its values look like."""

    pk: int
    definition: "Definition"

    def splits(self, taught: tuple[int, ...]) -> list[tuple[int, int]]:
        """(grade, gender) pairs that a place with these grades has figures of; none if it has not the grade."""
        named = self.definition.grades
        grades = [grade for grade in named if grade in taught]
        if not named or (grades and len(named) > 1):
            grades = [0, *grades]
        return [
            (g, sex)
            for g in grades
            for sex in ((0, 1, 2) if "gender" in self.definition.breakdowns else (0,))
        ]

    @property
    def scale(self) -> tuple[float, float]:
        """The middle of the values, and the least step between two."""
        low, high = self.definition.scale_min, self.definition.scale_max
        if self.definition.unit == "scale_points" or low is None or high is None:
            return 50.0, 1.0
        return (low + high) / 2, (high - low) / 50


def rows(places: list[Place], indicators: list[Filled], release: int) -> Iterator[tuple[object, ...]]:
    """Values in the order of the writer's columns."""
    for place in places:
        for indicator in indicators:
            middle, step = indicator.scale
            for period in PERIODS:
                for grade, gender in indicator.splits(place.grades):
                    turn = place.unit * 7 + indicator.pk * 3 + period + grade
                    value = None if turn % HIDDEN_EACH == 0 else middle + (turn % 11 - 5) * step
                    ends = (
                        (None, None, None, 2)
                        if value is None
                        else (value - 2 * step, value + 2 * step, 40, 0)
                    )
                    yield (
                        place.unit, indicator.pk, period, grade, gender, 0, value, *ends, False, 3, "J", release, None,
                    )  # fmt: skip


def taught() -> dict[int, tuple[int, ...]]:
    """The grades of each school by its key, as the demo's national tests show."""
    from tettpaa.data.indicators.models import PublishedValue
    from tettpaa.data.suppression.kinds import Status

    found: dict[int, set[int]] = defaultdict(set)
    tested = PublishedValue.objects.filter(grade__in=TESTED).exclude(status=Status.NOT_APPLICABLE)
    for unit, grade in tested.values_list("unit", "grade").distinct():
        found[unit].update(TESTED[grade])
    return {unit: tuple(sorted(grades)) for unit, grades in found.items()}


def places_of(owner: str) -> list[Place]:
    """The nation, the county, the municipality and its schools first, then every other school."""
    from tettpaa.core.orgs.models import Unit

    grades = taught()
    units = list(Unit.objects.filter(code__in=["NO", "11", owner]).values_list("pk", flat=True))
    found = [Place(pk) for pk in units]
    schools = Unit.objects.filter(kind="school")
    own = list(schools.filter(path__contains=f"/{owner}/").values_list("pk", flat=True))
    rest = schools.exclude(pk__in=own).values_list("pk", flat=True)
    return found + [Place(pk, grades.get(pk, ALL_GRADES)) for pk in (*own, *rest)]


def invented(count: int) -> list[Place]:
    """So many schools of all grades in a county of their own."""
    from tettpaa.core.orgs.actions import NewUnit, add_units
    from tettpaa.core.orgs.enums import Kind

    units = [NewUnit(Kind.COUNTY, "98", "Fylket", "NO"), NewUnit(Kind.OWNER, "9898", "Kommunen", "98")]
    units += [NewUnit(Kind.SCHOOL, f"P{n:08}", f"Skole {n}", "9898") for n in range(count)]
    added = add_units(units=units, by="bench", invented=True)
    return [Place(unit.pk) for unit in added.values() if unit.kind == Kind.SCHOOL]


def fill(observations: int) -> None:
    """Synthetic national history written by the product's own writer, in chunks."""
    from django.db import connection

    from tettpaa.data.indicators.definitions import definitions
    from tettpaa.data.indicators.models import Indicator, PublishedValue, Release
    from tettpaa.doors.workspace.reading import main_keys

    keys = [key for key in main_keys() if "skole" in definitions()[key].levels and key != "vgo_sluttet"]
    keys = sorted(keys, key=lambda key: (not key.startswith("np"), key))[:INDICATORS]
    Indicator.objects.bulk_create((Indicator(key=k) for k in keys), ignore_conflicts=True)
    filled = [Filled(one.pk, definitions()[one.key]) for one in Indicator.objects.filter(key__in=keys)]
    places = places_of(OWNER)
    PublishedValue.objects.filter(indicator__in=[one.pk for one in filled]).delete()
    release = Release.objects.order_by("pk").last()
    assert release is not None
    written = write(islice(rows(places, filled, release.pk), observations))
    each = sum(1 for _ in rows([Place(1)], filled, release.pk))
    if written < observations:
        more = invented(-((written - observations) // each))
        written += write(islice(rows(more, filled, release.pk), observations - written))
    assert written == observations
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def write(values: Iterator[tuple[object, ...]]) -> int:
    """Write in chunks; the number written."""
    from django.db import transaction

    from tettpaa.data.indicators.store import write_values

    written = 0
    for chunk in batched(values, 200_000):
        with transaction.atomic():
            write_values(chunk)
        written += len(chunk)
    return written


def fullest_school(owner: str) -> str:
    """The code of the municipality's school with the most values."""
    from django.db.models import Count

    from tettpaa.data.indicators.models import PublishedValue

    own = PublishedValue.objects.filter(
        unit__kind="school", unit__path__contains=f"/{owner}/", superseded_by=None
    )
    found = own.values("unit__code").annotate(values=Count("pk")).order_by("-values", "unit__code").first()
    assert found is not None
    return str(found["unit__code"])


def timed_ms(do: Callable[[], object]) -> float:
    started = time.perf_counter()
    do()
    return (time.perf_counter() - started) * 1000


def median_ms(do: Callable[[], object]) -> float:
    return statistics.median(timed_ms(do) for _ in range(REPEATS))


def filled(observations: int) -> None:
    from django.core.management import call_command

    call_command("demo", no_serve=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill(observations)
    print("filled")


def read() -> None:
    """Print name=milliseconds for each page, and the bare SQL's milliseconds last."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tettpaa.core.accounts.queries import user_by_email
    from tettpaa.core.orgs.queries import schools_of, unit_by_code

    client = Client(headers={"host": "127.0.0.1"})
    user, owner = user_by_email("radgiver.stavanger@demo.example"), unit_by_code(OWNER)
    assert user is not None
    assert owner is not None
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    fullest = f"/{OWNER}/skoler/{fullest_school(OWNER)}/"
    addresses = {
        "overview": f"/{OWNER}/", "school": fullest, "indicators": f"/{OWNER}/indikatorer/",
        "indicator": f"/{OWNER}/indikatorer/np5_lesing/", "cohort": f"/{OWNER}/kull/", "shelf": f"/{OWNER}/tall-inn/",
    }  # fmt: skip
    for address in addresses.values():
        assert client.get(address).status_code == 200, address
    schools = [f"/{OWNER}/skoler/{school.code}/" for school in schools_of(owner)]
    first = statistics.median(
        timed_ms(lambda a=address: client.get(a)) for address in schools if address != fullest
    )
    words = [
        f"{name}={median_ms(lambda a=address: client.get(a)):.2f}" for name, address in addresses.items()
    ]
    with CaptureQueriesContext(connection) as caught:
        client.get(fullest)
    heaviest = max((q["sql"] for q in caught if "publishedvalue" in q["sql"]), key=len)

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(heaviest)
            cursor.fetchall()

    print(*words, f"{FIRST}={first:.2f}", f"{median_ms(bare):.2f}")


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "fill":
        filled(int(sys.argv[2]))
    else:
        read()
