"""Meetings through the browser's eyes: who gets what, conflicts, forms sent twice, and a constant number of queries."""

import re
from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.work.dialogue import meetinghouse as house
from tests.work.planning import plan_of
from tettpaa.core.jobs.models import Job
from tettpaa.work.agreements.models import Agreement
from tettpaa.work.dialogue import actions
from tettpaa.work.dialogue.models import AgreementRow, Meeting, MeetingKind, PackagePart, Paragraph, Proposal

CANARY = "KANARI"


@pytest.fixture
def meeting(cast):
    return house.make_meeting(cast)


def soon(cast, to="open", **more):
    """A meeting so far ahead of the real clock that its deadlines are open."""
    start = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=20)
    one = house.make_meeting(cast, starts_at=start, **more)
    if to != "planned":
        actions.invite(meeting=one, by=house.BERIT)
    if to == "open":
        actions.open_package(meeting=one, by=house.BERIT)
    return one


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize(
    ("name", "status"),
    [("berit", 200), ("arne", 200), ("kai", 200), ("aud", 200), ("liv", 200), ("tor", 200), ("fia", 200),
     ("odd", 200), ("vera", 404), ("carl", 404), ("dag", 404), ("unn", 404), ("siv", 404), ("eva", 404)],
)  # fmt: skip
def test_who_opens_a_meeting(client_of, meeting, name, status):
    assert client_of(name).get(house.address(meeting)).status_code == status


def test_a_meeting_is_only_at_its_own_school_and_owner(cast, client_of, meeting):
    for place in (f"/9901/skoler/{cast.vik.code}", "/9901", f"/9902/skoler/{cast.nes.code}", "/9902"):
        assert client_of("berit").get(f"{place}/moter/{meeting.pk}/").status_code == 404


@pytest.mark.parametrize("end", ["pakke/", "saklista/", "referat/", "avtalen/", "oppsett/"])
@pytest.mark.parametrize("name", ["fia", "odd"])
def test_bodies_open_only_what_is_theirs(client_of, meeting, name, end):
    house.bring(meeting, "agenda")
    assert client_of(name).get(house.address(meeting, end)).status_code == 404


def test_bodies_see_no_word_of_the_others(cast, client_of, meeting):
    house.bring(meeting, "open")
    for key, content in (
        ("analysis", {"proud": CANARY}),
        ("questions", {"text": CANARY}),
        ("voice_staff", {"text": CANARY}),
    ):
        one = PackagePart.objects.get(meeting=meeting, key=key)
        actions.write_part(part=one, content=content, version=1, by="x", at=house.at(9))
        actions.share_part(part=PackagePart.objects.get(pk=one.pk), by="x", at=house.at(9))
    actions.propose(
        meeting=meeting,
        body=house.who(cast, "tor", meeting).bodies[0],
        title=CANARY,
        text=CANARY,
        by="x",
        at=house.at(20),
    )
    house.bring(meeting, "agenda")
    actions.write_paragraph(item=house.item(meeting, 3), text=CANARY, basis="offl23", by="x")
    house.bring(meeting, "published")
    for name in ("fia", "odd"):
        client = client_of(name)
        for page in ("", "offentlig/", "forslag/"):
            assert CANARY not in text_of(client.get(house.address(meeting, page)))
        for part in PackagePart.objects.exclude(key__in=["voice_parents", "voice_pupils"]):
            assert client.get(house.address(meeting, f"del/{part.pk}/")).status_code == 404
    assert CANARY in text_of(client_of("aud").get(house.address(meeting, "referat/")))
    assert CANARY not in text_of(client_of("liv").get(house.address(meeting, "referat/")))
    assert CANARY not in text_of(client_of("aud").get(house.address(meeting, "offentlig/")))


def test_only_the_owner_leads(client_of, meeting):
    for name in ("aud", "fia", "tor", "kai"):
        assert client_of(name).post(house.address(meeting, "steg/innkall/")).status_code in {403, 404}
    assert Meeting.objects.get(pk=meeting.pk).state == "planned"
    assert client_of("berit").post(house.address(meeting, "steg/finnes-ikke/")).status_code == 404
    client_of("berit").post(house.address(meeting, "steg/innkall/"))
    assert Meeting.objects.get(pk=meeting.pk).state == "invited"


