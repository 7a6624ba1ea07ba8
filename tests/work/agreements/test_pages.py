"""The pages: what each shows, to whom, what forms do, and that pages ask a fixed number of questions."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.cast import Cast
from tests.work.agreements import making
from tettpaa.core.audit.queries import events
from tettpaa.work.agreements import actions
from tettpaa.work.agreements.enums import Side, State, Status
from tettpaa.work.agreements.models import Agreement, Commitment

type ClientOf = Callable[[str], Client]

CANARY = "<b>Kanarifugl & «sang»</b>"
PROMISE = {
    "version": "1", "side": "school", "what": "lese mer", "why": "", "why_goal": "", "who": "Rektor", "role": "principal",
    "due_on": "2026-09-01", "sign": "flere leser", "answers": "", "as_initiative": "on",
}  # fmt: skip


def url(name: str, agreement: Agreement, **more: Any) -> str:
    return reverse(f"agreements:{name}", kwargs=making.place(agreement, **more))


def page(client: Client, name: str, agreement: Agreement, status: int = 200, **more: Any) -> str:
    query = more.pop("query", "")
    answer = client.get(url(name, agreement, **more) + query)
    assert answer.status_code == status, (name, answer.status_code)
    return answer.content.decode()


def post(client: Client, name: str, agreement: Agreement, data: dict[str, Any], **more: Any) -> Any:
    return client.post(url(name, agreement, **more), data | {"once": uuid4().hex}, follow=True)


def test_the_agreement_in_force(cast: Cast, client_of: ClientOf) -> None:
    agreement = making.in_force(cast, goal=making.a_goal(cast), annex=True)
    text = page(client_of("aud"), "agreement", agreement)
    assert "Nes skole og skoleeier har lovet hverandre tre ting." in text
    assert (text.count('<circle cx="57"'), text.count('class="open"')) == (1, 1)
    assert text.count("Sen: frist") == 3
    assert "I kraft, sjekkpunkt nå" in text
    assert agreement.versions.get().fingerprint in text
    assert "Åpne vedlegget" in text
    assert "To elever i gruppa" not in text
    assert 'aria-label="Den røde tråden"' in text
    assert text.count('class="ds-button" href') == 1


def test_each_role_gets_its_own_next_step(cast: Cast, client_of: ClientOf) -> None:
    agreement = making.draft(cast)
    assert "Skriv et mål" in page(client_of("aud"), "agreement", agreement)
    making.add_goal(agreement)
    assert "Vi er ferdige med å forhandle" in page(client_of("arne"), "agreement", agreement)
    post(client_of("arne"), "move", agreement, {"step": "negotiate"})
    assert "Skriv hvem som er hørt" in page(client_of("aud"), "agreement", agreement)
    assert "Skriv hvem" not in page(client_of("liv"), "agreement", agreement)
    text = making.wording(agreement)
    actions.write_terms(wording=text, values={"not_heard": "Ferie"}, version=text.version, by="t")
    post(client_of("aud"), "move", agreement, {"step": "consulted"})
    assert "Les og signer" in page(client_of("aud"), "agreement", agreement)
    assert "Tilbake til forhandling" in page(client_of("berit"), "agreement", agreement)
    making.sign_school(agreement)
    assert "Les og signer" in page(client_of("berit"), "agreement", agreement)
    assert "Åpne teksten igjen" in page(client_of("aud"), "agreement", agreement)
    post(client_of("aud"), "move", agreement, {"step": "reopen", "reason": "Feil"})
    assert making.wording(agreement).state == "negotiated"
    post(client_of("aud"), "move", agreement, {"step": "draft"})
    post(client_of("aud"), "move", agreement, {"step": "drop", "reason": "Nei"})
    assert Agreement.objects.get(pk=agreement.pk).state == "terminated"
    assert "Det ble ikke noe av avtalen" in page(client_of("aud"), "agreement", agreement)


def test_a_step_that_cannot_be_taken_says_what_is_lacking(cast: Cast, client_of: ClientOf) -> None:
    agreement = making.draft(cast)
    answer = post(client_of("aud"), "move", agreement, {"step": "negotiate"})
    assert "Avtalen trenger minst ett mål." in answer.content.decode()
    answer = post(client_of("aud"), "move", agreement, {"step": "reopen"})
    assert "Noen andre har alt tatt et steg" in answer.content.decode()
    answer = post(client_of("aud"), "move", agreement, {"step": "tull"})
    assert "Velg et steg" in answer.content.decode()
    empty = making.draft(cast, source="a:2", rows=[actions.NewCommitment(Side.OWNER, "hjelpe")])
    assert "Skriv hva skolen lover" in page(client_of("aud"), "agreement", empty)


@pytest.mark.parametrize("name", ["fia", "odd", "tor", "dag", "unn", "carl", "vera"])
def test_the_open_part_is_for_all_and_holds_no_more(cast: Cast, client_of: ClientOf, name: str) -> None:
    agreement = making.in_force(cast, annex=True, background="Bakgrunnen vår")
    row = Commitment.objects.get(wording__agreement=agreement, wording__state="in_force", number=2)
    actions.report_status(commitment=row, status=Status.LATE, note="Ingen søkte", by="berit@example.test")
    text = page(client_of(name), "agreement", agreement)
    for shown in (
        "ha to lærere i lesetimene",
        "gi skolen 20 % lesespesialist",
        "Sen: frist",
        "FAU",
        "Lesetimene kom inn",
    ):
        assert shown in text
    for hidden in (
        "Bakgrunnen vår",
        "Ingen søkte",
        "FAU ønsker",
        "To elever i gruppa",
        "forpliktende",
        "Forpliktende",
    ):
        assert hidden not in text
    assert page(client_of("aud"), "open_part", agreement).count("<h2") == text.count("<h2")


@pytest.mark.parametrize("name", ["fia", "carl", "dag", "vera", "eva", "siv"])
def test_nobody_else_sees_a_draft(cast: Cast, client_of: ClientOf, name: str) -> None:
    agreement = making.draft(cast)
    making.add_goal(agreement)
    client = client_of(name)
    for route in ("agreement", "open_part", "text", "annex", "signing", "terms", "end"):
        page(client, route, agreement, 404)
    for route, data in (("move", {"step": "negotiate"}), ("change", {})):
        assert client.post(url(route, agreement), data).status_code == 404
    row = making.wording(agreement).commitments.all()[0]
    assert client.post(url("line", agreement, kind="lofte", row=row.pk), PROMISE).status_code == 404
    assert client.post(url("remove_line", agreement, kind="lofte", row=row.pk)).status_code == 404
    assert (
        client.post(reverse("agreements:new", kwargs={"owner": "9901", "school": "F00000001"})).status_code
        == 404
    )


def test_an_agreement_is_found_only_under_its_own_school(cast: Cast, client_of: ClientOf) -> None:
    agreement = making.in_force(cast)
    for wrong in ({"school": "F00000002"}, {"owner": "9902", "school": "U00000001"}):
        kwargs = making.place(agreement) | wrong
        for name in ("berit", "eva"):
            assert client_of(name).get(reverse("agreements:agreement", kwargs=kwargs)).status_code == 404
    other = making.draft(cast, source="a:2")
    row = making.wording(other).commitments.all()[0]
    page(client_of("berit"), "promise", agreement, 404, row=row.pk)
    page(client_of("berit"), "line", agreement, 404, kind="lofte", row=row.pk)
    page(
        client_of("berit"),
        "checkpoint",
        agreement,
        404,
        checkpoint=making.wording(other).checkpoints.all()[0].pk,
    )


def test_a_look_at_the_annex_is_written_down(cast: Cast, client_of: ClientOf) -> None:
    agreement = making.in_force(cast, annex=True)
    assert "To elever i gruppa" in page(client_of("kai"), "annex", agreement)
    page(client_of("arne"), "annex", agreement, 404)
    page(client_of("liv"), "annex", agreement, 404)
    looks = [(e.by, e.subject_key) for e in events(owner="9901") if e.kind == "agreements.annex_read"]
    assert looks == [("kai@example.test", str(agreement.pk))]


def test_writing_the_annex_needs_both_permissions(cast: Cast, client_of: ClientOf) -> None:
    agreement = making.draft(cast)
    data = {"heading": "Personer", "text": "Hemmelig", "basis": "offl23"}
    page(client_of("kai"), "new_paragraph", agreement, 404)
    assert client_of("arne").post(url("new_paragraph", agreement), data).status_code == 404
    answer = post(client_of("aud"), "new_paragraph", agreement, data)
    assert "Skriv når merinnsyn ble vurdert" in answer.content.decode()
    weighed = data | {"weighed_on": "2026-01-06", "weighed": "Ikke gitt"}
    answer = post(client_of("aud"), "new_paragraph", agreement, weighed)
    assert "Hemmelig" in answer.content.decode()
    row = making.wording(agreement).annexparagraphs.get()
    post(client_of("berit"), "paragraph", agreement, weighed | {"version": "1", "text": "Mindre"}, row=row.pk)
    assert "Mindre" in page(client_of("berit"), "paragraph", agreement, row=row.pk)
    page(client_of("berit"), "line", agreement, 404, kind="vedlegg", row=row.pk)
    post(client_of("berit"), "remove_paragraph", agreement, {}, row=row.pk)
    assert not making.wording(agreement).annexparagraphs.exists()
    looks = [e.by for e in events(owner="9901") if e.kind == "agreements.annex_read"]
    assert "berit@example.test" in looks


def test_a_new_agreement_and_its_lines(cast: Cast, client_of: ClientOf) -> None:
    goal = making.a_goal(cast)
    client = client_of("aud")
    new = reverse("agreements:new", kwargs={"owner": "9901", "school": "F00000001"})
    assert "Begynn på avtalen" in client.get(new).content.decode()
    assert client.post(new, {"kind": "secret"}).status_code == 200
    sent = {"kind": "support", "title": CANARY, "starts_on": "2026-01-05", "once": "a"}
    client.post(new, sent)
    client.post(new, sent)
    agreement = Agreement.objects.get()
    assert (agreement.kind, agreement.state) == ("support", "draft")
    assert "<b>Kanarifugl" not in page(client, "agreement", agreement)
    assert "Skoleeier" in page(client, "new_line", agreement, kind="lofte", query="?side=owner")
    post(client, "new_line", agreement, PROMISE | {"what": CANARY, "why_goal": str(goal.pk)}, kind="lofte")
    mine = making.wording(agreement).commitments.get()
    answering = PROMISE | {
        "side": "owner",
        "what": "gi tid",
        "role": "head_of_schools",
        "answers": str(mine.pk),
    }
    post(client, "new_line", agreement, answering, kind="lofte")
    mine.refresh_from_db()
    assert (mine.pair, mine.why_goal, mine.as_initiative) == (1, goal, True)
    post(client, "new_line", agreement, {"text": "Mål uten tall"}, kind="maal")
    assert not making.wording(agreement).agreementgoals.exists()
    post(
        client,
        "new_line",
        agreement,
        {"text": "Flere leser", "sign": CANARY, "goal": str(goal.pk)},
        kind="maal",
    )
    post(client, "new_line", agreement, {"need": CANARY, "who": "Lærerne"}, kind="kompetanse")
    post(client, "new_line", agreement, {"due_on": "2026-05-05", "about": CANARY}, kind="sjekkpunkt")
    heard = {"name": CANARY, "heard_on": "2026-01-09", "said": CANARY}
    post(client, "new_line", agreement, heard, kind="hort")
    assert not making.wording(agreement).consultations.exists()
    post(client, "new_line", agreement, heard | {"changed": CANARY}, kind="hort")
    post(client, "new_line", agreement, {"name": ""}, kind="hort")
    text = page(client, "agreement", agreement)
    assert "Kanarifugl" in text
    assert "<b>Kanarifugl" not in text
    counts = [
        making.wording(agreement).agreementgoals.count(),
        making.wording(agreement).consultations.count(),
    ]
    assert counts == [1, 1]
    page(client, "new_line", agreement, 404, kind="tull")


def test_lines_are_changed_and_taken_out(cast: Cast, client_of: ClientOf) -> None:
    agreement = making.draft(cast, goal=making.a_goal(cast))
    goal = making.add_goal(agreement, making.a_goal(cast))
    client = client_of("berit")
    row = making.wording(agreement).commitments.get(number=1)
    text = page(client, "line", agreement, kind="lofte", row=row.pk)
    assert 'value="ha to lærere i lesetimene"' in text
    post(client, "line", agreement, PROMISE | {"what": "ha tre lærere"}, kind="lofte", row=row.pk)
    assert making.wording(agreement).commitments.get(number=1).what == "ha tre lærere"
    assert "eu_stotte_laerer:7" in page(client, "line", agreement, kind="maal", row=goal.pk)
    kept = {
        "version": "1",
        "text": "Nytt",
        "measure": "eu_stotte_laerer:7",
        "target": "4,3",
        "target_on": "2026-11-01",
    }
    post(client, "line", agreement, kept, kind="maal", row=goal.pk)
    goal.refresh_from_db()
    assert (goal.text, goal.target, goal.baseline) == ("Nytt", 4.3, making.BASELINE)
    answer = post(client, "line", agreement, kept | {"version": "2", "target": ""}, kind="maal", row=goal.pk)
    assert "Skriv hvilken verdi dere vil nå." in answer.content.decode()
    post(client, "line", agreement, {"version": "2", "text": "Nytt", "sign": "ro"}, kind="maal", row=goal.pk)
    goal.refresh_from_db()
    assert (goal.indicator, goal.baseline, goal.target) == ("", {}, None)
    post(client, "remove_line", agreement, {}, kind="maal", row=goal.pk)
    assert not making.wording(agreement).agreementgoals.exists()
    answer = post(
        client,
        "terms",
        agreement,
        {"version": "1", "title": "Ny", "starts_on": "2026-02-01", "ends_on": "2026-01-01"},
    )
    assert "Avtalen må slutte etter at den begynner." in answer.content.decode()
    post(
        client,
        "terms",
        agreement,
        {"version": "1", "title": "Ny", "starts_on": "2026-02-01", "ends_on": "2026-12-01"},
    )
    assert Agreement.objects.get(pk=agreement.pk).title == "Ny"


def test_two_who_write_at_once_lose_nothing(cast: Cast, client_of: ClientOf) -> None:
    agreement = making.draft(cast)
    row = making.wording(agreement).commitments.get(number=1)
    post(client_of("berit"), "line", agreement, PROMISE | {"what": "Berits ord"}, kind="lofte", row=row.pk)
    where = url("line", agreement, kind="lofte", row=row.pk)
    answer = client_of("aud").post(where, PROMISE | {"what": "Auds ord", "once": "x"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Berits ord" in text
    assert 'value="Auds ord"' in text
    assert 'name="version" value="2"' in text
    assert making.wording(agreement).commitments.get(number=1).what == "Berits ord"
    client_of("aud").post(where, PROMISE | {"what": "Auds ord", "version": "2", "once": "x"})
    assert making.wording(agreement).commitments.get(number=1).what == "Auds ord"
    frame = {"title": "A", "starts_on": "2026-02-01", "ends_on": "2026-12-01"}
    post(client_of("berit"), "terms", agreement, frame | {"version": "1"})
    answer = client_of("aud").post(
        url("terms", agreement), frame | {"version": "1", "title": "B", "once": "y"}
    )
    assert answer.status_code == 409


def test_what_is_signed_cannot_be_written_by_a_form_left_open(cast: Cast, client_of: ClientOf) -> None:
    agreement = making.ready(cast)
    row = making.wording(agreement).commitments.get(number=1)
    making.sign_school(agreement)
    for name, data, more in (
        ("line", PROMISE, {"kind": "lofte", "row": row.pk}),
        ("remove_line", {}, {"kind": "lofte", "row": row.pk}),
        ("terms", {"version": "1", "title": "X", "starts_on": "2026-02-01", "ends_on": "2026-12-01"}, {}),
    ):
        answer = post(client_of("aud"), name, agreement, data, **more)
        assert "Teksten er signert eller lukket" in answer.content.decode()
    assert making.wording(agreement).commitments.get(number=1).what == "ha to lærere i lesetimene"


def test_each_side_tells_of_its_own_promises(cast: Cast, client_of: ClientOf) -> None:
    agreement = making.in_force(cast)
    school, owner, _alone = Commitment.objects.filter(wording__agreement=agreement)
    page(client_of("aud"), "promise", agreement, 404, row=owner.pk)
    page(client_of("berit"), "promise", agreement, 404, row=school.pk)
    assert "Hvordan går det med at skolen skal ha to lærere" in page(
        client_of("aud"), "promise", agreement, row=school.pk
    )
    answer = post(client_of("aud"), "promise", agreement, {"status": "not_done"}, row=school.pk)
    assert "Skriv hvorfor det ikke blir gjort." in answer.content.decode()
    answer = post(
        client_of("aud"), "promise", agreement, {"status": "not_done", "note": "Sykdom"}, row=school.pk
    )
    assert "Ikke gjort" in answer.content.decode()
    assert "Sykdom" in page(client_of("berit"), "agreement", agreement)
    assert "skoleeier skal" in page(client_of("arne"), "promise", agreement, row=owner.pk)
    actions.end_agreement(agreement=agreement, to=State.TERMINATED, reason="x", by="t")
    answer = post(client_of("berit"), "promise", agreement, {"status": "done"}, row=owner.pk)
    assert "ikke lenger i kraft" in answer.content.decode()


def test_a_checkpoint_on_the_page(cast: Cast, client_of: ClientOf) -> None:
    agreement = making.in_force(cast)
    point = making.wording(agreement).checkpoints.all()[0]
    here = {"checkpoint": point.pk}
    assert "Skoleeier sier" not in page(client_of("aud"), "checkpoint", agreement, **here)
    post(
        client_of("aud"),
        "checkpoint",
        agreement,
        {"version": "1", "school_says": CANARY, "owner_says": "jeg"},
        **here,
    )
    point.refresh_from_db()
    assert (point.school_says, point.owner_says) == (CANARY, "")
    answer = post(
        client_of("berit"), "hold", agreement, {"outcome": "on_track", "held_on": "2026-02-23"}, **here
    )
    assert "Begge sider må ha skrevet noe" in answer.content.decode()
    answer = client_of("berit").post(
        url("checkpoint", agreement, **here), {"version": "1", "owner_says": "Vi", "once": "q"}
    )
    assert answer.status_code == 409
    post(client_of("berit"), "checkpoint", agreement, {"version": "2", "owner_says": "Vi"}, **here)
    answer = post(client_of("berit"), "hold", agreement, {"outcome": "tull"}, **here)
    assert "Velg hva dere kom til" in answer.content.decode()
    post(client_of("berit"), "hold", agreement, {"outcome": "adjusted", "held_on": "2026-02-23"}, **here)
    text = page(client_of("aud"), "agreement", agreement)
    assert "Avtalen justeres" in text
    assert "<b>Kanarifugl" not in text
    assert "Sjekkpunktet ble holdt" in page(client_of("aud"), "checkpoint", agreement, **here)
    answer = post(client_of("aud"), "checkpoint", agreement, {"version": "4", "school_says": "Nei"}, **here)
    assert "alt holdt" in answer.content.decode()
    answer = post(
        client_of("aud"), "hold", agreement, {"outcome": "adjusted", "held_on": "2026-02-23"}, **here
    )
    assert "alt holdt" in answer.content.decode()


def test_the_owner_ends_an_agreement(cast: Cast, client_of: ClientOf) -> None:
    agreement = making.in_force(cast)
    page(client_of("aud"), "end", agreement, 404)
    assert "Hva ble det av avtalen?" in page(client_of("berit"), "end", agreement)
    answer = post(client_of("berit"), "end", agreement, {"to": "fulfilled"})
    assert "Noen løfter er ikke gjort ennå" in answer.content.decode()
    answer = post(client_of("berit"), "end", agreement, {"to": "closed", "evaluation": CANARY})
    assert "Avsluttet med vurdering" in answer.content.decode()
    assert "<b>Kanarifugl" not in answer.content.decode()
    answer = post(client_of("berit"), "end", agreement, {"to": "terminated", "reason": "x"})
    assert "kan ikke avsluttes slik nå" in answer.content.decode()
    assert "Kanarifugl" not in page(client_of("fia"), "agreement", agreement)


def changed(cast: Cast, client_of: ClientOf) -> Agreement:
    agreement = making.in_force(cast, goal=making.a_goal(cast), annex=True)
    post(client_of("aud"), "change", agreement, {})
    row = making.wording(agreement).commitments.get(number=1)
    post(client_of("aud"), "line", agreement, PROMISE | {"what": row.what}, kind="lofte", row=row.pk)
    return agreement


def test_a_change_beside_the_version_in_force(cast: Cast, client_of: ClientOf) -> None:
    agreement = changed(cast, client_of)
    assert "En ny versjon er på vei" in page(client_of("berit"), "agreement", agreement)
    assert "1.\u00a0februar 2026" in page(client_of("berit"), "agreement", agreement)
    assert "1.\u00a0september 2026" in page(client_of("berit"), "text", agreement)
    assert "1.\u00a0september 2026" not in page(client_of("fia"), "agreement", agreement)
    text = making.wording(agreement)
    actions.write_terms(wording=text, values={"changes": "Ny frist"}, version=text.version, by="t")
    row = making.wording(agreement).annexparagraphs.get()
    assert "To elever" in page(client_of("aud"), "annex", agreement, query="?tekst=ny")
    type(row).objects.filter(pk=row.pk).update(text="Tre elever")
    making.to_consulted(agreement)
    making.sign_both(agreement, date(2026, 3, 1))
    text_of = page(client_of("liv"), "difference", agreement, number=2)
    for shown in (
        "Ny frist",
        "1.\u00a0februar 2026",
        "1.\u00a0september 2026",
        "Det avgrensede vedlegget er endret.",
    ):
        assert shown in text_of
    assert "Tre elever" not in text_of
    page(client_of("liv"), "difference", agreement, 404, number=1)
    page(client_of("liv"), "version", agreement, 404, number=3)
    assert "1.\u00a0februar 2026" in page(client_of("liv"), "version", agreement, number=1)
    page(client_of("aud"), "text", agreement, 404)


def test_a_version_the_owner_never_signed_says_so(cast: Cast, client_of: ClientOf) -> None:
    agreement = making.ready(cast)
    making.sign_school(agreement)
    actions.reopen(wording=making.wording(agreement), reason="", by="t")
    actions.consulted(wording=making.wording(agreement), by="t")
    making.sign_both(agreement)
    assert "Den har aldri vært i kraft" in page(client_of("aud"), "version", agreement, number=1)
    assert "Signert av skolen, ikke av skoleeier." in page(client_of("aud"), "agreement", agreement)
    page(client_of("aud"), "difference", agreement, 404, number=2)


def test_a_change_of_what_is_not_in_force_is_refused(cast: Cast, client_of: ClientOf) -> None:
    agreement = making.draft(cast)
    answer = post(client_of("aud"), "change", agreement, {})
    assert "Bare en avtale som er i kraft kan endres." in answer.content.decode()


def listed(client: Client, query: str = "") -> str:
    return client.get("/9901/avtaler/" + query).content.decode()


def test_the_list(cast: Cast, client_of: ClientOf) -> None:
    assert "Her kommer avtalene" in listed(client_of("berit"))
    making.draft(cast, title="Et utkast")
    assert "Ingen avtaler er i kraft ennå" in listed(client_of("berit"))
    agreement = making.in_force(cast, title="Den gode avtalen", source="a:2")
    text = listed(client_of("berit"))
    for shown in (
        "Den gode avtalen",
        "Et utkast",
        "Skoleeier er sen med 2",
        "Skolen er sen med 1",
        "Vik skole",
    ):
        assert shown in text
    open_list = listed(client_of("fia"))
    assert "Den gode avtalen" in open_list
    assert "Et utkast" not in open_list
    assert "orpliktende" not in open_list
    for number in (1, 2, 3):
        row = Commitment.objects.get(wording__agreement=agreement, wording__state="in_force", number=number)
        actions.report_status(commitment=row, status=Status.DONE, by="t")
    assert "Én avtale er i kraft, og ingen løfter er sene" in listed(client_of("berit"))
    actions.end_agreement(agreement=agreement, to=State.FULFILLED, by="t")
    assert "Den gode avtalen" not in listed(client_of("berit"))
    assert "Den gode avtalen" in listed(client_of("berit"), "?vis=avsluttede")


@pytest.mark.parametrize("where", ["list", "agreement"])
def test_a_page_asks_a_fixed_number_of_questions(cast: Cast, client_of: ClientOf, where: str) -> None:
    goal = making.a_goal(cast)
    agreement = making.in_force(cast, goal=goal, source="a:1")
    client = client_of("berit")
    address = "/9901/avtaler/" if where == "list" else url("agreement", agreement)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in (2, 3):
        making.in_force(cast, goal=goal, source=f"a:{number}", school=cast.vik)
    actions.open_change(agreement=agreement, by="t")
    for _turn in range(3):
        making.add_goal(agreement, goal)
    actions.drop(wording=making.wording(agreement), reason="", by="t")
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) == len(one)
