"""Every form of the room by its own people: what it does, what it says when it cannot, and once however often sent."""

from collections.abc import Callable, Mapping
from datetime import date

from django.test import Client
from django.urls import reverse

from tests.factories.cast import Cast
from tests.work.competence.conftest import AUD, BERIT, Staff
from tettpaa.work.competence import actions
from tettpaa.work.competence.models import (
    AssistantQualification,
    ClassroomWalk,
    CompetencePlan,
    Deviation,
    Employee,
    LeaderStudy,
    Mentorship,
    PeerGuidance,
    Qualification,
    RequirementSetting,
    ResourceRole,
    Spread,
    WalkRound,
)

type SignIn = Callable[[str], Client]
NES = "F00000001"


def send(client: Client, name: str, args: list[object], data: Mapping[str, object], status: int = 302) -> str:
    response = client.post(reverse(f"competence:{name}", args=["9901", *args]), data, follow=status == 302)
    code = (
        response.redirect_chain[0][1] if status == 302 and response.redirect_chain else response.status_code
    )
    assert code == status, (name, code, response.content.decode()[:3000] if code == 422 else "")
    return response.content.decode()


def test_a_leader_writes_a_record_from_beginning_to_end(staff: Staff, client_of: SignIn, year: int) -> None:
    aud = client_of("aud")
    new = {
        "name": "Ny Lærer", "email": "ny@example.test", "role": "teacher", "service": "skole",
        "employment": "permanent", "has_teacher_education": "on", "active_from": "2026-08-01",
    }  # fmt: skip
    page = send(aud, "employee_new", [NES], {**new, "has_teacher_education": ""}, 422)
    assert "krever fullført lærerutdanning. Opplæringslova §\u00a017-3 første ledd." in page
    before = {**new, "has_teacher_education": "", "active_from": "2024-07-31"}
    page = send(aud, "employee_new", [NES], before, 422)
    assert (
        "relevant faglig og pedagogisk kompetanse da arbeidet begynte. Opplæringslova (1998) §\u00a010-1."
        in page
    )
    send(aud, "employee_new", [NES], new)
    made = Employee.objects.get(email="ny@example.test")
    key = made.pk
    send(aud, "employee_edit", [key], {**new, "name": "Nyere", "seen": 1})
    page = send(aud, "employee_edit", [key], {**new, "name": "Gammel", "seen": 1}, 409)
    assert "Noen andre lagret før deg" in page
    assert "Nyere" in page
    send(aud, "teaching", [key], {"primary": ["norsk", "engelsk"], "lower_secondary": []})
    points = {"subject": "norsk", "credits": "30", "source": "Vitnemål", "obtained_on": ""}
    send(aud, "qualification_new", [key], points)
    send(aud, "qualification_remove", [key, Qualification.objects.get(employee=key).pk], {})
    send(aud, "qualification_remove", [key, key], {}, 404)
    excuse = {"ground": "general_teacher", "subject": "norsk", "documented_by": "Vitnemål"}
    send(aud, "exemption_new", [key], excuse)
    send(aud, "exemption_remove", [key, made.exemptions.get().pk], {})
    send(aud, "exemption_remove", [key, key], {}, 404)
    ask = {"what": "norsk/primary", "reason": "Ingen andre.", "tried": ""}
    send(aud, "propose", [key], ask)
    page = send(aud, "propose", [key], ask, 422)
    assert "Det går ikke nå." in page
    made_deviation = Deviation.objects.get(employee=key)
    berit = client_of("berit")
    send(berit, "deviation", [made_deviation.pk], {"to": "decided", "reason": "Nødvendig."})
    send(berit, "deviation", [made_deviation.pk], {"to": "refused", "reason": "Nei."}, 422)
    assert "Velg en dato." in send(aud, "end", [key], {"on": "x"})
    assert "før første" in send(aud, "end", [key], {"on": "2001-01-01"})
    assert "Siste dag er lagret." in send(aud, "end", [key], {"on": "2026-12-31"})


def test_the_owners_own_staff(staff: Staff, client_of: SignIn) -> None:
    berit = client_of("berit")
    new = {
        "name": "Ny rådgiver", "email": "", "role": "adviser", "service": "skole", "employment": "permanent",
        "active_from": "2026-08-01",
    }  # fmt: skip
    send(berit, "owner_employee_new", [], new)
    made = Employee.objects.get(name="Ny rådgiver")
    assert made.school is None
    assert "Til listen" in berit.get(reverse("competence:employee", args=["9901", made.pk])).content.decode()
    assert berit.get(reverse("competence:teaching", args=["9901", made.pk])).status_code == 404
    arne = client_of("arne")
    assert arne.get(reverse("competence:owner_employee_new", args=["9901"])).status_code == 404


