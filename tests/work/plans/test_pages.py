"""The pages of the owner's plan and system: who gets in, what each sees, forms, conflicts, and counted queries."""

import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.cast import Cast
from tests.work.plans.conftest import BERIT, CANARY, UP, walk, write_goal
from tettpaa.work.plans import actions
from tettpaa.work.plans.enums import GoalState, PlanState
from tettpaa.work.plans.kinds import KINDS
from tettpaa.work.plans.models import (
    Arena,
    Element,
    Expectation,
    FocusArea,
    Goal,
    GoalIndicator,
    Project,
    QualityPlan,
    Recommendation,
    SupportSystem,
    Theme,
    TimelineEvent,
)

pytestmark = pytest.mark.django_db
type SignIn = Callable[[str], Client]
PAGES = ("plan", "sheet", "ways", "expectations", "history", "schools")


def at(name: str, *args: object) -> str:
    return reverse(f"plans:{name}", args=["9901", *args])


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def form_of(client: Client, address: str, /, **fields: object) -> dict[str, object]:
    """What a browser would send: the hidden fields of the page, and these."""
    page = text(client, address)
    hidden = dict(
        re.findall(r'<input type="hidden" name="(once|seen)"(?: id="[^"]*")? value="([^"]+)"', page)
    )
    hidden |= dict(re.findall(r'<input type="hidden" name="(seen)" value="([^"]+)"', page))
    return {**hidden, **fields}


def test_every_page_teaches_when_there_is_nothing(client_of: SignIn) -> None:
    client = client_of("dag")
    for name in PAGES:
        page = text(client, at(name))
        assert page.count("<h1") == 1
        assert "Nytt" not in page


@pytest.mark.parametrize("who", ["eva", "siv"])
def test_strangers_find_no_page(client_of: SignIn, who: str) -> None:
    client = client_of(who)
    assert {client.get(at(name)).status_code for name in PAGES} == {404}


@pytest.mark.parametrize(
    ("state", "readers"),
    [
        (PlanState.DRAFT, {"berit"}),
        (PlanState.HEARING, {"berit", "dag", "carl", "unn"}),
    ],
)
def test_a_draft_is_for_those_who_write_it(
    client_of: SignIn, plan: QualityPlan, state: PlanState, readers: set[str]
) -> None:
    walk(plan, *UP[: UP.index(state) + 1] if state in UP else ())
    goal = plan.goals.get()
    QualityPlan.objects.filter(pk=plan.pk).update(background=CANARY)
    for who in ("berit", "dag", "carl", "unn", "eva", "siv"):
        client = client_of(who)
        seen = {client.get(at("one", plan.pk)).status_code, client.get(at("goal", goal.pk)).status_code}
        assert seen == ({200} if who in readers else {404}), who
        start = client.get(at("plan")).content.decode()
        assert ("Alle elever skal lese godt" in start) == (who in readers), who


def test_during_a_revision_readers_see_what_was_adopted_and_writers_the_draft(
    client_of: SignIn, in_force: QualityPlan
) -> None:
    walk(in_force, PlanState.REVISION)
    goal = in_force.goals.get()
    Goal.objects.filter(pk=goal.pk).update(text=CANARY)
    new = write_goal(in_force, f"{CANARY} nytt")
    dag, berit = client_of("dag"), client_of("berit")
    assert CANARY not in text(dag, at("plan"))
    assert "Alle elever skal lese godt" in text(dag, at("goal", goal.pk))
    assert dag.get(at("goal", new.pk)).status_code == 404
    assert dag.get(at("draft_of", in_force.pk)).status_code == 404
    assert CANARY not in text(berit, at("plan"))
    draft = text(berit, at("draft_of", in_force.pk))
    assert CANARY in draft
    assert "Dette er endret siden planen ble vedtatt." in draft
    assert CANARY in text(berit, at("goal", goal.pk))


