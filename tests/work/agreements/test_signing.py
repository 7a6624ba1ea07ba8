"""Signing: what is sealed, who may, in which order, and that the database keeps it."""

import json
from collections.abc import Callable
from datetime import date
from urllib.parse import quote

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.cast import Cast
from tests.work.agreements import making
from tettpaa.core.audit.queries import events
from tettpaa.core.audit.seal import fingerprint
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.orgs.actions import give_role
from tettpaa.work.agreements import actions
from tettpaa.work.agreements.actions import ChangedError, SamePersonError, Signer
from tettpaa.work.agreements.enums import LineKind, Side, Status
from tettpaa.work.agreements.models import Agreement, AgreementVersion, Signature
from tettpaa.work.initiatives.models import Initiative
from tettpaa.work.yearwheel.models import Task

type ClientOf = Callable[[str], Client]


def test_both_sign_and_everything_begins_at_once(cast: Cast) -> None:
    goal = making.a_goal(cast)
    agreement = making.in_force(cast, goal=goal)
    version = agreement.versions.get()
    assert (agreement.state, agreement.in_force, version.number) == ("in_force", 1, 1)
    signatures = [(s.side, s.role, s.by, s.method, s.fingerprint) for s in version.signatures.all()]
    assert signatures == [
        ("school", "principal", "aud@example.test", "password", version.fingerprint),
        ("owner", "head_of_schools", "berit@example.test", "second_factor", version.fingerprint),
    ]
    assert version.fingerprint == fingerprint(version.text)
    content = json.loads(version.text)
    assert content["commitments"][0]["goal"] == {"id": str(goal.pk), "text": goal.text}
    assert content["goals"][0]["baseline"] == making.BASELINE
    rows = making.wording(agreement).commitments.all()
    started = [
        (r.initiative and (r.initiative.title, r.initiative.school, r.initiative.source)) for r in rows
    ]
    assert started == [
        ("ha to lærere i lesetimene", cast.nes, f"agreements.commitment:{rows[0].line}"),
        ("gi skolen 20 % lesespesialist", None, f"agreements.commitment:{rows[1].line}"),
        None,
    ]
    mine = Task.objects.filter(source__startswith="agreements.").order_by("due_on")
    assert [(t.due_on, t.role, t.school) for t in mine] == [
        (date(2026, 2, 23), "principal", cast.nes),
        (date(2026, 7, 6), "principal", cast.nes),
        (date(2026, 10, 1), "adviser", None),
        (date(2027, 1, 4), "principal", cast.nes),
    ]
    kinds = [event.kind for event in events(owner="9901")]
    assert (kinds.count("agreements.version_signed"), kinds.count("agreements.version_in_force")) == (2, 1)


def test_no_words_of_the_agreement_are_in_the_trail(cast: Cast) -> None:
    making.in_force(cast, annex=True)
    mine = [e for e in events(owner="9901") if e.kind.startswith("agreements.")]
    said = json.dumps([[e.subject, e.detail] for e in mine], ensure_ascii=False)
    for word in ("lesetimene", "To elever", "FAU", "example.test", "hjelp"):
        assert word not in said


def test_the_school_signs_first_and_each_side_once(cast: Cast) -> None:
    agreement = making.draft(cast)
    with pytest.raises(NotAllowedError):
        actions.sign(agreement=agreement, signer=making.school_signer(), seen="0" * 64)
    agreement = making.ready(cast, source="x:1")
    with pytest.raises(NotAllowedError):
        actions.sign(agreement=agreement, signer=making.owner_signer(), seen="0" * 64)
    making.sign_school(agreement)
    with pytest.raises(NotAllowedError):
        actions.sign(agreement=agreement, signer=making.school_signer(), seen="0" * 64)
    assert Signature.objects.count() == 1
    assert Agreement.objects.get(pk=agreement.pk).state == "signed_school"


def test_the_same_person_cannot_sign_for_both(cast: Cast) -> None:
    agreement = making.ready(cast)
    making.sign_school(agreement)
    with pytest.raises(SamePersonError):
        actions.sign(
            agreement=agreement,
            signer=making.owner_signer("aud@example.test"),
            seen=making.seen(agreement, Side.OWNER),
        )
    version = AgreementVersion.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            version=version, side="owner", role="head_of_schools", by="aud@example.test", at=timezone.now(),
            method="x", fingerprint=version.fingerprint,
        )  # fmt: skip
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("what", ["row", "terms", "annex"])
def test_a_text_that_changed_after_it_was_seen_is_not_signed(cast: Cast, what: str) -> None:
    agreement = making.ready(cast, annex=True)
    saw = making.seen(agreement, Side.SCHOOL)
    text = making.wording(agreement)
    match what:
        case "row":
            text.commitments.filter(number=1).update(what="noe annet")
        case "terms":
            type(text).objects.filter(pk=text.pk).update(next_step="noe annet")
        case _:
            text.annexparagraphs.update(text="noe annet")
    with pytest.raises(ChangedError):
        actions.sign(agreement=agreement, signer=making.school_signer(), seen=saw)
    assert (AgreementVersion.objects.count(), Signature.objects.count()) == (0, 0)


