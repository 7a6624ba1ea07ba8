"""The letters: each in three languages, with what happened first, and no word of another language."""

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from tests.core.accounts.conftest import PASSWORD, code_now, confirm, foreign, sign_in
from tests.factories.cast import Cast
from tettpaa.core.accounts.models import User

pytestmark = pytest.mark.django_db
LETTERS = {
    "account/email/password_reset_key": (
        "Velg nytt passord",
        "Vel nytt passord",
        "Choose a new password",
    ),
    "account/email/unknown_account": (
        "Ingen konto med denne adressen",
        "Ingen konto med denne adressa",
        "No account with this address",
    ),
    "account/email/email_confirmation": (
        "Bekreft e-postadressen",
        "Stadfest e-postadressa",
        "Confirm the e-mail address",
    ),
    "account/email/email_confirm": (
        "E-postadressen er bekreftet",
        "E-postadressa er stadfesta",
        "The e-mail address has been confirmed",
    ),
    "account/email/password_changed": (
        "Passordet ditt er byttet",
        "Passordet ditt er bytt",
        "Your password has been changed",
    ),
    "account/email/password_reset": (
        "Du har fått nytt passord",
        "Du har fått nytt passord",
        "You have a new password",
    ),
    "account/email/password_set": (
        "Kontoen din har fått passord",
        "Kontoen din har fått passord",
        "Your account has a password",
    ),
    "mfa/email/totp_activated": (
        "En kodeapp er koblet til",
        "Ein kodeapp er kopla til",
        "A code app has been connected",
    ),
    "mfa/email/totp_deactivated": (
        "Kodeappen er koblet fra",
        "Kodeappen er kopla frå",
        "The code app has been disconnected",
    ),
    "mfa/email/recovery_codes_generated": (
        "Du har fått nye reservekoder",
        "Du har fått nye reservekodar",
        "You have new recovery codes",
    ),
    "mfa/email/webauthn_added": (
        "En tilgangsnøkkel er lagt til",
        "Ein tilgangsnøkkel er lagd til",
        "A passkey has been added",
    ),
    "mfa/email/webauthn_removed": (
        "En tilgangsnøkkel er fjernet",
        "Ein tilgangsnøkkel er fjerna",
        "A passkey has been removed",
    ),
}


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("letter", LETTERS)
def test_letter(letter: str, number: int) -> None:
    language = ("nb", "nn", "en")[number]
    request = RequestFactory().get("/")
    values = {
        "request": request,
        "current_site": type("Site", (), {"domain": "1.2"}),
        "email": "a&b@example.test",
        "timestamp": timezone.now(),
        "ip": "1.2.3.4",
        "user_agent": "X",
        "password_reset_url": "http://1.2/?a=1&b=2",
        "activate_url": "http://1.2/?a=1&b=2",
    }
    with context.request_context(request), translation.override(language):
        message = get_adapter().render_mail(letter, "a&b@example.test", values)
    assert message.subject == f"Tett på: {LETTERS[letter][number]}"
    text = message.subject + " " + message.body.replace("a&b@example.test", "").replace("Tett på", "")
    assert foreign(text.replace("Tett på", ""), language) == []
    assert "&amp;" not in message.body
    assert message.body.splitlines()[0] == ("Hello!" if language == "en" else "Hei!")
    assert message.body.splitlines()[-1] == "1.2"


def subjects(outbox: list[EmailMessage]) -> list[str]:
    return [message.subject.removeprefix("Tett på: ") for message in outbox]


@pytest.mark.django_db(transaction=True)
def test_each_change_of_the_account_is_told(
    client: Client,
    berit: User,
    mailoutbox: list[EmailMessage],
) -> None:
    sign_in(client)
    confirm(client)
    page = client.get("/konto/2fa/totp/activate/").content.decode()
    secret = page.split('<code class="secret">')[1].split("<")[0]
    client.post("/konto/2fa/totp/activate/", {"code": code_now(secret)})
    client.post("/konto/2fa/recovery-codes/generate/")
    client.post("/konto/2fa/totp/deactivate/")
    new = "multer på myra 3"
    client.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert sorted(subjects(mailoutbox)) == [
        "Du har fått nye reservekoder",
        "En kodeapp er koblet til",
        "Kodeappen er koblet fra",
        "Passordet ditt er byttet",
    ]
    assert Authenticator.objects.filter(user=berit).count() == 0
    assert {tuple(message.to) for message in mailoutbox} == {("berit@example.test",)}


def test_the_reset_letter_speaks_the_readers_language(
    client: Client, cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    client.post("/konto/password/reset/", {"email": "aud@example.test"}, headers={"accept-language": "nn"})
    client.post("/konto/password/reset/", {"email": "x@example.test"}, headers={"accept-language": "en"})
    assert subjects(mailoutbox) == ["Vel nytt passord", "No account with this address"]
    assert "signup" not in mailoutbox[1].body