def test_a_version_shows_its_fingerprint_and_what_it_changed(
    client_of: SignIn, in_force: QualityPlan
) -> None:
    page = text(client_of("dag"), at("version", in_force.pk, 1))
    version = in_force.versions.get()
    assert version.sha256 in page
    assert "Alle elever skal lese godt" in page
    assert client_of("dag").get(at("version", in_force.pk, 2)).status_code == 404
    assert client_of("dag").get(at("one", uuid4())).status_code == 404


WRITERS = [
    ("start", (), {"title": "X"}),
    ("edit", ("plan",), {"title": "X", "seen": 1}),
    ("goal_new", ("plan",), {"text": "X"}),
    ("goal_edit", ("goal",), {"text": "X", "seen": 1}),
    ("indicator_new", ("goal",), {"indicator": "np5_lesing"}),
    ("row_new", ("kind",), {"name": "X", "kind": "tool"}),
    ("move", ("plan",), {"to": "first_reading", "on": "2026-01-01"}),
    ("outcome", ("goal",), {"to": "dropped"}),
]


@pytest.mark.parametrize(("route", "parts", "sent"), WRITERS, ids=[row[0] for row in WRITERS])
def test_only_those_who_may_write_do(
    client_of: SignIn, plan: QualityPlan, route: str, parts: tuple[str, ...], sent: dict[str, object]
) -> None:
    known = {"plan": plan.pk, "goal": plan.goals.get().pk, "kind": "element"}
    address = at(route, *[known[part] for part in parts])
    for who in ("dag", "aud", "eva"):
        assert client_of(who).post(address, sent).status_code == 404, who
    if route in {"move", "outcome"}:
        assert client_of("arne").post(address, sent).status_code == 404
    assert (QualityPlan.objects.get().title, Goal.objects.get().text) == (
        "Kvalitetsplan",
        "Alle elever skal lese godt",
    )


def test_a_plan_is_begun_written_and_moved(client_of: SignIn) -> None:
    berit = client_of("berit")
    sent = form_of(berit, at("start"), title="Ny plan", starts_on="2026-08-01", ends_on="2025-08-01")
    assert berit.post(at("start"), sent).status_code == 422
    sent["ends_on"] = "2030-07-31"
    assert berit.post(at("start"), sent).status_code == 302
    plan = QualityPlan.objects.get()
    berit.post(at("start"), sent)
    assert QualityPlan.objects.count() == 1
    sent = form_of(berit, at("edit", plan.pk), title="Bedre tittel", background="Derfor")
    assert berit.post(at("edit", plan.pk), sent).status_code == 302
    plan.refresh_from_db()
    assert (plan.title, plan.background, plan.version) == ("Bedre tittel", "Derfor", 2)
    berit.post(at("move", plan.pk), {"to": "adopted", "on": "2026-01-01"})
    berit.post(at("move", plan.pk), {"to": "first_reading", "on": ""})
    assert QualityPlan.objects.get().state == PlanState.DRAFT
    berit.post(at("move", plan.pk), {"to": "first_reading", "on": "2026-01-01", "case_reference": "PS 1/26"})
    sent = {"to": "hearing", "on": "2026-02-01", "hearing_until": "2026-01-01"}
    berit.post(at("move", plan.pk), sent)
    assert QualityPlan.objects.get().state == PlanState.FIRST_READING
    berit.post(at("move", plan.pk), {**sent, "hearing_until": "2026-03-01"})
    plan.refresh_from_db()
    assert (plan.state, plan.hearing_until) == ("hearing", date(2026, 3, 1))
    assert [(step.after, step.case_reference) for step in plan.steps.all()] == [
        ("first_reading", "PS 1/26"), ("hearing", ""),
    ]  # fmt: skip


