"""A teacher's further education walked by those whose steps they are: applied, ranked, granted, passed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.factories.cast import Cast
from tests.work.funds.nursery import at, call_of, employ, spoken, teach
from tettpaa.core.jobs.models import Job
from tettpaa.work.competence.models import Qualification
from tettpaa.work.funds import tasks
from tettpaa.work.funds.models import Application, Call

pytestmark = pytest.mark.django_db
type SignIn = Callable[[str], Client]


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def post_letters() -> None:
    for job in Job.objects.filter(kind="funds.tell"):
        tasks.tell(job.arguments, lambda _done, _total: None)


def apply(call: Call, client_of: SignIn) -> Application:
    """Carl talks with Aud, applies and sends; Aud says what the school needs."""
    carl, aud = client_of("carl"), client_of("aud")
    carl.post(
        at("apply", call.pk),
        {
            "title": "Engelsk 1",
            "institution": "Høgskolen",
            "subject": "engelsk",
            "credits": "30",
            "first_choice": "substitute",
            "talked_on": "2026-02-01",
        },
    )
    made = Application.objects.get(employee__email="carl@example.test")
    carl.post(at("submit", made.pk))
    aud.post(at("speak", made.pk), {"supports": "ja", "words": "Vi mangler engelsk.", "place": "1"})
    return made


def rank(call: Call, made: Application, client_of: SignIn) -> None:
    """The rules propose, Berit moves Carl's with a reason and approves."""
    berit = client_of("berit")
    berit.post(at("call_move", call.pk), {"to": "ranking"})
    other = Application.objects.exclude(pk=made.pk).get()
    berit.post(at("rank", other.pk), {"do": "move", "place": "1", "reason": "Vik har ventet lengst."})
    board = words(berit, at("board", call.pk))
    assert "1 av 1 som underviser i engelsk, mangler fordypning." in board
    berit.post(at("call_move", call.pk), {"to": "ranked"})


def answer(call: Call, made: Application, client_of: SignIn) -> None:
    """The list goes to the portal, and the answers come back as a file."""
    berit = client_of("berit")
    made.refresh_from_db()
    listed = berit.get(at("export", call.pk, "csv")).content.decode("utf-8-sig")
    assert made.reference in listed
    named = {"reference": "Ref", "decision": "Vedtak", "granted": "Ja", "refused": "Nei", "form": "Ordning"}
    other = Application.objects.exclude(pk=made.pk).get()
    file = f"Ref;Vedtak;Ordning\n{made.reference};Ja;Stipend\n{other.reference};Nei;\n"
    berit.post(at("answers", call.pk), named | {"file": SimpleUploadedFile("svar.csv", file.encode())})


def test_a_teacher_applies_is_ranked_granted_and_passes(
    cast: Cast, client_of: SignIn, mailoutbox: list[Any]
) -> None:
    call = call_of(cast)
    call.dates.all().delete()
    carl = employ(cast, "carl", cast.nes)
    teach(carl, "engelsk", year=timezone.localdate().year)
    spoken(call, employ(cast, "nils", cast.vik), subject="norsk")
    made = apply(call, client_of)
    rank(call, made, client_of)
    mailoutbox.clear()
    post_letters()
    told = {one.to[0]: one.body for one in mailoutbox}
    assert sorted(told) == ["carl@example.test", "nils@example.test"]
    assert "på plass 2. Dette er grunnen:" in told["carl@example.test"]
    assert "«Vik har ventet lengst.»" in told["nils@example.test"]
    answer(call, made, client_of)
    mailoutbox.clear()
    post_letters()
    assert {one.to[0]: one.subject for one in mailoutbox} == {
        "carl@example.test": "Tett på: Søknaden «Engelsk 1» er innvilget",
        "nils@example.test": "Tett på: Søknaden «Engelsk 1» er avslått",
    }
    berit = client_of("berit")
    for to in ("admitted", "confirmed_autumn", "paid_autumn", "confirmed_spring", "paid", "passed", "passed"):
        berit.post(at("step", made.pk), {"to": to})
    made.refresh_from_db()
    assert (made.state, made.form, made.get_form_display()) == ("passed", "stipend", "Stipend")
    row = Qualification.objects.get()
    assert (row.employee, row.subject, row.credits) == (carl, "engelsk", 30)
    assert "Engelsk 1, Høgskolen" in words(client_of("carl"), "/9901/kompetanse/min/")
