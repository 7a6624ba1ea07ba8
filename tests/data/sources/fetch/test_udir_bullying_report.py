"""The bullying report: found by itself as one module, asked unit by unit, its recorded answers published cell by cell."""

import json
import re
from typing import Any

import pytest
from django.core.management import call_command

from tests.data.sources.fetch.stand_in import Reply, reply, standing_in
from tests.data.sources.fetch.udir_v1 import BASE, page, recorded, years
from tests.factories.cast import Cast
from tettpaa.core.orgs.actions import NewUnit, add_units, become_owner
from tettpaa.core.orgs.enums import Kind
from tettpaa.data.indicators.models import PublishedValue
from tettpaa.data.sources.fetch.asking import Got
from tettpaa.data.sources.fetch.dataset import Scope, datasets
from tettpaa.data.sources.fetch.errors import FetchError

HOST = "statistikkportalen.udir.no"
REPORT = "Statistikk/GSK/EUG/5/5"
ARENDAL = "mobbing_GSK_EUG_5_5_arendal_trinn7_202512.json"
UNITS = [
    {"indeks": 3, "id": -720, "kode": "4203", "navn": "Arendal", "nivaa": 3},
    {"indeks": 4, "id": 28027, "kode": "990334021", "navn": "Arendal International School (Ais)", "nivaa": 4},
    {"indeks": 5, "id": -721, "kode": "4204", "navn": "Kristiansand", "nivaa": 3},
]


def answer(unit: str, grade: str) -> dict[str, Any]:
    """The recorded answer for Arendal in grade 7; nothing for a grade that was not asked."""
    if (unit, grade) == ("-720", "6"):
        found: dict[str, Any] = recorded(ARENDAL)
        return found
    return {"columns": [], "rows": []}


def speak(path: str, query: dict[str, str]) -> Reply | None:
    path = path.removeprefix(f"{BASE}/")
    if path == "Rapportside/GSK_EUG_mobbing":
        return reply(page(REPORT, {"TidID": [202512], "TrinnID": [6]}))
    if path == f"{REPORT}/filterVerdier":
        return reply(years("TidID", 202412, 202512) | {"EnhetID": UNITS})
    filters = dict(re.findall(r"([A-Za-z]+)\(([^)]*)\)", query["filter"]))
    assert (filters["TidID"], filters["KjoennID"], filters["EierformID"]) == ("202512", "-10", "-10")
    return reply(answer(filters["EnhetID"], filters["TrinnID"]))


@pytest.mark.django_db
def test_a_recorded_answer_is_published(cast: Cast, settings: Any, tmp_path: Any) -> None:
    units = add_units(
        units=[NewUnit(Kind.COUNTY, "42", "Agder", "NO"), NewUnit(Kind.OWNER, "4203", "Arendal", "42")],
        by="test",
    )
    become_owner(unit=units["4203"], by="test")
    add_units(units=[NewUnit(Kind.SCHOOL, "990334021", "Ais", "4203")], by="test")
    with standing_in({HOST: speak}) as server:
        settings.FETCH_STAND_IN, settings.FILE_STORE = server.address, tmp_path / "store"
        call_command("fetch", "udir_mobbing", owner="4203")
        assert len(server.asked) == 2 + 2 * 2  # the page, its filters, two units in two grades
    text = json.dumps(recorded(ARENDAL))
    independent = re.search(r'"EUIndeks_1398", "id": "41", "data": \["([0-9,]+)"\]', text)
    assert independent is not None
    rows = PublishedValue.objects.filter(superseded_by=None).values_list(
        "unit__code", "indicator__key", "period", "grade", "value"
    )
    assert list(rows) == [("4203", "eu_mobbing", 2025, 7, float(independent[1].replace(",", ".")))]


def test_it_is_found_by_itself_and_left_out_of_all() -> None:
    found = datasets()["udir_mobbing"]
    assert (found.by_itself, found.needs_owner) == (False, True)


@pytest.mark.parametrize("units", [None, [{"id": 1}], [7]])
def test_units_in_another_form_stop_it(units: Any) -> None:
    answers = iter([page(REPORT, {"TidID": [202512]}), years("TidID", 202512) | {"EnhetID": units}])

    def ask(host: str, path: str) -> Got:
        return Got(f"https://{host}{path}", b"{}", next(answers))

    with pytest.raises(FetchError) as caught:
        list(datasets()["udir_mobbing"].plan(Scope("4203", "42"), ask))
    assert caught.value.params["found"] == "EnhetID"
