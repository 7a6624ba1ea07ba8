"""The plan's page for everybody: the sealed words, what is offered, and nothing that is only for those who sign in."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.work.competence.conftest import BERIT
from tests.work.competence.test_plan import carried
from tettpaa.work.competence import actions, shelves
from tettpaa.work.competence.models import CompetencePlan


@pytest.fixture
def address() -> str:
    return reverse("competence:open", args=["9901"])


@pytest.fixture(autouse=True)
def offered(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the rooms above offer, and whom they were asked for."""
    asked: list[object] = []

    def lines(viewer: object, *_: object) -> list[shelves.OfferLine]:
        asked.append(viewer)
        return [shelves.OfferLine("skole", "Lesenettverket", "nettverk", when="september")]

    monkeypatch.setattr(shelves, "_offers", {"offers": lines})
    return asked


def filled(plan: CompetencePlan) -> CompetencePlan:
    """Needs of each kind, among them a group too small to tell of and a school's own words."""
    for source, extra in (
        ("gap", {"subject": "norsk", "source_key": "norsk/lower_secondary", "count": 1, "total": 3}),
        ("goal", {"text": "Alle leser."}),
        ("school", {"text": "KANARISKOLE"}),
    ):
        plan.needs.create(owner=plan.owner, source=source, by=BERIT, **extra)
    talked = actions.Talked(date(2026, 4, 20), "De tillitsvalgte", "KANARISAGT", "Mer tid.")
    actions.discuss(plan=plan, talked=talked, by=BERIT)
    return plan


def test_everybody_reads_the_adopted_plan(plan: CompetencePlan, address: str, offered: list[object]) -> None:
    client = Client()
    filled(plan)
    assert client.get(address).status_code == 404  # a draft
    carried(plan, "in_use")
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    shown = (
        "Lesing i alle fag",
        "Mange sliter.",
        "Alle leser.",
        "Mer tid.",
        "Lesenettverket",
        "Over tid",
        "12/26",
    )
    assert [words for words in (*shown, "skjermet, for få til å vises") if words not in page] == []
    assert "KANARI" not in page
    assert (
        "/9901/" not in page.replace(address, "").split("<main", 1)[1]
    )  # no way on to pages that ask for signing in
    assert offered[-1] is None
    for code in ("9902", "F00000001", "finnes-ikke"):
        assert client.get(reverse("competence:open", args=[code])).status_code == 404
    assert client.post(address).status_code == 405


def test_a_plan_taken_back_stands_as_it_was_adopted(plan: CompetencePlan, address: str) -> None:
    plan = carried(filled(plan), "adopted")
    plan = actions.move_plan(plan=plan, to="draft", by=BERIT)
    plan.background = "KANARIUTKAST"
    actions.save_plan(plan=plan, version=plan.version, fields=["background"], by=BERIT)
    page = Client().get(address).content.decode()
    assert "Fordi alle lærer hele livet." in page
    assert "KANARIUTKAST" not in page


def test_the_plan_in_use_stands_before_the_next_years(plan: CompetencePlan, address: str, year: int) -> None:
    carried(filled(plan), "in_use")
    later = actions.start_plan(owner=plan.owner, year=year + 1, title="Neste års plan", by=BERIT)
    later = carried(later, "adopted")
    assert "Neste års plan" not in Client().get(address).content.decode()
    actions.evaluate_plan(plan=plan, judged=actions.Judged("Godt år.", date(2027, 6, 1), {}), by=BERIT)
    actions.move_plan(plan=later, to="in_use", by=BERIT)
    assert "Neste års plan" in Client().get(address).content.decode()


def test_readers_are_led_to_it_while_it_is_written_anew(
    plan: CompetencePlan, address: str, client_of: Callable[[str], Client]
) -> None:
    carried(filled(plan), "in_use")
    assert address in client_of("dag").get(reverse("competence:plan", args=["9901"])).content.decode()
    actions.move_plan(plan=plan, to="draft", by=BERIT)
    page = client_of("dag").get(reverse("competence:plan", args=["9901"])).content.decode()
    assert address in page
    assert "Ingen kompetanseplan er vedtatt" not in page
