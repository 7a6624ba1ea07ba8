"""Who reads what about whom: a word in every text bound to a person or a network, and every page asked by everybody."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db.models import CharField, SlugField, TextField
from django.test import Client
from django.urls import reverse

from tests.factories.cast import PEOPLE
from tests.work.offers import canaries
from tests.work.offers.canaries import Scene, word
from tests.work.offers.staff import at
from tettpaa.core.audit.models import Event
from tettpaa.core.jobs.models import Job
from tettpaa.core.orgs.permissions import roles
from tettpaa.work.offers import actions
from tettpaa.work.offers.actions.reminding import remind
from tettpaa.work.offers.models import Attendance, FollowUp, Gathering, Registration
from tettpaa.work.offers.tasks import tell, tell_all

type Sign = Callable[[str], Client]
type Found = dict[str, set[str]]


@pytest.fixture
def scene(cast: Any) -> Any:
    with time_machine.travel(at(canaries.TODAY), tick=False):
        yield Scene(cast)


def scan(client_of: Sign, pages: dict[str, Iterable[str]]) -> Found:
    """Word → who reads it, when each person opens the pages named."""
    found: Found = {}
    for person, addresses in pages.items():
        client = client_of(person)
        for address in addresses:
            for one in canaries.words_at(client, address):
                found.setdefault(one, set()).add(person)
    return found


def leaks(found: Found) -> list[tuple[str, str]]:
    """(word, who) of everything read by somebody it is not for."""
    may = canaries.sees()
    return sorted((one, who) for one, people in found.items() for who in people - may.get(one, set()))


def test_every_role_has_somebody_in_the_scan() -> None:
    assert {role for role, _place in [*PEOPLE.values(), *canaries.MORE.values()]} == set(roles())


@pytest.mark.slow
@pytest.mark.django_db
def test_every_text_of_the_room_carries_a_word_or_is_open_to_all(scene: Scene) -> None:
    for model in apps.get_app_config("offers").get_models():
        rows = list(model._default_manager.values())
        texts = {
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, (TextField, CharField)) and not isinstance(field, SlugField)
            if not field.choices
        }
        planted = {name for name in texts if any(canaries.WORD.search(str(row[name])) for row in rows)}
        assert texts - planted == set(canaries.OPEN.get(model.__name__, ())), model.__name__


@pytest.mark.slow
@pytest.mark.django_db
def test_each_word_is_read_by_those_it_is_for_and_nobody_else(scene: Scene, client_of: Sign) -> None:
    """Every page, file and calendar of the room, with every row in every place of the address, by everybody."""
    pages = list(canaries.addresses())
    mine: dict[str, Iterable[str]] = {who: [*pages, *canaries.doors(scene, who)] for who in scene.cast.users}
    for foreign in ("eva", "gro"):  # at home with the owner next door, with the keys of Fjordvik
        mine[foreign] = [*mine[foreign], *canaries.addresses("9902")]
    assert scan(client_of, mine) == canaries.sees()


@pytest.mark.slow
@pytest.mark.django_db
def test_a_planted_leak_is_caught(scene: Scene, client_of: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same scan, by one reader, with one door left open at a time."""
    network, year, meeting = scene.networks["A"].pk, scene.years["A"].pk, scene.meetings["A"].pk
    mia = Registration.objects.get(offer=scene.held, employee__email="mia@example.test").pk
    vidar = scene.of("vidar")
    doors = [
        ("views.networks.part_in", "fixed", "vera", f"/9901/nettverk/{network}/", word("NAVN", "carl")),
        ("views.line.may_lead", True, "rolf", f"/9901/kurs/{year}/deltakere/?fil=xlsx", word("NAVN", "carl")),
        ("access.takes_part", True, "rolf", f"/9901/samlinger/{meeting}/", word("REFERAT", "A")),
        ("access.leads", True, "vera", f"/9901/kursbevis/{mia}.pdf", word("GRUNN", "mia")),
        ("views.line.me_of", vidar, "carl", "/9901/kurs/mine/opplysninger/", word("BREV", "vidar")),
    ]  # fmt: skip
    for broken, answer, reader, page, leak in doors:
        assert leaks(scan(client_of, {reader: [page]})) == [], broken
        with monkeypatch.context() as patch:
            room, name = broken.rsplit(
                ".", 1
            )  # the module, which the package hides behind a view of its name
            module = import_module(f"tettpaa.work.offers.{room}")
            patch.setattr(module, name, lambda *_, answer=answer: answer)
            assert (leak, reader) in leaks(scan(client_of, {reader: [page]})), broken


def letters_read(mailoutbox: list[Any]) -> Found:
    """Word → who got it in a letter, in subject, text or page."""
    found: Found = {}
    for letter in mailoutbox:
        text = " ".join([letter.subject, letter.body, *(str(one[0]) for one in letter.alternatives)])
        for one in canaries.WORD.findall(text):
            found.setdefault(one, set()).update(address.split("@")[0] for address in letter.to)
    return found


