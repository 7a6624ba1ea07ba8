"""KOSTRA by PxWebApi v2: a recorded answer with our measure's name in it, the symbols, the questions and their length."""

import json
from typing import Any

import pytest

from tests.data.sources.fetch.test_udir_report import as_bytes, snapshot
from tests.data.sources.fetch.udir_v1 import recorded
from tests.data.sources.helpers import codes, read
from tettpaa.data.sources.fetch.asking import Got
from tettpaa.data.sources.fetch.dataset import Scope, datasets
from tettpaa.data.sources.fetch.errors import FetchError
from tettpaa.data.sources.fetch.hosts import HOSTS
from tettpaa.data.sources.registry import sources
from tettpaa.data.suppression.kinds import Level, Status

NAME = "Netto driftsutgifter til grunnskole per innbygger 6-15 år (kr)"
OLDER = "Netto driftsutgifter til grunnskolesektor (202, 215, 222, 223), per innbygger 6-15 år (kr)"
KOSTRA = datasets()["ssb_kostra"]
REGION = "KOKkommuneregion0000"


def answer(places: dict[str, Any] | None = None, status: dict[str, str] | None = None) -> dict[str, Any]:
    """The recorded answer under our measure's name; `places` puts other places and values in it."""
    found: dict[str, Any] = recorded("ssb_12134.json")
    found["dimension"]["ContentsCode"]["category"]["label"] = {"KOSAG110000": NAME}
    if places is not None:
        found["dimension"][REGION]["category"] |= {
            "index": {code: number for number, code in enumerate(places)},
            "label": {code: f"Navn {code}" for code in places},
        }
        found |= {"size": [len(places), 1, 1], "value": list(places.values())}
    return found | ({"status": status} if status else {})


def test_every_value_is_what_the_answer_says() -> None:
    raw = recorded("ssb_12134.json")
    labels = raw["dimension"][REGION]["category"]["label"]
    cells = read(as_bytes(answer())).cells
    assert [(c.unit_code, c.unit_name, c.value) for c in cells] == [
        (code, labels[code], raw["value"][at]) for at, code in enumerate(("0301", "4601", "5001"))
    ]
    assert {(c.indicator, c.period, c.grade, c.n, c.is_provisional) for c in cells} == {
        ("netto_elev", 2024, 0, None, False)
    }
    assert all(c.value for c in cells)


def test_the_measure_is_known_by_the_words_of_both_its_names() -> None:
    older = json.loads(json.dumps(answer(), ensure_ascii=False).replace(NAME, OLDER))
    assert read(as_bytes(older)).cells == read(as_bytes(answer())).cells
    both = answer()
    both["dimension"]["ContentsCode"]["category"] = {
        "index": {"a": 0, "b": 1},
        "label": {"a": NAME, "b": OLDER},
    }
    with pytest.raises(FetchError, match="svarer på en ny måte"):
        plan(both)
    both |= {"size": [3, 2, 1], "value": [1, 2, 3, 4, 5, 6]}
    assert codes(read(as_bytes(both))) == ["unknown_answer_form"]


def test_places_symbols_and_groups() -> None:
    places = {
        "EAK": 150_000,
        "EAKUO": 1,
        "EKG12": 2,
        "EKA11": 140_000.5,
        "2100": 3,
        "1103": None,
        "1108": None,
        "1144": None,
        "1145": None,
    }
    cells = read(as_bytes(answer(places, {"5": ":", "6": ".", "7": ".."}))).cells
    assert [(c.level, c.unit_code, c.value, c.status) for c in cells] == [
        (Level.NATION, "NO", 150_000.0, Status.OK),
        (Level.GROUP, "EKG12", 2.0, Status.OK),
        (Level.COUNTY, "11", 140_000.5, Status.OK),
        (Level.MUNICIPALITY, "1103", None, Status.HIDDEN_BY_SOURCE),
        (Level.MUNICIPALITY, "1108", None, Status.NOT_APPLICABLE),
        (Level.MUNICIPALITY, "1144", None, Status.MISSING),
        (Level.MUNICIPALITY, "1145", None, Status.MISSING),
    ]


def test_figures_before_the_middle_of_june_are_provisional() -> None:
    found = answer() | {"updated": "2025-06-14T07:00:00Z"}
    assert {c.is_provisional for c in read(as_bytes(found)).cells} == {True}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (NAME, "Netto driftsutgifter"),
        (NAME, "Netto driftsutgifter til grunnskole per innbygger 6-15 år (prosent)"),
        ('"size": [3, 1, 1]', '"size": [3, 1, 2]'),
        ('"id": ["KOKkommuneregion0000"', '"id": ["Region"'),
        ('{"2024": 0}', '{"2024K1": 0}'),
        ('"0301"', '"X301"'),
    ],
)
def test_another_form_is_refused(old: str, new: str) -> None:
    text = json.dumps(answer(), ensure_ascii=False)
    assert old in text
    assert codes(read(text.replace(old, new).encode())) == ["unknown_answer_form"]


def test_a_value_that_is_no_number_and_an_answer_that_is_none_are_refused() -> None:
    assert codes(read(as_bytes(answer({"1103": "mye"})))) == ["unknown_answer_form"]
    assert codes(read(snapshot(("a", answer(), {}), ("b", [], {})))) == ["unknown_answer_form"]


def test_no_table_by_hand_is_mistaken_for_it() -> None:
    source = sources()["ssb_kostra"]
    assert source.recognise(["region", "år"]) is False
    assert list(source.read(None, None, None)) == []  # type: ignore[arg-type]


def plan(metadata: Any) -> tuple[list[str], list[str]]:
    """Names of the steps and addresses that were asked."""
    asked: list[str] = []

    def ask(host: str, path: str) -> Got:
        assert host in HOSTS
        asked.append(path)
        return Got(path, b"", metadata)

    return [step.name for step in KOSTRA.plan(Scope(), ask)], asked


def test_fifty_places_at_a_time_and_the_groups_too() -> None:
    metadata = answer({f"{number:04d}": 1 for number in range(101, 225)} | {"EKG12": 1})
    names, asked = plan(metadata)
    assert names == ["KOSTRA 12255 (1/3)", "KOSTRA 12255 (2/3)", "KOSTRA 12255 (3/3)"]
    assert max(map(len, asked)) < 600
    assert asked[-1].endswith(
        f"valuecodes[{REGION}]={','.join(f'{n:04d}' for n in range(201, 225))},EKG12"
        "&valuecodes[ContentsCode]=KOSAG110000&valuecodes[Tid]=2024"
    )


@pytest.mark.parametrize("metadata", [{}, [], recorded("ssb_12134.json")])
def test_metadata_in_a_new_way_stops_it(metadata: Any) -> None:
    with pytest.raises(FetchError, match="svarer på en ny måte"):
        plan(metadata)