def test_the_owner_signs_what_the_school_signed_and_nothing_else(cast: Cast) -> None:
    agreement = making.ready(cast)
    making.sign_school(agreement)
    with pytest.raises(ChangedError):
        actions.sign(agreement=agreement, signer=making.owner_signer(), seen="0" * 64)
    assert Agreement.objects.get(pk=agreement.pk).in_force == 0


@pytest.mark.parametrize("table", ["agreements_agreementversion", "agreements_signature"])
def test_the_database_refuses_to_change_what_was_signed(cast: Cast, table: str) -> None:
    making.in_force(cast)
    for statement in (f"UPDATE {table} SET fingerprint = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)


def test_a_living_agreement_without_a_version_is_refused_by_the_database(cast: Cast) -> None:
    agreement = making.draft(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(state="in_force")


def test_the_annex_has_a_fingerprint_and_is_not_in_the_text(cast: Cast) -> None:
    agreement = making.in_force(cast, annex=True)
    version = agreement.versions.get()
    assert "To elever i gruppa" in version.annex_text
    assert "To elever i gruppa" not in version.text
    assert json.loads(version.text)["annex"] == version.annex_fingerprint == fingerprint(version.annex_text)


def changed(cast: Cast) -> Agreement:
    """In force, with a change open where the first promise has a new date and the third is gone."""
    agreement = making.in_force(cast, goal=making.a_goal(cast))
    actions.open_change(agreement=agreement, by="aud@example.test", on=date(2026, 6, 1))
    text = making.wording(agreement)
    first, _second, third = text.commitments.all()
    actions.write_line(
        wording=text, kind=LineKind.COMMITMENT, row=first.pk, version=first.version,
        values={"due_on": date(2026, 9, 1)}, by="aud@example.test",
    )  # fmt: skip
    actions.remove_line(wording=text, kind=LineKind.COMMITMENT, row=third.pk, by="aud@example.test")
    fresh = making.wording(agreement)
    actions.write_terms(
        wording=fresh, values={"changes": "Fristen er flyttet"}, version=fresh.version, by="aud@example.test"
    )
    return agreement


def test_the_old_version_holds_until_both_have_signed_the_new(cast: Cast) -> None:
    agreement = changed(cast)
    making.to_consulted(agreement)
    making.sign_school(agreement, date(2026, 6, 12))
    found = Agreement.objects.get(pk=agreement.pk)
    assert (found.state, found.in_force) == ("in_force", 1)
    assert Task.objects.get(source__startswith="agreements.commitment").state != "dropped"
    actions.sign(
        agreement=agreement, signer=making.owner_signer(), seen=making.seen(agreement, Side.OWNER),
        at=making.at(date(2026, 6, 15)),
    )  # fmt: skip
    found = Agreement.objects.get(pk=agreement.pk)
    assert (found.state, found.in_force) == ("adjusted", 2)
    assert [w.state for w in found.wordings.all()] == ["replaced", "in_force"]
    assert Task.objects.get(source__startswith="agreements.commitment").state == "dropped"
    assert Initiative.objects.count() == 2


def test_what_was_said_of_a_promise_follows_it_into_the_new_version(cast: Cast) -> None:
    agreement = changed(cast)
    old = agreement.wordings.get(number=1).commitments.get(number=2)
    actions.report_status(commitment=old, status=Status.DONE, by="berit@example.test", on=date(2026, 6, 2))
    making.to_consulted(agreement)
    making.sign_both(agreement, date(2026, 6, 12))
    new = making.wording(agreement).commitments.get(number=2)
    assert (new.line, new.status, new.status_on, new.initiative) == (
        old.line, "done", date(2026, 6, 2), Initiative.objects.get(source__endswith=str(old.line)),
    )  # fmt: skip


def test_a_change_says_what_is_new_and_only_one_is_open(cast: Cast) -> None:
    agreement = making.in_force(cast)
    first = actions.open_change(agreement=agreement, by="aud@example.test")
    again = actions.open_change(agreement=agreement, by="berit@example.test")
    assert first.pk == again.pk
    actions.negotiate(wording=first, by="aud@example.test")
    text = making.wording(agreement)
    actions.write_terms(
        wording=text, values={"not_heard": "Bare en dato"}, version=text.version, by="aud@example.test"
    )
    with pytest.raises(actions.NotCompleteError, match="changes"):
        actions.consulted(wording=making.wording(agreement), by="aud@example.test")
    actions.drop(wording=making.wording(agreement), reason="", by="aud@example.test")
    found = Agreement.objects.get(pk=agreement.pk)
    assert (found.state, found.in_force, found.ended_on) == ("in_force", 1, None)


def test_a_draft_cannot_be_changed_as_if_it_were_in_force(cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        actions.open_change(agreement=making.draft(cast), by="aud@example.test")


# --- by the page -------------------------------------------------------------------------------------------------


def signing(agreement: Agreement) -> str:
    return reverse("agreements:signing", kwargs=making.place(agreement))


SECRET = "langt-passord-99"


@pytest.fixture
def proved(cast: Cast, client_of: ClientOf) -> Callable[[str], Client]:
    """Somebody who has given the password once more a moment ago."""

    def prove(name: str) -> Client:
        user = cast.users[name]
        user.set_password(SECRET)
        user.save()
        client = client_of(name)
        assert client.post("/konto/reauthenticate/", {"password": SECRET}).status_code == 302
        return client

    return prove


def test_signing_asks_who_you_are_once_more(cast: Cast, client_of: ClientOf) -> None:
    agreement = making.ready(cast)
    cast.users["aud"].set_password(SECRET)
    cast.users["aud"].save()
    client = client_of("aud")
    sent = {"seen": making.seen(agreement, Side.SCHOOL), "back": signing(agreement), "once": "a"}
    answer = client.post(signing(agreement), sent)
    assert answer["Location"] == f"/konto/reauthenticate/?next={quote(signing(agreement), safe='')}"
    assert Signature.objects.count() == 0
    client.post("/konto/reauthenticate/", {"password": SECRET})
    client.post(signing(agreement), sent)
    assert Signature.objects.count() == 1


def test_both_sign_on_the_page(cast: Cast, proved: Callable[[str], Client]) -> None:
    agreement = making.ready(cast, annex=True)
    for name, side in (("aud", Side.SCHOOL), ("berit", Side.OWNER)):
        client = proved(name)
        seen = making.seen(agreement, side)
        text = client.get(signing(agreement)).content.decode()
        assert seen in text
        assert "To elever i gruppa" in text
        assert client.post(signing(agreement), {"seen": seen, "once": name}).status_code == 302
        client.post(signing(agreement), {"seen": seen, "once": name})
    found = Agreement.objects.get(pk=agreement.pk)
    assert (found.state, Signature.objects.count()) == ("in_force", 2)
    assert [s.method for s in Signature.objects.order_by("at")] == ["password", "password"]
    looks = [e.by for e in events(owner="9901") if e.kind == "agreements.annex_read"]
    assert looks == ["berit@example.test", "aud@example.test"]


def test_the_page_refuses_a_text_that_changed_and_a_side_that_has_no_turn(
    cast: Cast, proved: Callable[[str], Client]
) -> None:
    agreement = making.ready(cast)
    saw = making.seen(agreement, Side.SCHOOL)
    making.wording(agreement).commitments.filter(number=1).update(what="noe annet")
    text = proved("aud").post(signing(agreement), {"seen": saw}, follow=True).content.decode()
    assert "Teksten ble endret mens du leste" in text
    text = proved("berit").post(signing(agreement), {"seen": saw}, follow=True).content.decode()
    assert "Det er ingenting for deg å signere her nå" in text
    proved("aud").post(signing(agreement), {"seen": "tull"})
    assert Signature.objects.count() == 0


def test_one_person_with_both_roles_is_told_that_another_must_sign(
    cast: Cast, proved: Callable[[str], Client]
) -> None:
    give_role(
        user=cast.users["aud"], unit=cast.fjordvik, role="head_of_schools", starts_on=date(2020, 8, 1), by="t"
    )
    agreement = making.ready(cast)
    making.sign_school(agreement)
    answer = proved("aud").post(signing(agreement), {"seen": making.seen(agreement, Side.OWNER)}, follow=True)
    assert "En annen må signere her" in answer.content.decode()
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("name", ["arne", "liv", "carl", "fia", "dag", "kai", "vera", "eva", "siv"])
def test_only_principal_and_head_of_schools_come_to_the_signing(
    cast: Cast, client_of: ClientOf, name: str
) -> None:
    agreement = making.ready(cast)
    assert client_of(name).get(signing(agreement)).status_code == 404
    answer = client_of(name).post(signing(agreement), {"seen": making.seen(agreement, Side.SCHOOL)})
    assert answer.status_code == 404
    assert Signature.objects.count() == 0


def test_a_signer_is_a_plain_value() -> None:
    assert Signer(Side.SCHOOL, "principal", "a@b", "password").side is Side.SCHOOL
