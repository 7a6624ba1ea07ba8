"""A network's year walked by those whose steps they are: two seats for three, the waiting list, tasks, certificates."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.work.offers.staff import FIRST, LAST, SECOND, TODAY, Staff, at, course, network
from tettpaa.core.jobs.models import Job
from tettpaa.work.offers.models import Member, Offer, Registration
from tettpaa.work.offers.tasks import tell

pytestmark = pytest.mark.django_db
type Sign = Callable[[str], Client]
BY = "arne@example.test"


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def post_letters() -> None:
    for job in Job.objects.filter(kind="offers.tell"):
        tell(job.arguments, lambda _done, _total: None)


def row_of(offer: Offer, name: str) -> Registration:
    return Registration.objects.get(offer=offer, employee__email=f"{name}@example.test")


def sign_up(offer: Offer, client_of: Sign) -> None:
    """Carl, Liv and Vera want the two seats, and each has a leader who says yes."""
    for name in ("carl", "liv", "vera"):
        client_of(name).post(f"/9901/kurs/{offer.pk}/meld-pa/", {"why": "Vi vil dette på skolen."})
    for name in ("carl", "liv"):
        row = row_of(offer, name)
        client_of("aud").post(f"/9901/skoler/F00000001/kurs/{row.pk}/", {"do": "approve"})
    row = row_of(offer, "vera")
    client_of("berit").post(f"/9901/kurs/ansatte/{row.pk}/", {"do": "approve"})


def hold(offer: Offer, client_of: Sign, *names: str) -> None:
    """The list on the phone, gathering by gathering, each on its day."""
    for day in offer.gatherings.order_by("on"):
        with time_machine.travel(at(day.on, 10), tick=False):
            arne = client_of("arne")
            for name in names:
                person = str(row_of(offer, name).employee_id)
                for do in ("came", "done") if day.task else ("came",):
                    answer = arne.post(f"/9901/samlinger/{day.pk}/oppmote/", {"person": person, "do": do})
                    assert answer.status_code == 302
            assert f"{len(names)} av {len(names) + 1} er her." in words(
                arne, f"/9901/samlinger/{day.pk}/oppmote/"
            )


def test_a_network_runs_a_year_with_waiting_list_and_certificates(
    staff: Staff, client_of: Sign, mailoutbox: list[Any]
) -> None:
    with time_machine.travel(at(TODAY), tick=False):
        circle = network(staff.owner, staff.arne)
        offer = course(
            staff.owner, kind="network_series", network=circle, seats=2, days=(FIRST, SECOND, LAST), hours=18
        )
        sign_up(offer, client_of)
        post_letters()
        assert "Du er først i køen." in words(client_of("vera"), f"/9901/kurs/{offer.pk}/")
        client_of("liv").post(f"/9901/pamelding/{row_of(offer, 'liv').pk}/", {"do": "withdraw"})
        mailoutbox.clear()
        post_letters()
        assert [one.to for one in mailoutbox] == [["vera@example.test"]]
        assert "Svar innen 26.\u00a0november 2026" in mailoutbox[0].body
    with time_machine.travel(at(TODAY + timedelta(days=1)), tick=False):
        assert "Ja, jeg tar plassen" in words(client_of("vera"), "/9901/kurs/mine/")
        for _click in range(2):
            client_of("vera").post(f"/9901/pamelding/{row_of(offer, 'vera').pk}/", {"do": "accept"})
    members = Member.objects.filter(network=circle, ends_on=None).values_list("employee__name", flat=True)
    assert sorted(members) == ["Arne", "Carl", "Vera"]
    hold(offer, client_of, "carl", "vera")
    with time_machine.travel(at(LAST, 16), tick=False):
        arne = client_of("arne")
        for step in ("hold", "complete"):
            arne.post(f"/9901/kurs/{offer.pk}/steg/", {"do": step})
        for name in ("carl", "vera"):
            file = client_of(name).get(f"/9901/kursbevis/{row_of(offer, name).pk}.pdf")
            assert (file.status_code, file.content[:5]) == (200, b"%PDF-")
        stands = dict(Registration.objects.values_list("employee__name", "state"))
        assert stands == {"Carl": "completed", "Liv": "withdrawn", "Vera": "completed"}
        assert "Dette har du fullført." in words(client_of("carl"), "/9901/kurs/mine/")