@pytest.mark.slow
@pytest.mark.django_db
def test_letters_carry_a_word_to_those_it_is_for(scene: Scene, mailoutbox: list[Any]) -> None:
    for job in Job.objects.filter(kind="offers.tell"):
        tell(job.arguments, lambda _done, _total: None)
    remind(today=canaries.TODAY)
    for network in scene.networks.values():
        actions.cancel_gathering(gathering=network.gatherings.get(on=canaries.COMING), by=canaries.BY)
    for job in Job.objects.filter(kind="offers.called_off"):
        tell_all(job.arguments, lambda _done, _total: None)
    found = letters_read(mailoutbox)
    assert leaks(found) == []
    assert found[word("NEI", "carl")] == {"carl"}
    assert found[word("STED", "A")] == canaries.MEMBERS["A"]
    # A letter that went to the wrong person is caught.
    next(one for one in mailoutbox if word("STED", "B") in one.body).to = ["rita@example.test"]
    assert leaks(letters_read(mailoutbox)) == [
        (word(what, "B"), "rita") for what in ("LENKE", "MOTE", "STED")
    ]


def inside(scene: Scene, key: str) -> list[str]:
    """What the leader of a network opens: who has signed up, the meeting, attendance, minutes, the year's list."""
    network, meeting, year = scene.networks[key], scene.meetings[key], scene.years[key]
    item = meeting.items.get()
    pages = [
        reverse(f"offers:{name}", args=["9901", network.pk])
        for name in ("edit_network", "members", "add_meeting")
    ]
    for gathering in (meeting, year.gatherings.order_by("on")[0]):
        names = ("gathering", "edit_day", "attendance", "code", "add_item", "add_follow_up", "day_calendar")
        pages += [reverse(f"offers:{name}", args=["9901", gathering.pk]) for name in names]
    pages.append(reverse("offers:item", args=["9901", meeting.pk, item.pk]))
    people = reverse("offers:people", args=["9901", year.pk])
    return [*pages, people, f"{people}?fil=csv", f"{people}?fil=xlsx"]


def answers(client: Client, pages: list[str]) -> set[int]:
    return {client.get(page).status_code for page in pages}


@pytest.mark.django_db
def test_a_resource_teacher_has_the_own_network_and_no_other(scene: Scene, client_of: Sign) -> None:
    rita = client_of("rita")
    assert answers(rita, inside(scene, "A")) == {200}
    own = scan(client_of, {"rita": [*inside(scene, "A"), reverse("offers:networks", args=["9901"])]})
    assert set(own) >= {word("NAVN", "carl"), word("REFERAT", "A"), word("AKSJON", "A")}
    assert answers(rita, inside(scene, "B")) == {404}
    home = reverse("offers:network", args=["9901", scene.networks["B"].pk])
    assert (rita.get(home).status_code, canaries.words_at(rita, home)) == (200, set())  # its name and purpose
    rows = Registration.objects.values_list("pk", flat=True)
    staff = [
        *(reverse("offers:school_staff", args=["9901", school]) for school in ("F00000001", "F00000002")),
        *(
            reverse("offers:people", args=["9901", one.pk])
            for one in (scene.held, scene.asked, scene.declined)
        ),
        *(reverse("competence:employee", args=["9901", scene.of(who).pk]) for who in canaries.SUBJECTS),
        *(reverse("workspace:certificate_file", args=["9901", key]) for key in rows),
    ]
    assert answers(rita, staff) == {404}
    for who in ("gro", "eva"):  # the guest's own resource teacher: a guest is a name, and reads nothing here
        assert answers(client_of(who), [*inside(scene, "A"), home, *staff]) == {404}, who


@pytest.mark.django_db
def test_it_is_the_role_and_the_name_as_leader_that_open_a_network(scene: Scene, client_of: Sign) -> None:
    meeting = reverse("offers:gathering", args=["9901", scene.meetings["A"].pk])
    closed = [one for one in inside(scene, "A") if one != meeting and not one.endswith("/kalender/")]
    user, member = scene.cast.users["rita"], scene.networks["A"].members.get(part="leader")
    member.part = "fixed"  # still a resource teacher, but a member as others are
    member.save(update_fields=["part"])
    rita = client_of("rita")
    assert (answers(rita, [meeting]), len(closed)) == ({200}, 18)
    year = reverse("offers:gathering", args=["9901", scene.years["A"].gatherings.order_by("on")[0].pk])
    assert answers(rita, [one for one in closed if one != year]) == {404}
    member.part = "leader"
    member.save(update_fields=["part"])
    user.memberships.update(role="teacher")  # named the leader, without a role that leads
    rita = client_of("rita")
    assert answers(rita, [one for one in closed if one != year]) == {404}
    user.memberships.update(role="resource_teacher")
    assert answers(client_of("rita"), closed) == {200}


