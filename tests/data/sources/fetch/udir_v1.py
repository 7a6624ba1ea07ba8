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
MARKS = "Statistikk/GSK/ResultatFagG/1/1"


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


SUBJECTS = {"NOR0218": 341, "MAT0015": 342, "ENG0030": 343, "NOR0214": 41, "MAT0010": 42, "ENG0012": 43}


def marks(numbers: list[str], year: str = "2024-25") -> dict[str, Any]:
    """Marks in the recorded form of the absence report, by subject as data.md 1B says; the figures are invented.

    Each subject has a row of its own, then its places; every seventh mark is shielded, and some schools had no exam.
    """
    recorded_rows: dict[str, Any] = recorded("fravaer_GSK_FravaerG_1_1_202506_subset.json")
    measures = [_level("Snittkarakter", 1), _level("Antall elever", 1)]
    answer: dict[str, Any] = {
        "metadata": {
            "rowHierarchy": ["Fag", *recorded_rows["metadata"]["rowHierarchy"]],
            "columns": [
                [_level(year, 4)],
                [_level("Standpunkt", 2), _level("Skriftlig eksamen", 2)],
                [_level("Alle eierformer", 2)] * 2,
                [_level("Alle kjønn", 2)] * 2,
                measures * 2,
            ],
        },
        "rows": [],
    }
    codes = {str(number): code for code, number in SUBJECTS.items()}
    for at, subject in enumerate(numbers):
        name = codes[subject]
        answer["rows"].append({"navn": name, "kode": name, "id": subject, "data": ["", "", "", ""]})
        for number, row in enumerate(recorded_rows["rows"]):
            count = row["data"][-1]
            both = [f"{3 + at % 3},{number % 10}", count, f"3,{(number + at) % 10}", "12"]
            data = ["*", "*", "", ""] if "*" in (count, both[1]) or number % 7 == 6 else both
            answer["rows"].append({**row, "id": f"{subject}.{row['id']}", "data": data})
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


MARKS_FILTERS: dict[str, list[Any]] = {
    "TidID": [202506], "FagID": [-10], "KaraktertypeID": [1], "VisAntallPersoner": [0], "VisKarakterfordeling": [0],
}  # fmt: skip


def subjects() -> dict[str, Any]:
    rows = [{"indeks": n, "id": n, "kode": code, "navn": code} for code, n in SUBJECTS.items()]
    return {"FagID": [{"indeks": 0, "id": -10, "kode": "Alle", "navn": "Alle fag"}, *rows]}


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
        if path == f"{MARKS}/data" and filters["KaraktertypeID"] == "1_3":
            return reply(self._renamed(marks(filters["FagID"].split("_"))))
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
            "Rapportside/GSK_GSKarakterer": page(MARKS, MARKS_FILTERS),
            f"{MARKS}/filterVerdier": years("TidID", 202506) | subjects(),
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
