"""The pages: who gets in, what is shown to whom, forms sent twice, and what two writers at once see."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.doors.workspace.conftest import NATION, NATIONAL, NES, years
from tests.factories.cast import Cast
from tests.work.initiatives.conftest import AUD, BERIT, LIV, Begin
from tettpaa.data.indicators.actions import compare, publish
from tettpaa.work.initiatives import actions
from tettpaa.work.initiatives.actions import Written
from tettpaa.work.initiatives.enums import Certainty, Conclusion, ReviewState, State
from tettpaa.work.initiatives.models import EffectReview, Initiative
from tettpaa.work.plans.models import Goal

CANARY = "KANARI-4711"
type SignIn = Callable[[str], Client]


def at(name: str, *args: object) -> str:
    return reverse(f"initiatives:{name}", args=["9901", *args])


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.fixture
def three(begin: Begin, cast: Cast) -> dict[str, Initiative]:
    """One at Nes, one at Vik, one of the owner's own; each with a word that must not leak."""
    return {
        "nes": begin(title=f"{CANARY}-NES"),
        "vik": begin(title=f"{CANARY}-VIK", school=cast.vik, goal=None),
        "own": begin(title=f"{CANARY}-EIER", school=None, responsible_role="adviser"),
    }


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("berit", {"NES", "VIK", "EIER"}),
        ("arne", {"NES", "VIK", "EIER"}),
        ("aud", {"NES"}),
        ("carl", {"NES"}),
        ("tor", {"NES"}),
        ("vera", {"VIK"}),
        ("dag", set()),
        ("fia", set()),
        ("unn", set()),
    ],
)
def test_each_sees_own_rows_on_list_board_and_files(
    three: dict[str, Initiative], client_of: SignIn, name: str, seen: set[str]
) -> None:
    client = client_of(name)
    for address in (at("initiatives"), at("board"), at("export", "csv")):
        page = text(client, address)
        assert {word for word in ("NES", "VIK", "EIER") if f"{CANARY}-{word}" in page} == seen
    for key, word in (("nes", "NES"), ("vik", "VIK"), ("own", "EIER")):
        status = client.get(at("initiative", three[key].pk)).status_code
        assert status == (200 if word in seen else 404)


@pytest.mark.parametrize("name", ["eva", "siv"])
def test_strangers_meet_no_page(three: dict[str, Initiative], client_of: SignIn, name: str) -> None:
    for address in (at("initiatives"), at("board"), at("start"), at("initiative", three["nes"].pk)):
        assert client_of(name).get(address).status_code == 404


def test_a_row_is_not_found_at_another_owner(three: dict[str, Initiative], client_of: SignIn) -> None:
    pk = three["nes"].pk
    assert client_of("eva").get(f"/9902/tiltak/{pk}/").status_code == 404
    assert client_of("eva").post(f"/9902/tiltak/{pk}/flytt/", {"to": "started"}).status_code == 404


@pytest.mark.parametrize("name", ["carl", "tor", "vera", "dag", "fia"])
def test_readers_and_others_change_nothing(
    three: dict[str, Initiative], client_of: SignIn, name: str
) -> None:
    client, pk = client_of(name), three["nes"].pk
    page = client.get(at("initiative", pk)).content.decode()
    assert f'action="{at("move", pk)}"' not in page
    assert client.post(at("move", pk), {"to": "started"}).status_code == 404
    assert client.post(at("evaluation", pk), {"on": "2026-09-01"}).status_code == 404
    assert client.get(at("edit", pk)).status_code == 404
    assert client.get(at("plan_review", pk)).status_code == 404
    assert Initiative.objects.get(pk=pk).state == State.DECIDED