def test_a_form_sent_twice_has_one_effect(staff: Staff, client_of: SignIn) -> None:
    data = {"subject": "norsk", "credits": "30", "source": "Vitnemål", "once": "samme"}
    for _ in range(2):
        send(client_of("aud"), "qualification_new", [staff["carl"].pk], data)
    assert Qualification.objects.count() == 1


def test_a_new_teacher_answers_the_offer_and_nothing_after_it(
    staff: Staff, deputy: Cast, client_of: SignIn
) -> None:
    aud, mia, carl = client_of("aud"), client_of("mia"), client_of("carl")
    row = actions.offer_mentoring(employee=staff["mia"], wanted=actions.MentorPlan(None), by=AUD)
    address = reverse("competence:mentoring", args=["9901", row.pk])
    yes = "Ja takk, jeg vil ha veiledning"
    assert yes not in mia.get(address).content.decode()  # nobody is there to mentor her yet
    assert "Velg en veileder" in send(mia, "mentoring_move", [row.pk], {"to": "first_year"})
    actions.write_mentoring(row=row, wanted=actions.MentorPlan(staff["carl"], "Plan", 60), by=AUD)
    assert yes in mia.get(address).content.decode()
    for other in (aud, carl):
        assert yes not in other.get(address).content.decode()
    send(carl, "mentoring_move", [row.pk], {"to": "first_year"}, 404)
    send(mia, "mentoring_move", [row.pk], {"to": "declined"})
    assert "Det går ikke nå." in send(mia, "mentoring_move", [row.pk], {"to": "first_year"})
    send(aud, "mentoring_move", [row.pk], {"to": "offered"})
    send(mia, "mentoring_move", [row.pk], {"to": "first_year"})
    for to in ("second_year", "ended", "offered", "x"):
        send(mia, "mentoring_move", [row.pk], {"to": to}, 404)
    row.refresh_from_db()
    assert row.state == "first_year"


def test_a_leader_sends_people_on_their_way(staff: Staff, deputy: Cast, client_of: SignIn) -> None:
    aud, mia = client_of("aud"), staff["mia"].pk
    send(aud, "mentoring_new", [mia], {"mentor": "", "plan": "", "hours": "10"})
    row = Mentorship.objects.get()
    assert "Velg en veileder" in send(aud, "mentoring_move", [row.pk], {"to": "first_year"})
    send(aud, "mentoring_edit", [row.pk], {"mentor": staff["carl"].pk, "plan": "Plan", "hours": "60"})
    send(aud, "mentoring_move", [row.pk], {"to": "first_year"})
    talk = {"on": "2026-11-02", "minutes": "45", "theme": "Klasseledelse", "note": "Vårt."}
    send(client_of("carl"), "talk", [row.pk], talk)
    send(aud, "talk", [row.pk], talk, 404)
    assert (
        "Vårt."
        in client_of("mia").get(reverse("competence:mentoring", args=["9901", row.pk])).content.decode()
    )
    send(client_of("vidar"), "talk", [row.pk], talk, 404)
    send(aud, "mentoring_move", [staff["mia"].pk], {"to": "x"}, 404)
    send(
        aud,
        "trade_new",
        [staff["ivar"].pk],
        {"route": "experience", "practice_months": "12", "schooling_months": "0"},
    )
    trade = AssistantQualification.objects.get()
    assert "ikke lang nok" in send(aud, "trade_move", [trade.pk], {"to": "practice_approved"})
    send(
        client_of("berit"),
        "study_new",
        [staff["aud"].pk],
        {"kind": "state", "institution": "UiS", "credits": "30"},
    )
    study = LeaderStudy.objects.get()
    send(client_of("berit"), "study_move", [study.pk], {"to": "granted"})
    send(client_of("aud"), "study_move", [study.pk], {"to": "started"}, 404)
    study.refresh_from_db()
    assert study.state == "granted"


