"""The registers: recorded records read field by field, what stops the reading, what is proposed, what is asked."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.data.sources.fetch.registers_spoken import BRREG, NEW, NSR, OLD, Nsr, brreg, record, stange
from tests.data.sources.fetch.stand_in import StandIn, standing_in
from tests.data.sources.fetch.udir_v1 import recorded
from tettpaa.data.sources.fetch.asking import Asker
from tettpaa.data.sources.fetch.client import Manners
from tettpaa.data.sources.fetch.dataset import Scope, datasets
from tettpaa.data.sources.fetch.errors import FetchError
from tettpaa.data.sources.fetch.snapshot import write_snapshot
from tettpaa.data.sources.register import proposals
from tettpaa.data.sources.register.klass import changes_from, codes_from
from tettpaa.data.sources.register.nsr import RegisterSchool, listed_schools, school_from, with_units
from tettpaa.data.sources.register.proposals import Here
from tettpaa.data.sources.register.reading import schools_in

STANGE = "3413"


def snapshot(server: StandIn, folder: Path) -> Path:
    ask = Asker(folder, Manners(stand_in=server.address, first_pause_s=0.0), pace=0.0)
    path = folder / "nsr.json"
    write_snapshot(datasets()["nsr"], Scope(STANGE, "34"), ask, path, lambda *_: None)
    return path


def test_a_recorded_record_is_read_field_by_field() -> None:
    old, new = map(school_from, stange())
    assert (old.code, old.name, old.municipality, old.is_active, old.end_kind) == (
        OLD, "Stange ungdomsskole", STANGE, False, "F",
    )  # fmt: skip
    assert (str(old.end), old.started, old.grade_from, old.address) == (
        "2024-08-25", "1969-02-01", None, "kongsvegen 12 2335",
    )  # fmt: skip
    assert (new.code, new.is_active, new.is_ordinary, new.is_private, new.ended, new.end_kind) == (
        NEW, True, True, False, "", "",
    )  # fmt: skip
    assert (str(new.start), new.end, new.grade_from, new.grade_to, new.language) == (
        "2024-08-01", None, 8, 10, "nb",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"Elevtallet": 4}, "Elevtallet"),
        ({"Elevtall": ...}, "Elevtall"),
        ({"ErAktiv": "ja"}, "ErAktiv"),
        ({"Kommune": None}, "Kommunenummer"),
        ({"UtgaattDato": "i går"}, "UtgaattDato"),
        ({"SkoletrinnGSFra": "8"}, "SkoletrinnGSFra"),
        ({"Maalform": {"Navn": "Bokmål"}}, "Id"),
        ({"Naeringskoder": [{"Prioritet": 1}]}, "Kode"),
    ],
)
def test_a_changed_record_stops_the_reading(changes: dict[str, Any], found: str) -> None:
    row = stange()[1] | changes
    if changes.get("Kommune", 1) is None:
        row["Kommune"] = {}
    with pytest.raises(FetchError) as caught:
        school_from({name: value for name, value in row.items() if value is not ...})
    assert (caught.value.code, caught.value.params["found"]) == ("changed", found)
    with pytest.raises(FetchError):
        school_from([])


@pytest.mark.parametrize(
    ("changes", "is_ordinary"),
    [
        ({}, True),
        ({"Skolekategorier": [{"Id": "25", "Navn": "Voksenopplæring"}]}, False),
        ({"Naeringskoder": [{"Prioritet": 1, "Kode": "85.593"}]}, False),
        ({"Naeringskoder": [{"Prioritet": 1, "Kode": "85.310"}]}, False),
        ({"Naeringskoder": [{"Prioritet": 1, "Kode": "85.201"}, {"Prioritet": 2, "Kode": "85.310"}]}, True),
        ({"ErEkskludert": True}, False),
        ({"ErGrunnskole": False}, False),
    ],
)
def test_an_ordinary_school_is_one_for_children(changes: dict[str, Any], is_ordinary: bool) -> None:
    assert school_from(stange()[1] | changes).is_ordinary is is_ordinary


def test_no_address_and_no_language_are_empty() -> None:
    bare = school_from(stange()[1] | {"Beliggenhetsadresse": None, "Maalform": None})
    assert (bare.address, bare.language) == ("", "")


def test_the_list_names_schools_for_children_only() -> None:
    nsr = Nsr(*stange(), record("999999999", "Stange vgs", STANGE, ErGrunnskole=False))
    answer = nsr(f"/v4/enheter/kommune/{STANGE}", {})
    assert answer is not None
    assert listed_schools(json.loads(answer[1])) == [OLD, NEW]
    for wrong in ([], {"EnhetListe": None}, {"EnhetListe": [{}]}):
        with pytest.raises(FetchError):
            listed_schools(wrong)
    odd = record("../../x", "Skole", STANGE)
    with pytest.raises(FetchError) as caught:
        listed_schools({"EnhetListe": [odd]})
    assert caught.value.params["found"] == "../../x"


def test_the_questions_are_the_list_each_school_and_what_lately_changed(tmp_path: Path) -> None:
    units = {NEW: {"oppstartsdato": "2024-08-01"}, OLD: {"slettedato": "2024-08-25"}}
    with standing_in({NSR: Nsr(*stange()), BRREG: brreg(units)}) as server:
        schools = schools_in(snapshot(server, tmp_path))
        assert server.asked == [
            f"{NSR}/v4/enheter/kommune/{STANGE}",
            f"{NSR}/v4/enhet/{OLD}",
            f"{BRREG}/enhetsregisteret/api/underenheter/{OLD}",
            f"{NSR}/v4/enhet/{NEW}",
            f"{BRREG}/enhetsregisteret/api/underenheter/{NEW}",
        ]
    assert [(one.code, one.unit_started, one.unit_ended) for one in schools] == [
        (OLD, "", "2024-08-25"),
        (NEW, "2024-08-01", ""),
    ]


def test_what_the_register_of_units_does_not_know_stops_nothing(tmp_path: Path) -> None:
    settled = record(
        "999999998", "Gammel skole", STANGE, OppstartsEllerStiftelsesdato="1969-02-01T00:00:00+00:00"
    )
    undated = record("999999997", "Udatert skole", STANGE, OppstartsEllerStiftelsesdato=None)
    units = {"999999997": {"registreringsdatoEnhetsregisteret": "2001-08-01"}}
    with standing_in({NSR: Nsr(settled, undated, stange()[1]), BRREG: brreg(units)}) as server:
        schools = schools_in(snapshot(server, tmp_path))
        asked = [one for one in server.asked if one.startswith(BRREG)]
    assert [one.rsplit("/", 1)[1] for one in asked] == ["999999997", NEW]
    assert [str(one.start) for one in schools] == ["1969-02-01", "2001-08-01", "2024-08-01"]


def test_another_error_of_the_register_of_units_does(tmp_path: Path) -> None:
    with standing_in({NSR: Nsr(stange()[1]), BRREG: brreg({})}) as server:
        server.traps = ["", "", "moved"]
        with pytest.raises(FetchError) as caught:
            snapshot(server, tmp_path)
    assert caught.value.code == "redirect"


@pytest.mark.parametrize(
    "answer", [{"organisasjonsnummer": OLD}, {"organisasjonsnummer": NEW, "oppstartsdato": "i fjor"}]
)
def test_a_strange_answer_of_the_register_of_units_stops(answer: dict[str, str]) -> None:
    with pytest.raises(FetchError) as caught:
        with_units([school_from(stange()[1])], {NEW: answer})
    assert (caught.value.code, caught.value.params["host"]) == ("changed", BRREG)


def _pair() -> list[RegisterSchool]:
    return [school_from(one) for one in stange()]


def test_the_recorded_pair_is_proposed_until_somebody_has_said_so() -> None:
    (found,) = proposals.successors(_pair(), [])
    assert (found.old.code, found.new.code, str(found.ended), str(found.on)) == (
        OLD, NEW, "2024-08-25", "2024-08-01",
    )  # fmt: skip
    assert (found.same_name, found.same_address) == (True, False)
    assert proposals.successors(_pair(), [(OLD, NEW)]) == []
    assert proposals.successors(_pair(), [(OLD, "111111111")]) == []
    assert proposals.successors(_pair(), [("111111111", NEW)]) == []


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"Navn": "Stange kommune - Stange ungdomsskole"}, [(True, False)]),
        ({"Navn": "Stange kommune avd. ungdomsskole"}, []),
        ({"Navn": "STANGE UNGDOMSSKOLE, avd"}, [(True, False)]),
        ({"Navn": "Ny skole"}, []),
        (
            {"Navn": "Ny skole", "Beliggenhetsadresse": {"Adresse": "Kongsvegen  12", "Postnummer": "2335"}},
            [(False, True)],
        ),
        ({"OppstartsEllerStiftelsesdato": "2022-08-01T00:00:00+00:00"}, []),
        ({"OppstartsEllerStiftelsesdato": None}, []),
    ],
)
def test_a_pair_needs_a_name_or_an_address_and_about_the_same_time(
    changes: dict[str, Any], reasons: list[tuple[bool, bool]]
) -> None:
    old, new = stange()
    found = proposals.successors([school_from(old), school_from(new | changes)], [])
    assert [(one.same_name, one.same_address) for one in found] == reasons


def test_what_is_missing_ended_and_otherwise() -> None:
    old, new = _pair()
    assert [one.code for one in proposals.missing([old, new], set())] == [NEW]
    assert proposals.missing([old, new], {NEW}) == []
    here = Here(OLD, 8, 10, "nb", is_ended=False)
    assert [one.code for one in proposals.ended([old, new], [here])] == [OLD]
    assert proposals.ended([old], [Here(OLD, 8, 10, "nb", is_ended=True)]) == []
    as_it_is = Here(NEW, 8, 10, "nb", is_ended=False)
    assert proposals.differing([old, new], [as_it_is, here]) == []
    for other in (Here(NEW, 1, 10, "nb", False), Here(NEW, 8, 7, "nb", False), Here(NEW, 8, 10, "nn", False)):
        assert [one.code for one in proposals.differing([new], [other])] == [NEW]


def test_klass_is_read_as_recorded() -> None:
    changes = changes_from(recorded("klass131_changes_2026.json"))
    assert [(one.old, one.new, str(one.on)) for one in changes if one.old != one.new] == [
        ("3118", "3207", "2026-01-01"),
        ("3118", "3216", "2026-01-01"),
    ]
    assert codes_from({"codes": [{"code": "1103", "name": " Stavanger "}]}) == {"1103": "Stavanger"}


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {"codes": {}},
        {"codes": [{"code": "11", "name": "x"}]},
        {"codes": [{"code": "1103"}]},
        {"codes": [7]},
    ],
)
def test_another_form_of_klass_stops(answer: Any) -> None:
    with pytest.raises(FetchError) as caught:
        codes_from(answer)
    assert caught.value.code == "changed"
    change = recorded("klass131_changes_2026.json")["codeChanges"][0] | {"changeOccurred": "nyttår"}
    with pytest.raises(FetchError):
        changes_from({"codeChanges": [change]})
