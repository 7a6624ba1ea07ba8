"""The data sheet: published figures only, each in the reader's edition, and pinned when the package is frozen."""

import json
from types import SimpleNamespace

import pytest

from tests.doors.workspace.conftest import LOCAL, NATIONAL, NES, cell, world
from tests.work.agreements.making import in_force
from tests.work.dialogue import meetinghouse as house
from tettpaa.data.indicators.actions import compare, publish
from tettpaa.data.suppression.kinds import Edition, Status
from tettpaa.work.dialogue import actions, datasheet, queries, sealing, tasks
from tettpaa.work.dialogue.models import FrozenPackage


@pytest.fixture
def release(cast):
    return publish(comparison=compare(cells=world(), origin=NATIONAL, owner=None), by="x", owner=None)


def sheet(cast, edition=Edition.INTERNAL):
    return datasheet.sheet(datasheet.owners_eyes(cast.fjordvik), cast.nes, edition=edition)


def test_five_years_with_a_sentence_and_its_certainty(cast, release):
    made = sheet(cast)
    (line,) = made["lines"]
    assert made["years"] == [2020, 2021, 2022, 2023, 2024]
    assert [cell["text"].get("nb") for cell in line["cells"]] == [None, None, "43", "42", "42"]
    assert (line["certainty"], made["releases"]) == ("clear", [release.pk])
    shown = datasheet.read(made, "nb")
    assert shown["told"][0]["sentence"].startswith("Nes skole ligger klart under landet.")
    assert shown["rest"] == []
    assert datasheet.read(made, "en")["years"][-1] == "2024–25"


def test_without_the_nation_the_county_is_beside_it(cast):
    cells = [one for one in world() if one.unit_code != "NO"]
    publish(comparison=compare(cells=cells, origin=NATIONAL, owner=None), by="x", owner=None)
    (line,) = sheet(cast)["lines"]
    assert "Fjordfylket" in line["sentences"]["nb"]


def test_a_place_alone_is_told_without_a_verdict(cast):
    cells = [one for one in world() if one.unit_code == NES]
    publish(comparison=compare(cells=cells, origin=NATIONAL, owner=None), by="x", owner=None)
    shown = datasheet.read(sheet(cast), "nb")
    assert ([line["name"] for line in shown["rest"]], shown["told"]) == (["Lesing 5. trinn"], [])


def test_a_hidden_year_stays_hidden_and_is_counted(cast):
    cells = [*world(), cell(NES, None, None, period=2021, status=Status.HIDDEN_BY_SOURCE)]
    publish(comparison=compare(cells=cells, origin=NATIONAL, owner=None), by="x", owner=None)
    made = sheet(cast)
    assert [one["status"] for one in made["lines"][0]["cells"]] == [
        "missing",
        "hidden_by_source",
        "ok",
        "ok",
        "ok",
    ]
    assert datasheet.read(made, "nb")["hidden"] == 1


def test_small_figures_are_only_in_the_internal_edition(cast, release):
    small = [cell(NES, 41.5, 4, period=2024, indicator="np5_regning")]
    publish(comparison=compare(cells=small, origin=LOCAL, owner=cast.fjordvik), by="x", owner=cast.fjordvik)
    public = json.dumps(sheet(cast, Edition.PUBLIC))
    assert "41,5" not in public
    assert '"42"' in public


def test_freezing_pins_the_releases_and_later_figures_change_nothing(cast, client_of, release):
    meeting = house.bring(house.make_meeting(cast), "frozen")
    assert FrozenPackage.objects.get().releases == [release.pk]
    assert "Nes skole ligger klart under landet." in client_of("aud").get(
        house.address(meeting, "pakke/")
    ).content.decode().replace("\n", " ")
    publish(
        comparison=compare(cells=world(indicator="np5_regning"), origin=NATIONAL, owner=None),
        by="x",
        owner=None,
    )
    who = house.who(cast, "aud", meeting)
    package = queries.package_of(house.viewer(cast, "aud"), meeting, who, house.at(6).date())
    data = next(part for part in package.parts if part.key == "data")
    assert [line["name"] for line in data.content["lines"]] == ["Lesing 5. trinn"]


def test_earlier_promises_and_a_shared_assessment_are_in_the_package(cast, client_of, monkeypatch):
    in_force(cast)
    found = SimpleNamespace(
        __dataclass_fields__={"comment": 1, "answered": 1, "closed": 1, "distributions": 1}
    )
    found.comment, found.answered, found.closed, found.distributions = "KOMMENTAR", 17, house.START.date(), ()
    monkeypatch.setattr(sealing, "assessment_of", lambda *_args, **_more: found)
    meeting = house.bring(house.make_meeting(cast), "open")
    actions.freeze(meeting=meeting, by=house.BERIT)
    content = json.loads(FrozenPackage.objects.get().content)
    assert content["last"][0]["side"] == "school"
    assert content["assessment"] == {"comment": "KOMMENTAR", "closed": "2026-12-03", "distributions": []}
    page = client_of("aud").get(house.address(meeting, "pakke/")).content.decode()
    assert content["last"][0]["what"] in page
    assert "KOMMENTAR" in page


def test_the_morning_round_is_a_daily_job(cast):
    house.bring(house.make_meeting(cast), "planned")
    done = tasks.round_of_meetings({"by": "system"}, lambda *_: None)
    assert done == {"opened": 0, "frozen": 0, "sent": 0, "carried": 0}
