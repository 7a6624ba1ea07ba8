"""The pages as each side meets them."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories.cast import Cast
from tests.work.followup import staging
from tettpaa.core.audit.models import Event
from tettpaa.work.followup import actions
from tettpaa.work.followup.models import Engagement, FollowUpCase, LadderStep

type SignIn = Callable[[str], Client]
pytestmark = pytest.mark.django_db
VIK = "/9901/skoler/F00000002/oppfolging/"


def test_the_list_opens_alphabetically_and_is_written_down(cast: Cast, client_of: SignIn) -> None:
    staging.signals(cast)
    page = client_of("berit").get("/9901/oppfolging/").content.decode()
    assert "Vik skole" in page
    assert "Nes skole" not in page
    assert Event.objects.filter(kind="followup.case_seen", by="berit@example.test").count() == 1


def test_a_case_goes_all_the_way_in_the_browser(cast: Cast, client_of: SignIn) -> None:
    staging.ladder(cast)
    found = staging.signals(cast)
    berit, vera = client_of("berit"), client_of("vera")
    assert berit.get(VIK + "vurder/").status_code == 200
    data = {"signals": [str(found[0].pk)], "text": "Jeg tror det er reelt.", "answer_by": "2030-01-01"}
    berit.post(VIK + "vurder/", data)
    root = f"{VIK}{FollowUpCase.objects.get().pk}/"
    assert berit.post(root + "beslutning/", {"step": "", "text": "Ingen sak."}).status_code == 302
    assert FollowUpCase.objects.get().state == "assessed"
    assert vera.get(root + "svar/").status_code == 200
    vera.post(root + "svar/", {"text": "Vi er uenige.", "agrees": "nei"})
    step = staging.step(cast, 2)
    for tail in (
        "beslutning/",
        "gjennomgang/",
        "trinn/",
        "avslutt/",
        "vilkar/",
        "stotte/",
        "lenke/",
        "merknad/",
    ):
        assert berit.get(root + tail).status_code == 200, tail
    berit.post(root + "beslutning/", {"step": step.key, "text": "Støtte.", "review_on": "2027-01-15"})
    page = vera.get(root).content.decode()
    assert "Vi er uenige." in page
    assert "Rektor ser det annerledes" in page
    berit.post(
        root + "stotte/",
        {"kind": "guidance", "giver": "ppt", "receiver": "trinnteamet", "text": "Åtte møter."},
    )
    berit.post(root + "vilkar/", {"text": "To målinger som ventet", "seen_when": "i januar"})
    berit.post(root + "gjennomgang/", {"text": "Som ventet."})
    berit.post(root + "trinn/", {"step": step.key, "text": "Blir.", "review_on": "2027-06-01"})
    berit.post(root + "gjennomgang/", {"text": "Bedre."})
    meeting = staging.meeting(cast)
    berit.post(root + "lenke/", {"target": f"meeting:{meeting.pk}"})
    berit.post(root + "avslutt/", {"meeting": str(meeting.pk), "text": "Det varer."})
    assert FollowUpCase.objects.get().state == "closed"
    assert "avsluttet" in berit.get(root).content.decode()


def test_the_school_sees_what_the_owner_sees(cast: Cast, client_of: SignIn) -> None:
    staging.opened(cast)
    page = client_of("vera").get(VIK).content.decode()
    assert "Vik skole får støtte" in page


def test_an_engagement_is_walked(cast: Cast, client_of: SignIn) -> None:
    staging.opened(cast)
    berit, vera = client_of("berit"), client_of("vera")
    assert berit.get(VIK + "veiledere/ny/").status_code == 200
    berit.post(
        VIK + "veiledere/ny/", {"advisers": "To rådgivere fra veilederkorpset", "goal": "Lesing i alle fag"}
    )
    root = f"{VIK}veiledere/{Engagement.objects.get().pk}/"
    berit.post(root + "kontakt/", {"kind": "visit", "on": "2026-10-01", "text": "Vi var i tre klasser."})
    berit.post(root + "steg/", {"to": "plan"})
    vera.post(root + "punkt/", {"kind": "expect_of_you", "text": "At du er til stede."})
    page = vera.get(root).content.decode()
    assert "Vi var i tre klasser." in page
    assert "At du er til stede." in page
    assert "Rektor" in page
    assert actions is not None


def test_an_owner_without_a_ladder_gets_the_default_one_with_its_first_decision(
    cast: Cast, client_of: SignIn
) -> None:
    found = staging.signals(cast)
    berit = client_of("berit")
    berit.post(VIK + "vurder/", {"signals": [str(found[0].pk)], "text": "Reelt.", "answer_by": "2030-01-01"})
    root = f"{VIK}{FollowUpCase.objects.get().pk}/"
    client_of("vera").post(root + "svar/", {"text": "Enig.", "agrees": "ja"})
    page = berit.get(root + "beslutning/").content.decode()
    assert page.count('name="step"') == 6  # none, and five steps
    assert not LadderStep.objects.exists()  # looking writes nothing
    decided = {"step": "trinn-2", "text": "Støtte.", "review_on": "2027-01-15"}
    assert berit.post(root + "beslutning/", decided).status_code == 302
    assert FollowUpCase.objects.get().step == LadderStep.objects.get(key="trinn-2")
    assert LadderStep.objects.count() == 5
