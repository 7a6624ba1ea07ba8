"""The pages of a school's own plan, from a draft to the evaluation, and who is kept out."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.cast import Cast
from tests.work.plans.conftest import AUD, CANARY
from tests.work.plans.test_pages import form_of, text
from tettpaa.core.orgs.enums import BodyLevel, Voice
from tettpaa.core.orgs.models import Body
from tettpaa.work.plans import actions
from tettpaa.work.plans.models import QualityPlan, SchoolGoal, SchoolPlan

pytestmark = pytest.mark.django_db
type SignIn = Callable[[str], Client]
NES = "F00000001"
DAY = date(2026, 9, 1)


def at(name: str, *args: object, school: str = NES) -> str:
    return reverse(f"plans:{name}", args=["9901", school, *args])


@pytest.fixture
def bodies(cast: Cast) -> None:
    for key, name, level, voice in (
        ("ungdomsrad", "Ungdomsrådet", BodyLevel.OWNER, Voice.PUPILS),
        ("elevrad", "Elevrådet", BodyLevel.SCHOOL, Voice.PUPILS),
        ("formannskap", "Formannskapet", BodyLevel.OWNER, ""),
    ):
        Body.objects.create(owner=cast.fjordvik, key=key, name=name, level=level, voice=voice)


@pytest.mark.usefixtures("bodies")
def test_a_year_of_a_school_s_plan(client_of: SignIn, cast: Cast, in_force: QualityPlan) -> None:
    aud, goal = client_of("aud"), in_force.goals.get()
    actions.add_premise(
        owner=cast.fjordvik,
        school=cast.nes,
        year=2026,
        text="Styrk lesingen",
        source="dialogue.meeting:1",
        by=AUD,
    )
    home = at("school_plans")
    assert "Skolen har ingen plan her ennå." in text(aud, home)
    aud.post(at("school_start"), {"year": "1999"})
    assert not SchoolPlan.objects.exists()
    sent = form_of(aud, home, year="2026")
    aud.post(at("school_start"), sent)
    plan = SchoolPlan.objects.get()
    page = at("school_plan", plan.pk)
    assert "Styrk lesingen" in text(aud, page)
    assert "Alle elever skal lese godt" in text(aud, page)

    aud.post(at("school_move", plan.pk), {"to": "heard", "on": "2026-09-01"})
    assert SchoolPlan.objects.get().state == "draft"
    new = at("school_goal_new", plan.pk)
    assert aud.post(new, form_of(aud, new)).status_code == 422
    aud.post(
        new, form_of(aud, new, text="Alle leser", goal=str(goal.pk), why="Fordi", expected_sign="Leselyst")
    )
    mine = SchoolGoal.objects.get()
    assert mine.goal == goal
    change = at("school_goal_edit", plan.pk, mine.pk)
    first, second = form_of(aud, change, text="Alle leser mer"), form_of(aud, change, text="Sen tekst")
    assert aud.post(change, first).status_code == 302
    assert aud.post(change, second).status_code == 409
    edit = at("school_edit", plan.pk)
    aud.post(edit, form_of(aud, edit, text="Lesing først", competence="Kurs", resources="To timer"))
    assert "Lesing først" in text(aud, page)

    aud.post(at("school_move", plan.pk), {"to": "heard", "on": ""})
    aud.post(at("school_move", plan.pk), {"to": "evaluated", "on": "2026-09-01"})
    assert SchoolPlan.objects.get().state == "draft"
    aud.post(at("school_move", plan.pk), {"to": "heard", "on": "2026-09-01"})
    aud.post(at("school_move", plan.pk), {"to": "adopted", "on": "2026-09-20"})
    assert SchoolPlan.objects.get().state == "heard"
    assert "Formannskapet" not in text(aud, page)
    aud.post(at("school_heard", plan.pk), {"body": "Formannskapet", "on": "2026-09-10"})
    aud.post(
        at("school_heard", plan.pk),
        {"body": "Elevrådet", "on": "2026-09-10", "said": "Mer tid", "changed": "En time til"},
    )
    assert [row.body for row in plan.heard.all()] == ["Elevrådet"]
    assert "En time til" in text(client_of("odd"), page)
    aud.post(at("school_status", plan.pk), {"text": "For tidlig", "on": "2026-10-01"})
    aud.post(at("school_move", plan.pk), {"to": "adopted", "on": "2026-09-20"})
    assert SchoolPlan.objects.get().state == "adopted"
    aud.post(at("school_heard", plan.pk), {"body": "Elevrådet", "on": "2026-09-10"})
    assert plan.heard.count() == 1

    status = at("school_status", plan.pk)
    assert aud.post(status, form_of(aud, status)).status_code == 422
    aud.post(
        status, form_of(aud, status, text="På vei", on="2027-01-15", **{f"status-{mine.pk}": "Halvveis"})
    )
    assert "Nådde vi det?" in text(aud, status)
    aud.post(
        status,
        form_of(
            aud, status, text="Et godt år", on="2027-06-15",
            **{f"status-{mine.pk}": "Nesten alle", f"outcome-{mine.pk}": "partly"},
        ),
    )  # fmt: skip
    last = text(client_of("fia"), page)
    for words in (
        "På vei",
        "Et godt år",
        "Nesten alle",
        "Delvis nådd.",
        "Planen er låst slik den ble vedtatt.",
    ):
        assert words in last, words
    for address in (edit, new, change, status):
        assert aud.get(address).status_code == 302
    aud.post(at("school_goal_remove", plan.pk, mine.pk))
    assert SchoolGoal.objects.exists()


@pytest.fixture
def draft(cast: Cast) -> SchoolPlan:
    plan = actions.start_school_plan(owner=cast.fjordvik, school=cast.nes, year=2026, by=AUD)
    goal = actions.blank_school_goal(plan)
    goal.text = CANARY
    actions.save_school_goal(goal=goal, version=None, fields=(), by=AUD)
    return plan


def test_a_goal_is_taken_out_of_a_draft(client_of: SignIn, draft: SchoolPlan) -> None:
    client_of("liv").post(at("school_goal_remove", draft.pk, SchoolGoal.objects.get().pk))
    assert not SchoolGoal.objects.exists()


@pytest.mark.parametrize("who", ["carl", "fia", "berit"])
def test_a_draft_is_not_read_by_others(client_of: SignIn, draft: SchoolPlan, who: str) -> None:
    client = client_of(who)
    assert client.get(at("school_plan", draft.pk)).status_code == 404
    assert CANARY not in text(client, at("school_plans"))


@pytest.mark.parametrize("who", ["vera", "dag", "eva", "siv", "unn"])
def test_strangers_find_nothing(client_of: SignIn, draft: SchoolPlan, who: str) -> None:
    actions.move_school_plan(plan=draft, to="heard", on=DAY, by=AUD)
    client = client_of(who)
    for name, args in (("school_plans", ()), ("school_plan", (draft.pk,)), ("school_edit", (draft.pk,))):
        assert client.get(at(name, *args)).status_code == 404


def test_only_the_school_s_leaders_write(client_of: SignIn, draft: SchoolPlan) -> None:
    actions.move_school_plan(plan=draft, to="heard", on=DAY, by=AUD)
    goal = SchoolGoal.objects.get()
    for who in ("carl", "berit", "fia"):
        client = client_of(who)
        for name, args, sent in (
            ("school_start", (), {"year": "2027"}),
            ("school_edit", (draft.pk,), {"text": "X", "seen": "1"}),
            ("school_goal_edit", (draft.pk, goal.pk), {"text": "X", "seen": "1"}),
            ("school_goal_remove", (draft.pk, goal.pk), {}),
            ("school_heard", (draft.pk,), {"body": "X", "on": "2026-01-01"}),
            ("school_move", (draft.pk,), {"to": "draft", "on": "2026-01-01"}),
        ):
            assert client.post(at(name, *args), sent).status_code == 404, (who, name)
    assert SchoolGoal.objects.get().text == CANARY
    assert SchoolPlan.objects.count() == 1


def test_another_school_s_address_does_not_lead_here(client_of: SignIn, draft: SchoolPlan) -> None:
    assert client_of("vera").get(at("school_plan", draft.pk, school="F00000002")).status_code == 404
    assert client_of("aud").get(at("school_goal_edit", draft.pk, uuid4())).status_code == 404


def test_the_list_at_the_owner_shows_what_each_may_see(client_of: SignIn, draft: SchoolPlan) -> None:
    address = reverse("plans:schools", args=["9901"])
    berit = text(client_of("berit"), address)
    assert "0 av 2 skoler har en vedtatt plan." in berit
    assert (at("school_plan", draft.pk) in berit, at("school_plan", draft.pk) in text(client_of("aud"), address)) == (
        False, True,
    )  # fmt: skip
    assert "Ingen av skolenes planer er åpne for deg." in text(client_of("dag"), address)
