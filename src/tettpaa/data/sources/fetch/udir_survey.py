"""Udir's export interface v2 (data.md 1A): which years there are, how many pages, then the pages, for the owner and those above it.

Asked for by organisation number, some forty at a time: the whole country would be a million rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import batched, product
from typing import Any, Final

from tettpaa.data.indicators.definitions.model import Words
from tettpaa.data.sources.fetch.asking import Got
from tettpaa.data.sources.fetch.dataset import Ask, Dataset, Scope, Step
from tettpaa.data.sources.fetch.errors import FetchError

HOST: Final = "api.statistikkbanken.udir.no"
BASE: Final = "/api/rest/v2/Eksport"
# Participation first: the bullying table needs its numbers of pupils. The tables of themes (149) has no codes that we know.
TABLES: Final = {151: "Deltakelse", 148: "Indikatorer", 150: "Mobbing"}
GRADES: Final = "4_5_6_7_8_9"  # the filter's value is the grade less one
TOTALS: Final = {"EierformID": "-10", "TrinnID": GRADES}
ONE_INDEX: Final = {"KjoennID": "-10_1_2", "SpoersmaalID": "-10"}
AT_ONCE: Final = 40
MOST_PAGES: Final = 500


def plan(scope: Scope, ask: Ask) -> Iterator[Step]:
    """All pages of the three tables. Raises FetchError when a table is gone or answers in a new way."""
    if not scope.schools:
        raise FetchError("no_schools")
    units = list(batched(("I", scope.county, scope.municipality, *scope.schools), AT_ONCE))
    _still_open(ask(HOST, BASE).data)
    done = 0
    for number, table in enumerate(TABLES):
        years = _years(ask(HOST, f"{BASE}/{table}/filterStatus?filterId=TidID&filter=TidID(*)").data)
        expected = len(TABLES) * len(years) * len(units)
        for place, (year, codes) in enumerate(product(years, units), start=1):
            question = f"{TABLES[table]} {year // 100} ({(place - 1) % len(units) + 1}/{len(units)})"
            pages = _pages(ask, table, _filters(table, year, codes))
            for page, got in enumerate(pages, start=1):
                done += 1
                left = expected - number * len(years) * len(units) - place
                yield Step(f"{question}, {page}", got, done + left, {"question": question})


def _filters(table: int, year: int, codes: Sequence[str]) -> str:
    chosen = {**TOTALS, "Organisasjonsnummer": "_".join(codes), "TidID": str(year)}
    if table != 151:
        chosen |= ONE_INDEX
    return "_".join(f"{name}({value})" for name, value in sorted(chosen.items()))


def _pages(ask: Ask, table: int, filters: str) -> Iterator[Got]:
    """The pages that there are, counted first: a page too far would repeat the last."""
    count = _page_count(ask(HOST, f"{BASE}/{table}/sideData?filter={filters}").data)
    for page in range(1, count + 1):
        yield ask(HOST, f"{BASE}/{table}/data?filter={filters}&sideNummer={page}&format=0")


def _page_count(answer: Any) -> int:
    first = answer[0] if isinstance(answer, list) and answer else None
    count = first.get("JSONSider") if isinstance(first, Mapping) else None
    if not isinstance(count, int) or not 0 <= count <= MOST_PAGES:
        raise FetchError("changed", host=HOST, found="JSONSider")
    return count


def _years(answer: Any) -> list[int]:
    years = answer.get("TidID") if isinstance(answer, Mapping) else None
    if not isinstance(years, list) or not years or not all(isinstance(year, int) for year in years):
        raise FetchError("changed", host=HOST, found="TidID")
    return sorted(years)


def _still_open(answer: Any) -> None:
    rows = answer if isinstance(answer, list) else []
    known = {row.get("EksportID") for row in rows if isinstance(row, Mapping)}
    gone = [str(table) for table in TABLES if table not in known]
    if gone:
        raise FetchError("changed", host=HOST, found=f"EksportID {', '.join(gone)}")


DATASETS: Final = (
    Dataset(
        "udir_elevundersokelsen",
        Words("Elevundersøkelsen", "Elevundersøkinga", "The Pupil Survey"),
        "udir_eksport",
        plan,
        needs_owner=True,
    ),
)
