"""Who may open what: every refusal, and each look written down."""

from collections.abc import Callable

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from tests.factories.cast import Cast
from tests.work.competence.conftest import AUD, CANARY, CARL, Staff
from tettpaa.core.audit.models import Event
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.competence import access, actions, queries
from tettpaa.work.competence.models import (
    ClassroomWalk,
    CompetencePlan,
    Deviation,
    Employee,
    MentorSession,
    PeerNote,
    Qualification,
    WalkNote,
)

type SignIn = Callable[[str], Client]
type ViewerOf = Callable[[str], Viewer]

# Whose record each may open; the rest of the cast opens none.
MAY = {
    "aud": {"aud", "liv", "carl", "mia", "ivar"},
    "liv": {"liv", "carl", "mia", "ivar"},
    "vera": {"vera", "vidar"},
    "carl": {"carl"},
    "arne": {"arne"},
    "berit": {"berit", "aud", "vera", "arne"},
}


def test_a_record_is_opened_by_oneself_and_the_own_leader_only(staff: Staff, viewer_of: ViewerOf) -> None:
    for name in staff.cast.users:
        viewer, found = viewer_of(name), set()
        for other, employee in staff.people.items():
            try:
                access.employee_for_reading(viewer, staff.cast.fjordvik, employee.pk)
            except Http404:
                continue
            found.add(other)
        assert found == MAY.get(name, set()), name


def test_lists_hold_the_same_people_as_records(staff: Staff, viewer_of: ViewerOf) -> None:
    cast = staff.cast
    for name in cast.users:
        viewer = viewer_of(name)
        listed = {
            one.name.lower()
            for school in (cast.nes, cast.vik, None)
            for one in access.led_by(viewer, cast.fjordvik, school)
        }
        assert listed == MAY.get(name, {name}) - {name}, name
    assert {one.name for one in queries.staff_of(viewer_of("liv"), cast.nes)} == {"Carl", "Mia", "Ivar"}
    assert queries.staff_of(viewer_of("berit"), cast.nes) == []
    assert queries.staff_of(viewer_of("aud"), cast.fjordvik) == []


def test_only_those_employed_that_day_are_wanted(staff: Staff, viewer_of: ViewerOf) -> None:
    before = staff["carl"].active_from.replace(year=2019)
    assert queries.staff_of(viewer_of("aud"), staff.cast.nes, before) == []


def test_a_look_of_a_leader_is_written_down_and_ones_own_is_not(staff: Staff, viewer_of: ViewerOf) -> None:
    owner, carl = staff.cast.fjordvik, staff["carl"]
    looks = Event.objects.filter(kind="competence.record_seen")
    access.employee_for_reading(viewer_of("carl"), owner, carl.pk)
    assert looks.count() == 0
    access.employee_for_reading(viewer_of("aud"), owner, carl.pk)
    access.staff_for_reading(viewer_of("aud"), owner, staff.cast.nes)
    assert list(looks.values_list("by", "subject_key")) == [(AUD, str(carl.pk)), (AUD, "F00000001")]
    assert [by for _day, by in queries.looks_at(owner, carl)] == [AUD]


def test_who_leads_nobody_gets_no_list(staff: Staff, viewer_of: ViewerOf) -> None:
    with pytest.raises(Http404):
        access.staff_for_reading(viewer_of("carl"), staff.cast.fjordvik, staff.cast.nes)


def test_another_owner_has_no_record_here(staff: Staff, viewer_of: ViewerOf) -> None:
    with pytest.raises(Http404):
        access.employee_for_reading(viewer_of("aud"), staff.cast.utvik, staff["carl"].pk)
    assert queries.employee_of(viewer_of("carl"), staff.cast.utvik) is None
    assert queries.employee_of(Viewer("", ()), staff.cast.fjordvik) is None
    assert queries.employee_by_key(staff.cast.utvik, staff["carl"].pk) is None
    assert queries.employee_by_key(staff.cast.fjordvik, staff["carl"].pk) == staff["carl"]