def test_the_list_has_filters_and_says_what_slips(
    begin: Begin, cast: Cast, client_of: SignIn, goal: Goal
) -> None:
    begin(title="Sent tiltak", due_on=date(2020, 1, 1), starts_on=None)
    begin(title="Vik-tiltak", school=cast.vik, goal=None, due_on=date(2099, 1, 1))
    begin(title="Idé", state=State.IDEA, responsible_role="teacher", due_on=date(2099, 1, 1))
    client = client_of("berit")
    page = text(client, at("initiatives"))
    assert "3 tiltak, 0 i gang." in page
    assert "1 glipper." in page
    assert "dager over" in page
    queries = {
        "sted=F00000002": {"Vik-tiltak"},
        "ansvar=teacher": {"Idé"},
        "tilstand=idea": {"Idé"},
        "sent=on": {"Sent tiltak"},
        f"mal={goal.pk}": {"Sent tiltak", "Idé"},
        "tilstand=tull&mal=tull": {"Sent tiltak", "Idé", "Vik-tiltak"},
    }
    for query, expected in queries.items():
        found = text(client, f"{at('export', 'csv')}?{query}")
        shown = {title for title in ("Sent tiltak", "Idé", "Vik-tiltak") if f'"{title}"' in found}
        assert shown == expected, query
    assert "Ingen tiltak passer" in text(client, f"{at('initiatives')}?tilstand=done")


def test_an_empty_list_teaches(client_of: SignIn, goal: Goal) -> None:
    assert "Et tiltak er noe dere gjør for å nå et mål" in text(client_of("aud"), at("initiatives"))
    assert "Et tiltak er noe dere gjør for å nå et mål" in text(client_of("aud"), at("board"))
    page = text(client_of("dag"), at("initiatives"))
    assert "ikke åpne for din rolle" in page
    assert "Nytt tiltak" not in page


def test_the_workbook_carries_text_as_text(begin: Begin, client_of: SignIn) -> None:
    begin(title="=HYPERLINK(1)")
    response = client_of("aud").get(at("export", "xlsx"))
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    rows = list(sheet.values)
    assert rows[0][:3] == ("Tiltak", "Sted", "Mål")
    assert rows[1][:3] == ("=HYPERLINK(1)", "Nes skole", "Alle elever leser med forståelse")
    assert sheet["A2"].data_type == "s"
    assert client_of("aud").get(at("export", "pdf")).status_code == 404