def test_a_step_out_of_order_says_so_and_does_nothing(client_of, meeting):
    response = client_of("berit").post(house.address(meeting, "steg/las/"), follow=True)
    assert "Møtet har gått videre" in text_of(response)
    assert Meeting.objects.get(pk=meeting.pk).state == "planned"


def test_a_form_sent_twice_has_one_effect(cast, client_of):
    meeting = soon(cast, "invited")
    client, sent = client_of("fia"), {"title": "Svømming", "text": "", "body": "fau", "once": uuid4().hex}
    one, two = (client.post(house.address(meeting, "forslag/"), sent) for _turn in range(2))
    assert (one.status_code, one.url) == (two.status_code, two.url)
    assert Proposal.objects.count() == 1


def test_the_year_is_planned_in_one_form(cast, client_of):
    house.make_bodies(cast.fjordvik)
    house.make_kind(cast.fjordvik)
    client = client_of("berit")
    assert client.get("/9901/moter/aret/").status_code == 200
    form = {"kind": "ordinary", "clock": "09:00", f"day_{cast.nes.code}": "2026-12-03",
            f"day_{cast.vik.code}": "2026-12-04", f"clock_{cast.vik.code}": "13:30", f"place_{cast.vik.code}": "Rådhuset"}  # fmt: skip
    assert client.post("/9901/moter/aret/", form).status_code == 302
    rows = [
        (one.school, timezone.localtime(one.starts_at).isoformat()[:16], one.place)
        for one in Meeting.objects.all()
    ]
    assert rows == [
        (cast.nes, "2026-12-03T09:00", "På skolen"),
        (cast.vik, "2026-12-04T13:30", "Rådhuset"),
    ]
    again = client.post("/9901/moter/aret/", form)
    assert (again.status_code, "har alt dette møtet" in text_of(again)) == (422, True)
    empty = client.post("/9901/moter/aret/", {"kind": "ordinary", "clock": "09:00"})
    assert "Sett en dato for minst én skole." in text_of(empty)
    assert client_of("aud").get("/9901/moter/aret/").status_code in {403, 404}


def test_the_year_teaches_when_there_are_no_kinds(client_of, cast):
    assert "Det finnes ingen typer møter ennå" in text_of(client_of("berit").get("/9901/moter/aret/"))


def test_a_kind_is_changed_in_words(cast, client_of):
    house.make_bodies(cast.fjordvik)
    kind = house.make_kind(cast.fjordvik)
    client, address = client_of("berit"), "/9901/moter/typer/ordinary/"
    assert "5 | Velkommen" in text_of(client.get(address))
    form = {"name": "Styringsdialog", "days_open": 28, "days_proposals": 20, "days_freeze": 9, "days_agenda": 7,
            "days_minutes": 5, "days_approval": 10, "roles": ["principal"], "bodies": ["fau"],
            "agenda": "10 | Velkommen\n15 | Siden sist | elevene\n20 | Løfter"}  # fmt: skip
    assert client.post(address, form).status_code == 302
    fresh = MeetingKind.objects.get(pk=kind.pk)
    assert (fresh.name, fresh.days_open, fresh.items[1]["voice"]) == ("Styringsdialog", 28, "pupils")
    for wrong, words in (
        ({"agenda": "10 | Velkommen\n15 | Ordet fritt | elevene"}, "ikke stå sist"),
        ({"agenda": "Velkommen"}, "mangler minutter eller tittel"),
        ({"agenda": "5 | Velkommen | naboene"}, "er ingen vi kjenner"),
        ({"days_agenda": 6}, "minst sju dager før"),
    ):
        assert words in text_of(client.post(address, form | wrong))
    assert client.get("/9901/moter/typer/").status_code == 200
    assert client.get("/9901/moter/typer/finnes-ikke/").status_code == 404


def test_a_part_is_written_shared_and_withdrawn(cast, client_of):
    meeting = soon(cast)
    part = PackagePart.objects.get(key="analysis")
    aud, address = client_of("aud"), house.address(meeting, f"del/{part.pk}/")
    assert client_of("berit").get(address).status_code == 404
    aud.post(address, {"version": 1, "proud": "Lesing", "worried": "", "why": "", "doing": ""})
    assert "6 av 6000 tegn er brukt" in text_of(aud.get(address))
    aud.post(f"{address}del/")
    assert "Lesing" in text_of(client_of("berit").get(address))
    assert "Lest av skolesjef" in text_of(aud.get(address)).replace("Skolesjef", "skolesjef")
    assert client_of("berit").post(f"{address}trekk/").status_code == 404
    response = aud.post(f"{address}trekk/", follow=True)
    assert "Trukket tilbake. Dette er lest av: Skolesjef." in text_of(response)
    assert client_of("berit").get(address).status_code == 404


