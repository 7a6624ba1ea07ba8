"""Every page of the room answers to who may open it, with what they came for."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.work.competence.conftest import AUD, BERIT, CARL, Staff
from tettpaa.data.sources.files import path_of
from tettpaa.data.sources.models import Import
from tettpaa.data.sources.reading import read_bytes
from tettpaa.work.competence import actions, pages
from tettpaa.work.competence.enums import Standing
from tettpaa.work.competence.models import CompetencePlan, Deviation, Employee

type SignIn = Callable[[str], Client]


def get(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(f"competence:{name}", args=["9901", *args]))
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


def test_pages_of_the_plan(plan: CompetencePlan, client_of: SignIn) -> None:
    berit = client_of("berit")
    assert "Kompetanseplan for oppvekst" in get(berit, "plan")
    for name in ("edit", "discuss", "area_new", "move", "one"):
        get(berit, name, plan.pk)
    area = plan.areas.get()
    assert "Ta bort området" in get(berit, "area", plan.pk, area.pk)
    for name in ("plans", "coverage", "requirements", "requirement_new", "deviations", "owner_staff"):
        get(berit, name)
    assert "Ingen kompetanseplan er vedtatt ennå." in get(client_of("dag"), "plan")


def test_pages_of_people(gap: Staff, deputy: object, client_of: SignIn, today: date) -> None:
    carl, mia, aud = gap["carl"], gap["mia"], client_of("aud")
    page = get(aud, "staff", "F00000001")
    assert "Én nyutdannet venter på tilbud om veiledning." in page
    assert "mangler:" in page
    for name in (
        "employee", "employee_edit", "qualification_new", "exemption_new", "teaching", "propose",
        "mentoring_new", "study_new", "trade_new", "role_new",
    ):  # fmt: skip
        get(aud, name, carl.pk)
    for name in ("employee_new", "resources", "spread", "rounds", "round_new"):
        get(aud, name, "F00000001")
    wanted = actions.MentorPlan(carl, "Vi møtes hver uke.", 60)
    mentoring = actions.offer_mentoring(employee=mia, wanted=wanted, by=AUD)
    actions.move_mentoring(row=mentoring, to="first_year", by=AUD)
    assert "Endre veileder" in get(aud, "mentoring", mentoring.pk)
    get(aud, "mentoring_edit", mentoring.pk)
    assert "Skriv ned en samtale" in get(client_of("carl"), "mentoring", mentoring.pk)
    get(client_of("carl"), "talk", mentoring.pk)
    assert "Ett fag mangler kompetanse." in get(client_of("carl"), "mine")
    assert "Ingenting er lagt inn om deg." in get(client_of("dag"), "mine")
    deviation = actions.propose_deviation(
        employee=carl,
        asked=actions.Proposed(actions_year(today), "matematikk", "primary", "Ingen andre."),
        by=AUD,
    )
    assert "Ett fravik venter på svar." in get(client_of("berit"), "deviations")
    page = get(client_of("berit"), "deviation", deviation.pk)
    assert "Ingen andre." in page
    assert "Opplæringslova §\u00a017-4 tredje ledd" in page
    Deviation.objects.filter(pk=deviation.pk).update(year=2023)
    page = get(client_of("berit"), "deviation", deviation.pk)
    assert "Opplæringslova (1998) §\u00a010-2 fjerde ledd" in page


def actions_year(today: date) -> int:
    from tettpaa.work.competence.requirements import school_year

    return school_year(today)


def test_pages_of_practice(staff: Staff, deputy: object, client_of: SignIn, today: date) -> None:
    aud, carl = client_of("aud"), client_of("carl")
    wanted = actions.NewRound("Samtale om tekst", "Alle svarer.", "Vi vil se.", today, today)
    round_ = actions.start_round(owner=staff.cast.fjordvik, school=staff.cast.nes, wanted=wanted, by=AUD)
    for name in ("round", "agreed", "pattern", "walk_new"):
        get(aud, name, "F00000001", round_.pk)
    actions.agree_round(row=round_, with_staff=today, with_unions=today, by=AUD)
    walk = actions.plan_walk(row=round_, teacher=staff["carl"], wanted=actions.NewWalk(today, 5), by=AUD)
    for to in ("notified", "done"):
        walk = actions.move_walk(walk=walk, to=to, by=AUD)
    assert "Skriv notatet til læreren" in get(aud, "walk", "F00000001", walk.pk)
    get(aud, "hand_over", "F00000001", walk.pk)
    actions.hand_over_note(walk=walk, seen="Mange hender.", by=AUD)
    assert "Mange hender." in get(carl, "walk", "F00000001", walk.pk)
    get(carl, "own_words", "F00000001", walk.pk)
    assert "Mange hender." not in get(aud, "walk", "F00000001", walk.pk)
    get(carl, "round", "F00000001", round_.pk)
    get(carl, "guidance_new", "F00000001")
    guidance = actions.start_guidance(members=[staff["carl"], staff["mia"]], theme="Spørsmål", by=CARL)
    assert "Spørsmål" in get(carl, "guidance", "F00000001", guidance.pk)


def test_a_school_tells_a_need_while_a_plan_is_made(plan: CompetencePlan, client_of: SignIn) -> None:
    assert "Hva trenger skolen" in get(client_of("aud"), "need", "F00000001")
    actions.discuss(plan=plan, talked=actions.Talked(date(2026, 4, 1), "Tillitsvalgte"), by=BERIT)
    actions.move_plan(plan=plan, to="discussed", by=BERIT)
    plan = actions.move_plan(plan=plan, to="adopted", by=BERIT)
    plan = actions.move_plan(plan=plan, to="in_use", by=BERIT)
    answer = client_of("aud").get(reverse("competence:need", args=["9901", "F00000001"]))
    assert answer.status_code == 302
    get(client_of("berit"), "evaluate", plan.pk)


def line(*standings: Standing) -> str:
    """What a record with these standings answers first."""
    rows = [SimpleNamespace(judged=SimpleNamespace(standing=one)) for one in standings]
    lacking = [one for one in standings if one == Standing.GAP]
    return pages.record_line(SimpleNamespace(lines=rows, lacking=lacking))  # type: ignore[arg-type]


def test_a_record_says_no_more_than_its_subjects_do() -> None:
    assert line() == "Ingen fag er lagt inn for dette skoleåret."
    assert line(Standing.MET, Standing.GAP) == "Ett fag mangler kompetanse."
    assert line(Standing.MET, Standing.DEVIATION) == "Fravik er vedtatt i ett fag."
    assert line(Standing.DEVIATION, Standing.DEVIATION) == "Fravik er vedtatt i 2 fag."
    assert line(Standing.MET, Standing.EXEMPT) == "Ingen fag mangler kompetanse."
    assert line(Standing.MET, Standing.MET) == "Kravene er oppfylt i alle fag."


def test_the_share_that_is_mentored_goes_to_the_shelf_as_it_is(staff: Staff, client_of: SignIn) -> None:
    address = reverse("competence:to_shelf", args=["9901"])
    coverage = reverse("competence:coverage", args=["9901"])
    arne = client_of("arne")
    Employee.objects.update(newly_educated_on=None)
    assert arne.post(address).headers["Location"] == coverage
    assert "ingen andel å legge fram" in arne.get(coverage).content.decode()
    for number, school in enumerate((staff.cast.nes, staff.cast.nes, staff.cast.vik)):
        new = actions.add_employee(
            owner=staff.cast.fjordvik, school=school, name=f"Ny {number}", email="", role="teacher", by=BERIT,
            more=actions.NewEmployee(newly_educated_on=timezone.localdate()),
        )  # fmt: skip
        if number == 0:
            plan = actions.MentorPlan(staff["mia"])
            actions.move_mentoring(
                row=actions.offer_mentoring(employee=new, wanted=plan, by=BERIT), to="first_year", by=BERIT
            )
    assert "Legg andelen på importhylla" in arne.get(coverage).content.decode()
    assert "Legg andelen på importhylla" not in client_of("dag").get(coverage).content.decode()
    assert client_of("dag").post(address).status_code == 404
    made = arne.post(address)
    row = Import.objects.get()
    assert made.headers["Location"] == reverse("sources:item", args=["9901", row.pk])
    reading = read_bytes(path_of(row.file.sha256).read_bytes())
    assert reading.ok
    assert [(cell.unit_code, cell.indicator, cell.value, cell.n) for cell in reading.cells] == [
        ("9901", "veiledning_nyutdannede", pytest.approx(100 / 3), 3),
        ("F00000001", "veiledning_nyutdannede", 50.0, 2),
        ("F00000002", "veiledning_nyutdannede", 0.0, 1),
    ]