def test_nobody_writes_ones_own_record(staff: Staff, viewer_of: ViewerOf) -> None:
    for name in ("aud", "carl"):
        with pytest.raises(Http404):
            access.employee_for_editing(viewer_of(name), staff.cast.fjordvik, staff[name].pk)


def test_only_the_decider_opens_a_deviation(gap: Staff, viewer_of: ViewerOf, year: int) -> None:
    asked = actions.Proposed(year, "matematikk", "primary", "Ingen andre.")
    made = actions.propose_deviation(employee=gap["carl"], asked=asked, by=AUD)
    assert access.deviation_for_deciding(viewer_of("berit"), gap.cast.fjordvik, made.pk) == made
    for name in ("aud", "arne", "carl", "eva"):
        with pytest.raises(Http404):
            access.deviation_for_deciding(viewer_of(name), gap.cast.fjordvik, made.pk)


def test_a_draft_is_for_those_who_write_it_and_the_unions(plan: CompetencePlan, viewer_of: ViewerOf) -> None:
    for name in ("berit", "arne", "tor"):
        assert access.plan_for_reading(viewer_of(name), plan.owner, plan.pk) == plan
    for name in ("aud", "carl", "dag", "eva"):
        with pytest.raises(Http404):
            access.plan_for_reading(viewer_of(name), plan.owner, plan.pk)
    with pytest.raises(Http404):
        access.plan_for_editing(viewer_of("tor"), plan.owner, plan.pk)
    area = plan.areas.get()
    assert access.area_for_editing(viewer_of("arne"), plan.owner, plan.pk, area.pk) == area
    with pytest.raises(Http404):
        access.area_for_editing(viewer_of("arne"), plan.owner, plan.pk, plan.pk)


def plant(staff: Staff, year: int) -> None:
    """A canary in every text about a person: Carl's at Nes, and Vidar's at Vik."""
    for name, by in (("carl", AUD), ("vidar", "vera@example.test")):
        person = staff[name]
        rows = [("norsk", "primary")]
        actions.set_teaching(employee=person, year=year, rows=rows, by=by)
        actions.add_qualification(
            employee=person, subject="engelsk", credits=30, source=f"{CANARY}{name}", by=by
        )
        asked = actions.Proposed(year, "norsk", "primary", f"{CANARY}{name}", f"{CANARY}{name}")
        actions.propose_deviation(employee=person, asked=asked, by=by)
        actions.add_exemption(employee=person, ground="before_2014", documented_by=f"{CANARY}{name}", by=by)
    Employee.objects.filter(pk=staff["vidar"].pk).update(name=f"{CANARY}vidar")
    Employee.objects.filter(pk=staff["carl"].pk).update(name=f"{CANARY}carl")


PAGES = (
    ("plan",), ("plans",), ("coverage",), ("requirements",), ("deviations",), ("owner_staff",), ("mine",),
    ("my_data",), ("staff", "F00000001"), ("staff", "F00000002"), ("rounds", "F00000001"),
    ("resources", "F00000001"), ("resources", "F00000002"), ("need", "F00000001"),
)  # fmt: skip


def test_staff_canaries_are_seen_by_nobody_but_who_may(
    staff: Staff, plan: CompetencePlan, client_of: SignIn, year: int
) -> None:
    """Every page of the room by everybody of the cast: whose canary may stand on it."""
    plant(staff, year)
    people = {name: staff[name].pk for name in ("carl", "vidar")}
    pages = [*PAGES, *(("employee", key) for key in people.values()), ("one", plan.pk)]
    may_see = {
        "aud": {"carl"}, "liv": {"carl"}, "carl": {"carl"}, "vera": {"vidar"},
        "berit": {"carl", "vidar"},  # the names in the decisions that wait for the owner, and nothing else
    }  # fmt: skip
    for person in staff.cast.users:
        seen = set()
        for name, *args in pages:
            body = client_of(person).get(reverse(f"competence:{name}", args=["9901", *args])).content.decode()
            found = {who for who in people if f"{CANARY}{who}" in body}
            assert person != "berit" or name == "deviations" or not found, name
            seen |= found
        assert seen == may_see.get(person, set()), person


