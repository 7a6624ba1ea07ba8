"""Server time of the pages at national scale: 3,000 units × 40 indicators × 10 years × 14 (grade, gender)."""

import statistics
import sys
import time
from collections.abc import Iterator

from tests.bench.table import Line, told

PERIODS = range(2015, 2025)
SPLITS = [(grade, gender) for grade in (0, 5, 7, 8, 10) for gender in (0, 1, 2)][:14]
REPEATS = 41


def measure(database: str, env: dict[str, str], observations: int) -> list[Line]:
    words = told("tests.bench.pages", [str(observations)], env)
    pages, bare = dict(pair.split("=") for pair in words[:-1]), float(words[-1])
    return [
        Line(
            f"{name} page at {observations:,} values, {database}",
            float(ms),
            "ms",
            "the school's bare SQL",
            bare,
            "≤ 20 ms median",
        )
        for name, ms in pages.items()
    ]


def rows(
    units: list[int], indicators: list[int], release: int, observations: int
) -> Iterator[tuple[object, ...]]:
    left = observations
    for unit in units:
        for indicator in indicators:
            for period in PERIODS:
                for grade, gender in SPLITS:
                    if left <= 0:
                        return
                    left -= 1
                    value = 50 + (unit * 7 + indicator * 3 + period) % 11 - 5
                    yield (
                        unit,
                        indicator,
                        period,
                        grade,
                        gender,
                        0,
                        value,
                        value - 2.0,
                        value + 2.0,
                        40,
                        0,
                        False,
                        3,
                        "J",
                        release,
                        None,
                    )


def fill(observations: int) -> None:
    """Synthetic national history written by the product's own writer, in chunks."""
    from itertools import batched

    from django.db import connection, transaction

    from tettpaa.core.orgs.models import Unit
    from tettpaa.data.indicators.definitions import definitions
    from tettpaa.data.indicators.models import Indicator, PublishedValue, Release
    from tettpaa.data.indicators.store import write_values

    keys = [key for key, d in definitions().items() if "skole" in d.levels and d.valid_to is None][:40]
    Indicator.objects.bulk_create((Indicator(key=k) for k in keys), ignore_conflicts=True)
    ids = list(Indicator.objects.filter(key__in=keys).values_list("pk", flat=True))
    PublishedValue.objects.filter(indicator__in=ids).delete()
    release = Release.objects.order_by("pk").last()
    assert release is not None
    own = list(Unit.objects.filter(code__in=["NO", "11", "1103"]).values_list("pk", flat=True))
    own += list(
        Unit.objects.filter(path__startswith="/NO/11/1103/", kind="school").values_list("pk", flat=True)
    )
    units = own + list(Unit.objects.filter(kind="school").exclude(pk__in=own).values_list("pk", flat=True))
    for chunk in batched(rows(units[:3000], ids, release.pk, observations), 200_000):
        with transaction.atomic():
            write_values(chunk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def median_ms(do: object) -> float:
    taken = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        do()  # type: ignore[operator]
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def run(observations: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tettpaa.core.accounts.queries import user_by_email

    call_command("demo", no_serve=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill(observations)
    client = Client(headers={"host": "127.0.0.1"})
    user = user_by_email("radgiver.stavanger@demo.example")
    assert user is not None
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    addresses = {
        "overview": "/1103/", "school": "/1103/skoler/974611465/", "indicators": "/1103/indikatorer/",
        "indicator": "/1103/indikatorer/np5_lesing/", "cohort": "/1103/kull/", "shelf": "/1103/tall-inn/",
    }  # fmt: skip
    words = []
    for name, address in addresses.items():
        assert client.get(address).status_code == 200, address
        words.append(f"{name}={median_ms(lambda a=address: client.get(a)):.2f}")  # type: ignore[misc]
    with CaptureQueriesContext(
        connection,
    ) as caught:
        client.get(addresses["school"])
    heaviest = max((q["sql"] for q in caught if "publishedvalue" in q["sql"]), key=len)

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(heaviest)
            cursor.fetchall()

    print(*words, f"{median_ms(bare):.2f}")


if __name__ == "__main__":
    run(int(sys.argv[1]))
