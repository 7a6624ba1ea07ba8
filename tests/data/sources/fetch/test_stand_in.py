"""The stand-in's traps are sprung one by one: what our questions avoid is really there, and the client says it in words."""

import json

import pytest

from tests.data.sources.fetch.everything import NP8, OWNER, everything, schools
from tests.data.sources.fetch.stand_in import LONGEST_ADDRESS, standing_in
from tests.data.sources.fetch.udir_v2 import BASE, HOST
from tettpaa.data.sources.fetch.client import Manners, get
from tettpaa.data.sources.fetch.errors import FetchError
from tettpaa.data.sources.fetch.ssb_tables import HOST as SSB
from tettpaa.data.sources.fetch.ssb_tables import TABLE
from tettpaa.data.sources.fetch.udir_reports import HOST as REPORTS

REPORT = "/api/rapportering/rest/v1/Statistikk/GSK/NasjonaleProever/4/1/data"
FILTERS = f"TidID(202512)_Organisasjonsnummer({min(schools() | schools(NP8))})"
REFUSED = {
    "no filter, the export": (HOST, f"{BASE}/148/data?sideNummer=1", "400", "Filter må oppgis!"),
    "comma, the export": (HOST, f"{BASE}/148/data?filter=TidID(202112,202512)&sideNummer=1", "400", "Feil format på filtrene!"),
    "no filter, the report": (REPORTS, REPORT, "400", "Filter må oppgis!"),
    "comma, the report": (REPORTS, f"{REPORT}?filter=ProevetypeID(NPENG,NPLES)", "400", "Feil format på filtrene!"),
    "a web page to a long address": (SSB, f"{TABLE}/data?lang=no&{'x' * LONGEST_ADDRESS}", "404", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_question_is_refused_as_the_publisher_does(name: str) -> None:
    host, path, status, words = REFUSED[name]
    with standing_in(everything(OWNER)) as server, pytest.raises(FetchError) as caught:
        get(host, path, Manners(stand_in=server.address))
    found = caught.value.params["found"]
    assert (caught.value.code, caught.value.params["status"]) == ("refused", status)
    assert (words in found) if words else (found == "")
    assert len(server.asked) == 1  # such a refusal does not pass by itself


def test_a_page_too_far_repeats_the_last_one() -> None:
    with standing_in(everything(OWNER)) as server:

        def page(number: int) -> object:
            path = f"{BASE}/148/data?filter={FILTERS}&sideNummer={number}&format=0"
            return json.loads(get(HOST, path, Manners(stand_in=server.address)))

        count = json.loads(
            get(HOST, f"{BASE}/148/sideData?filter={FILTERS}", Manners(stand_in=server.address))
        )[0]["JSONSider"]
        assert count > 1
        assert page(count) == page(count + 1)
        assert page(count) != page(count - 1)


def test_a_report_of_a_year_or_grade_that_is_not_there_is_an_empty_answer() -> None:
    path = f"{REPORT}?filter=ProevetypeID(NPLES)_SkoleAarID(20992100)"
    with standing_in(everything(OWNER)) as server:
        assert json.loads(get(REPORTS, path, Manners(stand_in=server.address))) == {"columns": [], "rows": []}
