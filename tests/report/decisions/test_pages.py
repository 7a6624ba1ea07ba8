"""The pages as people meet them: the council's, the case on its road, hearings, the protocol, a point, publishing."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast
from tests.report.decisions import staging
from tettpaa.report.decisions import actions, queries
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
    versions = {
        f"{part}-version": 0
        for part in ("kort", "bakgrunn", "opplysninger", "vurdering", "horing", "innstilling")
    }
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
        f"/9901/vedtak/punkt/{item.pk}/status/",
        {"state": "done", "on": "2026-12-01", "text": "Fem av fem skoler."},
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


def test_a_hearing_stands_on_the_bodys_front_page_until_it_is_answered(cast: Cast, client_of: SignIn) -> None:
    asked = staging.hearing(staging.case(cast))
    odd, address = client_of("odd"), f"/9901/horing/{asked.pk}/"
    front = odd.get("/", follow=True)
    assert front.request["PATH_INFO"] == "/9901/skoler/F00000001/moter/"
    assert f'<a href="{address}">' in front.content.decode()
    assert address not in client_of("aud").get("/9901/skoler/F00000001/moter/").content.decode()
    odd.post(address, {"text": "Vi vil ha lengre lunsj.", "place": "F00000001"})
    assert address not in odd.get("/", follow=True).content.decode()


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


def test_lists_cost_the_same_with_one_case_and_three(
    cast: Cast, client_of: SignIn, django_assert_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    staging.decided(cast, 2022)
    client = client_of("berit")
    client.get("/9901/vedtak/")
    with CaptureQueriesContext(connection) as once:
        client.get("/9901/vedtak/")
    asked = len(once)  # before the next request empties the log
    for year in (2023, 2024):
        staging.decided(cast, year, items=[staging.new_item(), staging.new_item(becomes="task")])
    client.get("/9901/vedtak/")
    with django_assert_num_queries(asked):
        client.get("/9901/vedtak/")


def test_a_form_sent_twice_has_one_effect(cast: Cast, client_of: SignIn) -> None:
    asked = staging.hearing(staging.case(cast))
    odd, address = client_of("odd"), f"/9901/horing/{asked.pk}/"
    data = {"text": "Vi vil ha lengre lunsj.", "place": "F00000001", "once": "x" * 32}
    assert [odd.post(address, data).status_code for _ in range(2)] == [302, 302]
    assert Statement.objects.count() == 1


def test_the_second_writer_gets_both_versions(cast: Cast, client_of: SignIn) -> None:
    made = staging.written(cast)
    root = f"/9901/vedtak/sak/{made.pk}/skriv/"
    parts = ("kort", "bakgrunn", "opplysninger", "vurdering", "horing", "innstilling")
    seen = {f"{part}-version": 1 if part in staging.TEXTS else 0 for part in parts}
    actions.write_text(case=made, part="kort", text="Arnes ord.", version=1, by="arne@example.test")
    mine = {**staging.TEXTS, "kort": "Mine ord.", "bakgrunn": "Ny bakgrunn."}
    answer = client_of("berit").post(root, {**mine, **seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert all(words in page for words in ("Arnes ord.", "Mine ord.", "Ny bakgrunn.", "arne@example.test"))
    assert queries.texts_of(made)["bakgrunn"].text == staging.TEXTS["bakgrunn"]


def test_only_taking_note_is_refused_with_the_reason(cast: Cast, client_of: SignIn) -> None:
    made = staging.case(cast)
    answer = client_of("berit").post(
        f"/9901/vedtak/sak/{made.pk}/skriv/",
        {"innstilling": "Meldingen tas til orientering.", "innstilling-version": 0},
    )
    assert "alene kan ikke sendes" in answer.content.decode()


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_pages_speak_the_readers_language(cast: Cast, client_of: SignIn, language: str) -> None:
    staging.decided(cast)
    page = client_of("dag").get("/9901/vedtak/", headers={"accept-language": language}).content.decode()
    assert {"nn": "For folkevalde", "en": "For council members"}[language] in page


def test_what_cannot_be_done_is_told_and_changes_nothing(cast: Cast, client_of: SignIn) -> None:
    made = staging.case(cast, is_frozen=False)
    berit, kai, root = client_of("berit"), client_of("kai"), f"/9901/vedtak/sak/{made.pk}/"
    for client, tail, data in (
        (kai, "send/", {"back": root}), (berit, "gjenoppta/", {}), (berit, "avslutt/", {}),
    ):  # fmt: skip
        assert client.post(root + tail, data).headers["Location"] == root
    made.refresh_from_db()
    assert (made.state, made.rounds) == ("prepared", 0)
    assert client_of("dag").get(root).status_code == 404
    assert client_of("dag").get(root + "saksframlegg/").status_code == 404
    assert berit.post("/9901/vedtak/ny/", {"subject": "report:999"}).headers["Location"] == "/9901/vedtak/"
    council, sketch = staging.step(made, "kommunestyret").pk, staging.step(made, "skisse").pk
    assert berit.get(f"/9901/vedtak/steg/{council}/holdt/").headers["Location"].endswith("protokoll/")
    assert berit.get(f"/9901/vedtak/steg/{sketch}/protokoll/").headers["Location"].endswith("holdt/")
    berit.post(f"/9901/vedtak/steg/{sketch}/holdt/", {"on": "2026-02-03", "note": "Enig."})
    assert staging.step(made, "skisse").note == "Enig."
    dates = {"number": "94/26", str(council): "2026-06-20"}
    berit.post(root + "saksgang/", dates)
    assert staging.step(made, "kommunestyret").planned_on == date(2026, 6, 20)


def test_a_body_that_does_not_decide_has_no_rows_of_points(cast: Cast, client_of: SignIn) -> None:
    made = staging.sent(cast)
    address = f"/9901/vedtak/steg/{staging.step(made, 'utvalget').pk}/protokoll/"
    arne = client_of("arne")
    assert "item-" not in arne.get(address).content.decode()
    data = {"met_on": "2026-05-18", "present": "9", "outcome": "recommended", "text": "Tiltres."}
    assert arne.post(address, data).headers["Location"] == f"/9901/vedtak/sak/{made.pk}/"
    assert made.protocols.get().outcome == "recommended"


def test_a_protocol_without_points_comes_back(cast: Cast, client_of: SignIn) -> None:
    made = staging.sent(cast)
    council = staging.step(made, "kommunestyret").pk
    data = {
        "met_on": "2026-06-18", "present": "25", "outcome": "adopted", "text": "Vedtatt.",
        "item-TOTAL_FORMS": "1", "item-INITIAL_FORMS": "0", "item-0-kind": "decision",
    }  # fmt: skip
    address = f"/9901/vedtak/steg/{council}/protokoll/"
    assert "minst ett" in client_of("berit").post(address, data).content.decode()
    data["item-0-text"] = "Alle skoler."
    page = client_of("berit").post(address, data).content.decode()
    assert "Et vedtak trenger en frist." in page
    asked = staging.hearing(made)
    actions.answer_hearing(hearing=asked, school=cast.nes, text="Ja.", by="odd")
    data |= {"item-0-responsible_role": "adviser", "item-0-due_on": "2027-01-15"}
    assert "hva endret de?" in client_of("berit").post(address, data).content.decode()
    assert made.protocols.count() == 0
