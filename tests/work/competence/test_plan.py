"""The yearly plan: from the frame, needs gathered, discussed, adopted and sealed, in use, evaluated; its pack."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from tests.factories.cast import Cast
from tests.work.agreements import making
from tests.work.competence.conftest import AUD, BERIT, CARL, Staff
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.panels import Asked, Link
from tettpaa.work.competence import actions, pack, panels, queries, shelves
from tettpaa.work.competence.enums import PLAN_PATHS, PlanState
from tettpaa.work.competence.models import CompetencePlan, PlanNeed, PlanVersion, Service
from tettpaa.work.plans.models import SchoolPlan

TALKED = actions.Talked(date(2026, 4, 20), "De tillitsvalgte", "Tid.", "Samlingene ligger på fellestid.")


def carried(plan: CompetencePlan, to: str) -> CompetencePlan:
    """On its road to `to`."""
    actions.discuss(plan=plan, talked=TALKED, by=BERIT)
    for step in ("discussed", "adopted", "in_use"):
        plan = actions.move_plan(plan=plan, to=step, on=date(2026, 6, 1), case_reference="12/26", by=BERIT)
        if step == to:
            break
    return plan


def test_a_plan_begins_with_the_owners_frame_and_is_begun_once(plan: CompetencePlan, year: int) -> None:
    assert (plan.title, plan.background) == ("Kompetanseplan for oppvekst", "Fordi alle lærer hele livet.")
    assert [(area.key, area.why) for area in queries.plan_areas(plan.owner, year)] == [
        ("lesing", "Mange sliter.")
    ]
    assert actions.start_plan(owner=plan.owner, year=year, by=BERIT) == plan


def test_the_plan_takes_its_drawn_steps(plan: CompetencePlan) -> None:
    actions.discuss(plan=plan, talked=TALKED, by=BERIT)
    for before in PlanState.values:
        for to in PlanState.values:
            CompetencePlan.objects.filter(pk=plan.pk).update(state=before)
            if to in PLAN_PATHS.get(before, ()) and to != PlanState.EVALUATED:
                assert actions.move_plan(plan=plan, to=to, by=BERIT).state == to
            else:
                with pytest.raises(NotAllowedError):
                    actions.move_plan(plan=plan, to=to, by=BERIT)


def test_a_plan_is_not_adopted_before_it_is_discussed(plan: CompetencePlan) -> None:
    with pytest.raises(actions.NotDiscussedError):
        actions.move_plan(plan=plan, to="discussed", by=BERIT)


def test_adopting_seals_the_words_and_they_change_only_as_a_draft(plan: CompetencePlan) -> None:
    plan = carried(plan, "adopted")
    version = plan.versions.get()
    content = json.loads(version.content)
    assert (content["title"], content["areas"][0]["title"]) == (
        "Kompetanseplan for oppvekst",
        "Lesing i alle fag",
    )
    assert content["discussions"] == [
        {"on": "2026-04-20", "with": "De tillitsvalgte", "changed": "Samlingene ligger på fellestid."}
    ]
    assert [one["title"] for one in content["factors"]] == ["Over tid"]
    assert (plan.adopted_on, plan.case_reference) == (date(2026, 6, 1), "12/26")
    area = plan.areas.get()
    for deed in (
        lambda: actions.save_plan(plan=plan, version=plan.version, fields=["title"], by=BERIT),
        lambda: actions.save_area(area=area, version=area.version, fields=["title"], by=BERIT),
        lambda: actions.remove_area(area=area, by=BERIT),
        lambda: actions.gather_needs(plan=plan, by=BERIT),
        lambda: actions.discuss(plan=plan, talked=TALKED, by=BERIT),
        lambda: actions.tell_need(plan=plan, school=plan.owner, text="X", by=BERIT),
    ):
        with pytest.raises(actions.PlanClosedError):
            deed()
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(content="x")
    plan = actions.move_plan(plan=plan, to="draft", by=BERIT)
    plan.title = "Nytt navn"
    actions.save_plan(plan=plan, version=plan.version, fields=["title"], by=BERIT)
    with pytest.raises(ConflictError):
        actions.save_plan(plan=plan, version=1, fields=["title"], by=BERIT)
    plan = carried(plan, "adopted")
    assert list(plan.versions.values_list("number", flat=True)) == [1, 2]


def test_areas_are_written_and_taken_out(plan: CompetencePlan) -> None:
    made = queries.blank_area(plan)
    made.title = "Nye lærere"
    made = actions.save_area(area=made, version=None, fields=["title"], by=BERIT)
    assert (made.key, made.order) == ("nye-laerere", 2) or made.key == "nye-lerere"
    made.title = "Nyutdannede"
    actions.save_area(area=made, version=1, fields=["title"], by=BERIT)
    actions.remove_area(area=made, by=BERIT)
    assert plan.areas.count() == 1


def test_needs_are_gathered_from_the_schools_and_told_as_counts(
    gap: Staff, plan: CompetencePlan, viewer_of: Callable[[str], Viewer], year: int
) -> None:
    cast = gap.cast
    goal = making.a_goal(cast)
    goal.kind = "practice"
    goal.save()
    making.in_force(cast, goal=goal)
    SchoolPlan.objects.create(
        owner=cast.fjordvik, school=cast.nes, year=year, state="adopted", competence="Lesing."
    )
    SchoolPlan.objects.create(
        owner=cast.fjordvik, school=cast.vik, year=year, state="draft", competence="Utkast."
    )
    actions.tell_need(plan=plan, school=cast.nes, text="Vi trenger mer om støtte.", by=AUD)
    actions.gather_needs(plan=plan, by=BERIT)
    found = {
        (row.source, row.subject, row.count, row.total) for row in plan.needs.all() if row.source == "gap"
    }
    assert found == {("gap", "matematikk", 1, 1)}
    told = set(plan.needs.filter(source="school").values_list("text", flat=True))
    assert told == {"Vi trenger mer om støtte.", "Lesing."}
    need = plan.needs.get(source="gap")
    actions.place_needs(plan=plan, areas={need.pk: plan.areas.get()}, by=BERIT)
    actions.gather_needs(plan=plan, by=BERIT)
    assert plan.needs.get(source="gap").area == plan.areas.get()
    assert plan.needs.filter(source="school").count() == 2
    assert queries.plan_parts(viewer_of("berit"), cast.fjordvik, plan).answered[plan.areas.get().pk] == 1
    actions.place_needs(plan=plan, areas={plan.needs.get(source="gap").pk: None}, by=BERIT)
    assert plan.needs.get(source="gap").area is None
    parts = queries.plan_parts(viewer_of("berit"), cast.fjordvik, plan)
    open_ = queries.plan_parts(viewer_of("tor"), cast.fjordvik, plan)
    assert [one["face"] for one in parts.needs if one["source"] == "gap"] == ["exact"]
    assert [one["face"] for one in open_.needs if one["source"] == "gap"] == ["hidden"]
    assert (len(parts.told) >= 2, open_.told) == (True, [])
    assert "støtte" not in json.dumps(list(open_.needs))


def test_needs_of_next_year_are_counted_on_this_years_teaching(gap: Staff, year: int) -> None:
    plan = actions.start_plan(owner=gap.cast.fjordvik, year=year + 1, by=BERIT)
    actions.gather_needs(plan=plan, by=BERIT)
    assert PlanNeed.objects.get(plan=plan, source="gap").subject == "matematikk"


def test_the_year_is_evaluated_area_by_area(plan: CompetencePlan) -> None:
    judged = actions.Judged("Godt år.", date(2027, 6, 1), {plan.areas.get().pk: "I gang."})
    with pytest.raises(NotAllowedError):
        actions.evaluate_plan(plan=plan, judged=judged, by=BERIT)
    plan = carried(plan, "in_use")
    assert queries.plan_in_use(plan.owner) == plan
    assert actions.evaluate_plan(plan=plan, judged=judged, by=BERIT).state == "evaluated"
    assert plan.areas.get().outcome == "I gang."


def test_who_is_shown_which_plan(plan: CompetencePlan, viewer_of: Callable[[str], Viewer], year: int) -> None:
    assert queries.plan_to_show(viewer_of("dag"), plan.owner) is None
    assert queries.plan_to_show(viewer_of("tor"), plan.owner) == plan
    assert queries.plan_being_made(plan.owner) == plan
    plan = carried(plan, "in_use")
    later = actions.start_plan(owner=plan.owner, year=year + 1, by=BERIT)
    assert queries.plan_to_show(viewer_of("berit"), plan.owner) == plan
    assert queries.plans_for(viewer_of("dag"), plan.owner) == [plan]
    assert queries.plan_of(plan.owner, year + 1) == later
    paper = queries.plan_paper(viewer_of("dag"), plan)
    assert (paper.number, paper.fingerprint, paper.case_reference) == (1, plan.versions.get().sha256, "12/26")
    assert queries.plan_paper(viewer_of("berit"), later).number == 0


def test_the_pack_is_read_as_it_was_written_and_what_is_gone_is_ended(staff: Staff) -> None:
    owner = staff.cast.fjordvik
    found = pack.read(owner)
    assert found.title == "Kompetanseplan for oppvekst"
    assert [one.key for one in found.services] == ["skole"]
    assert found.resource_areas[0].everywhere
    content = {
        "key": "norsk-primary", "subject": "norsk", "stage": "primary", "credits": 30,
        "valid_from": "2026-08-01", "source": "forskrifta",
    }  # fmt: skip
    pack.write(owner=owner, path=("requirements", "norsk-primary"), content=content, by=BERIT)
    assert [one.key for one in pack.read(owner).requirements] == ["norsk-primary"]
    pack.write(owner=owner, path=("requirements", "norsk-primary"), content=None, by=BERIT)
    pack.write(owner=owner, path=("services", "skole"), content=None, by=BERIT)
    pack.write(owner=owner, path=("",), content=None, by=BERIT)
    assert (pack.read(owner).requirements, pack.read(owner).services) == ((), ())
    assert Service.objects.get(owner=owner).is_active is False
    pack.write(owner=owner, path=("services", "skole"), content={"key": "skole", "title": "Skolen"}, by=BERIT)
    pack.write(owner=owner, path=("",), content={"title": "Ny"}, by=BERIT)
    assert [one.title for one in queries.services(owner)] == ["Skolen"]
    with pytest.raises(ValueError, match="finnes ikke"):
        pack.RequirementShape.model_validate(content | {"subject": "latin"})


def asked(viewer: Viewer, plan: CompetencePlan, school: object, goal: object) -> Asked:
    return Asked(viewer, plan.owner, date(plan.year, 11, 1), school, goal)  # type: ignore[arg-type]


def test_the_thread_tells_what_is_learnt_and_what_is_missing(
    gap: Staff, plan: CompetencePlan, viewer_of: Callable[[str], Viewer], monkeypatch: pytest.MonkeyPatch
) -> None:
    cast, berit = gap.cast, viewer_of("berit")
    goal = making.a_goal(cast)
    ask = asked(berit, plan, cast.nes, goal.pk)
    assert panels.competence_knot(asked(berit, plan, cast.nes, None)) is None
    assert panels.competence_knot(ask) is None
    making.in_force(cast, goal=goal)
    from tettpaa.work.agreements.models import CompetenceNeed, Wording

    if not CompetenceNeed.objects.exists():
        CompetenceNeed.objects.create(wording=Wording.objects.get(state="in_force"), number=1, need="Lesing")
    missing = panels.competence_knot(ask)
    assert missing is not None
    assert (missing.state, missing.whose, missing.act is not None) == ("missing", "Skoleeier", True)
    assert panels.competence_states(ask) == {(cast.nes.pk, goal.pk): "missing"}
    assert panels.competence_knot(asked(viewer_of("carl"), plan, cast.nes, goal.pk)) is None
    plan.areas.update(goal=goal)
    carried(plan, "in_use")
    day = date(plan.year, 10, 1)
    actions.tell_spread(school=cast.nes, told=actions.Told(day, "Lesestrategier"), by=AUD)
    line = shelves.OfferLine("skole", "Lesenettverk", "nettverk", goal=goal.pk)
    monkeypatch.setattr(shelves, "_offers", {"x": lambda *_: [line]})
    there = panels.competence_knot(ask)
    assert there is not None
    assert (there.link, there.state) == (Link.COMPETENCE, "there")
    assert "".join(words.text for words in there.sentence) == "Vi lærer mer om Lesing i alle fag."
    assert there.facts == ("1 tilbud i år", "Delt på skolen én gang i år")
    states = panels.competence_states(asked(berit, plan, None, None))
    assert states == {(cast.nes.pk, goal.pk): "there", (cast.vik.pk, goal.pk): "there"}
    assert panels.competence_states(asked(Viewer("", ()), plan, None, None)) == {}


def test_the_package_holds_only_what_all_may_read(
    gap: Staff, viewer_of: Callable[[str], Viewer], today: date
) -> None:
    cast, berit = gap.cast, viewer_of("berit")
    found = panels.package_part(Asked(berit, cast.fjordvik, today, cast.nes))
    assert found is not None
    json.dumps(found.content)
    assert {one["face"] for one in found.content["gaps"]} == {"hidden"}
    assert found.content["new"] == {"face": "hidden", "part": None, "whole": None}
    assert found.content["lacking_roles"] == ["Leseveileder"]
    assert panels.package_part(Asked(berit, cast.fjordvik, today)) is None
    assert panels.package_part(Asked(berit, cast.utvik, today, cast.units["U00000001"])) is None


def test_front_pages_tell_whose_turn_it_is(
    gap: Staff, plan: CompetencePlan, viewer_of: Callable[[str], Viewer], today: date, year: int
) -> None:
    cast = gap.cast

    def titles(name: str, school: object = None, on: date = today) -> list[str]:
        return [one.title for one in panels.items(Asked(viewer_of(name), cast.fjordvik, on, school))]  # type: ignore[arg-type]

    assert titles("aud", cast.nes) == [
        "Én nyutdannet venter på tilbud om veiledning",
        "Kompetansekravet er ikke oppfylt ett sted",
    ]
    assert titles("aud") == []
    assert titles("tor", cast.nes) == ["Kompetanseplanen er til drøfting: Kompetanseplan for oppvekst"]
    assert titles("carl", cast.nes) == []
    assert panels.items(Asked(Viewer("", ()), cast.fjordvik, today)) == []
    actions.discuss(plan=plan, talked=TALKED, by=BERIT)
    actions.move_plan(plan=plan, to="discussed", by=BERIT)
    proposed = actions.Proposed(year, "matematikk", "primary", "Ingen andre.")
    made = actions.propose_deviation(employee=gap["carl"], asked=proposed, by=AUD)
    assert titles("berit") == [
        "Kompetanseplanen kan vedtas: Kompetanseplan for oppvekst",
        "Ett fravik fra kompetansekrav venter på svar",
    ]
    actions.decide_deviation(deviation=made, to="decided", reason="Ja.", by=BERIT)
    assert titles("berit", on=date(year + 1, 6, 15))[1:] == ["Ett fravik faller bort"]
    assert titles("berit")[1:] == []
    actions.move_plan(plan=plan, to="adopted", by=BERIT)
    assert titles("berit") == []


def test_a_walk_one_is_told_of_and_a_talk_that_is_late(
    staff: Staff, viewer_of: Callable[[str], Viewer], today: date
) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from tettpaa.work.competence.models import ClassroomWalk

    wanted = actions.NewRound("Samtale", "Tegn", "Hensikt", today, today)
    row = actions.start_round(owner=staff.cast.fjordvik, school=staff.cast.nes, wanted=wanted, by=AUD)
    actions.agree_round(row=row, with_staff=today, with_unions=today, by=AUD)
    walk = actions.plan_walk(row=row, teacher=staff["carl"], wanted=actions.NewWalk(today, 5), by=AUD)
    walk = actions.move_walk(walk=walk, to="notified", by=AUD)
    items = panels.items(Asked(viewer_of("carl"), staff.cast.fjordvik, today, staff.cast.nes))
    assert [(one.kind, one.title) for one in items] == [("due", "Klassevandring: Samtale")]
    actions.move_walk(walk=walk, to="done", by=AUD)
    ClassroomWalk.objects.update(done_at=timezone.now() - timedelta(hours=50))
    items = panels.items(Asked(viewer_of("aud"), staff.cast.fjordvik, today, staff.cast.nes))
    assert [one.kind for one in items if "Samtalen" in one.title] == ["late"]


def test_an_offer_of_mentoring_and_a_first_talk_wait_for_those_whose_they_are(
    staff: Staff, deputy: Cast, viewer_of: Callable[[str], Viewer], today: date
) -> None:
    def lines(name: str) -> list[str]:
        asked = Asked(viewer_of(name), staff.cast.fjordvik, today, staff.cast.nes)
        return [one.title for one in panels.items(asked) if "veiledning" in one.title]

    row = actions.offer_mentoring(employee=staff["mia"], wanted=actions.MentorPlan(None), by=AUD)
    assert lines("mia") == lines("carl") == []
    actions.write_mentoring(row=row, wanted=actions.MentorPlan(staff["carl"], "Plan", 60), by=AUD)
    assert (lines("mia"), lines("carl"), lines("liv")) == (["Svar på tilbudet om veiledning"], [], [])
    row = actions.move_mentoring(row=row, to="first_year", by="mia@example.test")
    assert (lines("mia"), lines("carl")) == ([], ["Hold den første veiledningen med Mia"])
    actions.add_session(row=row, talk=actions.Talk(today, 30, "Tema"), by=CARL)
    assert lines("carl") == lines("aud") == []


def test_parts_of_rooms_above_stand_on_ones_own_page(
    staff: Staff, viewer_of: Callable[[str], Viewer], today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "_own", {})
    shelves.register_own("b", lambda *_: shelves.OwnPart("b", 20, "x.html"))
    shelves.register_own("a", lambda *_: shelves.OwnPart("a", 10, "x.html"))
    shelves.register_own("none", lambda *_: None)
    found = shelves.own_parts(viewer_of("carl"), staff["carl"], today)
    assert [part.key for part in found] == ["a", "b"]


def test_a_union_speaks_for_itself(
    plan: CompetencePlan, client_of: Callable[[str], Client], viewer_of: Callable[[str], Viewer], today: date
) -> None:
    """Its words are read by those who write the plan and by itself; that it was discussed is read by all."""
    address = reverse("competence:statement", args=["9901", plan.pk])
    page_of_plan = reverse("competence:one", args=["9901", plan.pk])
    for name in ("dag", "carl", "aud", "berit", "eva"):
        assert client_of(name).get(address).status_code in (403, 404)
        assert client_of(name).post(address, {"said": "X"}).status_code in (403, 404)
    tor = client_of("tor")

    def waits() -> list[str]:
        return [item.title for item in panels.items(Asked(viewer_of("tor"), plan.owner, today))]

    assert any("til drøfting" in title for title in waits())
    assert address in tor.get(page_of_plan).content.decode()
    assert tor.post(address, {"said": " "}).status_code == 422
    assert tor.post(address, {"said": "KANARIORD: vi trenger tid."}).status_code == 302
    row = plan.discussions.get()
    assert (row.with_whom, row.said, row.by) == (
        "Tillitsvalgt, Nes skole",
        "KANARIORD: vi trenger tid.",
        "tor@example.test",
    )
    assert "KANARIORD" in tor.get(page_of_plan).content.decode()
    assert "KANARIORD" in client_of("berit").get(page_of_plan).content.decode()
    assert not any("til drøfting" in title for title in waits())
    for to in ("discussed", "adopted"):
        actions.move_plan(plan=plan, to=to, on=date(2026, 6, 1), by=BERIT)
    page = client_of("dag").get(page_of_plan).content.decode()
    assert "Tillitsvalgt, Nes skole" in page
    assert "KANARIORD" not in page
    assert tor.get(address).status_code == 404