def test_the_second_writer_of_a_part_gets_both_versions(cast, client_of):
    meeting = soon(cast)
    part = PackagePart.objects.get(key="analysis")
    address = house.address(meeting, f"del/{part.pk}/")
    empty = {"worried": "", "why": "", "doing": ""}
    client_of("liv").post(address, {"version": 1, "proud": "Fra Liv", **empty})
    response = client_of("aud").post(address, {"version": 1, "proud": "Fra Aud", **empty})
    assert response.status_code == 409
    assert "Fra Liv" in text_of(response)
    assert text_of(response).count("Fra Aud") == 2  # beside theirs, and in the box
    client_of("aud").post(address, {"version": 2, "proud": "Begge", **empty})
    assert PackagePart.objects.get(pk=part.pk).content["proud"] == "Begge"


def test_a_part_that_is_too_long_keeps_its_words(cast, client_of):
    meeting = soon(cast)
    part = PackagePart.objects.get(key="voice_parents")
    response = client_of("fia").post(
        house.address(meeting, f"del/{part.pk}/"), {"version": 1, "text": "x" * 3001}
    )
    assert (response.status_code, "x" * 3001 in text_of(response)) == (422, True)
    data = PackagePart.objects.get(key="data")
    berit = client_of("berit")
    assert berit.post(house.address(meeting, f"del/{data.pk}/"), {"version": 1}).status_code == 404
    assert berit.get(house.address(meeting, f"del/{data.pk}/")).status_code == 200


def test_the_agenda_conflict_shows_theirs_and_keeps_mine(client_of, meeting):
    page = house.address(meeting, "saklista/")
    form = {"version": meeting.version}
    rows = [*meeting.items.all(), None, None]
    for number, item in enumerate(rows):
        form |= {
            f"id_{number}": str(item.pk) if item else "",
            f"place_{number}": number + 1,
            f"title_{number}": item.title if item else "",
            f"minutes_{number}": item.minutes if item else 10,
            f"voice_{number}": item.voice if item else "",
            f"about_{number}": "",
        }
    berit, aud = client_of("berit"), client_of("aud")
    assert berit.post(page, form | {"title_4": "Svømming", "place_4": 3}).status_code == 302
    assert [one.title for one in meeting.items.all()][2:4] == ["Læring", "Svømming"]
    response = aud.post(page, form | {"title_0": "Min tittel"})
    assert (response.status_code, "Min tittel" in text_of(response), "Svømming" in text_of(response)) == (
        409,
        True,
        True,
    )
    last = berit.post(page, form | {"version": meeting.version + 1, "place_1": 9})
    assert "ikke stå sist" in text_of(last)


def test_a_proposal_is_answered_from_the_meeting_page(cast, client_of):
    meeting = soon(cast, "invited")
    fia, aud = client_of("fia"), client_of("aud")
    for title in ("Skolevei", "Leksehjelp"):
        fia.post(house.address(meeting, "forslag/"), {"title": title, "body": "fau"})
    one, two = Proposal.objects.order_by("sent_at")
    assert "Har ventet på svar i 0 dager" in text_of(aud.get(house.address(meeting)))
    assert fia.post(house.address(meeting, f"forslag/{one.pk}/ta-med/")).status_code == 404
    aud.post(house.address(meeting, f"forslag/{one.pk}/ta-med/"), {"answer": ""})
    refused = aud.post(house.address(meeting, f"forslag/{two.pk}/svar/"), {"answer": ""}, follow=True)
    assert "Skriv hvor saken tas" in text_of(refused)
    aud.post(house.address(meeting, f"forslag/{two.pk}/svar/"), {"answer": "I FAU-møtet."})
    page = text_of(fia.get(house.address(meeting)))
    assert "På saklista som sak 4" in page
    assert "I FAU-møtet." in page
    wrong = aud.post(house.address(meeting, f"forslag/{two.pk}/ta-med/"), {"minutes": "mange"}, follow=True)
    assert "minuttene er ikke et tall" in text_of(wrong)


