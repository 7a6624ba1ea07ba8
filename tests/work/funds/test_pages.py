"""The pages: who gets in and who sees whose application, each look written down, forms, files, and two writers at once."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from tests.factories.cast import Cast
from tests.work.funds.nursery import (
    AUD,
    BERIT,
    WITHIN,
    approved,
    at,
    call_of,
    draft,
    employ,
    ranked,
    scheme_of,
    send,
    spoken,
    teach,
    viewer_of,
    walk,
)
from tests.work.planning import plan_of
from tettpaa.core.audit.models import Event
from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.panels import Asked
from tettpaa.work.funds import actions, known, panels
from tettpaa.work.funds.enums import CallState, SchemeKind, State
from tettpaa.work.funds.models import Application, Call, CallDate, Rate, Scheme, StateNeed
from tettpaa.work.yearwheel.models import Task

type SignIn = Callable[[str], Client]
TODAY = timezone.localdate


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def open_now(cast: Cast, kind: SchemeKind = SchemeKind.STUDY, **values: Any) -> Call:
    """A call without dates, so that it is open on any day."""
    call = call_of(cast, kind, **values)
    call.dates.all().delete()
    return call


@pytest.fixture
def people(cast: Cast) -> dict[str, Application]:
    """An application of each of three: two teachers at Nes and one at Vik, with a word that must not leak."""
    call = open_now(cast)
    carl, mona, nils = (
        employ(cast, "carl", cast.nes),
        employ(cast, "mona", cast.nes),
        employ(cast, "nils", cast.vik),
    )
    return {
        "carl": send(call, carl, why="KANARI-CARL", title="KANARI-CARL"),
        "mona": send(call, mona, why="KANARI-MONA", title="KANARI-MONA"),
        "nils": send(call, nils, why="KANARI-NILS", title="KANARI-NILS"),
    }


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("carl", {"CARL"}),
        ("aud", {"CARL", "MONA"}),
        ("liv", {"CARL", "MONA"}),
        ("vera", {"NILS"}),
        ("berit", {"CARL", "MONA", "NILS"}),
        ("arne", {"CARL", "MONA", "NILS"}),
        ("dag", set()),
        ("tor", set()),
        ("fia", set()),
        ("kai", set()),
    ],
)
def test_each_sees_only_the_applications_that_are_theirs_to_see(
    people: dict[str, Application], client_of: SignIn, name: str, seen: set[str]
) -> None:
    client = client_of(name)
    for word, application in people.items():
        answer = client.get(at("application", application.pk))
        assert (answer.status_code == 200) == (word.upper() in seen)
        assert (f"KANARI-{word.upper()}".encode() in answer.content) == (word.upper() in seen)
    call = people["carl"].call
    pages = [
        at("funds"), at("mine"), at("owner_staff"), at("call", call.pk), at("board", call.pk), at("export", call.pk, "csv"),
        at("staff", "F00000001"), at("staff", "F00000002"), at("scheme", call.scheme.pk), "/9901/", "/9901/naa/",
    ]  # fmt: skip
    for page in pages:
        content = client.get(page).content
        for word in ("CARL", "MONA", "NILS"):
            assert word in seen or f"KANARI-{word}".encode() not in content, page


def test_a_draft_is_the_persons_own(cast: Cast, client_of: SignIn) -> None:
    made = draft(open_now(cast), employ(cast, "carl", cast.nes), why="KANARI")
    assert "KANARI" in text(client_of("carl"), at("application", made.pk))
    for name in ("aud", "berit", "arne"):
        assert client_of(name).get(at("application", made.pk)).status_code == 404
    assert client_of("eva").get(f"/9902/midler/soknad/{made.pk}/").status_code == 404


def test_every_look_of_another_is_written_down(people: dict[str, Application], client_of: SignIn) -> None:
    def looks() -> list[str]:
        return list(
            Event.objects.filter(kind="funds.application_seen").values_list("by", flat=True).order_by("pk")
        )

    text(client_of("carl"), at("application", people["carl"].pk))
    assert looks() == []
    text(client_of("aud"), at("application", people["carl"].pk))
    text(client_of("aud"), at("staff", "F00000001"))
    text(client_of("berit"), at("application", people["carl"].pk))
    text(client_of("berit"), at("board", people["carl"].call.pk))
    text(client_of("berit"), at("owner_staff"))
    client_of("berit").get(at("export", people["carl"].call.pk, "csv"))
    assert looks() == ["aud@example.test"] * 2 + [BERIT] * 4


def test_a_teacher_applies_by_hand_and_the_leader_answers(cast: Cast, client_of: SignIn) -> None:
    call = open_now(cast)
    employ(cast, "carl", cast.nes)
    carl, aud = client_of("carl"), client_of("aud")
    assert "Begynn en søknad" in text(carl, at("call", call.pk))
    assert "Begynn en søknad" not in text(aud, at("call", call.pk))
    text(carl, at("apply", call.pk))
    values = {"title": "Engelsk 1", "subject": "engelsk", "credits": "30", "first_choice": "substitute"}
    wrong = carl.post(
        at("apply", call.pk), values | {"second_choice": "substitute", "talked_on": "2200-01-01"}
    )
    for said in ("Velg noe annet enn det du helst vil ha.", "Samtalen må ha vært holdt."):
        assert said in wrong.content.decode()
    sent = [carl.post(at("apply", call.pk), values | {"once": "a"}) for _time in range(2)]
    made = Application.objects.get()
    address = at("application", made.pk)
    assert {answer.headers["Location"] for answer in sent} == {address}
    page = carl.post(at("submit", made.pk), follow=True).content.decode()
    assert "Snakk med lederen din først" in page
    changed = values | {"talked_on": "2026-02-01", "version": "1", "title": "Engelsk 2"}
    assert carl.post(at("application_edit", made.pk), changed).headers["Location"] == address
    late = carl.post(at("application_edit", made.pk), changed | {"title": "Engelsk 3"})
    assert (late.status_code, "Teksten din ligger her fortsatt." in late.content.decode()) == (409, True)
    carl.post(at("submit", made.pk))
    assert Application.objects.get().state == State.SUBMITTED
    carl.post(at("submit", made.pk), {"do": "back"})
    assert Application.objects.get().state == State.DRAFT
    carl.post(at("submit", made.pk))
    assert carl.get(at("application_edit", made.pk)).status_code == 404
    assert "Én søknad venter på deg." in text(aud, at("staff", "F00000001"))
    assert carl.get(at("speak", made.pk)).status_code == 404
    text(aud, at("speak", made.pk))
    aud.post(at("speak", made.pk), {"supports": "nei", "words": "Ikke i år.", "place": "2"})
    found = Application.objects.get()
    assert (found.state, found.leader_supports, found.leader_place) == (State.SPOKEN, False, 2)
    assert aud.get(at("speak", made.pk)).headers["Location"] == address
    assert "Ikke i år." in text(carl, address)
    assert "Du har én søknad." in text(carl, at("mine"))


def test_what_a_step_asks_is_asked(cast: Cast, client_of: SignIn) -> None:
    call, berit, carl = open_now(cast), client_of("berit"), client_of("carl")
    made = spoken(call, employ(cast, "carl", cast.nes))
    approved(call)
    step = at("step", made.pk)
    for client, sent in (
        (carl, {"to": "granted"}),
        (berit, {"to": "passed"}),
        (berit, {"to": "tull"}),
        (client_of("aud"), {"to": "granted"}),
    ):
        client.post(step, sent)
        assert Application.objects.get().state == State.APPROVED
    berit.post(step, {"to": "granted", "form": "stipend", "reason": "Ja."})
    found = Application.objects.get()
    assert (found.state, found.form) == (State.GRANTED, "stipend")
    assert "Skriv en grunn." in carl.post(step, {"to": "withdrawn"}, follow=True).content.decode()
    carl.post(step, {"to": "withdrawn", "reason": "Flytter."})
    assert Application.objects.get().state == State.WITHDRAWN


def test_a_school_applies_anchored_in_a_goal_and_reports(cast: Cast, client_of: SignIn) -> None:
    goal = plan_of(cast.fjordvik, "Alle leser")[0]
    call, aud, berit = open_now(cast, SchemeKind.MUNICIPAL), client_of("aud"), client_of("berit")
    address = f"/9901/skoler/F00000001/midler/runde/{call.pk}/sok/"
    assert "Søk for skolen" in text(aud, at("call", call.pk))
    text(aud, address)
    assert client_of("carl").get(address).status_code == 404
    aud.post(address, {"title": "Leseløft", "sought": "50000"})
    made = Application.objects.get()
    assert "Velg målet i planen" in aud.post(at("submit", made.pk), follow=True).content.decode()
    values = {"title": "Leseløft", "sought": "50000", "goal": str(goal.pk), "version": "1"}
    aud.post(at("application_edit", made.pk), values)
    aud.post(at("submit", made.pk))
    assert client_of("vera").get(at("application", made.pk)).status_code == 404
    approved(call)
    berit.post(at("step", made.pk), {"to": "granted", "granted": "40000"})
    berit.post(at("step", made.pk), {"to": "paid"})
    assert "40\u202f000\xa0kr" in text(client_of("dag"), at("funds"))
    page = text(aud, at("application", made.pk))
    assert "Skriv rapport" in page
    assert 'aria-label="Den røde tråden"' in page
    text(aud, at("report", made.pk))
    aud.post(at("report", made.pk), {"report": "Vi prøvde.", "spent": "39000"})
    assert Application.objects.get().state == State.REPORTED
    assert "venter ikke på en rapport" in aud.post(
        at("report", made.pk), {"report": "Igjen."}, follow=True
    ).content.decode()  # fmt: skip
    study = open_now(cast)
    assert aud.get(f"/9901/skoler/F00000001/midler/runde/{study.pk}/sok/").status_code == 404
    assert aud.get(at("apply", call.pk)).status_code == 404


def test_a_closed_call_is_told(cast: Cast, client_of: SignIn) -> None:
    call = call_of(cast, year=2020)
    employ(cast, "carl", cast.nes)
    values = {"title": "Engelsk", "first_choice": "stipend"}
    page = client_of("carl").post(at("apply", call.pk), values, follow=True).content.decode()
    assert "Runden tar ikke imot søknader nå." in page
    made = draft(
        call_of(cast, SchemeKind.STIPEND, year=2027), employ(cast, "carl", cast.nes), talked_on=WITHIN
    )
    Call.objects.update(state=CallState.CLOSED)
    page = client_of("carl").post(at("submit", made.pk), follow=True).content.decode()
    assert "Runden tar ikke imot søknader nå." in page


def test_the_board_is_worked_by_hand(cast: Cast, client_of: SignIn) -> None:
    call, berit = open_now(cast, rules=["gap"], places=1), client_of("berit")
    carl = employ(cast, "carl", cast.nes)
    teach(carl, "engelsk", year=TODAY().year)
    rows = [spoken(call, carl, title=title, subject="norsk") for title in "ABC"]
    assert "Ingen søknader i rekkefølgen" not in text(berit, at("board", call.pk))
    assert (
        "Velg et av stegene"
        in berit.post(at("call_move", call.pk), {"to": "x"}, follow=True).content.decode()
    )
    berit.post(at("call_move", call.pk), {"to": "ranking"})
    place = {one.title: at("rank", one.pk) for one in rows}
    for sent in ({"do": "tull"}, {"do": "reason", "reason": ""}, {"do": "move", "place": "x"}):
        berit.post(place["A"], sent)
    berit.post(place["A"], {"do": "pay", "form": "stipend", "cost": "100"})
    berit.post(place["C"], {"do": "up"})
    page = text(berit, at("board", call.pk))
    for words in (
        "Plassene rekker til 1 av 3.",
        "Én rad er flyttet uten grunn.",
        "Her er plassene brukt opp",
        "Flyttet fra plass 3 til 2.",
    ):
        assert words in page
    refused = berit.post(at("call_move", call.pk), {"to": "ranked"}, follow=True).content.decode()
    assert "Skriv grunnen for radene som er flyttet." in refused
    berit.post(place["C"], {"do": "reason", "reason": "Lovet i avtalen."})
    berit.post(place["B"], {"do": "reject", "reason": "Ikke et mål."})
    berit.post(place["C"], {"do": "move", "place": "1", "reason": "Lovet i avtalen."})
    berit.post(place["C"], {"do": "down", "reason": "Lovet i avtalen."})
    berit.post(at("call_move", call.pk), {"to": "ranked"})
    found = dict(Application.objects.values_list("title", "state"))
    assert found == {"A": State.APPROVED, "B": State.REJECTED, "C": State.APPROVED}
    assert "prioriteres ikke nå" in berit.post(place["A"], {"do": "up"}, follow=True).content.decode()
    assert "Noen andre har flyttet" in berit.post(
        at("call_move", call.pk), {"to": "ranked"}, follow=True
    ).content.decode()  # fmt: skip
    page = text(client_of("carl"), at("application", rows[2].pk))
    assert "Lovet i avtalen." in page
    assert "Kommunen satte søknaden på plass 2." in page
    for name in ("aud", "carl", "dag"):
        assert client_of(name).get(at("board", call.pk)).status_code == 404
        assert client_of(name).post(place["A"], {"do": "up"}).status_code == 404


def test_the_list_goes_out_and_the_answers_come_in(cast: Cast, client_of: SignIn) -> None:
    call, berit = open_now(cast), client_of("berit")
    made = spoken(call, employ(cast, "carl", cast.nes))
    approved(call)
    assert "2027-001" in berit.get(at("export", call.pk, "csv")).content.decode("utf-8-sig")
    sheet = load_workbook(BytesIO(berit.get(at("export", call.pk, "xlsx")).content)).active
    assert sheet is not None
    assert sheet["A2"].value == "2027-001"
    assert berit.get(at("export", call.pk, "pdf")).status_code == 404
    text(berit, at("answers", call.pk))

    pointed = {"reference": "Ref", "decision": "Vedtak", "granted": "Ja", "refused": "Nei"}

    def upload(content: str, **named: str) -> Any:
        file = SimpleUploadedFile("svar.csv", content.encode())
        return berit.post(at("answers", call.pk), named | {"file": file})

    asked = upload("Ref;Vedtak\n2027-001;Ja\n")
    assert asked.headers["Cache-Control"] == "private, no-store"
    assert '<option value="Ref" selected>Ref</option>' in asked.content.decode()
    assert '<option value="Vedtak" selected>Vedtak</option>' in asked.content.decode()
    assert upload("Ref;Vedtak\n", reference="Ukjent").status_code == 200
    wrong = upload("Ref;Vedtak\n2027-001;Kanskje\n", **pointed)
    assert wrong.status_code == 422
    assert "Filen har én feil. Ingenting er endret." in wrong.content.decode()
    assert upload("%PDF-1.7").status_code == 422
    assert upload("Ref;Vedtak;\n2027-001;Ja;\n" * 3, **pointed).status_code == 422
    assert Application.objects.get().state == State.APPROVED
    assert upload("Ref;Vedtak\n2027-001;Ja\n", **pointed).headers["Location"] == at("board", call.pk)
    made.refresh_from_db()
    assert made.state == State.GRANTED
    again = upload("Ref;Vedtak\n2027-001;Ja\n")
    assert again.status_code == 422
    assert "Søknaden venter ikke på svar." in again.content.decode()
    big = SimpleUploadedFile("svar.csv", b"x" * 2_000_001)
    assert "Filen er for stor." in berit.post(at("answers", call.pk), {"file": big}).content.decode()


def test_schemes_rates_and_calls_by_hand(cast: Cast, client_of: SignIn) -> None:
    berit = client_of("berit")
    assert "Hent de statlige ordningene" in text(berit, at("funds"))
    berit.post(at("add_known"))
    scheme = Scheme.objects.get(key="kompetanse-for-kvalitet")
    page = text(client_of("dag"), at("scheme", scheme.pk))
    for words in ("1. februar", "15. mars året etter", "oktober", "Ingen satser er skrevet inn."):
        assert words in page.replace("\xa0", " ")
    text(berit, at("scheme_edit", scheme.pk))
    values = {"name": "KfK", "rules": ["fair"], "version": "1"}
    slip = berit.post(
        at("scheme_edit", scheme.pk), values | {"valid_from": "2026-01-01", "valid_to": "2025-01-01"}
    )
    assert "En ordning kan ikke slutte før den begynner." in slip.content.decode()
    berit.post(at("scheme_edit", scheme.pk), values)
    assert berit.post(at("scheme_edit", scheme.pk), values | {"name": "X"}).status_code == 409
    text(berit, at("rate_new", scheme.pk))
    berit.post(
        at("rate_new", scheme.pk), {"year": "2027", "name": "Stipend", "amount": "", "source": "udir.no"}
    )
    rate = Rate.objects.get()
    assert "Ikke kjent" in text(berit, at("scheme", scheme.pk))
    text(berit, at("rate", scheme.pk, rate.pk))
    berit.post(at("rate", scheme.pk, rate.pk), {"do": "remove"})
    assert not Rate.objects.exists()
    assert berit.get(at("rate", scheme.pk, rate.pk)).status_code == 404
    text(berit, at("call_new", scheme.pk))
    berit.post(at("call_new", scheme.pk), {"year": "2027", "budget": "1000"})
    call = Call.objects.get()
    text(berit, at("call_edit", call.pk))
    slip = berit.post(
        at("call_edit", call.pk), {"date_opens": "2027-03-01", "date_apply": "2027-02-01", "version": "1"}
    )
    assert "Fristen må komme etter at søknaden åpner." in slip.content.decode()
    sent = {"date_opens": "2027-02-02", "discussed_on": "2027-01-14", "version": "1"}
    berit.post(at("call_edit", call.pk), sent)
    assert list(call.dates.values_list("on", flat=True)) == [date(2027, 2, 2)]
    assert berit.post(at("call_edit", call.pk), sent).status_code == 409
    assert "14. januar 2027" in text(client_of("dag"), at("call", call.pk)).replace("\xa0", " ")
    Scheme.objects.filter(pk=scheme.pk).update(valid_to=date(2026, 12, 31))
    old = berit.post(at("call_new", scheme.pk), {"year": "2028"})
    assert "Ordningen gjelder ikke det året." in old.content.decode()
    dekom = Scheme.objects.get(key="dekom")
    assert berit.get(at("call_new", dekom.pk)).status_code == 404
    with pytest.raises(actions.NotValidError):
        actions.plan_call(scheme=dekom, year=2025, by=BERIT)
    assert "30 % av tilskuddet" in text(berit, at("scheme", dekom.pk)).replace("\xa0", " ")


def test_the_dates_of_every_year_by_hand_move_the_notices_that_are_on_their_way(
    cast: Cast, client_of: SignIn
) -> None:
    known.add_known(owner=cast.fjordvik, by=BERIT)
    berit, scheme = client_of("berit"), Scheme.objects.get(key="kollektiv-kompetanseutvikling")
    values = {"title": "Lesing", "first_year": "2027", "last_year": "2027", "scheme": str(scheme.pk)}
    page = berit.post(at("need_new"), values, follow=True).content.decode()
    assert "Ordningen har ingen frist ennå." in page
    address, need = at("scheme_dates", scheme.pk), StateNeed.objects.get()
    assert "Ingen datoer er satt ennå." in text(berit, at("scheme", scheme.pk))
    text(berit, address)
    text(client_of("dag"), address, 404)
    slips = {
        "Velg måneden også.": {"day_need": "1"},
        "Måneden har ikke så mange dager.": {"day_need": "31", "month_need": "4"},
    }
    for said, sent in slips.items():
        assert said in berit.post(address, sent | {"version": "1"}).content.decode()
    sent = {"day_need": "29", "month_need": "2", "month_report": "1", "after_report": "on", "version": "1"}
    berit.post(address, sent)
    assert "innen 28. februar 2027" in text(berit, at("need", need.pk)).replace("\xa0", " ")
    assert [(row.due_on, row.state) for row in Task.objects.all()] == [(date(2027, 2, 28), "upcoming")]
    late = berit.post(address, sent | {"day_need": "1"})
    assert (late.status_code, "Noen andre lagret før deg." in late.content.decode()) == (409, True)
    shown = text(client_of("dag"), at("scheme", scheme.pk)).replace("\xa0", " ")
    for words in ("29. februar", "januar året etter"):
        assert words in shown
    berit.post(address, {"version": "2"})
    assert [row.state for row in Task.objects.all()] == ["dropped"]


def test_a_notice_of_need_by_hand(cast: Cast, client_of: SignIn) -> None:
    berit = client_of("berit")
    assert berit.get(at("need_new")).headers["Location"] == at("funds")
    known.add_known(owner=cast.fjordvik, by=BERIT)
    text(berit, at("need_new"))
    new, old = Scheme.objects.get(key="kollektiv-kompetanseutvikling"), Scheme.objects.get(key="dekom")
    values = {"title": "Lesing", "first_year": "2027", "last_year": "2028", "schools": ["F00000001"]}

    def begin(scheme: Scheme, **more: str) -> str:
        return berit.post(at("need_new"), values | {"scheme": str(scheme.pk)} | more).content.decode()

    assert "Det siste året kan ikke komme før det første." in begin(new, last_year="2026")
    assert "Ordningen gjelder ikke alle disse årene" in begin(old)
    college = {"partner_kind": "vocational", "first_year": "2025", "last_year": "2025"}
    assert "tar ikke fagskole" in begin(old, **college)
    begin(new)
    need = StateNeed.objects.get()
    assert "Nes skole" in text(client_of("dag"), at("need", need.pk))
    text(berit, at("need_edit", need.pk))
    move = at("need_move", need.pk)
    assert "Skriv hvem partneren er." in berit.post(move, {"to": "partnered"}, follow=True).content.decode()
    words = {
        "title": "Lesing", "partner": "Høgskolen", "partner_kind": "university", "analysis": "Behov", "staff_part": "Ja",
        "version": "1", "schools": ["F00000002"],
    }  # fmt: skip
    berit.post(at("need_edit", need.pk), words)
    assert berit.post(at("need_edit", need.pk), words | {"title": "Andre"}).status_code == 409
    for sent in ({"to": "tull"}, {"to": "paid"}):
        berit.post(move, sent)
        assert StateNeed.objects.get().state == "analysed"
    for sent in (
        {"to": "partnered"}, {"to": "submitted"}, {"to": "in_forum"}, {"to": "recommended", "recommendation": "Ja"},
        {"to": "decided", "decision": "Ja"}, {"to": "paid"}, {"to": "running"}, {"to": "reported", "report": "Gjort."},
    ):  # fmt: skip
        text(berit, at("need", need.pk))
        berit.post(move, sent)
    assert StateNeed.objects.get().state == "reported"
    year = at("need_year", need.pk, 2027)
    text(berit, year)
    berit.post(year, {"plan": "Samlinger", "granted": "100000", "own": "0", "spent": "90000"})
    page = text(berit, at("need", need.pk))
    assert "Innvilget 100\u202f000\xa0kr." in page
    assert "Gjort." in page
    assert berit.get(at("need_year", need.pk, 2030)).status_code == 404
    assert client_of("dag").get(year).status_code == 404
    dekom = actions.start_need(
        scheme=old, years=(2025, 2025), values={"title": "Gammel"}, schools=[], by=BERIT
    )
    assert "Ordningen er avsluttet." in text(berit, at("need", dekom.pk))
    refused = berit.post(at("need_edit", dekom.pk), words | college)
    assert "tar ikke fagskole" in refused.content.decode()


def test_front_lines_and_my_page(cast: Cast, client_of: SignIn) -> None:
    def lines(name: str) -> list[str]:
        asked = Asked(viewer_of(cast, name), cast.fjordvik, WITHIN)
        return [one.title for one in panels.items(asked)]

    call, carl = call_of(cast), employ(cast, "carl", cast.nes)
    draft(call, carl)
    assert (lines("carl"), lines("aud"), lines("dag")) == (["Send søknaden: Engelsk 1"], [], [])
    part = panels.own_part(viewer_of(cast, "carl"), carl, WITHIN)
    assert part is not None
    assert len(part.content["applications"]) == len(part.content["calls"]) == 1
    assert panels.own_part(viewer_of(cast, "aud"), carl, WITHIN) is None
    late = panels.own_part(viewer_of(cast, "carl"), carl, date(2027, 3, 2))
    assert late is not None
    assert late.content["calls"] == []
    assert panels.own_part(viewer_of(cast, "tor"), employ(cast, "tor", cast.nes), date(2028, 1, 1)) is None
    send(call, carl)
    assert lines("aud") == ["Én søknad venter på det du sier"]
    asked = Asked(viewer_of(cast, "aud"), cast.fjordvik, WITHIN, school=cast.vik)
    assert panels.items(asked) == []
    ranked(call)
    assert lines("berit") == []  # the wheel has it as her own work
    call.dates.filter(kind="rank").delete()
    assert lines("berit") == ["Prioriter søknadene: Kompetanse for kvalitet"]


def test_a_schools_draft_and_report_stand_on_its_leaders_front_page(cast: Cast) -> None:
    def lines(name: str, school: Unit | None = None) -> list[tuple[str, date | None]]:
        asked = Asked(viewer_of(cast, name), cast.fjordvik, WITHIN, school=school)
        return [(one.title, one.when) for one in panels.items(asked)]

    call = call_of(cast, SchemeKind.MUNICIPAL)
    made = draft(call, cast.nes, title="Lesekveld", goal=plan_of(cast.fjordvik, "Lesing")[0])
    due = [("Send søknaden: Lesekveld", date(2027, 3, 1))]
    assert lines("aud") == lines("liv") == lines("aud", cast.nes) == due
    assert lines("vera") == lines("carl") == lines("dag") == lines("aud", cast.vik) == []
    actions.submit_application(application=made, by=AUD, on=WITHIN)
    assert lines("aud") == []
    approved(call)
    walk(made, State.GRANTED, State.PAID)
    CallDate.objects.create(call=call, kind="report", on=date(2028, 6, 15))
    assert lines("aud") == [("Skriv rapport: Lesekveld", date(2028, 6, 15))]
    assert lines("vera") == lines("carl") == []
    actions.report_use(application=made, report="Seks kvelder.", spent=None, by=AUD)
    assert lines("aud") == []


def test_one_takes_out_what_is_kept_about_oneself(people: dict[str, Application], client_of: SignIn) -> None:
    found = client_of("carl").get(at("my_data")).json()
    assert [row["why"] for row in found["Application"]] == ["KANARI-CARL"]
    assert client_of("dag").get(at("my_data")).status_code == 404


def test_a_person_without_a_record_cannot_apply(cast: Cast, client_of: SignIn) -> None:
    call = open_now(cast)
    assert client_of("carl").get(at("apply", call.pk)).status_code == 404
    whom = "Be lederen din legge deg inn under Kompetanse"
    for page in (at("mine"), at("call", call.pk)):
        shown = text(client_of("carl"), page)
        assert ("Du står ikke som ansatt ved Nes skole ennå." in shown, whom in shown) == (True, True), page
    assert whom not in text(client_of("dag"), at("call", call.pk))  # who may not apply is told nothing
    assert "/9901/skoler/F00000001/kompetanse/ny/" in text(client_of("aud"), at("staff", "F00000001"))
    assert "/9901/kompetanse/ansatte/ny/" in text(client_of("berit"), at("owner_staff"))
    employ(cast, "dag", None, "other")
    assert client_of("dag").get(at("apply", call.pk)).status_code == 404
    employ(cast, "carl", cast.nes)  # by the leader, and the way is open
    assert whom not in text(client_of("carl"), at("call", call.pk))
    text(client_of("carl"), at("apply", call.pk))


def test_too_many_credits_are_told(cast: Cast, client_of: SignIn) -> None:
    scheme_of(cast, most_credits=30)
    employ(cast, "carl", cast.nes)
    values = {"title": "Mye", "credits": "45", "first_choice": "stipend"}
    page = client_of("carl").post(at("apply", open_now(cast).pk), values).content.decode()
    assert "Ordningen gir høyst 30 studiepoeng i året." in page