def test_a_goal_is_written_with_its_signs(client_of: SignIn, plan: QualityPlan) -> None:
    arne = client_of("arne")
    area = plan.areas.get()
    theme = actions.save_row(
        row=Theme(owner=plan.owner, area=area, title="Tidlig innsats"), version=None, fields=(), by=BERIT
    )
    sent = form_of(
        arne, at("goal_new", plan.pk),
        text="Elevene trives", kind="environment", area=str(area.pk), theme=str(theme.pk),
        signs_pupil="Jeg har en venn.\r\n\r\n Jeg gleder meg. ", tools="Elevundersøkelsen", question="Hvor langt?",
    )  # fmt: skip
    assert arne.post(at("goal_new", plan.pk), {**sent, "area": ""}).status_code == 422
    assert arne.post(at("goal_new", plan.pk), {**sent, "signs_pupil": "x" * 501}).status_code == 422
    assert arne.post(at("goal_new", plan.pk), sent).status_code == 302
    goal = Goal.objects.get(text="Elevene trives")
    assert [sign.text for sign in goal.signs.all()] == ["Jeg har en venn.", "Jeg gleder meg."]
    assert (goal.kind, goal.theme, goal.key) == ("environment", theme, "elevene-trives")
    page = text(arne, at("goal", goal.pk))
    assert "Jeg gleder meg." in page
    assert "Ikke beskrevet ennå." in page
    assert arne.get(at("goal_new", uuid4())).status_code == 404


def test_two_who_write_a_goal_both_see_both_texts(client_of: SignIn, plan: QualityPlan) -> None:
    goal = plan.goals.get()
    arne, berit = client_of("arne"), client_of("berit")
    address = at("goal_edit", goal.pk)
    mine = form_of(
        arne, address, text="Arnes mål", kind="result", area=str(goal.area_id), signs_pupil="Arnes tegn"
    )
    theirs = form_of(berit, address, text="Berits mål", kind="practice", area="", signs_pupil="Berits tegn")
    assert berit.post(address, theirs).status_code == 302
    answer = arne.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in (
        "Arnes mål",
        "Berits mål",
        "Arnes tegn",
        "Berits tegn",
        "læringsresultat",
        "praksis",
        "Lesing og skriving",
    ):
        assert words in page, words
    assert Goal.objects.get().text == "Berits mål"
    again = dict(re.findall(r'<input type="hidden" name="(once|seen)"[^>]* value="([^"]+)"', page))
    assert again["seen"] == "2"
    assert arne.post(address, {**mine, **again}).status_code == 302
    assert Goal.objects.get().text == "Arnes mål"


def test_a_goal_is_settled(client_of: SignIn, in_force: QualityPlan) -> None:
    berit, goal = client_of("berit"), in_force.goals.get()
    berit.post(at("outcome", goal.pk), {"to": "draft"})
    berit.post(at("outcome", goal.pk), {"to": "dropped"})
    assert Goal.objects.get().state == GoalState.ADOPTED
    berit.post(at("outcome", goal.pk), {"to": "partly", "outcome": "De fleste"})
    assert (Goal.objects.get().state, Goal.objects.get().outcome) == ("partly", "De fleste")
    assert "Delvis nådd. De fleste" in text(client_of("dag"), at("goal", goal.pk))


def test_an_indicator_is_tied_with_its_baseline(
    client_of: SignIn, plan: QualityPlan, figures: Callable[..., None]
) -> None:
    figures()
    berit, goal = client_of("berit"), plan.goals.get()
    new = at("indicator_new", goal.pk)
    sent = form_of(
        berit,
        new,
        indicator="np5_lesing",
        grade="0",
        gender="0",
        target="49",
        target_on="2027-12-31",
        take_newest="on",
    )
    for wrong in ({"grade": "7"}, {"target": "99"}, {"indicator": "borte"}):
        assert berit.post(new, {**sent, **wrong}).status_code == 422
    assert berit.post(new, sent).status_code == 302
    link = GoalIndicator.objects.get()
    assert (link.grade, link.baseline, link.baseline_period, link.target) == (5, 45.0, 2024, 49.0)
    assert berit.post(new, {**sent, "once": uuid4().hex}).status_code == 422
    page = text(client_of("dag"), at("goal", goal.pk), 404)
    walk(plan, *UP[:2])
    page = text(client_of("dag"), at("goal", goal.pk))
    assert "Utgangspunktet er 45 i 2024–25." in page
    assert "Når vi målet" in page
    edit = at("indicator_edit", goal.pk, link.pk)
    sent = form_of(
        berit, edit, indicator="np5_lesing", grade="5", gender="0", target="51", note="Se også 8. trinn"
    )
    assert berit.post(edit, sent).status_code == 302
    link.refresh_from_db()
    assert (link.baseline, link.target, link.note) == (45.0, 51.0, "Se også 8. trinn")
    assert berit.get(at("indicator_edit", uuid4(), link.pk)).status_code == 404
    assert berit.get(at("indicator_edit", goal.pk, uuid4())).status_code == 404
    berit.post(at("indicator_remove", goal.pk, link.pk))
    assert not GoalIndicator.objects.exists()


