"""The pages: the catalogue, signing up, the leader's answer, the list on a phone, the code, networks. And who may not."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.work.offers.staff import FIRST, LAST, SECOND, TODAY, Staff, at, course, day_of, network
from tettpaa.core.audit.models import Event
from tettpaa.work.offers import actions
from tettpaa.work.offers.models import Attendance, Network, Offer, PageWord, Registration

pytestmark = pytest.mark.django_db
BY = "arne@example.test"
type Sign = Callable[[str], Client]


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(at(TODAY), tick=False):
        yield


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_catalogue_shows_what_is_published_with_dates_and_print(staff: Staff, client_of: Sign) -> None:
    course(staff.owner, title="Samtaler om tekst", target_group="Mellomtrinnet")
    actions.make_offer(owner=staff.owner, offer=actions.NewOffer("Hemmelig", "course", "skole", 2026), by=BY)
    page = text(client_of("carl"), "/9901/kurs/")
    assert "Ett tilbud å lære av." in page
    assert "Publisert 23. november 2026. Sist endret 23. november 2026." in page
    assert "2 ledige plasser" in page
    assert "Hemmelig" not in page
    assert "Hemmelig" in text(client_of("arne"), "/9901/kurs/")
    assert "Ingen tilbud passer til valgene." in text(client_of("carl"), "/9901/kurs/?sok=regning")
    assert "Samtaler om tekst" in text(client_of("carl"), "/9901/kurs/?sok=mellom&slag=course&ar=2026")
    assert "Ett tilbud" in text(client_of("carl"), "/9901/kurs/?ar=2020&side=x")  # no such year: this one
    assert "Katalogen er tom ennå." in text(client_of("eva"), "/9902/kurs/")


def test_the_catalogue_and_its_pages_as_files(staff: Staff, client_of: Sign) -> None:
    course(staff.owner, title="Samtaler om tekst", cost=0)
    answer = client_of("carl").get("/9901/kurs/fil/csv/")
    assert "Samtaler om tekst" in answer.content.decode("utf-8-sig")
    assert client_of("carl").get("/9901/kurs/fil/xlsx/").content[:2] == b"PK"
    assert client_of("carl").get("/9901/kurs/fil/pdf/").status_code == 404


def test_what_is_called_off_is_no_seat_any_more(staff: Staff, client_of: Sign) -> None:
    offer = course(staff.owner, seats=1, needs_approval=False)
    actions.register(offer=offer, employee=staff.carl, by=BY, at=at())
    carl = client_of("carl")
    for address in ("/9901/kurs/mine/", "/9901/kurs/", f"/9901/kurs/{offer.pk}/"):
        assert "Har plass" in text(carl, address)
    actions.cancel_offer(offer=offer, why="Syk.", by=BY)
    for address in ("/9901/kurs/mine/", "/9901/kurs/", f"/9901/kurs/{offer.pk}/"):
        page = text(carl, address)
        assert ("Har plass" in page, "Avlyst" in page, "Meld deg av" in page) == (False, True, False)


def test_addresses_of_the_catalogue_say_what_is_chosen_and_nothing_else(
    staff: Staff, client_of: Sign
) -> None:
    course(staff.owner)
    page = client_of("carl").get("/9901/kurs/").content.decode()
    assert 'href="/9901/kurs/fil/csv/"' in page
    page = client_of("carl").get("/9901/kurs/?sok=tekst&side=1").content.decode()
    assert 'href="/9901/kurs/fil/csv/?sok=tekst"' in page


def test_an_item_nobody_has_written_on_is_taken_off_the_agenda(staff: Staff, client_of: Sign) -> None:
    day = day_of(network(staff.owner, staff.arne), TODAY)
    item = actions.add_item(gathering=day, title="Feil sak", by=BY)
    arne, address = client_of("arne"), f"/9901/samlinger/{day.pk}/"
    assert "Fjern Feil sak" in text(arne, address)
    arne.post(f"{address}sak/{item.pk}/", {"do": "drop"})
    assert "Feil sak" not in text(arne, address)


def test_a_draft_and_anothers_offer_are_not_there(staff: Staff, client_of: Sign, cast: Any) -> None:
    draft = actions.make_offer(owner=staff.owner, offer=actions.NewOffer("X", "course", "skole", 2026), by=BY)
    text(client_of("carl"), f"/9901/kurs/{draft.pk}/", 404)
    text(client_of("arne"), f"/9901/kurs/{draft.pk}/")
    foreign = course(cast.utvik)
    text(client_of("arne"), f"/9901/kurs/{foreign.pk}/", 404)
    text(client_of("eva"), f"/9901/kurs/{foreign.pk}/", 404)


def test_sign_up_leaders_yes_and_certificate_walk(staff: Staff, client_of: Sign) -> None:
    offer = course(staff.owner, seats=1, needs_approval=True)
    carl, aud, arne = client_of("carl"), client_of("aud"), client_of("arne")
    page = carl.get(f"/9901/kurs/{offer.pk}/").content.decode()
    token = re.search(r'name="once" value="([0-9a-f]+)"', page).group(1)  # type: ignore[union-attr]
    for _click in range(2):
        answer = carl.post(f"/9901/kurs/{offer.pk}/meld-pa/", {"once": token, "why": "Ny klasse"})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/9901/kurs/{offer.pk}/")
    row = Registration.objects.get()
    assert "Venter på lederen" in text(carl, f"/9901/kurs/{offer.pk}/")
    staff_page = text(aud, "/9901/skoler/F00000001/kurs/")
    assert ("Én påmelding venter på deg." in staff_page, "«Ny klasse»" in staff_page) == (True, True)
    assert Event.objects.filter(kind="offers.people_seen", by="aud@example.test").count() == 1
    aud.post(f"/9901/skoler/F00000001/kurs/{row.pk}/", {"do": "decline"})
    row.refresh_from_db()
    assert row.state == "applied"  # no reason, no answer
    aud.post(f"/9901/skoler/F00000001/kurs/{row.pk}/", {"do": "approve"})
    assert "Samling 1 er onsdag 2. desember 2026." in text(carl, "/9901/kurs/mine/")
    assert "Har plass" in text(aud, "/9901/skoler/F00000001/kurs/")
    with time_machine.travel(at(FIRST, 16), tick=False):
        carl, arne = client_of("carl"), client_of("arne")  # the sessions of last week have ended
        actions.note(gathering=offer.gatherings.get(), employee=staff.carl, came=True, by=BY)
        arne.post(f"/9901/kurs/{offer.pk}/steg/", {"do": "hold"})
        arne.post(f"/9901/kurs/{offer.pk}/steg/", {"do": "complete"})
        arne.post(f"/9901/kurs/{offer.pk}/steg/", {"do": "survey"})
        assert "Dette har du fullført." in text(carl, "/9901/kurs/mine/")
        assert "Si hva du fikk ut av det." in text(carl, "/9901/kurs/mine/")
        arne.post(f"/9901/kurs/{offer.pk}/steg/", {"do": "count"})
        assert "For få har svart til at svarene kan vises." in text(
            carl, f"/9901/kurs/{offer.pk}/evaluering/"
        )
    carl = client_of("carl")
    file = carl.get(f"/9901/kursbevis/{row.pk}.pdf")
    assert (file.status_code, file.content[:5]) == (200, b"%PDF-")
    assert client_of("vera").get(f"/9901/kursbevis/{row.pk}.pdf").status_code == 404
    seen = Event.objects.filter(kind="offers.people_seen", subject_key=str(row.pk))
    assert (seen.count(), aud.get(f"/9901/kursbevis/{row.pk}.pdf").status_code, seen.count()) == (0, 200, 1)


def test_who_may_answer_whose_registration(staff: Staff, client_of: Sign) -> None:
    offer = course(staff.owner, seats=9)
    of = {
        name: actions.register(offer=offer, employee=one, by=one.email, at=at())
        for name, one in (
            ("carl", staff.carl),
            ("aud", staff.aud),
            ("vera", staff.vera),
            ("arne", staff.arne),
        )
    }
    school, owner = "/9901/skoler/F00000001/kurs/{}/", "/9901/kurs/ansatte/{}/"
    refused = [
        ("aud", school, "aud"), ("aud", school, "vera"), ("liv", school, "aud"), ("vera", school, "carl"),
        ("carl", school, "carl"), ("berit", owner, "carl"), ("arne", owner, "aud"), ("aud", owner, "arne"),
    ]  # fmt: skip
    for person, address, whose in refused:
        answer = client_of(person).post(address.format(of[whose].pk), {"do": "approve"})
        assert answer.status_code == 404, (person, whose)
    assert {row.is_approved for row in Registration.objects.all()} == {False}
    client_of("liv").post(school.format(of["carl"].pk), {"do": "approve"})
    for whose in ("aud", "vera", "arne"):
        assert client_of("berit").post(owner.format(of[whose].pk), {"do": "approve"}).status_code == 302
    assert {row.is_approved for row in Registration.objects.all()} == {True}
    waiting = text(client_of("berit"), "/9901/kurs/ansatte/")
    assert "Ingen påmeldinger venter på deg." in waiting
    text(client_of("vera"), "/9901/skoler/F00000001/kurs/", 404)
    text(client_of("berit"), "/9901/skoler/F00000001/kurs/", 404)  # leads the principals, not the teachers
    client_of("liv").post(school.format(of["carl"].pk), {"do": "?"})


def test_ones_own_steps_are_ones_own(staff: Staff, client_of: Sign) -> None:
    offer = course(staff.owner, seats=1)
    first = actions.register(offer=offer, employee=staff.teachers[0], by=BY, at=at())
    mine = actions.register(offer=offer, employee=staff.carl, by=BY, at=at())
    for row in (first, mine):
        actions.approve(registration=row.pk, by=BY, at=at())
    carl = client_of("carl")
    assert "Du er først i køen." in text(carl, f"/9901/kurs/{offer.pk}/")
    assert "nr. 1 i køen" in text(carl, "/9901/kurs/mine/")
    assert carl.post(f"/9901/pamelding/{first.pk}/", {"do": "withdraw"}).status_code == 404
    assert carl.post(f"/9901/pamelding/{mine.pk}/", {"do": "what"}).status_code == 404
    actions.withdraw(registration=first.pk, by=BY, at=at())
    page = text(carl, "/9901/kurs/mine/")
    assert "Det er en ledig plass til deg på «Samtaler om tekst»." in page
    assert "Svar innen 26. november 2026." in page
    carl.post(f"/9901/pamelding/{mine.pk}/", {"do": "accept"})
    mine.refresh_from_db()
    assert (mine.state, mine.seat) == ("confirmed", 1)
    carl.post(f"/9901/pamelding/{mine.pk}/", {"do": "withdraw"})
    assert "Du er ikke påmeldt noe nå." in text(carl, "/9901/kurs/mine/")
    with time_machine.travel(at(TODAY + timedelta(days=30)), tick=False):
        client_of("carl").post(f"/9901/kurs/{offer.pk}/meld-pa/", {})
    mine.refresh_from_db()
    assert mine.state == "withdrawn"  # it is over; the page says so


def test_somebody_who_is_not_staff_reads_but_does_not_sign_up(staff: Staff, client_of: Sign) -> None:
    offer = course(staff.owner)
    tor = client_of("tor")
    page = text(tor, f"/9901/kurs/{offer.pk}/")
    assert ("Meld deg på" in page, "Be lederen din legge deg inn under Kompetanse" in page) == (False, True)
    assert tor.post(f"/9901/kurs/{offer.pk}/meld-pa/", {}).status_code == 404
    assert "Du står ikke som ansatt her." in text(tor, "/9901/kurs/mine/")
    for address in ("/9901/kurs/", "/9901/nettverk/"):
        text(client_of("fia"), address, 404)


def test_the_writers_pages(staff: Staff, client_of: Sign) -> None:
    arne = client_of("arne")
    text(client_of("carl"), "/9901/kurs/nytt/", 404)
    text(arne, "/9901/kurs/nytt/")
    words = {
        "title": "Nytt kurs", "kind": "course", "service": "skole", "year": 2026, "seats": 12, "cost": 100,
        "needs_approval": "on", "opens_on": "2026-12-01", "closes_on": "2026-11-01",
    }  # fmt: skip
    assert (
        "Siste dag kan ikke komme før påmeldingen åpner."
        in arne.post("/9901/kurs/nytt/", words).content.decode()
    )
    arne.post("/9901/kurs/nytt/", words | {"closes_on": "2026-12-20"})
    made = Offer.objects.get()
    home = f"/9901/kurs/{made.pk}/"
    arne.post(f"{home}steg/", {"do": "publish"})
    made.refresh_from_db()
    assert made.state == "draft"  # it has no gathering yet
    assert "Når møtes dere?" in text(arne, f"{home}samling/")
    wrong = {"title": "Samling", "on": "2027-01-13", "ends": "09:00"}
    assert "Skriv når den begynner." in arne.post(f"{home}samling/", wrong).content.decode()
    wrong |= {"starts": "10:00"}
    assert "Den må slutte etter at den begynner." in arne.post(f"{home}samling/", wrong).content.decode()
    arne.post(f"{home}samling/", wrong | {"ends": "12:00"})
    arne.post(f"{home}steg/", {"do": "publish"})
    assert "Påmeldingen har ikke åpnet" in text(client_of("carl"), home)
    arne.post(
        f"{home}rediger/", words | {"closes_on": "2026-12-20", "title": "Bedre kurs", "version": made.version}
    )
    made.refresh_from_db()
    assert made.title == "Bedre kurs"
    late = arne.post(f"{home}rediger/", words | {"closes_on": "2026-12-20", "version": made.version - 1})
    assert (late.status_code, "Noen andre lagret før deg." in late.content.decode()) == (409, True)
    assert "Avlys tilbudet" in text(arne, f"{home}avlys/")
    arne.post(f"{home}avlys/", {"reason": "Ingen kursholder."})
    assert "Avlyst." in (page := text(client_of("carl"), home))
    assert "Ingen kursholder." in page
    assert arne.post(f"{home}steg/", {"do": "nothing"}).status_code == 404
    assert client_of("carl").post(f"{home}steg/", {"do": "publish"}).status_code == 404


def test_more_people_than_seats_are_not_put_out(staff: Staff, client_of: Sign) -> None:
    offer = course(staff.owner, seats=3)
    for one in staff.teachers[:2]:
        actions.register(offer=offer, employee=one, by=BY, at=at())
    words = {
        "title": "K",
        "kind": "course",
        "service": "skole",
        "year": 2026,
        "seats": 1,
        "version": offer.version,
    }
    answer = client_of("arne").post(f"/9901/kurs/{offer.pk}/rediger/", words)
    assert "Flere enn dette har plass allerede." in answer.content.decode()


def test_key_factors_with_a_reason(staff: Staff, client_of: Sign) -> None:
    from tettpaa.work.competence.models import KeyFactor

    offer = course(staff.owner)
    KeyFactor.objects.create(owner=staff.owner, key="over-tid", title="Over tid", order=1)
    KeyFactor.objects.create(owner=staff.owner, key="sammen", title="Sammen", order=2)
    arne, address = client_of("arne"), f"/9901/kurs/{offer.pk}/faktorer/"
    assert "Hvordan står tilbudet til det dere vet virker?" in text(arne, address)
    both = {
        "fit_over-tid": "partly",
        "why_over-tid": "Bare én dag.",
        "fit_sammen": "yes",
        "why_sammen": "I par.",
    }
    arne.post(address, both)
    bare = arne.post(address, both | {"why_over-tid": " "})
    assert "Skriv en kort begrunnelse." in bare.content.decode()
    emptied = arne.post(address, both | {"fit_sammen": "", "why_sammen": ""})
    assert "Tilbudet er publisert. Da må hver nøkkelfaktor ha et svar." in emptied.content.decode()
    page = text(client_of("carl"), f"/9901/kurs/{offer.pk}/")
    assert "Over tid Delvis : Bare én dag." in page
    assert "Sammen Ja : I par." in page


def test_a_draft_may_leave_a_factor_for_later(staff: Staff, client_of: Sign) -> None:
    from tettpaa.work.competence.models import KeyFactor

    offer = course(staff.owner)
    type(offer).objects.filter(pk=offer.pk).update(state="draft")
    for number, key in enumerate(("over-tid", "sammen"), start=1):
        KeyFactor.objects.create(owner=staff.owner, key=key, title=key, order=number)
    words = {"fit_over-tid": "partly", "why_over-tid": "Bare én dag.", "fit_sammen": ""}
    client_of("arne").post(f"/9901/kurs/{offer.pk}/faktorer/", words)
    assert list(offer.factors.values_list("key", flat=True)) == ["over-tid"]


def test_found_what_you_looked_for(staff: Staff, client_of: Sign) -> None:
    offer = course(staff.owner)
    carl = client_of("carl")
    carl.post("/9901/kurs/fant/", {"found": "ja"})
    carl.post("/9901/kurs/fant/", {"found": "nei", "missed": "Kurs i IKT", "offer": str(offer.pk)})
    carl.post("/9901/kurs/fant/", {"found": "kanskje"})
    assert list(PageWord.objects.order_by("found").values_list("found", "missed", "offer")) == [
        (False, "Kurs i IKT", offer.pk), (True, "", None),
    ]  # fmt: skip
    page = text(client_of("arne"), "/9901/kurs/tilbakemeldinger/")
    assert "1 fant det de lette etter, 1 gjorde det ikke." in page
    assert "«Kurs i IKT»" in page
    text(carl, "/9901/kurs/tilbakemeldinger/", 404)
    assert not Event.objects.filter(kind__startswith="offers.page").exists()


def test_the_participants_list_is_for_those_who_hold_it_and_each_look_is_written(
    staff: Staff, client_of: Sign
) -> None:
    offer = course(staff.owner, seats=1)
    for one in staff.teachers[:2]:
        row = actions.register(offer=offer, employee=one, by=BY, at=at())
        actions.approve(registration=row.pk, by=BY, at=at())
    for person in ("carl", "aud"):
        text(client_of(person), f"/9901/kurs/{offer.pk}/deltakere/", 404)
    page = text(client_of("arne"), f"/9901/kurs/{offer.pk}/deltakere/")
    assert ("1 har plass, én står i kø." in page, "nr. 1 i køen" in page) == (True, True)
    assert Event.objects.filter(kind="offers.people_seen", subject_key=str(offer.pk)).count() == 1
    file = client_of("arne").get(f"/9901/kurs/{offer.pk}/deltakere/?fil=csv").content.decode("utf-8-sig")
    assert "Ida 2" in file
    with time_machine.travel(at(LAST), tick=False):
        actions.note(gathering=offer.gatherings.get(), employee=staff.teachers[0], came=False, by=BY)
        actions.hold_offer(offer=offer, by=BY)
        address = f"/9901/kurs/{offer.pk}/deltakere/{Registration.objects.get(place=1).pk}/"
        client_of("arne").post(address, {"reason": ""})
        assert Registration.objects.get(place=1).state == "absent"
        client_of("arne").post(address, {"reason": "Tok det igjen"})
        assert Registration.objects.get(place=1).state == "completed"
        other = course(staff.owner, title="Annet", days=(LAST + timedelta(days=1),))
        elsewhere = address.replace(f"/{offer.pk}/", f"/{other.pk}/", 1)
        assert client_of("arne").post(elsewhere, {}).status_code == 404


def test_a_network_is_open_in_name_and_closed_inside(staff: Staff, client_of: Sign) -> None:
    circle = network(staff.owner, staff.carl, staff.vera, name="Lesenettverket", purpose="Lese sammen")
    day = day_of(circle, FIRST, title="Lese høyt")
    actions.add_item(gathering=day, title="Hemmelig sak", by=BY)
    home, inside = f"/9901/nettverk/{circle.pk}/", f"/9901/samlinger/{day.pk}/"
    for person in ("aud", "berit", "arne"):
        page = text(client_of(person), home)
        assert ("Lese sammen" in page, "Lese høyt" in page, "Vera" in page) == (True, False, False), person
        text(client_of(person), inside, 404)
    for person in ("carl", "vera"):
        assert "Lesenettverket møtes onsdag 2. desember 2026." in text(client_of(person), home)
        assert "Hemmelig sak" in text(client_of(person), inside)
    # Carl is named the leader, but a teacher's role leads no network; Vera's does, and she is only a member.
    for person in ("carl", "vera"):
        for page in ("oppmote/", "kode/", "rediger/", "sak/", "aksjon/"):
            text(client_of(person), inside + page, 404)
        text(client_of(person), home + "samling/", 404)
    actions.end_member(
        network=circle, member=circle.members.get(employee=staff.vera).pk, by=BY, on=TODAY - timedelta(days=1)
    )
    text(client_of("vera"), inside, 404)


def test_the_overview_of_networks(staff: Staff, client_of: Sign) -> None:
    assert "Ingen nettverk er satt opp ennå." in text(client_of("carl"), "/9901/nettverk/")
    circle = network(
        staff.owner, staff.vera, staff.carl, name="Lesenettverket", fixed_words="Én fra hver skole."
    )
    actions.change_network(network=circle, version=circle.version, guests=["Utvik kommune"], by=BY)
    day_of(circle, FIRST)
    page = text(client_of("carl"), "/9901/nettverk/")
    assert "Du er med i ett nettverk." in page
    assert "Lærende nettverk. 2 medlemmer fra 2 skoler. Med én gjest utenfra." in page
    assert "Én fra hver skole." in page
    assert "Ett nettverk møtes i kommunen." in text(client_of("tor"), "/9901/nettverk/")
    assert "Du leder" in text(client_of("vera"), "/9901/nettverk/")


def test_setting_up_a_network(staff: Staff, client_of: Sign) -> None:
    arne = client_of("arne")
    text(client_of("aud"), "/9901/nettverk/nytt/", 404)
    text(arne, "/9901/nettverk/nytt/")
    words = {
        "name": "Rektormøtet",
        "kind": "principals",
        "fixed_roles": ["principal"],
        "guests": "Utvik\nUtvik\n Havn ",
    }
    bad = words | {"starts_on": "2026-12-01", "ends_on": "2026-11-01"}
    assert (
        "Siste dag kan ikke komme før den første." in arne.post("/9901/nettverk/nytt/", bad).content.decode()
    )
    arne.post("/9901/nettverk/nytt/", words)
    made = Network.objects.get()
    home = f"/9901/nettverk/{made.pk}/"
    assert "Med utenfra Utvik, Havn" in text(arne, home)
    assert "Rektormøtet trenger en leder." in text(arne, f"{home}medlemmer/")
    arne.post(f"{home}steg/", {"do": "running"})
    assert "Planlagt" in text(arne, home)  # without a leader it does not begin
    assert "Ingen ansatte har det navnet." in text(arne, f"{home}medlemmer/?sok=Finnes+ikke")
    assert "Berit skal være" in text(arne, f"{home}medlemmer/?sok=ber")
    assert "Berit" not in text(arne, f"{home}medlemmer/")  # nobody is listed before one asks
    arne.post(f"{home}medlemmer/", {"employee": str(staff.berit.pk), "part": "leader"})
    assert "er med" in text(arne, f"{home}medlemmer/?sok=ber")
    assert arne.post(f"{home}medlemmer/", {"employee": str(made.pk), "part": "leader"}).status_code == 404
    arne.post(f"{home}medlemmer/", {"do": "fill"})
    assert "Rektormøtet har 3 medlemmer." in text(arne, f"{home}medlemmer/")
    vera = made.members.get(employee=staff.vera)
    arne.post(f"{home}medlemmer/{vera.pk}/", {})
    assert "Rektormøtet har 2 medlemmer." in text(arne, f"{home}medlemmer/")
    arne.post(f"{home}steg/", {"do": "running"})
    made.refresh_from_db()
    assert made.state == "running"
    assert arne.post(f"{home}steg/", {"do": "planned"}).status_code == 404
    berit = client_of("berit")
    berit.post(f"{home}rediger/", words | {"purpose": "Kjerneoppgaver", "version": made.version})
    assert "Kjerneoppgaver" in text(client_of("carl"), home)
    late = berit.post(f"{home}rediger/", words | {"purpose": "Annet", "version": made.version})
    assert (late.status_code, "Teksten din ligger her fortsatt." in late.content.decode()) == (409, True)
    text(client_of("aud"), f"{home}rediger/", 404)
    text(client_of("aud"), f"{home}medlemmer/{vera.pk}/", 405)
    assert arne.post(f"{home}medlemmer/{staff.carl.pk}/", {}).status_code == 404


def test_a_meeting_is_led_on_its_pages(staff: Staff, client_of: Sign) -> None:
    heads = network(staff.owner, staff.berit, staff.aud, staff.vera, name="Rektormøtet", kind="principals")
    berit, aud = client_of("berit"), client_of("aud")
    home = f"/9901/nettverk/{heads.pk}/"
    text(berit, f"{home}samling/")
    berit.post(f"{home}samling/", {"title": "Møte i november", "on": "2026-11-23", "starts": "09:00"})
    day = heads.gatherings.get()
    inside = f"/9901/samlinger/{day.pk}/"
    assert "Saklista er tom." in text(berit, inside)
    aud.post(f"{inside}svar/", {"do": "coming"})
    client_of("vera").post(f"{inside}svar/", {"do": "not_coming"})
    assert "1 kommer, 1 kommer ikke, 1 har ikke svart." in text(berit, inside)
    assert aud.post(f"{inside}svar/", {"do": "maybe"}).status_code == 404
    text(berit, f"{inside}sak/")
    berit.post(f"{inside}sak/", {"title": "Vikarer"})
    item = day.items.get()
    text(berit, f"{inside}sak/{item.pk}/")
    words = {"title": "Vikarer", "said": "Vi mangler tre.", "version": item.version}
    berit.post(f"{inside}sak/{item.pk}/", words)
    assert "Vi mangler tre." in text(aud, inside)
    assert berit.post(f"{inside}sak/{item.pk}/", words).status_code == 409
    text(berit, f"{inside}aksjon/")
    follow = {"what": "Finn vikarer", "role": "principal", "school": "F00000001", "due_on": "2026-12-10"}
    berit.post(f"{inside}aksjon/", follow)
    row = day.follow_ups.get()
    assert "Finn vikarer Rektor, Nes skole" in text(aud, inside)
    assert aud.post(f"{inside}aksjon/{row.pk}/", {"do": "drop"}).status_code == 404
    aud.post(f"{inside}aksjon/{row.pk}/", {"do": "done"})
    berit.post(f"{inside}aksjon/", follow | {"what": "Feil"})
    berit.post(f"{inside}aksjon/{day.follow_ups.get(what='Feil').pk}/", {"do": "drop"})
    assert [(one.what, one.done_on) for one in day.follow_ups.all()] == [("Finn vikarer", TODAY)]
    berit.post(f"{inside}godkjenn/", {})
    assert "Referatet er godkjent" in text(aud, inside)
    berit.post(f"{inside}sak/", {"title": "For sent"})
    assert day.items.count() == 1
    answer = berit.post(f"{inside}sak/{item.pk}/", words | {"version": item.version + 1})
    assert answer.status_code == 302
    berit.post(f"{inside}rediger/", {"title": "Nytt navn", "on": "2026-11-24", "version": 99})
    day.refresh_from_db()
    berit.post(f"{inside}rediger/", {"title": "Nytt navn", "on": "2026-11-24", "version": day.version})
    assert "Nytt navn er tirsdag 24. november 2026." in text(aud, inside)
    assert b"Nytt navn" in aud.get(f"{inside}kalender/").content
    berit.post(f"{inside}avlys/", {})
    assert "Nytt navn er avlyst." in text(aud, inside)


def test_the_list_on_a_phone_and_the_code(staff: Staff, client_of: Sign) -> None:
    offer = course(staff.owner, days=(TODAY, SECOND), needs_approval=False, seats=5)
    circle = network(staff.owner, staff.arne)
    for one in (staff.carl, staff.teachers[0]):
        actions.register(offer=offer, employee=one, by=BY, at=at(TODAY - timedelta(days=1)))
    day = offer.gatherings.first()
    assert day is not None
    inside, arne, carl = f"/9901/samlinger/{day.pk}/", client_of("arne"), client_of("carl")
    assert "0 av 2 er her." in text(arne, f"{inside}oppmote/")
    answer = arne.post(f"{inside}oppmote/", {"person": str(staff.teachers[0].pk), "do": "came"})
    assert answer.headers["Location"] == f"{inside}oppmote/#p{staff.teachers[0].pk}"
    arne.post(f"{inside}oppmote/", {"person": str(staff.teachers[0].pk), "do": "done"})
    assert arne.post(f"{inside}oppmote/", {"person": str(staff.vera.pk), "do": "came"}).status_code == 404
    page = arne.get(f"{inside}kode/").content.decode()
    assert 'src="data:image/svg+xml' in page
    link = re.search(r'href="http://[^/]+(/9901/samlinger/[^"]+/innsjekk/[0-9a-f]+/)"', page).group(1)  # type: ignore[union-attr]
    assert "Er du på «Samling 1»?" in text(carl, link)
    assert Attendance.objects.filter(employee=staff.carl).count() == 0  # opening does nothing
    carl.post(link, {})
    assert "Du er ført opp." in text(carl, link)
    assert "sjekket inn selv" in text(arne, f"{inside}oppmote/")
    forged = re.sub(r"[0-9a-f]+/$", "0" * 20 + "/", link)
    text(client_of("vera"), link, 404)  # she has no part in it
    actions.note(gathering=day, employee=staff.carl, came=False, by=BY)
    carl.post(forged, {})
    assert "Denne koden virker ikke nå." in text(carl, forged)
    with time_machine.travel(at(TODAY + timedelta(days=1)), tick=False):
        client_of("carl").post(link, {})
    arne, carl = client_of("arne"), client_of("carl")
    assert Attendance.objects.get(employee=staff.carl).came is False
    text(carl, f"{inside}oppmote/", 404)
    guests = day_of(circle, TODAY)
    actions.change_network(network=circle, version=circle.version, guests=["Utvik"], by=BY)
    key = circle.guests.get().pk
    arne.post(f"/9901/samlinger/{guests.pk}/oppmote/", {"do": "guests", f"g{key}": "4"})
    arne.post(f"/9901/samlinger/{guests.pk}/oppmote/", {"do": "guests", f"g{key}": "mange"})
    assert 'value="4"' in arne.get(f"/9901/samlinger/{guests.pk}/oppmote/").content.decode()


def test_the_task_between_and_what_was_shared_at_the_school(staff: Staff, client_of: Sign) -> None:
    from tettpaa.work.competence.models import Spread

    circle = network(staff.owner, staff.arne, staff.carl)
    day = day_of(circle, TODAY - timedelta(days=3), task="Prøv én ting.")
    inside = f"/9901/samlinger/{day.pk}/"
    assert "Hva delte du med de andre på skolen?" in text(client_of("carl"), inside)
    client_of("carl").post(f"{inside}mellomarbeid/", {"done": "on", "what": "Viste filmen på trinnet."})
    assert Attendance.objects.get().task_done is True
    assert list(Spread.objects.values_list("school__code", "what")) == [
        ("F00000001", "Viste filmen på trinnet.")
    ]
    assert client_of("tor").post(f"{inside}mellomarbeid/", {}).status_code == 404


def test_the_evaluation_on_its_page(staff: Staff, client_of: Sign) -> None:
    offer = course(staff.owner, seats=9, days=(TODAY,))
    for one in (staff.carl, *staff.teachers[:5]):
        row = actions.register(offer=offer, employee=one, by=BY, at=at(TODAY, 8))
        actions.approve(registration=row.pk, by=BY, at=at(TODAY, 8))
        actions.note(gathering=offer.gatherings.get(), employee=one, came=True, by=BY)
    address = f"/9901/kurs/{offer.pk}/evaluering/"
    text(client_of("carl"), address, 404)
    actions.hold_offer(offer=offer, by=BY)
    survey = actions.open_survey(offer=offer, by=BY)
    carl = client_of("carl")
    page = carl.get(address).content.decode()
    assert ("Ingen ser hva du svarer." in page, 'name="once"' in page) == (True, False)
    assert "must" not in carl.post(address, {"q0": "3"}).content.decode()  # not all answered: the page again
    for _click in range(2):
        carl.post(address, {"q0": "3", "q1": "2", "q2": "-1", "q3": "3"})
    assert "Takk. Du har svart." in text(carl, address)
    assert "Evalueringen er åpen til" in text(client_of("aud"), address)
    for one in staff.teachers[:4]:
        actions.give_evaluation(survey=survey, employee=one, answers=(2, 2, 1, 3))
    actions.close_survey(survey=survey.pk, by=BY)
    page = text(client_of("aud"), address)
    assert ("5 har svart." in page, "Omtrent 80 prosent" in page, "Alle svarte likt." in page) == (
        True,
        True,
        True,
    )


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_lists_read_as_much_for_many_as_for_few(staff: Staff, client_of: Sign) -> None:
    circle = network(staff.owner, staff.arne, staff.carl)
    offer = course(staff.owner, seats=1)
    day = day_of(circle, TODAY)
    actions.register(offer=offer, employee=staff.carl, by=BY, at=at())
    pages = [
        ("carl", "/9901/kurs/"), ("carl", "/9901/nettverk/"), ("arne", f"/9901/kurs/{offer.pk}/deltakere/"),
        ("arne", f"/9901/nettverk/{circle.pk}/"), ("arne", f"/9901/samlinger/{day.pk}/oppmote/"),
        ("aud", "/9901/skoler/F00000001/kurs/"), ("carl", f"/9901/kurs/{offer.pk}/"),
    ]  # fmt: skip
    few = [queries_of(client_of(person), address) for person, address in pages]
    for number, one in enumerate(staff.teachers[:6]):
        actions.register(offer=offer, employee=one, by=BY, at=at())
        actions.add_member(network=circle, employee=one, by=BY)
        course(staff.owner, title=f"Kurs {number}")
        network(staff.owner, staff.arne, name=f"Nettverk {number}")
        day_of(circle, FIRST + timedelta(days=number))
    assert [queries_of(client_of(person), address) for person, address in pages] == few