def test_a_proposal_after_the_deadline_is_refused_in_words(client_of, meeting):
    Meeting.objects.filter(pk=meeting.pk).update(proposals_until=timezone.localdate() - timedelta(1))
    fia = client_of("fia")
    assert "Fristen for å foreslå saker var" in text_of(fia.get(house.address(meeting, "forslag/")))
    response = fia.post(house.address(meeting, "forslag/"), {"title": "Sent", "body": "fau"})
    assert (response.status_code, Proposal.objects.count()) == (422, 0)
    assert client_of("kai").get(house.address(meeting, "forslag/")).status_code in {403, 404}


def test_writing_in_the_meeting_and_both_conflicts(client_of, meeting):
    house.bring(meeting, "agenda")
    item, berit, aud = house.item(meeting, 3), client_of("berit"), client_of("aud")
    at_item = house.address(meeting, f"sak/{item.pk}/")
    assert aud.get(at_item).status_code == 200
    aud.post(f"{at_item}avsnitt/", {"said-text": "Sagt"})
    berit.post(f"{at_item}avsnitt/", {"conclusion-text": "Bestemt", "conclusion-basis": ""})
    assert list(Paragraph.objects.values_list("kind", "text")) == [
        ("said", "Sagt"),
        ("conclusion", "Bestemt"),
    ]
    assert aud.post(f"{at_item}avsnitt/", {"said-text": ""}).status_code == 422
    one = Paragraph.objects.get(kind="said")
    page = house.address(meeting, f"avsnitt/{one.pk}/")
    assert berit.get(page).status_code == 200
    berit.post(page, {"text": "Fra Berit", "version": 1})
    lost = aud.post(page, {"text": "Fra Aud", "version": 1})
    assert (lost.status_code, text_of(lost).count("Fra Aud"), "Fra Berit" in text_of(lost)) == (409, 2, True)
    refused = aud.post(f"{page}stryk/", {"version": 1}, follow=True)
    assert "Noen andre endret dette samtidig" in text_of(refused)
    aud.post(f"{page}stryk/", {"version": 2})
    assert Paragraph.objects.get(pk=one.pk).is_struck
    assert aud.get(page).status_code == 404
    assert client_of("tor").get(at_item).status_code == 404


def row(**more):
    return {"side": "school", "what": "ha to lærere", "why": "fordi", "who": "principal",
            "due_on": "2027-02-01", "sign": "elevene merker det", "goal": "", "indicator": "", "answers": ""} | more  # fmt: skip


def test_promises_are_written_changed_and_read_aloud(cast, client_of, meeting):
    (goal,) = plan_of(cast.fjordvik, "Alle leser for å lære")
    house.bring(meeting, "agenda")
    item, berit, aud = house.item(meeting, 3), client_of("berit"), client_of("aud")
    at_item = house.address(meeting, f"sak/{item.pk}/linje/")
    assert berit.post(at_item, row(goal=str(goal.pk), why="")).status_code == 302
    assert "skriv hvorfor" in text_of(berit.post(at_item, row(why="")))
    assert berit.post(at_item, row(what="")).status_code == 422
    one = AgreementRow.objects.get()
    assert "vi har målet «Alle leser for å lære»" in text_of(aud.get(house.address(meeting, "avtalen/")))
    page = house.address(meeting, f"linje/{one.pk}/")
    assert "Alle leser for å lære" in text_of(aud.get(page))
    aud.post(page, row(what="Fra Aud", version=1))
    lost = berit.post(page, row(what="Fra Berit", version=1))
    assert (lost.status_code, "Fra Aud" in text_of(lost), "Fra Berit" in text_of(lost)) == (409, True, True)
    assert "skriv hvorfor" in text_of(berit.post(page, row(why="", version=2)))
    assert berit.post(page, row(what="", version=2)).status_code == 422
    berit.post(f"{house.address(meeting, f'linje/{one.pk}/stryk/')}", {"version": 2})
    assert aud.get(page).status_code == 404