def test_nothing_is_written_in_an_adopted_plan(client_of: SignIn, plan: QualityPlan) -> None:
    goal = plan.goals.get()
    link = actions.blank_indicator(goal)
    link.indicator = "np5_lesing"
    actions.save_indicator(link=link, version=None, fields=(), baseline=None, by=BERIT)
    area = plan.areas.get()
    walk(plan, *UP)
    berit = client_of("berit")
    pages = [
        at("edit", plan.pk), at("goal_new", plan.pk), at("goal_edit", goal.pk), at("indicator_new", goal.pk),
        at("indicator_edit", goal.pk, link.pk), at("row_edit", "omrade", area.pk),
    ]  # fmt: skip
    for address in pages:
        assert berit.get(address).status_code == 302, address
    for address in (at("indicator_remove", goal.pk, link.pk), at("row_remove", "omrade", area.pk)):
        assert berit.post(address).status_code == 302
    assert berit.get(at("row_new", "tema")).status_code == 404
    assert GoalIndicator.objects.exists()
    assert FocusArea.objects.get().state == "adopted"
    assert berit.get(at("draft")).status_code == 302


ROWS = {
    "omrade": ({"title": "Trygghet"}, FocusArea),
    "tema": ({"title": "Venner"}, Theme),
    "element": ({"name": "Dialogmøte", "kind": "meeting", "ties": ["lesing-og-skriving"]}, Element),
    "forventning": (
        {"text": "Er tett på", "of_whom": "Rektor", "tied_to": "lesing-og-skriving"},
        Expectation,
    ),
    "stottesystem": ({"name": "PAS", "address": "https://pas.udir.no/"}, SupportSystem),
    "hendelse": ({"when": "høsten 2009", "text": "Svake prøver", "is_effect": "on"}, TimelineEvent),
    "prosjekt": (
        {
            "name": "Løftet",
            "groups": "Styringsgruppe: rådmann (leder)\r\nFellesmøte",
            "content": "Overganger",
        },
        Project,
    ),
    "moteplass": ({"name": "Seminar", "who": "Ledere"}, Arena),
    "anbefaling": ({"to_whom": "Eier", "text": "Vent"}, Recommendation),
}


def test_every_kind_of_row_can_be_tried() -> None:
    assert set(ROWS) == set(KINDS)


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_is_written_shown_changed_and_taken_away(
    client_of: SignIn, plan: QualityPlan, kind: str
) -> None:
    fields, model = ROWS[kind]
    arne, new = client_of("arne"), at("row_new", kind)
    if kind == "tema":
        fields = {**fields, "area": str(plan.areas.get().pk)}
    assert arne.post(new, form_of(arne, new)).status_code == 422
    answer = arne.post(new, form_of(arne, new, **fields))
    assert answer.status_code == 302
    row = model._default_manager.order_by("-order").first()  # type: ignore[attr-defined]
    edit = at("row_edit", kind, row.pk)
    shown = text(arne, answer.headers["Location"])
    assert str(row) in shown
    assert kind in {"omrade", "tema"} or edit in shown
    name = next(iter(fields)) if kind != "hendelse" else "text"
    once, other = (
        form_of(arne, edit, **{**fields, name: "Endret"}),
        form_of(arne, edit, **{**fields, name: "Sent"}),
    )
    assert arne.post(edit, once).status_code == 302
    late = arne.post(edit, other)
    assert late.status_code == 409
    assert "Endret" in late.content.decode()
    assert getattr(model._default_manager.get(pk=row.pk), name) == "Endret"  # type: ignore[attr-defined]
    assert arne.post(at("row_remove", kind, row.pk)).status_code == 302
    assert arne.get(edit).status_code == 404


