"""The demo's courses and networks: a network's year with waiting list and certificates, and what waits today."""

from datetime import date

import pytest
from django.test import TestCase

from tests.factories.cast import Cast
from tests.factories.year import TODAY
from tettpaa.core.accounts.actions import open_account
from tettpaa.core.packs.actions import load_pack
from tettpaa.core.packs.queries import founding_pack
from tettpaa.doors.demo.year import offers
from tettpaa.doors.demo.year.place import Place
from tettpaa.work.offers.models import Certificate, Gathering, Network, Offer, Registration, Survey


@pytest.fixture
def place(cast: Cast) -> Place:
    with TestCase.captureOnCommitCallbacks(execute=True):
        load_pack(owner=cast.fjordvik, pack=founding_pack("fjordvik"), by="test")
    people = {role: f"{name}@example.test" for role, name in (
        ("head_of_schools", "berit"), ("adviser", "arne"), ("principal", "aud"), ("department_head", "liv"),
        ("other_principal", "vera"), ("teacher", "carl"),
    )}  # fmt: skip
    open_account(email="ressurs@example.test", name="Ressurs", by="test")
    return Place(cast.fjordvik, cast.nes, [cast.vik], people, [], TODAY)


@pytest.mark.django_db
def test_a_network_runs_a_year_with_a_waiting_list_and_certificates(place: Place) -> None:
    offers.live(place)
    last = Offer.objects.get(title="Lesenettverket i fjor")
    states = list(last.registrations.order_by("place").values_list("state", flat=True))
    completed, gone = "completed", "withdrawn"
    assert states == [*[completed] * 4, gone, gone, *[completed] * 3, "lapsed", "absent"]
    assert Certificate.objects.filter(registration__offer=last).count() == 7
    survey = Survey.objects.get(offer=last)
    assert (survey.state, survey.invited, survey.answered) == ("closed", 8, 7)
    now = Offer.objects.get(title="Lesenettverket")
    assert [row.state for row in now.registrations.order_by("place")] == ["confirmed"] * 8 + ["waiting"] * 2
    text = Registration.objects.get(offer__title="Samtaler om tekst", employee__email="carl@example.test")
    assert (text.state, text.until) == ("offered", date(2026, 11, 24))
    assert Network.objects.get(key="lesenettverket").members.filter(ends_on=None).count() == 9
    assert Gathering.objects.filter(on=TODAY).count() == 1