def test_a_school_takes_back_what_it_has_asked_for(gap: Staff, client_of: SignIn, year: int) -> None:
    carl, aud = gap["carl"], client_of("aud")
    asked = actions.Proposed(year, "matematikk", "primary", "Ingen andre.")
    made = actions.propose_deviation(employee=carl, asked=asked, by="aud@example.test")
    record = reverse("competence:employee", args=["9901", carl.pk])
    assert "Trekk" in aud.get(record).content.decode()
    send(client_of("carl"), "take_back", [carl.pk, made.pk], {}, 404)
    send(aud, "take_back", [carl.pk, made.pk], {})
    made.refresh_from_db()
    assert made.state == "withdrawn"
    send(aud, "take_back", [carl.pk, made.pk], {}, 404)


def test_a_resource_teacher_tells_what_was_spread(staff: Staff, client_of: SignIn) -> None:
    aud, carl = client_of("aud"), client_of("carl")
    area = staff.area("lesing").pk
    assert carl.get(reverse("competence:spread", args=["9901", NES])).status_code == 404
    role = {"area": area, "share": "10", "mandate": "", "starts_on": "2026-08-01", "ends_on": "2026-07-01"}
    send(aud, "role_new", [staff["carl"].pk], role, 422)
    send(aud, "role_new", [staff["carl"].pk], {**role, "ends_on": ""})
    send(aud, "role_move", [ResourceRole.objects.get().pk], {"to": "active"})
    send(carl, "spread", [NES], {"on": "2026-10-01", "what": "Strategier", "to_whom": "alle", "area": area})
    send(aud, "spread", [NES], {"on": "2026-10-02", "what": "Mer", "to_whom": "", "area": ""})
    assert set(Spread.objects.values_list("what", "role__employee__name")) == {
        ("Strategier", "Carl"),
        ("Mer", None),
    }
    assert "Strategier" in carl.get(reverse("competence:resources", args=["9901", NES])).content.decode()


def test_walks_from_round_to_pattern(staff: Staff, client_of: SignIn) -> None:
    aud, carl = client_of("aud"), client_of("carl")
    new = {
        "theme": "Samtale",
        "criteria": "Alle.",
        "purpose": "Se.",
        "starts_on": "2026-09-01",
        "ends_on": "2026-08-01",
    }
    send(aud, "round_new", [NES], new, 422)
    send(aud, "round_new", [NES], {**new, "ends_on": "2026-12-01"})
    assert "Ingen runder" not in aud.get(reverse("competence:rounds", args=["9901", NES])).content.decode()
    row = WalkRound.objects.get()
    walk = {"teacher": staff["carl"].pk, "on": "2026-10-01", "grade": "5", "minutes": "15"}
    send(aud, "walk_new", [NES, row.pk], walk)
    made = ClassroomWalk.objects.get()
    assert "drøftet med de tillitsvalgte" in send(aud, "walk_move", [NES, made.pk], {"to": "notified"})
    send(aud, "agreed", [NES, row.pk], {"with_staff": "2026-08-20", "with_unions": "2026-08-22"})
    for to in ("notified", "done"):
        send(aud, "walk_move", [NES, made.pk], {"to": to})
    send(aud, "hand_over", [NES, made.pk], {"seen": "Hender.", "worked": "", "question": ""})
    send(aud, "walk_move", [NES, made.pk], {"to": "talked", "next_step": "Vente lenger"})
    send(carl, "own_words", [NES, made.pk], {"text": "Mitt."})
    send(aud, "own_words", [NES, made.pk], {"text": "Ikke mitt."}, 404)
    send(carl, "walk_move", [NES, made.pk], {"to": "closed"}, 404)
    assert "for få vandringer" in send(aud, "pattern", [NES, row.pk], {"text": "Et mønster."}, 422)
    send(carl, "note_delete", [NES, made.pk], {})
    send(aud, "note_delete", [NES, made.pk], {}, 404)
    send(aud, "evaluated", [NES, row.pk], {})
    for name in ("round_new",):
        assert carl.get(reverse(f"competence:{name}", args=["9901", NES])).status_code == 404
    made.refresh_from_db()
    assert made.next_step == "Vente lenger"


def test_colleagues_guide_each_other(staff: Staff, deputy: Cast, client_of: SignIn) -> None:
    carl = client_of("carl")
    send(carl, "guidance_new", [NES], {"theme": "Spørsmål", "contract": "", "members": [staff["mia"].pk]})
    row = PeerGuidance.objects.get()
    send(carl, "guidance_session", [NES, row.pk], {"kind": "before", "on": "2026-10-01"})
    send(carl, "guidance_session", [NES, row.pk], {"kind": "x"})
    send(carl, "guidance_note", [NES, row.pk], {"text": "Vente lenger."})
    send(carl, "guidance_note", [NES, row.pk], {"text": ""})
    assert (
        "Vente lenger."
        in client_of("mia").get(reverse("competence:guidance", args=["9901", NES, row.pk])).content.decode()
    )
    send(client_of("mia"), "guidance_end", [NES, row.pk], {})
    page = send(carl, "guidance_session", [NES, row.pk], {"kind": "after", "on": "2026-10-02"})
    assert "Det går ikke nå." in page
    assert client_of("tor").get(reverse("competence:guidance_new", args=["9901", NES])).status_code == 404