def test_lists_cost_the_same_for_one_and_three(
    begin: Begin, client_of: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, costs = client_of("berit"), []
    for _round in range(2):
        begin()
        client.get(at("board"))
        for address in (at("initiatives"), at("board"), at("export", "csv")):
            with CaptureQueriesContext(
                connection,
            ) as found:
                client.get(address)
            costs.append(len(found))
        begin()
    assert costs[:3] == costs[3:]


def test_ten_years_of_work_are_shown_a_page_at_a_time(
    begin: Begin, cast: Cast, client_of: SignIn, goal: Goal
) -> None:
    made = begin(title="Først", due_on=date(2020, 1, 1), starts_on=None)
    over = begin(title="Over og ut")
    actions.move_initiative(initiative=over, to=State.STOPPED, reason="Ferdig.", by=AUD)
    Initiative.objects.bulk_create(
        Initiative(
            owner=cast.fjordvik, school=cast.vik, title=f"Tiltak {number:03}", state=State.STARTED,
            due_on=date(2099, 1, 1),
        )
        for number in range(70)
    )  # fmt: skip
    berit = client_of("berit")
    page = text(berit, at("initiatives"))
    assert "71 tiltak, 70 i gang." in page
    assert (page.count("Tiltak 0"), "Tiltak 048" in page, "Tiltak 049" in page) == (49, True, False)
    assert "Over og ut" not in page
    assert f'href="{at("initiative", made.pk)}"' in page
    assert "Tiltak 049" in text(berit, f"{at('initiatives')}?ansvar=&side=2")
    assert "Over og ut" in text(berit, f"{at('initiatives')}?tilstand=alle&sted={NES}")
    assert text(berit, at("export", "csv")).count('"Tiltak 0') == 70
    page = text(berit, at("board"))
    assert page.count(">Tiltak 0") == 12
    assert "58 til i listen" in page


NEW = {
    "place": "F00000001", "goal": "", "title": "Skolebibliotek", "problem": "For få leser.", "what": "Vi åpner.",
    "starts_on": "2026-01-05", "due_on": "2026-06-01", "responsible_role": "principal", "state": "idea",
}  # fmt: skip


def test_a_new_one_is_written_once_however_often_it_is_sent(
    client_of: SignIn, cast: Cast, goal: Goal
) -> None:
    client = client_of("aud")
    page = text(client, f"{at('start')}?mal={goal.pk}")
    assert f'value="{goal.pk}" selected' in page
    assert "9901" not in [option for option in ("9901",) if f'<option value="{option}"' in page]
    answers = [client.post(at("start"), NEW | {"goal": str(goal.pk), "once": "abc"}) for _time in range(2)]
    made = Initiative.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {at("initiative", made.pk)}
    assert (made.school, made.goal, made.state, made.title) == (cast.nes, goal, State.IDEA, "Skolebibliotek")


def test_the_owner_writes_its_own(client_of: SignIn, goal: Goal) -> None:
    client_of("berit").post(at("start"), NEW | {"place": "9901", "responsible_role": "adviser"})
    assert Initiative.objects.get().school is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"place": "F00000002"}, "place"),
        ({"place": "9901"}, "place"),
        ({"title": ""}, "title"),
        ({"due_on": "2025-01-01"}, "Fristen må komme etter at dere begynner."),
        ({"evaluate_on": "2025-01-01"}, "Dere kan ikke se på effekten før dere har begynt."),
        ({"goal": str(uuid4())}, "goal"),
        ({"state": "done"}, "state"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    client_of: SignIn, goal: Goal, change: dict[str, str], said: str
) -> None:
    page = client_of("aud").post(at("start"), NEW | change).content.decode()
    assert said in page
    assert "error-summary" in page
    assert not Initiative.objects.exists()


def test_one_page_answers_the_five_questions(begin: Begin, client_of: SignIn) -> None:
    made = begin(source_address="/9901/avtaler/1/")
    page = text(client_of("aud"), at("initiative", made.pk))
    for words in (
        "Mange leser uten å forstå.",
        "Kurs i åtte uker.",
        "Rektor",
        "Ett av fem spørsmål er ikke besvart.",
    ):
        assert words in page
    assert 'href="/9901/avtaler/1/"' in page
    assert "Den røde tråden" in page
    loose = begin(goal=None, title="Uten mål", evaluate_on=date(2026, 9, 1))
    page = text(client_of("aud"), at("initiative", loose.pk))
    assert "Den røde tråden" not in page
    assert "De fem spørsmålene er besvart." in page


def test_a_step_from_the_board_and_one_with_a_reason(begin: Begin, client_of: SignIn) -> None:
    made, client = begin(), client_of("aud")
    answer = client.post(at("move", made.pk), {"to": "started", "fra": "tavle"})
    assert answer.headers["Location"] == at("board")
    page = client.post(at("move", made.pk), {"to": "paused"}, follow=True).content.decode()
    assert "Skriv en grunn." in page
    client.post(at("move", made.pk), {"to": "paused", "reason": "Sykdom i kollegiet."})
    page = text(client, at("initiative", made.pk))
    assert "Sykdom i kollegiet." in page
    for wrong, said in (("done", "Noen andre har flyttet tiltaket."), ("tull", "Velg et av stegene")):
        assert said in client.post(at("move", made.pk), {"to": wrong}, follow=True).content.decode()
    assert Initiative.objects.get().state == State.PAUSED
    assert "På pause" in text(client, at("board"))