def test_notes_are_read_by_those_they_belong_to(staff: Staff, deputy: Cast, client_of: SignIn) -> None:
    today = staff["carl"].active_from
    wanted = actions.MentorPlan(staff["carl"], "Plan", 10)
    row = actions.offer_mentoring(employee=staff["mia"], wanted=wanted, by=AUD)
    row = actions.move_mentoring(row=row, to="first_year", by=AUD)
    actions.add_session(row=row, talk=actions.Talk(today, 30, "Tema", f"{CANARY}mentor"), by=CARL)
    round_ = actions.start_round(
        owner=staff.cast.fjordvik,
        school=staff.cast.nes,
        wanted=actions.NewRound("Tema", "Tegn", "Hensikt", today, today),
        by=AUD,
    )
    actions.agree_round(row=round_, with_staff=today, with_unions=today, by=AUD)
    walk = actions.plan_walk(row=round_, teacher=staff["carl"], wanted=actions.NewWalk(today, 5), by=AUD)
    for to in ("notified", "done"):
        walk = actions.move_walk(walk=walk, to=to, by=AUD)
    actions.hand_over_note(walk=walk, seen=f"{CANARY}note", by=AUD)
    guidance = actions.start_guidance(members=[staff["carl"], staff["mia"]], theme="Tema", by=CARL)
    actions.write_peer_note(row=guidance, author=staff["carl"], text=f"{CANARY}peer", by=CARL)
    addresses = {
        "mentor": reverse("competence:mentoring", args=["9901", row.pk]),
        "note": reverse("competence:walk", args=["9901", "F00000001", walk.pk]),
        "peer": reverse("competence:guidance", args=["9901", "F00000001", guidance.pk]),
    }
    readers = {"mentor": {"carl", "mia"}, "note": {"carl"}, "peer": {"carl", "mia"}}
    for what, address in addresses.items():
        seen = {
            name
            for name in (*staff.cast.users,)
            if f"{CANARY}{what}" in client_of(name).get(address).content.decode()
        }
        assert seen == readers[what], what
    assert client_of("aud").get(addresses["peer"]).status_code == 404
    assert client_of("liv").get(addresses["note"]).status_code == 200


def test_own_data_is_everything_but_what_others_wrote(gap: Staff, client_of: SignIn, year: int) -> None:
    asked = actions.Proposed(year, "matematikk", "primary", "Ingen andre.")
    actions.propose_deviation(employee=gap["carl"], asked=asked, by=AUD)
    client_of("aud").get(reverse("competence:employee", args=["9901", gap["carl"].pk]))
    answer = client_of("carl").get(reverse("competence:my_data", args=["9901"]))
    found = answer.json()
    assert found["Employee"]["name"] == "Carl"
    assert [row["subject"] for row in found["Qualification"]] == ["norsk"]
    assert [row["reason"] for row in found["Deviation"]] == ["Ingen andre."]
    assert "proposed_by" not in found["Deviation"][0]
    assert [by for _day, by in found["looks"]] == [AUD]
    assert client_of("dag").get(reverse("competence:my_data", args=["9901"])).status_code == 404


def test_deeds_on_another_leaders_staff_do_nothing(gap: Staff, client_of: SignIn) -> None:
    """Every form about a person, sent by the leader of another school."""
    vera, carl = client_of("vera"), gap["carl"].pk
    row = Qualification.objects.get(employee=carl)
    forms = {
        "employee_edit": (), "end": (), "qualification_new": (), "qualification_remove": (row.pk,),
        "exemption_new": (), "exemption_remove": (row.pk,), "teaching": (), "propose": (), "mentoring_new": (),
        "study_new": (), "trade_new": (), "role_new": (),
    }  # fmt: skip
    before = Event.objects.count()
    for name, rest in forms.items():
        address = reverse(f"competence:{name}", args=["9901", carl, *rest])
        assert vera.post(address, {"on": "2026-01-01"}).status_code == 404, name
    assert Event.objects.count() == before
    models = (Deviation, ClassroomWalk, WalkNote, MentorSession, PeerNote)
    assert sum(model.objects.count() for model in models) == 0
