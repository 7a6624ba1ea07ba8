"""The one sheet: boxes, ties that pass between boxes, and the same in words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.cast import Cast
from tests.work.plans.conftest import BERIT, write_goal
from tettpaa.work.plans import actions
from tettpaa.work.plans.content import words_of
from tettpaa.work.plans.models import Element, QualityPlan
from tettpaa.work.plans.sheet import GAP, LETTERS, WIDTH, broken, elements_of, sheet_of


def element(name: str, kind: str, *ties: str, key: str = "") -> Element:
    return Element(name=name, kind=kind, key=key or name.lower(), ties=list(ties))


def test_nothing_gives_no_sheet() -> None:
    assert sheet_of(None, []) is None
    assert sheet_of({"areas": [], "goals": []}, []) is None


def test_boxes_stand_in_columns_and_empty_columns_are_left_out() -> None:
    sheet = sheet_of(
        None, [element("Plan", "document"), element("Møte", "meeting"), element("Avtale", "agreement")]
    )
    assert sheet is not None
    assert [head for _x, head in sheet.heads] == ["Styrer", "Vi snakker sammen"]
    places = {box.name: (box.x, box.y) for box in sheet.boxes}
    assert places["Plan"][0] == 0
    assert places["Møte"] == (WIDTH + GAP, places["Plan"][1])
    assert places["Avtale"][1] > places["Møte"][1] + 39
    assert sheet.width == 2 * WIDTH + GAP
    assert sheet.height > places["Avtale"][1] + 39


def test_a_tie_stands_once_whichever_side_says_it_and_a_tie_to_nothing_not_at_all() -> None:
    sheet = sheet_of(None, [element("A", "document", "b", "borte", "a"), element("B", "report", "a")])
    assert sheet is not None
    assert len(sheet.ties) == 1
    assert [(told.box.name, told.kind, told.ties) for told in sheet.told] == [
        ("A", "styrende dokument", ("B",)),
        ("B", "melding", ("A",)),
    ]


def test_a_long_tie_passes_under_or_between_the_boxes_on_its_way() -> None:
    sheet = sheet_of(
        None,
        [element("A", "document", "c"), element("B", "tool"), element("D", "tool"), element("C", "body")],
    )
    assert sheet is not None
    (tie,) = sheet.ties
    passed = re.search(rf" {WIDTH + GAP} (\d+) H", tie.path)
    assert passed is not None
    lane = int(passed.group(1))
    assert all(not box.y <= lane <= box.y + box.height for box in sheet.boxes if box.x == WIDTH + GAP)


def test_two_in_one_column_are_tied_round_the_side() -> None:
    sheet = sheet_of(None, [element("A", "meeting", "b"), element("B", "agreement")])
    assert sheet is not None
    assert sheet.ties[0].path.startswith(f"M{WIDTH} ")
    assert sheet.ties[0].path.endswith(f" {WIDTH} {sheet.boxes[1].middle}")


@pytest.mark.django_db
def test_goals_stand_in_their_area_and_a_tie_to_a_goal_ends_there(cast: Cast, plan: QualityPlan) -> None:
    write_goal(plan, "Et mål uten område")
    goal = plan.goals.first()
    assert goal is not None
    row = Element(owner=cast.fjordvik, name="Prøver", kind="tool", ties=[goal.key])
    actions.save_row(row=row, version=None, fields=(), by=BERIT)
    sheet = sheet_of(words_of(plan), elements_of(cast.fjordvik))
    assert sheet is not None
    area = sheet.boxes[0]
    assert (area.goals, area.goal_lines) == (
        ("Alle elever skal lese godt",),
        ("– Alle elever skal lese", "\u2007 godt"),
    )
    assert sheet.told[1].ties == ("Lesing og skriving",)
    assert (sheet.told[0].pk, sheet.told[1].pk) == (None, row.pk)
    assert [text for _y, text in area.texts] == list(area.lines)
    assert [text for _y, text in area.goal_texts] == list(area.goal_lines)


@given(st.text(alphabet="abc def", max_size=120))
def test_no_line_is_too_long_and_no_letter_is_lost(text: str) -> None:
    lines = broken(text)
    assert all(len(line) <= LETTERS for line in lines)
    assert "".join(lines).replace("-", "").replace(" ", "") == text.replace(" ", "")


def test_a_long_word_is_cut() -> None:
    assert broken("Kompetanseutviklingsområdet nå", 12) == ["Kompetanseu-", "tviklingsom-", "rådet nå"]


def test_a_long_goal_is_shortened_on_the_sheet_only() -> None:
    words = {
        "areas": [{"key": "a", "title": "A", "why": "", "themes": []}],
        "goals": [{"key": "g", "area": "a", "text": "ord " * 60}],
    }
    sheet = sheet_of(words, [])
    assert sheet is not None
    assert len(sheet.boxes[0].goal_lines) == 3
    assert sheet.boxes[0].goal_lines[-1].endswith("…")
    assert sheet.boxes[0].goals == ("ord " * 60,)
