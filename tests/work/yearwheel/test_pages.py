"""The pages: what is shown, to whom, and what a form does."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast
from tests.work.yearwheel.wheelhouse import AUD, BERIT, NOW, TODAY, procedure, rolled, task_at_nes, text_of
from tettpaa.core.orgs.actions import NewUnit, add_units
from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.models import SentForm
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.core.ui.panels import Asked
from tettpaa.work.yearwheel.actions import NewAnswer, answer_task, give_task
from tettpaa.work.yearwheel.enums import HandoverState, State
from tettpaa.work.yearwheel.models import Handover, Procedure, Task
from tettpaa.work.yearwheel.queries import front_items, tasks_for

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]
WHEEL = "/9901/arshjul/"
CANARY = '<img src=x onerror="KANARI">&amp;'


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def address(task: Task, deed: str = "") -> str:
    return f"{WHEEL}gjoremal/{task.pk}/{deed}"


def queries_of(client: Client, page: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(page).status_code == 200
    return len(found)


# --- the wheel ---


def test_the_wheel_answers_first_and_lists_the_month(cast: Cast, client_of: Sign) -> None:
    procedure(cast, tag="law")
    procedure(cast, "gsi", name="Kontroller GSI", month=10, tag="local", level="owner", roles=["adviser"])
    rolled(cast)
    words = text_of(client_of("berit"), WHEEL)
    assert "Ett gjøremål er over fristen. Ett er lov, og ett har dere vedtatt selv." in words
    assert "0 av 2 skoler har gjort det. Rektor." in words
    assert "20 dager over" in words


def test_what_is_left_in_another_month_is_a_click_away(cast: Cast, client_of: Sign) -> None:
    procedure(cast)
    rolled(cast)
    words = text_of(client_of("berit"), f"{WHEEL}?maaned=8&aar=2026")
    assert "Ingenting står igjen i august." in words
    page = client_of("berit").get(f"{WHEEL}?maaned=8&aar=2026&rolle=principal").content.decode()
    assert "?maaned=7&amp;aar=2025&amp;rolle=principal" in page
    assert "?maaned=9&amp;aar=2026&amp;rolle=principal" in page


def test_nonsense_in_the_address_is_read_as_today(cast: Cast, client_of: Sign) -> None:
    words = text_of(client_of("berit"), f"{WHEEL}?maaned=13&aar=x")
    assert "Årshjul 2026–27" in words
    assert "Ingen gjøremål ennå" in words


def test_filters_by_role_and_school(cast: Cast, client_of: Sign) -> None:
    procedure(cast)
    procedure(cast, "gsi", name="Kontroller GSI", level="owner", roles=["adviser"])
    rolled(cast)
    berit = client_of("berit")
    by_role = text_of(berit, f"{WHEEL}?rolle=adviser")
    by_school = text_of(berit, f"{WHEEL}?skole={cast.nes.code}")
    assert ("Kontroller GSI" in by_role, "Følg opp prøvene" in by_role) == (True, False)
    assert ("Kontroller GSI" in by_school, "Nes skole. Rektor." in by_school) == (False, True)
    assert berit.get(f"{WHEEL}?skole={cast.units['U00000001'].code}").status_code == 404
    assert client_of("aud").get(f"{WHEEL}?skole={cast.vik.code}").status_code == 404


def test_each_sees_its_own(cast: Cast) -> None:
    procedure(cast)
    procedure(cast, "gsi", name="Kontroller GSI", level="owner", roles=["adviser"])
    rolled(cast)
    task_at_nes(cast, source="fau", title="Foreslå saker", role="parent_committee")
    found = {
        name: sorted(
            (line.title, line.place)
            for line in tasks_for(load_viewer(cast.users[name], TODAY), cast.fjordvik, TODAY)
        )
        for name in ("berit", "aud", "carl", "fia", "odd", "dag", "eva", "vera")
    }
    nes = [("Foreslå saker", "Nes skole"), ("Følg opp prøvene", "Nes skole")]
    vik = [("Følg opp prøvene", "Vik skole")]
    assert found == {
        "berit": sorted([*nes, *vik, ("Kontroller GSI", "")]),
        "aud": nes,
        "carl": nes,
        "fia": [("Foreslå saker", "Nes skole")],
        "odd": [],
        "dag": [],
        "eva": [],
        "vera": vik,
    }


def test_tasks_of_one_school_and_of_another_year(cast: Cast) -> None:
    procedure(cast)
    rolled(cast)
    rolled(cast, year=2027)
    viewer = load_viewer(cast.users["berit"], TODAY)
    assert [line.place for line in tasks_for(viewer, cast.fjordvik, TODAY, cast.nes)] == ["Nes skole"]
    assert [line.due_on.year for line in tasks_for(viewer, cast.fjordvik, TODAY, year=2027)] == [2027, 2027]


def test_the_own_late_task_has_the_pages_one_button(cast: Cast, client_of: Sign) -> None:
    task = task_at_nes(cast, due_on=date(2026, 11, 13))
    page = client_of("aud").get(WHEEL).content.decode()
    assert page.count('class="ds-button"') == 1
    assert f'<a class="ds-button" href="{address(task)}">Svar nå</a>' in page
    assert 'class="ds-button" href' not in client_of("berit").get(WHEEL).content.decode()


def test_many_schools_are_told_in_one_line_with_the_way_to_each(cast: Cast, client_of: Sign) -> None:
    more = [NewUnit(Kind.SCHOOL, f"F000002{n:02d}", f"Skole {n}", "9901") for n in range(11)]
    add_units(units=more, by="test", invented=True)
    procedure(cast)
    rolled(cast)
    page = client_of("berit").get(WHEEL).content.decode()
    assert "0 av 13 skoler har gjort det." in page
    assert f'<a href="{WHEEL}skoler/?aar=2026&amp;maaned=11">Skole for skole</a>' in page
    assert "<details>" not in page


def test_what_is_given_on_says_to_whom_and_since_when(cast: Cast, client_of: Sign) -> None:
    task = task_at_nes(cast)
    give_task(task=task.pk, to=cast.users["liv"].pk, to_role="department_head", by=AUD)
    words = text_of(client_of("aud"), WHEEL)
    assert "Gitt videre til avdelingsleder 20. nov., ikke tatt imot ennå." in words
    assert "Ett er tilbudt noen andre." in words


# --- the task ---


def test_a_task_shows_law_steps_what_comes_first_and_experiences(cast: Cast, client_of: Sign) -> None:
    procedure(cast, "gsi", name="Kontroller GSI", month=10)
    procedure(
        cast,
        tag="law",
        law="figures_to_the_state",
        depends_on=["gsi"],
        steps_before=["Hent resultatene."],
        steps_after=["Snakk med elevene."],
    )
    tasks = {
        (task.procedure.key, task.school.label): task
        for task in rolled(cast)
        if task.procedure and task.school
    }
    said = NewAnswer(State.DONE, experience="Små grupper ga ro.")
    answer_task(task=tasks["np", "Vik skole"].pk, answer=said, by="vera@example.test")
    words = text_of(client_of("aud"), address(tasks["np", "Nes skole"]))
    assert "Opplæringslova § 25-4. Kommunen skal delta i evalueringer" in words
    assert "Hent resultatene." in words
    assert "Snakk med elevene." in words
    assert "Kontroller GSI ◆ Over fristen" in words
    assert "Små grupper ga ro. Vik skole, 20. november 2026" in words


def test_an_answer_is_sent_and_taken_back_from_the_page(cast: Cast, client_of: Sign) -> None:
    task, aud = task_at_nes(cast), client_of("aud")
    form = {"answer": "partly", "text": "Ett trinn.", "version": task.version}
    assert aud.post(address(task, "svar/"), form)["Location"] == address(task)
    assert "Delvis gjort. Gjenstår: Ett trinn." in text_of(aud, address(task))
    aud.post(address(task, "svar/"), {"answer": "done", "version": task.version + 1})
    assert "Gjøremålet står som «gjort». Angre svaret" in text_of(aud, address(task))
    aud.post(address(task, "angre/"))
    task.refresh_from_db()
    assert (task.state, task.remains) == (State.PARTLY, "Ett trinn.")


def test_an_answer_without_its_line_says_what_is_missing(cast: Cast, client_of: Sign) -> None:
    task = task_at_nes(cast)
    answer = client_of("aud").post(address(task, "svar/"), {"answer": "not_applicable", "version": 1})
    assert answer.status_code == 422
    assert "Skriv en linje om hva som gjenstår, eller hvorfor." in answer.content.decode()


def test_a_task_of_law_cannot_be_dropped(cast: Cast, client_of: Sign) -> None:
    task, aud = task_at_nes(cast), client_of("aud")
    assert "Vi dropper det i år" in text_of(aud, address(task))
    Task.objects.update(tag="law")
    assert "Vi dropper det i år" not in text_of(aud, address(task))
    form = {"answer": "skipped", "text": "Nei.", "version": task.version}
    assert aud.post(address(task, "svar/"), form).status_code == 422


def test_the_second_of_two_sees_the_first_and_keeps_the_own_words(cast: Cast, client_of: Sign) -> None:
    task = task_at_nes(cast)
    seen = task.version
    answer_task(task=task.pk, answer=NewAnswer(State.PARTLY, "Ett trinn."), by="liv@example.test")
    form = {"answer": "not_applicable", "text": "Mine ord.", "version": seen}
    second = client_of("aud").post(address(task, "svar/"), form)
    words = second.content.decode()
    assert second.status_code == 409
    assert "Noen svarte før deg" in words
    assert 'value="Mine ord."' in words
    assert f'name="version" value="{seen + 1}"' in words
    assert Task.objects.get().remains == "Ett trinn."


def test_a_form_sent_twice_has_one_effect(cast: Cast, client_of: Sign) -> None:
    task, aud = task_at_nes(cast), client_of("aud")
    form = {"answer": "done", "version": task.version, "once": uuid4().hex}
    first, second = (aud.post(address(task, "svar/"), form) for _ in range(2))
    assert first["Location"] == second["Location"] == address(task)
    assert task.answers.count() == SentForm.objects.count() == 1


def test_after_a_day_the_task_is_opened_again_by_another_way(cast: Cast, client_of: Sign) -> None:
    task, aud = task_at_nes(cast), client_of("aud")
    aud.post(address(task, "svar/"), {"answer": "done", "version": 1})
    with time_machine.travel("2026-11-30 12:00", tick=False):
        aud = client_of("aud")
        aud.post(address(task, "angre/"))
        assert Task.objects.get().state == State.UPCOMING
        aud.post(address(task, "angre/"))
        assert "Gjøremålet er åpent fra før." in text_of(aud, address(task))
    answer_task(task=task.pk, answer=NewAnswer(State.DONE), by=AUD)
    client_of("berit").post(address(task, "angre/"))
    assert Task.objects.get().state == State.UPCOMING


def test_a_task_is_given_on_accepted_and_then_only_the_new_ones(cast: Cast, client_of: Sign) -> None:
    task, aud, liv = task_at_nes(cast), client_of("aud"), client_of("liv")
    liv_pk = cast.users["liv"].pk
    assert (
        "Velg hvem du vil gi"
        in aud.post(address(task, "gi-videre/"), {"to": "999"}, follow=True).content.decode()
    )
    aud.post(address(task, "gi-videre/"), {"to": liv_pk, "note": "Du var med sist."})
    assert "Tilbudt avdelingsleder 20. november 2026. Det er ditt til det er tatt imot." in text_of(
        aud, address(task)
    )
    assert "«Du var med sist.» Det er ditt først når du sier ja." in text_of(liv, address(task))
    assert aud.post(address(task, "ta-imot/"), {"answer": "ja"}).status_code == 404
    liv.post(address(task, "ta-imot/"), {"answer": "ja"})
    assert Task.objects.get().holder == cast.users["liv"]


def test_a_no_and_an_offer_taken_back(cast: Cast, client_of: Sign) -> None:
    task, aud, liv = task_at_nes(cast), client_of("aud"), client_of("liv")
    aud.post(address(task, "gi-videre/"), {"to": cast.users["liv"].pk})
    assert liv.post(address(task, "ta-imot/"), {"answer": "nei", "note": "Permisjon."})["Location"] == WHEEL
    assert "Avdelingsleder sa nei. «Permisjon.»" in text_of(aud, address(task))
    aud.post(address(task, "gi-videre/"), {"to": cast.users["liv"].pk})
    aud.post(address(task, "ta-imot/"), {"answer": "trekk"})
    assert sorted(Handover.objects.values_list("state", flat=True)) == [
        HandoverState.DECLINED,
        HandoverState.WITHDRAWN,
    ]
    assert aud.post(address(task, "ta-imot/"), {"answer": "trekk"}).status_code == 404


@pytest.mark.parametrize("name", ["carl", "fia", "vera", "dag", "eva", "siv"])
def test_nobody_answers_or_gives_for_others(cast: Cast, client_of: Sign, name: str) -> None:
    task, client = task_at_nes(cast), client_of(name)
    assert client.post(address(task, "svar/"), {"answer": "done", "version": 1}).status_code == 404
    assert client.post(address(task, "angre/")).status_code == 404
    assert client.post(address(task, "gi-videre/"), {"to": cast.users["liv"].pk}).status_code == 404
    assert client.post(address(task, "ta-imot/"), {"answer": "ja"}).status_code == 404
    assert client.get(address(task)).status_code == (200 if name == "carl" else 404)
    assert (Task.objects.get().state, Handover.objects.count()) == (State.UPCOMING, 0)


def test_another_owners_task_under_the_own_address_is_nothing(cast: Cast, client_of: Sign) -> None:
    theirs = task_at_nes(cast, owner=cast.utvik, school=cast.units["U00000001"])
    assert client_of("berit").get(address(theirs)).status_code == 404
    assert client_of("eva").get(f"/9902/arshjul/gjoremal/{theirs.pk}/").status_code == 200


def test_a_dropped_task_is_gone(cast: Cast, client_of: Sign) -> None:
    task = task_at_nes(cast)
    Task.objects.update(state=State.DROPPED)
    assert client_of("aud").get(address(task)).status_code == 404


# --- the schools and the procedures ---


def test_the_matrix_has_schools_alphabetically_with_word_and_shape(cast: Cast, client_of: Sign) -> None:
    add_units(
        units=[
            NewUnit(Kind.SCHOOL, "F00000003", "Åsen skole", "9901"),
            NewUnit(Kind.SCHOOL, "F00000004", "Askøy skole", "9901"),
        ],
        by="test",
        invented=True,
    )
    procedure(cast)
    tasks = {task.school.label: task for task in rolled(cast) if task.school}
    answer_task(task=tasks["Nes skole"].pk, answer=NewAnswer(State.DONE), by=BERIT)
    answer_task(task=tasks["Vik skole"].pk, answer=NewAnswer(State.NOT_APPLICABLE, "Ingen elever."), by=BERIT)
    words = text_of(client_of("berit"), f"{WHEEL}skoler/?maaned=11")
    assert "2 skoler har noe igjen i november." in words
    table = words[words.index("Følg opp prøvene") :]
    assert (
        "Askøy skole ○ Snart frist Nes skole ● Gjort Vik skole – Gjelder ikke Ingen elever. Åsen skole ○ Snart frist"
        in table
    )
    assert "Ingen skole har noe igjen i desember." in text_of(client_of("berit"), f"{WHEEL}skoler/?maaned=12")


@pytest.mark.parametrize("name", ["aud", "carl", "dag", "eva"])
def test_only_the_owners_people_see_all_schools_and_procedures(
    cast: Cast, client_of: Sign, name: str
) -> None:
    client, row = client_of(name), procedure(cast)
    for page in ("skoler/", "prosedyrer/", "prosedyrer/ny/", f"prosedyrer/{row.pk}/"):
        assert client.get(WHEEL + page).status_code == 404
    for deed in ("prosedyrer/rull/", f"prosedyrer/{row.pk}/slutt/"):
        assert client.post(WHEEL + deed).status_code == 404
    assert Procedure.objects.get().is_active


def test_who_may_read_but_not_edit_sees_no_way_to_change(cast: Cast, client_of: Sign) -> None:
    row = procedure(cast, tag="law", law="figures_to_the_state")
    page = client_of("kai").get(f"{WHEEL}prosedyrer/").content.decode()
    assert "Opplæringslova §\u00a025-4" in page
    assert f"prosedyrer/{row.pk}/" not in page
    assert client_of("kai").get(f"{WHEEL}prosedyrer/{row.pk}/").status_code == 404


WORDS: dict[str, Any] = {
    "name": "Følg opp Elevundersøkelsen",
    "level": "school",
    "roles": ["principal"],
    "tag": "local",
    "rule": "within",
    "month": "2",
    "steps_before": "Hent svarene.\n\n Les dem. ",
}


def test_a_procedure_is_written_in_words_and_becomes_tasks_at_once(cast: Cast, client_of: Sign) -> None:
    berit = client_of("berit")
    sent = berit.post(f"{WHEEL}prosedyrer/ny/", {**WORDS, f"not_for_{cast.nes.code}": "Privat opplegg."})
    row = Procedure.objects.get()
    assert sent["Location"] == f"{WHEEL}prosedyrer/{row.pk}/"
    assert (row.month, row.steps_before, row.tag) == (2, ["Hent svarene.", "Les dem."], "local")
    found = {task.school.label: (task.state, task.due_on) for task in Task.objects.all() if task.school}
    assert found == {
        "Nes skole": (State.NOT_APPLICABLE, date(2027, 2, 28)),
        "Vik skole": (State.UPCOMING, date(2027, 2, 28)),
    }
    page = berit.get(f"{WHEEL}prosedyrer/{row.pk}/").content.decode()
    assert 'value="Privat opplegg."' in page
    assert "Hent svarene.\nLes dem." in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"month": ""}, "Velg en måned."),
        ({"rule": "day"}, "Skriv hvilken dag."),
        ({"rule": "before"}, "Skriv hvor mange uker."),
        ({"rule": "after", "weeks": "2"}, "Velg hva fristen regnes fra."),
        ({"law": "participation"}, "merkes som lov"),
        ({"roles": []}, "Hvem har ansvaret?"),
        ({"steps_after": "x" * 301}, "høyst 300 tegn"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_saved(
    cast: Cast, client_of: Sign, changes: dict[str, Any], words: str
) -> None:
    answer = client_of("berit").post(f"{WHEEL}prosedyrer/ny/", {**WORDS, **changes})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Procedure.objects.exists()


def test_a_ring_is_said_in_words(cast: Cast, client_of: Sign) -> None:
    berit = client_of("berit")
    row = procedure(cast)
    procedure(cast, "b", rule="after", weeks=1, anchor="np", month=None)
    ring = {**WORDS, "rule": "before", "weeks": "1", "anchor": "b", "version": row.version}
    answer = berit.post(f"{WHEEL}prosedyrer/{row.pk}/", ring)
    assert answer.status_code == 422
    assert "fra hverandre i ring" in answer.content.decode()
    row.refresh_from_db()
    assert row.rule == "within"


def test_two_editors_lose_nothing(cast: Cast, client_of: Sign) -> None:
    row = procedure(cast)
    page = f"{WHEEL}prosedyrer/{row.pk}/"
    client_of("arne").post(page, {**WORDS, "about": "Arnes ord.", "version": 1})
    second = client_of("berit").post(page, {**WORDS, "about": "Berits ord.", "version": 1})
    words = second.content.decode()
    assert second.status_code == 409
    assert words.index("Arnes ord.") < words.index("Berits ord.")
    row.refresh_from_db()
    assert row.about == "Arnes ord."
    client_of("berit").post(page, {**WORDS, "about": "Berits ord.", "version": 2})
    row.refresh_from_db()
    assert row.about == "Berits ord."


def test_a_procedure_is_ended_and_taken_up_again(cast: Cast, client_of: Sign) -> None:
    row, berit = procedure(cast), client_of("berit")
    for is_active, word in ((False, "Avsluttet"), (True, "30. november 2026")):
        assert berit.post(f"{WHEEL}prosedyrer/{row.pk}/slutt/")["Location"] == f"{WHEEL}prosedyrer/"
        row.refresh_from_db()
        assert row.is_active is is_active
        assert word in text_of(berit, f"{WHEEL}prosedyrer/")


def test_the_year_is_rolled_from_the_page(cast: Cast, client_of: Sign) -> None:
    procedure(cast)
    procedure(cast, "udatert", name="Uten dato", month=None)
    berit = client_of("berit")
    words = berit.post(f"{WHEEL}prosedyrer/rull/", follow=True).content.decode()
    assert "2 nye gjøremål er laget." in words
    assert "Disse har ingen dato ennå: Uten dato." in words
    berit.post(f"{WHEEL}prosedyrer/rull/", {"aar": "neste"})
    assert {task.school_year for task in Task.objects.all()} == {2026, 2027}


def test_an_empty_list_teaches(cast: Cast, client_of: Sign) -> None:
    assert "En prosedyre sier hva som skal gjøres hvert år" in text_of(
        client_of("berit"), f"{WHEEL}prosedyrer/"
    )
    assert "Når noe venter på deg, står det her." in text_of(client_of("dag"), WHEEL)


# --- everywhere ---


def test_foreign_text_stays_text(cast: Cast, client_of: Sign) -> None:
    row = procedure(
        cast, name=CANARY, about=CANARY, steps_before=[CANARY], steps_after=[CANARY], tag="habit", month=11
    )
    task = next(task for task in rolled(cast) if task.school == cast.nes)
    answer_task(task=task.pk, answer=NewAnswer(State.PARTLY, CANARY, CANARY), by=AUD)
    give_task(task=task.pk, to=cast.users["liv"].pk, to_role="department_head", by=AUD, note=CANARY)
    pages = [
        ("berit", WHEEL),
        ("aud", WHEEL),
        ("liv", address(task)),
        ("berit", f"{WHEEL}skoler/"),
        ("berit", f"{WHEEL}prosedyrer/"),
        ("berit", f"{WHEEL}prosedyrer/{row.pk}/"),
    ]
    for name, page in pages:
        words = client_of(name).get(page).content.decode()
        assert "KANARI" in words, page
        assert "<img src=x" not in words, page
        assert "&lt;img src=x onerror=&quot;KANARI&quot;&gt;&amp;amp;" in words, page


def test_as_many_queries_with_three_as_with_one(cast: Cast, client_of: Sign) -> None:
    pages = [
        (name, WHEEL + page)
        for name, page in (("berit", ""), ("aud", ""), ("berit", "skoler/"), ("berit", "prosedyrer/"))
    ]
    procedure(cast, "one", name="En")
    task = rolled(cast)[0]
    give_task(task=task.pk, to=cast.users["liv"].pk, by=AUD)
    pages += [("aud", address(task))]
    clients = {name: client_of(name) for name in ("berit", "aud")}
    one = [queries_of(clients[name], page) for name, page in pages]
    add_units(units=[NewUnit(Kind.SCHOOL, f"F0000010{n}", f"Skole {n}", "9901") for n in range(3)], by="test")
    for key in ("two", "three"):
        procedure(cast, key, name=key.title(), depends_on=["one"])
    for row in rolled(cast)[1:4]:
        give_task(task=row.pk, to=cast.users["liv"].pk, by=AUD)
    assert [queries_of(clients[name], page) for name, page in pages] == one


def test_the_front_pages_get_late_and_near_tasks(cast: Cast) -> None:
    procedure(cast, month=10)
    rolled(cast)
    task = task_at_nes(cast)
    task_at_nes(cast, source="far", title="Langt fram", due_on=date(2027, 3, 1))
    asked = Asked(viewer=load_viewer(cast.users["aud"], TODAY), owner=cast.fjordvik, today=TODAY)
    late, due = front_items(asked)
    assert (late.kind, late.title, late.place, late.mine) == ("late", "Følg opp prøvene", "Nes skole", True)
    assert (due.kind, due.title, due.when, due.address) == ("due", task.title, task.due_on, address(task))
    owner = Asked(viewer=load_viewer(cast.users["berit"], TODAY), owner=cast.fjordvik, today=TODAY)
    first = next(iter(front_items(owner)))
    assert (first.place, first.address, first.mine) == (
        "Nes skole, Vik skole",
        f"{WHEEL}?aar=2026&maaned=10",
        False,
    )


def test_the_menu_leads_to_the_wheel(cast: Cast, client_of: Sign) -> None:
    assert f'href="{WHEEL}"' in client_of("aud").get(WHEEL).content.decode()