def test_a_day_is_agreed_on_the_page(begin: Begin, client_of: SignIn) -> None:
    made, client = begin(), client_of("aud")
    assert "Avtal når dere ser på effekten" in text(client, at("initiative", made.pk))
    client.post(at("evaluation", made.pk), {"on": "2026-09-01"})
    assert "Vi ser på effekten 1.\xa0september 2026." in text(client, at("initiative", made.pk))
    page = client.post(at("evaluation", made.pk), {"on": "snart"}, follow=True).content.decode()
    assert "Velg en dato." in page


def edited(made: Initiative, **changes: str) -> dict[str, str]:
    return {
        "goal": str(made.goal_id), "title": made.title, "problem": made.problem, "what": made.what,
        "responsible_role": made.responsible_role, "version": str(made.version),
    } | changes  # fmt: skip


def test_words_are_changed_and_nothing_else(begin: Begin, client_of: SignIn, cast: Cast) -> None:
    made, client = begin(), client_of("aud")
    assert "Lesekurs på mellomtrinnet" in text(client, at("edit", made.pk))
    client.post(
        at("edit", made.pk),
        edited(made, what="Kurs i ti uker.", state="done", owner="9902", school="F00000002", source="x"),
    )
    row = Initiative.objects.get()
    assert (row.what, row.state, row.owner, row.school, row.source) == (
        "Kurs i ti uker.", State.DECIDED, cast.fjordvik, cast.nes, "",
    )  # fmt: skip


