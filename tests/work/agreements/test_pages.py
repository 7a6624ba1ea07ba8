"""The pages: what each shows, to whom, and that lists ask a fixed number of questions."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.factories.cast import Cast
from tests.work.agreements import making
from tettpaa.work.agreements.models import Agreement

type ClientOf = Callable[[str], Client]


def page(client: Client, name: str, agreement: Agreement, status: int = 200, **more: Any) -> str:
    query = more.pop("query", "")
    answer = client.get(reverse(f"agreements:{name}", kwargs=making.place(agreement, **more)) + query)
    assert answer.status_code == status, (name, answer.status_code)
    return answer.content.decode()


def test_the_agreement_in_force(cast: Cast, client_of: ClientOf) -> None:
    goal = making.a_goal(cast)
    agreement = making.in_force(cast, goal=goal, annex=True)
    text = page(client_of("aud"), "agreement", agreement)
    assert "<h1" in text
    assert "Nes skole og skoleeier har lovet hverandre tre ting." in text
    assert text.count('<circle cx="57"') == 1
    assert text.count('class="open"') == 1
    assert "Svarer til hverandre" in text
    assert "Når vi det, kan vi si at noe er endret" in text or "Ett år er for lite" in text
    assert "I kraft, sjekkpunkt nå" in text
    assert agreement.versions.get().fingerprint in text
    assert "Sen: frist" in text
    assert "To elever i gruppa" not in text
    assert 'aria-label="Den røde tråden"' in text