def test_a_project_keeps_groups_through_the_form(client_of: SignIn) -> None:
    arne = client_of("arne")
    fields, _model = ROWS["prosjekt"]
    arne.post(at("row_new", "prosjekt"), form_of(arne, at("row_new", "prosjekt"), **fields))
    row = Project.objects.get()
    assert row.groups == [
        {"name": "Styringsgruppe", "who": "rådmann", "task": "leder"}, {"name": "Fellesmøte", "who": "", "task": ""},
    ]  # fmt: skip
    page = text(arne, at("row_edit", "prosjekt", row.pk))
    assert "Styringsgruppe: rådmann (leder)\nFellesmøte" in page
    assert "Overganger" in text(arne, at("ways"))


def test_an_event_needs_a_year(client_of: SignIn) -> None:
    arne, new = client_of("arne"), at("row_new", "hendelse")
    assert arne.post(new, form_of(arne, new, when="i fjor", text="Noe")).status_code == 422
    arne.post(new, form_of(arne, new, when="20. juni 2013", text="Noe"))
    assert TimelineEvent.objects.get().year == 2013


@pytest.mark.parametrize("kind", ["element", "finnes-ikke"])
def test_a_row_is_not_found_elsewhere(client_of: SignIn, cast: Cast, kind: str) -> None:
    row = Element(owner=cast.utvik, name="Deres", kind="tool")
    actions.save_row(row=row, version=None, fields=(), by=BERIT)
    assert client_of("berit").get(at("row_edit", kind, row.pk)).status_code == 404
    assert client_of("berit").post(at("row_remove", kind, row.pk)).status_code == 404
    assert Element.objects.exists()


def test_words_of_others_are_words_and_never_markup(client_of: SignIn, plan: QualityPlan) -> None:
    bad = "<script>alert(1)</script>"
    QualityPlan.objects.filter(pk=plan.pk).update(background=bad, source=bad)
    goal = plan.goals.get()
    Goal.objects.filter(pk=goal.pk).update(text=bad, question=bad)
    row = Element(owner=plan.owner, name=bad, kind="tool", text=bad)
    actions.save_row(row=row, version=None, fields=(), by=BERIT)
    for address in (at("draft_of", plan.pk), at("goal", goal.pk), at("sheet")):
        page = text(client_of("berit"), address)
        assert bad not in page
        assert "&lt;script&gt;" in page


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        text(client, address)
    return len(caught)


def test_queries_do_not_grow_with_the_rows(
    client_of: SignIn, plan: QualityPlan, figures: Callable[..., None]
) -> None:
    figures()
    client, goal = client_of("berit"), plan.goals.get()
    addresses = [
        at("one", plan.pk),
        at("sheet"),
        at("expectations"),
        at("ways"),
        at("history"),
        at("goal", goal.pk),
    ]

    def more(number: int) -> None:
        write_goal(plan, f"Mål {number}", area=plan.areas.first())
        link = actions.blank_indicator(goal)
        link.indicator, link.grade = ["np5_lesing", "np5_regning", "np5_engelsk"][number], 5
        actions.save_indicator(link=link, version=None, fields=(), baseline=None, by=BERIT)
        for row in (
            Element(owner=plan.owner, name=f"E{number}", kind="tool"),
            Expectation(owner=plan.owner, text=f"F{number}", of_whom="Rektor", tied_to=goal.key),
            Arena(owner=plan.owner, name=f"A{number}"),
            TimelineEvent(owner=plan.owner, when="2009", year=2009, text=f"H{number}"),
        ):
            actions.save_row(row=row, version=None, fields=(), by=BERIT)

    more(0)
    one = [_queries(client, address) for address in addresses]
    more(1)
    more(2)
    assert [_queries(client, address) for address in addresses] == one
