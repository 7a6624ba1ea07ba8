"""The bullying report of Udir's interface v1 (data.md 1B): one unit an answer, and so the owner's newest year alone.

The Pupil Survey's own table brings the same shares with the number of pupils, for all years; this one is asked when somebody
wants it. Only the two grades that every school asks.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, Final
from urllib.parse import quote

from tettpaa.data.indicators.definitions.model import Words
from tettpaa.data.sources.fetch.dataset import Ask, Dataset, Scope, Step
from tettpaa.data.sources.fetch.errors import FetchError
from tettpaa.data.sources.fetch.udir_reports import BASE, HOST, Report, endpoint_of, page_of, years_of

REPORT: Final = Report("GSK_EUG_mobbing", "TidID")
GRADES: Final = {"6": "7. trinn", "9": "10. trinn"}  # the filter's value is the grade less one


def plan(scope: Scope, ask: Ask) -> Iterator[Step]:
    """The county, the municipality and each of its schools. Raises FetchError when the page or its filters have changed."""
    page = page_of(ask(HOST, f"{BASE}rest/v1/Rapportside/{REPORT.page}").data)
    endpoint = endpoint_of(page)
    filters = ask(HOST, BASE + endpoint.removesuffix("data") + "filterVerdier").data
    year = years_of(filters, REPORT.years)[-1]
    units = _units(filters, {scope.county, scope.municipality, *scope.schools})
    for (code, unit), (grade, name) in product(sorted(units.items()), GRADES.items()):
        wanted = {REPORT.years: str(year["id"]), "EnhetID": str(unit["id"]), "TrinnID": grade}
        chosen = quote(REPORT.filters(page, wanted), safe="()_")
        got = ask(HOST, f"{BASE}{endpoint}?filter={chosen}&inkluderKoder=true")
        facts = {"unit": code, "name": str(unit["navn"]).strip(), "municipality": scope.municipality}
        yield Step(f"{unit['navn']}, {name}", got, len(units) * len(GRADES), facts)


def _units(filters: Mapping[str, Any], codes: set[str]) -> dict[str, Mapping[str, Any]]:
    """The filter's units with these codes; a school that the survey does not know is left out."""
    rows = filters.get("EnhetID")
    if not isinstance(rows, list) or not all(
        isinstance(row, Mapping) and {"id", "kode", "navn"} <= set(row) for row in rows
    ):
        raise FetchError("changed", host=HOST, found="EnhetID")
    return {str(row["kode"]): row for row in rows if str(row["kode"]) in codes}


DATASETS: Final = (
    Dataset(
        "udir_mobbing",
        Words("Mobbing (rapporten)", "Mobbing (rapporten)", "Bullying (the report)"),
        "udir_statistikkbank",
        plan,
        by_itself=False,
        needs_owner=True,
    ),
)
