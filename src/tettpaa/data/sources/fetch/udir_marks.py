"""Marks by subject from Udir's report interface v1 (data.md 1B): one question a year, for the three subjects with a written exam.

The rows begin with the subject's number, which only the filters explain; so each answer is kept with what its numbers mean.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from tettpaa.data.indicators.definitions.model import Words
from tettpaa.data.sources.fetch.dataset import Ask, Dataset, Scope, Step
from tettpaa.data.sources.fetch.errors import FetchError
from tettpaa.data.sources.fetch.udir_reports import (
    BASE,
    EVERYTHING,
    HOST,
    Report,
    endpoint_of,
    page_of,
    years_of,
)
from tettpaa.data.sources.udir_heads import CURRICULA, in_force

REPORT: Final = Report("GSK_GSKarakterer", "TidID")
# Overall achievement and written exam; means with their pupils, no distribution.
WANTED: Final = {"KaraktertypeID": "1_3", "VisAntallPersoner": "1", "VisKarakterfordeling": "0"}


def plan(scope: Scope, ask: Ask) -> Iterator[Step]:
    """All years, the whole country in each. Raises FetchError when the page or a subject has changed."""
    del scope
    page = page_of(ask(HOST, f"{BASE}rest/v1/Rapportside/{REPORT.page}").data)
    endpoint = endpoint_of(page)
    known = ask(HOST, BASE + endpoint.removesuffix("data") + "filterVerdier").data
    years = years_of(known, REPORT.years)
    for year in years:
        period = int(year["id"]) // 100 - 1  # 202506 is the school year 2024-25
        subjects = _subjects(known, frozenset(one for one in CURRICULA if in_force(one, period)))
        wanted = {**WANTED, "FagID": "_".join(subjects), REPORT.years: str(year["id"])}
        filters = quote(REPORT.filters(page, wanted), safe="()_")
        got = ask(HOST, f"{BASE}{endpoint}?filter={filters}&{EVERYTHING}")
        yield Step(f"{page.get('navn', REPORT.page)} {year.get('navn', '')}", got, len(years), subjects)


def _subjects(known: Mapping[str, Any], codes: frozenset[str]) -> dict[str, str]:
    """The filter's numbers of these subjects, with their codes."""
    rows = known.get("FagID")
    rows = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    found = {str(row.get("id")): str(row["kode"]) for row in rows if row.get("kode") in codes}
    if sorted(found.values()) != sorted(codes):
        raise FetchError("changed", host=HOST, found="FagID")
    return found


DATASETS: Final = (
    Dataset(
        "udir_karakterer",
        Words("Karakterer på 10. trinn", "Karakterar på 10. steg", "Marks in grade 10"),
        "udir_statistikkbank",
        plan,
    ),
)
