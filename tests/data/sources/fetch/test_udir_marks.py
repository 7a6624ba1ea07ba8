"""Marks by subject: asked with the codes of their curricula, read as the answer says, stopped by whatever is new in it."""

import json
from typing import Any
from urllib.parse import unquote

import pytest

from tests.data.sources.fetch.test_udir_report import number, snapshot
from tests.data.sources.fetch.udir_v1 import MARKS, MARKS_FILTERS, SUBJECTS, marks, page, subjects, years
from tests.data.sources.helpers import codes, read
from tettpaa.data.indicators.definitions import definition
from tettpaa.data.sources.fetch.asking import Got
from tettpaa.data.sources.fetch.dataset import Scope, datasets
from tettpaa.data.sources.fetch.errors import FetchError
from tettpaa.data.suppression.kinds import Status

PLAN = datasets()["udir_karakterer"].plan
NEW, OLD = ["341", "342", "343"], ["41", "42", "43"]
FACTS = {str(value): code for code, value in SUBJECTS.items()}
NAMES = {"NOR": "norsk", "MAT": "matematikk", "ENG": "engelsk"}


def independent(answer: dict[str, Any]) -> dict[tuple[str, str], tuple[str, str]]:
    """The texts of each mark and its pupils by place and indicator, read without the product's code."""
    found = {}
    for row in answer["rows"]:
        subject, *place = row["id"].split(".")
        for at, kind in ((0, "standpunkt"), (2, "eksamen")):
            if place:
                found[row["kode"], f"gs_{kind}_{NAMES[FACTS[subject][:3]]}"] = tuple(row["data"][at : at + 2])
    return found


@pytest.mark.parametrize(("numbers", "year"), [(NEW, "2024-25"), (OLD, "2018-19")])
def test_every_mark_is_what_the_answer_says(numbers: list[str], year: str) -> None:
    answer = marks(numbers, year)
    reading = read(snapshot(("karakterer", answer, FACTS)))
    assert reading.problems == ()
    texts = independent(answer)
    faces = {"*": Status.HIDDEN_BY_SOURCE, "": Status.MISSING}
    assert {
        (c.unit_code if c.unit_code != "NO" else "Alle", c.indicator): (c.value, c.n, c.status)
        for c in reading.cells
    } == {
        key: (None, None, faces[mark]) if mark in faces else (number(mark), number(pupils), Status.OK)
        for key, (mark, pupils) in texts.items()
    }
    assert {status for cell in reading.cells for status in [cell.status]} == {Status.OK, *faces.values()}
    assert len(reading.cells) == 3 * 2 * (len(answer["rows"]) // 3 - 1)
    assert {(c.period, c.grade) for c in reading.cells} == {(int(year[:4]), 10)}
    assert all("udir_statistikkbank" in definition(c.indicator).sources for c in reading.cells)


def test_a_provisional_year_and_several_years_come_together() -> None:
    newer = marks(NEW, "Foreløpige tall 2025-26")
    reading = read(snapshot(("a", marks(NEW), FACTS), ("b", newer, FACTS)))
    assert {(c.period, c.is_provisional) for c in reading.cells} == {(2024, False), (2025, True)}
    assert codes(read(snapshot(("a", marks(NEW), FACTS), ("b", marks(NEW), FACTS)))) == ["doubled_head"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"Standpunkt"', '"Muntlig eksamen"', "unknown_dimension"),
        ('"Snittkarakter"', '"Middelkarakter"', "unknown_measure"),
        ('"Fag", ', '"Emne", ', "unknown_answer_form"),
        ('"id": "342"', '"id": "999"', "unknown_answer_form"),
        ('"4,1"', '"7,1"', "off_scale"),
        ('"navn": "MAT0015"', '"name": "MAT0015"', "unknown_answer_form"),
    ],
)
def test_a_changed_answer_is_refused(old: str, new: str, code: str) -> None:
    text = json.dumps(marks(NEW), ensure_ascii=False)
    assert old in text
    found = codes(read(snapshot(("karakterer", json.loads(text.replace(old, new)), FACTS))))
    assert code in found


def test_another_subject_is_no_mark_of_ours() -> None:
    found = read(snapshot(("karakterer", marks(NEW), FACTS | {"341": "KRO0018"})))
    assert set(codes(found)) == {"unknown_dimension"}
    lacking = read(snapshot(("karakterer", marks(NEW), FACTS | {"341": "Alle trinn"})))
    assert set(codes(lacking)) == {"unknown_head"}


def asked(known: dict[str, Any]) -> tuple[list[dict[str, str]], list[str]]:
    """The facts of the steps, and the addresses that were asked."""
    answers = iter([page(MARKS, MARKS_FILTERS), known])
    addresses: list[str] = []

    def ask(host: str, path: str) -> Got:
        addresses.append(unquote(path))
        return Got(f"https://{host}{path}", b"{}", next(answers, {}))

    return [dict(step.facts) for step in PLAN(Scope(), ask)], addresses


def test_a_year_is_asked_for_by_the_codes_of_its_curricula() -> None:
    facts, addresses = asked(years("TidID", 202206, 202106) | subjects())
    assert facts == [
        {"41": "NOR0214", "42": "MAT0010", "43": "ENG0012"},
        {"341": "NOR0218", "342": "MAT0015", "343": "ENG0030"},
    ]
    wanted = "_KaraktertypeID(1_3)_KjoennID(-10)_TidID(202106)_VisAntallPersoner(1)_VisKarakterfordeling(0)"
    assert f"EierformID(-10)_EnhetID(-12)_FagID(41_42_43){wanted}&radSti=**" in addresses[2]
    assert "FagID(341_342_343)" in addresses[3]


@pytest.mark.parametrize("known", [{"FagID": None}, {"FagID": [7]}, {"FagID": subjects()["FagID"][:3]}])
def test_a_subject_that_is_gone_stops_it(known: dict[str, Any]) -> None:
    with pytest.raises(FetchError) as caught:
        asked(years("TidID", 202506) | known)
    assert caught.value.params["found"] == "FagID"
