"""Udir's export interface v2 as the stand-in speaks it: recorded rows of one school, in the columns that each table has.

The recorded rows came without columns of places and codes; those are filled in here for a school of Fjordvik, in the published order.
"""

import json
import math
import re
from typing import Any

from tests.data.sources.fetch.stand_in import Reply, reply
from tests.data.sources.fetch.udir_v1 import NO_FILTER, recorded

HOST = "api.statistikkbanken.udir.no"
BASE = "/api/rest/v2/Eksport"
VIK = "F00000002"
PER_PAGE = 25
YEARS = [202112, 202512]
CODES = {
    "Faglig utfordring": 1378, "Trivsel": 1379, "Støtte fra lærer": 1380, "Støtte hjemmefra": 1381, "Vurdering for læring": 1382,
    "Læringskultur": 1383, "Mestring": 1384, "Motivasjon": 1385, "Elevdemokrati og medvirkning": 1386, "Felles regler": 1387,
    "Utdanning og yrkesveiledning (videregående)": 1389, "Mobbing på skolen": 1398,
}  # fmt: skip
FILES = {148: "tabell_152_utdrag.json", 150: "tabell_154_utdrag.json", 151: "tabell_155.json"}
PLACE = {
    "EnhetNivaa": "4", "Nasjonaltkode": "I", "Nasjonalt": "Hele landet", "Fylkekode": "99", "Fylke": "Fylket",
    "Kommunekode": "9901", "Kommune": "Fjordvik", "Organisasjonsnummer": VIK,
}  # fmt: skip


def rows(table: int, year: int = 0) -> list[dict[str, Any]]:
    """The recorded rows of a table in its full columns."""
    name = f"{year // 100}-{year // 100 % 100 + 1}" if year else ""
    return [dressed(row, table) for row in recorded(FILES[table]) if row["Skoleaarnavn"].startswith(name)]


def dressed(row: dict[str, Any], table: int) -> dict[str, Any]:
    """A recorded row with the columns of places and codes."""
    full: dict[str, Any] = dict(row) | PLACE
    full |= {"TrinnNivaa": "1", "TrinnKode": row["Trinnnavn"][-1], "EierformNivaa": "0", "Eierformkode": "A"}
    if table != 151:
        whole = row["Spoersmaalnavn"] == "Alle spørsmål"
        full |= {
            "KjoennNivaa": "0",
            "KjoennKode": "A",
            "GruppeNivaa": "0",
            "GruppeKode": "A",
            "GruppeNavn": "Alle",
        }
        full |= {
            "SpoersmaalNivaa": "1" if whole else "2",
            "Spoersmaalkode": "" if whole else "EUSpoersmaal_Q1",
        }
        full["Spoersmaalgruppekode"] = f"EUIndeks_{CODES[row['Spoersmaalgruppe']]}"
    if table == 148:
        full |= {f"AntallBesvartSvaralternativ{number}": None for number in range(1, 6)}
    return full


class Eksport:
    """Speaks the export interface. `change` is done to every page's rows before they go out."""

    def __init__(self, place: dict[str, str] | None = None) -> None:
        self.place = PLACE | (place or {})
        self.open = [148, 149, 150, 151, 152]
        self.extra: dict[str, str] = {}
        self.lose_rows = 0

    def __call__(self, path: str, query: dict[str, str]) -> Reply | None:
        if path == BASE:
            return reply([{"EksportID": one, "Beskrivelse": "Elevundersøkelsen"} for one in self.open])
        match = re.fullmatch(rf"{BASE}/(\d+)/(\w+)", path)
        if match is None:
            return None
        table, what = int(match[1]), match[2]
        if what == "filterStatus":
            return reply({"TidID": YEARS})
        filters = dict(re.findall(r"([A-Za-z]+)\(([^)]*)\)", query.get("filter", "")))
        if not filters:
            return reply(NO_FILTER, 400)
        if any("," in value for value in filters.values()):
            return reply(NO_FILTER | {"melding": "Feil format på filtrene!"}, 400)
        found = self._rows(table, filters)
        pages = max(1, math.ceil(len(found) / PER_PAGE))
        if what == "sideData":
            return reply([{"JSONSider": pages, "RaderTotalt": len(found)}])
        number = min(int(query["sideNummer"]), pages)  # a page too far repeats the last
        part = found[(number - 1) * PER_PAGE : number * PER_PAGE]
        about = {"Sidenummer": str(number), "RaderSide": str(PER_PAGE), "RaderTotalt": str(len(found))}
        sent = [row | about | self.extra for row in part]
        return 200, json.dumps(sent[: len(sent) - self.lose_rows], ensure_ascii=False).encode()

    def _rows(self, table: int, filters: dict[str, str]) -> list[dict[str, Any]]:
        wanted = filters["Organisasjonsnummer"].split("_")
        known = self.place["Organisasjonsnummer"] in wanted
        found = [row | self.place for row in rows(table, int(filters["TidID"]))] if known else []
        if filters.get("EierformID") == "-10":
            found = [row for row in found if row["EierformNavn"] == "Alle eierformer"]
        if filters.get("SpoersmaalID") == "-10":
            found = [row for row in found if row["Spoersmaalnavn"] == "Alle spørsmål"]
        return found