def test_from_held_to_agreement_by_the_pages(cast, client_of, meeting):
    house.bring(meeting, "agenda")
    berit, aud, go = client_of("berit"), client_of("aud"), lambda end: house.address(meeting, end)
    actions.write_paragraph(item=house.item(meeting, 3), text="Kort", by=house.BERIT)
    actions.add_row(meeting=meeting, promise=house.promise(), by=house.BERIT)
    assert berit.post(go("referat/holdt/"), {"present": ["ukjent"]}).status_code == 422
    berit.post(go("referat/holdt/"), {"present": ["principal"], "next_check_on": "2027-02-01"})
    berit.post(go("steg/send-referat/"))
    assert aud.post(go("referat/kommentar/"), {"text": ""}).status_code == 422
    aud.post(go("referat/kommentar/"), {"text": "Frist i mars, ikke februar."})
    assert "Frist i mars" in text_of(berit.get(go("referat/")))
    assert client_of("tor").post(go("referat/kommentar/"), {"text": "x"}).status_code == 404
    berit.post(go("steg/klart/"))
    assert aud.post(go("referat/rett/"), {"reason": ""}).status_code == 422
    aud.post(go("referat/rett/"), {"reason": "Feil frist."})
    berit.post(go("steg/klart/"))
    seen = meeting.versions.last().sha256
    assert aud.post(go("referat/godkjenn/"), {"seen": "tull"}).status_code == 404
    assert client_of("liv").post(go("referat/godkjenn/"), {"seen": seen}).status_code in {403, 404}
    for client in (aud, berit):
        client.post(go("referat/godkjenn/"), {"seen": seen, "back": go("referat/")})
    assert Meeting.objects.get(pk=meeting.pk).state == "approved"
    assert client_of("fia").get(go("offentlig/")).status_code == 404
    berit.post(go("steg/publiser/"))
    assert client_of("fia").get(go("offentlig/")).status_code == 200
    berit.post(go("steg/lag-avtale/"))
    assert Agreement.objects.get().source == f"dialogue.meeting:{meeting.pk}"
    berit.post(go("steg/fulgt-opp/"))
    berit.post(go("steg/avslutt/"))
    assert Meeting.objects.get(pk=meeting.pk).state == "closed"


def test_signing_asks_for_a_fresh_proof(cast, client_of, meeting):
    house.bring(meeting, "commented")
    cast.users["aud"].set_password("et-langt-passord-7")
    cast.users["aud"].save()
    back = house.address(meeting, "referat/")
    aud, form = client_of("aud"), {"seen": meeting.versions.get().sha256, "back": back}
    response = aud.post(f"{back}godkjenn/", form)
    assert response.url == f"/konto/reauthenticate/?next={quote(back, safe='')}"
    assert not meeting.versions.get().approvals.exists()
    aud.post("/konto/reauthenticate/", {"password": "et-langt-passord-7"})
    assert aud.post(f"{back}godkjenn/", form).url == back
    assert [row.side for row in meeting.versions.get().approvals.all()] == ["school"]


def test_setup_moves_chooses_and_calls_off(cast, client_of, meeting):
    (goal,) = plan_of(cast.fjordvik, "Alle leser")
    berit, page = client_of("berit"), house.address(meeting, "oppsett/")
    assert client_of("aud").get(page).status_code in {403, 404}
    berit.post(page, {"goal": str(goal.pk)})
    berit.post(page, {"day": "2026-12-10", "clock": "10:00", "place": "Rådhuset"})
    liv = meeting.participants.get(role="department_head")
    berit.post(page, {"readers": "1", f"exempt_{liv.pk}": "on"})
    fresh = Meeting.objects.get(pk=meeting.pk)
    assert (fresh.goal, fresh.place, fresh.participants.get(pk=liv.pk).reads_exempt) == (
        goal,
        "Rådhuset",
        True,
    )
    assert "Den røde tråden" in text_of(berit.get(house.address(meeting)))
    assert berit.post(page, {"reason": "", "off": "postpone"}).status_code == 422
    assert berit.post(page, {"day": "", "clock": "10:00"}).status_code == 422
    berit.post(page, {"reason": "Storm", "off": "postpone"})
    assert "Storm" in text_of(berit.get(house.address(meeting)))
    berit.post(page, {"day": "2026-12-17", "clock": "10:00", "place": ""})
    berit.post(page, {"reason": "Nei", "off": "cancel"})
    assert Meeting.objects.get(pk=meeting.pk).state == "cancelled"
    refused = berit.post(page, {"reason": "Igjen", "off": "cancel"})
    assert (refused.status_code, "slik møtet står nå" in text_of(refused)) == (422, True)


