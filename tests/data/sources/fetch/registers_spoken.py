"""The registers as the stand-in speaks them: recorded records of NSR v4 and Klass 131, and the register of units' form.

The recorded pair is Stange's: one school that got a new number. `record` puts other names and numbers into its form.
"""

import json
import lzma
import re
from typing import Any

from tests.data.sources.fetch.stand_in import Reply, Speaker, reply
from tests.data.sources.fetch.udir_v1 import recorded
from tests.data.sources.helpers import ROOT

NSR, BRREG, SSB = "data-nsr.udir.no", "data.brreg.no", "data.ssb.no"
OLD, NEW = "975270920", "933181995"
LISTED = (
    "Organisasjonsnummer", "Navn", "FulltNavn", "Karakteristikk", "ErAktiv", "ErSkole", "ErSkoleeier", "ErGrunnskole",
    "ErVideregaaendeSkole", "ErPrivatskole", "ErOffentligSkole", "ErSpesialskole", "ErGrunnopplaering", "Skolekategorier",
    "DatoEndret",
)  # fmt: skip


def record(code: str, name: str, municipality: str, **changes: Any) -> dict[str, Any]:
    """A school at work in the recorded form."""
    found: dict[str, Any] = recorded(f"nsr_enhet_{NEW}.json")
    found |= {"Organisasjonsnummer": code, "Navn": name, "FulltNavn": name, **changes}
    found["Kommune"]["Kommunenummer"] = municipality
    return found


def stange() -> list[dict[str, Any]]:
    return [recorded(f"nsr_enhet_{OLD}.json"), recorded(f"nsr_enhet_{NEW}.json")]


class Nsr:
    """Speaks the school register: whole records by number, and a municipality's list in the recorded slim form."""

    def __init__(self, *schools: dict[str, Any]) -> None:
        self.schools = {school["Organisasjonsnummer"]: school for school in schools}

    def __call__(self, path: str, query: dict[str, str]) -> Reply | None:
        del query
        if (found := re.fullmatch(r"/v4/enheter/kommune/(\d{4})", path)) is not None:
            mine = [one for one in self.schools.values() if one["Kommune"]["Kommunenummer"] == found[1]]
            return reply({"EnhetListe": [_listed(one) for one in mine]})
        school = self.schools.get(path.removeprefix("/v4/enhet/"))
        return reply(school) if school else None


def _listed(school: dict[str, Any]) -> dict[str, Any]:
    place = school["Kommune"]
    return {name: school[name] for name in LISTED} | {
        "Kommunenummer": place["Kommunenummer"],
        "Fylkesnummer": place["Fylkesnummer"],
    }


def brreg(units: dict[str, dict[str, str]]) -> Speaker:
    """The register of units: the dates of some numbers; others it does not know."""

    def speak(path: str, query: dict[str, str]) -> Reply | None:
        del query
        code = path.removeprefix("/enhetsregisteret/api/underenheter/")
        return reply({"organisasjonsnummer": code, **units[code]}) if code in units else None

    return speak


def klass(path: str, query: dict[str, str]) -> Reply | None:
    """Klass 131 as recorded, and 112; None for other addresses of the host."""
    if path.endswith("/classifications/131/codesAt"):
        packed = ROOT / "src/tettpaa/core/orgs/codes/klass131_codesAt_2026-01-01.json.xz"
        return reply(json.loads(lzma.decompress(packed.read_bytes())))
    if path.endswith("/classifications/131/changes") and set(query) == {"from", "to"}:
        return reply(recorded("klass131_changes_2026.json"))
    if path.endswith("/classifications/112/correspondsAt") and query["targetClassificationId"] == "131":
        return reply(groups())
    return None


def groups(**more: str) -> dict[str, Any]:
    """Klass 112 in its published form: Bergen and Oslo as they are, Hustadvika in an invented group, and `more` by number."""
    pairs = {"4601": "EKG12", "0301": "EKG13", "1579": "EKG99"} | {
        code[1:]: group for code, group in more.items()
    }
    return {
        "correspondenceItems": [
            {
                "sourceCode": group, "sourceName": f"KOSTRA-gruppe {group[3:]}", "sourceShortName": "",
                "targetCode": code, "targetName": f"Navn {code}", "targetShortName": "",
            }
            for code, group in pairs.items()
        ]
    }  # fmt: skip
