"""Udir's report interface v1 as the stand-in speaks it: recorded answers where there are some, and the recorded form filled with
the figures of Udir's own files for the national tests.
"""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

from tests.data.sources.fetch.stand_in import Reply, Speaker, reply

RECORDED = Path(__file__).parents[1] / "samples" / "answers"
BASE = "/api/rapportering/rest/v1"
TESTS = {"NPENG": "Engelsk", "NPLES": "Lesing", "NPREG": "Regning"}
MEASURES = ("Skalapoeng", "Usikkerhet", "Antall elever deltatt")
NP5 = "Statistikk/GSK/NasjonaleProever/4/1"
NP8 = "Statistikk/GSK/NasjonaleProever/1/1"


def recorded(name: str) -> Any:
    return json.loads((RECORDED / name).read_text(encoding="utf-8"))


def pivot(content: bytes, subject: str) -> dict[str, Any]:
    """One subject of a hand-downloaded file in the form of the interface."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-16-le").split("\n", 1)[1]), delimiter="\t"))
    heads = [head for head in rows[0] if f".{subject}." in head]
    paths = [re.split(r"\.(?! )", head) for head in heads]
    levels = [[_level(paths[0][depth], 3)] for depth in range(len(paths[0]) - 1)]
    columns = [*levels, [_level(path[-1], 1) for path in paths]]
    return {
        "metadata": {"rowHierarchy": ["Nasjonalt", "Fylke", "Kommune", "Enhet"], "columns": columns},
        "rows": [_row(row, heads) for row in rows],
    }


def _level(name: str, count: int) -> dict[str, Any]:
    return {"name": name, "tekstId_kolonne": "19736", "columnCount": count}


def _row(row: dict[str, str], heads: list[str]) -> dict[str, Any]:
    level = int(row["EnhetNivaa"])
    name = (row["Nasjonalt"], row["Fylke"], row["Kommune"], row["EnhetNavn"])[level - 1]
    parts = ["1", row["Fylkekode"], row["Kommunekode"], row["Organisasjonsnummer"]][:level]
    code = ("Alle", row["Fylkekode"], row["Kommunekode"], row["Organisasjonsnummer"])[level - 1]
    return {"navn": name, "kode": code, "id": ".".join(parts), "data": [row[head] for head in heads]}


def points() -> dict[str, Any]:
    """Points from primary school in the recorded form of the absence report; the numbers are invented."""
    answer: dict[str, Any] = recorded("fravaer_GSK_FravaerG_1_1_202506_subset.json")
    levels = answer["metadata"]["columns"]
    answer["metadata"]["columns"] = [[_level(level[0]["name"], 2)] for level in levels[:-1]] + [
        [_level("Grunnskolepoeng", 1), _level("Antall elever", 1)]
    ]
    for number, row in enumerate(answer["rows"]):
        count = row["data"][-1]
        row["data"] = ["*" if count == "*" else f"4{number % 10},{number % 7}", count]
    return answer


def page(endpoint: str, filters: dict[str, list[Any]]) -> dict[str, Any]:
    """A report page as recorded, for another report."""
    answer = recorded("rapportside_GSK_NP_Geografisk_excerpt.json")
    answer["rappside"] |= {
        "gyldigeFiltre": sorted({"EierformID", "EnhetID", "KjoennID", *filters}),
        "filterDefaultVerdier": {"EnhetID": [-12], "EierformID": [-10], "KjoennID": [-10], **filters},
    }
    answer["rappside"]["rapportElementer"][0]["dataEndepunkt"] = f"rest/v1/{endpoint}/data"
    return answer


def years(name: str, *ids: int) -> dict[str, Any]:
    return {name: [{"indeks": n, "id": one, "kode": str(one), "navn": str(one)} for n, one in enumerate(ids)]}


class Udir:
    """Speaks the report interface. `files`: the file of each school year's grade 5 tests by its filter value."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.lower: dict[
            tuple[str, str], bytes
        ] = {}  # lower secondary tests by year and grade, and with them the points
        self.rename: dict[str, str] = {}

    def __call__(self, path: str, query: dict[str, str]) -> Reply | None:
        path = path.removeprefix(f"{BASE}/")
        found = self._fixed(path)
        if found is not None:
            return reply(found)
        filters = dict(re.findall(r"([A-Za-z]+)\(([^)]*)\)", query.get("filter", "")))
        if not filters:
            return reply(NO_FILTER, 400)
        if any("," in value for value in filters.values()):
            return reply(NO_FILTER | {"melding": "Feil format på filtrene!"}, 400)
        if path == f"{NP5}/data" and filters["SkoleAarID"] in self.files:
            answer = pivot(self.files[filters["SkoleAarID"]], TESTS[filters["ProevetypeID"]])
            return reply(self._renamed(answer))
        if path == f"{NP8}/data" and (filters["SkoleAarID"], filters["TrinnID"]) in self.lower:
            answer = pivot(
                self.lower[filters["SkoleAarID"], filters["TrinnID"]], TESTS[filters["ProevetypeID"]]
            )
            return reply(self._renamed(answer))
        if path == "Statistikk/GSK/ResultatG/1/1/data" and self.lower:
            return reply(self._renamed(points()))
        if path == "Statistikk/GSK/FravaerG/1/1/data":
            return reply(self._renamed(recorded("fravaer_GSK_FravaerG_1_1_202506_subset.json")))
        if path == "Statistikk/GSK/GSI/1/8/data":
            return reply(self._renamed(recorded("gsi_GSK_GSI_1_8_202510_subset.json")))
        return reply({"columns": [], "rows": []})

    def _fixed(self, path: str) -> Any:
        year = max(map(int, self.files), default=20242025)
        return {
            "Rapportside/GSK_NP_Geo_Trinn5": page(NP5, {"SkoleAarID": [year], "ProevetypeID": ["NPLES"]}),
            f"{NP5}/filterVerdier": years("SkoleAarID", *map(int, self.files)),
            "Rapportside/GSK_NP_Geografisk": recorded("rapportside_GSK_NP_Geografisk_excerpt.json"),
            "Statistikk/GSK/NasjonaleProever/1/1/filterVerdier": recorded(
                "filterVerdier_NP_ungdomstrinn_excerpt.json"
            ),
            "Rapportside/GSK_GSPoeng": page("Statistikk/GSK/ResultatG/1/1", {"TidID": [202506]}),
            "Statistikk/GSK/ResultatG/1/1/filterVerdier": years("TidID", 202506),
            "Rapportside/GSK_fravaer": page("Statistikk/GSK/FravaerG/1/1", {"TidID": [202506]}),
            "Statistikk/GSK/FravaerG/1/1/filterVerdier": years("TidID", 202506),
            "Rapportside/GSK_Elev_Skol": page("Statistikk/GSK/GSI/1/8", {"TidID": [202510]}),
            "Statistikk/GSK/GSI/1/8/filterVerdier": years("TidID", 202510),
        }.get(path)

    def _renamed(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A measure with another name: what a changed interface looks like."""
        for level in answer["metadata"]["columns"]:
            for column in level:
                column["name"] = self.rename.get(column["name"], column["name"])
        return answer


NO_FILTER = {
    "kode": 400,
    "feiltype": "Feil i forespørselen",
    "melding": "Filter må oppgis!",
    "tilleggsinfo": "Se /swagger",
}


def speakers(udir: Udir) -> dict[str, Speaker]:
    return {"statistikkportalen.udir.no": udir}