def test_two_writers_lose_nothing(begin: Begin, client_of: SignIn) -> None:
    made = begin()
    client_of("liv").post(at("edit", made.pk), edited(made, what="Livs tekst."))
    answer = client_of("aud").post(
        at("edit", made.pk), edited(made, what="Auds tekst.", responsible_role="teacher")
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Livs tekst.", "Auds tekst.", "Noen andre lagret før deg.", 'name="version" value="2"'):
        assert words in page
    assert Initiative.objects.get().what == "Livs tekst."


def test_what_is_over_is_not_edited(begin: Begin, client_of: SignIn) -> None:
    made = begin()
    actions.move_initiative(initiative=made, to=State.STOPPED, reason="Ingen tid.", by=AUD)
    assert client_of("aud").get(at("edit", made.pk)).status_code == 404
    client_of("aud").post(at("evaluation", made.pk), {"on": "2026-09-01"})
    assert Initiative.objects.get().evaluate_on is None


def test_an_effect_review_from_plan_to_report(begin: Begin, client_of: SignIn) -> None:
    cells = [*years(NATION, (50, 50, 50), 56_000), *years(NES, (46, 44, 47), 34)]
    publish(comparison=compare(cells=cells, origin=NATIONAL, owner=None), by=BERIT)
    made, aud, liv = begin(), client_of("aud"), client_of("liv")
    assert "Lesing 5. trinn" in text(aud, at("plan_review", made.pk))
    planned = {"indicator": "np5_lesing:5", "before": "2023", "after": "2024", "planned_on": "2026-09-01"}
    wrong = aud.post(at("plan_review", made.pk), planned | {"after": "2023"}).content.decode()
    assert "Året etter må være senere enn året før." in wrong
    aud.post(at("plan_review", made.pk), planned)
    review = EffectReview.objects.get()
    assert (review.indicator, review.grade, review.before, review.after) == ("np5_lesing", 5, 2023, 2024)
    address, step = at("review", review.pk), at("move_review", review.pk)
    assert "Uten tiltak måtte vi vente omtrent" in text(aud, address)
    assert aud.get(at("write_review", review.pk)).status_code == 302  # the figures are not said to be ready
    aud.post(step, {"do": "ready", "version": "1"})
    assert "Hva har tiltaket ført til?" in text(aud, at("write_review", review.pk))
    words = {"seen": "Flere leser ferdig.", "conclusion": "unknown", "certainty": "none", "version": "2",
             "explanations": ["chance", "staff"]}  # fmt: skip
    assert "error-summary" in aud.post(at("write_review", review.pk), words | {"seen": ""}).content.decode()
    aud.post(at("write_review", review.pk), words)
    page = text(aud, address)
    for shown in ("Vi vet ikke om tiltaket virket.", "Ingen sikker forskjell", "Små grupper svinger",
                  "Nå må en annen enn du lese den"):  # fmt: skip
        assert shown in page
    assert (
        "En annen enn den som skrev"
        in aud.post(step, {"do": "check", "version": "3"}, follow=True).content.decode()
    )
    assert "er endret siden" in liv.post(step, {"do": "check", "version": "2"}, follow=True).content.decode()
    assert "Jeg har lest og står inne for den" in text(liv, address)
    liv.post(step, {"do": "check", "version": "3"})
    assert "er endret siden" in liv.post(step, {"do": "use", "version": "4"}, follow=True).content.decode()
    client_of("berit").post(step, {"do": "use", "version": "4"})
    review.refresh_from_db()
    assert (review.state, review.used_in) == (ReviewState.USED, "Tilstandsrapport for grunnskolen")
    assert "Vi vet ikke om tiltaket virket" in text(aud, at("initiative", made.pk))


def test_figures_that_are_not_there_are_waited_for(begin: Begin, client_of: SignIn) -> None:
    review = actions.plan_review(
        initiative=begin(), indicator="np5_lesing", grade=5, before=2023, after=2024, by=AUD
    )
    client = client_of("aud")
    assert "ikke publisert ennå. Da venter vurderingen." in text(client, at("review", review.pk))
    page = client.post(at("move_review", review.pk), {"do": "ready", "version": "1"}, follow=True)
    assert "Tallene for begge årene er ikke publisert ennå." in page.content.decode()
    page = client.post(at("move_review", review.pk), {"do": "tull", "version": "1"}, follow=True)
    assert "Velg et av stegene" in page.content.decode()
    assert (
        "Skrevet" not in text(client_of("carl"), at("review", review.pk)).split("<main")[1].split("bars")[0]
    )


def test_two_who_write_a_review_lose_nothing(begin: Begin, client_of: SignIn) -> None:
    review = actions.plan_review(
        initiative=begin(), indicator="np5_lesing", grade=5, before=2023, after=2024, by=AUD
    )
    review = actions.mark_ready(review=review, has_figures=True, by=AUD)
    words = Written("Livs tekst.", Conclusion.BETTER, Certainty.LIKELY)
    actions.write_review(review=review, words=words, version=review.version, by=LIV)
    mine = {"seen": "Auds tekst.", "conclusion": "unknown", "certainty": "unknown", "version": "2"}
    answer = client_of("aud").post(at("write_review", review.pk), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Livs tekst." in page
    assert "Auds tekst." in page
    assert 'name="version" value="3"' in page
    assert EffectReview.objects.get().seen == "Livs tekst."


def test_a_review_is_read_by_those_who_read_the_initiative(begin: Begin, client_of: SignIn) -> None:
    review = actions.plan_review(
        initiative=begin(), indicator="np5_lesing", grade=5, before=2023, after=2024, by=AUD
    )
    for name, status in (
        ("carl", 200),
        ("tor", 200),
        ("vera", 404),
        ("dag", 404),
        ("fia", 404),
        ("eva", 404),
    ):
        assert client_of(name).get(at("review", review.pk)).status_code == status, name
    for name in ("carl", "tor", "vera", "dag"):
        assert client_of(name).get(at("write_review", review.pk)).status_code == 404
        assert (
            client_of(name).post(at("move_review", review.pk), {"do": "ready", "version": "1"}).status_code
            == 404
        )
    answer = client_of("liv").post(at("move_review", review.pk), {"do": "back", "version": "1"}, follow=True)
    assert "Vurderingen er endret siden du åpnet den." in answer.content.decode()