def test_the_plan_is_written_by_its_forms(staff: Staff, client_of: SignIn, year: int) -> None:
    berit = client_of("berit")
    assert "Velg et skoleår" in send(berit, "start", [], {"year": "1999"})
    send(berit, "start", [], {"year": str(year)})
    plan = CompetencePlan.objects.get()
    words = {
        "title": "Planen",
        "background": "",
        "organisation": "",
        "basis": "",
        "budget": "100 000",
        "seen": 1,
    }
    send(berit, "edit", [plan.pk], words)
    send(berit, "edit", [plan.pk], {**words, "title": "En annen"}, 409)
    send(
        berit, "area_new", [plan.pk], {"title": "Nytt", "why": "", "what": "", "service": "skole", "goal": ""}
    )
    area = plan.areas.get(title="Nytt")
    send(berit, "area_remove", [plan.pk, area.pk], {})
    send(berit, "gather", [plan.pk], {})
    send(client_of("aud"), "need", [NES], {"text": "Støtte."})
    need, kept = plan.needs.get(text="Støtte."), plan.areas.get()
    assert (
        "Nes skole: Støtte."
        in berit.get(reverse("competence:place", args=["9901", plan.pk])).content.decode()
    )
    send(berit, "place", [plan.pk], {f"need_{need.pk}": str(kept.pk)})
    assert (
        "Svarer på ett behov."
        in berit.get(reverse("competence:one", args=["9901", plan.pk])).content.decode()
    )
    assert "Støtte." in berit.get(reverse("competence:one", args=["9901", plan.pk])).content.decode()
    step = {"to": "discussed", "on": "2026-05-01", "case_reference": ""}
    assert "drøftet med de tillitsvalgte først" in send(berit, "move", [plan.pk], step, 422)
    talked = {"on": "2026-04-20", "with_whom": "De tillitsvalgte", "said": "", "changed": "Mer tid."}
    send(berit, "discuss", [plan.pk], talked)
    for to in ("discussed", "adopted", "in_use"):
        send(berit, "move", [plan.pk], {**step, "to": to})
    send(berit, "edit", [plan.pk], {**words, "seen": CompetencePlan.objects.get().version}, 422)
    key = plan.areas.get().pk.hex
    send(berit, "evaluate", [plan.pk], {"on": "2027-06-01", "text": "Godt.", f"area_{key}": "I gang."})
    page = berit.get(reverse("competence:move", args=["9901", plan.pk]), follow=True).content.decode()
    assert "ikke flere steg" in page
    assert "Slik gikk året." in page
    assert send(berit, "requirement_new", [], {
        "subject": "norsk", "stage": "primary", "credits": "30", "valid_from": f"{year}-08-01", "source": "Forskrifta",
    })  # fmt: skip
    assert RequirementSetting.objects.count() == 1
    page = client_of("dag").get(reverse("competence:requirements", args=["9901"])).content.decode()
    assert "Forskrifta" in page


def test_a_short_round_of_queries_however_many(staff: Staff, client_of: SignIn, django_assert_max_num_queries: object, year: int) -> None:  # fmt: skip
    """The leader's list and the coverage page ask as often with forty people as with five."""
    aud, dag = client_of("aud"), client_of("dag")
    pages = [
        (aud, reverse("competence:staff", args=["9901", NES])),
        (dag, reverse("competence:coverage", args=["9901"])),
    ]
    before = [count_of(client, address) for client, address in pages]
    for number in range(35):
        made = actions.add_employee(
            owner=staff.cast.fjordvik,
            school=staff.cast.nes,
            name=f"L{number}",
            email="",
            role="teacher",
            by=AUD,
        )
        actions.set_teaching(employee=made, year=year, rows=[("norsk", "primary")], by=AUD)
        actions.tell_spread(
            school=staff.cast.nes, told=actions.Told(date(year, 9, 1), f"S{number}"), by=BERIT
        )
    assert [count_of(client, address) for client, address in pages] == before


def count_of(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)
