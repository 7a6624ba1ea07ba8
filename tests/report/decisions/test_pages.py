"""The pages as people meet them: the council's, the case on its road, hearings, the protocol, a point, publishing."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.factories.cast import Cast
from tests.report.decisions import staging
from tettpaa.report.decisions import actions
from tettpaa.report.decisions.models import DecisionItem, PoliticalCase, Statement

type SignIn = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def test_the_council_page_answers_six_questions(cast: Cast, client_of: SignIn) -> None:
    staging.decided(cast)
    page = client_of("dag").get("/9901/vedtak/").content.decode()
    assert page.count('class="question"') == 6
    assert "Alle skoler får en lesespesialist." in page
    assert "0 av 1 vedtak er gjennomført." in page


def test_every_page_of_a_case_opens_for_those_who_prepare_it(cast: Cast, client_of: SignIn) -> None:
    made = staging.written(cast)
    staging.hearing(made)
    client = client_of("berit")
    root = f"/9901/vedtak/sak/{made.pk}/"
    for tail in ("", "skriv/", "saksframlegg/", "saksgang/", "horing/", "saksframlegg.docx"):
        assert client.get(root + tail).status_code == 200, tail
    for key in ("skisse", "horing"):
        assert client.get(f"/9901/vedtak/steg/{staging.step(made, key).pk}/holdt/").status_code == 200
    council = staging.step(made, "kommunestyret").pk
    assert client.get(f"/9901/vedtak/steg/{council}/protokoll/").status_code == 200
    assert client.get("/9901/vedtak/publisering/2024-25/").status_code == 200


def test_a_case_goes_all_the_way_in_the_browser(cast: Cast, client_of: SignIn) -> None:
    staging.road(cast)
    staging.bodies(cast)
    report = staging.frozen(cast)
    berit, kai = client_of("berit"), client_of("kai")
    answer = berit.post("/9901/vedtak/ny/", {"subject": f"report:{report.pk}"})
    made = PoliticalCase.objects.get()
    root = f"/9901/vedtak/sak/{made.pk}/"
    assert answer.headers["Location"] == root
    versions = {f"{part}-version": 0 for part in ("kort", "bakgrunn", "opplysninger", "vurdering", "horing", "innstilling")}
    answer = berit.post(root + "skriv/", {**staging.TEXTS, **versions})
    assert answer.status_code == 302, answer.content.decode()
    assert "Send saken" in kai.get(root).content.decode()
    kai.post(root + "send/", {"back": root})
    made.refresh_from_db()
    assert made.state == "submitted"
    council = staging.step(made, "kommunestyret").pk
    data = {
        "met_on": "2026-06-18", "present": "25", "outcome": "adopted", "text": "Vedtatt.",
        "item-TOTAL_FORMS": "1", "item-INITIAL_FORMS": "0", "item-0-text": "Alle skoler får en lesespesialist.",
        "item-0-kind": "decision", "item-0-responsible_role": "head_of_schools", "item-0-due_on": "2027-01-15",
        "item-0-becomes": "initiative", "item-0-goal": "",
    }  # fmt: skip
    answer = berit.post(f"/9901/vedtak/steg/{council}/protokoll/", data)
    assert answer.headers["Location"] == root, answer.content.decode()
    item = DecisionItem.objects.get()
    assert item.initiative is not None
    answer = berit.post(
        f"/9901/vedtak/punkt/{item.pk}/status/", {"state": "done", "on": "2026-12-01", "text": "Fem av fem skoler."}
    )
    assert "Fem av fem skoler." in client_of("dag").get("/9901/vedtak/").content.decode()
    assert berit.post(root + "avslutt/").headers["Location"] == root
    made.refresh_from_db()
    assert made.state == "closed"


def test_a_body_answers_and_sees_what_it_changed(cast: Cast, client_of: SignIn) -> None:
    asked = staging.hearing(staging.case(cast))
    odd, address = client_of("odd"), f"/9901/horing/{asked.pk}/"
    assert "Si hva dere mener" in odd.get(address).content.decode()
    odd.post(address, {"text": "Vi vil ha lengre lunsj.", "place": "F00000001"})
    said = Statement.objects.get()
    berit = client_of("berit")
    assert berit.get(f"/9901/vedtak/uttalelse/{said.pk}/").status_code == 200
    berit.post(f"/9901/vedtak/uttalelse/{said.pk}/", {"changed": "Lunsjen ble ti minutter lengre."})
    assert "Lunsjen ble ti minutter lengre." in odd.get(address).content.decode()
    assert client_of("fia").get(address).status_code == 404


def test_a_point_is_read_by_the_council(cast: Cast, client_of: SignIn) -> None:
    staging.decided(cast)
    item = DecisionItem.objects.get()
    page = client_of("dag").get(f"/9901/vedtak/punkt/{item.pk}/").content.decode()
    assert "Skolesjef" in page
    assert "Meld tilbake" not in page


def test_a_report_is_published_point_by_point(cast: Cast, client_of: SignIn) -> None:
    staging.frozen(cast)
    berit, kai = client_of("berit"), client_of("kai")
    root = "/9901/vedtak/publisering/2024-25/"
    berit.post(root, {"planned_for": "2026-12-01T09:00"})
    for key in ("hidden", "names"):
        berit.post(root + "bekreft/", {"key": key})
    assert berit.post(root + "bekreft/", {"key": "approved"}).status_code == 404
    kai.post(root + "bekreft/", {"key": "approved"})
    berit.post(root + "leser/", {"name": "Ola Ordfører", "role": "ordfører", "reason": "skal svare pressen"})
    assert "Ola Ordfører" in berit.get(root).content.decode()
    kai.post(root + "publiser/", {"back": root})
    assert "Rapporten ble offentlig" in berit.get(root).content.decode()
    assert date.today() and actions is not None
