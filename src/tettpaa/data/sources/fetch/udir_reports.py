"""Udir's report interface v1 (data.md 1B): the page says where its data are, the filters say which years there are, then one
question for each year and test. The whole country comes in each answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final
from urllib.parse import quote

from tettpaa.data.indicators.definitions.model import Words
from tettpaa.data.sources.fetch.dataset import Ask, Dataset, Scope, Step
from tettpaa.data.sources.fetch.errors import FetchError

HOST: Final = "statistikkportalen.udir.no"
BASE: Final = "/api/rapportering/"
# One ownership and one gender, else every combination comes in one reply and is counted double.
TOTALS: Final = {"EierformID": "-10", "KjoennID": "-10"}
EVERYTHING: Final = "radSti=**&inkluderKoder=true"


@dataclass(frozen=True, slots=True)
class Report:
    """A report page: its code, the filter that holds the years, and the choices to ask for one by one."""

    page: str
    years: str
    choices: tuple[Mapping[str, str], ...] = field(default=({},))

    def plan(self, scope: Scope, ask: Ask) -> Iterator[Step]:
        """The answers of all years and choices. Raises FetchError when the page has changed."""
        del scope
        page = page_of(ask(HOST, f"{BASE}rest/v1/Rapportside/{self.page}").data)
        endpoint = endpoint_of(page)
        years = years_of(ask(HOST, BASE + endpoint.removesuffix("data") + "filterVerdier").data, self.years)
        total = len(years) * len(self.choices)
        for year, choice in product(years, self.choices):
            filters = self.filters(page, {**choice, self.years: str(year["id"])})
            got = ask(HOST, f"{BASE}{endpoint}?filter={quote(filters, safe='()_')}&{EVERYTHING}")
            label = " ".join([str(page.get("navn", self.page)), *choice.values(), str(year.get("navn", ""))])
            yield Step(label, got, total, dict(choice))

    def filters(self, page: Mapping[str, Any], wanted: Mapping[str, str]) -> str:
        """The page's own defaults, ours over them. A filter of ours that the page no longer knows stops it."""
        valid = page.get("gyldigeFiltre", [])
        gone = [name for name in wanted if name not in valid]
        if gone:
            raise FetchError("changed", host=HOST, found=", ".join(gone))
        defaults = {
            name: "_".join(map(str, values)) for name, values in page.get("filterDefaultVerdier", {}).items()
        }
        totals = {name: value for name, value in TOTALS.items() if name in valid}
        return "_".join(
            f"{name}({value})" for name, value in sorted({**defaults, **totals, **wanted}.items())
        )


def page_of(answer: Any) -> Mapping[str, Any]:
    page = answer.get("rappside") if isinstance(answer, dict) else None
    if not isinstance(page, dict):
        raise FetchError("changed", host=HOST, found="rappside")
    return page


def endpoint_of(page: Mapping[str, Any]) -> str:
    """Where the data are; version numbers in it move, so it is asked for each time."""
    try:
        endpoint = str(page["rapportElementer"][0]["dataEndepunkt"])
    except (KeyError, IndexError, TypeError) as error:
        raise FetchError("changed", host=HOST, found="dataEndepunkt") from error
    if not endpoint.startswith("rest/v1/Statistikk/") or not endpoint.endswith("/data"):
        raise FetchError("changed", host=HOST, found=endpoint[:80])
    return endpoint


def years_of(answer: Any, name: str) -> list[dict[str, Any]]:
    years = answer.get(name) if isinstance(answer, dict) else None
    if not years or not all(isinstance(year, dict) and isinstance(year.get("id"), int) for year in years):
        raise FetchError("changed", host=HOST, found=name)
    return sorted(years, key=lambda year: int(year["id"]))


def _tests(grades: tuple[str, ...]) -> tuple[Mapping[str, str], ...]:
    """Tests of the lower secondary page: grade 8 (7) has three, grade 9 (8) no English."""
    return tuple(
        {"TrinnID": grade, "ProevetypeID": test}
        for grade in grades
        for test in ("NPENG", "NPLES", "NPREG")
        if (grade, test) != ("8", "NPENG")
    )


def _dataset(key: str, report: Report, nb: str, nn: str, en: str) -> Dataset:
    return Dataset(key, Words(nb, nn, en), "udir_statistikkbank", report.plan)


DATASETS: Final = (
    _dataset(
        "udir_np5",
        Report(
            "GSK_NP_Geo_Trinn5", "SkoleAarID", tuple({"ProevetypeID": t} for t in ("NPENG", "NPLES", "NPREG"))
        ),
        "Nasjonale prøver 5. trinn",
        "Nasjonale prøver 5. steg",
        "National tests grade 5",
    ),
    _dataset(
        "udir_np8",
        Report("GSK_NP_Geografisk", "SkoleAarID", _tests(("7", "8"))),
        "Nasjonale prøver 8. og 9. trinn",
        "Nasjonale prøver 8. og 9. steg",
        "National tests grades 8 and 9",
    ),
    _dataset(
        "udir_gspoeng",
        Report("GSK_GSPoeng", "TidID"),
        "Grunnskolepoeng",
        "Grunnskulepoeng",
        "Points from primary school",
    ),
    _dataset(
        "udir_fravaer",
        Report("GSK_fravaer", "TidID"),
        "Fravær på 10. trinn",
        "Fråvær på 10. steg",
        "Absence in grade 10",
    ),
    _dataset(
        "udir_elevtall",
        Report("GSK_Elev_Skol", "TidID"),
        "Elever og skoler (GSI)",
        "Elevar og skular (GSI)",
        "Pupils and schools (GSI)",
    ),
)
