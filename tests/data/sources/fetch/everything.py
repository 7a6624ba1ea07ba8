"""Every publisher in one stand-in, for a municipality that begins from nothing: Hustadvika, with the schools of Udir's own file."""

import csv
import io
import re
from typing import Any

from tests.data.sources.fetch.registers_spoken import BRREG, NSR, SSB, Nsr, brreg, klass, record
from tests.data.sources.fetch.stand_in import Reply, Speaker, reply
from tests.data.sources.fetch.test_ssb_kostra import REGION
from tests.data.sources.fetch.test_ssb_kostra import answer as kostra
from tests.data.sources.fetch.udir_v1 import Udir
from tests.data.sources.fetch.udir_v1 import speakers as reports
from tests.data.sources.fetch.udir_v2 import HOST as SURVEY
from tests.data.sources.fetch.udir_v2 import Eksport
from tests.data.sources.helpers import sample

OWNER = "1579"
NP5, NP8 = sample("np5_2024-25_utdrag.csv"), sample("np8_2024-25_utdrag.csv")
PLACES = {"EAK": 150_000, "EKA15": 151_000, OWNER: 152_345, "1103": 149_000, "EKG99": 148_500}


def schools(content: bytes = NP5, owner: str = OWNER) -> dict[str, str]:
    """A municipality's schools in Udir's file: number and name."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-16-le").split("\n", 1)[1]), delimiter="\t")
    return {
        row["Organisasjonsnummer"]: row["EnhetNavn"].strip()
        for row in rows
        if row["EnhetNivaa"] == "4" and row["Kommunekode"] == owner
    }


def pxweb(path: str, query: dict[str, str]) -> Reply | None:
    """Table 12255: its metadata, and the places that were asked for."""
    if path.endswith("/tables/12255/metadata"):
        return reply(kostra(dict(PLACES)))
    if path.endswith("/tables/12255/data"):
        asked = query[f"valuecodes[{REGION}]"].split(",")
        return reply(kostra({code: PLACES[code] for code in asked}))
    return None


def statistics_norway(path: str, query: dict[str, str]) -> Reply | None:
    """Klass and PxWeb share a host."""
    return klass(path, query) or pxweb(path, query)


def everything(owner: str = OWNER) -> dict[str, Speaker]:
    """Both of Udir's interfaces, the school register, the register of units, Klass and PxWeb."""
    udir = Udir({"20242025": NP5})
    udir.lower[("20242025", "7")] = NP8
    known = schools(NP5, owner) | schools(NP8, owner)
    first = min(known)
    place = {
        "Fylkekode": owner[:2], "Fylke": "Møre og Romsdal", "Kommunekode": owner, "Kommune": "Hustadvika",
        "Organisasjonsnummer": first, "EnhetNavn": known[first],
    }  # fmt: skip
    nsr = Nsr(*(record(code, name, owner) for code, name in sorted(known.items())))
    units: dict[str, dict[str, Any]] = {code: {"oppstartsdato": "2024-08-01"} for code in known}
    return {
        **reports(udir), SURVEY: Eksport(place), NSR: nsr, BRREG: brreg(units), SSB: statistics_norway,
    }  # fmt: skip


def independent_values() -> dict[tuple[str, str], str]:
    """Scale points of Hustadvika's schools in Udir's files as text, by number and heading, read without the product's code."""
    found = {}
    for content in (NP5, NP8):
        rows = csv.DictReader(io.StringIO(content.decode("utf-16-le").split("\n", 1)[1]), delimiter="\t")
        for row in rows:
            if row["Kommunekode"] == OWNER and row["EnhetNivaa"] == "4":
                for head, value in row.items():
                    if head.endswith(".Skalapoeng") and re.fullmatch(r"[0-9]+", value or ""):
                        found[row["Organisasjonsnummer"], head] = value
    return found