VALUES = {
    "title": "Fremmed", "name": "Fremmed", "kind": "learning", "on": "2027-02-01", "what": "Fremmed", "said": "Fremmed",
    "role": "principal", "due_on": "2027-02-01", "part": "leader", "version": 1, "reason": "Fremmed", "done": "on",
}  # fmt: skip
# What each form takes as its deed; the others take none.
DEEDS = {
    "steg": ("running", "evaluated", "ended", "hold", "survey", "count", "complete"), "svar": ("coming", "not_coming"),
    "oppmote": ("came", "away", "done", "guests"), "medlemmer": ("", "fill"), "aksjon": ("", "done", "drop"),
    "sak": ("", "drop"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(("leader", "key"), [("rita", "B"), ("rolf", "A"), ("vera", "A"), ("aud", "A")])
def test_the_leader_of_one_network_does_nothing_in_another(
    scene: Scene, client_of: Sign, leader: str, key: str
) -> None:
    """Registrations, attendance, evaluation, minutes, tasks and members of the other one: no page opens, no form works.

    Vera and Aud lead networks of their own, and Aud also leads the school of one who is in the other network.
    """
    if leader in {"vera", "aud"}:
        made = actions.make_network(owner=scene.owner, name="Eget", kind="leaders", by=canaries.BY)
        actions.add_member(network=made, employee=scene.of(leader), part="leader", by=canaries.BY)
    network, year, client = scene.networks[key], scene.years[key], client_of(leader)
    assert answers(client, inside(scene, key)) == {404}
    rows = [network, year, *Gathering.objects.filter(network=network)]
    forms = [
        one
        for one in canaries.addresses(method="POST")
        if any(str(row.pk) in one for row in rows) and not one.endswith("/meld-pa/")
    ]
    assert len(forms) > 30
    person = {"person": scene.of({"A": "carl", "B": "vidar"}[key]).pk, "employee": scene.of(leader).pk}
    before = (Event.objects.count(), state_of(scene, key))
    for address in forms:
        for do in next((deeds for step, deeds in DEEDS.items() if f"/{step}/" in address), ("",)):
            status = client.post(address, {**VALUES, **person, "do": do}).status_code
            assert status == 404, (address, do)
    assert (Event.objects.count(), state_of(scene, key)) == before


def state_of(scene: Scene, key: str) -> list[object]:
    """Everything a leader may change in a network."""
    network = scene.networks[key]
    network.refresh_from_db()
    days = Gathering.objects.filter(network=network)
    return [
        (network.name, network.state),
        list(network.members.order_by("pk").values_list("employee", "part", "ends_on")),
        list(days.order_by("pk").values_list("title", "is_cancelled", "minutes_state", "items__said")),
        list(FollowUp.objects.filter(gathering__in=days).values_list("what", "done_on")),
        list(Attendance.objects.filter(gathering__in=days).order_by("pk").values_list("answer", "came")),
        list(Registration.objects.filter(offer__network=network).values_list("state", "seat")),
    ]


@pytest.mark.django_db
def test_each_look_at_records_of_the_staff_stands_in_the_trail(scene: Scene, client_of: Sign) -> None:
    """Who looked, and at what; once a look, also as a file. One's own pages and a closed door leave nothing."""
    network, meeting, year = scene.networks["A"].pk, scene.meetings["A"].pk, scene.years["A"].pk
    given = Registration.objects.get(offer=scene.held, employee__email="carl@example.test").pk
    people, asked = f"/9901/kurs/{year}/deltakere/", f"/9901/kurs/{scene.asked.pk}/deltakere/"
    home, school = f"/9901/nettverk/{network}/", "/9901/skoler/F00000001/kurs/"
    certificate = f"/9901/kursbevis/{given}.pdf"
    looks = [
        ("rita", people, year), ("rita", f"{people}?fil=csv", year), ("rita", f"{people}?fil=xlsx", year),
        ("rita", f"/9901/samlinger/{meeting}/oppmote/", meeting), ("rita", home, network), ("ivar", home, network),
        ("rita", f"{home}medlemmer/", network), ("arne", f"{home}medlemmer/?sok=pia", network),
        ("arne", asked, scene.asked.pk), ("aud", school, "F00000001"), ("liv", school, "F00000001"),
        ("berit", "/9901/kurs/ansatte/", "9901"), ("aud", certificate, given),
    ]  # fmt: skip
    seen = Event.objects.filter(kind="offers.people_seen").order_by("pk")
    assert seen.count() == 0
    for who, address, _key in looks:
        assert client_of(who).get(address).status_code == 200, address
    told = [(f"{who}@example.test", str(key)) for who, _address, key in looks]
    assert list(seen.values_list("by", "subject_key")) == told
    for who, address in (
        ("carl", "/9901/kurs/mine/"), ("carl", "/9901/kurs/mine/opplysninger/"), ("carl", certificate),
        ("rolf", home), ("rolf", people), ("vera", certificate), ("vera", school),
    ):  # fmt: skip
        client_of(who).get(address)
    assert seen.count() == len(looks)