def test_an_addition_is_written_by_the_parts_owner(client_of, meeting):
    house.bring(meeting, "open")
    one = PackagePart.objects.get(key="analysis")
    actions.write_part(part=one, content={"proud": "x"}, version=1, by=house.AUD, at=house.at(9))
    actions.share_part(part=PackagePart.objects.get(pk=one.pk), by=house.AUD, at=house.at(9))
    house.bring(meeting, "frozen")
    page = house.address(meeting, f"del/{one.pk}/")
    assert "Skriv et tillegg" in text_of(client_of("aud").get(page))
    client_of("aud").post(f"{page}tillegg/", {"text": "Nye tall kom i dag."})
    client_of("aud").post(f"{page}tillegg/", {"text": ""})
    assert client_of("berit").post(f"{page}tillegg/", {"text": "Ikke min"}).status_code == 404
    for address in (page, house.address(meeting, "pakke/")):
        assert text_of(client_of("berit").get(address)).count("Nye tall kom i dag.") == 1


def test_the_owners_own_meeting(cast, client_of):
    kind = house.make_kind(cast.fjordvik, key="laering", name="Dialog for læring", level="owner", roles=["head_of_schools", "principal", "council_member"], bodies=[])  # fmt: skip
    berit = client_of("berit")
    assert "Hele kommunen" in text_of(berit.get("/9901/moter/aret/?kind=laering"))
    berit.post("/9901/moter/aret/", {"kind": "laering", "clock": "09:00", "day_owner": "2026-12-03"})
    meeting = Meeting.objects.get(kind=kind)
    for name in ("aud", "dag"):
        assert client_of(name).get(house.address(meeting)).status_code == 404
    house.bring(meeting, "agenda")
    for name, status in (("aud", 200), ("dag", 200), ("carl", 404), ("eva", 404)):
        assert client_of(name).get(house.address(meeting)).status_code == status
    assert client_of("dag").get(house.address(meeting, "referat/")).status_code == 404
    assert client_of("dag").get(house.address(meeting, "pakke/")).status_code == 404
    assert berit.get(house.address(meeting, "referat/")).status_code == 200


@pytest.mark.parametrize("name", ["berit", "aud", "fia", "kai"])
def test_the_list_has_a_constant_number_of_queries(cast, client_of, name, meeting):
    client, counts = client_of(name), []
    client.get("/9901/moter/")
    for more in range(2):
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/9901/moter/").status_code == 200
        counts.append(len(seen))
        for number in range(2):
            other = house.make_meeting(cast, starts_at=house.START + timedelta(days=10 + number + 5 * more))
            house.bring(other, "invited")
    assert counts[0] == counts[1]


def test_lists_show_only_ones_own(cast, client_of, meeting):
    other = house.make_meeting(cast, school=cast.vik)
    for name, mine, theirs in (
        ("aud", True, False),
        ("vera", False, True),
        ("berit", True, True),
        ("carl", False, False),
    ):
        page = text_of(client_of(name).get("/9901/moter/"))
        assert (house.address(meeting) in page, house.address(other) in page) == (mine, theirs)
    assert house.address(meeting) in text_of(client_of("aud").get(f"/9901/skoler/{cast.nes.code}/moter/"))


def test_inviting_queues_letters(client_of, meeting):
    client_of("berit").post(house.address(meeting, "steg/innkall/"))
    job = Job.objects.get(kind="dialogue.letters")
    assert job.arguments["letter"] == "invitation"


def test_what_has_ended_is_shown_a_school_year_at_a_time(cast, client_of, meeting):
    """A list of ten years is neither read nor quick; a school has few enough meetings to see all of its own."""
    places = {2025: "Biblioteket", 2024: "Gymsalen"}
    for year, place in places.items():
        one = house.make_meeting(
            cast, school=cast.vik, starts_at=house.START - timedelta(days=365 * (2026 - year))
        )
        Meeting.objects.filter(pk=one.pk).update(state="closed", year=year, place=place)

    def shown(query="", name="berit", base="/9901"):
        page = text_of(client_of(name).get(f"{base}/moter/{query}"))
        return [year for year, place in places.items() if place in page]

    assert [shown(), shown("?aar=2024"), shown("?aar=1066"), shown("?aar=x")] == [
        [2025],
        [2024],
        [2025],
        [2025],
    ]
    assert shown(base=f"/9901/skoler/{cast.vik.code}") == [2025, 2024]
    assert shown(name="aud") == shown("?aar=2024", name="aud") == []  # Vik's meetings are not for Nes
