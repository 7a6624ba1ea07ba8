"""What is kept about a person: every field has its reason, oneself gets it all, words go after two years; pack and panels."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from tests.work.offers.staff import FIRST, TODAY, Staff, at, course, day_of, network
from tettpaa.core.audit.models import Event
from tettpaa.core.ui.panels import Asked
from tettpaa.work.competence import shelves
from tettpaa.work.offers import actions, pack, panels
from tettpaa.work.offers.actions.forgetting import forget
from tettpaa.work.offers.models import Network, OfferRules, PageWord, Registration
from tettpaa.work.offers.queries.owndata import PERSONAL, fields, of_person

BY = "arne@example.test"


def test_every_field_about_a_person_says_why_and_how_long() -> None:
    plumbing = {"id", "owner", "employee", "registration"}
    table = fields()
    for model in PERSONAL:
        own = {field.name for field in model._meta.concrete_fields} - plumbing
        assert own == set(table[model.__name__]), model.__name__
    rules, who = set(table["rules"]), {"self", "leader", "holder", "members"}
    for name, rows in table.items():
        for about in rows.values() if name != "rules" else ():
            assert (about["delete"] in rules, set(about["who"]) <= who, bool(about["why"])) == (
                True,
                True,
                True,
            )


@pytest.mark.django_db
def test_a_person_gets_it_all_and_nobody_elses(staff: Staff, client_of: Any) -> None:
    offer = course(staff.owner)
    actions.register(offer=offer, employee=staff.carl, by=BY, why="Ny klasse", at=at())
    actions.register(offer=offer, employee=staff.vera, by=BY, why="Hemmelig", at=at())
    network(staff.owner, staff.arne, staff.carl)
    found = of_person(staff.carl)
    assert ([row["why"] for row in found["Registration"]], len(found["Member"])) == (["Ny klasse"], 1)
    file = client_of("carl").get("/9901/kurs/mine/opplysninger/")
    assert ("Ny klasse" in file.content.decode(), "Hemmelig" in file.content.decode()) == (True, False)
    assert client_of("tor").get("/9901/kurs/mine/opplysninger/").status_code == 404


@pytest.mark.django_db
def test_words_are_forgotten_after_two_years_and_the_rest_goes_with_the_record(staff: Staff) -> None:
    old = course(staff.owner)
    row = actions.register(offer=old, employee=staff.carl, by=BY, why="Ny klasse", at=at())
    actions.say_found(owner=staff.owner, offer=None, found=False, missed="IKT", on=TODAY)
    assert forget(today=FIRST + timedelta(days=730)) == 1  # only what a reader missed is older than two years
    assert forget(today=FIRST + timedelta(days=731)) == 1
    assert forget(today=FIRST + timedelta(days=731)) == 0
    row.refresh_from_db()
    assert (row.why, PageWord.objects.count()) == ("", 0)
    assert Event.objects.filter(kind="offers.words_forgotten").count() == 2
    staff.carl.delete()
    assert Registration.objects.count() == 0


@pytest.mark.django_db
def test_the_pack_writes_rules_and_networks_and_reads_them_back(staff: Staff) -> None:
    assert pack.read(staff.owner) == pack.OffersShape()
    pack.write(owner=staff.owner, path=("",), content={"answer_days": 5, "steps": ["Nei", "Ja"]}, by=BY)
    content = {"name": "NettOpp", "kind": "professional", "guests": ["Utvik", "Havn"], "goal": "finnes-ikke"}
    pack.write(owner=staff.owner, path=("networks", "nettopp"), content=content, by=BY)
    pack.write(owner=staff.owner, path=("networks", "pals"), content={"name": "PALS", "kind": "pals"}, by=BY)
    network(staff.owner, staff.arne, name="Vårt eget")
    found = pack.read(staff.owner)
    assert (found.answer_days, found.hold_days, found.steps) == (5, 7, ("Nei", "Ja"))
    assert [(one.key, one.guests) for one in found.networks] == [("nettopp", ("Utvik", "Havn")), ("pals", ())]
    pack.write(owner=staff.owner, path=("networks", "nettopp"), content=content | {"guests": ["Havn"]}, by=BY)
    pack.write(owner=staff.owner, path=("networks", "pals"), content=None, by=BY)
    assert [(one.key, one.guests) for one in pack.read(staff.owner).networks] == [("nettopp", ("Havn",))]
    assert Network.objects.get(key="pals").state == "ended"
    pack.write(owner=staff.owner, path=("networks", "pals"), content={"name": "PALS", "kind": "pals"}, by=BY)
    assert Network.objects.get(key="pals").state == "planned"
    pack.write(owner=staff.owner, path=("",), content=None, by=BY)
    assert OfferRules.objects.get().answer_days == 3


@pytest.mark.django_db
def test_the_front_says_what_waits(staff: Staff, cast: Any) -> None:
    from tettpaa.core.orgs.viewer import load_viewer

    def lines(person: str, school: Any = None) -> list[tuple[str, str, date | None]]:
        viewer = load_viewer(cast.users[person], TODAY)
        with time_machine.travel(at(), tick=False):
            found = list(panels.front_items(Asked(viewer, cast.fjordvik, TODAY, school)))
        return [(one.kind, one.title, one.when) for one in found]

    offer = course(staff.owner, seats=1, days=(TODAY + timedelta(days=10),))
    first = actions.register(offer=offer, employee=staff.teachers[0], by=BY, at=at())
    mine = actions.register(offer=offer, employee=staff.carl, by=BY, at=at())
    assert lines("aud", cast.nes) == [("waiting", "Svar på 2 påmeldinger", TODAY + timedelta(days=7))]
    assert lines("aud", cast.vik) == lines("berit") == lines("tor") == []
    for row in (first, mine):
        actions.approve(registration=row.pk, by=BY, at=at())
    actions.withdraw(registration=first.pk, by=BY, at=at())
    day_of(network(staff.owner, staff.carl), TODAY + timedelta(days=5), title="Lese høyt")
    assert lines("carl") == [
        ("due", "Svar på plassen på «Samtaler om tekst»", TODAY + timedelta(days=3)),
        ("due", "Lesenettverket: Lese høyt", TODAY + timedelta(days=5)),
    ]
    assert lines("carl", cast.vik) == []


@pytest.mark.django_db
def test_the_plan_and_ones_own_page_show_what_is_offered(staff: Staff, cast: Any, client_of: Any) -> None:
    from tettpaa.core.orgs.viewer import load_viewer
    from tettpaa.work.competence.models import KeyFactor

    offer, off = course(staff.owner, seats=2), course(staff.owner, title="Avlyst kurs")
    KeyFactor.objects.create(owner=staff.owner, key="over-tid", title="Over tid")
    said = [actions.FactorWord("over-tid", "yes", "Seks samlinger."), actions.FactorWord("borte", "yes")]
    actions.say_factors(offer=offer, factors=said, by=BY)
    actions.cancel_offer(offer=off, why="Syk.", by=BY)
    viewer = load_viewer(cast.users["carl"], TODAY)
    (line,) = shelves.offers(viewer, cast.fjordvik, 2026)
    assert (line.title, line.kind, line.factors) == (
        "Samtaler om tekst",
        "Kurs",
        (("Over tid", "Ja. Seks samlinger."),),
    )
    row = actions.register(offer=offer, employee=staff.carl, by=BY, at=at())
    actions.approve(registration=row.pk, by=BY, at=at())
    with time_machine.travel(at(), tick=False):
        assert "Samling 1" in client_of("carl").get("/9901/kompetanse/min/").content.decode()
        assert panels.own_part(viewer, staff.vera, TODAY) is None
    assert panels.may_read(load_viewer(cast.users["fia"], TODAY), cast.fjordvik) is False


@pytest.mark.django_db
def test_a_certificate_says_what_it_was_and_what_was_done_instead() -> None:
    from tettpaa.doors.workspace.certificate_view import document_of

    content = {
        "owner": "Fjordvik", "offer": "Lesenettverket", "kind": "network_series", "about": "Vi leser.", "hours": 36,
        "held_by": "PPT", "goal": "Alle leser", "name": "Carl", "school": "", "instead": "Gjorde oppgaven.",
        "on": "2027-05-20", "gatherings": [{"on": "2027-01-13", "title": "Samling 1", "came": False}],
    }  # fmt: skip
    made = document_of(content, "a" * 64)
    text = str(made)
    for words in ("Carl har fullført «Lesenettverket».", "Fjordvik. Lærende nettverk.", "Omfang: 36 timer.",
                  "Holdt av PPT.", "Gjorde oppgaven.", "Alle leser", "Ikke til stede"):  # fmt: skip
        assert words in text
    bare = content | {
        "about": "",
        "hours": None,
        "held_by": "",
        "goal": "",
        "instead": "",
        "school": "Nes skole",
    }
    assert "Omfang" not in str(document_of(bare, "a" * 64))
